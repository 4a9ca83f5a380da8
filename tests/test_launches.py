"""The reported launches, row by row, against verdicts that a script computes without figcheck."""

from __future__ import annotations

import csv
import importlib.util
import pathlib
from types import ModuleType

import pytest

from checker import check_table, load_rules
from checker.check import judge_one
from checker.claims import claim_of
from checker.claims.things import class_named
from checker.tables.things import case_of

FIXTURES = pathlib.Path(__file__).parent.parent / "fixtures"
RULES = {
    "shorter_than_free_fall": "ballistics/shorter-than-free-fall",
    "longer_than_boosted": "ballistics/longer-than-boosted-flight",
}
ROLES = ("range", "apogee", "flight_time")


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("launches_verdicts", FIXTURES / "launches_verdicts.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


VERDICTS = script()


def launches() -> list[dict[str, str]]:
    with (FIXTURES / "launches-told.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def verdict(rule_id: str, values: dict[str, str], named: str) -> str:
    """What a rule says of figures as they were told, and of a class as a table names it."""
    rule = load_rules().rule(rule_id)
    case = case_of(rule.topic, named, None)
    _, claim = claim_of(rule.frame, dict(values), thing=case.thing, tags=case.tags)
    check = judge_one(rule, claim)
    return check.verdict if check else "unchecked"


def test_the_file_is_what_the_script_makes_of_the_launches() -> None:
    assert launches() == list(VERDICTS.rows())


def test_the_script_knows_nothing_of_figcheck() -> None:
    assert "import checker" not in (text := (FIXTURES / "launches_verdicts.py").read_text(encoding="utf-8"))
    assert "from checker" not in text


@pytest.mark.parametrize(
    "launch", [row for row in launches() if any(row[name] for name in ROLES)], ids=lambda r: r["id"]
)
def test_a_launch_is_judged_as_the_integration_has_it(launch: dict[str, str]) -> None:
    values = {name: launch[name] for name in ROLES if launch[name]}
    for column, rule in RULES.items():
        assert verdict(rule, values, launch["class"]) == launch[column], launch["why"]


def test_the_table_of_the_launches_says_the_same() -> None:
    report = check_table(FIXTURES / "launches-told.csv", key="id", frame="ballistics.launch")
    rows = launches()
    for column, rule in RULES.items():
        tally = next(t for t in report.tallies if t.rule == rule)
        for told in ("broken", "strained", "consistent"):
            assert getattr(tally, told) == sum(row[column] == told for row in rows)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (("1090 km", "6248.5 km", "4052 s"), "broken"),
        (("1090 km", "more than 6200 km", "3950 s"), "broken"),
        (("1090 km", "more than 6200 km", "4110 s"), "consistent"),
        (("about 1090 km", "6200 km", "66 minutes"), "strained"),
        (("1001.2 km", "7687.5 km", "4156 s"), "broken"),
    ],
)
def test_a_launch_that_cannot_be_is_convicted_by_both(figures: tuple[str, str, str], expected: str) -> None:
    assert VERDICTS.judged("ICBM", figures)[0] == expected
    values = dict(zip(ROLES, figures, strict=True))
    assert verdict("ballistics/shorter-than-free-fall", values, "ICBM") == expected


def test_classes_in_the_table_are_those_of_prose() -> None:
    assert class_named(load_rules().topics["ballistics"], "ICBM") == "intercontinental ballistic missile"
