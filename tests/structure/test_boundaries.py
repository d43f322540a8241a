"""scripts/boundaries: this checkout passes, and a planted violation of every kind is found."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]


class Boundaries(unittest.TestCase):
    def check(self, root):
        done = subprocess.run([sys.executable, CHECKOUT / "scripts/boundaries", "--root", root], capture_output=True, text=True)
        return done.returncode, done.stdout

    def copy(self):
        """A copy of what is checked."""
        root = pathlib.Path(tempfile.mkdtemp(prefix="wirecopy-boundaries-"))
        self.addCleanup(shutil.rmtree, root)
        shutil.copy(CHECKOUT / "CMakeLists.txt", root)
        shutil.copytree(CHECKOUT / "engine", root / "engine", ignore=shutil.ignore_patterns("python", "*.tsv", "*.md"))
        return root

    def plant(self, file, line):
        """What is found in a copy of the checkout, in which the file has that line too."""
        root = self.copy()
        with open(root / file, "a", encoding="utf-8") as to:
            to.write(line + "\n")
        return self.check(root)

    def test_this_checkout_has_none(self):
        self.assertEqual(self.check(CHECKOUT), (0, "scripts/boundaries: every include is allowed\n"))

    def test_a_header_of_a_module_above_is_found(self):
        for file in ("engine/text/markup.hpp", "engine/text/markup.cpp"):
            status, found = self.plant(file, '#include "pipeline/dedup.hpp"')
            self.assertEqual(status, 1)
            self.assertRegex(found, rf"^{file}:\d+: text does not name pipeline\n$")

    def test_a_library_of_another_module_is_found(self):
        status, found = self.plant("engine/verify/relation.hpp", "#include <oneapi/tbb/parallel_for.h>")
        self.assertEqual(status, 1)
        self.assertRegex(found, r"^engine/verify/relation.hpp:\d+: verify does not name TBB::tbb\n$")

    def test_a_module_of_the_library_that_uses_one_beside_it_is_found(self):
        root = self.copy()
        lists = root / "CMakeLists.txt"
        lists.write_text(lists.read_text().replace("wirecopy_module(lsh      USES base", "wirecopy_module(lsh      USES inspect base"))
        status, found = self.check(root)
        self.assertEqual(status, 1)
        self.assertIn("CMakeLists.txt: lsh is of the library and inspect is not\n", found)


if __name__ == "__main__":
    unittest.main()
