"""Tables pass between wirecopy and Arrow libraries without copies, in both directions."""

import duckdb
import numpy
import pandas
import polars
import pyarrow as pa
import pytest
import wirecopy
from made_feed import STORY


@pytest.fixture(scope="module")
def result(rows):
    return wirecopy.deduplicate(rows)


@pytest.mark.parametrize("name", ["articles", "clusters", "matches", "boilerplate", "rejects"])
def test_every_table_is_read_by_every_library(result, name):
    table = getattr(result, name)
    rows = table.to_dicts()
    arrow = pa.table(table)
    arrow.validate(full=True)
    assert arrow.to_pylist() == rows
    assert polars.DataFrame(table).height == pandas.DataFrame.from_arrow(table).shape[0] == len(rows)
    assert polars.DataFrame(table).columns == table.column_names == arrow.column_names
    assert duckdb.sql("SELECT count(*) FROM arrow").fetchall() == [(len(rows),)]
    assert pa.schema(table) == arrow.schema


def test_values_in_every_library(result):
    clusters, largest = result.clusters, max(c["size"] for c in result.clusters)
    assert polars.DataFrame(clusters)["size"].max() == largest
    assert pandas.DataFrame.from_arrow(clusters)["size"].max() == largest
    assert duckdb.sql("SELECT max(len(members)) FROM clusters").fetchall() == [(largest,)]
    members = polars.DataFrame(clusters).select("members").explode("members").unnest("members")
    assert members["id"].to_list() == [m["id"] for c in clusters for m in c["members"]]


def test_tables_are_not_copied_and_outlive_the_result(rows):
    result = wirecopy.deduplicate(rows)
    one, two = pa.table(result.articles), pa.table(result.articles)
    for name in ["id", "jaccard", "row"]:
        address = [table[name].chunk(0).buffers()[-1].address for table in (one, two)]
        assert address[0] == address[1]
    ids = one["id"].to_pylist()
    del result, two
    assert one["id"].to_pylist() == ids == [row["id"] for row in rows]


def test_a_stream_that_is_never_read_is_released(result):
    for _ in range(100):
        result.clusters.__arrow_c_stream__()
        result.unique.__arrow_c_array__()


def test_unique_rows(result, rows):
    unique = numpy.asarray(result.unique)
    assert unique.dtype == numpy.uint64 and not unique.flags.writeable
    assert unique.tolist() == [row["row"] for row in result.articles if row["kept"]]
    assert pa.array(result.unique).to_pylist() == unique.tolist()
    assert pa.Table.from_pylist(rows).take(pa.array(result.unique)).num_rows == result.kept
    assert memoryview(result.unique).readonly
    assert numpy.asarray(wirecopy.deduplicate([]).unique).shape == (0,)


def tables_of(rows):
    arrow = pa.Table.from_pylist(rows)
    text = arrow.schema.get_field_index("text")
    for kind in [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int16(), pa.string())]:
        yield str(kind), arrow.set_column(text, "text", arrow["text"].cast(kind))
    yield "chunks", pa.concat_tables([arrow.slice(0, 700), arrow.slice(700, 3), arrow.slice(703)])
    yield "reader", arrow.to_reader(max_chunksize=333)
    yield "one batch", arrow.combine_chunks().to_batches()[0]
    yield "polars", polars.DataFrame(rows)
    yield "pandas", pandas.DataFrame(rows)
    yield "duckdb", duckdb.sql("SELECT * FROM arrow")


def test_tables_of_every_library_are_read(rows, result):
    mine = result.articles.to_dicts()
    for name, table in tables_of(rows):
        assert wirecopy.deduplicate(table).articles.to_dicts() == mine, name


def test_slices_and_nulls_and_structs():
    articles = [None if i % 7 == 3 else {"key": i, "body": None if i % 5 == 4 else f"{STORY} Number {i}.",
                                         "when": 1709547329000 + i} for i in range(100)]
    kind = pa.struct([("key", pa.int32()), ("body", pa.string()), ("when", pa.timestamp("ms"))])
    table = pa.table({"a": pa.array(articles, kind), "other": list(range(100))}).slice(11, 60)
    result = wirecopy.deduplicate(table, fields={"id": "a.key", "text": "a.body", "published": "a.when"})
    ids = [row["id"] for row in result.articles]
    assert ids == [f"row:{i}" if articles[i + 11] is None else str(i + 11) for i in range(60)]
    member = next(m for m in result.clusters[0]["members"] if not m["id"].startswith("row:"))
    assert member["published"].timestamp() == 1709547329


@pytest.mark.parametrize("when", [
    pa.array([1709547329] * 2, pa.timestamp("s", "UTC")), pa.array([1709547329_999999999] * 2, pa.timestamp("ns")),
    pa.array([1709547329] * 2, pa.uint32()), pa.array([1709547329.5] * 2), pa.array(["2024-03-04T10:15:29Z"] * 2),
    pa.array([1709547329_000] * 2, pa.int64()),
])
def test_dates(when):
    result = wirecopy.deduplicate(pa.table({"text": [STORY] * 2, "published": when}))
    assert result.clusters[0]["members"][0]["published"].timestamp() == 1709547329
    days = wirecopy.deduplicate(pa.table({"text": [STORY] * 2, "date": pa.array([19786] * 2, pa.date32())}))
    assert days.clusters[0]["first_published"].isoformat() == "2024-03-04T00:00:00+00:00"


def test_unusable_columns_are_named_in_the_error():
    with pytest.raises(wirecopy.UsageError, match="text.*Arrow format l"):
        wirecopy.deduplicate(pa.table({"text": [1, 2]}))
    with pytest.raises(wirecopy.UsageError, match="no column 'nowhere'"):
        wirecopy.deduplicate(pa.table({"text": ["a"]}), fields={"text": "nowhere"})
    with pytest.raises(wirecopy.UsageError, match="no column has a known name of a text"):
        wirecopy.deduplicate(pa.table({"number": [1]}))
    with pytest.raises(wirecopy.UsageError, match="single column"):
        wirecopy.deduplicate(pa.array(["a"]))


def test_the_error_of_a_failing_stream_is_raised():
    def batches():
        yield pa.record_batch({"text": [STORY]})
        raise OSError("the disk is gone")

    reader = pa.RecordBatchReader.from_batches(pa.schema({"text": pa.string()}), batches())
    with pytest.raises(wirecopy.IoError, match="the disk is gone"):
        wirecopy.deduplicate(reader)
