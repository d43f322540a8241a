#!/usr/bin/env python3
"""Speed of the Python package against the C++ library, on the same articles and machine.

    build/venv/bin/python bench/python/rates.py            (scripts/python installs the package there)

The C++ figures are those that `dedup` reports for itself (files in, clusters out) and those of bench_index in memory.
Both sides alternate several times, and the best time of each is used. Their results are compared first.
"""

import argparse
import json
import pathlib
import re
import subprocess
import tempfile
import time

import pyarrow
import wirecopy

BUILD = pathlib.Path(__file__).resolve().parents[2] / "build/bin"


def best(rounds, work):
    """The shortest time, and the result."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        made = work()
        times.append(time.perf_counter() - start)
    return min(times), made


def command(*arguments):
    return subprocess.run([BUILD / "wirecopy", *map(str, arguments)], check=True, capture_output=True).stdout


def command_seconds(feed, threads, out):
    """Seconds of a run from reading to clustering, by its summary: without start-up and writing."""
    command("dedup", feed, "--threads", threads, "--out", out, "--force", "--progress", "none")
    stages = json.loads((out / "summary.json").read_text())["run"]["stages"]
    wall = {stage["stage"]: stage["seconds"] for stage in stages}
    whole = json.loads((out / "summary.json").read_text())["run"]["seconds"]
    return whole - wall.get("write", 0) - wall.get("boilerplate blocks", 0)


def index_rate(articles, threads):
    """Articles per second of the C++ index, in batches, and the share of copies found."""
    options = ["--articles", str(articles), "--singles", "0", "--threads", str(threads)]
    out = subprocess.run([BUILD / "bench_index", *options], check=True, capture_output=True, text=True).stdout
    rate, found = re.search(r"^batches +\d+ +(\d+) +\d+ +([\d.]+)", out, re.MULTILINE).groups()
    return float(rate), float(found)


def batched_rate(articles, threads):
    """The same for the Python index and the same articles; generating them is not timed."""
    with tempfile.NamedTemporaryFile(prefix="wirecopy-bench-") as made:
        subprocess.run([BUILD / "bench_index", "--write", made.name, "--articles", str(articles), "--singles", "0"],
                       check=True, stdout=subprocess.DEVNULL)
        lines = made.read().splitlines()
    index, spent, found = wirecopy.Index(threads=threads), 0.0, 0
    for start in range(0, articles, 1000):
        batch = [json.loads(line) for line in lines[start:start + 1000]]
        begin = time.perf_counter()
        decisions = index.add_batch(batch)
        spent += time.perf_counter() - begin
        found += sum(decision.relation not in (None, "partial") for decision in decisions)
    return articles / spent, round(found / articles, 3)


def main():
    parser = argparse.ArgumentParser(description="Rates of the Python package beside those of C++.")
    parser.add_argument("--articles", type=int, default=22_000, help="articles of the feed; the index gets three times as many")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    count, threads = arguments.articles, arguments.threads

    with tempfile.TemporaryDirectory(prefix="wirecopy-bench-") as name:
        directory = pathlib.Path(name)
        command("generate", "--articles", count, "--seed", 7, "--out", directory / "made")
        feed = directory / "made/feed.jsonl"
        rows = [json.loads(line) for line in feed.read_text().splitlines()]
        table = pyarrow.Table.from_pylist(rows)
        seconds = min(command_seconds(feed, threads, directory / "out") for _ in range(arguments.rounds))
        clusters = len((directory / "out/clusters.jsonl").read_text().splitlines())

        print(f"{count:,} articles, {feed.stat().st_size / 1e6:.0f} MB, {threads} thread(s), best of {arguments.rounds}")
        print(f"{'':<28}{'articles/s':>12}{'of C++':>9}")
        print(f"{'dedup, C++':<28}{count / seconds:>12,.0f}{1:>9.2f}")
        for what, articles in [("deduplicate(path)", feed), ("deduplicate(dicts)", rows), ("deduplicate(Arrow)", table)]:
            mine, result = best(arguments.rounds, lambda: wirecopy.deduplicate(articles, threads=threads))
            assert len(result.clusters) == clusters
            print(f"{what:<28}{count / mine:>12,.0f}{seconds / mine:>9.2f}")

    rounds = [(index_rate(3 * count, threads), batched_rate(3 * count, threads)) for _ in range(arguments.rounds)]
    assert all(theirs[1] == mine[1] for theirs, mine in rounds), rounds
    theirs, mine = (max(rates) for rates in zip(*((theirs[0], mine[0]) for theirs, mine in rounds)))
    print(f"{'index, C++':<28}{theirs:>12,.0f}{1:>9.2f}")
    print(f"{'Index.add_batch(dicts)':<28}{mine:>12,.0f}{mine / theirs:>9.2f}")


if __name__ == "__main__":
    main()
