"""assert_consistent: what it takes, what it says, and that a test that tests nothing does not pass."""

from __future__ import annotations

import datetime
import subprocess
import sys
from typing import Annotated, Any

import attrs
import pint
import pytest

import checker
from checker import Unit, assert_consistent, read_figures

ICBM = "intercontinental ballistic missile"
WRONG = {"range": "1,090 km", "apogee": "6,248.5 km", "flight_time": "4,052 s"}
RIGHT = {**WRONG, "flight_time": "4,952 s"}


@attrs.frozen
class Flight:
    downrange: Annotated[float, Unit("km", role="range")]
    apogee: Annotated[float, Unit("km")]
    flight_time: Annotated[float, Unit("minute")]
    thing: str = ICBM
    remark: str = ""


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
        (
            {"range_km": 1090, "apogee (km)": 6248.5, "flight_time [minute]": 80.0},
            {"range_m": 1_090_000, "apogee (mile)": 3882.6, "flight_time_s": 4052.0},
        ),
        (
            {"range": pint.Quantity(1090, "km"), "apogee": "6,248.5 km", "flight_time": pint.Quantity(2, "hour")},
            {"range": pint.Quantity(1090, "km"), "apogee": "6,248.5 km", "flight_time": pint.Quantity(1, "hour")},
        ),
        (Flight(1090.0, 6248.5, 80.0), Flight(1090.0, 6248.5, 60.0)),
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


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_a_frame_is_checked_row_by_row(library: str) -> None:
    rows: dict[str, list[Any]] = {
        "range_km": [1090, 1090],
        "apogee_km": [6248.5, 6248.5],
        "flight_time_s": [4952.0, 4052.0],
    }
    frame = Framed(library, rows)
    with pytest.raises(AssertionError, match="row 1: 1,090 km"):
        assert_consistent(frame, thing=ICBM)
    assert_consistent(Framed(library, {**rows, "flight_time_s": [4952.0, None], "note": ["a", "b"]}), thing=ICBM)


class Framed:
    """What is asked of a polars or a pandas frame, without either."""

    def __init__(self, library: str, rows: dict[str, list[Any]]) -> None:
        self.columns = list(rows)
        self.rows = rows
        if library == "polars":
            self.to_dicts = lambda: self.to_dict(orient="records", missing=None)

    def to_dict(self, *, orient: str, missing: float | None = float("nan")) -> list[dict[str, Any]]:
        assert orient == "records"
        rows = [dict(zip(self.rows, row, strict=True)) for row in zip(*self.rows.values(), strict=True)]
        return [{name: missing if value is None else value for name, value in row.items()} for row in rows]


def test_many_failures_are_counted_and_a_few_told() -> None:
    with pytest.raises(AssertionError) as caught:
        assert_consistent([WRONG] * 8, thing=ICBM)
    told = str(caught.value).splitlines()
    assert told[0] == "8 checks are broken"
    assert told[-1] == "and 3 more"
    assert sum(line.startswith("row ") for line in told) == 5


@pytest.mark.parametrize(
    ("values", "options", "reason"),
    [
        (RIGHT, {}, "nothing was checked: the class of ballistic missile is not given"),
        ([], {}, "nothing was checked: no rule speaks of these values"),
        ({"apogee": "90 km"}, {"thing": ICBM, "frame": "ballistics.launch"}, "nothing was checked: no rule speaks"),
        ({"rnge": "1,090 km"}, {}, "'rnge' is no role: did you mean 'range'"),
        ({"range_parsecz": 3}, {}, "'range_parsecz' is no role"),
        (RIGHT, {"frame": "ballistics.lunch"}, "did you mean 'ballistics.launch'"),
        ({**RIGHT, "range": 1090.0}, {"thing": ICBM}, "range is a bare number: name it with its unit"),
        ({**RIGHT, "range": "1,090 kg"}, {"thing": ICBM}, "'1,090 kg' does not read as one quantity for range"),
        ({**RIGHT, "range": pint.Quantity(3, "s")}, {"thing": ICBM}, "3 seconds is no range"),
        ({**RIGHT, "range_km": 1090.0}, {"thing": ICBM}, "'range' and 'range_km' both give the range"),
        ({**RIGHT, "range": object()}, {"thing": ICBM}, "range is a object, not a text"),
        (7, {}, "int holds no values"),
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


def test_check_is_the_function_whatever_was_imported_first() -> None:
    code = """
import sys
import checker
assert "pint" not in sys.modules
import checker.check
from checker.check import judge
from checker import check
assert callable(check) and callable(checker.check) and check is checker.check, check
assert check("3 km").figures
"""
    subprocess.run([sys.executable, "-c", code], check=True)
