"""Figures of a text: every number with its unit, its hedge and the readings that its print can stand for.

`read` goes once over a document. A paragraph is scanned (lexer), neighbours are joined (joins), the words around are
read (hedges, nouns), and each draft becomes a Figure with its readings (readings, calendar).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from checker import units
from checker.figures import calendar, clock, hedges, joins, lexer, nouns
from checker.figures.draft import NUMBER, Draft, Passage
from checker.figures.numerals import Numeral, groups_by_space, style_of
from checker.figures.readings import ANYTHING, bounded, readings
from checker.interval import Intervals
from checker.model import Document, Figure, Readings, Span
from checker.units import Measure

__all__ = ["read"]

_ONE = Numeral(1)
_COUNT = Measure("dimensionless", units.NO_DIMENSION)
_MEASURES = {
    "date": Measure("day", units.DATE, 86400.0),
    "event": Measure("day", units.DATE, 86400.0),
    "weekday": Measure("dimensionless", units.WEEKDAY),
    "time": Measure("second", units.CLOCK),
}


def read(document: Document) -> tuple[Figure, ...]:
    """The figures of a document, in order; no two overlap, and each is a piece of the text.

    Any text is read: what cannot be a quantity is a figure of another kind ("date", "label"), and nothing raises.
    """
    text = document.text
    style, spaced = style_of(text), groups_by_space(text)
    sterling = "£" in text or "sterling" in text
    found: list[tuple[int, str, Draft]] = []
    for span in _prose(document):
        page = Passage(text[span.start : span.end], style, spaced, sterling)
        found.extend((span.start, page.text, draft) for draft in _paragraph(page))
    anchors = _anchors(document.published, [draft for _, _, draft in found])
    return tuple(
        _figure(text, offset, draft, anchor) for (offset, _, draft), anchor in zip(found, anchors, strict=True)
    )


def _prose(document: Document) -> Iterator[Span]:
    """The paragraphs, without the spans in them that hold no prose."""
    paragraphs = document.paragraphs or ((Span(0, len(document.text)),) if document.text else ())
    masked = tuple(getattr(document, "masked", ()))
    if not masked:
        yield from paragraphs
        return
    masks = iter(sorted(masked))
    mask = next(masks, None)
    for paragraph in paragraphs:
        start = paragraph.start
        while mask is not None and mask.start < paragraph.end:
            if mask.end <= start:
                mask = next(masks, None)
                continue
            if mask.start > start:
                yield Span(start, mask.start)
            start = max(start, mask.end)
            if mask.end > paragraph.end:
                break
            mask = next(masks, None)
        if start < paragraph.end:
            yield Span(start, paragraph.end)


def _paragraph(page: Passage) -> list[Draft]:
    drafts = joins.join(page, lexer.drafts(page))
    page.drafts = drafts
    floor = 0
    previous: Draft | None = None
    for draft in drafts:
        hedges.read(page, draft, floor)
        if draft.unit is not None and draft.unit.difference and _is_difference(page, draft, previous):
            draft.unit = draft.unit.differing()
        elif draft.kind == NUMBER:
            _count(page, draft)
        floor = max(draft.end, draft.phrase_end)
        previous = draft
    return drafts


def _is_difference(page: Passage, draft: Draft, previous: Draft | None) -> bool:
    """A temperature in brackets after another is of the same kind."""
    if previous is not None and previous.unit is not None and page.text[previous.end : draft.start].strip() == "(":
        if previous.unit.name.startswith("delta_"):
            return True
        if previous.unit.difference:
            return False
    return hedges.is_difference(page, draft)


def _count(page: Passage, draft: Draft) -> None:
    draft.kind = "count"
    end = max(draft.end, draft.phrase_end)
    noun = nouns.read(page.text, end)
    if noun is not None:
        one = len(draft.low) == 1 and draft.low[0] == _ONE
        draft.noun = noun.split()[0] if one else noun


def _anchors(published: datetime.date | None, drafts: list[Draft]) -> list[datetime.date | None]:
    """For each figure the date that a date without its year is seen from.

    The date of publication; without it the nearest full date before in the text, else the first after.
    """
    if published is not None:
        return [published] * len(drafts)
    full = [_full_date(draft) for draft in drafts]
    first = next((d for d in full if d is not None), None)
    anchors: list[datetime.date | None] = []
    latest = first
    for own in full:
        latest = own or latest
        anchors.append(latest)
    return anchors


def _full_date(draft: Draft) -> datetime.date | None:
    days = draft.days
    if days is None or days.year is None or days.month is None or days.day is None:
        return None
    try:
        return datetime.date(days.year, days.month, days.day)
    except ValueError:
        return None


def _figure(text: str, offset: int, draft: Draft, anchor: datetime.date | None) -> Figure:
    nominal, values = _values(draft, anchor)
    unit = draft.unit
    measure = _MEASURES.get(draft.kind) or (unit.measure if unit is not None else _COUNT)
    start, end = offset + draft.start, offset + draft.end
    phrase_start = draft.phrase_start if 0 <= draft.phrase_start < draft.start else draft.start
    return Figure(
        text=text[start:end],
        start=start,
        end=end,
        kind=draft.kind,
        nominal=nominal,
        readings=values,
        measure=measure,
        phrase=Span(offset + phrase_start, max(end, offset + draft.phrase_end)),
        bound=draft.bound,
        change=draft.change,
        currency=unit.currency if unit is not None else None,
        noun=draft.noun,
        scale=draft.scale,
    )


def _values(draft: Draft, anchor: datetime.date | None) -> tuple[float | tuple[float, float], Readings]:
    """The nominal value and the readings, in the unit of the figure."""
    if draft.kind in ("label", "score"):
        return draft.nominal, ANYTHING
    if draft.readings is not None:
        own = draft.readings
        if draft.kind == "time":
            return draft.nominal, clock.hedged(draft, draft.bound)
        if draft.kind in ("age", "fraction"):
            return draft.nominal, bounded(own.printed, own.plain, draft.bound)
        return draft.nominal, own
    if draft.days is not None:
        nominal, days = calendar.resolve(draft.days, anchor)
        return nominal, _around(days, draft)
    unit = draft.unit
    values = readings(
        draft.low,
        draft.high,
        bound=draft.bound,
        inclusive=unit is not None and unit.inclusive,
        signed=draft.change is not None or (unit is not None and unit.below_zero),
        fraction=draft.fraction,
    )
    low = draft.low[0].value
    if draft.high:
        return (draft.nominal or (low, draft.high[0].value)), values
    return low, values


def _around(days: Readings, draft: Draft) -> Readings:
    """A date after "about": ten days either way for a day, its own length for a month or a year."""
    if draft.bound != "~" or days is ANYTHING:
        return days
    plain = days.plain
    margin = max(10.0, max(p.high - p.low for p in plain))
    loose = Intervals.union(type(p)(p.low - margin, p.high + margin) for p in plain)
    return Readings(days.printed, loose, plain)
