"""Text with its quotations marked, and tables in either direction, as HTML that runs nothing: every text is escaped."""

from __future__ import annotations

import base64
import io
import itertools
import re
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from .alignment import Span
from .documents import Document
from .tables import spans_of

if TYPE_CHECKING:
    from .figures import Drawing

KINDS = {"direct": "direct", "mixed": "mixed", "indirect": "indirect", "speech_act": "speech act"}
COLOURS = {"direct": "#cfe3f5", "mixed": "#d9ecd0", "indirect": "#fdf0c4", "speech_act": "#f6ddea"}
INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000e-\u001f\u007f-\u009f]")


class Html(str):
    """Markup that a notebook shows as it is."""

    def _repr_html_(self) -> str:
        return str(self)


def safe(text: str) -> str:
    """Escape a text for HTML; controls that could reorder or hide it become their code.

    >>> safe("<b>\\u202e")
    '&lt;b&gt;[U+202E]'
    """
    return escape(INVISIBLE.sub(lambda m: f"[U+{ord(m.group()):04X}]", text))


def direction(language: str) -> str:
    """Return the attributes of a block in a language."""
    return 'dir="rtl" lang="fa"' if language == "fa" else 'dir="ltr" lang="en"'


def legend() -> Html:
    """The key to the colours and lines of a marked article."""
    marks = " ".join(f'<mark style="background:{COLOURS[k]}">{name}</mark>' for k, name in KINDS.items())
    return Html(f'<p class="legend">{marks} <u>source</u> <b>cue</b></p>')


def marked_article(document: Document, quotations: pd.DataFrame) -> Html:
    """Return the article with contents coloured by kind, cues bold, sources underlined, boilerplate grey.

    Each quotation carries its id as anchor and its speaker as tooltip; the words are the source's, all of them.
    """
    layers: list[tuple[Span, str, str]] = []
    for q in quotations[quotations.doc_id == document.doc_id].itertuples():
        about = safe(f"{KINDS[q.kind]}: {q.speaker or 'unresolved'}" + (f" to {q.addressee}" if q.addressee else ""))
        for n, span in enumerate(spans_of(q.spans)):
            anchor = f' id="{safe(q.quotation_id.split("#")[1])}"' if n == 0 else ""
            layers.append(
                (Span(*span), f'<mark{anchor} style="background:{COLOURS[q.kind]}" title="{about}">', "</mark>")
            )
        layers += [(Span(q.cue_start, q.cue_end), "<b>", "</b>")] if q.cue_start >= 0 else []
        layers += [(Span(q.source_start, q.source_end), "<u>", "</u>")] if q.source_start >= 0 else []
    layers += [(p.span, '<span style="color:#767676">', "</span>") for p in document.all("boilerplate")]
    body = "".join(
        f"<p>{part}</p>" for part in re.split(r"(?:\r?\n)+", _layered(document.text, layers)) if part.strip()
    )
    return Html(f'<div class="article" {direction(document.language)}>{body}</div>')


def _layered(text: str, layers: list[tuple[Span, str, str]]) -> str:
    """The text in pieces between all edges (and line ends), each wrapped in the layers that cover it."""
    edges = sorted(
        {
            0,
            len(text),
            *(e for span, _, _ in layers for e in span),
            *(e for m in re.finditer(r"[\r\n]+", text) for e in m.span()),
        }
    )
    layers = sorted(layers, key=lambda layer: layer[0])
    out, first, seen = [], 0, set()
    for a, b in itertools.pairwise(edges):
        piece = text[a:b]
        while first < len(layers) and layers[first][0].end <= a and all(s.end <= a for s, _, _ in layers[:first]):
            first += 1
        over = [layer for layer in layers if layer[0].start <= a and b <= layer[0].end] if piece.strip() else []
        opened = ""
        for layer in over:
            tag = layer[1] if id(layer) not in seen else re.sub(r' id="[^"]*"', "", layer[1])
            seen.add(id(layer))
            opened += tag
        out.append(opened + safe(piece) + "".join(close for _, _, close in reversed(over)))
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


def figure(drawing: Drawing, dpi: int = 110) -> Html:
    """Return a drawing as an embedded picture with its alternative text, caption and id."""
    drawing.settle()
    buffer = io.BytesIO()
    drawing.figure.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None})
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    return Html(
        f'<figure id="{drawing.figure_id}"><img alt="{safe(drawing.alt)}" src="data:image/png;base64,{data}">'
        f"<figcaption><b>{drawing.figure_id}</b> {safe(drawing.caption)}</figcaption></figure>"
    )


def said(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of quotations that a reader wants first: who, how, what, by which rule."""
    return frame[["speaker", "kind", "cue", "text", "addressee", "rule"]]


def sentence(template: str, **values) -> Html:
    """Return a sentence whose numbers come from the data."""
    return Html(f"<p>{safe(template.format(**values))}</p>")


def counts(frame: pd.DataFrame, rows: str, columns: str) -> Html:
    """Return a table of counts with a total."""
    table = pd.crosstab(frame[rows], frame[columns], margins=True, margins_name="all") if len(frame) else pd.DataFrame()
    return show(table.reset_index())


def both(source: str, normalized: str, language: str) -> Html:
    """Return two versions of a text, one above the other; half-spaces are shown as a small bar."""
    shown = [safe(t).replace("\u200c", '<span style="color:#b30000">|</span>') for t in (source, normalized)]
    return Html("".join(f"<p {direction(language)}>{t}</p>" for t in shown))


def articles(documents: list[Document], quotations: pd.DataFrame) -> Html:
    """Return several marked articles under their file names."""
    return Html("".join(f"<h3>{safe(d.doc_id)}</h3>{marked_article(d, quotations)}" for d in documents))
