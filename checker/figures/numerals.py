"""Digits with their separators as exact numbers that keep their last printed place.

Only the string knows it: "1,500", "1500.0" and "1.5 thousand" are one number and three resolutions.
"""

from __future__ import annotations

import enum
import functools
import math
import re
from typing import NamedTuple

MOST_DIGITS = 60
"""Longer strings of digits name something and measure nothing."""


class Style(enum.Enum):
    """How a document writes its numbers, as its unambiguous ones show."""

    POINT = "1,234.5"
    COMMA = "1.234,5"
    EITHER = "both are found, so that 1,234 can be either"


class Numeral(NamedTuple):
    """The number mantissa * 10**exponent / divisor, whose last printed place is worth 10**exponent / divisor.

    `zeros` counts the zeros before the decimal point that end the print and may stand for anything. A tuple, since its
    readings are kept by it and no class of ours is hashed as fast.
    """

    mantissa: int
    exponent: int = 0
    zeros: int = 0
    divisor: int = 1

    @property
    def value(self) -> float:
        """The float nearest to the number."""
        try:
            if not self.exponent and self.divisor == 1:
                return float(self.mantissa)
            p, q = self.ratio(self.mantissa)
            return p / q
        except OverflowError:
            return -math.inf if self.mantissa < 0 else math.inf

    def ratio(self, mantissa: int, finer: int = 0) -> tuple[int, int]:
        """The exact fraction for another mantissa, counted in places `finer` powers of ten below the last."""
        exponent = self.exponent - finer
        if exponent >= 0:
            return mantissa * 10**exponent, self.divisor
        return mantissa, self.divisor * 10**-exponent

    def scaled(self, power: int) -> Numeral:
        """The number times a power of ten, with the same digits ("5" to "5 million")."""
        return Numeral(self.mantissa, self.exponent + power, self.zeros, self.divisor)

    def negative(self) -> Numeral:
        """The number with its sign turned."""
        return Numeral(-self.mantissa, self.exponent, self.zeros, self.divisor)


def whole(value: int) -> Numeral:
    """A whole number, whose trailing zeros may stand for anything."""
    digits = str(value)
    return Numeral(value, 0, len(digits) - len(digits.rstrip("0")) if value else 0)


@functools.lru_cache(maxsize=4096)  # years, small counts and percents come again and again
def parse(token: str, style: Style) -> tuple[Numeral, ...]:
    """The numbers that digits with points and commas can stand for, the likeliest first; none for what is no number.

    A grouping that fits no style ("2,452,3000") is kept as read: with its separators ignored, and with the last one
    as the decimal point.
    """
    if len(token) > MOST_DIGITS:
        return ()
    if token.isdigit():
        return (whole(int(token)),)
    commas, points = token.count(","), token.count(".")
    if commas and points:
        return _mixed(token, commas, points)
    if commas + points > 1:
        return _repeated(token, "," if commas else ".")
    return _point(token, style) if points else _comma(token, style)


def is_misgrouped(token: str, *, english: bool) -> bool:
    """Whether commas group the digits as in no way to write a number: one is missing or too many, or a comma is.

    One comma alone may be decimal unless the text is `english`, and what follows it a year whose space is missing
    ("June 4,1990"); groups of one or two digits alone may be a list.
    """
    groups, _, decimals = token.partition(".")
    first, *rest = groups.split(",")
    if not rest or len(first) > 3 or first[0] == "0" or _grouped(groups, ","):
        return False
    if len(rest) == 1 and not decimals:
        return english and len(rest[0]) > 3 and not _YEAR.fullmatch(rest[0])
    return any(len(group) >= 3 for group in rest)


def _repeated(token: str, separator: str) -> tuple[Numeral, ...]:
    """Numbers with one separator several times: groups, malformed groups, or, with points, a version."""
    if _grouped(token, separator):
        return (_joined(token, separator),)
    return (_joined(token, separator), _decimal(token, separator)) if separator == "," else ()


def _point(token: str, style: Style) -> tuple[Numeral, ...]:
    """Numbers with one point: a decimal in English; three digits that end in two zeros are likelier a group."""
    head, _, tail = token.partition(".")
    as_decimal = _decimal(token, ".")
    if not _could_group(head, tail):
        return (as_decimal,)
    if style is Style.POINT:
        return (as_decimal, _joined(token, ".")) if tail.endswith("00") else (as_decimal,)
    return (_joined(token, "."),) if style is Style.COMMA else (as_decimal, _joined(token, "."))


def _comma(token: str, style: Style) -> tuple[Numeral, ...]:
    """Numbers with one comma: a group in English where three digits follow it, else both readings."""
    head, _, tail = token.partition(",")
    as_decimal = _decimal(token, ",")
    if style is Style.COMMA or head == "0":
        return (as_decimal,)
    if _could_group(head, tail):
        return (_joined(token, ","), as_decimal) if style is Style.EITHER else (_joined(token, ","),)
    return (as_decimal, _joined(token, ",")) if len(tail) <= 2 else (_joined(token, ","), as_decimal)


def _could_group(head: str, tail: str) -> bool:
    return len(tail) == 3 and 1 <= len(head) <= 3 and head[0] != "0"


def _mixed(token: str, commas: int, points: int) -> tuple[Numeral, ...]:
    """Numbers with points and commas: one of them groups, the other, once and last, is the decimal point."""
    if points == 1 and token.rfind(".") > token.rfind(","):
        separator, mark = ",", "."
    elif commas == 1 and token.rfind(",") > token.rfind("."):
        separator, mark = ".", ","
    else:
        return ()
    head, _, tail = token.rpartition(mark)
    as_decimal = _decimal(head.replace(separator, "") + "." + tail, ".")
    if _grouped(head, separator):
        return (as_decimal,)
    return (as_decimal, whole(int(head.replace(separator, "") + tail)))


def _grouped(token: str, separator: str) -> bool:
    """Whether groups are of three after the first, or, as in India, of two before a last of three."""
    first, *rest = token.split(separator)
    if not rest:
        return True
    if not 1 <= len(first) <= 3 or first[0] == "0" or len(rest[-1]) != 3:
        return False
    return all(len(g) == 3 for g in rest) or (len(first) <= 2 and all(len(g) == 2 for g in rest[:-1]))


def _joined(token: str, separator: str) -> Numeral:
    return whole(int(token.replace(separator, "")))


def _decimal(token: str, separator: str) -> Numeral:
    head, _, tail = token.rpartition(separator)
    return Numeral(int(re.sub(r"[.,]", "", head or "0") + tail), -len(tail))


_YEAR = re.compile(r"1[89][0-9][0-9]|20[0-9][0-9]")
