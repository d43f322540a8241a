"""Index: decides for each arriving article whether it is a copy of an earlier one."""

import datetime
import os
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Literal, NoReturn, Self, Unpack

from wirecopy import _engine
from wirecopy._options import ArrowArray, ArrowStream, Fields, Settings, keywords_of, seconds


def _timestamp(time: float | datetime.datetime) -> int:
    """Converts a time to seconds since 1970-01-01 UTC; a datetime without time zone is in UTC."""
    if isinstance(time, datetime.datetime):
        time = (time if time.tzinfo else time.replace(tzinfo=datetime.UTC)).timestamp()
    return int(time)


class Index:
    """A persistent index that decides for each arriving article whether it is a copy of an earlier one.

    >>> with wirecopy.Index(window="14d") as index:  # in memory; Index("stories.index", ...) is on disk
    ...     story = "It rained all day in the north of the country, and the rivers rose by two metres until the evening."
    ...     more = " The fire service closed the bridges of three towns and asked people to stay at home."
    ...     first = index.add({"id": "a1", "text": story + more, "source": "one.example"})
    ...     copy = index.add({"id": "b7", "text": story, "source": "two.example"})
    ...     (first.is_new, copy.relation, copy.match, copy.duplicate, copy.cluster == index.cluster_of("a1"))
    (True, 'excerpt', 'a1', True, True)

    path: the directory of the index, which must hold nothing else; None: the index is in memory.
    window: how long an article is remembered, 1 minute to 100 years: seconds, "14d" or a timedelta; 0: forever. Fixed
        at creation. None: forever, or the window of the existing index.
    fields: paths of fields with other names, as for deduplicate().
    create: whether to create the index if it does not exist.
    read_only: allow only methods that do not change the index. Any number of processes may read an index while another
        one writes to it.
    sync: True: a decision is on the disk when it is returned, so it survives a power failure. False: it survives a
        crash of the process, but a power failure may lose the decisions of the last sync_interval milliseconds.
    sync_interval: milliseconds, 1 to 60,000.
    memory: memory for the caches and buffers of an index on disk, at least "16MiB": bytes or a str.
    clock: when an article arrives: "system" (now), or "feed" (its publication date, for feeds from the past).
    max_clock_jump: with clock="feed", how far a single date may move the clock, 1 second to 100 years: seconds, "3d" or
        a timedelta. A later date moves it only if other dates confirm it.
    boilerplate_model: a file written by `wirecopy dedup --boilerplate-model`, for a new index.
    settings: Options and Resources as keyword arguments; the method must be "sample" or "exact". Options are fixed at
        creation; for an existing index they may be omitted and, if given, must be the same.

    Any number of threads may use an index. Raises UsageError for a setting out of range, IoError if the disk fails, and
    StateError if the index is damaged, was created with other options, or is in use by another writer. An invalid
    article (a text that is a number) does not raise: its decision has the outcome "rejected".
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
            **keywords_of(settings),
            "window": seconds(window, "window"),
            "create": create,
            "read_only": read_only,
            "sync": sync,
            "sync_interval": sync_interval,
            "memory": memory,
            "clock": clock,
            "max_clock_jump": seconds(max_clock_jump, "max_clock_jump"),
            "boilerplate_model": boilerplate_model,
        }
        self._path = None if path is None else os.fspath(path)
        self._engine = _engine.OpenIndex(self._path, fields, keywords)

    def add(self, article: Mapping[str, Any], /) -> _engine.Decision:
        """Decides an article and remembers it under Decision.id: its id, else its url, else a digest of its content.

        A known id with the same text changes nothing; with another text it is a new version. An article without id and
        url is identified by its source, title and text, so it is a duplicate when it is added again. Takes time linear
        in the text.
        """
        return self._engine.decide(article, True)

    def add_batch(
        self, articles: Iterable[Mapping[str, Any]] | ArrowStream | ArrowArray, *, batch_size: int = 1000
    ) -> list[_engine.Decision]:
        """Like add() for several articles in the given order, in parallel and several times as fast.

        The articles are written in batches of batch_size (1 or more), each of which is written completely or not at
        all. If the work ends early (Ctrl-C, an iterable that raises), the completed batches remain in the index.

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
        """Like query() for several articles, in parallel. They are not compared with each other."""
        return self._engine.decide_all(articles, batch_size, False)

    def shared_passages(self, article: Mapping[str, Any], id: str) -> list[str]:
        """Returns the passages of the article's text that also occur in the remembered article `id`, in order.

        The list is empty if the id is not remembered.
        """
        return self._engine.shared_passages(article, id)

    def remove(self, id: str) -> bool:
        """Forgets an article. Returns False if the id is not remembered."""
        return self._engine.remove(id)

    def expire(self, before: float | datetime.datetime) -> int:
        """Makes articles with a time before `before` too old to match. Returns the number of generations freed.

        before: seconds since 1970-01-01 UTC, or a datetime (in UTC if it has no time zone).
        """
        return self._engine.expire(_timestamp(before))

    def cluster(self, id: str) -> _engine.Cluster | None:
        """Returns the cluster `id`, or in `became` the cluster that it was merged into; None if the id is unknown."""
        return self._engine.cluster(id)

    def cluster_of(self, article_id: str) -> str | None:
        """Returns the id of an article's cluster; None if the article is not remembered or in no cluster."""
        return self._engine.cluster_of(article_id)

    def events(self, after: int = 0, limit: int | None = None) -> list[_engine.Event]:
        """Returns the events with a number greater than `after`, at most `limit`, in ascending order.

        Replaying all events in order reproduces the clusters. Events are kept for the length of the window.
        """
        return self._engine.events(after, limit)

    def statistics(self) -> _engine.Statistics:
        """Returns counts and parameters of the index, in constant time."""
        return self._engine.statistics()

    def flush(self) -> None:
        """Writes all decisions to the disk, so that they survive a power failure."""
        self._engine.flush()

    def compact(self) -> None:
        """Rewrites the files to reclaim the space of forgotten articles. Ctrl-C stops it; the index remains valid."""
        self._engine.compact()

    def snapshot(self, path: str | os.PathLike[str]) -> None:
        """Copies the index into the new directory `path`; fast, and takes little space on the same file system.

        A read-only index is copied in its writer's current state. Ctrl-C stops it; nothing is left at the path then.
        Raises UsageError for an index in memory or a path that exists.
        """
        self._engine.snapshot(path)

    def verify(self) -> int:
        """Reads and checks all records. Returns their number. Raises StateError if one is damaged."""
        return self._engine.verify()

    @property
    def path(self) -> str | None:
        """The directory of the index; None for an index in memory."""
        return self._path

    @property
    def closed(self) -> bool:
        """Whether close() was called."""
        return self._engine.closed

    def close(self) -> None:
        """Flushes and closes the index after calls in other threads have ended. No effect if it is already closed."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        """The number of articles remembered."""
        return self.statistics().articles

    def __bool__(self) -> bool:
        """True, even for an empty index."""
        return True

    def __repr__(self) -> str:
        where = "in memory" if self._path is None else repr(self._path)
        return f"<wirecopy.Index {where}, {'closed' if self.closed else f'{len(self)} articles'}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a wirecopy.Index cannot be pickled; pass its path and open it with read_only=True instead")


Index.__module__ = "wirecopy"
