"""What the words around a figure say of movement: up or down, and a temperature that is a difference of two."""

from __future__ import annotations

import functools
import re

from checker.figures import nouns
from checker.figures.contexts import change_words, rises
from checker.figures.draft import NUMBER, Draft, Passage
from checker.figures.patterns import data, forms, listed
from checker.model import Direction, Side
from checker.units import dimension

_CAN_CHANGE = frozenset("number count quantity duration money percent points multiple fraction".split())
_BY = frozenset("percent points quantity money count number fraction multiple".split())
_SHARES = frozenset(("percent", "points", "fraction", "multiple"))
_REACH, _REACH_OF_BY = 7, 9
_WINDOW = 120
_LEVELS_APART = 60
_LEFT_OUT = re.compile(
    r"(?:,|,?\s(?:and|while))\s(?:the\s)?[A-Z][^.;:!?()a-z]*(?:[a-z’'.&]+\s(?:[A-Z][\w’'.&]*\s)*)?(?:just\s|only\s)?by\s"
)
_CLAUSE_ENDS = re.compile(r"[.;:!?](?:\s|$)")
_CLOSED = re.compile(r"[.,;:!?)\]”—–]$")
_NEXT = re.compile(r"[\s\-](?P<a>[A-Za-z]+)(?:\s(?P<b>[A-Za-z]+))?")
_DIRECTIONS: tuple[Direction, Direction] = ("up", "down")
_AGAIN = re.compile(r",?\sor\s|\s\(")
"""Between an amount of change and the same in another unit."""

_QUOTES = "\"“‘'"


def read(page: Passage, draft: Draft, previous: Draft | None) -> None:
    """Sets the direction that the words before, or after, say."""
    before = draft.before
    if draft.change is None and draft.kind in _CAN_CHANGE:
        if before and (ahead := _before(page, draft, before[-_REACH:], before)):
            draft.change = ahead
        elif behind := _after(page, draft):
            draft.change, draft.mover = behind
        if draft.change is None and previous is not None and _goes_on(page, draft, previous, before):
            draft.change = previous.change


def read_sides(page: Passage) -> None:
    """Sets which end of a movement a figure is: the level that it came from, or the one that it went to.

    Two levels of one sentence make a movement ("from 34 knots inshore to 41"), or a word of change ("rose to 41").
    """
    previous: Draft | None = None
    own: Side | None = None
    for draft in page.drafts:
        if draft.kind not in _CAN_CHANGE:
            continue
        other, own = own, _side(draft)
        if own is not None:
            if not change_words().isdisjoint(draft.before[-_REACH:]):
                draft.side = own
            if previous is not None and other is not None and other != own and _is_near(page, previous, draft):
                previous.side, draft.side = other, own
        previous = draft


def _side(draft: Draft) -> Side | None:
    """The "from" or "to" that stands before a figure."""
    last = draft.before[-1] if draft.before else ""
    return "from" if last == "from" else "to" if last == "to" else None


def _is_near(page: Passage, a: Draft, b: Draft) -> bool:
    """Whether two figures stand near each other in one sentence."""
    return b.start - a.end <= _LEVELS_APART and not _CLAUSE_ENDS.search(page.text, a.end, b.start)


def _before(page: Passage, draft: Draft, near: list[str], before: list[str]) -> Direction | None:
    """The nearest word of change, with nothing between it and the figure but small words."""
    for back, word in enumerate(reversed(near)):
        bare = word.strip(_QUOTES)
        if bare in change_words():
            between = near[len(near) - back :]
            earlier = near[-back - 2] if len(near) >= back + 2 else ""
            changed = _changes(page, draft, bare, earlier, between) and not _is_attribute(page, draft, between)
            if changed:
                draft.mover = _place(page, draft, bare)
            return _direction(bare, earlier) if changed else None
        if bare == "by" and draft.kind in _BY:
            verb = _before_by(before[: len(before) - back - 1])
            draft.mover = _place(page, draft, verb) if verb else None
            return _direction(verb, "") if verb else None
        if bare == "on" and draft.kind in _BY and near[-back - 2 : -back - 1] and near[-back - 2] in _put_on():
            return "up"
        if bare not in listed("changes", "before", "between") and not bare.endswith("ly"):
            return None
    return None


def _changes(page: Passage, draft: Draft, word: str, earlier: str, between: list[str]) -> bool:
    """Whether a word of change speaks of this figure: not "rose to", "fell below", "picked up", nor a loss of money."""
    if "to" in between or _is_reached(page, draft):
        return False
    share = draft.kind in _SHARES
    if word in ("up", "down", "off") and not _is_adverb(word, earlier, between, share=share):
        return False
    if share or between[-1:] == ["by"]:
        return True
    if (
        word in forms("changes", "before", "of_levels")
        and draft.kind == "money"
        and _TO_LEVEL.match(page.text, draft.end)
    ):
        return True
    if draft.kind in ("count", "number") and word in forms("changes", "before", "of_levels"):
        return _is_level(page, draft, word)
    if word in forms("changes", "before", "of_shares"):
        return False
    return not (word in forms("changes", "before", "of_place") and _is_place(page, draft))


def _is_reached(page: Passage, draft: Draft) -> bool:
    """Whether a figure is what something moved above or below."""
    hedge = page.text[draft.phrase_start : draft.start].split() if draft.phrase_start >= 0 else []
    return bool(hedge) and hedge[0].lower() in listed("changes", "before", "reaching")


def _is_adverb(word: str, earlier: str, between: list[str], *, share: bool) -> bool:
    """Whether "up", "down" or "off" is a direction and belongs to no verb."""
    words = "changes", "before"
    if between and between[0] not in listed(*words, "after_adverb"):
        return False
    if word == "off":
        return earlier in listed(*words, "off_after")
    if share:
        return earlier not in forms(*words, "phrasal_of_shares")
    return earlier not in forms(*words, "sessions") and earlier not in listed(*words, "phrasal")


_TO_LEVEL = re.compile(
    r"\sto\s(?:(?:close|end|finish|settle|trade|stand)\s(?:at\s|on\s)?)?(?:[A-Z]{2,3}\s?)?[$£€¥₹]?[0-9]"
)
_LEVEL_FOLLOWS = re.compile(r",?\s(?:or|to|at)\s|\s\(|\.?$")


def _is_level(page: Passage, draft: Draft, word: str) -> bool:
    """Whether what was lost or added can rise and fall ("lost 200 jobs"), and is no score ("added 12 points")."""
    noun = nouns.read(page.text, draft.end) or ""
    last = noun.rpartition(" ")[2]
    if last == "points" and word not in ("lost", "lose", "loses", "losing"):
        return draft.low[0].exponent < 0 or bool(_LEVEL_FOLLOWS.match(page.text, draft.end + 1 + len(noun)))
    return last in listed("changes", "before", "levels")


def _is_place(page: Passage, draft: Draft) -> bool:
    """Whether a length says where something is or how far it went ("sank 40 miles off the coast")."""
    unit = draft.unit
    if unit is None or unit.kind != "quantity" or unit.measure.dimension != dimension("[length]"):
        return False
    found = _NEXT.match(page.text, max(draft.end, draft.phrase_end))
    return found is not None and found["a"] in listed("changes", "before", "place")


def _goes_on(page: Passage, draft: Draft, previous: Draft, before: list[str]) -> bool:
    """Whether the change before goes on: its verb left out, or the amount said again.

    "Oslo was down 4.5%, Bergen by 3.1%"; "lost 212 points, or 0.6%"; "fell 3 miles (5 km)".
    """
    if draft.kind not in _CAN_CHANGE or previous.change is None:
        return False
    end = max(previous.end, previous.phrase_end)
    if previous.noun and page.text.startswith(previous.noun, end + 1):
        end += 1 + len(previous.noun)
    gap = page.text[end : draft.phrase_start if draft.phrase_start >= 0 else draft.start]
    if _AGAIN.fullmatch(gap):
        return gap[-1] != "(" or page.text[draft.end : draft.end + 1] == ")"
    if before[-1:] != ["by"] or draft.kind not in ("percent", "points") or previous.kind != draft.kind:
        return False
    return len(gap) <= _LEVELS_APART and _LEFT_OUT.match(gap) is not None


def _is_attribute(page: Passage, draft: Draft, between: list[str]) -> bool:
    """Whether the figure says what a thing is like that was gained or cut ("cut a 12 degree slot")."""
    found = _NEXT.match(page.text, max(draft.end, draft.phrase_end)) if between[-1:] in (["a"], ["an"]) else None
    return found is not None and found["a"] not in listed("nouns", "stop") and found["a"] not in change_words()


def _place(page: Passage, draft: Draft, word: str) -> tuple[int, int] | None:
    """Where a word stands last before a figure."""
    window = max(0, draft.start - _WINDOW)
    at = page.text[window : draft.start].lower().rfind(word)
    return (window + at, window + at + len(word)) if at >= 0 else None


def _before_by(before: list[str]) -> str | None:
    """The word of change to which a "by" belongs: the nearest in its clause."""
    for word in reversed(before[-_REACH_OF_BY:]):
        if word in change_words():
            return word
        if _CLOSED.search(word):
            return None
    return None


@functools.cache
def _put_on() -> frozenset[str]:
    return forms("changes", "before", "put_on")


def _direction(word: str, earlier: str) -> Direction:
    given = word == "up" and earlier in forms("changes", "before", "given_up")
    return "up" if word in rises() and not given else "down"


def _after(page: Passage, draft: Draft) -> tuple[Direction, tuple[int, int]] | None:
    """A comparative, or a noun of change, after the figure ("5% higher", "27 fewer than", "a 5% drop")."""
    found = _NEXT.match(page.text, max(draft.end, draft.phrase_end))
    if not found:
        return None
    counted = draft.kind in ("count", NUMBER)
    if counted and page.text[draft.end] == " " and found["a"] in listed("changes", "before", "levels"):
        return _comparative(page, draft, _NEXT.match(page.text, found.end("a")))  # "200 jobs fewer than"
    return _comparative(page, draft, found) or _noun_after(page, draft, found)


def _comparative(page: Passage, draft: Draft, found: re.Match[str] | None) -> tuple[Direction, tuple[int, int]] | None:
    """The direction of a comparative: after a share always, else where it ends the statement or goes on with "than"."""
    if not found:
        return None
    first, second = found["a"].lower(), (found["b"] or "").lower()
    if (
        draft.kind in ("percent", "points")
        or second in ("than", "from")
        or _ends_at_level(page, draft, first, second, found.end("a"))
    ):
        direction = _directions().get(first)
        return (direction, found.span("a")) if direction else None
    return None


def _noun_after(page: Passage, draft: Draft, found: re.Match[str]) -> tuple[Direction, tuple[int, int]] | None:
    """The direction of a noun of change ("a 5% pay rise", "a 150-point drop")."""
    first, second = found["a"].lower(), (found["b"] or "").lower()
    share = draft.kind in ("percent", "points")
    if not share and draft.kind not in ("money", "quantity"):
        joined = page.text[draft.end] == "-" and first in ("point", "seat", "job")
        return (noun, found.span("b")) if joined and (noun := _noun(second)) else None
    reach = (first, second) if share and first not in listed("changes", "after", "noun_not_after") else (first,)
    for word, place in zip(reach, (found.span("a"), found.span("b")), strict=False):
        if noun := _noun(word):
            return noun, place
    return None


def _noun(word: str) -> Direction | None:
    """The direction of a noun of change."""
    return _directions("_nouns").get(word)


@functools.cache
def _directions(ending: str = "") -> dict[str, Direction]:
    """The direction of each comparative, or noun, of change."""
    return {word: d for d in reversed(_DIRECTIONS) for word in listed("changes", "after", f"{d}{ending}")}


def _ends_at_level(page: Passage, draft: Draft, first: str, second: str, end: int) -> bool:
    """Whether an amount is how much higher or lower something stands ("settled $1.12 lower at $78.90")."""
    if first not in listed("changes", "after", "of_levels") or draft.kind not in (
        "money",
        "quantity",
        "count",
        "number",
    ):
        return False
    words = "changes", "before"
    before = draft.before[-1] if draft.before else ""
    if before not in forms(*words, "told") and before not in forms(*words, "sessions"):
        return False
    return second in listed("changes", "after", "then") or page.text[end : end + 1] in ("", ".", ",", ";")


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
