#!/usr/bin/env python3
"""Compares two builds by interleaved whole runs and by instruction counts.

Usage: bench/compare.py BUILD OTHER_BUILD FEED [--rounds N] [--threads N] [--articles N]

The machine is noisy, so bench_macro of both builds alternates on FEED, and medians are compared: CPU seconds per GB,
wall time, CPU seconds per stage. Instruction counts do not drift: `wirecopy dedup` runs once per build under callgrind
on a small generated feed, and the functions with the most instructions are listed for both. (Callgrind has no AVX-512,
so the counts are those of the avx2 kernels.) A ratio below 1 means that BUILD is faster.
"""
import argparse
import collections
import re
import statistics
import subprocess
import tempfile
from pathlib import Path

FUNCTIONS_SHOWN = 25


def run_macro(build, feed, threads, out):
    """The figures that bench_macro prints for one run: {measure: value}."""
    command = [build / "bin/bench_macro", feed, "--threads", str(threads), "--repeat", "1", "--out", out]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures = re.search(rf"^{threads} threads +([\d.]+) +([\d.]+)", text, re.M)
    values = {"CPU s/GB": float(figures[1]), "wall s/GB": 1000 / float(figures[2])}
    stages = re.search(r"^CPU seconds a stage.*?:(.*)$", text, re.M)[1]
    for stage in stages.split("  "):
        name, _, seconds = stage.strip().rpartition(" ")
        if name:
            values[f"stage {name}"] = values.get(f"stage {name}", 0) + float(seconds)
    return values


def medians(rounds):
    """The median of each measure over all rounds."""
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


def compare_runs(builds, feed, threads, rounds, folder):
    """One table row per measure."""
    taken = [[], []]
    for _ in range(rounds):
        for build, results in zip(builds, taken):
            results.append(run_macro(build, feed, threads, folder / "macro"))
    return tuple(medians(results) for results in taken)


def make_feed(build, articles, folder):
    """The path of a small generated feed."""
    subprocess.run([build / "bin/wirecopy", "generate", "--articles", str(articles), "--seed", "7", "--out",
                    folder / "feed"], check=True, capture_output=True)
    return folder / "feed/feed.jsonl"


def plain_name(function):
    """A function's name without arguments and template arguments, so that small changes do not hide it."""
    depth, kept = 0, []
    for letter in function.replace("(anonymous namespace)::", "").replace("'2", ""):
        depth += letter in "<("
        if depth == 0:
            kept.append(letter)
        depth -= letter in ">)"
    return "".join(kept).strip()


def count_instructions(build, feed, folder):
    """Instructions of each function, without its callees."""
    profile = folder / "callgrind.out"
    subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", build / "bin/wirecopy", "dedup",
                    feed, "--threads", "1", "--out", folder / "result", "--force"], check=True, capture_output=True)
    text = subprocess.run(["callgrind_annotate", "--threshold=99.9", profile], check=True, capture_output=True,
                          text=True).stdout
    counts = collections.Counter()
    for line in text.splitlines():
        if row := re.match(r" *([\d,]+) \( *[\d.]+%\)  (\S+?):(.*)$", line):
            counts[plain_name(re.sub(r" \[[^\]]*\]$", "", row[3]))] += int(row[1].replace(",", ""))
        elif row := re.match(r" *([\d,]+) \(100.0%\)  PROGRAM TOTALS", line):
            counts["all"] = int(row[1].replace(",", ""))
    return counts


def print_table(title, ours, others, names, form):
    print(f"\n{title:<60} {'BUILD':>14} {'OTHER':>14} {'ratio':>7}")
    for name in names:
        mine, other = ours.get(name, 0), others.get(name, 0)
        ratio = f"{mine / other:.2f}" if other else "-"
        print(f"{name[-60:]:<60} {mine:>14{form}} {other:>14{form}} {ratio:>7}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("other", type=Path)
    parser.add_argument("feed", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--articles", type=int, default=2000, help="articles to count instructions on; 0: no counts")
    arguments = parser.parse_args()
    builds = (arguments.build, arguments.other)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        ours, others = compare_runs(builds, arguments.feed, arguments.threads, arguments.rounds, folder)
        print_table(f"{arguments.threads} threads, medians of {arguments.rounds}", ours, others, ours, ".3f")
        if arguments.articles == 0:
            return
        feed = make_feed(arguments.build, arguments.articles, folder)
        ours, others = (count_instructions(build, feed, folder) for build in builds)
        most = sorted({*ours, *others}, key=lambda name: -max(ours[name], others[name]))[:FUNCTIONS_SHOWN]
        print_table(f"instructions, {arguments.articles} made articles", ours, others, most, ",")


if __name__ == "__main__":
    main()
