"""A run that is killed at any moment can be continued with --resume and gives the same bytes.

WIRECOPY_KILLS=500 python3 tests/fault/test_killed_run.py kills it 500 times.
"""

import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import unittest

import wirecopy_cli as cli

KILLS = int(os.environ.get("WIRECOPY_KILLS", "10" if cli.is_sanitized() else "50"))
ARTICLES = 18000  # enough to exceed the minimum memory


class KilledRun(cli.CommandTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.data = cli.run("generate", "--articles", ARTICLES, "--seed", 3).out
        broken = b'{"id": "torn", "text": \n'  # so that rejects are also kept
        middle = cls.data.index(b"\n", len(cls.data) // 2) + 1
        cls.data = cls.data[:middle] + broken + cls.data[middle:]

    def setUp(self):
        super().setUp()
        self.feed = self.write("feed.jsonl", self.data)
        self.out = self.folder / "result"
        self.state = self.folder / "result.partial" / "sketches"
        self.arguments = ["dedup", self.feed, "--memory", "64M", "--matches", "--progress", "none"]

    @property
    def whole(self):
        """The result of an undisturbed run, with the file names of this test's feed."""
        expected = self.folder / "expected"
        if not expected.exists():
            began = time.monotonic()
            done = cli.run("dedup", self.feed, "--out", expected, "--matches")
            self.seconds = time.monotonic() - began
            self.assertEqual(done.status, 0, done)
        return self.result_of(expected)

    def wait_for_state(self):
        self.assertTrue(cli.wait_for(lambda: self.state.exists() and self.state.stat().st_size > 1 << 20))

    @staticmethod
    def result_of(folder):
        return {f.name: f.read_bytes() for f in folder.iterdir() if f.name != "summary.json"}

    def finish(self):
        """Resumes the run to its end and compares the result."""
        done = cli.run(*self.arguments, "--out", self.out, "--resume")
        self.assertEqual(done.status, 0, done)
        found = self.result_of(self.out)
        expected = self.whole
        self.assertEqual(sorted(found), sorted(expected))
        for name, content in expected.items():
            self.assertTrue(found[name] == content, f"{name} differs")
        left = [name for name in os.listdir(self.folder) if ".partial" in name]
        self.assertEqual(left, [])

    def remove_result(self):
        for file in self.out.iterdir():
            file.unlink()
        self.out.rmdir()

    def test_killed_at_random_moments(self):
        expected = self.whole
        moments = random.Random(11)
        kills, went_on = 0, 0
        while kills < KILLS:
            process = cli.start(*self.arguments, "--out", self.out, "--resume")
            try:
                process.wait(timeout=moments.uniform(0, 1.2 * self.seconds))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                kills += 1
                went_on += self.state.exists()
            process.stderr.close()
            if process.returncode == 0:
                self.assertEqual(self.result_of(self.out), expected)
                self.remove_result()
        self.assertGreater(went_on, 0, "no run was killed while it had something to go on with")
        if self.out.exists():
            self.remove_result()
        self.finish()

    def test_stopped_by_a_signal(self):
        process = cli.start(*self.arguments, "--out", self.out)
        self.wait_for_state()
        process.send_signal(signal.SIGTERM)
        err = process.communicate(timeout=30)[1].decode()
        self.assertEqual(process.returncode, 128 + signal.SIGTERM, err)
        self.assertIn("use --resume to continue", err)
        refused = cli.run(*self.arguments, "--out", self.out)
        self.assertEqual(refused.status, 2, refused)
        self.assertIn("--resume", refused.err)
        self.finish()

    def test_a_disk_that_fills_up(self):
        for megabytes in (1, 9, 20, 27):
            limit = megabytes << 20
            process = cli.start(
                *self.arguments, "--out", self.out, "--resume",
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
            )
            err = process.communicate(timeout=60)[1].decode()
            self.assertEqual(process.returncode, 4, err)
            self.assertFalse(self.out.exists())
        self.finish()

    def test_other_parameters_and_other_files_are_refused(self):
        process = cli.start(*self.arguments, "--out", self.out)
        self.wait_for_state()
        process.kill()
        process.communicate()
        other = cli.run(*self.arguments, "--out", self.out, "--resume", "--threshold", "0.7")
        self.assertEqual(other.status, 5, other)
        self.assertIn("was made with threshold 0.5, not 0.7", other.err)
        with open(self.feed, "ab") as feed:
            feed.write(b'{"id": "late", "text": "one more"}\n')
        changed = cli.run(*self.arguments, "--out", self.out, "--resume")
        self.assertEqual(changed.status, 5, changed)
        self.assertIn("is not the file that it was", changed.err)

    def test_a_pipe_is_read_from_the_start(self):
        with open(self.feed, "rb") as feed:
            process = cli.start("dedup", "--memory", "64M", "--out", self.out, stdin=feed)
            self.assertTrue(cli.wait_for(lambda: any(".partial-" in name for name in os.listdir(self.folder))))
            process.kill()
            process.communicate()
        self.assertFalse((self.folder / "result.partial").exists())


class Shards(cli.CommandTest):
    def test_sketches_resolve_to_the_same_bytes(self):
        made = cli.run("generate", "--articles", 3000, "--seed", 5, "--out", self.folder / "made")
        self.assertEqual(made.status, 0, made)
        lines = (self.folder / "made" / "feed.jsonl").read_bytes().splitlines(keepends=True)
        feeds, sketches = [], []
        for shard in range(3):
            feeds.append(self.folder / f"{shard}.jsonl")
            feeds[-1].write_bytes(b"".join(lines[shard * 1000:(shard + 1) * 1000]) + b"not json\n")
            sketches.append(self.folder / f"{shard}.sketch")
            done = cli.run("sketch", feeds[-1], "-o", sketches[-1], "--threads", shard + 1)
            self.assertEqual(done.status, 0, done)
        whole, resolved = self.folder / "whole", self.folder / "resolved"
        self.assertEqual(cli.run("dedup", *feeds, "--out", whole, "--matches").status, 0)
        done = cli.run("resolve", *sketches, "--out", resolved, "--matches", "--memory", "64M")
        self.assertEqual(done.status, 0, done)
        self.assertEqual(KilledRun.result_of(resolved), KilledRun.result_of(whole))
        self.assert_summaries_agree(whole, resolved)

    def assert_summaries_agree(self, first, second):
        import json

        summaries = [json.loads((folder / "summary.json").read_bytes()) for folder in (first, second)]
        for summary in summaries:
            summary.pop("run")
        self.assertEqual(*summaries)

    def test_sketches_of_other_parameters_or_damaged_ones_are_refused(self):
        feed = self.folder / "feed.jsonl"
        feed.write_bytes(b"".join(cli.lines_of(cli.some_articles()[0])))
        one, two = self.folder / "one", self.folder / "two"
        self.assertEqual(cli.run("sketch", feed, "-o", one).status, 0)
        self.assertEqual(cli.run("sketch", feed, "-o", two, "--shingle", "4").status, 0)
        refused = cli.run("resolve", one, two, "--out", self.folder / "result")
        self.assertEqual(refused.status, 5, refused)
        self.assertIn("shingle", refused.err)
        content = bytearray(one.read_bytes())
        content[-200] ^= 1
        one.write_bytes(content)
        damaged = cli.run("resolve", one, "--out", self.folder / "result")
        self.assertEqual(damaged.status, 5, damaged)
        self.assertFalse((self.folder / "result").exists())

    def test_standard_input_cannot_be_sketched(self):
        refused = cli.run("sketch", "-", "-o", self.folder / "s", stdin=b"{}\n")
        self.assertEqual(refused.status, 2, refused)


if __name__ == "__main__":
    unittest.main()
