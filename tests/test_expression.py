"""The expression language: what it reads, what it refuses and where, and that it writes what it has read."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.interval import Intervals
from checker.rulebook.expression import MOST_TOKENS, ExpressionError, parse, quantity
from checker.rulebook.tree import (
    Binary,
    Call,
    Cell,
    Compare,
    Logic,
    Name,
    Node,
    Number,
    Unary,
    walk,
    write,
)


def number(text: str) -> Number:
    return quantity(text)


def brackets(node: Node) -> str:
    """A tree with every operation in brackets, to see what binds to what."""
    match node:
        case Unary():
            return f"({node.operator} {brackets(node.operand)})"
        case Binary():
            return f"({brackets(node.left)} {node.operator} {brackets(node.right)})"
        case Compare():
            links = zip(node.operators, node.operands[1:], strict=True)
            return f"({brackets(node.operands[0])}{''.join(f' {o} {brackets(n)}' for o, n in links)})"
        case Logic():
            return f"({f' {node.operator} '.join(map(brackets, node.operands))})"
        case Call():
            return f"{node.function}({', '.join(map(brackets, node.arguments))})"
        case _:
            return write(node)


# ---------------------------------------------------------------------- reading
@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("a + b * c ** d", "(a + (b * (c ** d)))"),
        ("a - b - c", "((a - b) - c)"),
        ("a / b * c", "((a / b) * c)"),
        ("a ** b ** c", "(a ** (b ** c))"),
        ("-a ** 2", "(- (a ** 2))"),
        ("a ** -2", "(a ** (- 2))"),
        ("-a * b", "((- a) * b)"),
        ("a - -b", "(a - (- b))"),
        ("(a + b) * c", "((a + b) * c)"),
        ("a < b <= c", "(a < b <= c)"),
        ("a + 1 < b and c == d or not e > f", "((((a + 1) < b) and (c == d)) or (not (e > f)))"),
        ("a < b and b < c and c < d", "((a < b) and (b < c) and (c < d))"),
        ("not a < b and c < d", "((not (a < b)) and (c < d))"),
        ("not not a < b", "(not (not (a < b)))"),
        ("f()", "f()"),
        ("f(a, g(b) + 1)", "f(a, (g(b) + 1))"),
        ("weekday == weekday(date)", "(weekday == weekday(date))"),
        ("speed[low] <= range / flight_time <= speed[high]", "(speed[low] <= (range / flight_time) <= speed[high])"),
        ("a\n  <\tb", "(a < b)"),
    ],
)
def test_operators_bind_as_in_arithmetic(text, bound):
    assert brackets(parse(text).root) == bound


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("150 km", 150, "kilometer"),
        ("150km", 150, "kilometer"),
        ("0.3 km/s", 0.3, "kilometer / second"),
        ("20 degC", 20, "degree_Celsius"),
        ("5%", 5, "percent"),
        ("5 %", 5, "percent"),
        ("1e5 m", 1e5, "meter"),
        ("2.5e-3 s", 0.0025, "second"),
        ("9.8 m/s**2", 9.8, "meter / second ** 2"),
        ("9.8 m/s^2", 9.8, "meter / second ** 2"),
        ("3 kg*m/s**2", 3, "kilogram * meter / second ** 2"),
        ("7", 7, "dimensionless"),
    ],
)
def test_a_number_takes_the_unit_that_follows_it(text, value, unit):
    (node,) = walk(parse(text).root)
    assert isinstance(node, Number)
    assert (node.value, node.measure.name) == (value, unit)
    assert node.is_plain == (unit == "dimensionless")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("5 km * 2", "(5 km * 2)"),
        ("5 km*2", "(5 km * 2)"),
        ("5 km ** 2", "(5 km ** 2)"),
        ("5 km**2", "5 km**2"),
        ("10 km / t", "(10 km / t)"),
        ("10 km/(t)", "(10 km / t)"),
        ("5 or a", "(5 or a)"),
        ("5 and a", "(5 and a)"),
        ("5 orbit", None),
    ],
)
def test_a_unit_holds_no_spaces(text, bound):
    if bound is None:
        with pytest.raises(ExpressionError, match="'orbit' is not a unit"):
            parse(text)
    else:
        assert brackets(parse(text).root) == bound


@given(st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=6))
def test_a_constant_holds_the_number_that_was_written(value):
    text = f"{value:f}"
    base = quantity(text).base
    assert Fraction(base.low) <= Fraction(text) <= Fraction(base.high)
    assert base.is_point == (Fraction(float(value)) == Fraction(text))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("1,000 km", 1e6, 1e6), ("-273.15 degC", 0.0, 0.0), ("180 m/s", 180.0, 180.0), ("1,234.5", 1234.5, 1234.5)],
)
def test_a_cell_is_a_number_with_a_unit(text, low, high):
    cell = quantity(text)
    assert cell.text == text
    assert cell.base.low == pytest.approx(low, abs=1e-9)
    assert cell.base.high == pytest.approx(high, abs=1e-9)


@pytest.mark.parametrize("text", ["", "km", "5 6", "5 km/h/", "1,00 km", "5 km to 6 km", "a", "1 + 1", "--1", "5 kmm"])
def test_what_is_no_cell_is_told(text):
    with pytest.raises(ExpressionError):
        quantity(text)


def test_an_expression_knows_what_it_names():
    expression = parse("speed[low] <= range / time and count(other < date) + 1 == f(range, 3 km) or speed[high] > 0")
    assert expression.names() == {"range", "time", "other", "date"}
    assert expression.cells() == {("speed", "low"), ("speed", "high")}
    assert expression.tables() == {"speed"}
    assert expression.calls() == {"count", "f"}


def test_trees_are_values():
    tree = parse("a + 3 km < b").root
    assert tree == parse("a  +  3 km<b").root
    assert hash(tree) == hash(parse("a+3 km < b").root)
    assert pickle.loads(pickle.dumps(tree)) == tree  # noqa: S301


# ---------------------------------------------------------------------- refusing
@pytest.mark.parametrize(
    ("text", "told", "column"),
    [
        ("", "expected a number, a name or '(' before the end", 1),
        ("a <", "expected a number, a name or '(' before the end", 4),
        ("a < )", "expected a number, a name or '(' before ')'", 5),
        ("(a < b", "expected ')' before the end", 7),
        ("a b", "expected an operator before 'b'", 3),
        ("2(a)", "expected an operator before '('", 2),
        ("f(a b)", "expected ')' before 'b'", 5),
        ("1,500 km < a", "numbers hold no commas", 2),
        ("a = b", "write == to compare", 3),
        ("a && b", "write and", 3),
        ("a || b", "write or", 3),
        ("!a", "write not", 1),
        ("a ^ 2", "write **", 3),
        ("a.b", "no attributes", 2),
        (".5 < a", "needs a digit before its point", 1),
        ("'x' == a", "no strings", 1),
        ('a == "x"', "no strings", 6),
        ("a ≤ b", "write <=", 3),
        ("a % b", "no remainder", 3),
        ("lambda: a", "':' has no meaning", 7),
        ("a[0]", "expected the name of a column before '0'", 3),
        ("a[b", "expected ']' before the end", 4),
        ("5 kmm < a", "'kmm' is not a unit", 1),
        ("10 km/time < a", "a sign between a number and a name has spaces", 1),
        ("a < 1e999", "'e999' is not a unit", 5),
        ("a < " + "1" * 41, "at most 40 digits", 5),
        ("a < 9 m**999", "expected an operator before '9'", 12),
        ("and", "expected a number, a name or '(' before 'and'", 1),
        ("a < \x00", "has no meaning", 5),
        ("a < \N{RIGHT-TO-LEFT OVERRIDE}", "has no meaning", 5),
    ],
)
def test_what_is_wrong_is_one_sentence_with_its_column(text, told, column):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    message = str(caught.value)
    assert told in message
    assert message.endswith(f"(column {column})")
    assert caught.value.column == column
    assert message.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000,
        "-" * 100_000 + "a",
        "not " * 100_000 + "a",
        "a" + " + a" * 100_000,
        "a" + " ** a" * 100_000,
        "f(" * 100_000,
        "9" * 1_000_000,
        "a < " * 100_000,
        " " * 1_000_000,
        "5 " + "km/" * 100_000,
    ],
    ids=lambda text: text[:8],
)
def test_hostile_length_is_refused_at_once(text):
    with pytest.raises(ExpressionError):
        parse(text)


@pytest.mark.parametrize("unit", ["(", "-", "not ", "1 + ", "1 ** ", "f("])
def test_the_longest_expression_is_within_every_recursion(unit):
    closing = {"(": ")", "f(": ")"}.get(unit, "")
    count = (MOST_TOKENS - 2) // (1 + len(unit.replace(" ", "")) // 2 + len(closing))
    tree = parse(unit * count + "a" + closing * count).root
    assert parse(write(tree)).root == tree
    assert len(list(walk(tree))) <= MOST_TOKENS


@given(st.text(max_size=40) | st.text("ab12 km/s*()<>=!+-,.[]%andornot", max_size=40))
def test_any_text_is_an_expression_or_told(text):
    try:
        found = parse(text).root
    except ExpressionError as error:
        found = error
    if isinstance(found, ExpressionError):
        assert 1 <= found.column <= len(text) + 1
        assert str(found).isprintable()
    else:
        assert parse(write(found)).root == found


# ---------------------------------------------------------------------- writing
LEAVES = (
    st.sampled_from("abc").map(Name)
    | st.sampled_from(["1", "2.5", "150 km", "0.3 km/s", "5%"]).map(number)
    | st.builds(Cell, st.sampled_from("tu"), st.sampled_from(["low", "high"]))
)


def grown(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(nodes, min_size=2, max_size=3).map(tuple)
    return (
        st.builds(Unary, st.sampled_from(["-", "not"]), nodes)
        | st.builds(Binary, st.sampled_from(["+", "-", "*", "/", "**"]), nodes, nodes)
        | st.builds(Logic, st.sampled_from(["and", "or"]), several)
        | several.flatmap(
            lambda operands: st.builds(
                Compare,
                st.lists(
                    st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
                    min_size=len(operands) - 1,
                    max_size=len(operands) - 1,
                ).map(tuple),
                st.just(operands),
            )
        )
        | st.builds(Call, st.sampled_from("fg"), st.lists(nodes, max_size=3).map(tuple))
    )


def flattened(node: Node) -> Node:
    """The tree with `(a and b) and c` as the parser has it: three operands of one `and`."""
    if isinstance(node, Logic):
        first, *others = map(flattened, node.operands)
        row = first.operands if isinstance(first, Logic) and first.operator == node.operator else (first,)
        return Logic(node.operator, (*row, *others))
    match node:
        case Unary():
            return Unary(node.operator, flattened(node.operand))
        case Binary():
            return Binary(node.operator, flattened(node.left), flattened(node.right))
        case Compare():
            return Compare(node.operators, tuple(map(flattened, node.operands)))
        case Call():
            return Call(node.function, tuple(map(flattened, node.arguments)))
    return node


@given(st.recursive(LEAVES, grown, max_leaves=12))
def test_what_is_written_reads_as_the_same_tree(tree):
    assert parse(write(tree)).root == flattened(tree)


def test_a_leaf_may_be_written_otherwise():
    tree = parse("range / time < 5 km/s").root
    assert write(tree, lambda node: node.name.upper() if isinstance(node, Name) else None) == "RANGE / TIME < 5 km/s"


def test_a_plain_constant_is_exact():
    assert quantity("3").base == Intervals.of(3.0)
