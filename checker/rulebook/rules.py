"""A rule's file to a Rule, tried on: its names, classes, tags, units, table, message and examples must all fit."""

from __future__ import annotations

import datetime
import pathlib
from collections.abc import Mapping
from typing import cast, get_args

from checker.model import LEVELS, Level, Verdict
from checker.rulebook.expression import ExpressionError, parse, quantity
from checker.rulebook.schema import Example, Frame, Rule, Table, TableRow, Topic
from checker.rulebook.source import Section, read
from checker.rulebook.template import MessageError, read_message
from checker.rulebook.tree import Expression, Number
from checker.rulebook.types import Type, nearest, relation, role_types, spelt

_KEYS = (
    "title",
    "why",
    "source",
    "level",
    "frame",
    "class",
    "when",
    "unless",
    "given",
    "require",
    "message",
    "holds",
    "silent",
    "table",
    "example",
)
_NOT_BROKEN = ("consistent", "strained", "unchecked")


def read_rule(path: pathlib.Path, rule_id: str, own: Topic | None, topics: Mapping[str, Topic]) -> Rule:
    """The rule that a file tells, in a topic of its own or one that its frame names; raises `source.Unsound`."""
    file = read(path)
    file.only(_KEYS)
    topic, frame = _frame(file, own, topics)
    tables = {name: _table(section, name, topic) for name, section in file.tables("table")}
    types = role_types(frame)
    require = _relation(file, "require", types, tables)
    given = _relation(file, "given", types, tables) if "given" in file.values else None
    rule = Rule(
        id=rule_id,
        path=path,
        title=file.text("title"),
        why=file.text("why"),
        source=file.text("source"),
        level=cast("Level", file.choice("level", LEVELS)),
        frame=frame,
        topic=topic,
        require=require,
        message=file.text("message"),
        holds=file.optional("holds"),
        silent=file.flag("silent"),
        examples=_examples(file, frame, topic),
        thing=_class(file, "class", topic, frame),
        when=_tags(file, "when", topic),
        unless=_tags(file, "unless", topic),
        given=given,
        tables=tables,
    )
    _sound_message(file, rule, types)
    _all_used(file, rule)
    return rule


# ---------------------------------------------------------------------- what a rule speaks of
def _frame(file: Section, own: Topic | None, topics: Mapping[str, Topic]) -> tuple[Topic, Frame]:
    """The frame that a rule names, of its own topic ("launch") or another ("ballistics.launch"), with its topic."""
    named = file.text("frame")
    there, _, name = named.rpartition(".")
    topic = _topic(there, own, topics) if there else own
    if topic is None and not there:
        raise file.wrong(f"there is no topic.toml here, so name the frame's topic too: 'topic.{name}'", "frame")
    if topic is None:
        raise file.wrong(f"there is no topic '{there}': {nearest(there, topics)}", "frame")
    if name not in topic.frames:
        raise file.wrong(f"the topic '{topic.id}' has no frame '{name}': {nearest(name, topic.frames)}", "frame")
    return topic, topic.frames[name]


def _topic(name: str, own: Topic | None, topics: Mapping[str, Topic]) -> Topic | None:
    if name in topics:
        return topics[name]
    beside = f"{own.id.rpartition('/')[0]}/{name}" if own is not None else name
    return topics.get(beside)


def _class(section: Section, key: str, topic: Topic, frame: Frame) -> str | None:
    name = section.optional(key)
    if name is not None:
        _known_class(section, name, topic, key)
        if frame.thing is not None and frame.thing not in topic.ancestry(name):
            raise section.wrong(f"the frame '{frame.id}' is of a {frame.thing}, and a {name} is none", key)
    return name


def _known_class(section: Section, name: str, topic: Topic, *key: str) -> None:
    if name not in topic.classes:
        raise section.wrong(f"the topic '{topic.id}' has no class '{name}': {nearest(name, topic.classes)}", *key)


def _tags(section: Section, key: str, topic: Topic) -> tuple[str, ...]:
    found = section.texts(key)
    for name in found:
        if name not in topic.tags:
            raise section.wrong(f"the topic '{topic.id}' has no tag '{name}': {nearest(name, topic.tags)}", key)
    return found


# ---------------------------------------------------------------------- what it says
def _relation(file: Section, key: str, types: Mapping[str, Type], tables: Mapping[str, Table]) -> Expression:
    try:
        expression = parse(file.text(key))
        relation(expression, types, tables)
    except ExpressionError as error:
        raise file.wrong(f"{key}: {error}", key) from error
    return expression


def _table(section: Section, name: str, topic: Topic) -> Table:
    numbers: dict[str, dict[str, Number]] = {}
    rows: dict[str, TableRow] = {}
    for thing, row in section.rows():
        _known_class(section, thing, topic, thing)
        numbers[thing] = {key: _cell(row, key) for key in row.values if key != "source"}
        rows[thing] = TableRow(
            cells={key: n.value * n.measure.factor + n.measure.offset for key, n in numbers[thing].items()},
            printed={key: n.text for key, n in numbers[thing].items()},
            source=row.text("source"),
        )
        if not numbers[thing]:
            raise section.wrong(f"the row '{thing}' has no bounds, such as low = \"5 km\"", thing)
        low, high = rows[thing].cells.get("low"), rows[thing].cells.get("high")
        if low is not None and high is not None and low > high:
            raise section.wrong(f"the row '{thing}' runs from {row.text('low')} down to {row.text('high')}", thing)
    if not rows:
        raise section.wrong(f"the table '{name}' has no rows")
    found = [(thing, key, n.measure.dimension) for thing, row in numbers.items() for key, n in row.items()]
    _, _, dimension = found[0]
    for thing, key, other in found:
        if other != dimension:
            told = f"{key} of '{thing}' is {spelt(other)}, and the cells before it {spelt(dimension)}"
            raise section.wrong(told, thing)
    return Table(name, dimension, rows)


def _cell(row: Section, key: str) -> Number:
    value = row.values[key]
    text = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else row.text(key)
    try:
        return quantity(text)
    except ExpressionError as error:
        raise row.wrong(str(error), key) from error


def _sound_message(file: Section, rule: Rule, types: Mapping[str, Type]) -> None:
    known = rule.names()
    for key, message in (("message", rule.message), ("holds", rule.holds)):
        try:
            used = read_message(message or "", rule.frame, types, rule.tables)
        except MessageError as error:
            raise file.wrong(f"{key}: {error}", key) from error
        for name in sorted(used - known):
            told = f"{key}: '{name}' is not among the figures that the rule relates"
            raise file.wrong(f"{told}: {nearest(name, known)}", key)


def _all_used(file: Section, rule: Rule) -> None:
    if not rule.names():
        raise file.wrong("require: the relation names no role, so no figure can keep or break it", "require")
    used = rule.require.tables() | (rule.given.tables() if rule.given is not None else frozenset())
    for name in rule.tables:
        if name not in used:
            raise file.wrong(f"the table '{name}' stands in neither require nor given", "table", name)


# ---------------------------------------------------------------------- its examples
def _examples(file: Section, frame: Frame, topic: Topic) -> tuple[Example, ...]:
    found = tuple(_example(section, frame, topic) for section in file.array("example"))
    verdicts = {example.verdict for example in found}
    if "broken" not in verdicts or not verdicts & set(_NOT_BROKEN):
        wanted = "broken" if "broken" not in verdicts else "consistent"
        told = "examples of both signs are needed: add an [[example]]"
        raise file.wrong(f'{told} with verdict = "{wanted}"', *(("example", len(found) - 1) if found else ()))
    return found


def _example(section: Section, frame: Frame, topic: Topic) -> Example:
    section.only(("text", "values", "verdict", "published", "class", "tags"))
    verdict = section.choice("verdict", get_args(Verdict))
    if ("text" in section.values) == ("values" in section.values):
        raise section.wrong("an example has either a 'text' or 'values'")
    thing = section.optional("class")
    if thing is not None:
        _known_class(section, thing, topic, "class")
    for key in ("class", "tags"):
        if key in section.values and "text" in section.values:
            raise section.wrong(f"'{key}' goes with 'values'; a text tells its own", key)
    return Example(
        verdict=cast("Verdict", verdict),
        line=section.line(),
        text=section.optional("text"),
        values=_values(section, frame) if "values" in section.values else None,
        thing=thing,
        tags=_tags(section, "tags", topic),
        published=_published(section),
    )


def _values(section: Section, frame: Frame) -> Mapping[str, str | list[str]]:
    values = section.table("values")
    if not values.values:
        raise section.wrong("the example's 'values' are empty", "values")
    found: dict[str, str | list[str]] = {}
    for name, value in values.values.items():
        if name not in frame.roles:
            raise values.wrong(f"'{name}' is no role of '{frame.id}': {nearest(name, frame.roles)}", name)
        if isinstance(value, list):
            if not frame.roles[name].many:
                raise values.wrong(f"'{name}' holds one figure, not a list", name)
            found[name] = list(values.texts(name))
        elif isinstance(value, str):
            found[name] = values.text(name)
        else:
            raise values.wrong(f"'{name}' is written as it would be printed, in quotes: \"{value}\"", name)
    return found


def _published(section: Section) -> str | None:
    value = section.values.get("published")
    text = value.isoformat() if isinstance(value, datetime.date) else section.optional("published")
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise section.wrong(f"'published' is a date such as 2025-01-26, not '{text}'", "published") from error
