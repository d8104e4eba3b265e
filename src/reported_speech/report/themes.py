"""What a quotation is about: the codebook, its patterns over cue and content, and how coders and patterns agree."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

import pandas as pd

from ..articles.alignment import Span
from ..articles.document import Document
from ..lexicons import derived, load
from ..people.offices import plain


@derived
def _patterns(theme: str, language: str) -> tuple[re.Pattern, re.Pattern]:
    """What a theme passes over and what it looks for, each as one regular expression on the plain small letters of a language."""
    entry = load("themes")[theme]
    both = entry.get("ignore", {}).get(language, []), entry[language]
    return tuple(
        re.compile(rf"(?<!\w)(?:{'|'.join(_expression(p, language) for p in some) or '(?!)'})(?!\w)") for some in both
    )


def _expression(pattern: str, language: str) -> str:
    """One pattern of the codebook as a regular expression: * is any letters, … up to five words.

    >>> bool(re.search(_expression("border* … changed", "en"), "the borders must not be changed"))
    True
    """
    gap = r"[\s\u200c]*" if language == "fa" else r"[\s-]+"
    parts = re.split(r"\s*…\s*", plain(pattern, language).lower())
    escaped = (re.escape(part).replace(r"\*", r"\w*").replace(r"\ ", gap) for part in parts)
    return r"(?:\W+\w+){0,5}?\W+".join(escaped)


@lru_cache(maxsize=20_000)
def themes_of(words: str, language: str) -> tuple[str, ...]:
    """Return the themes of some words (a cue and its content), in the order of the codebook; none is an answer.

    >>> themes_of("called for an end to foreign interference in trade", "en"), themes_of("حمایت از تمامیت‌ارضی", "fa")
    (('foreign-interference', 'trade'), ('territorial-integrity',))
    """
    words = plain(words, language).lower()
    found = []
    for theme in load("themes"):
        ignored, wanted = _patterns(theme, language)
        if wanted.search(ignored.sub(" … ", words)):
            found.append(theme)
    return tuple(found)


def about(text: str, content: tuple[Span, ...], cue: Span | None, language: str) -> tuple[str, ...]:
    """Return the themes of a quotation by its spans; each stretch is looked through apart."""
    words = "\n…\n".join(span.of(text) for span in sorted([*content, *([cue] if cue else [])]))
    return themes_of(words, language)


def show_codebook(quotations: pd.DataFrame) -> pd.DataFrame:
    """Return the codebook as a table with the number of quotations under each theme."""
    counts = quotations.themes.str.split("; ").explode().value_counts()
    return pd.DataFrame(
        {
            "theme": list(load("themes")),
            "name": [entry["name"]["en"] for entry in load("themes").values()],
            "name in Persian": [entry["name"]["fa"] for entry in load("themes").values()],
            "definition": [entry["definition"] for entry in load("themes").values()],
            "quotations": [int(counts.get(theme, 0)) for theme in load("themes")],
        }
    )


# ------------------------------------------------------------------ agreement


def read_coding(path: Path) -> pd.DataFrame:
    """Read two passes of coding: columns doc, id, first, second (themes joined by blanks), first_act, second_act.

    Raises ValueError, naming the line, for a theme or an act that the codebook does not have.
    """
    table = pd.read_csv(path, keep_default_na=False)
    for column, known in (("first", "themes"), ("second", "themes"), ("first_act", "acts"), ("second_act", "acts")):
        known = load("themes") if known == "themes" else load("acts")["acts"]
        for number, cell in enumerate(table[column], 2):
            if unknown := set(cell.split()) - known.keys():
                raise ValueError(f"{path}, line {number}: the codebook has no {min(unknown)!r}")
    return table


def alpha(one: list, other: list) -> float:
    """Return Krippendorff's alpha (2004) of two coders who judged the same units, 1.0 where all have one value.

    >>> alpha([True, False, False], [True, False, False]), round(alpha([True, False, False], [False, True, False]), 2)
    (1.0, -0.25)
    """
    from nltk.metrics.agreement import AnnotationTask

    if len({*one, *other}) < 2:
        return 1.0
    data = [(coder, unit, v) for coder, values in (("1", one), ("2", other)) for unit, v in enumerate(values)]
    return float(AnnotationTask(data).alpha())


def agreement(gold: Path, documents: list[Document], quotations: pd.DataFrame) -> pd.DataFrame:
    """Return, for each theme and for the acts, Krippendorff's alpha between two passes of coding and between the program and each.

    The coding stands beside the annotations (``…-relations.jsonl``, ``…-coding.csv``); themes are looked for in the annotated spans,
    acts are those of the quotations extracted with the same cue. No coding: no rows.
    """
    path = gold.with_name(gold.name.replace("relations.jsonl", "coding.csv"))
    if path == gold or not path.is_file():
        return pd.DataFrame()
    coding = read_coding(path)
    source = {d.doc_id: d for d in documents}
    annotated = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    annotated = {(r["doc"], r["id"]): r for r in annotated if r["doc"] in source}
    coding = coding[[key in annotated for key in zip(coding.doc, coding.id, strict=True)]]
    relations = [annotated[key] for key in zip(coding.doc, coding.id, strict=True)]
    found = [_themes_in(r, source[r["doc"]]) for r in relations]
    rows = []
    for theme, entry in load("themes").items():
        passes = [[theme in cell.split() for cell in coding[name]] for name in ("first", "second")]
        rows.append(_row(entry["name"]["en"], *passes, [theme in some for some in found]))
    acts = {(q.doc_id, q.cue_start, q.start): q.act for q in quotations.itertuples()}
    act = [acts.get((r["doc"], (r["cue"] or [-1])[0], r["content"][0][0])) for r in relations]
    both = [(a, b, c) for a, b, c in zip(coding.first_act, coding.second_act, act, strict=True) if c]
    if both:
        rows.append(_row("What the speaker does (all acts)", *map(list, zip(*both, strict=True))))
    return pd.DataFrame(rows)


def _themes_in(relation: dict, document: Document) -> list[str]:
    content = tuple(Span(*span) for span in relation["content"])
    return about(document.text, content, Span(*relation["cue"]) if relation["cue"] else None, document.language)


def _row(name: str, first: list, second: list, program: list) -> dict:
    n = {"first": first, "second": second, "program": program}
    counts = {k: sum(v) if isinstance(v[0], bool) else len(v) for k, v in n.items()}
    pairs = {"passes": (first, second), "program, first": (program, first), "program, second": (program, second)}
    return {"theme": name, **counts, **{f"alpha: {k}": alpha(*v) for k, v in pairs.items()}}
