"""Judging: a verdict never lies, doubt is never a finding, and what was not judged says why."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker import check, load_rules
from checker.check import judge_one
from checker.claims import claim_of
from checker.interval import Interval, Intervals, Outcome, Undefined
from checker.model import Check, Claim, Figure, Readings
from checker.rulebook.evaluate import Scope, cells
from checker.rulebook.evaluate import judge as judge_relation
from checker.rulebook.schema import Example, Rule

RULES = load_rules()
VALUED = [(rule, example) for rule in RULES.rules for example in rule.examples if example.values]


def claimed(rule: Rule, example: Example) -> Claim:
    assert example.values is not None
    _, claim = claim_of(rule.frame, example.values, thing=example.thing or rule.thing)
    return claim


def within(part: Interval) -> st.SearchStrategy[float]:
    return st.floats(max(part.low, -1e12), min(part.high, 1e12))


@pytest.mark.parametrize(("rule", "example"), VALUED, ids=lambda x: getattr(x, "id", ""))
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_no_numbers_that_the_print_allows_keep_a_broken_relation(
    rule: Rule, example: Example, data: st.DataObject
) -> None:
    claim = claimed(rule, example)
    made = judge_one(rule, claim)
    assert made is not None
    (binding,) = claim.bindings
    points = {
        name: Intervals.of(data.draw(within(data.draw(st.sampled_from(figure.base("widest").parts)))))
        for name, (figure, *_) in binding.roles.items()
    }
    try:
        outcome = judge_relation(rule.require, Scope(points, cells(rule, binding.thing) or {}))
    except Undefined:
        return
    if made.verdict == "broken":
        assert outcome is Outcome.BROKEN
    if outcome is not Outcome.BROKEN:
        assert made.verdict != "broken"


@pytest.mark.parametrize(("rule", "example"), VALUED, ids=lambda x: getattr(x, "id", ""))
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_widening_any_figure_never_breaks_a_check(rule: Rule, example: Example, data: st.DataObject) -> None:
    claim = claimed(rule, example)
    before = judge_one(rule, claim)
    assert before is not None

    def wider(figure: Figure) -> Figure:
        by = data.draw(st.floats(0, 1e6))
        old = figure.readings
        more = (Intervals.of(r.low - by, r.high + by) | r for r in (old.printed, old.widest, old.plain))
        return attrs.evolve(figure, readings=Readings(*more))

    (binding,) = claim.bindings
    roles = {name: tuple(map(wider, held)) for name, held in binding.roles.items()}
    after = judge_one(rule, attrs.evolve(claim, bindings=(attrs.evolve(binding, roles=roles),)))
    assert after is not None
    if before.verdict != "broken":
        assert after.verdict != "broken"


def checks(text: str, rule: str, published: str | None = None) -> list[Check]:
    return [c for c in check(text, published=published).checks if c.rule == rule]


def test_two_readings_of_which_one_holds_are_no_finding() -> None:
    text = "A short-range ballistic missile and an intermediate-range ballistic missile: they flew 1,900 km."
    (made,) = checks(text, "ballistics/range-above-class")
    assert made.verdict != "broken"
    assert made.verdict == "consistent" or (made.reason or "").startswith("ambiguous")


def test_a_contradicted_figure_is_held_against_nothing_else() -> None:
    text = "The cruise missiles covered 1,500 kilometres (832 miles) and were in flight for 7.507 seconds."
    assert [c.rule for c in check(text).findings] == ["measures/wrong-conversion"]
    (made,) = checks(text, "ballistics/speed-outside-class")
    assert made.reason == "1,500 kilometres is contradicted by its own restatement"


def test_one_missing_figure_is_said_and_two_are_no_check() -> None:
    (speed,) = checks("The ballistic missile flew 800 km.", "ballistics/speed-outside-class")
    assert (speed.verdict, speed.reason) == ("unchecked", "no flight time given")
    assert not checks("The ballistic missile flew 800 km.", "ballistics/shorter-than-free-fall")


def test_an_unknown_class_is_unchecked() -> None:
    (made,) = checks("The missile flew 9,000 km.", "ballistics/range-above-class")
    assert made.verdict == "unchecked"
    assert made.reason == "no bounds are known for a missile"
    text = "The missile flew 989 km to a maximum altitude of 5,768 km over 100 seconds."
    (made,) = checks(text, "ballistics/shorter-than-free-fall")
    assert made.verdict == "unchecked"
    assert "not known to be a ballistic missile" in (made.reason or "")


def test_a_circumstance_that_the_rule_leaves_alone_is_named() -> None:
    text = "The ballistic missile flew 989 km to a maximum altitude of 5,768 km over 100 seconds; the flight failed."
    (made,) = checks(text, "ballistics/shorter-than-free-fall")
    assert (made.verdict, made.reason) == (
        "unchecked",
        "the text tells of a case that the rule leaves alone: failed",
    )


def test_a_date_without_any_year_proves_nothing() -> None:
    (made,) = checks("It falls on Monday, May 11.", "calendar/weekday-off-date")
    assert (made.verdict, made.reason) == ("unchecked", "the year of May 11 is not known")
    assert check("It falls on Monday, May 11.", published="1987-05-01").findings == ()
    assert check("It falls on Tuesday, May 12.", published="1987-05-01").findings == ()


def test_a_bound_that_nothing_passes_speaks_only_when_passed() -> None:
    assert not checks("The train ran at 300 km/h.", "physics/faster-than-light")
    assert checks("The craft ran at 300,000,000 km/h... or 18 times the speed of light.", "physics/faster-than-light")


def test_what_the_text_denies_or_corrects_is_not_claimed() -> None:
    assert check("The pool is 50 m long, not 50 m (154 ft).").findings == ()
    assert check("Correction: an earlier version said that the pool is 50 m (154 ft) long.").findings == ()


def test_every_figure_that_no_check_judged_says_why() -> None:
    report = check("At 4 p.m. some 12 of Hwasong-17's crew, aged 18 to 34, met for the third time in 2019.")
    assert report.figures
    assert all(figure.reason for figure in report.figures)
    assert report.tally.unchecked == report.tally.figures
