"""The pytest door: what `--figcheck PATH` collects, how it fails, and that it costs nothing unused."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parent.parent

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


def run(folder: pathlib.Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Pytest in a folder, with the plug-in and no other that happens to be installed."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "checker.pytest_plugin", "-p", "no:cacheprovider", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={
            **os.environ,
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        },
    )


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    files = {
        "articles/wrong.txt": WRONG,
        "articles/right.md": RIGHT,
        "articles/right.toml": "[expected]\nbroken = 0\n",
        "articles/data.csv": "a,b\n1,2\n",
        "own/topic.toml": TOPIC,
        "own/too-long.toml": RULE % "30 km",
        "own/bad-example.toml": RULE % "4 km",
        "own/unsound.toml": RULE.replace("size <=", "sise <=") % "30 km",
        "tests/test_own.py": "def test_own():\n    assert True\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_articles_are_collected_and_fail_with_a_report(folder: pathlib.Path) -> None:
    ran = run(folder, "tests", "--figcheck", "articles", "-v")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "articles/right.md::figures PASSED" in ran.stdout
    assert "articles/wrong.txt::figures FAILED" in ran.stdout
    assert "tests/test_own.py::test_own PASSED" in ran.stdout
    assert "6,000 kilometers and 3,278 miles are not the same" in ran.stdout
    assert "1 failed, 2 passed" in ran.stdout
    assert "Traceback" not in ran.stdout
    assert "pytest_plugin.py" not in ran.stdout


def test_rule_files_are_collected_with_their_examples(folder: pathlib.Path) -> None:
    ran = run(folder, "tests", "--figcheck", "own", "-v")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "own/too-long.toml::loads PASSED" in ran.stdout
    assert "own/too-long.toml::line 10: consistent PASSED" in ran.stdout
    assert "own/too-long.toml::line 14: broken PASSED" in ran.stdout
    assert "own/bad-example.toml::line 14: broken FAILED" in ran.stdout
    assert "this example should be broken, but is consistent" in ran.stdout
    assert "own/unsound.toml::loads FAILED" in ran.stdout
    assert "did you mean 'size'?" in ran.stdout
    assert "topic.toml::" not in ran.stdout


def test_a_file_may_be_named_and_rules_of_ones_own_used(folder: pathlib.Path) -> None:
    for name in ("unsound", "bad-example"):
        (folder / "own" / f"{name}.toml").unlink()
    (folder / "long").write_text("It is 30 km long.\n", encoding="utf-8")
    plain = run(folder, "tests", "--figcheck", "long")
    assert plain.returncode == 0, plain.stdout + plain.stderr
    assert "2 passed" in plain.stdout
    own = run(folder, "tests", "--figcheck", "long", "--figcheck-rules", "own")
    assert own.returncode == 1
    assert "30 km is too long" in own.stdout


def test_the_shipped_rules_can_be_tried_too() -> None:
    ran = run(ROOT, "-q", "--figcheck", "rules/physics", "rules/physics")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert " passed" in ran.stdout


def test_a_path_that_is_not_there_is_one_clear_line(folder: pathlib.Path) -> None:
    ran = run(folder, "--figcheck", "nowhere")
    assert ran.returncode == 4
    assert "ERROR: --figcheck: there is no nowhere" in ran.stderr


def test_nothing_is_collected_unasked(folder: pathlib.Path) -> None:
    ran = run(folder, "-q")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "1 passed" in ran.stdout


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
import {first}
known, start = set(sys.modules), time.process_time()
import {plugin}
{after}
spent = time.process_time() - start
heavy = {{name.split(".")[0] for name in set(sys.modules) - known}} & {{"pint", "attrs", "attr", "typer", "rich"}}
print(round(spent * 1000), sorted(heavy), "hypothesis" in set(sys.modules) - known, "checker.run" in sys.modules)
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HYPOTHESIS_NO_PLUGINS": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment, cwd=ROOT
    )
    spent, rest = ran.stdout.strip().split(" ", 1)
    assert int(spent) < 50
    assert rest == "[] False False"
