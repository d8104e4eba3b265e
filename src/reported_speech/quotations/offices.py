"""Who an office is: "the Azeri speaker", «وزیر خارجه», "an official": somebody named in the text, the registry's holder, or nobody named."""

from __future__ import annotations

import re
from dataclasses import replace

from ..articles.alignment import Span
from ..people.registry import Role, confined, registry
from ..people.titles import Title, country_in, read_title
from .discourse import Discourse, expression


def held_by(title: Title, discourse: Discourse, span: Span, words: str) -> tuple[str, str]:
    """Return (actor id or "", evidence) for a title that is a mention."""
    if re.search(r"\bour\b|کشورمان|کشور ما", words):
        title = replace(title, country=discourse.home())
    if expression("indefinite", discourse.language).match(words.lower()):
        if named := _named_next(discourse, span, title):
            return discourse.note(span, "title", named, f"title “{words}” in the opening: the next person named")
        return "", f"unresolved: “{words}” is anybody"
    fitting = discourse.cast.by_title(title, span.start)
    last = discourse.spoken[-1][1] if discourse.spoken else ""
    if discourse.language == "en" and not title.country and not title.general and last in fitting:
        return discourse.note(span, "title", last, f"title “{words}” fits the last speaker")
    if not title.country and (home := discourse.home()):
        fitting.sort(key=lambda a: discourse.cast.actors[a].country != home)  # «رئیس‌جمهور» alone is one's own
    if fitting:
        return discourse.note(span, "title", fitting[0], f"title “{words}” fits a person named in the text")
    year = discourse.cast.document.value("published")[:4]
    holders = [
        a
        for a in registry().values()
        if title.country == a.country != "" and any(_is(title, r, year, discourse) for r in a.roles)
    ]
    if len(holders) == 1:
        discourse.cast.actors[holders[0].actor_id] = holders[0]
        return discourse.note(span, "title", holders[0].actor_id, f"title “{words}” as of {year}, by the registry")
    if title.general and not title.country:
        return "", f"unresolved: title “{words}” fits nobody named"
    if named := _named_next(discourse, span, title):
        discourse.cast.titles.setdefault(named, []).append(title)
        return discourse.note(
            span, "title", named, f"title “{words}” in the opening: the next person named, of no other title"
        )
    also = expression("also", discourse.language).match(discourse.text, span.end)
    if (last := _last_untitled(discourse, title)) and not also:
        discourse.cast.titles.setdefault(last, []).append(title)
        return discourse.note(span, "title", last, f"title “{words}”: the last speaker, whom the text gives no other")
    return _nameless(discourse, span, words, title)


def _is(title: Title, role: Role, year: str, discourse: Discourse) -> bool:
    read = read_title(role.title_en if discourse.language == "en" else role.title_fa, discourse.language)
    return bool(year) and read is not None and read.words == title.words and role.held_in(int(year))


def _last_untitled(discourse: Discourse, title: Title) -> str:
    """The last speaker, if a person outside the registry whom the text names without a title, of no other country."""
    last = discourse.spoken[-1][1] if discourse.spoken else ""
    actor = discourse.cast.actors.get(last)
    named = actor and actor.kind == "person" and last in discourse.people and last not in discourse.own_titles
    return last if named and actor.country in ("", title.country or actor.country) else ""


def _named_next(discourse: Discourse, span: Span, title: Title) -> str:
    """Whom the opening names behind a title: "Iran's envoy warned …" and, a sentence on, "Karim Safavi said …".

    That person must bear no title of his own, unless the title stands in the headline, and no other country's.
    """
    document = discourse.cast.document
    heading = any(span.end <= p.span.end for p in document.all("title"))  # in it, or in a line above it
    paragraphs = document.paragraphs()
    reach = next((n for n, p in enumerate(paragraphs) if p.covers(span)), len(paragraphs)) + 2 + heading
    if reach > 4:
        return ""
    end = paragraphs[min(reach, len(paragraphs) - 1)].end
    for _, place, actor_id in discourse.first:
        country = discourse.cast.actors[actor_id].country
        same = heading and country == title.country
        titles = discourse.cast.titles.get(actor_id, [])
        free = not titles and country in ("", title.country or country)
        if span.end <= place < end and (same or free or any(t.fits(title) for t in titles)):
            return actor_id
    return ""


def _nameless(discourse: Discourse, span: Span, words: str, title: Title) -> tuple[str, str]:
    """Somebody whom the text names by title alone: an actor of this document, its id made of the title."""
    short = re.sub(r"^(?:the|an?|این|آن) ", "", words, flags=re.I)
    actor_id = confined(short, discourse.cast.document.doc_id)
    if actor_id not in discourse.cast.actors:
        discourse.introduce(actor_id, "person", title.country, short, confined=True)
        discourse.cast.titles[actor_id] = [title]
    return discourse.note(span, "title", actor_id, f"title “{words}” alone: no name in the text")


def counterpart(discourse: Discourse, span: Span, words: str) -> tuple[str, str]:
    """Return (actor id or "", evidence) for "his Turkish counterpart": the only one named who is of that country and does not speak."""
    country, last = country_in(words, discourse.language), [a for _, a in discourse.spoken[-1:]]
    fitting = [
        a for a in sorted(discourse.people) if a not in last and country and discourse.cast.actors[a].country == country
    ]
    titles, office = discourse.cast.titles, read_title(words, discourse.language)
    own = [
        t.words for a in last for t in titles.get(a, [])
    ]  # a counterpart has the speaker's office, or is introduced as one
    same = [a for a in fitting if any(t.words in own or (office and t.fits(office)) for t in titles.get(a, []))]
    if len(same if len(fitting) > 1 else fitting) == 1:
        return discourse.note(span, "title", (same or fitting)[0], f"title: the only {country} counterpart named")
    return "", f"unresolved: “{words}”"
