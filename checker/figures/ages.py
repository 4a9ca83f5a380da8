"""Ages: "25-year-old", "aged 18 to 34", "Ruiz, 25,", "he was 83"."""

from __future__ import annotations

import re

from checker.figures.draft import Draft, Passage
from checker.figures.readings import MILLION, exact
from checker.figures.spellings import Unit

OLDEST = 125
"""No age of a person is above it."""

_AFTER = re.compile(r"[\s\-‑](?:(?:and|to)[\s\-]an?[\s\-]half[\s\-])?(?P<unit>year|month|week|day)s?(?:[\s\-‑]olds?(?!\w)|\sof\sage\b)")
_TO = re.compile(r"\s?(?:to|-|–|and)\s?(?P<last>[0-9]{1,3})(?![0-9]|[.,][0-9]|\w)")
_BEFORE = frozenset("aged age ages turned turns turning aging ageing".split())
_NAME = re.compile(r"(?:^|[\s(“\"‘'])(?:[A-Z][\w’'.\-]*[a-zé])(?:,|\s\()\s?$")
_APPOSED = re.compile(r"(?:,(?!\s?[0-9])|\)|;|\.(?![0-9])|$)")
_IS_AT = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]e’s|[Ss]he’s|[Hh]e's|[Ss]he's|I’m|I'm|who)(?:\s(?:is|was|will\sbe|would\sbe|had\sbeen|turned|turns|would\shave\sbeen))?(?:\s(?:now|just|only|already|then))?\s$")
_ENDS = re.compile(r"(?:[.,;:)!?”\"]|$|\s(?:when|and|by|on|in|at|next|this|last|but|while|who|or|years\sold)\b)")
_LIFE = re.compile(r"\b(?:died|dies|retired|retires|retire|debuted|married|killed|dead|death|quit|widowed|orphaned)\s(?:aged\s|at\s)(?:the\sage\sof\s)?$")
_AGE_OF = re.compile(r"\bage\sof\s(?:about\s|just\s|only\s)?$")
_MONTH_NAME = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,\s?$")

_UNITS = {name: Unit(name, "age") for name in ("year", "month", "week", "day")}


def at_digits(page: Passage, start: int, end: int, number: int, words: list[str]) -> Draft | None:
    """The age that these digits give, if they do."""
    text = page.text
    if found := _AFTER.match(text, end):
        return age(start, found.end(), number, unit=found["unit"]) if number <= OLDEST else None
    if not 0 < number <= OLDEST:
        return None
    cue = words[-1].lower().lstrip("(\"“") if words else ""
    window = text[max(0, start - 40) : start]
    after_age = cue in _BEFORE or (cue in ("of", "about", "just", "only") and bool(_AGE_OF.search(window)))
    if after_age:
        if found := _TO.match(text, end):
            last = int(found["last"])
            if number < last <= OLDEST:
                return age(start, found.end(), number, last)
        return age(start, end, number)
    after = text[end : end + 1]
    if after in ",).;" or not after:
        if (
            text[start - 1 : start] in (" ", "(")
            and number >= 10
            and _APPOSED.match(text, end)
            and _NAME.search(window)
            and not _MONTH_NAME.search(window)
            and not (after == ")" and text[start - 1] != "(")
        ):
            return age(start, end, number)
    if (_IS_AT.search(window) or _LIFE.search(window)) and _ENDS.match(text, end):
        return age(start, end, number)
    return None


def after_words(page: Passage, start: int, end: int, number: int) -> Draft | None:
    """The age that a number in words gives ("a two-year-old"), if it does."""
    found = _AFTER.match(page.text, end)
    return age(start, found.end(), number, unit=found["unit"]) if found and number <= OLDEST else None


def age(start: int, end: int, first: int, last: int | None = None, unit: str = "year") -> Draft:
    """An age counts full years: whoever is 25 is not yet 26."""
    top = last if last is not None else first
    nominal = (float(first), float(last)) if last is not None else float(first)
    values = exact(float(first), top + 1 - 1 / MILLION)
    return Draft(start, end, "age", nominal=nominal, readings=values, unit=_UNITS[unit])
