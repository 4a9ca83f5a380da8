"""Roles that hold many figures: the items of a list, each with one figure.

A list with an item that gives no figure is not taken for a whole: "a striker for $30 million, a keeper and a defender
for $12 million" leaves the keeper's price open.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from checker.claims.fits import admits, alike, strength
from checker.claims.passage import Place
from checker.model import Figure
from checker.rulebook.schema import Frame, Role, Topic

_SEPARATOR = re.compile(r"[,;]\s+(?:and|plus)\b|[,;](?=\s)|\b(?:and|plus)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_OTHER_MATTER = re.compile(r"\b(?:with|plus|excluding|before|after|as well as|on top of|while)\b", re.IGNORECASE)
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
        run = _run(topic, frame, role, itertools.islice(figures, at, None), text, place)
        at = figures.index(run[-1], at) + 1
        following = next((f for f in figures[at : at + 1]), None)
        if len(run) >= _FEWEST and _closed(run[-1], following, text, place):
            yield tuple(run)


def runs(topic: Topic, frame: Frame, role: Role, place: Place, text: str) -> Iterator[tuple[tuple[Figure, ...], bool]]:
    """Each longest list of figures of a role without cues, and whether it is whole; a single figure is a list too."""
    figures = [f for f in place.figures if admits(role, f)]
    at = 0
    while at < len(figures):
        run = _run(topic, frame, role, itertools.islice(figures, at, None), text, place)
        at = figures.index(run[-1], at) + 1
        yield tuple(run), _closed(run[-1], next(iter(figures[at : at + 1]), None), text, place)


def _run(topic: Topic, frame: Frame, role: Role, figures: Iterator[Figure], text: str, place: Place) -> list[Figure]:
    """The figures from the first on, one to an item; what is unlike the first belongs to the words of an item."""
    run = [next(figures)]
    others = [other for other in frame.roles.values() if other != role]
    for figure in figures:
        gap = text[run[-1].phrase.end : figure.phrase.start]
        separators = len(_SEPARATOR.findall(gap))
        if separators > 1 or any(strength(topic, other, figure, text, place.span) for other in others):
            break
        if alike(role, figure, run[0]):
            if separators == 0 or not _is_item(gap):
                break
            run.append(figure)
    return run


def _is_item(gap: str) -> bool:
    """Whether an item says what its figure is of: "4.2 MW and 5 MW turbines" tells sizes, not parts."""
    return _WORD.search(_SEPARATOR.sub(" ", gap)) is not None and not _OTHER_MATTER.search(gap)


def _closed(last: Figure, following: Figure | None, text: str, place: Place) -> bool:
    """Whether nothing after the last figure is one more item, without a figure of its own."""
    end = following.phrase.start if following else place.span.end
    tail = _ASIDE.sub("", text[last.phrase.end : end])
    return len(_SEPARATOR.findall(tail)) <= (1 if following else 0)
