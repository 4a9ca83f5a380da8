"""A rule's figures while they are being chosen: each on its rounding grid, with what the relation leaves it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

import attrs

from checker.check import weigh
from checker.claims import NotOneFigure
from checker.claims.values import figure_of
from checker.interval import Intervals, Outcome, Undefined
from checker.model import COMPUTED, Binding, Claim, Figure, Readings, Span, Verdict
from checker.rulebook.evaluate import Scope, cells, judge
from checker.rulebook.schema import Role, Rule
from checker.rulebook.tree import Node
from checker.strategies.contraction import Box, contract, edge_of
from checker.strategies.prints import Print
from checker.strategies.samples import Sample, reach, roles

Asked = Literal["consistent", "broken", "boundary"]
"""What a rule is to come to; a boundary is consistent, and no longer so one step further on the grid."""

Place = tuple[str, int]
"""A role, and which of its figures."""

_ROOM, _FAR_ROOM = 4.0, 1e5
"""How many times smaller or larger than in the examples a figure is drawn; and how far the last may lie."""
_DAYS_AROUND = 400
_ORDINALS = 12
_ROUNDS = 2
"""How often the rules of one frame take turns in narrowing what they share."""


@attrs.define
class Chosen:
    """A place while it is being solved: a fixed figure, or a grid with the number chosen on it."""

    figure: Figure | None
    line: str
    grid: Print | None = None
    k: int | None = None

    def told(self) -> tuple[str, str]:
        """The figure as it prints, and as a value written out by hand has it."""
        if self.grid is not None and self.k is not None:
            return self.grid.text(self.k), self.grid.line(self.k)
        return self.figure.text if self.figure else "", self.line


@attrs.define
class Board:
    """One rule, one sample and one class of thing, being solved for a verdict.

    `also` are rules of the same frame that a consistent solution must not break either. Where they are `exact`, figures
    are the numbers of a computation: they stand for themselves alone.
    """

    rule: Rule
    asked: Asked
    thing: str | None
    tags: frozenset[str]
    sample: Sample
    family: Sequence[Sample]
    cells: dict[Place, Chosen]
    table: Mapping[tuple[str, str], Intervals]
    also: tuple[Rule, ...] = ()
    exact: bool = False
    read: dict[tuple[str, str], Figure | None] = attrs.field(factory=dict)

    @classmethod
    def of(
        cls,
        rule: Rule,
        asked: Asked,
        sample: Sample,
        family: Sequence[Sample],
        thing: str | None,
        fixed: Mapping[str, tuple[Figure, ...]],
        also: tuple[Rule, ...] = (),
    ) -> Board:
        """A solver with the fixed figures in place of the sample's."""
        found: dict[Place, Chosen] = {}
        for name in roles(rule, *also):
            if name in fixed:
                found |= {(name, i): Chosen(f, f.text) for i, f in enumerate(fixed[name])}
                continue
            for i, slot in enumerate(sample.slots[name]):
                own = Chosen(None, slot.line, slot.grid) if slot.grid else Chosen(slot.figure, slot.line)
                found[name, i] = own
        tags = sample.tags - set(rule.unless)
        if rule.when and not tags & set(rule.when):
            tags |= {rule.when[0]}
        return cls(rule, asked, thing, tags, sample, family, found, cells(rule, thing) or {}, also)

    def feasible(self) -> bool:
        """Whether the relation leaves the free figures anything at all."""
        return self.left(self.box(far=True)) is not None

    # ------------------------------------------------------------------ figures
    def figure(self, place: Place, k: int) -> Figure | None:
        """The figure that the k-th number of a place prints as; None where it reads as no figure of the role."""
        cell = self.cells[place]
        assert cell.grid is not None
        line = cell.grid.line(k)
        if (place[0], line) not in self.read:
            try:
                found = figure_of(self.rule.frame, place[0], line)
                self.read[place[0], line] = attrs.evolve(found, readings=_alone(found)) if self.exact else found
            except NotOneFigure:
                self.read[place[0], line] = None
        return self.read[place[0], line]

    def chosen(self, place: Place) -> Figure | None:
        """The figure of a place; None while it is free."""
        cell = self.cells[place]
        return cell.figure if cell.k is None else self.figure(place, cell.k)

    def figures(self) -> dict[str, tuple[Figure, ...]]:
        """The figures that are fixed or chosen, by role."""
        found: dict[str, tuple[Figure, ...]] = dict.fromkeys(roles(self.rule, *self.also), ())
        for place in self.cells:
            figure = self.chosen(place)
            if figure is not None:
                found[place[0]] = (*found[place[0]], figure)
        return found

    def verdict(self) -> Verdict | None:
        """The interpreter's verdict on the figures that were chosen."""
        figures = {name: held for name, held in self.figures().items() if held or self.rule.frame.roles[name].others}
        claim = Claim(self.rule.frame.id, (Binding(figures, self.thing),), Span(0, 0), self.tags)
        judgement = weigh(self.rule, claim)
        if judgement is not None and judgement.verdict == "consistent":
            others = (weigh(rule, claim) for rule in self.also)
            return next((o.verdict for o in others if o and o.verdict in ("broken", "strained")), "consistent")
        return judgement.verdict if judgement else None

    def verdict_at(self, place: Place, k: int) -> Verdict | None:
        """The verdict with the k-th number in a place; None where that is off its grid or reads otherwise."""
        cell = self.cells[place]
        assert cell.grid is not None
        if not cell.grid.low <= k <= cell.grid.high or self.figure(place, k) is None:
            return None
        before, cell.k = cell.k, k
        try:
            return self.verdict()
        finally:
            cell.k = before

    # ------------------------------------------------------------------ sets of values
    def box(self, *, far: bool = False) -> Box:
        """What each figure may be worth: as it is read once it is chosen, and all of its domain before."""
        held: dict[str, list[Intervals]] = {name: [] for name in roles(self.rule, *self.also)}
        for place in self.cells:
            role, figure = self.rule.frame.roles[place[0]], self.chosen(place)
            if figure is not None:
                held[place[0]].append(_signed(role, figure.base(self.reading), figure.change))
            else:
                held[place[0]].append(self.domain(place, far=far))
        return {name: tuple(values) for name, values in held.items()}

    @property
    def reading(self) -> Literal["printed", "widest", "plain"]:
        """The reading that counts: nothing that a figure can stand for may keep a rule that is to be broken."""
        if self.asked != "broken":
            return "printed"
        return "plain" if self.rule.frame.restates else "widest"

    def domain(self, place: Place, *, far: bool = False) -> Intervals:
        """What a free place can be worth."""
        grid = self.cells[place].grid
        assert grid is not None
        low, high = self.ends(place, far=far)
        a, b = grid.base(low), grid.base(high)
        role = self.rule.frame.roles[place[0]]
        return _signed(role, Intervals.of(min(a, b), max(a, b)), grid.change)

    def ends(self, place: Place, *, far: bool = False) -> tuple[int, int]:
        """The least and the greatest number of a grid that is drawn, or may be reached at all."""
        grid = self.cells[place].grid
        assert grid is not None
        if grid.form == "weekday":
            return grid.low, grid.high
        low, high = self._reach(place, grid, far=far)
        # Below the first there is no step to take, so that it is no boundary.
        least = grid.low + (1 if self.asked == "boundary" and grid.form == "ordinal" else 0)
        return max(low, least), min(high, grid.high)

    def _reach(self, place: Place, grid: Print, *, far: bool) -> tuple[int, int]:
        if grid.form == "ordinal":
            return grid.low, grid.high if far else _ORDINALS
        seen = reach(self.family, place[0], grid) or (grid.base(1), grid.base(1))
        if grid.form != "number":
            around = 0 if not far else 10 * _DAYS_AROUND
            first, final = (grid.index(x) for x in seen)
            return first - _DAYS_AROUND - around, final + _DAYS_AROUND + around
        room = _FAR_ROOM if far else _ROOM
        if grid.signed:
            most = max(abs(grid.index(x)) for x in seen)
            return -round(most * room), round(most * room)
        first, final = (grid.index(x) for x in seen)
        return math.floor(first / room), math.ceil(final * room)

    def left(self, box: Box, *, truth: bool | None = None) -> Box | None:
        """What the rule leaves of a box when its relation is to be true, or false."""
        wanted = self.asked != "broken" if truth is None else truth
        asked = [(self.rule.require.root, wanted)]
        if self.asked == "boundary":
            asked.append((edge_of(self.rule.require.root), True))
        if self.rule.given is not None:
            asked.append((self.rule.given.root, True))
        many = frozenset(name for name in box if self.rule.frame.roles[name].many)
        left = contract(asked, box, many, self.table)
        others = self._others() if self.asked == "consistent" else []
        for _ in range(_ROUNDS if others else 0):
            for root, bounds in others:
                left = contract([(root, True)], left, many, bounds) if left is not None else None
            left = contract(asked, left, many, self.table) if left is not None else None
        return left

    def _others(self) -> list[tuple[Node, Mapping[tuple[str, str], Intervals]]]:
        """The relations of the other rules that speak of this class of thing, with their bounds for it."""
        bounded = ((rule.require.root, cells(rule, self.thing)) for rule in self.also)
        return [(root, bounds) for root, bounds in bounded if bounds is not None]

    def narrowed(self, place: Place, low: int, high: int, box: Box) -> Box:
        """The box with one place between two numbers of its grid, and half a step more."""
        grid = self.cells[place].grid
        assert grid is not None
        half = grid.step * grid.measure.factor / 2.0
        own = Intervals.of(grid.base(low) - half, grid.base(high) + half)
        held = list(box[place[0]])
        held[place[1]] = _signed(self.rule.frame.roles[place[0]], own, grid.change)
        return {**box, place[0]: tuple(held)}

    def room(self, place: Place, box: Box) -> list[tuple[int, int]]:
        """The stretches of a place's grid that a box leaves it."""
        grid = self.cells[place].grid
        assert grid is not None
        values = box[place[0]][place[1]]
        if self.rule.frame.roles[place[0]].signed:
            values = abs(values)
        return [tuple(sorted((grid.index(part.low), grid.index(part.high)))) for part in values]  # type: ignore[misc]

    def condition_holds(self) -> bool:
        """Whether the rule's condition holds for all that the figures chosen can stand for, if they settle it."""
        given = self.rule.given
        if given is None or any(self.chosen(p) is None for p in self.cells if p[0] in given.names()):
            return True
        reading: Literal["plain", "widest"] = "plain" if self.rule.frame.restates else "widest"
        values: dict[str, Intervals | tuple[Intervals, ...]] = {}
        for name, held in self.figures().items():
            role = self.rule.frame.roles[name]
            own = tuple(_signed(role, f.base(reading), f.change) for f in held)
            values[name] = own if role.many else (own[0] if own else Intervals.REALS)
        try:
            return judge(given, Scope(values, self.table)) is Outcome.HOLDS
        except Undefined:
            return False


def _alone(figure: Figure) -> Readings:
    """The readings of a computed number: itself, with the rounding of its computation."""
    low, high = figure.nominal if isinstance(figure.nominal, tuple) else (figure.nominal, figure.nominal)
    values = Intervals.of(low - abs(low) * COMPUTED, high + abs(high) * COMPUTED)
    return Readings(values, values, values)


def _signed(role: Role, values: Intervals, change: str | None) -> Intervals:
    """The values as rules have them: a figure that goes down counts negative, one without a direction either way."""
    if not role.signed or change == "up":
        return values
    return -abs(values) if change == "down" else values | -values
