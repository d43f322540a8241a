"""Finds the copies of wire stories in news feeds.

>>> import wirecopy
>>> story = "It rained all day in the north of the country, and the rivers rose by two metres until the evening came."
>>> result = wirecopy.deduplicate([
...     {"id": "a1", "title": "Rain", "text": story + " Nobody was hurt.", "source": "one.example"},
...     {"id": "b7", "title": "More rain", "text": story + " Nobody was hurt, it is said.", "source": "two.example"},
...     {"id": "c2", "title": "Sun", "text": "The south stayed dry, as it has done all year.", "source": "two.example"},
... ])
>>> result
<wirecopy.Result: 3 articles, 2 kept, 1 duplicates, 1 clusters>
>>> [row["id"] for row in result.articles if row["kept"]]
['b7', 'c2']

- deduplicate() finds the copies in feeds, in an iterable of dicts, or in a table of any Arrow library.
- Index decides each article as it arrives, and remembers it.
- explain() explains why two articles are or are not copies of each other.
- signatures() computes MinHash or SimHash signatures of texts.

pyarrow, polars, pandas and DuckDB read the tables of a result without a copy; none of them is required.
"""

from wirecopy._deduplicate import deduplicate
from wirecopy._engine import (
    Array,
    Cluster,
    Decision,
    Event,
    Explanation,
    Member,
    Passage,
    Result,
    Signatures,
    Similarity,
    Statistics,
    Table,
    __version__,
)
from wirecopy._errors import CancelledError, Error, IoError, ResourcesError, StateError, UsageError
from wirecopy._explain import explain
from wirecopy._index import Index
from wirecopy._options import ArrowArray, ArrowStream, Fields, Options, Resources, Settings
from wirecopy._signatures import signatures

__all__ = [
    "Array",
    "ArrowArray",
    "ArrowStream",
    "CancelledError",
    "Cluster",
    "Decision",
    "Error",
    "Event",
    "Explanation",
    "Fields",
    "Index",
    "IoError",
    "Member",
    "Options",
    "Passage",
    "Resources",
    "ResourcesError",
    "Result",
    "Settings",
    "Signatures",
    "Similarity",
    "StateError",
    "Statistics",
    "Table",
    "UsageError",
    "__version__",
    "deduplicate",
    "explain",
    "signatures",
]
