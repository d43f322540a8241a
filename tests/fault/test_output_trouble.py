"""Outputs that exist, are full, closed or the input itself: nothing is lost, and nothing incomplete is left."""

import os
import pathlib
import resource
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import wirecopy_cli as cli


class Directory(cli.CommandTest):
    def setUp(self):
        super().setUp()
        self.articles, _ = cli.some_articles()
        self.feed = self.write_articles("feed.jsonl", self.articles)
        self.out = self.folder / "result"

    def listing(self, path):
        return {str(p.relative_to(path)): p.read_bytes() for p in path.rglob("*") if p.is_file()}

    def test_an_earlier_result_is_replaced_only_with_force(self):
        self.dedup(self.feed, "--seed", 3)
        before = self.listing(self.out)
        self.fails(2, "dedup", self.feed, "--out", self.out, saying="exists; use --force to replace it")
        self.assertEqual(self.listing(self.out), before)
        self.dedup(self.feed, "--force", "--matches")
        self.assertLess({*cli.RESULT_FILES, "matches.jsonl"}, {*os.listdir(self.out), ""})
        self.dedup(self.feed, "--force", "--seed", 3)
        self.assertEqual(self.listing(self.out).keys(), before.keys())
        self.assert_nothing_left("feed.jsonl", "result")

    def test_a_failed_run_keeps_the_earlier_result(self):
        self.dedup(self.feed)
        before = self.listing(self.out)
        self.fails(4, "dedup", self.folder / "missing", "--out", self.out, "--force", saying="no such file")
        self.assertEqual(self.listing(self.out), before)

    def test_an_empty_directory_is_replaced_only_with_force(self):
        self.out.mkdir()
        self.fails(2, "dedup", self.feed, "--out", self.out, saying="--force")
        self.dedup(self.feed, "--force")

    def test_other_files_are_never_replaced(self):
        self.write("home/photos/holiday.jpg", b"x")
        self.write("home/summary.json", b"{}")
        self.write("files/letter.txt", b"x")
        self.write("file", b"x")
        (self.folder / "link").symlink_to(self.folder / "nowhere")
        for name in ("home", "files", "file", "link", "."):
            with self.subTest(name):
                target = self.folder / name if name != "." else "."
                self.fails(2, "dedup", self.feed, "--out", target, "--force", cwd=self.folder)
        self.fails(2, "dedup", self.feed, "--out", "/", "--force", saying="/")
        self.assert_nothing_left("feed.jsonl", "home", "files", "file", "link")
        self.assertEqual((self.folder / "home/photos/holiday.jpg").read_bytes(), b"x")

    def test_a_directory_that_cannot_be_created(self):
        self.fails(4, "dedup", self.feed, "--out", self.folder / "a" / "b", saying="/a")
        self.fails(4, "dedup", self.feed, "--out", self.feed / "b", saying=r"feed\.jsonl")
        self.fails(4, "dedup", self.feed, "--out", "/proc/result", saying="/proc")
        self.assert_nothing_left("feed.jsonl")

    def test_relative_paths_slashes_and_links(self):
        (self.folder / "real").mkdir()
        (self.folder / "link").symlink_to("real")
        for target in ("plain", "slash/", "./dot", "link/inside", "link"):
            done = cli.run("dedup", "feed.jsonl", "--out", target, "--force", cwd=self.folder)
            self.assertEqual(done.status, 0, (target, done))
            self.assertTrue((self.folder / target / "summary.json").is_file() or target == "link/inside")
            if target == "link/inside":
                cli.shutil.rmtree(self.folder / "real/inside")
        self.assertTrue((self.folder / "link").is_symlink())

    def test_an_input_inside_the_output_is_refused(self):
        result = self.dedup(self.feed)
        inside = result.folder / "unique.jsonl"
        before = self.listing(self.out)
        (self.folder / "alias").symlink_to("result")
        for feed in (inside, self.out, self.folder / "alias" / "unique.jsonl"):
            self.fails(2, "dedup", feed, "--out", self.out, "--force", saying="inside the output directory")
        self.fails(2, "dedup", "unique.jsonl", "--out", "../result", "--force", cwd=self.out)
        self.assertEqual(self.listing(self.out), before)

    def test_a_full_disk_leaves_nothing(self):
        disk = self.folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("cannot mount a small disk; see the limit of a file's size")
        try:
            self.fails(4, "dedup", self.feed, "--out", disk / "result", saying="No space left on device")
            self.assertEqual(os.listdir(disk), [])
        finally:
            subprocess.run(["umount", disk], check=True)

    def test_a_file_size_limit_is_reported_and_leaves_nothing(self):
        for limit in (0, 1000, 20_000):
            done = self.fails(4, "dedup", self.feed, "--out", self.out, saying="File too large",
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
            self.assertRegex(done.err, r"result/\w+\.json|cannot write")
            self.assert_nothing_left("feed.jsonl")

    def test_a_full_or_missing_temporary_directory_is_reported(self):
        self.fails(4, "dedup", "--out", self.out, stdin=self.feed.read_bytes(), saying="File too large",
                   preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000)))
        self.assert_nothing_left("feed.jsonl")


class StandardOutput(cli.CommandTest):
    def setUp(self):
        super().setUp()
        self.articles, _ = cli.some_articles(stories=100, singles=200)
        self.feed = self.write_articles("feed.jsonl", self.articles)

    def test_a_full_device(self):
        for arguments in (("dedup", self.feed), ("dedup", self.feed, "--dry-run"), ("dedup", "--help"), ("--version",),
                          ("generate", "--articles", "10")):
            with self.subTest(arguments), open("/dev/full", "wb") as full:
                done = cli.run(*arguments, stdout=full)
                self.assertEqual(done.status, 4, done)
                self.assertRegex(done.err, "standard output.*No space left on device")

    def test_a_closed_pipe(self):
        for arguments in (("dedup", self.feed), ("dedup", self.feed, "--dry-run"), ("generate", "--articles", "20k")):
            with self.subTest(arguments):
                process = cli.start(*arguments, stdout=subprocess.PIPE)
                process.stdout.read(10)
                process.stdout.close()
                _, err = process.communicate(timeout=cli.TIMEOUT)
                self.assertEqual(process.returncode, 0, err)
                self.assertNotRegex(err, b"(?i)pipe|cannot|terminate")

    def test_a_pipe_into_head(self):
        script = f'"$0" dedup "$1" | head -1; exit "${{PIPESTATUS[0]}}"'
        done = subprocess.run(["bash", "-c", script, cli.BINARY, self.feed], capture_output=True, timeout=cli.TIMEOUT)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(len(done.stdout.splitlines()), 1)

    def test_the_output_is_the_input(self):
        data = self.feed.read_bytes()
        with open(self.feed, "ab") as out:
            self.fails(2, "dedup", self.feed, stdout=out, saying="input is also the output")
        with open(self.feed, "ab") as out, open(self.feed, "rb") as source:
            done = subprocess.run([cli.BINARY, "dedup"], stdin=source, stdout=out, stderr=subprocess.PIPE)
            self.assertEqual(done.returncode, 2)
        self.assertEqual(self.feed.read_bytes(), data)

    def test_closed_descriptors(self):
        """A file opened later must not get a standard descriptor and receive messages."""
        expected = cli.without_run(self.dedup(self.feed, out="expected").folder)
        for closed in ("2>&-", "1>&-", "0<&-", "0<&- 1>&- 2>&-", "2>/dev/full"):
            with self.subTest(closed):
                script = f'"$0" dedup "$1" --out "$2" --force {closed}'
                done = subprocess.run(["sh", "-c", script, cli.BINARY, self.feed, self.folder / "result"],
                                      capture_output=True, timeout=cli.TIMEOUT)
                self.assertEqual(done.returncode, 0, done)
                self.assertTrue(cli.without_run(self.folder / "result") == expected)
        script = '"$0" dedup "$1" >&-'
        done = subprocess.run(["sh", "-c", script, cli.BINARY, self.feed], capture_output=True, timeout=cli.TIMEOUT)
        self.assertEqual(done.returncode, 4)
        self.assertIn(b"standard output: cannot write", done.stderr)
        script = '"$0" dedup - <&-'
        done = subprocess.run(["sh", "-c", script, cli.BINARY], capture_output=True, timeout=cli.TIMEOUT)
        self.assertEqual(done.returncode, 4)
        self.assertIn(b"stdin: cannot read", done.stderr)

    def test_a_file_size_limit(self):
        with open(self.folder / "unique.jsonl", "wb") as out:
            done = cli.run("dedup", self.feed, stdout=out, preexec_fn=lambda: resource.setrlimit(
                resource.RLIMIT_FSIZE, (10_000, 10_000)))
        self.assertEqual(done.status, 4)
        self.assertRegex(done.err, "standard output.*File too large")


class Generated(cli.CommandTest):
    def test_a_directory_in_use_is_refused(self):
        self.write("made/letter", b"x")
        self.fails(2, "generate", "--articles", 5, "--out", self.folder / "made", saying="--force")
        self.assertEqual(os.listdir(self.folder / "made"), ["letter"])

    def test_a_file_size_limit_leaves_nothing(self):
        self.fails(4, "generate", "--articles", 2000, "--out", self.folder / "made", saying="File too large",
                   preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)))
        self.assertEqual([p for p in self.folder.rglob("*") if p.is_file()], [])


if __name__ == "__main__":
    unittest.main()
