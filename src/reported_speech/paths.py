"""Where the project lies."""

from __future__ import annotations

from pathlib import Path


def root() -> Path:
    """Return the project's folder: the nearest one at or above the working folder that has a study.yml."""
    here = Path.cwd()
    return next((p for p in (here, *here.parents) if (p / "study.yml").is_file()), here)


def here(path: str) -> Path:
    """Return a path that a parameter names, relative to the project's folder."""
    return root() / Path(path).expanduser()
