"""The day of publication as a figure: what a text says of today it says of this day, printed or not."""

from __future__ import annotations

import datetime

from checker.interval import Intervals
from checker.model import Document, Figure, Readings, Span
from checker.units import DATE, Measure

UNKNOWN = "the day of publication is not known"

_NEARLY = 1
"""Days before or after the one that is named on which a text may have been written for its readers."""


def day_of_publication(document: Document) -> Figure | None:
    """The day that a document is known to be of; it stands nowhere in the text, so its span is empty."""
    day = document.published
    if day is None:
        return None
    number = day.toordinal()
    days = Intervals.of(max(number - _NEARLY, 1), min(number + _NEARLY, datetime.date.max.toordinal()))
    return Figure(
        text=f"{day.day} {day:%B %Y}",
        start=0,
        end=0,
        kind="date",
        nominal=float(number),
        readings=Readings(days, days, days),
        measure=Measure("day", DATE, 86_400.0),
        phrase=Span(0, 0),
    )
