"""Dates, weekdays and public events, wherever they start: at a digit, a month, a weekday or an event's name."""

from __future__ import annotations

import functools
import re

from checker.figures import clock
from checker.figures.calendar import MONTHS, WEEKDAYS, Days, span
from checker.figures.draft import Draft, Passage
from checker.figures.patterns import any_of, data
from checker.figures.readings import exact
from checker.figures.spellings import match
from checker.interval import Interval, Intervals
from checker.model import Readings

_MONTH_NAMES = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|"
    r"AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|january|february|april|june|july|august|september|october|november|december)"
)
MONTH = _MONTH_NAMES + r"(?!\w)"
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:Mon|Tues?|Weds?|Thur?s?|Fri|Sat|Sun)\b)"

_DAY = r"(?P<day>0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12][0-9]{3})(?![0-9]|[.,][0-9]{3}|\.[0-9]|\s?%)"
_OR_YEAR = rf"(?:,?\s+{_YEAR})?"
_TO = r"\s?[-–—/]\s?"

_DAY_MONTH = re.compile(
    rf"{_DAY}(?:(?:{_TO}|\s+to\s+)(?P<last>[12]?[0-9]|3[01])(?:st|nd|rd|th)?)?(?:\s+(?:of\s+)?|-)(?P<month>{MONTH})"
    rf"(?:,?[\s\-]+{_YEAR})?"
)
_DAY_OF_LIST = re.compile(
    rf"{_DAY}(?=(?:\s*,\s*[0-9]{{1,2}}){{0,6}},?\s+(?:and|or|to|&)\s+[0-9]{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH}){_OR_YEAR})"
)
_MONTH_DAY = re.compile(
    rf"(?P<month>{_MONTH_NAMES})(?!\w)\s+(?:the\s+)?{_DAY}(?![0-9]|[.,:][0-9])(?:{_TO}(?P<last>[12]?[0-9]|3[01])(?:st|nd|rd|th)?(?![0-9]|[.,:][0-9]))?(?:,?\s+{_YEAR})?"
)
_MONTH_YEAR = re.compile(rf"(?P<month>{_MONTH_NAMES})(?!\w)(?:,?\s+(?:of\s+)?|-){_YEAR}")
_MONTH_TO_MONTH = re.compile(
    rf"(?P<month>{_MONTH_NAMES})(?!\w)(?:/|\s?[-–]\s?)(?P<other>{_MONTH_NAMES})(?!\w)(?:,?\s+(?:of\s+)?{_YEAR})?"
)
_WORD_DAY = re.compile(
    rf"(?P<month>{_MONTH_NAMES})(?!\w)\s+(?P<day>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
)
_DAY_WORDS = {
    w: n
    for n, w in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
}
_ISO = re.compile(r"(?P<year>[12][0-9]{3})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])(?![0-9\-])")
_NUMERIC = re.compile(r"(?P<a>[0-3]?[0-9])(?P<mark>[/.\-])(?P<b>[0-3]?[0-9])(?P=mark)(?P<year>[12][0-9]{3}|[0-9]{2})(?![0-9/])")
_YEARS = re.compile(r"(?P<first>[12][0-9]{3})\s?[-–/]\s?(?P<last>[12][0-9]{3}|[0-9]{2})(?![0-9]|[.,][0-9])")

_BARE_MONTH_BEFORE = frozenset(
    "in of since until till by from last next this during through for to before after between late early mid and throughout "
    "every each end mid- on".split()
)
_YEAR_BEFORE = frozenset(
    "in since until till by before after during of from to between circa year years early late mid fiscal fy season spring "
    "summer autumn fall winter through and the for than calendar financial born founded established class back c. ca. ©".split()
)
_DETERMINERS = frozenset("the its their his her our this that last next a an every".split())
_PLURAL_NOUN = re.compile(r"[\s\-](?P<word>[a-z][a-z\-]*)")
_AFTER_YEAR_NO_NOUN = frozenset(
    "is was has this as its across plus always yes less perhaps besides sales shares results figures earnings profits "
    "estimates levels times".split()
)


# ---------------------------------------------------------------------- at a digit
def at_digits(page: Passage, start: int, end: int) -> Draft | None:
    """The date that starts with these digits, if one does."""
    text = page.text
    width = end - start
    if width <= 2:
        after = text[end : end + 1]
        if after in _CAN_FOLLOW_DAY:
            if found := _DAY_MONTH.match(text, start):
                return _draft(found, page)
            if found := _DAY_OF_LIST.match(text, start):
                days = Days(_int(found["year"]), _month(found["month"]), int(found["day"]))
                return Draft(start, found.end(), "date", days=days)
            if after in "/-." and (found := _NUMERIC.match(text, start)):
                return _numeric(found)
            if after in ", ." or not after:
                return _second_day(page, start, end)
        return None
    if width == 4 and text[start:end].isdigit():
        if text[end : end + 1] == "-" and (found := _ISO.match(text, start)):
            days = Days(int(found["year"]), int(found["month"]), int(found["day"]))
            return Draft(start, found.end(), "date", days=days)
        return _year(page, start, end)
    if width > 4 and "." in text[start:end] and (found := _NUMERIC.match(text, start)):
        return _numeric(found)
    return None


_CAN_FOLLOW_DAY = frozenset((" ", "\n", "\u00a0", "s", "n", "r", "t", "-", "–", "—", "/", ",", ".", ""))


def _draft(found: re.Match[str], page: Passage) -> Draft | None:
    groups = found.groupdict()
    month, day, year = _month(groups["month"]), int(groups["day"]), _int(groups.get("year"))
    end = found.end()
    if year is not None and (_counts(page.text, found.end("year")) or clock.ZONE_NEXT.match(page.text, found.end("year"))):
        year, end = None, found.start("year")
        end = len(page.text[:end].rstrip(" ,\n"))
    last = Days(year, month, int(groups["last"])) if groups.get("last") else None
    if last and last.day is not None and last.day <= day:
        last, end = None, found.end("day")
        if groups["month"] and found.start("month") > end:
            return None
    return Draft(found.start(), end, "date", days=Days(year, month, day, last))


def _numeric(found: re.Match[str]) -> Draft | None:
    """ "26/01/2025" and "1/26/2025": the order of day and month where only one is possible, else both."""
    a, b, year = int(found["a"]), int(found["b"]), found["year"]
    if len(year) == 2 and found["mark"] != "/":
        return None
    full = int(year) if len(year) == 4 else 2000 + int(year) if int(year) < 50 else 1900 + int(year)
    readings = [(month, day) for month, day in ((b, a), (a, b)) if span(full, month, day)]
    if not readings:
        return None
    if len(readings) == 2 and a != b:
        spans = [span(full, month, day) for month, day in readings]
        draft = Draft(found.start(), found.end(), "date", days=Days(full, *readings[0]))
        draft.readings = _either([s.low for s in spans if s])
        draft.nominal = draft.readings.printed.low
        return draft
    return Draft(found.start(), found.end(), "date", days=Days(full, *readings[0]))


def _either(days: list[float]) -> Readings:
    values = Intervals.union(Interval(d, d) for d in days)
    return Readings(values, values, values)


def _second_day(page: Passage, start: int, end: int) -> Draft | None:
    """The 14 of "on January 6 and 14"."""
    before = page.last()
    if before is None or before.days is None or before.days.day is None or before.days.last or start - before.end > 6:
        return None
    if page.text[before.end : start].strip() not in ("and", "or", ", and", "&") or not 1 <= int(page.text[start:end]) <= 31:
        return None
    following = _PLURAL_NOUN.match(page.text, end)
    if page.text[end : end + 1] == " " and following and following["word"] not in _BARE_MONTH_BEFORE | {"when", "as"}:
        return None
    return Draft(start, end, "date", days=Days(before.days.year, before.days.month, int(page.text[start:end])))


def _year(page: Passage, start: int, end: int) -> Draft | None:
    text, year = page.text, int(page.text[start:end])
    if not 1000 <= year < 2200:
        return None
    before = page.words_before(start)
    cue = before[-1].lower().lstrip("(\"'“‘[") if before else ""
    if found := _YEARS.match(text, start):
        last = int(found["last"]) if len(found["last"]) == 4 else year // 100 * 100 + int(found["last"])
        if len(found["last"]) == 2 and last < year:
            last += 100
        if year < last <= year + 200 and not _counts(text, found.end()):
            return Draft(start, found.end(), "date", days=Days(year, last=Days(last)))
    after = text[end : end + 1]
    if after == "s" and not text[end + 1 : end + 2].isalnum() and year % 10 == 0:
        span_of = 99 if year % 100 == 0 and year < 2000 else 9
        return Draft(start, end + 1, "date", days=Days(year, last=Days(year + span_of)))
    if after.isalpha() or after in "%°" and after or _counts(text, end):
        return None
    fiscal = cue in ("fiscal", "fy", "financial") or text[end : end + 7] == " fiscal" or text[end : end + 10] == " financial"
    possessive = text[end : end + 2] in ("'s", "’s")
    modern = 1900 <= year < 2100
    linked = page.last()
    after_year = (
        linked is not None
        and linked.days is not None
        and text[linked.end : start].strip() in ("to", "and", "or", "-", "–", ",", ", and", "")
    )
    noun = _PLURAL_NOUN.match(text, end)
    plural = bool(noun) and noun is not None and (noun["word"].endswith("s") or noun["word"] in _people()) and not noun["word"].endswith("ss")
    plural = plural and noun is not None and noun["word"] not in _AFTER_YEAR_NO_NOUN
    if plural and cue not in _DETERMINERS and cue != "in" and not fiscal and not after_year:
        return None
    if cue in _YEAR_BEFORE or fiscal or after_year or possessive or _is_month(cue):
        if modern or cue not in ("the", "for", "than", "to", "and", "of", "by"):
            return Draft(start, end, "date", days=Days(year, fiscal=fiscal))
        return Draft(start, end, "date", days=Days(year)) if after_year else None
    if modern and cue not in _COUNTING:
        return Draft(start, end, "date", days=Days(year))
    return None


_COUNTING = frozenset(
    "about some nearly almost approximately roughly over than least most to up some exactly of number numbers no no. "
    "worth between made makes make reached hit only just".split()
)


def _is_month(cue: str) -> bool:
    return cue.rstrip(".,") in MONTHS


@functools.cache
def _people() -> frozenset[str]:
    return frozenset(data("nouns")["plurals"])


def _counts(text: str, end: int) -> bool:
    """Whether a unit stands here, so that the four digits before it are a number."""
    if text[end : end + 1] not in (" ", "-", "\u00a0", "%", "°", "m", "k", "f"):
        return False
    at = end + 1 if text[end : end + 1] in " -\u00a0" else end
    found = match(text, at)
    return bool(found) and not (found is not None and text[at : found[1]] in ("in", "a"))


# ---------------------------------------------------------------------- at a name
def at_month(page: Passage, start: int, end: int) -> Draft | None:
    """The date that starts with a month's name; a month alone where it can be nothing else."""
    text = page.text
    for pattern in (_MONTH_YEAR, _MONTH_DAY):
        if found := pattern.match(text, start):
            if pattern is _MONTH_YEAR:
                if _counts(text, found.end("year")) or clock.ZONE_NEXT.match(text, found.end("year")):
                    continue
                return Draft(start, found.end(), "date", days=Days(int(found["year"]), _month(found["month"])))
            if _counts_day(text, found):
                break
            return _draft(found, page)
    if found := _MONTH_TO_MONTH.match(text, start):
        year = _int(found["year"])
        first, last = _month(found["month"]), _month(found["other"])
        if first < last:
            return Draft(start, found.end(), "date", days=Days(year, first, last=Days(year, last)))
    if found := _WORD_DAY.match(text, start):
        return Draft(start, found.end(), "date", days=Days(None, _month(found["month"]), _DAY_WORDS[found["day"]]))
    name = text[start:end]
    if not name[:1].isupper():
        return None
    before = page.words_before(start)
    cue = before[-1].lower().lstrip("(\"'“‘[") if before else ""
    linked = page.last()
    if cue in _BARE_MONTH_BEFORE or cue.startswith("mid-") or (linked and linked.days and linked.days.month and not linked.days.day and text[linked.end : start].strip() in ("and", "to", "or", ",")):
        if name in ("May", "March", "Mar", "Jan", "Jun") and text[end : end + 2] not in ("'s", "’s") and re.match(r"\s+[A-Z][a-z]", text[end : end + 4]):
            return None
        return Draft(start, end, "date", days=Days(None, _month(name)))
    return None


def _counts_day(text: str, found: re.Match[str]) -> bool:
    """Whether what looks like a day has a unit, as in "In March 25 km"."""
    if found["year"] or found["last"]:
        return False
    at = found.end("day")
    if text[at : at + 1] in "%°" and at < len(text):
        return True
    return text[at : at + 1] == " " and _counts(text, at) and text[at + 1 : at + 2].islower()


def at_weekday(page: Passage, start: int, end: int) -> Draft | None:
    """A day of the week; a short form only beside a date."""
    text = page.text
    name = text[start:end].lower()
    if len(name) < 6:
        after = re.match(rf"[.,]*\s+(?:[0-9]|{MONTH})", text[end : end + 16])
        before = page.last()
        if not after and not (before and before.days and start - before.end <= 3):
            return None
    if text[start].islower() and not re.match(r",?\s+[0-9]", text[end : end + 4]):
        return None
    number = WEEKDAYS[name]
    return Draft(start, end, "weekday", nominal=float(number), readings=exact(float(number)))


# ---------------------------------------------------------------------- at an event
@functools.cache
def _event_names() -> dict[str, int]:
    return {name: index for index, event in enumerate(data("events")["event"]) for name in event["names"]}


def event_pattern() -> str:
    """A pattern for the names of all events."""
    return any_of(_event_names()).replace(r"[\s\u00a0\-\u2010\u2011]", r"\s")


def at_event(page: Passage, start: int, end: int) -> Draft | None:
    """A public event that dates itself, unless the words around say that another is meant."""
    text = page.text
    index = _event_names().get(re.sub(r"\s", " ", text[start:end]))
    if index is None:
        return None
    event = data("events")["event"][index]
    around = text[max(0, start - 40) : end + 60]
    if "near" in event and not any(re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", around) for cue in event["near"]):
        return None
    following = re.match(r"[\s\-]+([\w’']+)", text[end : end + 30])
    if following and following[1] in event.get("unless_next", ()):
        return None
    before = page.words_before(start)
    if before and before[-1] in event.get("unless_last", ()):
        return None
    return Draft(start, end, "event", days=Days(event=index))


def _month(name: str) -> int:
    return MONTHS[name.rstrip(".").lower()]


def _int(digits: str | None) -> int | None:
    return int(digits) if digits else None

