"""The formats of reports, and what a run found in those that CI reads."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from checker.model import Level
from checker.reports.results import Ending, Part, RulePage
from checker.rulebook.explain import explain
from checker.rulebook.schema import Rulebook


class Format(enum.StrEnum):
    """How a report is written."""

    CONSOLE = "console"
    JSON = "json"
    JSONL = "jsonl"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"


def pieces(
    parts: Iterable[Part],
    written: Literal[Format.SARIF, Format.JUNIT, Format.GITHUB],
    rulebook: Rulebook,
    ending: Callable[[], Ending],
    *,
    fails: Callable[[Level], bool],
    version: str,
    compared: bool = False,
) -> Iterator[str]:
    """The parts of a run, texts or tables, as one text.

    The ending is asked for when all parts are through. `fails` tells the levels that make the run fail; `compared`: a
    baseline was at hand.
    """
    match written:
        case Format.SARIF:
            from checker.reports import sarif

            return sarif.pieces(parts, _pages(rulebook), ending, version, compared=compared)
        case Format.JUNIT:
            from checker.reports import junit

            return junit.pieces(parts, ending, fails)
        case Format.GITHUB:
            from checker.reports import github

            return github.pieces(parts, ending)


def _pages(rulebook: Rulebook) -> list[RulePage]:
    return [RulePage(rule.id, rule.title, rule.why, rule.level, explain(rule)) for rule in rulebook.rules]
