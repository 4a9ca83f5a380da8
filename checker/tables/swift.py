"""A rule's expression over columns of single intervals, as one would write it by hand: few operations, no guards.

Rounding to the nearest never leaves what the interpreter's outward rounding keeps, so a relation that can hold here can
hold there, and a row is cleared. With guards every end is rounded outward by more than the interpreter's, so that what
fails here fails there. What lies between, and values that are not tame, is for `careful` to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import attrs
import narwhals as nw

from checker.rulebook.evaluate import constant
from checker.rulebook.functions import FUNCTIONS
from checker.rulebook.tree import Binary, Call, Cell, Compare, Expression, Logic, Name, Node, Number, Unary
from checker.tables.forms import POINT_ERROR, POINTS
from checker.tables.sets import Piece, guard
from checker.tables.stages import Stages, Term, number

TINY, HUGE = 1e-60, 1e60
"""The sizes of the factors and divisors that are tame: no product of a few of them overflows or vanishes."""

_HIGHEST_POWER = 4

_ULPS_OF_POWER = 8
"""The units in the last place that the interpreter moves the ends of a power by."""

End = Literal["low", "high"]
_OTHER: Mapping[End, End] = {"low": "high", "high": "low"}


class NotSwift(Exception):
    """The expression needs the careful form."""


@attrs.frozen(eq=False)
class Swift:
    """The ends of nodes, each computed when it is asked for; `asked` are the conditions under which they are right.

    `guarded`: they are rounded outward.
    """

    stages: Stages
    names: Mapping[str, Piece]
    cells: Mapping[tuple[str, str], Piece] = attrs.field(factory=dict)
    guarded: bool = False
    asked: list[Term] = attrs.field(factory=list)
    _known: dict[tuple[Node, End], Term] = attrs.field(factory=dict)
    _tamed: set[str] = attrs.field(factory=set)

    def may(self, node: Node | Expression) -> Term:
        """Whether a relation can hold in a row; raises NotSwift."""
        root = node.root if isinstance(node, Expression) else node
        return self._relation(root, surely=False)

    def must(self, node: Node | Expression) -> Term:
        """Whether a relation holds for all values of a row; raises NotSwift."""
        root = node.root if isinstance(node, Expression) else node
        return self._relation(root, surely=True)

    def fails(self, node: Node | Expression) -> Term:
        """Whether a relation fails for all values of a row, which it takes guards to prove; raises NotSwift."""
        root = node.root if isinstance(node, Expression) else node
        match root:
            case Compare():
                pairs = zip(root.operators, root.operands, root.operands[1:], strict=False)
                return self._any([self._missed(sign, a, b) for sign, a, b in pairs])
            case Logic("and"):
                return self._any([self.fails(o) for o in root.operands])
            case Logic():
                return self._all([self.fails(o) for o in root.operands])
            case Unary("not"):
                return self.must(root.operand)
        raise NotSwift

    # ------------------------------------------------------------------ relations
    def _relation(self, node: Node, *, surely: bool) -> Term:
        match node:
            case Compare():
                pairs = zip(node.operators, node.operands, node.operands[1:], strict=False)
                return self._all([self._compared(sign, a, b, surely=surely) for sign, a, b in pairs])
            case Logic("and"):
                return self._all([self._relation(o, surely=surely) for o in node.operands])
            case Logic():
                return self._any([self._relation(o, surely=surely) for o in node.operands])
            case Unary("not"):
                return self.stages.put(lambda f: ~f, self._relation(node.operand, surely=not surely))
        raise NotSwift

    def _all(self, flags: list[Term]) -> Term:
        if len(flags) == 1:
            return flags[0]
        return self.stages.put(lambda *f: nw.all_horizontal(*f, ignore_nulls=False), *flags)

    def _any(self, flags: list[Term]) -> Term:
        if len(flags) == 1:
            return flags[0]
        return self.stages.put(lambda *f: nw.any_horizontal(*f, ignore_nulls=True), *flags)

    def _missed(self, sign: str, a: Node, b: Node) -> Term:
        """Whether a comparison fails for all values of a row."""
        put = self.stages.put
        match sign:
            case ">" | ">=":
                return self._missed({">": "<", ">=": "<="}[sign], b, a)
            case "!=":
                return self._compared("==", a, b, surely=True)
            case "==":
                ends = (self.low(a), self.high(a), self.low(b), self.high(b))
                return put(lambda w, x, y, z: (w > z) | (y > x), *ends)
            case "<":
                return put(lambda x, y: x >= y, self.low(a), self.high(b))
        return put(lambda x, y: x > y, self.low(a), self.high(b))

    def _compared(self, sign: str, a: Node, b: Node, *, surely: bool) -> Term:
        put = self.stages.put
        if sign in (">", ">="):
            return self._compared({">": "<", ">=": "<="}[sign], b, a, surely=surely)
        if sign == "!=":
            return put(lambda f: ~f, self._compared("==", a, b, surely=not surely))
        if sign == "==":
            ends = (self.low(a), self.high(a), self.low(b), self.high(b))
            if surely:
                return put(lambda w, x, y, z: (w == x) & (y == z) & (w == y), *ends)
            return put(lambda w, x, y, z: (w <= z) & (y <= x), *ends)
        left, right = (self.high(a), self.low(b)) if surely else (self.low(a), self.high(b))
        return put(lambda x, y: x <= y, left, right) if sign == "<=" else put(lambda x, y: x < y, left, right)

    # ------------------------------------------------------------------ ends
    def low(self, node: Node) -> Term:
        """The low end of a node in every row."""
        return self._end(node, "low")

    def high(self, node: Node) -> Term:
        """The high end of a node in every row."""
        return self._end(node, "high")

    def _end(self, node: Node, end: End) -> Term:
        if (node, end) not in self._known:
            self._known[node, end] = self._made(node, end)
        return self._known[node, end]

    def _made(self, node: Node, end: End) -> Term:  # noqa: C901 - a case for each kind of node
        match node:
            case Number():
                return number(getattr(node.base, end))
            case Name():
                return _piece_end(self.names[node.name], end)
            case Cell():
                return _piece_end(self.cells[node.table, node.key], end)
            case Unary("-"):
                return self.stages.put(lambda x: -x, self._end(node.operand, _OTHER[end]))
            case Binary("+"):
                return self._put(end, lambda x, y: x + y, self._end(node.left, end), self._end(node.right, end))
            case Binary("-"):
                pair = self._end(node.left, end), self._end(node.right, _OTHER[end])
                return self._put(end, lambda x, y: x - y, *pair)
            case Binary("*"):
                self._positive(node, node.left, node.right)
                return self._put(end, lambda x, y: x * y, self._end(node.left, end), self._end(node.right, end))
            case Binary("/"):
                self._positive(node, node.left, node.right)
                pair = self._end(node.left, end), self._end(node.right, _OTHER[end])
                return self._put(end, lambda x, y: x / y, *pair)
            case Binary("**"):
                return self._power(node, end)
            case Call():
                return self._call(node, end)
        raise NotSwift

    def _power(self, node: Binary, end: End) -> Term:
        exponent = constant(node.right)
        if exponent not in range(1, _HIGHEST_POWER + 1):
            raise NotSwift
        self._positive(node, node.left)
        base = self._end(node.left, end)
        power = base
        for _ in range(int(exponent) - 1):
            power = self._put(end, lambda x, y: x * y, power, base, ulps=_ULPS_OF_POWER)
        return power

    def _call(self, node: Call, end: End) -> Term:
        if node.function == "abs" and len(node.arguments) == 1:
            low, high = self.low(node.arguments[0]), self.high(node.arguments[0])
            if end == "low":
                return self.stages.put(lambda x, y: nw.max_horizontal(x, -y, nw.lit(0.0)), low, high)
            return self.stages.put(lambda x, y: nw.max_horizontal(-x, y), low, high)
        function = FUNCTIONS.get(node.function)
        if function is None or node.function not in POINTS:
            raise NotSwift
        ends = []
        for parameter, argument in zip(function.parameters, node.arguments, strict=True):
            towards = end if parameter.way == "rises" else _OTHER[end]
            ends.append(self._end(argument, towards))
            (domain,) = parameter.domain
            self.asked.append(self.stages.put(lambda x, d=domain: x >= d.low, self.low(argument)))
            self.asked.append(self.stages.put(lambda x, d=domain: x <= d.high, self.high(argument)))
        found = POINTS[node.function](self.stages, *ends)
        error = function.error + POINT_ERROR if function.error else 0.0
        return self._moved(end, lambda x: x.abs() * error, found) if self.guarded and error else found

    # ------------------------------------------------------------------ guards
    def _put(self, end: End, make: Callable[..., nw.Expr], *terms: Term, ulps: int = 1) -> Term:
        """A stage that rounds."""
        found = self.stages.put(make, *terms)
        return self._moved(end, lambda x: guard(x, ulps), found) if self.guarded else found

    def _moved(self, end: End, room: Callable[[nw.Expr], nw.Expr], found: Term) -> Term:
        """An end moved outward."""
        return self.stages.put((lambda x: x - room(x)) if end == "low" else (lambda x: x + room(x)), found)

    # ------------------------------------------------------------------ signs
    def _positive(self, whole: Node, *nodes: Node) -> None:
        """Asks of every row that factors and divisors be above zero; raises NotSwift where that is not to be seen."""
        if _degree(whole) > _HIGHEST_POWER:
            raise NotSwift
        for node in nodes:
            match node:
                case Number() if node.base.low > TINY and node.base.high < HUGE:
                    continue
                case Name():
                    self._tame(node.name, self.names[node.name])
                case Cell():
                    self._tame(f"{node.table}[{node.key}]", self.cells[node.table, node.key])
                case Binary("*" | "/" | "+"):
                    self._positive(node, node.left, node.right)
                case Binary("**"):
                    self._positive(node, node.left)
                case _:
                    raise NotSwift

    def _tame(self, name: str, piece: Piece) -> None:
        if name not in self._tamed:
            self._tamed.add(name)
            self.asked.append(self.stages.put(lambda x: x > TINY, piece.low))
            self.asked.append(self.stages.put(lambda x: x < HUGE, piece.high))


def _piece_end(piece: Piece, end: End) -> Term:
    return piece.low if end == "low" else piece.high


def _degree(node: Node) -> int:
    """How many tame factors a product has at most."""
    match node:
        case Binary("*" | "/"):
            return _degree(node.left) + _degree(node.right)
        case Binary("+"):
            return max(_degree(node.left), _degree(node.right))
        case Binary("**"):
            return _degree(node.left) * int(constant(node.right))
    return 1
