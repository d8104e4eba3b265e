"""How each outlet writes each person's name."""

from __future__ import annotations

from collections import Counter

from ..analysis import Analysis
from ..people.identity import identities
from ..people.sounds import PERSIAN


def spellings(analyses: list[Analysis]) -> list[dict]:
    """Return one row for each way in which an outlet writes a person's name: identity, actor, name, script, outlet, mentions, evidence."""
    actors = {i: actor for a in analyses for i, actor in a.actors.items()}
    counts: Counter = Counter()
    for a in analyses:
        outlet = a.document.value("outlet")
        for m in a.mentions:
            if m.form == "name" and "+" not in m.actor_id and actors[m.actor_id].kind == "person":
                counts[m.actor_id, " ".join(m.text.split()), outlet] += 1
    same = identities([actors[i] for i in sorted({key[0] for key in counts})])
    rows = [
        {
            "identity_id": same[actor_id].identity_id,
            "actor_id": actor_id,
            "name": name,
            "script": "Arabic" if PERSIAN.search(name) else "Latin",
            "outlet": outlet,
            "mentions": n,
            "evidence": same[actor_id].evidence,
        }
        for (actor_id, name, outlet), n in counts.items()
    ]
    return sorted(
        rows, key=lambda r: (r["identity_id"], r["script"], -r["mentions"], r["name"], r["outlet"], r["actor_id"])
    )
