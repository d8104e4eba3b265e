"""Looks over the lexicons: entries that clash, that nothing in the articles uses, that lack a script."""

from __future__ import annotations

from collections.abc import Iterator

from ..analysis import Analysis
from ..lexicons import load
from ..people.registry import registry
from ..people.sounds import PERSIAN


def report(analyses: list[Analysis]) -> list[tuple[str, str, str]]:
    """Return (file, what is wrong, entry) for each remark: what clashes first, then what lacks a script, then what is unused."""
    return [remark for some in (clashes(), without_script(), unused(analyses)) for remark in sorted(set(some))]


def clashes() -> Iterator[tuple[str, str, str]]:
    """One word that is told to be read and to be ignored; attitudes that report by a clause."""
    for language in ("en", "fa"):
        titles = load("titles")[language]
        for word in set(titles["heads"]) & set(titles["ignored"]):
            yield "titles.yml", "is a head and ignored", word
    for lemma, entry in load("cues.en")["verbs"].items():
        if entry.get("reports") == "attitude" and {*entry["frames"]} - {"marks", "passive"}:
            yield "cues.en.yml", "reports an attitude, but not by marks alone", lemma


def without_script() -> Iterator[tuple[str, str, str]]:
    """Actors and outlets with names in one script only."""
    for actor in (registry()[row["id"]] for row in load("actors")):
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
    for actor_id in {row["id"] for row in load("actors")} - mentioned:
        yield "actors.yml", "is not mentioned", actor_id
    used = {q.cue_entry for a in analyses for q in a.quotations}
    for group in ("verbs", "nouns"):
        for lemma in load("cues.en")[group].keys() - used:
            yield "cues.en.yml", "is not used", lemma
    for group in ("simple", "compound"):
        for entry in load("cues.fa")[group]:
            if entry["cue"] not in used:
                yield "cues.fa.yml", "is not used", entry["cue"]
