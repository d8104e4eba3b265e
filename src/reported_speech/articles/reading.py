"""Where articles come from: a folder of files, or one table (CSV, JSON, Parquet, Excel) with a column of texts."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import stat
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from . import databases
from .columns import COLUMNS, as_text, fetch_first, lacking, their_names
from .dates import find_date
from .document import Document, Rejected, parse, printable
from .rows import CONVERT, READERS, UTF_16
from .webpages import REMEDY, read_page

MOST = 4_000_000  # bytes of an article; a page of newswire has 5,000
LONGEST_ID = 2_000  # characters of a row's id: an address has fewer
ASIDE = "left aside"  # how the reason for what was not tried begins
MARKUP = re.compile(
    rb"(?i)</(?:p|div|article|body|html|span|li)>|<!-- wp:"
)  # of a web page, whatever the file is called
PAGES = (".html", ".htm", ".xhtml")
TABLES = (".csv", ".tsv", ".jsonl", ".json", ".parquet", ".xlsx")


def read_corpus(path: Path, columns: str = "", period: str = "") -> tuple[list[Document], list[Rejected]]:
    """Read the articles of a folder, of one text file, or of a table; ``columns`` names a table's own columns ("text=body, id=url"),
    ``period`` when they were published ("2023-09/2023-12", each end a year, month or day, or open).

    Every file of the folder and every row of the table is a document or rejected. Raises FileNotFoundError, naming the path, if there
    is nothing to read; ValueError for a file that is neither text nor a table, and for a table without a column of texts.
    """
    path = Path(path)
    try:
        is_file, is_folder = path.is_file(), path.is_dir()
    except (OSError, ValueError, RuntimeError) as error:  # a link to itself, a NUL byte
        raise ValueError(f"{path}: cannot be read; name a folder of articles, or a table") from error
    if not is_file and not is_folder:
        raise FileNotFoundError(f"{path}: there is no such file or folder; name a folder of articles, or a table")
    kind = path.suffix.lower()
    if is_file and kind not in (*TABLES, *PAGES, ".txt", ".docx", ".gz"):
        raise ValueError(
            f"{path}: a {kind or 'file without an ending'} is no article; name a folder of .txt or .html files, or a table ({', '.join(TABLES)})"
        )
    found = list(_rows(path, kind, columns)) if is_file and kind in TABLES else _files(path)
    if period:
        found = [_published(d, *period.split("/")) if isinstance(d, Document) else d for d in found]
    return [d for d in found if isinstance(d, Document)], [r for r in found if isinstance(r, Rejected)]


def _published(document: Document, first: str, last: str) -> Document | Rejected:
    """The document if it appeared in a period, both ends included."""
    day = document.value("published")
    if not day:
        why, remedy = "no date is told, and the study has a period", "give it in a table's column date"
    elif day[: len(first)] < first or (last and day[: len(last)] > last):
        why, remedy = "published outside the period", "widen the period"
    else:
        return document
    return Rejected(document.doc_id, f"{ASIDE}: {why}", remedy)


def article(path: Path, doc_id: str, columns: str = "") -> Document | Rejected | None:
    """Read one article of a corpus."""
    if path.is_dir() and (path / doc_id).is_file():
        return read(path / doc_id, doc_id)
    return next((d for d in read_corpus(path, columns)[0] if d.doc_id == doc_id), None)


# ------------------------------------------------------------------ files


def _files(folder: Path) -> list[Document | Rejected]:
    """Every file below a folder (or the one file given), sorted by name; what is neither text nor a web page is left aside."""
    if folder.is_file():
        return _one(folder, folder.name, folder)
    closed: list[OSError] = []
    files = []
    for at, folders, names in os.walk(folder, onerror=closed.append):
        not_entered = [name for name in folders if name.endswith(".txt") or Path(at, name).is_symlink()]
        files += [Path(at, name) for name in [*names, *not_entered]]
    files += [Path(error.filename) for error in closed]
    if not files:
        raise FileNotFoundError(f"{folder}: the folder is empty; put the articles into it, one .txt file each")
    return [d for f in sorted(files) for d in _one(f, f.relative_to(folder).as_posix(), folder)]


def read(path: Path, name: str | None = None) -> Document | Rejected:
    """Read a file of one article; whatever is wrong with it comes back as a Rejected, never as an exception."""
    name = name or path.name
    found = _read(path, name)
    return (
        found
        if isinstance(found, Document | Rejected)
        else Rejected(name, f"{len(found)} articles in one file", REMEDY)
    )


def _read(path: Path, name: str) -> Document | Rejected | list[Document | Rejected]:
    """One file: an article, or the articles of a database's export."""
    if name != printable(name):
        return Rejected(printable(name), "its name is not UTF-8", "rename the file")
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a folder, a pipe, a device: nothing to wait for
            return Rejected(name, "no ordinary file", "put the article itself into the folder, as a plain-text file")
        with path.open("rb") as file:
            data = file.read(MOST + 1)
    except OSError as error:
        return Rejected(name, f"cannot be read: {error.strerror.lower()}", "check the file and its permissions")
    if data.startswith(UTF_16):
        return Rejected(name, "UTF-16, not UTF-8", CONVERT)
    digest, kind = hashlib.sha256(data).hexdigest(), _kind(path)
    if path.suffix.lower() == ".gz":
        try:
            data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(MOST + 1)
        except (OSError, EOFError, zlib.error) as error:
            return Rejected(name, f"not gzip: {error}", "fetch the file again, or unpack it")
    if kind == ".docx":
        return _word(name, data, digest)
    if wrong := _unfit(name, data):
        return wrong
    if kind in PAGES or (kind == ".txt" and MARKUP.search(data)):
        return _page(name, data, digest)
    if kind == ".json":
        return _object(path, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Rejected(
            name,
            f"not UTF-8: byte {error.start} is 0x{data[error.start]:02x}",
            "convert it from its encoding (often Latin-1 or Windows-1256): iconv -f … -t UTF-8",
        )
    return _export(name, databases.split_text(text), digest) or parse(text, name, digest)


def _export(name: str, articles: list[databases.Article] | None, digest: str) -> list[Document | Rejected]:
    """The articles of a database's export, numbered; the SHA-256 is the file's."""
    return [
        _article(f"{name}#{number}", {"language": "", **one}, "the export's head", digest)
        if one["text"]
        else Rejected(f"{name}#{number}", "an article of an export whose text is not found", databases.REMEDY)
        for number, one in enumerate(articles or (), 1)
    ]


def _word(name: str, data: bytes, digest: str) -> Rejected | list[Document | Rejected]:
    """A Word document; nothing but a database's export is read in this form."""
    try:
        articles = databases.split_text(databases.word_text(data))
    except ValueError as error:
        return Rejected(name, str(error), REMEDY)
    return _export(name, articles, digest) or Rejected(name, "a Word document that is no export known here", REMEDY)


def _kind(path: Path) -> str:
    """The ending of a file in small letters, that of what is packed in a .gz file."""
    return Path(path.stem if path.suffix.lower() == ".gz" else path.name).suffix.lower()


def _page(name: str, data: bytes, digest: str) -> Document | Rejected | list[Document | Rejected]:
    """A web page as a document: the text of its article; the SHA-256 is the file's. A database's export as its articles."""
    try:
        if articles := databases.split_page(data):
            return _export(name, articles, digest)
        text, given, further = read_page(data)
    except Exception as error:
        return _unread(name, error)
    known = tuple((key, value) for key, value in given.items() if value and key != "language")
    reasons = [f"a further article on the page: {printable(heading)}" for heading in further]
    rest = [Rejected(f"{name}#{n}", reason, "save it as a page of its own") for n, reason in enumerate(reasons, 2)]
    return [parse(text, name, digest, given["language"], known), *rest]


def _unread(name: str, error: Exception) -> Rejected:
    """A web page, or HTML in a row, with what ``read_page`` says of it, or the kind of error of lxml or trafilatura."""
    why = str(error) if isinstance(error, ValueError) else f"that cannot be read: {type(error).__name__}"
    return Rejected(name, f"a web page {why}", REMEDY)


def _object(path: Path, name: str) -> Document | Rejected:
    """A file with one article as a JSON object, as crawlers write it."""
    try:
        found = list(_rows(path, ".json", ""))
    except ValueError as error:
        return Rejected(name, str(error).removeprefix(f"{path}: "), "mend the file, or fetch the article again")
    if len(found) != 1:
        return Rejected(name, f"{len(found)} articles in one JSON file", "name this file itself as the corpus")
    one = found[0]
    return replace(one, doc_id=name) if isinstance(one, Document) else Rejected(name, one.reason, one.remedy)


def _unfit(name: str, data: bytes) -> Rejected | None:
    if not data.strip():
        return Rejected(name, "empty", "remove it, or fetch the article again")
    if len(data) > MOST:
        return Rejected(name, f"larger than {MOST:,} bytes", "split it: one article at a time")
    if b"\0" in data:
        return Rejected(name, "binary: it has NUL bytes", "save the article as plain text in UTF-8")
    if data.startswith(b"{\\rtf"):
        return Rejected(name, "RTF, not plain text", "save the article as plain text in UTF-8")
    return None


def _one(path: Path, name: str, folder: Path) -> list[Document | Rejected]:
    if _kind(path) not in (".txt", ".json", ".docx", *PAGES):
        kind = "a folder" if path.is_dir() else f"a {path.suffix} file" if path.suffix else "a file without an ending"
        return [Rejected(printable(name), f"{ASIDE}: {printable(kind)}", REMEDY)]
    if path.is_symlink() and path != folder and not Path(os.path.realpath(path)).is_relative_to(folder.resolve()):
        return [Rejected(printable(name), "a link that leads out of the folder", "put the article itself into it")]
    found = _read(path, name)
    return found if isinstance(found, list) else [found]


# ------------------------------------------------------------------ tables


def _rows(path: Path, kind: str, columns: str) -> Iterator[Document | Rejected]:
    """The rows of a table as documents; a row that is none is rejected with its place."""
    names, seen, whole = their_names(path, columns), set(), False
    wanted = {theirs for ours in COLUMNS for theirs in (names[ours] or COLUMNS[ours])}
    present, loose = {}, kind in (".jsonl", ".json")  # in order; a JSON object may lack what others have
    for place, row in READERS[kind](path, wanted):
        if isinstance(row, str):
            yield Rejected(place, row, "mend it, or save it as a table of its own")
            continue
        present |= dict.fromkeys(row)
        own = {ours: _column(row, names[ours], COLUMNS[ours]) for ours in COLUMNS}
        if not own["text"] and loose:
            yield Rejected(
                place,
                f"no {(names['text'] or COLUMNS['text'])[0]!r}",
                fetch_first(row) or 'mend the row, or name its column: columns: "text=body"',
            )
            continue
        if not own["text"]:
            raise ValueError(lacking(path, (names["text"] or COLUMNS["text"])[0], present))
        whole = True
        try:
            cells = {ours: as_text(theirs, row.get(theirs)) for ours, theirs in own.items()}
        except ValueError as error:
            name = row.get(own["id"])
            name = name if isinstance(name, str) and name == printable(name) else place
            yield Rejected(name or place, str(error), "write it as text in UTF-8")
            continue
        doc_id = cells["id"].strip() or place
        if len(doc_id) > LONGEST_ID:
            yield Rejected(place, f"an id of more than {LONGEST_ID:,} characters", "give each article a short id")
        elif doc_id in seen:
            yield Rejected(place, f"the id {doc_id!r} stands twice", "give each article an id of its own")
        else:
            seen.add(doc_id)
            yield _article(doc_id, cells)
    asked = [theirs[0] for theirs in names.values() if theirs]
    absent = next((n for n in ([] if whole or asked else ["text"]) + asked if n not in present), "")
    if present and absent:
        raise ValueError(lacking(path, absent, present))


def _column(row: dict, named: tuple[str, ...], known: tuple[str, ...]) -> str:
    """The column of a row that is named, or the first of those known, in capitals or not, that is filled, else there; "" if none is."""
    if named:
        return next((name for name in named if name in row), "")
    small = {str(name).strip().lower(): name for name in row}
    there = [small[name] for name in known if name in small]
    return next((name for name in there if row[name] not in (None, "")), next(iter(there), ""))


def _article(doc_id: str, cells: dict[str, str], evidence: str = "", digest: str = "") -> Document | Rejected:
    """One row as a document, the text of one in HTML taken out; a date is taken if it has day, month and year."""
    text, data = cells["text"], cells["text"].encode("utf-8")
    if wrong := _unfit(doc_id, data):
        return wrong
    if MARKUP.search(data):
        try:
            text = read_page(b"<html><body><article>" + data + b"</article></body></html>")[0]
        except Exception as error:
            return _unread(doc_id, error)
    found = find_date(cells["date"])
    given = {
        "title": cells["title"].strip(),
        "outlet": cells["outlet"].strip(),
        "published": found.iso if found else "",
    }
    given |= {"published_evidence": evidence if found else ""}
    given["unread date"] = "" if found else cells["date"].strip()
    known = tuple((name, value) for name, value in given.items() if value)
    return parse(text, doc_id, digest or hashlib.sha256(data).hexdigest(), cells["language"].strip().lower(), known)
