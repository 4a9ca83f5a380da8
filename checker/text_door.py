"""The commands `figcheck check` and `figcheck figures`: texts, few or many, as they are written of."""

from __future__ import annotations

import datetime
import enum
import pathlib
import sys
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Annotated

import attrs
import typer

from checker import __version__, formats, readers, run
from checker.formats import Format
from checker.model import Level, Report
from checker.options import (
    BaselineFile,
    Failing,
    FailOn,
    Ignored,
    Output,
    Renewing,
    RuleFolders,
    Select,
    Settings,
    Written,
    apart,
    chosen,
    fails,
    renew,
    rulebook_of,
    sieve_of,
    vocabulary_of,
    write_json,
    write_lines,
)
from checker.rulebook.schema import Rulebook
from checker.session import CLEAN, FINDINGS, Session, Unusable, guarded, sink, tell
from checker.texts import Asked, Texts, texts_of
from checker.waivers import Sieve

if TYPE_CHECKING:
    from checker.texts.work import Form


class SheetFormat(enum.StrEnum):
    """How a fact sheet is written."""

    CONSOLE = "console"
    JSON = "json"
    JSONL = "jsonl"


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="Plain text, Markdown, HTML or a web address; JSON lines or Parquet that hold texts; a folder or a glob; "
        "- is standard input.",
        show_default=False,
    ),
]
Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="The date of publication, as 2025-01-26; a dateline serves too.")
]
WrittenSheet = Annotated[SheetFormat, typer.Option("--format", help="How to write the sheet.")]
TextColumn = Annotated[
    str, typer.Option(metavar="NAME", help="What holds the text, in JSON lines and Parquet.", show_default=True)
]
IdColumn = Annotated[
    str | None, typer.Option(metavar="NAME", help="What names each text there, if not 'id' or 'name'.")
]
DateColumn = Annotated[str | None, typer.Option(metavar="NAME", help="What dates each text there, if not 'published'.")]
Jobs = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="By how many processes; without it, all cores for many texts.")
]


Plot = Annotated[
    pathlib.Path | None,
    typer.Option(metavar="FILE", readable=False, help="Draw the article's flights too, as .svg or .png."),
]


@guarded
def check(
    ctx: typer.Context,
    paths: Paths,
    *,
    written: Written = Format.CONSOLE,
    rules: RuleFolders = None,
    select: Select = None,
    ignore: Ignored = None,
    published: Published = None,
    fail_on: Failing = FailOn.WARNING,
    notes: Annotated[bool, typer.Option("--notes", help="Show what only rounding can explain, too.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show every check and every figure.")] = False,
    output: Output = None,
    settings: Settings = None,
    baseline: BaselineFile = None,
    update_baseline: Renewing = False,
    text_column: TextColumn = "text",
    id_column: IdColumn = None,
    date_column: DateColumn = None,
    jobs: Jobs = None,
    plot: Plot = None,
) -> int:
    """Check the figures of texts, and say what is wrong, what holds and what was not checked.

    Exits with 0 when nothing is wrong, 1 on findings, 2 when something could not be read or used, 3 on a fault.
    """
    session = Session(ctx.obj)
    texts = texts_of(paths, Asked(text_column, id_column, date_column, _date(published)), jobs)
    rulebook = chosen(rulebook_of(rules, session, settings), select, ignore)
    sieve = sieve_of(rulebook, settings, baseline, renew=update_baseline)
    checking = Checking(texts, rulebook, sieve, session, fail_on, _quiet(output))
    source = _one_text(paths) if plot else None
    with sink(output, texts.paths) as stream:
        _write(stream, checking, written, notes=notes, verbose=verbose)
    if plot and source and not session.unreadable:
        _draw(plot, source, texts.asked.published, rulebook)
    if update_baseline:
        renew(sieve)
    return session.code


def _one_text(paths: list[str]) -> str:
    """The one text that is drawn; raises Unusable where there are several, or it can be read only once."""
    if len(paths) != 1 or paths[0] == "-":
        raise Unusable("--plot draws one article: name one file or web address")
    return paths[0]


def _draw(plot: pathlib.Path, source: str, published: datetime.date | None, rulebook: Rulebook) -> None:
    """Draw a text's flights to a file, or say that there are none; raises Unusable."""
    from checker import picture

    if plot.suffix.lower() not in (".svg", ".png"):
        raise Unusable(f"--plot {plot}: name a file that ends in .svg or .png")
    try:
        report = run.check_document(readers.read_file(source, published=published), rulebook)
        if not picture.draw(report, rulebook, plot):
            tell(f"figcheck: {source}: no flight with a range and a time or a height: there is nothing to draw")
    except ModuleNotFoundError as error:
        raise Unusable(str(error)) from None
    except readers.Unreadable as error:
        raise Unusable(str(error)) from None
    except OSError as error:
        raise Unusable(f"{plot}: cannot be written: {error.strerror}") from None


@attrs.frozen
class Checking:
    """One run of `figcheck check`; `quiet`: what it writes does not go to a terminal."""

    texts: Texts
    rulebook: Rulebook
    sieve: Sieve
    session: Session
    fail_on: FailOn
    quiet: bool

    def reports(self) -> Iterator[Report]:
        """The reports, with what is let pass saying so, and what there is to say when all are through."""
        from checker.texts.work import Checked

        for made in self.texts.each(Checked(self.rulebook), self.session, quiet=self.quiet):
            report = self.sieve.sift(made)
            self._met(finding.level for finding in report.findings)
            yield report
        for notice in self.sieve.notices():
            self.session.say(notice)

    def in_json(self, form: Form) -> Iterator[str]:
        """The reports in JSON, written where they are made unless something may be let pass."""
        from checker.texts.work import Checked, Writing, written_as

        if not self.sieve.idle:
            yield from (written_as(form, report) for report in self.reports())
            return
        for made in self.texts.each(Writing(Checked(self.rulebook), form), self.session, quiet=self.quiet):
            self._met(made.levels)
            yield made.text

    def fails(self, level: Level) -> bool:
        """Whether a finding of a level makes the run fail."""
        return fails(level, self.fail_on)

    def _met(self, levels: Iterable[Level]) -> None:
        self.session.met(FINDINGS if any(map(self.fails, levels)) else CLEAN)


def _write(stream: IO[str], checking: Checking, written: Format, *, notes: bool, verbose: bool) -> None:
    match written:
        case Format.CONSOLE:
            _print(stream, checking.reports(), notes=notes, verbose=verbose, many=checking.texts.many)
        case Format.JSON:
            write_json(stream, checking.in_json("json"), checking.session, many=checking.texts.many)
        case Format.JSONL:
            write_lines(stream, checking.in_json("jsonl"), checking.session)
        case Format.SARIF | Format.JUNIT | Format.GITHUB:
            from checker.reports.parts import part_of

            stream.writelines(
                formats.pieces(
                    (part_of(report, strained=notes) for report in checking.reports()),
                    written,
                    checking.rulebook,
                    checking.session.ending,
                    fails=checking.fails,
                    version=__version__,
                    compared=checking.sieve.baseline is not None,
                )
            )


@guarded
def figures(
    ctx: typer.Context,
    paths: Paths,
    *,
    written: WrittenSheet = SheetFormat.CONSOLE,
    published: Published = None,
    output: Output = None,
    settings: Settings = None,
    text_column: TextColumn = "text",
    id_column: IdColumn = None,
    date_column: DateColumn = None,
    jobs: Jobs = None,
) -> int:
    """Print the fact sheet of texts: every figure, with the numbers that it can stand for."""
    from checker.reports.console import console_on
    from checker.reports.facts import print_facts
    from checker.texts.work import Sheets, Writing

    session = Session(ctx.obj)
    texts = texts_of(paths, Asked(text_column, id_column, date_column, _date(published)), jobs)
    quiet, sheets = _quiet(output), Sheets(vocabulary_of(settings))

    def in_json(form: Form) -> Iterator[str]:
        return (made.text for made in texts.each(Writing(sheets, form), session, quiet=quiet))

    with sink(output, texts.paths) as stream:
        match written:
            case SheetFormat.CONSOLE:
                console = console_on(stream)
                for made in apart(texts.each(sheets, session, quiet=quiet), console):
                    print_facts(made, console)
            case SheetFormat.JSON:
                write_json(stream, in_json("json"), session, many=texts.many)
            case SheetFormat.JSONL:
                write_lines(stream, in_json("jsonl"), session)
    return session.code


def _date(published: str | None) -> datetime.date | None:
    try:
        return run.as_date(published)
    except ValueError as error:
        raise Unusable(f"--published: {error}") from None


def _quiet(output: pathlib.Path | None) -> bool:
    """Whether what is written goes elsewhere than to a terminal."""
    return not sys.stdout.isatty() if output is None or str(output) == "-" else True


def _print(stream: IO[str], reports: Iterable[Report], *, notes: bool, verbose: bool, many: bool) -> None:
    from checker.reports.console import Detail, Total, console_on, print_report, print_total

    console, detail, total = console_on(stream), Detail(notes=notes, verbose=verbose), Total()
    for report in apart(reports, console):
        print_report(report, console, detail)
        total.add(report.tally)
    if many:
        print_total(total, console)
