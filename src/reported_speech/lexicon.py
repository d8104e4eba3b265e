"""The lexicons: linguistic and historical knowledge as YAML beside the code, loaded once, never executed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "lexicons"


class Loader(yaml.CSafeLoader):
    """Safe YAML in which only true and false are truth values: "on", "no" and "yes" are words here."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


@cache
def load(name: str):
    """Return the lexicon ``lexicons/<name>.yml``.

    >>> load("boilerplate").keys()
    dict_keys(['en', 'fa'])
    """
    path = FOLDER / f"{name}.yml"
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
    except yaml.YAMLError as error:
        raise ValueError(f"{path}: {error}") from error
