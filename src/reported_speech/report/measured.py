"""The stored figures: on PolNeAR (``make measure``), on this study's own articles (``make accuracy``), on the first runs."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

STORED, ACCURACY = (Path(__file__).parent / "measurements" / f"{name}.json" for name in ("polnear", "accuracy"))


def stored() -> dict:
    """Return the figures of the last ``make measure``."""
    return json.loads(STORED.read_text(encoding="utf-8"))


def _cell(triple: list[float]) -> str:
    value, low, high = triple
    return f"{value:.2f} [{low:.2f}–{high:.2f}]"


def systems_table(measured: dict) -> pd.DataFrame:
    """One row a system and class: all, direct, indirect."""
    rows = [
        {
            "system": system,
            "class": group,
            "annotated": table[group]["gold"],
            "extracted": table[group]["predicted"],
            "partial F1": _cell(table[group]["partial"]),
            "strict F1": _cell(table[group]["strict"]),
            "source right": _cell(table[group]["source"]),
            "relation and source F1": _cell(table[group]["both"]),
        }
        for system, table in measured["systems"].items()
        for group in ("all", "direct", "indirect")
    ]
    return pd.DataFrame(rows)


def constructions_table(measured: dict) -> pd.DataFrame:
    """One row a construction: how many are annotated, and the share that each system finds."""
    systems = measured["systems"]
    groups = sorted({g for table in systems.values() for g in table if "," in g})
    size = {g: max(table.get(g, {}).get("gold", 0) for table in systems.values()) for g in groups}
    rows = [
        {
            "construction": g,
            "annotated": size[g],
            **{f"found by {s}": table.get(g, {}).get("found", 0.0) for s, table in systems.items()},
        }
        for g in sorted(groups, key=lambda g: -size[g])
    ]
    return pd.DataFrame(rows).round(2)


def accuracy() -> pd.DataFrame:
    """Return one row a set of annotated articles, edition and state: first run on unseen articles, or development since."""
    stored = json.loads(ACCURACY.read_text(encoding="utf-8"))
    rows = [{**row, "state": "unseen"} for row in stored["first runs"]]
    rows += [{**row, "edition": "second", "date": "", "state": "development"} for row in stored["development"]]
    table = pd.DataFrame(rows).assign(language=lambda t: t["set"].str.extract("(en|fa)", expand=False))
    counted = table["set"].str.len().astype(str).str.zfill(2) + table["set"]  # own-en-10 behind own-en-9
    return table.loc[counted.sort_values(kind="stable").index].reset_index(drop=True)
