"""Interval arithmetic in columns: a set of numbers for each row, as a fixed number of intervals, some of them absent.

The same operations as `checker.interval`, each rounded outward by at least as much, so that the columns' sets hold the
interpreter's: what columns prove broken, the interpreter does too. Nothing here makes a NaN of proper intervals: a low
end is never plus infinity, a high end never minus infinity, and no product of zero and infinity is formed.
"""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Callable, Iterable, Sequence

import attrs
import narwhals as nw

from checker.interval import MOST_PARTS, Intervals
from checker.tables.stages import Stages, Term, nothing, number

_GUARD = 2.0**-51
"""Of a value's size, at least one unit in its last place, and less than four."""
_LEAST = 5e-324
LARGEST = sys.float_info.max


@attrs.frozen(eq=False)
class Piece:
    """One interval a row, from low to high; both ends are null in a row that does not have it."""

    low: Term
    high: Term


@attrs.frozen(eq=False)
class Set:
    """The numbers of each row: pieces that may overlap, and whether some inputs gave no result, None for never."""

    pieces: tuple[Piece, ...]
    partial: Term | None = None


def constant(values: Intervals) -> Set:
    """The same numbers in every row."""
    return Set(tuple(Piece(number(part.low), number(part.high)) for part in values))


def guard(x: nw.Expr, ulps: int) -> nw.Expr:
    """How far an end is moved outward: so many units in the last place at least, however small the end is."""
    return x.abs() * (_GUARD * ulps) + (_LEAST * ulps)


@attrs.frozen
class Arithmetic:
    """The operations on sets, each of whose results is a stage."""

    stages: Stages

    # ------------------------------------------------------------------ making
    def outward(self, low: Term, high: Term, ulps: int = 1, floor: float | None = None) -> Piece:
        """The interval with each end moved outward, and brought back where it has overflown to the wrong side."""
        down = self.stages.put(lambda x: no_more(x, LARGEST), low)
        up = self.stages.put(lambda x: no_less(x, -LARGEST), high)
        least = self.stages.put(lambda x: _floored(x - guard(x, ulps), floor), down)
        return Piece(least, self.stages.put(lambda x: x + guard(x, ulps), up))

    def collected(self, pieces: Iterable[Piece], partial: Term | None) -> Set:
        """A set of pieces; more than the interpreter keeps apart become one, which loses no value."""
        found = tuple(pieces)
        if len(found) > MOST_PARTS:
            found = (Piece(self.least([p.low for p in found]), self.greatest([p.high for p in found])),)
        return Set(found, partial)

    def either(self, *flags: Term | None) -> Term | None:
        """Where any of the flags is set; None where there is no flag."""
        known = [flag for flag in flags if flag is not None]
        if len(known) < 2:
            return known[0] if known else None
        return self.stages.put(lambda *f: nw.any_horizontal(*f, ignore_nulls=True), *known)

    def least(self, terms: Sequence[Term]) -> Term:
        """The least of each row, null where all are."""
        return terms[0] if len(terms) == 1 else self.stages.put(nw.min_horizontal, *terms)

    def greatest(self, terms: Sequence[Term]) -> Term:
        """The greatest of each row, null where all are."""
        return terms[0] if len(terms) == 1 else self.stages.put(nw.max_horizontal, *terms)

    # ------------------------------------------------------------------ arithmetic
    def negated(self, a: Set) -> Set:
        """Minus a."""
        put = self.stages.put
        return Set(tuple(Piece(put(_minus, p.high), put(_minus, p.low)) for p in a.pieces), a.partial)

    def size(self, a: Set) -> Set:
        """The values of a without their sign."""
        return Set(tuple(self._size(p) for p in a.pieces), a.partial)

    def _size(self, p: Piece) -> Piece:
        put = self.stages.put
        low = put(lambda x, y: _when(x > 0.0, x, _when(y < 0.0, -y, _nought(x))), p.low, p.high)
        return Piece(low, put(lambda x, y: _when(-x > y, -x, y), p.low, p.high))

    def added(self, a: Set, b: Set) -> Set:
        """The sum of a and b."""
        put = self.stages.put
        pieces = (
            self.outward(put(_plus, p.low, q.low), put(_plus, p.high, q.high))
            for p, q in itertools.product(a.pieces, b.pieces)
        )
        return self.collected(pieces, self.either(a.partial, b.partial))

    def multiplied(self, a: Set, b: Set) -> Set:
        """The product of a and b."""
        pieces = (self._product(p, q) for p, q in itertools.product(a.pieces, b.pieces))
        return self.collected(pieces, self.either(a.partial, b.partial))

    def _product(self, p: Piece, q: Piece) -> Piece:
        corners = [self.stages.put(_times, x, y) for x in (p.low, p.high) for y in (q.low, q.high)]
        return self.outward(self.least(corners), self.greatest(corners))

    def divided(self, a: Set, b: Set) -> Set:
        """The quotient of a and b, partial where b holds zero: the divisor's parts on either side of it divide."""
        put = self.stages.put
        zero = self.either(*(put(lambda x, y: (x <= 0.0) & (y >= 0.0), q.low, q.high) for q in b.pieces))
        pieces = [
            self._quotient(p, side, turned=turned)
            for p, q in itertools.product(a.pieces, b.pieces)
            for side, turned in self._sides(q)
        ]
        return self.collected(pieces, self.either(a.partial, b.partial, zero))

    def _sides(self, q: Piece) -> Iterable[tuple[Piece, bool]]:
        """What a divisor has above zero, and what it has below, turned about; null in a row where that is nothing."""
        put = self.stages.put
        if q.high.number is None or q.high.number > 0.0:
            low = put(lambda x, y: _when(y > 0.0, _when(x > 0.0, x, _nought(x)), _null()), q.low, q.high)
            yield Piece(low, put(lambda y: _when(y > 0.0, y, _null()), q.high)), False
        if q.low.number is None or q.low.number < 0.0:
            low = put(lambda x, y: _when(x < 0.0, _when(y < 0.0, -y, _nought(y)), _null()), q.low, q.high)
            yield Piece(low, put(lambda x: _when(x < 0.0, -x, _null()), q.low)), True

    def _quotient(self, p: Piece, q: Piece, *, turned: bool) -> Piece:
        put = self.stages.put
        if turned:
            p = Piece(put(_minus, p.high), put(_minus, p.low))
        low = put(lambda x, y, z: _over(x, _when(x >= 0.0, z, y)), p.low, q.low, q.high)
        high = put(lambda x, y, z: _over(x, _when(x >= 0.0, y, z)), p.high, q.low, q.high)
        return self.outward(low, high)

    def raised(self, a: Set, exponent: float) -> Set:
        """The power of a to one number, partial where a base below zero has none."""
        if exponent == 0:
            return Set(constant(Intervals.of(1.0)).pieces, a.partial)
        if exponent < 0:
            return self.divided(constant(Intervals.of(1.0)), self.raised(a, -exponent))
        if exponent != int(exponent):
            inside = self.within(a, Intervals.of(0.0, math.inf))
            return self.rising(inside, lambda x: _power(x, exponent), ulps=8, floor=0.0)
        base = a if exponent % 2 else self.size(a)
        return self.rising(base, lambda x: _power(x, exponent), ulps=8, floor=None if exponent % 2 else 0.0)

    def rising(self, a: Set, f: Callable[[nw.Expr], nw.Expr], *, ulps: int, floor: float | None = None) -> Set:
        """The image under a function that never falls."""
        put = self.stages.put
        return Set(tuple(self.outward(put(f, p.low), put(f, p.high), ulps, floor) for p in a.pieces), a.partial)

    # ------------------------------------------------------------------ sets
    def within(self, a: Set, domain: Intervals) -> Set:
        """The part of a that lies in a domain, partial where something lies outside it."""
        if domain == Intervals.REALS:
            return a
        put = self.stages.put
        pieces, outside = [], []
        for p, d in itertools.product(a.pieces, domain):
            meets = put(lambda x, y, d=d: (x <= d.high) & (y >= d.low), p.low, p.high)
            low = put(lambda m, x, d=d: _when(m, no_less(x, d.low), _null()), meets, p.low)
            pieces.append(Piece(low, put(lambda m, y, d=d: _when(m, no_more(y, d.high), _null()), meets, p.high)))
        for p in a.pieces:
            covered = [put(lambda x, y, d=d: (x >= d.low) & (y <= d.high), p.low, p.high) for d in domain]
            outside.append(put(lambda *c: ~nw.any_horizontal(*c, ignore_nulls=False), *covered))
        return self.collected(pieces, self.either(a.partial, *outside))

    def lesser(self, a: Set, b: Set) -> Set:
        """The lesser of a number of a and one of b."""
        pieces = [
            Piece(self._both(p.low, q.low), self._both(p.high, q.high))
            for p, q in itertools.product(a.pieces, b.pieces)
        ]
        return self.collected(pieces, self.either(a.partial, b.partial))

    def _both(self, x: Term, y: Term) -> Term:
        """The lesser of two ends, null where either piece is absent."""
        return self.stages.put(lambda a, b: _when(a < b, a, _when(b <= a, b, _null())), x, y)

    # ------------------------------------------------------------------ relations
    def equals(self, a: Set, b: Set) -> Term:
        """What a == b comes to."""
        put = self.stages.put
        meeting = [
            put(lambda w, x, y, z: (w <= z) & (y <= x), p.low, p.high, q.low, q.high)
            for p, q in itertools.product(a.pieces, b.pieces)
        ]
        meets = put(lambda *m: nw.any_horizontal(*m, ignore_nulls=True), *meeting)
        (low, high), (least, most) = self.hull(a), self.hull(b)
        same = put(lambda w, x, y, z: (w == x) & (y == z) & (w == y), low, high, least, most)
        return self._outcome(put(lambda m: ~m, meets), same, (low, least), self.either(a.partial, b.partial))

    def at_most(self, a: Set, b: Set) -> Term:
        """What a <= b comes to."""
        return self._ordered(a, b, lambda low, most: low > most, lambda high, least: high <= least)

    def below(self, a: Set, b: Set) -> Term:
        """What a < b comes to."""
        return self._ordered(a, b, lambda low, most: low >= most, lambda high, least: high < least)

    def _ordered(
        self, a: Set, b: Set, fails: Callable[[nw.Expr, nw.Expr], nw.Expr], held: Callable[[nw.Expr, nw.Expr], nw.Expr]
    ) -> Term:
        (low, high), (least, most) = self.hull(a), self.hull(b)
        failed, holds = self.stages.put(fails, low, most), self.stages.put(held, high, least)
        return self._outcome(failed, holds, (low, least), self.either(a.partial, b.partial))

    def hull(self, a: Set) -> tuple[Term, Term]:
        """The least and the greatest number of each row, null where there is none."""
        return self.least([p.low for p in a.pieces]), self.greatest([p.high for p in a.pieces])

    def _outcome(self, failed: Term, holds: Term, lows: tuple[Term, Term], partial: Term | None) -> Term:
        """0 broken, 1 possible, 2 holds, as Outcome counts; null where nothing is proved."""
        put = self.stages.put
        out = put(lambda f, h: _when(f, nw.lit(0), _when(h, nw.lit(2), nw.lit(1))), failed, holds)
        if partial is not None:
            out = put(lambda o, p: _when(p, _when(o == 0, nothing(nw.Int64), nw.lit(1)), o), out, partial)
        return put(lambda o, x, y: _when(x.is_null() | y.is_null(), nothing(nw.Int64), o), out, *lows)


def _when(condition: nw.Expr, then: nw.Expr, otherwise: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(then).otherwise(otherwise)


def _null() -> nw.Expr:
    return nothing(nw.Float64)


def _nought(like: nw.Expr) -> nw.Expr:
    """Zero where an end is there, and null where it is not."""
    return _when(like.is_null(), _null(), nw.lit(0.0))


def _minus(x: nw.Expr) -> nw.Expr:
    return -x


def _plus(x: nw.Expr, y: nw.Expr) -> nw.Expr:
    return x + y


def _times(x: nw.Expr, y: nw.Expr) -> nw.Expr:
    return _when((x == 0.0) | (y == 0.0), nw.lit(0.0), x * y)


def _over(x: nw.Expr, y: nw.Expr) -> nw.Expr:
    """The quotient by a number from 0 up, as a limit where the quotient itself is undefined; never divides by zero."""
    infinite = _when(x > 0.0, nw.lit(math.inf), nw.lit(-math.inf))
    divided = _when(y == math.inf, nw.lit(0.0), x / _when(y > 0.0, y, nw.lit(1.0)))
    known = _when(x == 0.0, nw.lit(0.0), _when(y > 0.0, divided, infinite))
    return _when(x.is_null() | y.is_null(), _null(), known)


def _power(x: nw.Expr, exponent: float) -> nw.Expr:
    if exponent == 0.5:
        return x.sqrt()
    if exponent == int(exponent) and exponent <= 4:
        product = x
        for _ in range(int(exponent) - 1):
            product = product * x
        return product
    return x**exponent


def no_more(x: nw.Expr, most: float) -> nw.Expr:
    """The lesser of a column and a number, null where the column is."""
    return _when(x > most, nw.lit(most), x)


def no_less(x: nw.Expr, least: float) -> nw.Expr:
    """The greater of a column and a number, null where the column is."""
    return _when(x < least, nw.lit(least), x)


def _floored(x: nw.Expr, floor: float | None) -> nw.Expr:
    return x if floor is None else no_less(x, floor)
