"""Tables from rule files: columns read them back to the rows that were promised to be bad, for every rule."""

from __future__ import annotations

import pathlib
from typing import Any

import attrs
import polars as pl
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from checker import check_table, load_rules
from checker.dataset import RuleTally
from checker.rulebook.schema import Rule
from checker.strategies import Contradiction, Dataset, tables
from checker.tables import sources
from checker.tables.judging import Wanted, judge_table

RULEBOOK = load_rules()
SHIPPED = [pytest.param(rule, id=rule.id) for rule in RULEBOOK.rules if not rule.of_prints]
SPEED = "ballistics/speed-outside-class"
STEADY = settings(derandomize=True, database=None, deadline=None)


@pytest.mark.parametrize("rule", SHIPPED)
def test_columns_find_the_bad_rows_of_a_table_and_no_others(rule: Rule) -> None:
    made = tables(rule, rows=8, bad=0.25)

    @settings(STEADY, max_examples=3, phases=[Phase.generate])
    @given(made)
    def holds(table: Dataset) -> None:
        assert len(table.rows) == 8
        assert len(table.bad) == 2
        (tally, found) = judged(pl.DataFrame(table.by_column()), table)
        assert found == table.bad
        assert (tally.broken, tally.judged, tally.unchecked) == (2, 8, 0)

    holds()


def judged(frame: Any, table: Dataset) -> tuple[RuleTally, set[int]]:
    """What columns come to on a table by its rule, and the rows that break it, from 0."""
    rule = RULEBOOK.rule(table.rule)
    rules = attrs.evolve(RULEBOOK, rules=(rule,))
    report = check_table(frame, rules=rules, frame=table.frame, map=table.maps)
    (tally,) = report.tallies
    return tally, {found.row - 1 for found in report.found if found.row is not None}


@pytest.mark.parametrize("bad", [0.0, 0.3, 1.0])
def test_a_table_has_the_share_of_bad_rows_that_was_asked_for(bad: float) -> None:
    table = find(tables(SPEED, rows=10, bad=bad), lambda _: True, settings=STEADY)
    assert len(table.bad) == 10 * bad
    assert judged(pl.DataFrame(table.by_column()), table)[1] == table.bad


def test_a_table_may_be_long_and_of_any_length() -> None:
    @settings(max_examples=10, derandomize=True, database=None, phases=[Phase.generate])
    @given(tables(SPEED, rows=st.integers(300, 400), bad=0.5))
    def holds(table: Dataset) -> None:
        assert 300 <= len(table.rows) <= 400
        assert len(table.bad) == round(len(table.rows) / 2)

    holds()


def test_a_table_is_read_as_a_file_too(tmp_path: pathlib.Path) -> None:
    table = find(tables(SPEED, rows=5, bad=0.4), lambda table: table.bad == {1, 3}, settings=STEADY)
    path = tmp_path / "flights.csv"
    path.write_text(table.csv(), encoding="utf-8")
    with sources.opened(path) as data:
        report = judge_table(data, RULEBOOK, Wanted(frame=table.frame))
    assert {found.line for found in report.found if found.check.rule == SPEED} == {3, 5}


@pytest.mark.parametrize(
    ("rule", "columns", "maps"),
    [
        (SPEED, ("range (km)", "flight_time (s)", "class"), ()),
        ("calendar/interval-off-dates", ("interval (days)", "end", "start"), ()),
        ("change/percent-does-not-follow", ("change (%)", "new", "old"), ()),
        (
            "parts/total-off-parts",
            ("part 1 ($)", "part 2 ($)", "part 3 ($)", "total ($)"),
            ("part=part 1 ($):$", "part=part 2 ($):$", "part=part 3 ($):$"),
        ),
        (
            "calendar/ordinal-above-count",
            ("ordinal", "date", "other_date 1", "class", "tags"),
            ("other_date=other_date 1", "tags=tags"),
        ),
    ],
)
def test_a_table_names_its_columns_by_role_and_unit(rule: str, columns: tuple[str, ...], maps: tuple[str, ...]) -> None:
    table = find(tables(rule, rows=1, bad=0), lambda _: True, settings=STEADY)
    assert table.columns == columns
    assert table.maps == maps
    assert table.csv().splitlines()[0] == ",".join(columns)


def test_a_table_that_cannot_be_fails_at_once() -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        tables(SPEED, bad=1.5)
    with pytest.raises(Contradiction, match="do not break"):
        tables("ballistics/range-above-class", thing="short-range ballistic missile", range="300 km")
