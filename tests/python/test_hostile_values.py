"""Bad arguments and unusual values give clear errors and never a crash."""

import numpy
import pytest
import wirecopy
from made_feed import STORY


@pytest.mark.parametrize("articles", [None, 5, 1.5, {"text": "one article"}, b"feed.jsonl", [1], [None], ["a.jsonl", None],
                                      [{"text": "a"}, "a.jsonl"], [[("text", "a")]], [{"text": "a"}, b"x"]])
def test_values_that_are_not_articles(articles):
    with pytest.raises((TypeError, wirecopy.IoError)):
        wirecopy.deduplicate(articles)


def test_a_wrong_item_is_named():
    with pytest.raises(TypeError, match="article 1 is a list, not a mapping"):
        wirecopy.deduplicate([{"text": "a"}, ["text", "a"]])


@pytest.mark.parametrize("settings, message", [
    ({"threshold": 2}, "threshold"), ({"threshold": 0}, "threshold"), ({"recall": 1.0}, "recall"),
    ({"shingle": 0}, "shingle"), ({"shingle": -1}, "shingle"), ({"distance": 17}, "distance"), ({"seed": 2**64}, "seed"),
    ({"method": "magic"}, "'sample', 'minhash'"), ({"keep": "best"}, "'fullest'"), ({"drop": ["all"]}, "drop"),
    ({"kernel": "mmx"}, "mmx"), ({"block_size": "many"}, "many"), ({"threads": 5000}, "1024"), ({"block_size": 1}, "4 KiB|block"),
])
def test_values_out_of_range(settings, message):
    with pytest.raises(wirecopy.UsageError, match=message) as caught:
        wirecopy.deduplicate([], **settings) if "block_size" not in settings else wirecopy.deduplicate(__file__, **settings)
    assert isinstance(caught.value, ValueError) and caught.value.kind == "usage"


@pytest.mark.parametrize("settings, message", [
    ({"threshold": "high"}, "threshold must be a number, not str"), ({"threshold": True}, "threshold"),
    ({"shingle": 2.5}, "shingle must be an integer"), ({"title": 1}, "title must be True or False"),
    ({"method": 3}, "method must be a str"), ({"drop": "near"}, "drop must be a list of strings"), ({"drop": 5}, "iter"),
    ({"preferred_sources": [1]}, "preferred_sources must be a str"), ({"treshold": 0.5}, "unexpected keyword argument 'treshold'"),
    ({"fields": ["text"]}, "fields must be a dict"), ({"fields": {"text": 5}}, "path"),
])
def test_values_of_a_wrong_type(settings, message):
    with pytest.raises(TypeError, match=message):
        wirecopy.deduplicate([], **settings)


def test_none_means_the_default():
    assert wirecopy.deduplicate([], threshold=None, threads=None, fields=None).summary["parameters"]["threshold"] == 0.5


@pytest.mark.parametrize("fields", [{"body": "text"}, {"text": ""}, {"text": "a..b"}, {"id": "/a~2"}])
def test_bad_fields(fields):
    with pytest.raises(wirecopy.UsageError):
        wirecopy.deduplicate([], fields=fields)


def test_files(tmp_path):
    with pytest.raises(wirecopy.IoError, match="nowhere.jsonl") as caught:
        wirecopy.deduplicate(tmp_path / "nowhere.jsonl")
    assert isinstance(caught.value, OSError) and caught.value.kind == "io"
    with pytest.raises(ValueError):
        wirecopy.deduplicate("a\0b")
    odd = tmp_path / "caf\udce9.jsonl"  # a name that is not UTF-8
    odd.write_text('{"id": "a", "text": "b"}\n')
    assert wirecopy.deduplicate(odd).articles[0]["file"].endswith(".jsonl")
    with pytest.raises(wirecopy.IoError, match="caf"):
        wirecopy.deduplicate(tmp_path / "caf\udce9.json")


def test_odd_texts():
    lone = STORY + " \udc00\ud83d"
    giant = "word " * (3 << 20)
    result = wirecopy.deduplicate([{"id": lone, "text": lone}, {"id": "a\0b", "text": STORY, "title": "\0"},
                                   {"id": "", "text": ""}, {"id": "long", "text": giant}, {"id": "longer", "text": giant * 2}])
    assert result.articles[0]["id"] == STORY + " \ufffd\ufffd" and result.articles[1]["id"] == "a\0b"
    assert [(r["row"], r["reason"]) for r in result.rejects] == [(4, "line-too-long")]


class Text(str):
    """A subclass of str."""


def test_subclasses_and_similar_types():
    result = wirecopy.deduplicate([{"id": numpy.int64(7), "text": Text(STORY), "published": numpy.int32(1709547329)},
                                   {"id": 2**70, "text": STORY}, {"id": numpy.float64(1.5), "text": STORY}])
    assert [row["id"] for row in result.articles] == ["7", str(2**70), "1.5"]


def test_values_whose_methods_raise():
    class Bad:
        def __str__(self):
            raise RuntimeError("no")

        __index__ = __str__

        @property
        def isoformat(self):
            raise RuntimeError("no date")

    result = wirecopy.deduplicate([{"id": Bad(), "text": STORY, "title": Bad(), "source": [Bad()]}])
    assert result.articles[0]["id"] == "row:0"
    loop = {"id": "a"}
    loop["text"] = [loop]
    deep = {"id": "b", "text": None}
    for _ in range(5000):
        deep["text"] = [deep["text"]]
    assert wirecopy.deduplicate([loop, deep], allow_empty=True).rejected == 2


def test_a_dict_that_changes_while_it_is_read_is_safe():
    class Clears:
        def __init__(self, article):
            self.article = article

        def __index__(self):
            return 1

        def __str__(self):
            self.article.clear()
            return "x" * 1000

    articles = []
    for _ in range(50):
        article = {"text": STORY}
        article["id"] = Clears(article)
        articles.append(article)
    assert len(wirecopy.deduplicate(articles, allow_empty=True).articles) == 50


@pytest.mark.filterwarnings("ignore:nanobind")
def test_classes_of_results_cannot_be_instantiated():
    for kind in [wirecopy.Table, wirecopy.Array, wirecopy.Result, wirecopy.Decision, wirecopy.Explanation]:
        with pytest.raises(TypeError):
            kind()
        with pytest.raises(TypeError):
            len(kind.__new__(kind))
    with pytest.raises(BufferError):
        memoryview(wirecopy.Array.__new__(wirecopy.Array))
