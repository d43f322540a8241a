"""The provenance in a result: first seen, agency, outlets, headlines, versions; lead-ins; --keep."""

import random

import wirecopy_cli as cli


def copies():
    """Five copies of an agency story, and a separate story."""
    writer = cli.Writer(5)
    body, other = writer.text(), writer.text()
    return [
        {"id": "b", "source": "late.example", "published": "2024-01-01T10:10:00Z", "title": "UPDATE 2-Storm in town",
         "text": "LONDON (Reuters) - " + body},
        {"id": "a", "source": "early.example", "published": "2024-01-01T10:00:00Z", "title": "Storm in town", "text": body},
        {"id": "c", "source": "late.example", "published": "2024-01-01T12:00:00Z", "title": "Storm in town",
         "text": body + "\nSource: Reuters"},
        {"id": "d", "source": "undated.example", "title": "Storm hits (updated)", "text": body + " (AFP)"},
        {"id": "e", "source": "full.example", "published": "2024-01-01T11:00:00Z", "title": "Gale",
         "text": body + " " + " ".join(writer.words(30)) + "."},
        {"id": "alone", "source": "early.example", "published": "2024-01-01T09:00:00Z", "title": "Other", "text": other},
    ]


class Provenance(cli.CommandTest):
    def test_a_cluster_has_its_provenance(self):
        [cluster] = self.dedup_articles(copies()).clusters
        self.assertEqual(cluster["first_seen"],
                         {"id": "a", "source": "early.example", "published": "2024-01-01T10:00:00Z"})
        self.assertEqual(cluster["agency"], "Reuters")
        self.assertEqual([(o["source"], o["published"], o["lag_seconds"]) for o in cluster["outlets"]],
                         [("early.example", "2024-01-01T10:00:00Z", 0), ("late.example", "2024-01-01T10:10:00Z", 600),
                          ("full.example", "2024-01-01T11:00:00Z", 3600), ("undated.example", None, None)])
        self.assertEqual([(h["title"], h["count"]) for h in cluster["headlines"]],
                         [("Storm in town", 2), ("UPDATE 2-Storm in town", 1), ("Gale", 1), ("Storm hits (updated)", 1)])
        members = {m["id"]: m for m in cluster["members"]}
        self.assertEqual({i: m.get("agency") for i, m in members.items()},
                         {"a": None, "b": "Reuters", "c": "Reuters", "d": "AFP", "e": None})
        self.assertEqual({i: m.get("version") for i, m in members.items()},
                         {"a": None, "b": "UPDATE 2", "c": None, "d": "UPDATE", "e": None})
        for member in cluster["members"]:
            expected = None if member["containment"] is None else 1 - member["containment"]
            self.assertEqual(member["own"] is None, expected is None)
            if expected is not None:
                self.assertAlmostEqual(member["own"], expected, places=3)

    def test_the_order_of_the_feed_does_not_matter(self):
        articles = copies()
        expected = self.dedup_articles(articles).clusters
        for seed in range(5):
            random.Random(seed).shuffle(articles)
            self.assertEqual(self.dedup_articles(articles).clusters, expected)

    def test_keep_credited_prefers_a_copy_with_a_credit_then_the_fullest(self):
        for turned in (copies(), copies()[::-1]):
            self.assertEqual(self.dedup_articles(turned).cluster_of("a")["canonical"], "e")
            self.assertIn(self.dedup_articles(turned, "--keep", "credited").cluster_of("a")["canonical"], ("b", "c"))
        without = [a for a in copies() if a["id"] in ("a", "e")]
        self.assertEqual(self.dedup_articles(without, "--keep", "credited").cluster_of("a")["canonical"], "e")

    def test_a_date_line_or_a_feed_mark_makes_no_difference(self):
        text = cli.Writer(9).text()
        leads = ["", "18 Nov 2019\n", "(MENAFN) ", "(MENAFN - Some Agency (SA)) ", "2019-11-18T10:15:00Z\n(MENAFN)\n"]
        articles = [{"id": str(i), "title": "Storm", "text": lead + text} for i, lead in enumerate(leads)]
        result = self.dedup_articles(articles)
        self.assertEqual(len(result.kept()), 1)
        self.assertEqual({a["relation"] for a in result.articles if not a["kept"]}, {"exact"})


if __name__ == "__main__":
    cli.main()
