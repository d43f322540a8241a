"""Formats of feeds: compression, JSON documents, and what is refused instead of being rejected line by line."""

import bz2
import gzip
import json
import lzma
import random
import shutil
import subprocess
import unittest

import wirecopy_cli as cli


def array_of(lines):
    return b"[" + b",".join(line.rstrip(b"\n") for line in lines) + b"]"


def lz4(data):
    return subprocess.run(["lz4", "-qc"], input=data, capture_output=True, check=True).stdout


class Formats(cli.CommandTest):
    def setUp(self):
        super().setUp()
        articles, _ = cli.some_articles()
        self.lines = cli.lines_of(articles)
        self.articles = articles
        self.reference = self.dedup(self.write("feed.jsonl", self.lines), out="reference")

    def assert_same(self, *feed, kept_lines=None):
        """The same result, but for positions; kept lines as in the reference unless given."""
        self.calls = getattr(self, "calls", 0) + 1
        out = f"out{self.calls}"
        result = self.dedup(*feed, out=out)
        expected = cli.without_positions(self.reference.folder)
        found = cli.without_positions(result.folder)
        found["summary.json"].get("parameters", {}).pop("records", None)
        for name in cli.RESULT_FILES:
            if name == "unique.jsonl" and kept_lines is not None:
                self.assertEqual(found[name], kept_lines)
            elif name == "summary.json":
                for summary in (found[name], expected[name]):
                    summary["counts"].pop("bytes", None)
                self.assertEqual(found[name], expected[name])
            else:
                self.assertEqual(found[name], expected[name], f"{name} of {feed}")
        return result

    def test_compressed_feeds_are_the_same_feed(self):
        data = b"".join(self.lines)
        half = len(self.lines) // 2
        parts = [b"".join(self.lines[:half]), b"".join(self.lines[half:])]
        packers = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
        if shutil.which("lz4"):
            packers["lz4"] = lz4
        for name, pack in packers.items():
            with self.subTest(format=name):
                self.assert_same(self.write(f"whole.{name}", pack(data)))
                self.assert_same(self.write(f"members.{name}", pack(parts[0]) + pack(parts[1])))

    def test_arrays_are_the_same_feed(self):
        compact = array_of(self.lines)
        self.assert_same(self.write("compact.json", compact))
        self.assert_same(self.write("compact.xz", lzma.compress(compact)))
        self.assert_same(self.write("spaced.json", compact.replace(b"},{", b"} ,\n\t{")))
        page = b'{"status":"ok","more":[{"items":[]}],"response":{"items":' + compact + b'},"items":[{"text":"no"}]}'
        self.assert_same(self.write("page.json", page), "--records", "/response/items")

    def test_pretty_printed_articles_become_lines(self):
        pretty = json.dumps(self.articles, ensure_ascii=False, indent=2).encode()
        kept = set(self.reference.kept())
        lines = b"".join(json.dumps(a, ensure_ascii=False, separators=(",", ": ")).encode() + b"\n"
                         for a in self.articles if a["id"] in kept)
        self.assert_same(self.write("pretty.json", pretty), kept_lines=lines)
        objects = b"\n".join(json.dumps(a, ensure_ascii=False, indent=2).encode() for a in self.articles)
        self.assert_same(self.write("objects.json", objects), kept_lines=lines)

    def test_arrays_from_a_pipe(self):
        done = cli.run("dedup", "-", stdin=array_of(self.lines))
        self.assertEqual(done.out, self.reference.unique)

    def test_results_of_arrays_do_not_depend_on_threads_blocks_and_memory(self):
        feed = self.write("feed.json", array_of(self.lines))
        first = cli.without_run(self.dedup(feed, out="a").folder)
        for number, settings in enumerate((["--threads", 1], ["--threads", 8, "--block-size", "4KiB"], ["--memory", "64M"])):
            self.assertEqual(cli.without_run(self.dedup(feed, *settings, out=f"b{number}").folder), first)

    def test_other_commands_read_arrays(self):
        compact = self.write("feed.json", array_of(self.lines))
        page = self.write("page.json", b'{"a":' + array_of(self.lines) + b"}")
        for feed, records in ((compact, []), (page, ["--records", "/a"])):
            result = self.dedup(feed, *records, "--force")
            first, second = (m["id"] for m in result.clusters[0]["members"][:2])
            explained = cli.run("explain", result.folder, first, second)
            self.assertEqual(explained.status, 0, explained)
            self.assertIn(first.encode(), explained.out)
            self.assertEqual(cli.run("report", result.folder, "-o", self.folder / "report.html").status, 0)
            sketch = self.folder / "feed.sketch"
            self.assertEqual(cli.run("sketch", feed, *records, "-o", sketch).status, 0)
            self.assertEqual(cli.run("resolve", sketch, "--out", self.folder / "resolved").status, 0)
            self.assertEqual(cli.without_run(self.folder / "resolved"), cli.without_run(result.folder))
            shutil.rmtree(self.folder / "resolved")
            sketch.unlink()
            streamed = cli.run("stream", feed, *records)
            self.assertEqual([json.loads(line)["id"] for line in streamed.out.splitlines()], [a["id"] for a in self.articles])

    def test_a_bad_element_is_rejected_with_its_offset(self):
        bad = [self.lines[0], b'{"id":"bad","text":[1,2}}', self.lines[1], b"nope", b'{"text":"a\nb"}', self.lines[2]]
        data = array_of(bad)
        result = self.dedup(self.write("bad.json", data))
        self.assertEqual(len(result.articles), 3)
        self.assertEqual([(r["line"], r["reason"]) for r in result.rejects],
                         [(2, "not-json"), (4, "not-json"), (5, "control-character")])
        for reject, element in zip(result.rejects, (bad[1], bad[3], bad[4])):
            self.assertTrue(data[reject["offset"]:].startswith(element))

    def test_truncation_anywhere_loses_no_complete_article(self):
        lines = self.lines[:6]
        files = {"array": array_of(lines), "bz2": bz2.compress(b"".join(lines)), "xz": lzma.compress(b"".join(lines))}
        for name, data in files.items():
            sizes = range(6, len(data)) if name != "array" else random.Random(1).sample(range(1, len(data)), 200)
            for size in sorted(sizes)[::7]:
                with self.subTest(format=name, size=size):
                    done = cli.run("dedup", self.write("cut", data[:size]), "--out", self.folder / "cut-out", "--force",
                                   "--allow-empty", "--progress", "none")
                    self.assertEqual(done.status, 0, done)
                    result = cli.Result(self.folder / "cut-out")
                    self.assertEqual([r["reason"] for r in result.rejects][-1:], ["damaged-input"])
                    if name == "array":
                        whole = sum(1 for end in self.ends_of(lines) if end <= size)
                        self.assertEqual(len(result.articles), whole)

    @staticmethod
    def ends_of(lines):
        """The offset after each element and the comma or bracket behind it, in array_of(lines)."""
        at, ends = 1, []
        for line in lines:
            at += len(line.rstrip(b"\n")) + 1
            ends.append(at)
        return ends


class Refusals(cli.CommandTest):
    def test_foreign_formats_are_refused_at_once(self):
        files = {"x.parquet": (b"PAR1" + bytes(100), "Parquet"), "x.csv": (b"id,text\n1,abc\n", "CSV"),
                 "x.xml": (b"<?xml version='1.0'?><rss/>", "XML"), "x.zip": (b"PK\x03\x04" + bytes(50), "zip"),
                 "x.gz": (gzip.compress(b"PAR1" + bytes(100)), "Parquet")}
        for name, (data, format_name) in files.items():
            self.fails(4, "dedup", self.write(name, data), "--out", self.folder / "out", saying=f"{name}: is .*{format_name}")
            self.fails(4, "stream", self.folder / name, saying=format_name)
        self.assertFalse((self.folder / "out").exists())

    def test_lines_of_which_none_is_an_article(self):
        feed = self.write("feed.txt", b"hello\nworld\n")
        self.fails(4, "dedup", feed, saying="none of the 2 lines is an article: they are rejected, most often not-json .*hello")
        self.fails(4, "dedup", feed, "--out", self.folder / "out", saying="--allow-empty")
        self.assertEqual(len(cli.Result(self.folder / "out").rejects), 2)
        self.fails(4, "sketch", feed, "-o", self.folder / "x.sketch", saying="none of the 2 lines")
        self.assertEqual(cli.run("dedup", feed, "--allow-empty").status, 0)
        done = cli.run("stream", feed)
        self.assertEqual((done.status, len(done.out.splitlines())), (4, 2))
        self.assertEqual(cli.run("stream", feed, "--allow-empty").status, 0)
        self.assert_nothing_left("feed.txt", "out")

    def test_an_empty_feed_is_no_error(self):
        self.assertEqual(cli.run("dedup", self.write("feed.jsonl", b"\n\n")).status, 0)
        self.assertEqual(cli.run("stream", self.folder / "feed.jsonl").status, 0)

    def test_a_text_with_an_unknown_name_is_proposed(self):
        article = {"id": "1", "head": "Storm", "meta": {"story": "Winds of storm force hit the coast on Monday night, officials said."}}
        feed = self.write_articles("feed.jsonl", [article, article])
        self.fails(4, "dedup", feed, saying=r"none of the 2 articles has a text; .*head \"Storm\".* try --field text=meta\.story,")
        self.assertEqual(cli.run("dedup", feed, "--field", "text=meta.story").status, 0)
        self.assertIn("problem", cli.run("dedup", feed, "--dry-run").out.decode())

    def test_an_array_inside_an_answer_is_proposed(self):
        feed = self.write_articles("feed.jsonl", [{"status": "ok", "r": {"docs": [{"text": "Winds of storm force hit the coast."}]}}])
        self.fails(4, "dedup", feed, saying="try --records /r/docs,")
        self.assertEqual(cli.run("dedup", feed, "--records", "/r/docs").status, 0)
        self.fails(4, "dedup", feed, "--records", "/docs", saying="no array at /docs")
        self.fails(2, "dedup", feed, "--records", "docs", saying="not a JSON pointer")

    def test_mostly_rejected_lines_are_a_warning(self):
        feed = self.write("feed.jsonl", [b'{"text":"a b c"}\n', b"x\n", b"y\n"])
        done = cli.run("dedup", feed)
        self.assertEqual(done.status, 0)
        self.assertRegex(done.err, "warning: 2 of 3 lines are rejected, most often not-json")

    def test_skipped_files_of_a_directory_are_named(self):
        self.write_articles("feeds/a.jsonl", [{"text": "a b c"}])
        self.write("feeds/notes.txt", b"x")
        self.assertRegex(cli.run("dedup", self.folder / "feeds").err, "1 file in the directories is skipped.*notes.txt")

    def test_a_bomb_stays_within_the_memory(self):
        blank = bytes([32]) * (200 << 20)
        for name, data in (("x.xz", lzma.compress(blank, preset=0)), ("x.gz", gzip.compress(blank, 1))):
            feed = self.write(name, data)
            done = subprocess.run(["/usr/bin/env", "time", "-f", "%M", *cli.command(["dedup", feed, "--memory", "64M"])],
                                  capture_output=True, timeout=cli.TIMEOUT) if shutil.which("time") else None
            if done is None:
                self.skipTest("needs time(1)")
            self.assertLess(int(done.stderr.split()[-1]), (64 + 48) << 10)


if __name__ == "__main__":
    cli.main()
