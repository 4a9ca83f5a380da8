"""The command `figcheck table`: datasets, row by row, through the rules that prose gets."""

from __future__ import annotations

import importlib.util
import pathlib
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING, Annotated, Any

import attrs
import typer

from checker import __version__, config, formats, waivers
from checker.config import TableSettings
from checker.dataset import BrokenRow, NoRoles, Sifting, TableReport, UnusableTable
from checker.formats import Format
from checker.model import Level, Waiver
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
    settings_of,
    sieve_of,
    write_json,
    write_lines,
)
from checker.readers import Unreadable
from checker.reports import json
from checker.reports.results import Notice
from checker.rulebook.schema import Rulebook
from checker.rulebook.source import Unsound
from checker.session import CLEAN, FINDINGS, UNUSABLE, Session, Unusable, guarded, sink, tell
from checker.waivers import Candidate, Sieve
from checker.waivers.globs import matches

if TYPE_CHECKING:
    from checker.tables.judging import Data, Wanted

NEEDED = ("duckdb", "narwhals", "pyarrow")
"""The libraries that read and judge tables, of the extra `tables`."""

Datasets = Annotated[
    list[str],
    typer.Argument(
        metavar="DATA...", help="CSV, TSV, JSON lines or Parquet files; DuckDB or SQLite databases.", show_default=False
    ),
]


@guarded
def table(
    ctx: typer.Context,
    data: Datasets,
    *,
    frame: Annotated[
        str | None, typer.Option(metavar="ID", help="What each row tells of, such as ballistics.launch.")
    ] = None,
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="ROLE=COLUMN[:UNIT[:STEP]]",
            help="What a column holds, such as range=dist_km:km; repeatable.",
        ),
    ] = None,
    key: Annotated[str | None, typer.Option(metavar="COLUMN", help="The column that names each row.")] = None,
    name: Annotated[
        str | None, typer.Option("--table", metavar="NAME", help="Which table of a database is meant.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="How many findings to print of each table.")] = 20,
    written: Written = Format.CONSOLE,
    rules: RuleFolders = None,
    select: Select = None,
    ignore: Ignored = None,
    fail_on: Failing = FailOn.WARNING,
    notes: Annotated[bool, typer.Option("--notes", help="Show rows that are worth a second look, too.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show every reason why rows are unchecked.")] = False,
    output: Output = None,
    settings: Settings = None,
    baseline: BaselineFile = None,
    update_baseline: Renewing = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="Exit with 0 where nothing could be checked.")
    ] = False,
) -> int:
    """Check datasets row by row, and say which rows cannot be right.

    Columns are read by their names, such as range_km or "flight_time (s)", or as --map says. Exits with 0 when nothing
    is wrong, 1 on findings, 2 when something could not be read or nothing was checked, 3 on a fault.
    """
    installed()
    session = Session(ctx.obj)
    rulebook = chosen(rulebook_of(rules, session, settings), select, ignore)
    sieve = sieve_of(rulebook, settings, baseline, renew=update_baseline)
    job = Job(rulebook, sieve, session, _entries(settings), notes, limit, fail_on, allow_empty)
    asked = TableSettings("", (), frame, key, name, _by_role(maps or []))
    paths = list(dict.fromkeys(data))

    def reported() -> Iterator[tuple[str, TableReport]]:
        yield from session.each(paths, lambda path: (path, job.report(path, asked)))
        for notice in sieve.notices():
            session.say(notice)

    with sink(output, paths) as stream:
        _write(stream, reported(), job, written, verbose=verbose, many=len(paths) > 1)
    if update_baseline:
        renew(sieve)
    return session.code


def installed() -> None:
    """Raise Unusable, saying what to install, where a library is missing that reads tables."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise Unusable(f"figcheck table needs {' and '.join(missing)}: pip install 'figcheck[tables]'")


def _by_role(maps: Sequence[str]) -> dict[str, str]:
    """Mappings by role; a role that holds many may be given several columns, one to a line."""
    found: dict[str, str] = {}
    for text in maps:
        role, equals, rest = text.partition("=")
        if not equals or not role.strip() or not rest.strip():
            raise Unusable(
                f"--map {text}: this is no mapping; write ROLE=COLUMN or ROLE=COLUMN:UNIT, such as range=dist_km:km"
            )
        found[role.strip()] = f"{found[role.strip()]}\n{rest.strip()}" if role.strip() in found else rest.strip()
    return found


def _entries(settings: pathlib.Path | None) -> tuple[TableSettings, ...]:
    section = settings_of(settings)
    try:
        return tuple(config.tables(section)) if section else ()
    except Unsound as error:
        raise Unusable(str(error)) from None


@attrs.frozen
class Job:
    """What holds for all tables of a run."""

    rulebook: Rulebook
    sieve: Sieve
    session: Session
    entries: tuple[TableSettings, ...]
    notes: bool
    limit: int
    fail_on: FailOn
    allow_empty: bool

    def report(self, path: str, asked: TableSettings) -> TableReport:
        """The report on one file; raises `Unreadable`."""
        from checker.tables.judging import judge_table
        from checker.tables.sources import opened

        said = self._settled(path, asked)
        self.sieve.waivers(path, [])
        try:
            with opened(pathlib.Path(path), said.table) as data:
                report = judge_table(data, self.rulebook, self._wanted(data, said, path))
        except NoRoles as error:
            self.sieve.unread(path)
            if not self.allow_empty:
                raise Unreadable(path, _without(path, error)) from None
            report = TableReport(path, 0, (), (), remarks=(_without(path, error),))
        except UnusableTable as error:
            self.sieve.unread(path)
            raise Unreadable(path, _without(path, error)) from None
        report = report.limited(self.limit, notes=self.notes)
        self._met(report, path)
        return report

    def _settled(self, path: str, asked: TableSettings) -> TableSettings:
        """What is said of a file: on the command line, or by the first entry of the settings that is about it."""
        name = waivers.named_from(self.sieve.settings, path)
        for entry in self.entries:
            if not entry.files or any(matches(name, glob) for glob in entry.files):
                return attrs.evolve(
                    entry,
                    frame=asked.frame or entry.frame,
                    key=asked.key or entry.key,
                    table=asked.table or entry.table,
                    map={**entry.map, **asked.map},
                )
        return asked

    def _wanted(self, data: Data, said: TableSettings, path: str) -> Wanted:
        from checker.tables.judging import Wanted
        from checker.tables.layout import read_mapping

        columns = list(data.columns)
        maps = [read_mapping(f"{role}={one}", columns) for role, text in said.map.items() for one in text.split("\n")]
        return Wanted(said.frame, tuple(maps), said.key, self.limit, self._sifting(path))

    def _sifting(self, path: str) -> Sifting:
        """The sieve, asked of the rows of one file; a note is in no baseline, and asked about only where told."""

        def concerns(rule: str, level: Level) -> bool:
            if level == "note" and not self.notes:
                return False
            known = self.sieve.baseline is not None and level != "note"
            return known or bool(self.sieve.concerning(path, rule))

        def every(rule: str, level: Level, count: int) -> Waiver | None:
            return self.sieve.whole(path, rule, 0 if level == "note" else count)

        def each(rule: str, level: Level, rows: Sequence[BrokenRow]) -> Sequence[Waiver | None]:
            found = [Candidate(rule, row.texts, row.key, broken=level != "note") for row in rows]
            return self.sieve.waivers(path, found, more=True)

        return Sifting(concerns, every, each, texts=any(entry.text for entry in self.sieve.entries))

    def _met(self, report: TableReport, path: str) -> None:
        """Keep the exit code that a report asks for, and what there is to say beside it."""
        session = self.session
        levels: tuple[Level, ...] = ("error", "warning")
        failing = [level for level in levels if fails(level, self.fail_on)]
        session.met(FINDINGS if report.broken(*failing) else CLEAN)
        if report.damage:
            told = "not all of it could be read, so what is reported is only a part"
            tell(f"{path}: {told}")
            for damage in (told, *report.damage):
                session.notices.append(Notice("error", damage, "input", path))
            session.met(UNUSABLE)
        for remark in report.remarks:
            session.notices.append(Notice("warning", remark, "run", path))
        if not report.checked:
            told = "nothing was checked: no rule reached a verdict on any row"
            level: Level = "note" if self.allow_empty else "error"
            tell(f"{path}: {told}")
            session.notices.append(Notice(level, told, "input", path))
            session.met(CLEAN if self.allow_empty else UNUSABLE)


def _without(path: str, error: UnusableTable) -> str:
    return str(error).removeprefix(f"{path}: ")


def _write(
    stream: IO[str],
    reports: Iterator[tuple[str, TableReport]],
    job: Job,
    written: Format,
    *,
    verbose: bool,
    many: bool,
) -> None:
    match written:
        case Format.CONSOLE:
            from checker.reports.console import Detail, console_on
            from checker.reports.tables import print_table_report

            console = console_on(stream)
            for _, report in apart(reports, console):
                print_table_report(report, console, Detail(notes=job.notes, verbose=verbose))
        case Format.JSON:
            write_json(stream, (json.page(report.to_dict()) for _, report in reports), job.session, many=many)
        case Format.JSONL:
            write_lines(stream, map(json.line, _lines(reports, notes=job.notes)), job.session)
        case Format.SARIF | Format.JUNIT | Format.GITHUB:
            from checker.reports.parts import part_of_table

            stream.writelines(
                formats.pieces(
                    (part_of_table(report, path, notes=job.notes) for path, report in reports),
                    written,
                    job.rulebook,
                    job.session.ending,
                    fails=lambda level: fails(level, job.fail_on),
                    version=__version__,
                    compared=job.sieve.baseline is not None,
                )
            )


def _lines(reports: Iterator[tuple[str, TableReport]], *, notes: bool) -> Iterator[dict[str, Any]]:
    """A record for each finding of a table, and one for the table, which says what the findings are of."""
    for _, report in reports:
        for found in report.told(notes=notes):
            yield {"table": report.name, "finding": found.to_dict()}
        yield {key: value for key, value in report.to_dict().items() if key != "findings"}
