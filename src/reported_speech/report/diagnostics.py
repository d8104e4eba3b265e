"""Figures about the method: how often it is right, and whether it knows."""

from __future__ import annotations

import pandas as pd

from .canvas import LINE, NAVY, Drawing, canvas, styled
from .figures import WIDTH
from .sides import LANGUAGE


def accuracy(table: pd.DataFrame) -> Drawing:
    """How often a quotation is wholly right: on first runs over articles that nobody had looked at, and on the same articles since."""
    data = table.copy()
    data["set"] = data["set"].astype(str)
    unseen = data[(data.state == "unseen") & (data.edition == "second")]
    lowest, highest = unseen.quotation.min(), unseen.quotation.max()
    title = f"At first sight of an article, whole quotations score {lowest:.2f} to {highest:.2f} (F1)"
    order = list(dict.fromkeys(data.sort_values("language", kind="stable")["set"]))
    figure, axes = canvas(0.72 * len(order), title, width=WIDTH)
    marks = {
        ("unseen", "first"): ("o", "white", "first edition, unseen"),
        ("unseen", "second"): ("o", NAVY, "this edition, unseen (first run)"),
        ("development", "second"): ("|", LINE, "today, after its errors were looked at"),
    }
    with styled():
        for (state, edition), (marker, colour, name) in marks.items():
            rows = data[(data.state == state) & (data.edition == edition)]
            places = [order.index(s) for s in rows["set"]]
            how = {"s": 70} if marker == "|" else {"s": 42, "edgecolor": NAVY}
            axes.scatter(rows.quotation, places, marker=marker, color=colour, label=name, zorder=3, **how)
        n = {r.set: f"{LANGUAGE[r.language]}, {r.set}: {r.relations} quotations" for r in data.itertuples()}
        axes.set_yticks(range(len(order)), [n[s] for s in order], va="center", fontsize=8)
        axes.set_xlim(0.5, 1.0)
        axes.invert_yaxis()
        axes.set_xlabel("F1: same words, right kind, right speaker")
        axes.grid(axis="x", color="#dddddd", linewidth=0.6)
        axes.figure.legend(frameon=False, loc="outside lower left", fontsize=8)
    caption = (
        "Quotation F1 on annotated articles, all invented, in the style of real outlets. A set is scored once before anybody looks at it (filled dots), then its errors are "
        "mended with it in view (strokes); dev-en and dev-fa were written to be hard, and this edition had seen them from the start. Real pages are dirtier."
    )
    short = {("unseen", "first"): "first edition", ("unseen", "second"): "this one", ("development", "second"): "today"}
    told = {
        name: ", ".join(f"{short[r.state, r.edition]} {r.quotation:.2f}" for r in rows.itertuples())
        for name, rows in data.groupby("set", sort=False)
    }
    alt = "Dot plot. " + "; ".join(f"{name}: {values}" for name, values in told.items()) + "."
    return Drawing("fig-accuracy", title, figure, caption, alt, data)


def reliability(measured: dict) -> Drawing:
    """How often relations of a confidence are right, on PolNeAR's development articles."""
    data = pd.DataFrame(measured["reliability"])
    sure = data[data.confidence >= 0.8]
    share = (sure.right * sure.n).sum() / sure.n.sum()
    title = f"Of PolNeAR relations with a confidence over 0.8, {share:.0%} are right"
    figure, axes = canvas(6, title, width=WIDTH)
    axes.plot([0, 1], [0, 1], color=LINE, linewidth=1, linestyle="--")
    axes.scatter(data.confidence, data.right, s=12 + data.n, color=NAVY, alpha=0.8)
    with styled():
        for row in data.itertuples():
            away = 6 + (12 + row.n) ** 0.5 / 2  # the dot's radius and a little more
            aside = {"xytext": (away, 6 if row.right < 0.1 else -12), "textcoords": "offset points"}
            axes.annotate(f"n = {row.n}", (row.confidence, row.right), fontsize=7, **aside)
        axes.set(xlim=(0, 1.02), ylim=(-0.06, 1.05))
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
    return Drawing("fig-reliability", title, figure, caption, alt, data)
