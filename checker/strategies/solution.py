"""A rule solved: figures on their rounding grids on which it comes to the verdict that was asked for.

All figures but one are drawn, each from what the relation leaves it, and put on the nearest number of its grid that
still has a solution. The last is placed against the edge that the others leave it, which the interpreter finds by
bisection. Where the choices come from is the caller's: Hypothesis, or plain chance.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, Protocol, TypeVar

import attrs

from checker.check import weigh
from checker.claims import NotOneFigure
from checker.claims.values import figure_of
from checker.interval import Interval, Intervals, Outcome, Undefined
from checker.model import Binding, Claim, Figure, Span, Verdict
from checker.rulebook.evaluate import Scope, cells, judge
from checker.rulebook.schema import Role, Rule
from checker.rulebook.tree import Call, Name, walk
from checker.strategies.contraction import Box, contract, edge_of
from checker.strategies.prints import Print
from checker.strategies.samples import Sample, reach, roles

Asked = Literal["consistent", "broken", "boundary"]
"""What a rule is to come to; a boundary is consistent, and no longer so one step further on the grid."""

Place = tuple[str, int]
"""A role, and which of its figures."""

_T = TypeVar("_T")

_MOST_BOXES = 400
"""The most boxes that the search for the nearest number looks into."""
_ROOM, _FAR_ROOM = 4.0, 1e5
"""How many times smaller or larger than in the examples a figure is drawn; and how far the last may lie."""
_DAYS_AROUND = 400
_WAITING = 16
"""How many numbers in a row may be rounder, and so wider, than the first that breaks a rule."""
_ONE_WAY = frozenset({"weekday", "month", "year", "count"})
"""Functions that say little of their argument, so that it is better drawn before the result."""
_ORDINALS = 12


class Choices(Protocol):
    """Where the choices of a solution come from; each prefers its first or least."""

    def integer(self, low: int, high: int) -> int:
        """A whole number from low to high."""
        ...

    def pick(self, options: Sequence[_T]) -> _T:
        """One of the options."""
        ...


@attrs.frozen
class Solution:
    """Figures by role, as printed, as the values of a claim have them, and as read."""

    sample: Sample
    printed: Mapping[str, tuple[str, ...]]
    lines: Mapping[str, tuple[str, ...]]
    figures: Mapping[str, tuple[Figure, ...]]
    thing: str | None
    tags: frozenset[str]


@attrs.define
class _Cell:
    """A place while it is being solved: a fixed figure, or a grid with the number chosen on it."""

    figure: Figure | None
    line: str
    grid: Print | None = None
    k: int | None = None


@attrs.define
class Solver:
    """One rule, one sample and one class of thing, being solved for a verdict.

    `also` are rules of the same frame that a consistent solution must not break either.
    """

    rule: Rule
    asked: Asked
    thing: str | None
    tags: frozenset[str]
    sample: Sample
    family: Sequence[Sample]
    cells: dict[Place, _Cell]
    table: Mapping[tuple[str, str], Intervals]
    also: tuple[Rule, ...] = ()
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
    ) -> Solver:
        """A solver with the fixed figures in place of the sample's."""
        found: dict[Place, _Cell] = {}
        for name in roles(rule, *also):
            if name in fixed:
                found |= {(name, i): _Cell(f, f.text) for i, f in enumerate(fixed[name])}
                continue
            for i, slot in enumerate(sample.slots[name]):
                own = _Cell(None, slot.line, slot.grid) if slot.grid else _Cell(slot.figure, slot.line)
                found[name, i] = own
        tags = sample.tags - set(rule.unless)
        if rule.when and not tags & set(rule.when):
            tags |= {rule.when[0]}
        return cls(rule, asked, thing, tags, sample, family, found, cells(rule, thing) or {}, also)

    # ------------------------------------------------------------------ the whole
    def solve(self, choices: Choices) -> Solution | None:
        """A solution by these choices; None where they lead nowhere."""
        for cell in self.cells.values():
            cell.k = None
        last = self._last(choices)
        for place, cell in self.cells.items():
            if cell.figure is None and place != last and not self._draw(place, choices):
                return None
        if last is not None and not self._place(last, choices):
            return None
        return self._solved() if last is not None or self._meets() else None

    def _solved(self) -> Solution:
        printed: dict[str, tuple[str, ...]] = {}
        lines: dict[str, tuple[str, ...]] = {}
        for (name, _), cell in self.cells.items():
            chosen = cell.grid is not None and cell.k is not None
            text = cell.grid.text(cell.k) if chosen else cell.figure.text  # type: ignore[union-attr, arg-type]
            line = cell.grid.line(cell.k) if chosen else cell.line  # type: ignore[union-attr, arg-type]
            printed[name] = (*printed.get(name, ()), text)
            lines[name] = (*lines.get(name, ()), line)
        return Solution(self.sample, printed, lines, self._figures(), self.thing, self.tags)

    def feasible(self) -> bool:
        """Whether the relation leaves the free figures anything at all."""
        return self._left(self._box(far=True)) is not None

    # ------------------------------------------------------------------ figures
    def figure(self, place: Place, k: int) -> Figure | None:
        """The figure that the k-th number of a place prints as; None where it reads as no figure of the role."""
        cell = self.cells[place]
        assert cell.grid is not None
        line = cell.grid.line(k)
        if (place[0], line) not in self.read:
            try:
                self.read[place[0], line] = figure_of(self.rule.frame, place[0], line)
            except NotOneFigure:
                self.read[place[0], line] = None
        return self.read[place[0], line]

    def _chosen(self, place: Place) -> Figure | None:
        cell = self.cells[place]
        return cell.figure if cell.k is None else self.figure(place, cell.k)

    def _figures(self) -> dict[str, tuple[Figure, ...]]:
        found: dict[str, tuple[Figure, ...]] = {name: () for name in roles(self.rule, *self.also)}
        for place in self.cells:
            figure = self._chosen(place)
            if figure is not None:
                found[place[0]] = (*found[place[0]], figure)
        return found

    def verdict(self) -> Verdict | None:
        """The interpreter's verdict on the figures that were chosen."""
        figures = {name: held for name, held in self._figures().items() if held or self.rule.frame.roles[name].others}
        claim = Claim(self.rule.frame.id, (Binding(figures, self.thing),), Span(0, 0), self.tags)
        judgement = weigh(self.rule, claim)
        if judgement is not None and judgement.verdict == "consistent":
            others = (weigh(rule, claim) for rule in self.also)
            return next((o.verdict for o in others if o and o.verdict in ("broken", "strained")), "consistent")
        return judgement.verdict if judgement else None

    def _verdict_at(self, place: Place, k: int) -> Verdict | None:
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
    def _box(self, *, far: bool = False) -> Box:
        """What each figure may be worth: as it is read once it is chosen, and all of its domain before."""
        held: dict[str, list[Intervals]] = {name: [] for name in roles(self.rule, *self.also)}
        for place in self.cells:
            role, figure = self.rule.frame.roles[place[0]], self._chosen(place)
            if figure is not None:
                held[place[0]].append(_signed(role, figure.base(self._reading), figure.change))
            else:
                held[place[0]].append(self._domain(place, far=far))
        return {name: tuple(values) for name, values in held.items()}

    @property
    def _reading(self) -> Literal["printed", "widest", "plain"]:
        if self.asked != "broken":
            return "printed"
        return "plain" if self.rule.frame.restates else "widest"

    def _domain(self, place: Place, *, far: bool = False) -> Intervals:
        grid = self.cells[place].grid
        assert grid is not None
        low, high = self._ends(place, far=far)
        a, b = grid.base(low), grid.base(high)
        role = self.rule.frame.roles[place[0]]
        return _signed(role, Intervals.of(min(a, b), max(a, b)), grid.change)

    def _ends(self, place: Place, *, far: bool = False) -> tuple[int, int]:
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

    def _left(self, box: Box, *, truth: bool | None = None) -> Box | None:
        """What the rule leaves of a box when its relation is to be true, or false."""
        wanted = self.asked != "broken" if truth is None else truth
        asked = [(self.rule.require.root, wanted)]
        if self.asked == "boundary":
            asked.append((edge_of(self.rule.require.root), True))
        if self.rule.given is not None:
            asked.append((self.rule.given.root, True))
        many = frozenset(name for name in box if self.rule.frame.roles[name].many)
        left = contract(asked, box, many, self.table)
        for rule in self.also:
            bounds = cells(rule, self.thing)
            if left is not None and bounds is not None and self.asked == "consistent":
                left = contract([(rule.require.root, True)], left, many, bounds)
        return left

    def _narrowed(self, place: Place, low: int, high: int, box: Box) -> Box:
        """The box with one place between two numbers of its grid, and half a step more."""
        grid = self.cells[place].grid
        assert grid is not None
        half = grid.step * grid.measure.factor / 2.0
        own = Intervals.of(grid.base(low) - half, grid.base(high) + half)
        held = list(box[place[0]])
        held[place[1]] = _signed(self.rule.frame.roles[place[0]], own, grid.change)
        return {**box, place[0]: tuple(held)}

    def _room(self, place: Place, box: Box) -> list[tuple[int, int]]:
        """The stretches of a place's grid that a box leaves it."""
        grid = self.cells[place].grid
        assert grid is not None
        values = box[place[0]][place[1]]
        if self.rule.frame.roles[place[0]].signed:
            values = abs(values)
        return [tuple(sorted((grid.index(part.low), grid.index(part.high)))) for part in values]  # type: ignore[misc]

    # ------------------------------------------------------------------ drawing one figure
    def _draw(self, place: Place, choices: Choices) -> bool:
        """Choose a figure that leaves the others a solution."""
        for far in (False, True):
            box = self._box(far=far)
            left = self._left(box)
            if left is None:
                continue
            low, high = choices.pick(self._room(place, left))
            target = _target(choices, low, high)
            k = self._nearest(place, target, self._ends(place, far=far), box, lambda k: self._can_stand(place, k, box))
            if k is not None:
                self.cells[place].k = k
                return True
        return False

    def _can_stand(self, place: Place, k: int, box: Box) -> bool:
        """Whether a number leaves the others a solution, and its own reading the rule's condition."""
        if self.figure(place, k) is None:
            return False
        cell = self.cells[place]
        cell.k = k
        try:
            return self._given() and self._left(self._box(far=True)) is not None
        finally:
            cell.k = None

    def _given(self) -> bool:
        """Whether the rule's condition holds for all that the figures chosen can stand for, if they settle it."""
        given = self.rule.given
        if given is None or any(self._chosen(p) is None for p in self.cells if p[0] in given.names()):
            return True
        reading: Literal["plain", "widest"] = "plain" if self.rule.frame.restates else "widest"
        values: dict[str, Intervals | tuple[Intervals, ...]] = {}
        for name, held in self._figures().items():
            role = self.rule.frame.roles[name]
            own = tuple(_signed(role, f.base(reading), f.change) for f in held)
            values[name] = own if role.many else (own[0] if own else Intervals.REALS)
        try:
            return judge(given, Scope(values, self.table)) is Outcome.HOLDS
        except Undefined:
            return False

    def _nearest(
        self, place: Place, target: int, ends: tuple[int, int], box: Box, accepts: Callable[[int], bool]
    ) -> int | None:
        """The number nearest a target that is accepted, by bisection of what the relation leaves."""
        low, high = ends
        target = max(low, min(target, high))
        heap = [(0, target, target), (1, target + 1, high), (1, low, target - 1)]
        heap = [(far, a, b) for far, a, b in heap if a <= b]
        heapq.heapify(heap)
        for _ in range(_MOST_BOXES):
            if not heap:
                return None
            far, a, b = heapq.heappop(heap)
            if a == b:
                if accepts(a):
                    return a
                continue
            if self._left(self._narrowed(place, a, b, box)) is None:
                continue
            # Cut close to the target first, then ever further from it.
            cut = min(b - 1, a + far) if a > target else max(a, b - 1 - far)
            for x, y in ((a, cut), (cut + 1, b)):
                if x <= y:
                    heapq.heappush(heap, (max(x - target, target - y, 0), x, y))
        return None

    # ------------------------------------------------------------------ the last figure
    def _last(self, choices: Choices) -> Place | None:
        """The figure that is placed against the others: one that the relation says most of."""
        free = [place for place, cell in self.cells.items() if cell.figure is None]
        hidden = {
            name.name
            for node in walk(self.rule.require.root)
            if isinstance(node, Call) and node.function in _ONE_WAY
            for name in walk(node)
            if isinstance(name, Name)
        }
        best = [p for p in free if p[0] not in hidden and not self.rule.frame.roles[p[0]].many]
        best = best or [p for p in free if p[0] not in hidden] or free
        return choices.pick(best) if best else None

    def _meets(self) -> bool:
        found = self.verdict()
        return found == ("broken" if self.asked == "broken" else "consistent")

    def _place(self, place: Place, choices: Choices) -> bool:
        if self.asked == "consistent":
            k = self._kept(place, choices)
        else:
            k = self._against(place, choices)
        self.cells[place].k = k
        return k is not None

    def _kept(self, place: Place, choices: Choices) -> int | None:
        for far in (False, True):
            box = self._box(far=far)
            left = self._left(box)
            if left is None:
                continue
            target = _target(choices, *choices.pick(self._room(place, left)))
            ends = self._ends(place, far=far)
            k = self._nearest(place, target, ends, box, lambda k: self._verdict_at(place, k) == "consistent")
            if k is not None:
                return k
        return None

    def _against(self, place: Place, choices: Choices) -> int | None:
        """A number at or beyond an edge of what keeps the relation; any that breaks it where nothing keeps it."""
        edges = list(self._edges(place))
        if edges:
            first = choices.integer(0, len(edges) - 1)
            for edge, way in (*edges[first:], *edges[:first]):
                k = self._at_edge(place, edge, way, choices)
                if k is not None:
                    return k
        box = self._box(far=True)
        low, high = self._ends(place)
        target = _target(choices, low, high)
        return self._nearest(place, target, self._ends(place, far=True), box, lambda k: self._touches(place, k))

    def _touches(self, place: Place, k: int) -> bool:
        found = self._verdict_at(place, k)
        if self.asked == "broken":
            return found == "broken"
        return found == "consistent" and any(
            self._verdict_at(place, k + way) in ("strained", "broken") for way in (1, -1)
        )

    def _edges(self, place: Place) -> Iterator[tuple[int, int]]:
        """The ends of the stretches that keep the relation, each with the way that leads out of it."""
        with_printed = attrs.evolve(self, asked="consistent")
        box = with_printed._box(far=True)  # noqa: SLF001 - a solver of its own kind
        left = self._left(box, truth=True)
        low, high = self._ends(place, far=True)
        for a, b in self._room(place, left) if left is not None else ():
            if a > low:
                yield a, -1
            if b < high:
                yield b, 1

    def _at_edge(self, place: Place, edge: int, way: int, choices: Choices) -> int | None:
        if self.asked == "boundary":
            outer = self._first(place, edge, way, lambda found: found in ("strained", "broken"))
            return outer - way if outer is not None and self._touches(place, outer - way) else None
        first = self._first(place, edge, way, lambda found: found == "broken")
        if first is None:
            return None
        low, high = self._ends(place, far=True)
        room = high - first if way > 0 else first - low
        beyond = choices.integer(0, max(0, min(room, 3 * abs(first) + 10)))
        for k in range(first + way * beyond, first + way * (beyond + _WAITING), way):
            if self._verdict_at(place, k) == "broken":
                return k
        return first

    def _first(self, place: Place, edge: int, way: int, is_out: Callable[[Verdict | None], bool]) -> int | None:
        """The first number on the way out of a stretch of which the verdict is out."""
        low, high = self._ends(place, far=True)

        def out(k: int) -> bool:
            return is_out(self._verdict_at(place, k))

        outer = self._reached(edge, way, (low, high), out)
        if outer is None:
            return None
        inner = self._reached(outer, -way, (low, high), lambda k: not out(k))
        if inner is None:
            return outer
        while abs(outer - inner) > 1:
            middle = (outer + inner) // 2
            if out(middle):
                outer = middle
            else:
                inner = middle
        # A round number is wider than its neighbours, so an unround one nearer by may be out already.
        for k in range(outer - way * _WAITING, outer, way):
            if low <= k <= high and out(k) and not out(k - way):
                return k
        return outer

    @staticmethod
    def _reached(start: int, way: int, ends: tuple[int, int], there: Callable[[int], bool]) -> int | None:
        """A number on a way where something is so, in strides that double."""
        k, stride = start, 1
        while ends[0] <= k <= ends[1]:
            if there(k):
                return k
            k += way * stride
            stride *= 2
        return None


def _signed(role: Role, values: Intervals, change: str | None) -> Intervals:
    """The values as rules have them: a figure that goes down counts negative, one without a direction either way."""
    if not role.signed or change == "up":
        return values
    return -abs(values) if change == "down" else values | -values


def _target(choices: Choices, low: int, high: int) -> int:
    """A number to aim at, the round ones as likely as the others."""
    if low > high:
        low, high = high, low
    most = len(str(max(abs(low), abs(high)))) - 1
    unit = 10 ** choices.pick(range(most, -1, -1))
    first, final = -(-low // unit), high // unit
    return choices.integer(first, final) * unit if first <= final else choices.integer(low, high)
