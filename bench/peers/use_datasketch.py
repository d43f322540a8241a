"""datasketch: MinHash and MinHashLSH in Python and NumPy.

Recommended: the documentation's example, words in 128 permutations and an index for a similarity of 0.5.
Tuned: 3-shingles in many short bands, candidates checked by the sketches' similarity.
"""
from datasketch import MinHash, MinHashLSH

from feed import Clusters, run, shingles

PERMUTATIONS = 128


def sketch_of(tokens):
    sketch = MinHash(num_perm=PERMUTATIONS)
    sketch.update_batch([token.encode() for token in tokens])
    return sketch


def recommended(texts):
    index, clusters = MinHashLSH(threshold=0.5, num_perm=PERMUTATIONS), Clusters(len(texts))
    for number, text in enumerate(texts):
        if words := set(text.split()):
            sketch = sketch_of(words)
            clusters.join(number, index.query(sketch))
            index.insert(number, sketch)
    return clusters.roots()


def tuned(texts, threshold=0.2, bands=64):
    index = MinHashLSH(num_perm=PERMUTATIONS, params=(bands, PERMUTATIONS // bands))
    sketches, clusters = {}, Clusters(len(texts))
    for number, text in enumerate(texts):
        if tokens := shingles(text):
            sketch = sketch_of(tokens)
            found = index.query(sketch)
            clusters.join(number, (other for other in found if sketch.jaccard(sketches[other]) >= threshold))
            index.insert(number, sketch)
            sketches[number] = sketch
    return clusters.roots()


if __name__ == "__main__":
    run({"recommended": recommended, "tuned": tuned})
