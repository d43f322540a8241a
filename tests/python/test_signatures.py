"""Signatures: layout, meaning, and access to their memory."""

import numpy
import polars
import pyarrow as pa
import pytest
import wirecopy


def words(count, seed):
    return " ".join(f"word{n}" for n in numpy.random.default_rng(seed).integers(0, 100_000, count))


def test_minhash_estimates_similarity():
    shared = words(500, 1)
    made = wirecopy.signatures([shared + " " + words(250, 2), shared + " " + words(250, 3), words(700, 4)], threshold=0.3)
    array = numpy.asarray(made)
    assert array.shape == made.shape == (3, made.bands * made.rows) and array.dtype == numpy.uint32
    assert (array[0] == array[1]).mean() == pytest.approx(0.5, abs=4 * (0.25 / array.shape[1]) ** 0.5)
    assert (array[0] == array[2]).mean() < 0.05
    assert numpy.asarray(made).ctypes.data == array.ctypes.data  # no copies
    assert pa.array(made).to_pylist() == array.tolist() == [made[i] for i in range(3)]


def test_simhash_estimates_similarity():
    text = words(400, 1)
    made = wirecopy.signatures([text, text + " more words", words(400, 2)], method="simhash")
    array = numpy.asarray(made)
    assert array.dtype == numpy.uint64 and made.shape == (3,) and made.method == "simhash"
    distances = [int(array[0] ^ other).bit_count() for other in array[1:]]
    assert distances[0] <= 6 < 20 < distances[1]
    assert pa.array(made).to_pylist() == list(made)


def test_every_form_of_texts():
    texts = ["the rain in the north", None, "", "fällt überall", "\ud83d"]
    made = numpy.asarray(wirecopy.signatures(texts))
    assert (made[1] == made[2]).all() and (made[1] == 2**32 - 1).all()
    texts[-1] = "\ufffd"
    for column in [pa.array(texts), pa.chunked_array([texts[:2], texts[2:]]), pa.array(texts, pa.large_string()).slice(0),
                   polars.Series(texts), iter(texts), tuple(texts)]:
        assert (numpy.asarray(wirecopy.signatures(column)) == made).all()
    assert wirecopy.signatures([]).shape == (0, made.shape[1]) and len(wirecopy.signatures("one text")) == 1


def test_threads_and_kernels_do_not_affect_signatures():
    texts = [words(50, seed) for seed in range(200)]
    made = numpy.asarray(wirecopy.signatures(texts, threads=1, kernel="scalar"))
    assert (numpy.asarray(wirecopy.signatures(texts)) == made).all()
    assert not (numpy.asarray(wirecopy.signatures(texts, seed=2)) == made).all()


def test_errors():
    with pytest.raises(TypeError, match="text 1 must be a str or None, not bytes"):
        wirecopy.signatures(["a", b"b"])
    with pytest.raises(wirecopy.UsageError, match="minhash and simhash"):
        wirecopy.signatures(["a"], method="sample")
    with pytest.raises(wirecopy.UsageError, match="a column of strings"):
        wirecopy.signatures(pa.table({"text": ["a"]}))
    with pytest.raises(TypeError, match="unexpected keyword"):
        wirecopy.signatures(["a"], permutations=128)
