"""wirecopy show, completion and the manual page."""

import os
import pathlib
import re
import shutil
import subprocess
import unicodedata
import unittest

import wirecopy_cli as cli

BUILD = pathlib.Path(cli.BINARY).parents[1]
COMMANDS = ["dedup", "sketch", "resolve", "generate", "evaluate", "explain", "stream", "index", "events", "report",
            "show", "completion"]


def columns(line):
    """The width of a line on a terminal."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in line)
    marks = sum(unicodedata.category(c) in ("Mn", "Me") for c in line)
    return len(line) + wide - marks


def options_of(command):
    text = cli.run(command, "--help").out.decode()
    return sorted(set(re.findall(r"^\s+(?:-\w,)?(--[a-z-]+)", text, re.M)))


class Show(cli.CommandTest):
    def stories(self, sizes, **more):
        writer = cli.Writer(3)
        articles = []
        for story, size in enumerate(sizes):
            text = writer.text(120)
            articles += [cli.article(100 * story + n, text, title=f"Story {story}", source=f"o{n}.example", hour=n, **more) for n in range(size)]
        return articles

    def show(self, *arguments):
        done = cli.run("show", self.folder / "result1", *arguments)
        self.assertEqual(done.status, 0, done)
        return done.out.decode()

    def test_the_largest_come_first(self):
        self.dedup_articles(self.stories([2, 5, 3, 4]))
        text = self.show()
        self.assertEqual(re.findall(r"Story \d", text), ["Story 1", "Story 3", "Story 2", "Story 0"])
        self.assertIn("5 articles in 5 outlets, 4 removed", text)
        self.assertNotIn("--top", text)
        few = self.show("--top", 2)
        self.assertEqual(re.findall(r"Story \d", few), ["Story 1", "Story 3"])
        self.assertIn("2 of 4 clusters", few)

    def test_one_cluster_by_its_id(self):
        result = self.dedup_articles(self.stories([4, 2]))
        cluster = max(result.clusters, key=lambda c: c["size"])
        text = self.show("--cluster", cluster["cluster"])
        self.assertIn(cluster["cluster"], text)
        self.assertEqual(re.findall(r"o\d\.example", text), [f"o{n}.example" for n in range(4)])
        self.assertIn("+3 h 00", text)
        self.assertIn("canonical", text)
        self.fails(2, "show", self.folder / "result1", "--cluster", "w0", saying="no such cluster")

    def test_lines_have_at_most_eighty_columns(self):
        for at, title in enumerate(["漢字" * 60, "Ünïcödé " * 30, "e\u0301" * 90, "한국어 " * 40, "x" * 300]):
            articles = self.stories([3])
            for article in articles:
                article["title"] = title
                article["source"] = title[:40]
            result = self.dedup_articles(articles)
            folder = self.folder / f"result{at + 1}"
            for arguments in ([], ["--cluster", result.clusters[0]["cluster"]]):
                text = cli.run("show", folder, *arguments).out.decode()
                self.assertLessEqual(max(map(columns, text.splitlines())), 80, text)
                self.assertIn("…", text)

    def test_text_of_the_feed_cannot_control_the_terminal(self):
        articles = self.stories([3])
        for article in articles:
            article["title"] = "red\r\nnext" + cli.HOSTILE
            article["source"] = "\x1b]0;title" + cli.HOSTILE + ".example"
        result = self.dedup_articles(articles)
        for arguments in ([], ["--cluster", result.clusters[0]["cluster"]]):
            text = self.show(*arguments)
            self.assertNotRegex(text, cli.ESCAPES)
            self.assertNotIn("\t", text)
            self.assertIn("red", text)

    def test_no_clusters(self):
        self.dedup_articles([cli.article(1, "a single article without copies")])
        self.assertEqual(self.show(), "no clusters\n")

    def test_a_directory_that_is_not_a_result(self):
        self.fails(2, "show", self.folder, saying="is not a result")
        self.fails(2, "show", self.folder, "--top", "-1", saying="0 or more")


class Completion(unittest.TestCase):
    def script(self, shell):
        done = cli.run("completion", shell)
        self.assertEqual(done.status, 0, done)
        return done.out.decode()

    def bash(self, *words):
        """The completions that bash offers for the last word."""
        program = self.script("bash") + f"""
COMP_WORDS=(wirecopy {' '.join(f"'{word}'" for word in words)}); COMP_CWORD={len(words)}
_wirecopy; printf '%s\\n' "${{COMPREPLY[@]}}"
"""
        done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.stderr, "")
        return done.stdout.split()

    @unittest.skipUnless(shutil.which("bash"), "bash is not installed")
    def test_bash_completes_commands_options_and_values(self):
        self.assertEqual(self.bash(""), COMMANDS + ["--help", "--version"])
        self.assertEqual(self.bash("de"), ["dedup"])
        for command in COMMANDS:
            self.assertEqual(sorted(self.bash(command, "--")), options_of(command))
        self.assertEqual(self.bash("dedup", "--method", ""), ["sample", "minhash", "simhash", "exact"])
        self.assertEqual(self.bash("dedup", "--method", "m"), ["minhash"])
        self.assertEqual(self.bash("completion", "z"), ["zsh"])
        self.assertEqual(self.bash("dedup", "--threshold", ""), [])
        self.assertIn("/etc/passwd", self.bash("report", "/etc/passw"))

    def test_offered_values_are_valid(self):
        for option, words in (("--method", ["sample", "minhash", "simhash", "exact"]), ("--keep", ["fullest", "first", "earliest", "credited"]),
                              ("--drop", ["exact", "near", "excerpt", "extended"]), ("--boilerplate", ["auto", "off"]),
                              ("--progress", ["auto", "none", "log"])):
            for word in words:
                done = cli.run("dedup", os.devnull, option, word, "--dry-run")
                self.assertEqual(done.status, 0, (option, word, done))

    def test_every_script_contains_every_option(self):
        for shell, form in (("bash", "{}"), ("zsh", "{}["), ("fish", "-l {}")):
            script = self.script(shell)
            for command in COMMANDS:
                for option in options_of(command):
                    self.assertIn(form.format(option.removeprefix("--") if shell == "fish" else option), script)
        self.assertEqual(cli.run("completion", "tcsh").status, 2)

    @unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
    def test_zsh_accepts_its_script(self):
        done = subprocess.run(["zsh", "-n", "/dev/stdin"], input=self.script("zsh"), capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    @unittest.skipUnless(shutil.which("fish"), "fish is not installed")
    def test_fish_accepts_its_script(self):
        done = subprocess.run(["fish", "-n", "/dev/stdin"], input=self.script("fish"), capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""))


class Manual(cli.CommandTest):
    def test_it_describes_every_command_and_option(self):
        text = cli.run("manual").out.decode()
        self.assertTrue(text.startswith(".TH WIRECOPY 1"))
        plain = text.replace("\\-", "-")
        for command in COMMANDS:
            self.assertIn(f".SS wirecopy {command}\n", plain)
            section = plain[plain.index(f".SS wirecopy {command}\n"):]
            for option in options_of(command):
                self.assertIn(f"\\fB{option}\\fR", section)

    @unittest.skipUnless(shutil.which("groff"), "groff is not installed")
    def test_groff_accepts_it_without_warnings(self):
        done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z"], input=cli.run("manual").out, capture_output=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, b""))

    @unittest.skipUnless((BUILD / "CMakeCache.txt").exists() and (BUILD / "documents").exists() and shutil.which("cmake"),
                         "the binary is not in a build directory")
    def test_it_is_installed_with_the_command(self):
        done = subprocess.run(["cmake", "--install", BUILD, "--prefix", self.folder], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        installed = {str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file()}
        self.assertLessEqual({"bin/wirecopy", "share/man/man1/wirecopy.1", "share/bash-completion/completions/wirecopy",
                              "share/zsh/site-functions/_wirecopy", "share/fish/vendor_completions.d/wirecopy.fish"}, installed)
        self.assertEqual((self.folder / "share/man/man1/wirecopy.1").read_bytes(), cli.run("manual").out)


if __name__ == "__main__":
    unittest.main()
