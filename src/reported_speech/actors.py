"""Who is who in a text: names of the registry, and the people whom it does not know."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from .alignment import Span
from .documents import Document
from .lexicon import load
from .names import spelled_close
from .normalization import normalize, skeleton
from .parts import outlet_named
from .registry import Actor, registry, slug, spelled_like
from .titles import Title, country_in, plain, read_title, without_title


@dataclass(frozen=True)
class Mention:
    """A stretch of the source that names somebody: how (name, title, pronoun, place), whom, and why."""

    doc_id: str
    span: Span
    text: str
    form: str
    actor_id: str
    evidence: str


@cache
def _name_pattern(language: str) -> tuple[re.Pattern, dict[str, str]]:
    names: dict[str, str] = {}
    for actor in registry().values():
        for name in actor.names(language):
            names.setdefault(plain(name, language), actor.actor_id)
        if actor.kind == "state":
            for name in next(a for a in load("actors") if a["id"] == actor.actor_id).get(f"capitals_{language}", []):
                names.setdefault(plain(name, language), actor.actor_id)
    alternatives = "|".join(
        re.escape(n).replace(r"\ ", r"\s?" if language == "fa" else r"\s") for n in sorted(names, key=len, reverse=True)
    )
    joined = {re.sub(r"\s", "", n): a for n, a in names.items()}
    first = re.escape("".join(sorted({n[0] for n in names})))
    regions = "|".join(plain(w, language) for w in load("titles")[language].get("regions", ()))
    region = rf"(?!\s(?:{regions})(?!\w))" if regions else ""  # «آذربایجان شرقی» is a province
    return re.compile(rf"(?=[{first}])(?<![\w-])(?:{alternatives})(?![\w]){region}"), joined


def known_names(language: str) -> frozenset[str]:
    """Return the names of people and institutions in one script, as they are matched."""
    return frozenset(
        plain(n, language) for a in registry().values() for n in a.names(language) if len(plain(n, language)) > 2
    )


def registered_names(document: Document) -> list[Mention]:
    """Return the mentions of registered actors by name, in order."""
    aligned = skeleton(normalize(document.text, "fa")) if document.language == "fa" else normalize(document.text, "en")
    pattern, names = _name_pattern(document.language)
    out = []
    for m in pattern.finditer(aligned.text):
        actor = registry()[names[re.sub(r"\s", "", m.group())]]
        span = aligned.source_span(*m.span())
        form = "place" if actor.kind == "state" else "name"
        out.append(Mention(document.doc_id, span, span.of(document.text), form, actor.actor_id, f"alias “{m.group()}”"))
    return out


def near(mentions: list[Mention], span: Span) -> list[Mention]:
    """Return the mentions, sorted by their place, that overlap a span; no name is longer than 200 characters."""
    first = bisect.bisect_left(mentions, span.start - 200, key=lambda m: m.span.start)
    last = bisect.bisect_left(mentions, span.end, key=lambda m: m.span.start)
    return [m for m in mentions[first:last] if m.span.overlaps(span)]


@dataclass
class Cast:
    """Who appears in one document: mentions by name, and the titles each person is given there."""

    document: Document
    mentions: list[Mention] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    titles: dict[str, list[Title]] = field(default_factory=dict)

    def person(self, actor_id: str) -> bool:
        """Tell whether an actor of this document is a person."""
        return self.actors[actor_id].kind == "person"

    def add_title(self, actor_id: str, text: str) -> None:
        """Note that the document gives an actor a title."""
        title = read_title(text, self.document.language)
        if title and title not in self.titles.setdefault(actor_id, []):
            self.titles[actor_id].append(title)
            actor = self.actors[actor_id]
            if not actor.country and title.country:
                self.actors[actor_id] = Actor(**{**actor.__dict__, "country": title.country})

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where each actor is mentioned; asked for only when all mentions are known."""
        out: dict[str, list[int]] = {}
        for m in self.mentions:
            out.setdefault(m.actor_id, []).append(m.span.start)
        return out

    def last_before(self, actor_id: str, place: int) -> int:
        """Return where an actor was last mentioned before a place, -1 if nowhere."""
        places = self._places.get(actor_id, [])
        n = bisect.bisect_left(places, place)
        return places[n - 1] if n else -1

    def by_title(self, title: Title, before: int) -> list[str]:
        """Return the people whom a title fits, those named last before a place first."""
        fitting = []
        for actor_id in self.actors:
            actor = self.actors[actor_id]
            if actor.kind != "person" or (title.country and actor.country and title.country != actor.country):
                continue
            if (
                title.general
                and (title.words <= {"official", "مقام", "politician", "statesman", "diplomat", "دیپلمات"})
            ) or any(t.fits(title) for t in self.titles.get(actor_id, [])):
                fitting.append(actor_id)
        last = {a: self.last_before(a, before) for a in fitting}
        return sorted(
            fitting,
            key=lambda a: (
                bool(title.country) and self.actors[a].country != title.country,
                last[a] < 0,
                -last[a],
            ),
        )


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
        if not known and len(name.split()) == 1 and (known := _sounding(name, families)):
            evidence = f"“{name}” sounds like the family name of one person named here"
        if known:
            actor_id = known
        elif near := spelled_like(fullest):
            actor_id, evidence = near, f"spelling “{fullest}” of a registered name"
        elif len(fullest.split()) > 1:
            actor_id = slug(fullest)
        else:
            actor_id = f"{slug(fullest)}-in-{slug(document.doc_id.removesuffix('.txt'))}"
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
