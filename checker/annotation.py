"""Units of a class's fields, as annotations say them: `range: Annotated[float, Unit("km")]`."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from typing import Any

import attrs

THING = ("class", "thing")
"""Fields of these names tell the class of thing that the others are about."""


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


@attrs.frozen
class Parameter:
    """What a class is made with: a field, the name that it goes by there, its default where it has one."""

    field: str
    name: str
    required: bool
    default: Any = None


def unit_of(annotation: Any) -> Unit | None:
    """The unit that an annotation carries; None where it carries none."""
    return next((extra for extra in getattr(annotation, "__metadata__", ()) if isinstance(extra, Unit)), None)


def fields_of(cls: type) -> Mapping[str, Field]:
    """The fields of a class that have a unit, by name; none where its annotations cannot be resolved.

    The class is made by attrs or `dataclasses`, or is a Pydantic model.
    """
    if not parameters(cls):
        return {}
    try:
        hints = typing.get_type_hints(cls, include_extras=True)
    except (NameError, TypeError, AttributeError):
        return {}
    found: dict[str, Field] = {}
    for name in _fields(cls):
        for annotation in _alternatives(hints.get(name)):
            unit = unit_of(annotation)
            if unit is not None:
                found[name] = Field(name, unit.role or name, unit.name, annotation.__origin__ is int)
    return found


def parameters(cls: type) -> tuple[Parameter, ...]:
    """What a class is made with; nothing for one that is none of the kinds that have fields."""
    if attrs.has(cls):
        made = (a for a in attrs.fields(cls) if a.init)
        return tuple(Parameter(a.name, a.alias, a.default is attrs.NOTHING, a.default) for a in made)
    if dataclasses.is_dataclass(cls):
        own = (f for f in dataclasses.fields(cls) if f.init)
        return tuple(Parameter(f.name, f.name, _must_be_given(f), f.default) for f in own)
    models = _models(cls)
    return tuple(Parameter(name, i.alias or name, i.is_required(), i.default) for name, i in models.items())


def _fields(cls: type) -> list[str]:
    """Every field, those too that the class works out for itself."""
    if attrs.has(cls):
        return [a.name for a in attrs.fields(cls)]
    return [f.name for f in dataclasses.fields(cls)] if dataclasses.is_dataclass(cls) else list(_models(cls))


def _models(cls: type) -> Mapping[str, Any]:
    """The fields of a Pydantic model, which is known by them, for Pydantic may not be there."""
    found = getattr(cls, "model_fields", None)
    return found if isinstance(found, dict) and hasattr(cls, "model_validate") else {}


def _must_be_given(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    """The types that an annotation admits: `float | None` is two."""
    is_union = typing.get_origin(annotation) in (typing.Union, types.UnionType)
    return typing.get_args(annotation) if is_union else (annotation,)
