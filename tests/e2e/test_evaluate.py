"""wirecopy evaluate: its scores compared with those of another program, and its messages about bad files."""

import json
import os
import pathlib
import random
import subprocess
import sys
import unittest

import wirecopy_cli as cli

# Another scorer of labelled pairs, if available, which prints the same scores as JSON.
SCORER = pathlib.Path(os.environ.get("WIRECOPY_PAIR_SCORER") or cli.CHECKOUT.parent / "shared/tools/score_pairs.py")


class EvaluatePairs(cli.CommandTest):
    def made_labels(self, seed):
        """Clusters of random sizes, and pairs with all labels within and across clusters."""
        draw = random.Random(seed)
        articles = [{"id": f"a{i}", "cluster": draw.choice([None, *"pqrstuv"])} for i in range(draw.randrange(2, 90))]
        pairs = []
        for _ in range(draw.randrange(1, 300)):
            a, b = draw.sample([article["id"] for article in articles] + ["unknown"], 2)
            label = draw.choice(["copy", "partial", "different"])
            weight = draw.choice([1.0, round(draw.uniform(0.1, 80), 3)])
            pairs.append({"a": a, "b": b, "label": label, "weight": weight, "stratum": "made", "sure": True})
        return articles, pairs

    def write_json_lines(self, name, rows):
        return self.write(name, [(json.dumps(row) + "\n").encode() for row in rows])

    def scores(self, *arguments):
        done = cli.run("evaluate", *arguments, "--json")
        self.assertEqual(done.status, 0, done)
        return json.loads(done.out)

    @unittest.skipUnless(SCORER.is_file(), f"there is no other scorer at {SCORER}")
    def test_scores_equal_those_of_another_scorer(self):
        for seed in range(12):
            articles, pairs = self.made_labels(seed)
            result, labels = self.write_json_lines("result", articles), self.write_json_lines("pairs", pairs)
            ours = self.scores(result, "--pairs", labels, "--errors", 5)
            command = [sys.executable, SCORER, labels, result]
            theirs = json.loads(subprocess.run([*command, "--json"], capture_output=True, check=True).stdout)
            for name in ("weighted", "unweighted"):
                for figure in ("precision", "recall", "f1", "f1_without_partial"):
                    self.assertAlmostEqual(ours[name][figure], theirs[name][figure], delta=1e-4)
                # Intervals are from other random samples; with 500 samples, their ends differ by a few hundredths at most.
                for our_end, their_end in zip(ours[name]["f1_90"], theirs[name]["f1_90"]):
                    self.assertAlmostEqual(our_end, their_end, delta=0.05 if len(pairs) > 30 else 0.3)
            if theirs["partial_linked"] is None:
                self.assertIsNone(ours["partial_linked"])
            else:
                self.assertAlmostEqual(ours["partial_linked"], theirs["partial_linked"], delta=1e-4)
            self.assertEqual(ours["clusters"], theirs["clusters"])
            self.assertEqual({k: n for k, n in ours["pairs"].items() if n}, theirs["pairs"])
            listed = subprocess.run([*command, "--errors", "5"], capture_output=True, check=True, text=True).stdout
            wrong = [line.split("\t")[:3] for line in listed.splitlines() if line.startswith(("missed", "false link"))]
            self.assertEqual([[e["error"], e["a"], e["b"]] for e in ours["errors"]], wrong)

    def test_tables_are_sanitized(self):
        result = self.write("result", [b"a\tx\n", b"b\tx\n"])
        pairs = self.write_json_lines("pairs", [{"a": "a", "b": "b\x1b[31m", "label": "copy", "stratum": "\x07"}])
        done = cli.run("evaluate", result, "--pairs", pairs)
        self.assertEqual(done.status, 0, done)
        self.assertNotIn(b"\x1b", done.out)
        self.assertIn(b"missed", done.out)
        self.assertIn("1 articles of the pairs are not in the result", done.err)

    def test_bad_files_and_options_are_reported(self):
        good = self.write("result", [b"a\tx\n"])
        bad = self.write("pairs", [b'{"a":"a","b":"b","label":"copy"}\n', b'{"a":"a"}\n'])
        done = cli.run("evaluate", good, "--pairs", bad)
        self.assertEqual(done.status, 4)
        self.assertIn("pairs:2: no b", done.err)
        self.assertEqual(cli.run("evaluate", good, "--pairs", self.folder / "none").status, 4)
        self.assertEqual(cli.run("evaluate", good).status, 2)
        self.assertEqual(cli.run("evaluate", good, "--pairs", bad, "--truth", bad).status, 2)


class EvaluateTruth(cli.CommandTest):
    def test_a_generated_feed_is_scored_against_its_truth(self):
        made, out = self.folder / "made", self.folder / "out"
        self.assertEqual(cli.run("generate", "--articles", 2000, "--seed", 5, "--out", made).status, 0)
        self.assertEqual(cli.run("dedup", made / "feed.jsonl", "--out", out, "--progress", "none").status, 0)
        done = cli.run("evaluate", out, "--truth", made / "truth.jsonl", "--json")
        self.assertEqual(done.status, 0, done)
        scores = json.loads(done.out)
        self.assertEqual((scores["articles"], scores["not_in_result"], scores["not_in_truth"]), (2000, 0, 0))
        for measure in ("pairs", "bcubed"):
            self.assertGreater(scores[measure]["f1"], 0.9)
        self.assertIn("original", {edit["edit"] for edit in scores["edits"]})

        itself = self.folder / "perfect.tsv"
        with open(made / "truth.jsonl", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        itself.write_text("".join(f"{row['id']}\t{row['story']}\n" for row in rows), encoding="utf-8")
        perfect = json.loads(cli.run("evaluate", itself, "--truth", made / "truth.jsonl", "--json").out)
        self.assertEqual((perfect["pairs"]["f1"], perfect["bcubed"]["f1"], perfect["adjusted_rand"]), (1, 1, 1))
        self.assertEqual((perfect["mixed_clusters"], perfect["torn_stories"]), ([], []))


class CheckRecall(cli.CommandTest):
    def test_the_recall_is_reported_and_does_not_depend_on_threads(self):
        made = self.folder / "made"
        self.assertEqual(cli.run("generate", "--articles", 1500, "--seed", 3, "--out", made).status, 0)
        checks = []
        for threads in (1, 3):
            out = self.folder / f"out{threads}"
            done = cli.run("dedup", made / "feed.jsonl", "--out", out, "--check-recall", 400, "--threads", threads)
            self.assertEqual(done.status, 0, done)
            self.assertIn("recall of candidates, on 400 articles", done.err)
            checks.append(json.loads((out / "summary.json").read_bytes())["check_recall"])
        self.assertEqual(checks[0], checks[1])
        self.assertEqual(checks[0]["articles"], 400)
        self.assertGreater(checks[0]["long_texts"]["pairs"], 20)
        low, high = checks[0]["long_texts"]["recall_95"]
        self.assertTrue(low <= checks[0]["long_texts"]["recall"] <= high)

    def test_without_the_option_recall_is_not_reported(self):
        out = self.folder / "out"
        feed = self.write("feed.jsonl", [b'{"id":"1","text":"one two three"}\n'])
        done = cli.run("dedup", feed, "--out", out)
        self.assertNotIn("recall", done.err)
        self.assertNotIn("check_recall", json.loads((out / "summary.json").read_bytes()))


if __name__ == "__main__":
    unittest.main()
