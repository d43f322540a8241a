"""deduplicate(): finds all copies in a set of articles at once."""

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Unpack

from wirecopy import _engine
from wirecopy._options import ArrowArray, ArrowStream, Fields, Settings, keywords_of

Path = str | os.PathLike[str]


def deduplicate(
    articles: Path | Iterable[Path] | Iterable[Mapping[str, Any]] | ArrowStream | ArrowArray,
    *,
    fields: Fields | None = None,
    records: str | None = None,
    allow_empty: bool = False,
    **settings: Unpack[Settings],
) -> _engine.Result:
    """Finds the copies in a set of articles, like `wirecopy dedup`.

    articles: the path of a feed (JSON lines or a JSON array, plain or compressed by gzip, zstd, bzip2, xz or lz4) or of
        a directory of feeds, or several paths; or an iterable of mappings such as dicts, one per article; or a table of
        any Arrow library, whose strings are read without a copy. Fields are found by the names that feeds use: "id", "title" or "headline", "text", "maintext" or
        "body", "source" or "domain", "url", "published" or "date" (a str, number or datetime) and so on; the first
        that is not empty is used.
    fields: paths of fields with other names, by role: {"text": "article.content"}.
    records: JSON pointer to the array of articles in feeds that are JSON documents, such as "/response/docs"; not needed
        for a document that is an array.
    allow_empty: whether articles of which none has a text, or feeds of which no line is an article, are accepted.
    settings: Options and Resources as keyword arguments, such as threshold=0.7 and threads=4.

    Works in memory. For feeds that do not fit, run `wirecopy dedup --out DIR --memory 2G` and read the files that it
    writes. Releases the GIL. Ctrl-C stops the work and raises KeyboardInterrupt.

    Raises UsageError for an option that is unknown or out of range, IoError if an input cannot be read, has a format
    that is not read, or has no article with a text, and TypeError for an argument of the wrong type. An invalid article (a text that is a number, a line that is not JSON) never
    raises: it is listed in Result.rejects.

    >>> result = wirecopy.deduplicate("tests/data/demo/feed.jsonl")
    >>> result
    <wirecopy.Result: 55 articles, 34 kept, 21 duplicates, 5 clusters>
    >>> row = next(row for row in result.articles if row["relation"] == "excerpt" and not row["kept"])
    >>> row["id"], row["match"], round(row["containment"], 2)
    ('meridian-4471', 'gazette-6612', 0.99)
    >>> max(cluster["size"] for cluster in result.clusters)
    11
    >>> import pyarrow
    >>> pyarrow.table(result.articles).num_rows
    55
    """
    keywords = keywords_of(settings) | {"records": records, "allow_empty": allow_empty}
    if isinstance(articles, (str, os.PathLike)):
        return _engine.deduplicate_feeds([articles], fields, keywords)
    if isinstance(articles, (Mapping, bytes)):
        given = type(articles).__name__
        raise TypeError(f"articles must be paths, an iterable of mappings or an Arrow table, not a single {given}")
    if isinstance(articles, (ArrowStream, ArrowArray)):
        return _engine.deduplicate_articles(articles, fields, keywords)
    rest: Iterator[Any] = iter(articles)
    for first in rest:
        break
    else:
        return _engine.deduplicate_articles((), fields, keywords)
    if isinstance(first, (str, os.PathLike)):
        return _engine.deduplicate_feeds([first, *rest], fields, keywords)
    return _engine.deduplicate_articles(chain((first,), rest), fields, keywords)
