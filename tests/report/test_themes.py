"""What a quotation is about: words -> themes, negatives included; the codebook; agreement."""

import pandas as pd
import pytest

from reported_speech.lexicons import load
from reported_speech.report import tables, themes

WORDS = [
    ("en", "both sides must respect borders and sovereignty", ["territorial-integrity"]),
    ("en", "the importance of the matter", []),  # no import
    ("en", "imports fell and exports rose", ["trade"]),
    ("en", "large numbers of Azeri speakers", ["culture"]),  # no parliament
    ("en", "the 3+3 format is useful", ["regional-formats"]),
    ("en", "non-regional countries must leave", ["foreign-interference"]),  # no regional format
    ("en", "parliamentary relations", ["parliament"]),  # a tie of one field
    ("en", "relations are good", ["relations"]),
    ("en", "The Zionist regime’s presence", ["israel"]),
    ("en", "gas swaps through the pipeline", ["energy"]),
    ("en", "a damp gasp on the broadside", []),  # whole words: no dam, gas, road
    ("en", "TRANSIT along the Zangezur corridor", ["transport"]),
    ("en", "extended condolences over the earthquake", ["courtesy"]),
    ("fa", "تمامیت‌ارضی کشورها", ["territorial-integrity"]),
    ("fa", "تماميت ارضي كشورها", ["territorial-integrity"]),  # Arabic letters
    ("fa", "روابط پارلمانی", ["parliament"]),
    ("fa", "گسترش روابط دو کشور", ["relations"]),
    ("fa", "همکاری‌های اقتصادی", ["trade"]),
    ("fa", "کریدور شمال جنوب و راه‌آهن", ["transport"]),
    ("fa", "رژیم صهیونیستی", ["israel"]),
    ("fa", "هوا آفتابی است", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words", "expected"), WORDS)
def test_words_carry_themes(language, words, expected):
    assert themes.themes_of(words, language) == tuple(expected)


def test_the_codebook_says_of_each_theme_what_a_coder_needs():
    for theme, entry in load("themes").items():
        assert {"name", "definition", "include", "exclude", "en", "fa"} <= set(entry), theme
        assert set(entry["name"]) == {"en", "fa"}
        assert all(
            isinstance(pattern, str) and pattern.strip("* …") for code in ("en", "fa") for pattern in entry[code]
        )


def test_the_table_joins_themes_in_the_order_of_the_codebook(analyses):
    order = list(load("themes"))
    for cell in tables.quotations_table(analyses).themes:
        found = [theme for theme in cell.split("; ") if theme]
        assert found == sorted(found, key=order.index)


def test_agreement_is_between_the_passes_and_with_each(root, seeds, analyses):
    table = themes.agreement(root / "tests/gold/seeds-relations.jsonl", seeds, tables.quotations_table(analyses))
    assert len(table) == len(load("themes")) + 1
    assert (table.filter(like="alpha").min() > 0.8).all()


def test_an_own_corpus_has_no_coding(tmp_path, seeds):
    (tmp_path / "own.jsonl").write_text("", encoding="utf-8")
    assert themes.agreement(tmp_path / "own.jsonl", seeds, pd.DataFrame()).empty


def test_a_coding_with_an_unknown_theme_is_an_error(tmp_path):
    path = tmp_path / "x-coding.csv"
    path.write_text("doc,id,first,second,first_act,second_act\na,1,trade,weather,asserts,asserts\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x-coding.csv, line 2: the codebook has no 'weather'"):
        themes.read_coding(path)


@pytest.mark.parametrize(("one", "other", "expected"), [
    ([1, 1, 0, 0], [1, 1, 0, 0], 1.0), ([0, 0], [0, 0], 1.0), ([1, 0, 0, 0], [1, 1, 0, 0], 0.533),
])  # fmt: skip
def test_alpha(one, other, expected):
    assert themes.alpha(one, other) == pytest.approx(expected, abs=0.001)
