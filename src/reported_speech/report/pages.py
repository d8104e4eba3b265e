"""The pages: an index with the findings, the notebooks, and a reading page for each article, offline and without scripts."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from ..articles.document import Document, shown, visible
from ..lexicons import load
from . import citation, markup, tables
from .canvas import FONTS
from .figures import contrasts
from .polnear import stored

TEMPLATES = Path(__file__).parent / "templates"
SHOWN = ("fig-voices", "fig-balance", "fig-themes")
PERSIAN = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
LISTED = 500  # articles that have a page: those with most quotations; the tables have all
WIDTH = 880  # pixels of a figure on a page


@dataclass(frozen=True)
class Figure:
    """A figure as its files tell it."""

    id: str
    title: str
    caption: str
    alt: str
    citation: str
    page: str = ""
    png: str = ""


@cache
def _template(name: str):
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


def links(notebooks: tuple[str, ...], here: str = "") -> list[dict]:
    """Return the entries of the navigation: the index and the notebooks."""
    pages = {"index": "findings", **{n: n.replace("_", " ") for n in notebooks}}
    return [{"page": f"{page}.html", "name": name, "here": page == here} for page, name in pages.items()]


def page_of(doc_id: str) -> str:
    """Return the file name of an article's reading page: one that needs no escaping, and no other article's.

    >>> page_of("001_x.txt"), page_of("001_X.txt"), page_of("001_x")
    ('article-001_x.html', 'article-001_x-d0b7dd636494.html', 'article-001_x-371092dcc8b7.html')
    """
    plain = re.sub(r"[^a-z0-9_-]+", "_", doc_id.removesuffix(".txt").lower()).strip("_")[:80]
    same = f"{plain}.txt" == doc_id and not re.search("-[0-9a-f]{12}$", plain)
    return f"article-{plain}{'' if same else '-' + hashlib.sha256(doc_id.encode()).hexdigest()[:12]}.html"


def with_font(page: str) -> str:
    """Return a page with the letters of the Persian font that it uses, embedded; one without Persian stays as it is."""
    letters = "".join(sorted({*PERSIAN.findall(page), *"\u200c\u200d ۰۱۲۳۴۵۶۷۸۹0123456789"}))
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


def reading_page(document: Document, row, quotations: list, names: dict[str, dict], right, notebooks) -> str:
    """Return the page of one article: its text with the quotations marked, and a list of them with their citations.

    ``names`` gives the actors' names by language, ``right`` what ``citation.measures`` says.
    """
    english = names["en"]
    entries = [
        {
            "words": visible(citation.wording(q.kind, citation.pieces_of(q, document.text), document.language)),
            "who": citation.named(english, q.speaker) or "unresolved",
            "to": citation.named(english, q.addressee),
            "kind": citation.KINDS[q.kind],
            "anchor": q.quotation_id.rpartition("#")[2],
            "citation": visible(citation.of_quotation(q, row, english, right)),
            "act": q.act,
            "themes": "; ".join(load("themes")[t]["name"]["en"] for t in q.themes.split("; ") if t),
            "evidence": q.speaker_evidence,
            "rule": q.rule,
            "confidence": citation.confidence(q),
        }
        for q in markup.within(quotations)
    ]
    return _template("article.html.j2").render(
        title=visible(row.title or document.doc_id),
        about=citation.published(row),
        document=document,
        links=links(notebooks),
        legend=_safe(markup.legend()),
        article=_safe(markup.marked_article(document, quotations, names[document.language], link=True)),
        direction=_safe(f" {markup.direction(document.language)}"),
        quotations=entries,
    )


def _safe(html: str):
    from markupsafe import Markup

    return Markup(html)


def read_figures(stage: Path, notebooks: tuple[str, ...]) -> list[Figure]:
    """Return the figures of a study, each with the notebook that shows it."""
    out = []
    pages = {n: (stage / "html" / f"{n}.html").read_text(encoding="utf-8") for n in notebooks}
    for path in sorted((stage / "figures").glob("*.txt")):
        title, caption, alt, citation = path.read_text(encoding="utf-8").splitlines()
        page = next(f"{n}.html" for n, text in pages.items() if f'id="{path.stem}"' in text)
        png = _small(path.with_suffix(".png")) if path.stem in SHOWN else ""
        out.append(Figure(path.stem, title, caption, alt, citation, page, png))
    order = [*SHOWN, *(f.id for f in out if f.id not in SHOWN)]
    return sorted(out, key=lambda f: order.index(f.id))


def _small(path: Path) -> str:
    """The picture at screen size."""
    from PIL import Image

    with Image.open(path) as image:
        height = round(image.height * WIDTH / image.width)
        small = image.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS).quantize(128)
    buffer = io.BytesIO()
    small.save(buffer, format="png", optimize=True)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def summary(documents: pd.DataFrame, quotations: pd.DataFrame, actors: pd.DataFrame) -> str:
    """Return the study in one or two sentences, every number from its tables."""
    languages = documents.language.value_counts()
    told = " and ".join(f"{n} {citation.LANGUAGES[code]}" for code, n in sorted(languages.items()))
    outlets = documents.outlet[documents.outlet != ""].nunique()
    counts = quotations.kind.value_counts()
    kinds = ", ".join(f"{counts[kind]} as {name}" for kind, name in citation.KINDS.items() if kind in counts)
    speaking = actors[actors.quotations > 0]
    people = int((speaking.kind == "person").sum())
    unresolved = int((quotations.speaker == "").sum())
    return (
        f"{len(documents)} articles ({told}) of {outlets} named outlets report {len(quotations)} times what somebody said ({kinds}). "
        f"The voices are {people} people and {len(speaking) - people} others (states, institutions, both sides together)"
        + (
            f"; for {unresolved} quotations the speaker is left unresolved."
            if unresolved
            else "; no speaker is left unresolved."
        )
    )


def trust(scores: pd.DataFrame) -> str:
    """Return how far the quotations can be trusted, in a sentence."""
    measured = stored()
    other = measured["systems"]["this study"]["all"]["partial"][0]
    elsewhere = (
        f"On {measured['articles']} articles of another corpus, PolNeAR (English, politics, counting attitudes too), half of the words "
        f"of a quotation in common, it is {other:.2f}; Persian was measured nowhere else."
    )
    whole = scores[(scores.language == "all") & (scores.kind == "all") & (scores.metric == "quotation")]
    if not len(whole) or not whole.gold.iloc[0]:
        return f"Nothing was measured on these articles: there are no annotations to compare with. {elsewhere}"
    return (
        f"On these articles, with which the rules were developed, F1 of span, kind and speaker together is {whole.f1.iloc[0]:.2f}: an "
        f"upper bound. {elsewhere}"
    )


def build_articles(stage: Path, documents: list[Document], notebooks: tuple[str, ...]) -> None:
    """Write the reading pages beside the notebooks' pages."""
    names = ("documents", "quotations", "actors", "scores")
    articles, quotations, actors, scores = (tables.read(n, stage / "tables") for n in names)
    shown = _listed(articles, quotations)
    rows = {row.doc_id: row for row in shown.itertuples()}
    own = markup.by_article(quotations[quotations.doc_id.isin(shown.doc_id)])
    written = {language: markup.names_in(language, actors) for language in citation.LANGUAGES}
    right = citation.measures(scores)
    for document in (d for d in documents if d.doc_id in rows):
        page = reading_page(document, rows[document.doc_id], own[document.doc_id], written, right, notebooks)
        (stage / "html" / page_of(document.doc_id)).write_text(with_font(page), encoding="utf-8")


def _listed(articles: pd.DataFrame, quotations: pd.DataFrame) -> pd.DataFrame:
    """The articles that have a page: those with most quotations."""
    counts = articles.doc_id.map(quotations.doc_id.value_counts()).fillna(0)
    return articles.loc[sorted(counts.sort_values(ascending=False, kind="stable").index[:LISTED])]


def build_index(stage: Path, notebooks: tuple[str, ...]) -> None:
    """Write the index, and give each notebook's page the Persian letters that it uses."""
    names = ("documents", "quotations", "actors", "scores")
    articles, quotations, actors, scores = (tables.read(n, stage / "tables") for n in names)
    shown, counts, folder = _listed(articles, quotations), quotations.doc_id.value_counts(), stage / "html"
    figures = read_figures(stage, notebooks)
    index = _template("site.html.j2").render(
        title="Findings",
        links=links(notebooks, "index"),
        work=citation.work(),
        citation=citation.of_work(),
        sample=next(iter(quotations.quotation_id), "ID"),
        summary=summary(articles, quotations, actors),
        contrast=contrasts(quotations, actors),
        trust=trust(scores),
        figures=figures,
        shown=[f for f in figures if f.png],
        tables=sorted(p.stem for p in (stage / "tables").glob("*.csv")),
        articles=[
            {
                "page": page_of(d.doc_id),
                "title": visible(d.title or d.doc_id),
                "outlet": d.outlet or "not given",
                "date": f"{d.published} · {d.published_jalali}" if d.published else "not given",
                "quotations": int(counts.get(d.doc_id, 0)),
            }
            for d in shown.itertuples()
        ],
        more=len(articles) - len(shown),
    )
    (folder / "index.html").write_text(index, encoding="utf-8")
    for path in (folder / f"{name}.html" for name in ("index", *notebooks)):
        path.write_text(with_font(path.read_text(encoding="utf-8")), encoding="utf-8")


def readme(stage: Path, notebooks: tuple[str, ...]) -> str:
    """Return the README of the output folder: what was found and what is in it, for a code-hosting page."""
    read = {n: tables.read(n, stage / "tables") for n in ("documents", "quotations", "scores", "actors")}
    return _template("README.md.j2").render(
        summary=summary(read["documents"], read["quotations"], read["actors"]),
        contrast=contrasts(read["quotations"], read["actors"]),
        trust=trust(read["scores"]),
        figures=read_figures(stage, notebooks),
        notebooks=notebooks,
        tables={p.stem: len(tables.read(p.stem, p.parent)) for p in sorted((stage / "tables").glob("*.parquet"))},
    )
