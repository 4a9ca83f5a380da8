"""What the other figures of a relation make of one, printed in its style: the offer where the arithmetic went wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from checker.check import scope_of
from checker.interval import Intervals, Undefined
from checker.model import Binding, Figure, Repair
from checker.repair.consequences import AMOUNTS, Candidate, Trial, exactly
from checker.rulebook.evaluate import evaluate
from checker.rulebook.schema import Rule
from checker.rulebook.tree import Compare, Name, Node, walk
from checker.slips.numbers import Number, numbers

RECOMPUTED = "arithmetic"

_FEWEST_DIGITS = 10
"""A number keeps its own decimals where that leaves it two digits; else it has more."""

_MORE_PLACES = 2
_WHOLE = frozenset({"count", "age", "ordinal"})


def recomputed(trial: Trial, reads: Callable[[Figure], Callable[[str], Figure | None]]) -> Iterator[Candidate]:
    """For each figure that an equation gives outright, what it comes to; the later figures of a text first.

    `reads` gives for a figure what a text reads as in its place.
    """
    rule = trial.rulebook.rule(trial.broken.rule)
    binding = trial.broken.claim.bindings[0]
    for figure, value in sorted(_given_outright(rule, binding), key=lambda given: -given[0].start):
        text = _printed(figure, value)
        new = reads(figure)(text) if text else None
        if text and new is not None:
            yield Candidate(Repair(figure, text, RECOMPUTED), {figure.span: new})


def _given_outright(rule: Rule, binding: Binding) -> Iterator[tuple[Figure, float]]:
    """The figures that stand alone on one side of an equation, each with what the other side comes to in its unit."""
    exact = Binding({role: tuple(map(exactly, held)) for role, held in binding.roles.items()}, binding.thing)
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
