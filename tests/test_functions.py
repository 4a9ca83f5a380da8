"""One law for every function that rules may call: what is true of a value is held by the interval form."""

from __future__ import annotations

import datetime
import decimal
import math
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checker.interval import Interval, Intervals
from checker.rulebook.functions import (
    EARTH_GRAVITY,
    EARTH_RADIUS,
    FUNCTIONS,
    Function,
    Parameter,
    free_flight_time,
)
from checker.units import DATE

DAY = 86_400.0
FAR = 1e12


@st.composite
def numbers(draw: st.DrawFn, parameter: Parameter) -> float:
    """Numbers in a parameter's domain and, now and then, outside it."""
    part = draw(st.sampled_from(parameter.domain.parts))
    low, high = max(part.low, -FAR), min(part.high, FAR)
    if parameter.dimension == DATE:
        day = draw(st.integers(700_000, 760_000) | st.integers(-5, 3_660_000))
        return day * DAY + draw(st.sampled_from([0.0, 0.0, -1e-6, 1e-6, 43_200.0, DAY - 1.0]))
    return draw(st.sampled_from([low, high]) | st.floats(low, high) | st.floats(low, low + 1e6) | st.floats(-FAR, FAR))


def between(draw: st.DrawFn, part: Interval) -> float:
    """An end of an interval, or a number between its ends."""
    share = draw(st.sampled_from([0.0, 1.0]) | st.floats(0.0, 1.0))
    return min(max(part.low * (1.0 - share) + part.high * share, part.low), part.high)


@st.composite
def calls(draw: st.DrawFn) -> tuple[Function, list[Intervals], list[float]]:
    """A function, a set for each argument, and a value out of each set."""
    function = draw(st.sampled_from(sorted(FUNCTIONS.values(), key=lambda f: f.name)))
    sets, values = [], []
    for parameter in function.parameters:
        ends = draw(st.lists(st.tuples(numbers(parameter), numbers(parameter)), min_size=1, max_size=2))
        whole = Intervals.union(Interval(min(pair), max(pair)) for pair in ends)
        part = draw(st.sampled_from(whole.parts))
        sets.append(whole)
        values.append(between(draw, part))
    return function, sets, values


@given(calls())
def test_no_value_is_lost(call):
    function, sets, values = call
    image = function.enclose(*sets)
    if all(x in p.domain for x, p in zip(values, function.parameters, strict=True)):
        assert function.at(*values) in image
    else:
        assert image.partial


@given(calls())
def test_what_lies_outside_the_domain_is_told(call):
    function, sets, _ = call
    inside = all(p.domain.covers(s) for s, p in zip(sets, function.parameters, strict=True))
    assert function.enclose(*sets).partial == (not inside)


@given(calls(), st.data())
def test_a_function_moves_as_it_says(call, data):
    function, _, values = call
    for i, parameter in enumerate(function.parameters):
        other = data.draw(numbers(parameter))
        moved = [*values[:i], other, *values[i + 1 :]]
        every = zip((*values, other), (*function.parameters, parameter), strict=True)
        if parameter.way is None or not all(x in p.domain for x, p in every):
            continue
        change = (function.at(*moved) - function.at(*values)) * math.copysign(1.0, other - values[i])
        slack = function.error * abs(function.at(*values))
        assert change >= -slack if parameter.way == "rises" else change <= slack


@given(calls())
def test_a_wider_set_has_a_wider_image(call):
    function, sets, _ = call
    wider = [s | Intervals.of(s.low - 1e5, s.low + 1e5) for s in sets]
    assert function.enclose(*wider).covers(function.enclose(*sets))


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda f: f.name)
def test_every_function_is_whole(function):
    assert FUNCTIONS[function.name] is function
    assert function.about
    assert function.parameters
    assert function.own_form is not None or all(p.way for p in function.parameters)
    assert (function.result is None) == any(p.dimension is None for p in function.parameters)


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda f: f.name)
def test_everything_and_nothing_are_sets_too(function):
    everything = function.enclose(*(Intervals.REALS for _ in function.parameters))
    assert everything.parts
    nothing = function.enclose(*(Intervals.EMPTY for _ in function.parameters))
    assert not nothing.parts


# ---------------------------------------------------------------------- free flight
def by_areas(distance: float, apogee: float) -> float:
    """The time by Kepler's second law and Simpson's rule, which shares no step with the formula."""
    half = distance / (2 * EARTH_RADIUS)
    e = apogee / (apogee + EARTH_RADIUS * (1 - math.cos(half)))
    steps = 2_000
    heights = [1 / (1 - e * math.cos(half * i / steps)) ** 2 for i in range(steps + 1)]
    area = half / steps / 3 * (heights[0] + 4 * sum(heights[1::2]) + 2 * sum(heights[2:-1:2]) + heights[-1])
    return 2 / math.sqrt(EARTH_GRAVITY) * (EARTH_RADIUS * (1 - e * math.cos(half))) ** 1.5 * area


@given(st.floats(2e6, math.pi * EARTH_RADIUS), st.floats(150e3, 3e6))
def test_free_flight_sweeps_equal_areas_in_equal_times(distance, apogee):
    assert free_flight_time(distance, apogee) == pytest.approx(by_areas(distance, apogee), rel=1e-6)


def series_cos(x: Decimal) -> Decimal:
    term = total = Decimal(1)
    for n in range(1, 60):
        term *= -x * x / ((2 * n - 1) * (2 * n))
        total += term
    return total


def series_sin(x: Decimal) -> Decimal:
    term = total = x
    for n in range(1, 60):
        term *= -x * x / ((2 * n) * (2 * n + 1))
        total += term
    return total


def in_fifty_digits(distance: float, apogee: float) -> Decimal:
    with decimal.localcontext() as context:
        context.prec = 50
        pi = Decimal("3.14159265358979323846264338327950288419716939937510582")
        radius, gravity, h = Decimal(EARTH_RADIUS), Decimal(EARTH_GRAVITY), Decimal(apogee)
        e = h / (radius + h - radius * series_cos(Decimal(distance) / (2 * radius)))
        a = (radius + h) / (1 + e)
        wanted = (1 - radius / a) / e
        anomaly = Decimal(math.acos(max(-1.0, min(1.0, float(wanted)))))
        for _ in range(6):
            anomaly += (series_cos(anomaly) - wanted) / series_sin(anomaly)
        return 2 * (pi - anomaly + e * series_sin(anomaly)) * (a**3 / gravity).sqrt()


@given(st.floats(1e3, math.pi * EARTH_RADIUS), st.floats(150e3, 1e8))
@example(1e3, 150e3)
@example(math.pi * EARTH_RADIUS, 150e3)
def test_rounding_stays_within_the_error_declared(distance, apogee):
    exact = in_fifty_digits(distance, apogee)
    error = abs(Decimal(free_flight_time(distance, apogee)) - exact) / exact
    assert error <= Decimal(FUNCTIONS["free_flight_time"].error) / 10


def test_the_flight_claimed_for_24_march_2022_lies_below_its_free_flight():
    assert free_flight_time(1_090e3, 6_248.5e3) == pytest.approx(4_075, abs=1.0)
    assert free_flight_time(989e3, 5_768.5e3) < 4_015


@given(st.floats(150e3, 1e9))
def test_straight_up_it_is_a_fall_in_a_field_that_weakens(apogee):
    top = EARTH_RADIUS + apogee
    x = EARTH_RADIUS / top
    fall = math.sqrt(top**3 / (2 * EARTH_GRAVITY)) * (math.acos(math.sqrt(x)) + math.sqrt(x * (1 - x)))
    assert free_flight_time(0.0, apogee) == pytest.approx(2 * fall, rel=1e-9)


def test_an_apogee_without_a_bound_leaves_the_time_without_one():
    time = FUNCTIONS["free_flight_time"].enclose(Intervals.of(1e6), Intervals.of(6e6, math.inf))
    assert time.low == pytest.approx(free_flight_time(1e6, 6e6))
    assert math.isinf(time.high)


# ---------------------------------------------------------------------- the calendar
@given(st.dates())
def test_the_calendar_is_pythons(date):
    moment = Intervals.of(date.toordinal()) * Intervals.of(DAY)
    assert FUNCTIONS["weekday"].enclose(moment) == Intervals.of(float(date.weekday()))
    assert FUNCTIONS["year"].enclose(moment) == Intervals.of(float(date.year))
    assert FUNCTIONS["month"].enclose(moment) == Intervals.of(float(date.month))


@given(st.dates(max_value=datetime.date(9990, 1, 1)), st.integers(0, 800))
def test_a_span_of_days_has_the_weekdays_and_months_of_its_days(first, length):
    days = [first + datetime.timedelta(i) for i in range(length + 1)]
    span = Intervals.of(days[0].toordinal() * DAY, days[-1].toordinal() * DAY)
    for name, read in (("weekday", datetime.date.weekday), ("month", lambda d: d.month)):
        image = FUNCTIONS[name].enclose(span)
        assert [x for x in range(13) if float(x) in image] == sorted({read(day) for day in days})
    assert FUNCTIONS["year"].enclose(span) == Intervals.of(float(days[0].year), float(days[-1].year))


def test_a_day_that_is_not_known_is_any_day():
    assert len(FUNCTIONS["weekday"].enclose(Intervals.REALS).parts) == 7
    assert FUNCTIONS["year"].enclose(Intervals.REALS).partial


@given(st.integers(-10_000, 10_000), st.integers(0, 3))
def test_the_whole_numbers_below_a_stretch_are_those_of_its_ends(low, length):
    assert FUNCTIONS["floor"].enclose(Intervals.of(low - 0.5, low + length)) == Intervals.of(low - 1.0, low + length)
    assert FUNCTIONS["floor"].enclose(Intervals.REALS) == Intervals.REALS
