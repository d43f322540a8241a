"""Lines that are not articles: each is rejected with its position and reason, and others are not affected."""

import json
import os
import pathlib
import resource
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import wirecopy_cli as cli

# Each line with the possible reasons of its rejection.
MALFORMED = {
    b'{"id":"x","text":"no end': "unfinished",
    b'{"id":"x","text":"no brace"': "unfinished",
    b'{"id":"x","text":': "unfinished|not-json",
    b'{"id":"x" "text":"no comma"}': "not-json",
    b'{"id":"x","text" "no colon"}': "not-json",
    b'{"id":"x",,"text":"two commas"}': "not-json",
    b'{"id":"x","text":"comma at the end",}': "not-json",
    b'{"id":"x","text":"hole","z":[1,,2]}': "not-json",
    b'{"id":"x","text":"crossed","z":[1,2}]': "not-json|unfinished|trailing-content",
    b'{"id":"x","text":"two"}{"id":"y"}': "trailing-content",
    b'{"id":"x","text":"brace"}}': "trailing-content",
    b'{"id":"x","text":"garbage"} # comment': "trailing-content|unfinished",
    b"{'id':'x','text':'quotes'}": "not-json",
    b'{id:"x",text:"bare names"}': "not-json",
    b'{"id":"x","text":"raw\x01control"}': "control-character",
    b'{"id":"x","text":"a raw\ttab"}': "control-character",
    b'{"id":"x","text":"bad \\q escape"}': "bad-escape",
    b'{"id":"x","text":"bad \\u12g4 escape"}': "bad-escape",
    b'{"id":"x","text":"\xff\xfe bytes"}': "bad-utf8",
    b'{"id":"x","text":"overlong \xc0\xaf"}': "bad-utf8",
    b'{"id":"x","text":"surrogate \xed\xa0\x80"}': "bad-utf8",
    b'{"id":"x","text":"cut \xe6\xbc"}': "bad-utf8",
    b'{"id":"x","text":"number","z":01}': "bad-number|not-json",
    b'{"id":"x","text":"number","z":1.}': "bad-number",
    b'{"id":"x","text":"number","z":NaN}': "bad-number",
    b'{"id":"x","text":"number","z":-Infinity}': "bad-number",
    b'{"id":"x","text":"literal","z":tru}': "not-json",
    b'{"id":"x","text":"literal","z":nullnull}': "not-json",
    b'{"id":"x","text":12}': "text-type",
    b'{"id":"x","text":true}': "text-type",
    b'{"id":"x","text":{"a":"b"}}': "text-type",
    b'{"id":"x","text":[1,2]}': "text-type",
    b'["text","a list"]': "not-an-object",
    b'"a string"': "not-an-object",
    b"42": "not-an-object",
    b"null": "not-an-object",
    b"not json at all": "not-json",
    b"<html><body>503</body></html>": "not-json",
    b"\x00\x00\x00\x00": "not-json",
    b"}": "not-json",
    b"{": "unfinished|not-json",
    b'{"id":"x","text":"deep","z":' + b"[" * 600 + b"]" * 600 + b"}": "too-deep",
    b'{"id":"x","text":"deeper","z":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}": "too-deep",
    b'{"id":"x","text":"never closed","z":' + b"[" * 3000: "too-deep|unfinished",
}


class Malformed(cli.CommandTest):
    def setUp(self):
        super().setUp()
        self.articles, self.together = cli.some_articles(stories=20)
        self.good = cli.lines_of(self.articles)

    def test_each_kind_between_good_lines(self):
        self.assertGreaterEqual(len(MALFORMED), 20)
        self.assertGreater(len(self.good), len(MALFORMED))
        lines, expected = [], []
        for number, good in enumerate(self.good):
            lines.append(good)
            if number < len(MALFORMED):
                line, reasons = list(MALFORMED.items())[number]
                expected.append((len(lines) + 1, sum(map(len, lines)), line, reasons))
                lines.append(line + b"\n")
        feed = self.write("feed.jsonl", lines)
        for options in ((), ("--block-size", "4096", "--threads", "8")):
            result = self.dedup(feed, "--force", *options)
            self.assert_contract(result, {str(feed): b"".join(lines)})
            self.assertEqual(result.groups(), {frozenset(ids) for ids in self.together})
            self.assertEqual([(r["line"], r["offset"]) for r in result.rejects], [e[:2] for e in expected])
            for reject, (_, _, line, reasons) in zip(result.rejects, expected):
                self.assertRegex(reject["reason"], f"^({reasons})$", line[:80])
                if len(line) <= 500:
                    self.assertEqual(reject["text"], line.decode("utf-8", "replace"))
                if len(line) > 2000:
                    self.assertNotIn("text", reject)

    def test_only_the_good_lines_give_the_same_articles(self):
        lines = [part for pair in zip(self.good, MALFORMED) for part in (pair[0], pair[1] + b"\n")]
        lines += self.good[len(MALFORMED):]
        with_bad = self.dedup(self.write("bad.jsonl", lines), out="bad")
        without = self.dedup(self.write("good.jsonl", self.good), out="good")
        self.assertEqual(with_bad.clusters, without.clusters)
        self.assertEqual(with_bad.unique, without.unique)

    def test_max_rejects_gives_status_3_and_a_result(self):
        feed = self.write("feed.jsonl", self.good + [b"bad\n"] * 3)
        for limit, status in ((0, 3), (2, 3), (3, 0)):
            done = cli.run("dedup", feed, "--out", self.folder / f"result{limit}", "--max-rejects", limit)
            self.assertEqual(done.status, status, done)
            result = cli.Result(self.folder / f"result{limit}")
            self.assert_contract(result, {str(feed): feed.read_bytes()})
        done = cli.run("dedup", feed, "--max-rejects", 0)
        self.assertEqual([done.status, done.out], [3, result.unique])

    def test_only_bad_lines(self):
        for data in (b"\n".join(MALFORMED) + b"\n", os.urandom(100_000), b"\x00" * 50_000, b"[\n" * 5000, b"{" * 70_000):
            feed = self.write("feed.jsonl", data)
            done = cli.run("dedup", feed, "--out", self.folder / "result", "--force")
            self.assertEqual(done.status, 4)
            self.assertRegex(done.err, "not an article|is an article: they are rejected")
            result = cli.Result(self.folder / "result")
            self.assertEqual(result.counts["read"], result.counts["rejected"])
            self.assertEqual(result.unique, b"")


class Strange(cli.CommandTest):
    """Unusual lines that are articles."""

    def setUp(self):
        super().setUp()
        self.text = cli.Writer(3).text()

    def read(self, data):
        self.calls = getattr(self, "calls", 0) + 1
        feed = self.write(f"feed{self.calls}.jsonl", data)
        result = self.dedup(feed, out=f"result{self.calls}")
        self.assert_contract(result, {str(feed): data})
        return result

    def line(self, identity, ending=b"\n", **more):
        return json.dumps({"id": identity, "text": self.text, **more}).encode() + ending

    def test_line_ends_blank_lines_and_byte_order_marks(self):
        data = b"\xef\xbb\xbf" + self.line("a", b"\r\n") + b"\n\r\n  \t \n" + self.line("b", b"\r\n") + self.line("c", b"")
        result = self.read(data)
        self.assertEqual([(a["id"], a["line"]) for a in result.articles], [("a", 1), ("b", 5), ("c", 6)])
        self.assertEqual([result.counts["read"], result.counts["kept"]], [3, 1])
        self.assertEqual(result.unique, self.line("a", b"\r\n"))

    def test_a_newline_is_added_to_the_last_line_if_kept(self):
        other = json.dumps({"id": "z", "text": cli.Writer(4).text()}).encode()
        self.assertEqual(self.read(self.line("a") + other).unique, self.line("a") + other + b"\n")
        first, second = self.write("first.jsonl", other), self.write("second.jsonl", self.line("b"))
        self.assertEqual(self.dedup(first, second).unique, other + b"\n" + self.line("b"))

    def test_only_blank_lines(self):
        self.assertEqual(self.read(b"\n\r\n   \n\t").counts["read"], 0)

    def test_lone_surrogates_and_nul_are_replaced(self):
        base = self.line("a")[:-3]
        data = base + b' emoji \\ud83d cut"}\n' + base.replace(b'"a"', b'"b"') + b' nul \\u0000 here"}\n'
        result = self.read(data)
        self.assertEqual(result.groups(), {frozenset("ab")})
        self.assertEqual(result.counts["rejected"], 0)

    def test_texts_that_are_missing_null_or_lists(self):
        rows = [{"id": "missing"}, {"id": "null", "text": None}, {"id": "empty", "text": ""},
                {"id": "list", "text": [self.text[:400], self.text[400:]]}, {"id": "no text", "text": []},
                {"id": "whole", "text": self.text[:400] + "\n" + self.text[400:]},
                {"id": "number", "text": 5}, {"id": "fallback", "text": 5, "content": self.text}]
        result = self.read(b"".join(cli.lines_of(rows)))
        self.assertEqual([r["line"] for r in result.rejects], [7])
        self.assertIn(frozenset({"list", "whole"}), {g & {"list", "whole"} for g in result.groups()})
        for name in ("missing", "null", "empty", "no text"):
            self.assertTrue(result.by_id[name]["kept"])
            self.assertIsNone(result.by_id[name]["cluster"])

    def test_other_fields_of_other_types_are_ignored(self):
        odd = [1, -2.5e300, True, None, [], {}, [[["x"]]], {"a": {"b": None}}, "", "\u0000", "9999-99-99", 10**30]
        rows = [{"id": value, "title": value, "source": value, "url": value, "published": value, "language": value,
                 "text": cli.Writer(100 + n).text()} for n, value in enumerate(odd)]
        result = self.read(b"".join(cli.lines_of(rows)))
        self.assertEqual(result.counts["kept"], len(odd))

    def test_the_last_value_of_a_repeated_key_counts(self):
        line = b'{"id":"first","text":"short","id":"last","text":"' + self.text.encode() + b'"}\n'
        result = self.read(line + self.line("copy"))
        self.assertEqual(result.groups(), {frozenset({"last", "copy"})})

    def test_nesting_up_to_the_limit(self):
        depth = b"[" * 500 + b"]" * 500
        self.assertEqual(self.read(self.line("a")[:-2] + b',"z":' + depth + b"}\n").counts["kept"], 1)


class Giant(cli.CommandTest):
    def test_a_line_of_100_megabytes_is_rejected_in_bounded_memory(self):
        articles, together = cli.some_articles()
        good = cli.lines_of(articles)
        before, size = sum(map(len, good[:20])), 100_000_000
        feed = self.write("feed.jsonl", good[:20])
        with open(feed, "ab") as out:  # two giant lines, the last without a newline, which are not held in the memory of this process
            for following in (good[20:], []):
                out.write(b'{"id":"giant","text":"')
                for _ in range(size // 1_000_000):
                    out.write(b"x" * 1_000_000)
                out.write(b'"}\n' + b"".join(following) if following else b"")
        process = cli.start("dedup", feed, "--out", self.folder / "result", "--threads", 2)
        _, status, usage = os.wait4(process.pid, 0)
        process.stderr.close()
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0)
        result = cli.Result(self.folder / "result")
        self.assertEqual(result.groups(), {frozenset(ids) for ids in together})
        overhead = len(b'{"id":"giant","text":""}\n')
        self.assertEqual([(r["line"], r["reason"], r["offset"]) for r in result.rejects],
                         [(21, "line-too-long", before),
                          (len(good) + 2, "line-too-long", sum(map(len, good)) + size + overhead)])
        if not cli.is_sanitized():
            self.assertLess(max(usage.ru_maxrss * 1024, result.summary["run"]["peak_memory_bytes"]), 200_000_000)

    def test_the_limit_is_the_length_without_the_newline(self):
        line = json.dumps({"id": "a", "text": "x " * 3000}).encode()
        feed = self.write("feed.jsonl", line + b"\n")
        self.assertEqual(self.dedup(feed, "--max-line", len(line), out="fits").counts["kept"], 1)
        self.assertEqual(self.dedup(feed, "--max-line", len(line) - 1, "--allow-empty", out="long").counts["rejected"], 1)

    def test_a_line_with_repeated_keys_costs_no_more_than_another(self):
        def seconds(command, repeated):
            line = b'{"text":[' + b",".join([b'"a"'] * repeated) + b"]," + b",".join([b'"id":1'] * repeated) + b"}\n"
            feed = self.write(f"keys{repeated}.jsonl", line)
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            self.assertEqual(cli.run(command, feed).status, 0)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

        for command in ("dedup", "stream"):
            start = min(seconds(command, 10) for _ in range(3))  # the cost of starting a run
            spent = min(seconds(command, 200_000) for _ in range(2))
            self.assertLess(spent - start, 20 if cli.is_sanitized() else 2, command)  # a quadratic search takes 14

    def test_long_lines_do_not_depend_on_the_block_size(self):
        writer = cli.Writer(6)
        text = writer.text(40_000)
        articles = [cli.article(1, text), cli.article(2, writer.text()), cli.article(3, text), cli.article(4, text * 5)]
        feed = self.write_articles("feed.jsonl", articles)
        limit = ("--max-line", "1MiB")
        expected = cli.without_run(self.dedup(feed, *limit, out="expected").folder)
        self.assertEqual(cli.Result(self.folder / "expected").counts["rejected"], 1)
        for size in ("4096", "64MiB"):
            found = cli.without_run(self.dedup(feed, *limit, "--block-size", size, out=size).folder)
            self.assertTrue(found == expected, size)


if __name__ == "__main__":
    cli.main()
