"""Tables with declared, checked columns, as CSV (for spreadsheets) and Parquet (exact)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from ..analysis import Analysis
from ..articles.document import Document, Rejected, naming
from ..articles.normalization import changes
from ..articles.remarks import remarks
from ..articles.repeats import repeats
from .columns import COLUMNS
from .meetings import meeting_rows
from .sides import origin
from .speakers import actor_rows
from .spellings import spellings
from .themes import about


def schema(name: str) -> pa.DataFrameSchema:
    """Return the checks of a table: these columns in this order, nothing missing, spans in order."""
    columns = {c: pa.Column(kind, coerce=True, nullable=False) for c, (kind, _) in COLUMNS[name].items()}
    checks = []
    for first, last in (("start", "end"), ("cue_start", "cue_end"), ("source_start", "source_end")):
        if first in columns:
            checks.append(
                pa.Check(
                    lambda t, a=first, b=last: (t[a] < t[b]) | (t[a] == -1) & (t[b] == -1),
                    name=f"{first} before {last}",
                )
            )
    if name in ("documents", "quotations", "actors"):
        keys = ["actor_id", "only_in"] if name == "actors" else list(columns)[:1]
        checks.append(pa.Check(lambda t: ~t.duplicated(keys) if len(t) else True, name="unique id"))
    return pa.DataFrameSchema(columns, checks=checks, strict=True, ordered=True)


def table(name: str, rows: list[dict]) -> pd.DataFrame:
    """Return the rows as a checked table; raises pandera's SchemaError, naming table and column, if they do not fit."""
    frame = pd.DataFrame(rows, columns=list(COLUMNS[name]))
    return schema(name).validate(frame)


def documents_table(documents: list[Document]) -> pd.DataFrame:
    """One row a document."""
    from persiantools.jdatetime import JalaliDate

    rows, first = [], repeats(documents)
    for d in documents:
        with naming(d.doc_id):
            published = d.value("published")
            found = next((p.span.of(d.text) for p in d.all("published") if p.value == published), "")
            rows.append(
                {
                    "doc_id": d.doc_id,
                    "sha256": d.sha256,
                    "language": d.language,
                    "title": d.value("title"),
                    "outlet": d.value("outlet"),
                    "relays": " ← ".join(p.value for p in d.all("relay")),
                    "published": published,
                    "published_jalali": JalaliDate(date.fromisoformat(published)).isoformat() if published else "",
                    "published_precision": "day" if published else "none",
                    "published_evidence": found
                    or (dict(d.given).get("published_evidence", "given by the table") if published else ""),
                    "origin": origin(d),
                    "place": d.value("place"),
                    "truncated": bool(d.all("truncation")),
                    "characters": len(d.text),
                    "words": sum(len(s.of(d.text).split()) for s in d.paragraphs()),
                    "same_as": first.get(d.doc_id, ""),
                    "remarks": "; ".join(remarks(d)),
                }
            )
    return table("documents", rows)


def parts_table(documents: list[Document]) -> pd.DataFrame:
    """One row for each title, dateline, date, outlet, relay, boilerplate … with its place."""
    return table(
        "parts",
        [
            {
                "doc_id": d.doc_id,
                "part": p.part,
                "value": p.value,
                "start": p.span.start,
                "end": p.span.end,
                "text": p.span.of(d.text),
            }
            for d in documents
            for p in d.parts
        ],
    )


def rejected_table(rejected: list[Rejected]) -> pd.DataFrame:
    """One row a file that is no article."""
    return table("rejected", [{"path": r.path, "reason": r.reason, "remedy": r.remedy} for r in rejected])


def normalization_table(documents: list[Document]) -> pd.DataFrame:
    """What normalization changed, rule by rule."""
    rows = []
    for d in documents:
        with naming(d.doc_id):
            for rule, before, after, n in changes(d.text, d.language):
                rows.append({"doc_id": d.doc_id, "rule": rule, "before": before, "after": after, "count": n})
    return table("normalization", rows)


def mentions_table(analyses: list[Analysis]) -> pd.DataFrame:
    """One row a mention."""
    return table(
        "mentions",
        [
            {
                "doc_id": m.doc_id,
                "start": m.span.start,
                "end": m.span.end,
                "text": m.text,
                "form": m.form,
                "actor_id": m.actor_id,
                "evidence": m.evidence,
            }
            for a in analyses
            for m in a.mentions
        ],
    )


def spellings_table(analyses: list[Analysis]) -> pd.DataFrame:
    """One row for each way in which an outlet writes a person's name."""
    return table("spellings", spellings(analyses))


def actors_table(analyses: list[Analysis]) -> pd.DataFrame:
    """One row an actor that the corpus mentions, most quoted first, then most mentioned."""
    return table("actors", actor_rows(analyses))


def quotations_table(analyses: list[Analysis]) -> pd.DataFrame:
    """One row an attribution relation, in the order of documents and text."""
    rows = []
    for a in analyses:
        with naming(a.document.doc_id):
            text, seen = a.document.text, {}
            for q in a.quotations:
                content = " … ".join(s.of(text) for s in q.content)
                row = {
                    "quotation_id": q.id,
                    "doc_id": q.doc_id,
                    "kind": q.kind,
                    "spans": written(q.content),
                    "start": q.content[0].start,
                    "end": q.content[0].end,
                    "text": content,
                }
                for name, span in (("cue", q.cue), ("source", q.source)):
                    row |= {
                        name: span.of(text) if span else "",
                        f"{name}_start": span.start if span else -1,
                        f"{name}_end": span.end if span else -1,
                    }
                row |= {
                    k: getattr(q, k)
                    for k in ("speaker", "addressee", "speaker_evidence", "rule", "cue_entry", "confidence", "act")
                }
                row["themes"] = "; ".join(about(text, q.content, q.cue, a.document.language))
                row["words"] = len(content.replace("…", " ").split())
                first = seen.setdefault(" ".join(re.findall(r"\w+", content.lower())), q.id)
                row["repeats"] = first if first != q.id else ""
                rows.append(row | {"review": q.review, "reviewer": q.reviewer})
    return table("quotations", rows)


def meetings_table(analyses, quotations: pd.DataFrame, actors: pd.DataFrame, two: tuple[str, ...]) -> pd.DataFrame:
    """One row a meeting that an article tells of, with the words quoted of the ``two`` sides (see ``sides``)."""
    return table("meetings", meeting_rows(analyses, quotations, actors, two))


def corrections_table(rows: list[dict]) -> pd.DataFrame:
    """One row for each thing that a person confirmed, changed or dropped."""
    return table("corrections", rows)


def written(spans) -> str:
    """Return spans as a cell of the column ``spans``."""
    return ";".join(f"{start}-{end}" for start, end in spans)


def spans_of(cell: str) -> list[tuple[int, int]]:
    """Read a cell of the column ``spans``.

    >>> spans_of("3-9;12-20")
    [(3, 9), (12, 20)]
    """
    return [tuple(int(n) for n in part.split("-")) for part in cell.split(";")]


def harmless(cell):
    """Return a text cell that no spreadsheet takes for a formula: a leading = + - @ is set behind an apostrophe.

    >>> harmless("=1+1"), harmless("said"), harmless(7)
    ("'=1+1", 'said', 7)
    """
    return "'" + cell if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def write(frame: pd.DataFrame, name: str, folder: Path) -> None:
    """Write a checked table as ``name.csv`` (UTF-8 with BOM, formulas disarmed) and ``name.parquet`` (exact)."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    frame = schema(name).validate(frame)
    frame.map(harmless).to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig", lineterminator="\n")
    frame.to_parquet(folder / f"{name}.parquet", index=False)


def read(name: str, folder: Path) -> pd.DataFrame:
    """Read a table that an earlier notebook wrote; raises FileNotFoundError, saying which notebook makes it."""
    path = Path(folder) / f"{name}.parquet"
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: run the notebooks before this one, or make study")
    return schema(name).validate(pd.read_parquet(path))
