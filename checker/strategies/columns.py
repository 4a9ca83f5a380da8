"""Solutions as the rows of a table: a column for each role, named by its unit, and one for the class of thing."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import attrs

from checker.rulebook.schema import Rule
from checker.strategies.demands import Contradiction
from checker.strategies.prints import Print
from checker.strategies.samples import Sample, roles
from checker.strategies.solution import Solution
from checker.wording import unit_text

CLASS = "class"
"""The column that names the class of thing."""


@attrs.frozen
class Dataset:
    """Rows of printed figures by column, and the numbers of those, from 0, that break the rule."""

    rule: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    bad: frozenset[int]

    @classmethod
    def of(cls, rule: Rule, solutions: Sequence[Solution], bad: frozenset[int]) -> Dataset:
        """The solutions of a rule as rows."""
        rows = tuple(dict(_row(rule, solution)) for solution in solutions)
        columns = tuple(dict.fromkeys(name for row in rows for name in row))
        return cls(rule.id, columns, rows, bad)

    def csv(self) -> str:
        """The table as comma-separated values, with a line of names."""
        out = io.StringIO()
        writer = csv.DictWriter(out, self.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        return out.getvalue()


def columns_of(rule: Rule, family: Sequence[Sample]) -> tuple[Sample, ...]:
    """The samples that print like the first whose figures are all free, so that a column has one unit.

    Raises Contradiction for a rule with a role that holds many figures.
    """
    many = [name for name in roles(rule) if rule.frame.roles[name].many]
    if many:
        raise Contradiction(f"{rule.id}: a row holds one figure for each role, and {many[0]} holds many")
    free = [s for s in family if all(slots and slots[0].grid for slots in s.slots.values())]
    if not free:
        raise Contradiction(f"{rule.id}: none of its examples shows how all of its figures print")
    alike = [tuple(_manner(slots[0].grid) for slots in s.slots.values()) for s in free]
    return tuple(s for s, manner in zip(free, alike, strict=True) if manner == alike[0])


def _manner(grid: Print | None) -> tuple[object, ...] | None:
    return (grid.form, grid.measure, grid.unit, grid.before, grid.after) if grid else None


def _row(rule: Rule, solution: Solution) -> list[tuple[str, str]]:
    cells = []
    for name in roles(rule):
        grid, (line,) = solution.sample.slots[name][0].grid, solution.lines[name]
        cells.append((_name(name, grid), line.removesuffix(grid.after) if grid and _has_unit(grid) else line))
    return cells if solution.thing is None else [*cells, (CLASS, solution.thing)]


def _name(role: str, grid: Print | None) -> str:
    return f"{role} ({unit_text(grid.measure)})" if grid and _has_unit(grid) else role


def _has_unit(grid: Print) -> bool:
    """Whether the unit stands after the number, and so can stand in the column's name instead."""
    plain = grid.form == "number" and not grid.before and grid.unit == 1.0 and not grid.aside
    return plain and bool(grid.after) and bool(unit_text(grid.measure))
