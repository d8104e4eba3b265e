"""Who is the same person across articles, scripts and spellings: a table beside the others, which changes none of their rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from .names import family_keys, same_person
from .registry import Actor, registry
from .sounds import parts


@dataclass(frozen=True)
class Identity:
    """An actor of the articles, the identity it belongs to, and the evidence for that."""

    actor_id: str
    identity_id: str
    evidence: str


def identities(actors: list[Actor]) -> dict[str, Identity]:
    """Return actor id -> identity for the people of a corpus.

    Whom the registry knows is who he is there. Another full name joins a registered person, or another such name, if their sounds
    agree and their countries do not differ; a name that agrees with two people who are not one joins neither. A bare family name
    or a title joins nobody.

    >>> one = Actor("elchin-amirov", "person", "AZE", ("Elchin Amirov",), (), registered=False)
    >>> two = Actor("alchin-amiraf", "person", "", (), ("ائلچین امیراف",), registered=False)
    >>> {i.identity_id for i in identities([one, two]).values()}
    {'elchin-amirov'}
    """
    people = sorted(
        (a for a in actors if a.kind == "person"), key=lambda a: (not a.registered, not a.names_en, a.actor_id)
    )
    known = [a for a in registry().values() if a.kind == "person"]
    out: dict[str, Identity] = {}
    groups: dict[str, list[Actor]] = {}
    having: dict[str, set[str]] = defaultdict(set)  # key of a family name -> the groups that have it

    def join(actor: Actor, identity: str) -> None:
        groups.setdefault(identity, []).append(actor)
        for key in _keys(actor):
            having[key].add(identity)

    for actor in known:
        join(actor, actor.actor_id)
    for actor in people:
        if actor.registered:
            out[actor.actor_id] = Identity(actor.actor_id, actor.actor_id, "registry")
            continue
        found = {}
        for identity in set().union(*(having[key] for key in _keys(actor))):
            if evidence := next((e for m in groups[identity] if (e := _agree(actor, m))), ""):
                found[identity] = evidence
        if len(found) == 1 and (identity := next(iter(found))):
            out[actor.actor_id] = Identity(actor.actor_id, identity, found[identity])
            join(actor, identity)
        else:
            apart = f"agrees with {', '.join(sorted(found))}, who are not one" if found else ""
            out[actor.actor_id] = Identity(actor.actor_id, actor.actor_id, apart)
            join(actor, actor.actor_id)
    return out


def _agree(one: Actor, other: Actor) -> str:
    if one.country and other.country and one.country != other.country:
        return ""
    return next((e for a in _full(one) for b in _full(other) if (e := same_person(a, b))), "")


def _full(actor: Actor) -> list[str]:
    return [n for n in (*actor.names_en, *actor.names_fa) if len(parts(n)) > 1]


def _keys(actor: Actor) -> set[str]:
    return {key for name in _full(actor) for key in family_keys(name)}
