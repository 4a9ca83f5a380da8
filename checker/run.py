"""The whole trip from a text to its report; the one module that knows every stage."""

from __future__ import annotations

import datetime
import functools
import os
import pathlib
from collections.abc import Iterable

from checker import claims, figures, readers, rulebook
from checker.check import judge, reasons
from checker.model import Document, Figure, Report
from checker.repair import repaired
from checker.rulebook.schema import Rulebook

Published = datetime.date | str | None
"""A date of publication: a date, or one as ISO 8601 writes it."""
Rules = Rulebook | str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None
"""Which rules: the shipped ones for None, those and the ones of a folder or of several, or just these."""


def check(text: str, *, rules: Rules = None, published: Published = None) -> Report:
    """The report on a text."""
    return check_document(readers.read_text(text, published=as_date(published)), load_rules(rules))


def check_file(path: str | os.PathLike[str], *, rules: Rules = None, published: Published = None) -> Report:
    """The report on a file of plain text or Markdown; raises `readers.Unreadable`."""
    return check_document(readers.read_file(path, published=as_date(published)), load_rules(rules))


def read_figures(text: str, *, published: Published = None) -> tuple[Figure, ...]:
    """The figures of a text, in order."""
    return figures.read(readers.read_text(text, published=as_date(published)))


def load_rules(rules: Rules = None) -> Rulebook:
    """The rulebook to check by; what is wrong with a file of it is among its errors."""
    if isinstance(rules, Rulebook):
        return rules
    if rules is None:
        return _shipped()
    folders = [rules] if isinstance(rules, str | os.PathLike) else list(rules)
    return rulebook.load(rulebook.shipped_rules(), *map(pathlib.Path, folders)) if folders else _shipped()


def check_document(document: Document, rules: Rulebook) -> Report:
    """The report on a document."""
    found = figures.read(document)
    checks = judge(claims.bind(document, found, rules), rules)
    mended = repaired(checks, document, rules)
    return Report(document, reasons(found, mended), mended)


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
