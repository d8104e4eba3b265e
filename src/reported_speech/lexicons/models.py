"""What each lexicon must look like: a pydantic model a file."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, model_validator


def _expression(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from error
    return pattern


def _joinable(pattern: str) -> str:
    _expression(f"x|(?:{pattern})")
    if "(?P<" in pattern:
        raise ValueError("must not name groups")
    return pattern


def _theme_pattern(pattern: str) -> str:
    parts = pattern.split("…")
    if len(parts) > 4 or any(not re.search(r"\w", part) or part.count("*") > 2 for part in parts):
        raise ValueError("must have words on both sides of … (three of these at most), and two * a word at most")
    return pattern


Name = Annotated[str, StringConstraints(min_length=1, pattern=r"\w")]
Names = Annotated[list[Name], Field(min_length=1)]
Words = list[str]
Patterns = list[Annotated[str, AfterValidator(_joinable)]]
ThemePatterns = list[Annotated[str, AfterValidator(_theme_pattern)]]
Expression = Annotated[str, AfterValidator(_expression)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")]
Date = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}(-[0-9]{2}){0,2})?$")]
Act = Literal["asserts", "promises", "requests", "rejects", "thanks", "condemns", "warns", "congratulates", "condoles"]


class Strict(BaseModel):
    """A mapping with these keys and no others, nothing converted."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Open(BaseModel):
    """A mapping with these keys; any other one is a list of words."""

    model_config = ConfigDict(extra="allow", strict=True)
    __pydantic_extra__: dict[str, Words]


class Both(Strict):
    """Words by language."""

    en: Words
    fa: Words


class BothNames(Strict):
    """A name in each language."""

    en: Name
    fa: Name


class Role(Strict):
    """An office, when it was held, and where that was read."""

    title_en: str
    title_fa: str
    since: Date = ""
    until: Date = ""
    attested: list[int] = []
    source: str = ""


class Actor(Strict):
    """Somebody who is known."""

    id: Slug
    kind: Literal["person", "institution", "state", "joint"]
    country: Country
    sector: str = ""
    gender: Literal["f", "m", ""] = ""
    names_en: Names = Field(default=[])
    names_fa: Names = Field(default=[])
    adjectives_en: Words = []
    adjectives_fa: Words = []
    capitals_en: Words = []
    capitals_fa: Words = []
    roles: list[Role] = []


class Outlet(Strict):
    """Who publishes."""

    name: Name
    country: Country
    spellings: Names
    codes: Words = []


class Theme(Strict):
    """An entry of the codebook."""

    name: BothNames
    definition: str
    include: str
    exclude: str
    en: ThemePatterns
    fa: ThemePatterns
    ignore: Both | None = None


class ActNouns(Strict):
    """The nouns of an act."""

    model_config = ConfigDict(extra="allow", strict=True, serialize_by_alias=True)
    kind: Literal["assertive", "commissive", "directive", "expressive"] = Field(alias="class")
    en: Words
    fa: Words


class Acts(Strict):
    """What a speaker does."""

    acts: dict[Act, ActNouns]
    referring: Both


class Titles(Open):
    """Titles of one language."""

    heads: Words
    general: Words
    is_a: dict[str, Words]
    grades: Words
    any_body: Words
    beside: dict[str, Words]
    kept: Words
    ids: dict[str, str]
    sectors: dict[str, str]
    synonyms: dict[str, str]
    phrases: dict[str, str]
    ignored: Words
    honorifics: Words
    bodies: Patterns
    not_people: Words
    alone: dict[str, str] = {}


class StateOfTheWorld(Strict):
    """A state that actors.yml does not have; its names are CLDR's."""

    code: str = Field(pattern="[A-Z]{3}")
    adjectives: Words = []
    capitals_en: Words = []
    capitals_fa: Words = []
    names_en: Words = []
    names_fa: Words = []
    words_fa: Words = []


class Given(Strict):
    """Given names of men and women in both scripts, and what Persian family names are made of."""

    m: dict[str, str]
    f: dict[str, str]
    parts: dict[str, str]


class Sounds(Strict):
    """How names sound."""

    latin: dict[str, str]
    persian: dict[str, str]
    near: list[Annotated[tuple[str, str, Annotated[float, Field(ge=0)]], Field(strict=False)]]
    endings: dict[str, dict[Expression, str]]
    joined: Words
    optional: Words
    variants: list[Names]


class Speakers(BaseModel):
    """Who is meant where no name says so."""

    model_config = ConfigDict(extra="allow", strict=True)
    __pydantic_extra__: dict[str, dict[str, Patterns]]
    pronouns: dict[str, dict[str, Literal["f", "m", "p", "n", ""]]]
    demonstratives: Both
    under_way: dict[str, Patterns]
    met: dict[str, Patterns]
    met_with: dict[str, Patterns]
    met_until: dict[str, Patterns]


class EnglishCue(Strict):
    """A verb or noun that reports."""

    act: Act
    frames: Names
    reports: Literal["speech", "attitude"] = "speech"
    addressee: str = ""
    relays: bool = False
    particle: str = ""


class EnglishCues(Open):
    """English cues."""

    verbs: dict[str, EnglishCue]
    nouns: dict[str, EnglishCue]
    support: dict[str, Words]
    bound: dict[str, Words]
    phrases: dict[str, Act]
    subordinators: dict[str, Words]
    issued: dict[str, Words]


class PersianCue(Strict):
    """A Persian cue."""

    cue: Name
    act: Act
    frames: Words = []
    light: Words = []
    before: str = ""
    active: bool = False
    verbs: Words = []


class SimpleCue(PersianCue):
    """A verb of one word: «گفت»."""

    present: str


class SplitCue(PersianCue):
    """A noun whose verb stands apart from it."""

    @model_validator(mode="after")
    def _with_verb(self) -> SplitCue:
        if not self.light and not self.verbs:
            raise ValueError("needs light or verbs: the verb that stands apart")
        return self


class Participles(BaseModel):
    """Cues in the form of a participle."""

    starts: Words
    bound: Words
    cues: list | dict


class PersianCues(Open):
    """Persian cues."""

    light: dict[str, str]
    same: dict[str, str]
    simple: list[SimpleCue]
    compound: list[PersianCue]
    split: list[SplitCue]
    participles: Participles
    headline: dict[str, Words]
    document: dict[str, Words]
    bound_stops: dict[str, Words] = {}
    patterns: dict[str, Patterns]


MODELS = {
    "actors": TypeAdapter(list[Actor]),
    "outlets": TypeAdapter(list[Outlet]),
    "themes": TypeAdapter(dict[Slug, Theme]),
    "acts": TypeAdapter(Acts),
    "boilerplate": TypeAdapter(dict[str, Patterns]),
    "titles": TypeAdapter(dict[Literal["en", "fa"], Titles]),
    "names": TypeAdapter(Sounds),
    "given": TypeAdapter(Given),
    "states": TypeAdapter(dict[str, StateOfTheWorld]),
    "speakers": TypeAdapter(Speakers),
    "cues.en": TypeAdapter(EnglishCues),
    "cues.fa": TypeAdapter(PersianCues),
}
