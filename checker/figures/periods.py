"""Parts of years and runs of them: quarters and halves, fiscal years, decades without their century, eras."""

from __future__ import annotations

import functools
import re

from checker.figures import labels
from checker.figures.calendar import Days
from checker.figures.draft import Draft, Passage, Place
from checker.figures.patterns import any_of, data, listed

TURN = 30
"""Two digits of a year from here on are of the century before."""

_YEAR = r"(?P<year>(?:19|20)[0-9]{2}|[’'‘][0-9]{2}|(?<![\s])[0-9]{2})(?!\w|[.,][0-9]|[-–][0-9])"
_LETTER_FIRST = re.compile(rf"(?P<letter>[QH])(?P<part>[1-4])(?:[-/]?|\s(?:of\s|in\s)?(?:fiscal\s(?:year\s)?)?){_YEAR}")
_NUMBER_FIRST = re.compile(rf"(?P<part>[1-4])(?P<letter>[QH])(?:\s?|\s(?:of\s|in\s)?){_YEAR}")
_YEAR_FIRST = re.compile(r"(?P<year>(?:19|20)[0-9]{2})[\s\-]?(?P<letter>[QH])(?P<part>[1-4])(?!\w)")
_FISCAL = re.compile(
    r"FY\s?(?P<year>(?:19|20)[0-9]{2}|[’'‘]?[0-9]{2})(?:[-–/](?P<last>[0-9]{4}|[0-9]{2}))?(?!\w|[.,][0-9])"
)
_MONTHS = {"Q": 3, "H": 6}
_QUALIFIED = frozenset(("early", "mid", "late", "mid-"))
_OWN = frozenset(("his", "her", "their", "my", "your", "our", "its"))
"""Before "late 30s", which then are somebody's age."""
_LEVELS = frozenset(("low", "high", "lower", "upper", "low-", "high-"))
_LEVEL = 60
"""Characters either side in which a word says that "the 80s" are degrees or points."""


def year_of(digits: str) -> int:
    """The year of four digits, or of two with or without an apostrophe: of the last hundred years or so."""
    if len(digits) == 4:
        return int(digits)
    year = int(digits.lstrip("’'‘"))
    return year + (1900 if year >= TURN else 2000)


def at_digits(page: Passage, place: Place) -> Draft | None:
    """The quarter, half or fiscal year that these digits belong to ("Q3 2024", "1H24", "FY2025")."""
    text, start = page.text, place.start
    if place.before in "QH" and (found := _LETTER_FIRST.match(text, start - 1)):
        return _part(found)
    if place.before == "Y" and start - 2 >= page.floor and (found := _FISCAL.match(text, start - 2)):
        year = year_of(found["year"])
        last = Days(_last(year, found["last"])) if found["last"] else None
        if last is not None and last.year != year + 1:
            return None
        return Draft(start - 2, found.end(), "date", days=Days(year, last=last, fiscal=True))
    if place.after in "QH" and (found := _NUMBER_FIRST.match(text, start)):
        return _part(found)
    if place.width == 4 and (found := _YEAR_FIRST.match(text, start)):
        return _part(found)
    return None


def _part(found: re.Match[str]) -> Draft | None:
    months, part = _MONTHS[found["letter"]], int(found["part"])
    if part * months > 12:
        return None
    year = year_of(found["year"])
    days = Days(year, (part - 1) * months + 1, last=Days(year, part * months), fiscal=True)
    return Draft(found.start(), found.end(), "date", days=days)


def _last(year: int, digits: str) -> int:
    return int(digits) if len(digits) == 4 else year // 100 * 100 + int(digits)


def decade(page: Passage, place: Place) -> Draft | None:
    """Reads "the 80s" as the years, or as a level where degrees or points are told ("highs in the 80s")."""
    text = page.text
    if place.number % 10 or not 10 < place.number < 100 or text[place.end + 1 : place.end + 2].isalnum():
        return None
    words = [word.lower() for word in place.words[-3:]]
    cue = words[-1] if words else ""
    if cue in _LEVELS or (place.before == "-" and cue.rpartition("-")[0] in ("low", "high", "upper")):
        return labels.label(place.start, place.end + 1, text)
    if cue not in _QUALIFIED and cue != "the":
        return None
    if words[-2:-1] and words[-2] in _OWN:
        return None
    around = text[max(0, place.start - _LEVEL) : place.start], text[place.end : place.end + _LEVEL]
    if place.number < TURN or any(_levels().search(side) for side in around):
        return labels.label(place.start, place.end + 1, text)
    first = 1900 + place.number
    return Draft(place.start, place.end + 1, "date", days=Days(first, last=Days(first + 9)))


@functools.cache
def _levels() -> re.Pattern[str]:
    return re.compile(rf"(?ai:\b{any_of(data('dates')['levels'])}\b)")


def of_christ(page: Passage, place: Place) -> Draft | None:
    """Reads "AD 79" and "79 AD"."""
    if place.width > 4 or not 0 < place.number < 2200:
        return None
    said = place.words[-1] in listed("dates", "of_christ") if place.words else False
    following = _NEXT.match(page.text, place.end)
    after = following is not None and following[1] in listed("dates", "of_christ")
    if not said and not after:
        return None
    end = following.end() if after and following else place.end
    return Draft(place.start, end, "date", days=Days(place.number))


_NEXT = re.compile(r"\s([A-Z.]{2,5})(?!\w)")
