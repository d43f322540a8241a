"""The exceptions. A bad article never raises: it is counted and reported as a reject."""


class Error(Exception):
    """Base class of all exceptions of wirecopy. The message is one line, and `kind` names the category.

    >>> try:
    ...     wirecopy.deduplicate([], threshold=2)
    ... except wirecopy.Error as error:
    ...     print(error.kind, error)
    usage threshold must be above 0 and at most 1
    """

    kind: str = "error"


class UsageError(Error, ValueError):
    """A bad option or an impossible combination."""

    kind = "usage"


class IoError(Error, OSError):
    """A file cannot be read or written, or the disk is full."""

    kind = "io"


class ResourcesError(Error, RuntimeError):
    """Out of memory, threads or file handles."""

    kind = "resources"


class StateError(Error, RuntimeError):
    """Damaged or incompatible state on disk, or an index in use by another writer."""

    kind = "state"


class CancelledError(Error):
    """The work was stopped on request."""

    kind = "cancelled"


for _class in (Error, UsageError, IoError, ResourcesError, StateError, CancelledError):
    _class.__module__ = "wirecopy"
