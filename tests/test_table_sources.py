"""Datasets as the world hands them over: each gives a right result or one clear line, and never half a report."""

from __future__ import annotations

import csv
import gzip
import io
import os
import pathlib
import signal
import sqlite3
import threading
import time

import attrs
import duckdb
import polars as pl
import pytest
from growth import QUADRATIC, growth
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker import check_table, load_rules
from checker.dataset import TableReport, UnusableTable
from checker.tables import interruption
from checker.tables.judging import Wanted, judge_table
from checker.tables.layout import read_mapping
from checker.tables.sources import opened

ABOVE = "ballistics/range-above-class"
RULES = attrs.evolve(load_rules(), rules=tuple(rule for rule in load_rules().rules if rule.id == ABOVE))
HEAD = "id,class,range_km\n"
ROWS = "a,SRBM,3000\nb,SRBM,300\nc,SRBM,4000\n"
"""The first and the last row break the rule."""


def report(path: pathlib.Path, *maps: str, table: str | None = None, key: str | None = "id") -> TableReport:
    with opened(path, table) as data:
        asked = tuple(read_mapping(text, list(data.columns)) for text in maps)
        return judge_table(data, RULES, Wanted("ballistics.launch", asked, key))


def written(folder: pathlib.Path, text: str | bytes, name: str = "x.csv") -> pathlib.Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def lines(found: TableReport) -> list[tuple[str | None, int | None]]:
    """The keys of the rows that break the rule, with their physical lines."""
    return [(one.key, one.line) for one in found.found]


def why_not(path: pathlib.Path, *maps: str, table: str | None = None, key: str | None = "id") -> str:
    with pytest.raises(UnusableTable) as raised:
        report(path, *maps, table=table, key=key)
    told = str(raised.value)
    assert "\n" not in told
    return told.removeprefix(f"{path}: ")


# ---------------------------------------------------------------- texts of every kind
@pytest.mark.parametrize(
    "text",
    [
        HEAD + ROWS,
        "\ufeff" + HEAD + ROWS,
        (HEAD + ROWS).replace("\n", "\r\n"),
        (HEAD + ROWS).replace("\n", "\r"),
        HEAD + ROWS.replace("3000\n", "3000\r\n"),
        (HEAD + ROWS).replace(",", ";"),
        (HEAD + ROWS).replace(",", "\t"),
        (HEAD + ROWS).replace(",", "|"),
        (HEAD + ROWS).rstrip("\n"),
        "id, class, range_km\n" + ROWS.replace(",", ", "),
        "id,class,x,range_km,x\n" + ROWS.replace("SRBM,", "SRBM,0,").replace("00\n", "00,1\n"),
        'id,class,range_km,"x""; DROP TABLE rows_of_file; --"\n' + ROWS.replace("00\n", "00,1\n"),
        (HEAD + ROWS).encode("utf-16"),
        gzip.compress((HEAD + ROWS).encode(), mtime=0),
    ],
    ids=[
        "plain", "mark", "crlf", "cr", "mixed ends", "semicolons", "tabs", "bars", "no last end", "spaces",
        "names twice", "sql", "utf-16", "gzip",
    ],
)  # fmt: skip
def test_a_text_is_read_however_it_is_written(tmp_path: pathlib.Path, text: str | bytes) -> None:
    found = report(written(tmp_path, text))
    assert (found.rows, found.damage) == (3, ())
    assert lines(found) == [("a", 2), ("c", 4)]


def test_decimal_commas(tmp_path: pathlib.Path) -> None:
    text = "id;class;range_km\na;SRBM;900,5\nb;SRBM;1.900,5\nc;SRBM;1000000,5\n"
    assert lines(report(written(tmp_path, text))) == [("b", 3), ("c", 4)]
    assert lines(report(written(tmp_path, HEAD + 'a,SRBM,"900,5"\nb,SRBM,"1900,5"\n'))) == [("b", 3)]


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: pathlib.Path) -> None:
    text = HEAD + '"a\nb",SRBM,300\n\n"c\n\nd",SRBM,3000\n\n\ne,SRBM,"4000"\n'
    for end in ("\n", "\r\n", "\r"):
        assert lines(report(written(tmp_path, text.replace("\n", end))))[0][1] == 5
        assert lines(report(written(tmp_path, text.replace("\n", end))))[1] == ("e", 10)


cells = st.text(st.sampled_from('a," \n;|'), max_size=5)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(cells, st.sampled_from(["3000", "300"])), min_size=1, max_size=6), st.sampled_from(",;|"))
def test_the_line_told_is_that_of_the_row(tmp_path: pathlib.Path, rows: list[tuple[str, str]], separator: str) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator="\n")
    writer.writerow(["id", "class", "range_km"])
    expected = []
    for note, distance in rows:
        if distance == "3000":
            expected.append(stream.getvalue().count("\n") + 1)
        writer.writerow([f"x{note}", "SRBM", distance])
    assert [line for _, line in lines(report(written(tmp_path, stream.getvalue())))] == expected


@pytest.mark.parametrize("name", ["we'ird [x] *?.csv", "a b;c.csv", "ünï.CSV", "$(x) %s {0}.csv"])
def test_file_names_hold_anything(tmp_path: pathlib.Path, name: str) -> None:
    assert lines(report(written(tmp_path, HEAD + ROWS, name))) == [("a", 2), ("c", 4)]
    assert (tmp_path / "x.csv").exists() is False


def test_ten_thousand_columns_cost_no_more_than_their_share(tmp_path: pathlib.Path) -> None:
    def work(columns: int) -> None:
        names = ",".join(f"other{i}" for i in range(columns))
        text = f"id,class,{names},range_km\n" + "".join(f"{i},SRBM,{'1,' * columns}3000\n" for i in range(20))
        assert len(report(written(tmp_path, text, f"{columns}.csv")).found) == 20

    assert growth(work, 1_250) < QUADRATIC


# ---------------------------------------------------------------- damage is told
def test_ragged_rows_are_left_out_and_told(tmp_path: pathlib.Path) -> None:
    found = report(written(tmp_path, HEAD + "a,SRBM,3000\nb,SRBM\nc,SRBM,1,2\nd,SRBM,4000\n"))
    assert lines(found) == [("a", 2), ("d", 5)]
    assert found.damage == (
        "line 3 was left out: not 3 fields: b,SRBM",
        "line 4 was left out: not 3 fields: c,SRBM,1,2",
    )


def test_much_damage_is_counted(tmp_path: pathlib.Path) -> None:
    assert report(written(tmp_path, HEAD + "b,SRBM\n" * 9 + ROWS)).damage[5:] == ("and 4 more lines",)


def test_an_open_quote_and_a_line_without_end(tmp_path: pathlib.Path) -> None:
    assert "unterminated quote" in report(written(tmp_path, HEAD + ROWS + '"d,SRBM,3000\n')).damage[0]
    assert "Maximum line size" in report(written(tmp_path, HEAD + ROWS + "x" * 17_000_000 + ",SRBM,3\n")).damage[0]


def test_a_long_line_is_read(tmp_path: pathlib.Path) -> None:
    found = report(written(tmp_path, HEAD + "x" * 2_000_000 + ",SRBM,300\n" + ROWS))
    assert lines(found) == [("a", 3), ("c", 5)]


# ---------------------------------------------------------------- one clear line
@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("x.csv", "", "the file is empty"),
        ("x.csv", "\n\n", "the file is empty"),
        ("x.csv", HEAD + "\0\0\0\n", "line 2 holds a NUL character: the file is damaged, or no text in UTF-8"),
        ("x.csv", (HEAD + ROWS).encode("utf-16-le"), "line 1 holds a NUL character"),
        ("x.csv", (HEAD + ROWS + "é,SRBM,3\n").encode("latin-1"), "line 5 is not UTF-8; save the file as UTF-8"),
        ("x.csv.gz", gzip.compress((HEAD + ROWS).encode(), mtime=0)[:-9], "the compressed file is damaged"),
        ("x.csv", "id,class,length_km\n" + ROWS, "no column gives the range of ballistics.launch; name it so"),
        ("x.csv", "id,class,range (kg)\n" + ROWS, "column 'range (kg)': 'kg' is no unit of the range"),
        ("x.csv", "id,range_mi,range_km\n1,2,3\n", "several columns give the range of ballistics.launch"),
        ("x.csv", "id,range_km,range_km\n1,2,3\n", "two columns are named 'range_km'"),
        ("x.csv", "id,range_km,Range_KM\n1,2,3\n", "several columns give the range"),
        ("x.csv", "name,class,range_km\n1,2,3\n", "there is no column 'id' for the key"),
        ("x.xlsx", "PK", "an Excel workbook; save the sheet as CSV"),
        ("x.json", "[]", "a JSON document; write one object a line, to a file that ends in .jsonl"),
        ("x.png", "PNG", "tables are read from .csv, .tsv, .txt, .jsonl"),
        ("x.parquet.gz", "?", "tables are read from .csv"),
        ("x.db", "no database", "not a database that can be read, whatever its name says"),
        ("x.db", b"SQLite format 3\0" + bytes(100), "file is not a database"),
        ("x.parquet", "", "File '"),
        ("x.parquet", "PAR1 and no more, or what a copy that failed leaves", "No magic bytes"),
        ("x.jsonl", "", "the file is empty"),
        ("x.jsonl", "[1]\n2\n", "no line of it is an object in JSON"),
        ("x.jsonl", '{"id": 1, "Range_km": 3, "range_km": 3}\n', "several columns give the range"),
    ],
)
def test_what_cannot_be_read_is_one_line(tmp_path: pathlib.Path, name: str, text: str | bytes, told: str) -> None:
    assert why_not(written(tmp_path, text, name)).startswith(told)


def test_what_is_no_file_is_one_line(tmp_path: pathlib.Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    assert why_not(tmp_path / "folder.csv") == "a directory; name a file"
    assert why_not(tmp_path / "pipe.csv") == "no file that can be read more than once; write it to one first"
    assert why_not(tmp_path / "none.csv") == "there is no such file"
    assert "standard input" in why_not(pathlib.Path("-"))


def test_a_mapping_of_the_wrong_dimension(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path, "id,class,dist\n" + ROWS)
    assert why_not(path, "range=dist:kg") == "column 'dist': 'kg' is no unit of the range of ballistics.launch"
    assert "did you mean 'dist'?" in why_not(path, "range=dits:km")
    assert lines(report(path, "range=dist:km")) == [("a", 2), ("c", 4)]


# ---------------------------------------------------------------- values
def test_no_number_is_no_figure(tmp_path: pathlib.Path) -> None:
    found = report(written(tmp_path, HEAD + "a,SRBM,nan\nb,SRBM,inf\nc,SRBM,-inf\nd,SRBM,\ne,SRBM,3000\n"))
    assert lines(found) == [("e", 6)]
    [use] = [use for use in found.columns if use.role == "range"]
    assert use.unread == 3


def test_json_lines_of_mixed_types(tmp_path: pathlib.Path) -> None:
    values = ["3000", '"about 4000"', "true", "[3000]", "null", '{"a": 1}', "NaN", "300", "3000.5", '"nothing"']
    text = "".join(f'{{"id": {i}, "class": "SRBM", "range_km": {value}}}\n' for i, value in enumerate(values))
    found = report(written(tmp_path, text + '\n{"id": 99, "class": "SRBM"}\n', "x.jsonl"))
    assert lines(found) == [("0", 1), ("1", 2), ("8", 9)]
    assert found.rows == len(values) + 1


def test_json_lines_that_are_none_are_left_out_and_told(tmp_path: pathlib.Path) -> None:
    good = '{"id": "a", "class": "SRBM", "range_km": 3000}\n'
    found = report(written(tmp_path, "\ufeff" + good + '{"id": \n\n7\n{"id": 1, "id": 2}\n' + good, "x.jsonl"))
    assert lines(found) == [("a", 1), ("a", 6)]
    assert [damage.split(" was left out: ")[0] for damage in found.damage] == ["line 2", "line 4", "line 5"]


def test_keys_of_json_hold_anything(tmp_path: pathlib.Path) -> None:
    text = '{"id": 1, "class": "SRBM", "a/b~c\\"d\'e": 3000}\n'
    assert lines(report(written(tmp_path, text, "x.ndjson"), "range=a/b~c\"d'e:km")) == [("1", 1)]


def test_numbers_that_no_integer_holds(tmp_path: pathlib.Path) -> None:
    text = '{"id": 1, "class": "SRBM", "range_km": 18446744073709551615}\n{"id": 2, "class": "SRBM", "range_km": 3}\n'
    assert lines(report(written(tmp_path, text, "x.jsonl"))) == [("1", 1)]


# ---------------------------------------------------------------- Parquet and databases
SELECT = "SELECT * FROM (VALUES ('a', 'SRBM', {}), ('b', 'SRBM', {}), ('c', 'SRBM', {})) AS t(id, class, range_km)"


@pytest.mark.parametrize("kind", ["DOUBLE", "FLOAT", "BIGINT", "USMALLINT", "DECIMAL(10, 2)", "HUGEINT", "VARCHAR"])
def test_parquet_of_every_type(tmp_path: pathlib.Path, kind: str) -> None:
    values = [f"{number}::{kind}" for number in (3000, 300, 4000)]
    path = tmp_path / "x.parquet"
    duckdb.connect().execute(f"COPY ({SELECT.format(*values)}) TO '{path}'")
    found = report(path)
    assert [(one.key, one.row, one.line) for one in found.found] == [("a", 1, None), ("c", 3, None)]


def test_parquet_without_rows_and_cut_short(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.parquet"
    duckdb.connect().execute(f"COPY ({SELECT.format(1.5, 1.5, 1.5)} WHERE false) TO '{path}'")
    assert (report(path).rows, report(path).checked) == (0, 0)
    duckdb.connect().execute(
        f"COPY (SELECT i AS id, 'SRBM' AS class, i * 1.5 AS range_km FROM range(9999) t(i)) TO '{path}'"
    )
    whole = path.read_bytes()
    for cut in (len(whole) // 2, len(whole) - 3):
        assert why_not(written(tmp_path, whole[:cut], "cut.parquet")).startswith("No magic bytes")
    wrong = whole[:2000] + b"\xff" * 9000 + whole[11000:]
    assert why_not(written(tmp_path, wrong, "wrong.parquet"))


def test_a_column_that_holds_no_figures(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.parquet"
    for value in ("true", "[3000]", "{'a': 1}"):
        duckdb.connect().execute(f"COPY ({SELECT.format(value, value, value)}) TO '{path}'")
        assert "which holds no figure" in why_not(path)


def test_databases(tmp_path: pathlib.Path) -> None:
    name = 'odd "name"; --'
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        connection.execute(f'CREATE TABLE "odd ""name""; --" AS {SELECT.format(3000, 300, 4000)}')
    with sqlite3.connect(tmp_path / "x.db") as theirs:
        theirs.execute('CREATE TABLE "odd ""name""; --" (id, class, range_km)')
        theirs.executemany(
            'INSERT INTO "odd ""name""; --" VALUES (?, ?, ?)',
            [
                ("a", "SRBM", 3000),
                ("b", "SRBM", "about 300"),
                ("c", "SRBM", 4000.5),
                ("d", "SRBM", b"\0"),
                ("e", 1, None),
            ],
        )
    theirs.close()
    for file in ("x.duckdb", "x.db"):
        found = report(tmp_path / file)
        assert found.name == f"{tmp_path / file}:{name}"
        assert [(one.key, one.row) for one in found.found] == [("a", 1), ("c", 3)]
        assert why_not(tmp_path / file, table="other") == f"there is no table 'other'; there are {name}"
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        connection.execute("CREATE TABLE other (i INTEGER)")
    assert why_not(tmp_path / "x.duckdb").endswith(f"it holds {name}, other; choose one with --table")
    assert len(report(tmp_path / "x.duckdb", table=name).found) == 2
    assert "only a database" in why_not(written(tmp_path, HEAD + ROWS), table="t")


# ---------------------------------------------------------------- interruption
def test_an_interruption_reaches_the_engine() -> None:
    told = threading.Event()

    def interrupted() -> None:
        with interruption.ends(told.set):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert told.wait(5)


def test_another_thread_has_no_signals_to_listen_to() -> None:
    done = []

    def work() -> None:
        with interruption.ends(lambda: None):
            done.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [1]


@pytest.mark.parametrize("cells", [("0.05", "0.25", "-0.2"), ("0.05", "", "1.0")])
def test_shares_under_the_name_of_percent_are_asked_about(tmp_path: pathlib.Path, cells: tuple[str, ...]) -> None:
    rows = zip((1200, 80, 50), (1260, 100, 40), cells, strict=True)
    path = written(tmp_path, "old,new,change_pct\n" + "".join(f"{o},{n},{c}\n" for o, n, c in rows))
    with pytest.raises(UnusableTable, match=r"named for percent and holds nothing above 1.*--map change=change_pct:%"):
        check_table(path)
    with pytest.raises(UnusableTable, match="named for percent"):
        check_table(pl.DataFrame({"old": [80.0], "new": [100.0], "change_pct": [0.25]}))
    assert check_table(path, map=["change=change_pct:%"]).broken("error")
    assert check_table(written(tmp_path, "old,new,change_pct\n1200,1260,5.0\n80,80.4,0.5\n")).checked == 2
