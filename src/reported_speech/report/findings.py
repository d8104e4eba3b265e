"""Findings: what a corpus says of its two sides, said only if no single article, meeting or outlet carries it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from ..lexicons import load
from . import phrases, sides

MARGIN, FEWEST, MOST = (
    5,
    3,
    3,
)  # points that a finding must keep in every check; articles that it needs; findings that are told
SPOKEN = 10  # quotations of each side that are needed to compare what they speak about


class Study(NamedTuple):
    """What findings are drawn from: quotations with the column ``side``, documents, meetings, and the two sides."""

    quotations: pd.DataFrame
    documents: pd.DataFrame
    meetings: pd.DataFrame
    two: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """A sentence about the corpus (``key`` of the phrases, its ``values`` by language), in how many checks it holds, the smallest
    margin in percentage points, and a quotation that shows it."""

    key: str
    values: dict[str, dict]
    checks: int
    margin: float
    example: str = field(default="")

    def sentence(self, language: str = "en") -> str:
        """Return the finding in a language."""
        return phrases.say(self.key, language, **self.values[language])

    def test(self, language: str = "en") -> str:
        """Return how it was held against leaving out this and that."""
        return phrases.say("test", language, checks=self.checks, margin=int(self.margin))


def study_of(
    quotations: pd.DataFrame, documents: pd.DataFrame, actors: pd.DataFrame, meetings: pd.DataFrame, chosen: str = ""
) -> Study:
    """Return what findings are drawn from; ``chosen`` names the two sides (see ``sides.sides``)."""
    two = sides.sides(chosen, quotations, actors)
    return Study(quotations.assign(side=sides.side_of(quotations, actors, two)), documents, meetings, two)


def findings(study: Study) -> list[Finding]:
    """Return at most three findings that hold in every check: without any one article, meeting or outlet, without repetitions and
    cut-off articles. Too few articles, or no two sides: none."""
    if len(study.two) < 2 or study.documents.doc_id.nunique() < FEWEST:
        return []
    every, out, used = list(_checks(study)), [], set()
    for key, measure, values, shows in _candidates(study):
        margins = [margin for check in (study, *every) if (margin := measure(check)) is not None]
        if len(margins) == len(every) + 1 and min(margins) >= MARGIN:
            shown = study.quotations[shows & ~study.quotations.quotation_id.isin(used)]
            example = _example(shown)
            used.add(example)
            out.append(Finding(key, values, len(every), min(margins), example))
    return out[:MOST]


def _checks(study: Study) -> Iterator[Study]:
    """The study with one article, meeting or outlet left out, and without repetitions and cut-off articles."""
    q, d, m = study.quotations, study.documents, study.meetings

    def without(gone: pd.Series, documents: pd.DataFrame = d) -> Study:
        return study._replace(quotations=q[~gone], documents=documents)

    for doc_id in d.doc_id:
        yield without(q.doc_id == doc_id, d[d.doc_id != doc_id])
    for _, told in m[(m.words_1 + m.words_2) > 0].groupby("meeting_id"):
        met = {*"+".join(told.participants).split("+")}
        yield without(q.doc_id.isin(told.doc_id) & q.speaker.map(lambda s, met=met: bool({*s.split("+")} & met)))
    for outlet in sorted({*d.outlet} - {""}):
        gone = d.doc_id[d.outlet == outlet]
        yield without(q.doc_id.isin(gone), d[~d.doc_id.isin(gone)])
    twice = d.doc_id[(d.same_as != "") | d.truncated]
    yield without((q.repeats != "") | q.doc_id.isin(twice), d[~d.doc_id.isin(twice)])


def shares(study: Study) -> pd.Series:
    """Return the first side's share of the words that are quoted of the two sides, in percent, by article that quotes either."""
    if len(study.two) < 2:
        return pd.Series(dtype=float)
    words = study.quotations.pivot_table(index="doc_id", columns="side", values="words", aggfunc="sum", fill_value=0)
    words = words.reindex(columns=list(study.two), fill_value=0)
    total = words.sum(axis=1)
    return (100 * words[study.two[0]] / total)[total > 0].reindex(
        [i for i in study.documents.doc_id if total.get(i, 0) > 0]
    )


def _candidates(study: Study) -> Iterator[tuple[str, Callable, dict, pd.Series]]:
    """What may be found: the phrase, what measures its margin (None: no longer to be measured), its values, and what shows it."""
    q, (one, other) = study.quotations, study.two
    origin = dict(zip(study.documents.doc_id, study.documents.origin, strict=True))
    share = shares(study)
    known = [i for i in share.index if origin[i] in study.two]
    if len({origin[i] for i in known}) == 2:
        first = {c: [round(share[i]) for i in known if origin[i] == c] for c in study.two}
        rare = min(study.two, key=lambda c: len(first[c]))
        values = {
            k: {
                "one": sides.name(one, k),
                "those": phrases.listed([_those(c, first[c], k) for c in study.two], k),
            }
            for k in phrases.LANGUAGES
        }  # fmt: skip
        yield "origin", _origin, values, (q.side == rare) & q.doc_id.map(lambda i: origin[i] == rare)
    lead, less = (one, other) if _majority(study, one) >= 0 else (other, one)
    values = {
        k: {
            "lead": sides.name(lead, k),
            "less": sides.name(less, k),
            "share": round(50 + _majority(study, lead)),
            "n": len(share),
        }
        for k in phrases.LANGUAGES
    }
    yield "majority", lambda s: _majority(s, lead), values, q.side == lead
    lead, less = (one, other) if _direct(study, one) >= 0 else (other, one)
    direct = {c: round(share) for c, share in _direct_shares(study).items()}
    values = {
        k: {"lead": sides.name(lead, k), "less": sides.name(less, k), "more": direct[lead], "fewer": direct[less]}
        for k in phrases.LANGUAGES
    }
    yield "direct-share", lambda s: _direct(s, lead), values, (q.side == lead) & (q.kind == "direct")
    for key, measure, values, shows in sorted(_themes(study), key=lambda c: -min(c[1](s) or 0 for s in _checks(study)))[
        :1
    ]:
        yield key, measure, values, shows


def _those(country: str, shares: list[int], language: str) -> str:
    """The shares of the reports from one country; of many, their median."""
    if len(shares) > 6:
        return phrases.say(
            "those-many",
            language,
            n=len(shares),
            country=sides.name(country, language),
            share=round(pd.Series(shares).median()),
        )
    key = "those" if len(shares) > 1 else "those-one"
    return phrases.say(
        key,
        language,
        country=sides.name(country, language),
        shares=phrases.listed([phrases.number(f"{n}%", language) for n in shares], language),
    )


def _origin(study: Study) -> float | None:
    """By how many points the side that a report comes from has more than half of the words, at least."""
    share = shares(study)
    pairs = [
        (c, share[i])
        for i, c in zip(study.documents.doc_id, study.documents.origin, strict=True)
        if c in study.two and i in share.index
    ]
    return min((s if c == study.two[0] else 100 - s) - 50 for c, s in pairs) if pairs else None


def _majority(study: Study, lead: str) -> float:
    words = study.quotations.groupby("side").words.sum()
    total = sum(words.get(c, 0) for c in study.two)
    return 100 * words.get(lead, 0) / total - 50 if total else 0


def _direct_shares(study: Study) -> dict[str, float]:
    """The share of each side's words that stand in marks, in percent."""
    words = study.quotations.pivot_table(index="side", columns="kind", values="words", aggfunc="sum", fill_value=0)
    share = 100 * words.get("direct", 0) / words.sum(axis=1)
    return {c: share.get(c, 0.0) for c in study.two}


def _direct(study: Study, lead: str) -> float:
    share = _direct_shares(study)
    return share[lead] - next(s for c, s in share.items() if c != lead)


def _themes(study: Study) -> Iterator[tuple[str, Callable, dict, pd.Series]]:
    """For each theme, how much more often one side turns to it."""
    q = study.quotations
    for theme, entry in load("themes").items():
        gap = theme_shares(study).get(theme)
        if gap is None:
            return
        lead, less = study.two if gap[0] >= gap[1] else study.two[::-1]
        values = {
            k: {
                "lead": sides.name(lead, k), "less": sides.name(less, k), "theme": entry["name"][k], "n": len(load("themes")),
                "more": round(max(gap)), "fewer": round(min(gap)),
            }
            for k in phrases.LANGUAGES
        }  # fmt: skip

        def measure(s: Study, theme: str = theme, lead: str = lead) -> float | None:
            pair = theme_shares(s).get(theme)
            return None if pair is None else (pair[0] - pair[1]) * (1 if lead == s.two[0] else -1)

        yield (
            "theme-gap",
            measure,
            values,
            (q.side == lead) & q.themes.str.split("; ").map(lambda some, theme=theme: theme in some),
        )


def theme_shares(study: Study) -> dict[str, tuple[float, float]]:
    """Return theme -> the share of each side's quotations that has it, in percent; nothing where a side is quoted too seldom."""
    some = [study.quotations.themes[study.quotations.side == c].str.split("; ") for c in study.two]
    if min(map(len, some), default=0) < SPOKEN:
        return {}
    counts = [themes.explode().value_counts() for themes in some]
    return {t: tuple(100 * c.get(t, 0) / len(s) for c, s in zip(counts, some, strict=True)) for t in load("themes")}


def _example(shown: pd.DataFrame) -> str:
    """A quotation that shows a finding: in marks if there is one, of about twenty-five words."""
    ranked = shown.assign(rank=(shown.kind != "direct") * 100 + (shown.words - 25).abs())
    return ranked.sort_values(["rank", "quotation_id"]).quotation_id.iloc[0] if len(ranked) else ""
