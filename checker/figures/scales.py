"""What multiplies digits: scale words and letters, powers of ten, fractions after them."""

from __future__ import annotations

import functools
import re

from checker.figures.draft import Draft
from checker.figures.numerals import Numeral
from checker.figures.patterns import any_of, data, either, listed
from checker.figures.spellings import match

MOST_POWER = 100
"""Larger powers of ten are no measurement, and with the longest digits and units would not fit a float."""

_SPACE = r"[\s\u00a0\u2009\u202f]"
_GAP_SIGNS = "-" + "".join(c for c in map(chr, range(0x3001)) if c.isspace())
_CAPITAL_LETTER = re.compile(r"(?P<letter>[MB])(?=\s[a-z])")
_MILLION_LETTER = re.compile(r"m(?![\w/²³])\s(?P<next>[a-z][\w\-]*)")
_TEN_TO = re.compile(
    r"\s?[×x⋅·\*]\s?10\s?(?:\^\s?\{?(?P<caret>[+\-−–]?[0-9]{1,3})\}?|(?P<raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|"
    r"(?P<minus>[−–-][0-9]{1,2}))(?![0-9])|[eE](?P<e>[+\-−]?[0-9]{1,3})(?!\w)"
)
_RAISED_TEN = re.compile(r"\^\{?(?P<caret>[+\-−–]?[0-9]{1,3})\}?(?![0-9])|(?P<raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?![⁰-⁹])")
_RAISED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹−–", "+-0123456789--")
_FRACTION = re.compile(r"(?P<a>[0-9]{1,3})\s?[/⁄]\s?(?P<b>[0-9]{1,3})(?![0-9/⁄]|[.,][0-9])")

VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5),
}  # fmt: skip
_PARTS = {"half": (1, 2), "quarter": (1, 4), "third": (1, 3)}
_MIXED = re.compile(
    r"(?:[\s\-](?P<a>[0-9]{1,2})[/⁄](?P<b>[0-9]{1,3})(?![0-9/⁄]|[.,][0-9])|\s?(?P<v>[" + "".join(VULGAR) + "])|"
    r"\sand\s(?:a\s(?P<part>half|quarter|third)|three[\s\-](?P<quarters>quarters))(?!\w))"
)


@functools.cache
def _scale() -> re.Pattern[str]:
    numbers = data("numbers")
    names = any_of([*numbers["scales"], "hundred"])
    letters = any_of(numbers["letters"])
    long = either(letter for letter in numbers["letters"] if len(letter) > 1)
    return re.compile(
        rf"(?:{_SPACE}{{1,2}}|{_SPACE}?-)?(?P<word>(?ai:{names}))s?(?!\w)|(?:(?P<letter>{letters})|\s(?P<spaced>{long}))(?!\w)"
    )


@functools.cache
def _beginnings() -> frozenset[str]:
    """What a scale word or letter can begin with; looked at first, since few numbers have one."""
    numbers = data("numbers")
    words = {word[0] for word in (*numbers["scales"], "hundred")}
    return frozenset((*words, *(c.upper() for c in words), *(letter[0] for letter in numbers["letters"])))


@functools.cache
def _money_letter() -> re.Pattern[str]:
    return re.compile(rf"{_SPACE}?-?(?P<letter>{any_of(data('numbers')['money_letters'])})(?!\w)")


def apply(text: str, draft: Draft, *, money: bool) -> None:
    """Takes up the scale words, letters and powers of ten that follow the digits of a draft."""
    for _ in range(2):
        found = _power(text, draft.end, money)
        if found is None:
            break
        draft.rescale(found[0])
        draft.end = found[1]
    if not draft.scale and not money and (ten := _power_of_ten(text, draft.end)):
        draft.low = tuple(n.scaled(ten[0]) for n in draft.low)
        draft.end = ten[1]


def _power(text: str, end: int, money: bool) -> tuple[int, int] | None:
    """The power of ten of a scale word or letter, and where it ends."""
    numbers = data("numbers")
    if money and (found := _money_letter().match(text, end)):
        return numbers["money_letters"][found["letter"]], found.end()
    begins = text[end : end + 3].lstrip(_GAP_SIGNS)[:1]
    if begins in _beginnings() and (found := _scale().match(text, end)):
        letter = found["letter"] or found["spaced"]
        if letter:
            return numbers["letters"][letter], found.end()
        word = found["word"].lower()
        return (2 if word == "hundred" else numbers["scales"][word]), found.end()
    if text[end : end + 1] in ("M", "B", "m"):
        return _lone_letter(text, end)
    return None


def _lone_letter(text: str, end: int) -> tuple[int, int] | None:
    """The power of an M, B or m that no currency explains, where what follows is counted ("1.2m people")."""
    if found := _CAPITAL_LETTER.match(text, end):
        return data("numbers")["money_letters"][found["letter"]], found.end()
    if text[end] == "m" and (unit := match(text, end + 2)) and unit[0].currency and text[end + 1] == " ":
        return 6, end + 1  # "5m USD"
    if found := _MILLION_LETTER.match(text, end):
        noun = found["next"]
        counted = noun.endswith("s") and len(noun) > 4 and noun not in listed("nouns", "metres")
        return (6, end + 1) if counted or noun in listed("nouns", "millions") else None
    return None


def ten_to(text: str, end: int) -> tuple[int, int] | None:
    """The exponent of a "10" that ends here ("10^5", "10⁶"), and where it ends."""
    found = _RAISED_TEN.match(text, end)
    power = int((found["caret"] or found["raised"]).translate(_RAISED)) if found else MOST_POWER + 1
    return (power, found.end()) if found and abs(power) <= MOST_POWER else None


def _power_of_ten(text: str, end: int) -> tuple[int, int] | None:
    """The exponent of "× 10^9" or "e9" and where it ends."""
    found = _TEN_TO.match(text, end)
    if not found:
        return None
    written = found["caret"] or found["raised"] or found["minus"] or found["e"]
    power = int(written.translate(_RAISED))
    return (power, found.end()) if abs(power) <= MOST_POWER else None


def mixed_number(text: str, end: int, numeral: Numeral) -> tuple[Numeral, int] | None:
    """A whole number with a fraction after it ("7-3/4", "3½", "11 and a half"), and where it ends."""
    found = _MIXED.match(text, end)
    if not found or numeral.exponent:
        return None
    if found["part"] or found["quarters"]:
        a, b = _PARTS[found["part"]] if found["part"] else (3, 4)
    else:
        a, b = VULGAR[found["v"]] if found["v"] else (int(found["a"]), int(found["b"]))
    return (Numeral(numeral.mantissa * b + a, 0, 0, b), found.end()) if 0 < a < b else None


def simple_fraction(text: str, start: int) -> tuple[Numeral, int] | None:
    """A fraction in digits ("1/16"), and where it ends."""
    found = _FRACTION.match(text, start)
    if not found:
        return None
    a, b = int(found["a"]), int(found["b"])
    return (Numeral(a, 0, 0, b), found.end()) if 0 < a < b else None
