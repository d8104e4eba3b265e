"""One function a figure: tables in, figure and the data behind it out."""

from __future__ import annotations

import textwrap

import matplotlib
import pandas as pd

from ..lexicons import load
from .canvas import AMBER, BLUE, GREY, NAVY, Drawing, canvas, matrix, stacked, styled

KINDS = {"direct": NAVY, "mixed": BLUE, "indirect": AMBER, "speech_act": GREY}
OTHERS = "others, joint or unresolved"
SIDES = {"Iran": NAVY, "Azerbaijan": AMBER, OTHERS: GREY}


def names(actors: pd.DataFrame) -> dict[str, str]:
    """Return actor id -> name in both scripts, Latin first."""
    return {a.actor_id: " · ".join(n for n in (a.name_en, a.name_fa) if n) or a.actor_id for a in actors.itertuples()}


def _top(counts: pd.DataFrame, top: int) -> pd.DataFrame:
    """The first rows, the rest summed in one."""
    if len(counts) <= top:
        return counts
    rest = counts.iloc[top:].sum()
    return pd.concat([counts.iloc[:top], pd.DataFrame([rest], index=[f"{len(counts) - top} more"])])


def reviewed(quotations: pd.DataFrame) -> str:
    """Return how many rows a person has looked at, as the end of a caption."""
    changed, seen = ((quotations.review == word).sum() for word in ("corrected", "reviewed"))
    if not changed + seen:
        return "no row corrected by hand."
    return f"{changed} rows corrected by hand, {seen} more confirmed."


def listed(pairs) -> str:
    """Return pairs of a name and a value as a sentence."""
    return "; ".join(f"{name}: {value}" for name, value in pairs) + "."


def voices(quotations: pd.DataFrame, actors: pd.DataFrame, top: int = 12) -> Drawing:
    """Quotations by actor and kind."""
    each = quotations.assign(speaker=quotations.speaker.str.split("+")).explode(
        "speaker"
    )  # who speak together count each
    counts = pd.crosstab(each.speaker.replace("", "(unresolved)"), each.kind).reindex(columns=list(KINDS), fill_value=0)
    order = counts.sum(axis=1)
    counts = counts.loc[sorted(counts.index, key=lambda i: (-order[i], i))] if len(counts) else counts
    data = _top(counts, top)
    label = names(actors)
    joint = actors.actor_id[actors.kind == "joint"]
    spoken = order.drop(["(unresolved)", *joint], errors="ignore")
    first = label.get(spoken.idxmax(), spoken.idxmax()).split(" · ")[0] if len(spoken) else "Nobody"
    share = spoken.max() / len(quotations) if len(spoken) else 0
    title = f"{first} speaks most: {share:.0%} of all quotations"
    figure, axes = canvas(len(data), title)
    stacked(axes, data, KINDS, [label.get(i, i) for i in data.index])
    axes.set_xlabel("quotations")
    caption = (
        f"Quotations by speaker and kind; n = {len(quotations)} quotations in {quotations.doc_id.nunique()} articles; "
        f"{reviewed(quotations)}"
    )
    alt = "Bar chart. " + listed((label.get(i, i), int(r.sum())) for i, r in data.iterrows())
    return Drawing("fig-voices", title, figure, caption, alt, data.rename_axis("speaker").reset_index())


def side_of(quotations: pd.DataFrame, actors: pd.DataFrame) -> pd.Series:
    """Return the side of each quotation's speaker: Iran, Azerbaijan, or others."""
    country = {(a.actor_id, a.only_in): a.country for a in actors.itertuples()}
    sides = {"IRN": "Iran", "AZE": "Azerbaijan"}

    def side(speaker: str, doc_id: str) -> str:
        found = {sides.get(country.get((i, ""), country.get((i, doc_id), "")), OTHERS) for i in speaker.split("+")}
        return found.pop() if len(found) == 1 else OTHERS

    pairs = zip(quotations.speaker, quotations.doc_id, strict=True)
    return pd.Series([side(*pair) for pair in pairs], index=quotations.index, dtype=object)


def short(doc_id: str, outlet: str = "") -> str:
    """Return the first part of a file name, with the outlet: a label that fits an axis.

    >>> short("001_3ad9b50b81d7675e.txt", "Tasnim")
    '001 Tasnim'
    """
    name = doc_id.removesuffix(".txt")
    first = name.split("_")[0]
    return f"{first if first.isdigit() else textwrap.shorten(name, 24, placeholder='…')} {outlet}".strip()


def balance(quotations: pd.DataFrame, actors: pd.DataFrame, documents: pd.DataFrame, top: int = 20) -> Drawing:
    """Words quoted from the two sides, by outlet where there are many articles, else by article."""
    outlet = {d.doc_id: d.outlet or "outlet unknown" for d in documents.itertuples()}
    many = len(documents) > top
    group = quotations.doc_id.map(outlet) if many else quotations.doc_id
    order = sorted(set(outlet.values())) if many else list(documents.doc_id)
    words = quotations.words.groupby([group, side_of(quotations, actors)]).sum().unstack(fill_value=0)
    words = words.reindex(index=order, columns=list(SIDES), fill_value=0).fillna(0).astype(int)
    if many:
        words = words.loc[sorted(words.index, key=lambda i: (-words.loc[i].sum(), i))]
    data, total = _top(words, top), words.sum()
    given = total["Iran"] + total["Azerbaijan"]
    share = f"{total['Iran'] / given:.0%} of the words quoted from the two sides are Iran’s" if given else ""
    title = share or "Neither side is quoted"
    figure, axes = canvas(len(data), title)
    label = [i if many or i not in outlet else short(i, outlet[i]) for i in data.index]
    stacked(axes, data, SIDES, label)
    axes.set_xlabel("words of quoted content")
    caption = (
        f"Words of quoted content by the speaker’s side and {'outlet' if many else 'article'}; n = {int(total.sum())} words "
        f"({int(quotations.words[quotations.kind == 'direct'].sum())} of them direct speech, the rest the articles’ wording) in "
        f"{len(documents)} articles of {documents.outlet[documents.outlet != ''].nunique()} named outlets{_countries(documents)}; {reviewed(quotations)}"
    )
    cells = (
        (i, f"Iran {r['Iran']}, Azerbaijan {r['Azerbaijan']}, others {r[OTHERS]}")
        for i, (_, r) in zip(label, data.iterrows(), strict=True)
    )
    data = data.rename_axis("outlet" if many else "doc_id").reset_index()
    return Drawing("fig-balance", title, figure, caption, "Bar chart. " + listed(cells), data)


def _countries(documents: pd.DataFrame) -> str:
    """How many articles come from outlets of which country, as far as the lexicon of outlets knows."""
    known = {o["name"]: o.get("country", "") for o in load("outlets")}
    counts = documents.outlet.map(lambda o: known.get(o) or "unknown").value_counts()
    return " (articles by the outlet’s country: " + ", ".join(f"{c} {n}" for c, n in sorted(counts.items())) + ")"


def contrasts(quotations: pd.DataFrame, actors: pd.DataFrame, most: int = 3) -> str:
    """Return in which themes the two sides differ most, as shares of their quotations; "" where a side has fewer than ten."""
    side, book = side_of(quotations, actors), load("themes")
    number = {s: int((side == s).sum()) for s in ("Iran", "Azerbaijan")}
    if min(number.values()) < 10:
        return "The two sides are quoted too seldom to be compared."
    counts = {s: quotations.themes[side == s].str.split("; ").explode().value_counts() for s in number}
    share = pd.DataFrame({s: [counts[s].get(t, 0) / number[s] for t in book] for s in number}, index=list(book))
    gap = share["Iran"] - share["Azerbaijan"]
    said = []
    for s, other, sign in (("Iran", "Azerbaijan", 1), ("Azerbaijan", "Iran", -1)):
        themes = [t for t in sorted(book, key=lambda t: -sign * gap[t])[:most] if sign * gap[t] > 0.05]
        told = ", ".join(
            f"{book[t]['name']['en']} ({share.at[t, s]:.0%} against {share.at[t, other]:.0%})" for t in themes
        )
        said.append(f"{s}’s speakers turn more often to {told or 'no theme'}")
    n = f"shares of {number['Iran']} and {number['Azerbaijan']} quotations"
    return f"{'; '.join(said)} ({n})."


def themes(quotations: pd.DataFrame, actors: pd.DataFrame) -> Drawing:
    """Quotations by theme and side; one with several themes counts under each."""
    book = {theme: entry["name"]["en"] for theme, entry in load("themes").items()}
    frame = pd.DataFrame({"theme": quotations.themes.str.split("; "), "side": side_of(quotations, actors)}).explode(
        "theme"
    )
    counts = pd.crosstab(frame.theme, frame.side).reindex(index=list(book), columns=list(SIDES), fill_value=0)
    order = counts.sum(axis=1)
    data = counts.loc[sorted(counts.index, key=lambda i: (-order[i], i))]
    without = int((quotations.themes == "").sum())
    first = f"The most frequent theme: {book[data.index[0]]}, {order.max()} of {len(quotations)} quotations"
    title = first if order.max() else "No quotation has a theme"
    figure, axes = canvas(len(data), title)
    stacked(axes, data, SIDES, [f"{book[i]} · {load('themes')[i]['name']['fa']}" for i in data.index])
    axes.set_xlabel("quotations")
    caption = (
        f"Quotations by theme of the codebook and the speaker’s side; n = {len(quotations)} quotations, {without} without a theme; "
        f"a quotation with several themes counts under each; {reviewed(quotations)}"
    )
    alt = "Bar chart. " + listed((book[i], int(r.sum())) for i, r in data.iterrows())
    return Drawing("fig-themes", title, figure, caption, alt, data.rename_axis("theme").reset_index())


def acts(quotations: pd.DataFrame, actors: pd.DataFrame) -> Drawing:
    """What the speakers do, by side."""
    counts = pd.crosstab(quotations.act, side_of(quotations, actors))
    counts = counts.reindex(index=list(load("acts")["acts"]), columns=list(SIDES), fill_value=0)
    order = counts.sum(axis=1)
    data = counts.loc[sorted(counts.index[order > 0], key=lambda i: -order[i])]
    more = data.drop(index="asserts", errors="ignore")
    first = more.sum(axis=1).idxmax() if len(more) else ""
    sides = ", ".join(f"{side} {more.at[first, side]}" for side in SIDES if side != OTHERS) if len(more) else ""
    title = f"Beyond “asserts”, the most frequent act is “{first}”: {sides}" if len(more) else "The speakers assert"
    figure, axes = canvas(len(data), title)
    stacked(axes, data, SIDES, [f"{i} ({load('acts')['acts'][i]['class']})" for i in data.index])
    axes.set_xlabel("quotations")
    caption = (
        "Quotations by what the speaker does (classes after Searle 1976) and the speaker’s side, as the reporting verb and its "
        "construction tell it: whatever is quoted after “said” counts as asserting; "
        f"n = {len(quotations)} quotations; {reviewed(quotations)}"
    )
    alt = "Bar chart. " + listed((i, int(r.sum())) for i, r in data.iterrows())
    return Drawing("fig-acts", title, figure, caption, alt, data.rename_axis("act").reset_index())


def exchanges(quotations: pd.DataFrame, mentions: pd.DataFrame, actors: pd.DataFrame, top: int = 8) -> Drawing:
    """Who speaks to or of whom: speakers in rows, the actors addressed or named in their words in columns."""
    spoken = quotations[quotations.speaker != ""]
    inside = spoken[["doc_id", "speaker", "start", "end"]].merge(mentions, on="doc_id", suffixes=("", "_mention"))
    within = (inside.start_mention >= inside.start) & (inside.end_mention <= inside.end)
    inside = inside[within & (inside.actor_id != inside.speaker)]
    inside = inside.drop_duplicates(["doc_id", "start", "speaker", "actor_id"])
    told = spoken[spoken.addressee != ""]
    frame = pd.DataFrame({"speaker": [*told.speaker, *inside.speaker], "of": [*told.addressee, *inside.actor_id]})
    rows, columns = (most_frequent(frame[c], top) for c in ("speaker", "of"))
    data = pd.crosstab(frame.speaker, frame.of).reindex(index=rows, columns=columns, fill_value=0)
    label = names(actors)
    most = label.get(columns[0], columns[0]).split(" · ")[0] if columns else "Nobody"
    title = f"{most} is spoken to or of most"
    figure, axes = canvas(len(rows) + 2, title, width=8.5)
    if rows:
        matrix(axes, data, [label.get(a, a) for a in rows], [label.get(a, a).split(" · ")[0] for a in columns])
    axes.set_ylabel("speaker")
    axes.set_xlabel("spoken to or of")
    caption = (
        f"Quotations in which a speaker addresses an actor ({len(told)}) or names one ({len(inside)}); the {top} most frequent of "
        f"each; {reviewed(quotations)}"
    )
    cells = ((r, c) for r in rows[:3] for c in columns[:3] if data.at[r, c])
    alt = "Matrix. " + listed((f"{label.get(r, r)} of {label.get(c, c)}", data.at[r, c]) for r, c in cells)
    return Drawing("fig-exchanges", title, figure, caption, alt, data.rename_axis("speaker").reset_index())


def most_frequent(values: pd.Series, top: int) -> list[str]:
    """Return the most frequent values, ties by name."""
    counts = values.value_counts(sort=False)
    return sorted(counts.index, key=lambda v: (-counts[v], v))[:top]


def timeline(documents: pd.DataFrame, quotations: pd.DataFrame, top: int = 20) -> Drawing:
    """When the articles appeared, Gregorian below and solar Hijri above: one dot an article, or bars where there are many."""
    dated = documents[documents.published != ""].sort_values(["published", "doc_id"])
    number = quotations.doc_id.value_counts()
    data = dated[["doc_id", "outlet", "published", "published_jalali"]].assign(
        quotations=[int(number.get(i, 0)) for i in dated.doc_id]
    )
    without = len(documents) - len(dated)
    when = pd.to_datetime(data.published)
    years = (
        f"from {when.min().year} to {when.max().year}"
        if when.dt.year.nunique() > 1
        else f"{when.min().year}"
        if len(when)
        else ""
    )
    title = f"{len(dated)} of {len(documents)} articles tell their date{': ' if years else ''}{years}"
    many = len(data) > top
    figure, axes = canvas(5 if many else len(data) + 1, title)
    with styled():
        if many:
            axes.hist(when, bins=24, color=BLUE, edgecolor="white")
            axes.set_ylabel("articles")
        elif len(data):
            axes.scatter(when, range(len(data)), s=20 + 4 * data.quotations, color=NAVY)
            axes.set_yticks(range(len(data)), [short(d.doc_id, d.outlet) for d in data.itertuples()], va="center")
            for y, d in enumerate(data.itertuples()):
                text = f"{d.published} · {d.published_jalali}, {d.quotations} quotations"
                late = pd.Timestamp(d.published) > when.min() + (when.max() - when.min()) / 2
                side = {"xytext": (-8, 6), "ha": "right"} if late else {"xytext": (8, 6), "ha": "left"}
                axes.annotate(text, (pd.Timestamp(d.published), y), textcoords="offset points", fontsize=7, **side)
            axes.margins(x=0.25, y=0.4)
            axes.invert_yaxis()
        if len(data):
            _both_calendars(axes)
    caption = (
        f"Articles by date of publication as their text tells it, Gregorian below and solar Hijri above; n = {len(dated)} articles, "
        f"{without} more tell no date" + ("." if many else "; the dot grows with the number of quotations.")
    )
    alt = "Timeline. " + listed(
        (short(d.doc_id, d.outlet), f"{d.published} ({d.published_jalali})") for d in data.head(top).itertuples()
    )
    return Drawing("fig-timeline", title, figure, caption, alt, data)


def _both_calendars(axes) -> None:
    """Years at the foot by the Gregorian and at the head by the solar Hijri calendar, each year at its first day."""
    from persiantools.jdatetime import JalaliDate

    low, high = (matplotlib.dates.num2date(x).date() for x in axes.get_xlim())
    gregorian = [y for y in range(low.year, high.year + 2) if low <= pd.Timestamp(y, 1, 1).date() <= high]
    jalali = [(y, JalaliDate(y, 1, 1).to_gregorian()) for y in range(low.year - 622, high.year - 619)]
    jalali = [(y, day) for y, day in jalali if low <= day <= high]
    step, step_above = (1 + len(some) // 12 for some in (gregorian, jalali))
    above = axes.secondary_xaxis("top")
    axes.set_xticks([pd.Timestamp(y, 1, 1) for y in gregorian[::step]], [str(y) for y in gregorian[::step]])
    above.set_xticks([pd.Timestamp(day) for _, day in jalali[::step_above]], [str(y) for y, _ in jalali[::step_above]])
