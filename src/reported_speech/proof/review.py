"""What comes back from a coder's tool: brat's standoff files or Label Studio's export -> lines of corrections.csv; two coders compared."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ..articles.document import Document
from ..quotations.relation import KINDS
from ..report import tables
from ..report.pages import page_of
from ..report.themes import alpha
from .corrections import COLUMNS, read_corrections

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Reviewed:
    """A quotation as a coder leaves it: ``quotation_id`` is the one it was exported as, "" of a new one."""

    doc_id: str
    quotation_id: str
    kind: str
    content: Spans
    cue: Spans
    source: Spans
    speaker: str


def read_review(path: Path, documents: list[Document]) -> list[Reviewed]:
    """Read a folder of brat's files or an export of Label Studio.

    Raises ValueError, naming file and place, for what is neither, a text that is not the article's, or a quotation without a kind.
    """
    if path.is_dir():
        pages = {page_of(d.doc_id).removesuffix(".html"): d for d in documents}
        files = sorted(path.glob("*.ann"))
        if not files:
            raise ValueError(f"{path}: no .ann file in it; name the folder that export --format brat has written")
        if unknown := next((f for f in files if f.stem not in pages), None):
            raise ValueError(f"{unknown}: no article of this study")
        return [one for f in files for one in _brat(f, pages[f.stem])]
    try:
        tasks = json.loads(path.read_text(encoding="utf-8"))
        by_id = {d.doc_id: d for d in documents}
        return [one for task in tasks for one in _label_studio(path, task, by_id[task["data"]["doc_id"]])]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ValueError(f"{path}: not an export of Label Studio (JSON) of this study's articles: {error}") from error


def _brat(path: Path, document: Document) -> Iterator[Reviewed]:
    spans: dict[str, tuple[str, Spans]] = {}
    links, kinds, notes = [], {}, {}
    if (text := path.with_suffix(".txt")).is_file() and text.read_bytes().decode("utf-8") != document.text:
        raise ValueError(f"{text}: not the article's text any more; export it again")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8: {error}") from error
    for number, line in enumerate(lines, 1):
        mark, _, rest = line.partition("\t")
        try:
            if mark.startswith("T"):
                role, places = rest.split("\t")[0].split(" ", 1)
                pieces = [tuple(map(int, piece.split())) for piece in places.split(";")]
                if not all(0 <= a < b <= len(document.text) for a, b in pieces):
                    raise ValueError("a place outside the article")
                spans[mark] = role, _joined(pieces, document.text)
            elif mark.startswith("R"):
                role, one, other = rest.split()
                links.append((one.partition(":")[2], role, other.partition(":")[2]))
            elif mark.startswith("A"):
                _, target, kinds[target] = rest.split()
            elif mark.startswith("#"):
                head, _, note = rest.partition("\t")
                notes[head.split()[1]] = note
        except (ValueError, IndexError) as error:
            raise ValueError(f"{path}, line {number}: not brat's standoff format: {line[:60]!r}") from error
    for mark, (role, content) in spans.items():
        if role != "Content":
            continue
        linked = {r: spans[t][1] for c, r, t in links if c == mark and t in spans}
        said = re.fullmatch(r"(\S+#char=\d+,\d+)? ?(?:speaker=(\S*))?", notes.get(mark, "").strip())
        if kinds.get(mark) not in KINDS:
            raise ValueError(f"{path}: {mark} has no kind; the kinds are {', '.join(KINDS)}")
        named, speaker = said.groups("") if said else ("", "")
        yield Reviewed(
            document.doc_id, named, kinds[mark], content, linked.get("Cue", ()), linked.get("Source", ()), speaker
        )


def _joined(pieces: list[tuple[int, int]], text: str) -> Spans:
    """Pieces of a span without the breaks that line ends made."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if out and not text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)


def _label_studio(path: Path, task: dict, document: Document) -> Iterator[Reviewed]:
    """The quotations of a task: of its annotation, if there is one; places are UTF-16 units there."""
    code_point = [n for n, letter in enumerate(document.text) for _ in range(2 if ord(letter) > 0xFFFF else 1)]
    code_point.append(len(document.text))
    found = task.get("annotations") or task.get("predictions") or [{"result": []}]
    regions, kinds, speakers, known, links = {}, {}, {}, {}, []
    for r in found[0]["result"]:
        if r["type"] == "labels":
            a, b = code_point[r["value"]["start"]], code_point[r["value"]["end"]]
            regions[r["id"]] = r["value"]["labels"][0], (a, b)
            known[r["id"]] = "".join(r.get("meta", {}).get("text", ""))
        elif r["type"] == "choices":
            kinds[r["id"]] = r["value"]["choices"][0]
        elif r["type"] == "textarea":
            speakers[r["id"]] = "".join(r["value"]["text"]).strip()
        elif r["type"] == "relation":
            links.append((r["from_id"], r["to_id"]))
    for region, (role, span) in regions.items():
        if role != "Content" or any(to == region for _, to in links):
            continue
        linked = [regions[to] for one, to in links if one == region and to in regions]
        content = tuple(sorted([span, *(s for r, s in linked if r == "Content")]))
        cue, source = (tuple(s for r, s in linked if r == name) for name in ("Cue", "Source"))
        if kinds.get(region) not in KINDS:
            raise ValueError(f"{document.doc_id}: {document.text[slice(*span)][:40]!r} has no kind")
        yield Reviewed(document.doc_id, known[region], kinds[region], content, cue, source, speakers.get(region, ""))


def proposals(reviewed: list[Reviewed], quotations: pd.DataFrame, who: str, why: str = "reviewed") -> list[dict]:
    """Return the lines of corrections.csv that make the table what the coder says: changed, dropped and new quotations."""
    out, seen = [], set()
    read = {r.doc_id for r in reviewed}
    by_id = {q.quotation_id: q for q in quotations.itertuples()}
    by_words = {(q.doc_id, q.spans): q.quotation_id for q in quotations.itertuples()}

    def line(quotation_id: str, field: str, value: str) -> None:
        out.append(dict(zip(COLUMNS, (quotation_id, field, value, who, why), strict=True)))

    for r in reviewed:
        spans = tables.written(r.content)
        named = r.quotation_id if r.quotation_id in by_id else by_words.get((r.doc_id, spans), "")
        if not named or named in seen:
            new = f"{r.doc_id}#char={r.content[0][0]},{r.content[0][1]}"
            parts = [
                f"{name} {tables.written(place)}"
                for name, place in (("cue", r.cue[:1]), ("source", r.source[:1]))
                if place
            ]
            line(new, "add", " ".join([r.kind, spans, *parts]))
            if r.speaker:
                line(new, "speaker", r.speaker)
            continue
        seen.add(named)
        old = by_id[named]
        changed = [
            (f, a)
            for f, a, b in (("kind", r.kind, old.kind), ("span", spans, old.spans), ("speaker", r.speaker, old.speaker))
            if a != b
        ]
        for field, value in changed:
            line(named, field, value)
    for q in quotations[quotations.doc_id.isin(read)].itertuples():
        if q.quotation_id not in seen:
            line(q.quotation_id, "drop", "yes")
    return out


def as_csv(lines: list[dict], head: bool = True) -> str:
    """Return lines of corrections as CSV."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    if head:
        writer.writeheader()
    writer.writerows(lines)
    return buffer.getvalue()


def add(lines: list[dict], path: Path) -> int:
    """Add lines to a file of corrections, but for those that it has; return how many. Raises ValueError, naming it, for another file and for a line that it contradicts."""
    before = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    if before.strip() and before.splitlines()[0].split(",") != list(COLUMNS):
        raise ValueError(f"{path}: its first line is not {','.join(COLUMNS)}; name a file of corrections, or a new one")
    there = {(c.quotation_id, c.field): c.value for c in read_corrections(path)} if before.strip() else {}
    new = [line for line in lines if (line["quotation_id"], line["field"]) not in there]
    for line in lines:
        if (had := there.get((line["quotation_id"], line["field"]), line["value"])) != line["value"]:
            raise ValueError(
                f"{path}: {line['quotation_id']}, {line['field']}: it says {had!r}, this review {line['value']!r}; strike one"
            )
    end = "" if not before.strip() or before.endswith("\n") else "\n"
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(end + as_csv(new, head=not before.strip()))
    return len(new)


def agreement(one: list[Reviewed], other: list[Reviewed]) -> pd.DataFrame:
    """Return how two coders agree, by kind: F1 of the spans that both marked, and Krippendorff's alpha of kind and speaker on them."""
    left, right = ({(r.doc_id, r.content): r for r in some} for some in (one, other))
    both = sorted(left.keys() & right.keys())
    rows = []
    for kind in ("all", *KINDS):
        mine, theirs = ({k for k, r in side.items() if kind in ("all", r.kind)} for side in (left, right))
        n = len(mine) + len(theirs)
        rows.append(
            {"kind": kind, "first": len(mine), "second": len(theirs), "F1": 2 * len(mine & theirs) / n if n else 1.0}
        )
    pairs = {
        f: ([getattr(left[k], f) for k in both], [getattr(right[k], f) for k in both]) for f in ("kind", "speaker")
    }
    table = pd.DataFrame(rows)
    return table.assign(
        **{f"alpha: {f}": [alpha(*pair) if both else float("nan"), *[None] * len(KINDS)] for f, pair in pairs.items()}
    )
