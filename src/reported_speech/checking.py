"""Looks over the lexicons: entries that clash, that nothing in the articles uses, that lack a script."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import yaml

from .actors import registry
from .lexicon import FOLDER, load
from .names import PERSIAN
from .quotations import Analysis
from .titles import plain


def report(analyses: list[Analysis]) -> list[tuple[str, str, str]]:
    """Return (file, what is wrong, entry) for each remark, sorted: twice, clash, unused, script."""
    return sorted({*repeated(), *clashes(), *without_script(), *unused(analyses)})


def repeated(folder: Path = FOLDER) -> Iterator[tuple[str, str, str]]:
    """Keys that stand twice in one mapping, of which YAML silently keeps the last."""
    for path in sorted(folder.glob("*.yml")):
        waiting = [yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)]
        while waiting:
            node = waiting.pop()
            if isinstance(node, yaml.MappingNode):
                keys = [key.value for key, _ in node.value]
                yield from ((path.name, "stands twice", key) for key in sorted({k for k in keys if keys.count(k) > 1}))
                waiting += [value for _, value in node.value]
            elif isinstance(node, yaml.SequenceNode):
                waiting += node.value


def clashes() -> Iterator[tuple[str, str, str]]:
    """One name for two actors; one word that is told to be read and to be ignored; attitudes that report by a clause."""
    for language in ("en", "fa"):
        owners = defaultdict(set)
        for actor in registry().values():
            for name in actor.names(language):
                owners[plain(name, language)].add(actor.actor_id)
        for name, who in owners.items():
            if len(who) > 1:
                yield "actors.yml", f"names {' and '.join(sorted(who))}", name
        titles = load("titles")[language]
        for word in set(titles["heads"]) & set(titles["ignored"]):
            yield "titles.yml", "is a head and ignored", word
    for lemma, entry in load("cues.en")["verbs"].items():
        if entry.get("reports") == "attitude" and entry["frames"] != ["marks"]:
            yield "cues.en.yml", "reports an attitude, but not by marks alone", lemma


def without_script() -> Iterator[tuple[str, str, str]]:
    """Actors and outlets with names in one script only."""
    for actor in registry().values():
        for language, names in (("Latin", actor.names_en), ("Persian", actor.names_fa)):
            if not names:
                yield "actors.yml", f"has no {language} name", actor.actor_id
    for outlet in load("outlets"):
        scripts = {bool(PERSIAN.search(s)) for s in outlet["spellings"]}
        if len(scripts) == 1:
            yield "outlets.yml", f"has no {'Latin' if True in scripts else 'Persian'} spelling", outlet["name"]


def unused(analyses: list[Analysis]) -> Iterator[tuple[str, str, str]]:
    """Actors that the articles never mention, and cues that no quotation uses."""
    mentioned = {m.actor_id for a in analyses for m in a.mentions}
    for actor_id in registry().keys() - mentioned:
        yield "actors.yml", "is not mentioned", actor_id
    used = {q.cue_entry for a in analyses for q in a.quotations}
    for group in ("verbs", "nouns"):
        for lemma in load("cues.en")[group].keys() - used:
            yield "cues.en.yml", "is not used", lemma
    for group in ("simple", "compound"):
        for entry in load("cues.fa")[group]:
            if entry["cue"] not in used:
                yield "cues.fa.yml", "is not used", entry["cue"]
