"""Slips in the words of a figure: number words and ordinals, magnitudes, percent and points, units, a lost minus."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from checker.model import Figure
from checker.slips import data
from checker.slips.numbers import Number, in_all, is_compound, numbers

# ---------------------------------------------------------------------- number words

_ORDINAL = re.compile(r"(?P<number>[0-9]{1,6})(?:st|nd|rd|th)\b")
_NINTH_PLACE = 8
"""The place of nine, and of ninth, in their rows: the last that follows on a ten, as in twenty-nine."""


def words_off(figure: Figure) -> Iterator[str]:
    """A number word or an ordinal one place off, then two; a teen heard as a ten and the reverse."""
    for away in (1, 2):
        for row in data.words()["row"]:
            if figure.kind in row["kinds"]:
                yield from _along(figure, row["words"], away)
        yield from _ordinals_off(figure, away)
    yield from _misheard(figure)


def _along(figure: Figure, row: Sequence[str], away: int) -> Iterator[str]:
    counts = row[0] == "one"
    article = r"|\Aan?(?=[\s-])" if counts else ""
    for match in re.finditer(rf"(?i)\b(?:{'|'.join(row)})\b{article}", figure.text):
        old = match[0].lower()
        place = row.index(old) if old in row else 0
        last = _NINTH_PLACE if re.search(r"(?i)ty[\s-]$", figure.text[: match.start()]) else len(row) - 1
        for new in (place + away, place - away):
            if 0 <= new <= last:
                rest = figure.text[match.end() :]
                if counts and 0 in (place, new):
                    rest = _in_number(rest, many=new > 0)
                yield figure.text[: match.start()] + _cased(row[new], match[0]) + rest


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[0].isupper() else word


def _in_number(rest: str, *, many: bool) -> str:
    """What follows one or many: "week" or "weeks", "-third" or "-thirds"; a hyphened "-week" and a "million" stay."""
    match = re.match(r"(?P<between>-|\s+)(?P<noun>[A-Za-z]+)", rest)
    if not match:
        return rest
    forms = _parts().get(match["noun"]) or (None if match["between"] == "-" else _unit_forms().get(match["noun"]))
    return match["between"] + forms[many] + rest[match.end() :] if forms else rest


@functools.cache
def _parts() -> Mapping[str, Sequence[str]]:
    """The parts of a whole, singular and plural, by either."""
    return {form: pair for pair in data.words()["parts"] for form in pair}


@functools.cache
def _unit_forms() -> Mapping[str, Sequence[str]]:
    """The units that have a singular and a plural, by either."""
    pairs = [p for styles in data.words()["unit"].values() for p in styles.values() if len(p) == 2]
    return {form: pair for pair in pairs for form in pair}


def _ordinals_off(figure: Figure, away: int) -> Iterator[str]:
    for match in _ORDINAL.finditer(figure.text):
        for new in (int(match["number"]) + away, int(match["number"]) - away):
            if new > 0:
                yield figure.text[: match.start()] + _ordinal(new) + figure.text[match.end() :]


_FEW_OFF = 2
"""Ordinals nearer than that are miscounted, not mistyped."""


def ordinals_swapped(figure: Figure) -> Iterator[str]:
    """Two neighbouring digits of an ordinal swapped: 152nd for 125th."""
    for match in _ORDINAL.finditer(figure.text):
        digits = match["number"]
        for i in range(len(digits) - 1):
            yield from _placed(figure, match, digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :])


def ordinals_wrong(figure: Figure) -> Iterator[str]:
    """One digit of an ordinal another: 150th for 100th."""
    for match in _ORDINAL.finditer(figure.text):
        digits = match["number"]
        for i in range(len(digits) if len(digits) > 1 else 0):
            for new in "0123456789":
                yield from _placed(figure, match, digits[:i] + new + digits[i + 1 :])


def _placed(figure: Figure, match: re.Match[str], digits: str) -> Iterator[str]:
    if not digits.startswith("0") and abs(int(digits) - int(match["number"])) > _FEW_OFF:
        yield figure.text[: match.start()] + _ordinal(int(digits)) + figure.text[match.end() :]


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 < number % 100 < 14 else ending}"


def _misheard(figure: Figure) -> Iterator[str]:
    alike = data.words()["heard"]
    for teen, ten in alike.items():
        for old, new in ((teen, ten), (ten, teen)):
            match = re.search(rf"(?i)\b{old}\b(?!-)", figure.text)
            if match:
                yield figure.text[: match.start()] + _cased(new, match[0]) + figure.text[match.end() :]


# ---------------------------------------------------------------------- magnitudes

_Scale = tuple[Sequence[str], int, re.Match[str]]


def magnitudes(figure: Figure) -> Iterator[str]:
    """Thousand, million, billion and trillion for one another, dropped, or added."""
    found = _scales(figure)
    if found:
        yield from _scale_changed(figure, found)
    elif not is_compound(figure) and not figure.measure.offset:
        yield from _scale_added(figure)
        yield from in_all(figure, _thousand_dropped)
        yield from in_all(figure, _thousand_added)


def _scales(figure: Figure) -> list[_Scale]:
    """The magnitudes of the figure: all of that style, its place among them, and where it stands."""
    found: list[_Scale] = []
    for style, names in data.words()["scale"].items():
        if style in ("word", "plural"):
            before = r"(?:(?P<before>[0-9]|\b[A-Za-z]{3,})[\s\u00a0-]|\b)"
        elif figure.kind in ("money", "count"):
            before = r"(?P<before>[0-9])[ \u00a0\u202f-]?"
        else:
            continue
        places = re.finditer(rf"{before}(?P<scale>{'|'.join(names)})(?![A-Za-z])", figure.text)
        found.extend((names, names.index(match["scale"]), match) for match in places)
    return found


def _scale_changed(figure: Figure, found: Sequence[_Scale]) -> Iterator[str]:
    names, place, _ = found[-1]
    others = sorted(set(range(len(names))) - {place}, key=lambda other: abs(other - place))
    for other in others:
        text = figure.text
        for _, _, match in reversed(found):
            text = text[: match.start("scale")] + names[other] + text[match.end("scale") :]
        yield text
    if all(match["before"] for _, _, match in found) and _are_small(figure):
        text = figure.text
        for _, _, match in reversed(found):
            text = text[: match.end("before")] + text[match.end("scale") :]
        yield text


def _are_small(figure: Figure) -> bool:
    """Whether the numbers are as small as those that have a magnitude: "1,000 million" is no slip for 1,000."""
    return all(one.sound and one.whole <= 3 for one in numbers(figure))


def _scale_added(figure: Figure) -> Iterator[str]:
    """A magnitude after the last number, where the numbers are as small as those that have one."""
    found = numbers(figure)
    if found and figure.kind in ("money", "count") and _are_small(figure):
        for scale in data.words()["scale"]["word"][1:]:
            rest = figure.text[found[-1].end :]
            yield f"{figure.text[: found[-1].end]} {scale}{' ' if rest[:1].isalpha() else ''}{rest}"


def _thousand_dropped(one: Number) -> str | None:
    if one.mark and not one.places and one.sound and one.digits.endswith("000"):
        return one.printed(one.digits[:-3], 0)
    return None


def _thousand_added(one: Number) -> str | None:
    if one.places or not one.sound or one.digits.startswith("0") or len(one.digits) > 6:
        return None
    return one.printed(f"{one.digits}000", 0)


# ---------------------------------------------------------------------- percent, minus

_PERCENT = re.compile(r"(?i)\s?%|per\s?cent\b|pct\b")
_POINTS = re.compile(r"(?i)(?P<percent>percentage|per\s?cent|pct|%)[ -]points?\b")
_MINUS = re.compile(r"\A(?:minus\s+|[-\u2212\u2013])(?=[0-9])")


def percent_for_points(figure: Figure) -> Iterator[str]:
    """Percent where percentage points are meant, and the reverse."""
    points = _POINTS.search(figure.text)
    percent = _PERCENT.search(figure.text)
    if points:
        word = "percent" if points["percent"].lower() == "percentage" else points["percent"]
        yield figure.text[: points.start()].rstrip(" " if word == "%" else "") + word + figure.text[points.end() :]
    elif percent:
        word = "pct points" if percent[0].lower() == "pct" else "percentage points"
        yield f"{figure.text[: percent.start()].rstrip()} {word}{figure.text[percent.end() :]}"


def sign(figure: Figure) -> Iterator[str]:
    """A minus lost or added, on what a scale with a zero of its own measures: temperatures."""
    if figure.measure.offset:
        minus = _MINUS.match(figure.text)
        yield figure.text[minus.end() :] if minus else f"minus {figure.text}"


# ---------------------------------------------------------------------- units


def units(figure: Figure) -> Iterator[str]:
    """A unit that is printed for this one, in the same style; none where a figure has two."""
    found = list(_unit_pattern().finditer(figure.text))
    if len({match[0] for match in found}) != 1:
        return
    pairs = data.words()["confused"][figure.kind]
    for name, style, form in _unit_prints()[_folded(found[0][0])]:
        for pair in pairs:
            if name in pair:
                other = _in_style(pair[1 - pair.index(name)], style, form)
                text = figure.text
                for match in reversed(found):
                    head = text[: match.start()]
                    gap = " " if head[-1:].isdigit() and len(other) > 4 and other.islower() else ""
                    text = head + gap + other + text[match.end() :]
                yield text


def _in_style(unit: str, style: str, form: int) -> str:
    """A unit in the style of another's print, or in the nearest that it has."""
    styles: Mapping[str, Sequence[str]] = data.words()["unit"][unit]
    likest = (style, "article" if style.endswith("article") else style, style.removesuffix("_article"))
    prints = next((styles[one] for one in likest if one in styles), None) or next(iter(styles.values()))
    return prints[min(form, len(prints) - 1)]


def _folded(text: str) -> str:
    """A unit's print as it is looked up: capitals count in abbreviations only."""
    return text if len(text) <= 3 else text.lower()


@functools.cache
def _unit_prints() -> Mapping[str, Sequence[tuple[str, str, int]]]:
    """By print, the units that it can be, each with the print's style and form: 0 for one, 1 for many or either."""
    prints: dict[str, list[tuple[str, str, int]]] = {}
    for name, styles in data.words()["unit"].items():
        for style, forms in styles.items():
            for form, text in enumerate(forms):
                prints.setdefault(_folded(text), []).append((name, style, form if len(forms) == 2 else 1))
    return prints


@functools.cache
def _unit_pattern() -> re.Pattern[str]:
    """Any unit of the table that is not part of another one, the longest first."""
    prints = sorted(_unit_prints(), key=len, reverse=True)
    either = "|".join(f"(?i:{re.escape(p)})" if len(p) > 3 else re.escape(p) for p in prints)
    before = r"(?<![A-Za-z/^°\u00b7])(?<!square )(?<!cubic )(?<!sq )(?<!cu )(?<!per )(?<!second )(?<!nautical )"
    return re.compile(rf"{before}(?:{either})(?![A-Za-z0-9/^²³°\u00b7]|\s?/|[\s-](?:per|an?|seconds?|hours?)\b)")
