"""The installed library, used through CMake and pkg-config, shared and static, also after it was moved.

The programs built are those of the README.
"""

import os
import pathlib
import re
import shutil
import subprocess
import unittest

from wirecopy_cli import CHECKOUT, CommandTest, Writer, is_sanitized, main

BUILD = pathlib.Path(os.environ.get("WIRECOPY_BUILD") or CHECKOUT / "build")
CMAKE = os.environ.get("CMAKE_COMMAND", "cmake")
COMPILER = os.environ.get("CXX", "c++")
PROGRAMS = CHECKOUT / "tests/package"
DEPENDENCIES = ("tbb", "simdjson", "xxh", "fmt", "CLI", "zstd", "rocksdb", "utf8proc", "isa-l", "zlib")


def output_of(*command, **settings):
    """The output of a command that must succeed."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=240, **settings)
    if done.returncode != 0:
        raise AssertionError(f"{command}\n{done.stdout}\n{done.stderr}")
    return done.stdout


@unittest.skipIf(is_sanitized(), "a library with sanitizers is not packaged")
class Package(CommandTest):
    @classmethod
    def setUpClass(cls):
        cls.root = BUILD / "package/test"
        shutil.rmtree(cls.root, ignore_errors=True)
        # Installed for one prefix but staged in another directory: no file may contain the prefix.
        output_of(CMAKE, "--install", BUILD, "--prefix", "/opt/wirecopy", env={**os.environ, "DESTDIR": str(cls.root)})
        cls.prefix = cls.root / "opt/wirecopy"
        cls.library = next(cls.prefix.glob("lib*/**/pkgconfig")).parent
        cls.kinds = [kind for kind, name in (("shared", "libwirecopy.so"), ("static", "libwirecopy.a"))
                     if (cls.library / name).exists()]

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.root, ignore_errors=True)

    def require(self, kind):
        if kind not in self.kinds:
            self.skipTest(f"this build has no {kind} library")

    # ---- what is installed ----

    def test_command_runs(self):
        self.assertRegex(output_of(self.prefix / "bin/wirecopy", "--version"), r"^wirecopy \d+\.\d+\.\d+$")

    def test_shared_library_has_a_versioned_name(self):
        self.require("shared")
        version = output_of(self.prefix / "bin/wirecopy", "--version").split()[1]
        name = "libwirecopy.so." + ".".join(version.split(".")[:2])
        self.assertIn(f"soname: [{name}]", output_of("readelf", "-d", self.library / "libwirecopy.so"))
        self.assertEqual((self.library / name).resolve().name, f"libwirecopy.so.{version}")

    def test_shared_library_exports_only_the_public_headers(self):
        self.require("shared")
        symbols = output_of("nm", "-DC", "--defined-only", self.library / "libwirecopy.so").splitlines()
        names = {re.sub(r"\(.*|\[abi:\w+\]", "", symbol.split(" ", 2)[2]) for symbol in symbols}
        code = re.sub(r"//.*", "", "".join(header.read_text() for header in self.headers()))
        public = {*re.findall(r"\w+", code)} - {"Engine", "State"}
        for name in names:
            exported = re.fullmatch(r"(?:vtable for |typeinfo for |typeinfo name for )?wirecopy::([\w:~= ]+)", name)
            self.assertTrue(exported, name)
            self.assertLessEqual(set(re.findall(r"\w+", exported[1])), public, name)
        self.assertLessEqual({"wirecopy::" + name for name in ("Index::add", "Deduplicator::finish", "fingerprint", "reversed",
                                                               "version")} | {"typeinfo for wirecopy::Error"}, names)

    def headers(self):
        return sorted((self.prefix / "include/wirecopy").glob("*.hpp"))

    def test_all_declarations_of_headers_are_exported(self):
        for header in self.headers():
            for name in re.findall(r"^  ~(\w+)\(\);", header.read_text(), re.MULTILINE):
                self.assertIn(f"class WIRECOPY_API {name} ", header.read_text())
            for line in header.read_text().splitlines():
                is_function = re.match(r"(?!constexpr|\[\[nodiscard\]\] constexpr|static|inline|#|/|\}|WIRECOPY_API)\S.*\(", line)
                self.assertTrue(not is_function or "WIRECOPY_API" in line, line)

    def test_headers_are_self_contained_and_need_no_other_library(self):
        source = self.write("all.cpp", b"".join(b"#include <wirecopy/%s>\n" % h.name.encode() for h in self.headers()))
        self.assertGreater(len(self.headers()), 5)
        output_of(COMPILER, "-std=c++20", "-Wall", "-Wextra", "-Wshadow", "-Wpedantic", "-Werror", "-fsyntax-only",
                  f"-I{self.prefix}/include", source)
        for header in self.headers():
            needed = output_of(COMPILER, "-std=c++20", "-M", "-x", "c++", f"-I{self.prefix}/include", header).split()
            others = [path for path in needed if any(f"/{name}" in path for name in DEPENDENCIES)]
            self.assertEqual(others, [], header)

    def test_installed_files_contain_no_build_paths(self):
        for path in self.library.glob("**/wirecopy*"):
            if path.is_file():
                text = path.read_text()
                for directory in (str(CHECKOUT), "/opt/wirecopy", str(self.root)):
                    self.assertNotIn(directory, text, path)

    # ---- programs that use it ----

    def assert_works(self, folder, **environment):
        """Runs the programs in the folder on a story, an excerpt of it and another story."""
        writer = Writer(3)
        story, other = writer.text(200), writer.text(200)
        cut = " ".join(story.split(" ")[:120])
        lines = [("a1", story), ("b7", cut), ("c2", other)]
        environment = {**os.environ, **environment}
        index = self.folder / "stories.index"
        shutil.rmtree(index, ignore_errors=True)
        out = output_of(folder / "ingest", cwd=self.folder, env=environment,
                        input="".join(f"{name}\t{name}.example\tof {name}\t{text}\n" for name, text in lines))
        first, second, third = out.splitlines()
        self.assertEqual((first, third), ("a1: new", "c2: new"))
        self.assertRegex(second, r"^b7: excerpt of a1, 100 % of it there, story w[0-9a-f]{16}$")
        # Another run remembers.
        out = output_of(folder / "ingest", cwd=self.folder, env=environment, input=f"d4\td.example\tof d4\t{other}\n")
        self.assertRegex(out, r"^d4: near of c2, 100 % of it there, story w[0-9a-f]{16}\n$")
        # An exception propagates out of the library.
        shutil.rmtree(index)
        index.write_text("no directory")
        done = subprocess.run([folder / "ingest"], cwd=self.folder, env=environment, input="", capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertRegex(done.stderr, r"^stories\.index: .+\n$")
        index.unlink()

        out = output_of(folder / "copies", env=environment, input="".join(text + "\n" for _, text in lines))
        self.assertRegex(out, r"^story w[0-9a-f]{16}\n  keep line 1\n  drop line 2\n$")

    def assert_has_no_other_dependency(self, program):
        needed = re.findall(r"\(NEEDED\).*\[(.+)\]", output_of("readelf", "-d", program))
        others = [name for name in needed if not re.match(r"lib(wirecopy|stdc\+\+|c\+\+|gcc_s|m|c)\.so|ld-", name)]
        self.assertEqual(others, [])

    def build_with_cmake(self, kind, *settings):
        build = self.folder / kind
        output_of(CMAKE, "-S", PROGRAMS, "-B", build, "-G", "Ninja", f"-DKIND={kind}", f"-DCMAKE_PREFIX_PATH={self.prefix}",
                  f"-DCMAKE_CXX_COMPILER={COMPILER}", *settings)
        output_of(CMAKE, "--build", build)
        return build

    def test_cmake_shared(self):
        self.require("shared")
        # A user of the shared library does not need the packages of its dependencies.
        build = self.build_with_cmake("shared", "-DCMAKE_DISABLE_FIND_PACKAGE_TBB=ON", "-DCMAKE_DISABLE_FIND_PACKAGE_fmt=ON",
                                      "-DCMAKE_DISABLE_FIND_PACKAGE_simdjson=ON", "-DCMAKE_DISABLE_FIND_PACKAGE_zstd=ON")
        self.assert_has_no_other_dependency(build / "ingest")
        self.assert_works(build)

    def test_cmake_static(self):
        self.require("static")
        build = self.build_with_cmake("static")
        self.assertNotIn("libwirecopy", output_of("readelf", "-d", build / "ingest"))
        self.assert_works(build)

    def pkg_config(self, *arguments):
        return output_of("pkg-config", *arguments, "wirecopy",
                         env={**os.environ, "PKG_CONFIG_PATH": str(self.library / "pkgconfig")}).split()

    def build_with_pkg_config(self, *flags):
        for name in ("ingest", "copies"):
            output_of(COMPILER, "-std=c++20", PROGRAMS / f"{name}.cpp", "-o", self.folder / name, *flags)

    def test_pkg_config_shared(self):
        self.require("shared")
        self.build_with_pkg_config(*self.pkg_config("--cflags", "--libs"))
        self.assert_has_no_other_dependency(self.folder / "ingest")
        self.assert_works(self.folder, LD_LIBRARY_PATH=str(self.library))

    def test_pkg_config_static(self):
        self.require("static")
        flags = self.pkg_config("--static", "--cflags", "--libs")
        self.build_with_pkg_config(*("-l:libwirecopy.a" if flag == "-lwirecopy" else flag for flag in flags))
        self.assert_works(self.folder)

    # ---- as part of another project ----

    def test_subproject_builds_only_the_library(self):
        self.write("main.cpp", b"int main() {}\n")
        self.write("CMakeLists.txt", f"""
cmake_minimum_required(VERSION 3.25)
project(outer LANGUAGES CXX)
add_subdirectory({CHECKOUT} wirecopy)
add_executable(main main.cpp)
target_link_libraries(main PRIVATE wirecopy::wirecopy)
""".encode())
        output_of(CMAKE, "-S", self.folder, "-B", self.folder / "build", "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={COMPILER}")
        targets = output_of("ninja", "-C", self.folder / "build", "-t", "targets", "all")
        self.assertIn("libwirecopy.a:", targets)
        for other in ("unit_", "bench_", "bin/wirecopy", "libwirecopy.so"):
            self.assertNotIn(other, targets)


class Documents(unittest.TestCase):
    def test_programs_of_the_readme_are_those_tested(self):
        built = [path.read_text() for path in sorted(PROGRAMS.glob("*.cpp"))]
        shown = re.findall(r"```cpp\n(.*?)```", (CHECKOUT / "README.md").read_text(), re.DOTALL)
        self.assertEqual(sorted(shown), sorted(built))


if __name__ == "__main__":
    main()
