"""Text with its quotations marked, and tables in either direction, as HTML that runs nothing: every text is escaped."""

from __future__ import annotations

import io
import itertools
import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from ..articles.alignment import Span
from ..articles.document import PASSED, Document, shown, visible
from . import sides
from .citation import KINDS, PHRASE, named
from .phrases import number as written
from .phrases import say
from .tables import spans_of

if TYPE_CHECKING:
    from .canvas import Drawing
    from .findings import Study

FAINT = "#595959"
LONGEST = 100_000  # characters of an article that a page shows
LETTER = dict(zip(KINDS, "DMIS", strict=True))  # that stand for the kinds where colours are stripped


class Html(str):
    """Markup that a notebook shows as it is."""

    def _repr_html_(self) -> str:
        return str(self)


def safe(text: str) -> str:
    """Escape a text for HTML; controls that could reorder or hide it become their code.

    >>> safe("<b>\\u202e")
    '&lt;b&gt;[U+202E]'
    """
    return escape(shown(text))


def direction(language: str) -> str:
    """Return the attributes of a block in a language."""
    return 'dir="rtl" lang="fa"' if language == "fa" else 'dir="ltr" lang="en"'


def legend(two: tuple[str, ...], cards: str = "") -> Html:
    """The key to the colours and textures of a marked article, in the language of a page with ``cards``, else with the letters."""
    language = cards or "en"
    names = [sides.name(code, language) for code in (*two, sides.OTHERS)]
    tones = "".join(f'<mark class="s{n}">{safe(name)}</mark> ' for n, name in enumerate(names))
    letters = {kind: "" if cards else f"{LETTER[kind]} " for kind in PHRASE}
    kinds = "".join(f'<mark class="s2 {k}">{letters[k]}{say(key, language)}</mark> ' for k, key in PHRASE.items())
    rest = say("legend-rest", language) + (f" {say('legend-number', language)}" if cards else "")
    return Html(
        f'<p class="legend">{say("legend", language)}: {tones}· {say("legend-kind", language)}: {kinds}· {rest}</p>'
    )


def marked_article(
    document: Document, rows: Iterable, names: dict[str, str], two: tuple[str, ...], cards: str = ""
) -> Html:
    """Return the article with its quotations marked: the side as a colour, the kind as a texture and a letter in brackets, cues bold, sources
    underlined, boilerplate grey; the speaker stands in small letters where he changes.

    ``rows`` are the article's rows of the table quotations with the column ``side`` (see ``by_article``), ``names`` gives an actor's name.
    With ``cards``, the language of a page, each quotation carries its id as anchor and a button that opens its card. But for these
    labels the words are the source's, all of them.
    """
    layers: list[tuple[Span, str, str, str]] = []
    text, before, comma = document.text[:LONGEST], None, "، " if cards == "fa" else ", "
    for number, q in enumerate(within(rows), 1):
        who = safe(named(names, q.speaker) or say("unresolved", cards or "en"))
        label = f'<small class="who" dir="auto">{who}:</small> ' if q.speaker != before else ""
        before, tone = q.speaker, f"s{two.index(q.side) if q.side in two else 2}"
        letter = LETTER[q.kind]
        data = f' data-p="{safe(q.speaker)}" data-t="{safe(q.themes.replace(";", ""))}"' if cards else ""
        button = (
            f'<button popovertarget="q{number}" aria-label="{written(number, cards)}{comma}{who}: {say(PHRASE[q.kind], cards)}">{written(number, cards)}</button>'
            if cards
            else f"<small>[{letter}</small>\u00a0"
        )
        for n, span in enumerate(spans_of(q.spans)):
            opened = f'<mark class="{tone} {q.kind}" title="{who}: {say(PHRASE[q.kind], cards or "en")}"{data}>'
            anchor = f' id="{safe(q.quotation_id.rpartition("#")[2])}"' if cards and n == 0 else ""
            first = f"<span{anchor}>{label}{button}</span>" if n == 0 else ""
            layers.append((Span(*span), opened, "</mark>", first))
        if not cards:
            end = spans_of(q.spans)[-1][1]
            layers.append((Span(end, end + 1), "", "", "<small>]</small>"))
        layers += [(Span(q.cue_start, q.cue_end), "<b>", "</b>", "")] if q.cue_start >= 0 else []
        layers += [(Span(q.source_start, q.source_end), "<u>", "</u>", "")] if q.source_start >= 0 else []
    layers += [(p.span, f'<span style="color:{FAINT}">', "</span>", "") for p in document.parts if p.part in PASSED]
    body = "".join(f"<p>{part}</p>" for part in re.split(r"(?:\r?\n)+", _layered(text, layers)) if part.strip())
    rest = f"<p>… {len(document.text) - LONGEST:,} more characters</p>" if len(document.text) > LONGEST else ""
    return Html(f'<div class="article" {direction(document.language)}>{body}</div>{rest}')


def by_article(quotations: pd.DataFrame) -> dict[str, list]:
    """Return document id -> its rows of the table quotations, in the order of their words."""
    rows: dict[str, list] = defaultdict(list)
    for row in quotations.sort_values("start", kind="stable").itertuples():
        rows[row.doc_id].append(row)
    return rows


def within(rows: Iterable) -> list:
    """Return the rows that a page shows: all, but of an article longer than LONGEST those before the cut."""
    return [row for row in rows if spans_of(row.spans)[-1][1] <= LONGEST]


def _layered(text: str, layers: list[tuple[Span, str, str, str]]) -> str:
    """The text in pieces between all edges (and line ends), each wrapped in the layers that cover it; a layer is its span, what
    opens and closes it, and what stands before its first piece alone."""
    edges = sorted(
        {
            0,
            len(text),
            *(e for span, *_ in layers for e in span),
            *(e for m in re.finditer(r"[\r\n]+", text) for e in m.span()),
        }
    )
    layers = sorted(layers, key=lambda layer: layer[0])
    out, over, n = [], [], 0
    for a, b in itertools.pairwise(edges):
        over = [(layer, "") for layer, _ in over if layer[0].end > a]
        while n < len(layers) and layers[n][0].start <= a:
            over.append((layers[n], layers[n][3]))
            n += 1
        piece = text[a:b]
        if piece.strip():
            opened = "".join(layer[1] + first for layer, first in over)
            out.append(opened + safe(piece) + "".join(layer[2] for layer, _ in reversed(over)))
        else:
            out.append("".join(first for _, first in over) + safe(piece))
    return "".join(out)


def show(frame: pd.DataFrame, top: int | None = None) -> Html:
    """Return a table whose cells are escaped and run in their own direction; a line says how many rows are left out."""
    rows = frame if top is None else frame.head(top)
    head = "".join(f"<th>{safe(str(c))}</th>" for c in rows.columns)
    body = "".join("<tr>" + "".join(_cell(v) for v in row) + "</tr>" for row in rows.itertuples(index=False))
    rest = f"<p>… and {len(frame) - len(rows)} more rows</p>" if len(rows) < len(frame) else ""
    return Html(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}")


def _cell(value) -> str:
    if isinstance(value, float):
        return f"<td>{value:.2f}</td>"
    if isinstance(value, int | bool) or not isinstance(value, str):
        return f"<td>{safe(str(value))}</td>"
    return f'<td dir="auto"{" class=long" if len(value) > 40 else ""}>{safe(value)}</td>'


def picture(drawing: Drawing, dpi: int = 110) -> bytes:
    """Return a drawing as PNG at screen size."""
    from .canvas import styled

    drawing.settle()
    buffer = io.BytesIO()
    with styled():
        drawing.figure.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None})
    return buffer.getvalue()


def figure(drawing: Drawing) -> Html:
    """Show a drawing in a notebook, with its id as anchor and its alternative text, and return its caption and citation line."""
    from IPython.display import Image, display

    display(Html(f'<span id="{drawing.figure_id}"></span>'))
    display(Image(picture(drawing), alt=drawing.alt))
    return Html(
        f'<p class="caption"><b>{drawing.figure_id}</b> {safe(drawing.caption)}<br>Cite as: {safe(drawing.citation)}</p>'
    )


def sentence(template: str, **values) -> Html:
    """Return a sentence whose numbers come from the data."""
    return Html(f"<p>{safe(template.format(**values))}</p>")


def bullets(sentences: Iterable[str]) -> Html:
    """Return sentences as a list; of none, that nothing is claimed."""
    items = "".join(f"<li>{safe(words)}</li>" for words in sentences)
    return Html(f"<ul>{items}</ul>") if items else sentence(say("no-findings", "en"))


def counts(frame: pd.DataFrame, rows: str, columns: str, top: int | None = None) -> Html:
    """Return a table of counts with a total, which comes first where not all rows are shown."""
    if not len(frame):
        return show(pd.DataFrame())
    table = pd.crosstab(frame[rows], frame[columns], margins=True, margins_name="all").reset_index()
    if top and len(table) > top + 1:
        table = pd.concat([table.tail(1), table.head(-1).sort_values("all", ascending=False, kind="stable")])
        return show(table, top + 1)
    return show(table)


def both(source: str, normalized: str, language: str) -> Html:
    """Return two versions of a text, one above the other; half-spaces are shown as a small bar."""
    shown = [safe(t).replace("\u200c", '<span style="color:#b30000">|</span>') for t in (source, normalized)]
    return Html("".join(f"<p {direction(language)}>{t}</p>" for t in shown))


def names_in(language: str, actors: pd.DataFrame) -> dict[str, str]:
    """Return actor id -> name in the script of a language, in the other if there is none."""
    rows = actors.itertuples()
    return {a.actor_id: (a.name_fa if language == "fa" else a.name_en) or a.name_en or a.name_fa for a in rows}


def articles(documents: list[Document], study: Study, actors: pd.DataFrame, top: int) -> Html:
    """Return the first ``top`` marked articles under their headlines, fewer if they are long; a line says how many are left out."""
    names = names_in("en", actors)
    rows, shown, size = by_article(study.quotations), [], 0
    for d in documents[:top]:
        size += min(len(d.text), LONGEST)
        if shown and size > 2 * LONGEST:
            break
        shown.append(f"<h3>{safe(headline(d))}</h3>{marked_article(d, rows[d.doc_id], names, study.two)}")
    more = len(documents) - len(shown)
    return Html("".join(shown) + (f"<p>… and {more:,} more articles</p>" if more else ""))


def headline(document: Document, language: str = "en") -> str:
    """Return an article's headline; of one without, its first words, and that it has none."""
    if title := document.value("title"):
        return visible(title)
    body = next((span for span in document.paragraphs()), None)
    words = textwrap.shorten(visible(body.of(document.text) if body else ""), 90, placeholder=" …")
    return say("no-title", language, words=words) if words else visible(document.doc_id)


def worked(study: Study, documents: list[Document]) -> Html:
    """Show how one sentence becomes a row: a quotation in marks whose source is a name, if there is one."""
    text = {d.doc_id: d.text for d in documents}
    found = study.quotations[(study.quotations.cue_start >= 0) & (study.quotations.source_start >= 0)]
    if not len(found):
        return sentence("No quotation with a source and a cue was found.")
    rank = (
        (found.kind != "direct") * 100 + (found.words - 14).abs() + 50 * ~found.speaker_evidence.str.startswith("name")
    )
    q = next(found.loc[[rank.idxmin()]].itertuples())
    rows = [
        (part, getattr(q, part), f"{getattr(q, a)}–{getattr(q, b)}")
        for part, a, b in (("source", "source_start", "source_end"), ("cue", "cue_start", "cue_end"))
    ]
    rows += [("content", text[q.doc_id][a:b], f"{a}–{b}") for a, b in spans_of(q.spans)]
    rows += [("kind", q.kind, ""), ("speaker", q.speaker, q.speaker_evidence), ("quotation_id", q.quotation_id, "")]
    first = text[q.doc_id].rfind("\n", 0, min(q.start, q.source_start)) + 1
    last = text[q.doc_id].find("\n", q.end)
    line = text[q.doc_id][first : last if last >= 0 else None]
    return Html(
        f"<blockquote dir=auto>{safe(line)}</blockquote>{show(pd.DataFrame(rows, columns=['part', 'words', 'characters, or why']))}"
    )


def limits(outlets: Iterable[str]) -> Html:
    """Return what cannot be concluded from a corpus of this size and make; ``outlets`` has one for each article, "" if it tells none."""
    outlets = list(outlets)
    return sentence(
        "What we cannot conclude: {n} articles of {outlets} named outlets, put into one folder, are no sample. Nothing follows about "
        "an outlet, a country’s press or a speaker’s habits; each row says only that an article reports a speech.",
        n=len(outlets),
        outlets=len({*outlets} - {""}),
    )
