"""Operations turned round: which operands can give one of some wanted results."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from checker.interval import Interval, Intervals
from checker.rulebook.functions import Function

_DAY, _EARLY = 86_400.0, 0.1
"""Seconds in a day, and how many before midnight count as the day that begins."""
_SLICES = 32


class NothingLeft(Exception):
    """No values of the sets are left."""


def union(sets: Iterable[Intervals]) -> Intervals:
    """All numbers of some sets."""
    return Intervals.union(part for values in sets for part in values)


def divided(product: Intervals, factor: Intervals) -> Intervals:
    """All x for which x times some of the factor is in the product."""
    if 0.0 in factor and 0.0 in product:
        return Intervals.REALS
    quotient = product / factor
    if not quotient:
        raise NothingLeft
    return Intervals(quotient.parts)


def root(power: Intervals, exponent: float) -> Intervals:
    """All x whose power is among the given."""
    if exponent == 0:
        return Intervals.REALS
    if exponent < 0:
        return root(divided(Intervals.of(1.0), power), -exponent)
    whole = exponent == int(exponent)
    if whole and exponent % 2:
        sides = (power & Intervals.of(0.0, math.inf), -power & Intervals.of(0.0, math.inf))
        up, down = (side ** (1.0 / exponent) if side else Intervals.EMPTY for side in sides)
        return union((up, -down))
    positive = power & Intervals.of(0.0, math.inf)
    if not positive:
        raise NothingLeft
    above = positive ** (1.0 / exponent)
    return union((above, -above)) if whole else Intervals(above.parts)


def _days_of_years(years: Intervals) -> Intervals:
    """The moments that lie in some of the years."""
    first, last = math.ceil(max(years.low, 1.0)), math.floor(min(years.high, 9999.0))
    if first > last:
        raise NothingLeft
    start, end = datetime.date(first, 1, 1).toordinal(), datetime.date(last, 12, 31).toordinal()
    return Intervals.of(start * _DAY - _EARLY, (end + 1) * _DAY)


def _parts_of_wholes(wholes: Intervals) -> Intervals:
    """The numbers whose greatest whole number is among the given."""
    runs = ((math.ceil(part.low), math.floor(part.high)) for part in wholes if math.isfinite(part.high - part.low))
    found = Intervals.union(Interval(float(low), high + 1.0) for low, high in runs if low <= high)
    if any(not math.isfinite(part.high - part.low) for part in wholes):
        return Intervals.REALS
    if not found:
        raise NothingLeft
    return found


INVERSES: Mapping[str, Callable[[Intervals], Intervals]] = {
    "abs": lambda wanted: union((wanted, -wanted)),
    "sqrt": lambda wanted: (wanted & Intervals.of(0.0, math.inf)) ** 2.0,
    "year": _days_of_years,
    "floor": _parts_of_wholes,
}
"""The functions that can be turned round."""


def sliced(function: Function, given: Sequence[Intervals], at: int, wanted: Intervals) -> Intervals:
    """What is left of one argument when the slices that give none of the wanted values are taken off its ends.

    Each end is bisected down to where a function that moves one way may begin to give a wanted value; any other is cut
    into equal slices.
    """
    argument = given[at]

    def gives(part: Interval) -> bool:
        trial = [*given[:at], Intervals((part,)), *given[at + 1 :]]
        found = function.enclose(*trial)
        return bool(found) and found.meets(wanted)

    if function.parameters[at].way is not None and all(map(_bounded, argument)):
        return Intervals.union(piece for part in argument for piece in _trimmed(part, gives))
    if not all(map(_bounded, argument)):
        return argument
    slices = [piece for part in argument for piece in _cut(part)]
    return Intervals.union(piece for piece in slices if gives(piece))


def _bounded(part: Interval) -> bool:
    return math.isfinite(part.low) and math.isfinite(part.high)


def _cut(part: Interval) -> list[Interval]:
    width = (part.high - part.low) / _SLICES
    if width <= 0.0:
        return [part]
    edges = [part.low + width * n for n in range(_SLICES)] + [part.high]
    return [Interval(a, b) for a, b in itertools.pairwise(edges)]


_HALVINGS = 40


def _trimmed(part: Interval, gives: Callable[[Interval], bool]) -> list[Interval]:
    """The part without the stretches at its ends that give nothing wanted; nothing where the whole gives nothing."""
    if not gives(part):
        return []
    low, high = part.low, part.high
    first = _edge(low, high, lambda x: gives(Interval(low, x)))
    last = _edge(high, low, lambda x: gives(Interval(x, high)))
    return [Interval(min(first, last), max(first, last))]


def _edge(start: float, end: float, reaches: Callable[[float], bool]) -> float:
    """A point no further from the start than where it first reaches, by bisection."""
    if reaches(start):
        return start
    near, far = start, end
    for _ in range(_HALVINGS):
        middle = near + (far - near) / 2.0
        if reaches(middle):
            far = middle
        else:
            near = middle
    return near
