"""The functions of the rule language in columns, of arithmetic, roots and sines that every engine has.

A function that only rises or falls in its arguments needs its value at a point; any other its own form over sets.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import narwhals as nw

from checker.rulebook.functions import EARTH_GRAVITY, EARTH_RADIUS
from checker.tables.sets import Arithmetic, Piece, Set
from checker.tables.stages import Stages, Term, nothing

POINT_ERROR = 1e-13
"""The most by which a point form differs from the function itself, relative to its result."""

_DAY = 86_400.0
_EARLY = 0.1
"""As in `checker.rulebook.functions`: what rounding may take from midnight."""


def free_flight_time(stages: Stages, distance: Term, apogee: Term) -> Term:
    """The time along the ellipse, with s the squared sine of a quarter of the angle between its ends.

    From the same ellipse: e = h/(h + 2Rs), a = (R + h)/(1 + e), and the cosine of the eccentric anomaly at the ground
    is c = (h + 2Rs - R)/(R + h), so that 1 + c and 1 - c need no difference of near numbers, and the anomaly from the
    top, acos(-c), is twice the arctangent of the root of (1 + c)/(1 - c).
    """
    put = stages.put
    radius = EARTH_RADIUS
    arc = put(lambda d: (d * (0.25 / radius)).sin(), distance)
    sine = put(lambda x: x * x * radius, arc)
    e = put(lambda h, s: h / (h + s + s), apogee, sine)
    a = put(lambda h, k: (h + radius) / (k + 1.0), apogee, e)
    above, under = put(lambda h, s: h + s, apogee, sine), put(lambda s: radius - s, sine)
    half = _arctangent(stages, put(lambda x, y: (x / y).sqrt(), above, under))
    height = put(lambda x, y, h: (x * y).sqrt() * 2.0 / (h + radius), above, under, apogee)
    time = put(lambda w, k, n, m: (w * 2.0 + k * n) * 2.0 * m * (m * (1.0 / EARTH_GRAVITY)).sqrt(), half, e, height, a)
    return put(lambda t, h: nw.when(h == math.inf).then(nw.lit(math.inf)).otherwise(t), time, apogee)


def least_speed(stages: Stages, distance: Term, apogee: Term) -> Term:
    """The least launch speed, from the same ellipse, no higher than the one of least energy."""
    put = stages.put
    radius = EARTH_RADIUS
    sine = put(lambda d: (d * (0.25 / radius)).sin(), distance)
    cosine = put(lambda d: (d * (0.25 / radius)).cos(), distance)
    best = put(lambda s, c: _at_least(s * (c - s) * radius, 0.0), sine, cosine)
    height = put(lambda h, b: nw.when(h < b).then(h).otherwise(b), apogee, best)
    lift = put(lambda s: s * s * (2.0 * radius), sine)
    short = put(lambda k, h: nw.when(k + h > 0.0).then(k / (k + h)).otherwise(nw.lit(0.0)), lift, height)
    energy = put(lambda k, h: (k * radius + h * 2.0) / ((h + radius) * radius), short, height)
    return put(lambda x: (x * EARTH_GRAVITY).sqrt(), energy)


def climb_speed(stages: Stages, apogee: Term) -> Term:
    """The launch speed straight up, by energy."""
    escape = 2.0 * EARTH_GRAVITY / EARTH_RADIUS
    share = stages.put(
        lambda h: nw.when(h == math.inf).then(nw.lit(1.0)).otherwise(h / (h + EARTH_RADIUS)),
        apogee,
    )
    return stages.put(lambda x: (x * escape).sqrt(), share)


def _at_least(x: nw.Expr, low: float) -> nw.Expr:
    return nw.when(x < low).then(nw.lit(low)).otherwise(x)


def _arctangent(stages: Stages, x: Term) -> Term:
    """The arctangent of a number from 0 up: three times halved, then Gregory's series."""
    for _ in range(3):
        x = stages.put(lambda t: t / ((t * t + 1.0).sqrt() + 1.0), x)
    square = stages.put(lambda t: t * t, x)
    return stages.put(lambda t, s: t * _series(s) * 8.0, x, square)


def _series(square: nw.Expr) -> nw.Expr:
    """1 - s/3 + s2/5 - ..., which at tan(pi/16) squared leaves less than 1e-17."""
    total = square * 0.0 + 1.0 / 23.0
    for i in range(21, 0, -2):
        total = square * -total + 1.0 / i
    return total


def year(stages: Stages, moment: Term) -> Term:
    """The year, by the count of days from 1 March of the year 0 (Howard Hinnant, `civil_from_days`)."""
    return _civil(stages, moment)[0]


def _civil(stages: Stages, moment: Term) -> tuple[Term, Term]:
    """The year and month of a moment within the calendar."""
    put = stages.put
    last = 3_652_059.0
    days = put(lambda m: _between(((m + _EARLY) * (1.0 / _DAY)).floor(), 1.0, last) + 305.0, moment)
    era = put(lambda d: (d / 146_097.0).floor(), days)
    inside = put(lambda d, n: d - n * 146_097.0, days, era)
    of_era = put(
        lambda d: ((d - (d / 1_460.0).floor() + (d / 36_524.0).floor() - (d / 146_096.0).floor()) / 365.0).floor(),
        inside,
    )
    day = put(lambda d, y: d - (y * 365.0 + (y / 4.0).floor() - (y / 100.0).floor()), inside, of_era)
    counted = put(lambda d: ((d * 5.0 + 2.0) / 153.0).floor(), day)
    month = put(lambda m: nw.when(m < 10.0).then(m + 3.0).otherwise(m - 9.0), counted)
    whole = put(lambda y, n, m: y + n * 400.0 + nw.when(m <= 2.0).then(1.0).otherwise(0.0), of_era, era, month)
    return whole, month


def _between(x: nw.Expr, low: float, high: float) -> nw.Expr:
    return nw.when(x < low).then(nw.lit(low)).otherwise(nw.when(x > high).then(nw.lit(high)).otherwise(x))


def weekday(arithmetic: Arithmetic, moments: Set) -> Set:
    """The days of the week from the first day of each piece to its last, no more than seven."""
    put = arithmetic.stages.put
    pieces = []
    for p in moments.pieces:
        first, last = (put(lambda m: ((m + _EARLY) / _DAY).floor(), end) for end in (p.low, p.high))
        pieces += _cycle(arithmetic, first, last, put(lambda d: d + 6.0, first), 7.0)
    return arithmetic.collected(pieces, moments.partial)


def month(arithmetic: Arithmetic, moments: Set) -> Set:
    """The months from the first of each piece to its last, no more than twelve."""
    put = arithmetic.stages.put
    pieces = []
    for p in moments.pieces:
        (from_year, first), (to_year, last) = (_civil(arithmetic.stages, end) for end in (p.low, p.high))
        ahead = put(lambda y, m, x, n: m + (y - x) * 12.0 - n, to_year, last, from_year, first)
        start = put(lambda m: m * 0.0, first)
        shifted = [
            Piece(one, one)
            for piece in _cycle(arithmetic, start, ahead, put(lambda m: m - 1.0, first), 12.0)
            for one in [put(lambda m: m + 1.0, piece.low)]
        ]
        pieces += shifted
    return arithmetic.collected(pieces, moments.partial)


def _cycle(arithmetic: Arithmetic, first: Term, last: Term, start: Term, length: float) -> list[Piece]:
    """The places in a cycle of whole numbers that a run from first to last takes, beginning at start."""
    put = arithmetic.stages.put
    found = []
    for i in range(int(length)):
        there = put(lambda a, b, i=i: a + float(i) <= b, first, last)
        shifted = put(lambda s, i=i: s + float(i), start)
        place = put(
            lambda t, s: nw.when(t).then(s - (s / length).floor() * length).otherwise(nothing(nw.Float64)),
            there,
            shifted,
        )
        found.append(Piece(place, place))
    return found


POINTS: Mapping[str, Callable[..., Term]] = {
    "free_flight_time": free_flight_time,
    "least_speed": least_speed,
    "climb_speed": climb_speed,
    "year": year,
    "floor": lambda stages, number: stages.put(lambda x: x.floor(), number),
}
"""Functions that only rise or fall, at a point."""

SETS: Mapping[str, Callable[[Arithmetic, Set], Set]] = {
    "abs": lambda arithmetic, values: arithmetic.size(values),
    "sqrt": lambda arithmetic, values: arithmetic.raised(values, 0.5),
    "weekday": weekday,
    "month": month,
}
"""Functions with a form of their own over sets."""
