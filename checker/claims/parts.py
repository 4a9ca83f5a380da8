"""Roles that hold many figures: the items of a list, each with one figure.

A list with an item that gives no figure is not taken for a whole: "a striker for $30 million, a keeper and a defender
for $12 million" leaves the keeper's price open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.claims.fits import admits, alike, strength
from checker.claims.passage import Place
from checker.model import Figure
from checker.rulebook.schema import Frame, Role, Topic

_SEPARATOR = re.compile(r"[,;]\s+(?:and|plus)\b|[,;](?=\s)|\b(?:and|plus)\b", re.IGNORECASE)
_ASIDE = re.compile(r"[,;]\s[^,;]*\b(?:said|says|according|reported|announced|showed|shows)\b")
_FEWEST = 2


def listed(topic: Topic, frame: Frame, role: Role, place: Place, text: str) -> Iterator[tuple[Figure, ...]]:
    """Each list of two or more figures that fills the role, whole.

    It is cued at its first figure or, for a role without cues, goes on as long as it can.
    """
    figures = [f for f in place.figures if admits(role, f)]
    at = 0
    while at < len(figures):
        if role.cue != "none" and not strength(topic, role, figures[at], text, place.span):
            at += 1
            continue
        run = _run(topic, frame, role, figures[at:], text, place)
        if len(run) >= _FEWEST and _closed(run[-1], figures[at + len(run) :], text, place):
            yield tuple(run)
        at += len(run)


def _run(topic: Topic, frame: Frame, role: Role, figures: list[Figure], text: str, place: Place) -> list[Figure]:
    run = figures[:1]
    for figure in figures[1:]:
        gap = text[run[-1].phrase.end : figure.phrase.start]
        if len(_SEPARATOR.findall(gap)) != 1 or not alike(role, figure, run[0]):
            break
        if any(strength(topic, other, figure, text, place.span) for other in frame.roles.values() if other != role):
            break
        run.append(figure)
    return run


def _closed(last: Figure, rest: list[Figure], text: str, place: Place) -> bool:
    """Whether nothing after the last figure is one more item, without a figure of its own."""
    end = min((f.phrase.start for f in rest), default=place.span.end)
    tail = _ASIDE.sub("", text[last.phrase.end : end])
    return len(_SEPARATOR.findall(tail)) <= (1 if rest else 0)
