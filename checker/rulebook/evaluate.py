"""The interval interpreter: an expression over sets of numbers gives the set of its values, or an outcome.

It is the oracle that the other readers of the tree, the column compiler and the solver, are tested against.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

import attrs

from checker.interval import Interval, Intervals, Outcome, Undefined
from checker.rulebook.functions import FUNCTIONS
from checker.rulebook.schema import Rule
from checker.rulebook.tree import Binary, Call, Cell, Compare, Expression, Logic, Name, Node, Number, Unary

Value = Intervals | Outcome | tuple[Intervals, ...] | tuple[Outcome, ...]
"""What a node is worth: one or, for a role that holds many, one for each of its figures."""


_CELL_ULPS = 3
"""What the conversion of a cell to base units, by a rounded factor, can have lost."""


@attrs.frozen
class Scope:
    """What the names of an expression stand for, in base units: figures by role, table cells by table and column."""

    values: Mapping[str, Intervals | tuple[Intervals, ...]]
    cells: Mapping[tuple[str, str], Intervals] = attrs.field(factory=dict)


@functools.lru_cache(maxsize=4096)
def cells(rule: Rule, thing: str | None) -> Mapping[tuple[str, str], Intervals] | None:
    """The cells of a rule's tables in the row of a class, else of its nearest ancestor; None if a table has neither."""
    found: dict[tuple[str, str], Intervals] = {}
    for table in rule.tables.values():
        line = rule.topic.ancestry(thing) if thing is not None else ()
        row = next((table.rows[name] for name in line if name in table.rows), None)
        if row is None:
            return None
        for column, bound in row.cells.items():
            found[table.name, column] = Intervals.of(bound).rising(float, ulps=_CELL_ULPS)
    return found


def evaluate(expression: Expression | Node, scope: Scope) -> Value:
    """The value of an expression that was tried on against the same names.

    Raises Undefined where there is no value, or where a relation that fails for the values that there are would prove
    nothing.
    """
    node = expression.root if isinstance(expression, Expression) else expression
    return _WORTH[type(node)](node, scope)


def judge(expression: Expression | Node, scope: Scope) -> Outcome:
    """What a relation comes to; raises Undefined as `evaluate` does."""
    outcome = evaluate(expression, scope)
    if not isinstance(outcome, Outcome):
        raise TypeError("a relation that was tried on has one outcome")
    return outcome


def constant(node: Node) -> float:
    """The exponent that a number, or minus a number, spells."""
    match node:
        case Number():
            return node.value
        case Unary("-", operand):
            return -constant(operand)
    raise TypeError("an exponent that was tried on is a plain number")


# ---------------------------------------------------------------------- each kind of node
def _unary(node: Unary, scope: Scope) -> Value:
    operation = operator.invert if node.operator == "not" else operator.neg
    return _each(operation, evaluate(node.operand, scope))


def _binary(node: Binary, scope: Scope) -> Value:
    left = evaluate(node.left, scope)
    right = constant(node.right) if node.operator == "**" else evaluate(node.right, scope)
    return _each(_ARITHMETIC[node.operator], left, right)


def _compare(node: Compare, scope: Scope) -> Value:
    values = [evaluate(operand, scope) for operand in node.operands]
    links = zip(node.operators, values, values[1:], strict=False)
    return _decided("and", [functools.partial(_each, _RELATIONS[sign], left, right) for sign, left, right in links])


def _logic(node: Logic, scope: Scope) -> Value:
    return _decided(node.operator, [functools.partial(evaluate, operand, scope) for operand in node.operands])


def _call(node: Call, scope: Scope) -> Value:
    arguments = [evaluate(argument, scope) for argument in node.arguments]
    if node.function in AGGREGATES:
        return AGGREGATES[node.function](arguments)
    return _each(FUNCTIONS[node.function].enclose, *arguments)


_WORTH: Mapping[type[Node], Callable[[Any, Scope], Value]] = {
    Number: lambda node, _: node.base,
    Name: lambda node, scope: scope.values[node.name],
    Cell: lambda node, scope: scope.cells[node.table, node.key],
    Unary: _unary,
    Binary: _binary,
    Compare: _compare,
    Logic: _logic,
    Call: _call,
}

_ARITHMETIC: Mapping[str, Callable[..., Intervals]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
}

_RELATIONS: Mapping[str, Callable[[Intervals, Intervals], Outcome]] = {
    "==": lambda a, b: a.equals(b),
    "!=": lambda a, b: ~a.equals(b),
    "<": lambda a, b: a.below(b),
    "<=": lambda a, b: a.at_most(b),
    ">": lambda a, b: b.below(a),
    ">=": lambda a, b: b.at_most(a),
}


def _each(operation: Callable[..., Intervals | Outcome], *operands: Value | float) -> Value:
    """The operation on one of each, or element by element where operands hold many."""
    lengths = {len(o) for o in operands if isinstance(o, tuple)}
    if not lengths:
        return operation(*operands)
    if len(lengths) > 1:
        raise Undefined("its parts hold different numbers of figures")
    (length,) = lengths
    spread = [o if isinstance(o, tuple) else (o,) * length for o in operands]
    return cast("Value", tuple(operation(*each) for each in zip(*spread, strict=True)))


def _decided(word: str, relations: Iterable[Callable[[], Value]]) -> Value:
    """As Kleene's logic has it, a relation that is undefined says nothing unless another decides alone."""
    known: list[Value] = []
    undefined: Undefined | None = None
    for relation in relations:
        try:
            known.append(relation())
        except Undefined as error:
            undefined = error
    if undefined is None:
        combine = operator.and_ if word == "and" else operator.or_
        return functools.reduce(lambda a, b: _each(combine, a, b), known)
    deciding = Outcome.BROKEN if word == "and" else Outcome.HOLDS
    if deciding in known:
        return deciding
    raise undefined


# ---------------------------------------------------------------------- aggregates
def _gathered(arguments: Sequence[Value]) -> list[Any]:
    """The elements of all arguments in one row."""
    return [item for a in arguments for item in (a if isinstance(a, tuple) else (a,))]


def _sum(arguments: Sequence[Value]) -> Intervals:
    total = Intervals.of(0.0)
    for item in _gathered(arguments):
        total = total + item
    return total


def _count(arguments: Sequence[Value]) -> Intervals:
    """The number of figures, or of relations that hold: from those that surely hold to those that are not broken."""
    items = _gathered(arguments)
    if not all(isinstance(item, Outcome) for item in items):
        return Intervals.of(float(len(items)))
    sure = sum(item is Outcome.HOLDS for item in items)
    possible = sum(item is not Outcome.BROKEN for item in items)
    return Intervals.of(float(sure), float(possible))


def _least(arguments: Sequence[Value]) -> Intervals:
    first, *others = _gathered(arguments) or [Intervals.EMPTY]
    for item in others:
        first = _lesser(first, item)
    return cast("Intervals", first)


def _greatest(arguments: Sequence[Value]) -> Intervals:
    return -_least([-item for item in _gathered(arguments)])


def _lesser(a: Intervals, b: Intervals) -> Intervals:
    pairs = (Interval(min(p.low, q.low), min(p.high, q.high)) for p in a.parts for q in b.parts)
    return Intervals.union(pairs, partial=a.partial or b.partial)


AGGREGATES: Mapping[str, Callable[[Sequence[Value]], Intervals]] = {
    "sum": _sum,
    "count": _count,
    "min": _least,
    "max": _greatest,
}
"""What makes one value of many; `min` and `max` also take several arguments."""
