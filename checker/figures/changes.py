"""What the words around a figure say of movement: up or down, and a temperature that is a difference of two."""

from __future__ import annotations

import re

from checker.figures.contexts import change_words
from checker.figures.draft import Draft, Passage
from checker.figures.patterns import data, listed
from checker.model import Direction

_CAN_CHANGE = frozenset("number count quantity duration money percent points multiple fraction".split())
_BY = frozenset("percent points quantity money count number".split())
_REACH, _REACH_OF_BY = 7, 9
_CLOSED = re.compile(r"[.,;:!?)\]”—–]$")
_NEXT = re.compile(r"[\s\-](?P<a>[A-Za-z]+)(?:\s(?P<b>[A-Za-z]+))?")
_QUOTES = "\"“‘'"


def read(page: Passage, draft: Draft, before: list[str]) -> None:
    """Sets the direction that the words before, or after, say; `before` are those ahead of its hedges."""
    if draft.change is None and draft.kind in _CAN_CHANGE:
        draft.change = _before(draft, before[-_REACH:], before) or _after(page, draft)


def _before(draft: Draft, near: list[str], before: list[str]) -> Direction | None:
    """The nearest word of change, with nothing between it and the figure but small words."""
    for back, word in enumerate(reversed(near)):
        bare = word.strip(_QUOTES)
        if bare in change_words():
            between = near[len(near) - back :]
            earlier = near[-back - 2] if len(near) >= back + 2 else ""
            return _direction(bare) if _changes(draft, bare, earlier, between) else None
        if bare == "by" and draft.kind in _BY:
            return _before_by(before[: len(before) - back - 1])
        if bare not in listed("hedges", "change", "between") and not bare.endswith("ly"):
            return None
    return None


def _changes(draft: Draft, word: str, earlier: str, between: list[str]) -> bool:
    """Whether a word of change speaks of this figure: not "rose to", "picked up", nor a loss of money."""
    if "to" in between:
        return False
    if word in ("up", "down"):
        return earlier not in listed("hedges", "change", "phrasal") and (
            not between or between[0] in listed("hedges", "change", "after_adverb")
        )
    losing = word in listed("hedges", "change", "losing") and draft.kind in ("money", "quantity", "duration")
    return not losing or bool(between and between[-1] == "by")


def _before_by(before: list[str]) -> Direction | None:
    """The word of change to which a "by" belongs: the nearest in its clause."""
    for word in reversed(before[-_REACH_OF_BY:]):
        if word in change_words():
            return _direction(word)
        if _CLOSED.search(word):
            return None
    return None


def _direction(word: str) -> Direction:
    return "up" if word in listed("hedges", "change", "up") else "down"


def _after(page: Passage, draft: Draft) -> Direction | None:
    """A comparative, or a noun of change, after the figure ("5% higher", "27 fewer than", "a 5% drop")."""
    found = _NEXT.match(page.text, max(draft.end, draft.phrase_end))
    if not found:
        return None
    first, second = found["a"].lower(), (found["b"] or "").lower()
    share = draft.kind in ("percent", "points")
    if share or second in listed("hedges", "change", "from_or_than"):
        if first in listed("hedges", "change", "up_after"):
            return "up"
        if first in listed("hedges", "change", "down_after"):
            return "down"
    if not share and draft.kind not in ("money", "quantity"):
        return None
    reach = (first, second) if share and first not in listed("hedges", "change", "noun_not_after") else (first,)
    for word in reach:
        if word in listed("hedges", "change", "up_nouns"):
            return "up"
        if word in listed("hedges", "change", "down_nouns"):
            return "down"
    return None


# ---------------------------------------------------------------------- temperature differences
def _is_below_zero(draft: Draft) -> bool:
    """Whether it is what no temperature can be: kelvins below zero."""
    return draft.unit is not None and draft.unit.name == "kelvin" and draft.low[0].mantissa < 0


_ALONG = re.compile(r"(?:\s?\([^()]{1,40}\))?[\s\-](?P<a>[a-z]+)(?:\s(?P<b>[a-z]+))?")


def is_difference(page: Passage, draft: Draft, previous: Draft | None) -> bool:
    """Whether a temperature is the difference of two: "5C warmer", "a rise of 20C", and the same again in brackets."""
    if previous is not None and previous.unit is not None and page.text[previous.end : draft.start].strip() == "(":
        if previous.unit.name.startswith("delta_"):
            return True
        if previous.unit.difference:
            return False
    if draft.change is not None or _is_below_zero(draft):
        return True
    found = _ALONG.match(page.text, max(draft.end, draft.phrase_end))
    after = listed("hedges", "difference", "after")
    if found and (found["a"] in after or f"{found['a']} {found['b']}" in after):
        return found["b"] not in listed("hedges", "difference", "blocked_by")
    start = draft.phrase_start if draft.phrase_start >= 0 else draft.start
    left = " " + " ".join(page.text[max(0, start - 40) : start].lower().split())
    return any(left.endswith(f" {phrase}") for phrase in data("hedges")["difference"]["before"])
