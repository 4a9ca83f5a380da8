"""What several articles tell of one event, side by side: the records that comparing makes and reports show."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import attrs

from checker.model import Document, Figure

COMPARISON_VERSION = 1
"""The form of a comparison's dict; it rises when a key goes or changes its meaning."""

Days = tuple[int, int]
"""The first and the last day that something may have been on, as `datetime.date.toordinal` counts."""


@attrs.frozen
class Told:
    """One figure of an event, with who reported it: a voice that the article names, else the article itself."""

    role: str
    figure: Figure
    document: Document
    voice: str | None = None

    @property
    def source(self) -> tuple[str, str | None]:
        """The article and the voice in it."""
        return (self.document.name, self.voice)

    @property
    def who(self) -> str:
        """Who reported it, in words."""
        return f"{self.voice}, in {self.document.name}" if self.voice else self.document.name

    def differs(self, other: Told) -> bool:
        """Whether no number can be meant by both, however it was rounded."""
        return not self.figure.base("widest").meets(other.figure.base("widest"))


@attrs.frozen
class Difference:
    """Two figures of one event, from two sources, that no rounding brings together."""

    one: Told
    other: Told


@attrs.frozen
class Event:
    """One event that several articles tell of: its class, its days where they are told, and every figure told of it.

    `unclear` are roles of which one source tells two figures that cannot be one: it may tell of several such events,
    and they are not compared.
    """

    frame: str
    thing: str
    days: Days | None
    told: tuple[Told, ...]
    unclear: tuple[str, ...] = ()

    @property
    def articles(self) -> tuple[str, ...]:
        """The names of the articles, in their order."""
        return tuple(dict.fromkeys(t.document.name for t in self.told))

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that have figures, in the order in which they were told."""
        return tuple(dict.fromkeys(t.role for t in self.told))

    def of(self, role: str) -> tuple[Told, ...]:
        """What was told in one role."""
        return tuple(t for t in self.told if t.role == role)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Every two figures in one role that two sources tell and that cannot be one."""
        found = []
        for role in self.roles:
            if role in self.unclear:
                continue
            told = self.of(role)
            pairs = ((a, b) for i, a in enumerate(told) for b in told[i + 1 :])
            found += [Difference(a, b) for a, b in pairs if a.source != b.source and a.differs(b)]
        return tuple(found)

    def to_dict(self) -> dict[str, Any]:
        """The event as JSON has it; differences name figures by their index."""
        place = {id(t): i for i, t in enumerate(self.told)}
        return {
            "frame": self.frame,
            "class": self.thing,
            "days": [datetime.date.fromordinal(day).isoformat() for day in self.days] if self.days else None,
            "figures": [
                {"role": t.role, "article": t.document.name, "voice": t.voice, **t.figure.to_dict()} for t in self.told
            ],
            "unclear": list(self.unclear),
            "differences": [[place[id(d.one)], place[id(d.other)]] for d in self.differences],
        }


@attrs.frozen
class Comparison:
    """The events that at least two of some articles share; `alone` counts those that one article alone tells of."""

    articles: tuple[str, ...]
    events: tuple[Event, ...]
    alone: int = 0

    def to_dict(self, unreadable: Sequence[dict[str, str]] = ()) -> dict[str, Any]:
        """The comparison as JSON has it: strings, finite numbers, lists and dicts only."""
        return {
            "version": COMPARISON_VERSION,
            "articles": list(self.articles),
            "events": [event.to_dict() for event in self.events],
            "alone": self.alone,
            "unreadable": list(unreadable),
        }
