"""A report on a dataset for people: how its columns were read, the rows that break a rule, what was not checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from checker.dataset import ColumnUse, RowCheck, RuleTally, TableReport
from checker.model import LEVELS
from checker.reports.console import STYLES, Detail, counted, hung, page_width
from checker.reports.passage import wrapped
from checker.reports.visible import shortened, visible

_MOST_REASONS = 5
_DIM = "dim"
_GAP = "  "


def print_table_report(report: TableReport, console: Console, detail: Detail | None = None) -> None:
    """Print the columns, the rows that break a rule worst first, the verdicts of each rule, the tally last."""
    for line in table_report_lines(report, page_width(console), detail or Detail()):
        console.print(line, no_wrap=True, crop=False, overflow="ignore", highlight=False)


def table_tally_line(report: TableReport) -> str:
    """The tally in words: "101 rows, 4 rules: 115 checked, 0 flagged, 223 unchecked"."""
    rules = counted(len(report.tallies), "rule")
    flagged = report.broken("error", "warning")
    unchecked = sum(tally.unchecked for tally in report.tallies)
    waived = sum(tally.waived for tally in report.tallies)
    passed = f", {waived:,} let pass" if waived else ""
    tally = f"{report.checked:,} checked, {flagged:,} flagged{passed}, {unchecked:,} unchecked"
    return f"{counted(report.rows, 'row')}, {rules}: {tally}"


def table_report_lines(report: TableReport, width: int, detail: Detail) -> Iterator[Text]:
    """The report, line by line."""
    yield Text.assemble((visible(report.name), "bold"), (f", {counted(report.rows, 'row')}", _DIM))
    if report.columns:
        yield Text()
        yield from _columns(report.columns, width)
    columns = {(use.frame, use.role): use.column for use in report.columns}
    for found in report.told(notes=detail.notes):
        yield from _finding(found, report.name, columns, width)
    yield from _more(report, detail)
    if report.tallies:
        yield Text()
        yield from _verdicts(report.tallies, width)
    yield from _reasons(report.tallies, width, detail)
    yield from _ending(report, width, detail)


def _columns(uses: Sequence[ColumnUse], width: int) -> Iterator[Text]:
    """Which column plays which role, in which unit, how finely, and what in it could not be read."""
    once = _once(uses)
    rows = [[shortened(use.column, 30), use.role.replace("_", " "), use.unit or "", use.resolution] for use in once]
    yield from _grid([["column", "read as", "unit", "resolution"], *rows], width)
    for use in once:
        if use.unread:
            told = f"{counted(use.unread, 'cell')} of {shortened(use.column, 30)} could not be read"
            yield from hung("  ", "", f"{told}, such as '{shortened(use.example or '', 30)}'", STYLES["warning"], width)


def _grid(rows: Sequence[Sequence[str | Text]], width: int, *, numbers: bool = False) -> Iterator[Text]:
    """Rows below a head, in columns; all but the first to the right where they are `numbers`."""
    widths = [max(cell_len(str(cell)) for cell in column) for column in zip(*rows, strict=True)]
    rest = sum(widths[1:]) + len(_GAP) * (len(widths) - 1)
    if numbers:
        widths[0] = min(widths[0], max(width - rest, 10))
    for i, row in enumerate(rows):
        line, flat = Text(style=_DIM if i == 0 else ""), str(row[0])
        lines = [flat[span.start : span.end] for span in wrapped(flat, widths[0])] or [""]
        for extra in lines[:-1]:
            yield Text(extra, line.style)
        line.append(_padded(lines[-1], widths[0]))
        for cell, wide in zip(row[1:], widths[1:], strict=True):
            told = cell if isinstance(cell, Text) else Text(cell)
            space = " " * (wide - cell_len(str(cell)))
            line.append(_GAP)
            line = line + Text(space) + told if numbers else line + told + Text(space)
        line.rstrip()
        yield line


def _padded(text: str, wide: int) -> str:
    return text + " " * (wide - cell_len(text))


def _once(uses: Sequence[ColumnUse]) -> list[ColumnUse]:
    """A column that plays one role in several frames is told once."""
    return list({(use.column, use.role, use.unit): use for use in uses}.values())


def _finding(found: RowCheck, name: str, columns: Mapping[Any, str], width: int) -> Iterator[Text]:
    """A broken check: what is wrong, where, in which cells, the working, and what may have been meant."""
    check = found.check
    style = STYLES[check.level]
    yield Text()
    yield from hung(f"{check.level}: ", style, check.message or check.rule, "bold", width)
    yield from hung(" --> ", _DIM, f"{place(found, name)}  {check.rule}", _DIM, width)
    cells = "; ".join(f"{columns.get(role, '')} {text}".strip() for role, text in _cells(found))
    yield from hung("   | ", _DIM, cells, "", width)
    if check.working:
        yield from hung("   = ", _DIM, check.working, "", width)
    for repair in check.repair:
        asked = f"Did you mean {shortened(repair.text)}? (for {shortened(repair.figure.text)}: {repair.slip})"
        yield from hung("   ? ", "bold cyan", asked, "", width)


def place(found: RowCheck, name: str) -> str:
    """Where a row stands: its line where there are lines, else its number; and its key."""
    where = f"{name}:{found.line}" if found.line is not None else f"{name}: row {found.row}" if found.row else name
    return f"{where} [{shortened(found.key)}]" if found.key is not None else where


def _cells(found: RowCheck) -> Iterator[tuple[tuple[str, str], str]]:
    """The figures of a check by their roles."""
    (binding,) = found.check.claim.bindings
    spans = {figure.span for figure in found.check.figures}
    for role, figures in binding.roles.items():
        for figure in figures:
            if figure.span in spans:
                yield (found.check.claim.frame, role), shortened(figure.text, 30)


def _more(report: TableReport, detail: Detail) -> Iterator[Text]:
    """How many rows are counted and not told."""
    told = len(report.told(notes=detail.notes))
    levels = LEVELS if detail.notes else LEVELS[:2]
    if rest := report.broken(*levels) - told:
        yield Text()
        yield Text(
            f"and {rest:,} more, not shown (--limit)" if told else f"{rest:,} found, not shown (--limit)", "bold"
        )


def _verdicts(tallies: Sequence[RuleTally], width: int) -> Iterator[Text]:
    """How many rows reached each verdict, by rule, the loudest rules first; verdicts that none reached are left out."""
    counts = {
        "let pass": [tally.waived for tally in tallies],
        "strained": [tally.strained for tally in tallies],
    }
    shown = [name for name, numbers in counts.items() if any(numbers)]
    rows: list[list[str | Text]] = [["rule", "broken", *shown, "consistent", "unchecked"]]
    for tally in sorted(tallies, key=lambda t: (LEVELS.index(t.level), t.rule)):
        left = tally.broken - tally.waived
        told = counted(left, "note") if left and tally.level == "note" else f"{left:,}"
        some = [f"{tally.waived:,}"] * ("let pass" in shown) + [f"{tally.strained:,}"] * ("strained" in shown)
        broken = Text(told, STYLES[tally.level] if left else "")
        rows.append([visible(tally.rule), broken, *some, f"{tally.consistent:,}", f"{tally.unchecked:,}"])
    yield from _grid(rows, width, numbers=True)


def _reasons(tallies: Sequence[RuleTally], width: int, detail: Detail) -> Iterator[Text]:
    """Why checks were not made: the commonest reasons, or those of each rule."""
    total = sum((Counter(tally.reasons) for tally in tallies), Counter[str]())
    if not total:
        return
    yield Text()
    yield Text("unchecked, because", "bold")
    if detail.verbose:
        for tally in tallies:
            for reason, count in sorted(tally.reasons.items(), key=lambda item: -item[1]):
                yield from hung(f"{count:>9,}  ", "", f"{reason} [{tally.rule}]", "", width)
        return
    for reason, count in total.most_common(_MOST_REASONS):
        yield from hung(f"{count:>9,}  ", "", reason, "", width)
    if len(total) > _MOST_REASONS:
        rest = sum(count for _, count in total.most_common()[_MOST_REASONS:])
        yield Text(f"{rest:>9,}  other reasons, which --verbose shows", _DIM)


def _ending(report: TableReport, width: int, detail: Detail) -> Iterator[Text]:
    yield Text()
    for remark in report.remarks:
        yield from hung("not judged: ", "bold", remark, "", width)
    for damage in report.damage:
        yield from hung("damaged: ", STYLES["error"], damage, "", width)
    if notes := report.broken("note"):
        hint = "" if detail.notes else ", which --notes shows"
        yield Text(f"{counted(notes, 'note')}{hint}", _DIM)
    yield from hung("", "", table_tally_line(report), "bold", width)
    if not report.checked:
        yield from hung("", "", "nothing was checked: no rule reached a verdict on any row", "", width)
    if report.damage:
        yield from hung("", "", "not all of the file could be read: this report is a partial one", "bold red", width)
