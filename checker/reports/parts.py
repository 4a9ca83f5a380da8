"""A report on a text as CI takes it."""

from __future__ import annotations

from collections import Counter

from checker.model import Check, Figure, Report
from checker.reports.console import tally_line
from checker.reports.passage import Places
from checker.reports.results import Part, Region, Result, numbered
from checker.reports.visible import shortened


def part_of(report: Report, *, strained: bool = False) -> Part:
    """What CI hears of a report: its findings, its broken notes and, if asked for, what only rounding can explain.

    What an [[ignore]] entry waives is left out; what the baseline knows is there, and says so.
    """
    places = Places(report.document)
    told = sorted((c for c in report.checks if c.verdict in ("broken", "strained")), key=lambda check: check.claim.span)
    results = numbered([_result(check, places) for check in told])
    judged = Counter(check.rule for check in report.checks if check.verdict != "unchecked")
    idle = {c.rule: c.reason or "no reason given" for c in report.checks if c.verdict == "unchecked"}
    kept = (r for r in results if strained or not r.rounded)
    return Part(
        name=report.document.name,
        results=tuple(r for r in kept if r.waived is None or r.waived.by != "ignore"),
        judged=judged,
        idle={rule: reason for rule, reason in idle.items() if rule not in judged},
        summary=tally_line(report.tally),
    )


def _result(check: Check, places: Places) -> Result:
    rounded = check.verdict == "strained"
    return Result(
        rule=check.rule,
        level="note" if rounded else check.level,
        message=" ".join((check.message or check.rule).split()),
        file=places.document.name,
        figures=tuple(_region(figure, places) for figure in check.figures),
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
