"""Writes articles with uncommon values as the line of a feed."""

import json
from collections.abc import Mapping, Sequence
from typing import Any


def _plain(value: Any) -> Any:
    """Converts dates to the form used in feeds, and other values that JSON does not support to None."""
    try:
        return value.isoformat()
    except Exception:
        return None


def line_of(article: Mapping[str, Any], roots: Sequence[str]) -> str | None:
    """Returns the JSON line of the article's fields `roots`; None if they cannot be written."""
    fields = {root: article[root] for root in roots if root in article}
    fields = {root: value for root, value in fields.items() if not isinstance(value, float) or value == value}
    try:
        return json.dumps(fields, default=_plain)
    except Exception:  # one bad article must not stop the run
        return None
