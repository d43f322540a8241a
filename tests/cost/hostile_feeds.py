"""Feeds crafted to cost more than their size: each kind grows with a number.

python3 tests/cost/hostile_feeds.py KIND N writes one to standard output.
"""

import json
import random
import sys

MASK = (1 << 64) - 1


def words(draw, count):
    return [f"{draw.getrandbits(24):06x}" for _ in range(count)]


def prose(draw, count):
    return " ".join(words(draw, count))


def changed(draw, base, count, by):
    """The words with `count` of them replaced."""
    text = list(base)
    for place in draw.sample(range(len(text)), count):
        text[place] = f"{by}{place}"
    return " ".join(text)


# ---- one line ----


def repeated_keys(draw, n):
    yield '{"text":[' + ",".join(['"a"'] * n) + "]," + ",".join(['"id":1'] * n) + "}"


def giant_line(draw, n):
    yield {"id": "giant", "text": prose(draw, n)}


def deep_nesting(draw, n):
    for number in range(n // 400):
        nested = '{"a":[' * 200 + "1" + "]}" * 200
        yield f'{{"id":"{number}","text":"{prose(draw, 20)}","z":{nested}}}'


def many_pieces(draw, n):
    yield {"id": "list", "text": words(draw, n)}


def tiny_lines(draw, n):
    for number in range(n):
        yield ("{}", "", "[", '{"text":""}', '{"text":"a"}')[number % 5]


def escapes(draw, n):
    yield '{"id":"escapes","text":"' + "\\u0061\\ud83d\\n\\u00e9 " * n + '"}'


# ---- texts that are hard to read ----


def ligatures(draw, n):
    """A character that normalises to eighteen letters."""
    for number in range(4):
        yield {"id": str(number), "text": "\ufdfa" * n}


def stacked_marks(draw, n):
    """A letter with many combining marks that must be sorted."""
    yield {"id": "marks", "text": "a" + "\u0301\u0323\u0308\u0327" * n}


def tags(draw, n):
    for number, piece in enumerate(("<", "<a ", "<!--", "&", "&#", "</", "<script>", '<a href="', "<p>x</p>", "&amp;lt;")):
        yield {"id": str(number), "text": piece * n}


def unspaced(draw, n):
    yield {"id": "han", "text": "".join(chr(0x4E00 + draw.randrange(3)) for _ in range(n))}
    yield {"id": "thai", "text": "".join(chr(0x0E01 + draw.randrange(3)) for _ in range(n))}


def one_word_text(draw, n):
    """One repeated word after some prose: every shingle of one text occurs n times in the other."""
    base = words(draw, 100)
    for identity, count in (("a", n), ("b", n + 5)):
        yield {"id": identity, "text": " ".join(base + ["x"] * count)}


def credits(draw, n):
    for number in range(n):
        lines = ["(Reuters) - (AP) -"] * 6 + ["By A B, C D and E F of the Associated Press"] * 4 + ["(AFP/dpa/Reuters)"] * 4
        yield {"id": str(number), "text": "\n".join(lines) + " " + prose(draw, 20), "title": "UPDATE 2-" * 20}


def dates(draw, n):
    for number in range(n):
        digits = "9" * (number % 40)
        yield {"id": str(number), "text": prose(draw, 10),
               "published": ("Mon, " * 9 + digits, digits, "2024-13-45T" + digits, " " * 99 + "1 Jan")[number % 4]}


def long_urls(draw, n):
    for number in range(n // 50):
        path = "/".join(words(draw, 400))
        yield {"url": f"https://{'www.' * 60}example.test/{path}?{'&'.join(words(draw, 400))}#{number}",
               "text": prose(draw, 30)}


# ---- articles that are hard to compare ----


def one_word_articles(draw, n):
    for number in range(n):
        yield {"id": str(number), "text": f"w{number % 7}", "source": f"s{number % 3}"}


def distinct(draw, n):
    for number in range(n):
        yield {"id": str(number), "title": prose(draw, 6), "text": prose(draw, 60), "source": f"s{number % 50}"}


def equal(draw, n):
    text = prose(draw, 60)
    for number in range(n):
        yield {"id": str(number), "title": "the same", "text": text, "source": f"s{number % 50}"}


def clique(draw, n):
    """Every article matches every other."""
    base = words(draw, 100)
    for number in range(n):
        yield {"id": str(number), "source": f"s{number}", "text": changed(draw, base, 3, f"x{number}w")}


def groups(draw, n):
    for number in range(n):
        if number % 64 == 0:
            base = words(draw, 80)
        yield {"id": str(number), "source": f"s{number % 64}", "text": changed(draw, base, 2, f"x{number}w")}


def chain(draw, n):
    """Every article matches the next one, but hardly the one after that."""
    stream = words(draw, 40 * n + 100)
    for number in range(n):
        yield {"id": str(number), "source": f"s{number}", "text": " ".join(stream[40 * number:40 * number + 100])}


def star(draw, n):
    """A giant text and excerpts of it."""
    excerpts = [prose(draw, 40) for _ in range(n)]
    yield {"id": "giant", "text": " ".join(excerpts)}
    for number, text in enumerate(excerpts):
        yield {"id": str(number), "text": text, "source": f"s{number % 500}"}


def large_near_copies(draw, n):
    base = words(draw, 8000)
    for number in range(n):
        yield {"id": str(number), "source": f"s{number}", "text": changed(draw, base, 20, f"x{number}w")}


def repeating_texts(draw, n):
    base = prose(draw, 100)
    for number in range(10):
        yield {"id": str(number), "title": f"t{number}", "source": f"s{number}", "text": f"{base} " * n + f"z{number}"}


def versions(draw, n):
    base = words(draw, 100)
    for number in range(n):
        yield {"id": str(number), "title": "Storm hits coast", "source": "one.example",
               "text": changed(draw, base, 1, f"x{number}w")}


def one_source(draw, n):
    """Footers that one source repeats, each in some of its articles."""
    footers = [prose(draw, 20) for _ in range(20)]
    for number in range(n):
        yield {"id": str(number), "title": prose(draw, 5), "source": "one.example",
               "text": prose(draw, 30) + " " + " ".join(draw.sample(footers, 3))}


def many_sources(draw, n):
    footer = prose(draw, 20)
    for number in range(n):
        yield {"id": str(number), "title": prose(draw, 5), "source": f"s{number}", "text": f"{prose(draw, 30)} {footer}"}


def equal_titles(draw, n):
    for number in range(n):
        yield {"id": str(number), "title": "Weather", "source": f"s{number % 5}", "text": prose(draw, 12)}


# ---- names and words crafted for known hash functions ----


def unshift(value, bits):
    """Inverts x ^ (x >> bits)."""
    result = value
    for _ in range(64 // bits):
        result = value ^ (result >> bits)
    return result


def colliding_names(draw, n):
    """Source names of 16 bytes that collide under std::hash of libstdc++ (MurmurHash64A with a fixed seed): the
    second half of each cancels the effect of the first on the state."""
    multiplier, inverse = 0xC6A4A7935BD1E995, pow(0xC6A4A7935BD1E995, -1, 1 << 64)
    begin = 0xC70F6907 ^ (16 * multiplier & MASK)

    def stir(half):
        half = half * multiplier & MASK
        return (half ^ half >> 47) * multiplier & MASK

    def unstir(half):
        return unshift(half * inverse & MASK, 47) * inverse & MASK

    letters = "abcdefghijklmnopqrstuvwxyz"
    while n > 0:
        first = "".join(draw.choices(letters, k=8)).encode()
        state = (begin ^ stir(int.from_bytes(first, "little"))) * multiplier & MASK
        second = unstir(state ^ 0x6A09E667F3BCC908).to_bytes(8, "little")
        if second.isascii() and 0 not in second:
            n -= 1
            yield {"source": (first + second).decode(), "text": "a few words of a text"}


class KnownSeed:
    """The program's hashes of words under a seed known to the attacker (text/token_hash.hpp, text/shingler.hpp)."""

    def __init__(self, seed=1):
        state = mix64(seed ^ 0x746F6B656E7321)
        self.secret = [mix64(state + step * 0x9E3779B97F4A7C15 & MASK) for step in range(1, 5)]

    def token(self, word):
        """The hash of a word of up to eight bytes."""
        secret = self.secret
        mixed = multiplied(int.from_bytes(word.encode(), "little") ^ secret[0], secret[1])
        return multiplied(mixed ^ secret[2], secret[3] ^ mixed >> 32) >> 32 & ~3

    @staticmethod
    def shingle(tokens):
        total = 0
        for token in tokens:
            total = total * 0x9E6C63D0876A9A47 + token & MASK
        return mix64(total + len(tokens) * 0xD1342543DE82EF95 & MASK)


def mix64(x):
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9 & MASK
    x = (x ^ x >> 27) * 0x94D049BB133111EB & MASK
    return x ^ x >> 31


def multiplied(one, other):
    product = one * other
    return (product ^ product >> 64) & MASK


def sampled_shingles(draw, count, accept=lambda hashed: True):
    """Passages of three words whose shingle is in the sample under the default seed."""
    known = KnownSeed()
    vocabulary = [(word, known.token(word)) for word in words(draw, 4000)]
    while count > 0:
        passage = draw.sample(vocabulary, 3)
        hashed = known.shingle([token for _, token in passage])
        if hashed < (1 << 64) // 16 and accept(hashed):
            count -= 1
            yield " ".join(word for word, _ in passage)


def popular_shingles(draw, n):
    """All articles share sampled shingles, but none match, so that all comparisons are useless."""
    popular = list(sampled_shingles(draw, 40))
    for number in range(n):
        passages = (f"{passage} {prose(draw, 3)}" for passage in draw.sample(popular, 10))
        yield {"id": str(number), "title": prose(draw, 5), "source": f"s{number % 97}", "text": " ".join(passages)}


KINDS = {kind.__name__: kind for kind in (
    repeated_keys, giant_line, deep_nesting, many_pieces, tiny_lines, escapes, ligatures, stacked_marks, tags, unspaced,
    one_word_text, credits, dates, long_urls, one_word_articles, distinct, equal, clique, groups, chain, star,
    large_near_copies, repeating_texts, versions, one_source, many_sources, equal_titles, colliding_names,
    popular_shingles)}


def write_feed(kind, n, out):
    for line in KINDS[kind](random.Random(4), n):
        out.write((line if isinstance(line, str) else json.dumps(line)) + "\n")


if __name__ == "__main__":
    write_feed(sys.argv[1], int(sys.argv[2]), sys.stdout)
