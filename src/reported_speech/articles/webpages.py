"""A web page as an article: its text by trafilatura, and what its metadata say (title, date, outlet, language); nothing is guessed."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator

from .dates import find_date
from .outlets import outlet_named

ELEMENTS = 20_000  # of a page; a newspaper's has 3,000, and what trafilatura does grows with their square
SHORTEST = 20  # words of an article; a menu or an error page has fewer
TEASER = 100  # words of a further article, at most, that stands elsewhere in full
HALF_SPACE = "\u205e"  # stands for it while trafilatura, which drops what cannot be printed, is at work
LATIN = re.compile(rb"(?i)charset=[\"']?(?:iso-8859-1|latin-?1)\b")  # what browsers read as Windows' own
CHANGED = re.compile("(?i)modif|updat|به[ \u200c]?روز")
NOTHING = "in which no article is found"
REMEDY = "save the article as plain text in UTF-8, ending in .txt"


def read_page(data: bytes) -> tuple[str, dict[str, str], list[str]]:
    """Return the text of a page's article, what the page says of it, and the headings of further articles.

    Raises ValueError, whose words go on from "a web page", if no article is found, or too much. A date is taken where a field or
    words of the page say it, and not where they say when it was changed.

    >>> page = "<html lang='en'><head><title>Rain</title></head><body><article><p>" + "It rained in Baku. " * 20 + "</p></article></body></html>"
    >>> text, given, further = read_page(page.encode())
    >>> text[:18], given["title"], given["published"], further
    ('It rained in Baku.', 'Rain', '', [])
    """
    import trafilatura
    from trafilatura.metadata import extract_metadata

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    sure = {"extensive_search": False, "original_date": True}
    page = data.decode("cp1252", "replace") if LATIN.search(data) and not _is_utf8(data) else data
    whole, tree = trafilatura.load_html(page), trafilatura.load_html(page)
    if tree is None:
        raise ValueError(NOTHING)
    if sum(1 for _ in tree.iter()) > ELEMENTS:
        raise ValueError(f"of more than {ELEMENTS:,} elements")
    for element in tree.iter():
        element.text, element.tail = (
            part and part.replace("\u200c", HALF_SPACE) for part in (element.text, element.tail)
        )
    found = trafilatura.extract(tree, include_comments=False, include_tables=False, date_extraction_params=sure)
    text = unicodedata.normalize("NFC", (found or "").replace(HALF_SPACE, "\u200c").replace("\u00ad", ""))
    if len(text.split()) < SHORTEST:
        raise ValueError(NOTHING)
    further = [*_further(whole)]
    evidence = {date: said for date, said in reversed([*_dates(whole)])}
    about = extract_metadata(whole, date_config=sure, extensive=False)
    outlet = (about.sitename or "").strip()
    given = {
        "title": (about.title or "").strip(),
        "outlet": outlet_named(outlet, exact=True) or outlet,
        "published": about.date if about.date in evidence else "",
        "published_evidence": evidence.get(about.date, ""),
        "language": (whole.get("lang") or whole.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].lower(),
    }
    return text, given, further


def _dates(page) -> Iterator[tuple[str, str]]:
    """The dates that a page says, each with what says it: a field of its head, an element, or words."""
    fields = [(e.get("property") or e.get("name") or e.get("itemprop"), e.get("content")) for e in page.iter("meta")]
    fields += [(e.get("rel"), e.get("href")) for e in page.iter("link") if e.get("rel") == "canonical"]
    fields += [found for e in page.iter("script") for found in re.findall(r'"(\w+)"\s*:\s*"([^"]*)"', e.text or "")]
    fields += [("time", e.get("datetime") or e.text) for e in page.iter("time")]
    for name, value in fields:
        if name and (date := find_date((value or "")[:200])) and not CHANGED.search(name):
            yield date.iso, f"the page's {name}"
    for words in page.itertext():
        if len(words) < 100 and (date := find_date(words)) and not CHANGED.search(words):
            yield date.iso, words[date.start : date.end]


def _further(page) -> Iterator[str]:
    """The headings of articles behind the first, each with a text of its own."""
    words = {e: sum(len(p.text_content().split()) for p in e.iter("p")) for e in page.iter("article")}
    whole = [e for e in words if words[e] > SHORTEST]
    for article in [e for e in whole if not any(other in whole for other in e.iterancestors("article"))][1:]:
        heading = next(article.iter("h1", "h2"), None)
        if heading is not None and words[article] > TEASER:
            yield " ".join(heading.text_content().split())


def _is_utf8(data: bytes) -> bool:
    try:
        return bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False
