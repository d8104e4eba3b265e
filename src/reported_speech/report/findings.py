"""Findings: what a corpus says of its two sides, said only if no single article, meeting or outlet carries it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from ..lexicons import load
from ..people.registry import registry
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
        key = "exception-test" if self.key == "exception" else "test"
        return phrases.say(key, language, checks=self.checks, margin=int(self.margin))


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
    facts, gone, used = _facts(study), _left_out(study), set()
    out = [found] if (found := _exception(study)) else []
    sums = pd.concat(
        [facts.sum().to_frame("all").T, facts.sum() - facts.loc[gone.index].groupby(gone.to_numpy()).sum()]
    )
    for key, margins, values, shows in _candidates(study, facts, sums, gone):
        if margins.min() >= MARGIN:
            example = _example(study.quotations[shows & ~study.quotations.quotation_id.isin(used)])
            used.add(example)
            told = {k: values(k) for k in phrases.LANGUAGES}
            out.append(Finding(key, told, len(sums) - 1, margins.min(), example))
    return out[:MOST]


def _facts(study: Study) -> pd.DataFrame:
    """What is counted of each quotation, by side (0, 1): words, words in marks, quotations, and those of each theme."""
    q, out = study.quotations, {}
    themes = q.themes.str.split("; ")
    for n, code in enumerate(study.two):
        own = (q.side == code).astype(int)
        out |= {
            f"words {n}": q.words * own,
            f"direct {n}": q.words * own * (q.kind == "direct"),
            f"quotations {n}": own,
        }
        out |= {f"{t} {n}": own * themes.map(lambda some, t=t: t in some) for t in load("themes")}
    return pd.DataFrame(out).astype(float)


def _left_out(study: Study) -> pd.Series:
    """Quotation -> a check that leaves it out: of its article, a meeting in which its speaker took part, its outlet, or repetitions."""
    q, d, m = study.quotations, study.documents, study.meetings
    outlet = q.doc_id.map(dict(zip(d.doc_id, d.outlet, strict=True))).fillna("")
    twice = (q.repeats != "") | q.doc_id.isin(d.doc_id[(d.same_as != "") | d.truncated])
    told = m[(m.words_1 + m.words_2) > 0]
    met = {(row.doc_id, who): row.meeting_id for row in told.itertuples() for who in row.participants.split("+")}
    spoken = q.speaker.str.split("+").explode()
    meeting = pd.Series(
        [met.get(pair, "") for pair in zip(q.doc_id.loc[spoken.index], spoken, strict=True)], spoken.index, dtype=object
    )
    every = (
        "article " + q.doc_id,
        "meeting " + meeting[meeting != ""],
        "outlet " + outlet[outlet != ""],
        pd.Series("twice", q.index[twice]),
    )
    checks = pd.concat(every).loc[lambda check: ~pd.MultiIndex.from_arrays([check.index, check]).duplicated()]
    same: dict[frozenset, str] = {}
    for check, rows in checks.groupby(checks):  # an outlet with one article is that article
        same.setdefault(frozenset(rows.index), check)
    return checks[checks.isin(same.values())]


def shares(study: Study) -> pd.Series:
    """Return the first side's share of the words that are quoted of the two sides, in percent, by article that quotes either."""
    if len(study.two) < 2:
        return pd.Series(dtype=float)
    words = study.quotations.pivot_table(index="doc_id", columns="side", values="words", aggfunc="sum", fill_value=0)
    words = words.reindex(columns=list(study.two), fill_value=0)
    total = words.sum(axis=1)
    order = [i for i in study.documents.doc_id if total.get(i, 0) > 0]
    return (100 * words[study.two[0]] / total).reindex(order)


def theme_shares(study: Study) -> dict[str, tuple[float, float]]:
    """Return theme -> the share of each side's quotations that has it, in percent; nothing where a side is quoted too seldom."""
    if len(study.two) < 2 or min((study.quotations.side == code).sum() for code in study.two) < SPOKEN:
        return {}
    sums = _facts(study).sum()
    return {t: tuple(100 * sums[f"{t} {n}"] / sums[f"quotations {n}"] for n in (0, 1)) for t in load("themes")}


def _candidates(study: Study, facts: pd.DataFrame, sums: pd.DataFrame, gone: pd.Series) -> Iterator[tuple]:
    """What may be found: its phrase, its margin in each check, its values by language, and the quotations that show it."""
    q, two, name = study.quotations, study.two, sides.name
    origin, share = dict(zip(study.documents.doc_id, study.documents.origin, strict=True)), shares(study)
    by = {c: [round(share[i]) for i in share.index if origin[i] == c] for c in two}
    if min(map(len, by.values())) > 1:  # of one report from a side nothing can be held against leaving it out
        rare = min(two, key=lambda c: len(by[c]))
        values = lambda k: {"one": name(two[0], k), "those": phrases.listed([_those(c, by[c], k) for c in two], k)}  # noqa: E731
        yield "origin", _origin(study, facts, gone, origin), values, (q.side == rare) & (q.doc_id.map(origin) == rare)

    sums = sums.assign(both=sums["words 0"] + sums["words 1"])
    pairs = {"majority": ("words {}", "both"), "direct-share": ("direct {}", "words {}")}
    pairs |= {theme: (f"{theme} {{}}", "quotations {}") for theme in load("themes")}
    found = {}
    for key, (part, whole) in pairs.items():
        percent = [(100 * sums[part.format(n)] / sums[whole.format(n)]).fillna(0) for n in (0, 1)]
        lead = int(percent[0]["all"] < percent[1]["all"])
        gap = (percent[lead] - percent[1 - lead]) / (2 if key == "majority" else 1)  # points above one half
        more, fewer = (round(percent[n]["all"]) for n in (lead, 1 - lead))
        found[key] = (lead, gap, {"more": more, "fewer": fewer, "share": more})
    spoken = min(sums["quotations 0"].min(), sums["quotations 1"].min()) >= SPOKEN
    best = max(load("themes"), key=lambda theme: found[theme][1].min()) if spoken else ""
    if best:
        lead, gap, _ = found.pop(best)
        all_of = {
            f"{word}{name}": int(sums.at["all", f"{what} {n}"])
            for n, name in ((lead, "more"), (1 - lead, "fewer"))
            for word, what in (("", best), ("of_", "quotations"))
        }
        found["theme-gap"] = (lead, gap, all_of)
    shown = {
        "majority": True,
        "direct-share": q.kind == "direct",
        "theme-gap": q.themes.str.split("; ").map(lambda some: best in some),
    }
    for key in (key for key in shown if key in found):
        lead, gap, numbers = found[key]
        values = lambda k, lead=lead, numbers=numbers: {  # noqa: E731
            "lead": sides.name(two[lead], k), "less": sides.name(two[1 - lead], k), **numbers,
            "theme": load("themes")[best]["name"][k] if best else "", "themes": len(load("themes")),
        }  # fmt: skip
        yield key, gap, values, (q.side == two[lead]) & shown[key]


def _exception(study: Study) -> Finding | None:
    """All reports but one give one side more of the words, and that one is relayed from the other side, which none of the others is."""
    share, origin = shares(study), study.documents.set_index("doc_id").origin
    lead = int((share < 50).sum() * 2 > len(share))
    own = 100 - share if lead else share
    others = own[own < 50]
    if len(own) < FEWEST or len(others) != 1 or (own == 50).any():
        return None
    odd = others.index[0]
    row = next(study.documents[study.documents.doc_id == odd].itertuples())
    if origin[odd] != study.two[1 - lead] or not row.relays or (origin[own.index.drop(odd)] == origin[odd]).any():
        return None
    rest = sorted((round(v) for v in own.drop(odd)), reverse=True)
    values = {
        k: {
            "k": len(rest), "n": len(own), "lead": sides.name(study.two[lead], k), "relay": _relay(row.relays.split(" ← ")[-1], k),
            "share": phrases.number(f"{round(others.iloc[0])}%", k), "shares": phrases.listed([phrases.number(f"{v}%", k) for v in rest], k),
        }
        for k in phrases.LANGUAGES
    }  # fmt: skip
    shown = study.quotations[(study.quotations.doc_id == odd) & (study.quotations.side == origin[odd])]
    margin = (own - 50).abs().min()
    return Finding("exception", values, len(own), margin, _example(shown)) if margin >= MARGIN else None


def _relay(named: str, language: str) -> str:
    """Whom a report is relayed from, in a language, if the registry knows it."""
    known = next((a for a in registry().values() if named in a.names_en and a.names_fa), None)
    if language == "en":
        return f"the {named}" if named[:1].islower() else named
    return known.names_fa[0] if known else named


def _those(country: str, shares: list[int], language: str) -> str:
    """The shares of the reports from one country; of many, their median."""
    key = "those-many" if len(shares) > 6 else "those"
    told = phrases.listed([phrases.number(f"{n}%", language) for n in shares], language)
    median = round(float(pd.Series(shares).median()))
    return phrases.say(key, language, n=len(shares), country=sides.name(country, language), share=median, shares=told)


def _origin(study: Study, facts: pd.DataFrame, gone: pd.Series, origin: dict[str, str]) -> pd.Series:
    """By how many points the side that a report comes from has more than half of its words, at least, in each check."""
    doc = study.quotations.doc_id
    words = facts[["words 0", "words 1"]].groupby(doc).sum()

    def margin(words: pd.DataFrame, of: pd.Index) -> pd.Series:
        own = words.to_numpy()[
            range(len(words)), [study.two.index(origin[i]) if origin[i] in study.two else 0 for i in of]
        ]
        known = pd.Series([origin[i] in study.two for i in of], words.index) & (words.sum(axis=1) > 0)
        return (100 * own / words.sum(axis=1).where(known) - 50).dropna()

    every = margin(words, words.index).sort_values()
    pairs = (
        facts.loc[gone.index, ["words 0", "words 1"]].groupby([gone.to_numpy(), doc.loc[gone.index].to_numpy()]).sum()
    )
    left = words.loc[pairs.index.get_level_values(1)].set_axis(pairs.index) - pairs
    changed = margin(left, left.index.get_level_values(1)).groupby(level=0).min()
    touched = pairs.reset_index(level=1)["level_1"].groupby(level=0).agg(set)
    rest = pd.Series({c: next((every[i] for i in every.index if i not in docs), 50.0) for c, docs in touched.items()})
    return pd.concat([pd.Series({"all": every.min()}), pd.concat([rest, changed], axis=1).min(axis=1)])


def _example(shown: pd.DataFrame) -> str:
    """A quotation that shows a finding: in marks if there is one, of about twenty-five words."""
    ranked = shown.assign(rank=(shown.kind != "direct") * 100 + (shown.words - 25).abs())
    return ranked.sort_values(["rank", "quotation_id"]).quotation_id.iloc[0] if len(ranked) else ""
