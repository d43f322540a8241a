"""Shared by the adapters: reading a feed, words and shingles, and joining matches into clusters.

An adapter is a program `use_TOOL.py FEED CLUSTERS SETTING`. It reads FEED (JSON lines with `id` and `text`), lets its
tool find the copies, and writes CLUSTERS: a line {"id", "cluster"} for every article. SETTING is `recommended`, what
the tool's own documentation shows, or `tuned`, what scores best on news.
"""
import re
import sys

import orjson

WORD = re.compile(r"\w+")


def read_feed(path):
    """The ids and texts of a feed, in its order."""
    ids, texts = [], []
    with open(path, "rb") as lines:
        for line in lines:
            article = orjson.loads(line)
            ids.append(article["id"])
            texts.append(article.get("text") or "")
    return ids, texts


def shingles(text, words=3):
    """The distinct runs of some words, in lower case; a text of fewer words has none and stays alone."""
    found = WORD.findall(text.lower())
    return {" ".join(found[at:at + words]) for at in range(len(found) - words + 1)}


class Clusters:
    """Union-find over article numbers; only text-dedup and datatrove have their own."""

    def __init__(self, size):
        self.parent = list(range(size))

    def root(self, article):
        while self.parent[article] != article:
            self.parent[article] = article = self.parent[self.parent[article]]
        return article

    def join(self, article, others):
        for other in others:
            self.parent[self.root(other)] = self.root(article)

    def roots(self):
        return [self.root(article) for article in range(len(self.parent))]


def write_clusters(path, ids, clusters):
    with open(path, "wb") as out:
        for article_id, cluster in zip(ids, clusters):
            out.write(orjson.dumps({"id": article_id, "cluster": cluster}) + b"\n")


def run(settings):
    """The main program of an adapter: settings[name](texts) returns one cluster number per text."""
    feed, out, setting = sys.argv[1:]
    ids, texts = read_feed(feed)
    write_clusters(out, ids, settings[setting](texts))
