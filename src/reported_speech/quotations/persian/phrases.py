"""Persian relations without a finite cue of their own: «به گفته X», relays, labels, headlines, documents, pointers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from ...articles.alignment import Span, trimmed
from ...articles.outlets import outlet_named
from ...lexicons import derived
from .contents import clause, content_behind, speech_end
from .cues import bare, finite, lexicon, spaced, words_of
from .lines import EDGE, Found, Line
from .mentions import heads, mention_at
from .subjects import fronted, relayed_by, subject_of

LABEL = re.compile(r"([^:؛.!?؟\n]{2,60}?)\s*:\s*(?=\S|$)")
SIGNED = re.compile(r"(.{12,}\S)\s[-–—]\s([^-–—:]{3,60})$")
HALF = re.compile(r"[؛/]\s*")


def according(line: Line, known, late: bool = False) -> list[Found]:
    """«به گفته X، …», «بر اساس آمار X، …»: the source stands behind the phrase, the content is the sentence. «به گزارش X، …» reports
    only ``late`` in an article: early it says whose the report is."""
    out = []
    phrases = sorted([*lexicon()["according"], *(["به گزارش"] if late else [])], key=len, reverse=True)
    grounds, data = ("|".join(map(spaced, lexicon()["document"][group])) for group in ("grounds", "data"))
    patterns = rf"(?:{'|'.join(map(spaced, phrases))})\s+|(?:{grounds})\s+(?=(?P<data>(?:این (?!گزارش))?(?:{data})[^،]{{0,60}}،))"
    for m in re.finditer(rf"(?<!\w)(?:{patterns})", line.words):
        start, end = line.start + m.start(), line.start + m.end()
        sentence = line.sentence(start)
        left = line.text[sentence.start : start].rstrip()
        if line.in_marks(start) or (left and left[-1] not in "،,:؛"):
            continue
        source = Span(end, end + len(m["data"]) - 1) if m["data"] else None
        source = source or mention_at(line.text, end, sentence.end, known, strict=True)
        if not source:
            continue
        more = re.compile(r"(?: [^\s،:؛.]+){1,3}(?=،)").match(line.text, source.end, sentence.end)
        if more and not any(finite(w) or w in words_of("stops") for w in more.group().split()):
            source = Span(source.start, more.end())  # «به گفته فعالان بازار، …»
        relay = relayed_by(line.text, sentence.start, start) or fronted().match(line.text, sentence.start, start)
        circumstance = re.compile(r"\s(?:با|در|به|از|طی|پس از) [^،]{2,40}،").match(line.text, source.end, sentence.end)
        behind = circumstance.end() if circumstance else source.end
        pieces = [(relay.end() if relay else sentence.start, start), (behind, sentence.end)]
        content = [
            s
            for a, b in pieces
            if a < b and (s := trimmed(line.text, a, b, strip=EDGE)) and re.search(r"\w{2}", s.of(line.text))
        ]
        inner = any(s.start <= c.span.start < s.end for s in content for c in line.cues)
        relay = inner and (
            m["data"] or m.group().startswith("به گزارش") or outlet_named(source.of(line.text), exact=True)
        )
        if content and not relay and not re.match(r"\s*(?:گفت|نوشت)", line.text[source.end : sentence.end]):
            out.append(
                Found(
                    tuple(content),
                    trimmed(line.text, start, end),
                    source,
                    "fa:according",
                    m.group().strip(),
                    "asserts",
                    True,
                )
            )
    return out


def data_in(words: str) -> bool:
    """Tell whether a source is data or a document."""
    return bool(re.match(rf"(?:این )?(?:{'|'.join(map(spaced, lexicon()['document']['data']))})(?!\w)", words))


def relayed(line: Line, known) -> list[Found]:
    """«رویترز به نقل از یک دیپلمات نوشت که …»: the person behind the agency speaks."""
    places = re.finditer(r"(?<!\w)(?:به نقل از|از قول)\s+", line.words)
    return [f for m in places if (f := _relayed(line, known, line.start + m.start(), line.start + m.end()))]


def _relayed(line: Line, known, start: int, at: int) -> Found | None:
    """What the person says who is named at a place, behind «به نقل از»."""
    cue = next((c for c in line.cues if c.span.start > at and c.entry in words_of("relaying")), None)
    source = mention_at(line.text, at, cue.span.start, known) if cue else None
    between = source and line.text[source.end : cue.span.start]
    aside = r"[ ،]*(?:در(?: \S+){1,4} |که [^،]{2,60}[، ]\s*)?"  # «… که نامش را ذکر نکرده، نوشت»
    passed_on = re.split("[،؛]", line.text[line.start : start])[-1].strip().startswith("به گزارش")
    if not cue or not source or not re.fullmatch(aside, between) or passed_on:
        return None
    found = content_behind(line, cue) or clause(line, cue, cue.end, line.sentence(cue.span.start).end, "bare")
    phrase, colon = trimmed(line.text, start, at), found and found[0] == "colon"
    return found and Found((found[1],), phrase, source, "fa:relayed", phrase.of(line.text), "asserts", True, colon)


def labels_of(lines: list[Line]) -> Counter:
    """How often each label («نام: …») opens a line."""
    return Counter(m[1] for line in lines if (m := LABEL.match(line.text, line.start, line.end)))


def labelled(line: Line, known, first: bool, following: Span | None, labels: Counter) -> list[Found]:
    """«نام: …», headline (each of its halves, behind «؛» or «/») or interview turn: direct, without a cue."""
    out, end = [], _without_outlet(line) if first else line.end
    halves = HALF.finditer(line.text, line.start, end) if first else ()
    for start in reversed([line.start, *(m.end() for m in halves if not line.in_marks(m.start()))]):
        out += (found := _label(line, known, Span(start, end), first, following, labels))
        end = start if found else end
    signed = SIGNED.match(line.text, line.start, end) if first and not out and not line.cues else None
    source = signed and mention_at(line.text, signed.start(2), end, known)
    opens = source.of(line.text).split()[0] if source else ""
    if (
        source and source.end == signed.end(2) and opens in heads() and any(map(finite, signed[1].split()))
    ):  # «A — سخنگوی …»
        out = [Found((Span(*signed.span(1)),), None, source, "fa:label", ":", "asserts", True, True)]
    return out


def _without_outlet(line: Line) -> int:
    """Where a headline ends before its outlet («… - تسنیم»)."""
    m = re.search(r"\s[-–|]\s*([^-–|:]{2,40})$", line.words)
    named = m and (outlet_named(m[1], exact=True) or re.match(r"خبرگزاری|پایگاه خبری|روزنامه", m[1]))
    return line.start + m.start() if named else line.end


def _label(line: Line, known, part: Span, first: bool, following: Span | None, labels: Counter) -> list[Found]:
    """A label and its words, if a part of a line opens with one."""
    start, end = part
    m = LABEL.match(line.text, start, end)
    if not m or any(start <= c.span.start < m.end() for c in line.cues) or re.search(r"\d", m[1]):
        return []
    words = m[1].split()
    noun = first and re.compile(rf"(?:{headline_nouns()})\s+").match(line.text, start, m.end(1))  # «هشدار وزیر به …: …»
    cue, start = (trimmed(line.text, *noun.span()), noun.end()) if noun else (None, start)
    source = mention_at(line.text, start, m.end(1), known, strict=True)
    if (
        source
        and first
        and not line.text[source.end : m.end(1)].strip().startswith(("به ", "خطاب به ", "در ", "درباره "))
    ):
        source = mention_at(line.text, start, m.end(1), known)  # «مریم هوشمند وزیر اقتصاد: …»
    if not source or words[0] in words_of("rubrics") or finite(words[-1]):
        return []
    rest = re.sub(r"\([^)]*\)", "", line.text[source.end : m.end(1)]).strip()  # «X (با لبخند): …»
    again = rest and labels[m[1]] > 1
    if (rest and not again and not re.match(r"(?:به|خطاب به|در|درباره)\s", rest)) or (not first and len(words) > 6):
        return []
    source = Span(start, m.end(1)) if again else source
    content = trimmed(line.text, m.end(), end, strip=" /؛" if first else " ") or (first and following)
    content = content and trimmed(line.text, *content, strip=" .")
    return [Found((content,), cue, source, "fa:label", ":", "asserts", True, True)] if content else []


def half_headline(line: Line, known, following: Span | None) -> list[Found]:
    """«X خبر داد؛» and on the next line what."""
    cue = line.cues[-1] if line.cues else None
    if not cue or not following or line.text[cue.end : line.end].strip() not in ("؛", ":"):
        return []
    source, _ = subject_of(line.text, line.start, cue.span.start, known)
    content = trimmed(line.text, *following, strip=EDGE)
    if not content:
        return []
    clausal, colon = finite(content.of(line.text).split()[-1]), line.text[cue.end : line.end].strip() == ":"
    return [Found((content,), cue.span, source, "fa:headline", cue.entry, cue.act, clausal, colon)]


@derived
def headline_nouns() -> str:
    """Return a pattern of the nouns that open a headline («هشدار وزیر …»)."""
    return "|".join(map(spaced, lexicon()["headline"]))


def noun_headline(line: Line, known) -> list[Found]:
    """«تأکید X بر Y»: a headline whose cue is a noun."""
    table = lexicon()["headline"]
    m = re.match(rf"({headline_nouns()})\s+", line.words)
    words = line.words.split()
    if not m or finite(words[-1].strip(".")) or len(words) > 25:
        return []
    entry = next(n for n in table if re.fullmatch(spaced(n), m[1]))
    for frame in table[entry]:
        bound = re.search(rf"\s{frame}\s", line.text[line.start + m.end() : line.end])
        if bound and 0 < len(line.text[line.start + m.end() : line.start + m.end() + bound.start()].split()) <= 12:
            adjective = re.match(
                rf"(?:(?:{'|'.join(map(spaced, lexicon()['headline_adjectives']))})\s+)*", bound.string[: bound.start()]
            )
            start = line.start + m.end() + adjective.end()
            source = trimmed(line.text, start, line.start + m.end() + bound.start())
            content = trimmed(line.text, line.start + m.end() + bound.end(), line.end, strip=EDGE)
            if source and content:
                return [
                    Found(
                        (content,),
                        Span(line.start, line.start + m.end(1)),
                        source,
                        "fa:headline",
                        entry,
                        "asserts",
                        False,
                    )
                ]
    return []


def quoted_document(line: Line, following: Callable[[], list[Span]]) -> list[Found]:
    """«در این بیانیه آمده است: …», «متن پیام X به شرح زیر است:» and what follows."""
    starts, cues = (map(bare, lexicon()["document"][group]) for group in ("starts", "cues"))
    m = re.search(
        rf"((?:این |متن |متن کامل )*(?:{'|'.join(starts)})\b[^:،.]*?)(?:\sکه\s[^.؟!]{{3,90}}?،)?\s(?:نیز |همچنین )?({'|'.join(spaced(c) for c in cues)})(?: است)?\s*(:|که)\s*",
        line.words,
    )
    if not m:
        return []
    source = re.sub(r"^(?:متن کامل|متن) ", "", m[1])
    end = line.start + m.end(1)
    start = line.start + m.end()
    mark = line.mark_at(start)
    whole = Span(start, speech_end(line, start) if m[3] == ":" else line.end)
    content = mark.span if mark and mark.closed and m[3] == ":" else trimmed(line.text, *whole, strip=EDGE)
    if not content and (lines := following()):
        content = trimmed(line.text, lines[0].start, lines[-1].end, strip=EDGE)
    cue = Span(line.start + m.start(2), line.start + m.end(2))
    return (
        [Found((content,), cue, Span(end - len(source), end), "fa:document", m[2], "asserts", True, m[3] == ":")]
        if content
        else []
    )


def pointed_at(line: Line, before: Line | None, known) -> list[Found]:
    """«… این مطلب را بیان کرد»: the content is the sentence or line before; «“…”؛ این را او گفت»: the marked words before."""
    m = re.search(rf"این (?:(?P<noun>{'|'.join(words_of('pointers'))}) )?را", line.words)
    cue = m and next(
        (c for c in line.cues if c.span.start > line.start + m.start() and c.entry in words_of("pointing")),
        None,
    )
    if not cue:
        return []
    mark = next((k for k in reversed(line.marked) if k.end <= line.start + m.start()), None)
    if mark and not line.text[mark.end : line.start + m.start()].strip(" ؛،."):
        source = mention_at(line.text, line.start + m.end() + 1, cue.span.start, known)
        return [Found((mark.span,), cue.span, source, "fa:pointer", cue.entry, cue.act, True, True)]
    earlier = [*([Span(before.start, before.end)] if before else []), *line.sentences]
    earlier = [s for s in earlier if s.end <= line.start + m.start()]
    if not earlier or not m["noun"]:
        return []
    source = mention_at(line.text, line.start + m.end() + 1, cue.span.start, known)
    source = source or subject_of(line.text, line.start, cue.span.start, known)[0]
    content = trimmed(line.text, *earlier[-1], strip=EDGE)
    return [Found((content,), cue.span, source, "fa:pointer", cue.entry, cue.act, True)] if content else []
