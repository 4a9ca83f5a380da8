"""Times of day ("4 p.m.", "0830 GMT", "22:00") and times run ("2:01:09")."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.figures.draft import Draft, Passage, Place
from checker.figures.numerals import Numeral
from checker.figures.patterns import data, either, listed
from checker.figures.readings import ANYTHING
from checker.figures.spellings import match
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
    r"(?:(?P<mark>[.:])(?P<fraction>[0-9]{1,4}))?(?![0-9:]|,[0-9])"
)
_PROPORTION = re.compile(r"(?P<a>[0-9]{1,3}):(?P<b>[0-9]{1,3}(?:,[0-9]{3})*)(?![0-9:]|,[0-9])")
_PROPORTION_NEXT = re.compile(rf"[\s\-](?:{either(data('clock')['proportions'])})\b")
_HOURS_AND_MINUTES = re.compile(
    r"(?P<hour>[0-9]{1,3})h\s?(?P<minute>[0-5]?[0-9])(?P<run>\s?m(?:in)?s?(?:\s?(?P<second>[0-5]?[0-9])\s?s(?:ecs?)?)?)?(?!\w)"
)
_POINTED = re.compile(
    rf"(?P<hour>[01]?[0-9]|2[0-3])\.(?P<minute>{_MINUTE})(?![0-9%]|[.,][0-9]|\s(?:per\s?cent|percent|pct)\b)"
)
_BEGINS = re.compile(rf"(?ai:\b(?:{either(data('clock')['begins'])})\s(?:at|from|until|till|by|around|about)\s)$")
_REMAINING = re.compile(r"\s(?:left|remaining|to\s(?:go|play)|into\sthe)\b")
_NO_TWELVE = re.compile(rf"(?P<hour>[0-9]{{1,2}})(?:[:.](?P<minute>[0-9]{{2}}))?{_MERIDIEM}(?P<dot>\.?)")
_NO_FOUR = re.compile(rf"(?P<hour>[0-9]{{2}}):?(?P<minute>[0-9]{{2}})(?=\s?(?!CT|ET|MT|PT|h){_ZONE})")
_SPAN_NEXT = re.compile(r"\s?(?:-|–|to)\s?[0-9]{1,2}:[0-9]{2}")
_NOON = re.compile(r"12\s(?:noon|(?P<night>midnight))\b")
_HOURS = rf"(?:{either(data('clock')['hours'])}|1[0-2]|[1-9])(?![\w:]|[.,][0-9])"
_MINUTES = either(data("clock")["minutes"])
_PAST = re.compile(
    rf"(?P<part>half|(?:a\s)?quarter|{_MINUTES}|[1-5]?[0-9])(?:\sminutes?)?[\s\-](?P<side>past|to)[\s\-](?P<hour>{_HOURS})"
)
_HOUR_WORD = re.compile(
    rf"(?P<hour>{_HOURS})(?:\s?o[’'‘]\s?clock)?(?:\sin\sthe\s(?P<half>morning|afternoon|evening)\b)?"
)
_NOON_WORD = re.compile(r"noon|midday|(?P<night>midnight)")
CLOCK_WORD = (
    rf"(?:noon|midday|midnight|(?:half|quarter|(?:{_MINUTES})(?:\sminutes)?)(?=[\s\-]past[\s\-]{_HOURS})|"
    rf"(?:quarter|{_MINUTES})(?=\sto\s{_HOURS})|"
    rf"(?:{either(data('clock')['hours'])})(?=\s?o[’'‘]\s?clock|\sin\sthe\s(?:morning|afternoon|evening)\b))"
)
_CAN_FOLLOW = frozenset(" \n\u00a0aApP-–ohGU.")

_HINT = re.compile(
    rf"[\s\u00a0]?(?:[AaPp]\.?[\s\u00a0]?[Mm]|o[’'‘]|noon|midnight|(?:-|–|to|and|or|until)\s?[0-9]|{_ZONE}|"
    r"(?:minutes?\s)?past\s|in\sthe\s(?:morn|aft|even)|h\s?[0-9])"
)
"""What stands after the digits of any time without a colon; tried first, since few numbers are times."""

ZONE_NEXT = re.compile(rf"\s{_ZONE}")
"""A time zone after digits, which are then no year."""

_SECOND = Unit("second", "duration")
_MINUTES_RUN = Unit("minute", "duration", parts=(("second", 60),))


def at_digits(page: Passage, place: Place) -> Draft | None:
    """The time that starts with these digits, if one does."""
    text, start = page.text, place.start
    if place.after == ":" and place.width <= 3:
        found = _TWELVE.match(text, start)
        return _twelve(found) if found else _beyond(text, start) or _proportion(page, place) or _colon(page, place)
    if "." in place.token and place.width <= 5 and (pointed := _pointed(page, place)):
        return pointed
    if place.width > 5 or place.after not in _CAN_FOLLOW or not _HINT.match(text, place.end):
        return None
    if place.after == "h" and (found := _HOURS_AND_MINUTES.match(text, start)):
        return _hours(place, found)
    return _hinted(page, place)


def _hinted(page: Passage, place: Place) -> Draft | None:
    """The time of digits without a colon, by what stands after them."""
    text, start = page.text, place.start
    if found := _TWELVE.match(text, start) or _TWELVE_LATER.match(text, start):
        return _twelve(found)
    if found := _FOUR.match(text, start):
        return _draft(found, _seconds(found), 60.0)
    if place.number == 12 and (found := _NOON.match(text, place.start)):
        return _draft(found, 0.0 if found["night"] else _HALF_DAY, 60.0)
    if found := _OCLOCK.match(text, start):
        return _draft(found, _seconds(found), 3600.0, either_half=True)
    if told := _in_day(page, place):
        return told
    if found := _DOTTED.match(text, start):
        return _draft(found, _seconds(found), 60.0 if found["minute"] else 3600.0)
    return _beyond(text, start)


def in_words(page: Passage, start: int, end: int) -> Draft | None:
    """Reads "at noon", "until midnight", "half past three" and "quarter to five"."""
    text = page.text
    if found := _PAST.match(text, start):
        return _past(page, found)
    if (found := _HOUR_WORD.match(text, start)) and found.end() > found.end("hour"):
        return _hour_of_day(page, found)
    if page.cue(start) not in listed("clock", "noon_after") or text[end : end + 1] in "-‑":
        return None
    found = _NOON_WORD.match(text, start)
    return _draft(found, 0.0 if found["night"] else _HALF_DAY, 60.0) if found else None


def _in_day(page: Passage, place: Place) -> Draft | None:
    """Reads "5 past 6" and "4 in the morning"."""
    if found := _PAST.match(page.text, place.start):
        return _past(page, found)
    found = _HOUR_WORD.match(page.text, place.start)
    return _hour_of_day(page, found) if found and found["half"] else None


def _past(page: Passage, found: re.Match[str]) -> Draft | None:
    """So many minutes past or to an hour; "ten to six" only after "at", since it can be a range."""
    part, numbers = found["part"], data("clock")["minutes"]
    minutes = 30 if part == "half" else 15 if part.endswith("quarter") else numbers.get(part) or int(part)
    before = page.cue(found.start()) in ("at", "by", "until", "till")
    if found["side"] == "to" and not part.endswith("quarter") and not before:
        return None
    seconds = _hour(found["hour"]) * _HOUR + 60 * (minutes if found["side"] == "past" else -minutes)
    return _draft(found, float(seconds % int(_HALF_DAY)), 60.0, either_half=True)


def _hour_of_day(page: Passage, found: re.Match[str]) -> Draft | None:
    """Reads "four o'clock" and "four in the afternoon"; without "o'clock" only after "at" or its like."""
    half = found["half"]
    if half and "clock" not in found[0] and page.cue(found.start()) not in listed("clock", "hour_after"):
        return None
    hour = _hour(found["hour"]) % 12 + (12 if half in ("afternoon", "evening") else 0)
    return _draft(found, float(hour * _HOUR), 3600.0, either_half=half is None)


def _hour(written: str) -> int:
    return data("clock")["hours"].get(written) or int(written)


def _hours(place: Place, found: re.Match[str]) -> Draft | None:
    """Reads "1h24m" as a time run, "16h30" as the hour where nothing says that somebody took it."""
    if not found["run"] and place.number <= 24 and len(found["minute"]) == 2:
        if place.cue not in listed("clock", "run_before"):
            return _draft(found, _seconds(found), 60.0)
    elif not found["run"]:
        return None
    minutes = place.number * 60 + int(found["minute"])
    if found["second"]:
        numeral, unit = Numeral(minutes * 60 + int(found["second"])), _SECOND
    else:
        numeral, unit = Numeral(minutes), _MINUTES_RUN
    return Draft(place.start, found.end(), "duration", low=(numeral,), unit=unit)


def _pointed(page: Passage, place: Place) -> Draft | None:
    """Reads "08.30", and "16.30" of what begins then."""
    found = _POINTED.match(page.text, place.start)
    if not found:
        return None
    begins = _BEGINS.search(page.text, max(0, place.start - 40), place.start)
    padded = place.width == 5 and place.token[0] == "0"
    if (not begins and not padded) or match(page.text, place.end + (place.after == " ")):
        return None
    return _draft(found, _seconds(found), 60.0, either_half=int(found["hour"]) <= 12 and not padded)


def _proportion(page: Passage, place: Place) -> Draft | None:
    """Reads "3:1" and "1:50,000", which no clock shows, and "16:10" where a word says that it is a ratio or a scale."""
    found = _PROPORTION.match(page.text, place.start)
    if not found:
        return None
    words = [word.lower() for word in place.words[-2:]]
    said = not listed("clock", "proportions").isdisjoint(words) or _PROPORTION_NEXT.match(page.text, found.end())
    if not said and _COLON.match(page.text, place.start):
        return None
    return Draft(place.start, found.end(), "score", nominal=(float(found["a"]), float(found["b"].replace(",", ""))))


def _twelve(found: re.Match[str]) -> Draft:
    later = 12 if found["half"] in "pP" else 0
    second = found.groupdict().get("second")
    seconds = (int(found["hour"]) % 12 + later) * _HOUR + int(found["minute"] or 0) * 60.0 + int(second or 0)
    draft = _draft(found, seconds, 1.0 if second else 60.0 if found["minute"] else 3600.0)
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
    if ZONE_NEXT.match(page.text, found.end()) and hour <= 24:
        return _draft(found, _seconds(found), 1.0 if second else 60.0)
    spans = _SPAN_NEXT.match(page.text, found.end())
    run = place.cue.strip(",") in listed("clock", "run_before") and not spans
    cued = run or bool(_REMAINING.match(page.text, found.end()))
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
