"""A system with a limit of threads: a run uses those that it gets, or reports that there are too few."""

import os
import pathlib
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import wirecopy_cli as cli

# A limit of concurrent threads like `ulimit -u`, which also applies to the superuser.
SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
typedef int create_t(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
static atomic_int alive;
struct body { void* (*run)(void*); void* with; };
static void gone(void* nothing) { (void)nothing; atomic_fetch_sub(&alive, 1); }
static void* begin(void* given) {
  struct body body = *(struct body*)given;
  void* result = 0;
  free(given);
  pthread_cleanup_push(gone, 0);
  result = body.run(body.with);
  pthread_cleanup_pop(1);
  return result;
}
int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*run)(void*), void* with) {
  create_t* const create = (create_t*)dlsym(RTLD_NEXT, "pthread_create");
  if (atomic_fetch_add(&alive, 1) >= atoi(getenv("WIRECOPY_TEST_THREADS"))) {
    atomic_fetch_sub(&alive, 1);
    return EAGAIN;
  }
  struct body* const body = malloc(sizeof *body);
  body->run = run, body->with = with;
  const int failed = create(thread, attributes, begin, body);
  if (failed) atomic_fetch_sub(&alive, 1);
  return failed;
}
"""


class FewThreads(cli.CommandTest):
    def setUp(self):
        super().setUp()
        compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
        if compiler is None or cli.is_sanitized():
            self.skipTest("needs a compiler, and a binary without sanitizers")
        source, self.shim = self.write("shim.c", SHIM.encode()), self.folder / "shim.so"
        subprocess.run([compiler, "-shared", "-fPIC", "-o", self.shim, source, "-ldl", "-pthread"], check=True)
        self.feed = self.write_articles("feed.jsonl", cli.some_articles(stories=40, singles=300)[0])

    def run_with(self, threads, *arguments, **settings):
        environment = {**os.environ, "LD_PRELOAD": str(self.shim), "WIRECOPY_TEST_THREADS": str(threads)}
        return cli.run(*arguments, env=environment, **settings)

    def assert_refused(self, done):
        self.assertEqual(done.status, 4, done)
        self.assertRegex(done.err, "cannot start a thread: |too few threads left")
        self.assertNotIn("terminate called", done.err)

    def test_a_run_uses_the_threads_that_it_gets(self):
        expected = cli.without_run(self.dedup(self.feed, out="expected").folder)
        for threads in range(7):
            with self.subTest(threads):
                done = self.run_with(threads, "dedup", self.feed, "--out", self.folder / "result", "--threads", 5)
                if threads == 0:
                    self.assert_refused(done)
                    continue
                self.assertEqual(done.status, 0, done)
                self.assertTrue(cli.without_run(self.folder / "result") == expected)
                used = cli.Result(self.folder / "result").summary["run"]["threads"]
                self.assertEqual(used, min(5, max(1, threads - 2)))  # one waits for signals, one monitors the memory
                shutil.rmtree(self.folder / "result")

    def test_every_command_reports_too_few_threads(self):
        self.dedup(self.feed)
        commands = (("dedup", self.feed), ("dedup", self.feed, "--dry-run"),
                    ("dedup", self.feed, "--progress", "log"), ("generate", "--articles", "10"),
                    ("sketch", self.feed, "-o", self.folder / "sketch"),
                    ("report", self.folder / "result", "-o", self.folder / "report.html"),
                    ("explain", self.folder / "result", "a0", "a1"), ("show", self.folder / "result"))
        for threads in range(4):
            for arguments in commands:
                with self.subTest(threads=threads, command=arguments[0]):
                    done = self.run_with(threads, *arguments, stdout=subprocess.DEVNULL)
                    self.assert_refused(done) if threads == 0 else self.assertEqual(done.status, 0, done)

    def test_an_index(self):
        lines = self.feed.read_bytes()
        for threads in range(0, 13, 3):
            for where in ((), ("--index", self.folder / f"index{threads}")):
                with self.subTest(threads=threads, index=bool(where)):
                    done = self.run_with(threads, "stream", "-", *where, stdin=lines)
                    if done.status != 0:
                        self.assert_refused(done)
                    if threads == 12:
                        self.assertEqual(done.status, 0, done)

    def test_a_run_on_disk(self):
        feed = self.write("large.jsonl", cli.run("generate", "--articles", 18000, "--seed", 3).out)
        for threads in range(1, 5):
            with self.subTest(threads):
                done = self.run_with(threads, "dedup", feed, "--memory", "64M", "--threads", 4,
                                     "--out", self.folder / "result")
                self.assertEqual(done.status, 0, done)  # with one thread, only the worker monitors the memory
                shutil.rmtree(self.folder / "result", ignore_errors=True)
                shutil.rmtree(self.folder / "result.partial", ignore_errors=True)


if __name__ == "__main__":
    unittest.main()
