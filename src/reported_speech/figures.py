"""One function a figure: table in, figure and the data behind it out; saved as PNG, SVG, PDF and CSV, the same bytes each time."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from .tables import harmless

KINDS = {"direct": "#08519c", "mixed": "#238b45", "indirect": "#9ecae1", "speech_act": "#d9d9d9"}
SIDES = {"Iran": "#08519c", "Azerbaijan": "#fd8d3c", "others, joint or unresolved": "#d9d9d9"}
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.dpi": 110,
    "svg.hashsalt": "reported-speech",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
}


@dataclass(frozen=True)
class Drawing:
    """A figure with its stable id, its caption, its alternative text and the data behind it."""

    figure_id: str
    figure: Figure
    caption: str
    alt: str
    data: pd.DataFrame

    def settle(self) -> None:
        """Lay the figure out once: each saving would do it again."""
        if self.figure.get_layout_engine():
            self.figure.draw_without_rendering()
            self.figure.set_layout_engine("none")


def _canvas(rows: int, title: str, width: float = 8.0) -> tuple[Figure, plt.Axes]:
    with matplotlib.rc_context(STYLE):
        figure, axes = plt.subplots(figsize=(width, 1.4 + 0.42 * max(rows, 2)), layout="constrained")
        figure.suptitle(textwrap.fill(title, 84), x=0.01, ha="left", weight="bold", fontsize=11)
    return figure, axes


def _stacked(axes, data: pd.DataFrame, colours: dict[str, str], labels: list[str]) -> None:
    left = pd.Series(0, index=data.index)
    for column, colour in colours.items():
        if column in data:
            bars = axes.barh(
                labels, data[column], left=left, color=colour, edgecolor="white", label=column.replace("_", " ")
            )
            axes.bar_label(
                bars,
                [str(v) if v else "" for v in data[column]],
                label_type="center",
                fontsize=8,
                color="white" if colour in ("#08519c", "#238b45") else "black",
            )
            left = left + data[column]
    axes.invert_yaxis()
    axes.figure.legend(frameon=False, loc="outside lower left", ncols=4)


def names(actors: pd.DataFrame) -> dict[str, str]:
    """Return actor id -> name in both scripts, Latin first."""
    return {a.actor_id: " · ".join(n for n in (a.name_en, a.name_fa) if n) or a.actor_id for a in actors.itertuples()}


def _top(counts: pd.DataFrame, top: int) -> pd.DataFrame:
    """The first rows, the rest summed in one."""
    if len(counts) <= top:
        return counts
    rest = counts.iloc[top:].sum()
    return pd.concat([counts.iloc[:top], pd.DataFrame([rest], index=[f"{len(counts) - top} more"])])


def voices(quotations: pd.DataFrame, actors: pd.DataFrame, top: int = 12) -> Drawing:
    """Quotations by actor and kind."""
    who = quotations.speaker.replace("", "(unresolved)")
    counts = pd.crosstab(who, quotations.kind).reindex(columns=list(KINDS), fill_value=0)
    order = counts.sum(axis=1)
    counts = counts.loc[sorted(counts.index, key=lambda i: (-order[i], i))] if len(counts) else counts
    data = _top(counts, top)
    label = names(actors)
    first = label.get(data.index[0], data.index[0]).split(" · ")[0] if len(data) else "Nobody"
    share = order.max() / len(quotations) if len(quotations) else 0
    figure, axes = _canvas(len(data), f"{first} speaks most: {share:.0%} of all quotations")
    _stacked(axes, data, KINDS, [label.get(i, i) for i in data.index])
    axes.set_xlabel("quotations")
    caption = (
        f"Quotations by speaker and kind; n = {len(quotations)} quotations in {quotations.doc_id.nunique()} articles."
    )
    alt = "Bar chart. " + "; ".join(f"{label.get(i, i)}: {int(r.sum())}" for i, r in data.iterrows()) + "."
    return Drawing("fig-voices", figure, caption, alt, data.rename_axis("speaker").reset_index())


def side_of(quotations: pd.DataFrame, actors: pd.DataFrame) -> pd.Series:
    """Return the side of each quotation's speaker: Iran, Azerbaijan, or others."""
    country = dict(zip(actors.actor_id, actors.country, strict=True))
    sides = {"IRN": "Iran", "AZE": "Azerbaijan"}
    return quotations.speaker.map(lambda a: sides.get(country.get(a, ""), "others, joint or unresolved"))


def balance(quotations: pd.DataFrame, actors: pd.DataFrame, documents: pd.DataFrame, top: int = 20) -> Drawing:
    """Words quoted from the two sides in each article."""
    side = side_of(quotations, actors)
    words = (
        quotations.groupby([quotations.doc_id, side]).words.sum().unstack(fill_value=0)
        if len(quotations)
        else pd.DataFrame()
    )
    words = words.reindex(index=list(documents.doc_id), columns=list(SIDES), fill_value=0).fillna(0).astype(int)
    outlet = dict(zip(documents.doc_id, documents.outlet, strict=True))
    data = _top(words, top)
    total = words.sum()
    given = total["Iran"] + total["Azerbaijan"]
    lead = (
        f"{total['Iran'] / given:.0%} of the words quoted from the two sides are Iran’s"
        if given
        else "Neither side is quoted"
    )
    figure, axes = _canvas(len(data), lead)
    _stacked(
        axes,
        data,
        SIDES,
        [
            f"{i.split('_')[0].removesuffix('.txt')} {outlet.get(i) or ('outlet unknown' if i in outlet else '')}"
            for i in data.index
        ],
    )
    axes.set_xlabel("words of quoted content")
    caption = f"Words of quoted content by the speaker’s side and article; n = {int(total.sum())} words in {len(documents)} articles."
    alt = (
        "Bar chart. "
        + "; ".join(
            f"{i}: Iran {r['Iran']}, Azerbaijan {r['Azerbaijan']}, others {r.iloc[2]}" for i, r in data.iterrows()
        )
        + "."
    )
    return Drawing("fig-balance", figure, caption, alt, data.rename_axis("doc_id").reset_index())


def exchanges(quotations: pd.DataFrame, mentions: pd.DataFrame, actors: pd.DataFrame, top: int = 8) -> Drawing:
    """Who speaks to or of whom: speakers in rows, the actors named in their words or addressed in columns."""
    pairs = [(q.speaker, q.addressee) for q in quotations.itertuples() if q.speaker and q.addressee]
    for q in quotations[quotations.speaker != ""].itertuples():
        inside = mentions[(mentions.doc_id == q.doc_id) & (mentions.start >= q.start) & (mentions.end <= q.end)]
        pairs += [(q.speaker, a) for a in sorted(set(inside.actor_id)) if a != q.speaker]
    frame = pd.DataFrame(pairs, columns=["speaker", "of"])
    rows = frame.speaker.value_counts(sort=False)
    columns = frame.of.value_counts(sort=False)
    rows = sorted(rows.index, key=lambda a: (-rows[a], a))[:top]
    columns = sorted(columns.index, key=lambda a: (-columns[a], a))[:top]
    data = pd.crosstab(frame.speaker, frame.of).reindex(index=rows, columns=columns, fill_value=0)
    label = names(actors)
    most = label.get(columns[0], columns[0]).split(" · ")[0] if columns else "Nobody"
    figure, axes = _canvas(len(rows) + 2, f"{most} is spoken to or of most", width=8.5)
    if rows:
        axes.imshow(data.to_numpy(), cmap="Blues", aspect="auto", vmin=0)
        axes.set_yticks(range(len(rows)), [label.get(a, a) for a in rows])
        axes.set_xticks(
            range(len(columns)), [textwrap.fill(label.get(a, a).split(" · ")[0], 14) for a in columns], fontsize=7
        )
        for y in range(len(rows)):
            for x in range(len(columns)):
                value = int(data.iat[y, x])
                axes.text(
                    x,
                    y,
                    value or "",
                    ha="center",
                    va="center",
                    color="white" if value > data.to_numpy().max() / 2 else "black",
                    fontsize=8,
                )
    axes.set_ylabel("speaker")
    axes.set_xlabel("spoken to or of")
    caption = f"Quotations in which a speaker addresses an actor or names one; the {top} most frequent of each; n = {len(frame)} pairs."
    alt = (
        "Matrix. "
        + "; ".join(
            f"{label.get(r, r)} of {label.get(c, c)}: {data.at[r, c]}"
            for r in rows[:3]
            for c in columns[:3]
            if data.at[r, c]
        )
        + "."
    )
    return Drawing("fig-exchanges", figure, caption, alt, data.rename_axis("speaker").reset_index())


def accuracy(scores: pd.DataFrame) -> Drawing:
    """F1 by language and kind, with intervals."""
    chosen = scores[(scores.metric == "quotation") & (scores.gold > 0)].reset_index(drop=True)
    label = [f"{r.language}, {r.kind.replace('_', ' ')} (n = {r.gold})" for r in chosen.itertuples()]
    whole = chosen[(chosen.language == "all") & (chosen.kind == "all")]
    lead = f"Quotation F1 on the development articles: {whole.f1.iloc[0]:.2f}" if len(whole) else "Nothing was scored"
    figure, axes = _canvas(len(chosen), lead)
    errors = [(chosen.f1 - chosen.low).clip(lower=0), (chosen.high - chosen.f1).clip(lower=0)]
    axes.errorbar(chosen.f1, label, xerr=errors, fmt="o", color="#08519c", ecolor="#969696", capsize=3)
    axes.set_xlim(0, 1.02)
    axes.invert_yaxis()
    axes.set_xlabel("quotation F1 (span, kind and speaker right) with 95% bootstrap interval")
    caption = (
        "Quotation F1 by language and kind on the articles the rules were developed on; intervals over paragraphs."
    )
    alt = "Dot plot. " + "; ".join(f"{name}: {f:.2f}" for name, f in zip(label, chosen.f1, strict=True)) + "."
    return Drawing("fig-accuracy", figure, caption, alt, chosen)


def reliability(measured: dict) -> Drawing:
    """How often relations of a confidence are right, on PolNeAR's development articles."""
    data = pd.DataFrame(measured["reliability"]["guidelines"])
    sure = data[data.confidence >= 0.8]
    share = (sure.right * sure.n).sum() / sure.n.sum()
    figure, axes = _canvas(6, f"Of quotations with a confidence over 0.8, {share:.0%} are right", width=6.0)
    axes.plot([0, 1], [0, 1], color="#969696", linewidth=1, linestyle="--")
    axes.scatter(data.confidence, data.right, s=12 + data.n, color="#08519c", alpha=0.8)
    for row in data.itertuples():
        axes.annotate(
            f"n = {row.n}", (row.confidence, row.right), xytext=(8, -12), textcoords="offset points", fontsize=7
        )
    axes.set_xlim(0, 1.02)
    axes.set_ylim(-0.06, 1.05)
    axes.set_xlabel("mean confidence")
    axes.set_ylabel("share that is right")
    caption = (
        f"Share of right relations (half of the words in common with an annotated one) by tenth of confidence; n = {data.n.sum()} English "
        f"relations of {measured['articles']} articles of PolNeAR dev, measured on {measured['date']}. On the dashed line confidence is just right."
    )
    alt = (
        "Scatter plot. "
        + "; ".join(f"confidence {r.confidence:.2f}: {r.right:.2f} right, n = {r.n}" for r in data.itertuples())
        + "."
    )
    return Drawing("fig-reliability", figure, caption, alt, data)


def save(drawing: Drawing, folder: Path) -> None:
    """Write a drawing as PNG (300 dpi), SVG and PDF, its data as CSV and its caption and alternative text as a text file."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / drawing.figure_id
    drawing.settle()
    with matplotlib.rc_context(STYLE):
        drawing.figure.savefig(path.with_suffix(".png"), dpi=300, metadata={"Title": drawing.caption, "Software": None})
        drawing.figure.savefig(
            path.with_suffix(".svg"), metadata={"Title": drawing.caption, "Description": drawing.alt, "Date": None}
        )
        drawing.figure.savefig(path.with_suffix(".pdf"), metadata={"Title": drawing.caption, "CreationDate": None})
    drawing.data.map(harmless).to_csv(path.with_suffix(".csv"), index=False, encoding="utf-8-sig", lineterminator="\n")
    path.with_suffix(".txt").write_text(f"{drawing.caption}\n{drawing.alt}\n", encoding="utf-8")
    plt.close(drawing.figure)
