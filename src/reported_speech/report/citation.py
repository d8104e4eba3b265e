"""Citations: the words, who said them, where they stand, what kind of quotation it is and how far the kind can be trusted."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import yaml

from ..articles.document import Document, visible
from ..articles.reading import article
from ..lexicons import derived, load
from ..paths import here, root
from ..people.offices import states
from ..people.registry import registry
from . import tables
from .phrases import day, listed, number, say

PERSIAN = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
PHRASE = {
    "direct": "direct quotation",
    "mixed": "mixed quotation",
    "indirect": "indirect speech",
    "speech_act": "speech act",
}
KINDS = {kind: say(key, "en") for kind, key in PHRASE.items()}


@cache
def work() -> dict:
    """Return title, version and year of the study, from CITATION.cff."""
    path = root() / "CITATION.cff"
    data = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {
        "title": data.get("title", "Who said what").partition(":")[0],
        "version": str(data.get("version", "")),
        "year": str(data.get("date-released", ""))[:4],
    }


def of_work(language: str = "en") -> str:
    """Return how the study itself is named in a citation."""
    title = work()["title"] if language == "en" else say("study", language)
    told = say(
        "work",
        language,
        title=title,
        version=number(work()["version"], language),
        year=number(work()["year"], language),
    )
    return told if work()["version"] else title


def markdown(text: str) -> str:
    """Return a text as one line of Markdown in which nothing is markup.

    >>> print(markdown("a_b <i>[x](y)</i>"))
    a\\_b \\<i\\>\\[x\\](y)\\</i\\>
    """
    return re.sub(r"([\\`*_\[\]<>#|!$~])", r"\\\1", visible(text))


def wording(kind: str, pieces: list[str], language: str) -> str:
    """Return the words of a quotation as they may be printed: in quotation marks only if they stand in marks in the article; a piece
    that lacks one of its marks gets it in brackets.

    >>> print(wording("direct", ['"We agree,"', "“It is so"], "en"), wording("direct", ["باران آمد"], "fa"), sep=" / ")
    "We agree," … “It is so[”] / باران آمد
    """
    return " … ".join(map(closed, pieces)) if kind == "direct" else " … ".join(pieces)


def words_of(row, language: str) -> str:
    """Return the words of a row of quotations as they may be printed: of a speech act with the word that reports it, for that says what
    was done about them ("condemned the attack")."""
    words = wording(row.kind, row.text.split(" … "), language)
    if row.kind != "speech_act" or row.cue_start < 0:
        return words
    before = row.cue_start < row.start
    near = (row.start - row.cue_end if before else row.cue_start - row.end) < 2
    return (" " if near else " … ").join((row.cue, words) if before else (words, row.cue))


def closed(piece: str) -> str:
    """Return words whose mark the article never closes, or opens, with that mark in brackets.

    >>> closed("“We agree."), closed('It is so"'), closed("rain")
    ('“We agree.[”]', '["]It is so"', 'rain')
    """
    pairs = {"“": "”", "«": "»", "‘": "’", '"': '"', "„": "“"}
    if piece[:1] in pairs and not piece.rstrip(".,;،").endswith((pairs[piece[0]], "”")):
        return f"{piece}[{pairs[piece[0]]}]"
    opening = {shut: opened for opened, shut in pairs.items() if opened != "„"}
    if piece[-1:] in opening and sum(c in (piece[-1], opening[piece[-1]]) for c in piece) == 1:
        return f"[{opening[piece[-1]]}]{piece}"
    return piece


def in_script(name: str, language: str) -> str:
    """Return the name of an outlet, a body or a capital in the script of a language, if the lexicons have it.

    >>> in_script("Tasnim", "fa"), in_script("Geostat", "fa"), in_script("Tasnim", "en")
    ('تسنیم', 'Geostat', 'Tasnim')
    """
    return _persian_names().get(name, name) if language == "fa" else name


@derived
def _persian_names() -> dict[str, str]:
    """English names of capitals, bodies and outlets -> Persian ones."""
    capitals = dict(
        pair for s in states().values() for pair in zip(s.capitals["en"][:1], s.capitals["fa"][:1], strict=False)
    )
    bodies = {n: a.names_fa[0] for a in registry().values() if a.names_fa for n in a.names_en}
    outlets = {o["name"]: min(filter(PERSIAN.search, o["spellings"]), key=len, default="") for o in load("outlets")}
    return {english: persian for english, persian in (capitals | bodies | outlets).items() if persian}


def outlet(document, language: str) -> str:
    """Return who reports an article, and from whom."""
    chain = [document.outlet or say("no-outlet", language), *filter(None, document.relays.split(" ← "))]
    return say("relayed", language).join(visible(in_script(name, language)) for name in chain)


def named(names: dict[str, str], actor_ids: str, language: str = "en") -> str:
    """Return the names of who speaks together.

    >>> named({"nadia-holm": "Nadia Holm"}, "nadia-holm+iran")
    'Nadia Holm and iran'
    """
    return listed([names.get(i, i) for i in actor_ids.split("+")], language)


def of_quotation(row, document, names: dict[str, str], language: str = "en", isolate=str) -> str:
    """Return the citation of a quotation, as it is pasted: speaker, words, outlet and whom it relays, headline, date as told, the study,
    where the words stand; ``isolate`` is done to what has a direction of its own: words, headline and place."""
    said = isolate(visible(words_of(row, document.language)))
    rest = "".join(f"; {a},{b}" for a, b in tables.spans_of(row.spans)[1:])
    title = document.title and isolate(visible(document.title))
    return say(
        "cited", language, who=visible(named(names, row.speaker, language)) or say("unresolved", language),
        words=said if row.kind == "direct" else say("in-wording", language, words=said),
        kind=say(PHRASE[row.kind], language) + (say(row.review, language, who=visible(row.reviewer)) if row.review else ""),
        outlet=outlet(document, language), title=say("titled", language, title=title) if title else say("untitled", language),
        day=day(document.published, language) or say("no-date", language), work=of_work(language), place=isolate(visible(row.quotation_id) + rest),
    )  # fmt: skip


def csl_of_quotation(row, document, names: dict[str, str]) -> dict:
    """Return a quotation as an item of CSL-JSON: the article that reports it, with the words and their place as a note."""
    who, place = named(names, row.speaker) or "speaker not known", visible(row.quotation_id)
    words = visible(words_of(row, document.language))
    item = {
        "id": re.sub(r"\W+", "-", place).strip("-"),
        "type": "article-newspaper",
        "title": visible(document.title) or f"[no headline] {place.partition('#')[0]}",
        "container-title": visible(" ← ".join(filter(None, [document.outlet, document.relays]))),
        "language": document.language,
        "note": f"{who}: {words} ({KINDS[row.kind]}); {place}, extracted automatically, in: {of_work()}",
        "custom": {"speaker": who, "place": place},
    }
    if document.published:
        item["issued"] = {"date-parts": [[int(part) for part in document.published.split("-")]]}
    return {k: v for k, v in item.items() if v}


def csl_of_figure(figure_id: str, title: str) -> dict:
    """Return a figure as an item of CSL-JSON."""
    item = {
        "id": figure_id,
        "type": "graphic",
        "title": title,
        "container-title": work()["title"],
        "version": work()["version"],
    }
    return item | ({"issued": {"date-parts": [[int(work()["year"])]]}} if work()["year"] else {})


def _tex(text: str) -> str:
    """A text in which nothing is TeX's."""
    special = {"\\": r"\textbackslash{}", "~": r"\~{}", "^": r"\^{}"}
    return re.sub(r"[\\{}&%$#_~^]", lambda m: special.get(m[0], "\\" + m[0]), text)


def formatted(item: dict, style: str) -> str:
    """Return an item of CSL-JSON as "csl-json", "bibtex" or "ris".

    >>> print(formatted({"id": "x", "type": "graphic", "title": "50% of {all}", "container-title": "A study"}, "bibtex"))
    @misc{x,
      title = {{50\\% of \\{all\\}}},
      howpublished = {A study}
    }
    """
    if style == "csl-json":
        return json.dumps([item], ensure_ascii=False, indent=1)
    date = [str(n).zfill(2) for n in item.get("issued", {}).get("date-parts", [[]])[0]]
    news = item["type"] == "article-newspaper"
    if style == "ris":
        fields = [
            ("TY", "NEWS" if news else "FIGURE"),
            ("ID", item["id"]),
            ("TI", item["title"]),
            ("T2", item.get("container-title")),
        ]
        fields += [
            ("PY", date[0] if date else None),
            ("DA", "/".join(date) if len(date) > 1 else None),
            ("LA", item.get("language")),
            ("N1", item.get("note")),
        ]
        return "\n".join(f"{tag}  - {value}" for tag, value in fields if value) + "\nER  - "
    fields = [
        ("title", "{" + _tex(item["title"]) + "}"),
        ("journal" if news else "howpublished", _tex(item.get("container-title", ""))),
    ]
    fields += [
        ("year", date[0] if date else ""),
        ("date", "-".join(date) if len(date) > 1 else ""),
        ("note", _tex(item.get("note", ""))),
    ]
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields if value)
    return f"@{'article' if news else 'misc'}{{{item['id']},\n{body}\n}}"


def measured(row) -> bool:
    """Tell whether it was counted how sure such a row is: for our own rules, in English."""
    return row.rule.startswith("en:") and row.confidence > 0


def confidence(row) -> str:
    """Return how sure a row is, where that was counted."""
    return f"confidence {row.confidence:.2f}" if measured(row) else "confidence not measured"


def of_figure(figure_id: str, title: str) -> str:
    """Return the citation line of a figure."""
    return f"“{title}” ({figure_id}), in: {of_work()}."


def pieces_of(row, text: str) -> list[str]:
    """Return the content of a quotation, span by span, as it stands in the article."""
    return [text[a:b] for a, b in tables.spans_of(row.spans)]


def cite(cited: str, output: Path, style: str = "") -> str:
    """Return a quotation with its speaker, source line and citation, checked against the file, or the citation of a figure; a ``style``
    (bibtex, ris, csl-json) gives the citation alone.

    Raises FileNotFoundError for a missing folder or article, ValueError, naming the quotation, if there is no such row, the file has
    changed since, or its characters are not the words of the table.
    """
    if (about := output / "figures" / f"{cited}.txt").is_file():
        title, caption, _, line = about.read_text(encoding="utf-8").splitlines()
        return (
            formatted(csl_of_figure(cited, title), style)
            if style
            else f"figure: {title}\ncaption: {caption}\ncite as: {line}"
        )
    folder = output / "tables"
    quotations, articles, actors = (tables.read(n, folder) for n in ("quotations", "documents", "actors"))
    found = quotations[quotations.quotation_id == cited]
    if not len(found):
        raise ValueError(f"{folder}: no quotation {visible(cited)!r}; the ids stand in quotations.csv")
    row = next(found.itertuples())
    document = next(articles[articles.doc_id == row.doc_id].itertuples())
    parameters = json.loads((output / "manifest.json").read_text(encoding="utf-8"))["parameters"]
    path = here(parameters["corpus"])
    source = article(path, row.doc_id, parameters.get("columns", ""))
    if not isinstance(source, Document) or source.sha256 != document.sha256:
        raise ValueError(f"{path}: the file is not the one that {cited} was taken from (its SHA-256 differs)")
    pieces = pieces_of(row, source.text)
    if " … ".join(pieces) != row.text:
        raise ValueError(f"{path}: the characters {row.spans} are not the words of {cited}")
    names = dict(zip(actors.actor_id, actors.name_en.where(actors.name_en != "", actors.name_fa), strict=True))
    if style:
        return formatted(csl_of_quotation(row, document, names), style)
    return "\n".join(_lines(row, document, source.text, names))


def _lines(row, document, text, names) -> list[str]:
    start = row.start
    line = text.count("\n", 0, start) + 1
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    words = visible(wording(row.kind, row.text.split(" … "), document.language))
    lead = "words" if row.kind == "direct" else "the article’s wording, not the speaker’s"
    return [
        f"{lead}: {words}",
        f"speaker: {named(names, row.speaker) or 'unresolved'} ({visible(row.speaker_evidence)})",
        f"kind: {KINDS[row.kind]}; rule {row.rule}; {confidence(row)}; extracted automatically",
        f"source, line {line}: {visible(text[first : last if last >= 0 else len(text)])}",
        f"checked: the file has the recorded SHA-256, and its characters {row.spans} are these words",
        f"cite as: {visible(of_quotation(row, document, names))}",
    ]
