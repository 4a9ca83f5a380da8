"""What is asked of a strategy, tried before any example is drawn: demands that contradict each other fail here."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import get_args

import attrs

from checker.claims import NotOneFigure
from checker.claims.values import figure_of
from checker.model import Figure, Span
from checker.rulebook.evaluate import cells
from checker.rulebook.schema import Rule, Rulebook
from checker.rulebook.types import nearest
from checker.run import Rules, load_rules
from checker.strategies.board import Asked, Board
from checker.strategies.choosing import Tried
from checker.strategies.samples import Sample, roles, slot
from checker.strategies.solution import Choices, Solution, solve

_TRIALS = 4
"""How often a way is tried before it counts as one that leads nowhere."""
_ATTEMPTS = 4
"""How often a draw that leads nowhere is made anew before it is given up."""
_MOST_READ = 4096
_SEEDS = 2**16
_DRAWS_EACH, _DRAWS_BESIDE = 3, 12
"""A figure takes a stretch, a roundness and a number; beside them are drawn the way, whether the others keep the
relation, which figure comes last, and what chance begins with where either leads nowhere."""

Fixed = Mapping[str, str | Sequence[str]]
"""Figures that are given, as printed, by role."""


class Contradiction(ValueError):
    """No figures can be what is asked of them, and why, in one line."""


@attrs.frozen
class Way:
    """One way to meet the demands: a sample to print as, and a class of thing."""

    sample: Sample
    thing: str | None


@attrs.frozen(eq=False)
class Demands:
    """A rule, the verdict that is asked for, the figures that are given, and the ways in which all of it can be met."""

    rule: Rule
    asked: Asked
    fixed: Mapping[str, tuple[Figure, ...]]
    family: tuple[Sample, ...]
    ways: tuple[Way, ...] = ()
    also: tuple[Rule, ...] = ()
    exact: bool = False
    read: dict[tuple[str, str], Figure | None] = attrs.field(factory=dict, repr=False)

    def board(self, way: Way) -> Board:
        """The figures to be chosen in one of the ways."""
        if len(self.read) > _MOST_READ:
            self.read.clear()
        made = Board.of(self.rule, self.asked, way.sample, self.family, way.thing, self.fixed, self.also)
        return attrs.evolve(made, exact=self.exact, read=self.read)

    @property
    def draws(self) -> int:
        """How many choices the way with the most free figures takes."""
        free = (sum(cell.figure is None for cell in self.board(way).cells.values()) for way in self.ways)
        return _DRAWS_EACH * max(free, default=0) + _DRAWS_BESIDE

    def solve(self, choices: Choices) -> Solution | None:
        """A solution by some choices; None where they lead nowhere again and again."""
        again = Tried(choices.integer(0, _SEEDS))
        for own in (choices, *itertools.repeat(again, _ATTEMPTS - 1)):
            found = solve(self.board(own.pick(self.ways)), own)
            if found is not None:
                return found
        return None


def rule_of(rule: Rule | str, rules: Rules = None) -> tuple[Rule, Rulebook]:
    """A rule, or the one of that id, and the rulebook that it stands in; raises ValueError, in one line, for none."""
    book = load_rules(rules)
    if isinstance(rule, Rule):
        known = any(own is rule for own in book.rules)
        return rule, book if known else Rulebook({**book.topics, rule.topic.id: rule.topic}, (*book.rules, rule))
    found = next((own for own in book.rules if own.id == rule), None)
    if found is None:
        raise ValueError(_no_rule(rule, book))
    return found, book


def _no_rule(name: str, book: Rulebook) -> str:
    topic, _, stem = name.rpartition("/")
    for error in book.errors:
        beside = error.path.stem in (stem, "topic") and error.path.resolve().parent.name == topic.rpartition("/")[2]
        if beside or error.path.suffix != ".toml":
            return f"the rule '{name}' does not load: {error}"
    return f"there is no rule '{name}': {nearest(name, [own.id for own in book.rules])}"


def demands(
    rule: Rule,
    asked: Asked,
    family: Sequence[Sample],
    thing: str | None,
    fixed: Fixed,
    also: tuple[Rule, ...] = (),
    *,
    exact: bool = False,
) -> Demands:
    """The demands, tried; raises Contradiction where nothing meets them, NotOneFigure for a figure that is none.

    `also` are rules of the same frame that a consistent solution must not break either; figures that are `exact` stand
    for themselves alone.
    """
    if asked not in get_args(Asked):
        raise ValueError(f"a verdict to ask for is {', '.join(get_args(Asked))}, not '{asked}'")
    if rule.of_prints:
        raise Contradiction(f"{rule.id} is about how figures are printed, which no numbers keep or break")
    given = {name: _given(rule, name, value) for name, value in fixed.items()}
    usable = tuple(adapted for s in family if (adapted := _adapted(rule, s, given)) is not None)
    whole = Demands(rule, asked, given, usable, also=also, exact=exact)
    if not usable:
        raise Contradiction(f"{rule.id}: none of its examples shows how its figures print")
    ways = [Way(sample, own) for sample in usable for own in _things(rule, sample, thing)]
    if not ways:
        named = f"the class '{thing}'" if thing else "any class of thing that its examples name"
        raise Contradiction(f"{rule.id} has no bounds for {named}")
    possible = tuple(way for way in ways if _leads_somewhere(whole.board(way)))
    if not possible:
        raise Contradiction(_why(rule, asked, given, ways))
    return attrs.evolve(whole, ways=possible)


def _leads_somewhere(board: Board) -> bool:
    return board.feasible() and any(solve(board, Tried(seed)) is not None for seed in range(_TRIALS))


def _given(rule: Rule, name: str, value: str | Sequence[str]) -> tuple[Figure, ...]:
    if name not in rule.frame.roles:
        raise NotOneFigure(f"'{name}' is no role of {rule.frame.id}, which has {', '.join(rule.frame.roles)}")
    if name not in roles(rule):
        raise Contradiction(f"{rule.id} does not speak of {name}, but of {', '.join(roles(rule))}")
    lines = [value] if isinstance(value, str) else list(value)
    if len(lines) != 1 and not rule.frame.roles[name].many:
        raise Contradiction(f"{name} holds one figure, not {len(lines)}")
    return tuple(figure_of(rule.frame, name, line) for line in lines)


def _adapted(rule: Rule, sample: Sample, given: Mapping[str, tuple[Figure, ...]]) -> Sample | None:
    """The sample with the roles that are like a given one in its unit; None where nothing of it is free or given."""
    slots = dict(sample.slots)
    for name in roles(rule):
        role = rule.frame.roles[name]
        partners = [role.like] if role.like else [n for n, r in rule.frame.roles.items() if r.like == name]
        told = [p for p in partners if p in given]
        if name in given or not told or role.unlike or any(rule.frame.roles[p].unlike for p in partners if p):
            continue
        figure = given[told[0]][0]
        like = slot(attrs.evolve(figure, start=0, end=len(figure.text), phrase=_phrase(figure)), figure.text)
        if like.grid is None:
            return None
        slots[name] = tuple(like for _ in slots[name]) if role.many else (like,)
    return attrs.evolve(sample, slots=slots)


def _phrase(figure: Figure) -> Span:
    return Span(0, len(figure.text))


def _things(rule: Rule, sample: Sample, thing: str | None) -> tuple[str | None, ...]:
    """The classes that the rule has bounds for, the sample's own first; that of a text alone where it names one."""
    if rule.thing is None:
        if thing is not None and rule.frame.thing is None:
            raise Contradiction(f"{rule.id} is about no class of thing, not about the class '{thing}'")
        return (thing or sample.thing,)
    if thing is not None and rule.thing not in rule.topic.ancestry(thing):
        raise Contradiction(f"{rule.id} is about the class '{rule.thing}', and '{thing}' is not known to be of it")
    classes = rule.topic.classes.values()
    own = [sample.thing, *(known.name for known in classes if known.name != sample.thing and not known.proper)]
    known = [name for name in own if name and rule.thing in rule.topic.ancestry(name) and cells(rule, name) is not None]
    if sample.text is not None:
        known = known[:1] if known and known[0] == sample.thing else []
    return tuple(name for name in known if thing is None or name == thing)


def _why(rule: Rule, asked: Asked, given: Mapping[str, tuple[Figure, ...]], ways: Sequence[Way]) -> str:
    told = [f"{name} = {' and '.join(f.text for f in held)}" for name, held in given.items()]
    things = {way.thing for way in ways}
    if len(things) == 1 and (thing := next(iter(things))):
        told.append(f"class = {thing}")
    free = [name for name in roles(rule) if name not in given]
    verb = {"consistent": "keep", "broken": "break", "boundary": "touch"}[asked]
    what = f"no {' and '.join(free)} can {verb}" if free else f"the figures given do not {verb}"
    given_too = f", judged only where {rule.given.text}" if rule.given else ""
    after = f" with {', '.join(told)}" if told else ""
    return f"{rule.id}: {what} '{rule.require.text}'{after}{given_too}"
