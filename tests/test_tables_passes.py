"""What keeps tables fast: stages dropped, rows that the swift form decides, interruptions that reach DuckDB."""

from __future__ import annotations

import pathlib
from typing import Any

import duckdb
import polars as pl
import pytest

from checker import load_rules
from checker.tables import sources
from checker.tables.engines import fetched, framed
from checker.tables.judging import Data, Table, Wanted
from checker.tables.layout import arrange
from checker.tables.stages import Stages, column
from checker.tables.verdicts import OPEN

LAUNCHES = pl.DataFrame(
    {
        "range_km": [900.0, 1400.0, 3200.0, 9000.0, None],
        "apogee_km": [250.0, 300.0, 700.0, 1200.0, 300.0],
        "flight_time_s": [560.0, 200.0, 1020.0, 600.0, 400.0],
        "class": ["SRBM", "SRBM", "MRBM", "ICBM", "IRBM"],
        "row": range(5),
    }
)


def test_a_stage_is_kept_as_long_as_another_needs_it() -> None:
    stages = Stages("t")
    doubled = stages.put(lambda x: x * 2.0, column("a"))
    unused = stages.put(lambda x: x * 3.0, doubled)
    both = stages.put(lambda x, y: x + y, stages.put(lambda x: x + 1.0, doubled), doubled)
    frame = framed(pl.DataFrame({"a": [1.0, 5.0]}))
    assert list(stages.on(frame, o=both).collect_schema()) == ["a", "o"]
    assert fetched(stages.on(frame, o=both)) == [(1.0, 5.0), (5.0, 21.0)]
    assert fetched(stages.on(frame, o=unused)) == [(1.0, 6.0), (5.0, 30.0)]


def table_of(native: Any) -> Table:
    rules = load_rules()
    data = Data("rows", framed(native), {n: n for n in LAUNCHES.columns if n != "row"}, "row")
    (layout,) = arrange(list(data.columns), rules, "ballistics.launch", ())
    return Table(data, layout, rules, Wanted("ballistics.launch"))


def test_what_clearly_holds_or_breaks_is_not_left_to_the_careful_form() -> None:
    table = table_of(LAUNCHES)
    codes = {}
    for judging in table.judgings():
        rows = fetched(judging.cleared(table.frame).sort("figcheck_row").select(judging.code))
        assert OPEN not in {code for (code,) in rows}, judging.rule.id
        codes[judging.rule.id] = [judging.meanings[code] for (code,) in rows]
    assert codes["ballistics/range-above-class"][:3] == ["consistent", "broken", "broken"]
    assert codes["ballistics/shorter-than-free-fall"][:4] == ["consistent", "broken", "consistent", "broken"]


def test_a_query_that_is_interrupted_is_an_interruption(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "rows.parquet"
    duckdb.sql("SELECT 1 AS range_km").write_parquet(str(path))
    with pytest.raises(KeyboardInterrupt), sources.opened(path):
        raise RuntimeError("Query interrupted")
    with pytest.raises(RuntimeError, match="another"), sources.opened(path):
        raise RuntimeError("another fault")
