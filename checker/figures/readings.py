"""The one place that says how far a print may lie from what it stands for: its printed, plain and widest readings.

*printed*: half a unit of the last place. *plain*: what a writer could have rounded, cut off or rounded up to this
print. *widest*: plain, with the hedge or bound before it.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from checker.figures.numerals import Numeral
from checker.interval import Interval, Intervals, down, up
from checker.model import Bound, Readings

Rounded = Literal["nearest", "five"]

MILLION = 1_000_000
"""Widths are whole numbers of millionths of the last place, so that every end is exact until it becomes a float."""

HALF = 500_000
"""Rounding to the nearest moves a number by at most half a unit of the last place."""

BELOW_ONE = 999_999
"""Rounding up or down moves it by less than a unit: the print is never that of the neighbour itself."""

EXACT = 2**52
"""Whole numbers below it, and halves between them, are floats."""

ONE_FROM = HALF
"""No writer prints "1" for less than a half. Of larger prints the neighbour below is half or more anyway."""

ONE = 1_000_000
"""A count of days may or may not count both its ends, so there a whole unit is possible."""

ZEROS_CAP = 50_000
"""Zeros before the decimal point may be rounding, but no writer rounds away more than 5 % of the value.

Measured on 56 right and 18 wrong conversions: caps of 2.5 to 5 % all catch an area converted by a length's factor,
which 10 % or no cap miss; 2.5 % breaks right ones that round to five or ten ("45 km (30 mi)", "4,100 feet (1,200 m)").
"""

FIVES = 2_500_000
"""Speeds are told to the nearest five: "185 mph (295 kph)" is 160 knots, and so told in every advisory on such a storm.

The National Hurricane Center rounds winds to five in each unit by itself, and news agencies take both over.
"""

HEDGE = 100_000
"""What "about", "nearly" and "some" add: 10 % either way."""

FRACTION_PRINTED, FRACTION_PLAIN = 50_000, 150_000
"""A share in words has no last place: "a third" is 32 to 35 %, and is said of 28 to 38 % without a hedge."""

ANYTHING = Readings(Intervals.REALS, Intervals.REALS, Intervals.REALS)
"""Of what is no quantity, so that no relation can be broken by it."""


@functools.lru_cache(maxsize=4096)  # years, small counts and percents come again and again
def of(
    low: tuple[Numeral, ...],
    high: tuple[Numeral, ...] = (),
    *,
    bound: Bound = "=",
    inclusive: bool = False,
    signed: bool = False,
    fraction: bool = False,
    rounded: Rounded | None = None,
) -> Readings:
    """The readings of a number, or of a range from low to high, each given as the alternatives of one print.

    `inclusive`: both ends of what is counted may count. `signed`: values below zero are ordinary, so that "up to" has
    no floor. `fraction`: the number is a share in words. `rounded`: it is only ever rounded to the nearest, as in
    "tripled", of which no one would speak at 3.9, or may be a multiple of five.
    """
    pairs = _pairs(low, high)
    wide = _fraction_plain if fraction else _plain_inclusive if inclusive else _WIDTHS[rounded]
    printed = _spread(pairs, _fraction_printed if fraction else _printed)
    plain = _spread(pairs, wide)
    if bound == "~":
        return Readings(printed, _spread(pairs, lambda n: max(wide(n), HEDGE * abs(n.mantissa))), plain)
    return bounded(printed, plain, bound, signed=signed)


def bounded(printed: Intervals, plain: Intervals, bound: Bound, *, signed: bool = False) -> Readings:
    """The readings with the bound before the print put on the plain one."""
    if bound == ">":
        return Readings(printed, Intervals.of(plain.low, math.inf), plain)
    if bound == "<":
        floor = -math.inf if signed or plain.high < 0.0 else min(0.0, plain.low)
        return Readings(printed, Intervals.of(floor, plain.high), plain)
    if bound == "~":
        margin = HEDGE / MILLION
        loose = Interval(down(plain.low - margin * abs(plain.low)), up(plain.high + margin * abs(plain.high)))
        return Readings(printed, Intervals.union((*plain.parts, loose)), plain)
    return Readings(printed, plain, plain)


def also_in(own: Readings, ratios: Sequence[float]) -> Readings:
    """The readings of a print whose unit is one of several of its name, each `ratio` times as large as the first."""

    def both(values: Intervals) -> Intervals:
        return Intervals.union((*values, *(part for r in ratios for part in values * Intervals.of(down(r), up(r)))))

    return Readings(both(own.printed), both(own.widest), both(own.plain))


def exact(low: float, high: float | None = None) -> Readings:
    """One set of numbers for all three readings: of ordinals, ages and days, which are not rounded."""
    values = Intervals.of(low, high)
    return Readings(values, values, values)


def one_in(part: Numeral, whole: Numeral) -> tuple[Intervals, Intervals]:
    """The printed and the plain reading of "1 in 5": the last place of the whole moves, and of a part above one."""
    ends = []
    for width in (HALF, BELOW_ONE):
        own = width if part.mantissa > 1 else 0
        n, m = part.mantissa * MILLION, whole.mantissa * MILLION
        low = min(_below(n, m + width), _below(n - own, m))
        high = max(_above(n, max(m - width, 1)), _above(n + own, m))
        ends.append(Intervals.of(low, high))
    return ends[0], ends[1]


def _printed(_: Numeral) -> int:
    return HALF


def _plain(n: Numeral) -> int:
    if not n.zeros:
        return BELOW_ONE
    half: int = 10**n.zeros * HALF
    return max(BELOW_ONE, min(half, abs(n.mantissa) * ZEROS_CAP))


def _plain_inclusive(n: Numeral) -> int:
    return max(ONE, _plain(n))


def _plain_five(n: Numeral) -> int:
    five = not n.zeros and not n.exponent and n.mantissa % 5 == 0
    return max(_plain(n), min(FIVES, abs(n.mantissa) * ZEROS_CAP)) if five else _plain(n)


_WIDTHS: Mapping[Rounded | None, Callable[[Numeral], int]] = {None: _plain, "nearest": _printed, "five": _plain_five}


def _fraction_printed(n: Numeral) -> int:
    return FRACTION_PRINTED * abs(n.mantissa)


def _fraction_plain(n: Numeral) -> int:
    return FRACTION_PLAIN * abs(n.mantissa)


def _pairs(low: Sequence[Numeral], high: Sequence[Numeral]) -> list[tuple[Numeral, ...]]:
    """The alternatives of the two ends: matched where both were written alike, else each with each."""
    if not high:
        return [(a,) for a in low]
    if len(low) == len(high):
        return list(zip(low, high, strict=True))
    return [(a, b) for a in low for b in high]


def _spread(pairs: Sequence[tuple[Numeral, ...]], width: Callable[[Numeral], int]) -> Intervals:
    if len(pairs) == 1:
        first, *others = pairs[0]
        plain = not others and first.divisor == 1 and first.exponent <= 0
        return Intervals((_around(first, width(first)) if plain else _hull(pairs[0], width),))
    return Intervals.union(_hull(pair, width) for pair in pairs)


def _hull(pair: tuple[Numeral, ...], width: Callable[[Numeral], int]) -> Interval:
    """The least interval that holds the numerals with their widths, its ends rounded outward only if they must be."""
    lows, highs = [], []
    for n in pair:
        w, m = width(n), n.mantissa * MILLION
        inner = ONE_FROM if w == BELOW_ONE and abs(n.mantissa) == 1 and n.exponent >= 0 else w
        lows.append(_below(*n.ratio(m - (inner if m > 0 else w), finer=6)))
        highs.append(_above(*n.ratio(m + (inner if m < 0 else w), finer=6)))
    return Interval(min(lows), max(highs))


def _around(n: Numeral, w: int) -> Interval:
    """The hull of one plain number, which nearly all are, without the detours of the rest."""
    if w == HALF and not n.exponent and -EXACT < n.mantissa < EXACT:
        return Interval(n.mantissa - 0.5, n.mantissa + 0.5)
    m, q = n.mantissa * MILLION, MILLION * 10**-n.exponent
    inner = ONE_FROM if w == BELOW_ONE and abs(n.mantissa) == 1 and not n.exponent else w
    return Interval(_below(m - (inner if m > 0 else w), q), -_below(-m - (inner if m < 0 else w), q))


def _below(p: int, q: int) -> float:
    """The greatest float that is at most p / q."""
    try:
        x = p / q
    except OverflowError:
        return -math.inf if p < 0 else math.nextafter(math.inf, 0.0)
    n, d = x.as_integer_ratio()
    return x if n * q <= p * d else down(x)


def _above(p: int, q: int) -> float:
    """The least float that is at least p / q."""
    return -_below(-p, q)
