"""Draws the results of bench/peers/run: articles per second over feed size, and F1 over speed.

Usage: plot.py RESULTS.json PLOT.png
"""
import json
import sys
from collections import defaultdict
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402 (the backend comes first)


def series_of(rows):
    """The rows of every tool and setting, by rising feed size."""
    series = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["articles"]):
        series[row["tool"], row["setting"]].append(row)
    return series


def speed(row):
    return row["articles"] / row["wall"]


def draw(rows):
    figure, (over_size, over_speed) = pyplot.subplots(1, 2, figsize=(13, 5), constrained_layout=True)
    tools = sorted({row["tool"] for row in rows})
    for (tool, setting), taken in series_of(rows).items():
        style = {"color": f"C{tools.index(tool)}", "marker": "o" if setting == "recommended" else "^",
                 "label": f"{tool}, {setting}"}
        over_size.plot([row["articles"] for row in taken], [speed(row) for row in taken],
                       linestyle="-" if setting == "recommended" else "--", **style)
        over_speed.plot([speed(row) for row in taken], [row["f1"] for row in taken], linestyle="", **style)
    over_size.set(xscale="log", yscale="log", xlabel="articles", ylabel="articles/s")
    over_speed.set(xscale="log", ylim=(0, 1.02), xlabel="articles/s", ylabel="F1")
    over_speed.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    return figure


def main():
    results, plot = map(Path, sys.argv[1:])
    rows = [row for row in json.loads(results.read_text()).values() if row["state"] == "done"]
    draw(rows).savefig(plot, dpi=110)


if __name__ == "__main__":
    main()
