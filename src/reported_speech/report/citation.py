"""Citations: the words, who said them, where they stand, what kind of quotation it is and how far the kind can be trusted."""

from __future__ import annotations

import json
import re
import textwrap
from functools import cache
from pathlib import Path

import pandas as pd
import yaml

from ..articles.document import Document, visible
from ..articles.reading import article
from ..paths import here, root
from . import tables

KINDS = {
    "direct": "direct quotation",
    "mixed": "partly direct",
    "indirect": "indirect speech",
    "speech_act": "speech act",
}
LANGUAGES = {"en": "English", "fa": "Persian"}
MARK = re.compile("^[\\s.…]*[\"'“”‘’«»„‟]")


@cache
def work() -> dict:
    """Return title, version and year of the study, from CITATION.cff."""
    path = root() / "CITATION.cff"
    data = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {
        "title": data.get("title", "Who said what"),
        "version": str(data.get("version", "")),
        "year": str(data.get("date-released", ""))[:4],
    }


def of_work() -> str:
    """Return how the study itself is named in a citation."""
    return f"{work()['title']}, version {work()['version']} ({work()['year']})"


def markdown(text: str) -> str:
    """Return a text as one line of Markdown in which nothing is markup.

    >>> print(markdown("a_b <i>[x](y)</i>"))
    a\\_b \\<i\\>\\[x\\](y)\\</i\\>
    """
    return re.sub(r"([\\`*_\[\]<>#|!$~])", r"\\\1", visible(text))


def wording(kind: str, pieces: list[str], language: str) -> str:
    """Return the words of a quotation as they may be printed: in quotation marks only if they stand in marks in the article, or
    behind a Persian colon.

    >>> wording("direct", ['"We agree,"', "it is so"], "en"), wording("indirect", ["they agree"], "en")
    ('"We agree," … “it is so”', 'they agree')
    """
    if kind != "direct":
        return " … ".join(pieces)
    left, right = "«»" if language == "fa" else "“”"
    return " … ".join(p if MARK.match(p) else f"{left}{p}{right}" for p in pieces)


def measured(scores: pd.DataFrame, language: str, kind: str) -> str:
    """Return how many quotations of this kind and language came out right where that was measured."""
    rows = scores[(scores.language == language) & (scores.kind == kind) & (scores.metric == "quotation")]
    rows = rows[rows.predicted > 0]
    if not len(rows):
        return f"how often {KINDS[kind]} in {LANGUAGES[language]} is right was not measured here"
    row = rows.iloc[0]
    return (
        f"of {row.predicted} of this kind in {LANGUAGES[language]}, {round(row.precision * row.predicted)} are right (span, kind, "
        "speaker) on the articles that the rules were developed on, elsewhere expect less"
    )


def measures(scores: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return (language, kind) -> how many of these quotations came out right."""
    return {(language, kind): measured(scores, language, kind) for language in LANGUAGES for kind in KINDS}


def published(document) -> str:
    """Return outlet, headline and dates of an article, as far as the text tells them."""
    date = f"{document.published} ({document.published_jalali} solar Hijri)" if document.published else "no date given"
    title = f"“{visible(document.title)}”" if document.title else "no title"
    outlet = visible(" ← ".join(filter(None, [document.outlet or "outlet not given", document.relays])))
    return ", ".join([outlet, title, date])


def named(names: dict[str, str], actor_ids: str) -> str:
    """Return the names of who speaks together.

    >>> named({"nadia-holm": "Nadia Holm"}, "nadia-holm+iran")
    'Nadia Holm and iran'
    """
    return " and ".join(names.get(i, i) for i in actor_ids.split("+"))


def of_quotation(row, document, names: dict[str, str], right: dict[tuple[str, str], str]) -> str:
    """Return the citation line of a quotation: speaker, words, kind, article, place, and that a program extracted it."""
    who = named(names, row.speaker) or "speaker unresolved"
    said = textwrap.shorten(
        visible(wording(row.kind, row.text.split(" … "), document.language)), 160, placeholder=" […]"
    )
    said = said if row.kind == "direct" else f"in the article’s wording, {said}"
    rest = tables.spans_of(row.spans)[1:]
    places = f"{row.quotation_id}{''.join(f' and {a},{b}' for a, b in rest)}"
    seen = f", {row.review} by {visible(row.reviewer)}" if row.review else ""
    return (
        f"{who}: {said} ({KINDS[row.kind]}), in: {published(document)}, {places}. Extracted automatically{seen}: "
        f"{right[document.language, row.kind]}. {of_work()}."
    )


def confidence(row) -> str:
    """Return how sure a row is, where that was counted: in English."""
    return f"confidence {row.confidence:.2f}" if row.rule.startswith("en:") else "confidence not measured in Persian"


def of_figure(figure_id: str, title: str) -> str:
    """Return the citation line of a figure."""
    return f"“{title}” ({figure_id}), in: {of_work()}."


def pieces_of(row, text: str) -> list[str]:
    """Return the content of a quotation, span by span, as it stands in the article."""
    return [text[a:b] for a, b in tables.spans_of(row.spans)]


def cite(quotation_id: str, output: Path) -> str:
    """Return a quotation with its speaker, source line and citation, checked against the file.

    Raises FileNotFoundError for a missing folder or article, ValueError, naming the quotation, if there is no such row, the file has
    changed since, or its characters are not the words of the table.
    """
    folder = output / "tables"
    quotations, articles = tables.read("quotations", folder), tables.read("documents", folder)
    scores, actors = tables.read("scores", folder), tables.read("actors", folder)
    found = quotations[quotations.quotation_id == quotation_id]
    if not len(found):
        raise ValueError(f"{folder}: no quotation {visible(quotation_id)!r}; the ids stand in quotations.csv")
    row = next(found.itertuples())
    document = next(articles[articles.doc_id == row.doc_id].itertuples())
    parameters = json.loads((output / "manifest.json").read_text(encoding="utf-8"))["parameters"]
    path = here(parameters["corpus"])
    source = article(path, row.doc_id, parameters.get("columns", ""))
    if not isinstance(source, Document) or source.sha256 != document.sha256:
        raise ValueError(f"{path}: the file is not the one that {quotation_id} was taken from (its SHA-256 differs)")
    pieces = pieces_of(row, source.text)
    if " … ".join(pieces) != row.text:
        raise ValueError(f"{path}: the characters {row.spans} are not the words of {quotation_id}")
    return "\n".join(
        _lines(
            row,
            document,
            pieces,
            source.text,
            dict(zip(actors.actor_id, actors.name_en, strict=True)),
            measures(scores),
        )
    )


def _lines(row, document, pieces, text, names, right) -> list[str]:
    start = row.start
    line = text.count("\n", 0, start) + 1
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    words = visible(wording(row.kind, pieces, document.language))
    lead = "words" if row.kind == "direct" else "the article’s wording, not the speaker’s"
    return [
        f"{lead}: {words}",
        f"speaker: {named(names, row.speaker) or 'unresolved'} ({visible(row.speaker_evidence)})",
        f"kind: {KINDS[row.kind]}; rule {row.rule}; {confidence(row)}",
        f"source, line {line}: {visible(text[first : last if last >= 0 else len(text)])}",
        f"checked: the file has the recorded SHA-256, and its characters {row.spans} are these words",
        f"cite as: {visible(of_quotation(row, document, names, right))}",
    ]
