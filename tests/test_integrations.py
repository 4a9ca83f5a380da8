"""The pre-commit hook and the GitHub action, run as those two run them; `.ci/run` installs both for real."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
from collections.abc import Mapping

import composite
import pytest
import yaml
from pre_commit import clientlib

from checker import table_door
from checker.formats import Format

ROOT = pathlib.Path(__file__).parent.parent
HOOKS = ROOT / ".pre-commit-hooks.yaml"
ARTICLE = (ROOT / "fixtures" / "articles" / "missile-test.txt").read_text(encoding="utf-8")
WRONG = "The missiles travelled 1,500 kilometres (832 miles) in the test.\n"
GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


@pytest.fixture
def installed(tmp_path: pathlib.Path) -> pathlib.Path:
    """A folder with a `figcheck` command, as installing would have put it there."""
    command = tmp_path / "temp" / "figcheck" / "bin" / "figcheck"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m checker "$@"\n')
    command.chmod(0o755)
    return command.parent


@pytest.fixture
def texts(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    folder = tmp_path / "texts"
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "right.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "deep" / "er" / "a wrong one.txt").write_text(WRONG)
    monkeypatch.chdir(folder)
    return folder


# ---------------------------------------------------------------- the action
def act(installed: pathlib.Path, **given: str) -> tuple[int, str, str]:
    [check] = [step for step in composite.ACTION["runs"]["steps"] if step.get("id") == "check"]
    return composite.run_step(check, given, installed.parent.parent)


def test_the_action_annotates(texts: pathlib.Path, installed: pathlib.Path) -> None:
    code, printed, outputs = act(installed, paths="right.txt\n\n**/*wrong*.txt\n")
    assert (code, outputs) == (1, "exit-code=1\n")
    assert "::error file=deep/er/a wrong one.txt,line=1,col=24," in printed
    assert "figcheck: right.txt: " in printed
    assert texts.is_dir()


def test_the_action_passes_arguments_on_unsplit(texts: pathlib.Path, installed: pathlib.Path) -> None:
    code, printed, _ = act(
        installed,
        paths="deep/er/*.txt",
        format="sarif",
        output="my report.sarif",
        args="--fail-on=never\n--ignore=ballistics/*\n",
    )
    assert (code, printed) == (0, "")
    [run] = json.loads((texts / "my report.sarif").read_text())["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["measures/wrong-conversion"]
    assert "ballistics/range-above-class" not in [rule["id"] for rule in run["tool"]["driver"]["rules"]]


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        ("*.nothing", "figcheck: no file matches: \\*.nothing\n"),
        ("$(touch hacked)", "$(touch hacked): there is no such file"),
        ("--help", "--help: there is no such file"),
        ("", "Missing argument"),
    ],
)
def test_the_action_says_what_it_was_not_given(
    texts: pathlib.Path, installed: pathlib.Path, paths: str, told: str
) -> None:
    code, printed, outputs = act(installed, paths=paths)
    assert (code, outputs) == (2, "exit-code=2\n")
    assert told in printed
    assert not (texts / "hacked").exists()


def test_the_action_wants_a_python_that_is_new_enough(tmp_path: pathlib.Path, installed: pathlib.Path) -> None:
    old = tmp_path / "old"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    install = composite.ACTION["runs"]["steps"][0]
    code, printed, _ = composite.run_step(install, {"paths": "x", "python": str(old)}, installed.parent.parent)
    assert code == 2
    assert printed.startswith("::error title=figcheck::figcheck needs Python 3.11 or newer")


def test_the_action_names_only_formats_that_there_are() -> None:
    told = composite.ACTION["inputs"]["format"]
    assert told["default"] == Format.GITHUB
    assert set(told["description"].split(" - ")[1].rstrip(".").replace(" or ", ", ").split(", ")) == set(Format)


def test_every_step_of_the_action_takes_its_inputs_by_its_environment() -> None:
    for step in composite.ACTION["runs"]["steps"]:
        assert "${{" not in step["run"], "an input put into a script is run as one"


def test_the_action_checks_datasets(texts: pathlib.Path, installed: pathlib.Path) -> None:
    (texts / "data.csv").write_text("class,range_km\nSRBM,300\nSRBM,3000\n")
    arguments = "--frame=ballistics.launch\n--select=ballistics/range-above-class"
    code, printed, outputs = act(installed, command="table", paths="*.csv", args=arguments)
    assert (code, outputs) == (1, "exit-code=1\n")
    assert "::warning file=data.csv,line=3," in printed


def test_the_action_wants_a_command_that_there_is(installed: pathlib.Path) -> None:
    install = composite.ACTION["runs"]["steps"][0]
    given = {"paths": "x", "command": "rm", "python": sys.executable}
    code, printed, _ = composite.run_step(install, given, installed.parent.parent)
    assert (code, printed) == (2, "::error title=figcheck::the command is check or table\n")


# ---------------------------------------------------------------- the hook
def pre_commit(folder: pathlib.Path, *arguments: str, more: Mapping[str, str] | None = None) -> tuple[int, str]:
    environment = {**os.environ, **GIT, "PRE_COMMIT_HOME": str(folder.parent / "cache"), **(more or {})}
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_the_hook_file_is_one() -> None:
    texts, tables = clientlib.load_manifest(HOOKS)
    assert (texts["id"], texts["entry"], texts["language"]) == ("figcheck", "figcheck check", "python")
    assert (tables["id"], tables["entry"]) == ("figcheck-table", "figcheck table --allow-empty")
    assert set(tables["additional_dependencies"]) == set(table_door.NEEDED)


def test_the_hook_checks_what_is_committed(texts: pathlib.Path, installed: pathlib.Path) -> None:
    (texts / "notes.md").write_text(WRONG)
    (texts / "requirements.txt").write_text("walks==1500\n")
    (texts / "script.py").write_text(f'"""{WRONG}"""\n')
    # Installed by hand, for a repository's hook is installed from the network; all else is as the hook file says.
    hook, _ = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    config = {"repos": [{"repo": "local", "hooks": [{**hook, "language": "system"}]}]}
    (texts / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    path = {"PATH": f"{installed}{os.pathsep}{os.environ['PATH']}"}
    for command in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *command], check=True, cwd=texts, env={**os.environ, **GIT})  # noqa: S607

    code, printed = pre_commit(texts, "run", "--all-files", more=path)
    assert code == 1, printed
    assert "- exit code: 1" in printed
    assert [line.split()[1] for line in printed.splitlines() if "-->" in line] == [
        "deep/er/a",
        "notes.md:1:24",
        "right.txt:19:175",
    ]
    assert "3 texts: " in printed
    assert "requirements.txt" not in printed

    code, printed = pre_commit(texts, "run", "--files", "right.txt", more=path)
    assert (code, printed.rstrip().rsplit(".", 1)[-1]) == (0, "Passed")

    (texts / "figcheck.toml").write_text("[[ignore]]\nrule = 'measures/*'\nreason = 'an exercise'\n")
    code, printed = pre_commit(texts, "run", "--all-files", more=path)
    assert code == 0, printed


def test_the_hook_for_tables_takes_datasets_alone(texts: pathlib.Path, installed: pathlib.Path) -> None:
    (texts / "data.csv").write_text("class,range_km\nSRBM,300\nSRBM,3000\n")
    (texts / "other.CSV").write_text("name,colour\na,red\n")
    (texts / "figcheck.toml").write_text('[[table]]\nfiles = "data.csv"\nframe = "ballistics.launch"\n')
    _, hook = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    alone = {key: value for key, value in hook.items() if key != "additional_dependencies"}
    config = {"repos": [{"repo": "local", "hooks": [{**alone, "language": "system"}]}]}
    (texts / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    path = {"PATH": f"{installed}{os.pathsep}{os.environ['PATH']}"}
    for command in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *command], check=True, cwd=texts, env={**os.environ, **GIT})  # noqa: S607
    code, printed = pre_commit(texts, "run", "--all-files", more=path)
    assert code == 1, printed
    assert [line.split()[1] for line in printed.splitlines() if "-->" in line] == ["data.csv:3"]
    code, printed = pre_commit(texts, "run", "--files", "other.CSV", more=path)
    assert (code, printed.rstrip().rsplit(".", 1)[-1]) == (0, "Passed")
