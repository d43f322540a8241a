"""The command line: help, usage errors, dry run, progress."""

import json
import re

import wirecopy_cli as cli

DEDUP_OPTIONS = ["--out", "--method", "--boilerplate", "--drop", "--threshold", "--recall", "--distance", "--shingle", "--seed", "--keep",
                 "--title", "--field", "--threads", "--max-line", "--max-rejects", "--matches", "--progress", "--force",
                 "--dry-run", "--help"]


class Help(cli.CommandTest):
    def test_help_names_every_option_and_gives_examples(self):
        whole = cli.run("--help")
        self.assertEqual([whole.status, whole.err], [0, ""])
        for word in (b"dedup", b"generate", b"--version", b"Examples", b"Exit status"):
            self.assertIn(word, whole.out)
        dedup = cli.run("dedup", "--help")
        self.assertEqual([dedup.status, dedup.err], [0, ""])
        for option in DEDUP_OPTIONS + ["FEED", "Examples"]:
            self.assertIn(option.encode(), dedup.out)
        for hidden in (b"--kernel", b"--block-size"):
            self.assertNotIn(hidden, dedup.out)
        generate = cli.run("generate", "--help")
        self.assertEqual(generate.status, 0)
        for option in (b"--articles", b"--seed", b"--out", b"Examples"):
            self.assertIn(option, generate.out)

    def test_options_in_examples_exist(self):
        """Every option in an example exists."""
        for page in ("dedup", "generate"):
            text = cli.run(page, "--help").out.decode()
            examples = text[text.index("Examples:"):]
            options = text[:text.index("Examples:")] + cli.run("dedup", "--help").out.decode()
            for option in re.findall(r"--[a-z-]+", examples):
                self.assertIn(option, options)

    def test_version(self):
        done = cli.run("--version")
        self.assertEqual(done.status, 0)
        self.assertRegex(done.out.decode(), r"^wirecopy \d+\.\d+\.\d+\n$")


class Usage(cli.CommandTest):
    def test_wrong_options_are_reported_with_status_2(self):
        articles, _ = cli.some_articles(stories=1)
        feed = self.write_articles("feed.jsonl", articles)
        for arguments, message in {
            ("--no-such-option",): "--no-such-option",
            ("--method", "magic"): "--method.*minhash",
            ("--threshold", "0"): "--threshold must be above 0",
            ("--threshold", "1.01"): "--threshold",
            ("--threshold", "-1"): "--threshold",
            ("--threshold", "nan"): "--threshold",
            ("--threshold", "half"): "--threshold",
            ("--recall", "1"): "--recall must be",
            ("--recall", "0"): "--recall must be",
            ("--distance", "17"): "--distance must be 0 to 16",
            ("--distance", "-1"): "--distance",
            ("--shingle", "0"): "--shingle must be 1 to 32",
            ("--shingle", "33"): "--shingle must be 1 to 32",
            ("--seed", "-1"): "--seed",
            ("--seed", "x"): "--seed",
            ("--keep", "best"): "--keep must be fullest, first, earliest, credited or source-order=FILE, not best",
            ("--field", "text"): "--field must be ROLE=PATH",
            ("--field", "body=text"): "--field must be ROLE=PATH",
            ("--field", "text="): "field path",
            ("--field", "text=a..b"): "field path 'a..b'",
            ("--field", "text=/a~2"): "field path",
            ("--threads", "-1"): "--threads",
            ("--threads", "two"): "--threads",
            ("--threads", "100000"): "--threads",
            ("--threads", "4294967295"): "--threads",
            ("--max-line", "0"): "line",
            ("--max-line", "many"): "many",
            ("--max-line", "-1"): "-1",
            ("--max-line", "8GiB"): "--max-line",
            ("--max-rejects", "-1"): "--max-rejects",
            ("--progress", "loud"): "--progress",
            ("--out", ""): "--out",
            ("--block-size", "1KiB"): "block size",
            ("--block-size", "65MiB"): "block size",
            ("--kernel", "mmx"): "mmx",
        }.items():
            with self.subTest(arguments):
                self.fails(2, "dedup", feed, *arguments, saying=message)
        self.assert_nothing_left("feed.jsonl")

    def test_options_of_a_result_directory_require_out(self):
        feed = self.write_articles("feed.jsonl", cli.some_articles(stories=1)[0])
        self.fails(2, "dedup", feed, "--matches", saying="--out")
        self.fails(2, "dedup", feed, "--force", saying="--out")

    def test_no_subcommand_or_an_unknown_one(self):
        self.fails(2, saying="[Ss]ubcommand")
        self.fails(2, "dedupe", saying="dedupe|subcommand")
        self.fails(2, "generate", "--articles", "0", saying="--articles")
        self.fails(2, "generate", "--articles", "many", saying="--articles")

    def test_unusable_inputs(self):
        (self.folder / "empty").mkdir()
        self.fails(2, "dedup", self.folder / "empty", saying="no feeds in this directory")
        self.fails(2, "dedup", "-", "-", saying="twice")
        self.fails(4, "dedup", self.folder / "missing.jsonl", saying=r"missing\.jsonl: no such file")
        self.fails(4, "dedup", self.folder / "empty" / "a" / "b", saying="no such file")
        self.fails(4, "dedup", "--keep", f"source-order={self.folder}/missing", saying="missing")
        self.fails(4, "dedup", "--keep", f"source-order={self.folder}", saying="cannot read: Is a directory")

    def test_the_distance_of_simhashes_follows_the_number_of_articles(self):
        feed = self.write("feed.jsonl", cli.run("generate", "--articles", 3000).out)
        done = cli.run("dedup", feed, "--method", "simhash", "--distance", "16", "--out", self.folder / "result")
        self.assertEqual(done.status, 0)
        summary = json.loads((self.folder / "result" / "summary.json").read_text())
        self.assertLess(summary["search"]["distance"], 16)
        self.assertRegex(done.err, rf"up to a distance of {summary['search']['distance']}, not 16")


class DryRun(cli.CommandTest):
    def setUp(self):
        super().setUp()
        self.articles, _ = cli.some_articles()
        self.articles[0].update(title="first \x1b[31mheadline", text=self.articles[0]["text"] + " end")
        self.feed = self.write_articles("feed.jsonl", self.articles)

    def test_it_shows_fields_example_parameters_curve_and_memory(self):
        done = cli.run("dedup", self.feed, "--dry-run", "--method", "minhash", "--out", self.folder / "result")
        self.assertEqual([done.status, done.err], [0, ""])
        text = done.out.decode()
        self.assertIn("text <- text", text)
        self.assertIn("first ?[31mheadline", text)
        self.assertIn(self.articles[0]["text"][:50], text)
        self.assertRegex(text, "method +minhash")
        self.assertRegex(text, "fingerprint +[0-9a-f]{32}")
        self.assertRegex(text, "memory +about ")
        self.assertRegex(text, f"articles +about {len(self.articles)}")
        curve = [float(m) for m in re.findall(r"^  [01]\.\d\d  ([01]\.\d{4})", text, re.MULTILINE)]
        self.assertEqual(len(curve), 21)
        self.assertEqual(curve, sorted(curve))
        self.assertEqual([curve[0], curve[-1]], [0, 1])
        self.assert_nothing_left("feed.jsonl")

    def test_the_fingerprint_equals_that_of_the_run(self):
        text = cli.run("dedup", self.feed, "--dry-run", "--seed", 4).out.decode()
        self.assertIn(self.dedup(self.feed, "--seed", 4).summary["parameters"]["fingerprint"], text)

    def test_the_curve_follows_threshold_and_recall(self):
        text = cli.run("dedup", self.feed, "--dry-run", "--method", "minhash", "--threshold", "0.7", "--recall", "0.99").out.decode()
        self.assertGreaterEqual(float(re.search(r"^  0\.70  (\S+)", text, re.MULTILINE)[1]), 0.99)

    def test_it_reads_stdin_and_reports_if_there_is_no_article(self):
        done = cli.run("dedup", "-", "--dry-run", stdin=self.feed.read_bytes())
        self.assertIn(b"text <- text", done.out)
        done = cli.run("dedup", "-", "--dry-run", stdin=b"nothing\n")
        self.assertEqual(done.status, 0)
        self.assertIn(b"the only line is not an article", done.out)


class Messages(cli.CommandTest):
    def test_no_progress_and_no_colour_without_a_terminal(self):
        feed = self.write_articles("feed.jsonl", cli.some_articles()[0])
        for progress in ("auto", "none", "log"):
            done = cli.run("dedup", feed, "--progress", progress)
            self.assertEqual(done.status, 0)
            self.assertNotRegex(done.err, cli.ESCAPES)
            self.assertEqual(len(done.err.splitlines()), 2, done.err)

    def test_text_of_feeds_cannot_control_the_terminal(self):
        name = self.folder / ("evil\x1b[2J\x07" + cli.HOSTILE + ".jsonl")
        article = json.dumps({"id": "\x1b]0;x\x07" + cli.HOSTILE, "text": "a b"}).encode()
        name.write_bytes((article + b"\n") * 2 + b"\x1b[31m\n")
        done = cli.run("dedup", name)
        self.assertEqual(done.status, 0)
        self.assertIn("have the id", done.err)
        self.assertIn("rejected at byte", done.err)
        self.assertNotRegex(done.err, cli.ESCAPES)
        self.assertNotRegex(cli.run("dedup", name, name, "--dry-run").out.decode(), cli.ESCAPES)
        for command in ("dedup", "stream"):
            self.assertNotRegex(self.fails(4, command, f"{name}.missing", saying="no such file").err, cli.ESCAPES)
        self.assertNotRegex(self.fails(2, "dedup", name, "--keep", cli.HOSTILE, saying="--keep").err, cli.ESCAPES)

    def test_file_names_that_are_not_utf_8_are_sanitized(self):
        done = cli.run("dedup", cli.os.fsencode(self.folder) + b"/\x9b31m.jsonl")
        self.assertEqual(done.status, 4)
        self.assertNotIn("\\x9b", done.err)

    def test_only_the_first_rejects_are_printed_and_all_are_counted(self):
        feed = self.write("feed.jsonl", b"no\n" * 50)
        done = cli.run("dedup", feed)
        self.assertEqual(done.status, 4)
        self.assertEqual(done.err.count("rejected at byte"), 5)
        self.assertIn("50 read, 0 kept, 0 duplicate, 50 rejected", done.err)

    def test_descriptions_instead_of_texts_give_a_warning(self):
        feed = self.write("feed.jsonl", [json.dumps({"id": n, "description": cli.Writer(n).text()}).encode() + b"\n"
                                         for n in range(3)])
        self.assertIn("warning: 3 of 3 articles have no text other than a description", cli.run("dedup", feed).err)


if __name__ == "__main__":
    cli.main()
