"""The fact sheet: every figure of a document, normalised, as a table."""

from __future__ import annotations

import datetime
import math
from typing import Any

import attrs
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from checker.interval import Intervals
from checker.model import REPORT_VERSION, Document, Figure
from checker.notation import FLAWS, Notation
from checker.reports.passage import Places
from checker.reports.visible import shortened, visible
from checker.units import CLOCK, DATE, WEEKDAY

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BOUNDS = {"~": "about", "<": "at most", ">": "at least"}
_NUMBERS = frozenset({"line", "from", "to"})
_PIPED = 120
"""The width of a table that is not for a terminal."""


@attrs.frozen
class Facts:
    """The figures of a document."""

    document: Document
    figures: tuple[Figure, ...]
    notation: Notation = attrs.field(factory=Notation)

    def to_dict(self) -> dict[str, Any]:
        """The fact sheet as JSON has it."""
        return {
            "version": REPORT_VERSION,
            "document": {**self.document.to_dict(), "notation": attrs.asdict(self.notation)},
            "figures": [figure.to_dict() for figure in self.figures],
        }


def print_facts(sheet: Facts, console: Console) -> None:
    """Print the figures with the numbers that each can stand for, in the unit that it was printed in."""
    figures = sheet.figures
    console.print(Text(visible(sheet.document.name), "bold"), soft_wrap=True)
    if not figures:
        console.print("no figures", style="bold")
        return
    places = Places(sheet.document)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("line", "figure", "kind", "from", "to", "unit", ""):
        table.add_column(title, justify="right" if title in _NUMBERS else "left", overflow="fold")
    for figure in figures:
        low, high = ends(figure)
        cells = (str(places.line(figure.start)), shortened(figure.text), figure.kind, low, high, unit(figure))
        table.add_row(*map(Text, (*cells, remarks(figure))))
    console.print(table, width=None if console.is_terminal else max(console.width, _PIPED))
    counted = f"{len(figures):,} figure{'s' if len(figures) != 1 else ''}"
    console.print(f"{counted}, numbers written as {sheet.notation}", style="bold", highlight=False, soft_wrap=True)


def ends(figure: Figure) -> tuple[str, str]:
    """The least and the greatest number that a figure can stand for, as they are to be read."""
    widest = figure.readings.widest
    if not widest:
        return "", ""
    if figure.dimension == WEEKDAY:
        return _WEEKDAYS[int(widest.low) % 7], _WEEKDAYS[int(widest.high) % 7]
    if figure.dimension == DATE:
        return _day(widest.low), _day(widest.high)
    if figure.dimension == CLOCK:
        return _hour(widest.low), _hour(widest.high)
    digits = _digits_to_tell(widest)
    return number(widest.low, digits), number(widest.high, digits)


def unit(figure: Figure) -> str:
    """The unit, currency or counted things of a figure."""
    if figure.currency or figure.noun:
        return visible(figure.currency or figure.noun or "")
    if figure.measure.name in ("", "dimensionless") or figure.dimension in (DATE, CLOCK, WEEKDAY):
        return ""
    return f"{figure.unit:~P}"


def remarks(figure: Figure) -> str:
    """The hedge, bound and direction of a figure in words, and what is wrong with its print."""
    told = (_BOUNDS.get(figure.bound, ""), figure.change or "", FLAWS[figure.flaw] if figure.flaw else "")
    return ", ".join(word for word in told if word)


def number(value: float, digits: int = 6) -> str:
    """A number with separators and so many significant digits; an infinite one is "any"."""
    if math.isinf(value):
        return "any"
    if value and not 1e-4 <= abs(value) < 1e15:
        return f"{value:.{digits - 1}g}"
    places = max(0, digits - 1 - math.floor(math.log10(abs(value)))) if value else 0
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _digits_to_tell(values: Intervals) -> int:
    """How many significant digits show the two ends apart."""
    width = values.high - values.low
    size = max(abs(values.low), abs(values.high))
    if not (math.isfinite(size) and width > 0):
        return 6
    return max(4, min(15, math.ceil(math.log10(size / width)) + 3))


def _day(ordinal: float) -> str:
    if not 1 <= ordinal <= datetime.date.max.toordinal():
        return "any"
    return datetime.date.fromordinal(round(ordinal)).isoformat()


def _hour(seconds: float) -> str:
    if not math.isfinite(seconds):
        return "any"
    whole = round(seconds) % 86400
    return f"{whole // 3600:02}:{whole % 3600 // 60:02}" + (f":{whole % 60:02}" if whole % 60 else "")
