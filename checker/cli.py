"""The command line: `figcheck check`, `figures` and `rules`; `table` is from a room of its own."""

from __future__ import annotations

import datetime
import difflib
import enum
import os
import pathlib
import sys
from collections.abc import Iterable, Iterator
from typing import IO, Annotated

import typer

from checker import __version__, formats, run, table_door
from checker.formats import Format
from checker.model import Document, Report
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
from checker.reports.visible import visible
from checker.rulebook.schema import Rule
from checker.session import CLEAN, FINDINGS, Session, Unusable, ended_by, guarded, sink

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
rules_app = typer.Typer(invoke_without_command=True)
app.add_typer(rules_app, name="rules")


class SheetFormat(enum.StrEnum):
    """How a fact sheet is written."""

    CONSOLE = "console"
    JSON = "json"
    JSONL = "jsonl"


Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Plain text, Markdown, HTML or a web address; - is standard input."),
]
Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="The date of publication, as 2025-01-26; a dateline serves too.")
]
WrittenSheet = Annotated[SheetFormat, typer.Option("--format", help="How to write the sheet.")]


def main() -> None:
    """Run the command line."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed before the process was started
            setattr(sys, name, pathlib.Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for good
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except Exception as error:  # noqa: BLE001 - outside the commands too, a fault must not end in the code for findings
        sys.exit(ended_by(error, debug="--debug" in sys.argv))


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"figcheck {__version__}")
        raise typer.Exit


@app.callback()
def figcheck(
    ctx: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 - its callback answers it
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an internal fault happened.")] = False,
) -> None:
    """Check the figures of texts against each other and against what is possible."""
    ctx.obj = debug


@app.command()
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
) -> int:
    """Check the figures of texts, and say what is wrong, what holds and what was not checked.

    Exits with 0 when nothing is wrong, 1 on findings, 2 when something could not be read or used, 3 on a fault.
    """
    from checker.reports.parts import part_of

    session = Session(ctx.obj, _date(published))
    rulebook = chosen(rulebook_of(rules, session, settings), select, ignore)
    sieve = sieve_of(rulebook, settings, baseline, renew=update_baseline)

    def reported(document: Document) -> Report:
        report = sieve.sift(run.check_document(document, rulebook))
        session.met(FINDINGS if any(fails(finding.level, fail_on) for finding in report.findings) else CLEAN)
        return report

    def all_reported() -> Iterator[Report]:
        yield from session.over(paths, reported)
        for notice in sieve.notices():
            session.say(notice)

    with sink(output, paths) as stream:
        match written:
            case Format.CONSOLE:
                _print(stream, all_reported(), notes=notes, verbose=verbose, many=len(paths) > 1)
            case Format.JSON:
                write_json(stream, all_reported(), session, many=len(paths) > 1)
            case Format.JSONL:
                write_lines(stream, (report.to_dict() for report in all_reported()), session)
            case Format.SARIF | Format.JUNIT | Format.GITHUB:
                stream.writelines(
                    formats.pieces(
                        (part_of(report, strained=notes) for report in all_reported()),
                        written,
                        rulebook,
                        session.ending,
                        fails=lambda level: fails(level, fail_on),
                        version=__version__,
                        compared=baseline is not None,
                    )
                )
    if update_baseline:
        renew(sieve)
    return session.code


@app.command()
@guarded
def figures(
    ctx: typer.Context,
    paths: Paths,
    *,
    written: WrittenSheet = SheetFormat.CONSOLE,
    published: Published = None,
    output: Output = None,
    settings: Settings = None,
) -> int:
    """Print the fact sheet of texts: every figure, with the numbers that it can stand for."""
    from checker.figures import read
    from checker.reports.console import console_on
    from checker.reports.facts import Facts, print_facts
    from checker.vocabulary import using

    session = Session(ctx.obj, _date(published))
    own = vocabulary_of(settings)

    def read_into_facts(document: Document) -> Facts:
        with using(own):
            return Facts(document, read(document))

    sheets = session.over(paths, read_into_facts)
    with sink(output, paths) as stream:
        match written:
            case SheetFormat.CONSOLE:
                console = console_on(stream)
                for sheet in apart(sheets, console):
                    print_facts(sheet, console)
            case SheetFormat.JSON:
                write_json(stream, sheets, session, many=len(paths) > 1)
            case SheetFormat.JSONL:
                write_lines(stream, (sheet.to_dict() for sheet in sheets), session)
    return session.code


app.command()(table_door.table)


@rules_app.callback()
def rules_alone(ctx: typer.Context) -> None:
    """List the rules, explain one, or try them on their own examples."""
    if ctx.invoked_subcommand is None:
        list_rules(ctx=ctx)


@rules_app.command("list")
@guarded
def list_rules(ctx: typer.Context, *, rules: RuleFolders = None) -> int:
    """List the rules with their level and what they find."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from checker.reports.console import console_on

    session = Session(ctx.obj)
    table = Table("rule", "level", "finds", box=box.SIMPLE_HEAD, pad_edge=False)
    for rule in rulebook_of(rules, session).rules:
        table.add_row(Text(rule.id, overflow="fold"), rule.level, Text(visible(rule.title)))
    console_on(sys.stdout).print(table)
    return session.code


@rules_app.command()
@guarded
def explain(
    ctx: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="ID", help="A rule's id, as the reports print it.")],
    *,
    rules: RuleFolders = None,
) -> int:
    """Explain a rule: what it holds against what, why, by which source, with examples of both signs."""
    from checker.reports.console import console_on
    from checker.rulebook.explain import explain as page

    session = Session(ctx.obj)
    known = {known.id: known for known in rulebook_of(rules, session).rules}
    if rule not in known:
        near = difflib.get_close_matches(rule, known, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "'figcheck rules list' names them all"
        raise Unusable(f"there is no rule '{rule}'; {hint}")
    console = console_on(sys.stdout)
    if console.is_terminal:
        from rich.markdown import Markdown

        console.print(Markdown(page(known[rule])))
    else:
        typer.echo(page(known[rule]))
    return session.code


@rules_app.command("test")
@guarded
def try_rules(
    ctx: typer.Context,
    folder: Annotated[pathlib.Path | None, typer.Argument(metavar="DIR", help="Try the rules of this folder.")] = None,
) -> int:
    """Try the rules on the examples in their own files; exits with 1 when one does not reach its verdict."""
    from checker import trial

    session = Session(ctx.obj)
    rulebook = rulebook_of([folder] if folder else None, session)
    tried = [rule for rule in rulebook.rules if folder is None or _stands_in(rule, folder)]
    failures = [failure for failure in trial.run(rulebook) if failure.rule in tried]
    for failure in failures:
        typer.echo(visible(str(failure)))
    examples = sum(len(rule.examples) for rule in tried)
    typer.echo(f"{len(tried)} rules, {examples} examples, {len(failures)} failed")
    session.met(FINDINGS if failures else CLEAN)
    return session.code


def _stands_in(rule: Rule, folder: pathlib.Path) -> bool:
    return rule.path.resolve().is_relative_to(folder.resolve())


def _date(published: str | None) -> datetime.date | None:
    try:
        return run.as_date(published)
    except ValueError as error:
        raise Unusable(f"--published: {error}") from None


def _print(stream: IO[str], reports: Iterable[Report], *, notes: bool, verbose: bool, many: bool) -> None:
    from checker.reports.console import Detail, console_on, print_report, print_total

    console, detail, tallies = console_on(stream), Detail(notes=notes, verbose=verbose), []
    for report in apart(reports, console):
        print_report(report, console, detail)
        tallies.append(report.tally)
    if many:
        print_total(tallies, console)
