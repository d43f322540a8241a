"""signatures(): MinHash and SimHash signatures of texts."""

from collections.abc import Iterable
from typing import Unpack

from wirecopy import _engine
from wirecopy._options import ArrowArray, ArrowStream, Settings


def signatures(
    texts: Iterable[str | None] | ArrowStream | ArrowArray, **settings: Unpack[Settings]
) -> _engine.Signatures:
    """Signs texts, as deduplicate() signs them with the same options.

    texts: strings (None is an empty text), or a column of strings of any Arrow library, which is read in place.
    settings: method is "minhash" (the default here) or "simhash"; threshold and recall decide how many numbers a
        MinHash signature has; shingle, seed, threads.

    MinHash: an array of shape (texts, bands * rows) of uint32; the share of equal numbers in two rows estimates the
    Jaccard similarity of the texts' shingles. SimHash: one uint64 a text; the fewer bits differ the more alike the
    texts are. Signatures of different options must not be compared.

    >>> made = wirecopy.signatures(["the rain in the north fell all day", "the rain in the north fell all night", None])
    >>> made.shape, made.bands, made.rows
    ((3, 80), 40, 2)
    >>> import numpy
    >>> array = numpy.asarray(made)  # no copy
    >>> float((array[0] == array[1]).mean()) > 0.5
    True
    >>> list(wirecopy.signatures(["the rain in the north"], method="simhash"))
    [17772597257839369710]
    """
    keywords = dict(settings)
    keywords.setdefault("method", "minhash")
    return _engine.signatures([texts] if isinstance(texts, str) else texts, keywords)
