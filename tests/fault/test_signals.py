"""SIGINT and SIGTERM end a run within two seconds at any stage and leave no incomplete output."""

import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import wirecopy_cli as cli

SECONDS = 8 if cli.is_sanitized() else 2


class Signals(cli.CommandTest):
    def setUp(self):
        super().setUp()
        self.out = self.folder / "result"

    def stop(self, process, number=signal.SIGINT):
        """Sends the signal and checks that the run ends accordingly."""
        sent = time.monotonic()
        process.send_signal(number)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            self.fail("the run continues after the signal")
        self.assertLess(time.monotonic() - sent, SECONDS)
        err = process.stderr.read()
        process.stderr.close()
        self.assertEqual(process.returncode, 128 + number, err)
        self.assertNotIn(b"terminate called", err)
        return err

    def wait_until_it_reads(self, process):
        """Waits until it handles signals, and a little longer, until it waits for its input."""
        status = pathlib.Path(f"/proc/{process.pid}/status")
        blocked = lambda: int(re.search(r"SigBlk:\s*(\w+)", status.read_text())[1], 16)
        self.assertTrue(cli.wait_for(lambda: blocked() >> (signal.SIGINT - 1) & 1))
        time.sleep(0.3)

    def is_staging(self):
        return any(".partial-" in name for name in os.listdir(self.folder))

    def test_a_silent_pipe(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            process = cli.start("dedup", "--out", self.out, stdin=subprocess.PIPE)
            self.assertTrue(cli.wait_for(self.is_staging))
            self.stop(process, number)
            process.stdin.close()
            self.assert_nothing_left()

    def test_a_slow_pipe(self):
        lines = cli.lines_of(cli.some_articles()[0])
        process = cli.start("dedup", "--out", self.out, "--block-size", "4096", stdin=subprocess.PIPE)
        for line in lines[:20]:
            process.stdin.write(line)
            process.stdin.flush()
            time.sleep(0.01)
        self.assertTrue(cli.wait_for(self.is_staging))
        self.stop(process)
        process.stdin.close()
        self.assert_nothing_left()

    def test_a_fifo_without_a_writer(self):
        os.mkfifo(self.folder / "fifo")
        for arguments in ((), ("--out", self.out), ("--dry-run",)):
            process = cli.start("dedup", self.folder / "fifo", *arguments, stdout=subprocess.DEVNULL)
            self.wait_until_it_reads(process)
            self.stop(process)
            self.assert_nothing_left("fifo")

    def test_an_endless_feed(self):
        lines = b"".join(cli.lines_of(cli.some_articles()[0]))
        for arguments in (("--out", self.out), ()):
            process = cli.start("dedup", *arguments, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)

            def feed():
                try:
                    while True:
                        process.stdin.write(lines)
                except BrokenPipeError:
                    pass

            writer = threading.Thread(target=feed)
            writer.start()
            time.sleep(0.6)
            self.stop(process)
            writer.join()
            try:
                process.stdin.close()
            except BrokenPipeError:
                pass
            self.assert_nothing_left()

    def test_a_signal_at_any_moment_leaves_all_or_nothing(self):
        feed = self.write("feed.jsonl", cli.run("generate", "--articles", 5000).out)
        began = time.monotonic()
        expected = cli.without_run(self.dedup(feed, "--threshold", 0.2, out="expected").folder)
        whole = time.monotonic() - began
        stopped = 0
        for moment in range(1, 9):
            process = cli.start("dedup", feed, "--threshold", 0.2, "--out", self.out)
            time.sleep(whole * moment / 9)
            process.send_signal(signal.SIGINT if moment % 2 else signal.SIGTERM)
            process.communicate(timeout=20)
            if process.returncode == 0:
                self.assertTrue(cli.without_run(self.out) == expected)
                cli.shutil.rmtree(self.out)
            else:
                stopped += 1
                self.assertEqual(process.returncode, 130 if moment % 2 else 143)
            self.assert_nothing_left("expected", "feed.jsonl")
        self.assertGreater(stopped, 0)

    def test_an_earlier_result_is_kept(self):
        feed = self.write_articles("feed.jsonl", cli.some_articles()[0])
        self.dedup(feed)
        before = cli.without_run(self.out)
        process = cli.start("dedup", "-", "--out", self.out, "--force", stdin=subprocess.PIPE)
        self.assertTrue(cli.wait_for(self.is_staging))
        self.stop(process)
        process.stdin.close()
        self.assertEqual(cli.without_run(self.out), before)
        self.assert_nothing_left("feed.jsonl", "result")

    def test_a_reader_of_stdout_that_does_not_read(self):
        feed = self.write_articles("feed.jsonl", cli.some_articles(singles=3000)[0])
        for arguments in (("dedup", feed), ("generate", "--articles", "1M")):
            process = cli.start(*arguments, stdout=subprocess.PIPE)
            process.stdout.read(10)
            time.sleep(0.5)
            self.stop(process)
            process.stdout.close()

    def test_dry_run_and_generate(self):
        process = cli.start("dedup", "-", "--dry-run", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        self.wait_until_it_reads(process)
        self.stop(process)
        process.stdin.close()
        process = cli.start("generate", "--articles", "5M", "--out", self.folder / "made")
        time.sleep(0.5)
        self.stop(process)
        self.assert_nothing_left()

    def test_the_message_is_short(self):
        process = cli.start("dedup", "--out", self.out, stdin=subprocess.PIPE)
        self.assertTrue(cli.wait_for(self.is_staging))
        self.assertLess(len(self.stop(process).splitlines()), 2)
        process.stdin.close()


if __name__ == "__main__":
    unittest.main()
