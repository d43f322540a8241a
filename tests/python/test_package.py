"""The package itself: its documentation, types and exceptions."""

import ast
import doctest
import importlib
import inspect
import pathlib
import pkgutil
import re
import subprocess
import sys

import pytest
import wirecopy
from made_feed import CHECKOUT, STORY, command

PACKAGE = pathlib.Path(wirecopy.__file__).parent

TYPED = """
import wirecopy

result = wirecopy.deduplicate([{"id": "a", "text": "b"}], threshold=0.5, keep="first")
row: dict[str, object] = result.articles[0]
with wirecopy.Index(window="14d", threads=2) as index:
    decision: wirecopy.Decision = index.add({"id": "1"})
    for each in index.add_batch([{"id": "2"}]):
        if each.similarity is not None:
            shared: float = each.similarity.jaccard
why = wirecopy.explain({"text": "a"}, {"text": "b"}, result=result)
names: list[str] = [why.judgement, wirecopy.signatures(["a"], method="simhash").method]
"""


def test_the_version_is_that_of_the_command():
    assert wirecopy.__version__ in command("--version").decode()


def test_examples_of_docstrings(tmp_path, monkeypatch):
    (tmp_path / "tests").symlink_to(CHECKOUT / "tests")
    monkeypatch.chdir(tmp_path)
    names = [f"wirecopy.{each.name}" for each in pkgutil.iter_modules([str(PACKAGE)])]
    modules = [wirecopy, *map(importlib.import_module, names)]
    tried = 0
    for module in modules:
        results = doctest.testmod(module, extraglobs={"wirecopy": wirecopy})
        assert results.failed == 0, module
        tried += results.attempted
    assert tried > 20


def test_the_readme_runs(tmp_path, monkeypatch):
    """The Python code of the README runs unchanged."""
    blocks = re.findall(r"```python\n(.*?)```", (CHECKOUT / "README.md").read_text(), re.DOTALL)
    assert blocks
    (tmp_path / "tests").symlink_to(CHECKOUT / "tests")
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in blocks:
        exec(compile(block, "README.md", "exec"), names)


def test_everything_public_is_documented():
    for name in wirecopy.__all__:
        each = getattr(wirecopy, name)
        if name in ("__version__", "Fields"):
            continue
        assert inspect.getdoc(each), name
        assert each.__module__.startswith("wirecopy"), name
        for attribute, value in vars(each).items() if inspect.isclass(each) else ():
            if not attribute.startswith("_") and (callable(value) or isinstance(value, property)):
                assert inspect.getdoc(value), f"{name}.{attribute}"


def test_stubs_and_extension_agree():
    """Every attribute of a class is in its stub, and vice versa."""
    import wirecopy._engine as engine

    tree = ast.parse((PACKAGE / "_engine.pyi").read_text())
    stubs = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    record = {each.name for each in stubs.pop("_Record").body}
    for name, stub in stubs.items():
        mine = {each.name for each in stub.body if isinstance(each, ast.FunctionDef) and not each.name.startswith("_")}
        if any(isinstance(base, ast.Name) and base.id == "_Record" for base in stub.bases):
            mine |= record
        real = {attribute for attribute in vars(getattr(engine, name)) if not attribute.startswith("_")}
        assert mine == real, name
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    public = {name for name in vars(engine) if not name.startswith("_")}
    assert functions | set(stubs) == public


def test_types(tmp_path):
    good, bad = tmp_path / "good.py", tmp_path / "bad.py"
    good.write_text(TYPED)
    bad.write_text("import wirecopy\nwirecopy.deduplicate('a', treshold=0.5)\nwirecopy.Index(window=b'')\n")
    check = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"),
             "--python-executable", sys.executable]
    for what in [[str(good)], ["--package", "wirecopy"]]:
        done = subprocess.run([*check, *what], capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout
    done = subprocess.run([*check, str(bad)], capture_output=True, text=True, timeout=300)
    assert done.stdout.count("error:") == 2, done.stdout
    assert (PACKAGE / "py.typed").exists()


def test_exceptions():
    for name, base in [("UsageError", ValueError), ("IoError", OSError), ("ResourcesError", RuntimeError),
                       ("StateError", RuntimeError), ("CancelledError", Exception)]:
        kind = getattr(wirecopy, name)
        assert issubclass(kind, wirecopy.Error) and issubclass(kind, base)
        assert kind.kind == name.removesuffix("Error").lower()


def test_the_extension_exports_no_symbols_of_the_engine():
    import wirecopy._engine as engine

    symbols = subprocess.run(["nm", "-D", "--defined-only", engine.__file__], capture_output=True, text=True)
    if symbols.returncode != 0:
        pytest.skip("nm is missing")
    assert [line.split()[-1] for line in symbols.stdout.splitlines()] == ["PyInit__engine"]


def test_no_arrow_library_is_required():
    program = f"""
import sys
for name in ["pyarrow", "numpy", "pandas", "polars", "duckdb"]:
    sys.modules[name] = None
import wirecopy
result = wirecopy.deduplicate([{{"id": "a", "text": {STORY!r}}}, {{"id": "b", "text": {STORY!r}}}])
assert [row["kept"] for row in result.articles] == [True, False], result.articles.to_dicts()
assert list(result.unique) == [0] and result.clusters[0]["size"] == 2
assert wirecopy.signatures(["a"]).shape == (1, 80)
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
