"""Figures about the method: spellings, normalization, accuracy, reliability."""

from __future__ import annotations

import pandas as pd

from .canvas import AMBER, LINE, NAVY, Drawing, canvas, matrix, stacked, styled
from .figures import listed, most_frequent, names, reviewed


def spellings(table: pd.DataFrame, actors: pd.DataFrame, top: int = 12) -> Drawing:
    """How the most variously written person is written, by outlet."""
    ways = table.groupby("identity_id").name.nunique()
    within = table.groupby(["identity_id", "script"]).name.nunique().groupby("identity_id").max()
    who = sorted(ways.index, key=lambda i: (-within[i], -ways[i], i))[0] if len(ways) else ""
    chosen = table[table.identity_id == who].assign(outlet=lambda t: t.outlet.replace("", "outlet unknown"))
    counts = chosen.pivot_table(index="name", columns="outlet", values="mentions", aggfunc="sum", fill_value=0)
    total = counts.sum(axis=1)
    counts = counts.loc[sorted(counts.index, key=lambda n: (-total[n], n))].head(top).astype(int)
    counts = counts[most_frequent(chosen.outlet, top)]
    person = names(actors).get(who, who).split(" · ")[0]
    outlets, scripts = chosen.outlet.nunique(), chosen.script.nunique()
    title = f"{person} is written in {ways[who]} ways" if len(ways) else "No person is named"
    title += f" and {scripts} scripts" if scripts > 1 else ""
    figure, axes = canvas(len(counts) + 1, title, width=7.0)
    if len(counts):
        matrix(axes, counts, list(counts.index), list(counts.columns))
    axes.set_xlabel("outlet")
    caption = (
        f"Mentions of one person by spelling and outlet: the one with most spellings in one script, of {len(ways)} that are named; n = "
        f"{int(chosen.mentions.sum())} mentions in {outlets} outlets."
    )
    alt = "Matrix. " + listed((n, ", ".join(f"{c} {v}" for c, v in r.items() if v)) for n, r in counts.iterrows())
    return Drawing("fig-spellings", title, figure, caption, alt, counts.rename_axis("name").reset_index())


def normalization(table: pd.DataFrame, documents: pd.DataFrame) -> Drawing:
    """What normalization changed, by rule and language."""
    language = dict(zip(documents.doc_id, documents.language, strict=True))
    by = table.assign(language=table.doc_id.map(language)).groupby(["rule", "language"])["count"].sum()
    data = (
        by.unstack(fill_value=0)
        .reindex(columns=["fa", "en"], fill_value=0)
        .rename(columns={"fa": "Persian", "en": "English"})
    )
    total = data.sum(axis=1)
    data = data.loc[sorted(data.index, key=lambda r: (-total[r], r))].astype(int)
    words = documents.words.sum()
    persian = documents[documents.language == "fa"].words.sum()
    said = (
        f"hazm changes {data['Persian'].sum()} places in {persian:,} Persian words"
        if persian
        else "No article is Persian"
    )
    title = f"{said}; in English only typography changes"
    figure, axes = canvas(len(data), title, width=7.0)
    stacked(axes, data, {"Persian": NAVY, "English": AMBER}, list(data.index))
    axes.set_xlabel("changes")
    caption = f"Changes by rule of normalization and language; n = {int(total.sum())} changes in {words:,} words of {len(documents)} articles."
    alt = "Bar chart. " + listed((rule, int(r.sum())) for rule, r in data.iterrows())
    return Drawing("fig-normalization", title, figure, caption, alt, data.rename_axis("rule").reset_index())


def accuracy(scores: pd.DataFrame, quotations: pd.DataFrame) -> Drawing:
    """F1 by language and kind, with intervals."""
    chosen = scores[(scores.metric == "quotation") & (scores.gold > 0)].reset_index(drop=True)
    label = [f"{r.language}, {r.kind.replace('_', ' ')} (n = {r.gold})" for r in chosen.itertuples()]
    whole = chosen[(chosen.language == "all") & (chosen.kind == "all")]
    lead = f"Quotation F1 on the development articles: {whole.f1.iloc[0]:.2f}" if len(whole) else "Nothing was scored"
    figure, axes = canvas(len(chosen), lead)
    ys = range(len(chosen))
    shown = chosen.gold >= 10  # the interval of a handful means nothing
    errors = [
        (chosen.f1 - chosen.low).where(shown, 0).clip(lower=0),
        (chosen.high - chosen.f1).where(shown, 0).clip(lower=0),
    ]
    axes.errorbar(chosen.f1, ys, xerr=errors, fmt="o", color=NAVY, ecolor=LINE, capsize=3)
    axes.set_yticks(ys, label, va="center")
    axes.set_xlim(0, 1.02)
    axes.invert_yaxis()
    axes.set_xlabel("quotation F1 (span, kind and speaker right) with 95% bootstrap interval")
    caption = (
        "Quotation F1 by language and kind on the articles the rules were developed on; intervals over paragraphs, where n is ten or more; "
        f"{reviewed(quotations)}"
    )
    alt = "Dot plot. " + "; ".join(f"{name}: {f:.2f}" for name, f in zip(label, chosen.f1, strict=True)) + "."
    return Drawing("fig-accuracy", lead, figure, caption, alt, chosen)


def reliability(measured: dict) -> Drawing:
    """How often relations of a confidence are right, on PolNeAR's development articles."""
    data = pd.DataFrame(measured["reliability"])
    sure = data[data.confidence >= 0.8]
    share = (sure.right * sure.n).sum() / sure.n.sum()
    title = f"Of PolNeAR relations with a confidence over 0.8, {share:.0%} are right"
    figure, axes = canvas(6, title, width=6.0)
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
