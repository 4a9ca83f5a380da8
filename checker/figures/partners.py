"""Units and scales that a bare number takes from the figure beside it ("6 or 8 metres", "to 5 tonnes from 3")."""

from __future__ import annotations

import re

from checker.figures import nouns
from checker.figures.contexts import goes, leading
from checker.figures.draft import Draft, Passage

MOST_APART = 20
"""Numbers that share a unit are not further apart than this factor ("205,000 or 12.8 pct" do not)."""

_LONGEST_GAP = 64
_LISTED = re.compile(
    r"\s?(?:,\s|,?\s(?:and|or|and/or|&)\s|,?\s(?:and|or)\s(?:about|some|nearly|almost|over|even)\s|"
    r"[\s\-]by[\s\-]|\s?[x×]\s?|/|,\sthen\s)"
)
_TO = re.compile(r"\s+to(?:\s+the)?\s+|-to-|[\s\-]+to[\s\-]+")
_TO_FAR = re.compile(r"\s(?!(?:and|or|but)\s)[a-z]+\s(?:[a-z]+\s)?to\s")
_OF_THE = re.compile(r"\s(?:out\s)?of\s(?:the|its|their|his|her|our|those|these)\s(?:[a-z]+\s)?")
_FROM = re.compile(r"\sfrom\s(?:(?:about|around|some|nearly|roughly|almost)\s)?")
_FROM_FAR = re.compile(r"\s(?:[^.,;:()0-9]{0,40}\s)?from\s(?:(?:about|around|some|nearly|roughly|almost)\s)?")
_AGAINST = re.compile(
    r",?\s(?:against|versus|vs\.?|compared\s(?:with|to)|(?:up|down)\sfrom)\s(?:(?:about|around|some|nearly|roughly|almost|just)\s)?"
)
_CLAUSE = re.compile(r"\s(?:and|but|while|which|who|when|as|after|before|where|that)\s")
_LIST_GOES_ON = re.compile(r",?\s(?:and|or)\s[0-9]|,\s[0-9]")
_SIGNS = frozenset("$£€¥")


def share(page: Passage, found: list[Draft]) -> None:
    """Gives bare numbers the units of their partners, first those before them, then those after."""
    for i in range(len(found) - 1):
        if found[i].unit is not None and found[i + 1].is_bare:
            _from_before(page, found[i], found[i + 1])
    for i in range(len(found) - 2, -1, -1):
        left, right = found[i], found[i + 1]
        if left.is_bare and right.low and _of_whole(page, left, right):
            continue
        if left.is_bare and right.unit is not None and right.start - left.end <= _LONGEST_GAP:
            listed = i > 0 and found[i - 1].is_bare and page.text[found[i - 1].end : left.start] == ", "
            _from_after(page, left, right, listed=listed)


def _of_whole(page: Passage, left: Draft, right: Draft) -> bool:
    """Gives a part the unit of the whole that it is of ("35 million of the 2.5 billion kronor")."""
    unit = right.unit
    if unit is None or unit.kind not in ("quantity", "duration", "money") or left.size > right.size * MOST_APART * 1000:
        return False
    if unit.currency is not None and page.text[right.start] in _SIGNS:
        return False
    if not _OF_THE.fullmatch(page.text, left.end, right.start):
        return False
    if left.low[0].value > right.low[0].value:
        return False
    left.take(unit)
    return True


def _from_before(page: Passage, left: Draft, right: Draft) -> None:
    """Gives a level the unit, and scale, of the one before ("to 381 mln dlrs from 160", "from 214 pounds to 187")."""
    unit = left.unit
    if unit is None or unit.kind not in ("quantity", "duration", "money") or left.noun or right.word:
        return
    if right.start - left.end > _LONGEST_GAP or not _are_levels(page, left, right):
        return
    if not right.scale and nouns.read(page.text, right.end) is not None:
        return
    if left.scale and not right.scale:
        if not _are_alike(left, right):
            return
        right.rescale(left.scale)
    elif right.scale and not left.scale and unit.currency is not None and takes_scale(left, right):
        left.rescale(right.scale)
    right.listed = True
    right.take(unit)


def _are_levels(page: Passage, left: Draft, right: Draft) -> bool:
    """Whether these are two levels of one movement, with small words between."""
    if _TO_FAR.fullmatch(page.text, left.end, right.start):
        return leading(page, left)[-1:] == ["from"]
    if _TO.fullmatch(page.text, left.end, right.start):
        return goes(page, left, right)
    return bool(_AGAINST.fullmatch(page.text, left.end, right.start)) or came_from(page, left, right)


def _from_after(page: Passage, left: Draft, right: Draft, *, listed: bool) -> None:
    """Gives the first of a list the unit, and scale, of the next ("6 or 8 metres", "26 and 31 million dollars")."""
    unit, gap = right.unit, page.text[left.end : right.start]
    if unit is None or right.kind not in ("quantity", "duration", "money", "percent", "points"):
        return
    if not _LISTED.fullmatch(gap) and not _TO.fullmatch(gap) and not _FROM.fullmatch(gap):
        return
    if unit.currency is not None and page.text[right.start] in _SIGNS:
        return  # the sign stands before each sum that it belongs to
    if "," in gap and not listed and not (gap == ", " and (right.listed or _LIST_GOES_ON.match(page.text, right.end))):
        return
    if not _are_alike(left, right):
        return
    if right.scale and not left.scale and takes_scale(left, right):
        left.rescale(right.scale)
    left.listed = True
    left.take(unit)


def came_from(page: Passage, left: Draft, right: Draft) -> bool:
    """Whether these are two levels of one thing: "to 3.9 billion seat miles from 3.2 billion"."""
    gap = page.text[left.end : min(right.start, left.end + _LONGEST_GAP)]
    return bool(_FROM_FAR.fullmatch(gap)) and not _CLAUSE.search(gap) and leading(page, left)[-1:] == ["to"]


def takes_scale(a: Draft, b: Draft) -> bool:
    """Whether the scale word of the second is the first's too ("$26 to 31 million", not "$500,000 to $1 million")."""
    return a.size < 1000 and (a.unit is None or a.size <= b.size)


def _are_alike(left: Draft, right: Draft) -> bool:
    return left.size <= MOST_APART * right.size and (right.size <= MOST_APART * left.size or not left.size)
