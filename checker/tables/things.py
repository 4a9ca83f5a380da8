"""What a row is about, from its class and its tags: which rules speak of it, and the bounds of its class.

Each distinct pair of texts is looked at once, with the names and cues that the topic has for prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
import narwhals as nw

from checker.check import in_other_case, outside, speaks_of
from checker.claims.fits import stands
from checker.claims.things import class_named
from checker.dataset import UnusableTable
from checker.interval import Intervals
from checker.model import Binding, Span
from checker.rulebook.evaluate import cells
from checker.rulebook.schema import Rule, Topic
from checker.tables.engines import fetched, looked_up
from checker.tables.inputs import MOST_TEXTS
from checker.tables.layout import Layout
from checker.tables.sets import Piece
from checker.tables.stages import PREFIX, Frame, Term, nothing, number
from checker.wording import a_or_an

SILENT, JUDGED = 0, 1
"""What a rule makes of a thing, where it has no reason to leave it unchecked."""

_CASE = f"{PREFIX}case"
_PARTED = "\x1f"


@attrs.frozen
class Case:
    """A pair of texts as the topic has it: the class that is named, the tags whose cues stand in either."""

    thing: str | None
    tags: frozenset[str]


def case_of(topic: Topic, named: str | None, told: str | None) -> Case:
    """What a row's class and tags say; a class is one of the topic's names and nothing else."""
    named, told = named or "", told or ""
    thing = class_named(topic, named)
    found = (tag for tag in topic.tags.values() for text in (named, told) if _tells(topic, tag.cues, text))
    given = re.split(r"[\s,;]+", told)
    return Case(thing, frozenset({*(tag.name for tag in found), *(topic.tags.keys() & set(given))}))


def _tells(topic: Topic, patterns: tuple[str, ...], text: str) -> bool:
    return bool(text) and stands(topic, patterns, text, Span(0, len(text)))


@attrs.frozen(eq=False)
class Cases:
    """What the rules make of each case of a table: a state and the cells of their tables, by rule."""

    known: Mapping[str, Case]
    states: Mapping[str, Sequence[int]]
    reasons: Sequence[str]
    is_joined: bool

    def state(self, index: int) -> Term:
        """What the rule of an index makes of each row: silent, judged, or the number of a reason, beginning with 2."""
        if self.is_joined:
            return Term(nw.col(f"{_CASE}_{index}"))
        (states,) = self.states.values()
        return Term(nw.lit(states[index]))

    def bounds(self, rules: Sequence[Rule], index: int) -> Mapping[tuple[str, str], Piece]:
        """The cells of a rule's tables, in every row those of its class."""
        found = {}
        for place, key in enumerate(_cell_names(rules[index])):
            if self.is_joined:
                low, high = (Term(nw.col(_cell_column(index, place, end))) for end in ("low", "high"))
            else:
                (case,) = self.known.values()
                row = cells(rules[index], case.thing)
                low, high = (number(row[key].low), number(row[key].high)) if row else (Term(_null()), Term(_null()))
            found[key] = Piece(low, high)
        return found


def _null() -> nw.Expr:
    return nothing(nw.Float64)


def _cell_names(rule: Rule) -> tuple[tuple[str, str], ...]:
    return tuple((table.name, key) for table in rule.tables.values() for key in _keys(table.rows.values()))


def _keys(rows: Iterable[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for row in rows for key in row.cells))


def _cell_column(index: int, place: int, end: str) -> str:
    return f"{_CASE}_{index}_{place}_{end}"


def cases(frame: Frame, layout: Layout, rules: Sequence[Rule], raw: Mapping[str, str]) -> Cases:
    """Every case that a table has, looked at once."""
    columns = _columns(layout, raw)
    known = {text: case_of(layout.topic, *_parted(text, columns)) for text in sorted(_texts(frame, columns))}
    reasons: dict[str, int] = {}
    states = {text: tuple(_state(rule, case, reasons) for rule in rules) for text, case in known.items()}
    return Cases(known, states, tuple(reasons), bool(columns))


def _parted(text: str, columns: tuple[str | None, str | None] | None) -> tuple[str | None, str | None]:
    """The class and the tags of a key."""
    if columns is None:
        return None, None
    if None in columns:
        return (text, None) if columns[0] else (None, text)
    named, _, told = text.partition(_PARTED)
    return named, told


def _texts(frame: Frame, columns: tuple[str | None, str | None] | None) -> set[str]:
    """The distinct keys of a table's rows, as `_key` makes them."""
    if columns is None:
        return {""}
    named = [name for name in columns if name]
    texts = frame.select(*(nw.col(name).cast(nw.String) for name in named))
    rows = fetched(texts.group_by(*named).agg(nw.len().alias(f"{PREFIX}n")).select(*named).head(MOST_TEXTS + 1))
    found = {_PARTED.join(text or "" for text in row) for row in rows}
    if len(found) > MOST_TEXTS:
        raise UnusableTable(f"the columns of classes and tags hold more than {MOST_TEXTS:,} different texts")
    return found


def _columns(layout: Layout, raw: Mapping[str, str]) -> tuple[str | None, str | None] | None:
    if layout.thing is None and layout.tags is None:
        return None
    return (raw[layout.thing] if layout.thing else None, raw[layout.tags] if layout.tags else None)


def _key(columns: tuple[str | None, str | None]) -> nw.Expr:
    """The texts of a row's class and of its tags as one."""
    texts = [nw.col(name).cast(nw.String).fill_null("") for name in columns if name]
    return texts[0] if len(texts) == 1 else nw.concat_str(texts[0], nw.lit(_PARTED), texts[1])


def _state(rule: Rule, case: Case, reasons: dict[str, int]) -> int:
    if not speaks_of(rule, Binding({}, case.thing)):
        return SILENT
    reason = in_other_case(rule, case.tags) or outside(rule, case.thing)
    if reason is None and rule.tables and cells(rule, case.thing) is None:
        reason = f"no bounds are known for {a_or_an(case.thing or 'thing of no class')}"
    if reason is None:
        return JUDGED
    return reasons.setdefault(reason, len(reasons) + JUDGED + 1)


def with_cases(frame: Frame, layout: Layout, rules: Sequence[Rule], raw: Mapping[str, str], found: Cases) -> Frame:
    """The frame with the state of every rule in each row, and the bounds of the row's class."""
    columns = _columns(layout, raw)
    if columns is None:
        return frame
    texts = list(found.known)
    data: dict[str, tuple[type, Sequence[Any]]] = {}
    for index, rule in enumerate(rules):
        data[f"{_CASE}_{index}"] = (int, [found.states[text][index] for text in texts])
        rows = [cells(rule, found.known[text].thing) or {} for text in texts]
        for place, key in enumerate(_cell_names(rule)):
            for end in ("low", "high"):
                data[_cell_column(index, place, end)] = (float, [_end(row.get(key), end) for row in rows])
    return looked_up(frame.with_columns(_key(columns).alias(_CASE)), _CASE, data, texts, whole=True)


def _end(values: Intervals | None, end: str) -> float | None:
    return None if values is None else float(getattr(values, end))
