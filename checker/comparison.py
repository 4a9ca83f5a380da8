"""Articles compared: the events that several of them tell of, each figure with who reported it. No side is taken.

Two claims are of one event when their frame is one that is told over sentences, their classes are of one line, and
their days can be one day. What could be of several events is left out.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence

import attrs

from checker import claims, figures
from checker.claims.voices import EARLIER
from checker.events import Comparison, Days, Event, Told
from checker.figures.calendar import MONTHS
from checker.model import Claim, Document, Figure
from checker.rulebook.schema import Rulebook, Topic
from checker.vocabulary import using

_DAYS_IN_WEEK = 7
_FRESH = 3
"""What an article tells of without a date was at most so many days before it was published."""


def compare(documents: Sequence[Document], rules: Rulebook) -> Comparison:
    """The events that at least two of the articles share."""
    groups: list[_Event] = []
    for document in documents:
        mine: list[_Event] = []
        for event in _events(document, rules):
            _add(mine, event)
        for event in mine:
            _add(groups, event)
    shared = [group.event() for group in groups if len({t.document.name for t in group.told}) > 1]
    names = tuple(document.name for document in documents)
    return Comparison(names, tuple(shared), len(groups) - len(shared))


@attrs.frozen
class _Event:
    topic: Topic
    frame: str
    thing: str
    days: Days | None
    told: tuple[Told, ...]

    def is_maybe(self, other: _Event) -> bool:
        """Whether two tellings can be of one event."""
        line = self.thing in self.topic.ancestry(other.thing) or other.thing in self.topic.ancestry(self.thing)
        if self.frame != other.frame or not line:
            return False
        return self.days is None or other.days is None or _meet(self.days, other.days)

    def with_(self, other: _Event) -> _Event:
        """Both tellings as one, of the more particular class and of the days that both have."""
        thing = other.thing if self.thing in self.topic.ancestry(other.thing) else self.thing
        days = self.days or other.days
        if self.days and other.days:
            days = (max(self.days[0], other.days[0]), min(self.days[1], other.days[1]))
        return _Event(self.topic, self.frame, thing, days, (*self.told, *other.told))

    def event(self) -> Event:
        return Event(self.frame, self.thing, self.days, self.told, tuple(_unclear(self.told)))


def _add(groups: list[_Event], event: _Event) -> None:
    """Put an event with the one that it is; by itself where it is none of them, or may be several."""
    same = [i for i, group in enumerate(groups) if group.is_maybe(event)]
    if len(same) == 1:
        groups[same[0]] = groups[same[0]].with_(event)
    else:
        groups.append(event)


def _unclear(told: Sequence[Told]) -> Iterable[str]:
    """Roles in which one source tells two figures that cannot be one."""
    for role in dict.fromkeys(t.role for t in told):
        own = [t for t in told if t.role == role]
        if any(a.source == b.source and a.differs(b) for i, a in enumerate(own) for b in own[i + 1 :]):
            yield role


# ---------------------------------------------------------------------- what one article tells
def _events(document: Document, rules: Rulebook) -> Iterable[_Event]:
    with using(rules.vocabulary):
        found = figures.read(document)
        bound = claims.bind(document, found, rules)
    for claim in bound:
        topic_id, _, name = claim.frame.rpartition(".")
        topic = rules.topics[topic_id]
        frame = topic.frames[name]
        thing = topic.shared(binding.thing for binding in claim.bindings)
        if not frame.same or frame.thing is None or thing in (None, frame.thing):
            continue
        assert thing is not None
        told = tuple(Told(role, figure, document, claim.voice) for role, figure in _settled(claim))
        days = _days(document, found, claim)
        if told and (days is not None or not _is_of_old(document, claim)):
            yield _Event(topic, claim.frame, thing, days or _lately(document), told)


def _settled(claim: Claim) -> Iterable[tuple[str, Figure]]:
    """The roles that hold the same figure in every reading."""
    first = claim.bindings[0].roles
    for role, held in first.items():
        if len(held) == 1 and all(b.roles.get(role) == held for b in claim.bindings):
            yield role, held[0]


def _days(document: Document, found: Sequence[Figure], claim: Claim) -> Days | None:
    """The days that a claim is told to be of: in its sentences, else before them in the paragraph."""
    paragraph = next((p for p in document.paragraphs if p.covers(claim.span)), claim.span)
    near = [f for f in found if f.kind in _DATING and paragraph.covers(f.span)]
    own = [f for f in near if claim.span.covers(f.span)]
    before = [f for f in near if f.end <= claim.span.start]
    at = claim.figures[0].start
    told = sorted(own, key=lambda f: (f.start > at, abs(f.start - at))) or before[::-1]
    return next((d for f in told if (d := _days_of(f, document.published)) is not None), None)


def _lately(document: Document) -> Days | None:
    """The days before a publication of which articles tell without a date."""
    day = document.published.toordinal() if document.published else None
    return (day - _FRESH, day) if day is not None else None


_WORD = re.compile(r"[^\W\d_]+|\d{4}")


def _is_of_old(document: Document, claim: Claim) -> bool:
    """Whether a claim without a day of its own tells of another time: by a month, a year, or a word for earlier."""
    words = _WORD.findall(document.prose[claim.span.start : claim.span.end])
    return any(w.isdigit() or w.lower() in EARLIER or (w[0].isupper() and w.lower() in MONTHS) for w in words)


_DATING = frozenset({"date", "relative", "event", "weekday"})


def _days_of(figure: Figure, published: datetime.date | None) -> Days | None:
    if figure.kind == "weekday":
        if published is None:
            return None
        day = published.toordinal() - (published.weekday() - round(figure.low)) % _DAYS_IN_WEEK
        return (day, day)
    if len(figure.readings.widest.parts) > 1 or not 1 <= figure.low <= figure.high <= datetime.date.max.toordinal():
        return None
    return (round(figure.low), round(figure.high))


def _meet(a: Days, b: Days) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]
