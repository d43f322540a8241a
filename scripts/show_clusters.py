#!/usr/bin/env python3
"""Shows the largest clusters of a clusters.jsonl as a table of 100 columns."""

import argparse
import heapq
import json
import signal
import sys
import unicodedata

WIDTH = 100


def harmless(text):
    """One line that a terminal cannot take for a command: control and format characters become spaces."""
    return " ".join("".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text or "").split())


def columns_of(character):
    """How many columns a terminal gives to a character."""
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fit(text, width):
    """The text in exactly that many columns: cut with an ellipsis, or filled with spaces."""
    text = harmless(text)
    if sum(map(columns_of, text)) > width:
        used, kept = 0, []
        for character in text:
            used += columns_of(character)
            if used > width - 1:
                break
            kept.append(character)
        text = "".join(kept) + "…"
    return text + " " * (width - sum(map(columns_of, text)))


def minute(published):
    """2025-03-01 06:12 out of 2025-03-01T06:12:00Z."""
    return (published or "no date")[:16].replace("T", " ")


def percent(share):
    return "" if share is None else f"{share:.0%}"


def member_line(member):
    relation = member.get("relation") or "kept"
    scores = f"{percent(member.get('jaccard')):>9} {percent(member.get('contained')):>9}"
    line = f"         {fit(relation, 9)} {scores}  {fit(member.get('source'), 26)} {fit(member.get('title'), WIDTH - 67)}"
    return line.rstrip()


def show(cluster, most_members, out):
    members = cluster["members"]
    title = next((m["title"] for m in members if m["id"] == cluster["canonical"]), "") or "(no title)"
    head = f"{cluster['size']:>6} {len(cluster['sources']):>7}  {minute(cluster['first_published']):<16}  "
    print((head + fit(title, WIDTH - len(head))).rstrip(), file=out)
    for member in members[:most_members]:
        print(member_line(member), file=out)
    if len(members) > most_members:
        print(f"         and {len(members) - most_members} more", file=out)
    print(file=out)


def largest(path, count):
    """The largest clusters, those of equal size by their id; only that many are held in memory."""
    with open(path, encoding="utf-8") as lines:
        return heapq.nsmallest(count, map(json.loads, lines), key=lambda c: (-c["size"], c["cluster"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clusters", metavar="CLUSTERS.jsonl")
    parser.add_argument("--top", type=int, default=6, help="how many clusters (default %(default)s)")
    parser.add_argument("--members", type=int, default=6, help="how many members of each (default %(default)s)")
    arguments = parser.parse_args()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.stdout.reconfigure(encoding="utf-8")
    try:
        clusters = largest(arguments.clusters, arguments.top)
    except OSError as error:
        sys.exit(f"show_clusters.py: {arguments.clusters}: {error.strerror}")
    if not clusters:
        print("no clusters")
        return
    print("  size outlets  first published   title of the article kept")
    print("         relation    jaccard contained  outlet                     title of the copy")
    print("-" * WIDTH)
    for cluster in clusters:
        show(cluster, arguments.members, sys.stdout)


if __name__ == "__main__":
    main()
