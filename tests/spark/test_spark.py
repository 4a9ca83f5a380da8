"""Tables on Spark in local mode, for real: the same frames give the same report as on DuckDB.

`.ci/run` runs these, with `figcheck[spark]` and a Java 17 or newer; plain `pytest` passes them over, as few have both.
"""

from __future__ import annotations

import csv
import os
import pathlib
import random
import re
import sys
from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from checker import check_table
from checker.batches import CHECKS, FIGURES, check_batch, extract_batch, schema
from checker.dataset import TableReport

ROOT = pathlib.Path(__file__).parent.parent.parent
COLUMNS = ("id", "range_km", "apogee_km", "flight_time_s", "class")
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    # Else Spark takes the first python3 that the shell knows, which need not have what this one has.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "2").config("spark.driver.memory", "1g").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def launches() -> list[tuple[str | None, ...]]:
    with (ROOT / "fixtures" / "launches.csv").open(encoding="utf-8", newline="") as stream:
        names = ("id", "range_km", "apogee_km", "flight_time_s", "reported_class")
        return [tuple(row[name] or None for name in names) for row in csv.DictReader(stream)]


def typed(count: int) -> list[tuple[Any, ...]]:
    """Rows of numbers, about one in five of them wrong or empty."""
    draw = random.Random(7)  # noqa: S311 - rows, not secrets
    rows = []
    for i in range(count):
        numbers = [draw.uniform(100, 6000), draw.uniform(20, 1500), draw.uniform(100, 2500)]
        cells = [None if draw.random() < 0.05 else round(number, draw.choice((0, 1))) for number in numbers]
        rows.append((f"r{i}", *cells, draw.choice(("SRBM", "MRBM", "IRBM", "ICBM", "cruise missile", "rocket", None))))
    return rows


def on_duckdb(rows: list[tuple[Any, ...]], kind: str) -> TableReport:
    connection = duckdb.connect()
    typed_columns = ", ".join(f'"{name}" {kind if name not in ("id", "class") else "VARCHAR"}' for name in COLUMNS)
    connection.execute(f"CREATE TABLE t ({typed_columns})")
    connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", rows)
    return check_table(connection.sql("SELECT * FROM t"), key="id", limit=10_000)


def on_spark(spark: Any, rows: list[tuple[Any, ...]], kind: str) -> TableReport:
    schema = ", ".join(f"`{name}` {kind if name not in ('id', 'class') else 'string'}" for name in COLUMNS)
    return check_table(spark.createDataFrame(rows, schema), key="id", limit=10_000)


@pytest.mark.parametrize(
    ("rows", "here", "there"), [(launches(), "VARCHAR", "string"), (typed(500), "DOUBLE", "double")]
)
def test_spark_reports_what_duckdb_does(spark: Any, rows: list[tuple[Any, ...]], here: str, there: str) -> None:
    expected, got = on_duckdb(rows, here), on_spark(spark, rows, there)
    assert got.tallies == expected.tallies
    assert sum(tally.judged for tally in got.tallies) > 50
    told = [{(f.key, f.check.rule, f.check.message) for f in report.found} for report in (got, expected)]
    assert told[0] == told[1]


def test_columns_are_told_apart_by_case_and_may_have_any_name(spark: Any) -> None:
    rows = [("a", 1090.0, 1.0, 6248.5, 1052.0, "ICBM", 0), ("b", 1090.0, 2.0, 6248.5, 4352.0, "ICBM", 0)]
    names = ("id", "range_km", "RANGE_KM", "apogee_km", "flight_time_s", "class", "a.`b")
    frame = spark.createDataFrame(rows).toDF(*names)
    report = check_table(frame, key="id", frame="ballistics.launch", map={"range": "range_km:km"})
    assert [found.key for found in report.findings if found.check.level == "error"] == ["a"]


def test_the_frame_is_not_collected(spark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyspark.sql.classic.dataframe import DataFrame

    collected: list[int] = []
    collect = DataFrame.collect
    monkeypatch.setattr(DataFrame, "collect", lambda self: collected.append(len(rows := collect(self))) or rows)
    report = on_spark(spark, typed(2000), "double")
    assert report.rows == 2000
    assert max(collected) <= max(tally.broken for tally in report.tallies)


def test_texts_are_read_and_checked_where_they_are(spark: Any) -> None:
    wrong = "The missiles travelled 1,500 kilometres (832 miles) in the test."
    articles = [path.read_text() for path in sorted((ROOT / "fixtures" / "articles").glob("*.txt"))]
    texts = [(i, text) for i, text in enumerate([*articles, wrong, None])]
    frame = spark.createDataFrame(texts, "id int, text string").repartition(3)
    for work, columns in ((extract_batch, FIGURES), (check_batch, CHECKS)):
        rows = frame.mapInArrow(lambda batches, work=work: map(work, batches), schema(columns)).collect()
        here = work(pa.RecordBatch.from_pylist([{"id": i, "text": text} for i, text in texts])).to_pylist()
        assert len(here) > 5
        assert sorted(map(repr, (row.asDict() for row in rows))) == sorted(map(repr, here))


def test_the_cluster_form_of_the_readme_runs_on_texts(spark: Any, tmp_path: pathlib.Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    (shown,) = (block for block in blocks if "mapInArrow" in block)
    spark.createDataFrame([("a", "It is 5 km away.")], "id string, text string").write.parquet(str(tmp_path / "texts"))
    names: dict[str, Any] = {"spark": spark}
    exec(shown.replace("s3://bucket/articles", str(tmp_path / "texts")), names)  # noqa: S102 - our own README
    assert [row.text for row in names["figures"].collect()] == ["5 km"]


def test_the_cluster_form_of_the_readme_runs(spark: Any, tmp_path: pathlib.Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    (shown,) = (block for block in blocks if "SparkSession" in block)
    schema = "id string, range_km double, apogee_km double, flight_time_s double, class string"
    rows = [("a", 900.0, 310.0, 620.0, "SRBM"), ("b", 1500.0, 420.0, 940.0, "MRBM")]
    spark.createDataFrame(rows, schema).write.parquet(str(tmp_path / "launches"))
    assert "s3://bucket/launches" in shown
    names: dict[str, Any] = {}
    exec(shown.replace("s3://bucket/launches", str(tmp_path / "launches")), names)  # noqa: S102 - our own README
    assert names["report"].rows == 2
    assert names["report"].checked
