"""datasketch's MinHashLSH as an index of a stream: every article is looked up, then added.

    build/bin/bench_index --articles 100000 --singles 0 --write articles.jsonl
    build/peers-venv/bin/python bench/peers/index_datasketch.py articles.jsonl

Prints, for the settings of use_datasketch.py, what bench_index prints for wirecopy: articles a second of CPU, the share
of them that is recognised as a copy of an earlier one, and the peak of memory. Reading the file is not timed.
"""
import resource
import sys
import time

from datasketch import MinHashLSH

from feed import read_feed, shingles
from use_datasketch import PERMUTATIONS, sketch_of


def recommended(texts):
    index = MinHashLSH(threshold=0.5, num_perm=PERMUTATIONS)
    for number, text in enumerate(texts):
        sketch = sketch_of(set(text.split()))
        yield bool(index.query(sketch))
        index.insert(number, sketch)


def tuned(texts, threshold=0.2, bands=64):
    index = MinHashLSH(num_perm=PERMUTATIONS, params=(bands, PERMUTATIONS // bands))
    sketches = {}
    for number, text in enumerate(texts):
        sketch = sketch_of(shingles(text))
        yield any(sketch.jaccard(sketches[other]) >= threshold for other in index.query(sketch))
        index.insert(number, sketch)
        sketches[number] = sketch


def main():
    path, settings = sys.argv[1], sys.argv[2:] or ["recommended", "tuned"]
    texts = read_feed(path)[1]
    for setting in settings:
        start = time.process_time()
        copies = sum({"recommended": recommended, "tuned": tuned}[setting](texts))
        seconds = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{setting:<12} {len(texts):>10} {len(texts) / seconds:>12.0f} articles a CPU s"
              f" {copies / len(texts):>8.3f} copies {peak:>8.0f} MiB at most so far", flush=True)


if __name__ == "__main__":
    main()
