"""The command line: `figcheck rules`; `check` and `figures` come from one room, `table` from another."""

from __future__ import annotations

import difflib
import os
import pathlib
import sys
from typing import Annotated

import typer

from checker import __version__, comparison_door, table_door, text_door
from checker.options import RuleFolders, rulebook_of
from checker.reports.visible import visible
from checker.rulebook.schema import Rule
from checker.session import CLEAN, FINDINGS, Session, Unusable, ended_by, guarded

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
rules_app = typer.Typer(invoke_without_command=True)
app.add_typer(rules_app, name="rules")


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


app.command()(text_door.check)
app.command()(text_door.figures)
app.command()(table_door.table)
app.command()(comparison_door.compare)


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
    from checker.trial import said

    session = Session(ctx.obj)
    book = rulebook_of(rules, session)
    known = {known.id: known for known in book.rules}
    if rule not in known:
        near = difflib.get_close_matches(rule, known, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "'figcheck rules list' names them all"
        raise Unusable(f"there is no rule '{rule}'; {hint}")
    told = page(known[rule], said(known[rule], book))
    console = console_on(sys.stdout)
    if console.is_terminal:
        from rich.markdown import Markdown

        console.print(Markdown(told))
    else:
        typer.echo(told)
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
