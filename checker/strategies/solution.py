"""A rule solved: figures on their rounding grids on which it comes to the verdict that was asked for.

All figures but one are drawn, each from what the relation leaves it, and put on the nearest number of its grid that
still has a solution. The last is placed against the edge that the others leave it, which the interpreter finds by
bisection. So that there is an edge, the others of a broken relation mostly come from what keeps it, and the last alone
breaks it. Where the choices come from is the caller's: Hypothesis, or plain chance.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

import attrs

from checker.model import Figure, Verdict
from checker.rulebook.tree import Call, Name, walk
from checker.strategies.board import Board, Place
from checker.strategies.choosing import Tried
from checker.strategies.contraction import Box
from checker.strategies.samples import Sample

_T = TypeVar("_T")

_MOST_BOXES = 300
"""The most boxes that the search for the nearest number looks into."""
_WAITING = 16
"""How many numbers in a row may be rounder, and so wider, than the first that breaks a rule."""
_MOSTLY = (True, True, True, False)
_SEEDS = 2**16
_ONE_WAY = frozenset({"weekday", "month", "year", "count"})
"""Functions that say little of their argument, so that it is better drawn before the result."""


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


def solve(board: Board, choices: Choices) -> Solution | None:
    """A solution of a board by some choices; None where they lead nowhere.

    What is tried again is tried by chance, from one number chosen beforehand, so that every solution takes as many
    choices as the next.
    """
    again = Tried(choices.integer(0, _SEEDS))
    keeping = [attrs.evolve(board, asked="consistent")] if board.asked == "broken" and choices.pick(_MOSTLY) else []
    ways = itertools.product([*keeping, board], _lasts(board, choices))
    searches = zip(itertools.chain((choices,), itertools.repeat(again)), ways, strict=False)
    found = (_Search(board, own, choices, drawn).solve(last) for own, (drawn, last) in searches)
    return next(filter(None, found), None)


def _lasts(board: Board, choices: Choices) -> Sequence[Place | None]:
    """The figures that may be placed against the others: those that the relation says most of, one chosen first."""
    free = [place for place, cell in board.cells.items() if cell.figure is None]
    hidden = {
        name.name
        for node in walk(board.rule.require.root)
        if isinstance(node, Call) and node.function in _ONE_WAY
        for name in walk(node)
        if isinstance(name, Name)
    }
    best = [p for p in free if p[0] not in hidden and not board.rule.frame.roles[p[0]].many]
    best = best or [p for p in free if p[0] not in hidden] or free
    first = best.index(choices.pick(best)) if best else 0
    return [*best[first:], *best[:first]] or [None]


@attrs.frozen
class _Search:
    """One walk to a solution; all figures but the last are drawn from what the relation leaves them in `drawn`.

    How far beyond an edge the last one lies is chosen by `beyond`, so that it shrinks whatever the others came from.
    """

    board: Board
    choices: Choices
    beyond: Choices
    drawn: Board

    def solve(self, last: Place | None) -> Solution | None:
        """A solution by these choices; None where they lead nowhere."""
        return self._solved() if self._is_solved(last) else None

    def _is_solved(self, last: Place | None) -> bool:
        """Whether all figures could be chosen, one after the others."""
        for cell in self.board.cells.values():
            cell.k = None
        for place, cell in self.board.cells.items():
            if cell.figure is None and place != last and not self._draw(place):
                return False
        return self._place(last) if last is not None else self._meets()

    def _solved(self) -> Solution:
        printed: dict[str, tuple[str, ...]] = {}
        lines: dict[str, tuple[str, ...]] = {}
        for (name, _), cell in self.board.cells.items():
            text, line = cell.told()
            printed[name] = (*printed.get(name, ()), text)
            lines[name] = (*lines.get(name, ()), line)
        return Solution(self.board.sample, printed, lines, self.board.figures(), self.board.thing, self.board.tags)

    # ------------------------------------------------------------------ drawing one figure
    def _draw(self, place: Place) -> bool:
        """Choose a figure that leaves the others a solution."""
        for far in (False, True):
            box = self.drawn.box(far=far)
            left = self.drawn.left(box)
            if left is None:
                continue
            target = _target(self.choices, *self.choices.pick(self.drawn.room(place, left)))
            ends = self.drawn.ends(place, far=far)
            k = self._nearest(self.drawn, place, target, ends, box, lambda k: self._can_stand(place, k))
            if k is not None:
                self.drawn.cells[place].k = k
                return True
        return False

    def _can_stand(self, place: Place, k: int) -> bool:
        """Whether a number leaves the others a solution, and its own reading the rule's condition."""
        if self.board.figure(place, k) is None:
            return False
        cell = self.board.cells[place]
        cell.k = k
        try:
            return self.board.condition_holds() and self.drawn.left(self.drawn.box(far=True)) is not None
        finally:
            cell.k = None

    @staticmethod
    def _nearest(
        board: Board, place: Place, target: int, ends: tuple[int, int], box: Box, accepts: Callable[[int], bool]
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
            if board.left(board.narrowed(place, a, b, box)) is None:
                continue
            # Stretches grow with their distance from the target; one that may hold a solution is halved.
            size = far if b - a > far else (b - a) // 2
            cut = a + size if a > target else b - 1 - size
            for x, y in ((a, cut), (cut + 1, b)):
                if x <= y:
                    heapq.heappush(heap, (max(x - target, target - y, 0), x, y))
        return None

    # ------------------------------------------------------------------ the last figure
    def _meets(self) -> bool:
        found = self.board.verdict()
        return found == ("broken" if self.board.asked == "broken" else "consistent")

    def _place(self, place: Place) -> bool:
        k = self._kept(place) if self.board.asked == "consistent" else self._against(place)
        self.board.cells[place].k = k
        return k is not None

    def _kept(self, place: Place) -> int | None:
        board = self.board
        for far in (False, True):
            box = board.box(far=far)
            left = board.left(box)
            if left is None:
                continue
            target = _target(self.choices, *self.choices.pick(board.room(place, left)))
            ends = board.ends(place, far=far)
            k = self._nearest(board, place, target, ends, box, lambda k: board.verdict_at(place, k) == "consistent")
            if k is not None:
                return k
        return None

    def _against(self, place: Place) -> int | None:
        """A number at or beyond an edge of what keeps the relation; any that breaks it where nothing is to keep it."""
        edges = list(self._edges(place))
        if edges:
            first = self.choices.integer(0, len(edges) - 1)
            for edge, way in (*edges[first:], *edges[:first]):
                k = self._at_edge(place, edge, way)
                if k is not None:
                    return k
        if self.drawn is not self.board:
            return None
        box = self.board.box(far=True)
        target = _target(self.choices, *self.board.ends(place))
        ends = self.board.ends(place, far=True)
        return self._nearest(self.board, place, target, ends, box, lambda k: self._touches(place, k))

    def _touches(self, place: Place, k: int) -> bool:
        found = self.board.verdict_at(place, k)
        if self.board.asked == "broken":
            return found == "broken"
        return found == "consistent" and any(
            self.board.verdict_at(place, k + way) in ("strained", "broken") for way in (1, -1)
        )

    def _edges(self, place: Place) -> Iterator[tuple[int, int]]:
        """The ends of the stretches that keep the relation, each with the way that leads out of it."""
        printed = attrs.evolve(self.board, asked="consistent")
        left = printed.left(printed.box(far=True))
        low, high = self.board.ends(place, far=True)
        for a, b in self.board.room(place, left) if left is not None else ():
            if a > low:
                yield a, -1
            if b < high:
                yield b, 1

    def _at_edge(self, place: Place, edge: int, way: int) -> int | None:
        if self.board.asked == "boundary":
            outer = self._first(place, edge, way, lambda found: found in ("strained", "broken"))
            return outer - way if outer is not None and self._touches(place, outer - way) else None
        first = self._first(place, edge, way, lambda found: found == "broken")
        if first is None:
            return None
        low, high = self.board.ends(place, far=True)
        room = high - first if way > 0 else first - low
        beyond = self.beyond.integer(0, max(0, min(room, 3 * abs(first) + 10)))
        for k in range(first + way * beyond, first + way * (beyond + _WAITING), way):
            if self.board.verdict_at(place, k) == "broken":
                return k
        return first

    def _first(self, place: Place, edge: int, way: int, is_out: Callable[[Verdict | None], bool]) -> int | None:
        """The first number on the way out of a stretch of which the verdict is out."""
        low, high = self.board.ends(place, far=True)

        def out(k: int) -> bool:
            return is_out(self.board.verdict_at(place, k))

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
        low, high = ends
        k, stride = max(low, min(start, high)), 1
        while not there(k):
            if k == (high if way > 0 else low):
                return None
            k = max(low, min(k + way * stride, high))
            stride *= 2
        return k


def _target(choices: Choices, low: int, high: int) -> int:
    """A number to aim at, the round ones as likely as the others."""
    most = len(str(max(abs(low), abs(high)))) - 1
    unit = int(10 ** choices.pick(range(most, -1, -1)))
    first, final = -(-low // unit), high // unit
    return choices.integer(first, final) * unit if first <= final else choices.integer(low, high)
