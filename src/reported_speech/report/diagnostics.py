"""Figures about the method: how often it is right, and whether it knows."""

from __future__ import annotations

import pandas as pd

from .canvas import LINE, NAVY, Drawing, canvas, styled, tint
from .figures import WIDTH
from .sides import LANGUAGE

ROWS = {
    ("unseen", "first"): ("first edition, unseen", "white"),
    ("unseen", "second"): ("this edition, unseen", NAVY),
    ("development", "second"): ("today, errors looked at", tint(NAVY, 0.5)),
}


def accuracy(table: pd.DataFrame) -> Drawing:
    """How often a quotation is wholly right: on first runs over articles that nobody had looked at, and on the same articles since."""
    data = table.assign(set=table["set"].astype(str))
    unseen = data[(data.state == "unseen") & (data.edition == "second")].quotation
    title = f"At first sight of an article, whole quotations score {unseen.min():.2f} to {unseen.max():.2f} (F1)"
    keys = [(language, state, edition) for language in ("en", "fa") for state, edition in ROWS]
    figure, axes = canvas(1.3 * len(keys), title, width=WIDTH)
    told = []
    with styled():
        for place, (language, *key) in enumerate(keys):
            name, colour = ROWS[*key]
            of = (data.language == language) & (data.state == key[0]) & (data.edition == key[1])
            score = data[of & (data["set"].str.startswith("own") | (data.state != "unseen"))].quotation.sort_values()
            heights = [place + (n % 3 - 1) * 0.12 for n in range(len(score))]  # apart, where sets score alike
            axes.scatter(score, heights, s=34, color=colour, edgecolor=NAVY, linewidth=0.8, zorder=3)
            axes.plot([score.median()] * 2, [place - 0.36, place + 0.36], color=LINE, linewidth=2, zorder=2)
            told.append(
                f"{LANGUAGE[language]}, {name}: {score.min():.2f} to {score.max():.2f}, median {score.median():.2f}, {len(score)} sets"
            )
        axes.set_yticks(range(len(keys)), [line.rsplit(":", 1)[0] for line in told], va="center", fontsize=8)
        axes.set_xlim(0.5, 1.0)
        axes.invert_yaxis()
        axes.set_xlabel("F1: same words, right kind, right speaker")
        axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    caption = (
        "Quotation F1 on annotated articles, all invented, in the style of real outlets; a dot is a set of some nine articles, a stroke the median of the sets. A set is scored "
        "once before anybody looks at it, then its errors are mended with it in view, so that the third row of each language says nothing of new articles. Real pages are dirtier."
    )
    return Drawing("fig-accuracy", title, figure, caption, f"Strip plot. {'; '.join(told)}.", data)


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
        f"relations of {measured['articles']} articles of PolNeAR dev, measured on {measured['date']}. Points on the dashed line are perfectly calibrated."
    )
    alt = (
        "Scatter plot. "
        + "; ".join(f"confidence {r.confidence:.2f}: {r.right:.2f} right, n = {r.n}" for r in data.itertuples())
        + "."
    )
    return Drawing("fig-reliability", title, figure, caption, alt, data)
