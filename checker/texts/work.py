"""What is made of a text: a report, a fact sheet, or either as it is written. All of it can travel to a process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import attrs

from checker import figures, run
from checker.figures.notation import notation
from checker.model import Document, Level, Report
from checker.reports import json
from checker.reports.facts import Facts
from checker.rulebook.schema import Rulebook
from checker.vocabulary import NONE, Vocabulary, using

Form = Literal["json", "jsonl"]


@attrs.frozen
class Checked:
    """Texts checked by some rules."""

    rules: Rulebook

    def __call__(self, document: Document) -> Report:
        """The report on a text."""
        return run.check_document(document, self.rules)


@attrs.frozen
class Sheets:
    """The fact sheets of texts, read with a project's own units."""

    vocabulary: Vocabulary = NONE

    def __call__(self, document: Document) -> Facts:
        """The fact sheet of a text."""
        with using(self.vocabulary):
            return Facts(document, figures.read(document), notation(document.text))


@attrs.frozen
class Written:
    """A report or fact sheet in JSON, and the levels of its findings."""

    text: str
    levels: frozenset[Level] = frozenset()


@attrs.frozen
class Writing:
    """What is made of texts, written where it is made: text travels better than what it tells of."""

    made: Callable[[Document], Report | Facts]
    form: Form

    def __call__(self, document: Document) -> Written:
        """What is made of a text, in JSON."""
        result = self.made(document)
        levels = {finding.level for finding in result.findings} if isinstance(result, Report) else ()
        return Written(written_as(self.form, result), frozenset(levels))


def written_as(form: Form, result: Report | Facts) -> str:
    """A report or fact sheet in JSON."""
    write = json.page if form == "json" else json.line
    return write(result.to_dict())
