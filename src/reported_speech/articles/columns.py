"""The columns of a table of articles: ours, and what crawlers call them."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

# Our columns, and what crawlers call them: news-please, trafilatura, fundus, newspaper4k, Media Cloud, WordPress.
COLUMNS = {
    "text": (
        "text",
        "maintext",
        "body",
        "content",
        "article_text",
        "plain_text",
        "plaintext",
        "fulltext",
        "full_text",
        "raw_text",
    ),
    "id": ("id", "url", "link", "stories_id", "canonical_link", "filename"),
    "date": (
        "date",
        "date_publish",
        "publish_date",
        "publishing_date",
        "published",
        "published_at",
        "pub_date",
        "post_date",
    ),
    "outlet": ("outlet", "sitename", "media_name", "publisher", "source_domain", "source_name", "hostname", "source"),
    "title": ("title", "headline", "post_title"),
    "language": ("language", "lang"),
}
SHOWN = 20  # columns that a message names
ADDRESSES = ("url", "link", "href", "address", "canonical_link")


def lacking(path: Path, name: str, present: Iterable[str]) -> str:
    """Say that a table lacks a column, and what to do."""
    fetch, present = fetch_first(present), [*map(str, present)]
    shown = ", ".join(present[:SHOWN]) + (f" and {len(present) - SHOWN} more" if len(present) > SHOWN else "")
    return (
        f"{path}: no column {name!r}; it has {shown}. "
        + (f"{fetch}, or n" if fetch else "N")
        + 'ame them: columns: "text=body, id=url"'
    )


def fetch_first(present: Iterable[str]) -> str:
    """Say what to do with a table that has addresses and no texts; "" for another."""
    addresses = next((name for name in present if str(name).lower() in ADDRESSES), "")
    return (
        f"It has addresses ({addresses}) and no texts: fetch them first (news-please, trafilatura)" if addresses else ""
    )


def their_names(path: Path, columns: str) -> dict[str, tuple[str, ...]]:
    """Return our name -> the table's name of each column that is named, () of the others."""
    names: dict[str, tuple[str, ...]] = dict.fromkeys(COLUMNS, ())
    for pair in filter(None, (p.strip() for p in columns.split(","))):
        ours, equals, theirs = (part.strip() for part in pair.partition("="))
        if ours not in names or not equals or not theirs:
            raise ValueError(
                f"columns: {pair!r} is not one of {', '.join(COLUMNS)} with a column of {path.name}, as in text=body; "
                "a column whose name has a comma must be renamed"
            )
        if names[ours] not in ((), (theirs,)):
            raise ValueError(f"columns: {ours} is named twice, as {names[ours][0]!r} and {theirs!r}")
        names[ours] = (theirs,)
    return names


def as_text(name: str, cell) -> str:
    """Return a cell as text; raises ValueError, naming the column, for what is none."""
    if cell is None or cell != cell:  # nothing, or Parquet's "not a number"
        return ""
    if isinstance(cell, dict) and "sections" in cell:  # fundus
        parts = [*cell.get("summary", ()), *(p for s in cell["sections"] for p in s.get("paragraphs", ()))]
        cell = "\n\n".join(map(str, parts))
    if isinstance(cell, dict) and isinstance(cell.get("name"), str):  # {"id": null, "name": "Trend"}
        cell = cell["name"]
    if isinstance(cell, float):
        cell = int(cell) if cell.is_integer() else str(cell)
    if isinstance(cell, bytes):
        try:
            cell = cell.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ValueError(f"not UTF-8: {name!r}") from error
    if isinstance(cell, bool) or not isinstance(cell, str | int | date):
        raise ValueError(f"{name!r} is no text: {reprlib.repr(cell)}")
    try:
        str(cell).encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"not UTF-8, or half a character: {name!r}") from error
    return str(cell)
