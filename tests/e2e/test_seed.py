"""--seed random: a secret seed that resumed runs, results and indexes keep."""

import json

import wirecopy_cli as cli


class RandomSeed(cli.CommandTest):
    def setUp(self):
        super().setUp()
        self.articles, self.together = cli.some_articles()
        self.feed = self.write_articles("feed.jsonl", self.articles)

    def seed_of(self, result):
        return result.summary["parameters"]["seed"]

    def test_every_run_draws_a_new_seed_and_can_be_repeated(self):
        one = self.dedup(self.feed, "--seed", "random", out="one")
        two = self.dedup(self.feed, "--seed", "random", out="two")
        self.assertNotEqual(self.seed_of(one), self.seed_of(two))
        self.assertEqual(one.groups(), {frozenset(ids) for ids in self.together})
        self.assertEqual(one.groups(), two.groups())
        again = self.dedup(self.feed, "--seed", self.seed_of(one), out="again")
        self.assertEqual(cli.without_run(again.folder), cli.without_run(one.folder))

    def test_commands_that_read_a_result_use_its_seed(self):
        largest = (1 << 64) - 1  # not representable as a double
        for seed in ("random", largest):
            result = self.dedup(self.feed, "--seed", seed, "--force")
            kept, removed = [m["id"] for m in result.clusters[0]["members"]][:2]
            why = json.loads(cli.run("explain", result.folder, kept, removed, "--json").out)
            self.assertEqual(why["outcome"], "linked")
            page = self.folder / "page.html"
            done = cli.run("report", result.folder, "-o", page)
            self.assertEqual(done.status, 0, done)
            self.assertNotIn("warning", done.err)
        self.assertEqual(self.seed_of(result), largest)

    def test_sketches_with_different_seeds_are_refused(self):
        for name in ("one", "two"):
            done = cli.run("sketch", self.feed, "-o", self.folder / name, "--seed", "random")
            self.assertEqual(done.status, 0, done)
        self.fails(5, "resolve", self.folder / "one", self.folder / "two", "--out", self.folder / "result",
                   saying=r"two: was made with seed \d+, not \d+")
        done = cli.run("resolve", self.folder / "one", "--out", self.folder / "result")
        self.assertEqual(done.status, 0, done)
        self.assertEqual(cli.Result(self.folder / "result").groups(), {frozenset(ids) for ids in self.together})

    def test_an_index_keeps_its_seed(self):
        index = self.folder / "stories.index"
        seeds = set()
        for line in (self.feed.read_bytes().splitlines(keepends=True))[:3]:
            done = cli.run("stream", "--index", index, "--seed", "random", stdin=line)
            self.assertEqual(done.status, 0, done)
            seeds.add(json.loads(cli.run("index", "info", index).out)["options"]["seed"])
        self.assertEqual(len(seeds), 1)
        self.assertNotIn(1, seeds)
        self.assertEqual(cli.run("stream", "--index", index, stdin=b"").status, 0)
        self.fails(5, "stream", "--index", index, "--seed", 1, stdin=b"", saying="made with seed")
        self.fails(5, "dedup", self.feed, "--against", index, saying="another seed")
        done = cli.run("dedup", self.feed, "--against", index, "--seed", "random")
        self.assertEqual(done.status, 0, done)
        self.assertEqual(len(done.out.splitlines()) + 3, len(self.dedup(self.feed).kept()))

    def test_a_resumed_run_keeps_its_seed(self):
        feed = self.write("large.jsonl", cli.run("generate", "--articles", 18000, "--seed", 3).out)
        arguments = ("dedup", feed, "--memory", "64M", "--seed", "random", "--progress", "none", "--out",
                     self.folder / "result")
        state = self.folder / "result.partial" / "sketches"
        process = cli.start(*arguments)
        self.assertTrue(cli.wait_for(lambda: state.exists() and state.stat().st_size > 1 << 20))
        process.kill()
        process.communicate()
        self.fails(2, *arguments, saying="--resume")
        done = cli.run(*arguments, "--resume")
        self.assertEqual(done.status, 0, done)
        self.assertNotIn(self.seed_of(cli.Result(self.folder / "result")), (0, 1))

    def test_a_resumed_sketch_keeps_its_seed(self):
        sketch = self.folder / "feed.sketch"
        self.assertEqual(cli.run("sketch", self.feed, "-o", sketch, "--seed", "random").status, 0)
        sketch.rename(self.folder / "feed.sketch.partial")
        content = sketch.with_name("feed.sketch.partial").read_bytes()
        done = cli.run("sketch", self.feed, "-o", sketch, "--seed", "random", "--resume")
        self.assertEqual(done.status, 0, done)
        self.assertEqual(sketch.read_bytes(), content)

    def test_a_model_cannot_be_used_with_a_random_seed(self):
        self.fails(2, "dedup", self.feed, "--seed", "random", "--boilerplate-model", self.folder / "model",
                   saying="--seed random")

    def test_invalid_seeds_are_refused(self):
        for seed in ("-1", "x", "1.5", "", str(1 << 64), "Random"):
            self.fails(2, "dedup", self.feed, "--seed", seed, saying="--seed: must be a number .* or random")


if __name__ == "__main__":
    cli.main()
