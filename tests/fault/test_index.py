"""An index survives a crash of its writer at any moment, refuses a second writer, and reports a full disk.

WIRECOPY_KILLS sets the number of times that a writer is killed (50).
"""

import json
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import wirecopy_cli as cli

KILLS = int(os.environ.get("WIRECOPY_KILLS", "50"))


def kill_during(arguments, lines, seconds):
    """Streams the lines and kills the writer after `seconds`; returns the complete lines of its output."""
    process = subprocess.Popen(cli.command(arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL)

    def feed():
        try:
            for at in range(0, len(lines), 5):
                process.stdin.write(b"".join(lines[at:at + 5]))
                process.stdin.flush()
        except BrokenPipeError:
            pass
        try:
            process.stdin.close()
        except BrokenPipeError:
            pass

    feeder = threading.Thread(target=feed)
    killer = threading.Timer(seconds, process.kill)
    feeder.start()
    killer.start()
    out = process.stdout.read()
    process.wait()
    killer.cancel()
    feeder.join()
    process.stdout.close()
    return [json.loads(line) for line in out.split(b"\n")[:-1]]


class IndexFaults(cli.CommandTest):
    def setUp(self):
        super().setUp()
        self.index = self.folder / "stories.index"
        self.articles, _ = cli.some_articles(stories=60, copies=4, singles=100, seed=5)
        self.lines = cli.lines_of(self.articles)

    def info(self, index=None):
        return json.loads(cli.run("index", "info", index or self.index).out)

    def test_killed_writers_lose_no_answered_article(self):
        """After kills at random moments, every answer is still valid, and continuing gives the result of an undisturbed run."""
        options = ["--boilerplate", "off", "--clock", "feed"]
        whole = self.folder / "whole.index"
        expected = cli.run("stream", "--index", whole, *options, stdin=b"".join(self.lines))
        expected = [json.loads(line) for line in expected.out.splitlines()]
        expected_events = cli.run("events", whole).out
        chance = random.Random(6)
        answered, seconds = 0, 0.05
        for kill in range(KILLS):
            sync = ["--sync"] if kill % 2 else []
            decisions = kill_during(["stream", "--index", self.index, *options, *sync], self.lines[answered:],
                                    chance.uniform(0, 2 * seconds))
            self.assertEqual(decisions, expected[answered:answered + len(decisions)])
            # An article that was remembered but not answered before the kill is now answered as unchanged.
            info = cli.run("index", "info", self.index)
            remembered = json.loads(info.out)["articles"] if info.status == 0 else 0  # killed during its creation
            self.assertGreaterEqual(remembered, answered + len(decisions))
            if remembered:
                self.assertEqual(cli.run("index", "verify", self.index).status, 0)
            answered = remembered
            if answered == len(self.lines):
                events = cli.run("events", self.index)
                self.assertEqual((events.status, events.out), (0, expected_events), events)
                shutil.rmtree(self.index)
                answered, seconds = 0, max(0.02, seconds * 0.7)
        cli.run("stream", "--index", self.index, *options, stdin=b"".join(self.lines[answered:]))
        self.assertEqual(cli.run("events", self.index).out, expected_events)
        self.assertEqual(self.info()["articles"], len(self.lines))

    def test_a_second_writer_is_refused_and_readers_are_not(self):
        process = cli.start("stream", "--index", self.index, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process.stdin.write(self.lines[0])
        process.stdin.flush()
        process.stdout.readline()
        self.fails(5, "stream", "--index", self.index, stdin=b"", saying="another writer has this index open")
        self.fails(5, "index", "compact", self.index, saying="another writer")
        self.assertEqual(self.info()["articles"], 1)
        process.stdin.write(self.lines[1])
        process.stdin.flush()
        process.stdout.readline()
        self.assertEqual(self.info()["articles"], 2)
        process.kill()  # which releases the index
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            pipe.close()
        self.assertEqual(self.info()["articles"], 2)
        self.assertEqual(cli.run("stream", "--index", self.index, stdin=self.lines[2]).status, 0)
        self.assertEqual(self.info()["articles"], 3)

    def test_readers_during_writes_at_full_speed(self):
        writer = cli.Writer(8)
        many = cli.lines_of([cli.article(n, writer.text()) for n in range(3000)])
        process = subprocess.Popen(cli.command(["stream", "--index", self.index, "--memory", "16MiB"]),
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        feeder = threading.Thread(target=lambda: (process.stdin.write(b"".join(many)), process.stdin.close()))
        feeder.start()
        self.assertTrue(cli.wait_for(lambda: (self.index / "CURRENT").exists()))
        seen, looks = 0, 0
        while process.poll() is None or looks == 0:
            copy = self.folder / f"copy{looks}.index"
            action = ("info", "verify", "snapshot")[looks % 3]
            done = cli.run("index", action, self.index, *([copy] if action == "snapshot" else []))
            if done.status != 0:
                self.assertEqual((done.status, seen), (5, 0), done)
                self.assertIn("only just being made", done.err)
                continue
            if action == "snapshot":
                self.assertEqual(cli.run("index", "verify", copy).status, 0)
            if action != "verify":
                articles = self.info(copy if action == "snapshot" else self.index)["articles"]
                self.assertGreaterEqual(articles, seen)
                seen = articles
            looks += 1
        feeder.join()
        self.assertEqual(process.returncode, 0)
        self.assertEqual(self.info()["articles"], 3000)

    def made_index(self, killed):
        """An index of all articles, closed by its writer or left by a killed writer."""
        process = subprocess.Popen(cli.command(["stream", "--index", self.index, "--sync"]), stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        process.stdin.write(b"".join(self.lines))
        process.stdin.flush()
        for _ in self.lines:
            process.stdout.readline()
        if killed:
            bound = self.index / "LOWER-BOUND"
            last = time.monotonic()
            before = bound.read_bytes()
            while time.monotonic() - last < 1:  # the lower bound is raised within a sync interval
                time.sleep(0.05)
                if bound.read_bytes() != before:
                    before, last = bound.read_bytes(), time.monotonic()
            process.kill()
        process.stdin.close()
        process.stdout.close()
        process.wait()

    @staticmethod
    def contents(folder):
        return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.startswith("LO")
                or file.name == "LOWER-BOUND"}

    def test_truncated_or_lost_files_are_reported_before_anything_is_deleted(self):
        """Either nothing in the directory changes, or all synced data is still present."""
        new = cli.lines_of([cli.article(5000, cli.Writer(20).text())])[0]
        for killed in (False, True):
            self.made_index(killed)
            files = self.contents(self.index)
            self.assertTrue(any(name.startswith("MANIFEST") for name in files))
            refused = set()
            for name, content in files.items():
                for size in sorted({0, len(content) // 3, len(content) // 2, len(content) - 1, None}, key=str):
                    if size is not None and not 0 <= size < len(content):
                        continue
                    damaged = self.folder / "damaged.index"
                    shutil.rmtree(damaged, ignore_errors=True)
                    shutil.copytree(self.index, damaged)
                    if size is None:
                        (damaged / name).unlink()
                    else:
                        os.truncate(damaged / name, size)
                    before = self.contents(damaged)
                    done = cli.run("stream", "--index", damaged, stdin=new)
                    what = (killed, name, size, done)
                    if done.status == 0:
                        self.assertEqual(cli.run("index", "verify", damaged).status, 0, what)
                        self.assertEqual(self.info(damaged)["articles"], len(self.lines) + 1, what)
                    else:
                        self.assertEqual(done.status, 5, what)
                        self.assertEqual(self.contents(damaged), before, what)
                        self.assertEqual(cli.run("index", "verify", damaged).status, 5, what)
                        refused.add(name.split("-")[0])
            self.assertLessEqual({"MANIFEST", "CURRENT", "LOWER"}, refused)
            if killed:
                self.assertTrue(any(name.endswith(".log") for name in refused), refused)
            shutil.rmtree(self.index)

    def test_the_rest_of_a_damaged_index_can_be_saved(self):
        self.made_index(killed=False)
        (self.index / "LOWER-BOUND").unlink()
        copy = self.folder / "copy.index"
        self.fails(5, "index", "snapshot", self.index, copy, saying="LOWER-BOUND is missing")
        self.assertEqual(cli.run("index", "snapshot", self.index, copy, "--incomplete").status, 0)
        self.assertEqual(cli.run("index", "verify", copy).status, 0)
        self.assertEqual(self.info(copy)["articles"], len(self.lines))
        self.assertEqual(cli.run("stream", "--index", copy, stdin=self.lines[0]).status, 0)

    def test_unrelated_files_are_not_deleted(self):
        self.made_index(killed=False)
        (self.index / "notes.txt").write_text("mine")
        self.assertEqual(cli.run("stream", "--index", self.index, stdin=self.lines[0]).status, 0)
        self.assertEqual((self.index / "notes.txt").read_text(), "mine")

    def test_a_full_disk_is_reported_and_loses_nothing(self):
        cli.run("stream", "--index", self.index, stdin=b"".join(self.lines[:50]))
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
        writer = cli.Writer(9)
        more = cli.lines_of([cli.article(1000 + n, writer.text(400)) for n in range(300)])
        done = cli.run("stream", "--index", self.index, stdin=b"".join(more), preexec_fn=limit)
        self.assertEqual(done.status, 4, done)
        self.assertNotIn("terminate called", done.err)
        answered = len(done.out.splitlines())
        self.assertEqual(cli.run("index", "verify", self.index).status, 0)
        self.assertGreaterEqual(self.info()["articles"], 50 + answered)
        again = cli.run("stream", "--index", self.index, stdin=b"".join(more))
        self.assertEqual(again.status, 0, again)
        self.assertEqual(self.info()["articles"], 350)


if __name__ == "__main__":
    cli.main()
