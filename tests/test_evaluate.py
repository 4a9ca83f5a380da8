"""The interval interpreter against plain arithmetic: it loses no value, and its outcome never lies."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.interval import Interval, Intervals, Outcome, Undefined
from checker.rulebook.evaluate import AGGREGATES, Scope, constant, evaluate, judge
from checker.rulebook.expression import parse, quantity
from checker.rulebook.functions import FUNCTIONS
from checker.rulebook.tree import Binary, Call, Cell, Compare, Expression, Logic, Name, Node, Number, Unary

ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
RELATIONS = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
PLAIN = {"sum": sum, "min": min, "max": max}

Point = float | tuple[float, ...]


class NoValueError(ArithmeticError):
    """Plain arithmetic has no result."""


# ---------------------------------------------------------------------- plain arithmetic
def at(node: Node, points: Mapping[str, Point]) -> Point | bool | tuple[bool, ...]:
    """What a tree comes to for one value of each name: the meaning that the interpreter must enclose."""
    match node:
        case Number():
            return node.value
        case Name():
            return points[node.name]
        case Cell():
            return points[node.key]
        case Unary("-"):
            return spread(operator.neg, at(node.operand, points))
        case Binary("**"):
            return spread(lambda base: base ** constant(node.right), at(node.left, points))
        case Binary():
            return spread(ARITHMETIC[node.operator], at(node.left, points), at(node.right, points))
        case Call():
            return called(node.function, [at(argument, points) for argument in node.arguments])
    return held_at(node, points)


def held_at(node: Node, points: Mapping[str, Point]) -> bool | tuple[bool, ...]:
    match node:
        case Unary("not"):
            return spread(operator.not_, at(node.operand, points))
        case Compare():
            sides = [at(operand, points) for operand in node.operands]
            links = zip(node.operators, sides, sides[1:], strict=False)
            return every(spread(RELATIONS[sign], a, b) for sign, a, b in links)
        case Logic("and"):
            return every(at(operand, points) for operand in node.operands)
        case Logic():
            return spread(operator.not_, every(spread(operator.not_, at(o, points)) for o in node.operands))
    raise TypeError(node)


def called(name, arguments):
    if name not in AGGREGATES:
        return spread(FUNCTIONS[name].at, *arguments)
    items = [x for a in arguments for x in (a if isinstance(a, tuple) else (a,))]
    return float(sum(x is not False for x in items)) if name == "count" else PLAIN[name](items)


def spread(operation, *operands):
    lengths = {len(o) for o in operands if isinstance(o, tuple)}
    try:
        if not lengths:
            return finite(operation(*operands))
        rows = zip(*(o if isinstance(o, tuple) else (o,) * max(lengths) for o in operands), strict=True)
        return tuple(finite(operation(*row)) for row in rows)
    except (ArithmeticError, ValueError) as error:
        raise NoValueError from error


def finite(result):
    if isinstance(result, complex) or not math.isfinite(result):
        raise NoValueError
    return result


def every(outcomes):
    result = True
    for outcome in outcomes:
        result = spread(lambda a, b: a and b, result, outcome)
    return result


# ---------------------------------------------------------------------- random expressions and values
VALUES = st.floats(-50, 50) | st.integers(-5, 5).map(float)
NAMES = ("a", "b", "c")
MANY = ("m",)
LENGTH = 3


def constant_of(text: str) -> Number:
    """A constant whose value is already in base units, as plain arithmetic takes it."""
    read = quantity(text)
    return Number(text, read.base.low, read.measure, read.base)


constants = st.sampled_from(["0", "1", "2", "0.1", "3 km", "5%", "20 degC"]).map(constant_of)
ones: st.SearchStrategy[Node] = st.sampled_from(NAMES).map(Name) | constants | st.just(Cell("t", "low"))
manies: st.SearchStrategy[Node] = st.sampled_from(MANY).map(Name)


def grow(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    exponent = st.sampled_from(["0", "1", "2", "3", "0.5"]).map(quantity)
    return (
        st.builds(Binary, st.sampled_from(["+", "-", "*", "/"]), nodes, nodes)
        | st.builds(Binary, st.just("**"), nodes, exponent | st.builds(Unary, st.just("-"), exponent))
        | st.builds(Unary, st.just("-"), nodes)
        | st.builds(Call, st.sampled_from(["abs", "sqrt"]), st.tuples(nodes))
    )


def reduced(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return (
        grow(nodes)
        | st.builds(Call, st.sampled_from(["min", "max"]), st.tuples(nodes, nodes))
        | st.builds(Call, st.sampled_from(["sum", "min", "max", "count"]), st.tuples(many_values))
        | st.builds(Call, st.just("count"), st.tuples(compared(many_values, nodes)))
    )


def compared(*sides: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    signs = st.lists(st.sampled_from(sorted(RELATIONS)), min_size=len(sides) - 1, max_size=len(sides) - 1)
    return st.builds(Compare, signs.map(tuple), st.tuples(*sides))


many_values = st.recursive(
    manies, lambda m: grow(m) | st.builds(Binary, st.sampled_from(["+", "*"]), m, ones), max_leaves=3
)
values = st.recursive(ones, reduced, max_leaves=8)
relations = st.recursive(
    compared(values, values) | compared(values, values, values),
    lambda r: (
        st.builds(Unary, st.just("not"), r)
        | st.builds(Logic, st.sampled_from(["and", "or"]), st.lists(r, min_size=2, max_size=3).map(tuple))
    ),
    max_leaves=4,
)


@st.composite
def sets(draw: st.DrawFn) -> Intervals:
    ends = draw(st.lists(st.tuples(VALUES, VALUES | st.none()), min_size=1, max_size=2))
    return Intervals.union(Interval(min(x, x if y is None else y), max(x, x if y is None else y)) for x, y in ends)


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    ones_held = {name: draw(sets()) for name in NAMES}
    many_held = {name: tuple(draw(sets()) for _ in range(LENGTH)) for name in MANY}
    return Scope({**ones_held, **many_held}, {("t", "low"): draw(sets())})


def between(draw: st.DrawFn, part: Interval) -> float:
    """An end of an interval, or a number between its ends."""
    share = draw(st.sampled_from([0.0, 1.0]) | st.floats(0.0, 1.0))
    return min(max(part.low * (1.0 - share) + part.high * share, part.low), part.high)


def member(draw: st.DrawFn, whole: Intervals) -> float:
    part = draw(st.sampled_from(whole.parts))
    return between(draw, part)


def points(draw: st.DrawFn, scope: Scope) -> dict[str, Point]:
    chosen: dict[str, Point] = {"low": member(draw, scope.cells["t", "low"])}
    for name, held in scope.values.items():
        chosen[name] = tuple(member(draw, h) for h in held) if isinstance(held, tuple) else member(draw, held)
    return chosen


# ---------------------------------------------------------------------- the laws
@given(values, scopes(), st.data())
def test_no_value_is_lost(tree, scope, data):
    """Not even one that floats have rounded at every step, for each step of the image is rounded outward."""
    try:
        result = at(tree, points(data.draw, scope))
        image = evaluate(tree, scope)
    except (NoValueError, Undefined):
        return
    assert result in image


@given(relations, scopes(), st.data())
def test_an_outcome_never_lies(tree, scope, data):
    outcome = judge_or_none(tree, scope)
    try:
        held = at(tree, points(data.draw, scope))
    except NoValueError:
        return
    if outcome in (Outcome.HOLDS, Outcome.BROKEN):
        assert held == (outcome is Outcome.HOLDS)


def judge_or_none(tree: Node, scope: Scope) -> Outcome | None:
    try:
        return judge(tree, scope)
    except Undefined:
        return None


@given(relations, scopes(), scopes())
def test_widening_never_breaks_what_was_possible(tree, scope, more):
    wider = Scope(
        {
            name: tuple(a | b for a, b in zip(held, more.values[name], strict=True))
            if isinstance(held, tuple)
            else held | more.values[name]
            for name, held in scope.values.items()
        },
        scope.cells,
    )
    narrow, wide = judge_or_none(tree, scope), judge_or_none(tree, wider)
    if narrow in (Outcome.POSSIBLE, Outcome.HOLDS):
        assert wide is not Outcome.BROKEN
    if narrow is Outcome.POSSIBLE:
        assert wide is not Outcome.HOLDS


SAME_UNITS = [
    ("3 km", "3000 m"),
    ("3 km", "3e6 mm"),
    ("1 mile", "1.609344 km"),
    ("0.1 percent", "0.001"),
    ("20 degC", "68 degF"),
    ("36 km/h", "10 m/s"),
    ("2 day", "48 hour"),
]


@given(st.sampled_from(SAME_UNITS), st.sampled_from(sorted(RELATIONS)), sets(), st.floats(-1, 1))
def test_the_choice_of_a_unit_never_changes_an_outcome(spellings, sign, doubt, offset):
    one, other = (parse(f"a {sign} {spelling}") for spelling in spellings)
    centre = quantity(spellings[0]).base
    held = Scope({"a": centre + doubt * Intervals.of(offset)})
    outcomes = {judge(one, held), judge(other, held)}
    if len(outcomes) > 1:
        assert centre.meets(held.values["a"]), "only what touches the bound may turn on the rounding of floats"
        assert Outcome.POSSIBLE in outcomes
    assert outcomes != {Outcome.HOLDS, Outcome.BROKEN}


# ---------------------------------------------------------------------- by hand
def scope(**held: tuple[float, float] | float | list[float]) -> Scope:
    def values_of(given: tuple[float, float] | float | list[float]) -> Intervals | tuple[Intervals, ...]:
        if isinstance(given, list):
            return tuple(Intervals.of(x) for x in given)
        return Intervals.of(*given) if isinstance(given, tuple) else Intervals.of(given)

    return Scope({name: values_of(given) for name, given in held.items()})


@pytest.mark.parametrize(
    ("text", "held", "outcome"),
    [
        ("a < b", {"a": (1, 2), "b": (3, 4)}, "HOLDS"),
        ("a < b", {"a": (1, 3), "b": (3, 4)}, "POSSIBLE"),
        ("a < b", {"a": (4, 5), "b": (3, 4)}, "BROKEN"),
        ("a != b", {"a": (4, 5), "b": (1, 2)}, "HOLDS"),
        ("a != b", {"a": 4, "b": 4}, "BROKEN"),
        ("a < b < c", {"a": (1, 2), "b": (3, 4), "c": (0, 1)}, "BROKEN"),
        ("not a < b", {"a": (1, 2), "b": (3, 4)}, "BROKEN"),
        ("a < b or b < a", {"a": (1, 3), "b": (2, 4)}, "POSSIBLE"),
        ("a < b or b < 0", {"a": (1, 2), "b": (3, 4)}, "HOLDS"),
        ("a < b and b / c > 0", {"a": (3, 4), "b": (1, 2), "c": (-1, 1)}, "BROKEN"),
        ("count(m < a) == 2", {"m": [1, 2, 9], "a": 5}, "HOLDS"),
        ("count(m < a) == 2", {"m": [1, 2, 9], "a": (1.5, 5)}, "POSSIBLE"),
        ("count(m < a) >= 3", {"m": [1, 2, 9], "a": (1.5, 5)}, "BROKEN"),
        ("count(m) == 0", {"m": []}, "HOLDS"),
        ("count(m < 3 and m > 1) == 1", {"m": [1, 2, 9]}, "HOLDS"),
        ("sum(m) < 13", {"m": [1, 2, 9]}, "HOLDS"),
        ("max(m) - min(m) < 9", {"m": [1, 2, 9]}, "HOLDS"),
        ("max(a, 3) > 2", {"a": (0, 9)}, "HOLDS"),
        ("year(a) == 2025", {"a": 739276 * 86400.0}, "HOLDS"),
        ("a / b > 0", {"a": (1, 2), "b": (0, 1)}, "POSSIBLE"),
    ],
)
def test_known_outcomes(text, held, outcome):
    assert judge(parse(text), scope(**held)) is Outcome[outcome]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("a / b > 0", {"a": 1, "b": 0}),
        ("a / b < 0", {"a": (1, 2), "b": (0, 1)}),
        ("sqrt(a) > 1", {"a": (-1, 0.5)}),
        ("min(m) > 1", {"m": []}),
        ("a > 1 and a / b > 0", {"a": 2, "b": 0}),
        ("m < n", {"m": [1, 2], "n": [1, 2, 3]}),
    ],
)
def test_what_cannot_be_computed_proves_nothing(text, held):
    tree = parse(text) if "m < n" not in text else parse(f"count({text}) == 0")
    with pytest.raises(Undefined):
        judge(tree, scope(**held))


def test_constants_come_in_base_units():
    image = evaluate(parse("a + 3 km"), scope(a=5.0))
    assert isinstance(image, Intervals)
    assert 3005.0 in image
    assert image.high - image.low < 1e-9


def test_an_expression_and_its_tree_are_worth_the_same():
    tree = parse("a + 1 < 3")
    assert isinstance(tree, Expression)
    assert judge(tree, scope(a=1.0)) is judge(tree.root, scope(a=1.0))
