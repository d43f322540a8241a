"""Feeds that change between their two readings: either the lines judged are written, or nothing is.

To stop a run between its readings, a fifo after the feed blocks it.
"""

import gzip
import itertools
import json
import mmap
import os
import pathlib
import shutil
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import wirecopy_cli as cli

WINDOW, WINDOWS = 4096, 64  # engine/feed/file_identity.hpp


def in_a_window(size, begin, end):
    """Whether the initial check of a feed reads any of these bytes."""
    windows = [(size - WINDOW) * i // (WINDOWS - 1) for i in range(WINDOWS)]
    return any(begin < w + WINDOW and end > w for w in windows)


def write_through_a_mapping(path, at, byte):
    with open(path, "r+b") as file, mmap.mmap(file.fileno(), 0) as mapping:
        mapping[at] = byte


class ChangedFeed(cli.CommandTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.data = cli.run("generate", "--articles", 900, "--seed", 4).out

    def setUp(self):
        super().setUp()
        self.feed = self.write("feed.jsonl", self.data)
        self.sketch, self.out = self.folder / "feed.sketch", self.folder / "result"

    def make_sketch(self):
        done = cli.run("sketch", self.feed, "-o", self.sketch)
        self.assertEqual(done.status, 0, done)

    def hidden_line(self):
        """Number, offset and bytes of a kept line that the initial check does not read."""
        expected = self.dedup(self.feed, out="expected")
        shutil.rmtree(self.folder / "expected")
        lines = self.data.splitlines(keepends=True)
        offset = 0
        for number, line in enumerate(lines, 1):
            kept = expected.articles[number - 1]["kept"]
            if number > 100 and kept and not in_a_window(len(self.data), offset, offset + len(line)):
                return number, offset, line
            offset += len(line)
        self.fail("no such line")

    def change(self, offset, line):
        """Replaces an article without a change of size, time and inode."""
        times = self.feed.stat()
        at = offset + line.index(b'"text":') + 12
        write_through_a_mapping(self.feed, at, ord("q") if self.data[at] != ord("q") else ord("x"))
        os.utime(self.feed, ns=(times.st_atime_ns, times.st_mtime_ns))
        self.assertEqual(self.feed.stat().st_size, len(self.data))

    def test_the_feed_may_be_a_copy(self):
        os.mkdir(self.folder / "there")
        expected = cli.run("dedup", "feed.jsonl", "--out", "expected", cwd=self.folder)
        self.assertEqual(expected.status, 0, expected)
        self.assertEqual(cli.run("sketch", "feed.jsonl", "-o", self.sketch, cwd=self.folder).status, 0)
        shutil.move(self.feed, self.folder / "moved")
        there = self.folder / "there" / "feed.jsonl"
        there.write_bytes(self.data)
        os.utime(there, (1, 1))
        done = cli.run("resolve", self.sketch, "--out", self.out, cwd=there.parent)
        self.assertEqual(done.status, 0, done)
        self.assertTrue(cli.without_run(self.out) == cli.without_run(self.folder / "expected"))

    def test_a_changed_feed_is_refused_at_the_start(self):
        self.make_sketch()
        size = len(self.data)
        changes = ((self.data + b"\n", f"it has {size + 1} bytes, not {size}"),
                   (self.data[:-9], f"it has {size - 9} bytes, not {size}"),
                   (b"[" + self.data[1:], "its bytes 0 to 4095 differ"))
        for data, why in changes:
            self.feed.write_bytes(data)
            done = self.fails(4, "resolve", self.sketch, "--out", self.out, "--progress", "log",
                              saying=rf"feed\.jsonl: is not the feed that was sketched: {why}")
            self.assert_nothing_left("feed.jsonl", "feed.sketch")
        self.feed.unlink()
        self.fails(4, "resolve", self.sketch, "--out", self.out, saying=r"feed\.jsonl: no such file")
        done = cli.run("resolve", self.sketch, "--out", self.out, "--no-unique")
        self.assertEqual(done.status, 0, done)

    def test_an_undetected_change_is_refused_when_the_line_is_read(self):
        number, offset, line = self.hidden_line()
        self.make_sketch()
        self.change(offset, line)
        self.fails(4, "resolve", self.sketch, "--out", self.out,
                   saying=rf"feed\.jsonl:{number}: the line at byte {offset} differs from the one that was read first")
        self.assert_nothing_left("feed.jsonl", "feed.sketch")

    def test_a_line_that_is_not_kept_may_change(self):
        expected = self.dedup(self.feed, out="expected")
        removed = next(a for a in expected.articles if not a["kept"] and a["line"] > 300)
        lines = self.data.splitlines(keepends=True)
        offset = sum(map(len, lines[:removed["line"] - 1]))
        fifo = self.gated()
        self.change(offset, lines[removed["line"] - 1])
        self.assertEqual(self.let_go(fifo), 0)
        self.assertEqual((self.out / "unique.jsonl").read_bytes(), expected.unique)

    def gated(self, *arguments, feed=None, to_stdout=False):
        """Starts a run that reads the feed and then waits for a fifo."""
        fifo = self.folder / "fifo"
        os.mkfifo(fifo)
        out = () if to_stdout else ("--out", self.out)
        self.process = cli.start("dedup", feed or self.feed, fifo, *out, *arguments, "--threads", 2,
                                 stdout=cli.subprocess.PIPE)
        writer = os.open(fifo, os.O_WRONLY)  # waits for the reader, which opens it after the feed
        return writer

    def let_go(self, writer):
        os.close(writer)
        self.stdout, self.stderr = self.process.communicate(timeout=cli.TIMEOUT)
        return self.process.returncode

    def test_a_write_through_a_mapping_between_the_readings(self):
        number, offset, line = self.hidden_line()
        writer = self.gated()
        self.change(offset, line)
        self.assertEqual(self.let_go(writer), 4, self.stderr)
        self.assertIn(f"feed.jsonl:{number}: the line at byte {offset} differs".encode(), self.stderr)
        self.assert_nothing_left("feed.jsonl", "fifo")

    def test_standard_output_has_the_preceding_lines(self):
        expected = self.dedup(self.feed, out="expected").unique
        last = expected.splitlines(keepends=True)[-1]
        offset = self.data.rindex(last)
        writer = self.gated(to_stdout=True)
        self.change(offset, last)
        self.assertEqual(self.let_go(writer), 4, self.stderr)
        self.assertTrue(expected.startswith(self.stdout))
        self.assertTrue(self.stdout == b"" or self.stdout.endswith(b"\n"))
        self.assertLess(len(self.stdout), len(expected))

    def test_a_feed_that_is_rewritten_in_another_order(self):
        lines = self.data.splitlines(keepends=True)
        writer = self.gated()
        times = self.feed.stat()
        self.feed.write_bytes(b"".join(lines[1:] + lines[:1]))
        os.utime(self.feed, ns=(times.st_atime_ns, times.st_mtime_ns))
        self.assertEqual(self.let_go(writer), 4, self.stderr)
        self.assert_nothing_left("feed.jsonl", "fifo")

    def test_a_copy_may_replace_the_feed(self):
        expected = self.dedup(self.feed, out="expected").unique
        writer = self.gated()
        copy = self.write("copy", self.data)
        os.rename(copy, self.feed)
        self.assertEqual(self.let_go(writer), 0, self.stderr)
        self.assertEqual((self.out / "unique.jsonl").read_bytes(), expected)

    def test_compressed_feeds_that_are_damaged_between_the_readings(self):
        packed = gzip.compress(self.data, 1)
        frames = cli.zstd_frame(self.data)
        for name, whole in (("feed.gz", packed), ("feed.zst", frames)):
            middle = bytearray(whole)
            middle[len(whole) // 2] ^= 1
            damages = {"middle": bytes(middle), "cut": whole[:-1]}
            if name == "feed.gz":
                damages["checksum"] = whole[:-8] + bytes([whole[-8] ^ 1]) + whole[-7:]
            for what, data in damages.items():
                with self.subTest(name=name, what=what):
                    feed = self.write(name, whole)
                    writer = self.gated(feed=feed)
                    feed.write_bytes(data)
                    self.assertEqual(self.let_go(writer), 4, self.stderr)
                    self.assertRegex(self.stderr.decode(), rf"{name}.*changed while it was being read")
                    os.unlink(self.folder / "fifo")
                    feed.unlink()
                    self.assert_nothing_left("feed.jsonl")

    def test_resuming_with_a_changed_feed_is_refused_at_the_start(self):
        other = self.write("other.jsonl", cli.run("generate", "--articles", 12000, "--seed", 6).out)
        arguments = ("dedup", self.feed, other, "--out", self.out, "--memory", "64M", "--progress", "none")
        process = cli.start(*arguments)
        state = self.folder / "result.partial" / "sketches"
        self.assertTrue(cli.wait_for(lambda: state.exists() and state.stat().st_size > 1 << 20))
        process.kill()
        process.communicate()
        write_through_a_mapping(self.feed, 1, ord("?"))  # the killed run had read it to its end
        self.fails(5, *arguments, "--resume", saying=r"feed\.jsonl: is not the file that it was when the run was "
                                                     r"stopped: its bytes 0 to 4095 differ")


class GrowingFeed(cli.CommandTest):
    def test_the_lines_present_at_the_start_are_read(self):
        lines = cli.run("generate", "--articles", 4000, "--seed", 8).out.splitlines(keepends=True)
        feed = self.write("feed.jsonl", b"".join(lines[:2000]))
        stop = threading.Event()

        def grow():
            with open(feed, "ab", buffering=0) as file:
                for line in itertools.cycle(lines[2000:]):
                    if stop.wait(0.0005):
                        return
                    file.write(line[:50])
                    file.write(line[50:])

        writer = threading.Thread(target=grow)
        writer.start()
        try:
            done = cli.run("dedup", feed, "--out", self.folder / "result", "--block-size", 4096)
        finally:
            stop.set()
            writer.join()
        self.assertEqual(done.status, 0, done)
        result = cli.Result(self.folder / "result")
        count = len(result.articles)
        self.assertGreaterEqual(count, 2000)
        self.assertEqual(result.rejects, [])
        self.assertRegex(done.err, r"warning: .*feed\.jsonl grew while it was read; whole lines of its first \d+ bytes")
        self.assertTrue(result.summary["run"]["inputs"][0]["grew"])
        kept = [lines[n if n < 2000 else 2000 + n % 2000] for n in (a["line"] - 1 for a in result.articles if a["kept"])]
        self.assertEqual(result.unique, b"".join(kept))

    def test_lines_appended_between_the_readings_are_ignored(self):
        lines = cli.lines_of(cli.some_articles()[0])
        lines[-1] = lines[-1].rstrip(b"\n")  # it is no longer the last line of its file
        feed, fifo = self.write("feed.jsonl", lines), self.folder / "fifo"
        expected = self.dedup(feed, out="expected")
        os.mkfifo(fifo)
        process = cli.start("dedup", feed, fifo, "--out", self.folder / "result")
        writer = os.open(fifo, os.O_WRONLY)
        with open(feed, "ab") as file:
            file.write(b" and more\n" + lines[0])
        os.close(writer)
        _, err = process.communicate(timeout=cli.TIMEOUT)
        self.assertEqual(process.returncode, 0, err)
        self.assertEqual((self.folder / "result" / "unique.jsonl").read_bytes(), expected.unique)


class ReadAgain(cli.CommandTest):
    """report and explain read the feed of a result."""

    def setUp(self):
        super().setUp()
        self.data = cli.run("generate", "--articles", 900, "--seed", 4).out
        self.feed = self.write("feed.jsonl", self.data)
        self.result = self.dedup(self.feed)

    def report(self):
        done = cli.run("report", self.folder / "result", "-o", self.folder / "report.html")
        self.assertEqual(done.status, 0, done)
        return done.err

    def test_a_copy_is_the_same_feed(self):
        self.feed.unlink()
        self.write("feed.jsonl", self.data)
        os.utime(self.feed, (1, 1))
        self.assertNotIn("changed", self.report())

    def test_the_report_detects_any_change_of_an_article(self):
        offset = 0
        for line in self.data.splitlines(keepends=True):
            if not in_a_window(len(self.data), offset, offset + len(line)):
                break
            offset += len(line)
        times = self.feed.stat()
        at = offset + line.index(b'"text":') + 12
        write_through_a_mapping(self.feed, at, ord("q") if self.data[at] != ord("q") else ord("x"))
        os.utime(self.feed, ns=(times.st_atime_ns, times.st_mtime_ns))
        self.assertRegex(self.report(), r"feed\.jsonl: was changed since the result was made: its articles")


class Names(cli.CommandTest):
    """Files with unusual names."""

    NAMES = (b"two\nlines.jsonl", b"a\ninput b.jsonl", b"caf\xe9.jsonl", "\ufffde9.jsonl".encode(), b"\xff\xfe\n\\.jsonl")

    def test_feeds_of_any_name(self):
        articles, together = cli.some_articles()
        for article in articles:
            del article["id"]  # so that file and line identify them
        lines = cli.lines_of(articles)
        for name in self.NAMES:
            with self.subTest(name):
                feed = os.path.join(os.fsencode(self.folder), name)
                pathlib.Path(os.fsdecode(feed)).write_bytes(b"".join(lines))
                self.check(feed)
                os.unlink(feed)

    def check(self, feed):
        for out in ("result", "resolved"):
            shutil.rmtree(self.folder / out, ignore_errors=True)
        result = self.dedup(feed, b"--matches")
        for command in (("sketch", feed, "-o", self.folder / "s"),
                        ("resolve", self.folder / "s", "--matches", "--out", self.folder / "resolved")):
            done = cli.run(*command)
            self.assertEqual(done.status, 0, done)
        self.assertTrue(cli.without_run(self.folder / "resolved") == cli.without_run(self.folder / "result"))
        removed = next(a for a in result.articles if not a["kept"])
        by_text = (f"{removed['file']}:{removed['line']}", f"{removed['match_file']}:{removed['match_line']}")
        by_bytes = tuple(feed + b":%d" % removed[line] for line in ("line", "match_line"))
        for names in (by_text, by_bytes, (removed["id"], removed["match"])):
            done = cli.run("explain", self.folder / "result", *names, "--json")
            self.assertEqual(done.status, 0, done)
            explained = json.loads(done.out)
            self.assertEqual(explained["warnings"], [])
            self.assertEqual(explained["articles"][0]["file"], removed["file"])
        done = cli.run("report", self.folder / "result", "-o", self.folder / "report.html")
        self.assertEqual(done.status, 0, done)
        self.assertNotIn("cannot be read again", done.err)
        (self.folder / "report.html").unlink()

    def test_ordinary_names_are_not_escaped(self):
        feed = self.write("Nachrichten für %41.jsonl", cli.lines_of(cli.some_articles()[0]))
        result = self.dedup(feed)
        self.assertEqual({a["file"] for a in result.articles}, {str(feed)})
        self.assertEqual(result.summary["inputs"], [str(feed)])


class CutSketch(cli.CommandTest):
    def test_a_sketch_file_truncated_while_it_is_resolved(self):
        feed = self.write("feed.jsonl", cli.run("generate", "--articles", 5000, "--seed", 3).out)
        sketch = self.folder / "feed.sketch"
        self.assertEqual(cli.run("sketch", feed, "-o", sketch).status, 0)
        whole = sketch.read_bytes()
        began = cli.time.monotonic()
        self.assertEqual(cli.run("resolve", sketch, "--out", self.folder / "expected").status, 0)
        seconds = cli.time.monotonic() - began
        expected = cli.without_run(self.folder / "expected")
        done = 0
        for moment in range(8):
            sketch.write_bytes(whole)
            process = cli.start("resolve", sketch, "--out", self.folder / "result")
            cli.time.sleep(seconds * moment / 10)
            os.truncate(sketch, 1000)
            _, err = process.communicate(timeout=cli.TIMEOUT)
            self.assertIn(process.returncode, (0, 5), err)
            if process.returncode == 0:
                done += 1
                self.assertTrue(cli.without_run(self.folder / "result") == expected)
                shutil.rmtree(self.folder / "result")
        self.assertGreater(done, 0, "no run finished before the sketch file was truncated")
        self.assert_nothing_left("expected", "feed.jsonl", "feed.sketch")


if __name__ == "__main__":
    unittest.main()
