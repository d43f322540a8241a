"""The contents of a result: bytes, counts, clusters, kept articles, and their stability."""

import json
import random

import wirecopy_cli as cli


class Contract(cli.CommandTest):
    def test_every_method_keeps_the_contract_and_finds_its_copies(self):
        articles, together = cli.some_articles()
        stories = {frozenset(ids) for ids in together}
        exact_copies = {frozenset(sorted(ids, key=lambda i: int(i[1:]))[:2]) for ids in together}
        for method in ("sample", "minhash", "simhash", "exact"):
            result = self.dedup_articles(articles, "--method", method)
            feed = self.folder / "feed.jsonl"
            self.assert_contract(result, {str(feed): feed.read_bytes()})
            self.assertEqual(len(result.clusters), len(stories))
            for found in result.groups():
                self.assertTrue(any(found <= story for story in stories))
                self.assertTrue(any(pair <= found for pair in exact_copies))
            if method in ("sample", "minhash"):
                self.assertEqual(result.groups(), stories)
            if method == "exact":
                self.assertEqual(result.groups(), exact_copies)

    def test_kept_lines_are_the_original_bytes_in_input_order(self):
        writer = cli.Writer(2)
        text = writer.text()
        lines = [
            b'{"id":"plain","text":"' + writer.text().encode() + b'"}\n',
            b'  { "id" : "spaced" ,\t"text" : "' + writer.text().encode() + b'" }  \n',
            b'{"id":"crlf","text":"' + writer.text().encode() + b'"}\r\n',
            b'{"id":"first","text":"' + text.encode() + b'","published":"2024-01-01"}\n',
            b'{"id":"escaped","text":"caf\\u00e9 \\ud83d\\ude00 ' + writer.text().encode() + b'\\/\\n"}\n',
            b'{"id":"again","text":"' + text.encode() + b'","published":"2024-01-02"}\n',
            '{"id":"raw","text":"café 😀 漢字 '.encode() + writer.text().encode() + b'","z":[1.0,1e3,{"a":null}]}\n',
        ]
        result = self.dedup(self.write("feed.jsonl", lines))
        self.assertEqual(result.unique, b"".join(lines[:5] + lines[6:]))
        self.assertEqual(result.by_id["again"]["match"], "first")

    def test_no_articles(self):
        result = self.dedup(self.write("empty.jsonl", b""))
        self.assertEqual(result.counts["read"], 0)
        self.assertEqual([result.articles, result.clusters, result.rejects, result.unique], [[], [], [], b""])

    def test_without_out_kept_lines_go_to_stdout(self):
        articles, _ = cli.some_articles()
        feed = self.write_articles("feed.jsonl", articles)
        result = self.dedup(feed)
        done = cli.run("dedup", feed)
        self.assertEqual([done.status, done.out], [0, result.unique])
        self.assertIn(f"{len(articles)} read, {result.counts['kept']} kept", done.err)

    def test_stdout_stays_empty_until_the_feed_has_ended(self):
        process = cli.start("dedup", "--block-size", "4096", stdin=cli.subprocess.PIPE, stdout=cli.subprocess.PIPE)
        articles, _ = cli.some_articles(copies=2)
        process.stdin.write(b"".join(cli.lines_of(articles)))
        process.stdin.flush()
        cli.time.sleep(0.3)
        cli.os.set_blocking(process.stdout.fileno(), False)
        self.assertIsNone(process.stdout.read())
        cli.os.set_blocking(process.stdout.fileno(), True)
        out, _ = process.communicate()
        self.assertEqual(process.returncode, 0)
        self.assertEqual(len(out.splitlines()), 12 + 20)

    def test_a_cluster_lists_its_members(self):
        articles, together = cli.some_articles(stories=1)
        result = self.dedup_articles(articles)
        by_id = {a["id"]: a for a in articles}
        (cluster,) = result.clusters
        self.assertEqual({m["id"] for m in cluster["members"]}, together[0])
        for member in cluster["members"]:
            self.assertEqual(member["title"], by_id[member["id"]]["title"])
            self.assertEqual(member["source"], by_id[member["id"]]["source"])
            self.assertEqual(member["published"], by_id[member["id"]]["published"])
            if member["kept"]:
                continue
            self.assertIn(member["relation"], cli.LINKING)
            self.assertGreater(member["shared"], 50)
            for score in ("jaccard", "containment", "contained"):
                self.assertGreater(member[score], 0.7)
                self.assertLessEqual(member[score], 1)

    def test_the_matches_file_has_every_verified_pair_once(self):
        articles, together = cli.some_articles()
        result = self.dedup_articles(articles, "--matches")
        matches = cli.read_lines(result.folder / "matches.jsonl")
        pairs = [frozenset((m["a"], m["b"])) for m in matches]
        self.assertEqual(len(set(pairs)), len(pairs))
        for match, pair in zip(matches, pairs):
            self.assertTrue(any(pair <= ids for ids in together), match)
            self.assertIn(match["relation"], cli.LINKING)
            self.assertTrue(0 < match["jaccard"] <= 1)
        exact = [m for m in matches if m["relation"] == "exact"]
        self.assertEqual(len(exact), len(together))
        self.assertTrue(all(m["jaccard"] == m["containment"] == 1 for m in exact))

    def test_summary_has_parameters_and_costs(self):
        articles, _ = cli.some_articles()
        options = ("--method", "minhash", "--threshold", "0.6", "--seed", "9")
        summary = self.dedup_articles(articles, *options).summary
        self.assertEqual([summary["parameters"][k] for k in ("method", "threshold", "seed")], ["minhash", 0.6, 9])
        for key in ("candidates", "verified", "capped_buckets"):
            self.assertIsInstance(summary["search"][key], int)
        for key in ("version", "kernel", "threads", "seconds", "cpu_seconds", "megabytes_per_second",
                    "articles_per_second", "peak_memory_bytes"):
            self.assertIn(key, summary["run"])
        for stage in summary["run"]["stages"]:
            self.assertLessEqual({"stage", "seconds", "cpu_seconds"}, stage.keys())


class Stability(cli.CommandTest):
    def test_the_fingerprint_depends_only_on_the_parameters(self):
        articles, _ = cli.some_articles(stories=2, singles=1)
        order = self.write("order", b"outlet1.example\n")
        variants = [(), ("--seed", 2), ("--shingle", 4), ("--threshold", 0.7), ("--recall", 0.9), ("--title",),
                    ("--method", "minhash"), ("--method", "simhash"), ("--method", "exact"), ("--boilerplate", "off"),
                    ("--drop", "exact"), ("--keep", "first"), ("--keep", "earliest"),
                    ("--keep", f"source-order={order}")]
        prints = [self.dedup_articles(articles, *v).summary["parameters"]["fingerprint"] for v in variants]
        self.assertEqual(len(set(prints)), len(variants))
        again = self.dedup_articles(articles[1:], "--threads", 1, "--matches").summary["parameters"]["fingerprint"]
        self.assertEqual(again, prints[0])

    def test_a_shuffled_feed_gives_the_same_clusters_decisions_and_ids(self):
        articles, _ = cli.some_articles(stories=20)
        before = self.dedup_articles(articles)
        for seed in (1, 2):
            random.Random(seed).shuffle(articles)
            after = self.dedup_articles(articles)
            self.assertEqual({c["cluster"]: c for c in before.clusters}, {c["cluster"]: c for c in after.clusters})
            place = ("file", "line", "match_file", "match_line")
            for identity, article in before.by_id.items():
                now = after.by_id[identity]
                self.assertEqual({k: v for k, v in article.items() if k not in place},
                                 {k: v for k, v in now.items() if k not in place})

    def test_unrelated_articles_do_not_change_clusters(self):
        articles, _ = cli.some_articles()
        before = self.dedup_articles(articles)
        writer = cli.Writer(77)
        strangers = [cli.article(10_000 + n, writer.text()) for n in range(50)]
        after = self.dedup_articles(strangers[:25] + articles + strangers[25:])
        self.assertEqual({c["cluster"]: c for c in before.clusters}, {c["cluster"]: c for c in after.clusters})

    def test_another_seed_finds_the_same_clear_clusters(self):
        articles, together = cli.some_articles()
        for seed in (0, 2, 2**64 - 1):
            self.assertEqual(self.dedup_articles(articles, "--seed", seed).groups(),
                             {frozenset(ids) for ids in together})


class Keeping(cli.CommandTest):
    def setUp(self):
        super().setUp()
        writer = cli.Writer(5)
        text = writer.text(200)
        words = text.split(" ")
        self.copies = [
            cli.article("late-full", text, source="one.example", hour=30),
            cli.article("early-short", " ".join(words[:185]), source="two.example", hour=10),
            cli.article("middle", " ".join(words[:195]), source="three.example", hour=20),
        ]
        self.copies[2]["published"] = ""

    def kept_by(self, *options, articles=None):
        result = self.dedup_articles(articles or self.copies, *options)
        self.assertEqual(len(result.clusters), 1)
        self.assertEqual(len(result.kept()), 1)
        return result.kept()[0]

    def test_fullest_is_the_default(self):
        self.assertEqual(self.kept_by(), "alate-full")
        self.assertEqual(self.kept_by("--keep", "fullest", articles=self.copies[::-1]), "alate-full")

    def test_first_follows_the_feed(self):
        for turn in range(3):
            turned = self.copies[turn:] + self.copies[:turn]
            self.assertEqual(self.kept_by("--keep", "first", articles=turned), turned[0]["id"])

    def test_earliest_puts_unknown_dates_last(self):
        self.assertEqual(self.kept_by("--keep", "earliest"), "aearly-short")
        self.assertEqual(self.kept_by("--keep", "earliest", articles=[self.copies[2], self.copies[0]]), "alate-full")

    def test_source_order_takes_the_first_source_of_the_file(self):
        order = self.write("order", b"nowhere.example\r\n\r\nthree.example\r\ntwo.example\n")
        self.assertEqual(self.kept_by("--keep", f"source-order={order}"), "amiddle")
        order = self.write("order", b"two.example")
        self.assertEqual(self.kept_by("--keep", f"source-order={order}"), "aearly-short")
        order = self.write("order", b"")
        self.assertEqual(self.kept_by("--keep", f"source-order={order}"), "alate-full")

    def test_ties_are_broken_by_date_and_then_by_id(self):
        text = cli.Writer(6).text()
        same = [cli.article(n, text, title="the same", hour=hour) for n, hour in ((3, 9), (2, 4), (1, 4))]
        for turn in range(3):
            self.assertEqual(self.kept_by(articles=same[turn:] + same[:turn]), "a1")


class Texts(cli.CommandTest):
    def test_title_includes_the_headline(self):
        writer = cli.Writer(8)
        shared = [writer.text(60) for _ in range(2)]
        articles = [cli.article(n, writer.text(12), title=shared[n // 2]) for n in range(4)]
        self.assertEqual(self.dedup_articles(articles).groups(), set())
        self.assertEqual(self.dedup_articles(articles, "--title").groups(),
                         {frozenset({"a0", "a1"}), frozenset({"a2", "a3"})})

    def test_empty_and_one_word_articles_are_always_kept(self):
        bodies = ["", "", None, "word", "word", " \n", "...", "<p></p>", "漢", "漢"]
        articles = [cli.article(n, body, title="the same headline for all of them") for n, body in enumerate(bodies)]
        del articles[1]["text"]
        for method in ("sample", "minhash", "simhash", "exact"):
            result = self.dedup_articles(articles, "--method", method)
            self.assertEqual(result.summary["parameters"]["method"], method)
            self.assertEqual([len(result.kept()), result.clusters], [len(bodies), []], method)

    def test_equal_notices_with_other_headlines_are_not_copies(self):
        writer = cli.Writer(9)
        articles = [cli.article(n, "No news record was found here", title=" ".join(writer.words(8))) for n in range(30)]
        self.assertEqual(self.dedup_articles(articles).clusters, [])

    def test_invisible_differences_of_spelling_are_ignored(self):
        writer = cli.Writer(10)
        text = writer.text()
        quoted = text.replace(".", " “it’s”.")
        plain = text.replace(".", ' "IT\'S".').upper()
        marked = "<p>" + quoted.replace(". ", ".</p>\n<p>") + "</p>"
        soft = quoted.replace("“", "\u200b“").replace("s”", "s\u00ad”")
        articles = [cli.article(n, t, title="one") for n, t in enumerate((quoted, plain, marked, soft))]
        result = self.dedup_articles(articles)
        self.assertEqual(len(result.kept()), 1)
        self.assertEqual({a["relation"] for a in result.articles if not a["kept"]}, {"exact"})

    def test_scripts_without_spaces(self):
        random_ = random.Random(11)
        for first, last in ((0x4E00, 0x9FA0), (0x3041, 0x3096), (0x0E01, 0x0E2E)):
            made = ["".join(chr(random_.randint(first, last)) for _ in range(300)) for _ in range(6)]
            articles = [cli.article(n, text) for n, text in enumerate(made + [made[0][:280] + made[1][:15]])]
            self.assertEqual(self.dedup_articles(articles).groups(), {frozenset({"a0", "a6"})}, hex(first))

    def test_equal_ids_are_distinguished_by_position_and_give_a_warning(self):
        writer = cli.Writer(12)
        text = writer.text()
        one = self.write_articles("one.jsonl", [cli.article(1, text, title="x"), cli.article(1, writer.text())])
        two = self.write_articles("two.jsonl", [cli.article(1, text, title="x"), cli.article(2, writer.text())])
        done = cli.run("dedup", one, two, "--out", self.folder / "result")
        self.assertRegex(done.err, r'warning: 2 articles have the id of an earlier article, such as "a1"')
        result = cli.Result(self.folder / "result")
        self.assertEqual(result.counts["duplicate_ids"], 2)
        self.assertEqual([(a["file"], a["line"], a["kept"]) for a in result.articles],
                         [(str(one), 1, True), (str(one), 2, True), (str(two), 1, False), (str(two), 2, True)])
        removed = result.articles[2]
        self.assertEqual([removed["match"], removed["match_file"], removed["match_line"]], ["a1", str(one), 1])


class Fields(cli.CommandTest):
    def test_fields_given_by_pointer_and_by_dots(self):
        writer = cli.Writer(13)
        text = writer.text()
        articles = [{"meta": {"guid": f"g{n}"}, "bodies": [{"value": body[:300]}, {"value": body[300:]}], "text": "decoy",
                     "who": {"a/b": "outlet.example"}, "when": "2024-02-03T04:05:06Z"}
                    for n, body in enumerate([text, writer.text(), text])]
        options = []
        for field in ("text=bodies[].value", "id=/meta/guid", "source=/who/a~1b", "published=when"):
            options += ["--field", field]
        result = self.dedup_articles(articles, *options)
        self.assertEqual(result.groups(), {frozenset({"g0", "g2"})})
        self.assertEqual(result.clusters[0]["sources"], ["outlet.example"])
        self.assertEqual(result.clusters[0]["first_published"], "2024-02-03T04:05:06Z")
        self.assertIn("text <- bodies[].value", result.summary["fields"])

    def test_the_mapping_is_printed_once(self):
        articles, _ = cli.some_articles()
        feed = self.write_articles("feed.jsonl", articles)
        done = cli.run("dedup", feed, feed, "--block-size", "4096")
        self.assertEqual(done.err.count("fields:"), 1)
        self.assertIn("text <- text, title <- title, id <- id, source <- source, published <- published", done.err)

    def test_articles_without_an_id_are_identified_by_url_or_position(self):
        writer = cli.Writer(14)
        feed = self.write_articles("feed.jsonl", [{"text": writer.text(), "url": "https://www.one.example/a"},
                                                  {"text": writer.text()}])
        result = self.dedup(feed)
        self.assertEqual([a["id"] for a in result.articles], ["https://www.one.example/a", f"{feed}:2"])

    def test_invalid_utf8_in_names_and_values_gives_valid_json(self):
        text = cli.Writer(15).text()
        name = cli.os.fsencode(self.folder) + b"/\xff\x1b[31m.jsonl"
        with open(name, "wb") as feed:
            for n in range(2):
                feed.write(json.dumps(cli.article(n, text, title="\x1b]0;title\x07 \u2028 \ud83d")).encode() + b"\n")
        done = cli.run("dedup", name, "--out", self.folder / "result")
        self.assertEqual(done.status, 0, done)
        self.assertNotRegex(done.err, cli.ESCAPES)
        for path in (self.folder / "result").glob("*.json*"):
            data = path.read_bytes()
            data.decode()
            if path.name != "unique.jsonl":
                self.assertNotIn(b"\x1b", data)
        result = cli.Result(self.folder / "result")
        self.assertEqual(result.counts["duplicate"], 1)



class Within(cli.CommandTest):
    """--within: articles whose dates are further apart are no copies, in batch and stream."""

    def setUp(self):
        super().setUp()
        writer = cli.Writer(8)
        text, other = writer.text(), writer.text()
        self.articles = [cli.article(0, text, hour=0), cli.article(1, text, title="headline number 0 of its own", hour=0, source="x.example"),
                         cli.article(2, writer.nearly(text), hour=20), cli.article(3, text, hour=100),
                         cli.article(4, writer.nearly(text), hour=110), cli.article(5, other, hour=30)]

    def relations_of_stream(self, *options):
        done = cli.run("stream", *options, stdin=b"".join(cli.lines_of(self.articles)))
        self.assertEqual(done.status, 0, done)
        return [json.loads(line)["relation"] for line in done.out.splitlines()]

    def test_a_stream_decides_alike(self):
        self.assertEqual([r == "new" for r in self.relations_of_stream()], [True, False, False, False, False, True])
        near = self.relations_of_stream("--within", "1d")
        self.assertEqual([r == "new" for r in near], [True, False, False, True, False, True])

    def test_bad_values_are_refused(self):
        feed = self.write_articles("feed.jsonl", self.articles)
        self.fails(2, "dedup", feed, "--within", "soon", saying="--within must be a number with a unit")
        self.fails(2, "dedup", feed, "--within", "9999w", saying="--within must be 0 .no limit. to 100 years")

    def test_copies_are_near_in_time(self):
        self.assertEqual(self.dedup_articles(self.articles).groups(), {frozenset(f"a{n}" for n in range(5))})
        near = self.dedup_articles(self.articles, "--within", "24h")
        self.assertEqual(near.groups(), {frozenset({"a0", "a1", "a2"}), frozenset({"a3", "a4"})})
        self.assertEqual(near.summary["parameters"]["within"], 24 * 3600)
        explained = cli.run("explain", near.folder, "a0", "a3").out.decode()
        self.assertIn("more than 1.0 days apart", explained)


if __name__ == "__main__":
    cli.main()
