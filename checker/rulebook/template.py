"""A rule's message as it is written: texts, and fields to be filled.

In a message `{role}` is the figure as it was printed, `{class}` the class of the thing, and `{expression}` or
`{expression:unit}` a computed value, where a role's name in place of the unit stands for the unit of its figure. Double
braces are braces.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

import attrs

from checker.rulebook.expression import ExpressionError, parse
from checker.rulebook.schema import Frame, Table
from checker.rulebook.tree import Expression, Name
from checker.rulebook.types import Type, infer, nearest, spelt
from checker.units import NO_DIMENSION, Dimension, measure


class MessageError(ValueError):
    """What is wrong with a message, in one sentence."""


@attrs.frozen
class Field:
    """A place in a message: an expression and, after a colon, a unit or the role whose unit is meant."""

    expression: Expression
    unit: str | None = None


Part = str | Field
CLASS = Name("class")
"""The field for the class of the thing, which is no role."""
_FIELD = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


@functools.cache
def parts(message: str) -> tuple[Part, ...]:
    """A message as its texts and fields, `{class}` as the one name that is no role; raises MessageError."""
    found: list[Part] = []
    at = 0
    for match in _FIELD.finditer(message):
        found.append(message[at : match.start()])
        at = match.end()
        if match[0] in ("{{", "}}"):
            found.append(match[0][0])
        elif match[1] is None:
            raise MessageError(f"'{match[0]}' at column {match.start() + 1} has no partner; write it twice to print it")
        else:
            found.append(_field(match[1]))
    found.append(message[at:])
    return tuple(part for part in found if part != "")


def _field(text: str) -> Field:
    written, colon, unit = text.partition(":")
    if not written.strip() or (colon and not unit.strip()):
        raise MessageError(f"'{{{text}}}' is empty; a field is {{role}}, {{expression}} or {{expression:unit}}")
    if written.strip() == CLASS.name and not colon:
        return Field(Expression(CLASS.name, CLASS))
    try:
        return Field(parse(written), unit.strip() or None)
    except ExpressionError as error:
        raise MessageError(f"in '{{{text}}}': {error}") from error


def read_message(message: str, frame: Frame, types: Mapping[str, Type], tables: Mapping[str, Table]) -> frozenset[str]:
    """The roles that a message names; raises MessageError where a field does not fit the frame and the tables."""
    used: set[str] = set()
    for field in fields(message):
        if field.expression.root == CLASS:
            continue
        try:
            found = infer(field.expression, types, tables)
        except ExpressionError as error:
            raise MessageError(f"in '{{{field.expression.text}}}': {error}") from error
        if found.dimension is None:
            raise MessageError(f"'{{{field.expression.text}}}' is true or false, and nothing to print")
        used |= field.expression.names()
        if field.unit is not None:
            used |= _sound_unit(field, found.dimension, frame, types)
    return frozenset(used)


def _sound_unit(field: Field, own: Dimension, frame: Frame, types: Mapping[str, Type]) -> set[str]:
    """The role that a field's unit is told by, if it is."""
    assert field.unit is not None
    if field.unit in frame.roles:
        wanted, used = types[field.unit].dimension, {field.unit}
    else:
        try:
            wanted, used = measure(field.unit).dimension, set[str]()
        except ValueError as error:
            told = f"'{field.unit}' is neither a unit nor a role: {nearest(field.unit, frame.roles)}"
            raise MessageError(told) from error
    if wanted != own:
        told = f"'{field.expression.text}' cannot be told in '{field.unit}'"
        raise MessageError(f"{told}: {spelt(own)} against {spelt(wanted or NO_DIMENSION)}")
    return used


def fields(message: str) -> Iterator[Field]:
    """The fields of a message, in order."""
    return (part for part in parts(message) if isinstance(part, Field))
