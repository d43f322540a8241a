"""Costs of a run on a hostile feed of a given size: CPU seconds and peak memory of the real binary.

A law compares a size with four times that size, so that small linear costs (start-up, first allocations) have little
weight; the cost of a run over an empty feed is subtracted. CPU time is that of the process only, and the minimum of
several runs is used, so that the load of the machine matters little.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parents[1] / "e2e")]
import hostile_feeds
import wirecopy_cli as cli

GROWTH_OF_A_DOUBLING = 2.3
STEPS = 2  # doublings between the two sizes of a law
SLACK_SECONDS = 0.02
SLACK_BYTES = 48 << 20  # buffers and arenas that are allocated once

# The smaller size of each law; the larger one takes some tenths of a second.
SIZES = {
    "repeated_keys": 50_000, "giant_line": 200_000, "deep_nesting": 200_000, "many_pieces": 200_000, "tiny_lines": 30_000,
    "escapes": 120_000, "ligatures": 40_000, "stacked_marks": 100_000, "tags": 100_000, "unspaced": 200_000,
    "one_word_text": 4_000, "credits": 200, "dates": 6_000, "long_urls": 6_000, "one_word_articles": 5_000,
    "distinct": 2_500, "equal": 4_000, "clique": 300, "groups": 1_500, "chain": 1_500, "star": 1_200,
    "large_near_copies": 16, "repeating_texts": 60, "versions": 400, "one_source": 8_000, "many_sources": 2_500,
    "equal_titles": 6_000, "colliding_names": 3_000, "popular_shingles": 1_500,
}

# Two articles to explain.
PAIRS = {
    "one_word_text": ("a", "b"), "star": ("giant", "0"), "repeating_texts": ("0", "1"), "ligatures": ("0", "1"),
    "unspaced": ("han", "thai"), "tags": ("4", "9"), "large_near_copies": ("0", "1"),
}
RESOLVED = ("clique", "star", "chain", "one_source", "popular_shingles", "equal", "colliding_names", "tiny_lines")
INDEXED = ("clique", "star", "one_word_articles", "popular_shingles", "versions", "colliding_names")


def laws():
    """All pairs of a kind of feed and a command that it targets."""
    for kind in hostile_feeds.KINDS:
        yield kind, "dedup"
        yield kind, "stream"
        if kind in PAIRS:
            yield kind, "explain"
        if kind in RESOLVED:
            yield kind, "resolve"
        if kind in INDEXED:
            yield kind, "index"


def measure(arguments, cwd):
    """CPU seconds and peak memory in bytes of a run that must succeed."""
    process = subprocess.Popen(cli.command(arguments), cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    with process.stderr:
        err = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise AssertionError(f"{arguments}: status {process.returncode}: {err.decode(errors='replace')[-500:]}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss << 10


class Costs:
    """Feeds in a temporary folder, and the costs of commands on them."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="wirecopy-cost-"))
        self.feeds = {}
        (self.folder / "nothing").write_text("{}\n{}\n")
        self.minimum = {}

    def close(self):
        shutil.rmtree(self.folder)

    def feed(self, kind, n):
        """The name of a feed of this kind, generated on first use by another process, because the peak memory of a process
        includes that of its parent when it was forked."""
        if (kind, n) not in self.feeds:
            name = f"{kind}-{n}"
            with open(self.folder / name, "wb") as out:
                subprocess.run([sys.executable, hostile_feeds.__file__, kind, str(n)], stdout=out, check=True)
            self.feeds[kind, n] = name
        return self.feeds[kind, n]

    def forget(self, kind):
        """Deletes all feeds of this kind and their results."""
        for key in [key for key in self.feeds if key[0] == kind]:
            del self.feeds[key]
        for path in self.folder.glob(f"{kind}-*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def run(self, command, feed, pair=None):
        """Runs a command over a feed once."""
        result, options = f"{feed}.result", ("--threads", 1)
        if command == "dedup":
            return measure(("dedup", feed, "--allow-empty", "--out", result, "--force", "--progress", "none", *options), self.folder)
        if command == "stream":
            return measure(("stream", feed, "--allow-empty", *options), self.folder)
        if command == "index":
            shutil.rmtree(self.folder / f"{feed}.index", ignore_errors=True)
            return measure(("stream", feed, "--allow-empty", "--index", f"{feed}.index", *options), self.folder)
        if command == "resolve":
            sketched = measure(("sketch", feed, "--allow-empty", "-o", f"{feed}.sketch", "--progress", "none", *options), self.folder)
            resolved = measure(("resolve", f"{feed}.sketch", "--allow-empty", "--out", result, "--force", "--progress", "none", *options),
                               self.folder)
            return sketched[0] + resolved[0], max(sketched[1], resolved[1])
        if not (self.folder / result).exists():
            self.run("dedup", feed)
        first, second = pair or (f"{feed}:1", f"{feed}:2")
        return measure(("explain", result, first, second, "--json"), self.folder)

    def measure_again(self, kind, command, n):
        """Runs the command once more and returns its minimum cost on this feed so far."""
        feed = self.feed(kind, n) if kind else "nothing"
        pair = PAIRS.get(kind) if command == "explain" else None
        key = (kind, command, n)
        seconds, size = self.run(command, feed, pair)
        minimum = self.minimum.setdefault(key, [seconds, size])
        self.minimum[key] = [min(minimum[0], seconds), min(minimum[1], size)]
        return self.minimum[key]

    def of_nothing(self, command):
        if (None, command, 0) not in self.minimum:
            for _ in range(3):
                self.measure_again(None, command, 0)
        return self.minimum[None, command, 0]

    def growth(self, kind, command, n, steps=STEPS):
        """The cost of a command on a feed and on one of 2^steps times its size, minus the cost on an empty feed."""
        nothing = self.of_nothing(command)
        small, large = (self.measure_again(kind, command, size) for size in (n, n << steps))
        return [[max(x - zero, 0) for x, zero in zip(cost, nothing)] for cost in (small, large)]


def exceeds(small, large, steps=STEPS):
    """A description of the growth of CPU seconds or bytes if it exceeds the law; otherwise None."""
    bound = GROWTH_OF_A_DOUBLING**steps
    for what, before, after, slack in zip(("CPU seconds", "bytes"), small, large, (SLACK_SECONDS, SLACK_BYTES)):
        if after > bound * before + slack:
            return f"{what} grew from {before:.6g} to {after:.6g}, {after / max(before, 1e-9):.1f} times"
    return None
