"""What an article is made of: title, dateline, outlet, relays, date, sign-off, boilerplate, truncation, each as a span of its text."""

from __future__ import annotations

import re

from ..lexicons import derived, load
from .alignment import Span, trimmed
from .datelines import Part, dateline
from .dates import DATE, find_date
from .lines import LINE
from .normalization import letters
from .outlets import outlet_named, spelling

CRAWL_DATE = re.compile(r"\A[\ufeff\s]*(date\s+\d{4}-\d{2}-\d{2})(?=\s)")
RELAY_CLAUSE = re.compile(
    r",? (?P<outlet>[A-Z][\w.]*(?: [A-Z][\w.]*)?(?: News Agency)?) (?:reports|informs|reported|has reported)"
    r"(?:,? (?:citing|referring to|with reference to|via|quoting) (?P<relay>[^.,\n]+))?(?=\.(?:\s|$))"
    r"|, reported (?:by )?(?:the )?[A-Z]\w*(?: [A-Z]\w*){0,3}(?=\.(?:\s|$))"
)
BYLINE = re.compile(r"By (?P<outlet>[A-Z][\w. ]{1,30})")
SIGN_OFF = re.compile(r"[A-Z]{2,8}(?:/[A-Z]{0,8}\d*)+|[A-Z]{2,8}/?\d{5,}")
TERMINAL = tuple(".!?؟…\"”»’')]:؛")
DATED = (  # words of a line that says no more than when
    "date|published|posted|updated?|on|at|[ap]m|utc|gmt|last|\\w+day|تاریخ انتشار|تاریخ|انتشار|ساعت|"
    "شنبه|یکشنبه|دوشنبه|سه ?شنبه|چهارشنبه|پنج ?شنبه|جمعه"
)
TAIL = 200  # characters in which the last two words, or an agency's name behind the last stop, are looked for
LONG = 8  # words of a line that breaks off, at least: a shorter one is a tag, a link, a credit
LINKED = 18  # words of a link to another article, at most
MASTHEAD = re.compile(r"\b(?:news|agency|english|persian|farsi|online)\b|خبرگزاری|پایگاه|فارسی|نیوز|سایت", re.I)
OPENING = 12  # lines in which a dateline is looked for: menus and dates may stand before it
PERSIAN_RELAY = re.compile(
    r"(?:به|بنا به|بنابه|بر ?اساس) گزارش (?P<outlet>[^،؛:.\n]{2,70}?)(?P<relays>(?:\s{0,3}[،؛]?\s{0,3}به نقل از [^،؛:.\n]{2,90}?)*)\s{0,3}(?=[،؛:]| در این | با | روز )"
)
ENGLISH_RELAY = r"\b(?P<outlet>{names}) (?:reports|informs)(?:,? (?:citing|referring to|with reference to|via|quoting) (?P<relay>[^,.\n]{{2,80}}))?"


def find_parts(text: str, language: str) -> list[Part]:
    """Return the parts of an article, sorted by place."""
    parts = _boilerplate(text)
    lines = [s for m in LINE.finditer(text) if (s := trimmed(text, *m.span()))]
    covered = [p.span for p in parts if p.part == "boilerplate"]
    body = [s for line in lines if (s := _after(text, line, covered))]
    parts += [p for line in body for p in _sign_off(text, line)]
    parts += _signed_inline(text, body[-1]) if body else []
    signed = [p.span for p in parts if p.part == "sign-off"]
    body = [line for line in body if line not in signed]
    parts += _opening(text, body)
    parts += _relays(text, language, body)
    if language == "en":
        for m in (m for line in body for m in RELAY_CLAUSE.finditer(text, *line)):
            parts += [Part("relay clause", "", s)] if (s := trimmed(text, *m.span(), strip=", ")) else []
            if (
                m["outlet"]
                and re.match(r",.* (?:reports|informs)\b", m.group())
                and not any(p.part == "outlet" for p in parts)
            ):
                parts.append(
                    Part("outlet", outlet_named(m["outlet"], exact=True) or m["outlet"], Span(*m.span("outlet")))
                )
    if (
        body
        and not any(p.part == "sign-off" and p.span.end == body[-1].end for p in parts)
        and (cut := _truncation(text, body[-1]))
    ):
        parts.append(cut)
    parts += _dates(text, lines)
    if not any(p.part == "outlet" for p in parts):
        parts += _named_by_page(text, lines)
    return sorted(_unique(parts), key=lambda p: (p.span, p.part))


def _opening(text: str, body: list[Span]) -> list[Part]:
    """Title and dateline, and what stands above them."""
    parts: list[Part] = []
    opened = len(body) < 2  # no line that may be the title
    above: list[Span] = []
    for line in body[:OPENING]:
        found = dateline(text, line)
        if found:
            parts += found
            break
        if opened or line.of(text).endswith((":", "؛")):  # a kicker: the headline is the next line
            continue
        titles = [] if _heads_page(line.of(text)) else _title(text, line)
        if not titles and (len(line.of(text).split()) < 5 or _heads_page(line.of(text))):
            above.append(line)
        else:
            opened = True
            parts += [*titles, *(Part("boilerplate", "", s) for s in above if titles)]
    return parts


def _named_by_page(text: str, lines: list[Span]) -> list[Part]:
    """The outlet that a page names without a dateline: at the head or end of a line ("© Azatutyun", «منبع: آراکس نیوز», «ایلنا: …»), else as
    whom somebody spoke to ("told Trend")."""
    edge = re.compile(rf"(?:[©\W]*|منبع\s*:\s*)(?P<outlet>{spelling().pattern})(?:\s*[-–—ـ_:،|/]|['’]s website|\s*$)")
    told = re.compile(rf"\b(?:told|spoke to|speaking to|interview with)\s(?:the )?(?P<outlet>{spelling().pattern})")
    found = [edge.match(text, *line) for line in [*lines[:OPENING], *lines[-OPENING:]]]
    found += [told.search(text, *line) for line in lines]
    m = next((m for m in found if m), None)
    return [Part("outlet", outlet_named(m["outlet"], exact=True), Span(*m.span("outlet")))] if m else []


def _dates(text: str, lines: list[Span]) -> list[Part]:
    """Lines that say no more than when the article appeared."""
    parts: list[Part] = []
    for line in lines:
        if not (date := find_date(line.of(text))):
            continue
        bare = re.sub(
            DATE + r"|[\d۰-۹:\s,،|.•/()+–-]|\b(?:" + DATED + r")\b",
            "",
            line.of(text),
            flags=re.I,
        )
        if not bare.strip(" :") and not re.match(r"\W*\w+\W*-\W*\d", line.of(text)):
            parts.append(Part("published", date.iso, Span(line.start + date.start, line.start + date.end)))
    return parts


def _unique(parts: list[Part]) -> list[Part]:
    """The first outlet, date and place only; a relay that is the outlet itself is none."""
    out, seen = [], set()
    for part in parts:
        if part.part in ("outlet", "published", "place", "title") and part.part in seen:
            continue
        if part.part == "relay" and any(p.part in ("outlet", "relay") and p.value == part.value for p in out):
            continue
        seen.add(part.part)
        out.append(part)
    return out


@derived
def _boiler() -> re.Pattern:
    return re.compile("|".join(f"(?:{p})" for group in load("boilerplate").values() for p in group), re.I)


def _boilerplate(text: str) -> list[Part]:
    spans: list[Span] = []
    joined = listed = False
    parts = []
    if crawl := CRAWL_DATE.match(text):
        spans.append(Span(*crawl.span(1)))
        if date := find_date(crawl.group(1)):
            parts.append(Part("published", date.iso, Span(crawl.end(1) - 10, crawl.end(1))))
    for line in LINE.finditer(text):
        span = trimmed(text, *line.span())
        if span is None:
            continue
        words = letters(span.of(text)).strip("•●▪ ")
        linked = listed and not words.endswith((*'.!?؟”»"',)) and len(words.split()) <= LINKED
        heading = _boiler().fullmatch(words)
        listed = linked or bool(heading and _listing().match(words))
        if heading or linked or _menu(words):
            spans = [*spans[:-1], Span(spans[-1].start, span.end)] if joined else [*spans, span]
            joined = True
        else:
            joined = False
    return parts + [Part("boilerplate", "", span) for span in spans]


@derived
def _listing() -> re.Pattern:
    """A heading under which a page lists other articles."""
    return re.compile("|".join(load("boilerplate")["lists"]), re.I)


def _menu(words: str) -> bool:
    """Tell whether a line is a row of links: three or more short pieces, parted by bars or wide gaps.

    >>> _menu("Home   Politics   Economy | Sports"), _menu("Iran, Azerbaijan hold talks | Mehr")
    (True, False)
    """
    pieces = [p for p in re.split(r"\s*[|•·›]\s*|\s[/>»]\s|\s{2,}|\t", words) if p]
    trail = len(pieces) == 2 and re.search(r"\s[>»]\s", words) and "«" not in words
    return (
        (len(pieces) > 2 or bool(trail))
        and all(len(p.split()) <= 4 for p in pieces)
        and not words.endswith((*".!?؟:",))
    )


def _heads_page(words: str) -> bool:
    """Tell whether a line stands above a headline: a section ("Politics"), a date, the outlet's own name.

    >>> _heads_page("World News"), _heads_page("May 19, 2025, 2:32 PM"), _heads_page("Iran, Azerbaijan hold talks")
    (True, True, False)
    """
    outlet = re.match(spelling().pattern, letters(words), re.I)
    rest = re.sub(DATE + r"|\b[AaPp]\.?[Mm]\b|UTC", " ", words[outlet.end() :] if outlet else words)
    rest = re.findall(r"[^\W\d_]{2,}", rest)
    dated = re.search(DATE, words) is not None
    short = len(rest) < 4 and not any(w[0].islower() for w in rest)
    return short or (dated and len(rest) < 4) or (bool(outlet) and len(rest) < 5 and bool(MASTHEAD.search(words)))


def _after(text: str, line: Span, covered: list[Span]) -> Span | None:
    for span in covered:
        if span.overlaps(line):
            return trimmed(text, min(span.end, line.end), line.end)
    return line


def _sign_off(text: str, line: Span) -> list[Part]:
    byline = BYLINE.fullmatch(line.of(text))
    if byline and (name := outlet_named(byline["outlet"], exact=True)):
        outlet = Span(line.start + byline.start("outlet"), line.start + byline.end("outlet"))
        return [Part("sign-off", "", line), Part("outlet", name, outlet)]
    if not SIGN_OFF.fullmatch(line.of(text)):
        return []
    codes = {code: o["name"] for o in load("outlets") for code in o["codes"]}
    parts = [Part("sign-off", "", line)]
    for m in re.finditer(r"[A-Z]+", line.of(text)):
        if m.group() in codes:
            sort = "relay" if len(parts) > 1 else "outlet"
            parts.append(Part(sort, codes[m.group()], Span(line.start + m.start(), line.start + m.end())))
    return parts


def _signed_inline(text: str, last: Span) -> list[Part]:
    """An agency's name behind the last full stop: "…./ فارس"."""
    end = re.compile(r"[./؛]\s*/?\s*(?P<outlet>[^\s./][^./\n]{1,30})\s*$")
    m = end.search(last.of(text), max(0, last.end - last.start - TAIL))
    if not m or not (name := outlet_named(m["outlet"], exact=True)):
        return []
    outlet = Span(last.start + m.start("outlet"), last.start + m.end("outlet"))
    return [Part("sign-off", "", Span(last.start + m.start() + 1, last.end)), Part("relay", name, outlet)]


def _title(text: str, line: Span) -> list[Part]:
    """The first line is the title unless it reads like a sentence; a line that starts over holds title and caption."""
    words = line.of(text)
    start = re.match(r"(?:\S+\s+){2}\S+", words)
    again = words.find(start.group(), start.end()) if start else -1
    if again > 0 and not re.search(r"[.!?؟]\s", words[:again]):
        return [Part("title", words[:again].strip(), trimmed(text, line.start, line.start + again))]
    if words.endswith((".", "…")) or len(words) > 220 or len(re.findall(r"[^\W\d_]{3,}", words)) < 2:
        return []
    return [Part("title", words, line)]


@derived
def _english_relay() -> re.Pattern:
    names = "|".join(re.escape(s) for o in load("outlets") for s in o["spellings"])
    return re.compile(ENGLISH_RELAY.format(names=names))


def _relays(text: str, language: str, body: list[Span]) -> list[Part]:
    parts: list[Part] = []
    pattern = PERSIAN_RELAY if language == "fa" else _english_relay()
    told = [line for line in body if re.search("گزارش|reports|informs", line.of(text))]  # where the pattern may match
    for line in told:
        for m in pattern.finditer(text, line.start, line.end):
            if re.match(r"(?:این|همین|آن)\s", m["outlet"]):  # «به گزارش همین خبرگزاری»
                continue
            outlet = (
                outlet_named(m["outlet"])
                or re.sub(r"^(?:خبرنگار|خبرگزاری|پایگاه خبری|روز \w+)\s+", "", m["outlet"]).strip()
            )
            parts.append(Part("relay" if parts else "outlet", outlet, trimmed(text, *m.span("outlet"))))
            if m.groupdict().get("relay"):
                parts.append(
                    Part("relay", outlet_named(m["relay"]) or m["relay"].strip(), trimmed(text, *m.span("relay")))
                )
            for r in re.finditer(r"به نقل از ([^،؛]+)", m.groupdict().get("relays") or ""):
                span = trimmed(text, m.start("relays") + r.start(1), m.start("relays") + r.end(1))
                parts.append(
                    Part("relay", outlet_named(span.of(text), exact=True) or _institution(span.of(text)), span)
                )
    return parts


def _institution(words: str) -> str:
    """The English name of an institution that the registry knows by just these words, else the words."""
    for actor in load("actors"):
        if words in actor.get("names_fa", []):
            return actor["names_en"][0]
    return words


def _truncation(text: str, last: Span) -> Part | None:
    words = last.of(text)
    cut = words.endswith(("...", "…", "[…]", "[...]"))
    if (words.endswith(TERMINAL) and not cut) or len(words.split()) < LONG or re.search(r"[*؛]|^با استفاده از", words):
        return None
    tail = re.compile(r"\S+(?:\s+\S+)?$").search(words, max(0, len(words) - TAIL))
    return Part("truncation", "", Span(last.start + tail.start(), last.end))
