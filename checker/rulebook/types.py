"""What an expression measures, inferred from its roles before any figure is seen: rules are tried on at load.

Dimensions multiply as pint has them. A date less a date is a time; a role that admits any dimension has one of its
own, shared by the roles that are `like` it, so that `new / old` is a plain number and `new + speed` an error.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

import attrs

from checker.rulebook.evaluate import AGGREGATES
from checker.rulebook.expression import ExpressionError
from checker.rulebook.functions import FUNCTIONS
from checker.rulebook.schema import Frame, Role, Table
from checker.rulebook.tree import Binary, Call, Cell, Compare, Expression, Logic, Name, Node, Number, Unary, write
from checker.units import CLOCK, DATE, NO_DIMENSION, WEEKDAY, Dimension

TIME: Dimension = Dimension({"[time]": 1})
_TEMPERATURE: Dimension = Dimension({"[temperature]": 1})
_POINTS_IN_TIME = (DATE, CLOCK)
_NO_ARITHMETIC = (DATE, CLOCK, WEEKDAY)


@attrs.frozen
class Type:
    """What a node is: a quantity of a dimension, or a truth where that is None; one, or one for each of many."""

    dimension: Dimension | None
    many: bool = False


TRUTH = Type(None)


def role_type(frame: Frame, role: Role) -> Type:
    """The type of a role in expressions."""
    base = role
    while base.like is not None:
        base = frame.roles[base.like]
    if base.per is not None:
        above, below = (role_type(frame, frame.roles[name]).dimension for name in base.per)
        assert above is not None
        assert below is not None
        return Type(above / below, role.many)
    own = role.dimension if role.dimension is not None else base.dimension
    return Type(own if own is not None else Dimension({f"[any {base.name}]": 1}), role.many)


def role_types(frame: Frame) -> Mapping[str, Type]:
    """The types of a frame's roles by name."""
    return {name: role_type(frame, role) for name, role in frame.roles.items()}


def infer(expression: Expression | Node, names: Mapping[str, Type], tables: Mapping[str, Table]) -> Type:
    """The type of an expression; raises ExpressionError, in one sentence, for what does not fit together."""
    node = expression.root if isinstance(expression, Expression) else expression
    match node:
        case Number():
            return Type(node.measure.dimension)
        case Name():
            return _named(node, names)
        case Cell():
            return _cell(node, tables)
    return _combined(node, [infer(child, names, tables) for child in _operands(node)])


def relation(expression: Expression, names: Mapping[str, Type], tables: Mapping[str, Table]) -> None:
    """Raises ExpressionError unless the expression is one relation that figures can keep or break."""
    found = infer(expression, names, tables)
    if found.dimension is not None:
        raise ExpressionError(f"this is {spelt(found.dimension)}, not a relation such as a <= b", 1)
    if found.many:
        raise ExpressionError("this is one relation for each of many figures; write count(...) == 0 or max(...)", 1)


def spelt(dimension: Dimension) -> str:
    """A dimension in words for messages."""
    if dimension in _WORDS:
        return _WORDS[dimension]
    (name, *rest) = dimension
    if not rest and name.startswith("[any ") and dimension[name] == 1:
        return f"whatever {name[5:-1]} is measured in"
    return str(dimension)


def nearest(name: str, known: Iterable[str]) -> str:
    """What an error says after an unknown name: the known name that looks like it, else all that are known."""
    among = sorted(known)
    close = difflib.get_close_matches(name, among, n=1)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"known: {', '.join(among)}" if among else "none is known"


_WORDS: Mapping[Dimension, str] = {
    NO_DIMENSION: "a plain number",
    DATE: "a date",
    CLOCK: "a time of day",
    WEEKDAY: "a day of the week",
}


def _operands(node: Node) -> tuple[Node, ...]:
    match node:
        case Binary("**"):
            return (node.left,)
        case Binary():
            return (node.left, node.right)
        case Unary():
            return (node.operand,)
        case Compare() | Logic():
            return node.operands
        case Call():
            return node.arguments
    return ()


def _combined(node: Node, found: Sequence[Type]) -> Type:
    many = any(t.many for t in found)
    match node:
        case Unary("not") | Logic():
            return _truths(node, found, many)
        case Compare():
            return _compared(node, found, many)
        case Call() if node.function in AGGREGATES:
            return _aggregated(node, found)
        case Call():
            return _called(node, found, many)
    dimensions = [_quantity(operand, t) for operand, t in zip(_operands(node), found, strict=True)]
    match node:
        case Unary():
            if dimensions[0] in _NO_ARITHMETIC:
                raise _error(node, f"there is no minus of {spelt(dimensions[0])}")
            return Type(dimensions[0], many)
        case Binary("**"):
            return Type(_power(node, dimensions[0]), many)
        case Binary("+" | "-"):
            return Type(_sum(node, *dimensions), many)
        case Binary():
            return Type(_product(node, *dimensions), many)
    raise TypeError(f"{node!r} is no part of an expression")


def _error(node: Node, message: str) -> ExpressionError:
    return ExpressionError(message, node.column)


def _named(node: Name, names: Mapping[str, Type]) -> Type:
    if node.name in names:
        return names[node.name]
    if node.name in FUNCTIONS or node.name in AGGREGATES:
        raise _error(node, f"'{node.name}' is a function and needs its arguments in brackets")
    raise _error(node, f"'{node.name}' is no role of the frame: {nearest(node.name, names)}")


def _cell(node: Cell, tables: Mapping[str, Table]) -> Type:
    if node.table not in tables:
        raise _error(node, f"the rule has no table '{node.table}': {nearest(node.table, tables)}")
    table = tables[node.table]
    for thing, row in table.rows.items():
        if node.key not in row.cells:
            told = f"the row '{thing}' of table '{node.table}' has no '{node.key}'"
            raise _error(node, f"{told}: {nearest(node.key, row.cells)}")
    return Type(table.dimension)


def _quantity(node: Node, found: Type) -> Dimension:
    if found.dimension is None:
        raise _error(node, f"'{write(node)}' is true or false, not a value to compute with")
    return found.dimension


def _truths(node: Unary | Logic, found: Sequence[Type], many: bool) -> Type:
    word = node.operator
    for operand, t in zip(_operands(node), found, strict=True):
        if t.dimension is not None:
            raise _error(operand, f"'{word}' needs relations, and '{write(operand)}' is {spelt(t.dimension)}")
    return Type(None, many)


def _compared(node: Compare, found: Sequence[Type], many: bool) -> Type:
    dimensions = [_quantity(operand, t) for operand, t in zip(node.operands, found, strict=True)]
    links = zip(node.operators, zip(node.operands, node.operands[1:], strict=False), strict=True)
    for i, (operator, (left, right)) in enumerate(links):
        a, b = dimensions[i], dimensions[i + 1]
        if a != b and not (_is_zero(left) and _has_zero(b)) and not (_is_zero(right) and _has_zero(a)):
            told = f"'{write(left)}' cannot be compared with '{write(right)}'"
            raise _error(node, f"{told}: {spelt(a)} against {spelt(b)}")
        if WEEKDAY in (a, b) and operator not in ("==", "!="):
            raise _error(node, f"days of the week have no order, so {operator} cannot compare them")
    return Type(None, many)


def _is_zero(node: Node) -> bool:
    """Whether a node is the plain number 0, which stands for nothing at all in every unit."""
    return isinstance(node, Number) and node.is_plain and node.value == 0.0


def _has_zero(dimension: Dimension) -> bool:
    return dimension not in (*_NO_ARITHMETIC, _TEMPERATURE)


def _power(node: Binary, base: Dimension) -> Dimension:
    exponent = node.right.operand if isinstance(node.right, Unary) else node.right
    if not isinstance(exponent, Number) or not exponent.is_plain:
        raise _error(node, f"an exponent is a plain number such as 2, not '{write(node.right)}'")
    if base in _NO_ARITHMETIC:
        raise _error(node, f"there is no power of {spelt(base)}")
    raised: Dimension = base ** (-exponent.value if isinstance(node.right, Unary) else exponent.value)
    return raised


def _sum(node: Binary, a: Dimension, b: Dimension) -> Dimension:
    if a == b and a not in _NO_ARITHMETIC:
        return a
    if a in _POINTS_IN_TIME:
        if b == TIME:
            return a
        if a == b and node.operator == "-":
            return TIME
    if b in _POINTS_IN_TIME and a == TIME and node.operator == "+":
        return b
    verb = ("added to", "subtracted from")[node.operator == "-"]
    told = f"'{write(node.right)}' cannot be {verb} '{write(node.left)}'"
    raise _error(node, f"{told}: {spelt(b)} and {spelt(a)}")


def _product(node: Binary, a: Dimension, b: Dimension) -> Dimension:
    for dimension in (a, b):
        if dimension in _NO_ARITHMETIC:
            raise _error(node, f"{spelt(dimension)} cannot be multiplied or divided")
    made: Dimension = a * b if node.operator == "*" else a / b
    return made


def _called(node: Call, found: Sequence[Type], many: bool) -> Type:
    function = FUNCTIONS.get(node.function)
    if function is None:
        known = (*FUNCTIONS, *AGGREGATES)
        raise _error(node, f"there is no function '{node.function}': {nearest(node.function, known)}")
    if len(found) != len(function.parameters):
        wanted = ", ".join(p.name for p in function.parameters)
        raise _error(node, f"{node.function} takes ({wanted}), not {len(found)} arguments")
    own: Dimension = NO_DIMENSION
    for parameter, argument, t in zip(function.parameters, node.arguments, found, strict=True):
        own = _quantity(argument, t)
        wanted_one = parameter.dimension
        fits = own not in _NO_ARITHMETIC if wanted_one is None else own == wanted_one
        if not fits:
            wanted = "a quantity" if wanted_one is None else spelt(wanted_one)
            raise _error(argument, f"{parameter.name} of {node.function} is {wanted}, not {spelt(own)}")
    return Type(function.result if function.result is not None else own**function.power, many)


def _aggregated(node: Call, found: Sequence[Type]) -> Type:
    name = node.function
    if name in ("sum", "count"):
        if len(found) != 1 or not found[0].many:
            raise _error(node, f"{name} takes one role that holds many figures, or a relation with one")
        if name == "count":
            return Type(NO_DIMENSION)
    elif not found or (len(found) == 1 and not found[0].many):
        raise _error(node, f"{name} takes a role that holds many figures, or several values")
    dimensions = [_quantity(argument, t) for argument, t in zip(node.arguments, found, strict=True)]
    first = dimensions[0]
    barred = _NO_ARITHMETIC if name == "sum" else (WEEKDAY,)
    if first in barred:
        raise _error(node, f"there is no {name} of {spelt(first)}")
    for argument, other in zip(node.arguments, dimensions, strict=True):
        if other != first:
            told = f"'{write(node.arguments[0])}' cannot be compared with '{write(argument)}'"
            raise _error(node, f"{told}: {spelt(first)} against {spelt(other)}")
    return Type(first)
