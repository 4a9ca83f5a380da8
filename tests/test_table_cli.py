"""`figcheck table` as its users meet it: what is printed, where, what is let pass, and the exit code."""

from __future__ import annotations

import importlib.util
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
from typing import Any
from xml.etree import ElementTree as ET

import duckdb
import jsonschema
import pytest
from typer.testing import CliRunner, Result

from checker import cli

ROOT = pathlib.Path(__file__).parent.parent
LAUNCHES = ROOT / "fixtures" / "launches.csv"
SCHEMA = json.loads((ROOT / "tests" / "data" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
COMMAND = (sys.executable, "-m", "checker")
QUICK = ("--select", "ballistics/range-above-class", "--frame", "ballistics.launch", "--key", "id")
"""One rule, for a rule's columns take a while to compile."""
ABOVE = "ballistics/range-above-class"

DATA = """\
id,class,range_km,apogee (km),flight_time [s],note
A1,ICBM,930,2800,1200,"two
lines"
A2,SRBM,1900,300,600,
A3,ICBM,"about 1,000",4500,47 minutes,
A4,MRBM,989,oops,4002,
A5,IRBM,more than 6000,,,
A6,SRBM,3000,nan,,
A7,SRBM,250,50,300,
"""


def figcheck(*arguments: object, width: int = 80) -> Result:
    return CliRunner(env={"COLUMNS": str(width)}).invoke(cli.app, ["table", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.csv").write_text(DATA)
    (tmp_path / "right.csv").write_text("id,class,range_km\nR1,SRBM,300\n")
    return tmp_path


def many(folder: pathlib.Path, count: int, name: str = "many.csv") -> pathlib.Path:
    path = folder / name
    path.write_text("id,class,range_km\n" + "".join(f"K{i},SRBM,{2000 + i}\n" for i in range(count)))
    return path


# ---------------------------------------------------------------- the report
def test_the_shipped_launches() -> None:
    done = figcheck(LAUNCHES, "--key", "id")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "\nreported_class  class              names of classes\n" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("101 rows, 9 rules: ")
    assert ", 0 flagged, " in done.stdout.splitlines()[-1]


def test_the_console_report(folder: pathlib.Path) -> None:
    done = figcheck("data.csv", *QUICK)
    assert done.exit_code == 1
    assert folder.is_dir()
    assert (
        done.stdout
        == f"""\
data.csv, 7 rows

column    read as  unit  resolution
range_km  range    km    each number's own digits
class     class          names of classes

warning: 1900 km is more than the 1,000 km that its class, short-range ballistic
         missile, can reach
 --> data.csv:4 [A2] {ABOVE}
   | range_km 1900 km
   = range: 1900 km; short-range ballistic missile: at most 1,000 km

warning: 6000 km is more than the 5,500 km that its class, intermediate-range
         ballistic missile, can reach
 --> data.csv:7 [A5] {ABOVE}
   | range_km 6000 km
   = range: 6000 km; intermediate-range ballistic missile: at most 5,500 km

warning: 3000 km is more than the 1,000 km that its class, short-range ballistic
         missile, can reach
 --> data.csv:8 [A6] {ABOVE}
   | range_km 3000 km
   = range: 3000 km; short-range ballistic missile: at most 1,000 km

rule                          broken  consistent  unchecked
ballistics/range-above-class       3           4          0

7 rows, 1 rule: 7 checked, 3 flagged, 0 unchecked
"""
    )


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_no_line_is_wider_than_the_page(folder: pathlib.Path, width: int) -> None:
    many(folder, 3, "a-long-name-of-a-file-" * 3 + ".csv")
    for name in ("data.csv", *(path.name for path in folder.glob("a-long*"))):
        told = figcheck(name, "--key", "id", "--frame", "ballistics.launch", "--notes", "--verbose", width=width).stdout
        # The name of a file stands in one line, so that it can be clicked on; and the columns of the tables stay apart.
        lines = [line for line in told.splitlines() if name not in line and "unchecked" not in line]
        assert max(map(len, lines)) <= max(width, 60)


def test_rows_are_limited_and_counted(folder: pathlib.Path) -> None:
    many(folder, 50)
    done = figcheck("many.csv", *QUICK)
    assert done.stdout.count(" --> ") == 20
    assert "\nand 30 more, not shown (--limit)\n" in done.stdout
    assert figcheck("many.csv", *QUICK, "--limit", "50").stdout.count(" --> ") == 50
    none = figcheck("many.csv", *QUICK, "--limit", "0")
    assert (none.exit_code, none.stdout.count(" --> ")) == (1, 0)
    assert "\n50 found, not shown (--limit)\n" in none.stdout
    assert "50 flagged" in none.stdout


def test_every_rule_has_a_share_of_the_limit(folder: pathlib.Path) -> None:
    rows = "".join(f"K{i},SRBM,{2000 + i},300\n" for i in range(30))
    (folder / "two.csv").write_text(f"id,class,range_km,flight_time_s\n{rows}")
    record = json.loads(figcheck("two.csv", "--limit", "4", "--format", "json").stdout)
    assert sorted(one["rule"].split("/")[1] for one in record["findings"]) == [
        "range-above-class", "range-above-class", "speed-outside-class", "speed-outside-class",
    ]  # fmt: skip
    assert record["found"] == 60


def test_notes_are_counted_and_shown_when_asked_for(folder: pathlib.Path) -> None:
    asked = ("data.csv", "--select", "ballistics/range-below-class", "--frame", "ballistics.launch", "--key", "id")
    quiet, loud = figcheck(*asked), figcheck(*asked, "--notes")
    assert (quiet.exit_code, loud.exit_code) == (0, 0)
    assert quiet.stdout.count(" --> ") == 0
    assert "3 notes, which --notes shows" in quiet.stdout
    assert loud.stdout.count("\nnote: ") == 3
    assert folder.is_dir()


def test_cells_that_are_no_figures_are_told(folder: pathlib.Path) -> None:
    told = figcheck("data.csv", "--frame", "ballistics.launch").stdout
    assert "\n  2 cells of apogee (km) could not be read, such as '" in told
    assert folder.is_dir()


# ---------------------------------------------------------------- exit codes
@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1), ("never", 0)])
def test_fail_on(folder: pathlib.Path, level: str, code: int) -> None:
    assert figcheck("data.csv", *QUICK, "--fail-on", level).exit_code == code
    assert figcheck("right.csv", *QUICK, "--fail-on", level).exit_code == 0
    assert folder.is_dir()


def test_damage_is_no_whole_report(folder: pathlib.Path) -> None:
    (folder / "ragged.csv").write_text("id,class,range_km\nR1,SRBM,300\nR2,SRBM\n")
    done = figcheck("ragged.csv", *QUICK)
    assert done.exit_code == 2
    assert done.stderr == "ragged.csv: not all of it could be read, so what is reported is only a part\n"
    assert "\ndamaged: line 3 was left out: not 3 fields: R2,SRBM\n" in done.stdout
    assert done.stdout.endswith("not all of the file could be read: this report is a partial one\n")
    github = figcheck("ragged.csv", *QUICK, "--format", "github").stdout
    assert "::error file=ragged.csv,title=figcheck::ragged.csv: line 3 was left out: not 3 fields" in github


def test_nothing_checked_is_no_success(folder: pathlib.Path) -> None:
    (folder / "empty.csv").write_text("id,class,range_km\n")
    (folder / "unknown.csv").write_text("id,class,range_km\na,bicycle,30\n")
    for name in ("empty.csv", "unknown.csv"):
        done = figcheck(name, *QUICK)
        assert (done.exit_code, done.stderr) == (
            2, f"{name}: nothing was checked: no rule reached a verdict on any row\n",
        )  # fmt: skip
        assert figcheck(name, *QUICK, "--allow-empty").exit_code == 0


def test_a_table_of_something_else(folder: pathlib.Path) -> None:
    (folder / "other.csv").write_text("name,colour\na,red\n")
    done = figcheck("other.csv")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("other.csv: no column is named for a role with its unit, such as range_km")
    assert figcheck("other.csv", "--allow-empty").exit_code == 0
    assert figcheck("other.csv", "--allow-empty", "--frame", "ballistics.launch").exit_code == 2


def test_one_bad_table_does_not_cost_the_others(folder: pathlib.Path) -> None:
    done = figcheck("none.csv", "data.csv", "right.csv", *QUICK)
    assert (done.exit_code, done.stderr) == (2, "none.csv: there is no such file\n")
    assert "data.csv, 7 rows\n" in done.stdout
    assert "\n\nright.csv, 1 row\n" in done.stdout
    record = json.loads(figcheck("none.csv", "data.csv", *QUICK, "--format", "json").stdout)
    assert [report["table"] for report in record["reports"]] == ["data.csv"]
    assert record["unreadable"] == [{"name": "none.csv", "message": "there is no such file"}]
    assert folder.is_dir()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--key", "ident"), "data.csv: there is no column 'ident' for the key"),
        (("--frame", "ballistic.launch"), "data.csv: there is no frame 'ballistic.launch'; did you mean"),
        (("--map", "range"), "figcheck: --map range: this is no mapping; write ROLE=COLUMN"),
        (("--map", "rnage=range_km"), "data.csv: 'rnage' is no role of any frame; did you mean 'range'?"),
        (("--map", "range=rangekm:km"), "data.csv: --map range=rangekm:km: there is no column 'rangekm'; did you"),
        (("--map", "range=range_km:kg"), "data.csv: column 'range_km': 'kg' is no unit of the range"),
        (("--map", "range=range_km:km:x"), "data.csv: --map range=range_km:km:x: 'x' is no resolution"),
        (("--select", "ballistic/*"), "figcheck: no rule has an id that matches 'ballistic/*'"),
        (("--table", "t"), "data.csv: only a database holds several tables"),
        (("--baseline", "none.json"), "figcheck: none.json: there is no such file; --update-baseline makes it"),
    ],
)
def test_what_cannot_be_done_is_one_line(folder: pathlib.Path, arguments: tuple[str, ...], told: str) -> None:
    done = figcheck("data.csv", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(told)
    assert done.stderr.count("\n") == 1
    assert folder.is_dir()


def test_the_libraries_are_an_extra(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *a: None if name == "duckdb" else real(name, *a))
    done = figcheck("data.csv")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "figcheck: figcheck table needs duckdb: pip install 'figcheck[tables]'\n"
    assert folder.is_dir()


# ---------------------------------------------------------------- what CI reads
def test_json_and_lines(folder: pathlib.Path) -> None:
    record = json.loads(figcheck("data.csv", *QUICK, "--format", "json").stdout)
    assert (record["table"], record["rows"], record["found"]) == ("data.csv", 7, 3)
    first = record["findings"][0]
    assert (first["key"], first["row"], first["line"], first["rule"]) == ("A2", 2, 4, ABOVE)
    assert first["figures"][0]["role"] == "range"
    *findings, last = [
        json.loads(line) for line in figcheck("data.csv", *QUICK, "--format", "jsonl").stdout.splitlines()
    ]
    assert [finding["finding"] for finding in findings] == record["findings"]
    assert last == {key: value for key, value in record.items() if key != "findings"}
    assert folder.is_dir()


def sarif(*arguments: object) -> Any:
    log = json.loads(figcheck(*arguments, "--format", "sarif").stdout)
    checker = jsonschema.FormatChecker(("uri", "uri-reference"))
    jsonschema.Draft4Validator(SCHEMA, format_checker=checker).validate(log)
    return log["runs"][0]


def test_sarif(folder: pathlib.Path) -> None:
    run = sarif("data.csv", *QUICK)
    places = [one["locations"][0] for one in run["results"]]
    assert [place["physicalLocation"]["region"]["startLine"] for place in places] == [4, 7, 8]
    assert [place["logicalLocations"][0]["fullyQualifiedName"] for place in places] == ["A2", "A5", "A6"]
    (folder / "data.csv").write_text(DATA.replace("A2,", "A0,SRBM,10,,,\nA2,").replace("1900", "1901"))
    moved = sarif("data.csv", *QUICK)
    assert [one["partialFingerprints"] for one in moved["results"]] == [
        one["partialFingerprints"] for one in run["results"]
    ]
    many(folder, 50)
    capped = sarif("many.csv", *QUICK)
    assert len(capped["results"]) == 20
    [notice] = capped["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"] == "20 of 50 results are listed, the worst of them"


def test_a_row_without_a_line_is_told_by_its_number(folder: pathlib.Path) -> None:
    duckdb.connect().execute("COPY (SELECT 'SRBM' AS class, 3000 AS range_km) TO 'x.parquet'")
    asked = ("x.parquet", *QUICK[:4])
    assert f"\n --> x.parquet: row 1 {ABOVE}\n" in figcheck(*asked).stdout
    [result] = sarif(*asked)["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "1"
    assert "::x.parquet: row 1: 3000 km is more than" in figcheck(*asked, "--format", "github").stdout
    assert folder.is_dir()


def test_a_table_of_a_database_is_placed_in_its_file(folder: pathlib.Path) -> None:
    with duckdb.connect("x.duckdb") as connection:
        connection.execute("CREATE TABLE launches AS SELECT 'SRBM' AS class, 3000 AS range_km")
    [result] = sarif("x.duckdb", *QUICK[:4])["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "x.duckdb"
    assert folder.is_dir()


def test_junit_and_github(folder: pathlib.Path) -> None:
    suites = ET.fromstring(figcheck("data.csv", "right.csv", *QUICK, "--format", "junit").stdout)  # noqa: S314 - our own
    assert [(suite.get("name"), suite.get("failures")) for suite in suites] == [("data.csv", "1"), ("right.csv", "0")]
    assert "(and 2 more)" in str(suites[0][0][0].get("message"))
    lines = figcheck("data.csv", *QUICK, "--format", "github").stdout.splitlines()
    assert lines[0].startswith(f"::warning file=data.csv,line=4,title={ABOVE}::data.csv:4 [A2]: 1900 km is more")
    assert lines[-1] == "figcheck: data.csv: 7 rows, 1 rule: 7 checked, 3 flagged, 0 unchecked"
    assert folder.is_dir()


# ---------------------------------------------------------------- what is let pass
def test_a_baseline_knows_rows_that_are_not_told(folder: pathlib.Path) -> None:
    path = many(folder, 50)
    made = figcheck("many.csv", *QUICK, "--baseline", "known.json", "--update-baseline")
    assert (made.exit_code, made.stderr) == (
        0, "figcheck: known.json: 50 new, 0 unchanged, 0 fixed; written anew\n",
    )  # fmt: skip
    known = json.loads((folder / "known.json").read_text())["findings"]
    assert len(known) == 50
    assert known[0] == {"file": "many.csv", "rule": ABOVE, "key": "K0"}
    again = figcheck("many.csv", *QUICK, "--baseline", "known.json")
    assert (again.exit_code, again.stdout.count(" --> ")) == (0, 0)
    assert "50 checked, 0 flagged, 50 let pass, 0 unchecked" in again.stdout
    path.write_text(path.read_text().replace("K49,SRBM,2049", "K49,SRBM,20").replace("K3,", "new,"))
    after = figcheck("many.csv", *QUICK, "--baseline", "known.json")
    assert after.exit_code == 1
    assert [line for line in after.stdout.splitlines() if " --> " in line] == [f" --> many.csv:5 [new] {ABOVE}"]
    assert "1 new, 48 unchanged, 2 fixed\n" in after.stderr
    run = sarif("many.csv", *QUICK, "--baseline", "known.json")
    assert [one["baselineState"] for one in run["results"]].count("new") == 1
    assert len(run["results"]) == 21


def test_a_baseline_without_keys_knows_the_figures(folder: pathlib.Path) -> None:
    path = many(folder, 3)
    asked = ("many.csv", *QUICK[:4], "--baseline", "known.json")
    assert figcheck(*asked, "--update-baseline").exit_code == 0
    assert json.loads((folder / "known.json").read_text())["findings"][0]["figures"] == ["2000 km"]
    path.write_text(path.read_text().replace("K0,SRBM,2000\n", "") + "K9,SRBM,9000\n")
    after = figcheck(*asked)
    assert after.exit_code == 1
    assert after.stdout.count(" --> ") == 1


def test_what_could_not_be_read_is_not_fixed(folder: pathlib.Path) -> None:
    path = many(folder, 3)
    asked = ("many.csv", *QUICK, "--baseline", "known.json")
    figcheck(*asked, "--update-baseline")
    before = (folder / "known.json").read_text()
    path.write_bytes(b"id,class,range_km\n\xff,SRBM,3000\n")
    assert "0 fixed" in figcheck(*asked, "--update-baseline").stderr
    assert (folder / "known.json").read_text() == before


def test_entries_let_rows_pass(folder: pathlib.Path) -> None:
    many(folder, 50)
    (folder / "figcheck.toml").write_text(
        '[[ignore]]\nkey = "K7"\nreason = "looked at"\n'
        '[[ignore]]\nfile = "many.csv"\ntext = "2040 km"\nreason = "looked at"\n'
        '[[ignore]]\nkey = "K99"\nreason = "of no use"\n'
    )
    done = figcheck("many.csv", *QUICK)
    assert "50 checked, 48 flagged, 2 let pass" in done.stdout
    assert "figcheck: 2 findings ignored, as figcheck.toml says\n" in done.stderr
    assert "figcheck.toml:8: this ignore matches no finding of this run (of no use)" in done.stderr
    (folder / "figcheck.toml").write_text(f'[[ignore]]\nrule = "{ABOVE}"\nfile = "many.csv"\nreason = "all"\n')
    done = figcheck("many.csv", *QUICK)
    assert (done.exit_code, done.stderr) == (0, "figcheck: 50 findings ignored, as figcheck.toml says\n")


def test_more_broken_rows_than_can_be_told_apart(folder: pathlib.Path) -> None:
    duckdb.connect().execute(
        "COPY (SELECT i AS id, 'SRBM' AS class, 3000 AS range_km FROM range(100001) t(i)) TO 'x.parquet'"
    )
    done = figcheck("x.parquet", *QUICK, "--baseline", "known.json", "--update-baseline")
    assert (done.exit_code, done.stderr.splitlines()[0]) == (
        2,
        (
            f"x.parquet: 100,001 rows break {ABOVE}, too many to say which of them are let pass (at most 100,000); "
            "leave the rule out with --ignore, or mend the column first"
        ),
    )
    assert figcheck("x.parquet", *QUICK).exit_code == 1
    assert folder.is_dir()


# ---------------------------------------------------------------- settings
def test_settings_say_what_a_table_holds(folder: pathlib.Path) -> None:
    (folder / "odd.csv").write_text("name,kind,distance,d\nx,SRBM,3000,1\n")
    (folder / "figcheck.toml").write_text(
        '[[table]]\nfiles = ["odd.csv", "more/*.csv"]\nframe = "ballistics.launch"\nkey = "name"\n'
        '[table.map]\nrange = "distance:km"\nclass = "kind"\n'
    )
    asked = ("odd.csv", *QUICK[:2])
    assert f" --> odd.csv:2 [x] {ABOVE}\n" in figcheck(*asked).stdout
    assert figcheck(*asked, "--map", "range=d:km").exit_code == 0
    assert figcheck(*asked, "--key", "kind").stdout.count("[SRBM]") == 1
    (folder / "pyproject.toml").write_text(
        '[tool.figcheck.table]\nframe = "ballistics.launch"\nmap = { range = "distance:km:10", class = "kind" }\n'
    )
    assert "10 km, as mapped" in figcheck(*asked, "--config", "pyproject.toml").stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[table]]\nfile = "x"\n', "figcheck.toml:2: unknown key 'file' in [table]: did you mean 'files'?"),
        ("[[tabel]]\n", "figcheck.toml:1: unknown key 'tabel': did you mean 'table'?"),
        ("[[table]]\nfiles = 3\n", "figcheck.toml:2: 'files' is a text in quotes, not a number"),
        ("[[table]]\nmap = 3\n", "figcheck.toml:2: 'map' is a table, not a number"),
        ("[[table]]\n[table.map]\nrange = 3\n", "figcheck.toml:3: 'range' is a text in quotes, not a number"),
        ("table = 3\n", "figcheck.toml:1: 'table' is written [[table]], once for each"),
    ],
)
def test_settings_that_are_none(folder: pathlib.Path, text: str, told: str) -> None:
    (folder / "figcheck.toml").write_text(text)
    done = figcheck("data.csv")
    assert done.exit_code == 2
    assert done.stderr == f"figcheck: {told}\n"


# ---------------------------------------------------------------- files and signals
def test_output_is_whole_and_never_the_data(folder: pathlib.Path) -> None:
    assert figcheck("data.csv", *QUICK, "--format", "jsonl", "-o", "report.jsonl").exit_code == 1
    assert len((folder / "report.jsonl").read_text().splitlines()) == 4
    assert "would take the place" in figcheck("data.csv", *QUICK, "-o", "data.csv").stderr
    assert (folder / "data.csv").read_text() == DATA


def test_an_interruption_ends_it_and_leaves_nothing(folder: pathlib.Path) -> None:
    duckdb.connect().execute(
        "COPY (SELECT i AS id, 'SRBM' AS class, i % 3000 + 0.5 AS range_km, i % 900 + 0.5 AS apogee_km, "
        "i % 1000 + 0.5 AS flight_time_s FROM range(6000000) t(i)) TO 'x.parquet'"
    )
    (folder / "report.json").write_text("before\n")
    before = sorted(path.name for path in folder.iterdir())
    process = subprocess.Popen(
        [*COMMAND, "table", "x.parquet", "--key", "id", "--format", "json", "-o", "report.json"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 20
    while not list(folder.glob(".report.json.*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(1)
    assert process.poll() is None, "the run was over before it could be interrupted"
    asked = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert (process.returncode, told) == (130, "figcheck: interrupted\n")
    assert time.monotonic() - asked < 5
    assert (folder / "report.json").read_text() == "before\n"
    assert sorted(path.name for path in folder.iterdir()) == before
