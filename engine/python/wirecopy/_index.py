"""Index: articles in the order in which they arrive, and which of them tell the same story."""

import datetime
import os
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Literal, NoReturn, Self, Unpack

from wirecopy import _engine
from wirecopy._errors import UsageError
from wirecopy._options import ArrowArray, ArrowStream, Fields, Settings

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}


def _seconds(time: int | str | datetime.timedelta | None, name: str) -> int | None:
    """The argument of that name in seconds."""
    if time is None or type(time) is int:
        return time
    if isinstance(time, datetime.timedelta):
        return round(time.total_seconds())
    if isinstance(time, str):
        number, unit = time[:-1], time[-1:]
        if number.isascii() and number.isdigit() and unit in _SECONDS:
            return int(number) * _SECONDS[unit]
        raise UsageError(f"{name} takes a number with s, m, h, d or w, such as '14d', not {time!r}")
    raise TypeError(f"{name} must be seconds, a str such as '14d' or a timedelta, not {type(time).__name__}")


def _moment(time: float | datetime.datetime) -> int:
    """Seconds since 1970-01-01 UTC; a datetime without a zone is UTC."""
    if isinstance(time, datetime.datetime):
        time = (time if time.tzinfo else time.replace(tzinfo=datetime.UTC)).timestamp()
    return int(time)


class Index:
    """An index that remembers: for the job that asks of each article as it arrives whether it was seen before.

    >>> with wirecopy.Index(window="14d") as index:  # in memory; Index("stories.index", ...) is on disk
    ...     story = "It rained all day in the north of the country, and the rivers rose by two metres until the evening."
    ...     more = " The fire service closed the bridges of three towns and asked people to stay at home."
    ...     first = index.add({"id": "a1", "text": story + more, "source": "one.example"})
    ...     copy = index.add({"id": "b7", "text": story, "source": "two.example"})
    ...     (first.is_new, copy.relation, copy.match, copy.duplicate, copy.cluster == index.cluster_of("a1"))
    (True, 'excerpt', 'a1', True, True)

    path: a directory of its own, made where it is missing; None: the index is in memory.
    window: how long an article is remembered: seconds, "14d", or a timedelta; None: for ever, or what was fixed when
        the index was made.
    fields: where fields are that have other names than feeds use, as for deduplicate().
    create: whether a missing index is made. read_only: only look; any number of processes may, while one writes.
    sync: a decision is on the disk when it is returned, and survives a power cut; without, it survives the death of the
        process, and a power cut may take the last sync_interval milliseconds.
    memory: of an index on disk, for caches and buffers, such as "256MiB".
    clock: when articles arrive: "system" (now), or "feed" (when they were published, for old feeds).
    max_clock_jump: with clock="feed", a date further ahead moves the clock only when others confirm it: seconds, "3d",
        or a timedelta.
    boilerplate_model: a file that `wirecopy dedup --boilerplate-model` wrote, for a new index.
    settings: Options and Resources by name; method "sample" or "exact". What was fixed when the index was made may be
        left out; where it is given, it must be the same.

    Any number of threads may use one index. Raises UsageError, IoError, and StateError for an index that is damaged,
    was made with other options, or is in use by another writer. What is no article (a text that is a number) does not
    raise: its decision has the outcome "rejected".
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        window: int | str | datetime.timedelta | None = None,
        fields: Fields | None = None,
        create: bool = True,
        read_only: bool = False,
        sync: bool = False,
        sync_interval: int = 100,
        memory: int | str = "256MiB",
        clock: Literal["system", "feed"] = "system",
        max_clock_jump: int | str | datetime.timedelta = "3d",
        boilerplate_model: str | os.PathLike[str] | None = None,
        **settings: Unpack[Settings],
    ) -> None:
        keywords = {
            **settings,
            "window": _seconds(window, "window"),
            "create": create,
            "read_only": read_only,
            "sync": sync,
            "sync_interval": sync_interval,
            "memory": memory,
            "clock": clock,
            "max_clock_jump": _seconds(max_clock_jump, "max_clock_jump"),
            "boilerplate_model": boilerplate_model,
        }
        self._path = None if path is None else os.fspath(path)
        self._engine = _engine.OpenIndex(self._path, fields, keywords)

    def add(self, article: Mapping[str, Any], /) -> _engine.Decision:
        """Decides an article and remembers it, under the decision's id: its own, else its url, else a digest of it.

        The same id again with the same text changes nothing; with another text it is a new version. An article without
        id and url is named by its source, title and text, so the same one again is a duplicate.
        """
        return self._engine.decide(article, True)

    def add_batch(
        self, articles: Iterable[Mapping[str, Any]] | ArrowStream | ArrowArray, *, batch_size: int = 1000
    ) -> list[_engine.Decision]:
        """The same for many, in this order and in parallel: several times as fast.

        They are written in batches, each whole or not at all. Where the work ends early (Ctrl-C, an iterable that
        raises), the batches before stay.

        >>> index = wirecopy.Index()
        >>> [decision.outcome for decision in index.add_batch([{"id": "1", "text": "Rain."}, {"id": "2", "text": 7}])]
        ['added', 'rejected']
        """
        return self._engine.decide_all(articles, batch_size, True)

    def query(self, article: Mapping[str, Any], /) -> _engine.Decision:
        """Decides an article without remembering it."""
        return self._engine.decide(article, False)

    def query_batch(
        self, articles: Iterable[Mapping[str, Any]] | ArrowStream | ArrowArray, *, batch_size: int = 1000
    ) -> list[_engine.Decision]:
        """The same for many, in parallel."""
        return self._engine.decide_all(articles, batch_size, False)

    def shared_passages(self, article: Mapping[str, Any], id: str) -> list[str]:
        """The passages of the article's text that stand in the remembered article `id` too; none if it is unknown."""
        return self._engine.shared_passages(article, id)

    def remove(self, id: str) -> bool:
        """Forgets an article; False where the id is not remembered."""
        return self._engine.remove(id)

    def expire(self, before: float | datetime.datetime) -> int:
        """Articles of a time before this match nothing from now on; returns how many generations were freed."""
        return self._engine.expire(_moment(before))

    def cluster(self, id: str) -> _engine.Cluster | None:
        """The cluster of that id, or what became of it; None where it is not known."""
        return self._engine.cluster(id)

    def cluster_of(self, article_id: str) -> str | None:
        """The id of an article's cluster; None where it is not remembered or stands alone."""
        return self._engine.cluster_of(article_id)

    def events(self, after: int = 0, limit: int | None = None) -> list[_engine.Event]:
        """What became of clusters: events with a number greater than `after`, rising. They are kept for a window."""
        return self._engine.events(after, limit)

    def statistics(self) -> _engine.Statistics:
        """Counts of the index."""
        return self._engine.statistics()

    def flush(self) -> None:
        """Brings all to the disk."""
        self._engine.flush()

    def compact(self) -> None:
        """Rewrites the files so that nothing forgotten takes space. Ctrl-C ends it, and harms nothing."""
        self._engine.compact()

    def snapshot(self, path: str | os.PathLike[str]) -> None:
        """A copy of the index as it is now, in a new directory; quick, and small on the same file system.

        Ctrl-C ends it, and nothing is at the path then.
        """
        self._engine.snapshot(path)

    def verify(self) -> int:
        """Reads all and checks it; raises StateError for damage. Returns the number of records."""
        return self._engine.verify()

    @property
    def path(self) -> str | None:
        """Its directory; None for an index in memory."""
        return self._path

    @property
    def closed(self) -> bool:
        """Whether close() was called."""
        return self._engine.closed

    def close(self) -> None:
        """Flushes and closes the index, once calls in other threads have ended. Nothing happens if it is closed."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        """How many articles are remembered."""
        return self.statistics().articles

    def __bool__(self) -> bool:
        """An index is true, also an empty one."""
        return True

    def __repr__(self) -> str:
        where = "in memory" if self._path is None else repr(self._path)
        return f"<wirecopy.Index {where}, {'closed' if self.closed else f'{len(self)} articles'}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a wirecopy.Index cannot be pickled; give its path, and open it read_only where it is read")


Index.__module__ = "wirecopy"
