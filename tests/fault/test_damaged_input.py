"""Inputs that are truncated, damaged or unreadable, or that change while they are read."""

import gzip
import os
import pathlib
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import wirecopy_cli as cli


class Damaged(cli.CommandTest):
    def setUp(self):
        super().setUp()
        self.articles, _ = cli.some_articles(stories=30)
        self.lines = cli.lines_of(self.articles)
        self.data = b"".join(self.lines)

    def assert_prefix(self, result, *, min_articles):
        """The result has the articles of the feed that could be read, and one reject for the rest."""
        count = len(result.articles)
        self.assertGreaterEqual(count, min_articles)
        self.assertLess(count, len(self.articles))
        self.assertEqual([a["id"] for a in result.articles], [a["id"] for a in self.articles[:count]])
        (reject,) = result.rejects
        self.assertEqual([reject["line"], reject["offset"]], [count + 1, sum(map(len, self.lines[:count]))])
        return reject

    def test_a_plain_file_truncated_inside_a_line(self):
        at = sum(map(len, self.lines[:40])) + 100
        result = self.dedup(self.write("feed.jsonl", self.data[:at]))
        reject = self.assert_prefix(result, min_articles=40)
        self.assertEqual([len(result.articles), reject["reason"]], [40, "unfinished"])

    def test_a_truncated_gzip_member(self):
        packed = gzip.compress(self.data, 6)
        for size in (len(packed) - 1, len(packed) - 8, len(packed) // 2):
            result = self.dedup(self.write("feed.jsonl.gz", packed[:size]), "--force")
            rejects = [r for r in result.rejects if r["reason"] == "damaged-input"]
            self.assertEqual(len(rejects), 1, size)
            self.assertIn("truncated", rejects[0]["message"])
            if size == len(packed) // 2:
                self.assert_prefix(result, min_articles=10)

    def test_the_first_member_is_read_if_the_second_is_truncated(self):
        first, second = b"".join(self.lines[:50]), b"".join(self.lines[50:])
        packed = gzip.compress(first) + gzip.compress(second)[:-3000]
        result = self.dedup(self.write("feed.gz", packed))
        self.assertEqual(self.assert_prefix(result, min_articles=50)["reason"], "damaged-input")

    def test_a_damaged_gzip_member_is_reported(self):
        packed = bytearray(gzip.compress(self.data))
        packed[len(packed) // 2:len(packed) // 2 + 64] = bytes(64)
        done = cli.run("dedup", self.write("feed.gz", bytes(packed)), "--out", self.folder / "result")
        self.assertEqual(done.status, 0)
        result = cli.Result(self.folder / "result")
        self.assertEqual([r["reason"] for r in result.rejects].count("damaged-input"), 1)
        self.assertEqual([a["id"] for a in result.articles[:20]], [a["id"] for a in self.articles[:20]])

    def test_a_truncated_zstd_frame(self):
        frames = cli.zstd_frame(b"".join(self.lines[:50])) + cli.zstd_frame(b"".join(self.lines[50:]))
        result = self.dedup(self.write("feed.zst", frames[:-5000]))
        self.assertEqual(self.assert_prefix(result, min_articles=50)["reason"], "damaged-input")

    def test_inputs_after_a_damaged_input_are_read(self):
        damaged = self.write("a.jsonl.gz", gzip.compress(self.data)[:-2000])
        whole = self.write("b.jsonl", [line.replace(b'"id": "a', b'"id": "b') for line in self.lines])
        result = self.dedup(damaged, whole)
        self.assertEqual(sum(a["file"] == str(whole) for a in result.articles), len(self.articles))

    def test_an_empty_or_tiny_compressed_input(self):
        for data in (b"", gzip.compress(b""), cli.zstd_frame(b""), b"\x1f", b"\x1f\x8b", b"\x28\xb5\x2f", b"\x28\xb5\x2f\xfd"):
            done = cli.run("dedup", self.write("feed", data), "--out", self.folder / "result", "--force", "--allow-empty")
            self.assertEqual(done.status, 0, (data, done))
            self.assertEqual(cli.Result(self.folder / "result").articles, [])


class Unreadable(cli.CommandTest):
    def test_a_missing_file_is_reported_before_anything_is_read(self):
        feed = self.write_articles("feed.jsonl", cli.some_articles()[0])
        self.fails(4, "dedup", feed, self.folder / "none.jsonl", "--out", self.folder / "result",
                   saying=r"none\.jsonl: no such file")
        self.assert_nothing_left("feed.jsonl")

    def test_a_file_without_read_permission(self):
        feed = self.write_articles("feed.jsonl", cli.some_articles()[0])
        feed.chmod(0)
        if os.access(feed, os.R_OK):
            self.skipTest("this user may read everything")
        self.fails(4, "dedup", feed, "--out", self.folder / "result", saying=r"feed\.jsonl: .*Permission denied")
        self.assert_nothing_left("feed.jsonl")

    def test_an_error_while_reading(self):
        """The memory of a process can be opened, but reading it at address 0 fails."""
        if not os.path.exists("/proc/self/mem"):
            self.skipTest("there is no /proc/self/mem here")
        self.fails(4, "dedup", "/proc/self/mem", "--out", self.folder / "result", saying="/proc/self/mem: cannot read")
        self.assert_nothing_left()

    def test_a_feed_that_changes_while_it_is_read(self):
        """The first input is overwritten while the run waits for the second, a fifo."""
        lines = cli.lines_of(cli.some_articles()[0])
        feed, fifo = self.write("feed.jsonl", lines), self.folder / "fifo"
        os.mkfifo(fifo)
        process = cli.start("dedup", feed, fifo, "--out", self.folder / "result")
        with open(os.open(fifo, os.O_RDWR), "wb") as out:  # does not wait for a reader
            out.write(lines[0])
            out.flush()
            cli.time.sleep(0.3)
            feed.write_bytes(b"".join(lines[5:]))
        _, err = process.communicate(timeout=cli.TIMEOUT)
        self.assertEqual(process.returncode, 4)
        self.assertRegex(err, rb"feed\.jsonl:\d+: the line at byte \d+ differs from the one that was read first")
        self.assert_nothing_left("feed.jsonl", "fifo")

    def test_fifos_are_feeds(self):
        articles, together = cli.some_articles()
        fifo = self.folder / "fifo"
        os.mkfifo(fifo)
        writer = threading.Thread(target=lambda: fifo.write_bytes(b"".join(cli.lines_of(articles))), daemon=True)
        writer.start()
        result = self.dedup(fifo)
        writer.join()
        self.assertEqual(result.groups(), {frozenset(ids) for ids in together})


if __name__ == "__main__":
    unittest.main()
