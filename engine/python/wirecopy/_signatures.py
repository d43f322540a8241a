"""signatures(): computes MinHash and SimHash signatures of texts."""

from collections.abc import Iterable
from typing import Unpack

from wirecopy import _engine
from wirecopy._options import ArrowArray, ArrowStream, Settings, keywords_of


def signatures(
    texts: Iterable[str | None] | ArrowStream | ArrowArray, **settings: Unpack[Settings]
) -> _engine.Signatures:
    """Computes signatures of texts, identical to those of deduplicate() with the same options.

    texts: strings (None is an empty text), or a column of strings of any Arrow library, which is read without a copy.
    settings: method is "minhash" (the default here) or "simhash"; threshold and recall determine the length of a
        MinHash signature; shingle, seed, threads and kernel are as in Options and Resources.

    MinHash: an array of uint32 of shape (texts, bands * rows). The share of equal numbers in two rows estimates the
    Jaccard similarity of the texts' shingle sets. SimHash: one uint64 per text. The fewer bits of two hashes differ,
    the more similar the texts are. Signatures made with different options must not be compared.

    Raises UsageError for another method, an option out of range or a text of more than 64 MiB, and TypeError for a text
    that is not a string. Takes time linear in the total length of the texts. Releases the GIL.

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
    keywords = keywords_of(settings)
    keywords.setdefault("method", "minhash")
    return _engine.signatures([texts] if isinstance(texts, str) else texts, keywords)
