"""Units of a class's fields, as annotations say them: `range: Annotated[float, Unit("km")]`."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from typing import Any

import attrs


@attrs.frozen
class Unit:
    """The unit that a field's numbers are in, and the role that they play, where the field is not named for it."""

    name: str
    role: str | None = None


@attrs.frozen
class Field:
    """A field with a unit: its role, its unit, and whether it holds whole numbers."""

    name: str
    role: str
    unit: str
    whole: bool


def unit_of(annotation: Any) -> Unit | None:
    """The unit that an annotation carries; None where it carries none."""
    return next((extra for extra in getattr(annotation, "__metadata__", ()) if isinstance(extra, Unit)), None)


def fields_of(cls: type) -> Mapping[str, Field]:
    """The fields of an attrs class that have a unit, by name; none where its annotations cannot be resolved."""
    if not attrs.has(cls):
        return {}
    try:
        hints = typing.get_type_hints(cls, include_extras=True)
    except (NameError, TypeError, AttributeError):
        return {}
    found: dict[str, Field] = {}
    for own in attrs.fields(cls):
        unit = unit_of(hints.get(own.name))
        if unit is not None:
            whole = typing.get_args(hints[own.name])[0] is int
            found[own.name] = Field(own.name, unit.role or own.name, unit.name, whole)
    return found
