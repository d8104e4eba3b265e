"""How a figure is drawn and saved: fonts and colours; as PNG, SVG, PDF and CSV, the same bytes each time."""

from __future__ import annotations

import os
import textwrap
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

import pandas as pd

os.environ["MATPLOTLIBRC"] = os.devnull
with chdir(os.path.dirname(__file__)):  # where no matplotlibrc of a user's lies that could not even be read
    import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..articles.document import visible
from .citation import of_figure
from .tables import harmless

FONTS = Path(__file__).parent / "fonts"
NAVY, AMBER, GREY, PALE, LINE = "#14508c", "#f2a71b", "#8c8c8c", "#d5d5d5", "#767676"
LABEL = 110  # characters of a label
STYLE = {
    **{
        name: value for name, value in matplotlib.rcParamsDefault.items() if not name.startswith("backend")
    },  # no matplotlibrc
    "text.parse_math": False,  # a name may have a $
    "font.family": ["Vazirmatn", "DejaVu Sans"],
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.dpi": 110,
    "svg.hashsalt": "reported-speech",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
}


@contextmanager
def styled() -> Iterator[None]:
    """Draw in the study's style; a letter that no font has becomes matplotlib's box of the last resort, without a warning."""
    with matplotlib.rc_context(STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


@dataclass(frozen=True)
class Drawing:
    """A figure with its stable id, its message, its caption, its alternative text and the data behind it."""

    figure_id: str
    title: str
    figure: Figure
    caption: str
    alt: str
    data: pd.DataFrame

    def __post_init__(self) -> None:
        for name in ("title", "caption", "alt"):
            object.__setattr__(self, name, visible(getattr(self, name)))

    @property
    def citation(self) -> str:
        """How the figure is cited."""
        return of_figure(self.figure_id, self.title)

    def settle(self) -> None:
        """Lay the figure out once: each saving would do it again."""
        if self.figure.get_layout_engine():
            with styled():
                self.figure.draw_without_rendering()
            self.figure.set_layout_engine("none")

    def save(self, folder: Path) -> None:
        """Write it as PNG (300 dpi), SVG and PDF, its data as CSV, its caption, alternative text and citation as a text file.

        Title, caption and citation also stand in the metadata of the three pictures.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / self.figure_id
        self.settle()
        about = f"{self.caption} {self.citation}"
        metadata = {
            "png": {"Title": self.title, "Description": about, "Software": None},
            "svg": {
                "Title": self.title,
                "Description": f"{self.alt} {about}",
                "Identifier": self.figure_id,
                "Date": None,
            },
            "pdf": {"Title": self.title, "Subject": about, "CreationDate": None},
        }
        with styled():
            for suffix, entries in metadata.items():
                self.figure.savefig(path.with_suffix(f".{suffix}"), dpi=300, metadata=entries)
        self.data.map(harmless).to_csv(path.with_suffix(".csv"), index=False, encoding="utf-8-sig", lineterminator="\n")
        lines = (self.title, self.caption, self.alt, self.citation)
        path.with_suffix(".txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@cache
def _fonts() -> None:
    for path in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(path)


def label(text: str) -> str:
    """Return a text that fits an axis, however long it is.

    >>> label("x" * 199)[-3:], len(label("x" * 199))
    ('xx…', 110)
    """
    text = visible(text)
    widths = accumulate(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    fitting = sum(width < LABEL for width in widths)
    return text if fitting >= len(text) - 1 else text[:fitting] + "…"


def canvas(rows: float, title: str, width: float = 8.0) -> tuple[Figure, Axes]:
    _fonts()
    with styled():
        figure = Figure(figsize=(width, 1.4 + 0.42 * max(rows, 2)), layout="constrained")
        axes = figure.subplots()
        figure.suptitle(
            textwrap.fill(textwrap.shorten(visible(title), 300, placeholder=" …"), int(10.5 * width)),
            x=0.01,
            ha="left",
            weight="bold",
            fontsize=11,
        )
    return figure, axes


def tint(colour: str, share: float) -> str:
    """Return a colour with a share of white in it.

    >>> tint("#14508c", 0.5)
    '#8aa8c6'
    """
    parts = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(p + (255 - p) * share):02x}" for p in parts)


def empty(figure_id: str, said: str, data: pd.DataFrame) -> Drawing:
    """Return a figure that has nothing to show: one line that says so."""
    figure, axes = canvas(0, said, width=5.6)
    axes.set_axis_off()
    figure.set_size_inches(5.6, 0.9)
    return Drawing(figure_id, said, figure, f"{said}.", f"{said}.", data)
