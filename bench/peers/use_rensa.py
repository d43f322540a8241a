"""rensa: RMinHash sketches in Rust.

Recommended: the README's deduplicator, on words, at a similarity of 0.8; an article that it drops joins those that it
matches. Tuned: 3-shingles in an RMinHashLSH of many short bands, candidates checked by the sketches' similarity.
"""
from rensa import RMinHash, RMinHashDeduplicator, RMinHashLSH

from feed import Clusters, run, shingles

PERMUTATIONS, SEED = 128, 42


def recommended(texts):
    tokens = [text.split() for text in texts]
    deduplicator = RMinHashDeduplicator(threshold=0.8, num_perm=PERMUTATIONS, use_lsh=True)
    kept = deduplicator.add_pairs((str(number), words) for number, words in enumerate(tokens))
    dropped = [number for number, keep in enumerate(kept) if not keep]
    clusters = Clusters(len(texts))
    for number, found in zip(dropped, deduplicator.get_duplicate_sets([tokens[number] for number in dropped])):
        clusters.join(number, map(int, found))
    return clusters.roots()


def tuned(texts, threshold=0.2, bands=64):
    sketches, index = {}, RMinHashLSH(threshold, PERMUTATIONS, bands)
    clusters = Clusters(len(texts))
    for number, text in enumerate(texts):
        if not (tokens := shingles(text)):
            continue
        sketch = RMinHash(PERMUTATIONS, SEED)
        sketch.update(tokens)
        clusters.join(number, (other for other in index.query(sketch) if sketch.jaccard(sketches[other]) >= threshold))
        index.insert(number, sketch)
        sketches[number] = sketch
    return clusters.roots()


if __name__ == "__main__":
    run({"recommended": recommended, "tuned": tuned})
