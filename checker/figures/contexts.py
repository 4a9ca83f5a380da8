"""The words before a figure as its neighbours and its hedges ask for them."""

from __future__ import annotations

import functools

from checker.figures.draft import OPENING, Draft, Passage
from checker.figures.patterns import data, forms, listed


@functools.cache
def hedges() -> frozenset[str]:
    """All hedges and bounds of one word."""
    return frozenset(p for phrases in data("hedges")["before"].values() for p in phrases if " " not in p)


@functools.cache
def change_words() -> frozenset[str]:
    """All words of change before a figure, up and down."""
    return rises() | falls()


@functools.cache
def rises() -> frozenset[str]:
    """All words of change up."""
    return forms("changes", "before", "up") | listed("changes", "before", "adverbs", "up")


@functools.cache
def falls() -> frozenset[str]:
    """All words of change down."""
    return forms("changes", "before", "down") | listed("changes", "before", "adverbs", "down")


def leading(page: Passage, draft: Draft) -> list[str]:
    """The words before a figure in lower case, without the hedges that belong to it."""
    found = [w.lower().strip(OPENING) for w in page.words_before(draft.start)]
    while found and (found[-1] in hedges() or found[-2:] == ["up", "to"]):
        del found[-2 if found[-1] == "to" else -1 :]
    return found


def goes(page: Passage, a: Draft, b: Draft) -> bool:
    """Whether "A to B" goes from one level to another, or is a change and the level that it led to."""
    before = leading(page, a)
    if not before:
        return False
    last = before[-1]
    if last == "from":
        for word in reversed(before[-4:-1]):
            if word in change_words():
                return True
            if word in listed("changes", "ranging", "words"):
                return False
        return True
    changed = last in change_words() or (last == "by" and not change_words().isdisjoint(before[-5:]))
    if not changed:
        return False
    first, second = abs(a.low[0].value), abs(b.low[0].value)
    if a.unit is not None:
        return b.unit is None or last != "by" or second >= 3 * first
    return second >= 8 * first and not (b.scale and not a.scale)
