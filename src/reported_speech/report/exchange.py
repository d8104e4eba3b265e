"""What other tools read: a Frictionless data package, W3C Web Annotations, and articles pre-annotated for brat and Label Studio."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pandas as pd

from ..articles.document import Document
from . import citation, tables
from .columns import COLUMNS, FLAG, NUMBER, SHARE, TEXT
from .pages import page_of

TYPES = {TEXT: "string", NUMBER: "integer", FLAG: "boolean", SHARE: "number"}
AROUND = 32  # characters before and behind a quotation that tell it from others with the same words


def data_package(folder: Path) -> dict:
    """Return the descriptor of a folder's tables (Frictionless Data Package): each CSV with its columns, types and key."""
    resources = []
    for name, columns in COLUMNS.items():
        if not (folder / f"{name}.csv").exists():
            continue
        fields = [{"name": c, "type": TYPES[kind], "description": about} for c, (kind, about) in columns.items()]
        key = {"documents": ["doc_id"], "quotations": ["quotation_id"], "actors": ["actor_id", "only_in"]}.get(name)
        schema = {"fields": fields, "missingValues": []} | ({"primaryKey": key} if key else {})
        resources.append(
            {"name": name, "path": f"{name}.csv", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8-sig", "profile": "tabular-data-resource", "schema": schema}
        )  # fmt: skip
    about = citation.work()
    return {
        "profile": "tabular-data-package",
        "name": "who-said-what",
        "title": about["title"],
        "version": about["version"] or "0",
        "resources": resources,
    }


def annotations(quotations: pd.DataFrame, actors: pd.DataFrame, documents: list[Document]) -> dict:
    """Return the quotations as W3C Web Annotations (JSON-LD): where the words stand, by position and by quote; who says them, and how."""
    text = {d.doc_id: d.text for d in documents}
    names = {a.actor_id: a.name_en or a.name_fa for a in actors.itertuples()}
    items = []
    for q in quotations.itertuples():
        source, spans = text[q.doc_id], tables.spans_of(q.spans)
        targets = [
            {
                "source": q.doc_id,
                "selector": [
                    {"type": "TextPositionSelector", "start": a, "end": b},
                    {"type": "TextQuoteSelector", "exact": source[a:b], "prefix": source[max(0, a - AROUND) : a], "suffix": source[b : b + AROUND]},
                ],
            }
            for a, b in spans
        ]  # fmt: skip
        said = {
            "speaker": q.speaker,
            "name": citation.named(names, q.speaker),
            "kind": q.kind,
            "act": q.act,
            "cue": q.cue,
            "themes": q.themes,
        }
        items.append(
            {
                "id": f"../html/{page_of(q.doc_id)}#{q.quotation_id.rpartition('#')[2]}",
                "type": "Annotation",
                "motivation": "classifying",
                "body": [
                    {"type": "TextualBody", "purpose": "tagging", "value": f"{k}: {v}"} for k, v in said.items() if v
                ],
                "target": targets[0] if len(targets) == 1 else targets,
            }
        )
    return {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": items}


def write(stage: Path, documents: list[Document]) -> None:
    """Write ``datapackage.json`` and ``annotations.jsonld`` beside the tables."""
    folder = stage / "tables"
    quotations, actors = tables.read("quotations", folder), tables.read("actors", folder)
    package = json.dumps(data_package(folder), ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(package + "\n", encoding="utf-8")
    page = annotations(quotations, actors, documents)
    # One line an annotation: indented, they take ten times as long.
    items = ",\n".join(json.dumps(item, ensure_ascii=False) for item in page.pop("items"))
    head = json.dumps(page, ensure_ascii=False).removesuffix("}")
    (folder / "annotations.jsonld").write_text(f'{head}, "items": [\n{items}\n]}}\n', encoding="utf-8")


# ------------------------------------------------------------------ coders' tools


def brat(document: Document, rows: list) -> tuple[str, str]:
    """Return an article as brat reads it: its text, and the standoff file. A span may be in several pieces; none holds a line end.

    Brat counts characters as Python does. ``rows`` are the article's rows of the table quotations.
    """
    out, ids, links = [], count(1), count(1)
    for event, q in enumerate(rows, 1):
        marks = {
            "Content": tables.spans_of(q.spans),
            "Cue": [(q.cue_start, q.cue_end)],
            "Source": [(q.source_start, q.source_end)],
        }
        named = {}
        for role, spans in marks.items():
            pieces = [piece for span in spans if span[0] >= 0 for piece in _lines(document.text, *span)]
            if pieces:
                named[role] = f"T{next(ids)}"
                words = " ".join(document.text[a:b] for a, b in pieces)
                out.append(f"{named[role]}\t{role} {';'.join(f'{a} {b}' for a, b in pieces)}\t{words}")
        content = named["Content"]
        out += [
            f"R{next(links)}\t{role} Arg1:{content} Arg2:{named[role]}" for role in ("Cue", "Source") if role in named
        ]
        out.append(f"A{event}\tKind {content} {q.kind}")
        out.append(f"#{event}\tAnnotatorNotes {content}\t{q.quotation_id} speaker={q.speaker}")
    return document.text, "\n".join(out) + ("\n" if out else "")


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span in pieces without line ends."""
    for piece in text[start:end].split("\n"):
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        start += len(piece) + 1


def label_studio(document: Document, rows: list) -> dict:
    """Return an article as a task of Label Studio with the quotations as predictions; its browser counts UTF-16 units, and so do these."""
    wide = [0]
    for letter in document.text:
        wide.append(wide[-1] + (2 if ord(letter) > 0xFFFF else 1))
    result = []
    for n, q in enumerate(rows):
        spans = [("Content", *span) for span in tables.spans_of(q.spans)] + [
            ("Cue", q.cue_start, q.cue_end),
            ("Source", q.source_start, q.source_end),
        ]
        regions = [(f"q{n}-{k}", role, a, b) for k, (role, a, b) in enumerate(spans) if a >= 0]
        for region, role, a, b in regions:
            value = {"start": wide[a], "end": wide[b], "text": document.text[a:b], "labels": [role]}
            more = {"meta": {"text": [q.quotation_id]}} if region == regions[0][0] else {}
            result.append(
                {"id": region, "type": "labels", "from_name": "role", "to_name": "text", "value": value, **more}
            )
        first = regions[0]
        at = {"start": wide[first[2]], "end": wide[first[3]]}
        result.append(
            {
                "id": first[0],
                "type": "choices",
                "from_name": "kind",
                "to_name": "text",
                "value": at | {"choices": [q.kind]},
            }
        )
        result.append(
            {
                "id": first[0],
                "type": "textarea",
                "from_name": "speaker",
                "to_name": "text",
                "value": at | {"text": [q.speaker]},
            }
        )
        result += [
            {"type": "relation", "from_id": first[0], "to_id": region, "direction": "right", "labels": [role]} for region, role, *_ in regions[1:]
        ]  # fmt: skip
    return {
        "data": {"text": document.text, "doc_id": document.doc_id},
        "predictions": [{"model_version": citation.of_work(), "result": result}],
    }


CONFIG = {
    "annotation.conf": "[entities]\nContent\nCue\nSource\n[relations]\nCue\tArg1:Content, Arg2:Cue\nSource\tArg1:Content, Arg2:Source\n"
    "[events]\n[attributes]\nKind\tArg:Content, Value:direct|mixed|indirect|speech_act\n",
    "label-config.xml": '<View><Labels name="role" toName="text"><Label value="Content"/><Label value="Cue"/><Label value="Source"/></Labels>'
    '<Relations><Relation value="Cue"/><Relation value="Source"/><Relation value="Content"/></Relations><Text name="text" value="$text"/>'
    '<Choices name="kind" toName="text" perRegion="true"><Choice value="direct"/><Choice value="mixed"/><Choice value="indirect"/>'
    '<Choice value="speech_act"/></Choices><TextArea name="speaker" toName="text" perRegion="true"/></View>\n',
}


def export(style: str, documents: list[Document], quotations: pd.DataFrame, folder: Path) -> int:
    """Write the articles with their quotations for a coder's tool ("brat" or "label-studio") into a new folder; return how many.

    Raises FileExistsError, naming it, for a folder that holds something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder}: it holds something already; name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    rows = {
        doc_id: list(some.sort_values("start", kind="stable").itertuples())
        for doc_id, some in quotations.groupby("doc_id")
    }
    tasks = []
    for d in documents:
        if style == "brat":
            name = page_of(d.doc_id).removesuffix(".html")
            for ending, text in zip((".txt", ".ann"), brat(d, rows.get(d.doc_id, [])), strict=True):
                (folder / f"{name}{ending}").write_text(text, encoding="utf-8", newline="")
        else:
            tasks.append(label_studio(d, rows.get(d.doc_id, [])))
    if style == "brat":
        (folder / "annotation.conf").write_text(CONFIG["annotation.conf"], encoding="utf-8")
    else:
        (folder / "label-config.xml").write_text(CONFIG["label-config.xml"], encoding="utf-8")
        (folder / "tasks.json").write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return len(documents)
