"""Commands killed at any moment leave the old output or the complete new one; repeated, they give the same output.

WIRECOPY_KILLS sets the number of times that each command is killed (8). test_killed_run.py tests the continuation of
dedup, and test_index.py tests writers of an index.
"""

import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import wirecopy_cli as cli

KILLS = int(os.environ.get("WIRECOPY_KILLS", "8"))


def content(path):
    """The bytes of a file, or of all files of a directory except the summary, which has times; None if it is missing."""
    if path.is_dir():
        return {file.name: file.read_bytes() for file in path.iterdir() if file.name != "summary.json"}
    return path.read_bytes() if path.exists() else None


class KilledCommands(cli.CommandTest):
    def setUp(self):
        super().setUp()
        self.feed = self.write("feed.jsonl", cli.run("generate", "--articles", 1500, "--seed", 4).out)

    def prepare(self, *arguments):
        done = cli.run(*arguments, cwd=self.folder)
        self.assertEqual(done.status, 0, done)

    def check(self, *arguments, output, again=(), content=content):
        """Kills the command at random moments. `again` are options of the run that is not killed; `content` returns what
        must be the same as without kills."""
        path, moments = self.folder / output, random.Random(3)
        began = time.monotonic()
        self.prepare(*arguments)
        seconds = time.monotonic() - began
        expected = content(path)
        before = set(os.listdir(self.folder))
        for _ in range(KILLS):
            self.remove(path)
            process = cli.start(*arguments, cwd=self.folder, stdout=subprocess.DEVNULL)
            try:
                process.wait(timeout=moments.uniform(0, 1.2 * seconds))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stderr.close()
            self.assertIn(content(path), (None, expected))
            left = [self.folder / name for name in set(os.listdir(self.folder)) - before]
            self.assertEqual([p for p in left if not p.name.startswith(f"{output}.partial")], [])
            if not path.exists():
                self.prepare(*arguments, *again)
            self.assertEqual(content(path), expected)
            for staging in left:
                self.remove(staging)

    @staticmethod
    def remove(path):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def test_sketch(self):
        self.check("sketch", "feed.jsonl", "-o", "feed.sketch", output="feed.sketch", again=("--resume",),
                   content=self.resolved)

    def resolved(self, sketch):
        """The result of resolving a sketch: a resumed run may divide the articles into other chunks."""
        if not sketch.exists():
            return None
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "result"
            self.prepare("resolve", sketch, "--out", out)
            return cli.without_run(out)

    def test_resolve(self):
        self.prepare("sketch", "feed.jsonl", "-o", "feed.sketch")
        self.check("resolve", "feed.sketch", "--out", "result", output="result")

    def test_against_an_index(self):
        self.prepare("stream", "feed.jsonl", "--index", "stories.index")
        self.check("dedup", "feed.jsonl", "--against", "stories.index", "--out", "result", output="result")
        self.prepare("index", "verify", "stories.index")

    def test_generate(self):
        self.check("generate", "--articles", 3000, "--out", "made", output="made")

    def test_report(self):
        self.prepare("dedup", "feed.jsonl", "--out", "result")
        self.check("report", "result", "-o", "page.html", output="page.html")

    def test_snapshot(self):
        self.prepare("stream", "feed.jsonl", "--index", "stories.index")
        events = cli.run("events", self.folder / "stories.index").out
        for moment in range(KILLS):
            process = cli.start("index", "snapshot", "stories.index", "copy.index", cwd=self.folder)
            time.sleep(0.1 * moment / KILLS)
            process.kill()
            process.communicate()
            copy = self.folder / "copy.index"
            if copy.exists():
                self.prepare("index", "verify", "copy.index")
                self.assertEqual(cli.run("events", copy).out, events)
                shutil.rmtree(copy)
        self.assertEqual(cli.run("events", self.folder / "stories.index").out, events)


if __name__ == "__main__":
    cli.main()
