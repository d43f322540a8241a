"""A day of real news, if available: the run succeeds and its counts add up."""

import shutil
import subprocess

import wirecopy_cli as cli

DAY = cli.CHECKOUT.parent / "shared/data/news-day/articles.jsonl.zst"
LINES = 22081


class RealDay(cli.CommandTest):
    def setUp(self):
        super().setUp()
        if not DAY.exists():
            self.skipTest("the day of real news is not at ../shared/data/news-day")

    def test_the_run_succeeds_and_its_counts_add_up(self):
        result = self.dedup(DAY)
        self.assertEqual(result.counts["read"], LINES)
        self.assertEqual(result.counts["rejected"], 0)
        self.assertGreater(result.counts["clusters"], 500)
        self.assertLess(max(c["size"] for c in result.clusters), 500)
        if shutil.which("zstd"):
            data = subprocess.run(["zstd", "-dc", DAY], capture_output=True, check=True).stdout
            self.assert_contract(result, {str(DAY): data})


if __name__ == "__main__":
    cli.main()
