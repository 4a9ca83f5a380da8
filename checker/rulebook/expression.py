"""The expression language of rules: text to a small frozen tree.

Names, numbers with units (`150 km`, `0.3 km/s`: a unit follows its number and holds no spaces), `+ - * / **`, chained
comparisons, `and or not`, calls, table cells (`speed[low]`). No attributes, strings or lambdas. A Pratt parser
(Pratt, *Top Down Operator Precedence*, 1973): each operator has a strength, and what stands between two operators
belongs to the stronger.
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from checker.interval import Intervals, down, up
from checker.rulebook.tree import (
    AND,
    COMPARISON,
    INFIX,
    MINUS,
    NOT,
    OR,
    PLAIN,
    Binary,
    Call,
    Cell,
    Compare,
    Expression,
    Logic,
    Name,
    Node,
    Number,
    Unary,
)
from checker.units import measure

__all__ = ["Expression", "ExpressionError", "parse", "quantity"]

MOST_TOKENS = 200
"""The longest expression, in numbers, names and signs. It bounds the depth of the tree, and so every recursion."""


class ExpressionError(ValueError):
    """What is wrong with an expression, in one sentence that names the column, counted from 1."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(f"{message} (column {column})")
        self.column = column


_UNIT = (
    r"(?!(?:and|or|not)\b)"
    r"(?:[^\W\d]\w*|°\w*|%)(?:(?:\*\*|\^)-?\d{1,2})?"
    r"(?:[*/](?:[^\W\d]\w*|°\w*|%)(?:(?:\*\*|\^)-?\d{1,2})?)*"
)
_NUMBER = r"\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2}(?!\d))?"
_TOKEN = re.compile(
    rf"\s*(?:(?P<number>{_NUMBER})(?:[ \t]*(?P<unit>{_UNIT}))?"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<sign>\*\*|==|!=|<=|>=|[-+*/<>(),\[\]])"
    r"|(?P<end>\Z))",
)
_QUANTITY = re.compile(
    rf"\s*(?P<number>-?(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|{_NUMBER}))(?:[ \t]*(?P<unit>{_UNIT}))?\s*"
)

_HINTS = {
    "=": "write == to compare",
    "!": "write not, or != to compare",
    "&": "write and",
    "|": "write or",
    "^": "write ** for a power",
    '"': "there are no strings here",
    "'": "there are no strings here",
    ".": "there are no attributes here, and a number needs a digit before its point",
    "%": "a percent sign stands right after a number; there is no remainder",
    "×": "write * to multiply",
    "÷": "write / to divide",
    "−": "write - for minus",
    "≤": "write <=",
    "≥": "write >=",
    "≠": "write !=",
}

_MOST_DIGITS = 40


@attrs.frozen
class _Token:
    kind: str
    text: str
    column: int
    unit: str | None = None

    @property
    def shown(self) -> str:
        return "the end" if self.kind == "end" else f"'{self.text}'"


def parse(text: str) -> Expression:
    """The expression that a text spells; raises ExpressionError."""
    return Expression(text.strip(), _Parser(_tokens(text)).whole())


def quantity(text: str) -> Number:
    """A text that is nothing but a number with or without a unit, such as a table's cell; raises ExpressionError.

    Here, where no call can be meant, commas may part the thousands.
    """
    found = _QUANTITY.fullmatch(text)
    if found is None:
        raise ExpressionError(f"'{text}' is not a number with a unit, such as 150 km", 1)
    number = _number(_Token("number", found["number"].replace(",", ""), 1, found["unit"]))
    return attrs.evolve(number, text=text.strip())


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while not tokens or tokens[-1].kind != "end":
        found = _TOKEN.match(text, at)
        if found is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            hint = _HINTS.get(text[at])
            told = f"{text[at]!r} has no meaning here" + (f": {hint}" if hint else "")
            raise ExpressionError(told, at + 1)
        kind = found.lastgroup if found.lastgroup != "unit" else "number"
        assert kind is not None
        tokens.append(_Token(kind, found[kind], found.start(kind) + 1, found["unit"]))
        if len(tokens) > MOST_TOKENS:
            raise ExpressionError(f"the expression is too long, over {MOST_TOKENS} words and signs", at + 1)
        at = found.end()
    return tokens


def _number(token: _Token) -> Number:
    if token.unit is None:
        unit, written = PLAIN, token.text
    else:
        written = f"{token.text}%" if token.unit == "%" else f"{token.text} {token.unit}"
        try:
            unit = measure("percent" if token.unit == "%" else token.unit.replace("^", "**"))
        except ValueError as error:
            told = f"'{token.unit}' is not a unit; a sign between a number and a name has spaces on both sides"
            raise ExpressionError(told, token.column) from error
    value = float(token.text)
    if len(token.text) > _MOST_DIGITS:
        raise ExpressionError(f"a number here has at most {_MOST_DIGITS} digits", token.column)
    exact = Fraction(token.text) == Fraction(value)
    around = Intervals.of(value) if exact else Intervals.of(down(value), up(value))
    return Number(written, value, unit, unit.to_base(around), token.column)


class _Parser:
    """A walk along the tokens of one expression."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def whole(self) -> Node:
        node = self._expression(0)
        if self._next.text == ",":
            raise ExpressionError("numbers hold no commas, and only a call has several arguments", self._next.column)
        if self._next.kind != "end":
            raise self._wrong("expected an operator before")
        return node

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _wrong(self, expected: str) -> ExpressionError:
        return ExpressionError(f"{expected} {self._next.shown}", self._next.column)

    def _expect(self, sign: str) -> None:
        if self._next.text != sign:
            raise self._wrong(f"expected '{sign}' before")
        self._take()

    def _expression(self, around: int) -> Node:
        left = self._operand()
        while (strength := INFIX.get(self._next.text, 0)) > around:
            if strength == COMPARISON:
                left = self._comparison(left)
                continue
            sign = self._take()
            if strength in (OR, AND):
                right = self._expression(strength)
                earlier = left.operands if isinstance(left, Logic) and left.operator == sign.text else (left,)
                left = Logic(sign.text, (*earlier, right), sign.column)
            else:
                right = self._expression(MINUS - 1 if sign.text == "**" else strength)
                left = Binary(sign.text, left, right, sign.column)
        return left

    def _comparison(self, first: Node) -> Node:
        column = self._next.column
        operators: list[str] = []
        operands = [first]
        while INFIX.get(self._next.text) == COMPARISON:
            operators.append(self._take().text)
            operands.append(self._expression(COMPARISON))
        return Compare(tuple(operators), tuple(operands), column)

    def _operand(self) -> Node:
        token = self._next
        if token.kind == "number":
            return _number(self._take())
        if token.text == "not":
            self._take()
            return Unary("not", self._expression(NOT - 1), token.column)
        if token.text == "-":
            self._take()
            return Unary("-", self._expression(MINUS - 1), token.column)
        if token.text == "(":
            self._take()
            inside = self._expression(0)
            self._expect(")")
            return inside
        if token.kind == "name" and token.text not in INFIX:
            self._take()
            if self._next.text == "(":
                return Call(token.text, self._arguments(), token.column)
            if self._next.text == "[":
                return Cell(token.text, self._key(), token.column)
            return Name(token.text, token.column)
        raise self._wrong("expected a number, a name or '(' before")

    def _arguments(self) -> tuple[Node, ...]:
        self._expect("(")
        arguments: list[Node] = []
        while self._next.text != ")":
            arguments.append(self._expression(0))
            if self._next.text != ",":
                break
            self._take()
        self._expect(")")
        return tuple(arguments)

    def _key(self) -> str:
        self._expect("[")
        if self._next.kind != "name":
            raise self._wrong("expected the name of a column before")
        key = self._take().text
        self._expect("]")
        return key
