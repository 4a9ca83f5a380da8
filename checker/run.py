"""The whole trip from a text to its report; the one module that knows every stage."""

from __future__ import annotations

import datetime
import functools
import importlib
import os
import pathlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from checker import claims, figures, readers, remarks, rulebook
from checker.check import judge, reasons
from checker.dataset import TableReport
from checker.figures.notation import notation
from checker.model import Document, Figure, Report
from checker.repair import repaired
from checker.rulebook.schema import Rulebook
from checker.vocabulary import using, vocabulary

Published = datetime.date | str | None
"""A date of publication: a date, or one as ISO 8601 writes it."""
Units = Mapping[str, Any] | None
"""A project's own units and spellings, {"smoot": {"is": "1.7018 m", "words": ["smoot"]}}, as `vocabulary` says."""
Rules = Rulebook | str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None
"""Which rules: the shipped ones for None, those and the ones of a folder or of several, or just these."""


def check(text: str, *, rules: Rules = None, published: Published = None, units: Units = None) -> Report:
    """The report on a text; raises ValueError for units that cannot be."""
    return check_document(readers.read_text(text, published=as_date(published)), load_rules(rules, units=units))


def check_file(
    path: str | os.PathLike[str], *, rules: Rules = None, published: Published = None, units: Units = None
) -> Report:
    """The report on a file of plain text or Markdown; raises `readers.Unreadable`."""
    return check_document(readers.read_file(path, published=as_date(published)), load_rules(rules, units=units))


def read_figures(text: str, *, published: Published = None, units: Units = None) -> tuple[Figure, ...]:
    """The figures of a text, in order; raises ValueError for units that cannot be."""
    if not units:
        return figures.read(readers.read_text(text, published=as_date(published)))
    with using(vocabulary(units)):
        return figures.read(readers.read_text(text, published=as_date(published)))


def check_table(
    data: Any,
    *,
    rules: Rules = None,
    frame: str | None = None,
    map: Sequence[str] | Mapping[str, str] = (),  # noqa: A002 - it is what --map is to the command
    key: str | None = None,
    limit: int = 20,
    name: str = "table",
) -> TableReport:
    """The report on a dataset, each of whose rows is a claim.

    `data` is a polars, pandas, Arrow, DuckDB or Spark frame, or the path of a CSV, JSON lines, Parquet, DuckDB or
    SQLite file. `frame` names what the rows tell of ("ballistics.launch"); `map` what columns hold whose name does not
    say it (["range=dist_km:km"] or {"range": "dist_km:km"}); `key` the column that names each row. At most `limit` rows
    of each rule are told, all are counted. Raises `UnusableTable`, in one line, for what cannot be read or judged, and
    ModuleNotFoundError where the extra "tables" is not installed.
    """
    judging, layout = tables("judging"), tables("layout")
    maps = [f"{role}={column}" for role, column in map.items()] if isinstance(map, Mapping) else list(map)

    def judged(table: Any) -> TableReport:
        mapped = tuple(layout.read_mapping(text, list(table.columns)) for text in maps)
        report: TableReport = judging.judge_table(table, load_rules(rules), judging.Wanted(frame, mapped, key, limit))
        return report

    if isinstance(data, str | os.PathLike):
        with tables("sources").opened(pathlib.Path(data)) as table:
            return judged(table)
    return judged(tables("frames").table_of(data, name))


def tables(room: str) -> Any:
    """A module of the tables, which need libraries that not everyone installs."""
    try:
        return importlib.import_module(f"checker.tables.{room}")
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("duckdb", "narwhals", "pyarrow"):
            raise
        told = f"tables need {error.name}, which is not installed: pip install 'figcheck[tables]'"
        raise ModuleNotFoundError(told, name=error.name) from None


def load_rules(rules: Rules = None, *, units: Units = None) -> Rulebook:
    """The rulebook to check by; what is wrong with a file of it is among its errors."""
    loaded = _loaded(rules)
    return attrs.evolve(loaded, vocabulary=vocabulary(units)) if units else loaded


def _loaded(rules: Rules) -> Rulebook:
    if isinstance(rules, Rulebook):
        return rules
    if rules is None:
        return _shipped()
    folders = [rules] if isinstance(rules, str | os.PathLike) else list(rules)
    return rulebook.load(rulebook.shipped_rules(), *map(pathlib.Path, folders)) if folders else _shipped()


def check_document(document: Document, rules: Rulebook) -> Report:
    """The report on a document."""
    with using(rules.vocabulary):
        return _checked(document, rules)


def _checked(document: Document, rules: Rulebook) -> Report:
    found = figures.read(document)
    checks = judge(claims.bind(document, found, rules), rules)
    mended = repaired(checks, document, rules)
    said, told = remarks.heeded(remarks.read(document), mended, {rule.id for rule in rules.rules})
    return Report(document, reasons(found, told), told, said, notation(document.text))


def as_date(published: Published) -> datetime.date | None:
    """A date of publication as a date; raises ValueError, in one line, for a text that is none."""
    if isinstance(published, datetime.datetime):
        return published.date()
    if isinstance(published, str):
        try:
            return datetime.date.fromisoformat(published)
        except ValueError:
            raise ValueError(f"'{published}' is not a date: write it as 2025-01-26") from None
    return published


@functools.cache
def _shipped() -> Rulebook:
    return rulebook.load(rulebook.shipped_rules())
