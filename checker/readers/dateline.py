"""The date of publication that a text itself gives: a dateline, a label, a byline or a line of its own."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence

from checker.model import Span

_FIRST, _LAST = 5, 2
"""A dateline is looked for in so many paragraphs of the beginning and the end."""

_LONGEST_LEAD = 200
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_FULL_DATE = (
    rf"(?:{_WEEKDAY}\.?,?\s+)?(?:"
    rf"(?P<month_first>{_MONTH})\s+{_DAY.format('day_second')},?\s+(?P<year_a>\d{{4}})"
    rf"|{_DAY.format('day_first')}\s+(?P<month_second>{_MONTH}),?\s+(?P<year_b>\d{{4}})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?"
    r")(?!\d)"
)
_CITY = r"[A-Z][A-Z.'’-]*(?:[ -][A-Z][A-Z.'’-]*){0,3}"
_REGION = r"(?:,\s+[A-Z][\w.'’-]*(?:\s+(?:of\s+)?[A-Z][\w.'’-]*){0,3})?"
_PLACE = rf"(?!\w+day\b)(?:{_CITY}{_REGION}|[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){{0,3}}{_REGION})"
_AGENCY = r"(?:\s*\([A-Z][\w .]{0,30}\))?"
_HOUR = r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*[A-Z]{2,4})?)?"
_LABEL = r"(?:first\s+)?(?:published|posted|issued|date|dated|publication date|date of publication)"
_NAME = r"[A-Z][\w.'’-]*(?:\s+(?:and\s+)?[\w.'’-]+){0,5}"

_YEAR = re.compile(r"\d\d\d\d")  # no \d{4}: `re` skips to a set of characters, not to a repetition
_LEAD = re.compile(rf"{_CITY}{_REGION}{_AGENCY},?\s+{_FULL_DATE}\s*{_AGENCY}\s*(?:[—–:]|-{{1,2}}(?=\s)|\Z)")
_LABELLED = re.compile(rf"(?i:{_LABEL})(?::|\s+on)?\s+{_FULL_DATE}{_HOUR}[.]?\Z")
_BYLINE = re.compile(rf"(?i:by)\s+{_NAME}\s*[,|·—–-]\s*{_FULL_DATE}{_HOUR}[.]?\Z")
_PLACED = re.compile(rf"{_PLACE}{_AGENCY},\s+{_FULL_DATE}[.]?\Z")
_BARE = re.compile(rf"{_FULL_DATE}{_HOUR}[.]?\Z")


def date_of_publication(prose: str, spans: Sequence[Span]) -> tuple[datetime.date | None, Span | None]:
    """The date that the first or last lines of a text give as its own, and the paragraph if it is all that it says.

    A line that is nothing but a date counts only when no other is: several make a chronicle.
    """
    if not _YEAR.search(prose):
        return None, None
    edge = spans if len(spans) <= _FIRST + _LAST else (*spans[:_FIRST], *spans[-_LAST:])
    for span in edge:
        lead = prose[span.start : min(span.end, span.start + _LONGEST_LEAD)].strip()
        if not _YEAR.search(lead):
            continue
        for pattern in (_LEAD, _LABELLED, _BYLINE, _PLACED):
            found = pattern.match(lead)
            if found and (date := _date(found)):
                return date, span if found.end() == len(lead) else None
    bare = list(_bare_dates(prose, spans))
    if len(bare) == 1 and bare[0][1] in edge:
        return bare[0]
    return None, None


def full_date(text: str) -> datetime.date | None:
    """The date, if the text is one with day, month and year, and nothing else."""
    found = _BARE.match(text.strip())
    return _date(found) if found else None


def _bare_dates(prose: str, spans: Iterable[Span]) -> Iterable[tuple[datetime.date, Span]]:
    for span in spans:
        if span.end - span.start < _LONGEST_LEAD and (date := full_date(prose[span.start : span.end])):
            yield date, span


def _date(found: re.Match[str]) -> datetime.date | None:
    """The date of a match, None if the calendar does not have it or it fell on another weekday."""
    try:
        if iso := found["iso"]:
            date = datetime.date.fromisoformat(iso)
        else:
            month = (found["month_first"] or found["month_second"])[:3].lower()
            day = found["day_first"] or found["day_second"]
            date = datetime.date(int(found["year_a"] or found["year_b"]), _MONTHS.index(month) + 1, int(day))
    except ValueError:
        return None
    weekday = found["weekday"]
    if weekday and _WEEKDAYS.index(weekday[:3].lower()) != date.weekday():
        return None
    return date
