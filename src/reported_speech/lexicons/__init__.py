"""The lexicons: linguistic and historical knowledge as YAML beside the code, checked against ``models.py``, never executed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path

import yaml
from pydantic import ValidationError

from .models import MODELS

FOLDER = Path(__file__).parent
# pydantic's words, and ours
WORDING = {
    "Input should be": "must be",
    "Extra inputs are not permitted": "is no key here",
    "Field required": "is missing",
}
MOST, DEPTH = 5_000_000, 20  # bytes of a YAML file, lists and mappings in one another
KEYS = {"actors": "id", "outlets": "name"}  # what tells the entries of a list apart


class Loader(yaml.CSafeLoader):
    """Safe YAML in which only true and false are truth values ("on", "no" and "yes" are words) and no key stands twice."""

    def construct_mapping(self, node, deep=False):
        """Return a mapping; raises ConstructorError, with its place, for a key that stands twice."""
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key must be a word", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:int")
    ]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))
Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"(?:0|-?[1-9][0-9]*)$"), list("-0123456789"))


def parsed(path: Path):
    """Return what a YAML file holds; raises ValueError, naming file and line, if it is none."""
    try:
        text = _plain(path)
        return yaml.load(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ValueError(f"{path}, line {mark.line + 1}: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: no YAML in UTF-8: {error}") from error
    except OSError as error:
        raise ValueError(f"{path}: cannot be read: {error.strerror.lower()}") from error
    except (AttributeError, LookupError, TypeError, ValueError) as error:  # what a tag (!!int) leads to
        raise error if str(path) in str(error) else ValueError(f"{path}: a value that is none: {error}") from error


def _plain(path: Path) -> str:
    """The text of a YAML file that cannot grow: no references, no depth, no lists as keys."""
    with path.open("rb") as file:
        data = file.read(MOST + 1)
    if len(data) > MOST:
        raise ValueError(f"{path}: larger than {MOST:,} bytes; no lexicon or study needs that")
    text, depth = data.decode("utf-8"), 0
    for event in yaml.parse(text, Loader=Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > DEPTH:
            what = "a reference (*…): write out what it stands for" if depth <= DEPTH else "nested too deeply"
            raise ValueError(f"{path}, line {event.start_mark.line + 1}: {what}")
    return text


class Lexicons:
    """The study's lexicons with the files of a folder laid over them: entries of the same id or key take the place of ours, the
    others are added. ``derived`` has what was made of them.

    Raises ValueError, naming the file, for a folder that is none, or a file that is no lexicon's.
    """

    def __init__(self, folder: Path | None = None):
        self.folder, self.derived = folder, {}
        there = sorted(folder.iterdir()) if folder and folder.is_dir() else []
        for path in there:
            if path.suffix != ".yml" and not path.name.startswith((".", "README")):
                raise ValueError(f"{path}: no lexicon; a lexicon ends in .yml: {_names()}")
        self.files = [path for path in there if path.suffix == ".yml"]
        if odd := next((path for path in self.files if not path.is_file()), None):
            raise ValueError(f"{odd}: no ordinary file; a lexicon is a plain .yml file")
        if folder is not None and not self.files:
            raise ValueError(
                f"{folder}: no lexicons; name a folder with actors.yml, themes.yml or others of {FOLDER.name}/"
            )
        for path in self.files:
            if path.stem not in MODELS:
                raise ValueError(f"{path}: no such lexicon; the lexicons are {_names()}")
        self.content = [path.read_bytes() for path in self.files]

    def read(self, name: str):
        """Return the lexicon of a name, with what is laid over it."""
        data = checked(FOLDER / f"{name}.yml", name)
        for path in self.files:
            if path.stem == name:
                data = _over(data, checked(path, name, data), KEYS.get(name, ""))
        return data


_chosen = [Lexicons()]


def use(folder: Path | None) -> None:
    """Lay the lexicons of a folder over the study's own, for the rest of this process; None goes back to the study's own."""
    lexicons = Lexicons(folder)
    if (lexicons.folder, lexicons.content) != (_chosen[0].folder, _chosen[0].content):
        _chosen[0] = lexicons


def derived[**P, T](make: Callable[P, T]) -> Callable[P, T]:
    """Decorate a function that makes something of the lexicons: it runs once for its arguments, and again for other lexicons."""

    @wraps(make)
    def known(*args: P.args) -> T:
        made = _chosen[0].derived
        if (key := (make, args)) not in made:
            made[key] = make(*args)
        return made[key]

    return known


def own_folder() -> Path | None:
    """Return the folder whose lexicons are laid over the study's own."""
    return _chosen[0].folder


def own_files() -> list[Path]:
    """Return the files that are laid over the study's own lexicons."""
    return _chosen[0].files


def load_all() -> None:
    """Load every lexicon, so that a wrong entry is told before anything starts."""
    for path in FOLDER.glob("*.yml"):
        load(path.stem)


def _names() -> str:
    return ", ".join(sorted(path.name for path in FOLDER.glob("*.yml")))


@derived
def load(name: str):
    """Return the lexicon ``lexicons/<name>.yml``, with what is laid over it.

    >>> load("boilerplate").keys()
    dict_keys(['en', 'lists', 'fa'])
    """
    return _chosen[0].read(name)


def _over(ours, theirs, key: str):
    """One lexicon laid over another: mappings key by key, lists of entries by their key, other lists joined."""
    if type(ours) is not type(theirs):
        return theirs
    if isinstance(ours, dict):
        both = {k: _over(ours[k], v, "") if k in ours and isinstance(v, dict | list) else v for k, v in theirs.items()}
        return {**ours, **both}
    if key:
        return list({entry[key]: entry for entry in [*ours, *theirs]}.values())
    return [*ours, *(entry for entry in theirs if entry not in ours)]


def checked(path: Path, name: str, under=()):
    """Return a file that is a lexicon of that name; raises ValueError, naming file and line, where it does not fit.

    ``under`` is the lexicon that it is laid over: its states are known.
    """
    data = parsed(path)
    try:
        MODELS[name].validate_python(_over(under, data, "") if isinstance(under, dict) else data)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)[0]
        entry = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in wrong["loc"])
        said = wrong["msg"].split(" or instance of ")[0].removeprefix("Value error, ")
        for theirs, ours in WORDING.items():
            said = said.replace(theirs, ours)
        raise ValueError(f"{_place(path, wrong['loc'])}: {entry} {said}".replace(":  ", ": ")) from error
    if name in KEYS:
        seen = set()
        for number, entry in enumerate(data):
            if (key := entry[KEYS[name]]) in seen:
                raise ValueError(f"{_place(path, [number])}: the {KEYS[name]} {key!r} stands twice")
            seen.add(key)
    if name == "actors":
        states = {entry["country"] for entry in [*under, *data] if entry["kind"] == "state"}
        for number, entry in enumerate(data):
            if entry["country"] not in states | {""}:
                raise ValueError(
                    f"{_place(path, [number, 'country'])}: {entry['country']!r} is the country of no state here"
                )
    return data


def _place(path: Path, wrong: Iterable) -> str:
    """The file and the line of an entry, as far down as the file goes."""
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=Loader)
    for part in wrong:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == str(part)), node)
    return f"{path}, line {node.start_mark.line + 1 if node else 1}"
