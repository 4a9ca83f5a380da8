"""Days that a date, a month, a year or a public event names, as numbers that `datetime.date.toordinal` counts."""

from __future__ import annotations

import calendar
import datetime
import functools
from collections.abc import Collection, Iterator
from typing import Any

import attrs

from checker.figures.patterns import data
from checker.figures.readings import ANYTHING
from checker.interval import Interval, Intervals
from checker.model import Readings

NEAR = 300
"""Days to the nearest date without its year.

A date outside the current year carries its year (AP Stylebook, "dates"), so one without lies in the year of
publication, or is close enough for its year to go without saying ("December 30" in a text of January).
"""

MOST_TOLD = 40
"""Among more years than this a date without its own could be of any."""

LONGEST_RUN = 10
"""A run of so many years, such as a decade, names each of them."""

EVENT_YEARS = 4
"""An event that recurs is taken within so many years of the text's own date; one more where not each year has it."""

LEAP = 2000
"""A year that has every day that any year has."""

MONTHS = {
    name: number
    for number in range(1, 13)
    for name in (calendar.month_name[number].lower(), calendar.month_abbr[number].lower())
} | {"sept": 9}

WEEKDAYS = {calendar.day_name[n].lower(): n for n in range(7)} | {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip


@attrs.frozen
class Days:
    """What a date says: a day, a month or a year, or the first of two; what is not said is None.

    `last` is the end of a range; `fiscal`: the year may begin in the one before the year named, or end in the one
    after; `event` names an entry of the events file.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    last: Days | None = None
    fiscal: bool = False
    event: int | None = None
    relative: tuple[str, int] | None = None
    """A unit of time, and how many of it the day of publication lies behind."""
    julian: bool = False
    """An event that may be dated by the Julian calendar."""

    @property
    def years(self) -> tuple[int, ...]:
        """The years that it names, and those between them where they are few."""
        if self.year is None:
            return ()
        last = (self.last.year if self.last else None) or self.year
        return tuple(range(self.year, last + 1)) if last - self.year <= LONGEST_RUN else (self.year, last)

    @property
    def is_full(self) -> bool:
        """Whether it names one day of one year."""
        return None not in (self.year, self.month, self.day)


def span(year: int, month: int | None = None, day: int | None = None) -> Interval | None:
    """The days of a year, a month or a day; None where the calendar has no such day."""
    try:
        if month is None:
            first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        elif day is None:
            first = datetime.date(year, month, 1)
            last = datetime.date(year, month, calendar.monthrange(year, month)[1])
        else:
            first = last = datetime.date(year, month, day)
    except ValueError:
        return None
    return Interval(float(first.toordinal()), float(last.toordinal()))


def is_none(days: Days) -> bool:
    """Whether the calendar lacks a day that is named, in the year that is named or else in every year."""
    ends = (days, days.last) if days.last is not None else (days,)
    year = next((end.year for end in ends if end.year), LEAP)
    return any(end.month and end.day and not span(end.year or year, end.month, end.day) for end in ends)


def resolve(
    days: Days, anchor: datetime.date | None, told: Collection[int] = ()
) -> tuple[float | tuple[float, float], Readings]:
    """The nominal value of a date and the days it can stand for, seen from the date of the text.

    Without its year a date can also lie in one of the years `told` near it ("In 1963 ... on Friday, November 22").

    Without a year and without an anchor, or with years beyond counting near it, it can be any day, and its nominal
    value is its day of the year.
    """
    if days.event is not None:
        return _resolve_event(days, days.event, anchor, told)
    if days.year is not None:
        return _resolve_year(days, days.year)
    if anchor is None or len(told) > MOST_TOLD:
        year_day = span(LEAP, days.month, days.day)
        return (year_day.low - span(LEAP).low + 1 if year_day else 0.0), ANYTHING  # type: ignore[union-attr]
    found = [d for year in (anchor.year - 1, anchor.year, anchor.year + 1) if (d := _in_year(days, year))]
    own = anchor.toordinal()
    found = [d for d in found if _distance(d, own) <= NEAR or datetime.date.fromordinal(int(d.low)).year == anchor.year]
    if not found:
        return 0.0, ANYTHING
    nearest = min(found, key=lambda d: _distance(d, own))
    named = [d for year in told if (d := _in_year(days, year))]
    widest = Intervals.union((*found, *named))
    return _nominal(nearest), Readings(Intervals.union((nearest, *named)), widest, widest)


def _resolve_year(days: Days, year: int) -> tuple[float | tuple[float, float], Readings]:
    found = _in_year(days, year)
    if not found:
        return 0.0, ANYTHING
    values = Intervals((found,))
    if days.fiscal and (before := span(year - 1)):
        wide = Intervals.of(before.low, (span(year + 1) or found).high)
        return _nominal(found), Readings(values, wide, wide)
    return _nominal(found), Readings(values, values, values)


def _in_year(days: Days, year: int) -> Interval | None:
    first = span(year, days.month, days.day)
    if first is None or days.last is None:
        return first
    last = span(days.last.year or year, days.last.month, days.last.day)
    return Interval(first.low, last.high) if last and last.high >= first.low else None


def _distance(days: Interval, day: int) -> float:
    return max(days.low - day, day - days.high, 0.0)


def _nominal(days: Interval) -> float | tuple[float, float]:
    return days.low if days.low == days.high else (days.low, days.high)


# ---------------------------------------------------------------------- public events
def _resolve_event(
    named: Days, index: int, anchor: datetime.date | None, told: Collection[int]
) -> tuple[float | tuple[float, float], Readings]:
    event = data("events")["event"][index]
    if "dates" in event:
        once = [float(datetime.date.fromisoformat(d).toordinal()) for d in event["dates"]]
        values = Intervals.union(Interval(d, d) for d in once)
        if anchor is None:
            return once[0], Readings(values, values, values)
        nearest = min(once, key=lambda d: abs(d - anchor.toordinal()))
        return nearest, Readings(Intervals.of(nearest), values, values)
    if anchor is None:
        return 0.0, ANYTHING
    reach = EVENT_YEARS + ("every" in event)
    days = [
        float(d.toordinal())
        for year in range(max(anchor.year - reach, 2), min(anchor.year + reach, 9998) + 1)
        for d in occurrences(index, year, julian=named.julian)
        if abs(d.toordinal() - anchor.toordinal()) <= reach * 366
    ]
    if not days:
        return 0.0, ANYTHING
    nearest = min(days, key=lambda d: abs(d - anchor.toordinal()))
    own = [
        float(d.toordinal()) for year in told if 1 < year < 9999 for d in occurrences(index, year, julian=named.julian)
    ]
    printed = Intervals.union(Interval(d, d) for d in (nearest, *own))
    values = Intervals.union(Interval(d, d) for d in (*days, *own))
    return nearest, Readings(printed, values, values)


@functools.lru_cache(maxsize=4096)
def occurrences(index: int, year: int, *, julian: bool = False) -> tuple[datetime.date, ...]:
    """The days of a year on which an event of the events file falls, as its rule says."""
    event = data("events")["event"][index]
    if year < event.get("from", 1) or (year - event.get("from", 1)) % event.get("every", 1):
        return ()
    return tuple(_dated(event, year, julian=julian))


def _dated(event: dict[str, Any], year: int, *, julian: bool) -> Iterator[datetime.date]:
    if "day" in event:
        for told in (event["day"], event["julian"]) if julian else (event["day"],):
            month, day = told.split("-")
            date = datetime.date(year, int(month), int(day))
            yield date
            if "or_monday" in event and date.weekday() == 6:
                yield date + datetime.timedelta(1)
    elif "easter" in event:
        for sunday in sorted({easter(year), orthodox_easter(year)}):
            yield sunday + datetime.timedelta(event["easter"])
    else:
        day = nth_weekday(year, event["month"], event["weekday"], event["nth"])
        yield day + datetime.timedelta(event.get("plus", 0))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> datetime.date:
    """The nth Monday (0) to Sunday (6) of a month; the last for -1."""
    if nth < 0:
        last = datetime.date(year, month, calendar.monthrange(year, month)[1])
        return last - datetime.timedelta((last.weekday() - weekday) % 7)
    first = datetime.date(year, month, 1)
    return first + datetime.timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))


def easter(year: int) -> datetime.date:
    """Easter Sunday of the Gregorian calendar (Meeus, *Astronomical Algorithms*, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    l = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7  # noqa: E741
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return datetime.date(year, month, day + 1)


def orthodox_easter(year: int) -> datetime.date:
    """Easter Sunday by the Julian computus, in the Gregorian calendar (Meeus, ch. 8)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    lag = year // 100 - year // 400 - 2
    return datetime.date(year, month, day + 1) + datetime.timedelta(lag)
