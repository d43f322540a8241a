"""deduplicate() gives the result of the command, in whichever form articles are passed."""

import datetime
import gzip
import json
import pathlib

import pytest
import wirecopy
from made_feed import STORY, command, read_lines

SCORES = ["relation", "agreement", "jaccard", "containment", "contained", "shared", "raw_jaccard", "raw_containment"]


def dated(value):
    return value if value is None else datetime.datetime.fromisoformat(value)


def same(mine, theirs):
    """Equal, except for the digits that JSON omits."""
    if isinstance(mine, float):
        return theirs == pytest.approx(mine, abs=1e-4)
    return mine == theirs


def assert_same_articles(result, directory):
    theirs = read_lines(directory / "articles.jsonl")
    mine = result.articles.to_dicts()
    assert len(mine) == len(theirs) == len(result.articles)
    for number, (one, other) in enumerate(zip(mine, theirs)):
        assert one["row"] == number
        for key in ["id", "cluster", "kept", "canonical", "match", *SCORES]:
            assert same(one[key], other[key]), (key, one, other)


def test_a_feed_gives_the_result_of_the_command(made, feed):
    result = wirecopy.deduplicate(feed)
    assert_same_articles(result, made / "result")
    for one, other in zip(result.articles, read_lines(made / "result/articles.jsonl")):
        assert (one["file"], one["line"]) == (other["file"], other["line"])

    theirs = read_lines(made / "result/clusters.jsonl")
    assert len(result.clusters) == len(theirs) > 100
    for one, other in zip(result.clusters, theirs):
        for key in ["cluster", "canonical", "size", "sources", "headlines", "agency"]:
            assert one[key] == other[key], key
        assert one["cohesion"] == pytest.approx(other["cohesion"], abs=1e-4)
        assert one["first_published"] == dated(other["first_published"])
        assert one["last_published"] == dated(other["last_published"])
        assert [outlet["lag_seconds"] for outlet in one["outlets"]] == [o["lag_seconds"] for o in other["outlets"]]
        for member, their in zip(one["members"], other["members"], strict=True):
            assert member["published"] == dated(their["published"])
            for key in ["id", "source", "title", "kept", "match", "own", *SCORES]:
                assert same(member[key], their[key]), key
            assert member["agency"] == their.get("agency") and member["version"] == their.get("version")

    theirs = read_lines(made / "result/matches.jsonl")
    for one, other in zip(result.matches, theirs, strict=True):
        assert all(same(one[key], other[key]) for key in ["a", "b", *SCORES])

    theirs = read_lines(made / "result/boilerplate.jsonl")
    assert len(theirs) > 10
    for one, other in zip(result.boilerplate, theirs, strict=True):
        assert {key: one[key] for key in other} == other

    summary = json.loads((made / "result/summary.json").read_text())
    for part in ["counts", "parameters", "search", "fields"]:
        assert result.summary[part] == summary[part]
    assert (result.kept, result.duplicates) == (summary["counts"]["kept"], summary["counts"]["duplicate"])
    kept = [json.dumps(row) for row in read_lines(made / "result/unique.jsonl")]
    lines = pathlib.Path(feed).read_text().splitlines()
    assert [json.dumps(json.loads(lines[row])) for row in result.unique] == kept


def test_dicts_give_the_same_result(made, rows):
    assert_same_articles(wirecopy.deduplicate(rows), made / "result")
    assert_same_articles(wirecopy.deduplicate(row for row in rows), made / "result")  # an iterator


def test_several_feeds_and_directories(made, feed, tmp_path):
    lines = pathlib.Path(feed).read_bytes().splitlines(keepends=True)
    (tmp_path / "a.jsonl").write_bytes(b"".join(lines[:700]))
    with gzip.open(tmp_path / "b.jsonl.gz", "wb") as packed:
        packed.writelines(lines[700:])
    both = [tmp_path / "a.jsonl", str(tmp_path / "b.jsonl.gz")]
    assert_same_articles(wirecopy.deduplicate(both), made / "result")
    assert_same_articles(wirecopy.deduplicate(str(tmp_path)), made / "result")


def test_options_are_those_of_the_command(made, feed, tmp_path):
    command("dedup", feed, "--out", tmp_path / "out", "--threshold", 0.8, "--shingle", 4, "--keep", "earliest",
            "--drop", "exact,near", "--title", "--boilerplate", "off", "--seed", 5)
    result = wirecopy.deduplicate(feed, threshold=0.8, shingle=4, keep="earliest", drop=("exact", "near"), title=True,
                                  boilerplate=False, seed=5, threads=2, block_size="64KiB", kernel="scalar")
    assert_same_articles(result, tmp_path / "out")
    assert len(result.boilerplate) == 0
    for method in ["minhash", "simhash", "exact"]:
        command("dedup", feed, "--out", tmp_path / method, "--method", method)
        assert_same_articles(wirecopy.deduplicate(feed, method=method), tmp_path / method)


def test_preferred_sources(rows):
    result = wirecopy.deduplicate(rows, keep="source-order", preferred_sources=["www.nitoyoyo.example"])
    stories = [c for c in result.clusters if "www.nitoyoyo.example" in c["sources"]]
    assert stories and all(c["members"][0]["source"] == "www.nitoyoyo.example" for c in stories)


def test_fields_of_dicts_are_those_of_feeds(tmp_path):
    """A JSON line and the dict that json.loads() makes of it give the same article."""
    odd = [
        {"id": "plain", "text": STORY},
        {"id": 17, "maintext": STORY, "headline": "Rain", "url": "https://www.Example.org/a?b"},
        {"uri": 1.5, "body": None, "content": STORY, "source": {"name": "one.example"}},
        {"id": True, "url": "http://a.example/x", "text": STORY},
        {"id": "source is a url", "text": STORY, "source": "https://b.example:80/feed"},
        {"id": "list", "body": [STORY[:90], STORY[90:], 7], "language": "en-US"},
        {"id": "blocks", "body": [{"text": STORY[:90]}, {"value": STORY[90:]}], "thread": {"site": "c.example"}},
        {"id": "number", "text": 5},
        {"id": "boolean", "text": False},
        {"id": "object", "text": {"value": STORY}},
        {"id": "text in the second field", "text": 5, "content": STORY},
        {"id": "no text", "title": "Rain"},
        {"id": "", "guid": "second", "text": "", "description": STORY},
        {"id": "dates", "published": "nonsense", "date": "2024-03-04 10:15:29+01:00", "text": STORY + " One more."},
        {"id": "seconds", "timestamp": 1709514556, "text": STORY + " And another one."},
        {"id": "surrogate", "text": STORY + " \ud83d", "title": "\ud83d\ude00 and \udc00"},
        {"id": "zero\0byte", "text": STORY + "\0"},
        {},
    ]
    path = tmp_path / "odd.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in odd))
    from_dicts, from_feed = wirecopy.deduplicate(odd), wirecopy.deduplicate(path)
    mine, theirs = from_dicts.articles.to_dicts(), from_feed.articles.to_dicts()
    assert [row["row"] for row in mine] == [row["line"] - 1 for row in theirs]
    for one, other in zip(mine, theirs, strict=True):
        made_id = f"row:{one['row']}"
        assert one["id"] == (made_id if other["id"].startswith(str(path)) else other["id"])
        assert [same(one[key], other[key]) for key in SCORES] == [True] * len(SCORES)
    for one, other in zip(from_dicts.clusters, from_feed.clusters, strict=True):
        assert [(m["source"], m["published"], m["title"]) for m in one["members"]] == [
            (m["source"], m["published"], m["title"]) for m in other["members"]]
    assert [(r["row"], r["reason"]) for r in from_dicts.rejects] == [
        (r["line"] - 1, r["reason"]) for r in from_feed.rejects]
    assert from_dicts.summary["fields"] == from_feed.summary["fields"]
    assert from_dicts.rejected == from_feed.rejected > 2


def test_named_fields(rows):
    renamed = [{"k": row["id"], "article": {"content": [{"p": row["text"]}]}, "title": row["title"],
                "outlet": {"host": row["source_domain"]} if "source_domain" in row else None} for row in rows[:300]]
    result = wirecopy.deduplicate(renamed, fields={"id": "k", "text": "article.content[].p", "source": "/outlet/host"})
    assert result.articles[5]["id"] == rows[5]["id"]
    assert result.duplicates > 10


@pytest.mark.parametrize("published, seconds", [
    (datetime.datetime(2024, 3, 4, 10, 15, 29), 1709547329),
    (datetime.datetime(2024, 3, 4, 11, 15, 29, 999, tzinfo=datetime.timezone(datetime.timedelta(hours=1))), 1709547329),
    (datetime.date(2024, 3, 4), 1709510400), ("Mon, 04 Mar 2024 10:15:29 GMT", 1709547329), (1709547329, 1709547329),
    (1709547329.75, 1709547329), (1709547329000, 1709547329), (None, None), ("soon", None), ([], None),
    (float("nan"), None), pytest.param(10**5000, None, id="giant"),
])
def test_published(published, seconds):
    result = wirecopy.deduplicate([{"text": STORY, "published": published}] * 2)
    found = result.clusters[0]["members"][0]["published"]
    assert (found and found.timestamp()) == seconds


def test_missing_values_of_data_frames_are_missing_fields():
    nothing = float("nan")
    result = wirecopy.deduplicate([{"id": nothing, "text": STORY, "title": nothing, "url": None}, {"text": nothing}])
    assert result.rejected == 0 and result.articles[0]["id"] == "row:0"


def test_mappings_that_are_not_dicts():
    import sqlite3
    import types

    base = sqlite3.connect(":memory:")
    base.row_factory = sqlite3.Row
    row = base.execute("SELECT 'a' AS id, ? AS text", (STORY,)).fetchone()
    result = wirecopy.deduplicate([row, types.MappingProxyType({"id": "b", "text": STORY})])
    assert [r["id"] for r in result.articles] == ["a", "b"] and result.duplicates == 1


def test_the_result_does_not_need_its_input(made, tmp_path):
    copy = tmp_path / "feed.jsonl"
    copy.write_bytes((made / "made/feed.jsonl").read_bytes())
    result = wirecopy.deduplicate(copy)
    copy.unlink()
    assert len(result.clusters) > 100
    with pytest.raises(wirecopy.IoError, match="feed.jsonl"):
        result.boilerplate  # texts are read again


def test_boilerplate_of_passed_articles_has_an_example(rows):
    result = wirecopy.deduplicate(rows)
    assert len(result.boilerplate) > 10
    block = result.boilerplate[0]
    example, other = rows[block["example_row"]], rows[0]
    assert block["text"] is None and example["id"] == block["example"]
    explained = wirecopy.explain(example, other, result=result).to_dict()["articles"][0]
    ignored = [part["text"] for part in explained["text"] if part["kind"] == "boilerplate"]
    assert ignored and all(text in example["text"] for text in ignored)


def test_no_articles():
    for empty in [[], (), iter([])]:
        result = wirecopy.deduplicate(empty)
        assert (result.kept, result.duplicates, len(result.articles), len(result.clusters)) == (0, 0, 0, 0)
        assert list(result.unique) == [] and result.articles.to_dicts() == []
        assert result.summary["counts"]["read"] == 0


def test_tables_are_sequences(rows):
    table = wirecopy.deduplicate(rows[:50]).articles
    assert table[-1] == table[49] == table.to_dicts()[49] == list(table)[49]
    assert table.column_names[:3] == ["row", "id", "cluster"] and "50 rows" in repr(table)
    for number in [50, -51, 2**62]:
        with pytest.raises(IndexError):
            table[number]


def test_a_json_array_and_an_answer_of_an_api(tmp_path):
    articles = [{"id": str(n), "text": "the same words of one story " * 5} for n in range(3)]
    (tmp_path / "array.json").write_text(json.dumps(articles, indent=1))
    (tmp_path / "answer.json").write_text(json.dumps({"status": "ok", "response": {"docs": articles}}))
    assert wirecopy.deduplicate(tmp_path / "array.json").articles.to_dicts()[2]["match"] == "0"
    assert len(wirecopy.deduplicate(tmp_path / "answer.json", records="/response/docs").articles) == 3
    with pytest.raises(wirecopy.IoError, match="try records='/response/docs'"):
        wirecopy.deduplicate(tmp_path / "answer.json")


def test_articles_without_a_text_are_refused(tmp_path):
    articles = [{"id": "1", "story_html": "<p>Winds of storm force hit the coast on Monday night.</p>"}]
    with pytest.raises(wirecopy.IoError, match=r"try fields=\{'text': 'story_html'\}"):
        (tmp_path / "feed.jsonl").write_text(json.dumps(articles[0]) + "\n")
        wirecopy.deduplicate(tmp_path / "feed.jsonl")
    with pytest.raises(wirecopy.IoError, match="has no text"):
        wirecopy.deduplicate(articles)
    assert len(wirecopy.deduplicate(articles, allow_empty=True).articles) == 1
    (tmp_path / "x.parquet").write_bytes(b"PAR1" + bytes(10))
    with pytest.raises(wirecopy.IoError, match="Parquet"):
        wirecopy.deduplicate(tmp_path / "x.parquet")


def test_within_limits_the_time_between_copies():
    articles = [{"id": str(day), "text": STORY, "source": f"{day}.example", "published": f"2024-05-{day:02}"} for day in (1, 2, 9)]
    assert len(wirecopy.deduplicate(articles).clusters) == 1
    for within in (3 * 86_400, "3d", datetime.timedelta(days=3)):
        result = wirecopy.deduplicate(articles, within=within)
        assert [row["kept"] for row in result.articles].count(True) == 2
    with pytest.raises(wirecopy.UsageError, match="within must be a number with a unit"):
        wirecopy.deduplicate(articles, within="soon")
