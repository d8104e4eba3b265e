"""The columns of every table, as ``columns.yml`` tells them: the README's dictionary and the checks of the tables are made of these."""

from pathlib import Path

import yaml

TEXT, NUMBER, FLAG, SHARE = "str", "int64", "bool", "float64"
KINDS = {"text": TEXT, "number": NUMBER, "flag": FLAG, "share": SHARE}
COLUMNS: dict[str, dict[str, tuple[str, str]]] = {  # table -> column -> (type, what it holds)
    table: {column: (KINDS[kind], about) for column, (kind, about) in columns.items()}
    for table, columns in yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")).items()
}


def dictionary() -> str:
    """Return what every column of every table holds, as Markdown."""
    out = [
        "# What the columns hold",
        "",
        "In every table with offsets, `source[start:end]` is the text of the row, where `source` is the",
        "file's bytes decoded as UTF-8 and nothing else. In CSV files a cell that a spreadsheet would take for a formula stands",
        "behind an apostrophe; Parquet has it as it is. Column names do not change; new ones are added.",
    ]
    for name, columns in COLUMNS.items():
        out += ["", f"## {name}", "", "| column | what it holds |", "|---|---|"]
        out += [f"| `{column}` | {about} |" for column, (_, about) in columns.items()]
    return "\n".join(out) + "\n"
