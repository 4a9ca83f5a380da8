"""Sets of real numbers as small unions of closed intervals, and what a relation between two such sets can be.

Every operation encloses: for all x in X and y in Y, `x op y` is in `X op Y` (Moore, Kearfott & Cloud, *Introduction
to Interval Analysis*, 2009). Results are rounded outward by one unit in the last place an operation, so that the
enclosure survives floating point.
"""

from __future__ import annotations

import enum
import math
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar

import attrs

_INFINITY = math.inf
_LARGEST = sys.float_info.max

MOST_PARTS = 32
"""The most intervals kept in one union; beyond it the narrowest gaps are closed, which loses no value."""


class Outcome(enum.Enum):
    """What a relation between sets of numbers can be: true of all, of some, or of no choice of values.

    The three combine as in Kleene's strong three-valued logic.
    """

    BROKEN = 0
    POSSIBLE = 1
    HOLDS = 2

    def __and__(self, other: Outcome) -> Outcome:
        return self if self.value <= other.value else other

    def __or__(self, other: Outcome) -> Outcome:
        return self if self.value >= other.value else other

    def __invert__(self) -> Outcome:
        return Outcome(2 - self.value)


class Undefined(ArithmeticError):
    """An operation has no result for any of the values, or a relation was asked of a set without values."""


def down(x: float) -> float:
    """The next float below x; an infinity stays."""
    return math.nextafter(x, -_INFINITY) if math.isfinite(x) else x


def up(x: float) -> float:
    """The next float above x; an infinity stays."""
    return math.nextafter(x, _INFINITY) if math.isfinite(x) else x


def _ordered(interval: Interval, _attribute: object, high: float) -> None:
    if not interval.low <= high:
        raise ValueError(f"an interval runs upward, not from {interval.low} to {high}")


@attrs.frozen(order=True)
class Interval:
    """All real numbers from low to high, both included; an infinite end means unbounded on that side.

    Raises ValueError if low is above high or either is not a number.
    """

    low: float
    high: float = attrs.field(validator=_ordered)

    def __contains__(self, x: float) -> bool:
        return self.low <= x <= self.high


@attrs.frozen
class Intervals:
    """A set of real numbers: disjoint closed intervals in rising order.

    `partial` says that the computation behind the set had no result for some of its inputs (a division by a set that
    holds zero, a root of a set that reaches below it), so that a relation that fails on it proves nothing.
    """

    parts: tuple[Interval, ...] = ()
    partial: bool = False

    EMPTY: ClassVar[Intervals]
    REALS: ClassVar[Intervals]

    # ------------------------------------------------------------------ making
    @classmethod
    def of(cls, low: float, high: float | None = None) -> Intervals:
        """The numbers from low to high, or the one number low."""
        return cls((Interval(low, low if high is None else high),))

    @classmethod
    def union(cls, parts: Iterable[Interval], *, partial: bool = False) -> Intervals:
        """The union of intervals given in any order, overlapping or not."""
        merged: list[Interval] = []
        for part in sorted(parts):
            if merged and part.low <= merged[-1].high:
                if part.high > merged[-1].high:
                    merged[-1] = Interval(merged[-1].low, part.high)
            else:
                merged.append(part)
        if len(merged) > MOST_PARTS:
            merged = _closed_up(merged)
        return cls(tuple(merged), partial)

    # ------------------------------------------------------------------ asking
    def __iter__(self) -> Iterator[Interval]:
        return iter(self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __contains__(self, x: float) -> bool:
        return any(x in part for part in self.parts)

    @property
    def low(self) -> float:
        """The least number; raises Undefined when there is none."""
        if not self.parts:
            raise Undefined("there is no value")
        return self.parts[0].low

    @property
    def high(self) -> float:
        """The greatest number; raises Undefined when there is none."""
        if not self.parts:
            raise Undefined("there is no value")
        return self.parts[-1].high

    @property
    def is_point(self) -> bool:
        """Whether there is exactly one number."""
        return len(self.parts) == 1 and self.parts[0].low == self.parts[0].high

    def covers(self, other: Intervals) -> bool:
        """Whether every number of other is one of ours."""
        return all(any(a.low <= b.low and b.high <= a.high for a in self.parts) for b in other.parts)

    def meets(self, other: Intervals) -> bool:
        """Whether a number is in both."""
        return any(a.low <= b.high and b.low <= a.high for a in self.parts for b in other.parts)

    # ------------------------------------------------------------------ sets
    def __or__(self, other: Intervals) -> Intervals:
        return Intervals.union((*self.parts, *other.parts), partial=self.partial or other.partial)

    def __and__(self, other: Intervals) -> Intervals:
        shared = (
            Interval(max(a.low, b.low), min(a.high, b.high))
            for a in self.parts
            for b in other.parts
            if a.low <= b.high and b.low <= a.high
        )
        return Intervals.union(shared, partial=self.partial or other.partial)

    def within(self, domain: Intervals) -> Intervals:
        """The part that lies in a function's domain, marked partial when something lies outside it."""
        if domain.covers(self):
            return self
        inside = self & domain
        return Intervals(inside.parts, True)

    # ------------------------------------------------------------------ arithmetic
    def __neg__(self) -> Intervals:
        return Intervals(tuple(Interval(-p.high, -p.low) for p in reversed(self.parts)), self.partial)

    def __abs__(self) -> Intervals:
        return Intervals.union(
            (Interval(max(p.low, -p.high, 0.0), max(-p.low, p.high)) for p in self.parts),
            partial=self.partial,
        )

    def __add__(self, other: Intervals) -> Intervals:
        return self._pairwise(other, lambda a, b: (a.low + b.low, a.high + b.high))

    def __sub__(self, other: Intervals) -> Intervals:
        return self + -other

    def __mul__(self, other: Intervals) -> Intervals:
        return self._pairwise(other, _product)

    def __truediv__(self, other: Intervals) -> Intervals:
        divisor = Intervals(tuple(piece for part in other.parts for piece in _without_zero(part)))
        partial = other.partial or 0.0 in other
        quotient = self._pairwise(divisor, _quotient)
        return Intervals(quotient.parts, quotient.partial or partial)

    def __pow__(self, exponent: float) -> Intervals:
        """The power to one number; a base below zero has a result only for whole exponents."""
        if exponent == 0:
            return Intervals(Intervals.of(1.0).parts, self.partial)
        if exponent < 0:
            return Intervals.of(1.0) / self**-exponent
        if exponent != int(exponent):
            return self.within(Intervals.of(0.0, _INFINITY)).rising(lambda x: _power(x, exponent), ulps=2, floor=0.0)
        if exponent % 2:
            return self.rising(lambda x: _power(x, exponent), ulps=2)
        return abs(self).rising(lambda x: _power(x, exponent), ulps=2, floor=0.0)

    def rising(self, f: Callable[[float], float], *, ulps: int = 1, floor: float = -_INFINITY) -> Intervals:
        """The image under a function that never falls, each end moved outward by a number of ulps, not below floor."""
        return Intervals.union((_outward(f(p.low), f(p.high), ulps, floor) for p in self.parts), partial=self.partial)

    def falling(self, f: Callable[[float], float], *, ulps: int = 1) -> Intervals:
        """The image under a function that never rises, each end moved outward by a number of ulps."""
        return Intervals.union((_outward(f(p.high), f(p.low), ulps) for p in self.parts), partial=self.partial)

    def _pairwise(self, other: Intervals, op: Callable[[Interval, Interval], tuple[float, float]]) -> Intervals:
        partial = self.partial or other.partial
        if len(self.parts) == 1 and len(other.parts) == 1:
            return Intervals((_outward(*op(self.parts[0], other.parts[0])),), partial)
        return Intervals.union((_outward(*op(a, b)) for a in self.parts for b in other.parts), partial=partial)

    # ------------------------------------------------------------------ relations
    def equals(self, other: Intervals) -> Outcome:
        """Whether the two quantities can be the same number."""
        self._sound(other)
        if not self.meets(other):
            return self._failed(other)
        same = self.is_point and self.parts == other.parts
        return self._held(other) if same else Outcome.POSSIBLE

    def at_most(self, other: Intervals) -> Outcome:
        """Whether this quantity can be at most the other."""
        self._sound(other)
        if self.low > other.high:
            return self._failed(other)
        return self._held(other) if self.high <= other.low else Outcome.POSSIBLE

    def below(self, other: Intervals) -> Outcome:
        """Whether this quantity can be below the other."""
        self._sound(other)
        if self.low >= other.high:
            return self._failed(other)
        return self._held(other) if self.high < other.low else Outcome.POSSIBLE

    def _sound(self, other: Intervals) -> None:
        if not self.parts or not other.parts:
            raise Undefined("it cannot be computed from these figures")

    def _failed(self, other: Intervals) -> Outcome:
        if self.partial or other.partial:
            raise Undefined("it can be computed for some of the values only")
        return Outcome.BROKEN

    def _held(self, other: Intervals) -> Outcome:
        return Outcome.POSSIBLE if self.partial or other.partial else Outcome.HOLDS


Intervals.EMPTY = Intervals()
Intervals.REALS = Intervals.of(-_INFINITY, _INFINITY)


def _outward(low: float, high: float, ulps: int = 1, floor: float = -_INFINITY) -> Interval:
    for _ in range(ulps):
        low, high = down(low), up(high)
    return Interval(max(min(low, _LARGEST), floor), max(high, -_LARGEST))


def _times(x: float, y: float) -> float:
    return 0.0 if x == 0.0 or y == 0.0 else x * y


def _product(a: Interval, b: Interval) -> tuple[float, float]:
    corners = (_times(a.low, b.low), _times(a.low, b.high), _times(a.high, b.low), _times(a.high, b.high))
    return min(corners), max(corners)


def _without_zero(part: Interval) -> Iterator[Interval]:
    """The pieces of an interval that do not hold zero, except as a limit from their own side."""
    if part.low < 0.0:
        yield Interval(part.low, min(part.high, -0.0))
    if part.high > 0.0:
        yield Interval(max(part.low, 0.0), part.high)


def _quotient(a: Interval, b: Interval) -> tuple[float, float]:
    """The quotient a / b for a divisor on one side of zero, which zero itself may close as a limit."""
    if b.high <= 0.0:
        a, b = Interval(-a.high, -a.low), Interval(-b.high, -b.low)
    low = _over(a.low, b.high if a.low >= 0.0 else b.low)
    high = _over(a.high, b.low if a.high >= 0.0 else b.high)
    return low, high


def _over(x: float, y: float) -> float:
    """The quotient x / y with y from 0 up, as a limit where the quotient itself is undefined."""
    if x == 0.0:
        return 0.0
    if y == 0.0:
        return math.copysign(_INFINITY, x)
    return 0.0 if math.isinf(y) else x / y


def _power(x: float, exponent: float) -> float:
    try:
        return float(x**exponent)
    except OverflowError:
        return _INFINITY if x > 0 or exponent % 2 == 0 else -_INFINITY


def _closed_up(parts: list[Interval]) -> list[Interval]:
    """The same values and those of the narrowest gaps, in MOST_PARTS intervals."""
    gaps = sorted(range(1, len(parts)), key=lambda i: parts[i].low - parts[i - 1].high, reverse=True)
    kept = {0, *gaps[: MOST_PARTS - 1]}
    merged: list[Interval] = []
    for i, part in enumerate(parts):
        if i in kept:
            merged.append(part)
        else:
            merged[-1] = Interval(merged[-1].low, part.high)
    return merged
