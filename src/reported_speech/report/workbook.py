"""All tables of a study as one Excel workbook."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pandas as pd
import xlsxwriter

from .columns import COLUMNS
from .tables import read

ARABIC = re.compile("[\u0600-\u06ff]")
CELL, SHEET = 32_767, 1_048_575  # what Excel takes: characters a cell, rows a sheet


def write(folder: Path) -> None:
    """Write all tables of a folder as ``study.xlsx``: a sheet a table, and a sheet that says what each column holds.

    Text is always written as text, never as a formula or a link; what is too long for Excel is cut, and said to be.
    """
    present = [name for name in COLUMNS if (folder / f"{name}.parquet").exists()]
    with xlsxwriter.Workbook(folder / "study.xlsx", {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        head = book.add_format({"bold": True, "bg_color": "#DDE6EF", "text_wrap": True, "valign": "top"})
        formats = {n: book.add_format({"valign": "top", "text_wrap": True, "reading_order": n}) for n in (1, 2)}
        cut = {name: _sheet(book, name, read(name, folder), head, formats) for name in present}
        rows = [
            {"table": name, "column": column, "holds": about, "note": cut[name] if not number else ""}
            for name in present
            for number, (column, (_, about)) in enumerate(COLUMNS[name].items())
        ]
        _sheet(book, "dictionary", pd.DataFrame(rows), head, formats)


def _sheet(book, name: str, frame: pd.DataFrame, head, formats) -> str:
    """Write one table as a sheet; return what had to be cut."""
    sheet = book.add_worksheet(name)
    rows = [*zip(*(frame[column].head(SHEET).tolist() for column in frame), strict=True)]
    persian = [_persian(v) for row in rows for v in row if isinstance(v, str) and len(v) > 20]
    if sum(persian) > len(persian) / 2:
        sheet.right_to_left()
    sheet.write_row(0, 0, frame.columns, head)
    long = 0
    for y, row in enumerate(rows, 1):
        for x, value in enumerate(row):
            if value == "":
                continue
            if isinstance(value, str):
                long += len(value) > CELL
                sheet.write_string(y, x, value[:CELL], formats[2 if _persian(value) else 1])
            elif isinstance(value, bool):
                sheet.write_boolean(y, x, value)
            elif value == value:
                sheet.write_number(y, x, value)
    for x, column in enumerate(frame.columns):
        width = max((len(str(v)) for v in frame[column].head(200)), default=0)
        sheet.set_column(x, x, min(max(width, len(column)) + 2, 60))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(frame.columns) - 1)
    missing = len(frame) - len(rows)
    return f"{missing} rows and the ends of {long} cells are in the CSV only" if missing + long else ""


def _persian(text: str) -> bool:
    return not text.isascii() and ARABIC.search(text) is not None
