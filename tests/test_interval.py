"""The laws of intervals: no value is lost by any operation, and an outcome never lies."""

from __future__ import annotations

import itertools
import math
import operator
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checker.interval import MOST_PARTS, Interval, Intervals, Outcome, Undefined

REALS = st.floats(allow_nan=False, allow_infinity=False)
TAME = st.floats(-1e6, 1e6) | st.integers(-20, 20).map(float)
EXPONENTS = st.sampled_from([-3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0])


@st.composite
def unions(draw: st.DrawFn, numbers: st.SearchStrategy[float] = TAME, most: int = 3) -> Intervals:
    ends = draw(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=most))
    return Intervals.union(Interval(min(pair), max(pair)) for pair in ends)


def between(draw: st.DrawFn, part: Interval) -> float:
    """An end of an interval, or a number between its ends."""
    share = draw(st.sampled_from([0.0, 1.0]) | st.floats(0.0, 1.0))
    return min(max(part.low * (1.0 - share) + part.high * share, part.low), part.high)


@st.composite
def with_a_member(draw: st.DrawFn, numbers: st.SearchStrategy[float] = TAME) -> tuple[Intervals, float]:
    whole = draw(unions(numbers))
    part = draw(st.sampled_from(whole.parts))
    member = between(draw, part)
    return whole, member


@st.composite
def with_a_wider(draw: st.DrawFn) -> tuple[Intervals, Intervals]:
    whole = draw(unions())
    return whole, whole | draw(unions())


def holds_exactly(whole: Intervals, exact: Fraction) -> bool:
    return any(
        (math.isinf(p.low) or Fraction(p.low) <= exact) and (math.isinf(p.high) or exact <= Fraction(p.high))
        for p in whole.parts
    )


# ---------------------------------------------------------------------- no value is lost
@given(with_a_member(REALS), with_a_member(REALS), st.sampled_from([operator.add, operator.sub, operator.mul]))
def test_arithmetic_holds_every_exact_result(a, b, operation):
    assert holds_exactly(operation(a[0], b[0]), operation(Fraction(a[1]), Fraction(b[1])))


@given(with_a_member(REALS), with_a_member(REALS))
@example((Intervals.of(1.0), 1.0), (Intervals.of(-1.0, 1.0), 0.5))
@example((Intervals.of(1.0), 1.0), (Intervals.of(-1.0, 1.0), -0.5))
@example((Intervals.of(1e308), 1e308), (Intervals.of(1e-308), 1e-308))
def test_division_holds_every_exact_quotient(a, b):
    quotient = a[0] / b[0]
    assert quotient.partial == (0.0 in b[0])
    if b[1] != 0.0:
        assert holds_exactly(quotient, Fraction(a[1]) / Fraction(b[1]))


@given(with_a_member(), EXPONENTS)
def test_a_power_holds_every_result(a, exponent):
    whole, member = a
    power = whole**exponent
    try:
        result = member**exponent
    except ZeroDivisionError:
        assert power.partial
        return
    except OverflowError:
        result = math.copysign(math.inf, member if exponent % 2 else 1.0)
    if isinstance(result, complex):
        assert power.partial
    else:
        assert result in power


@given(with_a_member(st.floats(-1e60, 1e60)), st.integers(1, 4))
def test_a_whole_power_holds_every_exact_result(a, exponent):
    assert holds_exactly(a[0] ** float(exponent), Fraction(a[1]) ** exponent)


@given(with_a_member(REALS))
def test_size_and_sign_hold_every_result(a):
    whole, member = a
    assert abs(member) in abs(whole)
    assert abs(whole).low >= 0.0
    assert -member in -whole


@given(with_a_member(), with_a_member())
def test_sets_hold_what_they_should(a, b):
    both = a[0] & b[0]
    either = a[0] | b[0]
    assert a[1] in either
    assert b[1] in either
    assert (a[1] in both) == (a[1] in b[0])
    assert either.covers(a[0])
    assert a[0].covers(both)
    assert a[0].meets(b[0]) == bool(both)


@given(st.lists(st.tuples(TAME, TAME), max_size=3 * MOST_PARTS))
def test_a_union_is_in_order_apart_and_bounded(ends):
    given_parts = [Interval(min(pair), max(pair)) for pair in ends]
    union = Intervals.union(given_parts)
    assert len(union.parts) <= MOST_PARTS
    assert all(left.high < right.low for left, right in itertools.pairwise(union.parts))
    assert union.covers(Intervals(tuple(given_parts)))


def test_too_many_parts_close_the_narrowest_gaps():
    union = Intervals.union(Interval(float(x), float(x)) for x in [*range(MOST_PARTS), 1000.0])
    assert len(union.parts) == MOST_PARTS
    assert union.parts[-1] == Interval(1000.0, 1000.0)
    assert sum(part.low < part.high for part in union.parts) == 1


# ---------------------------------------------------------------------- an overflow is no number
def test_what_is_too_large_for_a_float_is_a_set_without_a_bound():
    assert Intervals.of(1e308) * Intervals.of(10.0) == Intervals.of(math.nextafter(math.inf, 0), math.inf)
    assert holds_exactly(Intervals.of(-1e200) ** 3.0, Fraction(-1e200) ** 3)


@pytest.mark.parametrize(("low", "high"), [(1.0, 0.0), (math.nan, 1.0), (0.0, math.nan)])
def test_an_interval_runs_upward(low, high):
    with pytest.raises(ValueError, match="runs upward"):
        Interval(low, high)


# ---------------------------------------------------------------------- an outcome never lies
RELATIONS = {
    "equals": operator.eq,
    "at_most": operator.le,
    "below": operator.lt,
}


@given(with_a_member(), with_a_member(), st.sampled_from(sorted(RELATIONS)))
def test_an_outcome_speaks_for_every_choice_of_values(a, b, name):
    outcome = getattr(a[0], name)(b[0])
    held = RELATIONS[name](a[1], b[1])
    assert outcome is not (Outcome.BROKEN if held else Outcome.HOLDS)


@given(unions(), unions(), st.sampled_from(sorted(RELATIONS)))
def test_an_outcome_is_as_sharp_as_the_ends_allow(a, b, name):
    outcome = getattr(a, name)(b)
    corners = [(x, y) for p in a.parts for q in b.parts for x in (p.low, p.high) for y in (q.low, q.high)]
    touching = name == "equals" and a.meets(b)
    if outcome is Outcome.POSSIBLE:
        assert touching or any(RELATIONS[name](x, y) for x, y in corners)
        assert not all(RELATIONS[name](x, y) for x, y in corners)


@given(with_a_wider(), with_a_wider(), st.sampled_from(sorted(RELATIONS)))
def test_widening_never_breaks_what_was_possible(a, b, name):
    narrow, wide = getattr(a[0], name)(b[0]), getattr(a[1], name)(b[1])
    assert wide is Outcome.POSSIBLE or wide is narrow


@given(unions(), unions())
def test_a_partial_set_proves_nothing(a, b):
    partial = Intervals(a.parts, partial=True)
    for name in RELATIONS:
        outcome = getattr(a, name)(b)
        if outcome is Outcome.BROKEN:
            with pytest.raises(Undefined):
                getattr(partial, name)(b)
        else:
            assert getattr(partial, name)(b) is Outcome.POSSIBLE


@pytest.mark.parametrize("name", sorted(RELATIONS))
def test_a_relation_with_nothing_is_undefined(name):
    with pytest.raises(Undefined):
        getattr(Intervals.of(1.0), name)(Intervals.EMPTY)
    with pytest.raises(Undefined):
        getattr(Intervals.EMPTY, name)(Intervals.of(1.0))


def test_touching_decimals_meet():
    """0.1 + 0.2 is 0.3: without outward rounding a third of such sums would read as unequal."""
    tenths = range(1, 60)
    for i, j in itertools.product(tenths, tenths):
        total = Intervals.of(i / 10) + Intervals.of(j / 10)
        assert total.equals(Intervals.of((i + j) / 10)) is Outcome.POSSIBLE


# ---------------------------------------------------------------------- three values
@given(st.sampled_from(Outcome), st.sampled_from(Outcome), st.sampled_from(Outcome))
def test_outcomes_make_a_lattice_with_a_mirror(a, b, c):
    assert ~~a is a
    assert ~(a & b) is (~a | ~b)
    assert (a & b) & c is a & (b & c)
    assert a & (a | b) is a
    assert (a & Outcome.HOLDS, a & Outcome.BROKEN) == (a, Outcome.BROKEN)


@given(unions(), unions(st.floats(0.0, 1e6)))
def test_what_lies_outside_a_domain_is_told(a, domain):
    inside = a.within(domain)
    assert domain.covers(inside)
    assert inside.partial == (not domain.covers(a))
    assert inside.partial or inside == a
