"""A program's own tables: the same data is told the same, whatever library holds it."""

from __future__ import annotations

import datetime
import decimal
import pathlib
from collections.abc import Callable
from typing import Any

import attrs
import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest

import checker
from checker import TableReport, UnusableTable, load_rules
from checker.tables import inputs

FIXTURES = pathlib.Path(__file__).parent.parent / "fixtures"
FREE_FALL = "ballistics/shorter-than-free-fall"
DATA: dict[str, list[Any]] = {
    "id": ["a", "b", "c", "d", "e"],
    "range_km": [1090.0, 989.0, None, 1090.5, 400.0],
    "apogee_km": [6248.5, 5768.5, 1000.0, 6248.0, 300.0],
    "flight_time_s": [1052, 4015, 500, 1000, 600],
    "class": ["ICBM", "ICBM", "ICBM", "IRBM", "no such thing"],
}
TEXTS = {**DATA, "flight_time_s": ["1,052", "about 4,015", "n/a", "1,000 s", "600"]}
DAYS = {"weekday": ["Monday", "Tuesday"], "date": [datetime.date(2025, 1, 6)] * 2}


RULES = attrs.evolve(
    load_rules(),
    rules=tuple(
        rule
        for rule in load_rules().rules
        if rule.id in (FREE_FALL, "ballistics/range-below-class", "calendar/weekday-off-date")
    ),
)


def check_table(data: Any, **wanted: Any) -> TableReport:
    """The report by a few rules, which suffice for what differs between frames."""
    return checker.check_table(data, rules=RULES, **wanted)


def _parquet(data: dict[str, list[Any]], folder: pathlib.Path) -> pathlib.Path:
    pyarrow.parquet.write_table(pa.table(data), folder / "rows.parquet")
    return folder / "rows.parquet"


def _relation(data: dict[str, list[Any]], _: pathlib.Path) -> Any:
    rows = pa.table(data)  # noqa: F841 - DuckDB finds it by its name
    return duckdb.connect().sql("SELECT * FROM rows")


KINDS: dict[str, Callable[[dict[str, list[Any]], pathlib.Path], Any]] = {
    "polars": lambda data, _: pl.DataFrame(data),
    "polars, planned": lambda data, _: pl.LazyFrame(data),
    "pandas": lambda data, _: pd.DataFrame(data),
    "Arrow": lambda data, _: pa.table(data),
    "Arrow, a batch": lambda data, _: pa.table(data).to_batches()[0],
    "DuckDB": _relation,
    "narwhals": lambda data, _: nw.from_native(pl.DataFrame(data)),
    "narwhals, planned": lambda data, _: nw.from_native(pl.LazyFrame(data)),
    "a path": _parquet,
    "a path as text": lambda data, folder: str(_parquet(data, folder)),
}


def told(report: TableReport) -> dict[str, Any]:
    """What a report says, but for the table's name and the places of rows, which not every table has."""
    found = [attrs.evolve(one, row=None, line=None) for one in report.found]
    return {**attrs.evolve(report, name="rows", found=tuple(found)).to_dict(), "notes": len(report.found)}


@pytest.mark.parametrize("data", [DATA, TEXTS], ids=["numbers", "texts"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_frame_is_told_alike(kind: str, data: dict[str, list[Any]], tmp_path: pathlib.Path) -> None:
    expected = check_table(pl.DataFrame(data), key="id")
    (tally,) = (t for t in expected.tallies if t.rule == FREE_FALL)
    assert (tally.broken, tally.consistent) == (2, 1)
    assert [f.key for f in expected.findings if f.check.rule == FREE_FALL] == ["a", "d"]
    assert told(check_table(KINDS[kind](data, tmp_path), key="id")) == told(expected)


@pytest.mark.parametrize("kind", ["polars", "pandas", "Arrow", "narwhals", "a path"])
def test_rows_that_have_an_order_are_numbered_from_1(kind: str, tmp_path: pathlib.Path) -> None:
    report = check_table(KINDS[kind](DATA, tmp_path))
    assert [f.row for f in report.findings if f.check.rule == FREE_FALL] == [1, 4]


def test_rows_without_an_order_are_told_by_their_key() -> None:
    data = {name: [*values, *values] for name, values in DATA.items()}
    data["id"] = ["r", "q", "p", "o", "n", "m", "l", "k", "j", "i"]
    report = check_table(_relation(data, pathlib.Path()), key="id", limit=3)
    assert [f.key for f in report.findings if f.check.rule == FREE_FALL] == ["j", "m", "o"]


def test_a_file_of_texts_is_judged_alike_by_duckdb_and_by_polars() -> None:
    path = FIXTURES / "launches.csv"
    assert told(check_table(pl.read_csv(path, infer_schema=False), key="id")) == told(check_table(path, key="id"))


def test_mappings_say_what_columns_hold() -> None:
    renamed = pl.DataFrame(DATA).rename({"range_km": "distance"})
    expected = check_table(pl.DataFrame(DATA), key="id")
    for mapped in ({"range": "distance:km"}, ["range=distance:km"]):
        assert check_table(renamed, map=mapped, key="id").tallies == expected.tallies


@pytest.mark.parametrize(
    "change",
    [
        lambda f: f.astype({"flight_time_s": "Int64", "range_km": "Float64"}),
        lambda f: f.astype({"flight_time_s": "float64"}),
        lambda f: f.astype(object),
        lambda f: f.astype({"class": "category", "flight_time_s": "category"}),
        lambda f: f.astype({"class": "string"}),
        lambda f: f.assign(range_km=[None if v is None else decimal.Decimal(str(v)) for v in DATA["range_km"]]),
        lambda f: f.set_index("id", drop=False),
        lambda f: f.iloc[[0, 1, 2, 3, 4]].set_axis([7, 7, 7, 8, 9]),
    ],
    ids="Int64 float64 object category string decimals index repeated-index".split(),
)
def test_what_pandas_keeps_otherwise_is_told_alike(change: Callable[[Any], Any]) -> None:
    expected, got = (check_table(frame, key="id") for frame in (pd.DataFrame(DATA), change(pd.DataFrame(DATA))))
    assert got.tallies == expected.tallies
    assert [f.check.message for f in got.found] == [f.check.message for f in expected.found]


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame(TEXTS).with_columns(pl.col("class", "flight_time_s").cast(pl.Categorical)),
        pl.DataFrame(TEXTS).with_columns(pl.col("class").cast(pl.Enum(sorted(set(TEXTS["class"]))))),
        pa.table({**TEXTS, "flight_time_s": pa.array(TEXTS["flight_time_s"]).dictionary_encode()}),
        pd.DataFrame(TEXTS).astype({"class": "category", "flight_time_s": "category"}),
    ],
    ids=["polars categories", "polars enum", "Arrow dictionary", "pandas categories"],
)
def test_texts_kept_as_codes_are_read_as_texts(frame: Any) -> None:
    assert check_table(frame, key="id").tallies == check_table(pl.DataFrame(TEXTS), key="id").tallies


def test_a_column_of_numbers_and_texts_is_read_as_it_prints() -> None:
    frame = pd.DataFrame({**DATA, "flight_time_s": [1052, "4,015 s", None, 1000.0, float("nan")]})
    report = check_table(frame, key="id")
    (use,) = (use for use in report.columns if use.column == "flight_time_s")
    assert (use.resolution, use.unread) == ("each number's own digits", 0)
    assert [f.key for f in report.findings if f.check.rule == FREE_FALL] == ["a", "d"]


def test_what_is_no_number_is_counted_as_unread() -> None:
    data = {**DATA, "range_km": [float("inf"), float("nan"), None, 1090.5, float("-inf")]}
    (use,) = (use for use in check_table(pl.DataFrame(data)).columns if use.column == "range_km")
    assert (use.unread, use.example) == (3, "nan or infinite")
    # In pandas a NaN is a missing value, which is nothing to tell of.
    (use,) = (use for use in check_table(pd.DataFrame(data)).columns if use.column == "range_km")
    assert use.unread == 2


@pytest.mark.parametrize("kind", ["polars", "polars, planned", "pandas", "Arrow"])
def test_names_that_differ_in_case_alone_are_two_columns(kind: str, tmp_path: pathlib.Path) -> None:
    data = {**DATA, "RANGE_KM": [1.0] * 5, "ID": [0] * 5}
    with pytest.raises(UnusableTable, match=r"several columns give the range of .*: 'range_km', 'RANGE_KM'"):
        check_table(KINDS[kind](data, tmp_path))
    report = check_table(KINDS[kind](data, tmp_path), map={"range": "range_km"}, key="id")
    assert told(report) == told(check_table(pl.DataFrame(DATA), map={"range": "range_km"}, key="id"))


def test_a_column_may_have_any_name() -> None:
    odd = {"figcheck_number": [1] * 5, "figcheck_row": [2] * 5, 'x"; DROP TABLE rows; --': [3] * 5, "a.b": [4] * 5}
    for kind in ("polars", "pandas", "Arrow", "DuckDB"):
        report = check_table(KINDS[kind]({**DATA, **odd}, pathlib.Path()), key="id")
        assert told(report) == told(check_table(pl.DataFrame(DATA), key="id"))


def test_dates_are_days_whatever_their_type() -> None:
    frames = [
        pl.DataFrame(DAYS),
        pl.DataFrame(DAYS).with_columns(pl.col("date").cast(pl.Datetime)),
        pd.DataFrame({**DAYS, "date": pd.to_datetime(["2025-01-06"] * 2)}),
        pd.DataFrame(DAYS),
        pa.table(DAYS),
        pl.DataFrame({**DAYS, "date": ["2025-01-06"] * 2}),
    ]
    for frame in frames:
        (found,) = check_table(frame).findings
        assert (found.row, found.check.rule) == (2, "calendar/weekday-off-date")


@pytest.mark.parametrize("kind", ["polars", "pandas", "Arrow", "DuckDB"])
def test_a_table_without_rows_is_told_as_one(kind: str, tmp_path: pathlib.Path) -> None:
    frame = KINDS[kind](DATA, tmp_path)
    none = frame.filter("id = 'z'") if kind == "DuckDB" else frame[:0]
    report = check_table(none)
    assert (report.rows, report.checked, report.found) == (0, 0, ())
    assert {tally.rule for tally in report.tallies} == {t.rule for t in check_table(frame).tallies}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (None, "a NoneType is no table; give a polars, pandas, Arrow, DuckDB or Spark frame"),
        (DATA, "a dict is no table"),
        (pl.Series("range_km", [1.0]), "a Series is no table"),
        (pd.DataFrame(), "it has no columns"),
        (pl.DataFrame(), "it has no columns"),
        (pd.DataFrame([[1, 2]], columns=["range_km", "range_km"]), "two columns are named 'range_km'"),
        (pd.DataFrame([[1, 2]], columns=[1, "1"]), "two columns are named '1'"),
        (pl.DataFrame({**DATA, "range_km": [True] * 5}), "column 'range_km' is of type Boolean, which holds no figure"),
        (pl.DataFrame({**DATA, "range_km": [[1]] * 5}), "column 'range_km' is of type List"),
        (pl.DataFrame({"a": [1]}), "no column is named for a role with its unit"),
        ("no/such/rows.csv", "no/such/rows.csv: there is no such file"),
    ],
    ids=str,
)
def test_what_is_no_table_is_told_in_a_line(given: Any, why: str) -> None:
    with pytest.raises(UnusableTable) as told_:
        check_table(given)
    assert str(told_.value).startswith(why)
    assert "\n" not in str(told_.value)


def test_texts_that_are_read_one_by_one_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "MOST_TEXTS", 4)
    with pytest.raises(UnusableTable, match="column 'range_km' holds more than 4 different texts that are no numbers"):
        check_table(pl.DataFrame({**DATA, "range_km": ["about 1", "about 2", "about 3", "some", "text"]}))
    assert check_table(pl.DataFrame({**DATA, "range_km": ["about 1", "2", "3", "some", "text"]})).checked
