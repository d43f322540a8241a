"""Damage of state on disk is detected or harmless: sketches, models, results and indexes.

A byte in the middle of each part of a file is changed, and each file is truncated. Every reader ends with an exit status
for errors and a message or, if it does not read the damaged bytes, with the right result.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import wirecopy_cli as cli

POSITIONS = 6  # per file


class DamagedState(cli.CommandTest):
    def setUp(self):
        super().setUp()
        self.feed = self.write_articles("feed.jsonl", cli.some_articles(stories=6, singles=10)[0])

    def run_here(self, *arguments):
        return cli.run(*arguments, cwd=self.folder)

    def make(self, *arguments):
        done = self.run_here(*arguments)
        self.assertEqual(done.status, 0, done)

    def damages(self, path):
        """The bytes of a file with one byte changed, and truncated."""
        data = path.read_bytes()
        for part in range(POSITIONS):
            at = (2 * part + 1) * len(data) // (2 * POSITIONS)
            yield f"byte {at} of {path.name}", data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1:]
            yield f"{path.name} cut at byte {at}", data[:at]
        yield f"{path.name} empty", b""

    def check(self, state, *readers, statuses=(4, 5)):
        """`readers` are commands; with status 0, their output must be that of the undamaged state."""
        path = self.folder / state
        whole = [self.run_here(*reader) for reader in readers]
        self.assertEqual([done.status for done in whole], [0] * len(readers), whole)
        files = sorted(p for p in path.rglob("*") if p.stat().st_size > 0) if path.is_dir() else [path]
        for file in files:
            original = file.read_bytes()
            for what, damaged in self.damages(file):
                for reader, expected in zip(readers, whole):
                    with self.subTest(what, command=reader[0]):
                        file.write_bytes(damaged)
                        done = self.run_here(*reader)
                        self.assertNotIn("terminate called", done.err)
                        if done.status == 0:
                            self.assertEqual(done.out, expected.out)
                        else:
                            self.assertIn(done.status, statuses, done)
                            self.assertIn(state, done.err)
            file.write_bytes(original)

    def test_a_sketch(self):
        self.make("sketch", "feed.jsonl", "-o", "feed.sketch")
        self.check("feed.sketch", ("resolve", "feed.sketch", "--out", "result", "--force"))

    def test_a_model(self):
        self.make("dedup", "feed.jsonl", "--out", "learned", "--boilerplate-model", "model")
        self.check("model", ("stream", "feed.jsonl", "--boilerplate-model", "model", "--clock", "feed"))

    def test_an_index(self):
        """Files of RocksDB that are only informative or can be rebuilt are not checked."""
        self.make("stream", "feed.jsonl", "--index", "stories.index", "--clock", "feed")
        for name in ("LOG", "LOCK", "IDENTITY"):
            (self.folder / "stories.index" / name).unlink(missing_ok=True)
        self.check("stories.index", ("index", "query", "stories.index", "feed.jsonl", "--clock", "feed"),
                   ("dedup", "feed.jsonl", "--against", "stories.index"), ("events", "stories.index"))


if __name__ == "__main__":
    cli.main()
