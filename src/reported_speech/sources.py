"""Where articles come from: a folder of text files, or one table (CSV, JSON lines, Parquet) with a column of texts."""

from __future__ import annotations

import csv
import hashlib
import json
import stat
from collections.abc import Iterator
from pathlib import Path

from .dates import find_date
from .documents import Document, Rejected, parse, printable

MOST = 4_000_000  # bytes of an article; a page of newswire has 5,000
TABLES = (".csv", ".jsonl", ".parquet")
COLUMNS = ("text", "id", "date", "outlet", "title", "language")


def read_corpus(path: Path, columns: str = "") -> tuple[list[Document], list[Rejected]]:
    """Read the articles of a folder, of one text file, or of a table; ``columns`` names a table's own columns ("text=body, id=url").

    Raises FileNotFoundError, naming the path, if there is nothing to read; ValueError for a table without a column of texts.
    """
    found = (
        list(_rows(Path(path), columns)) if Path(path).suffix in TABLES and Path(path).is_file() else _files(Path(path))
    )
    return [d for d in found if isinstance(d, Document)], [r for r in found if isinstance(r, Rejected)]


def article(path: Path, doc_id: str, columns: str = "") -> Document | Rejected | None:
    """Read one article of a corpus."""
    if path.is_dir():
        return read(path / doc_id, doc_id)
    return next((d for d in read_corpus(path, columns)[0] if d.doc_id == doc_id), None)


# ------------------------------------------------------------------ files


def _files(folder: Path) -> list[Document | Rejected]:
    """Every ``*.txt`` file below a folder (or the one file given), sorted by name; links that lead out of it are rejected."""
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.txt")) if folder.is_dir() else []
    if not files:
        raise FileNotFoundError(
            f"{folder}: no .txt files; name a folder of articles, one plain-text file each, or a table"
        )
    return [_one(f, f.name if f == folder else f.relative_to(folder).as_posix(), folder) for f in files]


def read(path: Path, name: str | None = None) -> Document | Rejected:
    """Read one file; whatever is wrong with it comes back as a Rejected, never as an exception."""
    name = name or path.name
    if name != printable(name):
        return Rejected(printable(name), "its name is not UTF-8", "rename the file")
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a folder, a pipe, a device: nothing to wait for
            return Rejected(name, "no ordinary file", "put the article itself into the folder, as a plain-text file")
        with path.open("rb") as file:
            data = file.read(MOST + 1)
    except OSError as error:
        return Rejected(name, f"cannot be read: {error.strerror}", "check the file and its permissions")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Rejected(name, "UTF-16, not UTF-8", "convert it: iconv -f UTF-16 -t UTF-8")
    if wrong := _unfit(name, data):
        return wrong
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Rejected(
            name,
            f"not UTF-8: byte {error.start} is 0x{data[error.start]:02x}",
            "convert it from its encoding (often Latin-1 or Windows-1256): iconv -f … -t UTF-8",
        )
    return parse(text, name, hashlib.sha256(data).hexdigest())


def _unfit(name: str, data: bytes) -> Rejected | None:
    if not data.strip():
        return Rejected(name, "empty", "remove it, or fetch the article again")
    if len(data) > MOST:
        return Rejected(name, f"larger than {MOST:,} bytes", "split it: one article at a time")
    if b"\0" in data:
        return Rejected(name, "binary: it has NUL bytes", "save the article as plain text in UTF-8")
    return None


def _one(path: Path, name: str, folder: Path) -> Document | Rejected:
    if path.is_symlink() and path != folder and not path.resolve().is_relative_to(folder.resolve()):
        return Rejected(
            printable(name), "a link that leads out of the folder", "put the article itself into the folder"
        )
    return read(path, name)


# ------------------------------------------------------------------ tables


def _rows(path: Path, columns: str) -> Iterator[Document | Rejected]:
    """The rows of a table as documents; a row that is none is rejected with its place."""
    names, seen, whole = _names(path, columns), set(), False
    for place, row in _READ[path.suffix](path):
        if isinstance(row, str):
            yield Rejected(place, row, "mend the line")
            continue
        if names["text"] not in row and whole:
            yield Rejected(place, f"no {names['text']!r}", "mend the line")
            continue
        if names["text"] not in row:
            known = ", ".join(map(str, row))
            raise ValueError(
                f'{path}: no column {names["text"]!r}; it has {known}. Name them: columns: "text=body, id=url"'
            )
        whole = True
        cells = {ours: "" if (cell := row.get(theirs)) is None else str(cell) for ours, theirs in names.items()}
        doc_id = cells["id"] or place
        if doc_id in seen:
            yield Rejected(place, f"the id {doc_id!r} stands twice", "give each article an id of its own")
        else:
            seen.add(doc_id)
            yield _article(doc_id, cells)


def _names(path: Path, columns: str) -> dict[str, str]:
    """Our name -> the table's name of each column."""
    names = dict(zip(COLUMNS, COLUMNS, strict=True))
    for pair in filter(None, (p.strip() for p in columns.split(","))):
        ours, equals, theirs = (part.strip() for part in pair.partition("="))
        if ours not in names or not equals or not theirs:
            raise ValueError(
                f"columns: {pair!r} is not one of {', '.join(COLUMNS)} with a column of {path.name}, as in text=body"
            )
        names[ours] = theirs
    return names


def _article(doc_id: str, cells: dict[str, str]) -> Document | Rejected:
    """One row as a document; a date is taken if it has day, month and year."""
    try:
        data = cells["text"].encode("utf-8")
        doc_id.encode("utf-8")
    except UnicodeEncodeError:
        return Rejected(printable(doc_id), "not UTF-8, or half a character", "write the table anew in UTF-8")
    if wrong := _unfit(doc_id, data):
        return wrong
    date = find_date(cells["date"])
    given = {"title": cells["title"].strip(), "outlet": cells["outlet"].strip(), "published": date.iso if date else ""}
    known = tuple((name, value) for name, value in given.items() if value)
    return parse(cells["text"], doc_id, hashlib.sha256(data).hexdigest(), cells["language"].strip().lower(), known)


def _csv(path: Path) -> Iterator[tuple[str, dict]]:
    csv.field_size_limit(MOST * 10)
    with path.open(encoding="utf-8-sig", newline="", errors="surrogateescape") as file:
        reader = csv.DictReader(file)
        try:
            for row in reader:
                yield f"{path.name}:{reader.line_num}", row
        except csv.Error as error:
            raise ValueError(f"{path}, line {reader.line_num}: {error}") from error


def _jsonl(path: Path) -> Iterator[tuple[str, dict | str]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                yield f"{path.name}:{number}", row if isinstance(row, dict) else "no JSON object"
            except ValueError as error:
                yield f"{path.name}:{number}", f"not JSON: {error}"


def _parquet(path: Path) -> Iterator[tuple[str, dict]]:
    import pyarrow
    import pyarrow.parquet

    number = 0
    try:
        for batch in pyarrow.parquet.ParquetFile(path).iter_batches(batch_size=256):
            for row in batch.to_pylist():
                number += 1
                yield f"{path.name}:{number}", row
    except pyarrow.ArrowException as error:
        raise ValueError(f"{path}: not a Parquet table: {error}") from error


_READ = {".csv": _csv, ".jsonl": _jsonl, ".parquet": _parquet}
