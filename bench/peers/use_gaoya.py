"""gaoya: a MinHash index in Rust that tokenizes, sketches and queries on all cores.

Recommended: the README's example, words, similarity 0.5, 42 bands of 3. Tuned: 3-shingles, similarity 0.2, 64 bands
of 2.
"""
from gaoya.minhash import MinHashStringIndex

from feed import Clusters, run


def clusters_by(texts, **parameters):
    index = MinHashStringIndex(hash_size=32, analyzer="word", lowercase=True, **parameters)
    clusters = Clusters(len(texts))
    index.par_bulk_insert_docs(list(range(len(texts))), texts)
    for number, found in enumerate(index.par_bulk_query(texts)):
        clusters.join(number, found)
    return clusters.roots()


def recommended(texts):
    return clusters_by(texts, jaccard_threshold=0.5, num_bands=42, band_size=3, ngram_range=(1, 1))


def tuned(texts, threshold=0.2, bands=64):
    return clusters_by(texts, jaccard_threshold=threshold, num_bands=bands, band_size=2, ngram_range=(3, 3))


if __name__ == "__main__":
    run({"recommended": recommended, "tuned": tuned})
