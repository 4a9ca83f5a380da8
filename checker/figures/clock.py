"""Times of day ("4 p.m.", "0830 GMT", "22:00") and times run ("2:01:09")."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.figures.draft import Draft, Passage
from checker.figures.numerals import Numeral
from checker.figures.spellings import Unit
from checker.interval import Interval, Intervals
from checker.model import Bound, Readings

_HOUR = 3600
_HALF_DAY = 43200.0
_DAY_END = 86400.0

HEDGE = 1800.0
"""What "about" adds to a time of day: half an hour, or the printed unit where that is more."""

_ZONE = (
    r"(?:GMT|UTC|BST|EST|EDT|ET|CST|CDT|CT|MST|MDT|MT|PST|PDT|PT|CET|CEST|EET|EEST|MSK|IST|PKT|SGT|HKT|CST|JST|KST|"
    r"AEST|AEDT|AWST|NZST|NZDT|WIB|SAST|WAT|EAT|hours|hrs|h)(?!\w)"
)
ZONE_NEXT = re.compile(rf"\s{_ZONE}")
_TWELVE = re.compile(r"(?P<hour>1[0-2]|0?[0-9])(?:[:.](?P<minute>[0-5][0-9]))?(?:[:.](?P<second>[0-5][0-9]))?[\s\u00a0]?(?P<half>[AaPp])\.?[\s\u00a0]?[Mm](?![A-Za-z0-9])\.?")
_TWELVE_LATER = re.compile(r"(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5][0-9]))?(?=\s?(?:-|–|to|and|or)\s?(?:1[0-2]|0?[1-9])(?:[:.][0-5][0-9])?[\s\u00a0]?(?P<half>[AaPp])\.?[\s\u00a0]?[Mm](?![A-Za-z0-9]))")
_OCLOCK = re.compile(r"(?P<hour>1[0-2]|0?[1-9])\s?o[’'‘]\s?clock")
_FOUR = re.compile(rf"(?P<hour>[01][0-9]|2[0-4])(?P<minute>[0-5][0-9])(?:(?=\s?{_ZONE})|(?=\s+(?:and|to|or|until)\s+[0-9]{{4}}\s?{_ZONE})|(?=\s?[-–]\s?[0-9]{{4}}\s?{_ZONE}))")
_COLON = re.compile(r"(?P<hour>[0-9]{1,3}):\s?(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9]))?(?:[.:](?P<fraction>[0-9]{1,4}))?(?![0-9:])")
_DOTTED_ZONE = re.compile(rf"(?P<hour>[01]?[0-9]|2[0-4])(?:\.(?P<minute>[0-5][0-9]))?(?=\s{_ZONE})(?!\s(?:hours|hrs|h)\b)")

_RUN_BEFORE = frozenset("in of time clocked ran run record best mark won clocking timed ran finish pace length lasted duration minutes".split())
_SECOND = Unit("second", "duration")


def at_digits(page: Passage, start: int, end: int) -> Draft | None:
    """The time that starts with these digits, if one does."""
    text = page.text
    after = text[end : end + 1]
    width = end - start
    if after == ":" and width <= 3:
        found = _TWELVE.match(text, start)
        return _twelve(found) if found else _colon(page, start)
    if width > 5 or after not in _CAN_FOLLOW:
        return None
    if found := _TWELVE.match(text, start):
        return _twelve(found)
    if width == 4 and (found := _FOUR.match(text, start)):
        return _draft(found, _seconds(found), 60.0)
    if found := _OCLOCK.match(text, start):
        return _draft(found, _seconds(found), 3600.0, either_half=True)
    if width <= 5 and (found := _TWELVE_LATER.match(text, start)):
        return _twelve(found)
    if found := _DOTTED_ZONE.match(text, start):
        if found["minute"] or end == start + width:
            return _draft(found, _seconds(found), 60.0 if found["minute"] else 3600.0)
    return None


_CAN_FOLLOW = frozenset((" ", "\n", "\u00a0", "a", "p", "A", "P", "-", "–", "o", "h", "G", "U", "."))


def _twelve(found: re.Match[str]) -> Draft | None:
    hour = int(found["hour"])
    if not hour:
        return None
    later = 12 if found["half"] in "pP" else 0
    seconds = (hour % 12 + later) * _HOUR + int(found["minute"] or 0) * 60.0
    end = found.end()
    whole = found[0]
    if whole.endswith(".") and "." not in whole[:-1].partition(found["half"])[2]:
        end -= 1  # "10.45pm." ends a sentence
    return _draft(found, seconds, 60.0 if found["minute"] else 3600.0, end=end)


def _colon(page: Passage, start: int) -> Draft | None:
    found = _COLON.match(page.text, start)
    if not found:
        return None
    cue = (page.words_before(start) or [""])[-1].lower().strip("(,")
    first, middle, last = int(found["hour"]), int(found["minute"]), found["second"]
    fraction = found["fraction"]
    run = (cue in _RUN_BEFORE) or first > 24 or (fraction and not last) or (fraction and page.text[found.start("fraction") - 1] == ".")
    if run:
        whole = (first * _HOUR + middle * 60 + int(last)) if last else first * 60 + middle
        places = len(fraction or "")
        numeral = Numeral(whole * 10**places + int(fraction or 0), -places)
        return Draft(start, found.end(), low=(numeral,), unit=_SECOND)
    if first > 24:
        return None
    seconds = _seconds(found)
    return _draft(found, seconds, 1.0 if last else 60.0, either_half=first <= 12 and not last)


def _seconds(found: re.Match[str]) -> float:
    groups = found.groupdict()
    return int(groups["hour"]) * _HOUR + int(groups.get("minute") or 0) * 60.0 + int(groups.get("second") or 0)


def _draft(found: re.Match[str], seconds: float, unit: float, *, either_half: bool = False, end: int | None = None) -> Draft:
    values = [seconds, (seconds + _HALF_DAY) % _DAY_END] if either_half else [seconds]
    draft = Draft(found.start(), found.end() if end is None else end, "time", nominal=seconds)
    draft.readings = Readings(_within(values, unit / 2), _within(values, unit), _within(values, unit))
    return draft


def hedged(draft: Draft, bound: Bound) -> Readings:
    """The readings of a time after "about", "before" and the like."""
    own = draft.readings
    assert own is not None
    if bound == "~":
        loose = Intervals.union(Interval(p.low - HEDGE, p.high + HEDGE) for p in own.plain)
        return Readings(own.printed, loose, own.plain)
    return own


def _within(values: Iterable[float], margin: float) -> Intervals:
    return Intervals.union(Interval(v - margin, v + margin) for v in values)
