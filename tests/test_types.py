"""Expressions tried on before any figure is seen: what fits together, and what is told where it does not."""

from __future__ import annotations

import pytest

from checker.rulebook.expression import ExpressionError, parse
from checker.rulebook.schema import Frame, Role, Table, TableRow
from checker.rulebook.types import Type, infer, relation, role_types, spelt
from checker.units import CLOCK, DATE, NO_DIMENSION, WEEKDAY, Dimension, dimension

LENGTH, TIME, SPEED = dimension("[length]"), dimension("[time]"), dimension("[speed]")
ANYTHING = Dimension({"[any old]": 1})

ROLES = {
    "range": Role("range", frozenset({"quantity"}), LENGTH),
    "flight_time": Role("flight_time", frozenset({"duration"}), TIME),
    "heat": Role("heat", frozenset({"quantity"}), dimension("[temperature]")),
    "old": Role("old", frozenset({"money", "count"})),
    "new": Role("new", frozenset({"money", "count"}), like="old"),
    "part": Role("part", frozenset({"money", "count"}), like="new", many=True),
    "other": Role("other", frozenset({"quantity"})),
    "share": Role("share", frozenset({"percent"}), NO_DIMENSION),
    "date": Role("date", frozenset({"date"}), DATE),
    "end": Role("end", frozenset({"date", "event"}), DATE),
    "other_date": Role("other_date", frozenset({"date"}), DATE, many=True),
    "hour": Role("hour", frozenset({"time"}), CLOCK),
    "day": Role("day", frozenset({"weekday"}), WEEKDAY),
}
NAMES = role_types(Frame("topic.frame", "anything", "sentence", ROLES))
TABLES = {
    "band": Table(
        "band",
        SPEED,
        {
            "cruise missile": TableRow({"low": 100.0, "high": 300.0}, {"low": "100 m/s", "high": "300 m/s"}, "a book"),
            "glider": TableRow({"low": 1000.0}, {"low": "1 km/s"}, "a book"),
        },
    )
}
TRUE = Type(None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("range / flight_time", Type(SPEED)),
        ("range ** 2 / range", Type(LENGTH)),
        ("range ** -1 * range", Type(NO_DIMENSION)),
        ("sqrt(range * range)", Type(LENGTH)),
        ("sqrt(range) * sqrt(range)", Type(LENGTH)),
        ("abs(-range)", Type(LENGTH)),
        ("free_flight_time(range, 2 * range)", Type(TIME)),
        ("new / old - 1", Type(NO_DIMENSION)),
        ("new - old", Type(ANYTHING)),
        ("sum(part)", Type(ANYTHING)),
        ("count(part)", Type(NO_DIMENSION)),
        ("max(part) - min(old, new)", Type(ANYTHING)),
        ("max(part, old)", Type(ANYTHING)),
        ("part / old", Type(NO_DIMENSION, many=True)),
        ("-part", Type(ANYTHING, many=True)),
        ("end - date", Type(TIME)),
        ("date + 14 day", Type(DATE)),
        ("14 day + date", Type(DATE)),
        ("date - flight_time", Type(DATE)),
        ("hour - hour", Type(TIME)),
        ("min(date, end)", Type(DATE)),
        ("weekday(date)", Type(WEEKDAY)),
        ("weekday(other_date)", Type(WEEKDAY, many=True)),
        ("year(date) + month(date)", Type(NO_DIMENSION)),
        ("band[low]", Type(SPEED)),
        ("range < 5 km", TRUE),
        ("range > 0", TRUE),
        ("0 < range < 5 mile", TRUE),
        ("heat > 20 degC", TRUE),
        ("share <= 100%", TRUE),
        ("share == new / old - 1", TRUE),
        ("date < end and not day == weekday(date)", TRUE),
        ("part < old", Type(None, many=True)),
        ("count(other_date < date and year(other_date) == year(date)) == 2", TRUE),
        ("band[low] <= range / flight_time", TRUE),
        ("old > 0", TRUE),
    ],
)
def test_what_fits(text, expected):
    assert infer(parse(text), NAMES, TABLES) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("range < flight_time", "'range' cannot be compared with 'flight_time': [length] against [time] (column 7)"),
        ("5 km < 3 s", "'5 km' cannot be compared with '3 s': [length] against [time] (column 6)"),
        ("range + flight_time < 5 km", "'flight_time' cannot be added to 'range': [time] and [length] (column 7)"),
        ("range - 1 < 5 km", "'1' cannot be subtracted from 'range': a plain number and [length] (column 7)"),
        ("0 < range < 5", "'range' cannot be compared with '5': [length] against a plain number"),
        ("old < other", "whatever old is measured in against whatever other is measured in"),
        ("old < 5 km", "whatever old is measured in against [length]"),
        ("heat > 0", "'heat' cannot be compared with '0'"),
        ("date > 0", "a date against a plain number"),
        ("date + end < date", "'end' cannot be added to 'date': a date and a date"),
        ("flight_time - date < date", "'date' cannot be subtracted from 'flight_time'"),
        ("date + range < date", "'range' cannot be added to 'date'"),
        ("date * 2 < date", "a date cannot be multiplied or divided (column 6)"),
        ("2 / hour < 1", "a time of day cannot be multiplied or divided"),
        ("-date < end", "there is no minus of a date"),
        ("date ** 2 < date", "there is no power of a date"),
        ("date < hour", "a date against a time of day"),
        ("day < weekday(date)", "days of the week have no order, so < cannot compare them (column 5)"),
        ("day + 1 == day", "cannot be added to 'day'"),
        ("rnge < 5 km", "'rnge' is no role of the frame: did you mean 'range'? (column 1)"),
        ("xyzzy < 5 km", "'xyzzy' is no role of the frame: known: date, day"),
        ("weekday == day", "'weekday' is a function and needs its arguments in brackets"),
        ("sum < old", "'sum' is a function"),
        ("bond[low] < 1", "the rule has no table 'bond': did you mean 'band'?"),
        ("band[high] > 1 m/s", "the row 'glider' of table 'band' has no 'high'"),
        ("frob(range) < 1", "there is no function 'frob': known: abs, climb_speed, count"),
        ("sqtr(range) < 1", "did you mean 'sqrt'?"),
        ("weekday() == day", "weekday takes (date), not 0 arguments"),
        ("free_flight_time(range) > 1 s", "free_flight_time takes (range, apogee), not 1 arguments"),
        ("weekday(range) == day", "date of weekday is a date, not [length] (column 9)"),
        ("abs(date) < date", "value of abs is a quantity, not a date"),
        ("abs(date < end) < 1", "'date < end' is true or false, not a value to compute with"),
        ("range ** flight_time < 1", "an exponent is a plain number such as 2, not 'flight_time'"),
        ("range ** 2 m < 1", "an exponent is a plain number such as 2, not '2 m'"),
        ("2 ** 9 ** 9 < 1", "an exponent is a plain number such as 2, not '9 ** 9'"),
        ("not range", "'not' needs relations, and 'range' is [length] (column 5)"),
        ("range < 5 km and old", "'and' needs relations, and 'old' is whatever old is measured in"),
        ("(date < end) + 1 < 2", "'date < end' is true or false"),
        ("(date < end) == (end < date)", "'date < end' is true or false"),
        ("sum(range) < 1 km", "sum takes one role that holds many figures"),
        ("sum(part, part) < old", "sum takes one role that holds many figures"),
        ("count(range < 1 km) == 1", "count takes one role that holds many figures"),
        ("sum(other_date) < date", "there is no sum of a date"),
        ("sum(part < old) < 1", "'part < old' is true or false"),
        ("max(range) < 1 km", "max takes a role that holds many figures, or several values"),
        ("max() < 1 km", "max takes a role that holds many figures, or several values"),
        ("max(range, flight_time) < 1 km", "'range' cannot be compared with 'flight_time'"),
        ("min(day, day) == day", "there is no min of a day of the week"),
    ],
)
def test_what_does_not_fit_is_told(text, told):
    with pytest.raises(ExpressionError) as caught:
        infer(parse(text), NAMES, TABLES)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("range / flight_time", "this is [length] / [time], not a relation such as a <= b"),
        ("date", "this is a date, not a relation"),
        ("part < old", "this is one relation for each of many figures; write count(...) == 0 or max(...)"),
    ],
)
def test_a_rule_requires_one_relation(text, told):
    with pytest.raises(ExpressionError) as caught:
        relation(parse(text), NAMES, TABLES)
    assert told in str(caught.value)


def test_roles_like_one_another_share_a_dimension():
    assert NAMES["old"] == NAMES["new"] == Type(ANYTHING)
    assert NAMES["part"] == Type(ANYTHING, many=True)
    assert NAMES["other"] != NAMES["old"]
    assert spelt(ANYTHING) == "whatever old is measured in"
