"""A project's own units and spellings: from Python, from its settings, and what is said of a wrong entry."""

from __future__ import annotations

import pathlib
import pickle
from typing import Any

import pytest
from typer.testing import CliRunner

from checker import check, check_file, load_rules, read_figures
from checker.cli import app
from checker.vocabulary import NoUnit, vocabulary

SMOOT = {"smoot": {"is": "1.7018 m", "words": ["smoot"], "symbols": ["smt"], "prefixes": "k"}}


def units_of(text: str, units: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    return [(f.text, f.noun or f.measure.name) for f in read_figures(text, units=units)]


@pytest.mark.parametrize(
    ("units", "text", "expected"),
    [
        (SMOOT, "It is 364 smoots long.", [("364 smoots", "smoot")]),
        (SMOOT, "It is 3 ksmt or 2 kilosmoots.", [("3 ksmt", "kilosmoot"), ("2 kilosmoots", "kilosmoot")]),
        (SMOOT, "It costs $5 a smoot.", [("$5 a smoot", "1 / smoot")]),
        ({"kilometer": {"words": ["vorst/vorsty"]}}, "It is 5 vorsty off.", [("5 vorsty", "kilometer")]),
        ({"metric_ton": {"words": ["ton"]}}, "It weighs 5 tons.", [("5 tons", "metric_ton")]),
        ({"without": ["mile"]}, "It is 5 miles.", [("5", "miles")]),
        ({"without": ["stone"]}, "He weighs 11st.", [("11st", "dimensionless")]),
        (
            {"crate_unit": {"is": "[crate]", "symbols": ["CU"]}},
            "It took 20,000 CU a day.",
            [("20,000 CU a day", "crate_unit / day")],
        ),
        ({"dozenday": {"is": "12 day", "words": ["dozenday"]}}, "It took 3 dozendays.", [("3 dozendays", "dozenday")]),
    ],
)
def test_own_units_are_read(units: dict[str, Any], text: str, expected: list[tuple[str, str]]) -> None:
    assert units_of(text, units) == expected
    assert units_of(text) != expected


def test_own_units_are_checked_and_only_where_they_are_asked_for() -> None:
    text = "The bridge is 364 smoots (720 m) long."
    assert [found.rule for found in check(text, units=SMOOT).findings] == ["measures/wrong-conversion"]
    assert not check(text).findings
    assert not check("The bridge is 364 smoots (620 m) long.", rules=load_rules(units=SMOOT)).findings


def test_a_span_of_time_of_ones_own_is_a_duration() -> None:
    own = {"sol_day": {"is": "88775.244 s", "words": ["sol"]}}
    assert [f.kind for f in read_figures("It ran for 90 sols.", units=own)] == ["duration"]


def test_a_vocabulary_travels_and_equal_ones_are_one() -> None:
    own = vocabulary(SMOOT)
    assert vocabulary(dict(SMOOT)) is own
    assert pickle.loads(pickle.dumps(own)) is own  # noqa: S301 - it is our own


@pytest.mark.parametrize(
    ("units", "told"),
    [
        ({"smoot": {}}, "'smoot' has no spelling: give it words, short or symbols"),
        ({"smoot": 5}, "'smoot' is a table of what it is and its spellings"),
        ({"zork": {"words": ["zork"]}}, "'zork' is no unit that is known: say what it is, as in is = \"1.7 m\""),
        ({"zork": {"is": "3 blurb", "words": ["zork"]}}, "'blurb' is not a unit that pint knows"),
        ({"zork": {"is": "0 m", "words": ["zork"]}}, "'0 m' is too large or too small for a unit"),
        ({"zork": {"is": "degC", "words": ["zork"]}}, "'degC' has a zero of its own: 'zork' cannot be so many of them"),
        ({"acre": {"is": "3 m", "words": ["q"]}}, "'acre' is known already, and is not 3 m: give yours another name"),
        (
            {"big zork": {"is": "3 m", "words": ["q"]}},
            "'big zork' is a new unit: its name is one word, what it is a text",
        ),
        ({"mile": {"word": ["q"]}}, "'mile' has an unknown key 'word': it takes is, words, short, symbols, prefixes"),
        ({"mile": {"words": "q"}}, "'words' is a list of texts in quotes"),
        ({"mile": {"words": ["5q"]}}, "'5q' is no spelling of a unit: it begins with a letter or a sign"),
        ({"mile": {"words": ["q"]}, "yard": {"words": ["q"]}}, "'q' cannot be both 'mile' and 'yard'"),
        ({"without": "bar"}, "'without' is a list of texts in quotes"),
    ],
)
def test_what_is_wrong_with_an_entry_is_one_line(units: dict[str, Any], told: str) -> None:
    with pytest.raises(NoUnit) as raised:
        check("It is 5 m.", units=units)
    assert str(raised.value) == told


WRONG = "The bridge is 364 smoots (720 m) long.\n"
OWN = '[units]\nsmoot = { is = "1.7018 m", words = ["smoot"] }\n'


def test_the_settings_of_a_project_hold_its_units(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pathlib.Path("bridge.txt").write_text(WRONG, encoding="utf-8")
    assert CliRunner().invoke(app, ["check", "bridge.txt"]).exit_code == 0
    pathlib.Path("figcheck.toml").write_text(OWN, encoding="utf-8")
    assert CliRunner().invoke(app, ["check", "bridge.txt"]).exit_code == 1
    assert "smoot" in CliRunner().invoke(app, ["figures", "bridge.txt"]).output
    assert not check_file("bridge.txt").findings


def test_a_wrong_entry_of_the_settings_is_told_with_its_line(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pathlib.Path("bridge.txt").write_text(WRONG, encoding="utf-8")
    pathlib.Path("figcheck.toml").write_text('[units]\n\n[units.zork]\nwords = ["zork"]\n', encoding="utf-8")
    for command in ("check", "figures"):
        done = CliRunner().invoke(app, [command, "bridge.txt"])
        assert done.exit_code == 2
        assert "figcheck.toml:3: 'zork' is no unit that is known: say what it is, as in is = \"1.7 m\"" in done.output
