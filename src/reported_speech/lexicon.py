"""The lexicons: linguistic and historical knowledge as YAML beside the code, checked against ``schemas.yml``, never executed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import fastjsonschema
import yaml

FOLDER = Path(__file__).parent / "lexicons"
KEYS = {"actors": "id", "outlets": "name"}  # what tells the entries of a list apart


class Loader(yaml.CSafeLoader):
    """Safe YAML in which only true and false are truth values ("on", "no" and "yes" are words) and no key stands twice."""

    def construct_mapping(self, node, deep=False):
        """Return a mapping; raises ConstructorError, with its place, for a key that stands twice."""
        seen = set()
        for key, _ in node.value:
            if key.value in seen and isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} stands twice", key.start_mark)
            seen.add(key.value if isinstance(key, yaml.ScalarNode) else id(key))
        return super().construct_mapping(node, deep)


Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
    ]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def parsed(path: Path):
    """Return what a YAML file holds; raises ValueError, naming file and line, if it is none."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ValueError(f"{path}, line {mark.line + 1}: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: {error}") from error


@cache
def load(name: str):
    """Return the lexicon ``lexicons/<name>.yml``.

    >>> load("boilerplate").keys()
    dict_keys(['en', 'fa'])
    """
    return checked(FOLDER / f"{name}.yml", name)


def checked(path: Path, name: str):
    """Return a file that is a lexicon of that name; raises ValueError, naming file and line, where it does not fit."""
    data = parsed(path)
    try:
        _validator(name)(data)
    except fastjsonschema.JsonSchemaValueException as error:
        wrong = [int(part) if part.isdigit() else part for part in error.path[1:]]
        raise ValueError(f"{_place(path, wrong)}: {error.message.removeprefix('data').strip()}") from error
    if name in KEYS:
        seen = set()
        for number, entry in enumerate(data):
            if (key := entry[KEYS[name]]) in seen:
                raise ValueError(f"{_place(path, [number])}: the {KEYS[name]} {key!r} stands twice")
            seen.add(key)
    if name == "actors":
        states = {entry["country"] for entry in data if entry["kind"] == "state"}
        for number, entry in enumerate(data):
            if entry["country"] not in states | {""}:
                raise ValueError(
                    f"{_place(path, [number, 'country'])}: {entry['country']!r} is the country of no state here"
                )
    return data


@cache
def _validator(name: str):
    if name == "schemas":
        return lambda data: data
    definitions = parsed(FOLDER / "schemas.yml")
    return fastjsonschema.compile({"$ref": f"#/definitions/{name}", "definitions": definitions})


def _place(path: Path, wrong: list) -> str:
    """The file and the line of an entry, as far down as the file goes."""
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=Loader)
    for part in wrong:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == str(part)), node)
    return f"{path}, line {node.start_mark.line + 1 if node else 1}"
