"""Digits that name and do not count: "Game 6", "F-16", "S&P 500", telephone numbers, addresses, citations."""

from __future__ import annotations

import functools
import re

from checker.figures import spellings
from checker.figures.calendar import MONTHS, WEEKDAYS
from checker.figures.draft import OPENING, Draft, Passage, Place
from checker.figures.patterns import any_of, data, listed
from checker.figures.readings import ANYTHING

LONGEST = 40
"""As far before its digits a name is followed."""

_IDENTIFIER = re.compile(r"[0-9](?:[\s\-]?[0-9Xx]){9,12}(?!\w)|[\w\-‑–/.:]*\w")
_REST_OF_NAME = re.compile(r"[\w\-‑–/]*")
_PHONE = re.compile(
    r"(?:[0-9][\-.])?[0-9]{3}[\-.][0-9]{3}[\-.][0-9]{4}(?![0-9])|[0-9]{3}-[0-9]{2}-[0-9]{4}(?![0-9])|[0-9]{2,5}-0[0-9]{2,4}(?![0-9\-])"
)
_PHONE_AT_HOME = re.compile(r"0(?:[1-9](?:[\s.][0-9]{2}){4}|[0-9]{2,4}\)?(?:[\s\-][0-9]{3,6}){1,3})(?![0-9]|[.,][0-9])")
_PHONE_LOCAL = re.compile(r"[0-9]{3}-[0-9]{4}(?![0-9])")
_DIALLED = frozenset(("call", "dial", "text", "phone", "tel", "tel.", "fax", "ring", "at"))
_ZIP = re.compile(r"[0-9]{5}(?:-[0-9]{4})?(?![\w\-]|[.,][0-9])")
_VERSE = re.compile(r"[0-9]{1,3}:[0-9]{1,3}(?:[-–][0-9]{1,3}(?::[0-9]{1,3})?)?(?![0-9])")
_FILED = re.compile(r"[12][0-9]{3}/(?:[0-9]{1,4}/[A-Z]{2,5}(?!\w)|[0-9]{3}(?![0-9/]))")
_IN_PARTS = re.compile(r"[0-9]{1,3}(?:[-–][0-9]{1,2}){2,3}(?![0-9]|[-–]\w|\w)")
_STROKE = re.compile(r"(?P<a>[0-9]{1,3})/(?P<b>[0-9]{1,3})(?![0-9/%]|[.,][0-9])")
_PICTURE = re.compile(r"(?:480|720|1080|1440|2160)[pi](?!\w)|[48]K(?!\w)")
_PHONE_AREA = re.compile(r"\)\s?[0-9]{3}[\-.\s][0-9]{4}(?![0-9])")
_PHONE_ABROAD = re.compile(r"[0-9]{1,3}(?:[\s\-.]\(?[0-9]{2,8}\)?){2,5}(?![0-9])")
_FOR = re.compile(
    r"[0-9]{1,3}-(?:for|of|on)-[0-9]{1,3}(?![0-9])|[0-9]{1,2}-in-(?:1(?![0-9,])|one\b|[0-9,]{1,7}-years?\b)|[0-9]{1,3}-(?:nil|love)\b|"
    r"9-to-5(?![\w\-]|\.[0-9])"
)
_ENUMERATOR = re.compile(r"[0-9]{1,3}[.)]\s")
_CITATION = re.compile(r"\[[0-9]{1,3}(?:\s?[,;–-]\s?[0-9]{1,3}){0,20}\]")
_STREET = re.compile(r"(?:\s?[-–]\s?[0-9]{1,5})?(?P<words>(?:\s(?:[A-Z][\w.’']*|[0-9]{1,3}(?:st|nd|rd|th))){1,4})")
_NEXT_WORD = re.compile(r"\s([A-Za-z]+)")
_VERB_NEXT = re.compile(r"\s(?:is|was|has|had|will|would|can|could|may|[a-z]+ed)\b")
_ENDS_SENTENCE = frozenset('.!?:;"”“‘(\n•–—-|')
_SEVERAL = frozenset(("and", "or", ",", "to", "-", "–", "&", ", and"))


def label(start: int, end: int, text: str, cue: str = "") -> Draft:
    """The figure of a label; its nominal value is the number that it shows, if it shows a short one."""
    digits = "".join(c for c in text[start : min(end, start + LONGEST)] if c in "0123456789")
    nominal = float(digits) if digits and len(digits) <= 15 and end - start <= LONGEST else 0.0
    return Draft(start, end, "label", nominal=nominal, readings=ANYTHING, cue=cue)


def glued(page: Passage, place: Place, cue: str = "") -> Draft:
    """The label whose digits touch letters or hyphens: the whole of it, back to the figure before."""
    text, first = page.text, place.start
    least = max(page.floor, first - LONGEST)
    while first > least and (text[first - 1].isalnum() or text[first - 1] in "-‑_&"):
        first -= 1
    while first < place.start and text[first] in "-‑_&":
        first += 1
    rest = _REST_OF_NAME.match(text, place.end, place.end + LONGEST)
    stop = rest.end() if rest else place.end
    while stop > place.end and text[stop - 1] in "-‑–/":
        stop -= 1
    return label(first, stop, text, cue)


def at_digits(page: Passage, place: Place) -> Draft | None:
    """A citation, an enumerator, a telephone number or another number that names, which starts with these digits."""
    text, start = page.text, place.start
    if named := _registered(text, place):
        return named
    if place.before == "[" and (found := _CITATION.match(text, start - 1)):
        return label(start, found.end() - 1, text)
    if place.before in ("", "\n") and _ENUMERATOR.match(text, start):
        return label(start, place.end, text)
    if place.after in ("-", ".") and (found := _PHONE.match(text, start) or _FOR.match(text, start)):
        return label(start, found.end(), text)
    if place.before == "(" and place.width == 3 and (found := _PHONE_AREA.match(text, place.end)):
        return label(start, found.end(), text)
    if place.before == "+" and (found := _PHONE_ABROAD.match(text, start)):
        return label(start, found.end(), text)
    pattern = _BY_SIGN.get(place.after)
    if pattern is not None and (found := pattern.match(text, start)):
        return label(start, found.end(), text)
    if place.after == "/" and (found := _STROKE.match(text, start)) and int(found["a"]) >= int(found["b"]):
        end = found.end()
        return None if spellings.match(text, end + (text[end : end + 1] == " ")) else label(start, end, text)
    if place.after in _PICTURE_SIGNS and (found := _PICTURE.match(text, start)):
        before = start if place.after == "K" else max(0, start - _NEAR)
        shown = _shown().search(text, before, found.end() + _NEAR)
        return label(start, found.end(), text) if shown else None
    return None


_BY_SIGN = {"-": _IN_PARTS, "–": _IN_PARTS}
_NEAR = 24
_PICTURE_SIGNS = frozenset("piK")


@functools.cache
def _shown() -> re.Pattern[str]:
    return re.compile(rf"(?ai:\b{any_of(data('labels')['displays'])}\b)")


def _registered(text: str, place: Place) -> Draft | None:
    """A number of a register that the word before names ("ISBN 0-306-40615-2", "CA 90210", "John 3:16")."""
    word = place.words[-1].lstrip(OPENING).rstrip(":#") if place.words else ""
    if word in listed("labels", "identifiers"):
        found = _IDENTIFIER.match(text, place.start, place.end + LONGEST)
    elif place.width == 5 and word in listed("labels", "states"):
        found = _ZIP.match(text, place.start)
    elif place.after == ":" and word in listed("labels", "scripture"):
        found = _VERSE.match(text, place.start)
    elif place.after == "/" and place.width == 4:
        found = _FILED.match(text, place.start)
    elif place.token[0] == "0" and place.width > 1:
        found = _PHONE_AT_HOME.match(text, place.start)
    elif place.after == "-" and place.cue in _DIALLED:
        found = _PHONE_LOCAL.match(text, place.start)
    else:
        return None
    return label(place.start, found.end(), text) if found else None


def over_money(page: Passage, place: Place) -> Draft | None:
    """The number of an event or norm whose name is a currency's too ("COP 28", "Euro 2020", "Euro 6")."""
    numbers = data("labels")["over_money"].get(place.words[-1].lstrip(OPENING)) if place.words else None
    if numbers is None or place.after.isalpha() or not re.fullmatch(numbers, place.token):
        return None
    return None if _SCALED.match(page.text, place.end) else glued(page, place)


_SCALED = re.compile(r"[\s\-](?:million|billion|trillion|thousand|bn|mn|m|k)\b")


def leading_zero(page: Passage, place: Place) -> Draft | None:
    """Digits that begin with a nought and measure nothing: "007", and "000s" for what is left out."""
    if place.token[0] != "0" or place.width < 2 or not place.token.isdigit():
        return None
    end = place.end
    measured = place.after == "%" or (place.token.strip("0") and spellings.match(page.text, end + (place.after == " ")))
    return None if measured else label(place.start, end, page.text)


def address(page: Passage, place: Place) -> Draft | None:
    """The number of a house, if a street's name follows ("49 Zorro Ranch Road", "16-18 Mill Lane")."""
    if place.after not in (" ", "-", "–") or place.number < 0:
        return None
    found = _STREET.match(page.text, place.end)
    if not found:
        return None
    first, *rest = found["words"].split()
    street = any(word.rstrip(".") in listed("labels", "streets") for word in rest)
    if street or (rest and first in listed("labels", "streets_first")):
        return label(place.start, found.start("words"), page.text)
    return None


def is_cued(page: Passage, place: Place) -> tuple[bool, bool]:
    """Whether a word beside the digits makes them a label, and whether only where they count nothing."""
    cue = place.words[-1].lstrip(OPENING) if place.words else ""
    if cue in listed("labels", "before"):
        return True, cue in listed("labels", "unless_counted")
    if _continues(page, place):
        return True, True
    following = _NEXT_WORD.match(page.text, place.end)
    if following and following[1] in listed("labels", "after"):
        return True, False
    return place.number >= 0 and _is_name(cue) and not _begins_sentence(page.text, place), True


def _continues(page: Passage, place: Place) -> bool:
    """Whether this is one more of several ("Routes 93 and 104")."""
    last = page.last
    if (
        last is None
        or last.kind != "label"
        or place.start - last.end > 6
        or last.cue not in listed("labels", "several")
    ):
        return False
    return page.text[last.end : place.start].strip() in _SEVERAL


def _is_name(cue: str) -> bool:
    """Whether the word before is a name: a capital on no word that stands before any number."""
    lower = cue.lower()
    if not cue[:1].isupper() or not cue[-1].isalnum() or cue.isupper() or lower.endswith("ly"):
        return False
    return lower not in _common_words() and lower not in MONTHS and lower.rstrip("s") not in WEEKDAYS


def _begins_sentence(text: str, place: Place) -> bool:
    """Whether the word before begins a sentence and may owe it its capital; not where a verb follows the number."""
    before = text[max(0, place.start - LONGEST) : place.start].rstrip()[: -len(place.words[-1])].rstrip()
    begins = not before or before[-1] in _ENDS_SENTENCE
    return begins and (place.words[-1].endswith("ing") or not _VERB_NEXT.match(text, place.end))


@functools.cache
def _common_words() -> frozenset[str]:
    hedges = (p for phrases in data("hedges")["before"].values() for p in phrases if " " not in p)
    return listed("labels", "not_names") | listed("nouns", "stop") | frozenset(hedges)
