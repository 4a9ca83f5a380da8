"""A report for people: passages with their figures marked, the working, the conclusion, and what was not checked."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

import attrs
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from checker.model import Check, Document, Figure, Report, Span, Tally
from checker.reports.passage import Places, Row, rows, wrapped
from checker.reports.visible import shortened, visible

_WIDTHS = (40, 100)
"""The narrowest page that is laid out, and the widest: longer lines are hard to read."""
_MOST_CONSISTENT = 10
_MOST_FIGURES = 6
"""Of the figures left unchecked for one reason, so many are named."""
STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold blue", "consistent": "green"}
_DIM = "dim"


@attrs.frozen
class Detail:
    """How much a report shows: strained checks too; all of every list, and the checks that were not judged."""

    notes: bool = False
    verbose: bool = False


class _Console(Console):
    """A console that leaves it to its user what to do when no one reads on."""

    def on_broken_pipe(self) -> None:
        raise  # noqa: PLE0704 - rich calls this while it handles the error


def console_on(stream: IO[str]) -> Console:
    """A console on a stream; one that is not a terminal is as wide as COLUMNS says, or as a page should be."""
    width = None if stream.isatty() or "COLUMNS" in os.environ else _WIDTHS[1]
    return _Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def page_width(console: Console) -> int:
    """How many cells wide a report is laid out."""
    return min(max(console.width, _WIDTHS[0]), _WIDTHS[1])


def print_report(report: Report, console: Console, detail: Detail | None = None) -> None:
    """Print the findings worst first, then notes, consistent checks and unchecked figures, the tally last."""
    for line in report_lines(report, _page(report.document, console), detail or Detail()):
        console.print(line, no_wrap=True, crop=False, overflow="ignore", highlight=False)


def tally_line(tally: Tally) -> str:
    """The tally in words: "14 figures, 9 checked, 1 flagged, 5 unchecked"."""
    figures = counted(tally.figures, "figure")
    return f"{figures}, {tally.checked:,} checked, {tally.flagged:,} flagged, {tally.unchecked:,} unchecked"


@attrs.define
class Total:
    """The tallies of several texts, summed as they come."""

    texts: int = 0
    tally: Tally = attrs.field(factory=lambda: Tally(0, 0, 0, 0))

    def add(self, tally: Tally) -> None:
        """Count one more text."""
        both = zip(attrs.astuple(self.tally), attrs.astuple(tally), strict=True)
        self.texts, self.tally = self.texts + 1, Tally(*map(sum, both))


def print_total(total: Total, console: Console) -> None:
    """Print the sum of the tallies of several texts."""
    if total.texts:
        console.print()
        console.print(f"{counted(total.texts, 'text')}: {tally_line(total.tally)}", style="bold", highlight=False)


@attrs.frozen
class _Page:
    """Where a report is laid out; `drawn`: marks are drawn below the text, for want of a terminal that underlines."""

    places: Places
    width: int
    gutter: int
    bar: str
    drawn: bool


def _page(document: Document, console: Console) -> _Page:
    places = Places(document)
    return _Page(
        places=places,
        width=page_width(console),
        gutter=len(str(places.line(len(document.text)))),
        bar="│" if console.encoding.lower().startswith("utf") else "|",
        drawn=not console.is_terminal or console.is_dumb_terminal,
    )


def report_lines(report: Report, page: _Page, detail: Detail) -> Iterator[Text]:
    """The report, line by line."""
    yield from _heading(page)
    for check in report.findings:
        yield from _finding(check, page)
    for check in report.notes:
        if check.verdict == "broken" or detail.notes:
            yield from _finding(check, page)
    yield from _consistent(report, page, detail)
    if detail.verbose:
        yield from _not_judged(report, page)
    yield from _unchecked(report, page, detail)
    yield from _tally(report, page)


def _heading(page: _Page) -> Iterator[Text]:
    published = page.places.document.published
    dated = f", published {published.day} {published:%B %Y}" if published else ""
    yield Text.assemble((visible(page.places.document.name), "bold"), (dated, _DIM))


def _finding(check: Check, page: _Page) -> Iterator[Text]:
    """A broken or strained check: what is wrong, where, the working, and what may have been meant."""
    level, head = check.level, f"{check.level}: "
    if check.verdict == "strained":
        level, head = "note", "note, unless rounded: "
    style = STYLES[level]
    yield Text()
    yield from _hung(head, style, check.message or check.rule, "bold", page)
    first = check.figures[0].start if check.figures else check.claim.span.start
    where = f"{page.places.document.name}:{page.places.line(first)}:{page.places.column(first)}"
    yield Text(f"{' ' * page.gutter}--> {visible(where)}  {visible(check.rule)}", _DIM)
    yield from _excerpt(check.figures, style, page)
    if check.working:
        yield from _hung(f"{' ' * page.gutter} = ", _DIM, check.working, "", page)
    for repair in check.repair:
        asked = f"Did you mean {shortened(repair.text)}? (for {shortened(repair.figure.text)}: {repair.slip})"
        yield from _hung(f"{' ' * page.gutter} ? ", "bold cyan", asked, "", page)


def _consistent(report: Report, page: _Page, detail: Detail) -> Iterator[Text]:
    """The checks that hold or can hold, each under the paragraph where its first figure stands."""
    checks = [check for check in report.checks if check.verdict == "consistent"]
    if not checks:
        return
    yield Text()
    yield Text(f"consistent: {counted(len(checks), 'check')}", "bold green")
    shown = checks if detail.verbose else checks[:_MOST_CONSISTENT]
    groups: dict[Span, list[Check]] = defaultdict(list)
    for check in shown:
        groups[page.places.paragraph(check.figures[0].span)].append(check)
    for home in sorted(groups):
        together = groups[home]
        here = [figure for check in together for figure in check.figures if home.covers(figure.span)]
        yield from _excerpt(here, STYLES["consistent"], page)
        for check in together:
            told = f"{check.message} [{check.rule}]"
            yield from _hung(f"{' ' * page.gutter} {'✓' if page.bar == '│' else '+'} ", "green", told, "", page)
            if check.working:
                yield from _hung(f"{' ' * page.gutter} = ", _DIM, check.working, "", page)
    if len(shown) < len(checks):
        yield Text(f"and {len(checks) - len(shown):,} more, which --verbose shows", _DIM)


def _not_judged(report: Report, page: _Page) -> Iterator[Text]:
    """The checks that lacked something, with what they lacked."""
    checks = [check for check in report.checks if check.verdict == "unchecked"]
    if checks:
        yield Text()
        yield Text(f"not judged: {counted(len(checks), 'check')}", "bold")
    for check in checks:
        told = f"{check.rule}: {check.reason or 'no reason given'}: {_named(check.figures, page, len(check.figures))}"
        yield from _hung("  ", "", told, "", page)


def _unchecked(report: Report, page: _Page, detail: Detail) -> Iterator[Text]:
    """The figures that no check judged, by the reason why."""
    judged = {figure.span for check in report.checks if check.verdict != "unchecked" for figure in check.figures}
    reasons: dict[str, list[Figure]] = defaultdict(list)
    for figure in report.figures:
        if figure.span not in judged:
            reasons[figure.reason or "no rule speaks of it"].append(figure)
    if reasons:
        yield Text()
        yield Text(f"unchecked: {sum(map(len, reasons.values())):,} of {len(report.figures):,} figures", "bold")
    for reason, figures in sorted(reasons.items(), key=lambda item: -len(item[1])):
        most = len(figures) if detail.verbose else _MOST_FIGURES
        yield from _hung("  ", "", f"{reason}: {_named(figures, page, most)}", "", page)


def _tally(report: Report, page: _Page) -> Iterator[Text]:
    tally = report.tally
    yield Text()
    if not tally.figures:
        yield Text("no figures: nothing to check", "bold")
        return
    yield from _hung("", "", tally_line(tally), "bold", page)
    if not tally.checked:
        yield from _hung("", "", "nothing was checked: no rule relates any of these figures to another", "", page)


def _named(figures: Sequence[Figure], page: _Page, most: int) -> str:
    told = [f"{shortened(figure.text)} (line {page.places.line(figure.start)})" for figure in figures[:most]]
    rest = len(figures) - len(told)
    return ", ".join(told) + (f" and {rest:,} more" if rest else "")


def _excerpt(figures: Iterable[Figure], style: str, page: _Page) -> Iterator[Text]:
    """What surrounds the figures, with line numbers, and the figures marked."""
    margin = page.gutter + 4
    yield Text(f"{' ' * page.gutter} {page.bar}", _DIM)
    last = None
    for row in rows(page.places, (figure.span for figure in figures), page.width - margin):
        if last is not None and row.number is not None and row.number > last + 1:
            yield Text(f"{'.' * page.gutter}", _DIM)
        last = row.number or last
        yield from _row(row, style, page)


def _row(row: Row, style: str, page: _Page) -> Iterator[Text]:
    number = "" if row.number is None else str(row.number)
    text = Text(row.text)
    for mark in row.marks:
        text.stylize(f"{style} underline", mark.start, mark.end)
    yield Text.assemble((f"{number:>{page.gutter}} {page.bar} ", _DIM), text)
    if page.drawn and row.marks:
        yield Text(f"{' ' * page.gutter} {page.bar} {_carets(row)}")


def _carets(row: Row) -> str:
    drawn = ""
    for mark in row.marks:
        drawn += " " * (cell_len(row.text[: mark.start]) - len(drawn))
        drawn += "^" * cell_len(row.text[mark.start : mark.end])
    return drawn


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural where it needs one."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _hung(head: str, head_style: str, text: str, style: str, page: _Page) -> Iterator[Text]:
    """A text wrapped with its lines hung after a head."""
    return hung(head, head_style, text, style, page.width)


def hung(head: str, head_style: str, text: str, style: str, width: int) -> Iterator[Text]:
    """A text wrapped to a width, with its lines hung after a head."""
    flat = visible(" ".join(text.split()))
    for i, line in enumerate(wrapped(flat, width - len(head))):
        yield Text.assemble((head if i == 0 else " " * len(head), head_style), (flat[line.start : line.end], style))
