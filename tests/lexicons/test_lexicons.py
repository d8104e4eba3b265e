"""The lexicons: what they must look like, and what is said of a file that does not."""

import os

import pytest

from reported_speech import lexicons
from reported_speech.articles.alignment import Span
from reported_speech.cluster import fingerprint
from reported_speech.people.registry import registry

PERSON = "- {id: a-b, kind: person, country: IRN, names_en: [A B]}\n- {id: iran, kind: state, country: IRN}\n"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("actors", PERSON + "- {id: a-b, kind: person, country: IRN}\n", "line 3: the id 'a-b' stands twice"),
        ("actors", PERSON + "- {id: c, kind: person, country: XYZ}\n", "line 3: 'XYZ' is the country of no state"),
        ("actors", PERSON + "- {id: c, kind: god, country: IRN}\n", "line 3: [2].kind must be 'person'"),
        (
            "actors",
            PERSON + "- id: c\n  kind: person\n  country: IRN\n  names_en: A B\n",
            "line 6: [2].names_en must be a valid list",
        ),
        (
            "actors",
            PERSON + "- {id: c, kind: person, country: IRN, nmes_en: [C]}\n",
            "line 3: [2].nmes_en is no key here",
        ),
        (
            "actors",
            "- {id: c, kind: person, country: IRN, roles: [{title_en: x, title_fa: y, attested: [a]}]}",
            "line 1: ",
        ),
        ("actors", "actors: none\n", "line 1: must be a valid list"),
        ("actors", "", "line 1: must be a valid list"),
        ("boilerplate", "en:\n  - 'read more'\n  - '(see'\nfa: []\n", "line 3: .en[1] is no regular expression"),
        ("cues.en", "verbs:\n  say: {act: a}\n  say: {act: b}\n", "line 3: 'say' stands twice"),
        (
            "themes",
            "x: {name: {en: X, fa: X}, definition: 1, include: x, exclude: x, en: [], fa: []}",
            "line 1: .x.definition must be a valid string",
        ),
        ("themes", "x: [1, 2\n", "line 2: "),
        *(
            (
                "themes",
                f"x: {{name: {{en: X, fa: X}}, definition: x, include: x, exclude: x, en: [{p}], fa: []}}",
                "line 1: .x.en[0] must have words",
            )
            for p in ('""', '"*"', '"*************qqq"', '"a*a*a*a*q"', '"a … b … c … d … e"', '"a … "')
        ),
        ("boilerplate", "en: ['(?i)foo']\nfa: []\n", "line 1: .en[0] is no regular expression"),
        ("boilerplate", "en: ['(?P<a>x)']\nfa: []\n", "line 1: .en[0] must not name groups"),
        ("actors", PERSON + "- {id: c, kind: person, country: IRN, names_en: [' ']}\n", "line 3: [2].names_en[0]"),
        ("themes", "a: !!int x\n", "a value that is none"),
        ("themes", "? [a, b]\n: 1\n", "line 1: a key must be a word"),
        ("themes", "x: &a [1]\ny: *a\n", "line 2: a reference"),
        ("themes", "[" * 100_000, "line 1: nested too deeply"),
        ("themes", "x: y\n" + "#" * 5_000_000, "larger than"),
        ("themes", "x: !!python/object/apply:os.system [echo]\n", "line 1: could not determine a constructor"),
    ],
)
def test_a_wrong_lexicon_is_named_with_its_line(tmp_path, name, text, said):
    path = tmp_path / "mine.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"mine\.yml") as error:
        lexicons.checked(path, name)
    assert said in str(error.value)


def test_one_name_for_two_actors_names_both(own):
    person = "- {{id: {0}, kind: person, country: IRN, names_en: [{1}]}}\n"
    (own / "actors.yml").write_text(
        person.format("ali", "Ali Qasim") + person.format("other", "Ali  Qasim"), encoding="utf-8"
    )
    lexicons.use(own)
    with pytest.raises(ValueError, match="names both ali and other"):
        registry()


def test_a_lexicon_that_is_not_utf8_is_named(tmp_path):
    (tmp_path / "mine.yml").write_bytes("- {id: é}".encode("latin-1"))
    with pytest.raises(ValueError, match=r"mine\.yml"):
        lexicons.checked(tmp_path / "mine.yml", "actors")


@pytest.mark.parametrize("path", sorted(p for p in lexicons.FOLDER.glob("*.yml")), ids=lambda p: p.stem)
def test_our_own_lexicons_fit(path):
    assert lexicons.checked(path, path.stem)


def test_words_that_yaml_takes_for_truth_or_dates_stay_words(tmp_path):
    (tmp_path / "x.yml").write_text("[on, no, yes, 2021-01-02, true]", encoding="utf-8")
    assert lexicons.parsed(tmp_path / "x.yml") == ["on", "no", "yes", "2021-01-02", True]


@pytest.fixture
def own(tmp_path):
    yield tmp_path
    lexicons.use(None)


def test_own_lexicons_lie_over_ours(own):
    from reported_speech.report import themes

    before, key = registry(), fingerprint()
    (own / "actors.yml").write_text(
        "- {id: jane-roe, kind: person, country: IRN, names_en: [Jane Roe]}\n"
        "- {id: iran, kind: state, country: IRN, names_en: [Persia]}\n",
        encoding="utf-8",
    )
    (own / "themes.yml").write_text(
        "rain: {name: {en: Rain, fa: باران}, definition: Rain., include: x, exclude: x, en: [rain*], fa: [باران]}\n"
        "trade: {en: [kebab]}\n",
        encoding="utf-8",
    )
    (own / "cues.en.yml").write_text("verbs:\n  croak: {act: asserts, frames: [marks, clause]}\n", encoding="utf-8")
    lexicons.use(own)
    assert registry()["jane-roe"].names_en == ("Jane Roe",)
    assert registry()["iran"].names_en == ("Persia",)
    assert registry().keys() == before.keys() | {"jane-roe"}
    assert themes.about("It rained.", (Span(0, 9),), None, "en") == ("rain",)
    assert themes.about("A kebab, and export.", (Span(0, 20),), None, "en") == ("trade",)
    assert {"say", "croak"} <= lexicons.load("cues.en")["verbs"].keys()
    assert fingerprint() != key
    lexicons.use(None)
    assert registry() == before


@pytest.mark.parametrize(("name", "text", "said"), [
    ("persons.yml", "[]", "no such lexicon"), ("schemas.yml", "{}", "no such lexicon"), ("x.txt", "", "no lexicon"), ("themes.yaml", "", "a lexicon ends in .yml"),
])  # fmt: skip
def test_a_folder_without_lexicons_is_refused(own, name, text, said):
    (own / name).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        lexicons.use(own)


@pytest.mark.parametrize(("name", "text", "said"), [
    ("themes", "rain:\n  name: {en: Rain, fa: x}\n", "line 2: .rain.definition is missing"),
    ("cues.en", "verbs:\n  croak:\n    act: croaks\n    frames: [marks]\n", "line 3: .verbs.croak.act must be 'asserts'"),
    ("cues.en", "[verbs]\n", "must be a valid dictionary"),
    ("outlets", "- {name: X, country: IRN, spellings: []}\n", "line 1: [0].spellings List should have at least 1 item"),
])  # fmt: skip
def test_a_wrong_own_lexicon_is_named_with_its_line(own, name, text, said):
    (own / f"{name}.yml").write_text(text, encoding="utf-8")
    lexicons.use(own)
    with pytest.raises(ValueError, match=f"{name}.yml") as error:
        lexicons.load(name)
    assert said in str(error.value)


def test_a_lexicon_that_is_no_ordinary_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "actors.yml")
    with pytest.raises(ValueError, match=r"actors\.yml: no ordinary file"):
        lexicons.Lexicons(tmp_path)
