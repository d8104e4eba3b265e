"""Analyses kept on disk under a key of the article, the code and the lexicons; may be deleted at any time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path

from .actors import Actor, Mention, Role, registry
from .alignment import Span
from .documents import Document
from .quotations import Analysis, analyse
from .quotations.relation import Quotation


@cache
def version() -> str:
    """Return the SHA-256 of the package's code and lexicons: an analysis made by others is not used."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".yml", ".tsv"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def analyse_once(documents: Iterable[Document], folder: Path) -> Iterator[Analysis]:
    """Yield the analysis of each document, from the folder where it is kept there, else anew (and kept)."""
    folder.mkdir(parents=True, exist_ok=True)
    documents = list(documents)
    paths = {
        d.doc_id: folder / f"{hashlib.sha256(f'{version()} {d.doc_id} {d.sha256}'.encode()).hexdigest()}.json"
        for d in documents
    }
    kept = {d.doc_id: _read(d, paths[d.doc_id]) for d in documents}
    fresh = analyse(d for d in documents if kept[d.doc_id] is None)
    for document in documents:
        analysis = kept[document.doc_id]
        if analysis is None:
            analysis = next(fresh)
            partial = paths[document.doc_id].with_suffix(".part")
            partial.write_text(json.dumps(_plain(analysis), ensure_ascii=False), encoding="utf-8")
            partial.replace(paths[document.doc_id])
        yield analysis


def _plain(analysis: Analysis) -> dict:
    actors = [asdict(a) for a in analysis.actors.values() if a != registry().get(a.actor_id)]
    return {
        "actors": actors,
        "seen": list(analysis.actors),
        "mentions": [asdict(m) for m in analysis.mentions],
        "quotations": [asdict(q) for q in analysis.quotations],
    }


def _read(document: Document, path: Path) -> Analysis | None:
    """Read an analysis back; one that is missing or damaged is made anew."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        own = {
            a["actor_id"]: Actor(
                **{
                    **a,
                    "names_en": tuple(a["names_en"]),
                    "names_fa": tuple(a["names_fa"]),
                    "roles": tuple(Role(**{**r, "attested": tuple(r["attested"])}) for r in a["roles"]),
                }
            )
            for a in data["actors"]
        }
        actors = {i: own.get(i) or registry()[i] for i in data["seen"]}
        mentions = [Mention(**{**m, "span": Span(*m["span"])}) for m in data["mentions"]]

        def spans(q):
            return {
                "content": tuple(Span(*s) for s in q["content"]),
                **{k: Span(*q[k]) if q[k] else None for k in ("cue", "source")},
            }

        return Analysis(document, actors, mentions, [Quotation(**{**q, **spans(q)}) for q in data["quotations"]])
    except (OSError, ValueError, KeyError, TypeError):
        return None
