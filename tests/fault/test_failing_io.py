"""Every call that opens, reads or writes a file fails once, in every subcommand.

A library for LD_PRELOAD (failing_io.c) numbers the calls of a run on the files of its test and makes one of them fail.
Each call fails once with an I/O error, and each call that can report a full disk once more with a disk that stays full:

  - the run ends with status 4 (or 5 for a damaged index) and a message that names a file and the cause or, if the failed
    call is not essential, with status 0 and the right result;
  - every output is complete: either the old one or the new one;
  - nothing else is left except state that --resume continues from;
  - running the command again without the fault gives the same bytes as an undisturbed run.

By default, one call of every kind fails; WIRECOPY_FAULTS=all makes every call fail.
"""

import collections
import errno
import json
import os
import pathlib
import re
import shutil
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import wirecopy_cli as cli

LIBRARY = pathlib.Path(os.environ.get("WIRECOPY_FAILING_IO") or
                       pathlib.Path(cli.BINARY).parents[1] / "tests/libfailing_io.so")
ALL = os.environ.get("WIRECOPY_FAULTS") == "all"

Call = collections.namedtuple("Call", "number name path")

# Calls whose failure need not be reported: no written data is lost, and the result is obtained in another way.
# A failed unlink or rmdir leaves a file behind, which is checked separately.
DISPENSABLE = {"close", "copy_file_range", "unlink", "rmdir", "link"}
NEED_ROOM = {"write", "pwrite", "writev", "posix_fallocate", "fallocate", "mkdir", "link", "copy_file_range"}


def tree(folder, *, without=()):
    """All files below the folder by their relative names; summaries without the measurements of the run."""
    files = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if not path.is_file() or name.split("/")[0] in without:
            continue
        files[name] = path.read_bytes()
        if path.name == "summary.json":
            summary = json.loads(files[name])
            del summary["run"]
            files[name] = json.dumps(summary)
        elif path.suffix == ".html":  # the page contains the summary
            files[name] = re.sub(rb'"run":\{.*?\]\}', b"", files[name])
    return files


def part(files, output):
    """The files of a tree that are this file or inside this directory."""
    return {name: data for name, data in files.items() if name.split("/")[0] == output}


def kind_of(call):
    return call.name, re.sub(r"[0-9a-f]*\d[0-9a-f]*", "#", call.path)


def sample(calls):
    """The last call of every kind, that is, of its name and its file without numbers."""
    if ALL:
        return calls
    return sorted({kind_of(call): call for call in calls}.values())


@unittest.skipIf(cli.is_sanitized(), "a sanitizer must be loaded first")
@unittest.skipUnless(LIBRARY.exists(), f"{LIBRARY} is not built")
class FailingIo(cli.CommandTest):
    """The folder `before` has the files that a command starts with; each run works on a fresh copy in `at`."""

    feed_articles = cli.some_articles(stories=5, copies=3, singles=8, seed=4)[0]

    def setUp(self):
        super().setUp()
        self.before, self.at = self.folder / "before", self.folder / "at"
        self.before.mkdir()
        self.log = self.folder / "calls"
        (self.before / "feed.jsonl").write_bytes(b"".join(cli.lines_of(self.feed_articles)) + b"not json\n")

    def prepare(self, *arguments, stdin=None):
        """Runs a command whose output the command under test starts with."""
        self.before.rename(self.at)  # paths in its output must be those of the test
        done = cli.run(*arguments, cwd=self.at, stdin=stdin)
        self.at.rename(self.before)
        self.assertEqual(done.status, 0, done)
        return done

    def run_with(self, arguments, *, stdin=None, number=0, error=errno.EIO, for_good=False):
        """Runs the command so that call `number` fails (0: none), and records its calls."""
        self.log.unlink(missing_ok=True)
        settings = {"LD_PRELOAD": str(LIBRARY), "FAILING_IO_UNDER": str(self.at), "FAILING_IO_LOG": str(self.log),
                    "FAILING_IO_AT": str(number), "FAILING_IO_ERRNO": str(error)}
        if for_good:
            settings["FAILING_IO_FOR_GOOD"] = "1"
        done = cli.run(*arguments, cwd=self.at, stdin=stdin, env={**os.environ, **settings})
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        done.calls = [Call(int(n), name, path) for n, name, path in (line.split(" ", 2) for line in lines)]
        return done

    def restore(self):
        shutil.rmtree(self.at, ignore_errors=True)
        shutil.copytree(self.before, self.at)
        feed = self.at / "feed.jsonl"  # the same inode, which sketches record
        feed.unlink()
        feed.hardlink_to(self.before / "feed.jsonl")

    def for_each_fault(self, arguments, check, *, stdin=None):
        """Runs the command with each fault and calls `check` with the outcome, which contains the failed call."""
        self.restore()
        whole = self.run_with(arguments, stdin=stdin)
        self.assertEqual(whole.status, 0, whole)
        self.assertGreater(len(whole.calls), 2)
        chosen = sample(whole.calls)
        faults = [(call, errno.EIO, False) for call in chosen]
        faults += [(call, errno.ENOSPC, True) for call in chosen if call.name in NEED_ROOM]
        for call, error, for_good in faults:
            with self.subTest(call=f"{call.number} {call.name} {call.path}", error=errno.errorcode[error]):
                self.restore()
                done = self.run_with(arguments, stdin=stdin, number=call.number, error=error, for_good=for_good)
                done.call = next((c for c in done.calls if c.number == call.number), None)
                if done.call is not None:  # with threads, the number of calls varies
                    check(done)

    def assert_reported(self, done, statuses=(4,)):
        self.assertIn(done.status, statuses, (done.call, done))
        self.assertNotIn("terminate called", done.err)
        causes = ["Input/output error", "No space left on device", "Cannot allocate memory"]
        if done.call.path.endswith("CURRENT"):
            causes.append("Direct I/O is not supported")  # how RocksDB reports an index that cannot be opened
        self.assertRegex(done.err, "|".join(causes), done.call)
        self.assertRegex(done.err, f"stdin|standard output|wirecopy: i: |{'|'.join(os.listdir(self.at))}|/", done.call)

    def check(self, *arguments, stdin=None, outputs=(), resumable=None):
        """Checks a command that writes `outputs`, which must afterwards be complete or unchanged."""
        self.restore()
        whole = self.run_with(arguments, stdin=stdin)
        self.assertEqual(whole.status, 0, whole)
        older, expected = tree(self.before), tree(self.at)

        def check_one(done):
            if done.status == 0 and "warning: the report has no texts" in done.err:  # the report has only what could be read
                return self.assertRegex(done.err, "(Input/output error|No space left on device)", done.call)
            if done.status == 0:
                self.assertIn(done.call.name, DISPENSABLE, f"{done.call} went unheard")
                self.assertEqual(done.out, whole.out)
            else:
                self.assert_reported(done)
                self.assertTrue(whole.out.startswith(done.out), done.call)
            found = tree(self.at)
            for output in outputs:
                here, before, after = (part(files, output) for files in (found, older, expected))
                self.assertTrue(here == after or (done.status != 0 and here == before), f"{output} is torn: {done.call}")
            left = set(os.listdir(self.at)) - {*os.listdir(self.before), *outputs, resumable}
            if done.call.name not in ("unlink", "rmdir"):
                self.assertEqual([name for name in left if name not in done.err], [], f"left behind: {done.call}")
            if done.status != 0 and not (self.at / "model").exists():  # a model changes later results
                self.assert_repeats(arguments, stdin, expected, whole.out, outputs, resumable)

        self.for_each_fault(arguments, check_one, stdin=stdin)

    def assert_repeats(self, arguments, stdin, expected, printed, outputs, resumable):
        if resumable and (self.at / resumable).exists():
            arguments = (*arguments, "--resume")
        if outputs and (self.at / outputs[0]).is_dir() and "--force" not in arguments:
            arguments = (*arguments, "--force")  # it was published before the failure
        again = cli.run(*arguments, cwd=self.at, stdin=stdin)
        self.assertEqual((again.status, again.out), (0, printed), again)
        found = tree(self.at)
        for name, data in expected.items():
            self.assertTrue(found.get(name) == data, f"{name} differs")
        if resumable:
            self.assertFalse((self.at / resumable).exists())


class Batch(FailingIo):
    def test_dedup(self):
        self.check("dedup", "feed.jsonl", "--out", "result", "--matches", "--report", "page.html",
                   outputs=("result", "page.html"))

    def test_dedup_with_a_model(self):
        self.check("dedup", "feed.jsonl", "--out", "result", "--boilerplate-model", "model", outputs=("result", "model"))

    def test_dedup_over_an_older_result(self):
        self.prepare("dedup", "feed.jsonl", "--out", "result", "--threshold", 0.9)
        self.check("dedup", "feed.jsonl", "--out", "result", "--force", outputs=("result",))

    def test_dedup_from_and_to_a_pipe(self):
        feed = (self.before / "feed.jsonl").read_bytes()
        (self.before / "tmp").mkdir()
        self.check("dedup", "-", "--tmp-dir", "tmp", stdin=feed)

    def test_sketch(self):
        self.check("sketch", "feed.jsonl", "-o", "feed.sketch", outputs=("feed.sketch",), resumable="feed.sketch.partial")

    def test_resolve(self):
        self.prepare("sketch", "feed.jsonl", "-o", "feed.sketch")
        self.check("resolve", "feed.sketch", "--out", "result", outputs=("result",))

    def test_generate(self):
        self.check("generate", "--articles", 30, "--out", "made", outputs=("made",))

    def test_commands_that_read_a_result(self):
        self.prepare("dedup", "feed.jsonl", "--out", "result")
        first, second = (a["id"] for a in self.feed_articles[:2])
        pairs = [{"a": first, "b": second, "label": "different"}]
        (self.before / "pairs.jsonl").write_bytes(b"".join(cli.lines_of(pairs)))
        self.check("explain", "result", first, second)
        self.check("show", "result")
        self.check("evaluate", "result", "--pairs", "pairs.jsonl")
        self.check("report", "result", "-o", "page.html", outputs=("page.html",))

    def test_more_data_than_memory(self):
        """Sketches and arrays on disk, which require a large feed, so there are few faults."""
        feed = cli.run("generate", "--articles", 18000, "--seed", 3).out
        (self.before / "feed.jsonl").write_bytes(feed)
        self.check("dedup", "feed.jsonl", "--out", "result", "--memory", "64M", "--progress", "none",
                   outputs=("result",), resumable="result.partial")


class Index(FailingIo):
    options = ("--boilerplate", "off", "--clock", "feed")

    def setUp(self):
        super().setUp()
        self.lines = cli.lines_of(self.feed_articles)

    def info(self):
        done = cli.run("index", "info", self.at / "i")
        return json.loads(done.out)["articles"] if done.status == 0 else 0

    def fill(self, count):
        if count:
            self.prepare("stream", "--index", "i", *self.options, stdin=b"".join(self.lines[:count]))

    def check_stream(self, count, *options):
        """Adds the remaining articles to an index of `count` articles: no answered article is lost, and continuing gives the
        events of an undisturbed run."""
        self.fill(count)
        arguments = ("stream", "--index", "i", *self.options, *options)
        self.restore()
        self.run_with(arguments, stdin=b"".join(self.lines[count:]))
        events = cli.run("events", self.at / "i").out
        answers = cli.run("index", "query", self.at / "i", self.at / "feed.jsonl", "--clock", "feed").out
        self.assertEqual(self.info(), len(self.lines))

        def check_one(done):
            if done.status != 0:
                self.assert_reported(done, (4, 5))
            answered = count + done.out.count(b"\n")
            self.assertTrue(done.status != 0 or answered == len(self.lines), done)
            remembered = self.info()
            self.assertGreaterEqual(remembered, answered, (done.call, done))
            if remembered:
                self.assertEqual(cli.run("index", "verify", self.at / "i").status, 0, done.call)
            again = cli.run(*arguments, cwd=self.at, stdin=b"".join(self.lines[remembered:]))
            self.assertEqual(again.status, 0, (done.call, done, again))
            self.assertEqual(self.info(), len(self.lines))
            self.assertTrue(cli.run("events", self.at / "i").out == events, done.call)
            self.assertEqual(
                cli.run("index", "query", self.at / "i", self.at / "feed.jsonl", "--clock", "feed").out, answers)

        self.for_each_fault(arguments, check_one, stdin=b"".join(self.lines[count:]))

    def test_stream_into_a_new_index(self):
        self.check_stream(0)

    def test_stream_into_an_index(self):
        self.check_stream(15)

    def test_stream_that_syncs(self):
        self.check_stream(15, "--sync")

    def check_reader(self, *arguments):
        """A command that only reads the index: it prints the same or fails, and the index does not change."""
        self.restore()
        printed = self.run_with(arguments).out
        before = tree(self.at)

        def check_one(done):
            if done.status == 0:  # the size of the directory is only informative
                self.assertEqual(*(re.sub(rb'"disk_bytes":\d+', b"", out) for out in (done.out, printed)), done.call)
            else:
                self.assert_reported(done, (4, 5))
                self.assertTrue(printed.startswith(done.out), done.call)
            self.assertEqual(tree(self.at), before)

        self.for_each_fault(arguments, check_one)

    def test_commands_that_read_an_index(self):
        self.fill(len(self.lines))
        self.restore()
        cluster = re.search(rb'"cluster":"(w[0-9a-f]{16})"', cli.run("events", self.at / "i").out)[1].decode()
        self.check_reader("index", "info", "i")
        self.check_reader("index", "verify", "i")
        self.check_reader("index", "cluster", "i", cluster)
        self.check_reader("events", "i")
        self.check_reader("index", "query", "i", "feed.jsonl", "--clock", "feed")
        self.check_reader("dedup", "feed.jsonl", "--against", "i")

    def test_snapshot(self):
        self.fill(len(self.lines))
        arguments = ("index", "snapshot", "i", "copy")
        self.restore()
        self.run_with(arguments)
        events = cli.run("events", self.at / "copy").out
        before = tree(self.before)

        def check_one(done):
            if done.status != 0:
                self.assert_reported(done, (4, 5))
            self.assertEqual(tree(self.at, without=("copy",)), before)
            if (self.at / "copy").exists():
                self.assertEqual(cli.run("index", "verify", self.at / "copy").status, 0)
                self.assertEqual(cli.run("events", self.at / "copy").out, events)
            elif done.call.name not in ("unlink", "rmdir"):
                self.assertEqual(sorted(os.listdir(self.at)), ["feed.jsonl", "i"], done.call)
            self.assertTrue(done.status != 0 or (self.at / "copy").exists())

        self.for_each_fault(arguments, check_one)

    def check_maintenance(self, *arguments):
        """A command that changes the index completely or not at all, and completely when it is repeated."""
        self.restore()
        self.run_with(arguments)
        after = self.info(), cli.run("events", self.at / "i").out

        def check_one(done):
            if done.status != 0:
                self.assert_reported(done, (4, 5))
            else:
                self.assertEqual((self.info(), cli.run("events", self.at / "i").out), after, done.call)
            self.assertEqual(cli.run("index", "verify", self.at / "i").status, 0, done.call)
            again = cli.run(*arguments, cwd=self.at)
            self.assertIn(again.status, (0, 2), again)  # 2: the article is already removed
            self.assertEqual((self.info(), cli.run("events", self.at / "i").out), after, done.call)

        self.for_each_fault(arguments, check_one)

    def test_maintenance(self):
        self.fill(len(self.lines))
        self.check_maintenance("index", "compact", "i")
        self.check_maintenance("index", "remove", "i", self.feed_articles[3]["id"])
        self.check_maintenance("index", "expire", "i", "--before", "2024-05-02")


del FailingIo  # the base class has no tests

if __name__ == "__main__":
    unittest.main()
