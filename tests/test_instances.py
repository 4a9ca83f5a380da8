"""Instances of a user's own classes: plausible by the rules, whether asked for by name or by type."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

import attrs
import pydantic
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker import Figure, Unit, assert_consistent, hypothesis_plugin
from checker.annotation import fields_of
from checker.strategies import instances
from checker.strategies.instances import amounts

STEADY = settings(derandomize=True, database=None, deadline=None, max_examples=20)


@attrs.frozen
class Flight:
    range: Annotated[float, Unit("km")]
    flight_time: Annotated[float, Unit("s")]
    _apogee: Annotated[float, Unit("mile", role="apogee")]
    name: str = "a"


@attrs.frozen
class Sale:
    before: Annotated[int, Unit("kg", role="mass")]
    count: int


@dataclasses.dataclass(frozen=True)
class Shot:
    range: Annotated[float, Unit("mile")]
    flight_time: Annotated[int, Unit("s")]
    apogee: Annotated[float, Unit("km")] | None
    remark: str = "none"
    speed: float = dataclasses.field(init=False, default=0.0)


class Model(pydantic.BaseModel):
    range: Annotated[float, Unit("km"), pydantic.Field(gt=0, alias="downrange")]
    flight_time: Annotated[float, Unit("minute")]
    apogee: Annotated[float, Unit("km")]
    thing: str


@dataclasses.dataclass
class Icbm:
    range: Annotated[float, Unit("km")]
    thing: str = "intermediate-range ballistic missile"


@attrs.frozen
class Plain:
    x: float


@attrs.frozen
class Unresolved:
    x: Nowhere  # type: ignore[name-defined] # noqa: F821


def test_instances_are_plausible_together() -> None:
    @STEADY
    @given(instances(Flight, thing="ballistic missile"))
    def holds(flight: Flight) -> None:
        assert_consistent(flight, thing="ballistic missile")
        assert isinstance(flight.range, float)
        assert flight.name == "a"

    holds()


@pytest.mark.parametrize("cls", [Shot, Model])
def test_dataclasses_and_pydantic_models_have_instances_too(cls: type[Any]) -> None:
    hypothesis_plugin.register()

    @STEADY
    @given(st.from_type(cls))
    def holds(made: Any) -> None:
        assert isinstance(made, cls)
        assert_consistent(made, thing="ballistic missile")

    holds()


def test_an_instance_is_about_the_class_of_thing_that_it_names() -> None:
    @STEADY
    @given(instances(Icbm), instances(Icbm, thing="short-range ballistic missile"), instances(Model))
    def holds(usual: Icbm, other: Icbm, model: Model) -> None:
        assert usual.thing == "intermediate-range ballistic missile"
        assert other.thing == "short-range ballistic missile"
        assert "missile" in model.thing
        for made in (usual, other, model):
            assert_consistent(made)

    holds()


def test_a_type_with_units_is_known_to_hypothesis() -> None:
    hypothesis_plugin.register()

    @STEADY
    @given(st.from_type(Flight), st.from_type(Sale), st.from_type(Figure))
    def holds(flight: Flight, sale: Sale, figure: Figure) -> None:
        assert 20 < flight.range < 50_000
        assert 10 < flight.flight_time < 500_000
        assert isinstance(sale.before, int)
        assert isinstance(sale.count, int)
        assert figure.measure.name == "kilometer"

    holds()


def test_a_type_without_units_is_left_alone() -> None:
    hypothesis_plugin.register()

    @STEADY
    @given(st.from_type(Plain), st.from_type(Annotated[int, "a remark"]))
    def holds(plain: Plain, number: int) -> None:
        assert isinstance(plain.x, float)
        assert isinstance(number, int)

    holds()


def test_amounts_are_as_large_as_in_the_examples() -> None:
    @STEADY
    @given(amounts(Unit("km/s", "speed")), amounts(Unit("km", "apogee"), whole=True), amounts(Unit("hectare")))
    def holds(speed: float, apogee: int, area: float) -> None:
        assert 0 < speed < 299_792.458 * 4
        assert isinstance(apogee, int)
        assert 0 <= apogee < 40_000  # from a cruise missile's to that of a lofted one
        assert 0 <= area <= 1_000

    holds()


def test_values_may_be_given() -> None:
    @STEADY
    @given(instances(Flight, name=st.just("b")))
    def holds(flight: Flight) -> None:
        assert flight.name == "b"

    holds()


def test_a_class_that_has_no_units_or_wrong_ones_fails_at_once() -> None:
    with pytest.raises(ValueError, match="Plain is no attrs class, dataclass or Pydantic model with fields such as"):
        instances(Plain)
    with pytest.raises(ValueError, match="'kmm' is not a unit"):
        instances(attrs.make_class("Odd", {"x": attrs.field(type=Annotated[float, Unit("kmm")])}))
    assert fields_of(Unresolved) == {}
    assert fields_of(int) == {}
