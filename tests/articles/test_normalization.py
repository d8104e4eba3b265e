import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported_speech.articles.alignment import AlignedText
from reported_speech.articles.normalization import changes, normalize, skeleton, survivors

PERSIAN = st.text(alphabet='ابپتکيكیگفتدمهاوننمی آأۀة‌ـًِ«»".،: \n12۳abc', max_size=80)


@pytest.mark.parametrize(("before", "after"), [
    ("همکاری های دو کشور", "همکاری‌های دو کشور"),
    ("آنها ميتوانند", "آنها می‌توانند"),
    ("كتاب يك", "کتاب یک"),
    ("گفت: \" سید عباس موسوی \" آمد", "گفت: \" سید عباس موسوی \" آمد"),
    ("U.S. و COVID-19 در 12.5 و 2021/03/04", "U.S. و COVID-19 در 12.5 و 2021/03/04"),
    ("«یک»\n\n«دو»\r\n“سه”", "«یک»\n\n«دو»\r\n“سه”"),
])  # fmt: skip
def test_persian(before, after):
    assert normalize(before, "fa").text == after


@given(PERSIAN)
def test_normalization_is_idempotent_and_aligned(text):
    aligned = normalize(text, "fa")
    assert normalize(aligned.text, "fa").text == aligned.text
    assert list(aligned.starts) == sorted(aligned.starts)
    assert all(0 <= a <= b <= len(text) for a, b in zip(aligned.starts, aligned.ends, strict=True))


@given(st.text(max_size=80))
def test_english_changes_character_for_character(text):
    aligned = normalize(text, "en")
    assert len(aligned.text) == len(text)
    assert list(aligned.starts) == list(range(len(text)))


def test_the_skeleton_is_blind_to_spelling():
    forms = ["تأکید می‌کند", "تاکید میکند", "تاكيد ميكند", "تـأکـید می‌کند"]
    assert {skeleton(AlignedText.of(f)).text for f in forms} == {"تاکید میکند"}


def test_marks_lines_numbers_and_latin_words_survive(seeds):
    table = survivors(seeds)
    assert len(table) == 4 * len(seeds)
    assert (table.before == table.after).all()


def test_every_change_is_named_with_its_count():
    assert ("affix spacing", "همکاری های", "همکاری‌های", 2) in changes("همکاری های ما و همکاری های آنها", "fa")
    assert changes("It’s “it”", "en") == [
        ("typography", "’", "'", 1),
        ("typography", "“", '"', 1),
        ("typography", "”", '"', 1),
    ]
