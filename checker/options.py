"""Options that commands share, and what they stand for: the rules to judge by, what is let pass, what fails a run."""

from __future__ import annotations

import datetime
import enum
import fnmatch
import pathlib
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TYPE_CHECKING, Annotated, TypeVar

import attrs
import typer

from checker import config, run, waivers
from checker.formats import Format
from checker.model import Level
from checker.reports.results import Notice
from checker.rulebook.schema import Rulebook
from checker.rulebook.source import Section, Unsound
from checker.session import UNUSABLE, Session, Unusable, sink, tell
from checker.vocabulary import NONE, Vocabulary
from checker.waivers import NoBaseline, Sieve

if TYPE_CHECKING:
    from rich.console import Console


class FailOn(enum.StrEnum):
    """The least level of finding that makes the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


RuleFolders = Annotated[
    list[pathlib.Path] | None,
    typer.Option("--rules", metavar="DIR", help="A folder of rules to use beside the shipped ones; repeatable."),
]
Select = Annotated[list[str] | None, typer.Option(metavar="GLOB", help="Judge by rules whose id matches; repeatable.")]
Ignored = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="GLOB", help="Leave out rules whose id matches; repeatable.")
]
Written = Annotated[Format, typer.Option("--format", help="How to write the report.")]
Failing = Annotated[FailOn, typer.Option("--fail-on", help="The least level of finding that exits with 1.")]
Output = Annotated[
    pathlib.Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        readable=False,
        help="Write to a file, whole or not at all; - is standard output.",
    ),
]
Settings = Annotated[
    pathlib.Path | None,
    typer.Option("--config", metavar="FILE", help="Settings, if not the nearest figcheck.toml or pyproject.toml."),
]
BaselineFile = Annotated[
    pathlib.Path | None,
    typer.Option("--baseline", metavar="FILE", help="Let pass the findings that this file knows."),
]
Renewing = Annotated[bool, typer.Option("--update-baseline", help="Write what is found to the baseline; let it pass.")]


def rulebook_of(
    folders: Sequence[pathlib.Path] | None, session: Session, settings: pathlib.Path | None = None
) -> Rulebook:
    """The shipped rules and those of the folders, with the project's units; what is wrong with a rule file is told.

    Raises Unusable for settings that are wrong.
    """
    rulebook = attrs.evolve(run.load_rules(folders), vocabulary=vocabulary_of(settings))
    for error in rulebook.errors:
        tell(str(error))
        session.notices.append(Notice("error", str(error), "configuration"))
        session.met(UNUSABLE)
    return rulebook


def chosen(rulebook: Rulebook, select: Sequence[str] | None, ignored: Sequence[str] | None) -> Rulebook:
    """The rules that the globs leave; raises Unusable for a glob that no rule matches."""
    select, ignored = select or ["*"], ignored or []
    for glob in (*select, *ignored):
        if not any(fnmatch.fnmatchcase(rule.id, glob) for rule in rulebook.rules):
            raise Unusable(f"no rule has an id that matches '{glob}'; 'figcheck rules list' names them all")
    rules = tuple(
        rule
        for rule in rulebook.rules
        if any(fnmatch.fnmatchcase(rule.id, glob) for glob in select)
        and not any(fnmatch.fnmatchcase(rule.id, glob) for glob in ignored)
    )
    return attrs.evolve(rulebook, rules=rules) if len(rules) < len(rulebook.rules) else rulebook


def fails(level: Level, fail_on: FailOn) -> bool:
    """Whether a finding of a level makes the run fail; a note is no finding."""
    return level == fail_on.value or (fail_on is FailOn.WARNING and level == "error")


def settings_of(path: pathlib.Path | None) -> Section | None:
    """The project's settings, those of a file or else of the nearest one; None without. Raises Unusable."""
    try:
        path = path or config.found(pathlib.Path.cwd())
        return config.settings(path) if path else None
    except Unsound as error:
        raise Unusable(str(error)) from None


def vocabulary_of(path: pathlib.Path | None) -> Vocabulary:
    """The units and spellings of the project's settings; raises Unusable."""
    section = settings_of(path)
    try:
        return config.units(section) if section else NONE
    except Unsound as error:
        raise Unusable(str(error)) from None


def sieve_of(rulebook: Rulebook, settings: pathlib.Path | None, baseline: pathlib.Path | None, *, renew: bool) -> Sieve:
    """What the project lets pass; raises Unusable."""
    if renew and baseline is None:
        raise Unusable("--update-baseline needs to know which one: --baseline FILE")
    today = datetime.datetime.now(tz=datetime.UTC).date()
    try:
        settings = settings or config.found(pathlib.Path.cwd())
        return waivers.sieve((rule.id for rule in rulebook.rules), settings, baseline, renew=renew, today=today)
    except (Unsound, NoBaseline) as error:
        raise Unusable(str(error)) from None


def renew(sieve: Sieve) -> None:
    """Write the baseline of a sieve anew."""
    if sieve.baseline:
        with sink(sieve.baseline.path) as stream:
            stream.write(sieve.renewed(sieve.baseline).text())


# ---------------------------------------------------------------------- results as they come
_Result = TypeVar("_Result")


def write_json(stream: IO[str], pages: Iterable[str], session: Session, *, many: bool) -> None:
    """One report as it is; several, or none, in a list beside what could not be read."""
    from checker.reports import json

    told = iter(pages)
    only = None if many else next(told, None)
    stream.writelines(json.many(told, session.unreadable) if only is None else json.one(only))


def write_lines(stream: IO[str], reports: Iterable[str], session: Session) -> None:
    """One report a line, each as soon as it is there, and a line for each input that could not be read."""
    from checker.reports import json

    for line in json.lines(reports, session.unreadable):
        stream.write(line)
        stream.flush()


def apart(results: Iterable[_Result], console: Console) -> Iterator[_Result]:
    """The results, with an empty line printed between two."""
    for i, result in enumerate(results):
        if i:
            console.print()
        yield result
