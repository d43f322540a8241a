"""explain(): why two articles are copies of each other, or why they are not."""

import os
from collections.abc import Mapping
from typing import Any, Unpack, overload

from wirecopy import _engine
from wirecopy._options import Fields, Settings


@overload
def explain(
    first: Mapping[str, Any],
    second: Mapping[str, Any],
    *,
    result: _engine.Result | None = None,
    fields: Fields | None = None,
    **settings: Unpack[Settings],
) -> _engine.Explanation: ...


@overload
def explain(first: str, second: str, *, result: str | os.PathLike[str]) -> _engine.Explanation: ...


def explain(
    first: Mapping[str, Any] | str,
    second: Mapping[str, Any] | str,
    *,
    result: _engine.Result | str | os.PathLike[str] | None = None,
    fields: Fields | None = None,
    **settings: Unpack[Settings],
) -> _engine.Explanation:
    """Compares two articles, and tells their scores, the verdict and the passages that they share.

    first, second: mappings, as for deduplicate(); or, with the directory of a result that `wirecopy dedup --out` made,
        two of its ids.
    result: the Result of deduplicate(), whose options then hold and whose boilerplate is ignored; or that directory.
    settings: options for two articles by themselves.

    Raises UsageError for what cannot be compared, IoError where feeds of a directory are gone.

    >>> story = "It rained all day in the north of the country, and the rivers rose by two metres until the evening came."
    >>> more = "Weather news. " + story + " More rain is expected for the week."
    >>> why = wirecopy.explain({"text": story, "source": "one.example"}, {"text": more, "source": "two.example"})
    >>> why.matches, why.relation, why.judgement
    (True, 'excerpt', 'copies')
    >>> why.passages[0].words
    21
    >>> round(why.similarity.contained, 2)
    0.7
    """
    if isinstance(first, str) or isinstance(second, str):
        if not isinstance(first, str) or not isinstance(second, str):
            raise TypeError("explain() takes two mappings or two ids")
        if result is None or isinstance(result, _engine.Result):
            raise TypeError("ids need result=DIR, the directory that `wirecopy dedup --out DIR` made")
        if fields is not None or settings:
            raise TypeError("a result directory knows its fields and options")
        return _engine.explain_result(first, second, result)
    if result is not None and not isinstance(result, _engine.Result):
        raise TypeError("two mappings take a Result of deduplicate(); a directory goes with two ids")
    if result is not None and settings:
        raise TypeError("a Result knows its options")
    return _engine.explain_articles(first, second, result, fields, dict(settings))
