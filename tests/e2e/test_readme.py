"""Documentation that must not go stale: the output it quotes, the options it names and the files it links to.

A ```console block shows commands behind "$ " and what they print. Each block runs in a directory of its own beside the
blocks before it of the same document. An output line that ends in " ..." stands for any line that begins like it, and
a line "..." for all output that follows. After a deliberate change, rewrite the blocks with

    python3 tests/e2e/test_readme.py --update
"""

import os
import pathlib
import re
import subprocess
import sys
import unittest

import wirecopy_cli as cli

DOCUMENTS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "bench/README.md", "docs/how-it-decides.md"]
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
MAX_QUOTED_COLUMNS = 110


def text_of(document):
    return (cli.CHECKOUT / document).read_text()


def sessions(block):
    """The commands of a console block, each with the output lines quoted for it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *output = part.rstrip("\n").split("\n")
        yield command, output


def run_in_shell(command, folder):
    """What a command of the documentation prints, standard error included, without spaces at line ends."""
    environment = {**os.environ, "PATH": f"{pathlib.Path(cli.BINARY).parent}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=cli.TIMEOUT)
    if done.returncode != 0:
        raise AssertionError(f"status {done.returncode} of: {command}\n{done.stdout.decode()}")
    return [line.rstrip() for line in done.stdout.decode().rstrip("\n").split("\n")]


def is_quoted_by(printed, quoted):
    """Whether the lines printed are those quoted, as far as these are not elided."""
    if quoted[-1:] == ["..."]:
        quoted = quoted[:-1]
        printed = printed[:len(quoted)]
    if len(printed) != len(quoted):
        return False
    return all(line.startswith(quote[:-4]) if quote.endswith(" ...") else line == quote
               for line, quote in zip(printed, quoted))


def quote(printed, quoted):
    """The lines printed as the documentation should quote them: elided where `quoted` is, and where they are long."""
    lines = [line if len(line) <= MAX_QUOTED_COLUMNS else line[:MAX_QUOTED_COLUMNS].rsplit(" ", 1)[0] + " ..."
             for line in printed]
    return lines[:len(quoted) - 1] + ["..."] if quoted[-1:] == ["..."] else lines


def show_sources_in(folder):
    """Makes the documentation's paths of the checkout valid in a folder."""
    (folder / "tests").symlink_to(cli.CHECKOUT / "tests")


class Documentation(cli.CommandTest):
    def test_quoted_output_is_what_the_commands_print(self):
        show_sources_in(self.folder)
        seen = 0
        for document in DOCUMENTS:
            for block in CONSOLE.findall(text_of(document)):
                for command, quoted in sessions(block):
                    printed = run_in_shell(command, self.folder)
                    seen += 1
                    if not is_quoted_by(printed, quoted):
                        self.fail(f"{document} quotes another output of: {command}\n--- quoted\n" + "\n".join(quoted) +
                                  "\n--- printed\n" + "\n".join(printed[:40]))
        self.assertGreater(seen, 2)

    def test_commands_and_options_exist(self):
        known = {}
        for document in DOCUMENTS:
            for block in re.findall(r"^```(?:sh|console)\n(.*?)^```$", text_of(document), re.DOTALL | re.MULTILINE):
                for command, rest in re.findall(r"(?:^|[\s$|])wirecopy ([a-z]+)([^|\n#]*)", block):
                    if command == "index":
                        command = " ".join(["index", *rest.split()[:1]])
                    if command not in known:
                        known[command] = cli.run(*command.split(), "--help")
                    self.assertEqual(known[command].status, 0, f"{document}: wirecopy {command}")
                    for option in re.findall(r"(?<![\w-])--[a-z-]+", rest):
                        self.assertIn(option, known[command].out.decode(), f"{document}: wirecopy {command}")

    def test_links_lead_somewhere(self):
        for document in [*DOCUMENTS, "engine/README.md", "bench/HISTORY.md", "CHANGELOG.md"]:
            for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text_of(document)):
                if not target.startswith(("http://", "https://")):
                    self.assertTrue((cli.CHECKOUT / document).parent.joinpath(target).exists(), f"{document}: {target}")


def update():
    """Rewrites the quoted output of all documents."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        show_sources_in(folder)

        def run_block(match):
            lines = []
            for command, quoted in sessions(match.group(1)):
                lines += ["$ " + command, *quote(run_in_shell(command, folder), quoted)]
            return "```console\n" + "\n".join(lines) + "\n```"

        for document in DOCUMENTS:
            before = text_of(document)
            (cli.CHECKOUT / document).write_text(CONSOLE.sub(run_block, before))


if __name__ == "__main__":
    update() if sys.argv[1:] == ["--update"] else unittest.main()
