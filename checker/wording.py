"""Computed values in words and digits, as messages and workings print them."""

from __future__ import annotations

import calendar
import datetime
import functools
import math
from collections.abc import Iterable, Sequence

from checker.interval import Interval, Intervals
from checker.units import CLOCK, DATE, NO_DIMENSION, WEEKDAY, Measure

_FEWEST_DIGITS, _USUAL_DIGITS, _MOST_DIGITS, _ALL_DIGITS = 3, 4, 6, 15
_ROUNDING = 1e-9
"""Ends that differ by less than this, relative to their size, differ by the rounding of floats."""
_WORTH_TELLING = 1e-3
_NOTHING = 1e-15
_SMALL_POWER, _LARGE_POWER = -6, 15

_DAY = 86_400.0
_LAST_DAY = datetime.date.max.toordinal()
_MOST_ALTERNATIVES = 3
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_SYMBOLS = {"USD": "$", "GBP": "£", "EUR": "€", "JPY": "¥", "INR": "₹"}
_PLURALS = {
    "second": "seconds",
    "minute": "minutes",
    "hour": "hours",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
    "mile": "miles",
    "foot": "feet",
    "inch": "inches",
    "yard": "yards",
    "pound": "pounds",
    "ounce": "ounces",
    "acre": "acres",
    "hectare": "hectares",
    "gallon": "gallons",
    "knot": "knots",
    "percentage_point": "percentage points",
    "basis_point": "basis points",
}
_SPELT = {
    "mile / hour": "mph",
    "degree_Celsius": "°C",
    "degree_Fahrenheit": "°F",
    "delta_degree_Celsius": "°C",
    "delta_degree_Fahrenheit": "°F",
    "delta_kelvin": "K",
    "speed_of_light": "times the speed of light",
}


def value(nominal: Intervals | None, possible: Intervals, measure: Measure, currency: str | None = None) -> str:
    """What a computation came to: its nominal value, to as many digits as the possible values bear out.

    Where there is no nominal value, or the possible ones have no bound on one side, those are told instead. Both are in
    base units.
    """
    if not possible.parts:
        return "no value"
    if measure.dimension == WEEKDAY:
        return _weekdays(possible)
    if measure.dimension == DATE:
        return _any_of(map(_date, nominal or possible))
    if measure.dimension == CLOCK:
        return _any_of(map(_clock, nominal or possible))
    wide = measure.from_base(possible)
    told = measure.from_base(nominal or Intervals.EMPTY)
    if math.isinf(wide.high - wide.low) or not told.parts or math.isinf(told.high - told.low):
        return _bounds(wide, measure, currency)
    whole = _settled(_hull(told))
    return _dressed(_between(whole, _digits(whole, wide, loose=measure.name in _LOOSE)), measure, currency)


def in_parts(seconds: Intervals) -> str:
    """A length of time as hours, minutes and seconds, rounded to a second: "1 h 7 min 32 s"."""
    whole = round((seconds.low + seconds.high) / 2.0)
    parts = ((whole // 3600, "h"), (whole // 60 % 60, "min"), (whole % 60, "s"))
    return " ".join(f"{count:,} {unit}" for count, unit in parts if count) or "0 s"


def spread(possible: Intervals, measure: Measure, currency: str | None = None) -> str | None:
    """All possible values, from the least to the greatest, if they are worth telling apart; they are in base units."""
    wide = measure.from_base(possible)
    if measure.dimension in (WEEKDAY, DATE, CLOCK) or not wide.parts:
        return None
    if wide.high - wide.low <= _WORTH_TELLING * max(abs(wide.low), abs(wide.high)):
        return None
    return _bounds(wide, measure, currency)


def ends(bounds: Iterable[Intervals], measure: Measure) -> str:
    """The fixed bounds of a band, in base units."""
    return _dressed([number(_settled(_hull(measure.from_base(b))).low, _MOST_DIGITS) for b in bounds], measure, None)


# ---------------------------------------------------------------------- numbers
def _hull(values: Intervals) -> Interval:
    return Interval(values.low, values.high)


def _settled(part: Interval) -> Interval:
    """An interval without what the rounding of floats has added to it: a number may be one again, and a whole one."""
    if not part.high - part.low <= _ROUNDING * max(abs(part.low), abs(part.high)) < math.inf:
        return Interval(_snapped(part.low), _snapped(part.high))
    middle = _snapped((part.low + part.high) / 2.0)
    return Interval(middle, middle)


def _snapped(x: float) -> float:
    return float(round(x)) if math.isfinite(x) and abs(x - round(x)) <= _ROUNDING * abs(x) else x


_LOOSE = frozenset({"month", "year"})
"""Units that are of several lengths, so that no more than the usual digits of a number of them mean anything."""


def _digits(told: Interval, wide: Intervals, *, loose: bool) -> int:
    """How many digits of a value mean something when it may lie anywhere in a wider set."""
    size = max(abs(told.low), abs(told.high))
    width = wide.high - wide.low
    if size == 0.0:
        return _FEWEST_DIGITS
    exact = width <= _ROUNDING * size
    short = exact and told.low == told.high and math.isclose(float(f"{size:.{_MOST_DIGITS - 1}e}"), size, rel_tol=1e-12)
    known = _ALL_DIGITS if exact else math.ceil(math.log10(max(size / width, 1.0))) + 1
    before_point = min(math.floor(math.log10(size)) + 1, _USUAL_DIGITS)
    most = _MOST_DIGITS if short and not loose else _USUAL_DIGITS
    if told.low.is_integer() and told.high.is_integer():
        most = _ALL_DIGITS
    digits = max(_FEWEST_DIGITS, before_point, min(known, most))
    agreed = (d for d in range(digits, _FEWEST_DIGITS - 1, -1) if number(told.low, d) == number(told.high, d))
    return next(agreed, digits)


def number(x: float, digits: int) -> str:
    """A number to so many significant digits, with separators of thousands and no idle zeros."""
    if abs(x) < _NOTHING:
        return "0"
    mantissa, _, exponent = f"{x:.{digits - 1}e}".partition("e")
    power = int(exponent)
    if not _SMALL_POWER <= power < _LARGE_POWER:
        return f"{_trimmed(mantissa)}e{power}"
    return _trimmed(f"{float(f'{mantissa}e{exponent}'):,.{max(0, digits - 1 - power)}f}")


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _between(part: Interval, digits: int) -> tuple[str, ...]:
    low, high = number(part.low, digits), number(part.high, digits)
    return (low,) if low == high else (low, high)


def _bounds(wide: Intervals, measure: Measure, currency: str | None) -> str:
    parts = wide.parts if len(wide.parts) <= _MOST_ALTERNATIVES else (Interval(wide.low, wide.high),)
    return _any_of(_bound(part, measure, currency) for part in parts)


def _bound(part: Interval, measure: Measure, currency: str | None) -> str:
    part = _settled(part)
    if math.isinf(part.low) and math.isinf(part.high):
        return "any value"
    if math.isinf(part.high):
        return f"at least {_dressed((number(part.low, _USUAL_DIGITS),), measure, currency)}"
    if math.isinf(part.low):
        return f"at most {_dressed((number(part.high, _USUAL_DIGITS),), measure, currency)}"
    digits = (d for d in range(_FEWEST_DIGITS, _MOST_DIGITS) if number(part.low, d) != number(part.high, d))
    return _dressed(_between(part, next(digits, _MOST_DIGITS)), measure, currency)


# ---------------------------------------------------------------------- units
def _dressed(numbers: Sequence[str], measure: Measure, currency: str | None) -> str:
    """One number, or the two ends of a range, with the unit."""
    if currency is not None:
        amounts = [_money(n, currency) for n in numbers]
        return f"{' to '.join(amounts)}{_each(measure)}"
    text = " to ".join(numbers)
    if measure.name == "mach":
        return f"Mach {text}"
    unit = unit_text(measure, one=text == "1")
    if not unit:
        return text
    return f"{text}{unit}" if unit == "%" else f"{text} {unit}"


def _money(text: str, currency: str) -> str:
    amount = float(text.replace(",", ""))
    for scale, word in _SCALES:
        scaled = f"{amount / scale:.6g}"
        if abs(amount) >= scale and len(scaled.replace(".", "").lstrip("-")) <= 5:
            text = f"{scaled} {word}"
            break
    symbol = _SYMBOLS.get(currency)
    if symbol:
        return f"-{symbol}{text[1:]}" if text.startswith("-") else f"{symbol}{text}"
    return f"{text} {currency}"


def _each(measure: Measure) -> str:
    """What an amount of money is for each of: " a day", " a barrel"; nothing for money alone."""
    below = str(measure.unit).partition("1 / ")[2]
    return f" {a_or_an(below)}" if below else ""


@functools.cache
def unit_text(measure: Measure, *, one: bool = False) -> str:
    """A unit as a reader knows it: km/h, °C, miles; nothing for plain numbers."""
    if measure.dimension == NO_DIMENSION and measure.name == "dimensionless":
        return ""
    if measure.name in _SPELT:
        return _SPELT[measure.name]
    if measure.name in _PLURALS:
        return measure.name.replace("_", " ") if one else _PLURALS[measure.name]
    return f"{measure.unit:~P}"


# ---------------------------------------------------------------------- the calendar
def _any_of(texts: Iterable[str]) -> str:
    told = list(dict.fromkeys(texts))
    if len(told) > _MOST_ALTERNATIVES:
        return f"{told[0]} or one of {len(told) - 1} others"
    return listed(told, "or")


def listed(texts: Sequence[str], word: str) -> str:
    """Texts in a row, the last after a word: "a, b and c"."""
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {word} {texts[-1]}"


def a_or_an(noun: str) -> str:
    """A noun with its article, as its first letter has it."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def _weekdays(possible: Intervals) -> str:
    found = [name for i, name in enumerate(WEEKDAYS) if float(i) in possible]
    return listed(found, "or") if 0 < len(found) <= _MOST_ALTERNATIVES else "weekday that is not known"


def _date(part: Interval) -> str:
    first, last = part.low / _DAY, part.high / _DAY
    if first < 0.5 or last > _LAST_DAY + 0.5 or round(last) < round(first):
        return "a day that is not known"
    a, b = (datetime.date.fromordinal(round(x)) for x in (first, last))
    if a == b:
        return _day(a)
    if (a.day, a.month, b.day, b.month) == (1, 1, 31, 12) and a.year == b.year:
        return str(a.year)
    if (a.day, b.day) == (1, calendar.monthrange(a.year, a.month)[1]) and (a.year, a.month) == (b.year, b.month):
        return f"{MONTHS[a.month - 1]} {a.year}"
    return f"{_day(a)} to {_day(b)}"


def _day(date: datetime.date) -> str:
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def _clock(part: Interval) -> str:
    if math.isinf(part.low) or math.isinf(part.high):
        return "a time that is not known"
    told = [f"{round(x / 60) // 60 % 24:02}:{round(x / 60) % 60:02}" for x in (part.low, part.high)]
    return told[0] if told[0] == told[1] else f"{told[0]} to {told[1]}"
