"""The keyword arguments: what changes results (Options) apart from what only changes speed (Resources)."""

from collections.abc import Iterable, Mapping
from typing import Literal, Protocol, TypedDict, runtime_checkable


class Options(TypedDict, total=False):
    """What changes results. Equal options on equal articles give equal results, on any machine.

    method: how candidate pairs are found: "sample" (the default; finds excerpts of any length as well as copies),
        "minhash", "simhash" or "exact" (equal title and text only).
    threshold: least share, in (0, 1], of the shorter text's editorial part that stands in the other, for two texts to
        match; 0.5.
    recall: wanted probability, in (0, 1), that a pair at exactly the threshold is found; 0.99.
    distance: simhash: greatest Hamming distance, 0 to 16; 6.
    shingle: length of a shingle in words, 1 to 32; 3.
    seed: of every hash; 1. "random" draws a secret one, for feeds whose authors may be hostile; an index that is gone on
        with keeps its own.
    title: whether the title counts as the first words of the text; False.
    boilerplate: whether text that a source repeats in unrelated articles is learnt and ignored; True.
    keep: which member of a cluster is kept: "fullest" (the default), "first", "earliest", "credited", "source-order".
    drop: relations for which a copy is removed; "exact", "near" and "excerpt", but not "extended".
    preferred_sources: for keep="source-order", the most preferred first.
    """

    method: Literal["sample", "minhash", "simhash", "exact"]
    threshold: float
    recall: float
    distance: int
    shingle: int
    seed: int | Literal["random"]
    title: bool
    boilerplate: bool
    keep: Literal["fullest", "first", "earliest", "credited", "source-order"]
    drop: Iterable[Literal["exact", "near", "excerpt", "extended"]]
    preferred_sources: Iterable[str]


class Resources(TypedDict, total=False):
    """What changes speed and memory, never results.

    threads: workers; 0, the default: as many as the process may use.
    block_size: bytes read at a time, 4 KiB to 64 MiB, as a number or such as "1MiB".
    kernel: SIMD level ("scalar", "avx2", "avx512", "avx512vbmi"); the best that the processor has by default.
    """

    threads: int
    block_size: int | str
    kernel: str


class Settings(Options, Resources, total=False):
    """Options and Resources together: the keyword arguments of deduplicate(), explain() and signatures()."""


Fields = Mapping[Literal["id", "title", "text", "source", "url", "published", "language"], str]
"""Where fields are that have an unusual name, by role: {"text": "body", "source": "outlet.name"}. Paths are names
joined by dots ("bodies[].value") or JSON pointers ("/body/0/value"), as for the command's --field."""


@runtime_checkable
class ArrowStream(Protocol):
    """A table of any Arrow library: pyarrow, polars, pandas, DuckDB..."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """A capsule with an ArrowArrayStream."""


@runtime_checkable
class ArrowArray(Protocol):
    """An array or a record batch of any Arrow library."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        """The capsules of an ArrowSchema and an ArrowArray."""


for _class in (Options, Resources, Settings, ArrowStream, ArrowArray):
    _class.__module__ = "wirecopy"
