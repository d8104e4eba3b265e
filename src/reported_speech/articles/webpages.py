"""A web page as an article: its text by trafilatura, and what its metadata say (title, date, outlet, language); nothing is guessed."""

from __future__ import annotations

import logging
import re

from .outlets import outlet_named

SHORTEST = 20  # words of an article; a menu or an error page has fewer
HALF_SPACE = "\u205e"  # stands for it while trafilatura, which drops what cannot be printed, is at work
LATIN = re.compile(rb"(?i)charset=[\"']?(?:iso-8859-1|latin-?1)\b")  # what browsers read as Windows' own
REMEDY = "save the article as plain text in UTF-8, ending in .txt"


def read_page(data: bytes) -> tuple[str, dict[str, str]]:
    """Return the text of a page's article and what the page says of it; "" if no article is found in it.

    A date is taken from the page's metadata alone (trafilatura and htmldate could search the text for one).

    >>> page = "<html lang='en'><head><title>Rain</title></head><body><article><p>" + "It rained in Baku. " * 20 + "</p></article></body></html>"
    >>> text, given = read_page(page.encode())
    >>> text[:18], given["title"], given["published"]
    ('It rained in Baku.', 'Rain', '')
    """
    import trafilatura
    from trafilatura.metadata import extract_metadata

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    sure = {"extensive_search": False, "original_date": True}
    page = data.decode("cp1252", "replace") if LATIN.search(data) and not _is_utf8(data) else data
    tree, about = trafilatura.load_html(page), trafilatura.load_html(page)
    if tree is None:
        return "", {}
    for element in tree.iter():
        element.text, element.tail = (
            part and part.replace("\u200c", HALF_SPACE) for part in (element.text, element.tail)
        )
    found = trafilatura.extract(tree, include_comments=False, include_tables=False, date_extraction_params=sure)
    text = (found or "").replace(HALF_SPACE, "\u200c")
    if len(text.split()) < SHORTEST:
        return "", {}
    tree = about
    about = extract_metadata(tree, date_config=sure, extensive=False)
    outlet = (about.sitename or "").strip()
    given = {
        "title": (about.title or "").strip(),
        "outlet": outlet_named(outlet, exact=True) or outlet,
        "published": about.date or "",
        "language": (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].lower(),
    }
    return text, given | ({"published_evidence": "the page's metadata"} if given["published"] else {})


def _is_utf8(data: bytes) -> bool:
    try:
        return bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False
