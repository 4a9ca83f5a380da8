"""Shares and multiples in words: "two-thirds", "half", "a quarter of a mile", "twice", "tripled"."""

from __future__ import annotations

import re

from checker.figures.draft import NUMBER, Draft, Passage
from checker.figures.numerals import Numeral
from checker.figures.patterns import data, listed, spaced
from checker.figures.spellings import match

_OF_A = re.compile(r"(?:[\s\-]of)?[\s\-]an?[\s\-]")
_OF = re.compile(r"\sof\b(?!\s(?:19|20)[0-9]{2})")
_OF_THE = re.compile(r"\s(?:of|the|its|their|his|her|all|that|as|what|my|our|those|these)\b")
_ENDS = re.compile(
    r"\s(?:of|more|less|fewer|higher|lower|as|faster|slower|larger|smaller|to|from|since|over|in|on|off|below|above|by)\b"
    r"|[.,;:)!?”]|$"
)
_MILLION = re.compile(r"(?:[\s\-]of)?[\s\-]an?[\s\-](?P<scale>million|billion|trillion|thousand|hundred)\b")
_DOZEN = re.compile(r"(?:[\s\-]of)?[\s\-]an?[\s\-](?:million|billion|trillion|thousand|hundred|dozen)")
_TAIL = re.compile(
    r"[\s\-]and[\s\-](?:an?[\s\-])?(?P<part>half|quarter|third|three[\s\-]quarters|two[\s\-]thirds)(?!\w)"
)
_TAILS = {"half": (1, 2), "quarter": (1, 4), "third": (1, 3), "three quarters": (3, 4), "two thirds": (2, 3)}
_OF_WHAT = re.compile(r"\s(?:the|that|its|their|his|her|what|last|this|those)\b")
_TWICE = re.compile(r"\s(?:as\s(?=[a-z])|(?:the|that|its|their|his|her|what|last|more)\b)")


def read(page: Passage, start: int, end: int, word: str) -> Draft | None:
    """The share or multiple that this word is, if it is one here."""
    if word == "three quarters":
        return _share(page, start, end, 3, 4)
    if word == "half":
        return _half(page, start, end)
    if word == "quarter":
        return _quarter(page, start, end)
    return _multiple(page, start, end, word)


def of_cardinal(page: Passage, start: int, end: int, part: int, word: str) -> Draft | None:
    """Reads "two-thirds": a number and a denominator that agrees with it."""
    denominators = data("numbers")["denominators"]
    if word not in denominators or part > 99 or word.endswith("s") != (part > 1):
        return None
    return _share(page, start, end, part, denominators[word])


def of_ordinal(page: Passage, start: int, end: int, word: str) -> Draft | None:
    """Reads "a third of" and "by a fifth"."""
    denominators = data("numbers")["denominators"]
    before = [w.lower() for w in page.words_before(start)[-2:]]
    if word not in denominators or not before or before[-1] not in ("a", "an", "one"):
        return None
    after = before[0] in listed("numbers", "half", "after") and len(before) == 2 and _ENDS.match(page.text, end)
    return _share(page, start, end, 1, denominators[word]) if _OF.match(page.text, end) or after else None


def add_tail(text: str, draft: Draft, value: int) -> None:
    """Takes up "and a half" after a number in words."""
    if found := _TAIL.match(text, draft.end):
        a, b = _TAILS[spaced(found["part"]).lower()]
        draft.low, draft.end = (Numeral(value * b + a, 0, 0, b),), found.end()


def has_tail(text: str, end: int) -> bool:
    """Whether "and a half" goes on a number in words that ends here."""
    return bool(_TAIL.match(text, end))


def times(start: int, end: int, count: float) -> Draft:
    """A multiple of what was before."""
    half = count == 0.5
    numeral = Numeral(1, 0, 0, 2) if half else Numeral(int(count))
    return Draft(start, end, "multiple", low=(numeral,), word=True, fraction=half)


def _share(page: Passage, start: int, end: int, part: int, whole: int) -> Draft:
    """A share, or the quantity that it is a share of ("half a mile", "a quarter of a percentage point")."""
    text = page.text
    if large := _MILLION.match(text, end):
        return _of_million(text, start, large, Numeral(part, 0, 0, whole))
    draft = Draft(start, end, "fraction", low=(Numeral(part, 0, 0, whole),), word=True, fraction=True)
    of = _OF_A.match(text, end)
    at = of.end() if of else end + 1 if text[end : end + 1] in ("-", "‑") else 0
    if at and (found := match(text, at)):
        draft.end = found[1]
        draft.take(found[0])
    return draft


def _of_million(text: str, start: int, found: re.Match[str], part: Numeral) -> Draft:
    """Reads "three-quarters of a million dollars"."""
    power = data("numbers")["scales"][found["scale"]] if found["scale"] != "hundred" else 2
    draft = Draft(start, found.end(), NUMBER, low=(part.scaled(power),), word=True, scale=power)
    if unit := match(text, draft.end + 1):
        draft.end = unit[1]
        draft.take(unit[0])
    return draft


def _half(page: Passage, start: int, end: int) -> Draft | None:
    """Reads "half" where it is a share: not one of two halves, and nothing that only begins so ("half-time")."""
    text, cue = page.text, page.cue(start)
    if _DOZEN.match(text, end):
        return None
    share = _share(page, start, end, 1, 2)
    if share.unit is not None:
        return share
    if cue in listed("numbers", "half", "not_after"):
        return None
    alone = cue in listed("numbers", "half", "after") and _ENDS.match(text, end)
    return share if _OF_THE.match(text, end) or alone else None


def _quarter(page: Passage, start: int, end: int) -> Draft | None:
    """Reads "a quarter" where it is a share, not a part of the year."""
    text = page.text
    before = [w.lower() for w in page.words_before(start)[-2:]]
    if not before or before[-1] not in ("a", "one") or _DOZEN.match(text, end):
        return None
    after = len(before) == 2 and before[0] in listed("numbers", "half", "after") and _ENDS.match(text, end)
    return _share(page, start, end, 1, 4) if _OF.match(text, end) or after else None


def _multiple(page: Passage, start: int, end: int, word: str) -> Draft | None:
    entry = data("numbers")["multiples"].get(word)
    if entry is None:
        return None
    needed = _TWICE if word in ("twice", "thrice") else _OF_WHAT if "needs" in entry else None
    if needed is not None and not needed.match(page.text, end):
        return None
    draft = times(start, end, entry["times"])
    draft.change = entry.get("change")
    return draft
