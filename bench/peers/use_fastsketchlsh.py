"""FastSketchLSH: Fast Similarity Sketching in C++ with SIMD, and banded LSH.

Recommended: the README's example, words, 128 registers in 16 bands, every candidate a copy. Tuned: 3-shingles in many
short bands, candidates checked by the sketches' similarity.
"""
from FastSketchLSH import LSH, FastSimilaritySketch

from feed import Clusters, run, shingles

REGISTERS = 128


def clusters_by(token_sets, bands, threshold):
    numbers = [number for number, tokens in enumerate(token_sets) if tokens]
    sketches = FastSimilaritySketch(size=REGISTERS, seed=42).batch([sorted(token_sets[number]) for number in numbers])
    index, clusters = LSH(num_perm=REGISTERS, num_bands=bands), Clusters(len(token_sets))
    index.insert(sketches)
    found, starts = index.query(sketches, format="csr")
    for row, number in enumerate(numbers):
        rows = found[starts[row]:starts[row + 1]]
        similar = rows[(sketches[rows] == sketches[row]).mean(axis=1) >= threshold]
        clusters.join(number, (numbers[other] for other in similar))
    return clusters.roots()


def recommended(texts):
    return clusters_by([set(text.lower().split()) for text in texts], bands=16, threshold=0)


def tuned(texts, threshold=0.2, bands=64):
    return clusters_by([shingles(text) for text in texts], bands, threshold)


if __name__ == "__main__":
    run({"recommended": recommended, "tuned": tuned})
