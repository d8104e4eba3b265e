"""A study run anew beside its results: which file comes out otherwise, and where it first differs."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ..paths import here
from ..proof.verification import read_manifest
from .notebooks import make
from .parameters import KEPT, read_parameters


def reproduce(params: Path) -> list[str]:
    """Run a study anew in a temporary folder, without what is kept of former runs, and return what differs from its results."""
    values = read_parameters(params)
    output = here(values["output"])
    made = read_manifest(output)
    with tempfile.TemporaryDirectory() as folder:
        os.environ[KEPT] = f"{folder}/cache"
        stage = Path(folder) / "again"
        if not make(values, stage):
            return ["the study failed"]
        again = read_manifest(stage)
        names = sorted({*made["outputs"], *again["outputs"], "manifest.json"})
        return [f"{name}: {difference}" for name in names if (difference := _first(output / name, stage / name))]


def _first(one: Path, other: Path) -> str:
    """The first difference of two files, "" if there is none."""
    if not (one.is_file() and other.is_file()):
        return "is missing" if not one.is_file() else "is not made any more"
    before, after = one.read_bytes(), other.read_bytes()
    if before == after:
        return ""
    at = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after)))
    line = before.count(b"\n", 0, at) + 1
    shown = (data[max(0, at - 30) : at + 50].decode("utf-8", "replace") for data in (before, after))
    return f"line {line}, byte {at}: {next(shown)!r} is now {next(shown)!r}"
