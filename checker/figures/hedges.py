"""What the words around a figure say of it: loose ("about"), bounded ("more than"), changed ("rose", "5% lower")."""

from __future__ import annotations

import functools
import re

from checker.figures.draft import Draft, Passage
from checker.figures.patterns import data
from checker.model import Bound, Direction

_OPENING = str.maketrans({c: f" {c} " for c in "([{“\"‘—–;:"})
_STRIP = "(“\"‘'["
_CLOSED = re.compile(r"[.,;:!?)\]”—–]$")


@functools.cache
def _before() -> dict[str, tuple[tuple[tuple[str, ...], Bound], ...]]:
    """Phrases by their last word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Bound]]] = {}
    for bound, phrases in data("hedges")["before"].items():
        for phrase in phrases:
            words = tuple(phrase.split())
            found.setdefault(words[-1], []).append((words, bound))
    return {last: tuple(sorted(entries, key=lambda e: -len(e[0]))) for last, entries in found.items()}


@functools.cache
def _after() -> tuple[re.Pattern[str], dict[str, Bound]]:
    bounds: dict[str, Bound] = {}
    for bound, phrases in data("hedges")["after"].items():
        for phrase in phrases:
            bounds[phrase] = bound
    spelled = "|".join(
        re.escape(p) if not p[0].isalpha() else rf"\s{re.escape(p)}" for p in sorted(bounds, key=len, reverse=True)
    )
    return re.compile(rf"(?P<phrase>{spelled})(?!\w)"), bounds


@functools.cache
def _set(*path: str) -> frozenset[str]:
    found = data("hedges")
    for key in path:
        found = found[key]
    return frozenset(found)  # type: ignore[arg-type]


def read(page: Passage, draft: Draft, floor: int) -> None:
    """Sets bound, change and phrase of a draft from the words around it, back to the floor."""
    window = page.text[max(floor, draft.start - 80) : draft.start]
    tight = window[-1:] in _STRIP and bool(window)
    words = [] if not window else window.translate(_OPENING).split()
    lowered = [w.lower() for w in words]
    left = len(lowered)
    if tight and lowered and lowered[-1] in _STRIP:
        lowered.pop()
        left = len(lowered)
        if window[-1] == "(":
            left, lowered = 0, []
    taken = 0
    if draft.bound == "=":
        while taken < 6:
            hit = _hedge(lowered[: left - taken])
            if hit is None:
                break
            count, bound = hit
            if draft.kind in _CALENDAR and bound != "~":
                break
            if count == 1 and lowered[left - taken - 1] == "over" and not _is_more(lowered, left - taken, draft):
                break
            draft.bound = bound if draft.bound == "=" or bound != "~" else draft.bound
            taken += count
        if taken:
            draft.phrase_start = _back(page.text, draft.start, taken)
    _after_words(page, draft)
    if draft.change is None and draft.kind in _CHANGING:
        draft.change = _change(page, draft, lowered[: left - taken])


_CALENDAR = frozenset(("date", "weekday", "event", "time", "label", "score", "ordinal"))
_CHANGING = frozenset(("number", "count", "quantity", "duration", "money", "percent", "points", "multiple", "fraction"))


def _hedge(words: list[str]) -> tuple[int, Bound] | None:
    if not words:
        return None
    last = words[-1].lstrip(_STRIP)
    for phrase, bound in _before().get(last, ()):
        n = len(phrase)
        if n <= len(words) and (n == 1 or tuple(words[-n:-1]) == phrase[:-1]):
            return n, bound
    return None


def _is_more(words: list[str], at: int, draft: Draft) -> bool:
    """Whether "over" means "more than": not "during", and not part of a verb ("hand over")."""
    before = words[at - 2] if at >= 2 else ""
    if draft.unit is not None and draft.unit.kind == "duration":
        return before in _set("over", "duration")
    return before not in _set("over", "verbs")


def _back(text: str, start: int, count: int) -> int:
    """Where the word `count` words before a place begins."""
    at = start
    for _ in range(count):
        while at > 0 and (text[at - 1].isspace() or text[at - 1] in _STRIP):
            at -= 1
        while at > 0 and not text[at - 1].isspace() and text[at - 1] not in "([{“\"‘—–;:":
            at -= 1
    return at


def _after_words(page: Passage, draft: Draft) -> None:
    text, end = page.text, draft.end
    if draft.kind in ("date", "weekday", "event", "label", "score", "time", "ordinal") or end >= len(text):
        return
    if text[end] not in " +-\n":
        return
    pattern, bounds = _after()
    found = pattern.match(text, end)
    if not found:
        return
    phrase = " ".join(found["phrase"].split())
    if phrase in ("plus", "at least", "at most", "minimum", "maximum", "plus or minus", "odd", "on average") and text[found.end() : found.end() + 2].strip()[:1].isalnum():
        return
    if phrase == "+" and text[found.end() : found.end() + 1].isdigit():
        return
    if draft.bound in ("=", "~") and bounds[phrase] != "~":
        draft.bound = bounds[phrase]
    elif draft.bound == "=":
        draft.bound = "~"
    draft.phrase_end = found.end()


def _change(page: Passage, draft: Draft, words: list[str]) -> Direction | None:
    """Up or down, where a word of change stands before the figure or a comparative after it."""
    between = _set("change", "between")
    up, down = _set("change", "up"), _set("change", "down")
    for back, word in enumerate(reversed(words[-7:])):
        bare = word.strip("\"“‘'")
        if bare in up or bare in down:
            earlier = words[-back - 2] if len(words) >= back + 2 else ""
            if bare in ("up", "down") and earlier in _set("change", "phrasal"):
                return None
            if bare in _set("change", "losing") and draft.kind in ("money", "quantity", "duration") and bare != "cut":
                return None
            if bare in ("up", "down") and back and words[-back] not in ("by", "only", "just", "another", "a", "an", "about", "some", "to"):
                return None
            if words[len(words) - back :] and words[-back:] and "to" in words[len(words) - back :]:
                return None
            return "up" if bare in up else "down"
        if bare == "by" and draft.kind in ("percent", "points", "quantity", "money", "count", "number"):
            return _change_earlier(words[: len(words) - back - 1])
        if bare not in between and not (bare.endswith("ly") and bare not in ("only", "early")):
            break
    return _change_after(page, draft)


def _change_earlier(words: list[str]) -> Direction | None:
    """The word of change to which a "by" belongs: the nearest in the clause."""
    up, down = _set("change", "up"), _set("change", "down")
    for word in reversed(words[-9:]):
        if word in up:
            return "up"
        if word in down:
            return "down"
        if _CLOSED.search(word):
            return None
    return None


_NEXT = re.compile(r"[\s\-](?P<a>[A-Za-z]+)(?:\s(?P<b>[A-Za-z]+))?")


def _change_after(page: Passage, draft: Draft) -> Direction | None:
    found = _NEXT.match(page.text, max(draft.end, draft.phrase_end))
    if not found:
        return None
    first, second = found["a"].lower(), (found["b"] or "").lower()
    share = draft.kind in ("percent", "points")
    if share or second in ("than", "from"):
        if first in _set("change", "up_after"):
            return "up"
        if first in _set("change", "down_after"):
            return "down"
    if share or draft.kind in ("money", "quantity"):
        for word in (first, second) if share else (first,):
            if word in _set("change", "up_nouns"):
                return "up"
            if word in _set("change", "down_nouns"):
                return "down"
            if word in ("of", "in", "to", "and", "or", "for", "from", "by", "on", "at", "the", "a", "with", "as"):
                break
    return None


# ---------------------------------------------------------------------- temperature differences
_ALONG = re.compile(r"(?:\s?\([^()]{1,40}\))?[\s\-](?P<a>[a-z]+)(?:\s(?P<b>[a-z]+))?")


def is_difference(page: Passage, draft: Draft) -> bool:
    """Whether a temperature is the difference of two ("5C warmer", "a rise of 20C")."""
    if draft.change is not None:
        return True
    end = max(draft.end, draft.phrase_end)
    words = _set("difference", "after")
    found = _ALONG.match(page.text, end)
    if found and (found["a"] in words or f"{found['a']} {found['b']}" in words):
        return found["b"] not in _set("difference", "blocked_by")
    start = draft.phrase_start if draft.phrase_start >= 0 else draft.start
    left = " ".join(page.text[max(0, start - 40) : start].lower().split())
    return any(left.endswith(phrase) and left[-len(phrase) - 1 : -len(phrase)] in ("", " ") for phrase in _set("difference", "before"))
