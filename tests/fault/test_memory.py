"""No feed makes a run exceed its memory limit by more than 48 MiB; otherwise, the error names a sufficient limit.

The peak of resident memory, including pages of files, is measured as reported by the system when the process ends.
"""

import json
import os
import pathlib
import random
import re
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

import wirecopy_cli as cli

BUDGET, ALLOWANCE = 64 << 20, 48 << 20
ERROR_OF_RESOURCES = 4
# Measured in a small separate process, because a child inherits the peak of its parent, which holds feeds here.
MEASURE = """
import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)
"""


def words(of, count):
    return [f"{of.getrandbits(24):06x}" for _ in range(count)]


def line(**fields):
    return json.dumps(fields).encode() + b"\n"


def groups(articles):
    """Groups of 64 copies each: 32 matches per article."""
    of = random.Random(4)
    for group in range(articles // 64):
        base = words(of, 150)
        for copy in range(64):
            text = list(base)
            text[of.randrange(150)], text[of.randrange(150)] = "x", f"y{copy}"
            yield line(id=f"{group}-{copy}", source=f"s{copy}", text=" ".join(text))


def near_copies(articles, size):
    """Copies of one text of many words."""
    of = random.Random(5)
    base = words(of, size)
    for i in range(articles):
        text = list(base)
        for _ in range(100):
            text[of.randrange(size)] = f"x{i}"
        yield line(id=str(i), source=f"s{i}", text=" ".join(text))


def excerpts(count):
    """A giant text and all its parts."""
    of = random.Random(6)
    parts = [" ".join(words(of, 40)) for _ in range(count)]
    yield line(id="giant", text=" ".join(parts))
    for i, part in enumerate(parts):
        yield line(id=str(i), text=part, source=f"s{i % 500}")


def ligatures(articles, size):
    """A character that is normalised to eighteen letters."""
    for i in range(articles):
        yield b'{"id":"%d","text":"%s"}\n' % (i, "\ufdfa".encode() * size)


def squares(articles, size):
    """A character that is normalised to six letters, each of them a token."""
    for i in range(articles):
        yield b'{"id":"%d","text":"%s"}\n' % (i, "\u3316".encode() * size)


def empties(count):
    """The shortest possible articles, and lines that are not articles."""
    yield b"{}\nx\n" * count


def many_sources(count):
    of = random.Random(7)
    for i in range(count):
        yield line(id=str(i), source=f"{i}.example", text=" ".join(words(of, 30)))


def pieces(count):
    """A text as a long list."""
    yield b'{"id":"list","text":[' + b",".join([b'"a"'] * count) + b"]}\n"


class PeakTest(cli.CommandTest):
    def run_measured(self, feed, *arguments):
        """The exit status, the messages, and the peak of resident memory."""
        command = [cli.BINARY, "dedup", feed, "--progress", "none", *arguments]
        measured = subprocess.run(
            [sys.executable, "-c", MEASURE, *map(str, command)], capture_output=True, text=True, check=True
        )
        status, peak = measured.stdout.split()
        return int(status), measured.stderr, int(peak) * 1024

    def expect_within(self, peak, budget, message):
        if not cli.is_sanitized():
            self.assertLessEqual(peak, budget + ALLOWANCE, message)

    def check(self, name, lines, refused=False):
        feed = self.write(f"{name}.jsonl", b"".join(lines))
        expected = None
        for threads in (1, 2, 8):
            out = self.folder / f"{name}-{threads}"
            status, messages, peak = self.run_measured(feed, "--allow-empty", "--memory", "64M", "--threads", threads, "--out", out)
            self.expect_within(peak, BUDGET, (name, threads, peak >> 20, messages))
            if refused:
                self.assertEqual(status, ERROR_OF_RESOURCES, messages)
                self.check_advice(feed, messages)
                continue
            self.assertEqual(status, 0, messages)
            expected = expected or self.result_of(feed, name, "--allow-empty", "--memory", "2G", "--threads", 2)
            for file in sorted(set(os.listdir(expected)) - {"summary.json"}):
                self.assertEqual((out / file).read_bytes(), (expected / file).read_bytes(), (name, threads, file))

    def result_of(self, feed, name, *arguments):
        out = self.folder / f"{name}-expected"
        status, messages, _ = self.run_measured(feed, "--out", out, *arguments)
        self.assertEqual(status, 0, messages)
        return out

    def check_advice(self, feed, messages):
        """The limit named by the message is sufficient, and is kept."""
        advice = re.search(r"; a limit of (\d+)([MG])", messages)
        self.assertTrue(advice, messages)
        budget = int(advice[1]) << {"M": 20, "G": 30}[advice[2]]
        out = self.folder / "advised"
        for _ in range(3):  # a run may be refused again at a later stage that needs more
            status, messages, peak = self.run_measured(feed, "--memory", budget, "--threads", 8, "--out", out, "--force")
            self.expect_within(peak, budget, messages)
            if status == 0:
                return
            self.assertEqual(status, ERROR_OF_RESOURCES, messages)
            advice = re.search(r"; a limit of (\d+)([MG])", messages)
            budget = int(advice[1]) << {"M": 20, "G": 30}[advice[2]]
        self.fail(messages)


class Peak(PeakTest):
    def test_many_matches(self):
        self.check("groups", groups(16000))

    def test_long_texts(self):
        self.check("long", near_copies(40, 10000))
        self.check("too-long", near_copies(40, 40000), refused=True)

    def test_excerpts_of_a_giant_text(self):
        self.check("excerpts", excerpts(4000))

    def test_texts_that_grow_by_normalisation(self):
        self.check("ligatures", ligatures(8, 50000))
        self.check("squares", squares(8, 30000))

    def test_short_lines(self):
        self.check("empties", empties(150000))

    def test_sources(self):
        self.check("sources", many_sources(30000))

    def test_texts_that_do_not_fit_are_refused(self):
        self.check("large-ligatures", ligatures(2, 2000000), refused=True)
        self.check("large-list", pieces(1500000), refused=True)


class Window(PeakTest):
    def test_a_window_that_does_not_fit_is_refused(self):
        # A frame that declares a window of 128 MiB and has one raw block, built without a library.
        text = b'{"id":"a","text":"one two three"}\n'
        frame = b"\x28\xb5\x2f\xfd" + b"\x00" + bytes([17 << 3]) + ((len(text) << 3) | 1).to_bytes(3, "little") + text
        feed = self.write("feed.jsonl.zst", frame)
        status, messages, peak = self.run_measured(feed, "--allow-empty", "--memory", "64M", "--out", self.folder / "small")
        self.assertEqual(status, ERROR_OF_RESOURCES, messages)
        self.assertIn("feed.jsonl.zst: its zstd stream needs a window of 128.0 MiB", messages)
        self.assertIn("; a limit of 1024M", messages)
        self.expect_within(peak, BUDGET, messages)
        status, messages, _ = self.run_measured(feed, "--memory", "1024M", "--out", self.folder / "large")
        self.assertEqual(status, 0, messages)


if __name__ == "__main__":
    unittest.main()
