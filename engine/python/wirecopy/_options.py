"""The keyword arguments: Options affect results, Resources affect only speed and memory."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Literal, Protocol, TypedDict, runtime_checkable

from wirecopy._errors import UsageError

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}


class Options(TypedDict, total=False):
    """Options that affect results. Equal options on equal articles give equal results on any machine.

    method: how candidate pairs are found: "sample" (finds copies and excerpts of any length), "minhash", "simhash" or
        "exact" (equal title and text only). Default: "sample".
    threshold: minimum agreement of the shorter text's editorial part with the other text for the two to
        match, in (0, 1]. Default: 0.5.
    recall: target probability that a pair at exactly the threshold is found, in (0, 1). It sets the sampling rate of
        "sample" (for texts of 50 words) and the bands of "minhash"; the other methods ignore it. Default: 0.99.
    distance: with method="simhash", maximum Hamming distance of two hashes, 0 to 16; less for many articles, as the
        summary says. Default: 6.
    shingle: length of a shingle in words, 1 to 32. Default: 3.
    seed: seed of every hash, 0 to 2**64 - 1. "random" draws a secret seed, for feeds whose authors may be hostile; an
        existing index keeps its seed. Default: 1.
    title: whether the title is compared as the first words of the text. Default: False.
    within: time between the dates of two articles up to which they may be copies: seconds, "14d" or a timedelta; articles
        without a date are not limited. Default: 0, no limit.
    boilerplate: whether text that a source repeats in unrelated articles is learned and ignored. Default: True.
    keep: which member of a cluster is its canonical, which is always kept: "fullest" (the most text), "first" (in the
        feed), "earliest" (published), "credited" (to an agency) or "source-order". Default: "fullest".
    drop: relations for which a copy is removed. Default: "exact", "near" and "excerpt", but not "extended".
    preferred_sources: with keep="source-order", the sources, the most preferred first. Default: none.
    """

    method: Literal["sample", "minhash", "simhash", "exact"]
    threshold: float
    recall: float
    distance: int
    shingle: int
    seed: int | Literal["random"]
    title: bool
    within: int | str | datetime.timedelta
    boilerplate: bool
    keep: Literal["fullest", "first", "earliest", "credited", "source-order"]
    drop: Iterable[Literal["exact", "near", "excerpt", "extended"]]
    preferred_sources: Iterable[str]


class Resources(TypedDict, total=False):
    """Options that affect speed and memory, never results.

    threads: number of worker threads, up to 1024; 0: as many as the process may use. Default: 0.
    block_size: bytes read at a time, 4 KiB to 64 MiB, as a number or a str such as "1MiB". Default: "1MiB".
    kernel: SIMD level: "scalar", "avx2", "avx512" or "avx512vbmi". Default: the best that the processor supports.
    """

    threads: int
    block_size: int | str
    kernel: str


class Settings(Options, Resources, total=False):
    """Options and Resources together: the keyword arguments of deduplicate(), explain() and signatures()."""


Fields = Mapping[Literal["id", "title", "text", "source", "url", "published", "language"], str]
"""Paths of fields by role: {"text": "body", "source": "outlet.name"}. A path is names joined by dots ("bodies[].value")
or a JSON pointer ("/body/0/value")."""


@runtime_checkable
class ArrowStream(Protocol):
    """A table of any Arrow library, such as pyarrow, polars, pandas or DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Returns a capsule with an ArrowArrayStream."""


@runtime_checkable
class ArrowArray(Protocol):
    """An array or a record batch of any Arrow library."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        """Returns the capsules of an ArrowSchema and an ArrowArray."""


for _class in (Options, Resources, Settings, ArrowStream, ArrowArray):
    _class.__module__ = "wirecopy"


def seconds(time: int | str | datetime.timedelta | None, name: str) -> int | None:
    """Converts the argument `name` to seconds."""
    if time is None or type(time) is int:
        return time
    if isinstance(time, datetime.timedelta):
        return round(time.total_seconds())
    if isinstance(time, str):
        number, unit = time[:-1], time[-1:]
        if number.isascii() and number.isdigit() and unit in _SECONDS:
            return int(number) * _SECONDS[unit]
        raise UsageError(f"{name} must be a number with a unit s, m, h, d or w, such as '14d', not {time!r}")
    raise TypeError(f"{name} must be seconds, a str such as '14d' or a timedelta, not {type(time).__name__}")


def keywords_of(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The keyword arguments as the engine takes them: durations in seconds."""
    keywords = dict(settings)
    if "within" in keywords:
        keywords["within"] = seconds(keywords["within"], "within")
    return keywords
