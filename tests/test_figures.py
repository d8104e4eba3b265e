import pytest

from reported_speech import figures, tables


@pytest.fixture(scope="module")
def drawn(seeds, analyses):
    quotations, actors = tables.quotations_table(analyses), tables.actors_table(analyses)
    return [
        figures.voices(quotations, actors),
        figures.balance(quotations, actors, tables.documents_table(seeds)),
        figures.exchanges(quotations, tables.mentions_table(analyses), actors),
    ]


def test_the_data_add_up(drawn, analyses):
    voices, balance, exchanges = drawn
    total = sum(len(a.quotations) for a in analyses)
    assert voices.data.drop(columns="speaker").to_numpy().sum() == total
    assert f"n = {total}" in voices.caption
    assert len(balance.data) == len(analyses)
    assert exchanges.data.drop(columns="speaker").to_numpy().sum() > 0


def test_a_figure_has_id_caption_and_alternative_text(drawn):
    assert [d.figure_id for d in drawn] == ["fig-voices", "fig-balance", "fig-exchanges"]
    assert all(d.caption and len(d.alt) > 40 for d in drawn)


def test_a_saved_figure_is_the_same_bytes_each_time(drawn, tmp_path, seeds, analyses):
    figures.save(drawn[0], tmp_path / "a")
    again = figures.voices(tables.quotations_table(analyses), tables.actors_table(analyses))
    figures.save(again, tmp_path / "b")
    for suffix in ("png", "svg", "pdf", "csv", "txt"):
        name = f"fig-voices.{suffix}"
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_many_speakers_are_summed(analyses):
    voices = figures.voices(tables.quotations_table(analyses), tables.actors_table(analyses), top=2)
    assert len(voices.data) == 3
    assert voices.data.speaker.iloc[-1].endswith("more")


def test_no_quotations_make_figures_that_say_so(seeds, analyses):
    none = tables.quotations_table([])
    actors = tables.actors_table([])
    for drawing in (
        figures.voices(none, actors),
        figures.balance(none, actors, tables.documents_table(seeds)),
        figures.exchanges(none, tables.mentions_table([]), actors),
    ):
        assert drawing.figure.get_suptitle().startswith(("Nobody", "Neither"))
