"""Figures of a text: every number with its unit, its hedge and the readings that its print can stand for.

`read` goes once over a document. A paragraph is scanned (lexer), neighbours are joined (joins), the words around are
read (hedges, nouns), and each draft becomes a Figure with its readings (readings, calendar).
"""

from __future__ import annotations

import bisect
import datetime
import re
from collections.abc import Collection

import attrs

from checker import units
from checker.figures import (
    calendar,
    changes,
    clock,
    glosses,
    hedges,
    joins,
    lexer,
    nouns,
    partners,
    quantities,
    readings,
    relative,
)
from checker.figures.draft import NUMBER, Draft, Passage
from checker.figures.notation import convention
from checker.figures.numerals import Numeral
from checker.figures.readings import ANYTHING, bounded
from checker.figures.unit import NEAR, Unit
from checker.interval import Intervals
from checker.model import Document, Figure, Readings, Span
from checker.notation import FLAWS, Flaw
from checker.units import Measure

__all__ = ["read"]

_ONE = Numeral(1)
_BROKEN = re.compile(r"\s\s+|[\n\r\t\v\f\x1c-\x1f\x85\u2028\u2029]")
"""White space that layout or markup makes; within a figure it counts as one space."""
_COUNT = Measure("dimensionless", units.NO_DIMENSION)
_SPEED = units.measure("meter / second").dimension
_MEASURES = {
    "date": Measure("day", units.DATE, 86400.0),
    "event": Measure("day", units.DATE, 86400.0),
    "relative": Measure("day", units.DATE, 86400.0),
    "weekday": Measure("dimensionless", units.WEEKDAY),
    "time": Measure("second", units.CLOCK),
}


def read(document: Document) -> tuple[Figure, ...]:
    """The figures of a document, in order; no two overlap, and each is a piece of the text.

    Any text is read: what cannot be a quantity is a figure of another kind ("date", "label"), and nothing raises.
    """
    text = document.text
    how = convention(text)
    sterling = "£" in text or "sterling" in text
    found: list[tuple[_Places, Draft, frozenset[int]]] = []
    told: frozenset[int] = frozenset()
    for span in document.paragraphs or (Span(0, len(text)),):
        flat, places = _flat(document.prose, span)
        page = Passage(flat, how.style, how.spaced, how.english, sterling, document.published is not None)
        drafts = _paragraph(page)
        before, told = told, frozenset(year for draft in drafts if draft.days for year in draft.days.years)
        near = before | told
        found.extend((places, draft, near) for draft in drafts)
    anchors = _anchors(document.published, [draft for _, draft, _ in found])
    return tuple(
        _figure(text, places, draft, anchor, years)
        for (places, draft, years), anchor in zip(found, anchors, strict=True)
    )


@attrs.frozen
class _Places:
    """Where the characters of a flattened paragraph stand in the document: `own[i]` where `flat[i]` and on stand."""

    flat: list[int]
    own: list[int]

    def of(self, at: int) -> int:
        """The place in the document of a place in the paragraph."""
        i = bisect.bisect_right(self.flat, at) - 1 if len(self.flat) > 1 else 0
        return self.own[i] + at - self.flat[i]

    def span(self, start: int, end: int) -> Span:
        """The span in the document of one in the paragraph."""
        if len(self.flat) == 1:
            first = self.own[0]
            return Span(first + start, first + end)
        return Span(self.of(start), self.of(end - 1) + 1)


def _flat(prose: str, span: Span) -> tuple[str, _Places]:
    """A paragraph with each run of white space as one space, and where its characters stand."""
    text = prose[span.start : span.end]
    if text.isprintable() and "  " not in text:  # of all white space only the plain space is
        return text, _Places([0], [span.start])
    parts: list[str] = []
    flat, own, at, length = [0], [span.start], 0, 0
    for gap in _BROKEN.finditer(text):
        parts += (text[at : gap.start()], " ")
        length += gap.start() - at + 1
        at = gap.end()
        flat.append(length)
        own.append(span.start + at)
    return "".join((*parts, text[at:])), _Places(flat, own)


def _paragraph(page: Passage) -> list[Draft]:
    """The figures of a paragraph, with what the words around them say."""
    page.drafts = joins.join(page, lexer.drafts(page))
    floor, previous = 0, None
    for at, draft in enumerate(page.drafts):
        draft.before = hedges.read(page, draft, floor, previous.noun if previous is not None else None)
        changes.read(page, draft, previous)
        glosses.take_over(page, draft, previous)
        if draft.unit is not None and draft.unit.instead:
            draft.unit = draft.unit.meant(page.text[max(0, draft.start - NEAR) : draft.end + NEAR])
        if draft.unit is not None and draft.unit.difference and changes.is_difference(page, draft, previous):
            draft.unit = draft.unit.differing()
        elif draft.kind == NUMBER:
            _count(page, draft, previous)
        elif draft.kind == "fraction" and draft.noun is None and draft.unit is None:
            draft.noun = nouns.share_of(page.text, draft.end)
        if draft.unit is not None:
            draft.also = draft.unit.others(page.text[max(0, draft.start - NEAR) : draft.end + NEAR])
        if (
            previous is not None
            and draft.noun is not None
            and previous.kind in ("count", "fraction")
            and previous.noun is None
        ):
            nouns.give_back(page, previous, draft)
            if previous.noun is None:
                nouns.give_hyphen(page, at)
        if draft.kind == "count" and draft.noun is not None and " per " in draft.noun:
            nouns.give_rate(page, at)
        floor, previous = max(draft.end, draft.phrase_end), draft
    changes.read_sides(page)
    return page.drafts


def _count(page: Passage, draft: Draft, previous: Draft | None) -> None:
    """Makes a number without a unit a count, of what the noun after it says or of what the level before it counted."""
    draft.kind = "count"
    if draft.noun is not None:
        return
    end = max(draft.end, draft.phrase_end)
    noun = nouns.joined(page.text, end) or nouns.read(page.text, end, single=draft.low == (_ONE,))
    if noun is not None:
        draft.noun = noun
        quantities.rate_of(page.text, draft, noun)
        return
    draft.unknown = nouns.unknown_unit(page.text, end)
    if previous is not None and previous.kind == "count" and partners.came_from(page, previous, draft):
        draft.noun = previous.noun


def _anchors(published: datetime.date | None, drafts: list[Draft]) -> list[datetime.date | None]:
    """For each figure the date that a date without its year is seen from.

    The date of publication; without it the nearest full date before in the text, else the first after.
    """
    if published is not None:
        return [published] * len(drafts)
    full = [_full_date(draft.days) if draft.days else None for draft in drafts]
    first = next((d for d in full if d is not None), None)
    if first is None:
        return full
    anchors: list[datetime.date | None] = []
    latest = first
    for own in full:
        latest = own or latest
        anchors.append(latest)
    return anchors


def _full_date(days: calendar.Days) -> datetime.date | None:
    if days.year is None or days.month is None or days.day is None:
        return None
    try:
        return datetime.date(days.year, days.month, days.day)
    except ValueError:
        return None


def _figure(text: str, places: _Places, draft: Draft, anchor: datetime.date | None, told: Collection[int]) -> Figure:
    nominal, values = _values(draft, anchor, told)
    flaw = "date" if values is ANYTHING and draft.days and calendar.is_none(draft.days) else draft.flaw
    unit = draft.unit
    measure = _MEASURES.get(draft.kind) or (unit.measure if unit is not None else _COUNT)
    own = phrase = places.span(draft.start, draft.end)
    if 0 <= draft.phrase_start < draft.start or draft.phrase_end > draft.end:
        first = draft.phrase_start if 0 <= draft.phrase_start < draft.start else draft.start
        phrase = places.span(first, max(draft.phrase_end, draft.end))
    return Figure(
        text=text[own.start : own.end],
        start=own.start,
        end=own.end,
        kind=draft.kind,
        nominal=nominal,
        readings=values,
        measure=measure,
        phrase=phrase,
        bound=draft.bound,
        change=draft.change,
        side=draft.side,
        mover=places.span(*draft.mover) if draft.mover else None,
        currency=unit.currency if unit is not None else None,
        noun=draft.noun,
        scale=draft.scale,
        flaw=flaw,
        reason=_reason(draft, flaw) if flaw or draft.unknown else None,
    )


def _reason(draft: Draft, flaw: Flaw | None) -> str | None:
    """Why nothing can be checked of a figure, where the reading alone says it."""
    if draft.unknown:
        return f"“{draft.unknown}” is no unit that is known"
    return FLAWS[flaw] if flaw else None


def _values(
    draft: Draft, anchor: datetime.date | None, told: Collection[int]
) -> tuple[float | tuple[float, float], Readings]:
    """The nominal value and the readings, in the unit of the figure."""
    if draft.kind == "label":
        return draft.nominal, ANYTHING
    if draft.kind == "score":
        both = Intervals.of(sum(draft.nominal) if isinstance(draft.nominal, tuple) else draft.nominal)
        return draft.nominal, Readings(both, both, both)
    if draft.readings is not None:
        own = draft.readings
        if draft.kind == "time":
            return draft.nominal, clock.hedged(own, draft.bound)
        if draft.kind in ("age", "fraction"):
            return draft.nominal, bounded(own.printed, own.plain, draft.bound)
        return draft.nominal, own
    if draft.days is not None:
        if draft.days.relative is not None and anchor is not None:
            return relative.resolve(*draft.days.relative, anchor)
        nominal, days = calendar.resolve(draft.days, anchor, told)
        return nominal, _around(days, draft)
    unit = draft.unit
    values = readings.of(
        draft.low,
        draft.high,
        bound=draft.bound,
        inclusive=unit is not None and unit.inclusive,
        signed=draft.change is not None or (unit is not None and unit.below_zero),
        fraction=draft.fraction,
        rounded="nearest" if draft.kind == "multiple" else "five" if _is_speed(unit) else None,
    )
    if unit is not None and draft.also:
        values = readings.also_in(values, [units.measure(n).factor / unit.measure.factor for n in draft.also])
    low = draft.low[0].value
    if draft.high:
        return (draft.nominal or (low, draft.high[0].value)), values
    return low, values


def _is_speed(unit: Unit | None) -> bool:
    return unit is not None and unit.measure.dimension == _SPEED


def _around(days: Readings, draft: Draft) -> Readings:
    """A date after "about": ten days either way for a day, its own length for a month or a year."""
    if draft.bound != "~" or days is ANYTHING:
        return days
    plain = days.plain
    margin = max(10.0, *(p.high - p.low for p in plain))
    loose = Intervals.union(type(p)(p.low - margin, p.high + margin) for p in plain)
    return Readings(days.printed, loose, plain)
