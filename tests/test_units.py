"""Units as factors: what pint says, once, and the conversions that lose no value."""

from __future__ import annotations

import math

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.interval import Intervals
from checker.units import (
    CLOCK,
    DATE,
    NO_DIMENSION,
    WEEKDAY,
    Measure,
    dimension,
    measure,
    money,
    registry,
)

NAMES = (
    *("meter", "kilometer", "mile", "foot", "inch", "nautical_mile", "light_year", "acre", "hectare", "kilometer ** 2"),
    *("second", "minute", "hour", "day", "week", "year", "kilometer / hour", "mile / hour", "knot", "speed_of_light"),
    *("kilogram", "pound", "metric_ton", "kilowatt_hour", "megawatt", "percent", "percentage_point", "mach", "byte"),
    *("degree_Celsius", "degree_Fahrenheit", "kelvin", "delta_degree_Celsius", "standard_gravity", "newton * second"),
)


@given(st.sampled_from(NAMES), st.floats(-1e9, 1e9))
def test_a_conversion_holds_what_pint_computes(name, value):
    unit = measure(name)
    expected = registry().Quantity(value, unit.unit).to_base_units().magnitude
    base = unit.to_base(Intervals.of(value))
    assert base.low - 1e-12 * abs(base.low) <= expected <= base.high + 1e-12 * abs(base.high)
    assert base.high - base.low <= 1e-12 * max(abs(expected), unit.offset, unit.factor * 1e-12)


@given(st.sampled_from(NAMES), st.floats(-1e9, 1e9), st.floats(0, 1e6))
def test_there_and_back_loses_no_value(name, low, width):
    unit = measure(name)
    values = Intervals.of(low, low + width)
    assert unit.from_base(unit.to_base(values)).covers(values)
    assert unit.to_base(unit.from_base(values)).covers(values)


@pytest.mark.parametrize(("name", "value", "base"), [("degC", 20, 293.15), ("degF", 68, 293.15), ("percent", 5, 0.05)])
def test_well_known_conversions(name, value, base):
    found = measure(name).to_base(Intervals.of(value))
    assert math.isclose(found.low, base)
    assert math.isclose(found.high, base)


def test_one_unit_has_one_measure_however_it_is_spelt():
    assert measure("km/h") == measure("kilometer / hour") == measure("kilometers/hour")
    assert measure("%") == measure("percent")
    assert measure(measure("km/h").name) == measure("km/h")


@pytest.mark.parametrize(
    "name",
    ["kmm", "__import__('os')", "km/", "[length]", "dB", "km**99999", "1/0", "m" * 300, "a b", ")", "m**9**9**9", "0"],
)
def test_what_is_no_unit_is_told(name):
    with pytest.raises(ValueError, match="is not a unit"):
        measure(name)


def test_a_unit_beyond_floats_is_told():
    for name in ("yottameter ** 20", "yoctometer ** 20"):
        with pytest.raises(ValueError, match=r"is not a unit|too large or too small"):
            measure(name)


@given(st.text("km s/*()^-+0123 .[]{}'\"%°²\n\tdegCFx_e\\#@!=<>,:;é", max_size=10))
def test_any_text_is_a_unit_or_told(text):
    try:
        found = measure.__wrapped__(text)
    except ValueError:
        return
    assert 0.0 < found.factor < math.inf


def test_no_unit_is_a_plain_number():
    assert measure("") == measure("dimensionless") == Measure("dimensionless", NO_DIMENSION)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("[length] / [time]", {"[length]": 1, "[time]": -1}),
        ("[speed]", {"[length]": 1, "[time]": -1}),
        ("km/h", {"[length]": 1, "[time]": -1}),
        ("[length] ** 2", {"[length]": 2}),
        ("none", {}),
        ("[mass] * [length] / [time] ** 2", {"[mass]": 1, "[length]": 1, "[time]": -2}),
        ("1 / [time]", {"[time]": -1}),
    ],
)
def test_dimensions_by_name_and_by_example(name, expected):
    assert dict(dimension(name)) == expected


@pytest.mark.parametrize(("name", "own"), [("date", DATE), ("clock", CLOCK), ("weekday", WEEKDAY)])
def test_the_calendar_has_dimensions_of_its_own(name, own):
    assert dimension(name) is own


@pytest.mark.parametrize("name", ["[foo]", "[length", "length", "[length] + [time]", "[length] ** [time]", "]["])
def test_what_is_no_dimension_is_told(name):
    with pytest.raises(ValueError, match="is not a"):
        dimension(name)


def test_currencies_do_not_mix():
    assert money("USD") == money("USD")
    assert money("USD") != money("EUR")
    assert money("USD") != NO_DIMENSION


def test_the_registry_is_the_applications():
    assert registry() is registry()
    assert pint.Quantity(1.0, measure("mach").unit).units == registry().Unit("mach")
    assert isinstance(measure("km"), Measure)
