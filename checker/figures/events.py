"""Days of the week, and public events and holidays that date themselves."""

from __future__ import annotations

import functools
import re

from checker.figures import dates
from checker.figures.calendar import WEEKDAYS, Days
from checker.figures.draft import Draft, Passage
from checker.figures.patterns import any_of, data, listed
from checker.figures.readings import exact

_DAYS = [name for name in WEEKDAYS if len(name) >= 6]
DAY_NAMES = frozenset(spell(d) for d in _DAYS for spell in (str.title, str.upper, str.lower)) | frozenset(
    "Mon Tue Tues Wed Weds Thu Thur Thurs Fri Sat Sun".split()
)
"""The names of the days; their short forms with a capital."""

_DATE_NEXT = re.compile(rf"[.,]*\s+(?:[0-9]|{dates.MONTH})")
_NUMBER_NEXT = re.compile(r",?\s+[0-9]")
_WORD_NEXT = re.compile(r"(?:[’']|[\s\-–]?\s?-?)(?P<word>[^\W\d][\w’']*)")
_ANNIVERSARY = re.compile(r"\b(?:anniversar(?:y|ies)|birthday|centenary|centennial)\b")
_AS_OTHER = r"as\s(?!(?:the\s|its\s)?(?:[0-9]+th\s)?(?:U\.S\.\s|US\s)?[Pp]resident\b)"
"""Sworn in as something else than president."""
_REACH = 60
"""Characters before and after an event's name in which words say which one is meant."""


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
def names() -> dict[str, list[int]]:
    """The names of all events, each with the entries of the events file that have it."""
    found: dict[str, list[int]] = {}
    for index, event in enumerate(data("events")["event"]):
        for name in event["names"]:
            found.setdefault(name, []).append(index)
    return found


def at_event(page: Passage, start: int, end: int) -> Draft | None:
    """A public event, unless the words around say that another is meant."""
    text = page.text
    following = _WORD_NEXT.match(text, end)
    if following and following["word"].lower() not in listed("events", "can_follow"):
        return None
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if _ANNIVERSARY.search(before) or _ANNIVERSARY.search(after):
        return None
    indices = names().get(" ".join(text[start:end].split()), ())
    index = next((i for i in indices if _is_meant(i, before, after)), None)
    if index is None:
        return None
    julian = "julian" in data("events")["event"][index] and bool(_julian().search(before) or _julian().search(after))
    return Draft(start, end, "event", days=Days(event=index, julian=julian))


def _is_meant(index: int, before: str, after: str) -> bool:
    """Whether what stands right before and after an event's name lets it be this one."""
    last = before.split()[-1:]
    if last and last[0] in data("events")["event"][index].get("unless_last", ()):
        return False
    barring = data("events")["event"][index].get("unless_near")
    if barring and re.search(rf"\b(?:{'|'.join(barring)})\b", before + after):
        return False
    needed_before, needed_after, barred = _surroundings(index)
    if barred.match(after):
        return False
    if needed_before or needed_after:
        return bool((needed_before and needed_before.search(before)) or (needed_after and needed_after.match(after)))
    return not (last and last[0].endswith(("'s", "’s")))  # another country's, or a year's


@functools.cache
def _surroundings(index: int) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str]]:
    """What must stand right before or right after an event's name, and what may not stand after it."""
    event = data("events")["event"][index]
    before, after = event.get("before"), event.get("after")
    if whose := event.get("whose"):
        before = rf"{whose}(?:['’]s?(?:\s(?:first|second))?|\s(?:was|is|is\sbeing|will\sbe))"
        after = rf"of\s(?:the\s)?(?:(?:U\.S\.|US|American)\s)?(?:[Pp]resident(?:-elect)?\s)?{whose}(?!\s[A-Z]|[’'\w\-])"
    return (
        re.compile(rf"(?<!\w)(?:{before})\s$") if before else None,
        re.compile(rf"\s(?:{after})") if after else None,
        re.compile(rf"\s(?:{event.get('unless_after', _AS_OTHER if before or after else '(?!)')})"),
    )


@functools.cache
def _julian() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(data('events')['julian_near'])}\b")
