"""What to look at before a corpus is trusted: repeated articles, characters that mislead."""

import random

import pytest

from reported_speech.articles.document import parse
from reported_speech.articles.remarks import remarks
from reported_speech.articles.repeats import COMMON, _likeness, repeats

WORDS = [f"{a}{b}" for a in ("alpha", "beta", "gamma", "delta", "kappa") for b in "abcdefghijklmnopqrst"]


def article(seed: int, name: str, words: int = 200):
    rng = random.Random(seed)
    return parse(" ".join(rng.choice(["the", "of", "said"] * 8 + WORDS) for _ in range(words)) + ".", name)


def changed(document, name: str, each: int):
    words = document.text.split()
    words[::each] = ["other"] * len(words[::each])
    return parse(" ".join(words), name)


def test_a_copy_and_a_lightly_edited_copy_are_found_and_others_are_not():
    one = article(1, "1.txt")
    documents = [
        one,
        article(2, "2.txt"),
        parse(one.text, "3.txt"),
        changed(one, "4.txt", 100),
        changed(one, "5.txt", 7),
    ]
    assert repeats(documents) == {"3.txt": "1.txt", "4.txt": "1.txt"}


def test_capitals_and_arabic_letters_do_not_hide_a_copy_and_the_first_is_named():
    texts = ["وزیر خارجه گفت که روابط دو کشور خوب است.", "وزير خارجه گفت كه روابط دو كشور خوب است."]
    assert repeats(parse(t, f"{n}.txt") for n, t in enumerate(texts)) == {"1.txt": "0.txt"}
    assert repeats(parse("The minister SAID it." if n else "The minister said it.", f"{n}.txt") for n in range(3)) == {
        "1.txt": "0.txt",
        "2.txt": "0.txt",
    }


def test_a_passage_that_many_articles_share_costs_nothing(monkeypatch):
    compared = []
    monkeypatch.setattr(
        "reported_speech.articles.repeats._likeness", lambda *pair: compared.append(pair) or _likeness(*pair)
    )
    passage = article(0, "x.txt", 60).text
    documents = [parse(f"{passage} {article(n, 'x.txt', 120).text}", f"{n}.txt") for n in range(1, 300)]
    assert repeats(documents) == {}
    assert len(compared) < len(documents)


def test_a_phrase_that_everybody_uses_makes_no_copies():
    phrase = "according to the agency of the state it was said today that "
    documents = [parse(phrase + article(n, "x.txt").text, f"{n}.txt") for n in range(COMMON + 20)]
    assert repeats(documents) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The minister left Baku.", []),
        ("\ufeffوزیر می‌گوید که «آری».", []),
        ("The minister said \u202eno\u202c.", ["characters that turn the direction of writing: 2"]),
        ("The mini\u00adster said n\u200bo.", ["unseen characters: 2"]),
        ("The minister left B\u0430ku and \u0391thens.", ["words of mixed scripts: 2"]),
        ("The ministers of Bak\u0131 and Əliyev met.", []),
        ("The minister left. " * 400, ["lines so long that they are read in pieces: 1"]),
    ],
)
def test_what_misleads_the_eye_is_counted(text, said):
    assert remarks(parse(text, "a.txt")) == said
