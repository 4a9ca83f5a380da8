"""Slips in dates, days of the week and times of day."""

from __future__ import annotations

import calendar
import datetime
import itertools
import re
from collections.abc import Iterator, Sequence

import attrs

from checker.model import Figure
from checker.slips import data
from checker.slips.digits import digit_wrong, digits_swapped
from checker.slips.numbers import number

_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_SHORT_NUMBER = re.compile(r"(?<![0-9-])[0-9]{1,2}(?![0-9-])")
_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
_ANY_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,4}(?![0-9])")

_MONTH_NUMBERS = [f"{month:02}" for month in range(1, 13)]

_SOME_LEAP_YEAR = 2024
"""Stands for the year of a date that is printed without, so that 29 February is one."""


def days(figure: Figure) -> Iterator[str]:
    """A date one day off, over the end of a month too."""
    date = _date(figure.text)
    if date:
        yield from (date.moved(1), date.moved(-1))


@attrs.frozen
class _Date:
    """A date as printed, and where its parts stand, each with how another would be printed there."""

    text: str
    date: datetime.date
    day: tuple[int, int]
    month: tuple[int, int]
    months: Sequence[str]
    year: tuple[int, int] | None

    def moved(self, days: int) -> str:
        """The date some days later in the same print."""
        date = self.date + datetime.timedelta(days=days)
        day = f"{date.day:02}" if self.text[slice(*self.day)].startswith("0") or _ISO.search(self.text) else date.day
        parts = [(self.day, str(day)), (self.month, self.months[date.month - 1])]
        if self.year:
            parts.append((self.year, str(date.year)))
        text = self.text
        for (start, end), new in sorted(parts, reverse=True):
            text = text[:start] + new + text[end:]
        return text


def _date(text: str) -> _Date | None:
    """The one whole day that a text prints, or None."""
    iso = _ISO.search(text)
    named = (iso.span("month"), _MONTH_NUMBERS, int(iso["month"]) - 1) if iso else _month(text)
    numbered = [iso.span("day")] if iso else [match.span() for match in _SHORT_NUMBER.finditer(text)]
    dated = _YEAR.search(text)
    if named is None or len(numbered) != 1:
        return None
    month, months, place = named
    day, year = numbered[0], dated.span() if dated else None
    number_of_year = int(text[slice(*year)]) if year else _SOME_LEAP_YEAR
    number_of_day = int(text[slice(*day)])
    if not (1000 <= number_of_year <= 2999 and 0 <= place < 12):
        return None
    if not 1 <= number_of_day <= calendar.monthrange(number_of_year, place + 1)[1]:
        return None
    return _Date(text, datetime.date(number_of_year, place + 1, number_of_day), day, month, months, year)


def _month(text: str) -> tuple[tuple[int, int], Sequence[str], int] | None:
    """The month that a date names: where it stands, the twelve in its style, and which it is."""
    for style in ("months", "short_months"):
        names: Sequence[str] = data.words()["calendar"][style]
        match = re.search(rf"\b(?:{'|'.join(names)})(?![A-Za-z])", text)
        if match:
            return match.span(), names, names.index(match[0])
    return None


def months(figure: Figure) -> Iterator[str]:
    """The month before or after, then one that looks alike."""
    named = _month(figure.text)
    if named:
        (start, end), names, place = named
        long = data.words()["calendar"]["months"]
        alike = [long.index(m) for pair in data.words()["calendar"]["alike"] if long[place] in pair for m in pair]
        for new in ((place + 1) % 12, (place - 1) % 12, *alike):
            yield figure.text[:start] + names[new] + figure.text[end:]


def years(figure: Figure) -> Iterator[str]:
    """A year one off, as when the turn of the year is missed."""
    for match in _YEAR.finditer(figure.text):
        for away in (-1, 1):
            yield f"{figure.text[: match.start()]}{int(match[0]) + away}{figure.text[match.end() :]}"


def swapped(figure: Figure) -> Iterator[str]:
    """Two neighbouring digits of a day or year swapped, where it still is one."""
    for match in _ANY_NUMBER.finditer(figure.text):
        yield from _still_dates(figure, match, digits_swapped(number(match[0], 0), near=True))


def wrong(figure: Figure) -> Iterator[str]:
    """One digit of a day or year another, where it still is one."""
    for match in _ANY_NUMBER.finditer(figure.text):
        yield from _still_dates(figure, match, digit_wrong(number(match[0], 0)))


def lost(figure: Figure) -> Iterator[str]:
    """A digit of the day of the month left out or put in: 5 for 25."""
    for match in _SHORT_NUMBER.finditer(figure.text):
        old = match[0]
        fewer = (old[1:], old[:1])
        more = (f"{a}{b}" for a, b in itertools.chain(((d, old) for d in "123"), ((old, d) for d in "0123456789")))
        yield from _still_dates(figure, match, (t for t in (*fewer, *more) if len(t) in (1, 2) and t[0] != "0"))


def _still_dates(figure: Figure, match: re.Match[str], texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        if 1 <= int(text) <= 31 if len(text) <= 2 else 1000 <= int(text) <= 2199:
            yield figure.text[: match.start()] + text + figure.text[match.end() :]


def weekdays(figure: Figure) -> Iterator[str]:
    """Another day of the week, the neighbours first."""
    for style in ("weekdays", "long_short_weekdays", "short_weekdays"):
        names: Sequence[str] = data.words()["calendar"][style]
        match = re.search(rf"\b(?:{'|'.join(names)})(?![a-rt-z])", figure.text)
        if match:
            for away in (1, -1, 2, -2, 3, -3):
                new = names[(names.index(match[0]) + away) % 7]
                yield figure.text[: match.start()] + new + figure.text[match.end() :]
            return


def half_days(figure: Figure) -> Iterator[str]:
    """Morning for afternoon."""
    match = re.search(r"(?i)(?<![a-z])[ap](?=\.?\s?m\b)", figure.text)
    if match:
        other = {"a": "p", "p": "a", "A": "P", "P": "A"}[match[0]]
        yield figure.text[: match.start()] + other + figure.text[match.end() :]
