"""Days of the week, and public events and holidays that date themselves."""

from __future__ import annotations

import functools
import re

from checker.figures import dates
from checker.figures.calendar import WEEKDAYS, Days
from checker.figures.draft import Draft, Passage
from checker.figures.patterns import any_of, data
from checker.figures.readings import exact

_DAYS = [name for name in WEEKDAYS if len(name) >= 6]
WEEKDAY = rf"(?:{'|'.join(f'{d.title()}|{d.upper()}|{d}' for d in _DAYS)}|(?:Mon|Tues?|Weds?|Thur?s?|Fri|Sat|Sun)\b)"
"""The names of the days; their short forms with a capital."""

_DATE_NEXT = re.compile(rf"[.,]*\s+(?:[0-9]|{dates.MONTH})")
_NUMBER_NEXT = re.compile(r",?\s+[0-9]")
_WORD_NEXT = re.compile(r"[\s\-]+([\w’']+)")


def at_weekday(page: Passage, start: int, end: int) -> Draft | None:
    """A day of the week; a short form, and one without its capital, only beside a date."""
    text, name = page.text, page.text[start:end]
    if len(name) < 6:
        last = page.last
        if not _DATE_NEXT.match(text, end) and not (last and last.days and start - last.end <= 3):
            return None
    elif name[0].islower() and not _NUMBER_NEXT.match(text, end):
        return None
    number = float(WEEKDAYS[name.lower()])
    return Draft(start, end, "weekday", nominal=number, readings=exact(number))


@functools.cache
def _names() -> dict[str, int]:
    return {name: index for index, event in enumerate(data("events")["event"]) for name in event["names"]}


def pattern() -> str:
    """A pattern for the names of all events."""
    return any_of(_names())


def at_event(page: Passage, start: int, end: int) -> Draft | None:
    """A public event, unless the words around say that another is meant."""
    text = page.text
    index = _names().get(" ".join(text[start:end].split()))
    if index is None:
        return None
    event = data("events")["event"][index]
    if "near" in event and not _near(index).search(text, max(0, start - 40), end + 60):
        return None
    following = _WORD_NEXT.match(text, end)
    if following and following[1] in event.get("unless_next", ()):
        return None
    before = page.words_before(start)
    if before and before[-1] in event.get("unless_last", ()):
        return None
    return Draft(start, end, "event", days=Days(event=index))


@functools.cache
def _near(index: int) -> re.Pattern[str]:
    cues = data("events")["event"][index]["near"]
    return re.compile(rf"(?<!\w){any_of(cues)}(?!\w)")
