from dataclasses import replace

import matplotlib
import pandas as pd
import pytest
from matplotlib.text import Text

from reported_speech.report import diagnostics, figures, polnear, tables
from reported_speech.report.canvas import NAVY, Drawing, canvas, matrix, stacked
from reported_speech.report.markup import picture

IDS = ["voices", "balance", "exchanges", "themes", "acts", "timeline", "spellings", "normalization", "accuracy"]


def draw(documents, analyses, **options):
    quotations, actors = tables.quotations_table(analyses), tables.actors_table(analyses)
    articles = tables.documents_table(documents)
    return {
        d.figure_id.removeprefix("fig-"): d
        for d in (
            figures.voices(quotations, actors, **options),
            figures.balance(quotations, actors, articles, **options),
            figures.exchanges(quotations, tables.mentions_table(analyses), actors, **options),
            figures.themes(quotations, actors),
            figures.acts(quotations, actors),
            figures.timeline(articles, quotations, **options),
            diagnostics.spellings(tables.spellings_table(analyses), actors, **options),
            diagnostics.normalization(tables.normalization_table(documents), articles),
            diagnostics.accuracy(tables.table("scores", []), quotations),
        )
    }


@pytest.fixture(scope="module")
def drawn(seeds, analyses):
    return draw(seeds, analyses)


def test_the_data_add_up(drawn, analyses):
    total = sum(len(a.quotations) for a in analyses)
    assert drawn["voices"].data.drop(columns="speaker").to_numpy().sum() == total
    assert drawn["acts"].data.drop(columns="act").to_numpy().sum() == total
    assert all(f"n = {total}" in drawn[name].caption for name in ("voices", "acts", "themes"))
    assert len(drawn["balance"].data) == len(analyses)
    assert drawn["exchanges"].data.drop(columns="speaker").to_numpy().sum() > 0


def test_a_figure_has_id_message_caption_alternative_text_and_citation(drawn):
    assert list(drawn) == IDS
    for drawing in drawn.values():
        assert drawing.title == drawing.figure.get_suptitle().replace("\n", " ")
        assert drawing.caption.endswith(".")
        assert drawing.alt.endswith(".")
        assert drawing.title in drawing.citation
        assert drawing.figure_id in drawing.citation


def test_every_word_of_a_figure_is_in_the_font_with_both_scripts(drawn):
    shown = [d.figure for d in drawn.values()] + [diagnostics.reliability(polnear.stored()).figure]
    for figure in shown:
        families = {tuple(text.get_fontfamily()) for text in figure.findobj(Text) if text.get_text()}
        assert {family[0] for family in families} == {"Vazirmatn"}


def test_a_timeline_has_both_calendars(drawn):
    assert set(drawn["timeline"].data.columns) >= {"published", "published_jalali"}
    above = drawn["timeline"].figure.axes[0].child_axes[0]
    assert [label.get_text() for label in above.get_xticklabels()] == ["1402"]


def test_the_sides_are_compared_only_where_there_is_enough(analyses):
    quotations, actors = tables.quotations_table(analyses), tables.actors_table(analyses)
    assert figures.contrasts(quotations, actors).endswith("(shares of 60 and 40 quotations).")
    assert "too seldom" in figures.contrasts(quotations[:15], actors)


def test_corrected_rows_are_told(analyses):
    quotations = tables.quotations_table(analyses).assign(
        review=lambda t: ["corrected", "reviewed"] + [""] * (len(t) - 2)
    )
    drawing = figures.voices(quotations, tables.actors_table(analyses))
    assert drawing.caption.endswith("1 rows corrected by hand, 1 more confirmed.")


def test_a_saved_figure_is_the_same_bytes_each_time(drawn, tmp_path, seeds, analyses):
    drawn["voices"].save(tmp_path / "a")
    again = figures.voices(tables.quotations_table(analyses), tables.actors_table(analyses))
    again.save(tmp_path / "b")
    for suffix in ("png", "svg", "pdf", "csv", "txt"):
        name = f"fig-voices.{suffix}"
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        if suffix in ("png", "svg", "pdf"):  # the message travels in the picture
            assert b"Mohammad Bagher Ghalibaf speaks most" in (tmp_path / "a" / name).read_bytes()


def test_a_number_stands_where_it_has_room(analyses):
    rows = pd.concat([tables.quotations_table(analyses)] * 40, ignore_index=True)
    rows.loc[:, "speaker"], rows.loc[:, "kind"] = "mohammad-bagher-ghalibaf", "direct"
    rows.loc[0:1, "speaker"], rows.loc[0, "kind"] = "sahiba-gafarova", "mixed"
    axes = figures.voices(rows, tables.actors_table(analyses)).figure.axes[0]
    assert [t.get_text() for t in axes.texts if t.get_text()] == [str(len(rows) - 2), "2"]


def test_many_speakers_are_summed(analyses):
    voices = figures.voices(tables.quotations_table(analyses), tables.actors_table(analyses), top=2)
    assert len(voices.data) == 3
    assert voices.data.speaker.iloc[-1].endswith("more")


def test_five_hundred_articles_still_read_well(seeds, analyses):
    documents, many = [], []
    for n in range(500):
        document, analysis = (one[n % len(one)] for one in (seeds, analyses))
        documents.append(replace(document, doc_id=f"{n:03d}_{document.doc_id}"))
        quotations = [replace(q, doc_id=documents[-1].doc_id) for q in analysis.quotations]
        many.append(replace(analysis, document=documents[-1], quotations=quotations))
    for drawing in draw(documents, many, top=6).values():
        assert drawing.figure.get_size_inches()[1] < 9
        assert len(drawing.alt) < 2000


def test_nothing_makes_figures_that_say_so(seeds):
    says = (
        "Nobody",
        "Neither",
        "Nobody",
        "No quotation",
        "The speakers",
        "2 of 5",
        "No person",
        "hazm changes",
        "Nothing",
    )
    for drawing, start in zip(draw(seeds, []).values(), says, strict=True):
        assert drawing.title.startswith(start)


def test_nobody_in_particular_does_not_lead(analyses):
    quotations = tables.quotations_table(analyses).assign(speaker="")
    actors = tables.actors_table(analyses)
    assert figures.voices(quotations, actors).title == "Nobody speaks most: 0% of all quotations"
    quotations.loc[1:3, "speaker"] = "both-sides"
    quotations.loc[0, "speaker"] = "sahiba-gafarova"
    assert figures.voices(quotations, actors).title.startswith("Sahiba Gafarova speaks most: 1%")


def test_a_matplotlibrc_of_the_users_changes_nothing(tmp_path):
    pictures = []
    for n, own in enumerate(
        ({}, {"axes.facecolor": "red", "savefig.facecolor": "blue", "lines.linewidth": 9, "text.usetex": True})
    ):
        with matplotlib.rc_context(own):
            figure, axes = canvas(2, "A title")
            stacked(axes, pd.DataFrame({"direct": [1, 2]}), {"direct": NAVY}, ["a", "b"])
            drawing = Drawing("fig-x", "A title", figure, "caption", "alt", pd.DataFrame())
            drawing.save(tmp_path / str(n))
            pictures.append(
                [picture(drawing), *((tmp_path / str(n) / f"fig-x.{s}").read_bytes() for s in ("png", "svg", "pdf"))]
            )
    assert pictures[0] == pictures[1]


def test_letters_that_no_font_has_dollars_and_controls_are_drawn(tmp_path, recwarn):
    name = "文 A$AP Ke$ha 😀 $\\frac{1}{0}$ \x1b[31m\u202e"
    figure, axes = canvas(1, name)
    stacked(axes, pd.DataFrame({"direct": [1]}), {"direct": NAVY}, [name])
    Drawing("fig-x", name, figure, name, name, pd.DataFrame()).save(tmp_path)
    assert "[U+001B][31m[U+202E]" in (tmp_path / "fig-x.txt").read_text(encoding="utf-8")
    assert not list(recwarn)


@pytest.mark.parametrize("name", ["X" * 2000, "The Very Long News Service " * 10, "文" * 300])
def test_a_label_of_any_length_fits(tmp_path, name, recwarn):
    figure, axes = canvas(2, name)
    stacked(axes, pd.DataFrame({"direct": [1, 2]}), {"direct": NAVY}, [name, "b"])
    Drawing("fig-x", name, figure, name, name, pd.DataFrame()).save(tmp_path)
    figure, axes = canvas(2, name)
    matrix(axes, pd.DataFrame({"a": [1], "b": [2]}), [name], [name, name])
    Drawing("fig-y", name, figure, name, name, pd.DataFrame()).save(tmp_path)
    assert not list(recwarn)
