"""What is rare in articles, written as the line of a feed."""

import json
from collections.abc import Mapping, Sequence
from typing import Any


def _plain(value: Any) -> Any:
    """Dates as feeds write them; nothing for what JSON does not know."""
    try:
        return value.isoformat()
    except Exception:
        return None


def line_of(article: Mapping[str, Any], roots: Sequence[str]) -> str | None:
    """The JSON line of those fields of an article that matter; None for what cannot be written."""
    fields = {root: article[root] for root in roots if root in article}
    fields = {root: value for root, value in fields.items() if not isinstance(value, float) or value == value}
    try:
        return json.dumps(fields, default=_plain)
    except Exception:  # whatever is wrong with it, it is one article among many
        return None
