"""Times of day ("4 p.m.", "0830 GMT", "22:00") and times run ("2:01:09")."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.figures.draft import Draft, Passage, Place
from checker.figures.numerals import Numeral
from checker.figures.patterns import data, either, listed
from checker.figures.readings import ANYTHING
from checker.figures.unit import Unit
from checker.interval import Interval, Intervals
from checker.model import Bound, Readings

_HOUR, _HALF_DAY, _DAY = 3600, 43200.0, 86400.0

HEDGE = 1800.0
"""What "about" adds to a time of day: half an hour either way."""

_ZONE = rf"(?:{either(data('clock')['zones'])})(?!\w)"
_MINUTE = r"[0-5][0-9]"
_HOUR_OF_12 = r"(?:1[0-2]|0?[1-9])"
_MERIDIEM = r"[\s\u00a0]?(?P<half>[AaPp])\.?[\s\u00a0]?[Mm](?![A-Za-z0-9])"
_LINK = r"\s?(?:-|–|to|and|or)\s?"

_TWELVE = re.compile(
    rf"(?P<hour>{_HOUR_OF_12})(?:[:.](?P<minute>{_MINUTE}))?(?:[:.](?P<second>{_MINUTE}))?{_MERIDIEM}(?P<dot>\.?)"
)
_TWELVE_LATER = re.compile(
    rf"(?P<hour>{_HOUR_OF_12})(?:[:.](?P<minute>{_MINUTE}))?(?={_LINK}{_HOUR_OF_12}(?:[:.]{_MINUTE})?{_MERIDIEM})"
)
_FOUR = re.compile(
    rf"(?P<hour>[01][0-9]|2[0-4])(?P<minute>{_MINUTE})"
    rf"(?=\s?{_ZONE}|\s(?:and|to|or|until)\s[0-9]{{4}}\s?{_ZONE}|\s?[-–]\s?[0-9]{{4}}\s?{_ZONE})"
)
_DOTTED = re.compile(rf"(?P<hour>[01]?[0-9]|2[0-4])(?:\.(?P<minute>{_MINUTE}))?(?=\s{_ZONE})(?!\s(?:hours|hrs|h)\b)")
_OCLOCK = re.compile(rf"(?P<hour>{_HOUR_OF_12})\s?o[’'‘]\s?clock")
_COLON = re.compile(
    rf"(?P<hour>[0-9]{{1,3}}):(?P<minute>{_MINUTE})(?::(?P<second>{_MINUTE}))?"
    r"(?:(?P<mark>[.:])(?P<fraction>[0-9]{1,4}))?(?![0-9:])"
)
_REMAINING = re.compile(r"\s(?:left|remaining|to\s(?:go|play)|into\sthe)\b")
_NO_TWELVE = re.compile(rf"(?P<hour>[0-9]{{1,2}})(?:[:.](?P<minute>[0-9]{{2}}))?{_MERIDIEM}(?P<dot>\.?)")
_NO_FOUR = re.compile(rf"(?P<hour>[0-9]{{2}}):?(?P<minute>[0-9]{{2}})(?=\s?(?!CT|ET|MT|PT|h){_ZONE})")
_NOON = re.compile(r"12\s(?:noon|(?P<night>midnight))\b")
_PAST = re.compile(
    rf"(?P<part>half|(?:a\s)?quarter)\s(?P<side>past|to)\s(?P<hour>{either(data('clock')['hours'])})(?!\w)"
)
_NOON_WORD = re.compile(r"noon|(?P<night>midnight)")
CLOCK_WORD = r"(?:noon|midnight|(?:half|quarter)(?=\spast\s)|quarter(?=\sto\s))"
_CAN_FOLLOW = frozenset(" \n\u00a0aApP-–ohGU.")

_HINT = re.compile(
    rf"[\s\u00a0]?(?:[AaPp]\.?[\s\u00a0]?[Mm]|o[’'‘]|noon|midnight|(?:-|–|to|and|or|until)\s?[0-9]|{_ZONE})"
)
"""What stands after the digits of any time without a colon; tried first, since few numbers are times."""

ZONE_NEXT = re.compile(rf"\s{_ZONE}")
"""A time zone after digits, which are then no year."""

_SECOND = Unit("second", "duration")


def at_digits(page: Passage, place: Place) -> Draft | None:
    """The time that starts with these digits, if one does."""
    text, start = page.text, place.start
    if place.after == ":" and place.width <= 3:
        found = _TWELVE.match(text, start)
        return _twelve(found) if found else _beyond(text, start) or _colon(page, place)
    if place.width > 5 or place.after not in _CAN_FOLLOW or not _HINT.match(text, place.end):
        return None
    if found := _TWELVE.match(text, start) or _TWELVE_LATER.match(text, start):
        return _twelve(found)
    if found := _FOUR.match(text, start):
        return _draft(found, _seconds(found), 60.0)
    if place.number == 12 and (found := _NOON.match(text, place.start)):
        return _draft(found, 0.0 if found["night"] else _HALF_DAY, 60.0)
    if found := _OCLOCK.match(text, start):
        return _draft(found, _seconds(found), 3600.0, either_half=True)
    if found := _DOTTED.match(text, start):
        return _draft(found, _seconds(found), 60.0 if found["minute"] else 3600.0)
    return _beyond(text, start)


def in_words(page: Passage, start: int, end: int) -> Draft | None:
    """Reads "at noon", "until midnight", "half past three" and "quarter to five"."""
    text = page.text
    if found := _PAST.match(text, start):
        hour = data("clock")["hours"][found["hour"]] * _HOUR
        minutes = 30 if found["part"].startswith("half") else 15
        seconds = hour + 60 * (minutes if found["side"] == "past" else -minutes)
        return _draft(found, float(seconds % int(_HALF_DAY)), 60.0, either_half=True)
    if page.cue(start) not in listed("clock", "noon_after") or text[end : end + 1] in "-‑":
        return None
    found = _NOON_WORD.match(text, start)
    return _draft(found, 0.0 if found["night"] else _HALF_DAY, 60.0) if found else None


def _twelve(found: re.Match[str]) -> Draft:
    later = 12 if found["half"] in "pP" else 0
    seconds = (int(found["hour"]) % 12 + later) * _HOUR + int(found["minute"] or 0) * 60.0
    draft = _draft(found, seconds, 60.0 if found["minute"] else 3600.0)
    if found.groupdict().get("dot") and "." not in found[0][:-1].lower().partition(found["half"].lower())[2]:
        draft.end -= 1  # "10.45pm." ends a sentence
    return draft


def _beyond(text: str, start: int) -> Draft | None:
    """A time by its "a.m." or zone that no clock shows ("13.75pm", "25:10 GMT"); "14:30 pm" is only said twice."""
    found = _NO_TWELVE.match(text, start)
    if found and (found["minute"] or found["half"] in "ap"):
        hour, minute, morning = int(found["hour"]), int(found["minute"] or 0), found["half"] in "aA"
        if hour <= (12 if morning else 24) and minute < 60:
            return _twelve(found) if hour <= 12 else _draft(found, _seconds(found), 60.0)
        draft = _twelve(found)
        draft.nominal = _seconds(found)
    elif found := _NO_FOUR.match(text, start):
        if int(found["hour"]) <= 24 and int(found["minute"]) < 60:
            return None
        draft = _draft(found, _seconds(found), 60.0)
    else:
        return None
    draft.flaw, draft.readings = "time", ANYTHING
    return draft


def _colon(page: Passage, place: Place) -> Draft | None:
    found = _COLON.match(page.text, place.start)
    if not found:
        return None
    hour, minute, second, fraction = int(found["hour"]), int(found["minute"]), found["second"], found["fraction"]
    decimals = fraction is not None and (found["mark"] == "." or second is None)
    cued = place.cue.strip(",") in listed("clock", "run_before") or bool(_REMAINING.match(page.text, found.end()))
    if cued or decimals or hour > 24:
        whole = hour * _HOUR + minute * 60 + int(second) if second else hour * 60 + minute
        places = len(fraction or "")
        numeral = Numeral(whole * 10**places + int(fraction or 0), -places)
        return Draft(place.start, found.end(), "duration", low=(numeral,), unit=_SECOND)
    return _draft(found, _seconds(found), 1.0 if second else 60.0, either_half=hour <= 12 and not second)


def _seconds(found: re.Match[str]) -> float:
    groups = found.groupdict()
    return int(groups["hour"]) * _HOUR + int(groups.get("minute") or 0) * 60.0 + int(groups.get("second") or 0)


def _draft(found: re.Match[str], seconds: float, unit: float, *, either_half: bool = False) -> Draft:
    """A time of day to the printed unit, in seconds; without a.m. or p.m. it can be in either half."""
    values = [seconds, (seconds + _HALF_DAY) % _DAY] if either_half else [seconds]
    plain = _within(values, unit)
    readings = Readings(_within(values, unit / 2), plain, plain)
    return Draft(found.start(), found.end(), "time", nominal=seconds, readings=readings)


def hedged(own: Readings, bound: Bound) -> Readings:
    """The readings of a time after "about"."""
    if bound != "~":
        return own
    loose = Intervals.union(Interval(p.low - HEDGE, p.high + HEDGE) for p in own.plain)
    return Readings(own.printed, loose, own.plain)


def _within(values: Iterable[float], margin: float) -> Intervals:
    return Intervals.union(Interval(v - margin, v + margin) for v in values)
