"""Who appears and speaks: the rows of the table of actors, and a draft of a registry for whom none knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import yaml

from ..analysis import Analysis
from ..people.registry import Actor, registry


def actor_rows(analyses: Iterable[Analysis]) -> list[dict]:
    """One row an actor that the corpus mentions, most quoted first, then most mentioned.

    Somebody whom one document alone names so (``only_in``) has a row for that document. What the registry does not know is what the
    text says, with its place.
    """
    actors: dict[tuple[str, str], Actor] = {}
    spellings: dict[tuple[str, str], Counter] = {}
    mentions, quoted = Counter(), Counter()
    for a in analyses:

        def key(actor_id: str, known: dict[str, Actor] = a.actors) -> tuple[str, str]:
            actor = known.get(actor_id) or registry()[actor_id]
            actors.setdefault((actor_id, actor.only_in), actor)
            return actor_id, actor.only_in

        for m in a.mentions:
            mentions.update(keys := [key(i) for i in together(m.actor_id)])
            for actor in keys if m.form in ("name", "place") else ():
                spellings.setdefault(actor, Counter())[m.text] += 1
        for q in a.quotations:
            quoted.update(key(i) for i in together(q.speaker))
            quoted.update(dict.fromkeys(map(key, together(q.addressee)), 0))
    order = sorted(actors, key=lambda k: (-quoted[k], -mentions[k], k))
    return [_row(actors[k], spellings.get(k, Counter()), mentions[k], quoted[k]) for k in order]


def _row(actor: Actor, spellings: Counter, mentions: int, quoted: int) -> dict:
    latest = max(actor.roles, key=lambda r: max(r.attested, default=0), default=None)
    role = latest if actor.registered or not actor.roles else actor.roles[0]
    return {
        "actor_id": actor.actor_id,
        "only_in": actor.only_in,
        "name_en": next(iter(actor.names_en), ""),
        "name_fa": next(iter(actor.names_fa), ""),
        "kind": actor.kind,
        "country": actor.country,
        "sector": actor.sector,
        "role": (role.title_en or role.title_fa) if role else "",
        "role_since": role.since if role else "",
        "role_until": role.until if role else "",
        "role_source": role.source if role else "",
        "gender": actor.gender,
        "registered": actor.registered,
        "spellings": " | ".join(s for s, _ in sorted(spellings.items(), key=lambda p: (-p[1], p[0]))),
        "mentions": mentions,
        "quotations": quoted,
    }


def together(actor_ids: str) -> list[str]:
    """Return who speaks together, as a cell has them.

    >>> together("nadia-holm+tarek-oduya"), together("")
    (['nadia-holm', 'tarek-oduya'], [])
    """
    return actor_ids.split("+") if actor_ids else []


def write_unregistered(actors: pd.DataFrame, folder: Path) -> None:
    """Write the speakers whom the registry does not know as ``unregistered.yml``: ready to be edited and used as an actors.yml."""
    lines = [
        "# Speakers that the registry does not know, most quoted first: correct, merge, and save as actors.yml in a folder of own lexicons."
    ]
    seen: set[str] = set()
    for a in actors[
        (actors.quotations > 0) & ~actors.registered & actors.kind.isin(["person", "institution"])
    ].itertuples():
        if a.actor_id in seen:
            continue
        seen.add(a.actor_id)
        entry = {"id": a.actor_id, "kind": a.kind, "country": a.country, "sector": a.sector, "gender": a.gender}
        entry |= {"names_en": [a.name_en]} if a.name_en else {}
        entry |= {"names_fa": [a.name_fa]} if a.name_fa else {}
        if a.role:
            entry["roles"] = [
                {
                    "title_en": a.role if a.name_en else "",
                    "title_fa": "" if a.name_en else a.role,
                    "source": a.role_source,
                }
            ]
        lines.append(
            f"# quoted {a.quotations} times\n"
            + yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=10_000).rstrip()
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "unregistered.yml").write_text(
        "\n".join(lines if len(lines) > 1 else [*lines, "[]"]) + "\n", encoding="utf-8"
    )
