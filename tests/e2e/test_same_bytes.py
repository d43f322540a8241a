"""The same feed gives the same bytes with any settings and in any packaging."""

import gzip
import json

import wirecopy_cli as cli

BAD = [b'{"id":"broken","text":\n', b"[1,2]\n", b"\r\n", b"  \n", b'{"id":"number","text":7}\n', b"\xff\xfe{}\n"]


class SameBytes(cli.CommandTest):
    @classmethod
    def setUpClass(cls):
        """A generated feed of mixed scripts, with bad and blank lines between its articles."""
        made = cli.run("generate", "--articles", 1200, "--seed", 5).out.splitlines(keepends=True)
        articles, _ = cli.some_articles(stories=30)
        lines = made + cli.lines_of(articles)
        for at in range(0, len(lines), 97):
            lines.insert(at, BAD[at % len(BAD)])
        lines[50] = lines[50].rstrip(b"\n") + b"\r\n"
        cls.lines = lines
        cls.data = b"".join(lines)

    def setUp(self):
        super().setUp()
        self.feed = self.write("feed.jsonl", self.data)
        self.options = ("--threshold", "0.4")

    def result(self, name, *arguments, feeds=None, **settings):
        self.dedup(*(feeds or [self.feed]), *self.options, "--matches", *arguments, out=name, **settings)
        return self.folder / name

    def expect_same(self, variants):
        expected = cli.without_run(self.result("expected"))
        for number, variant in enumerate(variants):
            found = cli.without_run(self.result(f"variant{number}", *variant))
            for name, data in expected.items():
                self.assertTrue(found[name] == data, f"{name} differs with {variant}")
            self.assertEqual(found.keys(), expected.keys())

    def test_any_number_of_threads(self):
        self.expect_same([("--threads", n) for n in (1, 2, 3, 8)])

    def test_any_block_size(self):
        self.expect_same([("--block-size", size, "--threads", 3) for size in ("4096", "64KiB", "4MiB", "64MiB")])

    def test_any_kernel(self):
        available = []
        for kernel in ("scalar", "avx2", "avx512", "avx512vbmi"):
            if cli.run("dedup", self.folder / "feed.jsonl", "--dry-run", "--kernel", kernel).status == 0:
                available.append(kernel)
        self.assertIn("scalar", available)
        self.expect_same([("--kernel", kernel) for kernel in available])
        if len(available) < 3:
            self.skipTest(f"this processor supports only {available}")

    def test_every_method_and_keep_with_threads_and_small_blocks(self):
        for options in (("--method", "minhash"), ("--method", "simhash"), ("--method", "exact"),
                        ("--keep", "first", "--title"), ("--boilerplate", "off")):
            expected = cli.without_run(self.result("expected", *options, "--force", "--threads", 1))
            found = cli.without_run(self.result("found", *options, "--force", "--threads", 8, "--block-size", "4KiB"))
            self.assertTrue(found == expected, options)

    def test_two_runs_give_the_same_kept_lines_on_stdout(self):
        expected = (self.result("expected") / "unique.jsonl").read_bytes()
        for arguments in ((self.feed, "--threads", 1), (self.feed, "--threads", 8, "--block-size", "4096")):
            self.assertTrue(cli.run("dedup", *arguments, *self.options).out == expected)

    def test_compressed_piped_and_split_feeds_give_the_same_result(self):
        expected = cli.without_positions(self.result("expected"))
        half, third = len(self.lines) // 2, len(self.lines) // 3
        parts = [b"".join(self.lines[:third]), b"".join(self.lines[third:half]), b"".join(self.lines[half:])]
        variants = {
            "gzip": [self.write("a/feed.bin", gzip.compress(self.data, 1))],
            "gzip of several members": [self.write("b/feed.jsonl.gz", b"".join(gzip.compress(p, 1) for p in parts))],
            "members split inside lines": [self.write("c/feed.gz", gzip.compress(self.data[:12345]) +
                                                    gzip.compress(self.data[12345:], 1))],
            "zstd": [self.write("d/feed.jsonl.zst", cli.zstd_frame(self.data))],
            "zstd of several frames": [self.write("e/feed.zst", cli.zstd_frame(self.data[:54321]) +
                                                  b"\x50\x2a\x4d\x18\x03\x00\x00\x00xyz" +
                                                  cli.zstd_frame(self.data[54321:]))],
            "several files": [self.write(f"f/{n}.jsonl", part) for n, part in enumerate(parts)],
            "a byte order mark": [self.write("g/feed.jsonl", b"\xef\xbb\xbf" + self.data)],
            "no final newline": [self.write("h/feed.jsonl", self.data.rstrip(b"\n"))],
        }
        self.write("i/1/a.jsonl.gz", gzip.compress(parts[0], 1))
        self.write("i/2/b.ndjson", parts[1])
        self.write("i/3.json.zst", cli.zstd_frame(parts[2]))
        self.write("i/.hidden.jsonl", parts[0])
        self.write("i/readme.txt", b"not a feed\n")
        variants["a directory"] = [self.folder / "i"]
        for number, (what, feeds) in enumerate(variants.items()):
            found = cli.without_positions(self.result(f"result{number}", feeds=feeds))
            for name, data in expected.items():
                if name != "summary.json":
                    self.assertTrue(found[name] == data, f"{name} differs with {what}")
            for part in ("search", "parameters", "fields"):
                self.assertEqual(found["summary.json"][part], expected["summary.json"][part], what)
            counts = [{**f["summary.json"]["counts"], "bytes": 0} for f in (found, expected)]
            self.assertEqual(*counts, what)

    def test_stdin_plain_and_compressed(self):
        expected = cli.without_positions(self.result("expected"))["unique.jsonl"]
        for number, data in enumerate((self.data, gzip.compress(self.data, 1), cli.zstd_frame(self.data))):
            found = cli.without_positions(self.result(f"result{number}", feeds=["-"], stdin=data))
            self.assertTrue(found["unique.jsonl"] == expected)
        self.assertTrue(cli.run("dedup", *self.options, stdin=self.data).out == expected)

    def test_lines_and_offsets_are_those_of_the_decompressed_input(self):
        feed = self.write("feed.jsonl.gz", gzip.compress(self.data, 1))
        result = self.dedup(feed, *self.options)
        self.assertGreater(len(result.rejects), 5)
        self.assert_contract(result, {str(feed): self.data})



class SameBytesWithLittleMemory(cli.CommandTest):
    """A feed that exceeds the minimum memory: data that goes to disk does not change the result."""

    @classmethod
    def setUpClass(cls):
        cls.data = cli.run("generate", "--articles", 45000, "--seed", 6).out
        middle = cls.data.index(b"\n", len(cls.data) // 2) + 1
        cls.data = cls.data[:middle] + b"".join(BAD) + cls.data[middle:]

    def setUp(self):
        super().setUp()
        self.feed = self.write("feed.jsonl", self.data)

    def result(self, name, *arguments, feeds=None):
        self.dedup(*(feeds or [self.feed]), "--matches", *arguments, out=name)
        return cli.without_run(self.folder / name)

    def expect_same(self, found, expected, what):
        self.assertEqual(found.keys(), expected.keys())
        for name, data in expected.items():
            self.assertTrue(found[name] == data, f"{name} differs with {what}")

    def test_any_memory(self):
        expected = self.result("expected")
        for memory, threads in (("64M", 1), ("64M", 8), ("90M", 2), ("1T", 2)):
            found = self.result(f"{memory}-{threads}", "--memory", memory, "--threads", threads)
            self.expect_same(found, expected, (memory, threads))
        summary = json.loads((self.folder / "64M-1" / "summary.json").read_bytes())
        peak = summary["run"]["peak_disk_bytes"]
        self.assertGreater(peak, 30 << 20, "nothing went to disk")

    def test_every_method(self):
        for method in ("minhash", "simhash", "exact"):
            expected = self.result(method, "--method", method)
            found = self.result(method + "-disk", "--method", method, "--memory", "64M", "--tmp-dir", self.folder)
            self.expect_same(found, expected, method)

    def test_kept_lines_only(self):
        expected = cli.run("dedup", self.feed)
        found = cli.run("dedup", self.feed, "--memory", "64M")
        self.assertEqual((found.status, found.out), (0, expected.out))

    def test_standard_input(self):
        expected = self.result("expected")["unique.jsonl"]
        found = cli.run("dedup", "-", "--memory", "64M", stdin=self.data)
        self.assertEqual(found.status, 0, found)
        self.assertTrue(found.out == expected)


if __name__ == "__main__":
    cli.main()
