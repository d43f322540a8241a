"""wirecopy report and dedup --report: the contents of the file."""

import base64
import hashlib
import json
import os
import re
import unittest

import wirecopy_cli as cli

HOSTILE = [
    '</script><img src=x onerror="document.title=1">',
    "<!--<script>alert(1)</script>",
    "two\u2028lines\u2029here",
    "\u202eright to left\u202c and \u0007a bell",
    "]]> & &lt;b&gt; \\u003c ' \" `${1}`",
]


def data_of(path):
    """The data inside a report."""
    page = path.read_text(encoding="utf-8")
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    return json.loads(found)


def replay(text, edits):
    """The second text, reconstructed from the first and the edits; None stands for text that is not shown."""
    units = text.encode("utf-16-le")
    at, out, rest = 0, [], list(edits)
    while rest:
        kind = rest.pop(0) % 8
        if kind == 5:
            rest.pop(0)
            out.append(None)
            continue
        length = 0 if kind == 3 else 2 * rest.pop(0)
        here = units[at:at + length].decode("utf-16-le")
        at += length
        if kind in (1, 3, 4):
            here = rest.pop(0)
        if kind != 2:
            out.append(here)
    assert at == len(units), "edits do not consume all of the first text"
    return out


def copies(seed=1, stories=8):
    """Stories of three outlets: the full text, a near copy and an excerpt."""
    writer = cli.Writer(seed)
    articles = []
    for story in range(stories):
        text = writer.text(200)
        number = 10 * story
        articles += [
            cli.article(number, text, title=f"Story {story} as it was", source="first.example", hour=1, language="en",
                        url=f"https://first.example/{story}"),
            cli.article(number + 1, writer.nearly(text, 0.1), title=f"Story {story} again", source="second.example", hour=3, language="en"),
            cli.article(number + 2, " ".join(text.split()[20:120]), title=f"Story {story} in short", source="third.example", hour=5, language="en"),
        ]
    return articles + [cli.article(1000 + n, writer.text(120), source="first.example") for n in range(15)]


class ReportTest(cli.CommandTest):
    def report(self, *arguments, result="result", name="report.html"):
        done = cli.run("report", self.folder / result, "-o", self.folder / name, *arguments)
        self.assertEqual(done.status, 0, done)
        self.assertEqual(done.out, b"")
        self.messages = done.err
        return data_of(self.folder / name)

    def report_of(self, articles, *options):
        feed = self.write_articles("feed.jsonl", articles)
        self.result = self.dedup(feed, *options)
        return self.report()


class Contents(ReportTest):
    def test_a_small_result_is_complete(self):
        data = self.report_of(copies())
        self.assertEqual(data["summary"], self.result.summary)
        self.assertEqual({c["id"] for c in data["clusters"]}, {c["cluster"] for c in self.result.clusters})
        self.assertEqual(data["shown"]["clusters"], data["shown"]["texts"])
        self.assertEqual(data["warnings"], [])
        by_id = {c["cluster"]: c for c in self.result.clusters}
        for shown in data["clusters"]:
            cluster = by_id[shown["id"]]
            self.assertEqual(shown["n"], cluster["size"])
            self.assertEqual([m["id"] for m in shown["m"]], [m["id"] for m in cluster["members"]])
            self.assertEqual([data["sources"][s] for s in shown["s"]], [o["source"] for o in cluster["outlets"]])
            self.assertEqual(data["languages"][shown["g"]], "en")
            for member, listed in zip(shown["m"], cluster["members"]):
                self.assertEqual(member.get("r"), listed["relation"])
                self.assertEqual("k" in member, listed["kept"])
                self.assertEqual(shown["h"][member["h"]][0], listed["title"])
                if listed["match"] is not None:
                    self.assertEqual(shown["m"][member["m"]]["id"], listed["match"])

    def test_edits_reproduce_each_copy(self):
        articles = copies(3)
        articles[0]["text"] = "🌧 Wörter " + articles[0]["text"].replace(" ", "\n\n", 3)
        texts = {a["id"]: a["text"] for a in articles}
        data = self.report_of(articles)
        seen = 0
        for cluster in data["clusters"]:
            self.assertEqual(cluster["x"]["x"], texts[cluster["m"][0]["id"]])
            for member in cluster["m"][1:]:
                made = replay(cluster["x"]["x"], member["e"])
                if None not in made:
                    self.assertEqual("".join(made), texts[member["id"]])
                    seen += 1
        self.assertGreater(seen, 10)

    def test_scores_of_pairs_equal_those_of_explain(self):
        data = self.report_of(copies())
        cluster = data["clusters"][0]
        first, second = cluster["m"][0], cluster["m"][2]
        done = cli.run("explain", self.folder / "result", first["id"], second["id"], "--json")
        scores = json.loads(done.out)["scores"]
        self.assertAlmostEqual(cluster["i"][1] / 100, max(scores["containment"], scores["contained"]), delta=0.011)

    def test_the_threshold_study_reproduces_the_run_at_its_own_threshold(self):
        for options in ([], ["--threshold", "0.7"], ["--drop", "exact,near"], ["--method", "minhash"], ["--keep", "earliest"]):
            with self.subTest(options=options):
                feed = self.write_articles("feed.jsonl", copies(5, 20))
                result = self.dedup(feed, *options, "--force")
                study = self.report()["threshold"]
                (own,) = [row for row in study["whatIf"] if row[0] == study["own"]]
                self.assertEqual(own[1:], [result.counts["duplicate"], result.counts["clusters"],
                                           max(c["size"] for c in result.clusters)])
                self.assertEqual(sum(study["bins"]) + study["never"], study["candidates"])
                self.assertLessEqual(study["candidates"], result.summary["search"]["verified"])

    def test_who_republishes_whom(self):
        data = self.report_of(copies())
        outlets = {data["sources"][o["s"]]: o for o in data["outlets"]}
        self.assertEqual(outlets["first.example"]["f"], 8)
        self.assertEqual(outlets["first.example"]["n"], 23)
        self.assertEqual(outlets["third.example"]["l"], 4 * 3600)
        names = [data["sources"][s] for s in data["flow"]["s"]]
        flows = {(names[a], names[b]): (stories, lag) for a, b, stories, lag in data["flow"]["x"]}
        self.assertEqual(flows, {("first.example", "second.example"): (8, 7200), ("first.example", "third.example"): (8, 14400)})

    def test_the_tray_has_pairs_near_the_threshold_and_removed_ones(self):
        writer = cli.Writer(9)
        articles = []
        for step in range(30):  # shares of 30 % to 70 %
            text = writer.text(200).split(" ")
            shared = 60 + 3 * step
            articles += [cli.article(2 * step, " ".join(text)), cli.article(2 * step + 1, " ".join(text[:shared] + writer.words(200 - shared)))]
        data = self.report_of(articles)
        sides = {side: [pair for pair in data["tray"] if pair["z"] == side] for side in ("below", "above", "removed")}
        self.assertTrue(all(pair["t"] < 0.5 and not pair["l"] for pair in sides["below"]))
        self.assertTrue(all(pair["t"] >= 0.5 and pair["l"] for pair in sides["above"]))
        self.assertEqual([pair["t"] for pair in sides["below"]], sorted((pair["t"] for pair in sides["below"]), reverse=True))
        removed = {a["id"] for a in self.result.articles if not a["kept"]}
        self.assertEqual({pair["p"][1]["id"] for pair in sides["removed"]}, removed)
        self.assertTrue(sides["below"] and sides["above"])

    def test_the_report_does_not_depend_on_threads(self):
        self.report_of(copies())
        for threads in (1, 3):
            self.report("--threads", threads, name=f"{threads}.html")
        self.assertEqual((self.folder / "1.html").read_bytes(), (self.folder / "3.html").read_bytes())


class Safety(ReportTest):
    def test_text_of_the_feed_cannot_escape_from_the_data(self):
        articles = copies()
        for at, title in enumerate(HOSTILE):
            articles[3 * at]["title"] = title
            articles[3 * at + 1]["source"] = title
            articles[3 * at]["url"] = f"javascript:alert({at})"
            articles[3 * at]["text"] = title + " " + articles[3 * at]["text"]
        data = self.report_of(articles)
        page = (self.folder / "report.html").read_text(encoding="utf-8")
        self.assertEqual(page.count("</script"), 2)
        self.assertEqual(page.count("<script"), 2)
        self.assertNotIn("<!--", page)
        self.assertNotIn("<img", page)
        self.assertNotIn("\u2028", page)
        self.assertNotIn('"javascript:', page)
        titles = {headline for cluster in data["clusters"] for headline, _ in cluster["h"]}
        self.assertLessEqual(set(HOSTILE), titles)

    def test_the_policy_allows_only_its_own_script_and_style(self):
        self.report_of(copies())
        page = (self.folder / "report.html").read_bytes()
        policy = re.search(rb'Content-Security-Policy" content="([^"]*)"', page)[1].decode()
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)
        for tag, source in ((b"<script>", "script-src"), (b"<style>", "style-src")):
            end = tag.replace(b"<", b"</")
            content = page[page.rindex(tag) + len(tag):page.rindex(end)]
            digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
            self.assertIn(f"{source} 'sha256-{digest}'", policy)
        self.assertEqual(re.findall(rb'(?:src|href)="[^"]', page[:page.index(b'id="data"')]), [])

    def test_a_file_that_is_not_a_report_is_not_replaced(self):
        self.report_of(copies())
        feed = self.folder / "feed.jsonl"
        before = feed.read_bytes()
        self.fails(2, "report", self.folder / "result", "-o", feed, saying="exists and is not a report")
        self.fails(2, "dedup", feed, "--out", self.folder / "other", "--report", feed, saying="exists and is not a report")
        self.assertEqual(feed.read_bytes(), before)
        self.assertFalse((self.folder / "other").exists())
        self.report()  # an earlier report is replaced

    def test_bad_paths(self):
        self.report_of(copies())
        self.fails(2, "report", self.folder, "-o", self.folder / "x.html", saying="is no(t a)? result")
        self.fails(4, "report", self.folder / "result", "-o", self.folder / "none/x.html", saying="none")
        self.fails(2, "dedup", self.folder / "feed.jsonl", "--report", self.folder / "x.html", saying="--out")
        (self.folder / "result/clusters.jsonl").write_text("{}\n")
        self.fails(5, "report", self.folder / "result", "-o", self.folder / "x.html", saying="clusters.jsonl:1")
        self.assertFalse((self.folder / "x.html").exists())


class WithoutTheFeed(ReportTest):
    def assert_without_texts(self, data, why):
        self.assertRegex(data["warnings"][0], why)
        self.assertRegex(self.messages, why)
        self.assertNotIn("threshold", data)
        self.assertEqual(data["tray"], [])
        self.assertEqual(data["shown"]["texts"], 0)
        self.assertEqual(data["shown"]["listed"], 8)
        self.assertTrue(all("m" in cluster and "x" not in cluster for cluster in data["clusters"]))

    def test_a_missing_feed(self):
        self.report_of(copies())
        os.remove(self.folder / "feed.jsonl")
        self.assert_without_texts(self.report(), "no such file")

    def test_a_changed_feed(self):
        self.report_of(copies())
        with open(self.folder / "feed.jsonl", "ab") as feed:
            feed.write(b"{}\n")
        self.assert_without_texts(self.report(), "changed")

    def test_a_feed_from_standard_input(self):
        self.write_articles("feed.jsonl", copies())
        done = cli.run("dedup", "-", "--out", self.folder / "result", stdin=(self.folder / "feed.jsonl").read_bytes())
        self.assertEqual(done.status, 0, done)
        self.assert_without_texts(self.report(), "standard input")

    def test_an_empty_feed_and_a_feed_without_copies(self):
        for number, articles in enumerate(([], [cli.article(1, "a single article without copies")])):
            feed = self.write_articles(f"feed{number}.jsonl", articles)
            self.dedup(feed, out=f"result{number}")
            data = self.report(result=f"result{number}")
            self.assertEqual(data["clusters"], [])
            self.assertEqual(data["warnings"], [])


class Sizes(ReportTest):
    def test_a_report_of_a_day_has_less_than_five_megabytes(self):
        made = self.folder / "made"
        self.assertEqual(cli.run("generate", "--articles", 22000, "--seed", 7, "--out", made).status, 0)
        done = cli.run("dedup", made / "feed.jsonl", "--out", self.folder / "result", "--report", self.folder / "report.html")
        self.assertEqual(done.status, 0, done)
        self.assertLess((self.folder / "report.html").stat().st_size, 5_000_000)
        data = data_of(self.folder / "report.html")
        self.assertGreater(data["shown"]["texts"], 100)
        self.assertEqual(data["shown"]["clusters"], data["summary"]["counts"]["clusters"])

    def test_a_cluster_of_thousands_is_truncated(self):
        text = cli.Writer(4).text(100)
        data = self.report_of([cli.article(n, text, source=f"o{n % 900}.example") for n in range(3000)])
        (cluster,) = data["clusters"]
        self.assertEqual(cluster["n"], 3000)
        self.assertEqual(len(cluster["m"]) + cluster["more"], 3000)
        self.assertLess((self.folder / "report.html").stat().st_size, 600_000)


if __name__ == "__main__":
    unittest.main()
