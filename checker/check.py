"""Claims held against rules: each relation that a claim has the figures for is judged, restatements first.

A check is broken only when no number that any figure can stand for, under any admissible binding, makes the relation
true; what else can be meant is left open, with the reason.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Literal

import attrs

from checker.interval import Intervals, Outcome, Undefined
from checker.model import Binding, Check, Claim, Figure, Readings, Span, Verdict
from checker.rulebook.evaluate import Scope, cells
from checker.rulebook.evaluate import judge as judge_relation
from checker.rulebook.message import render, working
from checker.rulebook.schema import Role, Rule, Rulebook
from checker.wording import a_or_an

Reading = Literal["printed", "widest", "plain"]


def judge(claims: Sequence[Claim], rulebook: Rulebook) -> tuple[Check, ...]:
    """Every check of the claims, in the order of the text.

    A figure that its own restatement contradicts is not held against anything else.
    """
    by_frame = _by_frame(rulebook)
    contested: dict[Span, str] = {}
    checks: list[Check] = []
    for claim in sorted(claims, key=lambda c: not _restates(c, by_frame)):
        for rule in by_frame.get(claim.frame, ()):
            check = judge_one(rule, claim, contested)
            if check is None or (rule.silent and check.verdict not in _SPOKEN):
                continue
            checks.append(check)
            if rule.frame.restates and check.verdict == "broken":
                contested |= {figure.span: rule.id for figure in check.figures}
    return tuple(sorted(checks, key=lambda c: (c.figures[0].span, c.rule)))


@attrs.frozen
class Judgement:
    """What one rule comes to on one claim: the verdict, the reason where it is unchecked, the binding to tell it by."""

    verdict: Verdict
    binding: Binding
    reason: str | None = None


_SPOKEN = frozenset({"broken", "strained"})


def judge_one(rule: Rule, claim: Claim, contested: Mapping[Span, str] | None = None) -> Check | None:
    """One rule on one claim, told; None where the rule does not speak of it or lacks more than one figure."""
    judgement = weigh(rule, claim, contested)
    if judgement is None:
        return None
    verdict, binding = judgement.verdict, judgement.binding
    needed = _roles(rule)
    if verdict == "unchecked":
        figures = _figures(claim.bindings, needed)
        return Check(rule.id, rule.level, verdict, rule.title, claim, figures, reason=judgement.reason)
    scope = scope_of(rule, binding, _widest(rule))
    held = {name: binding.roles[name] for name in needed if name in binding.roles}
    return Check(
        rule=rule.id,
        level=rule.level,
        verdict=verdict,
        message=render(rule, _told(rule, verdict), scope, held, binding.thing),
        claim=claim,
        figures=_figures((binding,), needed),
        working=working(rule, scope, held, binding.thing) + _narrower(rule, binding, verdict),
    )


def weigh(rule: Rule, claim: Claim, contested: Mapping[Span, str] | None = None) -> Judgement | None:
    """What one rule comes to on one claim, untold; None where it does not speak of it or lacks more than one figure."""
    needed = _roles(rule)
    missing = [name for name in needed if name in claim.missing]
    figures = _figures(claim.bindings, needed)
    bindings = [b for b in claim.bindings if speaks_of(rule, b)]
    if len(missing) > 1 or not figures or not bindings:
        return None
    if missing:
        return Judgement("unchecked", bindings[0], claim.missing[missing[0]])
    if reason := _set_aside(rule, claim, bindings, figures, contested or {}):
        return Judgement("unchecked", bindings[0], reason)
    whole = [b for b in bindings if _fills(rule, b)]
    try:
        verdicts = [_verdict_by_ends(rule, binding) for binding in whole]
    except (Undefined, _NotGiven) as error:
        return Judgement("unchecked", bindings[0], str(error))
    if len(whole) < len(claim.bindings):
        verdicts.append("unchecked")
    verdict = _joint(verdicts)
    if verdict == "unchecked":
        return Judgement(verdict, bindings[0], f"ambiguous: {_readings(bindings, needed)}")
    return Judgement(verdict, whole[0])


def _told(rule: Rule, verdict: Verdict) -> str:
    return rule.holds or rule.title if verdict == "consistent" else rule.message


def _narrower(rule: Rule, binding: Binding, verdict: Verdict) -> str:
    """The kinds of thing below the row that was used whose own bounds hold too; nothing where there are none."""
    line = rule.topic.ancestry(binding.thing) if binding.thing else ()
    if verdict != "consistent" or not line:
        return ""
    rows = {thing for table in rule.tables.values() for thing in table.rows}
    used = next((thing for thing in line if thing in rows), None)
    below = [t for t in rule.topic.classes if t in rows and t != used and used in rule.topic.ancestry(t)]
    fitting = [t for t in below if _verdict(rule, attrs.evolve(binding, thing=t)) == "consistent"]
    return f"; as a {' or a '.join(fitting)}" if fitting else ""


class _NotGiven(Exception):
    """The condition under which a rule speaks does not hold for all values."""


@functools.lru_cache(maxsize=8)
def _by_frame(rulebook: Rulebook) -> Mapping[str, tuple[Rule, ...]]:
    frames: dict[str, tuple[Rule, ...]] = {}
    for rule in rulebook.rules:
        frames[rule.frame.id] = (*frames.get(rule.frame.id, ()), rule)
    return frames


def _restates(claim: Claim, by_frame: Mapping[str, tuple[Rule, ...]]) -> bool:
    return any(rule.frame.restates for rule in by_frame.get(claim.frame, ()))


@functools.lru_cache(maxsize=4096)
def _roles(rule: Rule) -> tuple[str, ...]:
    """The roles that a rule computes with, in the order of its frame."""
    named = rule.require.names() | (rule.given.names() if rule.given else frozenset())
    return tuple(name for name in rule.frame.roles if name in named)


def _figures(bindings: Sequence[Binding], roles: Sequence[str]) -> tuple[Figure, ...]:
    found = {f.span: f for b in bindings for name in roles for f in b.roles.get(name, ()) if f.start < f.end}
    return tuple(found[span] for span in sorted(found))


def speaks_of(rule: Rule, binding: Binding) -> bool:
    """Whether the rule's class is the binding's, above it, or below it (and so may be meant)."""
    if rule.thing is None or binding.thing is None:
        return True
    ancestry = rule.topic.ancestry
    return rule.thing in ancestry(binding.thing) or binding.thing in ancestry(rule.thing)


def _fills(rule: Rule, binding: Binding) -> bool:
    """Whether a binding has a figure for each role that must hold one."""
    return all(rule.frame.roles[name].others or binding.roles.get(name) for name in _roles(rule))


def _set_aside(
    rule: Rule, claim: Claim, bindings: Sequence[Binding], figures: Sequence[Figure], contested: Mapping[Span, str]
) -> str | None:
    """Why a claim that has its figures is not judged all the same."""
    for figure in figures:
        if figure.kind in _DATED and figure.flaw is None and figure.readings.printed == Intervals.REALS:
            return f"the year of {figure.text} is not known"
        if figure.span in contested and contested[figure.span] != rule.id:
            return f"{figure.text} is contradicted by its own restatement"
    if told := in_other_case(rule, claim.tags):
        return told
    return next(filter(None, (outside(rule, binding.thing) for binding in bindings)), None)


def in_other_case(rule: Rule, tags: frozenset[str]) -> str | None:
    """Why a rule does not judge what tags tell of."""
    if met := sorted(tags & set(rule.unless)):
        return f"the text tells of a case that the rule leaves alone: {met[0]}"
    if rule.when and not tags & set(rule.when):
        return f"the text does not say: {' or '.join(rule.when)}"
    return None


def outside(rule: Rule, thing: str | None) -> str | None:
    """Why a rule for a class does not judge a thing."""
    if rule.thing is None:
        return None
    if thing is None:
        return f"the class of {rule.thing} is not given"
    if rule.thing not in rule.topic.ancestry(thing):
        return f"not known to be {a_or_an(rule.thing)}"
    return f"no bounds are known for {a_or_an(thing)}" if cells(rule, thing) is None else None


_DATED = frozenset({"date", "event"})


def _widest(rule: Rule) -> Reading:
    return "plain" if rule.frame.restates else "widest"


def _verdict(rule: Rule, binding: Binding) -> Verdict:
    widest = scope_of(rule, binding, _widest(rule))
    if rule.given is not None and judge_relation(rule.given, widest) is not Outcome.HOLDS:
        raise _NotGiven(f"it is judged only where {rule.given.text}")
    if judge_relation(rule.require, scope_of(rule, binding, "printed")) is not Outcome.BROKEN:
        return "consistent"
    return "strained" if judge_relation(rule.require, widest) is not Outcome.BROKEN else "broken"


def _verdict_by_ends(rule: Rule, binding: Binding) -> Verdict:
    """The verdict, for which a range that is told again must agree at each of its ends."""
    whole = _verdict(rule, binding)
    if whole == "broken" or not rule.frame.restates:
        return whole
    ranges = {name: [_ends(f) for f in binding.roles.get(name, ())] for name in _roles(rule)}
    found: list[Verdict] = [whole]
    for side in (0, 1):
        ends = {name: tuple(pair[side] for pair in pairs if pair) for name, pairs in ranges.items()}
        if any(len(ends[name]) != 1 or len(pairs) != 1 for name, pairs in ranges.items()):
            return whole
        found.append(_verdict(rule, attrs.evolve(binding, roles={**binding.roles, **ends})))
    return next(v for v in ("broken", "strained", "consistent", "unchecked") if v in found)


def _ends(figure: Figure) -> tuple[Figure, Figure] | None:
    """The lower and the upper end of a range, each with the range's own margin there; None for what is no range."""
    if not isinstance(figure.nominal, tuple):
        return None
    low, high = sorted(figure.nominal)
    plain, printed = figure.readings.plain, figure.readings.printed
    lower = Readings(*(Intervals.of(r.low, max(r.low, 2.0 * low - r.low)) for r in (printed, plain, plain)))
    upper = Readings(*(Intervals.of(min(2.0 * high - r.high, r.high), r.high) for r in (printed, plain, plain)))
    return attrs.evolve(figure, nominal=low, readings=lower), attrs.evolve(figure, nominal=high, readings=upper)


def _joint(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict on all readings: broken when each is, else that of the most natural one unless it breaks."""
    if all(v == "broken" for v in verdicts):
        return "broken"
    return "unchecked" if verdicts[0] == "broken" else verdicts[0]


def scope_of(rule: Rule, binding: Binding, reading: Reading) -> Scope:
    """What the names of a rule stand for under one binding and reading, in base units."""
    values: dict[str, Intervals | tuple[Intervals, ...]] = {}
    for name in _roles(rule):
        role = rule.frame.roles[name]
        held = tuple(_value(role, figure, reading) for figure in binding.roles.get(name, ()))
        values[name] = held if role.many else held[0]
    return Scope(values, cells(rule, binding.thing) or {})


def _value(role: Role, figure: Figure, reading: Reading) -> Intervals:
    value = figure.base(reading)
    if not role.signed:
        return value
    if figure.change == "down":
        return -abs(value)
    return value if figure.change == "up" else value | -value


def _readings(bindings: Sequence[Binding], roles: Sequence[str]) -> str:
    """What differs between the admissible readings, named."""
    parts: list[str] = []
    for name in roles:
        told = dict.fromkeys(" and ".join(f.text for f in b.roles[name]) for b in bindings if name in b.roles)
        if len(told) > 1:
            parts.append(f"{name.replace('_', ' ')} may be {' or '.join(told)}")
    things = dict.fromkeys(b.thing for b in bindings if b.thing)
    if len(things) > 1:
        parts.append(f"it may be a {' or a '.join(things)}")
    return "; ".join(parts) or "it can be read in several ways"


def reasons(figures: Sequence[Figure], checks: Sequence[Check]) -> tuple[Figure, ...]:
    """The figures, each that no check judged with the reason why."""
    judged = {f.start for c in checks if c.verdict != "unchecked" for f in c.figures}
    why: dict[Span, str] = {}
    for check in checks:
        if check.verdict == "unchecked" and check.reason:
            for figure in check.figures:
                why.setdefault(figure.span, check.reason)
    return tuple(
        f if f.start in judged else attrs.evolve(f, reason=why.get(f.span) or f.reason or _unused(f)) for f in figures
    )


def _unused(figure: Figure) -> str:
    return _UNUSED.get(figure.kind, "no rule relates it to another figure of the text")


_UNUSED: Mapping[str, str] = {
    "label": "a name with digits in it, not an amount",
    "score": "a score",
    "time": "a time of day, with nothing to hold it against",
    "date": "a date, with nothing to hold it against",
    "weekday": "a weekday with no date beside it",
    "relative": "a day told from the date of publication, with nothing to hold it against",
    "event": "an event that dates itself, with nothing to hold it against",
    "ordinal": "an ordinal, with nothing counted beside it",
    "age": "an age, with no date of birth to hold it against",
}
