from reported_speech.cache import analyse_once


def test_what_is_kept_comes_back_the_same(tmp_path, seeds, analyses):
    first = list(analyse_once(seeds, tmp_path))
    second = list(analyse_once(seeds, tmp_path))
    assert [a.quotations for a in first] == [a.quotations for a in second] == [a.quotations for a in analyses]
    assert [a.mentions for a in second] == [a.mentions for a in analyses]
    assert [a.actors for a in second] == [a.actors for a in analyses]


def test_a_damaged_entry_is_made_anew(tmp_path, seeds, analyses):
    list(analyse_once(seeds[:1], tmp_path))
    for path in tmp_path.iterdir():
        path.write_text('{"actors": 7', encoding="utf-8")
    assert next(analyse_once(seeds[:1], tmp_path)).quotations == analyses[0].quotations
