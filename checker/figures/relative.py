"""Days told from the day of publication: "yesterday", "last month", "next year"."""

from __future__ import annotations

import calendar
import datetime
import functools

from checker.figures.calendar import Days
from checker.figures.draft import Draft, Passage
from checker.figures.patterns import data, spaced
from checker.interval import Interval, Intervals
from checker.model import Readings

_WEEK = 7
_SLACK = {"day": 1, "week": 7, "month": 31, "year": 366}
"""Days that the day of writing may lie from the day of publication, or from where its week, month or year turns."""


@functools.cache
def names() -> dict[str, tuple[str, int]]:
    """The words for such days, each with its unit and how many of them it lies ahead."""
    found: dict[str, tuple[str, int]] = {}
    for word, (unit, ahead) in data("dates")["relative"].items():
        found[word] = found[word[0].upper() + word[1:]] = (unit, ahead)
    return found


def at_word(page: Passage, start: int, end: int) -> Draft | None:
    """The days that these words tell; none in a text without a date, nor of a name ("USA Today")."""
    if not page.dated:
        return None
    word = page.text[start:end]
    if word[0].isupper() and page.cue(start)[-1:].isalnum():
        return None
    return Draft(start, end, "relative", days=Days(relative=names()[spaced(word)]))


def resolve(unit: str, ahead: int, anchor: datetime.date) -> tuple[float | tuple[float, float], Readings]:
    """The days that a unit so many ahead of a day is: printed as told from that day, widest with some slack."""
    own = anchor.toordinal()
    if unit == "day":
        low = high = own + ahead
    elif unit == "week":
        low = own - anchor.weekday() + _WEEK * ahead
        high = low + _WEEK - 1
    else:
        low, high = _months(anchor, ahead) if unit == "month" else _years(anchor, ahead)
    slack = _SLACK[unit]
    printed = Intervals((Interval(float(low), float(high)),))
    widest = Intervals.of(float(low - slack), float(high + slack))
    return (float(low) if low == high else (float(low), float(high))), Readings(printed, widest, widest)


def _months(anchor: datetime.date, ahead: int) -> tuple[int, int]:
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + ahead, 12)
    year = min(max(year, 1), 9999)
    first = datetime.date(year, month + 1, 1).toordinal()
    return first, first + calendar.monthrange(year, month + 1)[1] - 1


def _years(anchor: datetime.date, ahead: int) -> tuple[int, int]:
    year = min(max(anchor.year + ahead, 1), 9999)
    return datetime.date(year, 1, 1).toordinal(), datetime.date(year, 12, 31).toordinal()
