"""The first pages: findings as a story, the meetings as cards, how far to trust it; all quotations on one page that filters."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ..articles.document import Document, visible
from . import citation, findings, markup, pages, phrases, sides, tables
from .figures import words_by_side
from .measured import accuracy, stored
from .phrases import LANGUAGES, say

SHOWN, SMALL = 2000, 1500  # quotations that the explorer shows; characters of one
BARS, CARDS = 20, 40  # reports in the first figure, and cards


@dataclass(frozen=True)
class Figure:
    """A figure as its files tell it, with the notebook that shows it."""

    id: str
    title: str
    caption: str
    alt: str
    citation: str
    page: str = ""


def read_figures(stage: Path, notebooks: tuple[str, ...]) -> list[Figure]:
    """Return the figures of a study, each with the notebook that shows it."""
    shown = {n: (stage / "html" / f"{n}.html").read_text(encoding="utf-8") for n in notebooks}
    out = []
    for path in sorted((stage / "figures").glob("*.txt")):
        page = next(f"{n}.html" for n, text in shown.items() if f'id="{path.stem}"' in text)
        out.append(Figure(path.stem, *path.read_text(encoding="utf-8").splitlines(), page))
    return out


def lead(study: findings.Study, found: list[findings.Finding], language: str) -> str:
    """Return the study in a sentence."""
    articles, quotations = len(study.documents), len(study.quotations)
    if len(study.two) < 2:
        return say("lead-few", language, articles=articles, quotations=quotations)
    one, other = (sides.name(code, language) for code in study.two)
    key = "lead" if any(f.key in ("origin", "exception") for f in found) else "lead-plain"
    direct = int((study.quotations.kind == "direct").sum())
    return say(key, language, articles=articles, quotations=quotations, direct=direct, one=one, other=other)


def trust(study: findings.Study, scores: pd.DataFrame, language: str) -> list[str]:
    """Return how far the quotations can be trusted, every number from what was measured."""
    table, polnear = accuracy(), stored()
    runs = table[(table.state == "unseen") & (table.edition == "second")]
    percent = lambda column: {"low": round(100 * runs[column].min()), "high": round(100 * runs[column].max())}  # noqa: E731
    words, speaker, whole = percent("strict"), percent("speaker"), percent("quotation")
    out = [
        say(
            "trust-unseen", language, **whole, sets=len(runs), n=int(runs.relations.sum()), strict_low=words["low"], strict_high=words["high"],
            speaker_low=speaker["low"], speaker_high=speaker["high"],
        )
    ]  # fmt: skip
    own = scores[
        (scores.language == "all") & (scores.kind == "all") & (scores.metric == "quotation") & (scores.gold > 0)
    ]
    out.append(
        say("trust-own", language, share=round(100 * own.f1.iloc[0])) if len(own) else say("trust-nothing", language)
    )
    partial = round(100 * polnear["systems"]["this study"]["all"]["partial"][0])
    out.append(say("trust-elsewhere", language, articles=polnear["articles"], partial=partial))
    q = study.quotations
    again, joint = int((q.repeats != "").sum()), int((q.side == sides.JOINT).sum())
    return [*out, say("trust-sample", language, again=again, quotations=len(q), joint=joint)]


def _found(articles: pages.Articles, found: list[findings.Finding], language: str) -> list[dict]:
    """The findings with a quotation that shows each."""
    quotations, out = articles.study.quotations, []
    for f in found:
        entry = {"sentence": f.sentence(language), "test": f.test(language)}
        for q in quotations[quotations.quotation_id == f.example].itertuples():
            document = articles.documents[q.doc_id]
            row = next(articles.table[articles.table.doc_id == q.doc_id].itertuples())
            words = citation.words_of(q, document.language)
            entry |= {
                "other": say(f"in-{document.language}", language) if document.language != language else "",
                "citation": pages.cited(q, row, articles.names[language], language),
                "words": visible(words),
                "direction": pages._safe(f" {markup.direction(document.language)}"),
                "who": citation.named(articles.names[language], q.speaker, language),
                "article": articles.headline(q.doc_id, language),
                "page": f"{pages.page_of(q.doc_id, language)}#{q.quotation_id.rpartition('#')[2]}",
            }
        out.append(entry)
    return out


def _cards(articles: pages.Articles, language: str) -> list[dict]:
    """A card an article: who met, when and where as it tells, who reports it, each side's share."""
    meetings = articles.study.meetings
    counts, share = articles.study.quotations.doc_id.value_counts(), findings.shares(articles.study)
    out = []
    for row in articles.listed.head(CARDS).itertuples():
        met = meetings[meetings.doc_id == row.doc_id]
        met = met[(met.words_1 + met.words_2 + met.words_others > 0) | (len(met) == 1)]
        ids = (m.participants.split("+") for m in met.itertuples())
        who = [phrases.listed([articles.names[language].get(i, i) for i in some], language) for some in ids]
        out.append(
            {
                "met": ("؛ " if language == "fa" else "; ").join(say("met", language, who=w) for w in who)
                or say("no-meeting", language),
                "when": _when(met.iloc[0] if len(met) else None, row, language),
                "place": visible(citation.in_script(met.place.iloc[0], language)) if len(met) else "",
                "outlet": citation.outlet(row, language),
                "share": round(share[row.doc_id]) if row.doc_id in share.index else None,
                "page": pages.page_of(row.doc_id, language),
                "title": articles.headline(row.doc_id, language),
                "breaks": say("breaks-off", language) if row.truncated else "",
                "read": say("read-it", language, n=int(counts.get(row.doc_id, 0))),
            }
        )
    return out


def _when(meeting, row, language: str) -> str:
    """When a meeting took place, as its report tells."""
    if meeting is not None and meeting.date:
        return phrases.day(meeting.date, language)
    if meeting is not None and meeting.date_words:
        return say("day-told", language, words=phrases.weekday(visible(meeting.date_words), language))
    return (
        say("report-dated", language, day=phrases.day(row.published, language))
        if row.published
        else say("no-date", language)
    )


def _bars(articles: pages.Articles, language: str) -> tuple[list[dict], str]:
    """The first figure, as lines of a page: each side's share by article (by outlet where there are many), and what it counts."""
    study = articles.study
    if len(study.two) < 2:
        return [], ""
    data = words_by_side(study, BARS)
    rows = {row.doc_id: row for row in study.documents[study.documents.doc_id.isin(data.index)].itertuples()}
    lines = [
        {
            "label": citation.outlet(rows[i], language)
            if i in rows and data.index.name == "doc_id"
            else citation.in_script(i, language),
            "page": pages.page_of(i, language)
            if data.index.name == "doc_id" and i in set(articles.listed.doc_id)
            else "",
            "first": round(row.share),
            "n": say("n-words", language, n=int(row[list(study.two)].sum())),
        }
        for i, row in data.iterrows()
    ]
    words = study.quotations.groupby("side").words.sum()
    return lines, say("share-note", language, rest=int(words.drop(list(study.two), errors="ignore").sum()))


def build_explorer(stage: Path, documents: list[Document], notebooks: tuple[str, ...], chosen: str) -> None:
    """Write the page with all quotations in both languages."""
    articles = pages.Articles(stage, documents, chosen)
    for language in LANGUAGES:
        page = _explorer(articles, notebooks, language)
        (stage / "html" / f"explorer{pages.END[language]}").write_text(page, encoding="utf-8")


def build(stage: Path, documents: list[Document], notebooks: tuple[str, ...], chosen: str, title: str) -> None:
    """Write the first page in both languages, the folder's README, and give the notebooks' pages their letters."""
    articles, scores = pages.Articles(stage, documents, chosen), tables.read("scores", stage / "tables")
    found, figures = findings.findings(articles.study), read_figures(stage, notebooks)
    for language in LANGUAGES:
        index = _index(articles, found, figures, scores, notebooks, language, title)
        (stage / "html" / f"index{pages.END[language]}").write_text(index, encoding="utf-8")
    for path in (stage / "html" / f"{name}.html" for name in notebooks):
        path.write_text(pages.with_font(path.read_text(encoding="utf-8")), encoding="utf-8")
    (stage / "README.md").write_text(_readme(stage, articles, found, figures, scores, notebooks), encoding="utf-8")


def _index(articles, found, figures, scores, notebooks, language: str, title: str) -> str:
    shares, note = _bars(articles, language)
    study, more = articles.study, len(articles.table) - len(articles.listed.head(CARDS))
    one, other = (*(sides.name(code, language) for code in study.two), "", "")[:2]
    return pages.page(
        "site", language, pages.links(notebooks, "index", language), title=_title(title, language), lead=lead(study, found, language), shares=shares,
        one=one, other=other, share_note=note, findings=_found(articles, found, language), cards=_cards(articles, language),
        more=say("more-articles", language, n=more) if more > 0 else "", trust=trust(study, scores, language), figures=figures,
        notebooks=[{"page": f"{n}.html", "name": n.replace("_", " ")} for n in notebooks],
        tables=[name for name in tables.COLUMNS if name not in ("errors", "corrections")], citation=f"{citation.of_work(language)}.",
    )  # fmt: skip


def _title(title: str, language: str) -> str:
    """The title of a study in a language: its parts are the English and the Persian one."""
    parts = [part.strip() for part in title.split(" | ")]
    return visible(parts[-1 if language == "fa" else 0]) or say("study", language)


def _explorer(articles: pages.Articles, notebooks, language: str) -> str:
    """One page with all quotations; its script is allowed by its hash, and without it the page is a plain table."""
    study, rows = articles.study, []
    documents = {row.doc_id: row for row in articles.table.itertuples()}
    shown = set(articles.listed.doc_id)
    for q in study.quotations.head(SHOWN).itertuples():
        language_of = articles.documents[q.doc_id].language
        words = visible(citation.words_of(q, language_of))
        place = f"{pages.page_of(q.doc_id, language)}#{q.quotation_id.rpartition('#')[2]}"
        rows.append(
            {
                "who": citation.named(articles.names[language], q.speaker, language) or say("unresolved", language),
                "side": sides.name(q.side, language),
                "tone": study.two.index(q.side) if q.side in study.two else 2,
                "kind": say(citation.PHRASE[q.kind], language),
                "themes": pages._themes(q, language),
                "words": words if len(words) <= SMALL else words[:SMALL] + " …",
                "href": place if q.doc_id in shown else "../tables/quotations.csv",
                "article": articles.headline(q.doc_id, language),
                "citation": pages.cited(q, documents[q.doc_id], articles.names[language], language),
            }
        )
    script = (pages.TEMPLATES / "study" / "explorer.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    first = say("first-only", language, n=SHOWN, all=len(study.quotations)) if len(study.quotations) > SHOWN else ""
    policy = f" script-src 'sha256-{digest}';"
    return pages.page(
        "explorer", language, pages.links(notebooks, "explorer", language), title=say("explorer", language), rows=rows,
        script=pages._safe(script), policy=pages._safe(policy), first_only=first,
    )  # fmt: skip


def _met(meeting, names: dict[str, str]) -> str:
    """Who met, by their names, or in the text's words."""
    return phrases.listed(
        [names.get(i, i) for i in meeting.participants.split("+")] + list(filter(None, [meeting.unnamed])), "en"
    )


def _readme(stage: Path, articles, found, figures, scores, notebooks) -> str:
    """The README of the output folder: what was found and what is in it, for a code-hosting page."""
    study, names = articles.study, articles.names["en"]
    met = [
        {
            "who": _met(m, names), "date": m.date or m.date_words or "not told", "place": m.place or "not told", "first": m.words_1, "second": m.words_2,
            "outlet": " ← ".join(filter(None, [m.reported_by or "not named", m.relayed_from])),
        }
        for m in study.meetings.head(CARDS).itertuples()
    ]  # fmt: skip
    one, other = (*(sides.name(code) for code in study.two), "", "")[:2]
    return pages.template("README.md.j2").render(
        lead=lead(study, found, "en"), findings=[{"sentence": f.sentence(), "test": f.test()} for f in found], one=one, other=other,
        alt=next(f.alt for f in figures if f.id == "fig-balance"), trust=trust(study, scores, "en"), meetings=met, figures=figures, notebooks=notebooks,
        t=lambda key: say(key, "en"),
        tables={p.stem: len(tables.read(p.stem, p.parent)) for p in sorted((stage / "tables").glob("*.parquet"))},
    )  # fmt: skip
