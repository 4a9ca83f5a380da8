"""The pytest door: `pytest --figcheck PATH` collects the articles and rule files of a path as tests.

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
    from checker.rulebook.schema import Rule, Rulebook, RuleError
    from checker.trial import Failure

_ARTICLES = (".txt", ".md", ".markdown")
_TOPIC = "topic.toml"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the plug-in."""
    group = parser.getgroup("figcheck", "checking the figures of texts")
    group.addoption(
        "--figcheck",
        action="append",
        default=[],
        metavar="PATH",
        help="Check the articles (.txt, .md) and try the rule files (.toml) of this file or folder; repeatable.",
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
    """An article or a rule file below one of the paths."""
    paths = [(parent.config.invocation_params.dir / p).resolve() for p in parent.config.getoption("figcheck")]
    home = next((path for path in paths if file_path.resolve().is_relative_to(path)), None)
    if home is None:
        return None
    if file_path.suffix in _ARTICLES or (file_path.suffix not in (".toml", ".py") and file_path.resolve() == home):
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

        try:
            report = check_file(self.path, rules=_rulebook(self.config))
        except Unreadable as error:
            raise Wrong(str(error)) from None
        self.user_properties.append(("figcheck", tally_line(report.tally)))
        if report.findings:
            out = io.StringIO()
            print_report(report, console_on(out))
            raise Wrong(out.getvalue())


def _rulebook(config: pytest.Config) -> Rulebook:
    from checker import load_rules

    start = config.invocation_params.dir
    rulebook = load_rules([start / folder for folder in config.getoption("figcheck_rules")] or None)
    if rulebook.errors:
        raise Wrong("\n".join(map(str, rulebook.errors)))
    return rulebook


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
