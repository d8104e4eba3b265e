"""The figures: tables in, figure and the data behind it out. A side has one colour everywhere, a kind a texture."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

import pandas as pd
from matplotlib.patches import Patch

from ..lexicons import load
from . import sides
from .canvas import AMBER, GREY, LINE, NAVY, PALE, Drawing, canvas, empty, label, styled, tint
from .findings import SPOKEN, Study, theme_shares

KINDS = {
    "direct": (0.0, ""),
    "mixed": (0.0, "////"),
    "indirect": (0.55, ""),
    "speech_act": (0.55, "xxx"),
}  # (tint, hatch)
WIDTH = 5.6  # inches: a screen of 390 pixels shows it with letters that can be read


def colours(two: tuple[str, ...]) -> dict[str, str]:
    """Return side -> colour: the first dark blue, the second amber, whoever else grey."""
    return dict(zip([*two, *["-"] * (2 - len(two)), sides.OTHERS, sides.JOINT], (NAVY, AMBER, GREY, PALE), strict=True))


def names(actors: pd.DataFrame) -> dict[str, str]:
    """Return actor id -> name, in Latin letters if there is one."""
    return {a.actor_id: a.name_en or a.name_fa or a.actor_id for a in actors.itertuples()}


def reviewed(quotations: pd.DataFrame) -> str:
    """Return how many rows a person has looked at, as the end of a caption."""
    changed, seen = ((quotations.review == word).sum() for word in ("corrected", "reviewed"))
    if not changed + seen:
        return "no row corrected by hand."
    return f"{changed} rows corrected by hand, {seen} more confirmed."


def listed(pairs: Iterable[tuple]) -> str:
    """Return pairs of a name and a value as a sentence."""
    return "; ".join(f"{name}: {value}" for name, value in pairs) + "."


def counted(quotations: pd.DataFrame) -> str:
    """Return how many quotations there are, with and without repetitions."""
    again = int((quotations.repeats != "").sum())
    return f"n = {len(quotations)} quotations" + (f" ({len(quotations) - again} without repetitions)" if again else "")


def wrapped(words: str, width: int = 30) -> str:
    """Return a label in lines that fit beside a narrow figure."""
    return textwrap.fill(label(words), width)


# ------------------------------------------------------------------ who speaks


def voices(study: Study, actors: pd.DataFrame, top: int = 12) -> Drawing:
    """Quotations by speaker, grouped by side, and kind."""
    quotations, two = study.quotations, study.two
    if not len(quotations):
        return empty("fig-voices", "Nobody is quoted", pd.DataFrame(columns=["side", "speaker", *KINDS]))
    each = quotations.assign(speaker=quotations.speaker.str.split("+")).explode("speaker")
    each["speaker"] = each.speaker.where(each.side != sides.JOINT, sides.JOINT).replace("", "(unresolved)")
    counts = each.pivot_table(index=["side", "speaker"], columns="kind", values="words", aggfunc="size", fill_value=0)
    counts = counts.reindex(columns=list(KINDS), fill_value=0).astype(int)
    order, total = list(colours(two)), counts.sum(axis=1)
    most = sorted(counts.index, key=lambda i: (-total[i], i))
    shown = sorted(most[:top], key=lambda i: (order.index(i[0]), -total[i], i))
    known = names(actors) | {sides.JOINT: sides.name(sides.JOINT)}
    first = next((i for i in most if i[0] in two), None)
    title = (
        f"{known.get(first[1], first[1])} is quoted most: {total[first]} of {len(quotations)} quotations"
        if first
        else "No speaker of the two sides is quoted"
    )
    data = counts.loc[shown]
    figure, axes = canvas(len(data) + 1, title, width=WIDTH)
    _kinds(axes, data, [colours(two)[side] for side, _ in data.index])
    axes.set_yticks(range(len(data)), [wrapped(known.get(i, i), 26) for _, i in data.index], va="center")
    axes.set_xlabel("quotations")
    _legend(axes, two, {side for side, _ in data.index}, [kind for kind in KINDS if data[kind].any()])
    rest = len(counts) - len(data)
    caption = (
        f"Quotations by speaker, side and kind; {counted(quotations)} in {quotations.doc_id.nunique()} articles"
        f"{f'; {rest} speakers with fewer are left out' if rest else ''}; {reviewed(quotations)}"
    )
    alt = "Bar chart. " + listed((known.get(i, i), int(total[side, i])) for side, i in data.index)
    return Drawing("fig-voices", title, figure, caption, alt, data.reset_index())


def _kinds(axes, data: pd.DataFrame, bars: list[str]) -> None:
    """Bars of quotations, the kinds side by side as textures of the bar's colour, the sum behind it."""
    with styled():
        left = pd.Series(0, index=data.index)
        for kind, (share, hatch) in KINDS.items():
            shades = [tint(c, share) for c in bars]
            axes.barh(
                range(len(data)), data[kind], left=left, color=shades, hatch=hatch, edgecolor="white", linewidth=0.6
            )
            left += data[kind]
        for row, value in enumerate(left):
            axes.text(value + left.max() / 80, row, str(value), va="center", fontsize=8)
        axes.invert_yaxis()
        axes.margins(x=0.08)


def _legend(axes, two: tuple[str, ...], shown: set[str], kinds: Iterable[str] = ()) -> None:
    """The key: sides as colours, kinds as textures."""
    key = [Patch(facecolor=c, label=sides.name(s)) for s, c in colours(two).items() if s in shown and s != "-"]
    for kind in kinds:
        share, hatch = KINDS[kind]
        key.append(
            Patch(facecolor=tint("#555555", share), hatch=hatch, edgecolor="white", label=kind.replace("_", " "))
        )
    with styled():
        axes.figure.legend(handles=key, frameon=False, loc="outside lower left", ncols=2, fontsize=8)


# ------------------------------------------------------------------ who gets the words


def reported(document) -> str:
    """Return who reports an article and from whom, as a label; without an outlet the beginning of its title."""
    title = textwrap.shorten(document.title or document.doc_id, 28, placeholder="…")
    return " ← ".join(filter(None, [document.outlet or f"no outlet: {title}", document.relays]))


def words_by_side(study: Study, top: int) -> pd.DataFrame:
    """Return the words quoted of each side by article, labelled by who reports it; by outlet where there are many articles."""
    documents = study.documents
    many = len(documents) > top
    key = documents.outlet.replace("", "outlet unknown") if many else documents.doc_id
    group = study.quotations.doc_id.map(dict(zip(documents.doc_id, key, strict=True)))
    words = study.quotations.words.groupby([group, study.quotations.side]).sum().unstack(fill_value=0)
    columns = [c for c in colours(study.two) if c != "-"]
    words = words.reindex(columns=columns, fill_value=0).fillna(0).astype(int)
    both = words[list(study.two)].sum(axis=1)
    words = words.loc[sorted(both.index[both > 0], key=lambda i: (-both[i], i))].head(top)
    share = 100 * words[list(study.two)[:1]].sum(axis=1) / both.loc[words.index]
    words = words.loc[sorted(words.index, key=lambda i: (-share[i], i))]
    by_id = {} if many else {d.doc_id: reported(d) for d in documents.itertuples()}
    words = words.assign(label=[by_id.get(i, i) for i in words.index], share=share)
    return words.rename_axis("outlet" if many else "doc_id")


def balance(study: Study, top: int = 20) -> Drawing:
    """Each side's share of the words that an article quotes of the two, labelled by who reports it and from whom."""
    if len(study.two) < 2:
        return empty("fig-balance", "No two sides are quoted", pd.DataFrame(columns=["doc_id", "label", "share"]))
    data, (one, other) = words_by_side(study, top), study.two
    ahead = int((data.share > 50).sum())
    title = f"{sides.name(one)} gets more of the words than {sides.name(other)} in {ahead} of {len(data)} {'outlets' if data.index.name == 'outlet' else 'articles'}"
    figure, axes = canvas(1.3 * len(data), title, width=WIDTH)
    with styled():
        for place, (first, second) in enumerate(zip(data.share, 100 - data.share, strict=True)):
            axes.barh(place, first, color=NAVY, height=0.6)
            axes.barh(place, second, left=first, color=AMBER, height=0.6)
            for at, value, ink in ((1, first, "white"), (99, second, "black")):
                if value >= 8:
                    axes.text(at, place, f"{value:.0f}%", va="center", ha="left" if at == 1 else "right", color=ink)
        axes.axvline(50, color=LINE, linewidth=0.8, linestyle="--")
        axes.set(xlim=(0, 100), xticks=[0, 50, 100])
        axes.set_yticks(range(len(data)), [wrapped(i) for i in data.label], va="center")
        axes.invert_yaxis()
        axes.set_xlabel("percent of the words quoted from the two sides")
    _legend(axes, study.two, set(study.two))
    total = data[[c for c in colours(study.two) if c in data]].sum()
    parts = listed((sides.name(c), f"{n} words") for c, n in total.items())
    caption = (
        f"Each side’s share of the words quoted from the two, by {'outlet' if data.index.name == 'outlet' else 'article'}; the label says who reports and, "
        f"behind ←, from whom. {parts[:-1]}. Indirect speech is counted in the article’s wording; {reviewed(study.quotations)}"
    )
    alt = "Bar chart. " + listed(
        (r.label, f"{sides.name(one)} {r.share:.0f}%, {sides.name(other)} {100 - r.share:.0f}%")
        for r in data.itertuples()
    )
    return Drawing("fig-balance", title, figure, caption, alt, data.round(1).reset_index())


# ------------------------------------------------------------------ what about


def themes(study: Study) -> Drawing:
    """How often the two sides turn to each theme: a dot a side, the widest gap first; small marks are single articles."""
    book = {theme: entry["name"]["en"] for theme, entry in load("themes").items()}
    pairs = theme_shares(study)
    columns = ["theme", *study.two]
    if not pairs:
        said = f"The two sides are quoted too seldom to compare what they speak about (fewer than {SPOKEN} quotations of one)"
        return empty("fig-themes", said, pd.DataFrame(columns=columns))
    data = pd.DataFrame([(t, *pair) for t, pair in pairs.items() if max(pair) > 0], columns=columns)
    gap = (data[study.two[0]] - data[study.two[1]]).abs()
    data = data.loc[sorted(data.index, key=lambda i: (-gap[i], i))].reset_index(drop=True)
    more, less = (sides.name(side) for side in sorted(study.two, key=lambda side: -data[side][0]))
    title = f"{more} brings up “{book[data.theme[0]]}” more often than {less}"
    figure, axes = canvas(len(data), title, width=WIDTH)
    with styled():
        for place, row in enumerate(data.itertuples(index=False)):
            axes.plot([row[1], row[2]], [place, place], color=LINE, linewidth=1.2, zorder=1)
            for side, value, lift in zip(study.two, row[1:], (-0.28, 0.28), strict=True):
                single = _by_article(study, row[0], side)
                axes.scatter(
                    single, [place + lift] * len(single), s=14, marker="|", color=colours(study.two)[side], zorder=2
                )
                axes.scatter(
                    [value],
                    [place + lift / 3],
                    s=46,
                    color=colours(study.two)[side],
                    edgecolor="black",
                    linewidth=0.5,
                    zorder=3,
                )
        axes.set_yticks(range(len(data)), [wrapped(book[t]) for t in data.theme], va="center")
        axes.invert_yaxis()
        axes.set_xlabel("percent of the side’s quotations that touch the theme")
        axes.set_xlim(left=-2)
    _legend(axes, study.two, set(study.two))
    number = {s: int((study.quotations.side == s).sum()) for s in study.two}
    caption = (
        f"Share of each side’s quotations that touch a theme of the codebook, the widest gap first; n = {number[study.two[0]]} and "
        f"{number[study.two[1]]} quotations. Small strokes are single articles that quote a side at least three times; a quotation may touch several themes; {reviewed(study.quotations)}"
    )
    alt = "Dot plot. " + listed(
        (book[r[0]], f"{sides.name(study.two[0])} {r[1]:.0f}%, {sides.name(study.two[1])} {r[2]:.0f}%")
        for r in data.itertuples(index=False)
    )
    return Drawing("fig-themes", title, figure, caption, alt, data.round(1))


def _by_article(study: Study, theme: str, side: str) -> list[float]:
    """The share of a theme in a side's quotations, article by article, where there are three or more."""
    own = study.quotations[study.quotations.side == side]
    has = own.themes.str.split("; ").map(lambda some: theme in some)
    by = has.groupby(own.doc_id).agg(["mean", "size"])
    return [100 * share for share in by["mean"][by["size"] >= 3]][:60]
