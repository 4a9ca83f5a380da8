"""What a failed test shows: the broken checks, each with its figures, its working and where its rule is explained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.dataset import RowCheck, TableReport
from checker.model import Check

_MOST_TOLD = 5
"""So many broken checks are told in full."""


def of_checks(broken: Sequence[tuple[str, Check]]) -> str:
    """Broken checks, each with words that say which of many it is of."""
    return _told(list(broken[:_MOST_TOLD]), len(broken))


def of_table(report: TableReport) -> str:
    """The rows of a table that break a rule, each by its number from 1, its line in a file, and its key."""
    told = [(f"{_place(found)}: ", found.check) for found in report.findings[:_MOST_TOLD]]
    return _told(told, report.broken("error", "warning"))


def unread(report: TableReport) -> str | None:
    """What cells of a table hold that is no figure, in one line; None where every cell is empty or read."""
    told = {
        use.column: f"column '{use.column}': {use.unread:,} cells hold no {use.role}, such as '{use.example}'"
        for use in report.columns
        if use.unread
    }
    return "; ".join(told.values()) or None


def nothing_checked(report: TableReport) -> str:
    """Why no rule could check anything in a table, in one line."""
    reasons = dict.fromkeys(reason for tally in report.tallies for reason in tally.reasons)
    told = [*reasons, *report.remarks] or ["there are no rows" if not report.rows else "no rule speaks of its columns"]
    return f"nothing was checked: {'; '.join(told)}"


def _place(found: RowCheck) -> str:
    number = f"row {found.row}" if found.row is not None else "a row"
    more = [f"line {found.line}"] * (found.line is not None) + [f"key {found.key}"] * (found.key is not None)
    return f"{number} ({', '.join(more)})" if more else number


def _told(broken: Sequence[tuple[str, Check]], count: int) -> str:
    lines = [f"{count:,} checks are broken"] if count > 1 else []
    for place, check in broken:
        lines += _lines(place, check)
    if count > len(broken):
        lines.append(f"and {count - len(broken):,} more")
    return "\n".join(lines)


def _lines(place: str, check: Check) -> Iterator[str]:
    yield f"{place}{check.message}"
    yield f"  values:  {_values(check)}"
    yield f"  working: {check.working}"
    yield f"  rule:    {check.rule} ({check.level}); 'figcheck rules explain {check.rule}' says why"


def _values(check: Check) -> str:
    (binding,) = check.claim.bindings
    told = [
        f"{name} = {', '.join(figure.text for figure in held)}"
        for name, held in binding.roles.items()
        if any(figure in check.figures for figure in held)
    ]
    return "; ".join([*told, *([f"class = {binding.thing}"] if binding.thing else [])])
