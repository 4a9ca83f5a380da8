"""What the words around a figure say of its value: loose ("about"), at least ("more than"), at most ("up to")."""

from __future__ import annotations

import functools
import re

from checker.figures.contexts import rises
from checker.figures.currencies import SIGNS
from checker.figures.draft import Draft, Passage
from checker.figures.patterns import any_of, data, listed
from checker.figures.unit import Unit
from checker.model import Bound

_WINDOW = 80
_MOST_WORDS = 6
_BRACKETS = frozenset('([{“"‘—–;:')
_APART = str.maketrans({c: f" {c} " for c in _BRACKETS})
_BRACKET = re.compile(rf"[{re.escape(''.join(sorted(_BRACKETS)))}]")
_STRIP = "(“\"‘'["
_UNLESS_GOING_ON = frozenset(
    (
        "plus",
        "at least",
        "at most",
        "minimum",
        "maximum",
        "min",
        "max",
        "plus or minus",
        "odd",
        "ish",
        "tops",
        "approximately",
        "approx",
        "approx.",
        "at the least",
        "at the very least",
        "at a minimum",
        "at a maximum",
    )
)
"""After a figure these belong to it only where nothing follows that they would belong to."""

_YEAR_OF_AGE = Unit("year", "age")
_CALENDAR = frozenset(("date", "event", "relative", "time"))
_HYPHEN = re.compile("[-‐‑]")
_SIDES = frozenset(("over", "under", "above", "below", "more", "less", "shy", "short"))
_WITH_ARTICLE = frozenset(("fraction", "multiple"))
"""Their hedges stand before their article ("more than a third")."""
_EXACT = frozenset(("weekday", "label", "score", "ordinal"))


@functools.cache
def _before() -> dict[str, dict[str, tuple[tuple[list[str], Bound], ...]]]:
    """Phrases by their last word and the one before it, the longest first; nothing before it where it is alone."""
    found: dict[str, dict[str, list[tuple[list[str], Bound]]]] = {}
    for bound, phrases in data("hedges")["before"].items():
        for phrase in phrases:
            *first, last = phrase.split()
            found.setdefault(last, {}).setdefault(first[-1] if first else "", []).append(([*first, last], bound))
    return {
        last: {word: tuple(sorted(entries, key=lambda e: -len(e[0]))) for word, entries in by_word.items()}
        for last, by_word in found.items()
    }


@functools.cache
def _bounds_after() -> dict[str, Bound]:
    return {phrase: bound for bound, phrases in data("hedges")["after"].items() for phrase in phrases}


@functools.cache
def _after() -> re.Pattern[str]:
    spelled = (f" {p}" if p[0].isalpha() else p for p in _bounds_after())
    return re.compile(rf"(?P<phrase>{any_of(spelled)})(?!\w)")


def read(page: Passage, draft: Draft, floor: int, counted: str | None = None) -> list[str]:
    """Sets bound and phrase of a draft; gives the words before the phrase, in lower case, back to the floor.

    `counted` is what the figure before counts, if it stands at the floor.
    """
    window = page.text[max(floor, draft.start - _WINDOW) : draft.start]
    lower = window.lower()
    before = (lower.translate(_APART) if _BRACKET.search(lower) else lower).split()  # the search is cheaper by far
    if window[-1:] == "(":
        before = []
    elif window[-1:] in _BRACKETS and before:
        before.pop()
    article = draft.kind in _WITH_ARTICLE and before[-1:] in (["a"], ["an"], ["one"])
    if article and len(before) > 1 and _hedge(before[:-1]):
        before.pop()
    else:
        article = False
    settled = draft.bound != "=" or draft.kind in _EXACT or (floor > 0 and _is_across(before, counted))
    taken = 0 if settled else _take(draft, before)
    if draft.unit is not None and draft.bound == "=" and window[-4:].lower() == "sub-":
        draft.bound, draft.phrase_start = "<", draft.start - 4
    if taken:
        draft.phrase_start = _back(page.text, draft.start, taken + article)
    _read_after(page, draft)
    return before[: len(before) - taken] if taken else before


def _is_across(before: list[str], counted: str | None) -> bool:
    """Whether "over" says on what the figure before goes ("10.83 seconds over 100 metres")."""
    if before[-1:] != ["over"]:
        return False
    return len(before) == 1 or (counted is not None and before[:-1] == counted.lower().split())


def _take(draft: Draft, before: list[str]) -> int:
    """Sets the bound that the last words say, and gives how many of them say it."""
    taken = 0
    while taken < _MOST_WORDS:
        left = before[: len(before) - taken] if taken else before
        hit = _hedge(left)
        if hit is None:
            break
        count, bound = hit
        if not _applies(draft, left, count, bound) or (taken and not _SIDES.isdisjoint(before[-taken:])):
            break  # "starts at just under $40,000" is no floor
        if draft.bound == "=" or bound != "~":
            draft.bound = bound
        taken += count
    return taken


def _hedge(before: list[str]) -> tuple[int, Bound] | None:
    """The hedge that the last words are: how many of them, and the bound that it says."""
    endings = _before().get(before[-1].lstrip(_STRIP)) if before else None
    if not endings:
        return None
    size = len(before)
    for phrase, bound in endings.get(before[-2], ()) if size > 1 else ():
        n = len(phrase)
        if n == 2 or (n <= size and before[-n:-2] == phrase[:-2]):
            return n, bound
    alone = endings.get("")
    return (1, alone[0][1]) if alone else None


def _applies(draft: Draft, before: list[str], count: int, bound: Bound) -> bool:
    """Whether a phrase speaks of the value, and not of time, place or movement."""
    if draft.kind in _CALENDAR:
        return bound == "~"
    earlier = before[-count - 1] if len(before) > count else ""
    if count == 1 and before[-1] == "over":
        if draft.unit is not None and draft.unit.kind == "duration":
            return earlier in listed("hedges", "over", "duration")  # else "during"
        return earlier not in listed("hedges", "over", "verbs")
    if before[-count:] == ["up", "to"]:  # "climbed back up to 5.3 percent"
        return earlier not in rises() and earlier not in listed("changes", "before", "moving")
    return True


def _back(text: str, start: int, count: int) -> int:
    """Where the word `count` words before a place begins."""
    at = start
    for _ in range(count):
        while at > 0 and (text[at - 1].isspace() or text[at - 1] in _STRIP):
            at -= 1
        while at > 0 and not text[at - 1].isspace() and text[at - 1] not in _BRACKETS:
            at -= 1
    return at


def _read_after(page: Passage, draft: Draft) -> None:
    """Sets the bound that the words after say ("or more", "+")."""
    text, end = page.text, draft.end
    if draft.kind in _CALENDAR or draft.kind in _EXACT or text[end : end + 1] not in (" ", "+", "-", "\n"):
        return
    found = _after().match(text, end)
    if not found:
        return
    phrase = " ".join(found["phrase"].split())
    if phrase not in _bounds_after():  # "5-or-so": a hyphen stands for a space
        phrase = " ".join(_HYPHEN.sub(" ", phrase).split())
    following = text[found.end() : found.end() + 2].strip()[:1]
    if (phrase in _UNLESS_GOING_ON and (following.isalnum() or following in SIGNS)) or (
        phrase == "+" and following.isdigit()
    ):
        return
    bound = _bounds_after()[phrase]
    if draft.bound == "=" or (draft.bound == "~" and bound != "~"):
        draft.bound = bound
    draft.phrase_end = found.end()
    if draft.is_bare and phrase in listed("hedges", "ages", "after"):
        draft.take(_YEAR_OF_AGE)
