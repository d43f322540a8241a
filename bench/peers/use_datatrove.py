"""datatrove: the first three steps of its MinHash example (signatures, buckets, clusters), with two workers.

Recommended: the example's 14 buckets of 8 hashes over 5-shingles. Tuned: 3-shingles in 42 buckets of 3; it takes every
candidate for a copy, so smaller buckets would join too much.
"""
import struct
import sys
import tempfile
from pathlib import Path

import orjson
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.readers import JsonlReader
from datatrove.utils.hashing import HashConfig

from feed import read_feed, write_clusters

WORKERS = 2
HASHES = HashConfig(precision=64)
SETTINGS = {"recommended": MinhashConfig(hash_config=HASHES, n_grams=5, num_buckets=14, hashes_per_bucket=8),
            "tuned": MinhashConfig(hash_config=HASHES, n_grams=3, num_buckets=42, hashes_per_bucket=3)}


def write_parts(texts, folder):
    """Writes one file per worker and returns the article numbers of each. The reader skips articles without text."""
    folder.mkdir()
    parts = [[number for number in range(at, len(texts), WORKERS) if texts[number].strip()] for at in range(WORKERS)]
    for at, numbers in enumerate(parts):
        with open(folder / f"{at}.jsonl", "wb") as part:
            part.writelines(orjson.dumps({"id": str(number), "text": texts[number]}) + b"\n" for number in numbers)
    return parts


def run_steps(config, folder):
    feed, signatures, pairs, clusters = (str(folder / name) for name in ("feed", "signatures", "pairs", "clusters"))
    steps = [(WORKERS, [JsonlReader(feed), MinhashDedupSignature(signatures, config=config)]),
             (config.num_buckets, [MinhashDedupBuckets(signatures, pairs, config=config)]),
             (1, [MinhashDedupCluster(pairs, clusters, config=config, save_cluster_id=True)])]
    for number, (tasks, pipeline) in enumerate(steps):
        LocalPipelineExecutor(pipeline, tasks=tasks, workers=WORKERS, logging_dir=str(folder / f"log{number}")).run()


def read_clusters(parts, size, folder):
    clusters = [None] * size
    for at, numbers in enumerate(parts):
        path = folder / f"clusters/{at:06d}.clusters"
        for article, cluster in struct.iter_unpack("<II", path.read_bytes() if path.exists() else b""):
            clusters[numbers[article]] = cluster
    return clusters


def main():
    feed, out, setting = sys.argv[1:]
    ids, texts = read_feed(feed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = write_parts(texts, folder / "feed")
        run_steps(SETTINGS[setting], folder)
        write_clusters(out, ids, read_clusters(parts, len(ids), folder))


if __name__ == "__main__":
    main()
