"""assert_consistent: what it takes, what it says, and that a test that tests nothing does not pass."""

from __future__ import annotations

import ast
import dataclasses
import datetime
import inspect
import math
import subprocess
import sys
from collections.abc import Callable
from typing import Annotated, Any

import attrs
import duckdb
import pandas as pd
import pint
import polars as pl
import pyarrow as pa
import pydantic
import pytest

import checker
from checker import Unit, assert_consistent, read_figures

ICBM = "intercontinental ballistic missile"
WRONG = {"range": "1,090 km", "apogee": "6,248.5 km", "flight_time": "4,052 s"}
RIGHT = {**WRONG, "flight_time": "4,352 s"}


@attrs.frozen
class Flight:
    downrange: Annotated[float, Unit("km", role="range")]
    apogee: Annotated[float, Unit("km")]
    flight_time: Annotated[float, Unit("minute")]
    thing: str = ICBM
    remark: str = ""


@dataclasses.dataclass
class Shot:
    range: Annotated[float, Unit("km")]
    apogee: Annotated[float, Unit("km")]
    flight_time: Annotated[float, Unit("minute")] | None = None


class Model(pydantic.BaseModel):
    range: Annotated[float, Unit("km")]
    apogee: Annotated[float, Unit("km")]
    flight_time: Annotated[int, Unit("s"), pydantic.Field(alias="flightTime")]


def test_the_failure_shows_the_working() -> None:
    with pytest.raises(AssertionError) as caught:
        assert_consistent(WRONG, thing=ICBM)
    assert str(caught.value) == (
        "1,090 km, 6,248.5 km and 4,052 s cannot all be right: free flight along that arc alone takes 4,075 seconds, "
        "and thrust only adds to it\n"
        f"  values:  range = 1,090 km; apogee = 6,248.5 km; flight_time = 4,052 s; class = {ICBM}\n"
        "  working: free flight time(1,090 km, 6,248.5 km) = 4,075 seconds; flight time: 4,052 s\n"
        "  rule:    ballistics/shorter-than-free-fall (error); "
        "'figcheck rules explain ballistics/shorter-than-free-fall' says why"
    )


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (RIGHT, WRONG),
        ({**RIGHT, "class": ICBM}, {**WRONG, "class": "ballistic missile"}),
        ({**RIGHT, "class": "ICBM"}, {**WRONG, "class": "Ballistic missiles"}),
        (
            {"range_km": 1090, "apogee (km)": 6248.5, "flight_time [minute]": 72.0},
            {"range_m": 1_090_000, "apogee (mile)": 3882.6, "flight_time_s": 4052.0},
        ),
        (
            {"range": pint.Quantity(1090, "km"), "apogee": "6,248.5 km", "flight_time": pint.Quantity(1.2, "hour")},
            {"range": pint.Quantity(1090, "km"), "apogee": "6,248.5 km", "flight_time": pint.Quantity(1, "hour")},
        ),
        (Flight(1090.0, 6248.5, 72.0), Flight(1090.0, 6248.5, 60.0)),
        (Shot(1090.0, 6248.5, 72.0), Shot(1090.0, 6248.5, 60.0)),
        (
            Model(range=1090.0, apogee=6248.5, flightTime=4352),
            Model(range=1090.0, apogee=6248.5, flightTime=4052),
        ),
        ([RIGHT, RIGHT], [RIGHT, WRONG]),
        ({"range": read_figures("1,090 km")[0], **RIGHT}, {**WRONG, "range": read_figures("1,090 km")[0]}),
        ({"old": 4.0, "new": 5, "change": "25 percent"}, {"old": 4.0, "new": 5, "change": "35 percent"}),
        ({"part": ["$5.10", "$6.20"], "total": "$11.30"}, {"part": ["$5.10", "$6.20"], "total": "$13.30"}),
        (
            {"start": datetime.date(2025, 1, 6), "end": datetime.date(2025, 1, 20), "interval": "14 days"},
            {"start": datetime.date(2025, 1, 6), "end": datetime.date(2025, 1, 20), "interval_day": 16},
        ),
    ],
)
def test_values_come_in_many_forms(right: Any, wrong: Any) -> None:
    assert_consistent(right, thing=ICBM)
    with pytest.raises(AssertionError, match="working: "):
        assert_consistent(wrong, thing=ICBM)


def test_what_only_words_say_is_asked_for_by_its_frame() -> None:
    for new in (4000.0, 6000.0):
        with pytest.raises(ValueError, match="nothing was checked: no rule speaks of these values"):
            assert_consistent({"old": 5000.0, "new": new})
    assert_consistent({"old": 5000.0, "new": 4000.0}, frame="change.falling")
    with pytest.raises(AssertionError, match="the contrary of"):
        assert_consistent({"old": 5000.0, "new": 6000.0}, frame="change.falling")


ROWS: dict[str, list[Any]] = {
    "id": ["a", "b"],
    "range_km": [1090, 1090],
    "apogee_km": [6248.5, 6248.5],
    "flight_time_s": [4352.0, 4052.0],
}
LIBRARIES = [
    pytest.param(pl.DataFrame, id="polars"),
    pytest.param(pl.LazyFrame, id="a plan of polars"),
    pytest.param(pd.DataFrame, id="pandas"),
    pytest.param(pa.table, id="arrow"),
    pytest.param(lambda rows: duckdb.from_arrow(pa.table(rows)), id="duckdb"),
]


@pytest.mark.parametrize("made", LIBRARIES)
def test_a_frame_is_checked_in_columns(made: Callable[[dict[str, list[Any]]], Any]) -> None:
    with pytest.raises(AssertionError) as caught:
        assert_consistent(made(ROWS), thing=ICBM, key="id")
    first, *rest = str(caught.value).splitlines()
    assert first.startswith(("row 2 (key b): 1090 km, 6248.5 km and 4052 s", "a row (key b): 1090 km"))
    assert rest[1].startswith("  working: free flight time(1090 km, 6248.5 km) = 4,075 seconds")
    assert_consistent(made({**ROWS, "flight_time_s": [4352.0, None], "note": ["a", "b"]}), thing=ICBM)


def test_a_frame_says_for_itself_what_it_is_about() -> None:
    assert_consistent(pl.DataFrame({**ROWS, "class": ["missile", "missile"]}), thing=ICBM)
    ordinal = pl.DataFrame({"ordinal": ["fourth"], "date": ["2025-01-25"], "before": ["2025-01-06"]})
    about = {"thing": "weapons test", "frame": "calendar.occurrence", "map": ["other_date=before"]}
    with pytest.raises(ValueError, match="nothing was checked: the text does not say: counted-in-year"):
        assert_consistent(ordinal, **about)
    assert_consistent(ordinal, **about, tags=["counted-in-year"])


@pytest.mark.parametrize(
    ("rows", "options", "reason"),
    [
        (ROWS, {}, "nothing was checked: the class of ballistic missile is not given"),
        ({name: [] for name in ROWS}, {"thing": ICBM}, "nothing was checked: there are no rows"),
        (ROWS, {"key": "name"}, "there is no column 'name' for the key"),
        (ROWS, {"map": ["rnge=id:km"]}, "'rnge' is no role"),
        ({"a": [1]}, {}, "no column is named for a role with its unit"),
        ({**ROWS, "flight_time_s": [4352.0, math.nan]}, {"thing": ICBM}, "'flight_time_s': 1 cells hold no flight"),
        ({**ROWS, "apogee_km": ["6,248.5", "high"]}, {"thing": ICBM}, "1 cells hold no apogee, such as 'high'"),
    ],
)
def test_a_frame_that_cannot_be_checked_is_one_clear_line(
    rows: dict[str, list[Any]], options: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        assert_consistent(pl.DataFrame(rows), **options)
    assert "\n" not in str(caught.value)


def test_without_the_libraries_of_tables_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pl.DataFrame(ROWS)
    monkeypatch.setitem(sys.modules, "narwhals", None)
    monkeypatch.delitem(sys.modules, "checker.tables.frames", raising=False)
    told = r"tables need narwhals, which is not installed: pip install 'figcheck\[tables\]'"
    with pytest.raises(ModuleNotFoundError, match=told):
        assert_consistent(frame, thing=ICBM)
    assert_consistent(RIGHT, thing=ICBM)


def test_many_failures_are_counted_and_a_few_told() -> None:
    with pytest.raises(AssertionError) as caught:
        assert_consistent([WRONG] * 8, thing=ICBM)
    told = str(caught.value).splitlines()
    assert told[0] == "8 checks are broken"
    assert told[-1] == "and 3 more"
    assert sum(line.startswith("values[") for line in told) == 5


@pytest.mark.parametrize(
    ("values", "options", "reason"),
    [
        (RIGHT, {}, "nothing was checked: the class of ballistic missile is not given"),
        ([], {}, "nothing was checked: no rule speaks of these values"),
        ({"old": 4.0}, {"frame": "change.movement"}, "nothing was checked: no rule speaks"),
        ({"rnge": "1,090 km"}, {}, "'rnge' is no role: did you mean 'range'"),
        ({"range_parsecz": 3}, {}, "'range_parsecz' is no role"),
        (RIGHT, {"frame": "ballistics.lunch"}, "did you mean 'ballistics.launch'"),
        ({**RIGHT, "range": 1090.0}, {"thing": ICBM}, "range is a bare number: name it with its unit"),
        ({**RIGHT, "range": "1,090 kg"}, {"thing": ICBM}, "'1,090 kg' does not read as one quantity for range"),
        ({**RIGHT, "range": pint.Quantity(3, "s")}, {"thing": ICBM}, "3 seconds is no range"),
        ({**RIGHT, "range_km": 1090.0}, {"thing": ICBM}, "'range' and 'range_km' both give the range"),
        ({**RIGHT, "range": object()}, {"thing": ICBM}, "range is a object, not a text"),
        (7, {}, "int holds no values"),
        (RIGHT, {"thing": ICBM, "key": "id"}, "key and map are for the columns of a frame, and a dict is none"),
    ],
)
def test_values_that_are_none_are_one_clear_line(values: Any, options: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        assert_consistent(values, **options)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_fails(value: float) -> None:
    with pytest.raises(AssertionError, match=f"range is {value}, not a number"):
        assert_consistent({"range_km": value, "apogee_km": 1.0, "flight_time_s": 1.0}, thing=ICBM)


# ---------------------------------------------------------------------- the public face
def test_every_public_name_is_there() -> None:
    for name in checker.__all__:
        assert getattr(checker, name) is not None
        assert name in dir(checker)
    assert not hasattr(checker, "no_such_name")


def test_the_face_says_the_same_to_people_and_to_tools() -> None:
    """What type checkers and editors read, what is promised, and what is fetched are the same names."""
    tree = ast.parse(inspect.getsource(checker))
    typing_only = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.name for node in typing_only.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == set(checker.__all__) == checker._ROOMS.keys()


def test_check_is_the_function_whatever_was_imported_first() -> None:
    code = """
import copy, doctest, importlib, pickle, pydoc, sys, types
import checker
assert "pint" not in sys.modules

import checker.check
import checker.check as aliased
from checker.check import judge
from checker import check
assert isinstance(check, types.FunctionType)
assert check is checker.check is aliased
assert checker.check("3 km").figures
assert importlib.import_module("checker.check") is sys.modules["checker.check"]

assert pickle.loads(pickle.dumps(checker.check)) is check
assert pickle.loads(pickle.dumps(checker.check("3 km"))).figures == check("3 km").figures
shown = pydoc.plain(pydoc.render_doc(checker))
assert "assert_consistent(values" in shown and "check(text" in shown
assert doctest.testmod(checker).failed == 0

again = importlib.reload(checker)
assert again is checker and checker.check("3 km").figures and isinstance(checker.check, types.FunctionType)
importlib.reload(sys.modules["checker.check"])
assert isinstance(checker.check, types.FunctionType)

checker.check = None
assert checker.check is None
del checker.check
assert checker.check is check

names = {}
exec("from checker import *", names)
assert names["check"] is check and names["assert_consistent"] is checker.assert_consistent
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
