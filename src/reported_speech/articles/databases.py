"""Exports of news databases (Nexis, Factiva, Europresse): one file with many articles, split where its layout is recognized."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from itertools import takewhile

from babel.dates import get_month_names

from .dates import find_date
from .rows import unpacked

# How an article of an export in text is divided from the next, and the line after which its text stands.
NEXIS = re.compile(r"^\s*End of Document\s*$", re.M)
LEXIS = re.compile(r"^\s*(?:Document )?\d+ of \d+(?: DOCUMENTS?)?\s*$", re.M | re.I)
FACTIVA = re.compile(r"^\s*Document [A-Z]{2,}[A-Za-z0-9]{14,}\s*$", re.M)
FIELD = re.compile(
    r"(?:copyright|©|\(c\)|section|length|byline|dateline|highlight|series|(?:\w+ )?edition)\b:?.*", re.I
)
OTHER = re.compile(  # an export in a language, or of a database, whose layout is not known
    r"^\s*(?:Ende des Dokuments|Fin d[ue] document|Fin del documento|\d+ (?:von|de|di) \d+ DO[CK]UMENT\w*|Document \d+ of \d+"
    r"|Dokument [A-Z]{2,}\w{14,})\s*$",
    re.M | re.I,
)
AFTER = re.compile(
    r"(?:load-date|graphic|language|publication-type|subject|journal-code|distribution|document-type|acc-no): .*"
    r"|classification|graphic|copyright \d{4}.*",
    re.I,
)
PROSE = 12  # words of a line, at most, between the fields at the end of an article
WORDS = re.compile(r"[\d,.]+ words?", re.I)
FRENCH = {name: month for month, name in get_month_names("wide", locale="fr").items()}
ENGLISH = get_month_names("wide", locale="en")
REMEDY = "export it from the database once more, as plain text, or save its articles one by one"

Article = dict[str, str]  # text, title, outlet, date; an empty text: what stands there is not understood


def split_text(text: str) -> list[Article] | None:
    """Return the articles of an export in plain text; None for a text that is none.

    >>> one = "Rain in Baku\\nTrend\\nOctober 5, 2023 Thursday\\nCopyright 2023 Trend\\nLength: 4 words\\nBody\\n\\nIt rained.\\n\\nEnd of Document\\n"
    >>> [(a["title"], a["outlet"], a["date"], a["text"]) for a in split_text(one)]
    [('Rain in Baku', 'Trend', 'October 5, 2023 Thursday', 'It rained.')]
    """
    if NEXIS.search(text) and re.search(r"^\s*(?:Length|Load-Date|Copyright|Body)\b", text, re.M):
        return _divided(NEXIS, text, _nexis)
    if LEXIS.search(text) and re.search(r"^\s*(?:LENGTH|LOAD-DATE|PUBLICATION-TYPE):", text, re.M):
        return [_lexis(a) for a in LEXIS.split(text)[1:]]
    if FACTIVA.search(text) and WORDS.search(text):
        return _divided(FACTIVA, text, _factiva)
    cut = re.search(r"^Body\s*$", text, re.M) and re.search(r"^Load-Date: ", text, re.M)
    return [_nexis(text)] if cut or OTHER.search(text) else None


def _divided(end: re.Pattern, text: str, read: Callable[[str], Article]) -> list[Article]:
    """The articles that a line ends; more words than a notice has, behind the last, are an article that is not understood."""
    *articles, rest = end.split(text)
    return [read(a) for a in articles] + ([_article("")] if len(rest.split()) > 40 else [])


def split_page(data: bytes) -> list[Article] | None:
    """Return the articles of an export as a web page; None for a page that is none."""
    if not re.search(rb"(?i)factiva|\w\wArticle\b|docOcurrContainer|DocPublicationName", data):
        return None
    import trafilatura

    tree = trafilatura.load_html(data)
    if tree is None:
        return None
    if found := [d for d in tree.iter("div") if re.fullmatch(r"article \w\wArticle", d.get("class", "").strip())]:
        return [_factiva_page(one) for one in found]
    if found := [a for a in tree.iter("article") if _of(a, "DocPublicationName")]:
        return [_europresse(one) for one in found]
    return None


def word_text(data: bytes) -> str:
    """Return the text of a Word document, a paragraph or a table's cell a line; raises ValueError for a file that is none."""
    import docx

    try:
        unpacked(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise ValueError("no Word document: not a .zip file inside") from error
    try:
        blocks = docx.Document(io.BytesIO(data)).iter_inner_content()
        cells = ([b] if hasattr(b, "text") else [cell for row in b.rows for cell in row.cells] for b in blocks)
        return "\n".join(each.text for some in cells for each in some)
    except Exception as error:  # whatever zipfile, lxml or docx say of a broken file
        raise ValueError(f"a Word document that cannot be read: {type(error).__name__}") from error


def _article(text: str, title: str = "", outlet: str = "", date: str = "") -> Article:
    for name, month in FRENCH.items():
        date = re.sub(rf"(\d+)(?:er)? {name}\b", rf"\1 {ENGLISH[month]}", date)
    return {"text": text.strip(), "title": title, "outlet": outlet, "date": date}


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n")]


def _nexis(text: str) -> Article:
    """Title, outlet, date, copyright, fields, "Body", the text, what follows it."""
    lines = _lines(text)
    if lines.count("Body") != 1:  # of two, one article is not told from the next
        return _article("")
    body = lines.index("Body")
    head = list(takewhile(lambda line: not FIELD.fullmatch(line), _from_title(lines[:body])))
    title, outlet, date = ([""] * 3 + [line for line in head if line])[-3:]
    return _article("\n".join(lines[body + 1 : _end(lines, body + 1)]), title, outlet, date)


def _end(lines: list[str], start: int) -> int:
    """Where the text ends: before the fields at the end of an article, not at a line of the text that looks like one."""
    end = len(lines)
    for n in reversed(range(start, len(lines))):
        if AFTER.fullmatch(lines[n]):
            end = n
        elif len(lines[n].split()) > PROSE:
            break
    return end


def _from_title(lines: list[str]) -> list[str]:
    """The lines from the last heading on: an export may begin with a list of what is in it."""
    dated = [n for n, line in enumerate(lines) if find_date(line) and not FIELD.fullmatch(line)]
    return lines[max(0, dated[-1] - 4) :] if dated else lines


def _lexis(text: str) -> Article:
    """Outlet, date, title, fields in capitals, the text, what follows it."""
    lines = _lines(text)
    fields = [
        n for n, line in enumerate(lines) if re.match(r"(?:BYLINE|SECTION|LENGTH|DATELINE|HIGHLIGHT|SERIES):", line)
    ]
    if not fields:
        return _article("")
    head = [line for line in lines[: fields[0]] if line and not re.match(r"(?i)copyright", line)]
    dated = next((n for n, line in enumerate(head) if find_date(line)), None)
    last = fields[0]
    for n in fields:  # one far below is a line of the text
        last = n if n - last < 4 else last
    body = "\n".join(lines[last + 1 : _end(lines, last + 1)])
    return _article(body) if dated is None else _article(body, " ".join(head[dated + 1 :]), head[0], head[dated])


def _factiva(text: str) -> Article:
    """Title, author, number of words, date, time, outlet, code, language, copyright, the text."""
    lines = [line for line in _lines(text) if line]
    words = next((n for n, line in enumerate(lines) if WORDS.fullmatch(line)), None)
    if words is None:
        return _article("")
    rights = next(
        (n for n in range(words, min(words + 10, len(lines))) if re.match(r"(?i)copyright|©|\(c\)", lines[n])), None
    )
    about = [line for line in lines[words + 1 : rights] if not re.fullmatch(r"\d+:\d+.*", line)]
    if rights is None or len(about) < 2:
        return _article("")
    return _article("\n".join(lines[rights + 1 :]), lines[0], about[1], about[0])


def _of(element, name: str) -> str:
    """The text of the first element inside that has a class."""
    found = element.xpath(f".//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")
    return " ".join(found[0].text_content().split()) if found else ""


def _paragraphs(elements) -> str:
    return "\n\n".join(filter(None, (" ".join(p.text_content().split()) for p in elements)))


def _factiva_page(one) -> Article:
    """Rows named HD, PD, SN, LP, TD; or a headline, boxes without a class, paragraphs."""
    paragraphs = _paragraphs(one.xpath(".//p[contains(@class, 'articleParagraph')]"))
    rows = {
        " ".join(row[0].text_content().split()): " ".join(row[1].text_content().split())
        for row in one.iter("tr")
        if len(row) > 1
    }
    if "HD" in rows:
        return _article(paragraphs, rows["HD"], rows.get("SN", ""), rows.get("PD", ""))
    boxes = [" ".join(box.text_content().split()) for box in one.xpath("./div[not(@class)]")]
    dated = next((n for n, box in enumerate(boxes) if find_date(box)), len(boxes))
    outlet = next((box for box in boxes[dated + 1 :] if not re.fullmatch(r"\d+:\d+.*", box)), "")
    title = next((" ".join(h.text_content().split()) for h in one.xpath(".//*[contains(@class, 'Headline')]")), "")
    return _article(paragraphs, title, outlet, "".join(boxes[dated : dated + 1]))


def _europresse(one) -> Article:
    body = one.xpath(".//div[contains(@class, 'docOcurrContainer')]") or one.xpath(
        ".//div[contains(@class, 'DocText')]"
    )
    text = _paragraphs(body[0].iter("p")) or _paragraphs(body) if body else ""
    return _article(
        text,
        _of(one, "titreArticleVisu") or _of(one, "titreArticle"),
        _of(one, "DocPublicationName"),
        _of(one, "DocHeader"),
    )
