"""explain(): explains why two articles are or are not copies of each other."""

import os
from collections.abc import Mapping
from typing import Any, Unpack, overload

from wirecopy import _engine
from wirecopy._options import Fields, Settings, keywords_of


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
    """Compares two articles and returns their scores, the judgement and the passages that they share.

    first, second: two mappings, as for deduplicate(); or two ids, if `result` is a directory.
    result: a Result of deduplicate(), whose options are used and whose boilerplate is ignored; or the directory of a
        result written by `wirecopy dedup --out`. None: the two mappings are compared by themselves.
    fields: paths of fields with other names, as for deduplicate().
    settings: Options as keyword arguments; only without a result.

    Raises UsageError for an invalid article, an unknown id or an option out of range, IoError if the feeds of a result
    directory cannot be read, and TypeError for arguments that do not go together.

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
            raise TypeError("ids require result=DIR, a directory written by `wirecopy dedup --out DIR`")
        if fields is not None or settings:
            raise TypeError("fields and options are those of the result directory and cannot be given")
        return _engine.explain_result(first, second, result)
    if result is not None and not isinstance(result, _engine.Result):
        raise TypeError("mappings require a Result of deduplicate(); a result directory requires two ids")
    if result is not None and settings:
        raise TypeError("options are those of the Result and cannot be given")
    return _engine.explain_articles(first, second, result, fields, keywords_of(settings))
