"""Shared by the tests of the Python package: the command to compare with ($WIRECOPY), and a story."""

import json
import os
import pathlib
import subprocess

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
COMMAND = os.path.abspath(os.environ.get("WIRECOPY") or CHECKOUT / "build/bin/wirecopy")
STORY = ("It rained all day in the north of the country, and the rivers rose by two metres until the evening, "
         "when the fire service closed the bridges of three towns and asked people to stay at home.")


def command(*arguments):
    """Runs the command and returns its standard output."""
    return subprocess.run([COMMAND, *map(str, arguments)], check=True, capture_output=True, timeout=120).stdout


def read_lines(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines()]
