"""The lexicons: what they must look like, and what is said of a file that does not."""

import pytest

from reported_speech import lexicon

PERSON = "- {id: a-b, kind: person, country: IRN, names_en: [A B]}\n- {id: iran, kind: state, country: IRN}\n"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("actors", PERSON + "- {id: a-b, kind: person, country: IRN}\n", "line 3: the id 'a-b' stands twice"),
        ("actors", PERSON + "- {id: c, kind: person, country: XYZ}\n", "line 3: 'XYZ' is the country of no state"),
        ("actors", PERSON + "- {id: c, kind: god, country: IRN}\n", "line 3: [2].kind must be one of"),
        (
            "actors",
            PERSON + "- id: c\n  kind: person\n  country: IRN\n  names_en: A B\n",
            "line 6: [2].names_en must be array",
        ),
        ("actors", PERSON + "- {id: c, kind: person, country: IRN, nmes_en: [C]}\n", "line 3: [2] must not contain"),
        (
            "actors",
            "- {id: c, kind: person, country: IRN, roles: [{title_en: x, title_fa: y, attested: [a]}]}",
            "line 1: ",
        ),
        ("actors", "actors: none\n", "line 1: must be array"),
        ("actors", "", "line 1: must be array"),
        ("boilerplate", "en:\n  - 'read more'\n  - '(see'\nfa: []\n", "line 3: .en[1] must be a valid regex"),
        ("cues.en", "verbs:\n  say: {act: a}\n  say: {act: b}\n", "line 3: 'say' stands twice"),
        (
            "themes",
            "x: {name: {en: X, fa: X}, definition: 1, include: x, exclude: x, en: [], fa: []}",
            "line 1: .x.definition must be string",
        ),
        ("themes", "x: [1, 2\n", "line 2: "),
        ("themes", "x: !!python/object/apply:os.system [echo]\n", "line 1: could not determine a constructor"),
    ],
)
def test_a_wrong_lexicon_is_named_with_its_line(tmp_path, name, text, said):
    path = tmp_path / "mine.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"mine\.yml") as error:
        lexicon.checked(path, name)
    assert said in str(error.value)


def test_a_lexicon_that_is_not_utf8_is_named(tmp_path):
    (tmp_path / "mine.yml").write_bytes("- {id: é}".encode("latin-1"))
    with pytest.raises(ValueError, match=r"mine\.yml"):
        lexicon.checked(tmp_path / "mine.yml", "actors")


@pytest.mark.parametrize("path", sorted(lexicon.FOLDER.glob("*.yml")), ids=lambda p: p.stem)
def test_our_own_lexicons_fit(path):
    assert lexicon.checked(path, path.stem)


def test_words_that_yaml_takes_for_truth_or_dates_stay_words(tmp_path):
    (tmp_path / "x.yml").write_text("[on, no, yes, 2021-01-02, true]", encoding="utf-8")
    assert lexicon.parsed(tmp_path / "x.yml") == ["on", "no", "yes", "2021-01-02", True]
