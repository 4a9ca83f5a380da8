"""Of the rows that break a rule, those that are told, and how many are let pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from checker.dataset import BrokenRow, RowCheck, Sifting, UnusableTable
from checker.model import Check, Waiver
from checker.rulebook.schema import Rule
from checker.tables.engines import fetched
from checker.tables.inputs import Input
from checker.tables.rows import cell_figure
from checker.tables.stages import PREFIX, Frame

ROW, KEY = f"{PREFIX}row", f"{PREFIX}key"
"""The columns of rows' numbers and keys, where there are any."""

_MOST_SIFTED = 100_000
"""Of so many broken rows of one rule it can be said which are let pass."""

Record = Mapping[str, Any]


def tell(
    rule: Rule,
    broken: Sequence[Frame],
    count: int,
    used: Sequence[Input],
    check: Callable[[Rule, Record], Check | None],
    limit: int,
    sifting: Sifting | None,
) -> tuple[list[RowCheck], int]:
    """The first rows that break a rule and the first of those that are let pass but told; how many are let pass.

    `broken` are frames of broken rows, `count` in all; `used` are the columns that the rule computes with. Raises
    UnusableTable where there are too many to say which are let pass.
    """
    if sifting is None or not sifting.concerns(rule.id, rule.level):
        found = _told(rule, _records(broken, limit), check, limit) if limit else []
        return found, 0
    if sifting.every(rule.id, rule.level, count):
        return [], count
    if count > _MOST_SIFTED:
        told = f"{count:,} rows break {rule.id}, too many to say which of them are let pass (at most {_MOST_SIFTED:,})"
        raise UnusableTable(f"{told}; leave the rule out with --ignore, or mend the column first")
    records = _records(broken, None)
    waivers = _waivers(rule, records, used, sifting)
    return _told(rule, records, check, limit, waivers), len(waivers) - waivers.count(None)


def _records(broken: Sequence[Frame], most: int | None) -> list[Record]:
    """The broken rows, or the first of them, in the order of the table; where it has none, of their key and values."""
    found: list[Record] = []
    order: list[str] = []
    for frame in broken:
        names = frame.collect_schema().names()
        order = [ROW] if ROW in names else names
        rows = frame.sort(*order, nulls_last=True)
        found += [dict(zip(names, row, strict=True)) for row in fetched(rows if most is None else rows.head(most))]
    return sorted(found, key=lambda values: [(values[name] is None, values[name]) for name in order])[:most]


def _waivers(rule: Rule, records: Sequence[Record], used: Sequence[Input], sifting: Sifting) -> list[Waiver | None]:
    """What lets each of all broken rows pass."""
    texts: dict[tuple[int, Any], str] = {}

    def text(at: int, value: Any) -> str:
        if (at, value) not in texts:
            figure = cell_figure(used[at], value)
            texts[at, value] = figure.text if figure else ""
        return texts[at, value]

    rows = []
    for values in records:
        key = values.get(KEY)
        asked = key is None or sifting.texts
        rows.append(BrokenRow(key, tuple(text(at, values[one.raw]) for at, one in enumerate(used)) if asked else ()))
    return list(sifting.each(rule.id, rule.level, rows))


def _told(
    rule: Rule,
    records: Sequence[Record],
    check: Callable[[Rule, Record], Check | None],
    limit: int,
    waivers: Sequence[Waiver | None] = (),
) -> list[RowCheck]:
    """The first broken rows, and the first of those that a baseline knows; what is ignored is not told."""
    left = {None: limit, "baseline": limit}
    found = []
    for values, waiver in zip(records, waivers or [None] * len(records), strict=True):
        kind = waiver.by if waiver else None
        if left.get(kind, 0) and (broken := check(rule, values)):
            left[kind] -= 1
            key = values.get(KEY)
            found.append(
                RowCheck(None if key is None else str(key), values.get(ROW), None, attrs.evolve(broken, waived=waiver))
            )
    return found
