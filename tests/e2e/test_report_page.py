"""The report in a real browser: drawing, sorting, searching, labelling, and resistance to hostile text."""

import json
import struct
import unittest

import browser as web
import test_report as made
import wirecopy_cli as cli

VIEWS = ["overview", "stories", "outlets", "tray"]


@unittest.skipIf(web.WHY_NOT, web.WHY_NOT)
class PageTest(made.ReportTest):
    @classmethod
    def setUpClass(cls):
        cls.browser = web.Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()

    def open_report_of(self, articles, *options, fragment=""):
        self.data = self.report_of(articles, *options)
        self.open(fragment)

    def open(self, fragment=""):
        self.browser.open(self.folder / "report.html", fragment)

    def rows(self, cells="table.stories tbody tr td.title a"):
        return self.browser.texts(cells)

    def assert_no_errors(self):
        self.assertEqual(self.browser.console_messages(), [])


class Views(PageTest):
    def test_every_view_draws_without_errors(self):
        self.open_report_of(made.copies())
        for view in VIEWS:
            with self.subTest(view=view):
                self.open("#" + view)
                self.assertGreater(len(self.browser.text("main")), 100)
                self.assert_no_errors()
        first = self.data["clusters"][0]
        self.open("#story=" + first["id"])
        self.assertIn(first["t"], self.browser.text("h1"))
        self.open("#outlet=first.example")
        self.assertIn("second.example", self.browser.text("main"))
        self.open("#story=unknown")
        self.assertIn("not in the report", self.browser.text("main"))
        self.assert_no_errors()

    def test_the_overview_has_its_rankings(self):
        articles = made.copies()
        for article in articles[:2]:
            article["text"] = "LONDON (Reuters) - " + article["text"]
        self.open_report_of(articles)
        text = self.browser.text("main")
        counts = self.result.counts
        for words in (f"{counts['read']} articles", "Most syndicated", "Agencies", "First to publish", "Least original", "Reuters",
                      "Is the threshold right?", "About this run", self.result.summary["parameters"]["fingerprint"]):
            self.assertIn(words, text)
        self.assertNotIn("Worth a second look", text)  # every story holds together
        self.assertGreater(self.browser.count("svg.chart rect.bin"), 10)
        for stage in self.result.summary["run"]["stages"]:
            self.assertIn(stage["stage"], text)

    def test_another_threshold_can_be_tried(self):
        self.open_report_of(made.copies())
        before = self.browser.text("output.reading")
        self.assertIn("At 0.50", before)
        self.browser.run("const slider = document.querySelector('input[type=range]'); slider.value = slider.max; slider.dispatchEvent(new Event('input'))")
        self.assertIn("At 1.00", self.browser.text("output.reading"))
        self.assertNotEqual(before, self.browser.text("output.reading"))

    def test_without_the_feed_there_is_a_warning(self):
        self.data = self.report_of(made.copies())
        (self.folder / "feed.jsonl").unlink()
        self.report()
        for view in VIEWS:
            self.open("#" + view)
            self.assert_no_errors()
        self.open()
        self.assertIn("no such file", self.browser.text(".warning"))
        self.open("#story=" + self.data["clusters"][0]["id"])
        self.assertIn("No texts", self.browser.text("main"))

    def test_an_empty_result_is_drawn(self):
        self.open_report_of([cli.article(1, "a single article without copies")])
        for view in VIEWS:
            self.open("#" + view)
            self.assertTrue(self.browser.text("main"))
        self.assert_no_errors()


class Stories(PageTest):
    def test_search_finds_titles_outlets_and_ids(self):
        self.open_report_of(made.copies(), fragment="#stories")
        self.assertEqual(len(self.rows()), 8)
        self.browser.press("/")
        self.browser.type("#search", "STORY 3")
        self.assertEqual(self.rows(), ["Story 3 as it was"])
        self.assertIn("1 story", self.browser.text("p.count"))
        for words, count in (("third.example", 8), ("a52", 1), ("nowhere", 0)):
            self.browser.run("const box = document.getElementById('search'); box.value = arguments[0]; box.dispatchEvent(new Event('input'))", words)
            self.assertEqual(len(self.rows()), count, words)
        self.assert_no_errors()

    def test_columns_sort_both_ways(self):
        self.open_report_of(made.copies(), fragment="#stories")
        self.browser.click("th.title button")
        rising = self.rows()
        self.assertEqual(rising, sorted(rising))
        self.browser.click("th.title button")
        self.assertEqual(self.rows(), rising[::-1])
        self.assertEqual(self.browser.run("return document.querySelector('th.title').getAttribute('aria-sort')"), "descending")

    def test_badges_are_filters(self):
        text = cli.Writer(8).text(90)
        exact = [cli.article(2000 + n, text, title="The same twice", source="twice.example") for n in range(2)]
        self.open_report_of(made.copies() + exact, fragment="#stories")
        self.browser.click("button.chip.one-outlet")
        self.assertEqual(self.rows(), ["The same twice"])
        self.browser.click("button.chip.one-outlet")
        self.browser.click("button.chip.syndicated")
        self.assertEqual(len(self.rows()), 8)

    def test_a_story_opens_with_its_copies_side_by_side(self):
        self.open_report_of(made.copies(), fragment="#stories")
        self.browser.click("table.stories tbody tr:nth-child(2) td.title a")
        self.browser.wait(lambda: self.browser.count(".side-by-side") == 1)
        self.assertEqual(self.browser.count("table.members tbody tr"), 3)
        self.assertGreater(self.browser.count(".side-by-side ins"), 0)
        self.assertGreater(self.browser.count(".side-by-side del"), 0)
        before = self.browser.text(".side-by-side .other h4")
        self.browser.click("table.members tbody tr:nth-child(3)")
        self.assertNotEqual(self.browser.text(".side-by-side .other h4"), before)
        self.assertEqual(self.browser.count("svg.grid-chart g"), 6)
        self.assert_no_errors()

    def test_arrow_keys_move_between_stories(self):
        self.open_report_of(made.copies(), fragment="#stories")
        order = self.rows()
        self.browser.click("table.stories tbody tr:nth-child(1) td.title a")
        self.browser.wait(lambda: self.browser.text("h1") == order[0])
        self.browser.press("ArrowRight")
        self.browser.wait(lambda: self.browser.text("h1") == order[1])
        self.browser.press("ArrowLeft")
        self.browser.wait(lambda: self.browser.text("h1") == order[0])

    def test_texts_are_shown_unchanged(self):
        articles = made.copies()
        self.open_report_of(articles)
        cluster = self.data["clusters"][0]
        texts = {a["id"]: a["text"] for a in articles}
        self.open("#story=" + cluster["id"])
        self.assertEqual(self.browser.run("return document.querySelector('.side-by-side .one .text').textContent"), texts[cluster["m"][0]["id"]])


class Labels(PageTest):
    def borderline(self):
        writer = cli.Writer(9)
        articles = []
        for step in range(24):
            text = writer.text(200).split(" ")
            shared = 60 + 4 * step
            articles += [cli.article(2 * step, " ".join(text)), cli.article(2 * step + 1, " ".join(text[:shared] + writer.words(200 - shared)))]
        return articles

    def test_pairs_are_labelled_by_key_and_downloaded_for_evaluate(self):
        self.open_report_of(self.borderline(), fragment="#tray")
        keys = ["s", "p", "d", "s", "s", "d", "s"]
        for key in keys:
            self.browser.press(key)
        self.assertIn(f"Pair {len(keys) + 1} of", self.browser.text(".tray-head"))
        self.assertEqual(self.browser.count("svg .line.f1"), 1)
        self.browser.click("#download")
        target = self.browser.downloads / "pairs.jsonl"
        self.browser.wait(lambda: target.exists() and target.stat().st_size > 0)
        pairs = cli.read_lines(target)
        target.rename(self.folder / "pairs.jsonl")
        self.assertEqual([pair["label"] for pair in pairs], [{"s": "copy", "p": "partial", "d": "different"}[key] for key in keys])
        self.assertEqual([(pair["a"], pair["b"]) for pair in pairs], [tuple(one["id"] for one in pair["p"]) for pair in self.data["tray"][:len(keys)]])
        done = cli.run("evaluate", self.folder / "result", "--pairs", self.folder / "pairs.jsonl", "--curve", "--json")
        self.assertEqual(done.status, 0, done)
        scores = json.loads(done.out)
        self.assertEqual(scores["pairs"], {"copy": 4, "partial": 1, "different": 2})
        for step in scores["curve"]:
            self.assertAlmostEqual(step["f1"], self.browser.run("return scoresAt(arguments[0]).f1", step["threshold"]), places=4)
        self.assert_no_errors()

    def test_labels_can_be_removed_and_persist(self):
        self.open_report_of(self.borderline(), fragment="#tray")
        self.browser.click("button.label.copy")
        self.browser.press("ArrowLeft")
        self.assertEqual(self.browser.run("return document.querySelector('button.label.copy').getAttribute('aria-pressed')"), "true")
        self.open("#tray")
        self.assertIn("1 label", self.browser.text(".tray-head"))
        self.browser.click("button.label.copy")
        self.assertIn("0 labels", self.browser.text(".tray-head"))


class Safety(PageTest):
    def test_hostile_text_is_shown_as_text(self):
        articles = made.copies()
        for at, title in enumerate(made.HOSTILE):
            articles[3 * at]["title"] = articles[3 * at + 1]["title"] = title
            articles[3 * at]["source"] = title
            articles[3 * at]["url"] = f"javascript:document.title='{at}'"
            articles[3 * at]["text"] += " " + title
        self.open_report_of(articles)
        fragments = [f"#{view}" for view in VIEWS] + [f"#story={cluster['id']}" for cluster in self.data["clusters"]]
        fragments += ["#outlet=" + "".join(f"%{byte:02x}" for byte in title.encode()) for title in made.HOSTILE]
        fragments += ["#story=%3Cimg%20src=x%3E", "#stories?agency=%3Cscript%3E"]
        for fragment in fragments:
            with self.subTest(fragment=fragment):
                self.open(fragment)
                self.assertEqual(self.browser.count("img, iframe, object, embed, script:not([type]) ~ script, [onerror], [onclick]"), 0)
                links = self.browser.run("return [...document.querySelectorAll('a')].map((a) => a.protocol)")
                self.assertLessEqual(set(links), {"file:", "https:", "http:"})
                self.assertTrue(self.browser.run("return document.title").endswith("who copied whom"))
                self.assertFalse(self.browser.run("return /[\\u202a-\\u202e\\u2066-\\u2069\\u0007]/.test(document.body.innerText)"))
                self.assert_no_errors()
        self.open("#stories")
        self.assertIn(made.HOSTILE[0], self.rows())

    def test_the_policy_blocks_injected_code(self):
        self.open_report_of(made.copies())
        self.browser.run("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"document.title=1\">');"
                         "const s = document.createElement('script'); s.textContent = 'document.title = 2'; document.body.append(s)")
        messages = self.browser.console_messages()
        self.assertTrue(any("Content Security Policy" in message for message in messages), messages)
        self.assertTrue(self.browser.run("return document.title").endswith("who copied whom"))

    def test_there_are_no_network_requests(self):
        self.open_report_of(made.copies(), fragment="#overview")
        requested = self.browser.run("return performance.getEntriesByType('resource').map((one) => one.name)")
        self.assertEqual(requested, [])


class Layout(PageTest):
    def test_no_horizontal_scrolling_on_a_phone(self):
        self.data = self.report_of(made.copies())
        self.browser.resize(390, 800)
        try:
            for fragment in [f"#{view}" for view in VIEWS if view != "outlets"] + ["#story=" + self.data["clusters"][0]["id"]]:
                self.open(fragment)
                self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 391, fragment)
        finally:
            self.browser.resize(1280, 900)

    def test_dark_and_light_colour_schemes(self):
        self.open_report_of(made.copies())
        backgrounds = set()
        for scheme in ("light", "dark"):
            self.browser.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            backgrounds.add(self.browser.run("return getComputedStyle(document.body).backgroundColor"))
            self.assertEqual(struct.unpack(">II", self.browser.screenshot()[16:24]), (1280, 900))
        self.browser.devtools("Emulation.setEmulatedMedia", features=[])
        self.assertEqual(len(backgrounds), 2)

    def test_right_to_left_text(self):
        letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
        draw = cli.Writer(12).random
        text = " ".join("".join(draw.choices(letters, k=5)) for _ in range(120))
        self.open_report_of([cli.article(n, text, title=f"{text[:40]} {n}", language="ar") for n in range(2)])
        self.open("#story=" + self.data["clusters"][0]["id"])
        self.assertEqual(self.browser.run("return getComputedStyle(document.querySelector('.text')).direction"), "rtl")
        self.assertEqual(self.browser.run("return getComputedStyle(document.body).direction"), "ltr")

    def test_printing(self):
        self.open_report_of(made.copies())
        page = self.browser.devtools("Page.printToPDF", printBackground=True)["data"]
        self.assertGreater(len(page), 10_000)
        self.browser.devtools("Emulation.setEmulatedMedia", media="print")
        hidden = self.browser.run("return getComputedStyle(document.querySelector('.tabs')).display")
        self.browser.devtools("Emulation.setEmulatedMedia", media="")
        self.assertEqual(hidden, "none")


if __name__ == "__main__":
    unittest.main()
