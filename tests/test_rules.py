"""Every shipped rule: loaded without a word of complaint, and true to its own examples of both signs."""

from __future__ import annotations

import attrs
import pytest

from checker import load_rules
from checker.check import judge_one
from checker.claims import claim_of
from checker.interval import Intervals
from checker.model import Claim, Figure, Readings
from checker.rulebook.schema import Example, Rule
from checker.trial import run
from checker.units import measure

RULEBOOK = load_rules()


def test_the_shipped_rules_load() -> None:
    assert [str(error) for error in RULEBOOK.errors] == []
    assert len(RULEBOOK.rules) >= 12


def test_every_example_reaches_its_verdict() -> None:
    assert [str(failure) for failure in run(RULEBOOK)] == []


@pytest.mark.parametrize("rule", RULEBOOK.rules, ids=lambda r: r.id)
def test_a_rule_says_why_and_on_whose_word(rule: Rule) -> None:
    assert rule.why.strip()
    assert rule.source.strip()
    verdicts = {example.verdict for example in rule.examples}
    assert "broken" in verdicts
    assert verdicts - {"broken"}


OTHER_UNITS = {
    "[length]": ("mile", "meter", "nautical_mile"),
    "[time]": ("minute", "hour", "day"),
    "[length] / [time]": ("mile / hour", "meter / second", "knot"),
    "[temperature]": ("degF", "kelvin"),
}

VALUED = [(rule, example) for rule in RULEBOOK.rules for example in rule.examples if example.values]


def in_another_unit(figure: Figure, name: str) -> Figure:
    other = measure(name)

    def moved(values: Intervals) -> Intervals:
        return other.from_base(figure.measure.to_base(values))

    old = figure.readings
    readings = Readings(moved(old.printed), moved(old.widest), moved(old.plain))
    return attrs.evolve(figure, measure=other, readings=readings)


@pytest.mark.parametrize(("rule", "example"), VALUED, ids=lambda x: getattr(x, "id", ""))
def test_the_choice_of_unit_never_changes_a_verdict(rule: Rule, example: Example) -> None:
    assert example.values is not None
    _, claim = claim_of(rule.frame, example.values, thing=example.thing or rule.thing)
    before = judge_one(rule, claim)
    assert before is not None
    (binding,) = claim.bindings
    for role, figures in binding.roles.items():
        for name in OTHER_UNITS.get(str(figures[0].dimension), ()):
            changed = {**binding.roles, role: tuple(in_another_unit(f, name) for f in figures)}
            after = judge_one(rule, attrs.evolve(claim, bindings=(attrs.evolve(binding, roles=changed),)))
            assert after is not None
            assert after.verdict == before.verdict


@pytest.mark.parametrize(("rule", "example"), VALUED, ids=lambda x: getattr(x, "id", ""))
def test_widening_an_input_never_breaks_a_check(rule: Rule, example: Example) -> None:
    assert example.values is not None
    _, claim = claim_of(rule.frame, example.values, thing=example.thing or rule.thing)
    before = judge_one(rule, claim)
    assert before is not None
    after = judge_one(rule, widened(claim))
    assert after is not None
    if before.verdict in ("consistent", "strained"):
        assert after.verdict != "broken"


def widened(claim: Claim) -> Claim:
    def wider(figure: Figure) -> Figure:
        old = figure.readings
        more = [
            Intervals.of(r.low - abs(r.low) / 20, r.high + abs(r.high) / 20)
            for r in (old.printed, old.widest, old.plain)
        ]
        return attrs.evolve(figure, readings=Readings(*more))

    return attrs.evolve(
        claim,
        bindings=tuple(
            attrs.evolve(b, roles={name: tuple(map(wider, figures)) for name, figures in b.roles.items()})
            for b in claim.bindings
        ),
    )
