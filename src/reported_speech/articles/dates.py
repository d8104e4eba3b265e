"""Dates as articles print them, Gregorian and Jalali (solar Hijri), in either script."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import NamedTuple

from persiantools.jdatetime import MONTH_NAMES_FA, JalaliDate

JALALI = MONTH_NAMES_FA[1:]
GREGORIAN_FA = dict(
    zip(
        ["ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"],
        range(1, 13),
        strict=True,
    )
) | {
    "آپریل": 4,
    "می": 5,
    "جولای": 7,
    "آگوست": 8,
}
ENGLISH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
PERSIAN = "(?:" + "|".join([*JALALI, *GREGORIAN_FA]) + ")"
N = r"[\d۰-۹]"
DATE = (
    rf"(?:{N}{{4}}[-/]{N}{{1,2}}[-/]{N}{{1,2}}|{N}{{1,2}}[-/.]{N}{{1,2}}[-/.]{N}{{4}}|{N}{{1,2}} {ENGLISH}(?: {N}{{4}})?|{ENGLISH},? {N}{{1,2}}(?:, {N}{{4}})?"
    rf"|{N}{{1,2}}[ /]{PERSIAN}(?: ?ماه)?(?:[ /](?:سال )?{N}{{4}})?)(?!{N})"
)
DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


class Found(NamedTuple):
    """A full date (ISO, Gregorian) and where it stands."""

    iso: str
    calendar: str
    start: int
    end: int


def find_date(text: str) -> Found | None:
    """Return the first date of the text that has day, month and year; None if there is none.

    Years 1300–1439 are Jalali, 1600–2199 Gregorian, others nobody's. A date without a year is no date, and 10/05/2023 is none: Britain
    puts the day first, America the month.

    >>> find_date("۱۱ مهر ۱۴۰۲").iso, find_date("Oct. 5, 2023").iso, find_date("5 October")
    ('2023-10-03', '2023-10-05', None)
    """
    if not re.search(rf"{N}{{4}}", text):
        return None
    for m in re.finditer(DATE, text, flags=re.I):
        words = m.group().translate(DIGITS)
        numbers = [int(n) for n in re.findall(r"\d+", words)]
        year = next((n for n in numbers if n > 999), 0)
        rest = [n for n in numbers if n <= 999]
        name = re.search(rf"{ENGLISH}|{PERSIAN}", words, flags=re.I)
        if not year or not rest:
            continue
        if name:
            word = name.group()
            month = (
                JALALI.index(word) + 1
                if word in JALALI
                else GREGORIAN_FA.get(word) or list(calendar.month_abbr).index(word[:3].capitalize())
            )
            day = rest[0]
        elif len(rest) == 2 and numbers[0] == year:
            month, day = rest
        elif len(rest) == 2:
            day, month = rest if rest[1] <= 12 else rest[::-1]
        else:
            continue
        jalali = 1300 <= year < 1440
        either = not name and numbers[0] != year and "." not in words and day != month and day <= 12
        if not (jalali or (1600 <= year < 2200 and not either)):
            continue
        try:
            found = JalaliDate(year, month, day).to_gregorian() if jalali else date(year, month, day)
        except ValueError:
            continue
        return Found(found.isoformat(), "jalali" if jalali else "gregorian", m.start(), m.end())
    return None
