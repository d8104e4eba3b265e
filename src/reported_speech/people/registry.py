"""Who is known: the registry of actors, with all states of the world."""

from __future__ import annotations

from dataclasses import dataclass

from ..lexicons import derived, load
from .names import family_keys, same_person
from .offices import plain, states


@dataclass(frozen=True)
class Role:
    """An office: its title in both languages, when it was held, and where that was read."""

    title_en: str
    title_fa: str
    since: str = ""
    until: str = ""
    attested: tuple[int, ...] = ()
    source: str = ""

    def held_in(self, year: int) -> bool:
        """Tell whether the registry's evidence covers a year."""
        years = [*self.attested, *(int(d[:4]) for d in (self.since, self.until) if d)]
        return bool(years) and min(years) <= year <= max(years)


@dataclass(frozen=True)
class Actor:
    """A person, an institution, a state or a joint voice."""

    actor_id: str
    kind: str
    country: str
    names_en: tuple[str, ...]
    names_fa: tuple[str, ...]
    sector: str = ""
    gender: str = ""
    roles: tuple[Role, ...] = ()
    registered: bool = True
    only_in: str = ""  # the document that an actor is confined to: a family name or an office alone says no more

    def names(self, language: str) -> tuple[str, ...]:
        """The names in one script."""
        return self.names_fa if language == "fa" else self.names_en


@derived
def registry() -> dict[str, Actor]:
    """Return the actors of the registry by id; raises ValueError, naming both, if one name is given to two."""
    out: dict[str, Actor] = {}
    for row in load("actors"):
        roles = tuple(Role(**{**r, "attested": tuple(r.get("attested", ()))}) for r in row.get("roles", ()))
        out[row["id"]] = Actor(
            row["id"],
            row["kind"],
            row["country"],
            tuple(row.get("names_en", ())),
            tuple(row.get("names_fa", ())),
            row.get("sector", ""),
            row.get("gender", ""),
            roles,
        )
    for state in states().values():
        out.setdefault(state.actor_id, Actor(state.actor_id, "state", state.code, state.names["en"], state.names["fa"]))
    for language in ("en", "fa"):
        owners: dict[str, str] = {}
        for actor in out.values():
            for name in actor.names(language):
                other = owners.setdefault(plain(name, language).replace(" ", ""), actor.actor_id)
                if other != actor.actor_id:
                    raise ValueError(
                        f"actors.yml: {name!r} names both {other} and {actor.actor_id}; give it to one of them"
                    )
    return out


@derived
def _by_family() -> dict[str, list[tuple[str, str]]]:
    """Key of a family name -> the full names of registered people that have it, and whose they are."""
    out: dict[str, list[tuple[str, str]]] = {}
    for actor in registry().values():
        for name in (n for n in (*actor.names_en, *actor.names_fa) if actor.kind == "person" and " " in n):
            for key in family_keys(name):
                out.setdefault(key, []).append((name, actor.actor_id))
    return out


@derived
def spelled_like(name: str) -> str:
    """Return the one registered person whose full name sounds like this one, part by part and in either script, or "".

    >>> spelled_like("Hossein Amir-Abdollahyan"), spelled_like("Hossein Rouhani")
    ('hossein-amir-abdollahian', '')
    >>> spelled_like("Ceyhun Bayramoff"), spelled_like("جیحون بهرام‌اف")
    ('jeyhun-bayramov', '')
    """
    if len(name.split()) < 2:
        return ""
    near = {pair for key in family_keys(name) for pair in _by_family().get(key, ())}
    sounding = {actor_id for other, actor_id in near if same_person(name, other)}
    return sounding.pop() if len(sounding) == 1 else ""
