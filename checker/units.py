"""The one pint registry, and each unit as a cached factor to base units.

Rules and figures compute on floats in base units; pint says what a unit is, how it converts and which dimension it
has, once a unit.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping
from typing import Any

import attrs
import pint
from pint.util import UnitsContainer

from checker.interval import Intervals, down, up

Dimension = UnitsContainer
"""Powers of base dimensions, as pint writes them: `{"[length]": 1, "[time]": -1}`."""

NO_DIMENSION: Dimension = UnitsContainer()
DATE: Dimension = UnitsContainer({"[date]": 1})
"""A day of the calendar; base unit: seconds from the day 0 of the proleptic Gregorian calendar."""
CLOCK: Dimension = UnitsContainer({"[clock]": 1})
"""A time of day; base unit: seconds from midnight."""
WEEKDAY: Dimension = UnitsContainer({"[weekday]": 1})
"""A day of the week; Monday is 0."""

_MEANING = re.compile(
    r"\s*(?:(?P<dimension>\[[a-z_]+\])|(?P<amount>[0-9]*\.?[0-9]+(?:e-?[0-9]{1,3})?)?\s*(?P<unit>[^\s0-9].*))\s*"
)
_OWN_UNITS = (
    "mach = [mach_number] = Mach",
    "percentage_point = 0.01",
    "basis_point = 0.0001",
    "ppb = 1e-9",
    "per_hundred = 0.01",
    "thousand_cubic_feet = 1e3 * foot ** 3",
    "million_cubic_feet = 1e6 * foot ** 3",
    "billion_cubic_feet = 1e9 * foot ** 3",
    "trillion_cubic_feet = 1e12 * foot ** 3",
    "billion_cubic_meters = 1e9 * meter ** 3",
    "international_unit = [biological_activity]",
    "teraflop = 1e12 / second",
    "petaflop = 1e15 / second",
    "exaflop = 1e18 / second",
    "per_thousand = 0.001",
    "per_hundred_thousand = 1e-5",
    "per_million = 1e-6",
    "ten_years = 10 * year",
    "hundred_kilometers = 100 * kilometer",
    "sound_decibel = [sound_level]",
    "delta_kelvin = kelvin",
    "metric_teaspoon = 5 milliliter",
    "metric_tablespoon = 15 milliliter",
    "metric_cup = 250 milliliter",
    "lunar_distance = 384400 kilometer",
    "solar_radius = 695700 kilometer",
    "earth_radius = 6371 kilometer",
    "solar_mass = 1.98841e30 kilogram",
    "earth_mass = 5.9722e24 kilogram",
    "jupiter_mass = 1.89813e27 kilogram",
    "karat = 1 / 24",
    "quintal = 100 kilogram",
    "tola = 11.6638038 gram",
    "dunam = 1000 * meter ** 2",
    "feddan = 4200.833 * meter ** 2",
    "thousand_cubic_meters = 1e3 * meter ** 3",
    "million_cubic_meters = 1e6 * meter ** 3",
    "million_gallons = 1e6 * gallon",
    "boe = 5.8e6 * british_thermal_unit",
    "tonne_of_coal_equivalent = 29.3076 gigajoule",
    "dioptre = 1 / meter",
    "gigaflop = 1e9 / second",
    "ppt = 1e-12",
    "kilobar = 1000 * bar",
    "australian_tablespoon = 20 milliliter",
)


def money(currency: str) -> Dimension:
    """The dimension of sums in one currency, named by its ISO 4217 code; sums in two currencies do not compare."""
    return UnitsContainer({f"[money {currency}]": 1})


@functools.cache
def registry() -> pint.UnitRegistry[Any]:
    """The application's pint registry, with the few units that pint lacks; made when first asked for."""
    shared: pint.UnitRegistry[Any] = pint.get_application_registry()  # type: ignore[no-untyped-call]
    for definition in _OWN_UNITS:
        if definition.split(" ")[0] not in shared:
            shared.define(definition)
    return shared


def define(name: str, meaning: str) -> None:
    """Gives the registry a unit that pint lacks ("smoot", "1.7018 m"); raises ValueError, in one line.

    A unit keeps the meaning that it has: who gives it another is told so.
    """
    found = _MEANING.fullmatch(meaning)
    if not found:
        raise ValueError(f"'{meaning}' is no amount of a unit, as 1.7 m is: nor is it [a dimension] of its own")
    ureg = registry()
    own = found["dimension"]
    wanted = None if own else float(found["amount"] or 1) * measure(found["unit"]).factor
    if wanted is not None and not 0.0 < wanted < math.inf:
        raise ValueError(f"'{meaning}' is too large or too small for a unit")
    if not own and measure(found["unit"]).offset:
        raise ValueError(f"'{found['unit']}' has a zero of its own: '{name}' cannot be so many of them")
    if name in ureg:
        known = measure(name)
        same = str(known.dimension) == own if own else known.dimension == measure(found["unit"]).dimension
        if not same or (wanted is not None and not math.isclose(wanted, known.factor, rel_tol=1e-9)):
            raise ValueError(f"'{name}' is known already, and is not {meaning}: give yours another name")
        return
    base = "" if own else _base_units(measure(found["unit"]))
    ureg.define(f"{name} = {own or f'{wanted!r} * {base}'}")
    measure.cache_clear()


def _base_units(of: Measure) -> str:
    """The base units of a measure as pint writes them; 1 for a plain number."""
    return str(registry().Quantity(1.0, of.unit).to_base_units().units) or "1"


@attrs.frozen
class Measure:
    """A unit as what it does: value in base units = value * factor + offset.

    `name` is one that pint reads ("kilometer / hour"); `dimension` is pint's, except for money, dates, times of day
    and days of the week, which are dimensions of their own.
    """

    name: str
    dimension: Dimension
    factor: float = 1.0
    offset: float = 0.0

    @property
    def unit(self) -> pint.Unit:
        """The same unit as pint has it."""
        return registry().Unit(self.name)

    def of_differences(self) -> Measure:
        """The unit of differences between values in this one: degrees Celsius of warming, not of warmth."""
        return attrs.evolve(self, name=f"delta_{self.name}", offset=0.0) if self.offset else self

    def to_base(self, values: Intervals) -> Intervals:
        """The values in base units, rounded outward."""
        scaled = values if self.factor == 1.0 else values * _nearly(self.factor)
        return scaled if self.offset == 0.0 else scaled + _nearly(self.offset)

    def from_base(self, values: Intervals) -> Intervals:
        """The values in this unit, rounded outward."""
        shifted = values if self.offset == 0.0 else values - _nearly(self.offset)
        return shifted if self.factor == 1.0 else shifted / _nearly(self.factor)


def _nearly(constant: float) -> Intervals:
    """A conversion constant with the rounding that pint left in it."""
    return Intervals.of(down(constant), up(constant))


_POWER = r"(?:\s*(?:\*\*|\^)\s*(-?\d{1,2}(?:\.\d+)?))?"
_UNIT_FACTOR = rf"(?:[^\W\d]\w*|°\w*|%){_POWER}"
_UNIT = re.compile(rf"\s*(?:(?:1|{_UNIT_FACTOR})(?:\s*[*/]\s*{_UNIT_FACTOR})*)?\s*")
"""A unit as rules and data may spell it; pint alone would also compute `m**9**9**9`."""

_LONGEST_NAME = 100

_DIMENSION_FACTOR = rf"(\[\w+\]){_POWER}"
_DIMENSION = re.compile(rf"\s*(?:1|{_DIMENSION_FACTOR})(?:\s*[*/]\s*{_DIMENSION_FACTOR})*\s*")
_EACH_DIMENSION = re.compile(rf"([*/]?)\s*{_DIMENSION_FACTOR}")


@functools.cache
def measure(name: str) -> Measure:
    """The measure for a unit in pint's spelling; raises ValueError, in one line, for one that pint does not know."""
    if len(name) > _LONGEST_NAME or not _UNIT.fullmatch(name):
        raise ValueError(f"'{name}' is not a unit")
    ureg = registry()
    try:
        unit = ureg.Unit(name)
        zero = ureg.Quantity(0.0, unit).to_base_units().magnitude
        step = ureg.Unit(f"delta_{unit}") if zero else unit
        factor = float(ureg.Quantity(1.0, step).to_base_units().magnitude)
    except (pint.PintError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ValueError(f"'{name}' is not a unit that pint knows") from error
    if not 0.0 < factor < math.inf:
        raise ValueError(f"'{name}' is too large or too small a unit")
    return Measure(str(unit), unit.dimensionality, factor, float(zero))


@functools.cache
def dimension(name: str) -> Dimension:
    """The dimension that a rule file names, as "[length] / [time]" or by a unit such as "km/h"; raises ValueError."""
    if name in _NAMED_DIMENSIONS:
        return _NAMED_DIMENSIONS[name]
    if "[" not in name:
        return measure(name).dimension
    if not _DIMENSION.fullmatch(name):
        raise ValueError(f"'{name}' is not a dimension")
    whole = NO_DIMENSION
    for sign, part, power in _EACH_DIMENSION.findall(name):
        try:
            own = registry().get_dimensionality(UnitsContainer({part: 1}))
        except (pint.PintError, LookupError, ValueError) as error:
            raise ValueError(f"'{part}' is not a dimension that pint knows") from error
        whole *= own ** (float(power or 1) * (-1 if sign == "/" else 1))
    return whole


_NAMED_DIMENSIONS: Mapping[str, Dimension] = {
    "": NO_DIMENSION,
    "none": NO_DIMENSION,
    "date": DATE,
    "clock": CLOCK,
    "weekday": WEEKDAY,
}
