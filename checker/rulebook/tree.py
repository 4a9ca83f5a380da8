"""The frozen tree of an expression: what the parser makes, and every reader of rules walks.

The readers are the interval interpreter, and later the column compiler and the solver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from checker.interval import Intervals
from checker.units import NO_DIMENSION, Measure

PLAIN = Measure("dimensionless", NO_DIMENSION)
"""The unit of a number without one."""

OR, AND, NOT, COMPARISON, SUM, PRODUCT, MINUS, POWER, ATOM = range(1, 10)
"""How strongly an operator holds its operands together, the weakest first."""

INFIX = {
    "or": OR,
    "and": AND,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), COMPARISON),
    **dict.fromkeys("+-", SUM),
    **dict.fromkeys("*/", PRODUCT),
    "**": POWER,
}
"""The strength of each operator that stands between its operands."""


@attrs.frozen
class Number:
    """A constant: `text` as written, `base` the numbers it can stand for in base units after rounding to floats."""

    text: str
    value: float
    measure: Measure
    base: Intervals
    column: int = attrs.field(default=0, eq=False)

    @property
    def is_plain(self) -> bool:
        """Whether the number was written without a unit."""
        return self.measure == PLAIN


@attrs.frozen
class Name:
    """The figures in a role."""

    name: str
    column: int = attrs.field(default=0, eq=False)


@attrs.frozen
class Cell:
    """The column of a table, in the row of the claim's class."""

    table: str
    key: str
    column: int = attrs.field(default=0, eq=False)


@attrs.frozen
class Unary:
    """`-` or `not` before an operand."""

    operator: str
    operand: Node
    column: int = attrs.field(default=0, eq=False)


@attrs.frozen
class Binary:
    """`+ - * / **` between two operands."""

    operator: str
    left: Node
    right: Node
    column: int = attrs.field(default=0, eq=False)


@attrs.frozen
class Compare:
    """A chain `a < b <= c`: each operator between two neighbours, all of which must hold."""

    operators: tuple[str, ...]
    operands: tuple[Node, ...]
    column: int = attrs.field(default=0, eq=False)


@attrs.frozen
class Logic:
    """`and` or `or` between two or more relations."""

    operator: str
    operands: tuple[Node, ...]
    column: int = attrs.field(default=0, eq=False)


@attrs.frozen
class Call:
    """A function or aggregate applied to its arguments."""

    function: str
    arguments: tuple[Node, ...]
    column: int = attrs.field(default=0, eq=False)


Node = Number | Name | Cell | Unary | Binary | Compare | Logic | Call


@attrs.frozen
class Expression:
    """An expression as written and as a tree."""

    text: str = attrs.field(eq=False)
    root: Node

    def names(self) -> frozenset[str]:
        """The roles that the expression names."""
        return frozenset(node.name for node in walk(self.root) if isinstance(node, Name))

    def cells(self) -> frozenset[tuple[str, str]]:
        """The table cells that the expression names, as (table, column)."""
        return frozenset((node.table, node.key) for node in walk(self.root) if isinstance(node, Cell))

    def tables(self) -> frozenset[str]:
        """The tables that the expression names."""
        return frozenset(table for table, _ in self.cells())

    def calls(self) -> frozenset[str]:
        """The functions and aggregates that the expression calls."""
        return frozenset(node.function for node in walk(self.root) if isinstance(node, Call))


def children(node: Node) -> tuple[Node, ...]:
    """The operands of a node, from left to right."""
    match node:
        case Unary():
            return (node.operand,)
        case Binary():
            return (node.left, node.right)
        case Compare() | Logic():
            return node.operands
        case Call():
            return node.arguments
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    yield node
    for child in children(node):
        yield from walk(child)


# ---------------------------------------------------------------------- writing
Leaf = Callable[[Node], str | None]
"""What to write in place of a node; None to write the node itself."""


def write(node: Node, leaf: Leaf | None = None, around: int = 0) -> str:
    """The tree as text with the fewest brackets that it needs within an operator of strength `around`."""
    if leaf is not None and (own := leaf(node)) is not None:
        return own

    def inner(child: Node, strength: int) -> str:
        return write(child, leaf, strength)

    text = _atom(node, inner) or _operation(node, inner)
    return f"({text})" if _strength(node) < around else text


def _atom(node: Node, inner: Callable[[Node, int], str]) -> str | None:
    match node:
        case Number():
            return node.text
        case Name():
            return node.name
        case Cell():
            return f"{node.table}[{node.key}]"
        case Call():
            return f"{node.function}({', '.join(inner(a, 0) for a in node.arguments)})"
    return None


def _operation(node: Node, inner: Callable[[Node, int], str]) -> str:
    own = _strength(node)
    match node:
        case Unary("not"):
            return f"not {inner(node.operand, own)}"
        case Unary():
            return f"-{inner(node.operand, own)}"
        case Binary("**"):
            return f"{inner(node.left, own + 1)} ** {inner(node.right, MINUS)}"
        case Binary():
            return f"{inner(node.left, own)} {node.operator} {inner(node.right, own + 1)}"
        case Logic():
            return f" {node.operator} ".join(inner(operand, own + 1) for operand in node.operands)
        case Compare():
            first, *others = (inner(operand, own + 1) for operand in node.operands)
            links = zip(node.operators, others, strict=True)
            return first + "".join(f" {operator} {operand}" for operator, operand in links)
    raise TypeError(f"{node!r} is no operation")


def _strength(node: Node) -> int:
    """How strongly a node holds its operands together."""
    match node:
        case Unary():
            return NOT if node.operator == "not" else MINUS
        case Binary() | Logic():
            return INFIX[node.operator]
        case Compare():
            return COMPARISON
    return ATOM
