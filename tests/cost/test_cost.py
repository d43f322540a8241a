"""The cost of a run grows at most in proportion to the feed: at most 2.3 times for twice the feed.

Each law compares a feed of one kind (hostile_feeds.py) with one of four times its size. A violation counts only if it
is confirmed by repeated measurements. WIRECOPY_COST_SCALE multiplies the sizes; scripts/cost prints the figures.
"""

import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import costs

# Laws that do not hold by design: up to 64 articles that share most of their shingles, all pairs are compared, so the cost
# of so few copies of a long text grows with their square. Beyond that, each is compared with a bounded number of others.
UNMET = {("large_near_copies", "dedup"), ("large_near_copies", "stream")}
SCALE = int(os.environ.get("WIRECOPY_COST_SCALE", "1"))
TRIES = 4


@unittest.skipIf(costs.cli.is_sanitized(), "a sanitizer changes the costs")
class CostLaws(unittest.TestCase):
    def test_costs_grow_at_most_linearly(self):
        runs = costs.Costs()
        self.addCleanup(runs.close)
        kinds = {kind: [] for kind, _ in costs.laws()}
        for kind, command in costs.laws():
            kinds[kind].append(command)
        for kind, commands in kinds.items():
            for command in commands:
                with self.subTest(kind=kind, command=command):
                    if (kind, command) in UNMET:
                        self.skipTest("all pairs of so few copies are compared")
                    self.assert_linear(runs, kind, command)
            runs.forget(kind)

    def assert_linear(self, runs, kind, command):
        for _ in range(TRIES):
            violation = costs.exceeds(*runs.growth(kind, command, SCALE * costs.SIZES[kind]))
            if violation is None:
                return
        self.fail(f"{command} of {kind}: {violation} for four times the feed")


if __name__ == "__main__":
    unittest.main()
