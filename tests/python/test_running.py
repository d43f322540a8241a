"""Other Python threads keep running during a call, and Ctrl-C interrupts long calls."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
import wirecopy
from made_feed import command

# An extension with a sanitizer (scripts/sanitize python) is slow.
PATIENCE = 20 if "libasan" not in os.environ.get("LD_PRELOAD", "") else 200

PROGRAM = """
import os, sys, time, wirecopy
def articles():
    n = 0
    while True:
        n += 1
        yield {"id": str(n), "text": f"number {n} " * 50}
print("ready", flush=True)
try:
    """


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    path = tmp_path_factory.mktemp("large")
    command("generate", "--articles", 40_000, "--seed", 3, "--out", path / "made")
    return path / "made/feed.jsonl"


def test_other_threads_keep_running(large):
    turns, is_done = 0, threading.Event()

    def work():
        wirecopy.deduplicate(large)
        is_done.set()

    thread = threading.Thread(target=work)
    thread.start()
    longest, last = 0.0, (start := time.monotonic())
    while not is_done.is_set():
        turns += 1
        time.sleep(0.001)
        now = time.monotonic()
        longest, last = max(longest, now - last), now
    thread.join()
    assert turns > 50 and longest < (last - start) / 2, (turns, longest)


@pytest.mark.parametrize("call", [
    "wirecopy.deduplicate([sys.argv[1]] * 50)",
    "wirecopy.deduplicate(sys.argv[2])",  # a pipe without a writer
    "wirecopy.deduplicate(articles())",
    "wirecopy.Index().add_batch(articles())",
    "wirecopy.signatures(['some words of a text ' * 2000] * 200_000)",
])
def test_ctrl_c(call, large, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    program = PROGRAM + call + "\nexcept KeyboardInterrupt:\n    print('interrupted', flush=True)\n    sys.exit(7)\n"
    process = subprocess.Popen([sys.executable, "-c", program, str(large), str(tmp_path / "pipe")],
                               stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.7)
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=PATIENCE)
        assert (out, process.returncode) == ("interrupted\n", 7)
        assert time.monotonic() - start < PATIENCE / 2
    finally:
        process.kill()
        process.wait()


def test_the_exception_of_a_signal_handler_is_raised(large):
    class Alarm(Exception):
        pass

    def ring(*_):
        raise Alarm

    old = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with pytest.raises(Alarm):
            wirecopy.deduplicate([large] * 50)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
    assert wirecopy.deduplicate([{"text": "a"}]).kept == 1


def test_concurrent_calls(large, rows):
    expected = wirecopy.deduplicate(rows).articles.to_dicts()
    failures = []

    def work():
        try:
            assert wirecopy.deduplicate(rows, threads=2).articles.to_dicts() == expected
        except BaseException as error:  # asserted below
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
