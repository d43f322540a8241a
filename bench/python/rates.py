#!/usr/bin/env python3
"""How fast the Python package is beside the C++ library, on the same articles and machine.

    build/venv/bin/python bench/python/rates.py            (scripts/python installs the package there)

C++ is what the command measures of itself (dedup, files in, clusters out) and the index in memory of bench_index; both
sides run one after the other, several times, and the best of each counts. What comes out is compared first.
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
    """The shortest time, and what came out."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        made = work()
        times.append(time.perf_counter() - start)
    return min(times), made


def command(*arguments):
    return subprocess.run([BUILD / "wirecopy", *map(str, arguments)], check=True, capture_output=True).stdout


def command_seconds(feed, threads, out):
    """Of a run without its start-up and its files: what its summary says of reading to clustering."""
    command("dedup", feed, "--threads", threads, "--out", out, "--force", "--progress", "none")
    stages = json.loads((out / "summary.json").read_text())["run"]["stages"]
    wall = {stage["stage"]: stage["seconds"] for stage in stages}
    whole = json.loads((out / "summary.json").read_text())["run"]["seconds"]
    return whole - wall.get("write", 0) - wall.get("boilerplate blocks", 0)


def index_rate(articles, threads):
    """Articles a second of the C++ index, in batches."""
    out = subprocess.run([BUILD / "bench_index", "--articles", str(articles), "--singles", "0", "--threads", str(threads)],
                         check=True, capture_output=True, text=True).stdout
    return float(re.search(r"^batches +\d+ +(\d+)", out, re.MULTILINE)[1])


def made_rows(articles):
    """The articles of bench_index, as far as their speed goes: 2 KB, three in ten copies of a recent one."""
    import random

    rng = random.Random(7)
    words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(3, 10))) for _ in range(30_000)]
    footers = [" ".join(rng.choices(words, k=30)) for _ in range(2000)]
    recent = []
    for number in range(articles):
        outlet = rng.randrange(len(footers))
        if len(recent) == 5000 and rng.random() < 0.3:
            text = rng.choice(recent)
            text = " ".join(rng.choices(words, k=15)) + " " + text[: rng.randrange(len(text) // 2, len(text))]
        else:
            text = " ".join(rng.choices(words, k=270))
            if len(recent) < 5000:
                recent.append(text)
            else:
                recent[number % 5000] = text
        yield {"id": f"article-{number}", "title": " ".join(rng.choices(words, k=8)), "text": f"{text} {footers[outlet]}",
               "source": f"outlet{outlet}.example"}


def batched_rate(articles, threads):
    index = wirecopy.Index(threads=threads)
    start, spent, found = 0, 0.0, 0
    rows = list(made_rows(articles))
    while start < len(rows):
        batch = rows[start:start + 1000]
        start += 1000
        begin = time.perf_counter()
        decisions = index.add_batch(batch)
        spent += time.perf_counter() - begin
        found += sum(decision.relation not in (None, "partial") for decision in decisions)
    return articles / spent, found / articles


def main():
    parser = argparse.ArgumentParser(description="Rates of the Python package beside those of C++.")
    parser.add_argument("--articles", type=int, default=22_000, help="of the made feed, and 3 times as many for the index")
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

    theirs = max(index_rate(3 * count, threads) for _ in range(arguments.rounds))
    mine, found = max(batched_rate(3 * count, threads) for _ in range(arguments.rounds))
    assert 0.2 < found < 0.4, found
    print(f"{'index, C++':<28}{theirs:>12,.0f}{1:>9.2f}")
    print(f"{'Index.add_batch(dicts)':<28}{mine:>12,.0f}{mine / theirs:>9.2f}")


if __name__ == "__main__":
    main()
