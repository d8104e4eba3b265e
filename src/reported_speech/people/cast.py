"""Who appears in a document: its registered names, the people whom the registry does not know, and the titles beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from ..articles.alignment import Span
from ..articles.document import Document
from ..articles.outlets import outlet_named
from ..lexicons import load
from .mentions import Cast, Mention, near, registered_names
from .names import spelled_close
from .registry import Actor, confined, registry, slug, spelled_like
from .titles import country_in, plain, read_title, without_title


def build_cast(document: Document, entities: list[Span] = ()) -> Cast:
    """Collect who appears in a document by name: registered actors, and persons whom the entities (spans) name.

    A person outside the registry gets an id made of the fullest form of the name in the document; a bare family name
    carries the document in its id, so that namesakes of two documents are not fused.
    """
    cast = Cast(document, registered_names(document))
    fuller = []
    for span in entities:
        span = _behind_place(span, cast)
        name = without_title(span.of(document.text), document.language).removesuffix("'s")
        inside = [m for m in near(cast.mentions, span) if m.form == "name"]
        if (
            inside
            and name
            and any(
                len(name.split()) > len(m.text.split())
                and plain(m.text, document.language) != name
                and len(m.text.split()) == 1
                and not _abbreviates(registry()[m.actor_id], name, document.language)
                for m in inside
            )
        ):
            cast.mentions = [m for m in cast.mentions if m not in inside]
            inside = []
        place = (
            name in load("titles")[document.language].get("not_people", ())
            or outlet_named(name, exact=True)
            or any(m.form == "place" and m.span.covers(span) for m in near(cast.mentions, span))
        )
        if not inside and name and not place and not INITIALS.fullmatch(name):
            fuller.append((span, name))
    cast.actors = {m.actor_id: registry()[m.actor_id] for m in cast.mentions}
    for actor_id, actor in cast.actors.items():
        cast.titles[actor_id] = [
            replace(t, country=actor.country or t.country)
            for r in actor.roles
            for text in (r.title_en if document.language == "en" else r.title_fa,)
            if (t := read_title(text, document.language))
        ]
    add_people(cast, fuller)
    cast.mentions.sort(key=lambda m: m.span)
    _add_families(cast)
    _collect_titles(cast)
    return cast


INITIALS = re.compile(r"(?:\w\b[.:]*\s?)+")


def _add_families(cast: Cast) -> None:
    """Add the places where an English text has a person outside the registry by family name alone."""
    document = cast.document
    families = {}
    for m in cast.mentions if document.language == "en" else ():
        words = m.text.split()
        if m.form == "name" and len(words) > 1 and len(words[-1]) > 3 and not cast.actors[m.actor_id].registered:
            families.setdefault(words[-1].removesuffix("'s").removesuffix("’s"), set()).add(m.actor_id)
    alone = {f: next(iter(who)) for f, who in families.items() if len(who) == 1 and not country_in(f, "en")}
    if not alone:
        return
    found = []
    for m in re.finditer(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(alone)))})(?![\w-])", document.text):
        span = Span(*m.span())
        if m.group()[0].isupper() and not near(cast.mentions, span):
            evidence = f"family name of “{cast.actors[alone[m.group()]].names('en')[0]}”"
            found.append(Mention(document.doc_id, span, m.group(), "name", alone[m.group()], evidence))
    cast.mentions = sorted([*cast.mentions, *found], key=lambda m: m.span)


def _behind_place(entity: Span, cast: Cast) -> Span:
    """An entity without the country it begins with ("the ambassador to [Armenia Mehdi Sobhani]")."""
    named = near(cast.mentions, entity)
    place = next((m.span for m in named if m.form == "place" and m.span.start == entity.start), entity)
    linked = re.search(r"\b(?:to|of|in)\s$", cast.document.text[max(0, entity.start - 4) : entity.start])
    return Span(place.end + 1, entity.end) if linked and place.end < entity.end else entity


def _abbreviates(actor: Actor, name: str, language: str) -> bool:
    """Tell whether a fuller form in the text can be the actor: every word of it belongs to one of the names."""
    own = {w.lower() for n in actor.names(language) for w in re.split(r"[\s-]+", plain(n, language))}
    return all(w.lower() in own for w in re.split(r"[\s-]+", name))


def _squeezed(name: str) -> str:
    """A name without blanks: family names of two parts are written with one or without («حق شناس», «حقشناس»)."""
    return name.replace(" ", "")


class Fullest:
    """The fullest form that a text has of a name: "Karimi" is "Ali Karimi" there, «حق شناس» is «علی حقشناس»."""

    def __init__(self, names: Iterable[str]):
        self.full = list(dict.fromkeys(n for n in names if len(n.split()) > 1))
        self.by_word: dict[str, list[int]] = {}
        self.by_end: dict[str, list[int]] = {}
        for number, name in enumerate(self.full):
            for start in range(1, len(squeezed := _squeezed(name))):
                self.by_end.setdefault(squeezed[start:], []).append(number)
            for word in dict.fromkeys(name.split()):
                self.by_word.setdefault(word, []).append(number)

    def of(self, name: str) -> str:
        """Return the fullest form, or the name itself."""
        words = name.split()
        alike = min((self.by_word.get(w, []) for w in words), key=len)
        same = [n for n in alike if self.full[n].split()[-1] == words[-1] and {*words} <= {*self.full[n].split()}]
        if len(words) == 2:
            same += self.by_end.get(_squeezed(name), [])
        return self.full[min(same, key=lambda n: (-len(self.full[n]), n))] if same else name


def _sounding(name: str, families: dict[str, str]) -> str:
    """The one person of the document whose family name sounds like this one ("Pashinian", "Pashinyan"), or ""."""
    near = {who for family, who in families.items() if family != name and spelled_close(name, family)}
    return near.pop() if len(near) == 1 else ""


def add_people(cast: Cast, found: list[tuple[Span, str]]) -> None:
    """Add persons outside the registry to a cast: (span, name without title); a family name joins the fuller form."""
    document, language = cast.document, cast.document.language
    fullest_of = cache(Fullest(n for _, n in found).of)
    families: dict[str, str] = {}
    for m in cast.mentions:
        if m.form == "name" and cast.person(m.actor_id):
            families.setdefault(plain(m.text, language).split()[-1], m.actor_id)
    for span, name in found:
        family = name.split()[-1]
        fullest = fullest_of(name)
        known = families.get(family, "") if len(name.split()) == 1 else ""
        evidence = f"name “{fullest}”, not in the registry"
        if known and len(fullest.split()) > 1 and slug(fullest) != known:
            evidence = f"family name of “{next(iter(cast.actors[known].names(language)), known)}”"
        if not known and len(name.split()) == 1 and (known := _sounding(name, families)):
            evidence = f"“{name}” sounds like the family name of one person named here"
        if known:
            actor_id = known
        elif near := spelled_like(fullest):
            actor_id, evidence = near, f"spelling “{fullest}” of a registered name"
        elif len(fullest.split()) > 1:
            actor_id = slug(fullest)
        else:
            actor_id = confined(fullest, document.doc_id)
        if not slug(fullest):
            continue
        if actor_id in registry():
            cast.actors.setdefault(actor_id, registry()[actor_id])
        if actor_id not in cast.actors:
            names = (fullest,)
            cast.actors[actor_id] = Actor(
                actor_id,
                "person",
                "",
                names if language == "en" else (),
                names if language == "fa" else (),
                registered=False,
                only_in=document.doc_id if len(fullest.split()) == 1 else "",
            )
        cast.mentions.append(Mention(document.doc_id, span, span.of(document.text), "name", actor_id, evidence))
        families.setdefault(family, actor_id)


SENT_TO = re.compile(r"\b(ambassador|envoy|representative|advis[eo]r|consul|aide|assistant|delegate) to\b", re.I)


def _collect_titles(cast: Cast) -> None:
    """Read the titles that stand beside names: before ("Iranian speaker X"), or behind a comma or marks ("X, the speaker of Y")."""
    text, language = cast.document.text, cast.document.language
    people = [m for m in cast.mentions if m.form == "name" and cast.person(m.actor_id)]
    stop = (
        r"[.;:!?\n()]|\b(?:said|with|and|by|that|to|told|as)\b"
        if language == "en"
        else r"[.؛:!؟\n()،]|(?<!\w)(?:با|به|که|از|بر|را)(?!\w)"
    )
    for n, mention in enumerate(people):
        floor = people[n - 1].span.end if n else 0
        before = text[max(floor, mention.span.start - 120) : mention.span.start].rstrip(" \"“«'")
        before = SENT_TO.sub(r"\1 of", before)
        comma = before.endswith(("،", ","))
        window = re.split(stop, before.rstrip("،, "))[-1]
        window = window if comma else window.split(",")[-1]
        if not (comma and len(window.split()) > 14):
            cast.add_title(mention.actor_id, " ".join(window.split()[-14:]))
        ceiling = people[n + 1].span.start if n + 1 < len(people) else len(text)
        after = text[mention.span.end : min(ceiling, mention.span.end + 140)]
        m = re.match(r"\s*[\"”»']?\s*(?:\([A-Za-z .'’-]{3,40}\))?\s*[،,]?\s*[\"“«']?\s*", after)
        if language == "fa" or "," in m.group():
            window = re.split(stop + ("|," if language == "en" else ""), after[m.end() :])[0]
            if language == "en" and not re.match(r"(?:the|a|an|who is|[A-Z])", window):
                continue
            head = " ".join(window.split()[:14])
            if read_title(" ".join(head.split()[:2]) if language == "fa" else head, language):
                cast.add_title(mention.actor_id, head)
