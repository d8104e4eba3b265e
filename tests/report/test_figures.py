from dataclasses import replace

import matplotlib
import pandas as pd
import pytest
from matplotlib.text import Text

from reported_speech.report import diagnostics, figures, findings, measured, sides, tables
from reported_speech.report.canvas import Drawing, canvas, label
from reported_speech.report.figures import wrapped
from reported_speech.report.markup import picture

IDS = ["voices", "balance", "themes", "accuracy", "reliability"]


def told(documents, analyses, chosen="IRN, AZE"):
    quotations, actors = tables.quotations_table(analyses), tables.actors_table(analyses)
    meetings = tables.meetings_table(analyses, quotations, actors, sides.sides(chosen, quotations, actors))
    return findings.study_of(quotations, tables.documents_table(documents), actors, meetings, chosen), actors


def draw(documents, analyses, chosen="IRN, AZE", **options):
    study, actors = told(documents, analyses, chosen)
    drawn = (
        figures.voices(study, actors, **options),
        figures.balance(study, **options),
        figures.themes(study),
        diagnostics.accuracy(measured.accuracy()),
        diagnostics.reliability(measured.stored()),
    )
    return {d.figure_id.removeprefix("fig-"): d for d in drawn}


@pytest.fixture(scope="module")
def drawn(seeds, analyses):
    return draw(seeds, analyses)


def test_the_data_add_up(drawn, analyses):
    total = sum(len(a.quotations) for a in analyses)
    assert drawn["voices"].data[list(figures.KINDS)].to_numpy().sum() == total
    assert f"n = {total} quotations ({total - 2} without repetitions)" in drawn["voices"].caption
    words = tables.quotations_table(analyses).words.sum()
    assert drawn["balance"].data[["IRN", "AZE", "others", "joint"]].to_numpy().sum() == words
    assert list(drawn["balance"].data.share.round()) == [69, 61, 57, 56, 19]


def test_a_figure_has_id_message_caption_alternative_text_and_citation(drawn):
    assert list(drawn) == IDS
    for drawing in drawn.values():
        assert drawing.title == drawing.figure.get_suptitle().replace("\n", " ")
        assert drawing.caption.endswith(".")
        assert drawing.alt.endswith(".")
        assert drawing.title in drawing.citation
        assert drawing.figure_id in drawing.citation


def test_every_word_of_a_figure_is_in_the_font_with_both_scripts(drawn):
    for drawing in drawn.values():
        families = {tuple(text.get_fontfamily()) for text in drawing.figure.findobj(Text) if text.get_text()}
        assert {family[0] for family in families} == {"Vazirmatn"}


def test_a_side_has_one_colour(drawn):
    shown = {
        d: {patch.get_label(): patch.get_facecolor() for patch in drawn[d].figure.legends[0].get_patches()}
        for d in ("voices", "balance", "themes")
    }
    assert shown["voices"]["Iran"] == shown["balance"]["Iran"] == shown["themes"]["Iran"]
    assert shown["voices"]["Azerbaijan"] == shown["balance"]["Azerbaijan"] == shown["themes"]["Azerbaijan"]


def test_a_figure_can_be_read_on_a_narrow_screen(drawn):
    for drawing in drawn.values():
        width = drawing.figure.get_size_inches()[0]
        smallest = min(text.get_fontsize() for text in drawing.figure.findobj(Text) if text.get_text())
        assert smallest / 72 * 390 / width > 6.5  # pixels of a letter's body where 390 show the whole figure


def test_corrected_rows_are_told(seeds, analyses):
    study, actors = told(seeds, analyses)
    rows = study.quotations.assign(review=lambda t: ["corrected", "reviewed"] + [""] * (len(t) - 2))
    drawing = figures.voices(study._replace(quotations=rows), actors)
    assert drawing.caption.endswith("1 rows corrected by hand, 1 more confirmed.")


def test_a_saved_figure_is_the_same_bytes_each_time(drawn, tmp_path, seeds, analyses):
    drawn["voices"].save(tmp_path / "a")
    again = figures.voices(*told(seeds, analyses))
    again.save(tmp_path / "b")
    for suffix in ("png", "svg", "pdf", "csv", "txt"):
        name = f"fig-voices.{suffix}"
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        if suffix in ("png", "svg", "pdf"):  # the message travels in the picture
            assert b"Mohammad Bagher Ghalibaf is quoted most" in (tmp_path / "a" / name).read_bytes()


def test_speakers_who_are_quoted_seldom_are_left_out_and_counted(seeds, analyses):
    voices = figures.voices(*told(seeds, analyses), top=2)
    assert len(voices.data) == 2
    assert "speakers with fewer are left out" in voices.caption


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
    says = ("Nobody is quoted", "No two sides", "The two sides are quoted too seldom")
    for drawing, start in zip(draw(seeds, [], "").values(), says, strict=False):
        assert drawing.title.startswith(start)
        assert drawing.figure.get_size_inches()[1] < 1


def test_sides_are_chosen_or_the_two_most_quoted(seeds, analyses):
    assert told(seeds, analyses, "")[0].two == ("IRN", "AZE")
    assert told(seeds, analyses, "AZE, TUR")[0].two == ("AZE", "TUR")
    for wrong in ("IRN", "IRN, IRN", "IRN, XXX", "IRN, AZE, TUR"):
        with pytest.raises(ValueError, match="two states by their ISO 3166 alpha-3 codes"):
            told(seeds, analyses, wrong)


def test_nobody_in_particular_does_not_lead(seeds, analyses):
    study, actors = told(seeds, analyses)
    rows = study.quotations.assign(speaker="", side=sides.OTHERS)
    assert figures.voices(study._replace(quotations=rows), actors).title == "No speaker of the two sides is quoted"


def test_a_matplotlibrc_of_the_users_changes_nothing(tmp_path):
    pictures = []
    for n, own in enumerate(
        ({}, {"axes.facecolor": "red", "savefig.facecolor": "blue", "lines.linewidth": 9, "text.usetex": True})
    ):
        with matplotlib.rc_context(own):
            figure, axes = canvas(2, "A title")
            axes.set_yticks([0, 1], ["a", "b"])
            drawing = Drawing("fig-x", "A title", figure, "caption", "alt", pd.DataFrame())
            drawing.save(tmp_path / str(n))
            pictures.append(
                [picture(drawing), *((tmp_path / str(n) / f"fig-x.{s}").read_bytes() for s in ("png", "svg", "pdf"))]
            )
    assert pictures[0] == pictures[1]


def test_letters_that_no_font_has_dollars_and_controls_are_drawn(tmp_path, recwarn):
    name = "文 A$AP Ke$ha 😀 $\\frac{1}{0}$ \x1b[31m\u202e"
    figure, axes = canvas(1, name)
    axes.set_yticks([0], [label(name)])
    Drawing("fig-x", name, figure, name, name, pd.DataFrame()).save(tmp_path)
    assert "[U+001B][31m[U+202E]" in (tmp_path / "fig-x.txt").read_text(encoding="utf-8")
    assert not list(recwarn)


@pytest.mark.parametrize("name", ["X" * 2000, "The Very Long News Service " * 10, "文" * 300])
def test_a_label_of_any_length_fits(tmp_path, name, recwarn):
    figure, axes = canvas(2, name)
    axes.set_yticks([0, 1], [wrapped(name), "b"])
    Drawing("fig-x", name, figure, name, name, pd.DataFrame()).save(tmp_path)
    assert not list(recwarn)
