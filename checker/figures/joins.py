"""Neighbouring figures: ranges, compound values, and units that a figure takes from its partner."""

from __future__ import annotations

import functools
import re

from checker.figures import nouns
from checker.figures.draft import NUMBER, Draft, Passage
from checker.figures.numerals import Numeral
from checker.figures.patterns import data
from checker.figures.quantities import settle
from checker.figures.readings import bounded, one_in
from checker.figures.spellings import Unit, money
from checker.model import Readings

_LONGEST_GAP = 14
_DASH = re.compile(r"\s?[-–—‐‑−]\s?$|\s?--\s?$")
_TO = re.compile(r"(?:\s+to(?:\s+the)?\s+|-to-|[\s\-]+to[\s\-]+)$")
_UNION = re.compile(r"\s?(?:,\s|,?\s(?:and|or|and/or|&)\s|,?\s(?:and|or)\s(?:about|some|nearly|almost|over|even)\s|[\s\-]by[\s\-]|\s?[x×]\s?|/|,\sthen\s)$")
_COMMA = re.compile(r",\s$")
_IN = re.compile(r"[\s\-](?:in|out[\s\-]of|in\severy|out\sof\severy)[\s\-]$")
_PLUS_MINUS = re.compile(r"\s?(?:±|\+/-|\+/−|plus\sor\sminus)\s?$")
_COMPOUND = re.compile(r"\.?(?:\s|,\s|\sand\s|,\sand\s|-)?$")

_RANGING = frozenset("range ranges ranging ranged anywhere vary varies varying varied somewhere priced costing costs lasting".split())
_PLACE = frozenset("from".split())


def join(page: Passage, drafts: list[Draft]) -> list[Draft]:
    """The figures of a paragraph with ranges and compound values made one, and units shared."""
    if len(drafts) < 2:
        return drafts
    joined: list[Draft] = []
    for draft in drafts:
        while joined and _close(joined[-1], draft):
            one = _compound(page, joined[-1], draft)
            if one is None:
                break
            joined.pop()
            draft = one
        joined.append(draft)
    ranged: list[Draft] = []
    for draft in joined:
        if ranged and _close(ranged[-1], draft):
            one = _range(page, ranged[-1], draft) or _ratio(page, ranged[-1], draft) or _tolerance(page, ranged[-1], draft)
            if one is not None:
                ranged.pop()
                draft = one
        ranged.append(draft)
    for i in range(len(ranged) - 2, -1, -1):
        left = ranged[i]
        if left.is_bare and not left.high and _close(left, ranged[i + 1]):
            listed = i > 0 and ranged[i - 1].is_bare and bool(_COMMA.fullmatch(page.text, ranged[i - 1].end, left.start))
            _share(page, left, ranged[i + 1], listed)
    return ranged


def _close(a: Draft, b: Draft) -> bool:
    return b.start - a.end <= _LONGEST_GAP


# ---------------------------------------------------------------------- compound values
def _compound(page: Passage, a: Draft, b: Draft) -> Draft | None:
    """ "3 feet 2 inches" as 38 inches: the parts are next to each other, the smaller below one of the larger."""
    if a.unit is None or b.unit is None or not a.low or not b.low or a.high or b.high or not a.unit.parts:
        return None
    ratio = dict(a.unit.parts).get(b.unit.name)
    smaller = b.unit
    if ratio is None and a.unit.name == "hour" and b.unit.name == "meter" and page.text[b.end - 1] == "m":
        smaller, ratio = _MINUTE, 60
    if ratio is None or not _COMPOUND.fullmatch(page.text, a.end, b.start):
        return None
    whole, part = a.low[0], b.low[0]
    if whole.exponent or whole.divisor != 1 or part.exponent > 0 or not 0 <= part.value < ratio or part.mantissa < 0:
        return None
    if whole.mantissa < 0 or a.fraction or b.fraction:
        return None
    scaled = whole.mantissa * ratio * part.divisor * 10**-part.exponent + part.mantissa
    draft = Draft(a.start, b.end, b.kind, low=(Numeral(scaled, part.exponent, 0, part.divisor),), unit=smaller)
    draft.word = a.word
    return draft


_MINUTE = Unit("minute", "duration", parts=(("second", 60),))


# ---------------------------------------------------------------------- ranges
def _range(page: Passage, a: Draft, b: Draft) -> Draft | None:
    gap = page.text[a.end : b.start]
    if not a.low or not b.low or a.high or b.high or a.fraction != b.fraction:
        return None
    if _DASH.fullmatch(gap):
        if "—" in gap and " " in gap:
            return None
        dash = True
    elif _TO.fullmatch(gap):
        dash = False
    elif gap.strip() == "and" and _after_between(page, a):
        dash = False
    else:
        return None
    if not _same(a, b):
        return None
    if a.unit is not None and b.unit is None and nouns.read(page.text, b.end) is not None and not b.scaled:
        return None
    if not dash and gap.strip() != "and" and _is_change(page, a, b):
        return None
    if dash and a.unit is None and b.unit is None and not a.word and _is_score(page, a, b):
        return _scored(a, b)
    low, high = a.low, b.low
    if b.scaled and not a.scaled and _takes_scale(a, b):
        low = tuple(n.scaled(b.scale) for n in low)
    unit = b.unit if b.unit is not None else a.unit
    if a.unit is None and unit is not None and unit.power:
        low = tuple(n.scaled(unit.power) for n in low)
    if b.unit is None and unit is not None and unit.power:
        high = tuple(n.scaled(unit.power) for n in high)
    if a.word and b.unit is None and low == high:
        return None
    kind = unit.kind if unit is not None else b.kind if b.kind != NUMBER else a.kind
    return Draft(a.start, b.end, kind, low=low, high=high, unit=unit, scale=b.scale, word=a.word, noun=b.noun or a.noun, fraction=a.fraction)


def _same(a: Draft, b: Draft) -> bool:
    """Whether the two ends can be of one range: the second says the unit, or both say the same."""
    if a.unit is None:
        return a.is_open and (b.is_open or (b.unit is not None) or b.kind == "multiple") and b.kind not in ("fraction",)
    if b.unit is None:
        if not b.is_open or b.word:
            return False
        return a.unit.name == "mach" or (a.unit.kind == "money" and not a.unit.name and not a.unit.power)
    return a.unit is b.unit or (
        a.unit.name == b.unit.name and a.unit.currency == b.unit.currency and a.unit.kind == b.unit.kind and a.unit.power == b.unit.power
    )


def _is_change(page: Passage, a: Draft, b: Draft) -> bool:
    """Whether "A to B" goes from one level to another, or is a change and the level it led to."""
    words = [w.lower().strip("(“\"") for w in page.text[max(0, a.start - 60) : a.start].split()]
    while words and words[-1] in _hedges():
        words.pop()
    if not words:
        return False
    last = words[-1]
    if last == "from":
        return not any(w in _RANGING for w in words[-4:-1])
    moved = last in _changes() or (last == "by" and any(w in _changes() for w in words[-5:]))
    if not moved:
        return False
    if a.unit is not None and b.unit is not None:
        return last != "by"
    if a.unit is not None:
        return True
    first, second = abs(a.low[0].value), abs(b.low[0].value)
    return second >= 8 * first and not (b.scaled and not a.scaled)


@functools.cache
def _changes() -> frozenset[str]:
    change = data("hedges")["change"]
    return frozenset((*change["up"], *change["down"]))


@functools.cache
def _hedges() -> frozenset[str]:
    return frozenset(p for phrases in data("hedges")["before"].values() for p in phrases if " " not in p)


def _after_between(page: Passage, a: Draft) -> bool:
    words = page.text[max(0, a.start - 40) : a.start].lower().split()
    while words and words[-1] in _hedges():
        words.pop()
    return bool(words) and words[-1].lstrip("(“\"") == "between"


def _takes_scale(a: Draft, b: Draft) -> bool:
    """Whether the scale word of the second end is the first's too ("$26 to 31 million", not "$500,000 to $1 million")."""
    first = abs(a.low[0].value)
    return first < 1000 and (a.unit is None or first <= abs(_bare(b)))


def _bare(draft: Draft) -> float:
    """The number as printed, without what its scale and its unit make of it."""
    power = draft.unit.power if draft.unit is not None else 0
    return draft.low[0].scaled(-draft.scale - power).value


# ---------------------------------------------------------------------- scores, ratios, tolerances
_AFTER_WORD = re.compile(r"[\s\-](?P<word>[A-Za-z]+)")


def _is_score(page: Passage, a: Draft, b: Draft) -> bool:
    """Whether "6-3" is a score: small whole numbers with no unit, and no plural noun counted after them."""
    n, m = a.low[0], b.low[0]
    if n.exponent or m.exponent or not 0 <= n.mantissa <= 199 or not 0 <= m.mantissa <= 199:
        return False
    found = _AFTER_WORD.match(page.text, b.end)
    word = found["word"].lower() if found else ""
    nouns = data("labels")["scores"]["after"]
    if word in nouns or n.mantissa >= m.mantissa:
        return True
    if not word or word in data("nouns")["stop"]:
        before = page.text[max(0, a.start - 24) : a.start].lower().split()
        return not (before and before[-1] in ("about", "around", "roughly", "of", "some", "approximately", "nearly", "between"))
    return not (word.endswith("s") or word in data("nouns")["plurals"])


def _scored(a: Draft, b: Draft) -> Draft:
    return Draft(a.start, b.end, "score", nominal=(a.low[0].value, b.low[0].value))


def _ratio(page: Passage, a: Draft, b: Draft) -> Draft | None:
    """ "one in 16", "9 out of 10"."""
    gap = page.text[a.end : b.start]
    if not a.is_bare or not b.is_bare or a.high or b.high or a.scaled or not _IN.fullmatch(gap):
        return None
    part, whole = a.low[0], b.low[0]
    if part.exponent or whole.exponent or part.divisor != 1 or not 0 < part.mantissa < whole.mantissa or whole.mantissa > 10**7:
        return None
    if gap.strip(" -") == "in" and part.mantissa > 20:
        return None
    printed, plain = one_in(part, whole)
    draft = Draft(a.start, b.end, "fraction", nominal=part.mantissa / whole.mantissa, word=a.word)
    draft.readings = Readings(printed, plain, plain)
    return draft


def _tolerance(page: Passage, a: Draft, b: Draft) -> Draft | None:
    """ "10 ± 2 kg": the value, and a range about it."""
    if not a.low or not b.low or not _PLUS_MINUS.fullmatch(page.text[a.end : b.start]) or not (a.unit is None or _same(a, b)):
        return None
    unit = b.unit or a.unit
    n, m = a.low[0], b.low[0]
    if n.divisor != 1 or m.divisor != 1 or m.mantissa < 0:
        return None
    places = min(n.exponent, m.exponent)
    value, margin = n.mantissa * 10 ** (n.exponent - places), m.mantissa * 10 ** (m.exponent - places)
    draft = Draft(a.start, b.end, unit.kind if unit else NUMBER, low=(Numeral(value - margin, places),), high=(Numeral(value + margin, places),), unit=unit)
    draft.nominal = n.value
    return draft


# ---------------------------------------------------------------------- shared units
def _share(page: Passage, left: Draft, right: Draft, listed: bool) -> None:
    """Gives a bare figure the unit, and the scale, of the one that it is listed with ("6 or 8 metres")."""
    gap = page.text[left.end : right.start]
    if not _UNION.fullmatch(gap) and not _TO.fullmatch(gap):
        return
    if right.unit is None or right.kind not in ("quantity", "duration", "money", "percent", "points"):
        return
    if right.unit.currency is not None and page.text[right.start : right.start + 1] in "$£€¥":
        return  # the sign stands before each sum that it belongs to
    if "," in gap and not listed and not (_COMMA.fullmatch(gap) and _in_list(page, right)):
        return
    if not _alike(left, right):
        return
    if _TO.fullmatch(gap) and right.unit.kind == "money":
        return
    left.unit = right.unit
    if right.scaled and _takes_scale(left, right):
        left.low = tuple(n.scaled(right.scale) for n in left.low)
        left.scale = right.scale
    left.cue = "shared"
    settle(left)


def _alike(left: Draft, right: Draft) -> bool:
    """Whether two numbers can be of one kind: "6 or 8 metres", not "205,000 or 12.8 pct"."""
    a, b = abs(left.low[0].value), abs(_bare(right))
    return a <= MOST_APART * b and b <= MOST_APART * a


MOST_APART = 20
"""Numbers that share a unit are not further apart than this factor."""


def _in_list(page: Passage, right: Draft) -> bool:
    """Whether a comma before this figure is one of a list: it took its unit from a partner, or "and" precedes it."""
    following = page.text[right.end : right.end + 12]
    return right.cue == "shared" or bool(re.match(r",?\s(?:and|or)\s[0-9]", following)) or bool(re.match(r",\s[0-9]", following))
