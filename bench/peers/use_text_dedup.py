"""text-dedup: its MinHash command, run as in its README, and the union-find that it writes with --debug.

Recommended: its defaults, 5-shingles, 250 permutations, similarity 0.7. Tuned: 3-shingles in 42 bands of 3; it takes
every candidate for a copy, so shorter bands would join too much.
"""
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path

from feed import read_feed, write_clusters

SETTINGS = {"recommended": [], "tuned": ["--ngram", "3", "--num_perm", "126", "--b", "42", "--r", "3"]}


def clusters_of(feed, size, options, folder):
    subprocess.run([sys.executable, "-m", "text_dedup.minhash", "--path", "json", "--data_files", feed, "--split",
                    "train", "--cache_dir", folder / "cache", "--output", folder / "out", "--column", "text", "--debug",
                    *options], check=True, cwd=folder)
    with open(folder / "out/uf.pkl", "rb") as saved:
        joined = pickle.load(saved)
    return [joined.find(number) for number in range(size)]


def main():
    feed, out, setting = sys.argv[1:]
    ids, _ = read_feed(feed)
    with tempfile.TemporaryDirectory() as folder:
        write_clusters(out, ids, clusters_of(Path(feed).resolve(), len(ids), SETTINGS[setting], Path(folder)))


if __name__ == "__main__":
    main()
