"""What is printed right before digits and belongs to them: a currency, a sign, "Mach"."""

from __future__ import annotations

import functools
import re
import string

import attrs

from checker.figures.currencies import SIGNS, scaled_codes
from checker.figures.patterns import any_of, data, spaced
from checker.figures.unit import Unit

_MINUS = frozenset("-−–‐‑")
_SIGN_CAN_FOLLOW = frozenset(" \n\u00a0(“\"'[;,/<>=~≈")
_CURRENCY_ENDS = re.compile(rf"[{re.escape(SIGNS)}A-Za-z.]")
_BARE_SIGNS = frozenset(SIGNS) - {".", "="}
_SIGN_ENDS = frozenset("se-−–+")
_SMALL_LETTERS = frozenset(string.ascii_lowercase)
_PLAIN_MONEY = frozenset("$£€")
_SIGN_WORD = re.compile(
    r"(?:^|(?<=[\s(“\"‘',]))(?P<sign>(?<!plus\sor\s)(?<!Plus\sor\s)[Mm]inus|[Pp]lus|[Nn]egative)[\s\-]$"
)
_MACH = re.compile(r"(?:^|(?<=[\s(“\"‘'\-]))(?:Mach|mach|MACH)[\s\-]$")
_SUM = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+\.[0-9]{2}(?![0-9])|[0-9]+(?:\.[0-9]+)?(?:\s(?:million|billion|trillion|thousand)|(?:k|m|bn|tn)(?!\w))"
)
"""Digits that are a sum of money whatever letters stand before them."""
_WINDOW = 15
"""No sign, code or word of these is longer, nor "plus or minus"."""

_MACH_UNIT = Unit("mach")


@attrs.frozen
class Mark:
    """Where a number begins with its marks, and what they say."""

    start: int
    currency: str | None = None
    negative: bool = False
    positive: bool = False
    """A plus is printed."""
    unit: Unit | None = None


@functools.cache
def _signs() -> dict[str, str]:
    return {
        sign: code
        for code, entry in data("money").items()
        for sign in (*entry.get("signs", ()), *entry.get("plain_signs", ()))
    } | {sign: unit.currency or "" for sign, unit in scaled_codes().items()}


@functools.cache
def _plain_signs() -> frozenset[str]:
    return frozenset(sign for entry in data("money").values() for sign in entry.get("plain_signs", ()))


@functools.cache
def _currency() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<![\w$]))(?P<sign>{any_of(_signs())})\s?(?P<minus>[-−])?$")


@functools.cache
def _small_endings() -> frozenset[str]:
    """The last two characters of the signs that end in a small letter, as most words do and few signs."""
    return frozenset(spelled[-2:] for sign in _signs() if (spelled := sign.strip())[-1].islower())


def before(text: str, start: int, floor: int) -> Mark:
    """The marks of the digits that start here, none of them before the floor."""
    previous = text[start - 1] if start > floor else ""
    if not previous or previous == "\n":
        return Mark(start)
    beyond = text[start - 2] if start > 1 else ""
    if previous in _PLAIN_MONEY and (not beyond or beyond in " (") and start - 2 > floor:
        third = text[start - 3] if start > 2 else ""
        if not third.isupper() and third not in _SIGN_ENDS:  # "US $5", "minus $5"
            return Mark(start - 1, _signs()[previous])
    at = _edge(text, start, floor)
    edge = text[at] if at >= 0 else ""
    if edge and start - 1 > floor - (edge == previous) and _CURRENCY_ENDS.match(edge):
        if edge in "hH" and (found := _search(_MACH, text, start, floor)):
            return Mark(found[0], unit=_MACH_UNIT)
        if edge in _SMALL_LETTERS and text[at - 1 : at + 1] not in _small_endings():
            return _signed(text, start, floor)
        if found := _search(_currency(), text, start, floor):
            at, match = found
            if match["sign"] in _plain_signs() and not _SUM.match(text, start):
                return Mark(start)
            signed = _signed(text, at, floor)
            if unit := scaled_codes().get(match["sign"]):
                return Mark(signed.start, negative=signed.negative, unit=unit)
            minus = bool(match["minus"]) or signed.negative
            return Mark(signed.start, _signs()[spaced(match["sign"])], minus)
    return _signed(text, start, floor)


def _edge(text: str, start: int, floor: int) -> int:
    """Where the last letter or sign before digits stands, behind a space or a minus."""
    previous, beyond = text[start - 1], text[start - 2] if start > 1 else ""
    if previous in "-−" and beyond == " " and start - 2 > floor:
        return start - 3
    return start - 2 if previous in " \u00a0" or (previous in "-−" and beyond in _BARE_SIGNS) else start - 1


def _search(pattern: re.Pattern[str], text: str, start: int, floor: int) -> tuple[int, re.Match[str]] | None:
    window = max(floor, start - _WINDOW)
    found = pattern.search(text[window:start])
    return (window + found.start("sign" if found.lastgroup else 0), found) if found else None


def signed(text: str, start: int, floor: int) -> Mark:
    """A minus or plus in words before a number in words ("minus five degrees")."""
    found = _search(_SIGN_WORD, text, start, floor)
    return Mark(found[0], negative=found[1]["sign"].lower() != "plus") if found else Mark(start)


def _signed(text: str, start: int, floor: int) -> Mark:
    """A minus or plus, as a sign or a word, before a place."""
    previous = text[start - 1] if start > floor else ""
    beyond = text[start - 2] if start > 1 else " "
    if previous in ("-", " ", "\u00a0") and beyond in "se" and (found := _search(_SIGN_WORD, text, start, floor)):
        return Mark(found[0], negative=found[1]["sign"].lower() != "plus")
    if beyond == "/" and text[start - 3 : start - 2] == "+":
        return Mark(start)
    if previous in _MINUS and beyond in _SIGN_CAN_FOLLOW and (start - 1 > floor or not floor):
        return Mark(start - 1, negative=True)
    if previous == "+":
        return Mark(start - 1, positive=True)
    if previous == " " and beyond == "+" and start - 1 > floor:
        return Mark(start - 2, positive=True)
    return Mark(start)
