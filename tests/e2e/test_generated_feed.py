"""A generated feed compared with its truth, end to end with the real binary."""

import collections
import json

import wirecopy_cli as cli


def pairs(sizes):
    return sum(n * (n - 1) // 2 for n in sizes)


def pair_scores(truth, articles):
    """Precision, recall and F1 over pairs of articles of the same story."""
    linked = [a for a in articles if a["cluster"] is not None]
    found = pairs(collections.Counter(a["cluster"] for a in linked).values())
    expected = pairs(collections.Counter(truth.values()).values())
    right = pairs(collections.Counter((a["cluster"], truth[a["id"]]) for a in linked).values())
    precision, recall = right / max(found, 1), right / max(expected, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


class GeneratedFeed(cli.CommandTest):
    def generate(self, articles, seed, name="made"):
        done = cli.run("generate", "--articles", articles, "--seed", seed, "--out", self.folder / name)
        self.assertEqual([done.status, done.out], [0, b""], done)
        truth = {t["id"]: t["story"] for t in cli.read_lines(self.folder / name / "truth.jsonl")}
        self.assertEqual(len(truth), articles)
        return self.folder / name / "feed.jsonl", truth

    def test_clusters_are_the_stories(self):
        for seed in (3, 4):
            feed, truth = self.generate(2500, seed, f"made{seed}")
            for threshold, floor in ((0.2, 0.75), (0.5, 0.93)):
                result = self.dedup(feed, "--threshold", threshold, "--force")
                self.assert_contract(result, {str(feed): feed.read_bytes()})
                precision, recall, f1 = pair_scores(truth, result.articles)
                self.assertGreater(f1, floor, f"precision {precision:.3f}, recall {recall:.3f}, seed {seed}")

    def test_equal_texts_are_copies(self):
        feed, truth = self.generate(2500, 5)
        precision, _, _ = pair_scores(truth, self.dedup(feed, "--method", "exact").articles)
        self.assertEqual(precision, 1)

    def test_footers_are_learned_with_titles_too(self):
        feed, _ = self.generate(2500, 6)
        def blocks(*options):
            folder = self.dedup(feed, "--force", *options).folder
            return {block["text"] for block in cli.read_lines(folder / "boilerplate.jsonl")}

        plain, titled = blocks(), blocks("--title")
        self.assertGreater(len(plain), 50)
        self.assertGreater(len(plain & titled), 0.8 * len(plain))

    def test_the_same_seed_gives_the_same_bytes(self):
        first, _ = self.generate(500, 7, "first")
        second, _ = self.generate(500, 7, "second")
        third, _ = self.generate(500, 8, "third")
        self.assertEqual(first.read_bytes(), second.read_bytes())
        self.assertEqual(cli.run("generate", "--articles", "500", "--seed", "7").out, first.read_bytes())
        self.assertNotEqual(first.read_bytes(), third.read_bytes())

    def test_a_feed_through_a_pipe(self):
        feed, _ = self.generate(1000, 1)
        expected = self.dedup(feed).unique
        script = '"$0" generate --articles 1k | "$0" dedup - | "$0" dedup'
        done = cli.subprocess.run(["bash", "-c", script, cli.BINARY], capture_output=True, timeout=cli.TIMEOUT)
        self.assertEqual(done.returncode, 0)
        kept = {json.loads(line)["id"] for line in expected.splitlines()}
        self.assertLessEqual({json.loads(line)["id"] for line in done.stdout.splitlines()}, kept)

    def test_kept_articles_have_few_copies(self):
        feed, _ = self.generate(2000, 9)
        once = self.dedup(feed, out="once")
        again = self.dedup(self.folder / "once" / "unique.jsonl", out="again")
        self.assertLess(again.counts["duplicate"], 0.05 * once.counts["duplicate"])


if __name__ == "__main__":
    cli.main()
