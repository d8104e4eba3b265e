"""Rows that a person has looked at: a CSV file beside study.yml confirms, changes or drops quotations before any table is made."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from ..analysis import Analysis
from ..articles.alignment import Span
from ..people.registry import Actor, registry
from ..quotations.relation import KINDS, Quotation
from ..report.tables import spans_of, written

COLUMNS = ("quotation_id", "field", "value", "who", "why")
FIELDS = ("add", "speaker", "addressee", "kind", "span", "drop", "reviewed")


@dataclass(frozen=True)
class Correction:
    """One line of the file: which quotation, what about it, by whom and why."""

    quotation_id: str
    field: str
    value: str
    who: str
    why: str
    line: str


def read_corrections(path: Path) -> list[Correction]:
    """Read the corrections; no such file means none.

    Raises ValueError, naming file and line, for a missing column, an unknown field, a value that does not fit it or no name under
    ``who``.
    """
    if not path.is_file():
        return []
    out: list[Correction] = []
    with _open(path) as file:
        reader = csv.DictReader(file, strict=True)
        if len({*(reader.fieldnames or ())}) < len(reader.fieldnames or ()):
            raise ValueError(f"{path}: a column stands twice; the columns are {', '.join(COLUMNS)}")
        if missing := set(COLUMNS) - set(reader.fieldnames or ()):
            raise ValueError(f"{path}: the column {min(missing)!r} is missing; the columns are {', '.join(COLUMNS)}")
        for row in reader:
            here = f"{path}, line {reader.line_num}"
            if None in row:
                raise ValueError(f"{here}: more cells than columns; put a value with a comma into quotation marks")
            cells = {name: (row[name] or "").strip() for name in COLUMNS}
            if cells["field"] not in FIELDS:
                raise ValueError(f"{here}: no field {cells['field']!r}; the fields are {', '.join(FIELDS)}")
            if cells["field"] == "kind" and cells["value"] not in KINDS:
                raise ValueError(f"{here}: no kind {cells['value']!r}; the kinds are {', '.join(KINDS)}")
            if cells["field"] in ("drop", "reviewed") and cells["value"].lower() not in ("yes", ""):
                raise ValueError(
                    f"{here}: {cells['field']} takes yes, not {cells['value']!r}; remove the line if it is not so"
                )
            if not cells["who"]:
                raise ValueError(f"{here}: say under who has looked at the row")
            if any((c.quotation_id, c.field) == (cells["quotation_id"], cells["field"]) for c in out):
                raise ValueError(f"{here}: {cells['quotation_id']} has two corrections of {cells['field']}")
            out.append(Correction(**cells, line=here))
    return out


@contextmanager
def _open(path: Path) -> Iterator[TextIO]:
    """Open a file of corrections; raises ValueError, naming it, for what is no CSV in UTF-8."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield file
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{path}: no CSV in UTF-8: {error}") from error


def corrected(analyses: Iterable[Analysis], path: Path) -> tuple[Iterable[Analysis], list[dict]]:
    """Return the analyses with the corrections of a file made, and what each changed, as rows of the table ``corrections``.

    Raises ValueError, naming file, line and quotation, for a correction that matches no quotation, a speaker whom neither the
    registry nor the corpus knows, or a span outside the article.
    """
    wanted = defaultdict(list)
    for correction in read_corrections(path):
        wanted[correction.quotation_id].append(correction)
    if not wanted:
        return analyses, []
    analyses = list(analyses)
    known = {**registry(), **{i: actor for a in analyses for i, actor in a.actors.items()}}
    ids = {q.id for a in analyses for q in a.quotations}
    for some in wanted.values():
        if some[0].quotation_id not in ids and all(c.field != "add" for c in some):
            raise ValueError(
                f"{some[0].line}: there is no quotation {some[0].quotation_id!r}; see the table quotations"
            )
    out, rows = [], []
    for analysis in analyses:
        quotations, actors = [], dict(analysis.actors)
        for q in sorted([*analysis.quotations, *_added(analysis, wanted)], key=lambda q: q.order):
            for c in wanted.get(q.id, ()):
                rows.append(_row(q, c))
                actors |= _actor(c, known)
            if all(c.field != "drop" for c in wanted.get(q.id, ())):
                quotations.append(_changed(q, wanted.get(q.id, []), len(analysis.document.text)))
        same = Counter(q.id for q in quotations)
        for some in wanted.values():
            moved = next((c for c in some if c.field == "span"), None)
            if moved and (twice := next((q for q in quotations if same[q.id] > 1), None)):
                raise ValueError(f"{moved.line}: the span is that of another quotation, {twice.id}")
        out.append(replace(analysis, quotations=quotations, actors=actors))
    return out, rows


ADDED = re.compile(rf"({'|'.join(KINDS)}) ([\d;-]+)(?: cue (\d+-\d+))?(?: source (\d+-\d+))?")


def _added(analysis: Analysis, wanted: dict[str, list[Correction]]) -> Iterator[Quotation]:
    """The quotations that a person adds to an article: kind and spans, cue and source where there are any."""
    there, length = {q.id for q in analysis.quotations}, len(analysis.document.text)
    for quotation_id, some in wanted.items():
        c = next((c for c in some if c.field == "add"), None)
        if not c or quotation_id.rpartition("#")[0] != analysis.document.doc_id:
            continue
        m = ADDED.fullmatch(c.value)
        if not m or quotation_id in there:
            why = "it is there already" if m else "write a new quotation as: direct 3-9;12-20 cue 22-26 source 27-34"
            raise ValueError(f"{c.line}: {why}, not {c.value!r}")
        spans = [_spans(replace(c, value=m[n]), length) if m[n] else () for n in (2, 3, 4)]
        q = Quotation(
            analysis.document.doc_id, m[1], spans[0], *(next(iter(s), None) for s in spans[1:]), "hand", act="asserts"
        )
        if q.id != quotation_id:
            raise ValueError(f"{c.line}: the id of {m[2]} is {q.id}")
        yield replace(q, confidence=1.0, speaker_evidence=f"unresolved: added by {c.who}")


def _row(q: Quotation, c: Correction) -> dict:
    before = {"span": written(q.content), "drop": "", "reviewed": "", "add": ""}.get(c.field)
    before = getattr(q, c.field) if before is None else before
    return {"quotation_id": q.id, "field": c.field, "before": before, "value": c.value, "who": c.who, "why": c.why}


def _actor(c: Correction, known: dict[str, Actor]) -> dict[str, Actor]:
    if c.field not in ("speaker", "addressee") or not c.value:
        return {}
    for actor_id in c.value.split("+"):
        if actor_id not in known:
            raise ValueError(f"{c.line}: nobody knows the {c.field} {actor_id!r}; add the actor to actors.yml first")
    return {actor_id: known[actor_id] for actor_id in c.value.split("+")}


def _changed(q: Quotation, corrections: list[Correction], length: int) -> Quotation:
    """The quotation with its corrections made; its id follows its span."""
    for c in corrections:
        review = "reviewed" if c.field == "reviewed" and q.review != "corrected" else "corrected"
        reviewer = "; ".join(dict.fromkeys([*filter(None, q.reviewer.split("; ")), c.who]))
        q = replace(q, review=review, reviewer=reviewer)
        if c.field in ("addressee", "kind"):
            q = replace(q, **{c.field: c.value})
        elif c.field == "speaker":
            q = replace(q, speaker=c.value, speaker_evidence=f"corrected by {c.who}: {c.why}")
        elif c.field == "span":
            q = replace(q, content=_spans(c, length))
    return q


def _spans(c: Correction, length: int) -> tuple[Span, ...]:
    try:
        spans = tuple(Span(*pair) for pair in spans_of(c.value))
    except (TypeError, ValueError) as error:
        raise ValueError(f"{c.line}: write spans as start-end;start-end, not {c.value!r}") from error
    edges = [edge for span in spans for edge in span]
    if edges != sorted(set(edges)) or edges[-1] > length:
        raise ValueError(f"{c.line}: the spans {c.value} are not in order, or lie outside the article")
    return spans
