"""Solutions as the rows of a table: a column for each role, named by its unit, and one for the class of thing."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Mapping, Sequence

import attrs

from checker.rulebook.schema import Rule
from checker.rulebook.tree import PLAIN
from checker.strategies.choosing import Least, Tried
from checker.strategies.demands import Contradiction, Demands
from checker.strategies.prints import Print
from checker.strategies.samples import Sample, Slot, roles
from checker.strategies.solution import Choices, Solution
from checker.wording import unit_text

CLASS, TAGS = "class", "tags"
"""The columns that name the class of thing, and what else a rule must be told of a row to speak of it."""

_ROWS, _TRIALS = 32, 64
"""How many rows a stock has, and how many are tried for it."""
_SHORT = {"second": "s", "minute": "min", "hour": "h"}


@attrs.frozen
class Dataset:
    """Rows of printed figures by column, and the numbers of those, from 0, that break the rule.

    `frame` and `maps` are what a check of the table is told besides: `role=column` for columns whose name does not say.
    """

    rule: str
    frame: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    bad: frozenset[int]
    maps: tuple[str, ...] = ()

    @classmethod
    def of(cls, rule: Rule, solutions: Sequence[Solution], bad: frozenset[int]) -> Dataset:
        """The solutions of a rule as rows."""
        rows = tuple(dict(_row(rule, solution)) for solution in solutions)
        columns = tuple(dict.fromkeys(name for row in rows for name in row))
        many = [name for name in roles(rule) if rule.frame.roles[name].many]
        maps = [_map(role, column) for role in many for column in columns if column.startswith(f"{role} ")]
        maps += [f"{TAGS}={TAGS}"] if TAGS in columns else []
        return cls(rule.id, rule.frame.id, columns, rows, bad, tuple(maps))

    def by_column(self) -> dict[str, list[str]]:
        """The cells of each column, as the constructor of a frame takes them."""
        return {name: [row[name] for row in self.rows] for name in self.columns}

    def csv(self) -> str:
        """The table as comma-separated values, with a line of names."""
        out = io.StringIO()
        writer = csv.DictWriter(out, self.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        return out.getvalue()


def stock(asked: Demands) -> tuple[Solution, ...]:
    """Rows that meet the demands, the plainest first, from which tables are put together.

    They are solved at once and not row by row as a table is drawn, for that would be too slow for Hypothesis.
    """
    ways: list[Choices] = [Least(), *(Tried(seed) for seed in range(_TRIALS))]
    return tuple(itertools.islice(filter(None, map(asked.solve, ways)), _ROWS))


def columns_of(rule: Rule, family: Sequence[Sample]) -> tuple[Sample, ...]:
    """The samples that print like the one with the most free figures, so that a column has one unit.

    Raises Contradiction for a rule of which no sample prints.
    """
    if not family:
        raise Contradiction(f"{rule.id}: none of its examples shows how its figures print")
    like = max(family, key=lambda sample: sum(slot.grid is not None for slot in _slots(sample)))
    return tuple(sample for sample in family if _manner(sample) == _manner(like))


def _slots(sample: Sample) -> Iterator[Slot]:
    return itertools.chain.from_iterable(sample.slots.values())


def _manner(sample: Sample) -> list[tuple[str, tuple[object, ...] | None]]:
    return [(name, _print(slot.grid)) for name, slots in sample.slots.items() for slot in slots]


def _print(grid: Print | None) -> tuple[object, ...] | None:
    return (grid.form, grid.measure, grid.unit, grid.before, grid.after) if grid else None


def _row(rule: Rule, solution: Solution) -> Iterator[tuple[str, str]]:
    for name in roles(rule):
        slots, lines = solution.sample.slots[name], solution.lines[name]
        for i, (slot, line) in enumerate(zip(slots, lines, strict=True)):
            column = f"{name} {i + 1}" if rule.frame.roles[name].many else name
            yield _cell(column, slot, _without_word(slot.grid, line, signed=rule.frame.roles[name].signed))
    if solution.thing is not None:
        yield CLASS, solution.thing
    if rule.when:
        yield TAGS, " ".join(sorted(solution.tags & set(rule.when)))


def _map(role: str, column: str) -> str:
    unit = column.partition(" (")[2].removesuffix(")")
    return f"{role}={column}:{unit}" if unit else f"{role}={column}"


def _without_word(grid: Print | None, line: str, *, signed: bool) -> str:
    """A line without its word of change: what goes down is below zero in a table, where the role has a sign."""
    if grid is None or not grid.change or not line.startswith(f"{grid.change} "):
        return line
    return ("-" if signed and grid.change == "down" else "") + line.removeprefix(f"{grid.change} ")


def _cell(column: str, slot: Slot, line: str) -> tuple[str, str]:
    """A cell under the name of its column, with the unit in one or the other."""
    grid = slot.grid
    if grid is None:
        return column, line
    if slot.figure.currency and grid.measure.name != PLAIN.name:
        return column, line  # "$5 a day": no name of a column tells it as short
    if slot.figure.currency and len(grid.before) == 1:
        return f"{column} ({grid.before})", line if grid.after or grid.hedge else line.removeprefix(grid.before)
    if not _has_unit(grid):
        return column, line
    unit = _SHORT.get(grid.measure.name) or unit_text(grid.measure)
    return f"{column} ({unit})", line.removesuffix(grid.after)


def _has_unit(grid: Print) -> bool:
    """Whether the unit stands after the number, and so can stand in the column's name instead."""
    plain = grid.form == "number" and not grid.before and grid.unit == 1.0 and not grid.aside
    return plain and bool(grid.after) and bool(unit_text(grid.measure)) and not (grid.change and grid.hedge)
