"""What a rule says of a claim: its message with the figures put in, and the arithmetic behind the verdict."""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections.abc import Iterator, Mapping

import attrs

from checker import wording
from checker.interval import Intervals, Undefined
from checker.model import Figure
from checker.rulebook.evaluate import Scope, Value, evaluate
from checker.rulebook.expression import ExpressionError
from checker.rulebook.schema import Role, Rule
from checker.rulebook.template import CLASS, Field, fields, parts
from checker.rulebook.tree import PLAIN, Call, Cell, Compare, Name, Node, Number, walk, write
from checker.rulebook.types import Type, infer, role_types
from checker.units import NO_DIMENSION, Dimension, Measure, measure

Held = Mapping[str, tuple[Figure, ...]]
"""The figures of a claim by role."""


def render(rule: Rule, message: str, scope: Scope, held: Held, thing: str | None) -> str:
    """One of a rule's messages for the figures that a claim holds in its roles; `scope` is their widest reading."""
    told = _Telling(rule, scope, held, thing)
    return "".join(part if isinstance(part, str) else told.field(part) for part in parts(message))


def working(rule: Rule, scope: Scope, held: Held, thing: str | None) -> str:
    """The rule's relation with numbers put in, on one line: what was computed, then what it is held against.

    "1,500 km / 7,507 s = 719 km/h (701 to 737 km/h); cruise missile: 432 to 11,160 km/h".
    """
    told = _Telling(rule, scope, held, thing)
    lines: dict[str, None] = {}
    for node in walk(rule.require.root):
        if isinstance(node, Compare) and not _is_of_nothing(node) and not _is_counted(node, rule.require.root):
            lines |= dict.fromkeys(told.relation(node))
    return "; ".join(lines)


def _is_counted(node: Compare, root: Node) -> bool:
    """Whether a comparison stands inside a call, which is told as one number."""
    return any(isinstance(call, Call) and any(below is node for below in walk(call)) for call in walk(root))


def _is_of_nothing(node: Compare) -> bool:
    """Whether a comparison says that there is no such figure, which no arithmetic shows."""
    first, *_, last = node.operands
    if node.operators != ("==",) or not isinstance(last, Number) or last.text.split()[0] != "0":
        return False
    return isinstance(first, Name) or (isinstance(first, Call) and first.function == "count")


@attrs.frozen
class _Telling:
    """One rule on one claim, for the telling."""

    rule: Rule
    scope: Scope
    held: Held
    thing: str | None

    # ------------------------------------------------------------------ fields of a message
    def field(self, field: Field) -> str:
        root = field.expression.root
        if root == CLASS:
            return self.rule.topic.kind(self.thing) if self.thing else self.rule.thing or "thing of its kind"
        if isinstance(root, Name) and field.unit is None:
            return self._printed(root.name)
        shown = self._figure(field.unit)
        if shown and shown.kind == "duration" and _IN_PARTS.search(shown.text) and (whole := self._nominal(root)):
            return wording.in_parts(whole) if isinstance(whole, Intervals) else self._value(root, shown.measure, None)
        unit = shown.measure if shown else measure(field.unit) if field.unit else self._unit_for(root)
        return self._value(root, unit, shown.currency if shown else self._currency(unit))

    def _figure(self, name: str | None) -> Figure | None:
        return next(iter(self.held.get(name or "", ())), None)

    def _printed(self, name: str) -> str:
        return wording.listed([_quoted(f) for f in self.held.get(name, ())], "and") or "none"

    # ------------------------------------------------------------------ computed values
    def _value(self, node: Node, unit: Measure, currency: str | None) -> str:
        try:
            possible = evaluate(node, self.scope)
        except Undefined:
            return "a value that is not known"
        nominal = self._nominal(node)
        if isinstance(possible, tuple):
            each = nominal if isinstance(nominal, tuple) else itertools.repeat(None)
            return wording.listed([_told(n, p, unit, currency) for n, p in zip(each, possible, strict=False)], "and")
        return _told(nominal, possible, unit, currency)

    def _nominal(self, node: Node) -> Value | None:
        try:
            return evaluate(node, self._as_printed)
        except Undefined:
            return None

    @property
    def _as_printed(self) -> Scope:
        """The values as printed, without any doubt."""
        values: dict[str, Intervals | tuple[Intervals, ...]] = {}
        for name, wide in self.scope.values.items():
            role, figures = self.rule.frame.roles[name], self.held.get(name, ())
            if isinstance(wide, tuple):
                values[name] = tuple(_nominal(role, f, w) for f, w in zip(figures, wide, strict=True))
            else:
                values[name] = _nominal(role, figures[0], wide) if figures else wide
        return Scope(values, self.scope.cells)

    # ------------------------------------------------------------------ the working
    def relation(self, node: Compare) -> Iterator[str]:
        computed = [operand for operand in _judged(node) if not _is_leaf(operand)]
        unit = self._unit_for((computed or node.operands)[0])
        currency = self._currency(unit)
        for operand in computed or self._converted(node):
            unit = self._unit_for(operand) if computed else self._unit_for(node.operands[-1])
            yield self._computation(operand, unit, self._currency(unit))
        for operand in node.operands:
            if isinstance(operand, Name) and (computed or operand not in self._converted(node)):
                yield f"{_plain(operand.name)}: {self._printed(operand.name)}"
            elif computed and operand not in computed:
                names = (below.name for below in walk(operand) if isinstance(below, Name))
                yield from (f"{_plain(name)}: {self._printed(name)}" for name in names)
        yield from self._limits(node, unit, currency)

    def _converted(self, node: Compare) -> tuple[Node, ...]:
        """The first of two figures that are compared as they stand but printed in different units."""
        first, last = self._figure(_name(node.operands[0])), self._figure(_name(node.operands[-1]))
        return node.operands[:1] if first and last and first.measure != last.measure else ()

    def _computation(self, node: Node, unit: Measure, currency: str | None) -> str:
        text = f"{self._with_figures(node)} = {self._value(node, unit, currency)}"
        try:
            possible = evaluate(node, self.scope)
        except Undefined:
            return text
        around = wording.spread(possible, unit, currency) if isinstance(possible, Intervals) else None
        return f"{text} ({around})" if around and not text.endswith(around) else text

    def _with_figures(self, node: Node) -> str:
        """The expression with what was printed in place of the names."""
        text = write(node, self._leaf)
        return text[1:-1] if isinstance(node, Call) and text.startswith("(") else text

    def _leaf(self, node: Node) -> str | None:
        match node:
            case Name():
                return ", ".join(self._terms(node.name)) or "none"
            case Cell():
                row = self._row(node.table)
                return _bracketed(self.rule.tables[node.table].rows[row].printed[node.key]) if row else None
            case Call("sum", (Name() as many,)):
                return f"({' + '.join(self._terms(many.name)) or '0'})"
            case Call("count"):
                return self._counted(node)
            case Call():
                arguments = ", ".join(write(a, self._leaf).removeprefix("(").removesuffix(")") for a in node.arguments)
                return f"{_plain(node.function)}({arguments})"
        return None

    def _terms(self, name: str) -> list[str]:
        """A role's figures as terms of a computation; an event with the day that it is taken for."""
        return [
            f"{f.text} ({wording.value(None, f.base('printed'), f.measure)})"
            if f.kind == "event"
            else _bracketed(f.text)
            for f in self.held.get(name, ())
        ]

    def _counted(self, node: Call) -> str:
        """How many, and of which: "2 (of January 6 and January 14)"."""
        told = self._value(node, PLAIN, None)
        counted = [n.name for a in node.arguments for n in walk(a) if isinstance(n, Name)]
        many = next((name for name in counted if self.rule.frame.roles[name].many), None)
        return f"{told} (of {self._printed(many)})" if many and self.held.get(many) else told

    def _limits(self, node: Compare, unit: Measure, currency: str | None) -> Iterator[str]:
        """The table cells and constants of a relation: "cruise missile: 432 to 11,160 km/h", "at most 100%"."""
        match node.operands:
            case (Cell() as low, _, Cell() as high) if low.table == high.table:
                ends = [self.scope.cells[cell.table, cell.key] for cell in (low, high)]
                yield f"{self._row(low.table)}: {wording.ends(ends, unit)}"
                return
        for i, operand in enumerate(node.operands):
            word = _SEEN_FROM_LEFT[node.operators[i - 1]] if i else _SEEN_FROM_RIGHT[node.operators[0]]
            if isinstance(operand, Cell):
                yield f"{self._row(operand.table)}: {word} {self._value(operand, unit, currency)}"
            elif isinstance(operand, Number):
                yield f"{word} {_separated(operand.text)}"

    def _row(self, table: str) -> str | None:
        line = self.rule.topic.ancestry(self.thing) if self.thing else ()
        return next((name for name in line if name in self.rule.tables[table].rows), None)

    # ------------------------------------------------------------------ units
    def _unit_for(self, node: Node) -> Measure:
        """The unit to tell a node in: the message's own, a figure's, a constant's, a table's, else the base unit."""
        dimension = infer(node, role_types(self.rule.frame), self.rule.tables).dimension or NO_DIMENSION
        figures = [f for name in self.held for f in self.held[name]]
        if own := self._figure(_name(node)):
            return own.measure
        named = {f.dimension for f in figures if isinstance(node, Name)}
        if any(part.startswith("[any ") for part in dimension) or named:
            dimension = self._actual(node) or dimension
        named_units = [f.unit for f in fields(self.rule.message) if f.unit]
        candidates = [measure(unit) for unit in named_units if unit not in self.held]
        candidates += [shown.measure for unit in named_units if (shown := self._figure(unit))]
        if dimension != NO_DIMENSION:
            candidates += [f.measure for f in figures]
            candidates += [n.measure for n in walk(self.rule.require.root) if isinstance(n, Number)]
        return next((c for c in candidates if c.dimension == dimension), _base(dimension))

    def _actual(self, node: Node) -> Dimension | None:
        """The dimension that a node has with the figures held, where its roles admit any."""
        types = {
            name: Type(figures[0].dimension, self.rule.frame.roles[name].many)
            for name, figures in self.held.items()
            if figures
        }
        try:
            return infer(node, types, self.rule.tables).dimension
        except ExpressionError:
            return None

    def _currency(self, unit: Measure) -> str | None:
        figures = (f for name in self.held for f in self.held[name])
        return next((f.currency for f in figures if f.currency and f.measure == unit), None)


_SEEN_FROM_LEFT = {"==": "is", "!=": "is not", "<": "below", "<=": "at most", ">": "above", ">=": "at least"}
_SEEN_FROM_RIGHT = {"==": "is", "!=": "is not", "<": "above", "<=": "at least", ">": "below", ">=": "at most"}
_THOUSANDS = re.compile(r"(?<![.\w])\d{5,}")
_ADJECTIVE = re.compile(r"\S+-[^\W\d]{3,}")
_SPELT = re.compile(r"[A-Z][a-z]+(?:[- ][a-z]+)*")
_WITH_UNITS = frozenset({"duration", "quantity"})
_AMOUNTS = _WITH_UNITS | {"count", "fraction", "money", "percent"}
_IN_PARTS = re.compile(r"\d\s*[a-z]+(?:,|\s|and)*\d+\s*[a-z]")
_RANGE = re.compile(r"\s(?:to|and|or)\s|\d\s*[-–]\s*\d")


def _told(nominal: object, possible: object, unit: Measure, currency: str | None) -> str:
    assert isinstance(possible, Intervals)
    known = nominal if isinstance(nominal, Intervals) and nominal else None
    return wording.value(known, possible, unit, currency)


def _nominal(role: Role, figure: Figure, wide: Intervals) -> Intervals:
    """A figure's value as printed in base units; all that it can stand for where the print leaves it open."""
    ends = figure.nominal if isinstance(figure.nominal, tuple) else (figure.nominal, figure.nominal)
    low, high = min(ends), max(ends)
    if not (math.isfinite(low) and math.isfinite(high)) or low not in figure.readings.widest:
        return wide
    value = figure.measure.to_base(Intervals.of(low, high))
    return -abs(value) if role.signed and figure.change == "down" else value


def _judged(node: Compare) -> tuple[Node, ...]:
    """The operands that are worth computing: of "a - 1 day <= b < a + 1 day" the middle, for the ends are tolerance."""
    low, *middle, high = node.operands
    ends = [[below for below in walk(end) if isinstance(below, Name)] for end in (low, high)]
    return tuple(middle) if middle and all(ends) else node.operands


def _quoted(figure: Figure) -> str:
    """A figure as printed, in a sentence of ours: in quotes where it is an adjective, an event with its day."""
    if figure.kind == "event":
        return f"{figure.text} ({wording.value(None, figure.base('printed'), figure.measure)})"
    if figure.kind in _WITH_UNITS and _ADJECTIVE.fullmatch(figure.text):
        return f"“{figure.text}”"
    spelt = _SPELT.fullmatch(figure.text) and figure.kind in _AMOUNTS
    return figure.text[0].lower() + figure.text[1:] if spelt else figure.text


def _name(node: Node) -> str | None:
    return node.name if isinstance(node, Name) else None


def _separated(number: str) -> str:
    """A constant as a reader expects it: 299,792,458 m/s."""
    return _THOUSANDS.sub(lambda digits: f"{int(digits[0]):,}", number)


def _is_leaf(node: Node) -> bool:
    return isinstance(node, Name | Cell | Number)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _bracketed(text: str) -> str:
    return f"({text})" if _RANGE.search(text) else text


@functools.cache
def _base(dimension: Dimension) -> Measure:
    """The base unit of a dimension; a plain measure for those that pint does not have."""
    if any(part.startswith(("[any ", "[money ", "[date", "[clock", "[weekday")) for part in dimension):
        return Measure("dimensionless", dimension)
    units = " * ".join(f"{_BASE[part]} ** {power}" for part, power in dimension.items()) or "dimensionless"
    return measure(units)


_BASE = {
    "[length]": "meter",
    "[time]": "second",
    "[mass]": "kilogram",
    "[temperature]": "kelvin",
    "[current]": "ampere",
    "[substance]": "mole",
    "[luminosity]": "candela",
    "[mach_number]": "mach",
    "[printing_unit]": "pixel",
}
