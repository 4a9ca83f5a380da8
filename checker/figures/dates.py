"""Dates, wherever they start: at a digit or at a month's name."""

from __future__ import annotations

import re

from checker.figures import clock, labels, periods
from checker.figures.calendar import MONTHS, Days, span
from checker.figures.draft import Draft, Passage, Place
from checker.figures.nouns import is_counted
from checker.figures.patterns import listed
from checker.figures.spellings import match
from checker.interval import Interval, Intervals
from checker.model import Readings

_FULL = "January February March April May June July August September October November December".split()
_SHORT = "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
_SMALL = [m.lower() for m in _FULL if m not in ("March", "May")]
"""Without a capital these are words of their own: march, may."""

MONTH = rf"(?:{'|'.join((*_FULL, *(m.upper() for m in _FULL if m != 'MAY'), *_SMALL))}|(?:{'|'.join(_SHORT)})\.?)(?!\w)"
NAMES = frozenset(
    (*_FULL, *(m.upper() for m in _FULL if m != "MAY"), *_SMALL, *_SHORT, *(f"{short}." for short in _SHORT))
)
"""The names of months as they are spelled."""
_DAY = r"(?P<day>0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_LAST = r"(?P<last>0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9]|[.,:][0-9])"
_YEAR = r"(?P<year>[12][0-9]{3}|[’'‘][0-9]{2}(?!\w))(?![0-9]|[.,][0-9]{3}|\.[0-9]|\s?%)"
_COMMA_YEAR = rf"(?:(?:,?\s+|,){_YEAR})?"
_TO = r"\s?[-–—/]\s?"

_DAY_MONTH = re.compile(
    rf"{_DAY}(?:(?:{_TO}|\s+to\s+){_LAST})?(?:\s+(?:of\s+)?|-)(?P<month>{MONTH})(?:(?:,?[\s\-]+|,){_YEAR})?"
)
_DASHED = re.compile(rf"{_DAY}(?P<last>(?!))?-(?P<month>{MONTH})-(?P<year>[0-9]{{2}})(?![\w\-])")
_DAY_OF_LIST = re.compile(
    rf"{_DAY}(?=(?:\s*,\s*[0-9]{{1,2}}){{0,6}},?\s+(?:and|or|to|&)\s+[0-9]{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?"
    rf"(?P<month>{MONTH}){_COMMA_YEAR})"
)
_MONTH_DAY = re.compile(
    rf"(?P<month>{MONTH})\.?\s+(?:the\s+)?{_DAY}(?![0-9]|[.:][0-9]|,(?![12][0-9]{{3}}(?![0-9]))[0-9])(?:{_TO}{_LAST})?{_COMMA_YEAR}"
)
_MONTH_YEAR = re.compile(rf"(?P<month>{MONTH})(?:,?\s+(?:of\s+)?|-){_YEAR}")
_MONTH_TO_MONTH = re.compile(rf"(?P<month>{MONTH})(?:/|\s?[-–]\s?)(?P<other>{MONTH})(?:,?\s+(?:of\s+)?{_YEAR})?")
_DAY_WORDS = dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)
)
_MONTH_WORD = re.compile(rf"(?P<month>{MONTH})\s+(?P<day>{'|'.join(_DAY_WORDS)})\b")
_ISO = re.compile(
    r"(?P<year>[12][0-9]{3})(?P<mark>[-/])(?P<month>0[1-9]|1[0-2])(?P=mark)(?P<day>0[1-9]|[12][0-9]|3[01])(?![0-9\-/])"
    r"(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?(?!\w))?"
)
_NUMERIC = re.compile(
    r"(?P<a>[0-3]?[0-9])(?P<mark>[/.\-])(?P<b>[0-3]?[0-9])(?P=mark)(?P<year>[12][0-9]{3}|[0-9]{2})(?![0-9/])"
)
_YEARS = re.compile(r"(?P<first>[12][0-9]{3})\s?[-–/]\s?(?P<last>[12][0-9]{3}|[0-9]{2})(?![0-9]|[.,][0-9])")
_NEXT_WORD = re.compile(r"[\s\-](?P<word>[a-z][a-z\-]*)")
_TOLERANCE_NEXT = re.compile(r"\s?\(?(?:±|\+/[-−])|\splus\sor\sminus\s")
_CAPITAL_NEXT = re.compile(r"\s[A-Z][a-z]")
_FISCAL_NEXT = re.compile(r"\s(?:fiscal|financial)\b")
_BEFORE_ERA = frozenset((" ", ",", ".", "", ")", ";"))
_CAN_FOLLOW_DAY = frozenset((" ", "\n", "\u00a0", "s", "n", "r", "t", "-", "–", "—", "/", ",", ".", ""))


# ---------------------------------------------------------------------- at a digit
def at_digits(page: Passage, place: Place) -> Draft | None:
    """The date that starts with these digits, if one does."""
    if place.number < 0:
        return _numeric(page, place.start) if "." in place.token else None
    if era := place.after in _BEFORE_ERA and periods.of_christ(page, place):
        return era
    if place.width <= 2 and place.after in _CAN_FOLLOW_DAY:
        return periods.decade(page, place) if place.after == "s" and place.number % 10 == 0 else _day(page, place)
    if place.width == 4:
        if place.after in "-/" and (found := _ISO.match(page.text, place.start)):
            days = Days(int(found["year"]), int(found["month"]), int(found["day"]))
            return Draft(place.start, found.end(), "date", days=days)
        return periods.at_digits(page, place) or _years(page, place) or _decade(page, place) or _year(page, place)
    return None


def _day(page: Passage, place: Place) -> Draft | None:
    if place.after == " " and (word := page.text[place.end + 1 : place.end + 3]).isalpha() and word not in _AFTER_DAY:
        return _second_day(page, place)
    if found := _DASHED.match(page.text, place.start) or _DAY_MONTH.match(page.text, place.start):
        return _full_day(page, found)
    if found := _DAY_OF_LIST.match(page.text, place.start):
        days = Days(_int(found["year"]), _month(found["month"]), int(found["day"]))
        return Draft(place.start, found.end(), "date", days=days)
    if place.after in ("/", "-", ".") and (date := _numeric(page, place.start)):
        return date
    return _second_day(page, place) if place.after in (",", ".", " ", "") else None


_AFTER_DAY = frozenset(name[:2] for name in NAMES) | {"of", "to", "an", "or"}
"""How the word after a day can begin: as a month, or as what leads to one. Few words do, and the patterns are long."""


def _full_day(page: Passage, found: re.Match[str]) -> Draft:
    """A day and a month, with the year if the four digits after them are one, or the days from one to another."""
    month, day, year = _month(found["month"]), int(found["day"]), _int(found["year"])
    end = found.end()
    if year is not None and _is_number(page.text, found.end("year")):
        year, end = None, max(found.end("month"), found.end("day"), found.end("last"))
    last = int(found["last"]) if found["last"] else 0
    if 0 < last <= day and found.start("month") < found.start("day"):
        return Draft(found.start(), found.end("day"), "date", days=Days(None, month, day))
    until = Days(year, month, last) if last > day else None
    return Draft(found.start(), end, "date", days=Days(year, month, day, until))


def _numeric(page: Passage, start: int) -> Draft | None:
    """Reads "26/01/2025" and "1/26/2025": day and month in the order that is possible, or in both."""
    found = _NUMERIC.match(page.text, start)
    if not found or (len(found["year"]) == 2 and found["mark"] != "/"):
        return None
    a, b, year = int(found["a"]), int(found["b"]), int(found["year"])
    if len(found["year"]) == 2:
        year += 2000 if year < 50 else 1900
    orders = [(month, day) for month, day in ((b, a), (a, b)) if span(year, month, day)]
    if not orders:
        padded = len(found["a"]) == len(found["b"]) == 2 or found["mark"] == "/"
        if not padded or not 1800 <= year < 2100 or not 0 < min(a, b) <= max(a, b) < 32:
            return None
        orders = [(min(a, b), max(a, b))]
    draft = Draft(start, found.end(), "date", days=Days(year, *orders[0]))
    spans = [s for order in orders if (s := span(year, *order))]
    if len(orders) == 2 and a != b:
        values = Intervals.union(Interval(s.low, s.high) for s in spans)
        draft.readings, draft.nominal = Readings(values, values, values), spans[0].low
    return draft


def _second_day(page: Passage, place: Place) -> Draft | None:
    """The 14 of "on January 6 and 14"."""
    before = page.last
    if before is None or before.days is None or before.days.day is None or before.days.last or not place.number:
        return None
    if place.start - before.end > 6 or place.number > 31:
        return None
    if page.text[before.end : place.start].strip() not in ("and", "or", ", and", "&"):
        return None
    following = _NEXT_WORD.match(page.text, place.end)
    if place.after == " " and following and following["word"] not in listed("dates", "month_before") | {"when", "as"}:
        return None
    return Draft(place.start, place.end, "date", days=Days(before.days.year, before.days.month, place.number))


# ---------------------------------------------------------------------- years
def _years(page: Passage, place: Place) -> Draft | None:
    """Reads "2013-14" and "1981-2010"."""
    found = _YEARS.match(page.text, place.start)
    if not found or not 1000 <= place.number < 2200:
        return None
    year, last = place.number, int(found["last"])
    if len(found["last"]) == 2:
        last += year // 100 * 100
        last += 100 if last < year else 0
    if not year < last <= year + 200 or _is_number(page.text, found.end()):
        return None
    return Draft(place.start, found.end(), "date", days=Days(year, last=Days(last)))


def _decade(page: Passage, place: Place) -> Draft | None:
    """Reads "the 1980s", and a year whose "s" lacks its apostrophe ("2018s best")."""
    year, after = place.number, page.text[place.end : place.end + 3]
    if after[:2] in ("'s", "’s") and year % 10 == 0 and place.cue in listed("dates", "decade_before"):
        after = after[1:]
    if after[:1] != "s" or after[1:].isalnum() or not 1000 <= year < 2200:
        return None
    if year % 10:
        return Draft(place.start, place.end, "date", days=Days(year)) if 1900 <= year < 2100 else None
    length = 99 if year % 100 == 0 and year < 2000 else 9
    end = page.text.index("s", place.end) + 1
    return Draft(place.start, end, "date", days=Days(year, last=Days(year + length)))


def short_year(page: Passage, place: Place) -> Draft | None:
    """Reads "the '90s" and "the class of '68": of the last hundred years or so."""
    text, start = page.text, place.start - 1
    if start and not text[start - 1].isspace() and text[start - 1] not in "-–(":
        return None
    year = periods.year_of(place.token)
    if place.after == "s" and not text[place.end + 1 : place.end + 2].isalnum():
        return Draft(start, place.end + 1, "date", days=Days(year, last=Days(year + 9))) if year % 10 == 0 else None
    word = page.cue(start)
    if word in listed("dates", "year_before") or word.rstrip(".") in MONTHS:
        return Draft(start, place.end, "date", days=Days(year))
    return labels.label(start, place.end, text) if text[:start].rstrip()[-len(word) :][:1].isupper() else None


def _year(page: Passage, place: Place) -> Draft | None:
    """Four digits that are a year, as the words around them say; a unit or a plural noun makes them a number."""
    text, year, cue = page.text, place.number, place.cue
    if not 1000 <= year < 2200 or place.after.isalpha() or _is_number(text, place.end):
        return None
    linked = _is_linked(page, place.start)
    fiscal = cue in ("fiscal", "fy", "financial") or bool(_FISCAL_NEXT.match(text, place.end))
    if _counts_noun(page, place) and not (cue in listed("dates", "determiners") or cue == "in" or fiscal or linked):
        return None
    days = Days(year, fiscal=fiscal)
    modern = 1900 <= year < (2200 if cue in listed("dates", "year_ahead") else 2100)
    told = cue in listed("dates", "year_before") or fiscal or linked or text[place.end : place.end + 2] in ("'s", "’s")
    if told or cue.rstrip(".,") in MONTHS:
        sure = modern or linked or cue not in listed("dates", "year_before_number")
        return Draft(place.start, place.end, "date", days=days) if sure else None
    if modern and cue not in listed("dates", "number_before"):
        return Draft(place.start, place.end, "date", days=days)
    return None


def _is_linked(page: Passage, start: int) -> bool:
    """Whether a date stands before, with nothing between but a link ("between 2002 and 2003")."""
    last = page.last
    if last is None or last.days is None or start - last.end > 8:
        return False
    return page.text[last.end : start].strip() in listed("dates", "links")


def _counts_noun(page: Passage, place: Place) -> bool:
    """Whether a plural noun follows, which the digits may count."""
    found = _NEXT_WORD.match(page.text, place.end)
    return found is not None and is_counted(found["word"]) and found["word"] not in listed("dates", "not_counted")


def _is_number(text: str, end: int) -> bool:
    """Whether a unit or a time zone stands after four digits, so that they are no year."""
    after = text[end : end + 1]
    if not after:
        return False
    if after in "%°" or clock.ZONE_NEXT.match(text, end) or _TOLERANCE_NEXT.match(text, end):
        return True
    if after not in " -\u00a0":
        return False
    found = match(text, end + 1)
    return found is not None and text[end + 1 : found[1]] not in ("in", "a")


# ---------------------------------------------------------------------- at a month's name
def at_month(page: Passage, start: int, end: int) -> Draft | None:
    """The date that starts with a month's name; a month alone only where it can be nothing else."""
    text = page.text
    if (found := _MONTH_YEAR.match(text, start)) and not _is_number(text, found.end("year")):
        return Draft(start, found.end(), "date", days=Days(_int(found["year"]), _month(found["month"])))
    if (found := _MONTH_DAY.match(text, start)) and not _is_quantity(text, found):
        return _full_day(page, found)
    if found := _MONTH_TO_MONTH.match(text, start):
        year, first, last = _int(found["year"]), _month(found["month"]), _month(found["other"])
        if first < last:
            return Draft(start, found.end(), "date", days=Days(year, first, last=Days(year, last)))
    if found := _MONTH_WORD.match(text, start):
        return Draft(start, found.end(), "date", days=Days(None, _month(found["month"]), _DAY_WORDS[found["day"]]))
    return _month_alone(page, start, end)


def _month_alone(page: Passage, start: int, end: int) -> Draft | None:
    text, name = page.text, page.text[start:end]
    cue = page.cue(start)
    last = page.last.days if page.last is not None and _is_linked(page, start) else None
    in_row = last is not None and last.month is not None and last.day is None
    if not name[0].isupper() or not (cue in listed("dates", "month_before") or cue.startswith("mid-") or in_row):
        return None
    if name in listed("dates", "month_or_name") and _CAPITAL_NEXT.match(text, end):
        return None
    return Draft(start, end, "date", days=Days(None, _month(name)))


def _is_quantity(text: str, found: re.Match[str]) -> bool:
    """Whether what looks like a day has a unit ("in March 25 km")."""
    if found["year"] or found["last"]:
        return False
    end = found.end("day")
    return _is_number(text, end) and (text[end] in "%°" or text[end + 1 : end + 2].islower())


def _month(name: str) -> int:
    return MONTHS[name.rstrip(".").lower()]


def _int(digits: str | None) -> int | None:
    return periods.year_of(digits) if digits else None
