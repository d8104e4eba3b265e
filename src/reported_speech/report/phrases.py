"""What the pages say, in English and Persian: phrases with their numbers, dates and lists in the manner of the language."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import yaml

LANGUAGES = ("en", "fa")
DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@cache
def book() -> dict[str, dict[str, str]]:
    """Return the phrases: key -> language -> words."""
    return yaml.safe_load((Path(__file__).parent / "phrases.yml").read_text(encoding="utf-8"))


def say(key: str, language: str, **values) -> str:
    """Return a phrase with its values filled in; numbers are written in the digits of the language, words as they are.

    >>> say("majority", "en", lead="Iran", share=61)
    'Iran’s speakers get 61% of the words that these articles quote from the two sides.'
    """
    return book()[key][language].format(
        **{k: v if isinstance(v, str) else number(v, language) for k, v in values.items()}
    )


def number(value, language: str) -> str:
    """Return a value as a language writes it.

    >>> number(1402, "fa"), number("57%", "fa"), number(7, "en")
    ('۱۴۰۲', '۵۷٪', '7')
    """
    text = f"{value:,}" if isinstance(value, int) and value > 9999 else str(value)
    return text.replace("%", "٪").translate(DIGITS) if language == "fa" else text


def listed(words: list[str], language: str) -> str:
    """Return words as a list.

    >>> listed(["a", "b", "c"], "en"), listed(["a", "b"], "fa")
    ('a, b and c', 'a و b')
    """
    comma, last = ("، ", " و ") if language == "fa" else (", ", " and ")
    return last.join(filter(None, [comma.join(words[:-1]), *words[-1:]]))


def day(iso: str, language: str) -> str:
    """Return a date in words, in Persian solar Hijri first; "" of none.

    >>> day("2023-10-05", "en"), day("2023-10-05", "fa"), day("", "en")
    ('5 October 2023', '۱۳ مهر ۱۴۰۲ (۵ اکتبر ۲۰۲۳)', '')
    """
    from babel.dates import format_date
    from persiantools.jdatetime import MONTH_NAMES_FA, JalaliDate

    if not iso:
        return ""
    given = date.fromisoformat(iso)
    if language == "en":
        return f"{given.day} {format_date(given, 'MMMM y', locale='en')}"
    jalali = JalaliDate(given)
    persian = f"{jalali.day} {MONTH_NAMES_FA[jalali.month]} {jalali.year}"
    return number(f"{persian} ({format_date(given, 'd MMMM y', locale='fa')})", "fa")


def weekday(words: str, language: str) -> str:
    """Return a day of the week in a language; other words as they are.

    >>> weekday("Wednesday", "fa"), weekday("چهارشنبه", "en"), weekday("5 October", "fa")
    ('چهارشنبه', 'Wednesday', '5 October')
    """
    from calendar import day_name

    from persiantools.jdatetime import WEEKDAY_NAMES_FA

    names = {"en": list(day_name), "fa": [WEEKDAY_NAMES_FA[(n + 2) % 7] for n in range(7)]}
    number_of = {name.replace("\u200c", ""): n for some in names.values() for n, name in enumerate(some)}
    number = number_of.get(words.replace("\u200c", "").replace(" ", ""))
    return words if number is None else names[language][number]
