"""The functions that rules may call: pure, typed by units, each with the domain it is defined on and an interval form.

Arguments and results are in base units. A function that never falls or never rises in an argument says so, and its
interval form follows; any other brings its own. For all of them: x in X gives f(x) in F(X).
"""

from __future__ import annotations

import datetime
import itertools
import math
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

import attrs

from checker.interval import Interval, Intervals
from checker.units import DATE, NO_DIMENSION, WEEKDAY, Dimension

Way = Literal["rises", "falls"]

_LENGTH: Dimension = Dimension({"[length]": 1})
_SPEED: Dimension = Dimension({"[length]": 1, "[time]": -1})
_TIME: Dimension = Dimension({"[time]": 1})


@attrs.frozen
class Parameter:
    """An argument of a function: its dimension, None where any physical one will do, and the values it may have.

    `way` is how the function moves with it, never the other way, all else held still; None where it says neither.
    """

    name: str
    dimension: Dimension | None
    domain: Intervals = Intervals.REALS
    way: Way | None = None


@attrs.frozen
class Function:
    """A function for expressions: `at` for one value of each argument, `enclose` for a set of each.

    `power` says which power of its argument's dimension a function has that takes any; `error` is the most that
    rounding moves `at`, relative to its result.
    """

    name: str
    about: str
    parameters: tuple[Parameter, ...]
    at: Callable[..., float]
    result: Dimension | None = None
    power: float = 1.0
    error: float = 0.0
    own_form: Callable[..., Intervals] | None = None

    def enclose(self, *arguments: Intervals) -> Intervals:
        """All results for arguments from the given sets, marked partial where some lie outside the domain."""
        inside = [a.within(p.domain) for a, p in zip(arguments, self.parameters, strict=True)]
        partial = any(a.partial for a in inside)
        if self.own_form is not None:
            return Intervals(self.own_form(*inside).parts, partial)
        boxes = itertools.product(*(a.parts for a in inside))
        return Intervals.union((self._corner_to_corner(box) for box in boxes), partial=partial)

    def _corner_to_corner(self, box: tuple[Interval, ...]) -> Interval:
        rising = [p.way == "rises" for p in self.parameters]
        least = self.at(*(b.low if up else b.high for b, up in zip(box, rising, strict=True)))
        most = self.at(*(b.high if up else b.low for b, up in zip(box, rising, strict=True)))
        # An end that has overflown is beyond the largest number, on the side where the values are.
        least, most = min(least, sys.float_info.max), max(most, -sys.float_info.max)
        if not self.error:
            return Interval(least, most)
        return Interval(least - abs(least) * self.error, most + abs(most) * self.error)


# ---------------------------------------------------------------------- free flight
EARTH_RADIUS = 6_371_008.8
"""Mean radius in metres (IUGG, GRS 80)."""

EARTH_GRAVITY = 3.986_004_418e14
"""Gravitational parameter in m3/s2 (IERS Conventions 2010)."""


def free_flight_time(distance: float, apogee: float) -> float:
    """Seconds along the ellipse from the ground up to an apogee and down to the ground at a distance, both in metres.

    Over a still, round, airless Earth (Bate, Mueller & White, *Fundamentals of Astrodynamics*, 1971, ch. 6). The
    distance is along the ground, up to half way round.

    Rises with the distance at a fixed apogee: by energy and angular momentum L, the radial speed at radius r obeys
    v2 = 2 mu (1/r - 1/ra) - L2 (1/r2 - 1/ra2), which falls in L at every r below the apogee's radius ra. So both the
    time, 2 integral dr/v, and the angle covered, 2 integral L/(r2 v) dr, rise with L, and each rises with the other.

    Rises with the apogee at a fixed distance: with f half the angle covered and e the eccentricity, equal areas in
    equal times give T = const (1 - e cos f)**1.5 integral from 0 to f of dt / (1 - e cos t)**2. The integrand times
    the factor before it has the logarithmic derivative 2 cos t/(1 - e cos t) - 1.5 cos f/(1 - e cos f) in e, which is
    not negative for t <= f <= pi/2, as x/(1 - e x) rises in x; and e = h/(h + R (1 - cos f)) rises with the apogee h.
    """
    if math.isinf(apogee):
        return math.inf
    half = distance / (2.0 * EARTH_RADIUS)
    top = EARTH_RADIUS + apogee
    e = apogee / (apogee + 2.0 * EARTH_RADIUS * math.sin(half / 2.0) ** 2)
    a = top / (1.0 + e)
    anomaly = math.acos(max(-1.0, min(1.0, (1.0 - EARTH_RADIUS / a) / e)))
    return 2.0 * (math.pi - anomaly + e * math.sin(anomaly)) * a * math.sqrt(a / EARTH_GRAVITY)


def least_speed(distance: float, apogee: float) -> float:
    """The least launch speed in m/s that covers a distance without rising above an apogee, both in metres.

    Of all ellipses through both ends the one of least energy has h = R (sin f + cos f - 1)/2, with f half the angle
    covered (Bate, Mueller & White, ch. 6.2); a lower apogee needs more speed, the lower the more, up to circular speed
    along the ground. The speed follows from the energy, v2 = mu (2/R - 1/a).

    Rises with the distance, as a longer way needs more angular momentum at one apogee, and more energy at the best;
    falls with the apogee, as what a lower ceiling allows a higher one allows too.
    """
    half = distance / (2.0 * EARTH_RADIUS)
    lift = 2.0 * EARTH_RADIUS * math.sin(half / 2.0) ** 2
    best = EARTH_RADIUS * math.sin(half / 2.0) * (math.cos(half / 2.0) - math.sin(half / 2.0))
    height = min(apogee, max(best, 0.0))
    if lift + height == 0.0:
        return 0.0
    short = lift / (lift + height)
    return math.sqrt(EARTH_GRAVITY * (EARTH_RADIUS * short + 2.0 * height) / (EARTH_RADIUS * (EARTH_RADIUS + height)))


def climb_speed(apogee: float) -> float:
    """The launch speed in m/s straight up that just reaches an apogee in metres: any other way there needs more.

    By energy over an airless Earth, v2 = 2 mu h / (R (R + h)). Rises with the apogee, to escape speed.
    """
    share = 1.0 if math.isinf(apogee) else apogee / (EARTH_RADIUS + apogee)
    return math.sqrt(2.0 * EARTH_GRAVITY / EARTH_RADIUS * share)


# ---------------------------------------------------------------------- the calendar
_DAY = 86_400.0
_EARLY = 0.1
"""Seconds by which a moment may fall short of midnight, for rounding, and yet count as the day that begins."""

_LAST_DAY = datetime.date.max.toordinal()
_CALENDAR = Intervals.of(0.0, (_LAST_DAY + 1) * _DAY)
_DAYS_IN_WEEK = 7


def _day(moment: float) -> int:
    return min(max(math.floor((moment + _EARLY) / _DAY), 1), _LAST_DAY)


def _date(moment: float) -> datetime.date:
    return datetime.date.fromordinal(_day(moment))


def weekday(moment: float) -> float:
    """The day of the week of a moment, 0 for Monday."""
    return float(math.floor((moment + _EARLY) / _DAY + 6) % _DAYS_IN_WEEK)


def _weekdays(moments: Intervals) -> Intervals:
    return Intervals.union(Interval(d, d) for part in moments for d in _weekdays_of(part))


def _weekdays_of(part: Interval) -> Iterator[float]:
    if part.high - part.low >= (_DAYS_IN_WEEK - 1) * _DAY:
        return (float(d) for d in range(_DAYS_IN_WEEK))
    first = math.floor((part.low + _EARLY) / _DAY)
    last = math.floor((part.high + _EARLY) / _DAY)
    return (float((d + 6) % _DAYS_IN_WEEK) for d in range(first, last + 1))


def year(moment: float) -> float:
    """The year of a moment in the proleptic Gregorian calendar, a plain number."""
    return float(_date(moment).year)


def month(moment: float) -> float:
    """The month of a moment, 1 for January, a plain number."""
    return float(_date(moment).month)


def _months(moments: Intervals) -> Intervals:
    return Intervals.union(Interval(m, m) for part in moments for m in _months_of(part))


def _months_of(part: Interval) -> Iterator[float]:
    first, last = _date(part.low), _date(part.high)
    count = min((last.year - first.year) * 12 + last.month - first.month + 1, 12)
    return (float((first.month - 1 + i) % 12 + 1) for i in range(count))


# ---------------------------------------------------------------------- whole numbers
def whole_part(number: float) -> float:
    """The greatest whole number that is not above a number."""
    return float(math.floor(number)) if math.isfinite(number) else number


# ---------------------------------------------------------------------- all of them
_NEVER_NEGATIVE = Intervals.of(0.0, math.inf)

_ALL = (
    Function(
        name="abs",
        about="The size of a value without its sign",
        parameters=(Parameter("value", None),),
        at=abs,
        own_form=abs,
    ),
    Function(
        name="sqrt",
        about="The square root of a value that is not negative",
        parameters=(Parameter("value", None, _NEVER_NEGATIVE),),
        at=math.sqrt,
        power=0.5,
        own_form=lambda values: values**0.5,
    ),
    Function(
        name="floor",
        about="The greatest whole number that is not above a plain number",
        parameters=(Parameter("number", NO_DIMENSION, way="rises"),),
        result=NO_DIMENSION,
        at=whole_part,
    ),
    Function(
        name="free_flight_time",
        about="The time that a range and an apogee of 150 km or more take without thrust or air",
        parameters=(
            Parameter("range", _LENGTH, Intervals.of(0.0, math.pi * EARTH_RADIUS), "rises"),
            Parameter("apogee", _LENGTH, Intervals.of(150e3, math.inf), "rises"),
        ),
        result=_TIME,
        at=free_flight_time,
        error=1e-12,
    ),
    Function(
        name="least_speed",
        about="The least launch speed that covers a range without rising above an apogee",
        parameters=(
            Parameter("range", _LENGTH, Intervals.of(0.0, math.pi * EARTH_RADIUS), "rises"),
            Parameter("apogee", _LENGTH, _NEVER_NEGATIVE, "falls"),
        ),
        result=_SPEED,
        at=least_speed,
        error=1e-12,
    ),
    Function(
        name="climb_speed",
        about="The launch speed that just reaches an apogee, straight up",
        parameters=(Parameter("apogee", _LENGTH, _NEVER_NEGATIVE, "rises"),),
        result=_SPEED,
        at=climb_speed,
        error=1e-12,
    ),
    Function(
        name="weekday",
        about="The day of the week of a date",
        parameters=(Parameter("date", DATE),),
        result=WEEKDAY,
        at=weekday,
        own_form=_weekdays,
    ),
    Function(
        name="year",
        about="The year of a date, a plain number",
        parameters=(Parameter("date", DATE, _CALENDAR, "rises"),),
        result=NO_DIMENSION,
        at=year,
    ),
    Function(
        name="month",
        about="The month of a date, a plain number, 1 for January",
        parameters=(Parameter("date", DATE, _CALENDAR),),
        result=NO_DIMENSION,
        at=month,
        own_form=_months,
    ),
)

FUNCTIONS: Mapping[str, Function] = {function.name: function for function in _ALL}
"""Every function by its name."""
