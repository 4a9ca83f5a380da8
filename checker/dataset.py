"""What is told of a dataset: how its columns were read, what each rule came to on its rows, the rows that break one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from checker.model import LEVELS, Check, Level, Waiver

TABLE_REPORT_VERSION = 1
"""The form of a table report's dict; it rises when a key goes or changes its meaning."""


class UnusableTable(ValueError):
    """A dataset cannot be read or its columns cannot be used, and why, in one line."""


class WrongUnit(UnusableTable):
    """A column is said to hold a role in a unit that the role cannot have."""


class NoRoles(UnusableTable):
    """A dataset of which nobody said what it holds has no columns that a rule could judge."""


@attrs.frozen
class BrokenRow:
    """What tells a broken row from others: its key, its figures' texts in the order in which they are told."""

    key: str | None
    texts: tuple[str, ...]


@attrs.frozen
class Sifting:
    """What is asked of all rows that break a rule, not only of those that are told, by the rule's id and level.

    `concerns`: whether any of them may be let pass; `every` lets all of a number pass without a look at them, or none;
    `each` says of each row what lets it pass. `texts`: the figures' texts matter even where a row has its key.
    """

    concerns: Callable[[str, Level], bool]
    every: Callable[[str, Level, int], Waiver | None]
    each: Callable[[str, Level, Sequence[BrokenRow]], Sequence[Waiver | None]]
    texts: bool = False


@attrs.frozen
class ColumnUse:
    """How a column was read: the role that it plays, its unit, how fine its numbers are taken to be.

    `unread` counts the cells that hold something but no figure of the role's type, of which `example` is one.
    """

    column: str
    role: str
    frame: str
    unit: str | None
    resolution: str
    unread: int = 0
    example: str | None = None


@attrs.frozen
class RuleTally:
    """On how many rows a rule reached each verdict; `waived` counts the broken ones that are let pass.

    `reasons` counts the unchecked ones by why.
    """

    rule: str
    level: Level
    broken: int = 0
    strained: int = 0
    consistent: int = 0
    unchecked: int = 0
    waived: int = 0
    reasons: Mapping[str, int] = attrs.field(factory=dict)

    @property
    def judged(self) -> int:
        """The rows on which the rule reached a verdict."""
        return self.broken + self.strained + self.consistent


@attrs.frozen
class RowCheck:
    """One broken check of one row: its key where a column gives one, its number from 1, its line in a CSV file."""

    key: str | None
    row: int | None
    line: int | None
    check: Check

    def to_dict(self) -> dict[str, Any]:
        """The finding as JSON has it, its figures with the column that they stand in."""
        check = self.check
        (binding,) = check.claim.bindings
        roles = {figure.span: name for name, figures in binding.roles.items() for figure in figures}
        return {
            "key": self.key,
            "row": self.row,
            "line": self.line,
            "rule": check.rule,
            "level": check.level,
            "verdict": check.verdict,
            "waived": attrs.asdict(check.waived) if check.waived else None,
            "message": check.message,
            "working": check.working,
            "class": binding.thing,
            "figures": [{"role": roles[f.span], **_figure(f.to_dict())} for f in check.figures],
            "repair": [
                {"text": r.text, "slip": r.slip, "role": roles[r.figure.span], "figure": r.figure.text}
                for r in check.repair
            ],
        }


@attrs.frozen
class TableReport:
    """All that was read and judged in one dataset; `found` are the first rows of each rule that break it.

    `remarks` are rules that could not be judged and why, `damage` what of the file could not be read.
    """

    name: str
    rows: int
    columns: tuple[ColumnUse, ...]
    tallies: tuple[RuleTally, ...]
    found: tuple[RowCheck, ...] = ()
    remarks: tuple[str, ...] = ()
    damage: tuple[str, ...] = ()

    @property
    def checked(self) -> int:
        """The checks that reached a verdict."""
        return sum(tally.judged for tally in self.tallies)

    def broken(self, *levels: Level) -> int:
        """How many checks are broken at one of some levels, and not let pass."""
        return sum(tally.broken - tally.waived for tally in self.tallies if tally.level in levels)

    @property
    def findings(self) -> tuple[RowCheck, ...]:
        """The broken checks at error or warning that are told, worst first, then in the order of the rows."""
        return self.told()

    def told(self, *, notes: bool = False) -> tuple[RowCheck, ...]:
        """The broken checks that are told and not let pass, worst first; those at the level of a note if asked for."""
        told = [f for f in self.found if f.check.is_finding or (notes and f.check.is_note)]
        return tuple(sorted(told, key=lambda f: (LEVELS.index(f.check.level), f.row or 0, f.check.rule)))

    def limited(self, limit: int, *, notes: bool = False) -> TableReport:
        """With at most so many rows told, and as many that are known: each rule has a share, the worst the rest."""
        wanted = [f for f in self.found if notes or f.check.level != "note"]
        known = [f for f in wanted if f.check.waived is not None]
        fresh = [f for f in wanted if f.check.waived is None]
        return attrs.evolve(self, found=(*_shared(fresh, limit), *_shared(known, limit)))

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON has it: strings, finite numbers, lists and dicts only."""
        return {
            "version": TABLE_REPORT_VERSION,
            "table": self.name,
            "rows": self.rows,
            "columns": [attrs.asdict(use) for use in self.columns],
            "rules": [attrs.asdict(tally) for tally in self.tallies],
            "findings": [found.to_dict() for found in self.findings],
            "found": self.broken("error", "warning"),
            "remarks": list(self.remarks),
            "damage": list(self.damage),
        }


def _shared(found: Sequence[RowCheck], limit: int) -> list[RowCheck]:
    """The first of each rule, then the second of each, the worst rule first, until there are enough."""
    places: dict[str, int] = {}
    turns = []
    for one in found:
        places[one.check.rule] = places.get(one.check.rule, 0) + 1
        turns.append((places[one.check.rule], LEVELS.index(one.check.level)))
    order = sorted(range(len(found)), key=lambda i: turns[i])[:limit]
    return [found[i] for i in sorted(order)]


def _figure(told: dict[str, Any]) -> dict[str, Any]:
    return {
        key: told[key] for key in ("text", "kind", "nominal", "low", "high", "printed", "unit", "bound", "currency")
    }
