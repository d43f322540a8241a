"""Shared by the tests of the command: runs the real binary, makes feeds and reads results.

The binary is $WIRECOPY, or build/bin/wirecopy of this checkout.
"""

import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import tempfile
import time
import unittest

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.path.abspath(os.environ.get("WIRECOPY") or CHECKOUT / "build/bin/wirecopy")
RESULT_FILES = ["articles.jsonl", "boilerplate.jsonl", "boilerplate.model", "clusters.jsonl", "rejects.jsonl",
                "summary.json", "unique.jsonl"]
TIMEOUT = 120


def is_sanitized():
    """Whether the binary is built with a sanitizer, which makes it slow and large."""
    return b"__asan_" in pathlib.Path(BINARY).read_bytes() or b"__tsan_" in pathlib.Path(BINARY).read_bytes()


# ---- running ----


class Run:
    """The status and output of a finished command."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def __repr__(self):
        return f"status {self.status}\nstderr: {self.err}"


def command(arguments):
    return [BINARY, *(a if isinstance(a, bytes) else str(a) for a in arguments)]


def run(*arguments, stdin=None, **settings):
    """Runs the command to its end. `stdin` is bytes to pipe in; by default, it is empty."""
    where = {"stdin": subprocess.DEVNULL} if stdin is None else {"input": stdin}
    done = subprocess.run(
        command(arguments), **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **where, **settings}, timeout=TIMEOUT
    )
    return Run(done.returncode, done.stdout or b"", (done.stderr or b"").decode("utf-8", "backslashreplace"))


def start(*arguments, **settings):
    """Starts the command and returns the process, its stderr a pipe."""
    return subprocess.Popen(command(arguments), stderr=subprocess.PIPE, **settings)


def wait_for(condition, seconds=20):
    """Waits until the condition holds; returns whether it did in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return condition()


# ---- feeds ----


class Writer:
    """Makes prose of random words; two texts share text only by chance."""

    def __init__(self, seed=1):
        self.random = random.Random(seed)

    def words(self, count):
        letters = "abcdefghijklmnoprstuvwz"
        return ["".join(self.random.choices(letters, k=self.random.randint(4, 9))) for _ in range(count)]

    def text(self, count=150):
        words = self.words(count)
        for at in range(9, count, 10):
            words[at] += "."
        return " ".join(words)

    def nearly(self, text, share=0.05):
        """The text with a share of its words replaced, in one passage."""
        words = text.split(" ")
        count = max(1, int(len(words) * share))
        at = self.random.randrange(len(words) - count)
        return " ".join(words[:at] + self.words(count) + words[at + count:])


def article(number, text, title=None, source=None, hour=0, **more):
    """An article with the field names of feeds. Its source and title are unique unless given."""
    return {
        "id": f"a{number}",
        "title": f"headline number {number} of its own" if title is None else title,
        "text": text,
        "source": f"outlet{number}.example" if source is None else source,
        "published": f"2024-05-{1 + hour // 24:02}T{hour % 24:02}:00:00Z",
        **more,
    }


def some_articles(stories=12, copies=3, singles=20, seed=1):
    """Stories with an exact copy and near copies, and single articles, in random order.

    Returns the articles and the sets of ids that belong together. An exact copy has the next id."""
    writer = Writer(seed)
    articles, together = [], []
    for _ in range(stories):
        text, title = writer.text(), " ".join(writer.words(6))
        first = len(articles)
        articles.append(article(first, text, title, hour=first % 600))
        articles.append(article(first + 1, text, title, hour=(first + 5) % 600))
        for number in range(first + 2, first + 1 + copies):
            articles.append(article(number, writer.nearly(text), " ".join(writer.words(6)), hour=number % 600))
        together.append({a["id"] for a in articles[first:]})
    for _ in range(singles):
        number = len(articles)
        articles.append(article(number, writer.text(), " ".join(writer.words(6)), hour=number % 600))
    writer.random.shuffle(articles)
    return articles, together


def lines_of(articles):
    return [json.dumps(a, ensure_ascii=False).encode() + b"\n" for a in articles]


def zstd_frame(data):
    """A zstd frame of raw blocks, which needs no encoder."""
    frame = bytearray(b"\x28\xb5\x2f\xfd\xa0" + len(data).to_bytes(4, "little"))
    blocks = [data[at:at + 100_000] for at in range(0, len(data), 100_000)] or [b""]
    for number, block in enumerate(blocks):
        is_last = number == len(blocks) - 1
        frame += (len(block) << 3 | is_last).to_bytes(3, "little") + block
    return bytes(frame)


# ---- results ----


def read_lines(path):
    """The values of a JSON-lines file."""
    return [json.loads(line) for line in pathlib.Path(path).read_bytes().splitlines()]


class Result:
    """The contents of a result directory."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.articles = read_lines(self.folder / "articles.jsonl")
        self.clusters = read_lines(self.folder / "clusters.jsonl")
        self.rejects = read_lines(self.folder / "rejects.jsonl")
        self.summary = json.loads((self.folder / "summary.json").read_bytes())
        self.counts = self.summary["counts"]
        self.unique = (self.folder / "unique.jsonl").read_bytes()
        self.by_id = {a["id"]: a for a in self.articles}

    def kept(self):
        return [a["id"] for a in self.articles if a["kept"]]

    def groups(self):
        """The clusters as a set of sets of ids."""
        return {frozenset(m["id"] for m in c["members"]) for c in self.clusters}

    def cluster_of(self, identity):
        return next(c for c in self.clusters if any(m["id"] == identity for m in c["members"]))


def without_run(folder):
    """All files of a result by name; the summary without the measurements of the run."""
    files = {}
    for path in sorted(pathlib.Path(folder).iterdir()):
        files[path.name] = path.read_bytes()
    summary = json.loads(files["summary.json"])
    del summary["run"]
    files["summary.json"] = json.dumps(summary, sort_keys=True)
    return files


def without_positions(folder):
    """Like without_run(), without file, line and offset, which depend on how a feed is divided into files."""
    files = without_run(folder)
    for name in ("articles.jsonl", "rejects.jsonl"):
        values = [json.loads(line) for line in files[name].splitlines()]
        files[name] = [{k: v for k, v in value.items() if k not in ("file", "line", "offset", "match_file", "match_line")} for value in values]
    summary = json.loads(files["summary.json"])
    del summary["inputs"]
    files["summary.json"] = summary
    return files


LINKING = {"exact", "near", "excerpt", "extended"}


class CommandTest(unittest.TestCase):
    """A test with a temporary folder."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="wirecopy-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def write(self, name, data):
        """Writes bytes, or lines of bytes, and returns the path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else b"".join(data))
        return path

    def write_articles(self, name, articles):
        return self.write(name, lines_of(articles))

    def dedup(self, *arguments, out="result", **settings):
        """Runs dedup with --out, expects success and returns the result."""
        done = run("dedup", *arguments, "--out", self.folder / out, **settings)
        self.assertEqual(done.status, 0, done)
        self.assertEqual(done.out, b"")
        return Result(self.folder / out)

    def dedup_articles(self, articles, *arguments):
        """The result for these articles; each call uses another result directory."""
        self.calls = getattr(self, "calls", 0) + 1
        feed = self.write_articles("feed.jsonl", articles)
        return self.dedup(feed, *arguments, out=f"result{self.calls}")

    def fails(self, status, *arguments, saying=".", **settings):
        """Runs the command, which must fail with this status and a message of this pattern, and print nothing to stdout."""
        done = run(*arguments, **settings)
        self.assertEqual(done.status, status, done)
        self.assertRegex(done.err, saying)
        self.assertEqual(done.out, b"")
        self.assertNotIn("terminate called", done.err)
        return done

    def assert_nothing_left(self, *expected):
        """The folder contains only these names: no result, no staging directory."""
        self.assertEqual(sorted(os.listdir(self.folder)), sorted(expected))

    # Properties of every result, independent of the options and the feed.
    def assert_contract(self, result, inputs):
        """`inputs`: the bytes of each input by its name in the result."""
        counts = result.counts
        positions = {(name, number): line for name, data in inputs.items()
                  for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1)}
        read = sum(1 for line in positions.values() if line.strip(b" \t\r"))
        self.assertEqual(counts["read"], read)
        self.assertEqual(counts["read"], counts["kept"] + counts["duplicate"] + counts["rejected"])
        self.assertEqual(len(result.articles), counts["kept"] + counts["duplicate"])
        self.assertEqual(len(result.rejects), counts["rejected"])
        self.assertEqual(sum(counts["rejected_for"].values()), counts["rejected"])
        self._assert_positions(result, inputs, positions)
        self._assert_articles(result)
        self._assert_clusters(result)

    def _assert_positions(self, result, inputs, positions):
        order = list(inputs)
        at = [(order.index(a["file"]), a["line"]) for a in result.articles]
        self.assertEqual(at, sorted(set(at)))
        kept = [positions[a["file"], a["line"]] + b"\n" for a in result.articles if a["kept"]]
        self.assertEqual(result.unique, b"".join(kept))
        for reject in result.rejects:
            line = positions[reject["file"], reject["line"]]
            self.assertEqual(inputs[reject["file"]][reject["offset"]:][:len(line)], line)

    def _assert_articles(self, result):
        kept = set(result.kept())
        kept_positions = {(a["file"], a["line"]): a["id"] for a in result.articles if a["kept"]}
        self.assertEqual(sum(a["kept"] for a in result.articles), result.counts["kept"])
        for a in result.articles:
            self.assertLessEqual({"id", "cluster", "kept", "canonical", "match", "relation", "jaccard", "containment",
                                  "match_file", "match_line", "file", "line"}, a.keys())
            self.assertEqual({a["match"] is None}, {a["match_file"] is None, a["match_line"] is None})
            if a["cluster"] is None:
                self.assertTrue(a["kept"])
                self.assertIsNone(a["canonical"])
                self.assertIsNone(a["match"])
            else:
                self.assertRegex(a["cluster"], "^w[0-9a-f]{16}$")
                self.assertIn(a["canonical"], kept)
            if not a["kept"]:
                self.assertIn(a["match"], kept)
                self.assertTrue(kept_positions[a["match_file"], a["match_line"]] == a["match"])
                self.assertIn(a["relation"], LINKING)
                for score in ("jaccard", "containment"):
                    self.assertTrue(0 < a[score] <= 1, a)

    def _assert_clusters(self, result):
        self.assertEqual(len(result.clusters), result.counts["clusters"])
        self.assertEqual(sum(c["size"] for c in result.clusters), result.counts["clustered"])
        self.assertEqual(len({c["cluster"] for c in result.clusters}), len(result.clusters))
        members = {}
        for a in result.articles:
            if a["cluster"] is not None:
                members.setdefault(a["cluster"], []).append((a["id"], a["kept"], a["match"], a["canonical"]))
        self.assertEqual(set(members), {c["cluster"] for c in result.clusters})
        for c in result.clusters:
            listed = [(m["id"], m["kept"], m["match"], c["canonical"]) for m in c["members"]]
            self.assertEqual(sorted(listed, key=repr), sorted(members[c["cluster"]], key=repr))
            self.assertGreaterEqual(c["size"], 2)
            self.assertEqual(c["size"], len(c["members"]))
            self.assertEqual(c["members"][0]["id"], c["canonical"])
            self.assertTrue(c["members"][0]["kept"])
            self.assertEqual(c["sources"], sorted({m["source"] for m in c["members"]}, key=lambda s: s.encode()))
            dates = sorted(m["published"] for m in c["members"] if m["published"])
            self.assertEqual([c["first_published"], c["last_published"]],
                             [dates[0], dates[-1]] if dates else [None, None])


# Characters that affect a terminal: controls, line separators, changes of text direction, annotations, tags.
TERMINAL_CONTROLS = ("\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200e\u200f\u2028-\u202e\u2065-\u206f\ufeff\ufff9-\ufffb"
            "\U000e0000-\U000e007f")
ESCAPES = re.compile(f"[{TERMINAL_CONTROLS}]")
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")  # which must be escaped in JSON
# One character of each kind.
HOSTILE = "\x1b[31m \x07 \x9b2J \u061c \u200e \u200f \u2028 \u2029 \u202e \u2066 \u206a \ufeff \ufff9 \U000e0001\U000e0041"


def main():
    unittest.main(verbosity=1)
