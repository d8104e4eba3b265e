"""Given names and their gender, from nomquamgender's counts of 36 public sources (Van Buskirk, Clauset and Larremore 2023).

Those count that many sources have; none is a title, nor a word that an annotated corpus writes with a small letter more often than
not, or often behind "in", as places are.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path

from reported_speech.lexicons import FOLDER, load

SOURCES = 14  # that have a name
PLACES = 0.05  # the share of a word behind "in" from which it is a place
SURE = 0.9  # the share of a name's bearers from which it tells a woman or a man


def chosen(counted: dict[str, list], texts: list[str]) -> list[tuple[str, str]]:
    """Return the names in lower case with f, m or "".

    >>> chosen({"dale": [24, 316420, 0.14], "elsa": [30, 9000, 0.99], "sea": [20, 65, 0.6], "x": [30, 9, 1]}, ["by sea, to sea, at sea"])
    [('dale', ''), ('elsa', 'f')]
    """
    words = Counter(m.group() for text in texts for m in re.finditer(r"(?<=[a-z,] )[A-Za-z]+", text))
    places = Counter(m.group() for text in texts for m in re.finditer(r"(?<=\bin )[A-Z][a-z]+", text))
    out, titles = [], {*load("titles")["en"]["heads"]}
    for name, (sources, _, women, *_) in sorted(counted.items()):
        small, capital, placed = words[name], words[name.capitalize()], places[name.capitalize()]
        known = sources >= SOURCES and re.fullmatch("[a-z]{3,}", name) and name not in titles
        if known and not (small > 2 and small > capital) and not (placed > 2 and placed > capital * PLACES):
            out.append((name, "f" if women > SURE else "m" if women < 1 - SURE else ""))
    return out


def main(path: str) -> None:
    """Write the names; ``path`` is the corpus, one JSON object with "text" a line."""
    counted = json.loads((files("nomquamgender") / "name_data.json").read_text(encoding="utf-8"))
    texts = [json.loads(line)["text"] for line in Path(path).read_text(encoding="utf-8").splitlines()]
    names = chosen(counted, texts)
    rows = "".join(f"{name}\t{gender}\n" for name, gender in names)
    (FOLDER / "given.en.tsv").write_text(f"name\tgender\n{rows}", encoding="utf-8")
    print(f"{len(names):,} names")


if __name__ == "__main__":
    main(sys.argv[1])
