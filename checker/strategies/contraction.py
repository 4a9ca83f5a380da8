"""The solver's step: what a relation leaves of the sets that its roles may come from.

Forward-backward contraction over the tree (HC4-revise; Benhamou, Goualard, Granvilliers & Puget, *Revising hull and
box consistency*, 1999). What is taken away holds no solution; what is left may hold none either, so the interpreter
has the last word. A function without an inverse is contracted by cutting its argument into slices.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Mapping, Sequence

import attrs

from checker.interval import Interval, Intervals, Outcome, Undefined, down
from checker.rulebook.evaluate import Scope, Value, constant, evaluate
from checker.rulebook.functions import FUNCTIONS, Function
from checker.rulebook.tree import Binary, Call, Cell, Compare, Logic, Name, Node, Number, Unary

Box = Mapping[str, tuple[Intervals, ...]]
"""For each role what each of its figures may stand for, in base units and as the rule reads it."""

_PASSES = 6
_SLICES = 32
_WORTH_A_PASS = 0.99
"""Another pass is made while one leaves less than this of some set's width."""
_DAY, _EARLY = 86_400.0, 0.1
"""Seconds in a day, and how many before midnight count as the day that begins."""
_STRICTLY = 1e-11
"""Two values that differ by less, relative to their size, are no two values to a strict relation: an instant of a day
is known to half a second."""

_NEGATED = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class _Nothing(Exception):
    """No values of the sets are left."""


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
    except _Nothing:
        return None
    return narrowed.box


def _worth_it(before: Box, after: Box) -> bool:
    pairs = ((a, b) for name in before for a, b in zip(before[name], after[name], strict=True) if a != b)
    return any(not _width(b) >= _WORTH_A_PASS * _width(a) for a, b in pairs)


def _width(values: Intervals) -> float:
    return sum(part.high - part.low for part in values)


@attrs.define
class _Narrowed:
    """A box while it is being narrowed; every step raises _Nothing when it is empty."""

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
            raise _Nothing
        return chosen

    def _evaluated(self, node: Node) -> Value:
        values = {name: held if name in self.many else held[0] for name, held in self.box.items()}
        return evaluate(node, Scope(values, self.cells))

    # ------------------------------------------------------------------ relations
    def relation(self, node: Node, i: int | None, truth: bool) -> None:
        """Take away what cannot give the relation the truth."""
        try:
            self._relation(node, i, truth)
        except Undefined:
            return

    def _relation(self, node: Node, i: int | None, truth: bool) -> None:
        match node:
            case Unary("not"):
                self._relation(node.operand, i, not truth)
            case Logic():
                parts = [(lambda s, n=operand: s._relation(n, i, truth)) for operand in node.operands]
                self._all(parts) if (node.operator == "and") == truth else self._any(parts)
            case Compare():
                links = zip(node.operators, node.operands, node.operands[1:], strict=False)
                signs = [(sign if truth else _NEGATED[sign], a, b) for sign, a, b in links]
                parts = [(lambda s, link=link: s._link(*link, i)) for link in signs]
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
            except _Nothing:
                continue
            left.append(own.box)
        if not left:
            raise _Nothing
        for name in self.box:
            kept = zip(*(box[name] for box in left), strict=True)
            self.box[name] = tuple(_union(each) for each in kept)

    def _link(self, sign: str, left: Node, right: Node, i: int | None) -> None:
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
                raise _Nothing

    # ------------------------------------------------------------------ values
    def narrow(self, node: Node, i: int | None, wanted: Intervals) -> None:
        """Take away what cannot make a node worth one of the wanted values."""
        now = self.value(node, i)
        if now.is_point and now.meets(wanted):
            return
        wanted = Intervals((now & wanted).parts)
        if not wanted:
            raise _Nothing
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
            self.narrow(node.left, i, _root(wanted, constant(node.right)))
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
                self.narrow(node.left, i, _divided(wanted, b))
                self.narrow(node.right, i, _divided(wanted, self.value(node.left, i)))
            case "/":
                self.narrow(node.left, i, wanted * b)
                self.narrow(node.right, i, _divided(a, wanted))

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
            raise _Nothing
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
        except _Nothing:
            return False
        return True

    def _extreme(self, node: Call, i: int | None, wanted: Intervals) -> None:
        bound = Intervals.of(wanted.low, math.inf) if node.function == "min" else Intervals.of(-math.inf, wanted.high)
        for argument in node.arguments:
            for j in self._each(argument) or [i]:
                self.narrow(argument, j, bound)

    def _function(self, function: Function, node: Call, i: int | None, wanted: Intervals) -> None:
        for argument, parameter in zip(node.arguments, function.parameters, strict=True):
            self.narrow(argument, i, parameter.domain)
        inverse = _INVERSES.get(function.name)
        if inverse is not None:
            self.narrow(node.arguments[0], i, inverse(wanted))
            return
        for at, argument in enumerate(node.arguments):
            given = [self.value(a, i) for a in node.arguments]
            self.narrow(argument, i, _sliced(function, given, at, wanted))


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


# ---------------------------------------------------------------------- inverses
def _union(sets: Iterable[Intervals]) -> Intervals:
    return Intervals.union(part for values in sets for part in values)


def _divided(product: Intervals, factor: Intervals) -> Intervals:
    """All x for which x times some of the factor is in the product."""
    if 0.0 in factor and 0.0 in product:
        return Intervals.REALS
    quotient = product / factor
    if not quotient:
        raise _Nothing
    return Intervals(quotient.parts)


def _root(power: Intervals, exponent: float) -> Intervals:
    """All x whose power is among the given."""
    if exponent == 0:
        return Intervals.REALS
    if exponent < 0:
        return _root(_divided(Intervals.of(1.0), power), -exponent)
    whole = exponent == int(exponent)
    if whole and exponent % 2:
        sides = (power & Intervals.of(0.0, math.inf), -power & Intervals.of(0.0, math.inf))
        above, below = (side ** (1.0 / exponent) if side else Intervals.EMPTY for side in sides)
        return _union((above, -below))
    positive = power & Intervals.of(0.0, math.inf)
    if not positive:
        raise _Nothing
    root = positive ** (1.0 / exponent)
    return _union((root, -root)) if whole else Intervals(root.parts)


def _days_of_years(years: Intervals) -> Intervals:
    """The moments that lie in some of the years."""
    first, last = math.ceil(max(years.low, 1.0)), math.floor(min(years.high, 9999.0))
    if first > last:
        raise _Nothing
    start, end = datetime.date(first, 1, 1).toordinal(), datetime.date(last, 12, 31).toordinal()
    return Intervals.of(start * _DAY - _EARLY, (end + 1) * _DAY)


_INVERSES: Mapping[str, Callable[[Intervals], Intervals]] = {
    "abs": lambda wanted: _union((wanted, -wanted)),
    "sqrt": lambda wanted: (wanted & Intervals.of(0.0, math.inf)) ** 2.0,
    "year": _days_of_years,
}
"""The functions that can be turned round."""


def _sliced(function: Function, given: Sequence[Intervals], at: int, wanted: Intervals) -> Intervals:
    """What is left of one argument when the slices that give none of the wanted values are taken off its ends.

    Each end is bisected down to where a function that moves one way may begin to give a wanted value; any other is cut
    into equal slices.
    """
    argument = given[at]

    def gives(part: Interval) -> bool:
        trial = [*given[:at], Intervals((part,)), *given[at + 1 :]]
        found = function.enclose(*trial)
        return bool(found) and found.meets(wanted)

    if function.parameters[at].way is not None and all(map(_bounded, argument)):
        return Intervals.union(piece for part in argument for piece in _trimmed(part, gives))
    if not all(map(_bounded, argument)):
        return argument
    slices = [piece for part in argument for piece in _cut(part)]
    return Intervals.union(piece for piece in slices if gives(piece))


def _bounded(part: Interval) -> bool:
    return math.isfinite(part.low) and math.isfinite(part.high)


def _cut(part: Interval) -> list[Interval]:
    width = (part.high - part.low) / _SLICES
    if width <= 0.0:
        return [part]
    edges = [part.low + width * n for n in range(_SLICES)] + [part.high]
    return [Interval(a, b) for a, b in zip(edges, edges[1:], strict=False)]


_HALVINGS = 40


def _trimmed(part: Interval, gives: Callable[[Interval], bool]) -> list[Interval]:
    """The part without the stretches at its ends that give nothing wanted; nothing where the whole gives nothing."""
    if not gives(part):
        return []
    low, high = part.low, part.high
    first = _edge(low, high, lambda x: gives(Interval(low, x)))
    last = _edge(high, low, lambda x: gives(Interval(x, high)))
    return [Interval(min(first, last), max(first, last))]


def _edge(start: float, end: float, reaches: Callable[[float], bool]) -> float:
    """A point no further from the start than where it first reaches, by bisection."""
    if reaches(start):
        return start
    near, far = start, end
    for _ in range(_HALVINGS):
        middle = near + (far - near) / 2.0
        if reaches(middle):
            far = middle
        else:
            near = middle
    return near
