"""The pages of a site, offline and, but for one, without scripts: their frame, and a reading page for each article."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from functools import cache, partial
from html import escape
from pathlib import Path

from ..articles.document import Document, shown, visible
from ..lexicons import load
from . import citation, markup, phrases, sides, tables
from .canvas import FONTS
from .citation import PERSIAN
from .findings import Study, study_of
from .phrases import LANGUAGES, say

TEMPLATES = Path(__file__).parent / "templates"
LISTED = 300  # articles that have a page: those with most quotations; the tables have all
END = {"en": ".html", "fa": ".fa.html"}
GUILLEMETS = str.maketrans("“”", "«»")
CHOICES = 40  # speakers that a page's filter offers


@cache
def template(name: str):
    from jinja2 import Environment, FileSystemLoader

    folder, html = FileSystemLoader(TEMPLATES / "study"), ".html" in name
    made = Environment(
        loader=folder, autoescape=html, finalize=_plain, trim_blocks=not html, keep_trailing_newline=not html
    )
    made.filters["markdown"] = citation.markdown
    return made.get_template(name)


def _plain(value):
    """What a template may print: controls that could reorder or hide something as their codes, markup of our own as it is."""
    return shown(value) if type(value) is str else value


def page(name: str, language: str, links: list[dict], **values) -> str:
    """Return a page in a language: a template with what it says, its phrases and the letters of the font that it uses."""
    values = {"policy": "", "rules": "", **values}
    made = template(f"{name}.html.j2").render(
        lang=language, links=links, t=partial(say, language=language), n=lambda value: phrases.number(value, language),
        t_comma="، " if language == "fa" else ", ", **values,
    )  # fmt: skip
    return with_font(made)


def links(notebooks: tuple[str, ...], here: str = "", language: str = "en") -> list[dict]:
    """Return the entries of the navigation: the findings, all quotations, the method (on a notebook's page all of them), the other language.

    ``here`` is the name of a page without language and ending ("index").
    """
    entries = {
        name: (say(key, language), f"{name}{END[language]}")
        for name, key in (("index", "findings"), ("explorer", "explorer"))
    }
    out = [{"page": page, "name": name, "here": key == here} for key, (name, page) in entries.items()]
    out.append({"page": f"index{END[language]}#method", "name": say("method", language).lower(), "here": False})
    out += [
        {"page": f"{n}.html", "name": n.replace("_", " "), "here": n == here} for n in notebooks if here in notebooks
    ]
    other = "fa" if language == "en" else "en"
    twin = "index" if here in notebooks or not here else here
    return [
        *out,
        {"page": f"{twin}{END[other]}", "name": say("other-language", language), "here": False, "lang": other},
    ]


def page_of(doc_id: str, language: str = "en") -> str:
    """Return the file name of an article's reading page: one that needs no escaping, and no other article's.

    >>> page_of("001_x.txt"), page_of("001_X.txt"), page_of("001_x")
    ('article-001_x.html', 'article-001_x-d0b7dd636494.html', 'article-001_x-371092dcc8b7.html')
    """
    plain = re.sub(r"[^a-z0-9_-]+", "_", doc_id.removesuffix(".txt").lower()).strip("_")[:80]
    same = f"{plain}.txt" == doc_id and not re.search("-[0-9a-f]{12}$", plain)
    name = f"article-{plain}{'' if same else '-' + hashlib.sha256(doc_id.encode()).hexdigest()[:12]}"
    return f"{name}{END[language]}"


def with_font(page: str) -> str:
    """Return a page with the letters of the Persian font that it uses, embedded; one without Persian stays as it is."""
    letters = "".join(sorted({*PERSIAN.findall(page), *"\u200c\u200d۰۱۲۳۴۵۶۷۸۹"}))
    if not PERSIAN.search(page):
        return page.replace("/*font*/\n", "", 1)
    face = (
        f'@font-face {{ font-family: Vazirmatn; src: url("data:font/woff;base64,{_subset(letters)}") format("woff"); }}'
    )
    return page.replace("/*font*/", face, 1)


@cache
def _subset(letters: str) -> str:
    from fontTools import subset

    options = subset.Options(flavor="woff", layout_features=["*"], hinting=False, notdef_outline=True)
    options.recalc_timestamp = False
    font = subset.load_font(str(FONTS / "Vazirmatn-Regular.ttf"), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    buffer = io.BytesIO()
    font.flavor = "woff"
    font.save(buffer)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


class Articles:
    """What the pages of a study's articles say: names, sides and headlines in either language."""

    def __init__(self, stage: Path, documents: list[Document], chosen: str):
        names = ("documents", "quotations", "actors", "meetings")
        self.table, quotations, self.actors, meetings = (tables.read(n, stage / "tables") for n in names)
        self.study: Study = study_of(quotations, self.table, self.actors, meetings, chosen)
        self.documents = {d.doc_id: d for d in documents}
        self.names = {language: markup.names_in(language, self.actors) for language in LANGUAGES}
        counts = self.table.doc_id.map(quotations.doc_id.value_counts()).fillna(0)
        self.listed = self.table.loc[sorted(counts.sort_values(ascending=False, kind="stable").index[:LISTED])]

    def headline(self, doc_id: str, language: str) -> str:
        """Return an article's headline, never its file's name."""
        return markup.headline(self.documents[doc_id], language)


def reading_page(articles: Articles, row, rows: list, language: str, around: tuple[str, str], notebooks) -> str:
    """Return the page of one article: its text with the quotations marked, a card for each, filters, the articles before and after."""
    document, two = articles.documents[row.doc_id], articles.study.two
    own = articles.names[language]
    within = markup.within(rows)
    entries = [_entry(q, row, document, own, language) for q in within]
    groups, rules = _filters(within, own, two, language)
    about = f"{citation.outlet(row, language)} · {phrases.day(row.published, language) or say('no-date', language)}"
    about += f" · {say('breaks-off', language)}" if row.truncated else ""
    return page(
        "article", language, links(notebooks, page_of(row.doc_id).removesuffix(".html"), language), rules=_safe(rules),
        title=markup.headline(document, language), about=about, groups=groups, before=around[0], after=around[1],
        legend=_safe(markup.legend(two, language)), direction=_safe(f" {markup.direction(document.language)}"),
        article=_safe(markup.marked_article(document, rows, own, two, language)),
        doc_id=visible(row.doc_id), sha256=row.sha256, quotations=entries,
    )  # fmt: skip


def _entry(q, row, document: Document, own: dict, language: str) -> dict:
    """What the card of a quotation says."""
    words = citation.words_of(q, document.language)
    to = citation.named(own, q.addressee, language)
    return {
        "words": visible(words),
        "who": citation.named(own, q.speaker, language) or say("unresolved", language),
        "to": say("to", language, who=to) if to else "",
        "kind": say(citation.PHRASE[q.kind], language),
        "side": sides.name(q.side, language),
        "act": say(q.act, language) if q.act in phrases.book() else q.act,
        "themes": _themes(q, language),
        "repeats": q.repeats,
        "anchor": q.quotation_id.rpartition("#")[2],
        "evidence": visible(_evidence(q.speaker_evidence, language)),
        "rule": q.rule,
        "confidence": say("confidence", language, value=round(100 * q.confidence))
        if citation.measured(q)
        else say("not-measured", language),
        "citation": cited(q, row, own, language),
    }


def cited(q, row, names: dict[str, str], language: str):
    """Return the citation of a quotation for a page: words, headline and place keep their own direction.

    The signs that isolate them cannot come from an article: it shows its own as their codes.
    """
    line = citation.of_quotation(q, row, names, language, isolate="\u2068{}\u2069".format)
    return _safe(escape(line).replace("\u2068", "<bdi>").replace("\u2069", "</bdi>"))


def _evidence(evidence: str, language: str) -> str:
    """Why somebody is the speaker; in Persian the means and the words that it leans on."""
    means, words = f"by {evidence.split(':')[0].split()[0]}" if evidence else "", re.search("“[^”]*”", evidence)
    if language == "en" or means not in phrases.book():
        return evidence
    return say(means, language) + (f" {words[0].translate(GUILLEMETS)}" if words else "")


def _themes(q, language: str) -> str:
    return ("؛ " if language == "fa" else "; ").join(
        load("themes")[t]["name"][language] for t in q.themes.split("; ") if t
    )


def _filters(rows: list, names: dict[str, str], two: tuple[str, ...], language: str) -> tuple[list[dict], str]:
    """The choices of a page's filters, and the style that hides what is not chosen: no script is needed."""
    speakers = list(dict.fromkeys(q.speaker for q in rows))[:CHOICES]
    tone = [
        n
        for n, code in enumerate((*two, sides.OTHERS))
        if any((q.side if q.side in two else sides.OTHERS) == code for q in rows)
    ]
    kinds = [k for k in citation.PHRASE if any(q.kind == k for q in rows)]
    themes = [t for t in load("themes") if any(t in q.themes.split("; ") for q in rows)]
    groups = [
        (
            "p",
            "speaker",
            [citation.named(names, s, language) or say("unresolved", language) for s in speakers],
            [f'[data-p="{_css(s)}"]' for s in speakers],
        ),
        ("s", "side", [sides.name((*two, sides.OTHERS)[n], language) for n in tone], [f".s{n}" for n in tone]),
        ("k", "kind", [say(citation.PHRASE[k], language) for k in kinds], [f".{k}" for k in kinds]),
        (
            "t",
            "theme",
            [load("themes")[t]["name"][language] for t in themes],
            [f'[data-t~="{_css(t)}"]' for t in themes],
        ),
    ]
    groups = [g for g in groups if len(g[2]) > 1]
    hidden = "{ background: none; border-color: transparent; outline: 0; }"
    rules = [
        f"main:has(#f-{key}-{n}:checked) mark:not({select}) {hidden} main:has(#f-{key}-{n}:checked) mark:not({select}) > span {{ display: none; }}"
        for key, _, _, selects in groups
        for n, select in enumerate(selects, 1)
    ]
    return [
        {"key": key, "name": say(name, language), "choices": choices} for key, name, choices, _ in groups
    ], "\n".join(rules)


def _css(value: str) -> str:
    """A value as it stands in a selector."""
    return re.sub(r"[^\w-]", lambda m: f"\\{ord(m.group()):x} ", value)


def _safe(html: str):
    from markupsafe import Markup

    return Markup(html)


def build_articles(stage: Path, documents: list[Document], notebooks: tuple[str, ...], chosen: str = "") -> None:
    """Write the reading pages in both languages; ``chosen`` names the two sides."""
    articles = Articles(stage, documents, chosen)
    own = markup.by_article(articles.study.quotations[articles.study.quotations.doc_id.isin(articles.listed.doc_id)])
    ids = list(articles.listed.doc_id)
    for language in LANGUAGES:
        pages = [page_of(i, language) for i in ids]
        for n, row in enumerate(articles.listed.itertuples()):
            around = (pages[n - 1] if n else "", pages[n + 1] if n + 1 < len(pages) else "")
            made = reading_page(articles, row, own[row.doc_id], language, around, notebooks)
            (stage / "html" / pages[n]).write_text(made, encoding="utf-8")
