"""A corpus: its articles, what is found in each, what was rejected; written down once, for whoever reads it."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import batched
from pathlib import Path

from pydantic import TypeAdapter

from . import cluster
from .analysis import REMEDY, Analysis
from .archive import Archive
from .articles.document import Document, Rejected, visible
from .articles.reading import ASIDE, read_corpus
from .quotations.english.parse import parse_key, versions
from .quotations.external import lay_over

BATCH = 256  # documents whose parses are looked up at once
DOCUMENT, REJECTED = TypeAdapter(Document), TypeAdapter(Rejected)


@dataclass(frozen=True)
class Corpus:
    """The articles that could be read and analysed, their analyses in the same order, and the rest with the reasons; as files of a
    folder, which goes with ``kept`` if that is a temporary one."""

    folder: Path
    kept: tempfile.TemporaryDirectory | None = None

    @cached_property
    def documents(self) -> list[Document]:
        """The articles."""
        return [analysis.document for analysis in self.analyses]

    @cached_property
    def rejected(self) -> list[Rejected]:
        """What is no article, or could not be analysed."""
        return [REJECTED.validate_json(line) for line in _lines(self.folder / "rejected.jsonl")]

    @property
    def analyses(self) -> Analyses:
        """What is found in them."""
        return Analyses(self)


@dataclass(frozen=True)
class Analyses:
    """The analyses of a corpus, read one by one each time they are gone through."""

    corpus: Corpus

    def __iter__(self) -> Iterator[Analysis]:
        return map(cluster.ANALYSIS.validate_json, _lines(self.corpus.folder / "analyses.jsonl"))


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def read(
    path: Path,
    archive: Path,
    columns: str = "",
    relations: Path | None = None,
    period: str = "",
    into: Path | None = None,
    workers: int = 1,
    scheduler: str = "",
    progress: bool = False,
) -> Corpus:
    """Read the articles of a folder or table, analyse them, and write all of it into a folder; None is a temporary one.

    ``relations``: a file of another extractor's, which are taken in place of ours (see ``quotations.external``).
    ``archive`` is the folder of what is kept between runs; ``workers`` and ``scheduler`` say who analyses (see ``cluster.spread``).
    Raises FileNotFoundError, naming the path, if there is nothing to read, ValueError if nothing of it is an article.
    """
    documents, rejected = read_corpus(path, columns, period)
    if relations:
        documents, unfit = lay_over(documents, relations)
        rejected += unfit
    kept = None if into else tempfile.TemporaryDirectory(prefix="study")
    folder, store, found = into or Path(kept.name), Archive(archive), 0
    folder.mkdir(parents=True, exist_ok=True)
    made_by = cluster.fingerprint()  # of the lexicons as they are read, whatever becomes of their files
    store.tidy(versions(), made_by)
    keys = [hashlib.sha256(DOCUMENT.dump_json(d)).hexdigest() for d in documents]
    there = store.holds(keys)
    new = [n for n, key in enumerate(keys) if key not in there]
    batches = cluster.spread(_with_parses([documents[n] for n in new], store), len(new), workers, scheduler)
    batches = cluster.shown(batches, len(new)) if progress else batches
    rows = cluster.in_order(_kept(batches, store, [keys[n] for n in new], made_by))
    with (folder / "analyses.jsonl").open("wb") as analyses:
        for document, row in _with_those_kept(documents, keys, there, store, rows):
            if row.analysis:
                found += 1
                analyses.write(row.analysis + b"\n")
            else:
                rejected.append(Rejected(document.doc_id, row.reason, REMEDY))
    rejected.sort(key=lambda r: r.path)
    (folder / "rejected.jsonl").write_bytes(b"".join(REJECTED.dump_json(r) + b"\n" for r in rejected))
    if not found:
        first = f": {len(rejected)} rejected, as {rejected[0].path} ({rejected[0].reason})" if rejected else ""
        raise ValueError(f"{path}: no article can be read in it{first}")
    return Corpus(folder, kept)


def _with_parses(documents: list[Document], store: Archive) -> Iterator[tuple[Document, bytes | None]]:
    """Each document with its parse, where one is kept."""
    for some in batched(documents, BATCH):
        keys = {d.doc_id: parse_key(d) for d in some if d.language == "en"}
        parses = store.get(keys.values())
        yield from ((d, parses.get(keys.get(d.doc_id, ""))) for d in some)


def _kept(
    batches: Iterator[list[cluster.Row]], store: Archive, keys: list[str], made_by: str
) -> Iterator[list[cluster.Row]]:
    """Pass rows on; what is new in them is kept: parses, and each row's analysis by the key of its document."""
    for rows in batches:
        new = [(key, versions(), parse) for row in rows for key, parse in row.parses.items()]
        store.keep([*new, *((keys[r.number], made_by, r.analysis) for r in rows if r.analysis)])
        yield rows


def _with_those_kept(
    documents: list[Document], keys: list[str], there: set[str], store: Archive, rows: Iterator[cluster.Row]
) -> Iterator[tuple[Document, cluster.Row | cluster.Found]]:
    """Each document with its row: the next of those that are new, or what is kept; if that is damaged, it is analysed here."""
    for some in batched(zip(documents, keys, strict=True), BATCH):
        kept = store.get(key for _, key in some if key in there)
        for document, key in some:
            if key not in there:
                yield document, next(rows)
            else:
                yield document, cluster.Found(kept[key]) if key in kept else cluster.analysed([(document, None)])[0]


def rejections(rejected: list[Rejected], most: int = 20) -> Iterator[str]:
    """Yield what was rejected, line by line: the first ones by name, files left aside and whatever is more as numbers.

    >>> list(rejections([Rejected("a.pdf", "left aside: a .pdf file", "…"), Rejected("b.txt", "empty", "remove it")]))
    ['rejected b.txt: empty; remove it', 'left aside: a .pdf file: 1']
    """
    aside = Counter(r.reason for r in rejected if r.reason.startswith(ASIDE))
    named = [r for r in rejected if not r.reason.startswith(ASIDE)]
    yield from (visible(f"rejected {r.path}: {r.reason}; {r.remedy}") for r in named[:most])
    if len(named) > most:
        yield f"rejected: {len(named) - most} more, all in the table rejected"
    yield from (visible(f"{reason}: {n}") for reason, n in sorted(aside.items()))
