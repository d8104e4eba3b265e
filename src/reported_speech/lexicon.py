"""The lexicons: linguistic and historical knowledge as YAML beside the code, loaded once, never executed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "lexicons"


@cache
def load(name: str):
    """Return the lexicon ``lexicons/<name>.yml``.

    >>> load("boilerplate").keys()
    dict_keys(['en', 'fa'])
    """
    path = FOLDER / f"{name}.yml"
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(f"{path}: {error}") from error
