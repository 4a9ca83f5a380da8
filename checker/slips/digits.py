"""Slips in the digits of a number: separators, decimal points, digits wrong, swapped, lost or doubled."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

from checker.model import Figure
from checker.slips.numbers import Number, in_all, in_each, is_compound, numbers, well_grouped

_WHOLE_BY_NATURE = frozenset({"count", "age", "fraction"})


def separators(figure: Figure) -> Iterator[str]:
    """A separator read as a decimal point and the reverse, in every number alike; wrong groups put right."""
    yield from in_all(figure, _other_separator)
    yield from in_each(figure, _regrouped)


def _other_separator(one: Number) -> str | None:
    head, mark, tail = one.text.partition(one.mark or one.point or "\0")
    if len(tail) != 3 or not tail.isdigit() or not 1 <= len(head) <= 3 or head == "0":
        return None
    return head + ("," if mark == "." else ".") + tail


def _regrouped(one: Number) -> Iterator[str]:
    if not one.sound:
        yield f"{int(one.digits):,}"


def decimal_points(figure: Figure) -> Iterator[str]:
    """Ten times as much or a tenth: the decimal point, or the noughts at the end, one place off."""
    if is_compound(figure):
        return
    whole = figure.kind in _WHOLE_BY_NATURE
    makers = (_tenfold, functools.partial(_tenth, whole=whole))
    for maker in makers:
        yield from in_each(figure, lambda one, maker=maker: iter(filter(None, [maker(one)])))  # type: ignore[misc]
    for maker in makers:
        yield from in_all(figure, maker)


def _tenfold(one: Number) -> str | None:
    if not one.sound or not one.digits.strip("0"):
        return None
    if one.places:
        return one.printed(one.digits, one.places - 1)
    return one.printed(one.digits + "0", 0)


def _tenth(one: Number, *, whole: bool) -> str | None:
    if not one.sound or not one.digits.strip("0"):
        return None
    if not one.places and one.digits.endswith("0"):
        return one.printed(one.digits[:-1], 0)
    return None if whole and not one.places else one.printed(one.digits, one.places + 1)


def swapped(figure: Figure) -> Iterator[str]:
    """Two digits of a number swapped, neighbours first."""
    yield from in_each(figure, functools.partial(digits_swapped, near=True))
    yield from in_each(figure, functools.partial(digits_swapped, near=False))


def digits_swapped(one: Number, *, near: bool) -> Iterator[str]:
    """The number with two of its digits swapped: neighbours, or others."""
    places = [i for i, c in enumerate(one.text) if c.isdigit()]
    for (a, i), (b, j) in itertools.combinations(enumerate(places), 2):
        if (b - a == 1) == near:
            text = one.text[:i] + one.text[j] + one.text[i + 1 : j] + one.text[i] + one.text[j + 1 :]
            if one.is_written(text):
                yield text


def wrong(figure: Figure) -> Iterator[str]:
    """One digit of a number another."""
    yield from in_each(figure, digit_wrong)


def digit_wrong(one: Number) -> Iterator[str]:
    """The number with one of its digits another, from the first digit on, the nearer digits first."""
    for i, old in enumerate(one.text):
        if old.isdigit():
            for away in itertools.chain.from_iterable((away, -away) for away in range(1, 10)):
                if 0 <= int(old) + away <= 9:
                    text = f"{one.text[:i]}{int(old) + away}{one.text[i + 1 :]}"
                    if one.is_written(text):
                        yield text


def lost_or_doubled(figure: Figure) -> Iterator[str]:
    """A digit left out or typed twice, and for the way back any digit put in."""
    yield from in_each(figure, _one_fewer)
    yield from in_each(figure, _one_more)


def _one_fewer(one: Number) -> Iterator[str]:
    for i, c in enumerate(one.text):
        if c.isdigit() and len(one.digits) > 1:
            yield from _as_typed(one, one.text[:i] + one.text[i + 1 :])


def _one_more(one: Number) -> Iterator[str]:
    text = one.text
    for i, c in enumerate(text):
        if c.isdigit():
            yield from _as_typed(one, text[:i] + c + text[i:])
    for i, c in itertools.product(range(len(text), -1, -1), "0123456789"):
        yield from _as_typed(one, text[:i] + c + text[i:])


def _as_typed(one: Number, text: str) -> Iterator[str]:
    """A text with a digit more or less: put in groups if the number's were right, else only if they now are."""
    digits = re.sub("[^0-9]", "", text)
    if not one.sound:
        if well_grouped(text) and not text.startswith("0"):
            yield text
        return
    places = len(text) - text.rindex(one.point) - 1 if one.point else 0
    whole = digits[: len(digits) - places]
    if (places or not one.places) and (whole == "0" or (whole and not whole.startswith("0"))):
        yield one.printed(digits, places)


def one_off(figure: Figure) -> Iterator[str]:
    """A whole number below a hundred that is one more or one less: 9 for 10."""
    yield from in_each(figure, _neighbours)


def _neighbours(one: Number) -> Iterator[str]:
    if len(one.text) <= 2 and one.text.isdigit() and not one.text.startswith("0"):
        yield str(int(one.text) + 1)
        if int(one.text) > 1:
            yield str(int(one.text) - 1)


def ends_swapped(figure: Figure) -> Iterator[str]:
    """The two ends of a range, or the two sides of a score, in each other's place."""
    found = numbers(figure)
    if len(found) == 2 and (isinstance(figure.nominal, tuple) or figure.kind == "score"):
        first, second = found
        between = figure.text[first.end : second.start]
        yield figure.text[: first.start] + second.text + between + first.text + figure.text[second.end :]
