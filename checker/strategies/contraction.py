"""The solver's step: what a relation leaves of the sets that its roles may come from.

Forward-backward contraction over the tree (HC4-revise; Benhamou, Goualard, Granvilliers & Puget, *Revising hull and
box consistency*, 1999). What is taken away holds no solution; what is left may hold none either, so the interpreter
has the last word. A function without an inverse is contracted by cutting its argument into slices.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence

import attrs

from checker.interval import Intervals, Outcome, Undefined, down
from checker.rulebook.evaluate import Scope, Value, constant, evaluate
from checker.rulebook.functions import FUNCTIONS, Function
from checker.rulebook.tree import Binary, Call, Cell, Compare, Logic, Name, Node, Number, Unary
from checker.strategies.inverses import INVERSES, NothingLeft, divided, root, sliced, union

Box = Mapping[str, tuple[Intervals, ...]]
"""For each role what each of its figures may stand for, in base units and as the rule reads it."""

_PASSES = 6
_WORTH_A_PASS = 0.99
"""Another pass is made while one leaves less than this of some set's width."""
_STRICTLY = 1e-11
"""Two values that differ by less, relative to their size, are no two values to a strict relation: an instant of a day
is known to half a second."""

_NEGATED = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def contract(
    relations: Iterable[tuple[Node, bool]],
    box: Box,
    many: frozenset[str],
    cells: Mapping[tuple[str, str], Intervals],
) -> Box | None:
    """The box without values that cannot make each relation true, or false, as is asked; None when nothing is left.

    `many` are the roles that hold several figures.
    """
    asked = tuple(relations)
    narrowed = _Narrowed(dict(box), many, cells)
    try:
        for _ in range(_PASSES):
            before = dict(narrowed.box)
            for node, truth in asked:
                narrowed.relation(node, None, truth)
            if not _worth_it(before, narrowed.box):
                break
    except NothingLeft:
        return None
    return narrowed.box


def _worth_it(before: Box, after: Box) -> bool:
    pairs = ((a, b) for name in before for a, b in zip(before[name], after[name], strict=True) if a != b)
    return any(not _width(b) >= _WORTH_A_PASS * _width(a) for a, b in pairs)


def _width(values: Intervals) -> float:
    return sum(part.high - part.low for part in values)


@attrs.define
class _Narrowed:
    """A box while it is being narrowed; every step raises NothingLeft when it is empty."""

    box: dict[str, tuple[Intervals, ...]]
    many: frozenset[str]
    cells: Mapping[tuple[str, str], Intervals]

    # ------------------------------------------------------------------ forward
    def value(self, node: Node, i: int | None) -> Intervals:
        """What a node can be worth now, for the i-th figure where it is worth one for each."""
        found = self._evaluated(node)
        chosen = found[i] if isinstance(found, tuple) and i is not None else found
        if not isinstance(chosen, Intervals):
            raise TypeError(f"{node!r} is no value to compute with")
        if not chosen.parts:
            raise NothingLeft
        return chosen

    def _evaluated(self, node: Node) -> Value:
        values = {name: held if name in self.many else held[0] for name, held in self.box.items()}
        return evaluate(node, Scope(values, self.cells))

    # ------------------------------------------------------------------ relations
    def relation(self, node: Node, i: int | None, truth: bool) -> None:
        """Take away what cannot give the relation the truth."""
        try:
            self.settle(node, i, truth)
        except Undefined:
            return

    def settle(self, node: Node, i: int | None, truth: bool) -> None:
        """The same, but raises Undefined where the relation says nothing."""
        match node:
            case Unary("not"):
                self.settle(node.operand, i, not truth)
            case Logic():
                parts = [functools.partial(_Narrowed.settle, node=n, i=i, truth=truth) for n in node.operands]
                self._all(parts) if (node.operator == "and") == truth else self._any(parts)
            case Compare():
                links = zip(node.operators, node.operands, node.operands[1:], strict=False)
                signs = [(sign if truth else _NEGATED[sign], a, b) for sign, a, b in links]
                parts = [functools.partial(_Narrowed.link, sign=s, left=a, right=b, i=i) for s, a, b in signs]
                self._all(parts) if truth else self._any(parts)
            case _:
                raise TypeError(f"{node!r} is no relation")

    def _all(self, steps: Sequence[Callable[[_Narrowed], None]]) -> None:
        for step in steps:
            step(self)

    def _any(self, steps: Sequence[Callable[[_Narrowed], None]]) -> None:
        """Keep what any of the steps would leave."""
        if len(steps) == 1:
            steps[0](self)
            return
        left: list[dict[str, tuple[Intervals, ...]]] = []
        for step in steps:
            own = attrs.evolve(self, box=dict(self.box))
            try:
                step(own)
            except NothingLeft:
                continue
            left.append(own.box)
        if not left:
            raise NothingLeft
        for name in self.box:
            kept = zip(*(box[name] for box in left), strict=True)
            self.box[name] = tuple(union(each) for each in kept)

    def link(self, sign: str, left: Node, right: Node, i: int | None) -> None:
        """Take away what cannot stand in one comparison."""
        a, b = self.value(left, i), self.value(right, i)
        match sign:
            case "==":
                self.narrow(left, i, b)
                self.narrow(right, i, a)
            case "<" | "<=":
                self.narrow(left, i, Intervals.of(-math.inf, _less(b.high, sign)))
                self.narrow(right, i, Intervals.of(_more(a.low, sign), math.inf))
            case ">" | ">=":
                self.narrow(left, i, Intervals.of(_more(b.low, sign), math.inf))
                self.narrow(right, i, Intervals.of(-math.inf, _less(a.high, sign)))
            case _ if a.is_point and a.parts == b.parts:
                raise NothingLeft

    # ------------------------------------------------------------------ values
    def narrow(self, node: Node, i: int | None, wanted: Intervals) -> None:
        """Take away what cannot make a node worth one of the wanted values."""
        now = self.value(node, i)
        if now.is_point and now.meets(wanted):
            return
        wanted = Intervals((now & wanted).parts)
        if not wanted:
            raise NothingLeft
        match node:
            case Number() | Cell():
                return
            case Name():
                held = self.box[node.name]
                at = i if i is not None and node.name in self.many else 0
                self.box[node.name] = (*held[:at], Intervals((held[at] & wanted).parts), *held[at + 1 :])
            case Unary():
                self.narrow(node.operand, i, -wanted)
            case Binary():
                self._binary(node, i, wanted)
            case Call():
                self._call(node, i, wanted)

    def _binary(self, node: Binary, i: int | None, wanted: Intervals) -> None:
        a = self.value(node.left, i)
        if node.operator == "**":
            self.narrow(node.left, i, root(wanted, constant(node.right)))
            return
        b = self.value(node.right, i)
        match node.operator:
            case "+":
                self.narrow(node.left, i, wanted - b)
                self.narrow(node.right, i, wanted - self.value(node.left, i))
            case "-":
                self.narrow(node.left, i, wanted + b)
                self.narrow(node.right, i, self.value(node.left, i) - wanted)
            case "*":
                self.narrow(node.left, i, divided(wanted, b))
                self.narrow(node.right, i, divided(wanted, self.value(node.left, i)))
            case "/":
                self.narrow(node.left, i, wanted * b)
                self.narrow(node.right, i, divided(a, wanted))

    def _call(self, node: Call, i: int | None, wanted: Intervals) -> None:
        match node.function:
            case "sum":
                self._sum(node.arguments[0], wanted)
            case "count":
                self._count(node.arguments[0], wanted)
            case "min" | "max":
                self._extreme(node, i, wanted)
            case name:
                self._function(FUNCTIONS[name], node, i, wanted)

    def _each(self, node: Node) -> list[int]:
        found = self._evaluated(node)
        return list(range(len(found))) if isinstance(found, tuple) else []

    def _sum(self, node: Node, wanted: Intervals) -> None:
        for i in self._each(node):
            rest = Intervals.of(0.0)
            for j in self._each(node):
                if j != i:
                    rest = rest + self.value(node, j)
            self.narrow(node, i, wanted - rest)

    def _count(self, node: Node, wanted: Intervals) -> None:
        """Where as many hold as may, the others must fail; where no more may fail, they must all hold."""
        outcomes = [self._outcome(node, i) for i in self._each(node)]
        sure = sum(outcome is Outcome.HOLDS for outcome in outcomes)
        possible = sum(outcome is not Outcome.BROKEN for outcome in outcomes)
        least, most = math.ceil(wanted.low), math.floor(wanted.high) if math.isfinite(wanted.high) else len(outcomes)
        if possible < least or sure > most:
            raise NothingLeft
        for i, outcome in enumerate(outcomes):
            if outcome is Outcome.POSSIBLE and sure == most:
                self.relation(node, i, False)
            elif outcome is Outcome.POSSIBLE and possible == least:
                self.relation(node, i, True)

    def _outcome(self, node: Node, i: int) -> Outcome:
        """What one of the relations counted can come to: what leaves nothing of the box cannot be."""
        may = {truth: self._leaves_something(node, i, truth) for truth in (True, False)}
        if may[True] and may[False]:
            return Outcome.POSSIBLE
        return Outcome.HOLDS if may[True] else Outcome.BROKEN

    def _leaves_something(self, node: Node, i: int, truth: bool) -> bool:
        own = attrs.evolve(self, box=dict(self.box))
        try:
            for _ in range(2):
                own.relation(node, i, truth)
        except NothingLeft:
            return False
        return True

    def _extreme(self, node: Call, i: int | None, wanted: Intervals) -> None:
        bound = Intervals.of(wanted.low, math.inf) if node.function == "min" else Intervals.of(-math.inf, wanted.high)
        for argument in node.arguments:
            for j in self._each(argument) or (i,):
                self.narrow(argument, j, bound)

    def _function(self, function: Function, node: Call, i: int | None, wanted: Intervals) -> None:
        for argument, parameter in zip(node.arguments, function.parameters, strict=True):
            self.narrow(argument, i, parameter.domain)
        inverse = INVERSES.get(function.name)
        if inverse is not None:
            self.narrow(node.arguments[0], i, inverse(wanted))
            return
        for at, argument in enumerate(node.arguments):
            given = [self.value(a, i) for a in node.arguments]
            self.narrow(argument, i, sliced(function, given, at, wanted))


def _less(bound: float, sign: str) -> float:
    """The greatest value that is below a bound, or at most it."""
    return bound if "=" in sign or math.isinf(bound) else down(bound - _STRICTLY * abs(bound))


def _more(bound: float, sign: str) -> float:
    return -_less(-bound, sign)


def edge_of(node: Node) -> Node:
    """The relation that holds where the truth of another one turns: one of its comparisons is an equality."""
    match node:
        case Unary("not"):
            return edge_of(node.operand)
        case Logic():
            return Logic("or", tuple(map(edge_of, node.operands)))
        case Compare():
            pairs = zip(node.operands, node.operands[1:], strict=False)
            equal = tuple(Compare(("==",), pair) for pair in pairs)
            return equal[0] if len(equal) == 1 else Logic("or", equal)
    raise TypeError(f"{node!r} is no relation")
