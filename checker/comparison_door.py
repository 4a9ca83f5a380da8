"""The command `figcheck compare`: what several articles tell of the same events, side by side."""

from __future__ import annotations

import enum
from typing import Annotated

import typer

from checker import readers, run
from checker.comparison import compare as compared
from checker.options import Output, RuleFolders, Settings, rulebook_of
from checker.session import Session, Unusable, guarded, sink
from checker.text_door import Published

LEAST = 2


class ComparisonFormat(enum.StrEnum):
    """How a comparison is written."""

    CONSOLE = "console"
    JSON = "json"


@guarded
def compare(
    ctx: typer.Context,
    paths: Annotated[
        list[str], typer.Argument(metavar="A B...", help="Two articles or more: text, Markdown, HTML or web addresses.")
    ],
    *,
    written: Annotated[ComparisonFormat, typer.Option("--format", help="How to write it.")] = ComparisonFormat.CONSOLE,
    rules: RuleFolders = None,
    published: Published = None,
    output: Output = None,
    settings: Settings = None,
) -> int:
    """Compare what articles tell of the same events: every figure, who reported it, and what differs beyond rounding.

    Two tellings are of one event when their classes and dates agree. No side is taken: exits with 0 whatever differs,
    2 when something could not be read, 3 on a fault.
    """
    if len(set(paths)) < LEAST:
        raise Unusable("there is nothing to compare: name two articles or more")
    session = Session(ctx.obj)
    rulebook = rulebook_of(rules, session, settings)
    try:
        day = run.as_date(published)
    except ValueError as error:
        raise Unusable(f"--published: {error}") from None
    names = list(dict.fromkeys(paths))
    documents = list(session.each(names, lambda path: readers.read_file(path, published=day)))
    comparison = compared(documents, rulebook)
    with sink(output, names) as stream:
        if written is ComparisonFormat.JSON:
            from checker.reports import json

            stream.writelines(json.one(json.page(comparison.to_dict(session.unreadable))))
        else:
            from checker.reports.comparison import print_comparison
            from checker.reports.console import console_on

            print_comparison(comparison, console_on(stream))
    return session.code
