"""A corpus: its articles, what is found in each, what was rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched
from pathlib import Path

from . import cluster as work
from .analysis import REMEDY, Analysis, analysis_of
from .archive import Store, key, read_back
from .articles.document import Document, Rejected, visible
from .articles.reading import ASIDE, read_corpus

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
    """Read the articles of a folder or table and analyse those whose analysis is not kept.

    ``retry`` (the study itself, not its notebooks) tries those again that failed before, and draws its progress. ``workers`` and
    ``scheduler`` say who analyses (see ``work.spread``). Raises FileNotFoundError, naming the path, if there is nothing to read,
    ValueError if nothing of it is an article.
    """
    documents, rejected = read_corpus(path, columns)
    store = Store(folder)
    keys = {d.doc_id: key(d) for d in documents}
    if retry:
        store.tidy(keys.values())
    done = store.done(keys.values())
    missing = [d for d in documents if keys[d.doc_id] not in done]
    batches = work.spread(missing, workers, scheduler)
    for rows in work.told(batches, len(missing)) if retry else batches:
        store.keep((missing[number], *found) for number, *found in rows)
    failed = store.failed(keys.values())
    rejected += [Rejected(d.doc_id, failed[k], REMEDY) for d in documents if (k := keys[d.doc_id]) in failed]
    good = [d for d in documents if keys[d.doc_id] not in failed]
    if not good:
        first = f": {len(rejected)} rejected, as {rejected[0].path} ({rejected[0].reason})" if rejected else ""
        raise ValueError(f"{path}: no article can be read in it{first}")
    return Corpus(good, Kept(good, store), sorted(rejected, key=lambda r: r.path))


def told(rejected: list[Rejected], most: int = 20) -> Iterator[str]:
    """Yield what was rejected, line by line: the first ones by name, files left aside and whatever is more as numbers.

    >>> list(told([Rejected("a.pdf", "left aside: a .pdf file", "…"), Rejected("b.txt", "empty", "remove it")]))
    ['rejected b.txt: empty; remove it', 'left aside: a .pdf file: 1']
    """
    aside = Counter(r.reason for r in rejected if r.reason.startswith(ASIDE))
    named = [r for r in rejected if not r.reason.startswith(ASIDE)]
    yield from (visible(f"rejected {r.path}: {r.reason}; {r.remedy}") for r in named[:most])
    if len(named) > most:
        yield f"rejected: {len(named) - most} more, all in the table rejected"
    yield from (visible(f"{reason}: {n}") for reason, n in sorted(aside.items()))


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
                yield read_back(document, found.get(own)) or analysis_of(document)
