"""The pytest door: `pytest --figcheck PATH` collects the articles, tables and rule files of a path as tests.

Nothing of the checker is imported before there is a path to collect.
"""

from __future__ import annotations

import io
import pathlib
import tomllib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from checker.dataset import TableReport
    from checker.rulebook.schema import Rule, Rulebook, RuleError
    from checker.trial import Failure
    from checker.waivers import Sieve

_ARTICLES = (".txt", ".md", ".markdown")
_TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".pq")
_DATABASES = (".duckdb", ".ddb", ".sqlite", ".sqlite3", ".db")
"""Tables only where they are named, for a folder may hold any database."""
_MOST_TOLD = 5
"""So many rows that break a rule are told of a table."""
_TOPIC = "topic.toml"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the plug-in."""
    group = parser.getgroup("figcheck", "checking the figures of texts")
    group.addoption(
        "--figcheck",
        action="append",
        default=[],
        metavar="PATH",
        help="Check the articles (.txt, .md) and tables (.csv, .tsv, .jsonl, .parquet) of this file or folder, and try "
        "its rule files (.toml); repeatable.",
    )
    group.addoption(
        "--figcheck-rules",
        action="append",
        default=[],
        metavar="DIR",
        help="A folder of rules to use beside the shipped ones; repeatable.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Have pytest visit the paths, where its own arguments do not lead there already."""
    start = config.invocation_params.dir
    visited = [(start / arg.split("::")[0]).resolve() for arg in config.args]
    for path in config.getoption("figcheck"):
        target = (start / path).resolve()
        if not target.exists():
            raise pytest.UsageError(f"--figcheck: there is no {path}")
        if not any(target.is_relative_to(other) for other in visited):
            config.args.append(str(path))
            visited.append(target)


def pytest_collect_file(file_path: pathlib.Path, parent: pytest.Collector) -> pytest.Collector | None:
    """An article, a table or a rule file below one of the paths."""
    paths = [(parent.config.invocation_params.dir / p).resolve() for p in parent.config.getoption("figcheck")]
    home = next((path for path in paths if file_path.resolve().is_relative_to(path)), None)
    if home is None:
        return None
    is_named = file_path.resolve() == home
    if file_path.suffix in _TABLES or (is_named and file_path.suffix in _DATABASES):
        return TableFile.from_parent(parent, path=file_path, is_named=is_named)
    if file_path.suffix in _ARTICLES or (is_named and file_path.suffix not in (".toml", ".py")):
        return ArticleFile.from_parent(parent, path=file_path)
    if file_path.suffix == ".toml" and _is_rule(file_path):
        return RuleFile.from_parent(parent, path=file_path)
    return None


class Wrong(Exception):
    """What a test has found, as it is to be shown."""


class _Told(pytest.Item):
    """A test that fails with a report in place of a traceback."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The report; a traceback for what is a fault."""
        return str(excinfo.value) if isinstance(excinfo.value, Wrong) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[pathlib.Path, int | None, str]:
        """Where the test stands, for pytest's own lines."""
        return self.path, None, self.name


def _headline(messages: list[str]) -> str:
    """What pytest's own summary shows of a report: its first line."""
    more = f" (and {len(messages) - 1} more)" if len(messages) > 1 else ""
    return f"{messages[0]}{more}"


# ---------------------------------------------------------------------- articles
class ArticleFile(pytest.File):
    """An article, as one test."""

    def collect(self) -> Iterator[pytest.Item]:
        """The one test."""
        yield Article.from_parent(self, name="figures")


class Article(_Told):
    """The test that the figures of an article can all be right."""

    def runtest(self) -> None:
        """Check the article; raises Wrong with the report on findings."""
        from checker import Unreadable, check_file
        from checker.reports.console import console_on, print_report, tally_line

        rulebook, sieve = _allowed(self.config)
        try:
            report = sieve.sift(check_file(_named(self.path), rules=rulebook))
        except Unreadable as error:
            raise Wrong(str(error)) from None
        self.user_properties.append(("figcheck", tally_line(report.tally)))
        if report.findings:
            out = io.StringIO()
            print_report(report, console_on(out))
            raise Wrong(f"{_headline([check.message for check in report.findings])}\n\n{out.getvalue()}")


# ---------------------------------------------------------------------- tables
class TableFile(pytest.File):
    """A table, as one test; `is_named`: the user asked for this very file."""

    def __init__(self, *, is_named: bool, **rest: Any) -> None:
        super().__init__(**rest)
        self.is_named = is_named

    def collect(self) -> Iterator[pytest.Item]:
        """The one test."""
        yield Table.from_parent(self, name="rows", is_named=self.is_named)


class Table(_Told):
    """The test that the figures of each row of a table can all be right."""

    def __init__(self, *, is_named: bool, **rest: Any) -> None:
        super().__init__(**rest)
        self._is_named = is_named

    def runtest(self) -> None:
        """Check the table; raises Wrong with the report on findings, and on a table that was named and not checked.

        What a folder holds besides, of which no rule speaks, is skipped with the reason.
        """
        from checker.reports.console import console_on
        from checker.reports.tables import print_table_report, table_tally_line
        from checker.session import Unusable

        try:
            report = _checked(self.path, self.config)
        except Unusable as error:
            raise Wrong(str(error)) from None
        self.user_properties.append(("figcheck", table_tally_line(report)))
        if report.broken("error", "warning") or report.damage:
            out = io.StringIO()
            print_table_report(report, console_on(out))
            messages = [*report.damage, *(found.check.message for found in report.findings)]
            raise Wrong(f"{_headline(messages)}\n\n{out.getvalue()}")
        if not report.checked:
            from checker import failure

            told = failure.nothing_checked(report)
            if self._is_named:
                raise Wrong(f"{report.name}: {told}")
            pytest.skip(told)


def _checked(path: pathlib.Path, config: pytest.Config) -> TableReport:
    """The report on a table, read as the settings of the project say; raises Unusable."""
    from checker import Unreadable, table_door
    from checker import config as project
    from checker.config import TableSettings
    from checker.options import FailOn, settings_of
    from checker.rulebook.source import Unsound
    from checker.session import Session, Unusable

    table_door.installed()
    rulebook, sieve = _allowed(config)
    try:
        section = settings_of(None)
        entries = tuple(project.tables(section)) if section else ()
        job = table_door.Job(rulebook, sieve, Session(False), entries, False, _MOST_TOLD, FailOn.WARNING, True)
        return job.report(_named(path), TableSettings(""))
    except (Unreadable, Unsound) as error:
        raise Unusable(str(error)) from None


def _named(path: pathlib.Path) -> str:
    """A path as reports name it: from the working directory, where it lies below that."""
    here = pathlib.Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


_ALLOWED = pytest.StashKey["tuple[Rulebook, Sieve]"]()


def _allowed(config: pytest.Config) -> tuple[Rulebook, Sieve]:
    """The rules, and what the settings of the project let pass; raises Wrong."""
    import attrs

    from checker import load_rules
    from checker.options import sieve_of, vocabulary_of
    from checker.session import Unusable

    if _ALLOWED not in config.stash:
        start = config.invocation_params.dir
        rulebook = load_rules([start / folder for folder in config.getoption("figcheck_rules")] or None)
        if rulebook.errors:
            raise Wrong("\n".join(map(str, rulebook.errors)))
        try:
            rulebook = attrs.evolve(rulebook, vocabulary=vocabulary_of(None))
            config.stash[_ALLOWED] = rulebook, sieve_of(rulebook, None, None, renew=False)
        except Unusable as error:
            raise Wrong(str(error)) from None
    return config.stash[_ALLOWED]


# ---------------------------------------------------------------------- rule files
class RuleFile(pytest.File):
    """A rule file: a test that it loads, and one for each of its examples."""

    def collect(self) -> Iterator[pytest.Item]:
        """The tests."""
        rule, errors, failures = _tried(self.path)
        yield Loads.from_parent(self, name="loads", errors=errors)
        for example in rule.examples if rule else ():
            own = [failure for failure in failures if failure.example is example]
            yield RuleExample.from_parent(self, name=f"line {example.line}: {example.verdict}", failures=own)


class Loads(_Told):
    """The test that a rule file is sound."""

    def __init__(self, *, errors: list[RuleError], **rest: Any) -> None:
        super().__init__(**rest)
        self._errors = errors

    def runtest(self) -> None:
        """Raise Wrong with what is wrong with the file."""
        if self._errors:
            raise Wrong("\n".join(map(str, self._errors)))


class RuleExample(_Told):
    """The test that a rule reaches the verdict that one of its examples promises."""

    def __init__(self, *, failures: list[Failure], **rest: Any) -> None:
        super().__init__(**rest)
        self._failures = failures

    def runtest(self) -> None:
        """Raise Wrong with what the rule came to instead."""
        if self._failures:
            raise Wrong("\n".join(map(str, self._failures)))


def _is_rule(path: pathlib.Path) -> bool:
    """Whether a file tells a rule: it has a relation, or cannot be read as TOML but stands beside a topic."""
    if path.name == _TOPIC:
        return False
    try:
        return "require" in tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return (path.parent / _TOPIC).exists()


def _tried(path: pathlib.Path) -> tuple[Rule | None, list[RuleError], list[Failure]]:
    """The rule of a file, what is wrong with it or its topic, and its examples that fail."""
    from checker import load_rules, trial
    from checker.rulebook import shipped_rules

    path = path.resolve()
    home = path.parent.parent if (path.parent.parent / path.parent.name / _TOPIC).exists() else path.parent
    rulebook = load_rules(None if path.is_relative_to(shipped_rules().resolve()) else home)
    rule = next((r for r in rulebook.rules if r.path.resolve() == path), None)
    beside = (path, path.parent / _TOPIC)
    errors = [error for error in rulebook.errors if error.path.resolve() in beside]
    return rule, errors, list(trial.run(rulebook, (rule,))) if rule else []
