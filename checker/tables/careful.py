"""A rule's expression over columns of sets: the interpreter's verdict on every row, whatever the values.

Each node of the tree is worth what `checker.rulebook.evaluate` makes of it, in columns: a set, an outcome (0 broken,
1 possible, 2 holds, null where it proves nothing), or a tuple of either for a role that holds many.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import cast

import attrs
import narwhals as nw

from checker.interval import Intervals
from checker.rulebook.evaluate import constant as exponent
from checker.rulebook.functions import FUNCTIONS, Function
from checker.rulebook.tree import Binary, Call, Cell, Compare, Expression, Logic, Name, Node, Number, Unary
from checker.tables.forms import POINT_ERROR, POINTS, SETS
from checker.tables.sets import LARGEST, Arithmetic, Piece, Set, constant, no_less, no_more
from checker.tables.stages import Stages, Term, nothing

Worth = Set | Term | tuple[Set, ...] | tuple[Term, ...]
"""What a node is worth: sets, or the terms of outcomes."""


class NoColumnForm(Exception):
    """An expression cannot be computed in columns, and why, in a few words."""


@attrs.frozen(eq=False)
class Scope:
    """What the names of an expression stand for, in base units: columns of sets by role, by table and column."""

    values: Mapping[str, Set | tuple[Set, ...]]
    cells: Mapping[tuple[str, str], Set] = attrs.field(factory=dict)


def judged(expression: Expression, scope: Scope, stages: Stages) -> Term:
    """The outcome of a relation in every row: 0, 1 or 2, null where it proves nothing; raises NoColumnForm."""
    found = _Reader(scope, Arithmetic(stages)).worth(expression.root)
    if not isinstance(found, Term):
        raise TypeError("a relation that was tried on has one outcome")
    return found


@attrs.frozen(eq=False)
class _Reader:
    scope: Scope
    arithmetic: Arithmetic
    _known: dict[Node, Worth] = attrs.field(factory=dict)

    def worth(self, node: Node) -> Worth:
        """What a node is worth, computed once however often it stands in the expression."""
        if node not in self._known:
            self._known[node] = self._made(node)
        return self._known[node]

    def _made(self, node: Node) -> Worth:  # noqa: C901 - a case for each kind of node
        match node:
            case Number():
                return constant(node.base)
            case Name():
                return self.scope.values[node.name]
            case Cell():
                return self.scope.cells[node.table, node.key]
            case Unary("not"):
                return _each(self._inverted, self.worth(node.operand))
            case Unary():
                return _each(self.arithmetic.negated, self.worth(node.operand))
            case Binary("**"):
                power = exponent(node.right)
                return _each(lambda base: self.arithmetic.raised(base, power), self.worth(node.left))
            case Binary():
                return _each(self._operation(node.operator), self.worth(node.left), self.worth(node.right))
            case Compare():
                values = [self.worth(operand) for operand in node.operands]
                links = zip(node.operators, itertools.pairwise(values), strict=True)
                return self._decided("and", [self._related(sign, *pair) for sign, pair in links])
            case Logic():
                return self._decided(node.operator, [self.worth(operand) for operand in node.operands])
            case Call():
                return self._called(node.function, [self.worth(argument) for argument in node.arguments])

    def _operation(self, sign: str) -> Callable[[Set, Set], Set]:
        own = self.arithmetic
        return {
            "+": own.added,
            "-": lambda a, b: own.added(a, own.negated(b)),
            "*": own.multiplied,
            "/": own.divided,
        }[sign]

    # ------------------------------------------------------------------ relations
    def _related(self, sign: str, left: Worth, right: Worth) -> Worth:
        own = self.arithmetic
        relation: Callable[[Set, Set], Term] = {
            "==": own.equals,
            "!=": lambda a, b: self._inverted(own.equals(a, b)),
            "<": own.below,
            "<=": own.at_most,
            ">": lambda a, b: own.below(b, a),
            ">=": lambda a, b: own.at_most(b, a),
        }[sign]
        return self._all_or_none(_each(relation, left, right))

    def _all_or_none(self, found: Worth) -> Worth:
        """Outcomes one for each of many figures, of which one that proves nothing leaves nothing proved."""
        if not isinstance(found, tuple):
            return found
        terms = cast("tuple[Term, ...]", found)
        open_ = self.arithmetic.either(*(self.arithmetic.stages.put(lambda o: o.is_null(), term) for term in terms))
        return tuple(
            self.arithmetic.stages.put(
                lambda o, n: nw.when(n).then(nothing(nw.Int64)).otherwise(o), term, cast("Term", open_)
            )
            for term in terms
        )

    def _inverted(self, outcome: Term) -> Term:
        return self.arithmetic.stages.put(lambda o: nw.lit(2) - o, outcome)

    def _decided(self, word: str, found: Sequence[Worth]) -> Worth:
        """As Kleene's logic has it; an outcome that is null leaves it null unless another decides alone."""
        many = any(isinstance(f, tuple) for f in found)
        return functools.reduce(lambda a, b: _each(functools.partial(self._pair, word, many), a, b), found)

    def _pair(self, word: str, many: bool, a: Term, b: Term) -> Term:
        put = self.arithmetic.stages.put
        deciding = 0 if word == "and" else 2
        pick = nw.min_horizontal if word == "and" else nw.max_horizontal

        def decided(x: nw.Expr, y: nw.Expr) -> nw.Expr:
            unknown = nw.when(x.is_null() | y.is_null()).then(nothing(nw.Int64)).otherwise(pick(x, y))
            if many:
                return unknown
            return nw.when((x == deciding) | (y == deciding)).then(nw.lit(deciding)).otherwise(unknown)

        return put(decided, a, b)

    # ------------------------------------------------------------------ calls
    def _called(self, name: str, arguments: Sequence[Worth]) -> Worth:
        if name in ("sum", "count", "min", "max"):
            return self._aggregated(name, [e for a in arguments for e in (a if isinstance(a, tuple) else (a,))])
        function = FUNCTIONS[name]
        if name not in POINTS and name not in SETS:
            raise NoColumnForm(f"'{name}' has no column form")
        return _each(functools.partial(self._function, function), *arguments)

    def _function(self, function: Function, *arguments: Set) -> Set:
        own = self.arithmetic
        inside = [own.within(a, p.domain) for a, p in zip(arguments, function.parameters, strict=True)]
        if function.name in SETS:
            return SETS[function.name](own, *inside)
        boxes = itertools.product(*(a.pieces for a in inside))
        return own.collected(
            [self._corner_to_corner(function, box) for box in boxes], own.either(*(a.partial for a in inside))
        )

    def _corner_to_corner(self, function: Function, box: Sequence[Piece]) -> Piece:
        at, put = POINTS[function.name], self.arithmetic.stages.put
        rising = [p.way == "rises" for p in function.parameters]
        least = at(self.arithmetic.stages, *(b.low if up else b.high for b, up in zip(box, rising, strict=True)))
        most = at(self.arithmetic.stages, *(b.high if up else b.low for b, up in zip(box, rising, strict=True)))
        error = (function.error + POINT_ERROR) if function.error else 0.0
        least, most = put(lambda x: no_more(x, LARGEST), least), put(lambda x: no_less(x, -LARGEST), most)
        return Piece(put(lambda x: x - x.abs() * error, least), put(lambda x: x + x.abs() * error, most))

    def _aggregated(self, name: str, items: Sequence[Set | Term]) -> Set:
        own = self.arithmetic
        if name == "count":
            return self._counted(items)
        sets = cast("Sequence[Set]", items)
        if name == "sum":
            return functools.reduce(own.added, sets, constant(Intervals.of(0.0)))
        if name == "min":
            return functools.reduce(own.lesser, sets)
        return own.negated(functools.reduce(own.lesser, [own.negated(item) for item in sets]))

    def _counted(self, items: Sequence[Set | Term]) -> Set:
        if not items or any(isinstance(item, Set) for item in items):
            return constant(Intervals.of(float(len(items))))
        put = self.arithmetic.stages.put
        terms = cast("Sequence[Term]", items)
        low = put(lambda *o: _total([(x == 2).cast(nw.Float64) for x in o]), *terms)
        high = put(lambda *o: _total([(x != 0).cast(nw.Float64) for x in o]), *terms)
        return Set((Piece(low, high),))


def _total(found: Sequence[nw.Expr]) -> nw.Expr:
    return functools.reduce(lambda x, y: x + y, found)


def _each(operation: Callable[..., Set | Term], *operands: Worth) -> Worth:
    """The operation on one of each, or element by element where operands hold many."""
    lengths = {len(o) for o in operands if isinstance(o, tuple)}
    if not lengths:
        return operation(*operands)
    if len(lengths) > 1:
        raise NoColumnForm("its parts hold different numbers of columns")
    (length,) = lengths
    spread = [o if isinstance(o, tuple) else (o,) * length for o in operands]
    return cast("Worth", tuple(operation(*each) for each in zip(*spread, strict=True)))
