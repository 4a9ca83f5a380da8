"""The solver's step: nothing that solves a relation is ever taken away, and what an inverse can tell is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.interval import Intervals, Outcome, Undefined
from checker.rulebook.evaluate import Scope, judge
from checker.rulebook.expression import parse
from checker.strategies.contraction import contract, edge_of

MANY = frozenset({"p"})
RELATIONS = (
    "a + b == c",
    "a - b <= c",
    "a * b == c",
    "c == a / b",
    "a ** 2 + b ** 3 <= c",
    "a ** -1 < b",
    "abs(a - b) == c",
    "sqrt(a) >= b",
    "a < b < c",
    "not (a < b or b == c)",
    "a == b or (a > c and b != c)",
    "sum(p) == c",
    "max(a, b) <= min(c, a)",
    "max(p) < c",
    "count(p < a) == b",
    "count(p < a and p > b) >= c",
    "-a * (b + a) > c",
)
numbers = st.integers(-12, 12).map(lambda n: n / 2)


@st.composite
def around(draw: st.DrawFn, x: float) -> Intervals:
    below, above = draw(st.integers(0, 20)) / 4, draw(st.integers(0, 20)) / 4
    return Intervals.of(x - below, x + above)


@pytest.mark.parametrize("text", RELATIONS)
def test_no_solution_is_ever_taken_away(text: str) -> None:
    root = parse(text).root

    @settings(derandomize=True, database=None, deadline=None, max_examples=30)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        point = {name: (data.draw(numbers),) for name in "abc"} | {
            "p": tuple(data.draw(st.lists(numbers, min_size=1, max_size=3)))
        }
        values = {n: tuple(map(Intervals.of, v)) if n in MANY else Intervals.of(v[0]) for n, v in point.items()}
        try:
            outcome = judge(root, Scope(values))
        except Undefined:
            return
        if outcome is Outcome.POSSIBLE and "==" not in text:
            return  # whether it holds of the very numbers hangs on the rounding of floats
        box = {name: tuple(data.draw(around(x)) for x in held) for name, held in point.items()}
        left = contract([(root, outcome is not Outcome.BROKEN)], box, MANY, {})
        assert left is not None
        for name, held in point.items():
            for x, kept in zip(held, left[name], strict=True):
                near = Intervals.of(x - 1e-9, x + 1e-9)
                assert kept.meets(near)

    holds()


def contracted(text: str, truth: bool = True, **box: tuple[float, float]) -> dict[str, Intervals] | None:
    left = contract([(parse(text).root, truth)], {n: (Intervals.of(*v),) for n, v in box.items()}, frozenset(), {})
    return {name: held[0] for name, held in left.items()} if left is not None else None


@pytest.mark.parametrize(
    ("text", "box", "name", "low", "high"),
    [
        ("a + b == c", {"a": (0, 100), "b": (3, 4), "c": (10, 11)}, "a", 6, 8),
        ("a / b == c", {"a": (100, 200), "b": (1, 1000), "c": (10, 10)}, "b", 10, 20),
        ("a ** 2 == c", {"a": (0, 100), "c": (9, 16)}, "a", 3, 4),
        ("sqrt(a) == c", {"a": (0, 100), "c": (3, 4)}, "a", 9, 16),
        ("year(a) == c", {"a": (6.3e10, 6.4e10), "c": (2010, 2010)}, "a", 63397987200.0, 63429523200.0),
        ("a < b < c", {"a": (0, 9), "b": (0, 5), "c": (0, 4)}, "a", 0, 4),
    ],
)
def test_an_inverse_tells_what_is_left(
    text: str, box: dict[str, tuple[float, float]], name: str, low: float, high: float
) -> None:
    left = contracted(text, **box)
    assert left is not None
    assert left[name].low == pytest.approx(low, rel=1e-9, abs=1e-9)
    assert left[name].high == pytest.approx(high, rel=1e-9, abs=1e-9)


def test_what_has_no_inverse_is_bisected() -> None:
    box = {"a": (0.0, 10_000e3), "b": (1_000e3, 1_000e3), "c": (900.0, 900.0)}
    left = contracted("free_flight_time(a, b) <= c", False, **box)
    assert left is not None
    assert left["a"].high == 10_000e3
    more = contracted("free_flight_time(a, b) <= c", True, **{**box, "c": (1_200.0, 1_200.0)})
    assert more is not None
    assert 1_000e3 < more["a"].high < 6_000e3


def test_what_has_no_solution_is_none() -> None:
    assert contracted("a + b == c", a=(0, 1), b=(0, 1), c=(3, 4)) is None
    assert contracted("a < b", a=(2, 2), b=(2, 2)) is None
    assert contracted("a <= b", truth=False, a=(1, 2), b=(3, 4)) is None
    assert contracted("sqrt(a) == b", a=(-4, -1), b=(0, 9)) is None


def test_an_alternative_keeps_what_either_would_leave() -> None:
    left = contracted("a < 2 or a > 8", a=(0, 10))
    assert left is not None
    below, above = left["a"]
    assert (below.low, below.high, above.low, above.high) == pytest.approx((0, 2, 8, 10))


@pytest.mark.parametrize(
    ("text", "edge"), [("a <= b", "a == b"), ("a < b < c", "a == b or b == c"), ("not a > b", "a == b")]
)
def test_the_edge_of_a_relation_is_an_equality(text: str, edge: str) -> None:
    assert edge_of(parse(text).root) == parse(edge).root
