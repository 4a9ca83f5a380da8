"""A report on a text or a dataset as CI takes it."""

from __future__ import annotations

from collections import Counter

import attrs

from checker.dataset import RowCheck, RuleTally, TableReport
from checker.model import LEVELS, Check, Figure, Report
from checker.reports.console import tally_line
from checker.reports.passage import Places
from checker.reports.results import Part, Region, Result, numbered
from checker.reports.tables import table_tally_line
from checker.reports.visible import shortened


def part_of(report: Report, *, strained: bool = False) -> Part:
    """What CI hears of a report: its findings, its broken notes and, if asked for, what only rounding can explain.

    What a remark or an [[ignore]] entry waives is left out; what the baseline knows is there, and says so.
    """
    places = Places(report.document)
    told = sorted((c for c in report.checks if c.verdict in ("broken", "strained")), key=lambda check: check.claim.span)
    results = numbered([_result(check, places) for check in told])
    judged = Counter(check.rule for check in report.checks if check.verdict != "unchecked")
    idle = {c.rule: c.reason or "no reason given" for c in report.checks if c.verdict == "unchecked"}
    kept = (r for r in results if strained or not r.rounded)
    return Part(
        name=report.document.name,
        results=tuple(r for r in kept if r.waived is None or r.waived.by == "baseline"),
        judged=judged,
        idle={rule: reason for rule, reason in idle.items() if rule not in judged},
        summary=tally_line(report.tally),
    )


def part_of_table(report: TableReport, file: str, *, notes: bool = False) -> Part:
    """What CI hears of a report on a table in a file: the rows that are told, those that the baseline knows among them.

    A cell has no place in its line, and a row has none but in a text file.
    """
    known = tuple(f for f in report.found if f.check.waived is not None and (notes or f.check.level != "note"))
    told = sorted((*report.told(notes=notes), *known), key=lambda f: (f.row or 0, f.check.rule))
    levels = LEVELS if notes else LEVELS[:2]
    return Part(
        name=report.name,
        results=tuple(numbered(_row_result(found, file) for found in told)),
        judged={tally.rule: tally.judged for tally in report.tallies if tally.judged},
        idle={tally.rule: _why(tally) for tally in report.tallies if not tally.judged},
        summary=table_tally_line(report),
        unlisted=report.broken(*levels) - len(told) + len(known),
    )


def _row_result(found: RowCheck, file: str) -> Result:
    result = _told(found.check, file, tuple(Region(figure.text, found.line) for figure in found.check.figures))
    return attrs.evolve(result, key=found.key, row=found.row)


def _why(tally: RuleTally) -> str:
    """The commonest reason why a rule reached no verdict."""
    return max(tally.reasons, key=lambda reason: tally.reasons[reason], default="no row has figures for it")


def _result(check: Check, places: Places) -> Result:
    return _told(check, places.document.name, tuple(_region(figure, places) for figure in check.figures))


def _told(check: Check, file: str, figures: tuple[Region, ...]) -> Result:
    rounded = check.verdict == "strained"
    return Result(
        rule=check.rule,
        level="note" if rounded else check.level,
        message=" ".join((check.message or check.rule).split()),
        file=file,
        figures=figures,
        working=" ".join(check.working.split()),
        questions=tuple(
            f"Did you mean {shortened(repair.text)}? (for {shortened(repair.figure.text)}: {repair.slip})"
            for repair in check.repair
        ),
        rounded=rounded,
        waived=check.waived,
    )


def _region(figure: Figure, places: Places) -> Region:
    return Region(
        text=figure.text,
        line=places.line(figure.start),
        column=places.column(figure.start),
        end_line=places.line(figure.end),
        end_column=places.column(figure.end),
    )
