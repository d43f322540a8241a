"""wirecopy stream, index and events: an immediate decision for every line, and the contents of the index."""

import json
import os
import signal
import subprocess
import unittest

import wirecopy_cli as cli


def decisions_of(done):
    return [json.loads(line) for line in done.out.splitlines()]


def clusters_by_events(lines):
    """The clusters reproduced by replaying events, as a set of sets."""
    cluster_of = {}
    for event in map(json.loads, lines):
        kind, cluster = event["event"], event["cluster"]
        if kind in ("created", "joined"):
            cluster_of.update((a, cluster) for a in event["articles"])
        elif kind == "merged":
            cluster_of.update((a, cluster) for a, c in list(cluster_of.items()) if c == event["from"])
        else:
            for a in event["articles"]:
                cluster_of.pop(a)
                if event.get("to"):
                    cluster_of[a] = event["to"]
    groups = {}
    for a, cluster in cluster_of.items():
        groups.setdefault(cluster, set()).add(a)
    return {frozenset(g) for g in groups.values()}


class Stream(cli.CommandTest):
    def setUp(self):
        super().setUp()
        self.index = self.folder / "stories.index"

    def stream(self, *arguments, **settings):
        done = cli.run("stream", *arguments, **settings)
        self.assertEqual(done.status, 0, done)
        return decisions_of(done)

    def test_clusters_are_those_of_dedup(self):
        articles, together = cli.some_articles(seed=3)
        feed = self.write_articles("feed.jsonl", articles)
        decisions = self.stream(feed, "--index", self.index, "--clock", "feed")
        self.assertEqual([d["id"] for d in decisions], [a["id"] for a in articles])
        events = cli.run("events", self.index).out.splitlines()
        groups = clusters_by_events(events)
        self.assertEqual(groups, self.dedup(feed).groups())
        self.assertEqual(groups, {frozenset(t) for t in together})
        self.assertEqual(len(cli.run("events", self.index, "--after", 5).out.splitlines()), len(events) - 5)

    def test_texts_of_fewer_than_two_words_match_nothing(self):
        cases = {"two words": ("", "Closed today."), "one word": ("", "Closed."), "one word, a title": ("Market", "Closed."),
                 "no text": ("Headline of some words", ""), "nothing": ("", "")}
        articles = [{"id": f"{name} {source}", "title": title, "text": text, "source": source}
                    for source in ("one", "two") for name, (title, text) in cases.items()]
        articles += [{"id": f"{title} only", "title": title, "text": "Closed.", "source": title} for title in ("Alpha", "Beta")]
        feed = self.write_articles("feed.jsonl", articles)
        # With --title, the words of the title count as words of the text.
        for arguments, expected in (((), {"two words"}), (("--title",), {"two words", "one word, a title", "no text"})):
            groups = self.dedup(feed, *arguments, out=f"result{len(arguments)}").groups()
            self.assertEqual(groups, {frozenset({f"{name} one", f"{name} two"}) for name in expected})
            found = {(d["id"], d["relation"]) for d in self.stream(feed, *arguments) if d["relation"] != "new"}
            self.assertEqual(found, {(f"{name} two", "exact") for name in expected})

    def test_the_limit_of_lines_is_that_of_dedup(self):
        self.fails(2, "stream", "-", "--max-line", "8GiB", saying="--max-line must be at most 1GiB")

    def test_decisions_are_the_same_in_memory_on_disk_and_in_pieces(self):
        articles, _ = cli.some_articles(seed=4)
        lines = cli.lines_of(articles)
        expected = self.stream("--boilerplate", "off", stdin=b"".join(lines))
        decided = []
        for at in range(0, len(lines), 17):
            decided += self.stream("--boilerplate", "off", "--index", self.index, stdin=b"".join(lines[at:at + 17]))
        self.assertEqual(decided, expected)
        again = self.stream("--index", self.index, stdin=b"".join(lines))
        self.assertEqual({d["outcome"] for d in again}, {"unchanged"})

    def test_every_line_gets_an_answer(self):
        good = cli.lines_of([cli.article(1, "one two three four")])[0]
        lines = [good, b"{bad}\n", b"\n", b"[]\n", b'{"text":"no id"}\n', b"x" * 5000 + b"\n", good.strip()]
        decisions = self.stream("--max-line", "4000", stdin=b"".join(lines))
        self.assertEqual([d["outcome"] for d in decisions],
                         ["added", "rejected", "rejected", "added", "rejected", "unchanged"])
        self.assertEqual([d.get("reason") for d in decisions if d["outcome"] == "rejected"],
                         ["not-json", "not-an-object", "line-too-long"])
        self.assertEqual([d["line"] for d in decisions if d["outcome"] == "rejected"], [2, 4, 6])
        self.assertRegex(decisions[3]["id"], "^digest:[0-9a-f]{32}$")

    def test_articles_without_ids_are_not_replaced(self):
        """Positions in the input are not ids: the lines of the next day would replace those of this day."""
        writer = cli.Writer(11)
        days = [[{"title": "t", "text": writer.text(), "source": "one.example"} for _ in range(20)] for _ in range(2)]
        for day in days:
            decisions = self.stream("-", "--index", self.index, stdin=b"".join(cli.lines_of(day)))
            self.assertEqual([(d["outcome"], d["relation"]) for d in decisions], [("added", "new")] * 20)
        self.assertEqual(json.loads(cli.run("index", "info", self.index).out)["articles"], 40)
        again = self.stream("-", "--index", self.index, stdin=b"".join(cli.lines_of(days[0])))
        self.assertEqual([(d["outcome"], d["duplicate"], d["match"]) for d in again],
                         [("unchanged", True, d["id"]) for d in again])
        self.assertEqual(json.loads(cli.run("index", "info", self.index).out)["articles"], 40)
        self.assertEqual(cli.run("index", "remove", self.index, again[0]["id"]).status, 0)

    def test_a_url_replaces_a_missing_id(self):
        one = {"url": "https://one.example/a", "text": "one two three four"}
        lines = cli.lines_of([one, one, {**one, "text": "five six seven eight"}])
        decisions = self.stream(stdin=b"".join(lines))
        self.assertEqual([(d["id"], d["outcome"]) for d in decisions],
                         [(one["url"], "added"), (one["url"], "unchanged"), (one["url"], "updated")])

    def test_batch_and_stream_agree_without_ids(self):
        articles, _ = cli.some_articles(seed=12)
        for a in articles:
            del a["id"]
        repeats = articles[::3]
        articles += repeats
        feed = self.write_articles("feed.jsonl", articles)
        decisions = self.stream(feed, "--index", self.index, "--clock", "feed", "--boilerplate", "off")
        result = self.dedup(feed, "--boilerplate", "off")
        name = {f"{feed}:{n + 1}": d["id"] for n, d in enumerate(decisions)}
        expected = {frozenset(name[i] for i in group) for group in result.groups()}
        groups = clusters_by_events(cli.run("events", self.index).out.splitlines())
        self.assertEqual(groups, {g for g in expected if len(g) > 1})
        self.assertEqual({d["id"] for d in decisions if d["outcome"] == "added"}, set(name.values()))
        self.assertEqual({(d["outcome"], d["duplicate"]) for d in decisions[-len(repeats):]}, {("unchanged", True)})

    def test_a_single_wild_date_does_not_empty_an_index(self):
        writer = cli.Writer(13)
        articles = [cli.article(n, writer.text(), hour=n) for n in range(101)]
        for wild in (0, 50):
            feed = [dict(a) for a in articles]
            feed[wild]["published"] = "2199-01-01T00:00:00Z"
            for n, a in enumerate(feed):
                a["source"] = f"outlet{n % 3}.example"
            index = self.folder / f"{wild}.index"
            done = cli.run("stream", "-", "--index", index, "--clock", "feed", "--window", "14d",
                           stdin=b"".join(cli.lines_of(feed)))
            self.assertEqual({d["outcome"] for d in decisions_of(done)}, {"added"})
            self.assertIn("1 dates were more than 3d ahead of the feed clock", done.err)
            info = json.loads(cli.run("index", "info", index).out)
            self.assertEqual((info["articles"], info["dated_ahead"]), (101, 1))
        self.fails(2, "stream", "--max-clock-jump", "1d", saying="--clock")
        self.fails(2, "stream", "--clock", "feed", "--max-clock-jump", "0d", saying="--max-clock-jump")

    def test_each_line_is_answered_before_the_next_is_read(self):
        process = cli.start("stream", "--index", self.index, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for number in range(5):
            process.stdin.write(cli.lines_of([cli.article(number, "some words that are repeated")])[0])
            process.stdin.flush()
            self.assertEqual(json.loads(process.stdout.readline())["id"], f"a{number}")
        # Lines already read are decided; an incomplete line counts as not read.
        process.stdin.write(b'{"id":"half a line"')
        process.stdin.flush()
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(timeout=30), 0, process.stderr.read())
        process.stdin.close()
        self.assertEqual(process.stdout.read(), b"")
        process.stdout.close()
        process.stderr.close()
        self.assertEqual(json.loads(cli.run("index", "info", self.index).out)["articles"], 5)

    def test_a_closed_pipe_ends_it_silently(self):
        process = cli.start("stream", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process.stdout.close()
        try:
            for number in range(50):
                process.stdin.write(cli.lines_of([cli.article(number, "some words")])[0])
                process.stdin.flush()
            process.stdin.close()
        except BrokenPipeError:
            pass
        self.assertEqual(process.wait(timeout=30), 0, process.stderr.read())
        process.stderr.close()

    def test_given_options_must_be_those_of_the_index(self):
        self.stream("--index", self.index, "--window", "14d", "--threshold", "0.6", stdin=b"")
        self.stream("--index", self.index, stdin=b"")
        self.fails(5, "stream", "--index", self.index, "--threshold", "0.7", saying="made with threshold 0.6")
        self.fails(5, "stream", "--index", self.index, "--window", "13d", saying="window 1209600")
        self.fails(2, "stream", "--window", "14x", saying="--window")
        self.fails(2, "stream", "--window", "1s", saying="--window must be")
        self.fails(4, "index", "info", self.folder / "nothing", saying="there is no index")
        self.fails(2, "stream", "--sync", saying="--index")

    def test_maintenance(self):
        writer = cli.Writer()
        texts = [writer.text() for _ in range(30)]
        articles = [cli.article(n, t, hour=12 * n) for n, t in enumerate(texts)]
        feed = self.write_articles("feed.jsonl", articles)
        self.stream(feed, "--index", self.index, "--window", "60d", "--clock", "feed")
        query = self.write_articles("query.jsonl", [cli.article(100, texts[3], hour=400),
                                                    cli.article(101, texts[25], hour=400)])
        relations = lambda index: [d["relation"] for d in decisions_of(cli.run("index", "query", index, query, "--clock",
                                                                           "feed"))]
        self.assertEqual(len(set(relations(self.index))), 1)
        self.assertNotEqual(relations(self.index)[0], "new")
        copy = self.folder / "copy.index"
        self.assertEqual(cli.run("index", "snapshot", self.index, copy).status, 0)
        self.assertEqual(cli.run("index", "expire", self.index, "--before", "2024-05-08").status, 0)
        self.assertEqual(relations(self.index)[0], "new")
        self.assertNotEqual(relations(copy)[0], "new")
        self.assertEqual(cli.run("index", "remove", self.index, "a25").status, 0)
        self.assertEqual(relations(self.index), ["new", "new"])
        self.fails(2, "index", "remove", self.index, "a25", saying="no such article")
        for action in ("compact", "verify"):
            self.assertEqual(cli.run("index", action, self.index).status, 0)
        info = json.loads(cli.run("index", "info", self.index).out)
        self.assertEqual(info["added"], 30)
        self.assertLess(info["articles"], 30)

    def test_dedup_against_an_index(self):
        writer = cli.Writer(7)
        known, fresh = writer.text(), writer.text()
        self.stream("--index", self.index, stdin=b"".join(cli.lines_of([cli.article(1, known), cli.article(2, known)])))
        feed = self.write_articles("feed.jsonl", [cli.article(10, writer.nearly(known)), cli.article(11, fresh),
                                                  cli.article(12, fresh + " " + " ".join(writer.words(9)))])
        alone, result = self.dedup(feed), self.dedup(feed, "--against", self.index, out="against")
        self.assertEqual(len(alone.kept()), 2)
        self.assertEqual(result.kept(), ["a12"])
        removed = result.by_id["a10"]
        self.assertEqual((removed["kept"], removed["match"], removed["relation"]), (False, "a1", "near"))
        self.assertRegex(removed["index_cluster"], "^w[0-9a-f]{16}$")
        self.assertEqual(result.counts["kept"] + result.counts["duplicate"], 3)
        self.assertEqual(result.unique, feed.read_bytes().splitlines(keepends=True)[2])
        self.fails(5, "dedup", feed, "--against", self.index, "--seed", "2", saying="another seed")

    def test_dedup_of_short_texts_against_an_index(self):
        """An article that is too short to compare has no hashes, not even that of its id."""
        self.stream("--index", self.index, stdin=b"".join(cli.lines_of([cli.article(1, cli.Writer().text())])))
        feed = self.write_articles("feed.jsonl", [cli.article(n, text) for n, text in enumerate(("", "word", "two words"))])
        self.assertEqual(self.dedup(feed, "--against", self.index).kept(), ["a0", "a1", "a2"])

    def test_clusters_are_printed(self):
        text = cli.Writer().text()
        decisions = self.stream("--index", self.index, stdin=b"".join(
            cli.lines_of([cli.article(n, text, "a title") for n in range(3)])))
        cluster = decisions[-1]["cluster"]
        printed = json.loads(cli.run("index", "cluster", self.index, cluster).out)
        self.assertEqual([m["id"] for m in printed["members"]], ["a0", "a1", "a2"])
        self.fails(2, "index", "cluster", self.index, "w0000000000000000", saying="no such cluster")


if __name__ == "__main__":
    cli.main()
