"""What the other figures of a relation make of one, printed in its style: the offer where the arithmetic went wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from checker.check import scope_of
from checker.interval import Intervals, Undefined
from checker.model import Binding, Figure, Repair
from checker.repair.consequences import AMOUNTS, Candidate, Trial, exactly, scaled
from checker.rulebook.evaluate import evaluate
from checker.rulebook.schema import Rule
from checker.rulebook.template import parts
from checker.rulebook.tree import Compare, Name, Node, walk
from checker.slips.numbers import Number, numbers

RECOMPUTED = "arithmetic"

_FEWEST_DIGITS = 10
"""A number keeps its own decimals where that leaves it two digits; else it has more."""

_MORE_PLACES = 2
_DECADES = 4.0
_HALVINGS = 50
_WHOLE = frozenset({"count", "age", "ordinal"})


def recomputed(trial: Trial, reads: Callable[[Figure], Callable[[str], Figure | None]]) -> Iterator[Candidate]:
    """For each figure that an equation or the message gives outright, what it comes to; then what solves an equation.

    Of each the later figures of a text come first. `reads` gives for a figure what a text reads as in its place.
    """
    rule = trial.rulebook.rule(trial.broken.rule)
    binding = trial.broken.claim.bindings[0]
    exact = Binding({role: tuple(map(exactly, held)) for role, held in binding.roles.items()}, binding.thing)
    for figure, value in (
        *_later_first(_given_outright(rule, binding, exact)),
        *_later_first(_told(rule, binding, exact)),
        *_later_first(_solved(rule, binding, exact)),
    ):
        text = _printed(figure, value)
        new = reads(figure)(text) if text else None
        if text and new is not None:
            yield Candidate(Repair(figure, text, RECOMPUTED), {figure.span: new})


_Given = Iterator[tuple[Figure, float]]


def _later_first(given: _Given) -> list[tuple[Figure, float]]:
    return sorted(given, key=lambda one: -one[0].start)


def _told(rule: Rule, binding: Binding, exact: Binding) -> _Given:
    """The figures that the message tells by the others, in their own unit: `{rate * span:total}`."""
    scope = scope_of(rule, exact, "printed")
    for part in parts(rule.message):
        if isinstance(part, str) or part.unit is None:
            continue
        held = binding.roles.get(part.unit, ())
        if len(held) != 1 or _names(part.expression.root, Name(part.unit)):
            continue
        try:
            value = evaluate(part.expression.root, scope)
        except Undefined:
            continue
        if isinstance(value, Intervals) and value and not value.partial:
            yield held[0], _in_unit(held[0], value)


def _solved(rule: Rule, binding: Binding, exact: Binding) -> _Given:
    """The figures of an equation between others, each with what it must be for both sides to be the same."""
    root = rule.require.root
    if not isinstance(root, Compare) or root.operators != ("==",):
        return
    for role, held in exact.roles.items():
        if len(held) != 1 or not isinstance(held[0].nominal, float | int) or held[0].kind not in AMOUNTS:
            continue

        def excess(power: float, role: str = role, figure: Figure = held[0]) -> float:
            moved = Binding({**exact.roles, role: (scaled(figure, 10.0**power),)}, exact.thing)
            scope = scope_of(rule, moved, "printed")
            left, right = (evaluate(side, scope) for side in root.operands)
            return _middle(left) - _middle(right)

        try:
            power = _root(excess)
        except Undefined:
            continue
        if power is not None:
            yield binding.roles[role][0], held[0].nominal * 10.0**power


def _middle(value: object) -> float:
    """The middle of what a side of an equation comes to."""
    if not isinstance(value, Intervals) or not value or value.partial:
        raise Undefined("no amount")
    return (value.low + value.high) / 2


def _root(excess: Callable[[float], float]) -> float | None:
    """Where a function that never turns is nought, between so many decades either way."""
    low, high = -_DECADES, _DECADES
    below, above = excess(low), excess(high)
    if not below * above < 0:
        return None
    for _ in range(_HALVINGS):
        half = (low + high) / 2
        if excess(half) * below > 0:
            low = half
        else:
            high = half
    return (low + high) / 2


def _given_outright(rule: Rule, binding: Binding, exact: Binding) -> _Given:
    """The figures that stand alone on one side of an equation, each with what the other side comes to in its unit."""
    scope = scope_of(rule, exact, "printed")
    for node in walk(rule.require.root):
        if not isinstance(node, Compare) or node.operators != ("==",):
            continue
        for alone, other in (node.operands, node.operands[::-1]):
            held = binding.roles.get(alone.name, ()) if isinstance(alone, Name) else ()
            if len(held) != 1 or _names(other, alone):
                continue
            try:
                value = evaluate(other, scope)
            except Undefined:
                continue
            if isinstance(value, Intervals) and value and not value.partial:
                yield held[0], _in_unit(held[0], value)


def _names(node: Node, name: Node) -> bool:
    return any(below == name for below in walk(node))


def _in_unit(figure: Figure, value: Intervals) -> float:
    own = figure.measure.from_base(value)
    middle = (own.low + own.high) / 2
    return -middle if figure.change == "down" and middle < 0 else middle


def _printed(figure: Figure, value: float) -> str | None:
    """The figure's text with the value for its number; None where it is no single number in digits."""
    found = numbers(figure)
    if len(found) != 1 or figure.kind not in AMOUNTS or not isinstance(figure.nominal, float | int):
        return None
    one = found[0]
    shown = int(one.digits) / 10**one.places
    if not shown or not figure.nominal:
        return None
    target = value / (figure.nominal / shown)
    if not math.isfinite(target) or target <= 0:
        return None
    places = _places(one, target, most=0 if figure.kind in _WHOLE else _MORE_PLACES)
    rounded = round(target * 10**places)
    if not rounded:
        return None
    digits = str(rounded)
    return figure.text[: one.start] + one.printed(digits, places) + figure.text[one.end :]


def _places(one: Number, target: float, most: int) -> int:
    """As many decimals as the number has, and more where too few digits would be left of the target."""
    for places in range(one.places, one.places + most):
        if target * 10**places >= _FEWEST_DIGITS or math.isclose(target, round(target, places)):
            return places
    return one.places + most
