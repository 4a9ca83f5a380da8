"""Digits that name and do not count: "Game 6", "F-16", "S&P 500", telephone numbers, addresses, citations; and scores."""

from __future__ import annotations

import functools
import re

from checker.figures.draft import Draft, Passage
from checker.figures.numerals import MOST_DIGITS
from checker.figures.patterns import data
from checker.figures.readings import ANYTHING

_WORD_RUN = re.compile(r"[\w\-‑–'’/]*")
_PHONE = re.compile(r"\+?[0-9]{1,3}[\s\-.]\(?[0-9]{3,4}\)?[\s\-.][0-9]{3,4}[\s\-.]?[0-9]{3,4}(?![0-9])|[0-9]{3}[\-.][0-9]{3}[\-.][0-9]{4}(?![0-9])|[0-9]{3}-[0-9]{2}-[0-9]{4}(?![0-9])")
_SCORE = re.compile(r"[0-9]{1,3}(?:\s?[-–]\s?[0-9]{1,3}){1,3}(?![0-9\w%]|[.,][0-9])")
_STREET_WORDS = re.compile(r"(?:[\s][A-Z][\w.’']*){1,4}")
_ENUMERATOR = re.compile(r"[0-9]{1,3}[.)]\s")
_CITATION = re.compile(r"\[[0-9]{1,3}(?:\s?[,;–-]\s?[0-9]{1,3}){0,20}\]")


def label(start: int, end: int, text: str) -> Draft:
    """The figure of a label; its nominal value is the number that it shows, if it shows one."""
    digits = "".join(c for c in text[start : min(end, start + MOST_DIGITS)] if c in "0123456789")
    nominal = float(digits) if digits and len(digits) <= 15 and end - start <= MOST_DIGITS else 0.0
    return Draft(start, end, "label", nominal=nominal, readings=ANYTHING)


def glued(page: Passage, start: int, end: int, floor: int) -> Draft:
    """The label whose digits touch letters or hyphens: the whole of it, back to the floor."""
    text = page.text
    first = start
    while first > floor and start - first < 40 and (text[first - 1].isalnum() or text[first - 1] in "-‑_&"):
        first -= 1
    while first < start and text[first] in "-‑_&":
        first += 1
    last = _WORD_RUN.match(text, end, end + 40)
    stop = last.end() if last else end
    while stop > end and text[stop - 1] in "-‑–'’/":
        stop -= 1
    return label(first, stop, text)


def at_digits(page: Passage, start: int, end: int) -> Draft | None:
    """A citation, an enumerator, a telephone number or an address that starts with these digits."""
    text = page.text
    if start and text[start - 1] == "[" and (found := _CITATION.match(text, start - 1)):
        return label(start, found.end() - 1, text)
    if (start == 0 or text[start - 1] == "\n") and _ENUMERATOR.match(text, start):
        return label(start, end, text)
    if text[end : end + 1] in "-. " and (found := _PHONE.match(text, start)) and _is_phone(text, found):
        return label(start, found.end(), text)
    return None


def _is_phone(text: str, found: re.Match[str]) -> bool:
    return found[0].startswith("+") or text[found.start() - 1 : found.start()] == "+" or not re.search(r"\s", found[0])


@functools.cache
def _words(key: str) -> frozenset[str]:
    return frozenset(data("labels")[key])


def cued(page: Passage, start: int, end: int, words: list[str]) -> tuple[bool, bool]:
    """Whether the word before, or after, makes these digits a label; and whether only if nothing is counted."""
    cue = words[-1] if words else ""
    cue = cue.lstrip("(\"'“‘[")
    if cue in _words("before"):
        return True, cue in _words("unless_counted")
    last = page.last()
    if last and last.kind == "label" and start - last.end <= 6 and last.cue in _words("several"):
        between = page.text[last.end : start].strip()
        if between in ("and", "or", ",", "to", "-", "–", "&", ", and"):
            return True, True
    following = re.match(r"\s([A-Za-z]+)", page.text[end : end + 16])
    if following and following[1] in _words("after"):
        return True, False
    if cue[:1].isupper() and cue[-1:].isalnum() and not cue.isupper() and _in_sentence(page.text, start, cue) and not _is_common(cue):
        return True, True
    return False, False


def _in_sentence(text: str, start: int, cue: str) -> bool:
    """Whether the capital of the word before means a name: it does not begin a sentence."""
    before = text[: start].rstrip()[: -len(cue)].rstrip() if start < 80 else text[start - 80 : start].rstrip()[: -len(cue)].rstrip()
    return bool(before) and before[-1] not in ".!?:;\"”“‘(\n•–—-|"


_NOT_NAMES = frozenset(
    "About Around Some Nearly Almost Over Under Only Just More Less At In On By For From To Of The A An And Or But With "
    "Between Up Down Than Its Their His Her Our These Those All Last Next First Another Other Every Mach Minus Plus Is Are "
    "Was Were Has Have Had Aged Age Ages Fiscal Since Until Till After Before During Early Late Mid Per Jan Feb Mar Apr "
    "May Jun Jul Aug Sep Sept Oct Nov Dec Kills Killed Dies Hits Wins Rises Falls Up Out Near As Through Into Within Not No".split()
)
_CALENDAR = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Spring|Summer|Autumn|Fall|Winter)s?$")


def _is_common(cue: str) -> bool:
    return cue in _NOT_NAMES or bool(_CALENDAR.match(cue))


def is_address(text: str, end: int) -> bool:
    """Whether a street's name follows ("49 Zorro Ranch Road")."""
    found = _STREET_WORDS.match(text, end)
    if not found:
        return False
    return any(word.rstrip(".,") in _words("streets") for word in found[0].split()[1:])


def score(page: Passage, start: int) -> Draft | None:
    """ "6-3", unless what follows shows that it is a range of something."""
    found = _SCORE.match(page.text, start)
    if not found or re.search(r"\s", found[0]) and not re.search(r"[0-9]\s?[-–]\s?[0-9]", found[0]):
        return None
    return Draft(start, found.end(), "score")


@functools.cache
def score_nouns() -> frozenset[str]:
    """Words after a score."""
    return frozenset(data("labels")["scores"]["after"])
