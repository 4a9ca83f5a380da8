"""The pytest door: what `--figcheck PATH` collects, how it fails, and that it costs nothing unused."""

from __future__ import annotations

import importlib.util
import os
import pathlib
import subprocess
import sys
from collections.abc import Callable

import pytest

# A run of pytest within this one forgets the modules that it was the first to import, and some bear that only once.
import checker.table_door
import checker.tables.sources  # noqa: F401

pytest_plugins = ["pytester"]
Run = Callable[..., pytest.RunResult]

ROOT = pathlib.Path(__file__).parent.parent

FLIGHTS = "class,range_km,apogee_km,flight_time_s\nICBM,1090,6248.5,4352\n"
WRONG = "It was a test.\n\nOn a normal arc it could reach targets 6,000 kilometers (3,278 miles) away.\n"
RIGHT = "The two cities are 16 kilometers (10 miles) apart.\n"
RULE = """
title = "Too long"
why = "Nothing is that long."
source = "none"
level = "error"
frame = "thing"
require = "size <= 10 km"
message = "{size} is too long"

[[example]]
values = { size = "3 km" }
verdict = "consistent"

[[example]]
values = { size = "%s" }
verdict = "broken"
"""
TOPIC = """
title = "Things"

[frame.thing]
about = "a thing"
scope = "figure"

[frame.thing.role.size]
dimension = "[length]"
"""


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Pytest in a folder of files, with the plug-in and no other that happens to be installed."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    files = {
        "articles/wrong.txt": WRONG,
        "articles/right.md": RIGHT,
        "articles/right.toml": "[expected]\nbroken = 0\n",
        "articles/picture.png": "",
        "own/topic.toml": TOPIC,
        "own/too-long.toml": RULE % "30 km",
        "own/bad-example.toml": RULE % "4 km",
        "own/unsound.toml": RULE.replace("size <=", "sise <=") % "30 km",
        "data/flights.csv": FLIGHTS + "ICBM,1090,6248.5,4052\n",
        "data/right.csv": FLIGHTS,
        "data/notes.csv": "a,b\n1,2\n",
        "tests/test_own.py": "def test_own():\n    assert True\n",
    }
    for name, text in files.items():
        path = pytester.path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def told(*arguments: str) -> pytest.RunResult:
        return pytester.runpytest_inprocess(
            "-p", "checker.pytest_plugin", "-p", "no:cacheprovider", "-rs", "--rootdir", str(pytester.path), *arguments
        )

    return told


def test_articles_are_collected_and_fail_with_a_report(run: Run) -> None:
    ran = run("tests", "--figcheck", "articles", "-v")
    assert ran.ret == 1
    told = ran.stdout.str()
    assert "articles/right.md::figures PASSED" in told
    assert "articles/wrong.txt::figures FAILED" in told
    assert "tests/test_own.py::test_own PASSED" in told
    assert "figures ____" in told
    assert "\n6,000 kilometers and 3,278 miles are not the same: 6,000 kilometers is 3,728 miles\n" in told
    assert "6,000 kilometers = 3,728 miles (3,540 to 3,910 miles)" in told
    assert "1 failed, 2 passed" in told
    assert "Traceback" not in told
    assert "pytest_plugin.py" not in told


def test_rule_files_are_collected_with_their_examples(run: Run) -> None:
    ran = run("tests", "--figcheck", "own", "-v")
    assert ran.ret == 1
    told = ran.stdout.str()
    assert "own/too-long.toml::loads PASSED" in told
    assert "own/too-long.toml::line 10: consistent PASSED" in told
    assert "own/too-long.toml::line 14: broken PASSED" in told
    assert "own/bad-example.toml::line 14: broken FAILED" in told
    assert "this example should be broken, but is consistent" in told
    assert "own/unsound.toml::loads FAILED" in told
    assert "did you mean 'size'?" in told
    assert "topic.toml::" not in told


def test_a_file_may_be_named_and_rules_of_ones_own_used(run: Run, pytester: pytest.Pytester) -> None:
    for name in ("unsound", "bad-example"):
        (pytester.path / "own" / f"{name}.toml").unlink()
    (pytester.path / "long").write_text("It is 30 km long.\n", encoding="utf-8")
    run("tests", "--figcheck", "long").assert_outcomes(passed=2)
    own = run("tests", "--figcheck", "long", "--figcheck-rules", "own")
    own.assert_outcomes(passed=1, failed=1)
    assert "30 km is too long" in own.stdout.str()


def test_the_shipped_rules_can_be_tried_too(run: Run) -> None:
    ran = run("-q", "--figcheck", str(ROOT / "rules" / "physics"), str(ROOT / "rules" / "physics"))
    assert ran.ret == 0
    assert ran.parseoutcomes()["passed"] > 3


# ---------------------------------------------------------------------- tables
def test_tables_are_collected_and_fail_with_the_working_of_their_rows(run: Run) -> None:
    ran = run("tests", "--figcheck", "data", "-v")
    told = ran.stdout.str()
    ran.assert_outcomes(passed=2, failed=1, skipped=1)
    assert "data/right.csv::rows PASSED" in told
    assert "data/flights.csv::rows FAILED" in told
    assert "data/notes.csv::rows SKIPPED" in told
    assert "nothing was checked: no column is named for a role with its unit" in told
    assert "data/flights.csv:3" in told
    assert "takes 4,075 seconds" in " ".join(told.split())
    assert "Traceback" not in told


def test_a_table_that_is_named_must_hold_something_to_check(run: Run) -> None:
    ran = run("tests", "--figcheck", "data/notes.csv")
    ran.assert_outcomes(passed=1, failed=1)
    assert "data/notes.csv: nothing was checked: no column is named for a role" in ran.stdout.str()


def test_settings_say_how_tables_are_read_and_what_is_let_pass(run: Run, pytester: pytest.Pytester) -> None:
    data = pytester.path / "data"
    (data / "notes.csv").write_text("class,far,high,long\nICBM,1090,6248.5,4052\n", encoding="utf-8")
    settings = """
[[table]]
files = "data/notes.csv"
map = { range = "far:km", apogee = "high:km", flight_time = "long:s" }

[[ignore]]
file = "articles/wrong.txt"
rule = "measures/*"
reason = "told to the author"
"""
    (pytester.path / "figcheck.toml").write_text(settings, encoding="utf-8")
    mapped = run("tests", "--figcheck", "data/notes.csv")
    mapped.assert_outcomes(passed=1, failed=1)
    assert "far" in mapped.stdout.str()
    run("tests", "--figcheck", "articles").assert_outcomes(passed=3)
    (pytester.path / "figcheck.toml").write_text("[[ignore]]\nfil = 3\n", encoding="utf-8")
    wrong = run("tests", "--figcheck", "articles", "--figcheck", "data/right.csv")
    wrong.assert_outcomes(passed=1, failed=3)
    assert "figcheck.toml:" in wrong.stdout.str()


def test_a_damaged_table_fails_in_one_line(run: Run, pytester: pytest.Pytester) -> None:
    (pytester.path / "data" / "half.parquet").write_bytes(b"PAR1 and no more")
    ran = run("tests", "--figcheck", "data/half.parquet")
    ran.assert_outcomes(passed=1, failed=1)
    assert "half.parquet: " in ran.stdout.str()
    assert "Traceback" not in ran.stdout.str()


def test_without_the_libraries_of_tables_only_tables_fail(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *a: None if name == "duckdb" else found(name, *a))
    ran = run("tests", "--figcheck", "data/right.csv", "--figcheck", "articles/right.md")
    ran.assert_outcomes(passed=2, failed=1)
    assert "figcheck table needs duckdb: pip install 'figcheck[tables]'" in ran.stdout.str()


# ---------------------------------------------------------------------- what is not asked for
def test_a_path_that_is_not_there_is_one_clear_line(run: Run) -> None:
    ran = run("--figcheck", "nowhere")
    assert ran.ret == 4
    assert "ERROR: --figcheck: there is no nowhere" in ran.stderr.str()


def test_nothing_is_collected_unasked(run: Run) -> None:
    run("-q").assert_outcomes(passed=1)


def test_the_plug_in_works_as_it_is_installed(tmp_path: pathlib.Path) -> None:
    (tmp_path / "wrong.txt").write_text(WRONG, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "checker.pytest_plugin", "--figcheck", "wrong.txt", "-q"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        },
    )
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "FAILED wrong.txt::figures" in ran.stdout


@pytest.mark.parametrize(
    ("first", "plugin", "after"),
    [
        ("pytest", "checker.pytest_plugin", "pass"),
        ("hypothesis.strategies", "checker.hypothesis_plugin", "checker.hypothesis_plugin.register()"),
    ],
)
def test_a_plug_in_costs_next_to_nothing_unused(first: str, plugin: str, after: str) -> None:
    code = f"""
import sys, time
start = time.process_time()
import {first}
known, there = set(sys.modules), time.process_time()
import {plugin}
{after}
share = (time.process_time() - there) / (there - start)
heavy = {{name.split(".")[0] for name in set(sys.modules) - known}} & {{"pint", "attrs", "attr", "typer", "rich"}}
print(share, sorted(heavy), "hypothesis" in set(sys.modules) - known, "checker.run" in sys.modules)
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HYPOTHESIS_NO_PLUGINS": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment, cwd=ROOT
    )
    share, rest = ran.stdout.strip().split(" ", 1)
    assert float(share) < 0.25  # of what importing pytest or Hypothesis itself takes, which is some 200 ms
    assert rest == "[] False False"
