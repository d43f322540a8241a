"""wirecopy explain, boilerplate.jsonl and --boilerplate-model."""

import json
import os
import pty
import re
import select
import unittest

import wirecopy_cli as cli

FOOTER = ("Subscribe to our newsletter for the best stories of the week & more. "
          "Follow us on every channel and never miss a thing again, dear reader.")


def on_a_terminal(*arguments, **variables):
    """The output of the command on a terminal."""
    main, other = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", **variables}
    if "NO_COLOR" not in variables:
        environment.pop("NO_COLOR", None)
    process = cli.start(*arguments, stdout=other, stdin=cli.subprocess.DEVNULL, env=environment)
    os.close(other)
    out = b""
    while select.select([main], [], [], cli.TIMEOUT)[0]:
        try:
            some = os.read(main, 65536)
        except OSError:
            break
        if not some:
            break
        out += some
    process.communicate()
    os.close(main)
    return out.decode()


class ExplainTest(cli.CommandTest):
    def explain(self, first, second, result="result"):
        done = cli.run("explain", self.folder / result, first, second, "--json")
        self.assertEqual(done.status, 0, done)
        return json.loads(done.out)

    def explain_in_words(self, first, second, result="result"):
        done = cli.run("explain", self.folder / result, first, second)
        self.assertEqual(done.status, 0, done)
        return done.out.decode()

    def result_of(self, articles, *options):
        self.feed = self.write_articles("feed.jsonl", articles)
        return self.dedup(self.feed, *options)

    def with_footer(self, count=12, seed=20):
        """Unrelated articles of one source with the same footer."""
        writer = cli.Writer(seed)
        return [cli.article(n, writer.text(120) + "\n\n" + FOOTER, title=" ".join(writer.words(6)),
                            source="footer.example") for n in range(count)]


class Costs(ExplainTest):
    def peak_of_explain(self, times):
        """The peak memory in bytes of explaining two texts that repeat a word `times` times."""
        text = cli.Writer(1).text(100)
        self.result_of([cli.article(1, text + " x" * times), cli.article(2, text + " x" * (times + 5))], "--force")
        process = cli.start("explain", self.folder / "result", "a1", "a2", "--json", stdout=cli.subprocess.PIPE)
        why = json.loads(process.stdout.read())
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stderr.close(), process.stdout.close()
        self.assertEqual([process.returncode, why["outcome"]], [0, "linked"])
        self.assertGreater(len(why["passages"][0]["second"]), 2 * times)
        return usage.ru_maxrss * 1024

    @unittest.skipIf(cli.is_sanitized(), "a sanitizer uses additional memory")
    def test_a_repeated_word_takes_no_more_memory_than_other_text(self):
        few, many = self.peak_of_explain(1000), self.peak_of_explain(40000)
        self.assertLess(many - few, 64 << 20)


class Judgements(ExplainTest):
    def test_a_near_copy(self):
        writer = cli.Writer(1)
        text = writer.text(200)
        self.result_of([cli.article(1, text), cli.article(2, writer.nearly(text, 0.1))])
        why = self.explain("a1", "a2")
        self.assertEqual([why["outcome"], why["judgement"], why["relation"]], ["linked", "copies", "near"])
        self.assertTrue(0.85 < why["scores"]["containment"] < 1)
        self.assertEqual(why["scores"]["raw_jaccard"], why["scores"]["jaccard"])
        self.assertEqual(why["passages_found"], 2)
        self.assertEqual([a["words"] for a in why["articles"]], [200, 200])
        for passage in why["passages"]:
            self.assertEqual(passage["first"], passage["second"])
            self.assertIn(passage["first"], text)
        lengths = [p["words"] for p in why["passages"]]
        self.assertEqual(lengths, sorted(lengths, reverse=True))

    def test_the_scores_equal_those_of_the_result(self):
        articles, together = cli.some_articles()
        result = self.result_of(articles)
        looked_at = 0
        for a in result.articles:
            if a["kept"] or a["relation"] == "exact":
                continue
            why = self.explain(a["id"], a["match"])
            looked_at += 1
            self.assertEqual(why["relation"], a["relation"])
            for score in ("jaccard", "containment", "contained", "shared", "raw_jaccard", "raw_containment"):
                self.assertEqual(why["scores"][score], a[score], score)
        self.assertGreater(looked_at, 5)

    def test_an_excerpt_in_both_directions(self):
        writer = cli.Writer(2)
        text = writer.text(400)
        self.result_of([cli.article(1, text), cli.article(2, " ".join(text.split(" ")[:120]))])
        why = self.explain("a1", "a2")
        self.assertEqual([why["outcome"], why["relation"]], ["linked", "extended"])
        self.assertAlmostEqual(why["scores"]["containment"], 0.3, delta=0.01)
        self.assertEqual(why["scores"]["contained"], 1)
        self.assertEqual(self.explain("a2", "a1")["relation"], "excerpt")
        self.assertEqual([s["kind"] for s in why["articles"][0]["text"]], ["shared", "space", "own"])
        self.assertEqual([s["kind"] for s in why["articles"][1]["text"]], ["shared"])
        self.assertIn("Linked (A extends B)",
                      self.explain_in_words("a1", "a2"))

    def test_equal_articles(self):
        text = cli.Writer(3).text()
        self.result_of([cli.article(1, text, title="the same"), cli.article(2, text.upper(), title="The Same")])
        why = self.explain("a1", "a2")
        self.assertEqual([why["outcome"], why["judgement"], why["relation"]], ["linked", "equal", "exact"])
        self.assertEqual(why["scores"]["jaccard"], 1)

    def test_a_pair_that_shares_only_boilerplate(self):
        self.result_of(self.with_footer())
        why = self.explain("a3", "a5")
        self.assertEqual([why["outcome"], why["relation"], why["passages"]], ["apart", None, []])
        self.assertEqual(why["scores"]["shared"], 0)
        self.assertGreater(why["scores"]["raw_shared"], 20)
        for article in why["articles"]:
            self.assertEqual(article["words"], 120 + len(re.findall(r"\w+", FOOTER)))
            self.assertLess(article["editorial_words"], 125)
            ignored = "".join(s["text"] for s in article["text"] if s["kind"] == "boilerplate")
            self.assertEqual(ignored, FOOTER)

    def test_captions_that_differ_in_one_name(self):
        caption = "{} waves to supporters after the vote in the old town hall on Monday evening"
        self.result_of([cli.article(1, caption.format("Anna Berg"), title="In pictures"),
                        cli.article(2, caption.format("Otto Lind Maria Holm"), title="In pictures")])
        why = self.explain("a1", "a2")
        self.assertEqual([why["outcome"], why["judgement"]], ["apart", "short-texts-differ"])
        self.assertTrue(0 < why["scores"]["with_titles"] < 0.8)
        self.assertIn("short texts must be equal with their titles, or nearly", self.explain_in_words("a1", "a2"))

    def test_unrelated_articles(self):
        writer = cli.Writer(4)
        self.result_of([cli.article(1, writer.text()), cli.article(2, writer.text())])
        why = self.explain("a1", "a2")
        self.assertEqual(why["outcome"], "apart")
        self.assertIn(why["judgement"], ("little-shared-text", "below-threshold"))
        self.assertIn("No shared passages", self.explain_in_words("a1", "a2"))

    def test_texts_without_words_are_not_copies(self):
        self.result_of([cli.article(1, "", title="x"), cli.article(2, "...", title="x"), cli.article(3, "word")])
        for first, second in (("a1", "a2"), ("a1", "a3"), ("a3", "a2")):
            why = self.explain(first, second)
            self.assertEqual([why["outcome"], why["judgement"], why["relation"]], ["apart", "too-short", None])
            self.explain_in_words(first, second)

    def test_a_pair_below_the_threshold_of_the_run(self):
        writer = cli.Writer(5)
        shared = writer.text(60)
        articles = [cli.article(n, shared + " " + writer.text(90)) for n in range(2)]
        self.result_of(articles)
        why = self.explain("a0", "a1")
        self.assertEqual([why["judgement"], why["threshold"]], ["below-threshold", 0.5])
        self.dedup(self.feed, "--threshold", "0.3", out="loose")
        why = self.explain("a0", "a1", "loose")
        self.assertEqual([why["outcome"], why["judgement"], why["threshold"]], ["linked", "copies", 0.3])

    def test_a_digest_is_cut_from_one_of_its_stories(self):
        writer = cli.Writer(6)
        stories = [writer.text(100) for _ in range(2)]
        articles = [cli.article(n, stories[n // 3]) for n in range(6)] + [cli.article(6, " ".join(stories))]
        result = self.result_of(articles)
        digest = result.by_id["a6"]["cluster"]
        outcomes = {self.explain("a6", f"a{n}")["outcome"] for n in range(6)}
        expected = {"linked" if result.by_id[f"a{n}"]["cluster"] == digest else "cut" for n in range(6)}
        self.assertEqual(outcomes, expected)
        self.assertIn("cut", outcomes)
        self.assertEqual(self.explain("a0", "a3")["outcome"], "apart")

    def test_the_options_of_the_run_are_used(self):
        writer = cli.Writer(7)
        text, title = writer.text(60), writer.text(60)
        articles = [{"headline": {"main": title}, "bodies": [{"value": writer.text(40)}], "guid": f"g{n}",
                     "source": "one.example"} for n in range(2)]
        fields = ("--field", "title=headline.main", "--field", "text=bodies[].value", "--field", "id=guid")
        self.result_of(articles, "--title", "--shingle", "4", "--seed", "77", "--boilerplate", "off", *fields)
        why = self.explain("g0", "g1")
        self.assertEqual([why["outcome"], why["articles"][0]["words"]], ["linked", 100])
        self.assertEqual(why["passages"][0]["first"], title.rstrip("."))
        self.dedup(self.feed, "--method", "exact", *fields, out="exact")
        self.assertEqual(self.explain("g0", "g1", "exact")["judgement"], "not-equal")

    def test_scripts_without_spaces(self):
        random = cli.random.Random(8)
        made = ["".join(chr(random.randint(0x4E00, 0x9FA0)) for _ in range(200)) for _ in range(2)]
        self.result_of([cli.article(1, made[0]), cli.article(2, made[0][50:] + made[1][:40])])
        why = self.explain("a1", "a2")
        self.assertEqual(why["outcome"], "linked")
        self.assertEqual(why["passages"][0], {"words": 75, "first": made[0][50:], "second": made[0][50:]})


class Feeds(ExplainTest):
    def setUp(self):
        super().setUp()
        writer = cli.Writer(9)
        self.text = writer.text()
        self.articles = [cli.article(1, self.text, title="x"), cli.article(1, writer.nearly(self.text)),
                         cli.article(2, self.text), cli.article(3, writer.text())]

    def test_a_repeated_id_is_given_by_file_and_line(self):
        self.result_of(self.articles)
        positions = re.escape(f"{self.feed}:1, {self.feed}:2")
        self.fails(2, "explain", self.folder / "result", "a1", "a2", saying="2 articles have the id \"a1\".*" + positions)
        why = self.explain(f"{self.feed}:2", "a2")
        self.assertEqual([why["articles"][0]["id"], why["articles"][0]["line"], why["outcome"]], ["a1", 2, "linked"])
        self.assertEqual(self.explain(f"{self.feed}:1", f"{self.feed}:2")["outcome"], "linked")

    def test_unknown_ids_and_directories(self):
        self.result_of(self.articles)
        result = self.folder / "result"
        self.fails(2, "explain", result, "a2", "nobody", saying='no article has the id "nobody"')
        self.fails(2, "explain", result, "a2", "no\x1b[31mbody\n", saying='no article has the id')
        self.fails(2, "explain", result, "a2", f"{self.feed}:99", saying="no article has the id")
        self.fails(2, "explain", result, "a2", "a2", saying="the same article")
        self.fails(2, "explain", result, "a2", f"{self.feed}:3", saying="the same article")
        self.fails(2, "explain", self.folder / "nothing", "a2", "a3", saying="is no(t a)? result")
        self.fails(2, "explain", result, "a2", saying="ID2 is required")

    def test_a_missing_or_changed_feed(self):
        self.result_of(self.articles)
        arguments = ("explain", self.folder / "result", "a2", "a3")
        self.write_articles("feed.jsonl", self.articles[:3] + [cli.article(9, "another one")])
        self.fails(4, *arguments, saying='feed.jsonl:4: article "a3" is not there any more')
        self.write_articles("feed.jsonl", self.articles[:2])
        self.fails(4, *arguments, saying="is not there any more")
        self.write("feed.jsonl", b"\xff\xfe not JSON\n" * 9)
        self.fails(4, *arguments, saying="is not there any more")
        self.feed.unlink()
        self.fails(4, *arguments, saying="feed.jsonl: no such file")
        self.write_articles("feed.jsonl", self.articles + self.articles)
        why = self.explain("a2", "a3")
        self.assertEqual(len(why["warnings"]), 1)
        self.assertIn("was changed since the result was made", why["warnings"][0])

    def test_an_unchanged_feed_gives_no_warning(self):
        self.result_of(self.articles)
        self.assertEqual(self.explain("a2", "a3")["warnings"], [])

    def test_a_feed_from_standard_input_cannot_be_read_again(self):
        self.dedup("-", stdin=b"".join(cli.lines_of(self.articles)))
        self.fails(2, "explain", self.folder / "result", "a2", "a3", saying="standard input")

    def test_compressed_feeds_and_two_files(self):
        one = self.write("one.jsonl.gz", __import__("gzip").compress(b"".join(cli.lines_of(self.articles))))
        two = self.write("two.jsonl.zst", cli.zstd_frame(b"".join(cli.lines_of([cli.article(5, self.text)]))))
        self.dedup(one, two)
        self.assertEqual(self.explain("a5", "a2")["outcome"], "linked")
        self.assertEqual(self.explain("a3", "a2")["outcome"], "apart")

    def test_articles_without_ids(self):
        feed = self.write_articles("feed.jsonl", [{"text": a["text"]} for a in self.articles])
        self.dedup(feed)
        self.assertEqual(self.explain(f"{feed}:2", f"{feed}:3")["outcome"], "linked")

    def test_damaged_results_are_refused(self):
        self.result_of(self.articles)
        for name, data in (("boilerplate.model", b"wcboiler"), ("articles.jsonl", b"{}\n"), ("summary.json", b"[]"),
                           ("summary.json", b'{"parameters":{}}')):
            before = (self.folder / "result" / name).read_bytes()
            (self.folder / "result" / name).write_bytes(data)
            self.fails(5, "explain", self.folder / "result", "a2", "a3", saying=name)
            (self.folder / "result" / name).write_bytes(before)


class Terminals(ExplainTest):
    def setUp(self):
        super().setUp()
        writer = cli.Writer(10)
        text = writer.text(60)
        hostile = "\x1b]0;owned\x07 \x00 \x08" + cli.HOSTILE
        self.result_of(self.with_footer() + [
            cli.article(20, "Mine first.\n\n" + text + "\r\n\tEnd of it, " + hostile, title="T\x1b[5m\n" + cli.HOSTILE,
                        source="s\x07" + cli.HOSTILE),
            cli.article(21, text + "\n\nYours last, and more of it here.", source="other.example")])

    def test_marks_without_a_terminal(self):
        text = self.explain_in_words("a20", "a21")
        self.assertNotRegex(text, cli.ESCAPES)
        self.assertIn("[-Mine first.-]\n\n", text)
        self.assertIn("{+Yours last, and more of it here.+}", text)
        text = self.explain_in_words("a20", "a3")
        self.assertIn("(Subscribe to our newsletter", text)

    def test_colours_on_a_terminal(self):
        arguments = ("explain", self.folder / "result", "a20", "a21")
        text = on_a_terminal(*arguments)
        self.assertIn("\x1b[31mMine first.\x1b[0m", text)
        self.assertIn("\x1b[32mYours last, and more of it here.\x1b[0m", text)
        self.assertNotRegex(re.sub("\x1b\\[[0-9]*m|\r\n", "", text), cli.ESCAPES)
        self.assertNotIn("\x1b[5m", text)
        self.assertIn("\x1b[2mSubscribe to our", on_a_terminal("explain", self.folder / "result", "a20", "a3"))
        for variables in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            self.assertNotIn("\x1b", on_a_terminal(*arguments, **variables))
        self.assertIn("\x1b[31m", on_a_terminal(*arguments, NO_COLOR=""))

    def test_json_contains_the_whole_text(self):
        done = cli.run("explain", self.folder / "result", "a20", "a21", "--json")
        self.assertNotRegex(done.out.decode(), cli.CONTROLS)
        why = json.loads(done.out)
        self.assertEqual(why["articles"][0]["source"], "s\x07" + cli.HOSTILE)
        for article, number in zip(why["articles"], (12, 13)):
            original = json.loads(self.feed.read_bytes().splitlines()[number])["text"]
            self.assertEqual("".join(s["text"] for s in article["text"]), original)

    def test_a_closed_pipe(self):
        done = cli.subprocess.run(f"{cli.BINARY} explain {self.folder}/result a20 a21 | head -1", shell=True,
                                  capture_output=True)
        self.assertEqual([done.returncode, done.stderr], [0, b""])


class Boilerplate(ExplainTest):
    def test_the_list_shows_the_ignored_text(self):
        self.result_of(self.with_footer(14) + [cli.article(99, cli.Writer(1).text())])
        blocks = cli.read_lines(self.folder / "result" / "boilerplate.jsonl")
        self.assertEqual(len(blocks), 1)
        self.assertEqual({k: blocks[0][k] for k in ("source", "text", "articles", "sample")},
                         {"source": "footer.example", "text": FOOTER.rstrip("."), "articles": 14, "sample": 14})
        self.assertRegex(blocks[0]["example"], "^a([0-9]|1[0-3])$")

    def test_shared_boilerplate_is_listed_without_a_source(self):
        writer = cli.Writer(24)
        feed = [cli.article(n, f"{writer.text(90)} {FOOTER}", title=" ".join(writer.words(5)), source=f"s{n}.example")
                for n in range(40)]
        self.result_of(feed)
        (block,) = cli.read_lines(self.folder / "result" / "boilerplate.jsonl")
        self.assertEqual([block["source"], block["text"], block["articles"]], [None, FOOTER.rstrip("."), 40])
        self.assertEqual(self.explain("a0", "a1")["scores"]["shared"], 0)

    def test_listed_texts_are_truncated_and_on_one_line(self):
        writer = cli.Writer(21)
        footer = "\n \t".join(writer.words(200))
        feed = [cli.article(n, writer.text(80) + "\n" + footer, title=" ".join(writer.words(5)), source="s.example")
                for n in range(12)]
        self.result_of(feed)
        (block,) = cli.read_lines(self.folder / "result" / "boilerplate.jsonl")
        self.assertEqual(len(block["text"]), 500)
        self.assertTrue(" ".join(footer.split()).startswith(block["text"]))

    def test_texts_are_found_in_any_script_and_in_markup(self):
        random = cli.random.Random(22)
        han = ["".join(chr(random.randint(0x4E00, 0x9FA0)) for _ in range(120)) for _ in range(12)]
        footer = "订阅我们的通讯获取每周最佳报道关注我们的频道永不错过任何消息亲爱的读者"
        writer = cli.Writer(23)
        feed = [cli.article(n, text + "。" + footer, title=text[:9], source="han.example") for n, text in enumerate(han)]
        feed += [cli.article(20 + n, f"<p>{writer.text(90)} R&amp;D &lt;x&gt;</p><p>{FOOTER}</p>",
                             title=" ".join(writer.words(5)), source="markup.example") for n in range(12)]
        self.result_of(feed)
        blocks = {b["source"]: b["text"] for b in cli.read_lines(self.folder / "result" / "boilerplate.jsonl")}
        self.assertEqual(blocks["han.example"], footer)
        self.assertIn(FOOTER.rstrip("."), blocks["markup.example"])

    def test_the_list_does_not_depend_on_how_the_feed_is_read(self):
        feed = self.write_articles("feed.jsonl", self.with_footer(40))
        lines = feed.read_bytes().splitlines(keepends=True)
        self.write("a.jsonl", b"".join(lines[:17]).rstrip(b"\n"))
        self.write("b.jsonl.gz", __import__("gzip").compress(b"".join(lines[17:])))
        self.dedup(feed, out="plain")
        for threads in (1, 2, 3, 8):
            for size in (4096, 1 << 20):
                self.dedup(self.folder / "a.jsonl", self.folder / "b.jsonl.gz", "--threads", threads, "--block-size",
                           size, "--force" if (self.folder / "other").exists() else "--progress=none", out="other")
                for name in ("boilerplate.jsonl", "boilerplate.model"):
                    self.assertEqual((self.folder / "plain" / name).read_bytes(),
                                     (self.folder / "other" / name).read_bytes())
        self.dedup("-", stdin=feed.read_bytes(), out="piped")
        self.assertEqual((self.folder / "plain" / "boilerplate.jsonl").read_bytes(),
                         (self.folder / "piped" / "boilerplate.jsonl").read_bytes())

    def test_no_files_if_boilerplate_is_off(self):
        self.result_of(self.with_footer(), "--boilerplate", "off")
        self.assertEqual([p.name for p in (self.folder / "result").glob("boilerplate*")], [])


class Models(ExplainTest):
    def test_a_model_applies_to_a_feed_too_small_to_learn_from(self):
        model = self.folder / "model"
        many = self.write_articles("many.jsonl", self.with_footer(20))
        self.dedup(many, "--boilerplate-model", model, out="many")
        self.assertEqual(model.read_bytes(), (self.folder / "many" / "boilerplate.model").read_bytes())

        few = self.write_articles("few.jsonl", self.with_footer(2, seed=33))
        alone = self.dedup(few, out="alone")
        self.assertEqual(cli.read_lines(self.folder / "alone" / "boilerplate.jsonl"), [])
        with_model = self.dedup(few, "--boilerplate-model", model, out="with_model")
        (block,) = cli.read_lines(self.folder / "with_model" / "boilerplate.jsonl")
        self.assertEqual([block["text"], block["articles"]], [FOOTER.rstrip("."), 2])
        self.assertEqual(self.explain("a0", "a1", "with_model")["scores"]["shared"], 0)
        self.assertGreater(self.explain("a0", "a1", "alone")["scores"]["shared"], 20)
        parameters = [r.summary["parameters"] for r in (alone, with_model)]
        self.assertEqual(parameters[0]["boilerplate_model"], None)
        self.assertRegex(parameters[1]["boilerplate_model"], "^[0-9a-f]{16}$")
        self.assertNotEqual(parameters[0]["fingerprint"], parameters[1]["fingerprint"])

    def test_a_model_contains_shared_boilerplate(self):
        model = self.folder / "model"
        many = [{**a, "source": f"s{n}.example"} for n, a in enumerate(self.with_footer(40))]
        few = [{**a, "source": f"t{n}.example"} for n, a in enumerate(self.with_footer(2, seed=33))]
        self.dedup(self.write_articles("many.jsonl", many), "--boilerplate-model", model, out="many")
        self.dedup(self.write_articles("few.jsonl", few), "--boilerplate-model", model, out="with_model")
        (block,) = cli.read_lines(self.folder / "with_model" / "boilerplate.jsonl")
        self.assertEqual([block["source"], block["text"], block["articles"]], [None, FOOTER.rstrip("."), 2])
        self.assertEqual(self.explain("a0", "a1", "with_model")["scores"]["shared"], 0)

    def test_a_model_accumulates_boilerplate_of_all_feeds(self):
        model = self.folder / "model"
        one = self.write_articles("one.jsonl", self.with_footer(20))
        other = self.write_articles("other.jsonl", [{**a, "source": "second.example"} for a in self.with_footer(20)])
        for feed, out in ((one, "1"), (other, "2"), (one, "3")):
            self.dedup(feed, "--boilerplate-model", model, out=out)
        grown = model.read_bytes()
        self.assertIn(b"footer.example", grown)
        self.assertIn(b"second.example", grown)
        self.assertEqual(grown, (self.folder / "2" / "boilerplate.model").read_bytes())

    def test_the_model_is_written_without_out(self):
        model = self.folder / "model"
        feed = self.write_articles("feed.jsonl", self.with_footer(20))
        done = cli.run("dedup", feed, "--boilerplate-model", model)
        self.assertEqual([done.status, len(done.out.splitlines())], [0, 20])
        self.assertIn(b"footer.example", model.read_bytes())

    def test_unusable_models_are_refused_and_not_changed(self):
        feed = self.write_articles("feed.jsonl", self.with_footer(20))
        model = self.folder / "model"
        arguments = ("dedup", feed, "--boilerplate-model", model)
        self.fails(2, *arguments, "--boilerplate", "off", saying="--boilerplate-model cannot be used with")
        self.assertEqual(cli.run(*arguments).status, 0)
        good = model.read_bytes()
        self.fails(5, *arguments, "--seed", "2", saying="made with seed 1, and this run has 2")
        self.fails(5, *arguments, "--shingle", "4", saying="made with shingles of 3, and this run has 4")
        self.assertEqual(model.read_bytes(), good)
        for bad in (good[:-1], good[:50], b"", good + b"x", b"\0" + good[1:], good[:60] + b"\xff" + good[61:]):
            model.write_bytes(bad)
            self.fails(5, *arguments, saying="model: ")
            self.assertEqual(model.read_bytes(), bad)
        self.fails(5, "dedup", feed, "--boilerplate-model", feed, saying="is not a boilerplate model")
        self.fails(2, "dedup", feed, "--boilerplate-model", self.folder, saying="is not a regular file")
        self.fails(4, "dedup", feed, "--boilerplate-model", self.folder / "no" / "model", saying="cannot create")
        self.assert_nothing_left("feed.jsonl", "model")

    def test_a_model_inside_the_result_is_refused(self):
        feed = self.write_articles("feed.jsonl", self.with_footer(20))
        self.dedup(feed)
        inside = self.folder / "result" / "boilerplate.model"
        self.fails(2, "dedup", feed, "--out", self.folder / "result", "--force", "--boilerplate-model", inside,
                   saying="inside the output directory")
        self.fails(2, "dedup", feed, "--out", "result", "--force", "--boilerplate-model", "./result/new.model",
                   cwd=self.folder, saying="inside the output directory")

    def test_a_failed_run_does_not_change_the_model(self):
        feed = self.write_articles("feed.jsonl", self.with_footer(20))
        with open("/dev/full", "wb") as full:
            done = cli.run("dedup", feed, "--boilerplate-model", self.folder / "model", stdout=full)
        self.assertEqual(done.status, 4)
        self.assert_nothing_left("feed.jsonl")


if __name__ == "__main__":
    cli.main()
