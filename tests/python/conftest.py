"""A generated feed for the tests of the Python package."""

import pytest
from made_feed import command, read_lines


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A directory with made/feed.jsonl, which has 2,000 articles, and result/, the command's result for them."""
    directory = tmp_path_factory.mktemp("feed")
    command("generate", "--articles", 2000, "--seed", 7, "--out", directory / "made")
    command("dedup", directory / "made/feed.jsonl", "--out", directory / "result", "--matches")
    return directory


@pytest.fixture(scope="session")
def feed(made):
    return made / "made/feed.jsonl"


@pytest.fixture(scope="session")
def rows(feed):
    return read_lines(feed)
