"""A corpus: its articles, what is found in each, what was rejected. Analyses are kept on disk and may be deleted at any time."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import batched
from pathlib import Path

from . import work
from .documents import Document, Rejected
from .quotations import REMEDY, Analysis, analysis_of
from .sources import read_corpus

BATCH = 64


@dataclass(frozen=True)
class Corpus:
    """The articles that could be read and analysed, their analyses in the same order, and the rest with the reasons."""

    documents: list[Document]
    analyses: Kept
    rejected: list[Rejected]


def read(
    path: Path, folder: Path, columns: str = "", retry: bool = False, workers: int = 1, scheduler: str = ""
) -> Corpus:
    """Read the articles of a folder or table and analyse those whose analysis is not kept; ``retry`` those too that failed before.

    ``workers`` and ``scheduler`` say who analyses (see ``work.spread``). Raises FileNotFoundError, naming the path, if there are no
    articles.
    """
    documents, rejected = read_corpus(path, columns)
    store = Store(folder)
    keys = {d.doc_id: key(d) for d in documents}
    done = store.done(keys.values(), retry)
    missing = [d for d in documents if keys[d.doc_id] not in done]
    for rows in work.told(work.spread(missing, workers, scheduler), len(missing)):
        store.keep((keys[doc_id], found, reason) for doc_id, found, reason in rows)
    failed = store.failed(keys.values())
    rejected += [Rejected(d.doc_id, failed[k], REMEDY) for d in documents if (k := keys[d.doc_id]) in failed]
    good = [d for d in documents if keys[d.doc_id] not in failed]
    return Corpus(good, Kept(good, store), sorted(rejected, key=lambda r: r.path))


def key(document: Document) -> str:
    """Return what an analysis is kept under: the article's name and bytes, the code and the lexicons."""
    return hashlib.sha256(
        f"{work.version(document.language)} {document.sha256} {document.given} {document.doc_id}".encode()
    ).hexdigest()


class Kept:
    """The analyses of documents, in their order, read as they are asked for; what is missing or damaged is made anew."""

    def __init__(self, documents: list[Document], store: Store):
        self.documents, self.store = documents, store

    def __len__(self) -> int:
        return len(self.documents)

    def __iter__(self) -> Iterator[Analysis]:
        for some in batched(self.documents, BATCH):
            keys = [key(d) for d in some]
            found = self.store.found(keys)
            for document, own in zip(some, keys, strict=True):
                yield work.read_back(document, found.get(own)) or analysis_of(document)


class Store:
    """One SQLite file of analyses; a damaged one is begun anew."""

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "analyses.sqlite"

    def _rows(self, question: str, keys: Iterable[str] = ()) -> list[tuple]:
        out: list[tuple] = []
        for some in batched(keys, 500):
            out += self._do(question.replace("?", ",".join("?" * len(some))), some)
        return out

    def _do(self, command: str, values=(), many: bool = False) -> list[tuple]:
        for last in (False, True):
            try:
                with closing(sqlite3.connect(self.path, timeout=60)) as base, base:
                    base.execute("create table if not exists analyses (key text primary key, found text, failed text)")
                    return (
                        base.executemany(command, values).fetchall()
                        if many
                        else base.execute(command, values).fetchall()
                    )
            except sqlite3.OperationalError as error:
                raise OSError(f"{self.path}: {error}; make room, or delete the file") from error
            except sqlite3.DatabaseError:
                if last:
                    raise
                self.path.unlink()
        return []

    def done(self, keys: Iterable[str], retry: bool) -> set[str]:
        """Return the keys that have been analysed, leaving out those that failed if these are to be tried again."""
        if retry:
            self._do("delete from analyses where failed is not null")
        return {key for (key,) in self._rows("select key from analyses where key in (?)", keys)}

    def failed(self, keys: Iterable[str]) -> dict[str, str]:
        """Return key -> reason for what failed."""
        return dict(self._rows("select key, failed from analyses where failed is not null and key in (?)", keys))

    def found(self, keys: Iterable[str]) -> dict[str, str]:
        """Return key -> analysis as JSON."""
        return dict(self._rows("select key, found from analyses where failed is null and key in (?)", keys))

    def keep(self, rows: Iterable[tuple[str, str | None, str | None]]) -> None:
        """Keep rows of key, analysis as JSON and reason of a failure, all of them or none."""
        self._do("insert or replace into analyses values (?, ?, ?)", list(rows), many=True)
