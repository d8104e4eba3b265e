"""Tables with declared, checked columns, as CSV (for spreadsheets) and Parquet (exact)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from .documents import Document, Rejected, naming
from .identity import spellings
from .normalization import changes
from .quality import remarks, repeats
from .quotations import Analysis
from .registry import Actor, registry
from .themes import about

TEXT, NUMBER, FLAG, SHARE = "str", "int64", "bool", "float64"
SPANS = "spans as start-end, half-open code points of the decoded file, joined by a semicolon"

# table -> column -> (type, what it holds). The README's dictionary and the checks are made of this.
COLUMNS: dict[str, dict[str, tuple[str, str]]] = {
    "documents": {
        "doc_id": (TEXT, "name of the file in the corpus folder, or id of the row in its table"),
        "sha256": (TEXT, "SHA-256 of the file's bytes, or of the row's text in UTF-8"),
        "language": (TEXT, "en or fa"),
        "title": (TEXT, "headline, empty if the text has none"),
        "outlet": (TEXT, "who published it, empty if the text does not tell"),
        "relays": (TEXT, "the agencies behind the outlet, nearest first, joined by ←"),
        "published": (TEXT, "ISO date, empty if the text does not tell"),
        "published_jalali": (TEXT, "the same date in the solar Hijri calendar"),
        "published_precision": (TEXT, "day, or none"),
        "published_evidence": (TEXT, "the words that tell the date"),
        "place": (TEXT, "place of the dateline"),
        "truncated": (FLAG, "whether the text breaks off"),
        "characters": (NUMBER, "code points of the decoded file"),
        "words": (NUMBER, "words of the article, boilerplate left out"),
        "same_as": (TEXT, "the first document that this one repeats, word for word or nearly; both are counted"),
        "remarks": (TEXT, "what may mislead the eye: unseen characters, words of mixed scripts, turned writing"),
    },
    "parts": {
        "doc_id": (TEXT, "document"),
        "part": (TEXT, "title, dateline, place, published, outlet, relay, sign-off, boilerplate or truncation"),
        "value": (TEXT, "what the words mean: a name, an ISO date"),
        "start": (NUMBER, "first code point"),
        "end": (NUMBER, "code point behind the last"),
        "text": (TEXT, "the words, source[start:end]"),
    },
    "rejected": {
        "path": (TEXT, "file"),
        "reason": (TEXT, "why it is no article"),
        "remedy": (TEXT, "what to do"),
    },
    "normalization": {
        "doc_id": (TEXT, "document"),
        "rule": (TEXT, "hazm's rule, or typography (English)"),
        "before": (TEXT, "words as they stand"),
        "after": (TEXT, "words as they are matched"),
        "count": (NUMBER, "how often in the document"),
    },
    "actors": {
        "actor_id": (TEXT, "usual English name, lower case, hyphens"),
        "name_en": (TEXT, "name in Latin script"),
        "name_fa": (TEXT, "name in Persian script"),
        "kind": (TEXT, "person, institution, state or joint"),
        "country": (TEXT, "ISO 3166-1 alpha-3, empty if none or not known"),
        "sector": (TEXT, "field of office"),
        "role": (TEXT, "title of the latest office that the registry knows"),
        "role_since": (TEXT, "since when, where a source tells"),
        "role_until": (TEXT, "until when, where a source tells"),
        "role_source": (TEXT, "where the role was read"),
        "gender": (TEXT, "f or m, where pronouns need it"),
        "registered": (FLAG, "whether the registry knows the actor"),
        "spellings": (TEXT, "names seen in the corpus, joined by |"),
        "mentions": (NUMBER, "mentions in the corpus"),
        "quotations": (NUMBER, "quotations whose speaker the actor is"),
    },
    "mentions": {
        "doc_id": (TEXT, "document"),
        "start": (NUMBER, "first code point"),
        "end": (NUMBER, "code point behind the last"),
        "text": (TEXT, "the words, source[start:end]"),
        "form": (TEXT, "name, title, pronoun or place"),
        "actor_id": (TEXT, "whom the words name"),
        "evidence": (TEXT, "why"),
    },
    "spellings": {
        "identity_id": (TEXT, "the person, across articles and scripts"),
        "actor_id": (TEXT, "the person as the articles' own rows have it"),
        "name": (TEXT, "the name as it is written"),
        "script": (TEXT, "Latin or Arabic"),
        "outlet": (TEXT, "outlet that writes it so"),
        "mentions": (NUMBER, "how often"),
        "evidence": (TEXT, "why actor and identity are one: registry, or the parts of the names that sound alike"),
    },
    "quotations": {
        "quotation_id": (TEXT, "file#char=start,end: RFC 5147 fragment of the first content span"),
        "doc_id": (TEXT, "document"),
        "kind": (TEXT, "direct, mixed, indirect or speech_act"),
        "spans": (TEXT, f"content: {SPANS}"),
        "start": (NUMBER, "first code point of the first content span"),
        "end": (NUMBER, "code point behind its last"),
        "text": (TEXT, "content as it stands in the article, spans joined by …"),
        "cue": (TEXT, "the word that reports"),
        "cue_start": (NUMBER, "first code point, -1 if there is no cue"),
        "cue_end": (NUMBER, "code point behind the last, -1 if there is no cue"),
        "source": (TEXT, "the mention that names the speaker in the sentence"),
        "source_start": (NUMBER, "first code point, -1 if there is none"),
        "source_end": (NUMBER, "code point behind the last, -1 if there is none"),
        "speaker": (TEXT, "actor id, empty if unresolved"),
        "addressee": (TEXT, "actor id, where the text says who is spoken to"),
        "speaker_evidence": (TEXT, "name, title, pronoun, context, passive, or unresolved with the reason"),
        "rule": (TEXT, "construction that found it"),
        "cue_entry": (TEXT, "entry of the cue lexicon"),
        "confidence": (SHARE, "how sure the rule is, 0 to 1"),
        "act": (
            TEXT,
            "what the speaker does (Searle): asserts, promises, requests, rejects, thanks, condemns, warns, congratulates, condoles",
        ),
        "themes": (TEXT, "what it is about: themes of the codebook, joined by a semicolon; empty if none"),
        "words": (NUMBER, "words of the content"),
        "review": (TEXT, "reviewed or corrected if a person has looked at the row, else empty"),
        "reviewer": (TEXT, "who has"),
    },
    "corrections": {
        "quotation_id": (TEXT, "the quotation as it was extracted"),
        "field": (TEXT, "speaker, addressee, kind, span, drop or reviewed"),
        "before": (TEXT, "what was extracted"),
        "value": (TEXT, "what a person put in its place"),
        "who": (TEXT, "who"),
        "why": (TEXT, "why"),
    },
    "scores": {
        "language": (TEXT, "en, fa or all"),
        "kind": (TEXT, "kind of quotation, or all"),
        "metric": (
            TEXT,
            "partial, strict, attributed, quotation (F1), or kind right, cue right, source right, speaker right (share of the partial matches)",
        ),
        "gold": (NUMBER, "relations in the gold (partial matches for shares)"),
        "predicted": (NUMBER, "relations extracted (partial matches for shares)"),
        "precision": (SHARE, "0 to 1"),
        "recall": (SHARE, "0 to 1"),
        "f1": (SHARE, "F1, or the share"),
        "low": (SHARE, "2.5th percentile of 1,000 bootstrap samples of paragraphs"),
        "high": (SHARE, "97.5th percentile"),
    },
    "errors": {
        "doc_id": (TEXT, "document"),
        "error": (TEXT, "missed, made up, span, kind, cue, source or speaker"),
        "gold": (TEXT, "what the annotation says"),
        "predicted": (TEXT, "what was extracted"),
        "rule": (TEXT, "construction that found it"),
    },
}


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
        checks.append(pa.Check(lambda t: ~t.iloc[:, 0].duplicated() if len(t) else True, name="unique id"))
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
                    "published_evidence": found or ("given by the table" if published else ""),
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
    actors: dict[str, Actor] = {}
    spellings: dict[str, Counter] = {}
    mentions, quoted = Counter(), Counter()
    for a in analyses:
        for m in a.mentions:
            actors.setdefault(m.actor_id, a.actors.get(m.actor_id) or registry()[m.actor_id])
            mentions[m.actor_id] += 1
            if m.form in ("name", "place"):
                spellings.setdefault(m.actor_id, Counter())[m.text] += 1
        for q in a.quotations:
            for actor_id in filter(None, (q.speaker, q.addressee)):
                actors.setdefault(actor_id, a.actors.get(actor_id) or registry()[actor_id])
            quoted[q.speaker] += bool(q.speaker)
    rows = []
    for actor_id in sorted(actors, key=lambda i: (-quoted[i], -mentions[i], i)):
        actor = actors[actor_id]
        role = max(actor.roles, key=lambda r: max(r.attested, default=0), default=None)
        rows.append(
            {
                "actor_id": actor_id,
                "name_en": next(iter(actor.names_en), ""),
                "name_fa": next(iter(actor.names_fa), ""),
                "kind": actor.kind,
                "country": actor.country,
                "sector": actor.sector,
                "role": role.title_en if role else "",
                "role_since": role.since if role else "",
                "role_until": role.until if role else "",
                "role_source": role.source if role else "",
                "gender": actor.gender,
                "registered": actor.registered,
                "spellings": " | ".join(
                    s for s, _ in sorted(spellings.get(actor_id, Counter()).items(), key=lambda p: (-p[1], p[0]))
                ),
                "mentions": mentions[actor_id],
                "quotations": quoted[actor_id],
            }
        )
    return table("actors", rows)


def quotations_table(analyses: list[Analysis]) -> pd.DataFrame:
    """One row an attribution relation, in the order of documents and text."""
    rows = []
    for a in analyses:
        with naming(a.document.doc_id):
            text = a.document.text
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
                rows.append(row | {"review": q.review, "reviewer": q.reviewer})
    return table("quotations", rows)


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
