"""Who speaks and who is spoken to: source mention -> actor, by name, title, pronoun or context; else the reason why not."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ..actors import Cast, Mention, near
from ..alignment import Span, trimmed
from ..lexicon import load
from ..parts import outlet_named
from ..registry import Actor, Role, registry, slug
from ..titles import Title, country_in, plain, read_title
from .relation import Quotation

TELLING = re.compile(
    r"\s+(?!that\b|reporters|journalists)(?P<who>[^,“”\".:;]{2,80}?)(?=\s+(?:that|in|on|during|at|to|for|of|by)\b|[,“”\".:;])"
)
PERSIAN_TOLD = re.compile(r"(?:^|\s)(?:خطاب به|به) (?P<who>(?:(?!\s(?:کرد|شد|داد|گفت|افزود)\s)[^،:]){3,60})\s$")


@cache
def _expression(group: str, language: str) -> re.Pattern:
    """Any of a group's regular expressions in speakers.yml, for plain text or, of what is met, for the source; of none nothing matches."""
    patterns = "|".join(load("speakers")[group][language]) or r"(?!)"
    return re.compile(patterns if group in ("met_with", "met_until") else plain(patterns, language), re.I)


@cache
def _demonstrative() -> re.Pattern:
    nouns = plain("|".join(load("speakers")["demonstratives"]["fa"]), "fa")
    return re.compile(rf"این (?:{nouns})(?!\w)")


@cache
def _words(group: str, language: str) -> re.Pattern:
    """Any word of a group of titles.yml; in Persian a body opens its mention."""
    words = plain("|".join(load("titles")[language][group]), language)
    opens = "^" if language == "fa" and group == "bodies" else r"(?<!\w)"
    return re.compile(rf"{opens}(?:{words})(?!\w)", re.I)


MISSION = re.compile(r"\b(embassy|consulate general|consulate)\b", re.I)


def _state(country: str) -> Actor | None:
    """The state of a country code, None if the registry has none."""
    return next((a for a in registry().values() if a.kind == "state" and a.country == country), None)


def _mission_of(words: str) -> str:
    """The id of an embassy or consulate, however it is called: "Iran's embassy in Baku", "the Iranian Embassy".

    >>> _mission_of("Iran's embassy in Baku"), _mission_of("The Embassy of the Islamic Republic of Iran in Azerbaijan")
    ('embassy-of-iran', 'embassy-of-iran')
    """
    kind, country = MISSION.search(words), country_in(words.split(" in ")[0], "en")
    state = _state(country)
    return f"{slug(kind[1].lower())}-of-{state.actor_id}" if kind and country and state else ""


SENTENCE_END = re.compile(r"[.!?؟:](?:\s|$)|\n")


class Resolver:
    """Resolves mentions of one document in the order of the text; remembers who spoke last."""

    def __init__(self, cast: Cast):
        self.cast = cast
        self.text, self.language = cast.document.text, cast.document.language
        self.spoken: list[tuple[int, str]] = []
        self.places: list[tuple[int, str]] = []  # the same, by place
        self.latest = ""  # who spoke in the relation before, if that is known
        self.mentions: list[Mention] = []
        self.contents: list[Span] = []
        opening = plain(" ".join(s.of(self.text) for s in cast.document.paragraphs()[:3]), self.language)
        self.people = {m.actor_id for m in cast.mentions if m.form == "name" and cast.person(m.actor_id)}
        self.meeting = len(self.people) > 1 and bool(_expression("met", self.language).search(opening))
        self.own_titles = {a for a, titles in cast.titles.items() if titles}  # by the text or the registry
        self.first: list[tuple[int, int, str]] = self._sentence_firsts()
        self.subjects = [place for _, place, _ in self.first]

    def _sentence_firsts(self) -> list[tuple[int, int, str]]:
        """The first person named in each sentence: after the last speaker, the likeliest antecedent of a pronoun."""
        people = [m for m in self.cast.mentions if m.form == "name" and self.cast.person(m.actor_id)]
        bounds = [0, *(m.end() for m in re.finditer(r"[.!?؟][”\"»]?\s|\n", self.text)), len(self.text)]
        out, n = [], 0
        for start, end in itertools.pairwise(bounds):
            while n < len(people) and people[n].span.start < start:
                n += 1
            if (
                n < len(people)
                and people[n].span.start < end
                and not self._possessive(people[n])
                and not self._listed(people, n)
            ):
                out.append((start, people[n].span.start, people[n].actor_id))
        return out

    def _listed(self, people: list[Mention], n: int) -> bool:
        """Tell whether a name opens a list of names, which no pronoun in the singular takes up."""
        gap = self.text[people[n].span.end : people[n + 1].span.start] if n + 1 < len(people) else "."
        return re.fullmatch(r"\s*(?:[،,]\s*(?:\S+\s+){0,3})?(?:[،,]|و|and)\s*", gap) is not None

    def _possessive(self, mention: Mention) -> bool:
        return self.text[mention.span.end : mention.span.end + 2] in ("’s", "'s")

    def _note(self, span: Span, form: str, actor_id: str, evidence: str) -> tuple[str, str]:
        if form in ("title", "pronoun"):
            self.mentions.append(Mention(self.cast.document.doc_id, span, span.of(self.text), form, actor_id, evidence))
        return actor_id, evidence

    # -------------------------------------------------------------- one mention

    def resolve(self, span: Span) -> tuple[str, str]:
        """Return (actor id or "", evidence) for a mention."""
        words = plain(span.of(self.text), self.language).strip(" \"«»“”'")
        if self.language == "en" and words.endswith("'s") and len(words) > 3:  # "Safarov's call for …"
            words, span = words[:-2], Span(span.start, span.end - 2)
        if (gender := load("speakers")["pronouns"][self.language].get(words.lower())) is not None:
            return self._pronoun(span, gender)
        if _demonstrative().match(words) and any(
            self.cast.person(a) for _, a in self.spoken[-1:] if a in self.cast.actors
        ):
            return self._pronoun(span, "")
        joint = any(m.actor_id == "both-sides" for m in near(self.cast.mentions, span))
        if joint or self._both(words, span):
            return "both-sides", f"joint “{words}”"
        head = self._head_name(span)
        if head:
            return head.actor_id, f"name: {head.evidence}"
        if _words("collective", self.language).search(words) and not re.search(r"\bspokes", words):
            return "", f"unresolved: collective source “{words}”"
        if re.search(r"counterpart|همتای", words):
            return self._counterpart(span, words)
        if issuer := self._issuer(span, words):
            return issuer, f"“{words}” is the last speaker, or what was given out"
        title = read_title(words, self.language)
        if title and not self._institution(span):
            return self._title(span, words, title)
        return self._institution(span) or self._side(words) or self._named(span, words)

    def _side(self, words: str) -> tuple[str, str] | None:
        """The state of "the Armenian side", as an actor."""
        country = _expression("sides", self.language).fullmatch(words) and country_in(words, self.language)
        state = _state(country) if country else None
        if state is None:
            return None
        self.cast.actors.setdefault(state.actor_id, state)
        return state.actor_id, f"name: “{words}”"

    def _issuer(self, span: Span, words: str) -> str:
        """Whose “this statement” is: the last speaker's, if a statement was spoken of since; “the daily” is whoever just spoke."""
        if self.latest and _expression("outlets", self.language).fullmatch(words):  # «این روزنامه»
            return self.latest
        shown = _expression("documents", self.language).fullmatch(words)
        if not shown or not self.spoken:
            return ""
        place, last = self.spoken[-1]
        since = self.text[max(self.text.rfind("\n", 0, place) + 1, place - 300) : span.start]
        return last if shown[1].lower() in plain(since, self.language).lower() else ""

    def _both(self, words: str, span: Span) -> bool:
        """Tell whether a mention is the two sides: "the ministers", "Iran and Azerbaijan"."""
        if _expression("parties", self.language).fullmatch(words.lower()):
            return True
        states = {m.actor_id for m in near(self.cast.mentions, span) if m.form == "place" and span.covers(m.span)}
        return len(states) == 2 and bool(re.search(r"\band\b|(?<!\w)و(?!\w)", words)) and len(words.split()) <= 6

    def _head_name(self, span: Span) -> Mention | None:
        inside = [
            m
            for m in near(self.cast.mentions, span)
            if m.form == "name" and span.covers(m.span) and self.cast.person(m.actor_id)
        ]
        for mention in sorted(inside, key=lambda m: -m.span.start):
            before = self.text[span.start : mention.span.start].rstrip()
            if self._possessive(mention) or (self.language == "en" and re.search(r"\b(?:of|for|to|by)$", before)):
                continue
            return mention
        return None

    def _compatible(self, actor_id: str, gender: str) -> bool:
        actor = self.cast.actors.get(actor_id) or registry().get(actor_id)
        return bool(actor) and actor.kind == "person" and (not gender or not actor.gender or actor.gender == gender)

    def _pronoun(self, span: Span, gender: str) -> tuple[str, str]:
        if gender in ("p", "n"):
            last = self.spoken[-1][1] if self.spoken else ""
            if last and (self.cast.actors.get(last) or registry().get(last)).kind in (
                ("joint",) if gender == "p" else ("institution", "state")
            ):
                return self._note(span, "pronoun", last, "pronoun: continues the last speaker")
            return "", f"unresolved: pronoun “{span.of(self.text)}”"
        candidates = [*self._last_speaker(span.start, gender), *self._last_subject(span.start, gender)]
        if not candidates:
            named = (m for m in self._names_before(span.start) if self._compatible(m.actor_id, gender))
            candidates = [(m.span.start, m.actor_id) for m in itertools.islice(named, 1)]
        if not candidates:
            return "", f"unresolved: pronoun “{span.of(self.text)}” without an antecedent"
        return self._note(span, "pronoun", max(candidates)[1], "pronoun: last speaker or subject of that gender")

    def _last_speaker(self, place: int, gender: str) -> list[tuple[int, str]]:
        """The last speaker of a gender before a place."""
        for n in range(bisect.bisect_left(self.places, (place, "")) - 1, -1, -1):
            if self._compatible(self.places[n][1], gender):
                return [self.places[n]]
        return []

    def _last_subject(self, place: int, gender: str) -> list[tuple[int, str]]:
        """The last person of a gender whom a sentence before a place names first, unless somebody spoke in it before."""
        for n in range(bisect.bisect_left(self.subjects, place) - 1, -1, -1):
            start, at, actor_id = self.first[n]
            spoken = bisect.bisect_left(self.places, (start, "")) < bisect.bisect_left(self.places, (at, ""))
            if not spoken and self._compatible(actor_id, gender):
                return [(at, actor_id)]
        return []

    def _names_before(self, place: int) -> Iterator[Mention]:
        """The names before a place, the nearest first."""
        mentions = self.cast.mentions
        for n in range(bisect.bisect_left(mentions, place, key=lambda m: m.span.start) - 1, -1, -1):
            if mentions[n].form == "name":
                yield mentions[n]

    def _counterpart(self, span: Span, words: str) -> tuple[str, str]:
        country = country_in(words, self.language)
        last = [a for _, a in self.spoken[-1:]]
        people = self.people
        fitting = [a for a in sorted(people) if a not in last and country and self.cast.actors[a].country == country]
        if len(fitting) == 1:
            return self._note(span, "title", fitting[0], f"title: the only {country} counterpart named")
        return "", f"unresolved: “{words}”"

    def _title(self, span: Span, words: str, title: Title) -> tuple[str, str]:
        if re.search(r"\bour\b|کشورمان|کشور ما", words):
            title = replace(title, country=self._home())
        if _expression("indefinite", self.language).match(words.lower()):
            inferred = [a for a in self.cast.by_title(title, span.start) if a not in self.own_titles]
            if named := self._named_next(span, title) or next(iter(inferred), ""):
                return self._note(span, "title", named, f"title “{words}” in the opening: the next person named")
            return "", f"unresolved: “{words}” is anybody"
        fitting = self.cast.by_title(title, span.start)
        if not title.country and (home := self._home()):
            fitting.sort(key=lambda a: self.cast.actors[a].country != home)  # «رئیس‌جمهور» alone is one's own
        if fitting:
            return self._note(span, "title", fitting[0], f"title “{words}” fits a person named in the text")
        year = self.cast.document.value("published")[:4]
        holders = [
            a.actor_id
            for a in registry().values()
            if a.country == title.country and title.country and any(self._holds(r, title, year) for r in a.roles)
        ]
        if len(holders) == 1:
            actor = registry()[holders[0]]
            self.cast.actors[actor.actor_id] = actor
            return self._note(span, "title", actor.actor_id, f"title “{words}” as of {year}, by the registry")
        if title.general and not title.country:
            return "", f"unresolved: title “{words}” fits nobody named"
        if named := self._named_next(span, title):
            self.cast.titles.setdefault(named, []).append(title)
            return self._note(
                span, "title", named, f"title “{words}” in the opening: the next person named, of no other title"
            )
        also = _expression("also", self.language).match(self.text, span.end)
        if (last := self._last_untitled(title)) and not also:
            self.cast.titles.setdefault(last, []).append(title)
            return self._note(span, "title", last, f"title “{words}”: the last speaker, whom the text gives no other")
        return self._titled(span, words, title)

    def _last_untitled(self, title: Title) -> str:
        """The last speaker, if a person outside the registry whom the text names without a title, of no other country."""
        last = self.spoken[-1][1] if self.spoken else ""
        actor = self.cast.actors.get(last)
        named = actor and actor.kind == "person" and last in self.people and last not in self.own_titles
        return last if named and actor.country in ("", title.country or actor.country) else ""

    def _named_next(self, span: Span, title: Title) -> str:
        """Whom the opening names behind a title: "Iran's envoy warned …" and, a sentence on, "Karim Safavi said …".

        That person must bear no title of his own, unless the title stands in the headline, and no other country's.
        """
        heading = any(p.span.covers(span) for p in self.cast.document.all("title"))
        paragraphs = self.cast.document.paragraphs()
        reach = next((n for n, p in enumerate(paragraphs) if p.covers(span)), len(paragraphs)) + 2 + heading
        if reach > 4:
            return ""
        end = paragraphs[min(reach, len(paragraphs) - 1)].end
        for _, place, actor_id in self.first:
            country = self.cast.actors[actor_id].country
            same = heading and country == title.country
            free = not self.cast.titles.get(actor_id) and country in ("", title.country or country)
            if span.end <= place < end and (same or free):
                return actor_id
        return ""

    def _home(self) -> str:
        """The country whose offices the article names without it: its outlet's, in Persian Iran where the outlet is not known."""
        outlet = self.cast.document.value("outlet")
        known = next((o["country"] for o in load("outlets") if o["name"] == outlet), "")
        return known or ("IRN" if self.language == "fa" else "")

    def _holds(self, role: Role, title: Title, year: str) -> bool:
        read = read_title(role.title_en if self.language == "en" else role.title_fa, self.language)
        return bool(year) and read is not None and read.words == title.words and role.held_in(int(year))

    def _titled(self, span: Span, words: str, title: Title) -> tuple[str, str]:
        """Somebody whom the text names by title alone: an actor of this document, its id made of the title."""
        short = re.sub(r"^(?:the|an?|این|آن) ", "", words, flags=re.I)
        actor_id = f"{slug(short)[:60].strip('-')}-in-{slug(self.cast.document.doc_id.removesuffix('.txt'))}"
        if actor_id not in self.cast.actors:
            self._introduce(actor_id, "person", title.country, short)
            self.cast.titles[actor_id] = [title]
        return self._note(span, "title", actor_id, f"title “{words}” alone: no name in the text")

    def _institution(self, span: Span) -> tuple[str, str] | None:
        """An institution or state that is the whole mention, or its head."""
        inside = [m for m in near(self.cast.mentions, span) if span.covers(m.span) and not self.cast.person(m.actor_id)]
        words = plain(span.of(self.text), self.language)
        for m in sorted(inside, key=lambda m: m.span.start - m.span.end):
            rest = re.sub(
                r"^(?:the|a)\s+", "", words.replace(plain(m.text, self.language), "", 1).strip(' "«»'), flags=re.I
            )
            if not rest or (m.form == "name" and m.span.end == span.end and not read_title(rest, self.language)):
                return m.actor_id, f"name: {m.evidence}"
        return None

    def _named(self, span: Span, words: str) -> tuple[str, str]:
        """An institution outside the registry, by its words; anything else stays unresolved."""
        short = re.fullmatch(r"(?:the|this|that|its|his|her|این|آن)?\s*(\w+)", words, re.I)
        word = short[1].lower() if short else ""
        if short and (named := self._named_before("embassy" if word == "mission" else word, span)):
            return self._note(span, "title", named, f"short form “{words}” of the last one named")
        kind = _words("bodies", self.language).search(words)
        if kind and not re.match(r"(?:this|the) (?:statement|report)|این ", words, re.I) and slug(words):
            actor_id = (
                _mission_of(words) or slug(re.sub(r"^(?:the|an?)\s+", "", words, flags=re.I).replace("'s ", " "))[:80]
            )
            self._introduce(actor_id, "institution", country_in(words, self.language), words)
            return actor_id, f"institution “{words}”, not in the registry"
        return "", f"unresolved: “{words[:60]}” names no actor"

    def _named_before(self, word: str, span: Span) -> str:
        """The last institution named before whose name holds a word ("the ministry")."""
        names = itertools.islice(self._names_before(span.start), 200)
        seen = [*self.spoken[-200:], *((m.span.start, m.actor_id) for m in names)]
        for _, actor_id in sorted((s for s in seen if s[0] < span.start), reverse=True):
            actor = self.cast.actors.get(actor_id) or registry()[actor_id]
            names = (plain(n, self.language).lower().split() for n in actor.names(self.language))
            if actor.kind == "institution" and any(word in n for n in names):
                return actor_id
        return ""

    def _labelled(self, span: Span) -> tuple[str, str]:
        """Whom a label of an interview means: a person by the initials, else the outlet that asks."""
        words = plain(span.of(self.text), self.language)
        letters = re.fullmatch(r"(\w)[.‌ ]+(\w)\.?", words)
        for actor_id in sorted(self.people) if letters else ():
            name = self.cast.actors[actor_id].names(self.language)[0].split()
            if (name[0][0], name[-1][0]) == letters.groups():
                return self._note(span, "title", actor_id, f"initials “{words}” of a person named in the text")
        if letters or not slug(words) or not (outlet_named(words, exact=True) or " " in words.strip()):
            return "", f"unresolved: label “{words}” may be anybody's"
        self._introduce(slug(words), "institution", "", words)
        return slug(words), f"label “{words}”: the outlet that asks"

    def _introduce(self, actor_id: str, kind: str, country: str, name: str) -> None:
        """Add an actor outside the registry to the cast."""
        names = ((name,), ()) if self.language == "en" else ((), (name,))
        self.cast.actors.setdefault(actor_id, Actor(actor_id, kind, country, *names, registered=False))

    # -------------------------------------------------------------- one relation

    def speaker(self, quotation: Quotation) -> Quotation:
        """Return the relation with speaker, addressee and the evidence for them."""
        sentence = self._sentence(quotation)
        if quotation.rule == "en:turn" and quotation.source.of(self.text) in ("A", "Answer") and self.first:
            actor_id, evidence = self.first[0][2], "answer of an interview: the person named first"
        elif quotation.source:
            actor_id, evidence = self.resolve(quotation.source)
            if not actor_id and quotation.rule in ("en:turn", "fa:label"):
                actor_id, evidence = self._labelled(quotation.source)
        elif quotation.passive:
            words = plain(sentence.of(self.text), self.language)
            joint = self.meeting or _expression("under_way", self.language).search(words)
            actor_id, evidence = (
                ("both-sides", "passive in the report of a joint meeting")
                if joint
                else ("", "unresolved: passive without an agent")
            )
        elif named := quotation.rule == "en:floating" and self._named_beside(quotation.place):
            actor_id, evidence = named, "context: the person whom the sentence before names"
        elif self.spoken and quotation.rule != "fa:document":
            actor_id, evidence = self.spoken[-1][1], "context: continues the last speaker"
        else:
            actor_id, evidence = "", "unresolved: no source in the sentence and no speaker before"
        self.latest = actor_id
        if actor_id:
            self.spoken.append((quotation.source.start if quotation.source else quotation.place, actor_id))
            bisect.insort(self.places, self.spoken[-1])
        return replace(
            quotation,
            speaker=actor_id,
            addressee=self._addressee(quotation, sentence, actor_id),
            speaker_evidence=evidence,
        )

    def _named_beside(self, place: int) -> str:
        """The person who is named first in the sentence before words in marks, if nobody spoke since."""
        line = self.text.rfind("\n", 0, place)
        spoken = max((at for at, _ in self.spoken[-1:]), default=-1)
        return next((a for at, a in self._last_subject(place, "") if at > max(line, spoken)), "")

    def _sentence(self, q: Quotation) -> Span:
        """The narrator's sentence: from the end before the cue to the content's, marked words left out by the caller."""
        at = (q.cue or q.content[0]).start
        start = max(
            [m.end() for m in re.finditer(r"[.!?؟][”\"»]?\s|\n", self.text[max(0, at - 600) : at])] or [0]
        ) + max(0, at - 600)
        end = SENTENCE_END.search(self.text, at)
        return Span(start, end.start() if end else len(self.text))

    def _addressee(self, q: Quotation, sentence: Span, speaker: str) -> str:
        if not q.cue:
            return ""
        outside = lambda place: not any(c.start <= place < c.end for c in self.contents)  # noqa: E731
        spans = []
        if self.language == "en":
            told = TELLING.match(self.text, q.cue.end) if q.tells else None
            spans += [Span(*told.span("who"))] if told else []
        elif told := PERSIAN_TOLD.search(self.text, sentence.start, q.cue.start):
            spans.append(Span(*told.span("who")))
        for m in _expression("met_with", self.language).finditer(self.text, sentence.start, sentence.end):
            if outside(m.start()) and m.end() - sentence.start < 600:
                stop = _expression("met_until", self.language).search(self.text[m.end() : sentence.end])
                spans.append(
                    trimmed(self.text, m.end(), m.end() + stop.start() if stop else sentence.end)
                    or Span(m.start(), m.start())
                )
        for span in spans:
            if span.start < span.end:
                mark = len(self.mentions)
                actor_id, _ = self.resolve(span)
                if actor_id and actor_id != speaker and not re.search(r"-in-\d", actor_id):
                    return actor_id
                del self.mentions[mark:]
        return ""


def attribute(quotations: list[Quotation], cast: Cast) -> tuple[list[Quotation], list[Mention]]:
    """Resolve the speakers of one document's relations in order; return them with the mentions that were resolved."""
    resolver = Resolver(cast)
    resolver.contents = [c for q in quotations for c in q.content]
    out = [resolver.speaker(q) for q in quotations]
    return out, resolver.mentions
