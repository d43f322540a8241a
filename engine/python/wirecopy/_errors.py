"""The exceptions: what stops a run. A bad article never raises: it is counted, and reported as a reject."""


class Error(Exception):
    """What stops a run; the message is one line. Its subclasses mirror the kinds of wirecopy::Error in C++.

    >>> try:
    ...     wirecopy.deduplicate([], threshold=2)
    ... except wirecopy.Error as error:
    ...     print(error.kind, error)
    usage --threshold must be above 0 and at most 1
    """

    kind: str = "error"


class UsageError(Error, ValueError):
    """A bad option or an impossible combination."""

    kind = "usage"


class IoError(Error, OSError):
    """A file cannot be read or written, a disk is full."""

    kind = "io"


class ResourcesError(Error, RuntimeError):
    """Memory, threads or file handles ran out."""

    kind = "resources"


class StateError(Error, RuntimeError):
    """Damaged or incompatible state on disk, or an index that another writer uses."""

    kind = "state"


class CancelledError(Error):
    """The work was asked to stop."""

    kind = "cancelled"


for _class in (Error, UsageError, IoError, ResourcesError, StateError, CancelledError):
    _class.__module__ = "wirecopy"
