"""The law of tables: on any rows, columns convict nothing that the interpreter does not, and agree with it else."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker import load_rules
from checker.check import weigh
from checker.interval import Intervals, Outcome, Undefined
from checker.rulebook import evaluate as interpreter
from checker.rulebook.expression import parse
from checker.rulebook.functions import FUNCTIONS
from checker.rulebook.schema import Rule
from checker.tables import careful
from checker.tables.careful import Scope
from checker.tables.engines import fetched, framed
from checker.tables.forms import POINTS, SETS
from checker.tables.judging import Data, Table, Wanted
from checker.tables.layout import Mapped, arrange
from checker.tables.rows import claim_of_row
from checker.tables.sets import Piece, Set
from checker.tables.stages import Stages, column

RULES = load_rules()
EXAMPLES = int(os.environ.get("FIGCHECK_EXAMPLES", "3"))
"""How many examples a law is tried on, of several rows each: more where there is time, as in CI."""
Row = Mapping[str, Any]


# ---------------------------------------------------------------------- expressions, on sets of any shape
NUMBERS = st.one_of(
    st.sampled_from([0.0, 1.0, -1.0, 0.5, 2.0, 5e-324, 1e-300, 1e300, 1.7976931348623157e308, -5e-324, 1e-160, 1e160]),
    st.floats(-1e6, 1e6),
    st.floats(allow_nan=False, allow_infinity=False),
)


@st.composite
def intervals(draw: st.DrawFn, infinite: bool = True) -> Intervals:
    parts = []
    for _ in range(draw(st.integers(1, 2))):
        low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
        if draw(st.booleans()):
            high = low
        if infinite and draw(st.integers(0, 9)) == 0:
            high = math.inf
        if infinite and draw(st.integers(0, 9)) == 0:
            low = -math.inf
        parts.append(Intervals.of(low, high))
    whole = parts[0]
    for part in parts[1:]:
        whole = whole | part
    return whole


EXPRESSIONS = [
    "a <= b",
    "a < b",
    "a == b",
    "a != b",
    "a + b <= c",
    "a - b == c",
    "a * b < c",
    "a / b <= c",
    "a / b == c",
    "c == a / b - 1",
    "1 / (a / b) >= c",
    "a ** 2 <= b",
    "a ** 3 > b",
    "a ** 0.5 >= b",
    "a ** -1 == b",
    "abs(a - b) == c",
    "sqrt(a) <= b",
    "not (a <= b and b < c)",
    "a < b or b / c >= a",
    "a <= b <= c",
    "min(a, b) <= c and max(a, b) >= c",
    "-a * -b == c",
    "a / (b - b) < c",
    "1 < a / b and c > 2",
]


def columns_of(values: Sequence[Mapping[str, Intervals]]) -> tuple[pl.DataFrame, Mapping[str, Set]]:
    """Rows of sets as a frame of ends, and its columns as sets."""
    data: dict[str, list[float | None]] = {}
    found: dict[str, Set] = {}
    for name in values[0]:
        width = max(len(row[name].parts) for row in values)
        pieces = []
        for i in range(width):
            for end in ("low", "high"):
                ends = [getattr(row[name].parts[i], end) if i < len(row[name].parts) else None for row in values]
                data[f"{name}{i}{end}"] = ends
            pieces.append(Piece(column(f"{name}{i}low"), column(f"{name}{i}high")))
        found[name] = Set(tuple(pieces))
    return pl.DataFrame(data, schema=dict.fromkeys(data, pl.Float64)), found


def outcome(text: str, values: Mapping[str, Intervals]) -> int | None:
    try:
        return interpreter.judge(parse(text), interpreter.Scope(values)).value
    except Undefined:
        return None


def in_columns(text: str, rows: Sequence[Mapping[str, Intervals]], *, on_duckdb: bool = False) -> list[int | None]:
    frame, values = columns_of(rows)
    made = Stages("t")
    found = careful.judged(parse(text), Scope(values), made)
    native: Any = duckdb.sql("SELECT * FROM frame") if on_duckdb else frame
    return [row[0] for row in fetched(made.on(framed(native), o=found).select("o"))]


def moved(values: Mapping[str, Intervals], way: int) -> Mapping[str, Intervals]:
    """The values with every end moved by a part in a billion, outward or inward."""

    def end(x: float, out: int) -> float:
        return x if math.isinf(x) else x + out * way * abs(x) * 1e-9

    found = {}
    for name, own in values.items():
        whole = Intervals.EMPTY
        for part in own:
            low, high = end(part.low, -1), end(part.high, 1)
            whole = whole | Intervals.of(min(low, high), max(low, high))
        found[name] = whole
    return found


@pytest.mark.parametrize("text", EXPRESSIONS)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)
@given(rows=st.lists(st.fixed_dictionaries({n: intervals() for n in "abc"}), min_size=4, max_size=12))
def test_an_expression_is_worth_in_columns_what_the_interpreter_says(text: str, rows: list[Any]) -> None:
    for row, got in zip(rows, in_columns(text, rows), strict=True):
        said = outcome(text, row)
        if got == Outcome.BROKEN.value:
            assert said == got, row
        if got == Outcome.HOLDS.value:
            assert said == got, row
        if got != said:
            # Only what a part in a billion decides may be judged apart.
            around = {outcome(text, moved(row, way)) for way in (-1, 1)}
            assert around != {said}, (row, got, said)


# ---------------------------------------------------------------------- functions
def test_every_function_has_a_column_form() -> None:
    assert set(FUNCTIONS) == {*POINTS, *SETS}


DAYS = st.integers(1, 3_652_059)


@st.composite
def moments(draw: st.DrawFn) -> Intervals:
    found = Intervals.EMPTY
    for _ in range(draw(st.integers(1, 2))):
        first = draw(DAYS)
        last = min(first + draw(st.sampled_from([0, 0, 1, 3, 6, 40, 400])), 3_652_059)
        found = found | Intervals.of(first * 86400.0, last * 86400.0)
    return found


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    rows=st.lists(st.fixed_dictionaries({"a": moments(), "b": moments()}), min_size=4, max_size=12),
    text=st.sampled_from(
        ["weekday(a) == weekday(b)", "year(a) == year(b)", "month(a) == month(b)", "year(a) < year(b)", "month(a) <= 6"]
    ),
)
def test_the_calendar_is_the_same_in_columns(rows: list[Any], text: str) -> None:
    assert in_columns(text, rows) == [outcome(text, row) for row in rows]


LENGTHS = st.one_of(st.floats(0, 2.1e7), st.sampled_from([0.0, 150e3, 20015086.79, 1e9, 1e300, math.inf]))


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    rows=st.lists(st.tuples(LENGTHS, LENGTHS, LENGTHS, LENGTHS, st.floats(0, 1e5)), min_size=4, max_size=12),
    text=st.sampled_from(["t >= free_flight_time(d, h)", "t >= least_speed(d, h)", "t <= climb_speed(h)"]),
)
def test_flight_is_the_same_in_columns(rows: list[Any], text: str) -> None:
    scopes = []
    for a, b, c, d, t in rows:
        low, high = min(a, b, 1e300), max(a, b)
        scopes.append(
            {"d": Intervals.of(low, high), "h": Intervals.of(min(c, d, 1e300), max(c, d)), "t": Intervals.of(t, t + 1)}
        )
    for scope, got in zip(scopes, in_columns(text, scopes), strict=True):
        said = outcome(text, scope)
        assert got == said or {outcome(text, moved(scope, way)) for way in (-1, 1)} != {said}
        assert got != Outcome.BROKEN.value or said == got


def test_duckdb_computes_what_polars_does() -> None:
    rows = [
        {"a": Intervals.of(low, low + width), "b": Intervals.of(b, b), "c": Intervals.of(1.0, 3.0)}
        for low in (-1.0, 0.0, 1e300, 5.0)
        for width in (0.0, 2.0, math.inf)
        for b in (-2.0, 0.0, 4.0, 1e-300)
    ]
    for text in ("a / b == c", "a * b < c", "abs(a - b) == c", "sqrt(a) <= b", "a ** 0.5 >= b"):
        assert in_columns(text, rows, on_duckdb=True) == in_columns(text, rows) == [outcome(text, r) for r in rows]


# ---------------------------------------------------------------------- whole rows
AMOUNTS = st.one_of(
    st.none(),
    st.sampled_from(
        ["", " ", "n/a", "-", "0", "0.0", "1.500", "1,500", "12,5", "5e3", "about 1,000", "more than 6,000"]
    ),
    st.sampled_from(["up to 300", "nearly 20", "3-4", "1 or 2", "150", "149.5", "340 km", "12 miles", "-40", "1e999"]),
    st.integers(-3000, 30_000_000).map(str),
    st.integers(1, 9999).map(lambda n: str(n * 100)),
    st.floats(0.001, 9999).map(lambda x: f"{x:.3f}"),
    st.floats(0.01, 99999).map(lambda x: f"{x:,.1f}"),
)
TYPED = st.one_of(
    st.none(),
    st.integers(-100, 20_000).map(float),
    st.sampled_from([0.0, math.nan, math.inf, -math.inf, 1e300, 5e-324, 1e17, 0.1 + 0.2, 1200.0]),
    st.floats(0, 20_000).map(lambda x: round(x, 2)),
)
CLASSES = st.sampled_from(
    [None, "", "IRBM", "ICBM", "cruise missile", "BM", "missile", "ballistic missile", "hypersonic cruise missile", "x"]
)
DATES = st.sampled_from([None, "2025-01-06", "6 January 2025", "25 January", "March 1986", "2025", "x", "February 30"])
WEEKDAYS = st.sampled_from([None, "Monday", "Saturday", "Tue", "someday", ""])
LAUNCH = {"range_km": AMOUNTS, "apogee [km]": AMOUNTS, "flight_time (s)": AMOUNTS, "Class": CLASSES}
TABLES: Mapping[str, tuple[str, Mapping[str, Any], tuple[Mapped, ...]]] = {
    "launches as text": ("ballistics.launch", LAUNCH, ()),
    "launches as numbers": (
        "ballistics.launch",
        {"range_km": TYPED, "RANGE_KM": TYPED, "apogee_km": TYPED, "flight_time_s": TYPED, "class": CLASSES},
        (Mapped("range", "range_km"),),
    ),
    "launches with tags": (
        "ballistics.launch",
        {**LAUNCH, "told": st.sampled_from([None, "it failed", "gliding", "on time"])},
        (Mapped("tags", "told"),),
    ),
    "changes": (
        "change.change",
        {"old_usd": AMOUNTS, "new_usd": AMOUNTS, "change_pct": AMOUNTS},
        (Mapped("change", "change_pct", "%"),),
    ),
    "changes as numbers": ("change.change", {"old": TYPED, "new": TYPED, "change (%)": TYPED}, ()),
    "glosses": (
        "measures.gloss",
        {"a": AMOUNTS, "b": AMOUNTS},
        (Mapped("stated", "a", "km"), Mapped("converted", "b", "miles")),
    ),
    "shares": ("parts.share", {"share (%)": AMOUNTS}, ()),
    "warmth": ("physics.warmth", {"temperature (C)": AMOUNTS}, ()),
    "coarse": ("physics.warmth", {"t": TYPED}, (Mapped("temperature", "t", "C", 50.0),)),
    "sums": (
        "parts.breakdown",
        {"rent": AMOUNTS, "food": AMOUNTS, "total_usd": AMOUNTS},
        (Mapped("part", "rent", "USD"), Mapped("part", "food", "USD")),
    ),
    "days": ("calendar.dated", {"weekday": WEEKDAYS, "date": DATES}, ()),
    "spans": ("calendar.interval", {"start": DATES, "end": DATES, "interval (days)": AMOUNTS}, ()),
}
VERDICTS = {0: None, 1: "consistent", 2: "strained", 3: "broken"}


def judged_both_ways(
    rows: pl.DataFrame, frame_id: str, maps: tuple[Mapped, ...], *, on_duckdb: bool
) -> list[tuple[Rule, list[tuple[Any, Any]], list[str | None], list[str | None]]]:
    """For each rule: nothing but the interpreter, then columns as they are run, then the careful form alone."""
    columns_of_rows = {name: f"c{i}" for i, name in enumerate(rows.columns)}
    placed = rows.rename(columns_of_rows)
    native = duckdb.connect().from_arrow(placed.to_arrow()) if on_duckdb else placed
    row = columns_of_rows.pop("row")
    data = Data("rows", framed(native), columns_of_rows, row)
    (layout,) = arrange(list(data.columns), RULES, frame_id, maps)
    table = Table(data, layout, RULES, Wanted(frame_id, maps))
    raw = fetched(table.base.sort("figcheck_row"))
    columns = list(table.base.collect_schema())
    claims = [
        claim_of_row(layout, table.inputs, table.raw, dict(zip(columns, row, strict=True)), "rows") for row in raw
    ]
    found = []
    for judging in table.judgings():
        said = [weigh(judging.rule, claim) for _, claim in claims]
        ways = []
        for frame in (judging.cleared(table.frame), judging.decided(table.frame)):
            codes = fetched(frame.sort("figcheck_row").select(judging.code))
            ways.append([VERDICTS.get(code, "open" if code < 0 else "unchecked") for (code,) in codes])
        swift = [c if s == "open" else s for s, c in zip(*ways, strict=True)]
        found.append((judging.rule, [(s and s.verdict, s and s.reason) for s in said], swift, ways[1]))
    return found


def agreed(rows: pl.DataFrame, frame_id: str, maps: tuple[Mapped, ...], *, on_duckdb: bool) -> int:
    judged = 0
    for rule, said, swift, careful_ in judged_both_ways(rows, frame_id, maps, on_duckdb=on_duckdb):
        assert careful_ == [verdict for verdict, _ in said], (rule.id, said)
        assert swift == careful_, rule.id
        judged += sum(verdict not in (None, "unchecked") for verdict, _ in said)
    return judged


@pytest.mark.parametrize("name", TABLES)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(drawn=st.data())
def test_rows_are_judged_as_the_interpreter_judges_them(name: str, drawn: st.DataObject) -> None:
    frame_id, cells, maps = TABLES[name]
    rows = drawn.draw(st.lists(st.fixed_dictionaries(dict(cells)), min_size=2, max_size=20))
    kinds = {n: pl.Float64 if s is TYPED else pl.String for n, s in cells.items()}
    data = {n: [row[n] for row in rows] for n in cells}
    frame = pl.DataFrame({**data, "row": list(range(len(rows)))}, schema={**kinds, "row": pl.Int64})
    agreed(frame, frame_id, maps, on_duckdb=drawn.draw(st.booleans()))
