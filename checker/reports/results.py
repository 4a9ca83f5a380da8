"""Findings as CI takes them: one flat record each, whether a text or a row of a table gave rise to it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import attrs

from checker.model import LEVELS, Level, Waiver
from checker.reports.visible import visible

Concern = Literal["input", "configuration", "run"]


@attrs.frozen
class Region:
    """A figure where it stands: lines and columns from 1, the end exclusive; a table's cell has a line at most."""

    text: str
    line: int | None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


@attrs.frozen
class Result:
    """One finding or note: what is wrong, in which figures, the first of them where it is shown.

    `key` names the row of a table, `row` is its number from 1. `rounded`: only rounding can explain it.
    `questions` are what may have been meant. `occurrence` counts the results of one file that nothing else tells apart.
    """

    rule: str
    level: Level
    message: str
    file: str
    figures: tuple[Region, ...]
    working: str = ""
    questions: tuple[str, ...] = ()
    key: str | None = None
    row: int | None = None
    rounded: bool = False
    waived: Waiver | None = None
    occurrence: int = 0

    @property
    def texts(self) -> tuple[str, ...]:
        """The figures' texts, with white space as one space: a line broken elsewhere makes no other finding."""
        return tuple(" ".join(region.text.split()) for region in self.figures)

    @property
    def fingerprint(self) -> str:
        """32 hexadecimal digits that stay the same while the text around the figures changes; no line is in them."""
        named = [self.rule, self.rounded, self.occurrence, *((self.key,) if self.key is not None else (self.texts,))]
        return hashlib.sha256(json.dumps(named).encode("ascii")).hexdigest()[:32]

    @property
    def told(self) -> str:
        """The message, the working and the questions, a line each."""
        head = f"{self.message} (unless rounded)" if self.rounded else self.message
        return "\n".join(visible(line) for line in (head, self.working, *self.questions) if line)

    @property
    def place(self) -> str:
        """Where it is shown, as compilers write it."""
        first = self.figures[0] if self.figures else None
        if first is None or first.line is None:
            return visible(self.file if self.row is None else f"{self.file}: row {self.row}")
        column = "" if first.column is None else f":{first.column}"
        return visible(f"{self.file}:{first.line}{column}")


@attrs.frozen
class Part:
    """What CI hears of one text or table: its results, and how each rule fared on it.

    `judged` counts by rule the checks that reached a verdict; `idle` says, for a rule that reached none, why; `summary`
    is the tally in words. `unlisted` are results that were counted and not kept.
    """

    name: str
    results: tuple[Result, ...]
    judged: Mapping[str, int]
    idle: Mapping[str, str]
    summary: str
    unlisted: int = 0


@attrs.frozen
class RulePage:
    """What a report says of a rule; `help` is its page in Markdown."""

    id: str
    title: str
    why: str
    level: Level
    help: str


@attrs.frozen
class Notice:
    """Something to say of the run beside its results; `file` is the input that it is about."""

    level: Level
    text: str
    about: Concern = "run"
    file: str | None = None


@attrs.frozen
class Ending:
    """How a run ended: its exit code, and what there was to say beside the results."""

    code: int
    notices: tuple[Notice, ...] = ()


def numbered(results: Iterable[Result]) -> Iterator[Result]:
    """The results of one file, in its order, with those that nothing tells apart counted."""
    seen: Counter[tuple[object, ...]] = Counter()
    for result in results:
        same = (result.rule, result.rounded, result.key if result.key is not None else result.texts)
        yield attrs.evolve(result, occurrence=seen[same])
        seen[same] += 1


def worst(results: Sequence[Result], most: int) -> list[Result]:
    """At most so many results, the worst of them, in the order that they came in."""
    ranked = sorted(range(len(results)), key=lambda i: (results[i].waived is not None, LEVELS.index(results[i].level)))
    return [results[i] for i in sorted(ranked[:most])]
