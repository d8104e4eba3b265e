"""The rows of a table, one by one: CSV, TSV, JSON, JSON lines, Parquet, Excel. A row that cannot be read is a sentence that says why."""

from __future__ import annotations

import codecs
import csv
import gzip
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TextIO

from .columns import COLUMNS

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
CONVERT = "convert it: iconv -f UTF-16 -t UTF-8"
CELL = 100_000_000  # characters of a table's cell before it is given up
UNPACKED = 64_000_000  # bytes that any Parquet table may unpack to, beside twenty times its size
GROWN = 1_000_000  # the same of a workbook or Word document: XML takes many times its bytes once it is read


def _csv(path: Path, wanted: set[str]) -> Iterator[tuple[str, dict | str]]:
    """The rows of a CSV table; one that is not well formed, or has more or fewer cells than the head, is told by its lines."""
    csv.field_size_limit(CELL)
    with path.open("rb") as file:
        if file.read(2).startswith(UTF_16):
            raise ValueError(f"{path}: UTF-16, not UTF-8; {CONVERT}")
    with path.open(encoding="utf-8-sig", newline="", errors="surrogateescape") as file:
        first = file.readline()
        delimiter = "\t" if path.suffix.lower() == ".tsv" else max(",;\t|", key=first.count)
        marks = csv.QUOTE_NONE if delimiter == "\t" and _unquoted(file) else csv.QUOTE_MINIMAL
        file.seek(0)
        reader = csv.reader(file, strict=True, delimiter=delimiter, quoting=marks)
        head, last = None, 0
        while True:
            first, last = last + 1, reader.line_num
            place = f"{path.name}:{first}"
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                last = reader.line_num
                yield f"{path.name}:{first}", f"lines {first} to {last} are not CSV: {error}"
                continue
            last = reader.line_num
            if not row:
                continue
            if head is None:
                head = row
                _once(path, head)
            elif len(row) != len(head):
                yield place, f"{len(row)} cells where the head has {len(head)} (is a quotation mark not closed?)"
            else:
                yield place, dict(zip(head, row, strict=True))


def _unquoted(file: TextIO) -> bool:
    """Tell whether the quotation marks of a table with tabs are but letters: as such, and not otherwise, all rows have equal cells."""
    for marks in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        file.seek(0)
        with suppress(csv.Error):
            if len({len(row) for row in csv.reader(file, strict=True, delimiter="\t", quoting=marks) if row}) < 2:
                return marks == csv.QUOTE_NONE
    return False


def _once(path: Path, names: list[str]) -> None:
    """Raise ValueError, naming it, for a column that stands twice."""
    if twice := [name for name, n in Counter(names).items() if name and n > 1]:
        raise ValueError(f"{path}: the column {twice[0]!r} stands twice; rename one")


def _no_number(word: str):
    raise ValueError(f"{word} is no JSON")


def _object(pairs: list[tuple[str, object]]) -> dict:
    if len(found := dict(pairs)) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _jsonl(path: Path, wanted: set[str]) -> Iterator[tuple[str, dict | str]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            place = f"{path.name}:{number}"
            try:
                row = json.loads(line, parse_constant=_no_number, object_pairs_hook=_object)
                yield place, row if isinstance(row, dict) else "no JSON object"
            except ValueError as error:
                yield place, f"not JSON: {error}"
            except RecursionError:
                yield place, "not JSON that can be read: it is nested too deeply"


def _json(path: Path, wanted: set[str]) -> Iterator[tuple[str, dict | str]]:
    """The objects of a JSON file: one, an array of them, or an array under a key."""
    if path.stat().st_size > CELL:
        raise ValueError(f"{path}: larger than {CELL:,} bytes; write it as JSON lines (.jsonl), an article a line")
    try:
        data = path.read_bytes()
        data = gzip.decompress(data) if path.suffix.lower() == ".gz" else data
        data = json.loads(data, parse_constant=_no_number, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path}: not JSON: {error}") from error
    if isinstance(data, dict) and not any(isinstance(data.get(name), str) for name in COLUMNS["text"]):
        data = next((v for v in data.values() if isinstance(v, list) and v and isinstance(v[0], dict)), [data])
    for number, row in enumerate(data if isinstance(data, list) else [data], 1):
        yield f"{path.name}:{number}", row if isinstance(row, dict) else "no JSON object"


def _parquet(path: Path, wanted: set[str]) -> Iterator[tuple[str, dict | str]]:
    """The rows of a Parquet table, each cell made when it is asked for: a small file may say one long text a million times."""
    import pyarrow
    import pyarrow.parquet

    number, unpacked, most = 0, 0, UNPACKED + 20 * path.stat().st_size
    try:
        table = pyarrow.parquet.ParquetFile(path)
        _once(path, table.schema_arrow.names)
        used = [field for field in table.schema_arrow if {field.name, field.name.strip().lower()} & wanted]
        if not used:
            yield path.name, dict.fromkeys(table.schema_arrow.names)
            return
        if nested := next((field.name for field in used if pyarrow.types.is_nested(field.type)), ""):
            raise ValueError(f'{path}: the column {nested!r} holds lists, not text; name another: columns: "text=body"')
        groups = [table.metadata.row_group(n) for n in range(table.num_row_groups)]
        if any(sum(_unpacked(group, field.name) for field in used) > most for group in groups):
            raise ValueError(f"{path}: it unpacks to more than {most:,} bytes, twenty times its size; split it")
        names = [field.name for field in used]
        table = pyarrow.parquet.ParquetFile(path, read_dictionary=names)
        for batch in table.iter_batches(batch_size=256, columns=names):
            for n in range(batch.num_rows):
                number += 1
                row = _parquet_row(names, batch, n)
                unpacked += (
                    len(row)
                    if isinstance(row, str)
                    else sum(len(v) for v in row.values() if isinstance(v, str | bytes))
                )
                if unpacked > most:
                    raise ValueError(f"{path}: it unpacks to more than {most:,} bytes, twenty times its size; split it")
                yield f"{path.name}:{number}", row
    except (pyarrow.ArrowException, OSError) as error:
        raise ValueError(f"{path}: not a Parquet table: {error}") from error


def _unpacked(group, name: str) -> int:
    """The bytes that a column of a group of rows unpacks to."""
    columns = (group.column(n) for n in range(group.num_columns))
    return sum(column.total_uncompressed_size for column in columns if column.path_in_schema == name)


def _parquet_row(names: list[str], batch, n: int) -> dict | str:
    row = {}
    for name, column in zip(names, batch.columns, strict=True):
        try:
            row[name] = column[n].as_py()
        except UnicodeDecodeError:
            return f"not UTF-8: {name!r}"
        except (OverflowError, ValueError):
            return f"cannot be read: {name!r}"
    return row


def unpacked(file: Path | BytesIO) -> None:
    """Hold a packed file (Excel, Word) to what it may unpack to; raises ValueError for one that grows too much, BadZipFile for none."""
    with zipfile.ZipFile(file) as packed:
        sizes = [(entry.file_size, entry.compress_size) for entry in packed.infolist()]
    most = GROWN + 20 * sum(small for _, small in sizes)
    if sum(large for large, _ in sizes) > most:
        raise ValueError(f"it unpacks to more than {most:,} bytes, twenty times its size; split it")


def _xlsx(path: Path, wanted: set[str]) -> Iterator[tuple[str, dict | str]]:
    """The rows of the first sheet of an Excel workbook."""
    import openpyxl

    try:
        unpacked(path)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        yield from _sheets(path, book)
    except Exception as error:  # whatever zipfile, zlib, the XML parser or openpyxl say of a broken file
        said = str(error) if str(path) in str(error) else f"{path}: not an Excel workbook that can be read: {error}"
        raise ValueError(said) from error


def _sheets(path: Path, book) -> Iterator[tuple[str, dict | str]]:
    from openpyxl.utils.escape import unescape

    rows = book.worksheets[0].iter_rows(values_only=True)
    head = ["" if name is None else str(name).strip() for name in next(rows, ())]
    _once(path, head)
    for number, row in enumerate(rows, 2):
        if any(cell is not None for cell in row):
            cells = (unescape(cell) if isinstance(cell, str) else cell for cell in row)  # "_x000D_"
            yield f"{path.name}:{number}", {name: cell for name, cell in zip(head, cells, strict=False) if name}
    for sheet in book.worksheets[1:]:
        if any(cell is not None for row in sheet.iter_rows(values_only=True, max_row=2) for cell in row):
            yield f"{path.name}: {sheet.title}", "a further sheet; only the first is read"


READERS = {".csv": _csv, ".tsv": _csv, ".jsonl": _jsonl, ".json": _json, ".parquet": _parquet, ".xlsx": _xlsx}
