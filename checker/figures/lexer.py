"""The one scan of a paragraph: every place where a figure can start, and what is read there.

What is no quantity is settled first; only then is a number one. The pattern is tried once at each place and takes a
step a character, so a scan is linear in the text whatever the text is.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from checker.figures import (
    ages,
    clock,
    dates,
    events,
    labels,
    marks,
    nouns,
    periods,
    quantities,
    relative,
    scales,
    spellings,
    words,
)
from checker.figures.draft import Draft, Passage, Place
from checker.figures.marks import Mark
from checker.figures.numerals import MOST_DIGITS, Numeral, is_misgrouped, parse
from checker.figures.patterns import any_of, listed, spaced
from checker.figures.readings import exact
from checker.notation import Flaw

_DIGITS = r"(?:(?<![\w.,])\.)?[0-9]+(?:[.,][0-9]+)*"
_GROUPS = re.compile(r"(?:[ \u00a0\u2009\u202f'’][0-9]{3})+(?![0-9]|['’])(?:[.,][0-9]+)?")
_BETWEEN_GROUPS = frozenset(" \u00a0\u2009\u202f'’")
_GROUP_SIGNS = re.compile(rf"[{''.join(_BETWEEN_GROUPS)}]")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?!\w)")
_LINK = re.compile(r"\s?[-–]\s?|\sto\s")
_PERCENT_NEXT = re.compile(r"\s?%|\s(?:percent|per\scent|pct)\b")
_SCORE_NEXT = re.compile(r"[-–][0-9]{1,3}(?![\w\-–])")
_STONE = re.compile(r"st(?!\w)|\sst(?=\s[0-9]{1,2}\s?lbs?\b)")
_STONE_AND_POUNDS = re.compile(r"st\s?[0-9]{1,2}(?:\.[0-9]+)?\s?(?:lbs?|pounds?)\b")
_IN_BRACKETS = re.compile(r"(?P<digits>[0-9]+(?:[.,][0-9]+)*)\)")
_CAPITALS = re.compile(r"[A-Z]{2}\s$")
_BREAKS = frozenset("([“‘\n/")
_NAME_SIGNS = frozenset("_@#\\")
_PRIMES = frozenset("'’′")
_APOSTROPHES = frozenset("'’‘")


@functools.cache
def _scan() -> re.Pattern[str]:
    """One pattern that tries names and number words at the beginnings of words, and digits anywhere.

    Names share one trie, and each alternative begins with a test of one character, so that a place where nothing can
    start costs next to nothing.
    """
    signs = "".join(scales.VULGAR)
    names = any_of((*events.names(), *dates.NAMES, *events.DAY_NAMES, *relative.names()))
    return re.compile(
        rf"\b(?=[A-Za-z0-9])(?:(?P<name>{names})(?!\w)|"
        rf"(?P<single>{words.SINGLE})(?!\w)|(?P<clock>{clock.CLOCK_WORD})(?!\w)|(?P<word>{words.pattern()})(?!\w))|"
        rf"(?=[0-9.{signs}])(?:(?P<digits>{_DIGITS})|(?P<vulgar>[{signs}]))"
    )


def drafts(page: Passage) -> list[Draft]:
    """The figures of a paragraph in order, before neighbours are joined."""
    resume = 0
    for found in _scan().finditer(page.text):
        start = found.start()
        if start < resume:
            continue
        draft = _READERS[found.lastgroup or ""](page, start, found.end())
        if draft is not None and draft.start >= resume:
            page.drafts.append(draft)
            resume = draft.end
    return page.drafts


# ---------------------------------------------------------------------- digits
def _read_digits(page: Passage, start: int, end: int) -> Draft | None:
    place = Place.of(page, start, end)
    if place.width > MOST_DIGITS:
        return labels.label(start, end, page.text)
    if place.before == "+" and (draft := labels.at_digits(page, place)):
        return draft
    if (place.before == " " or place.before.isalpha()) and (draft := labels.over_money(page, place)):
        return draft
    mark = Mark(start) if place.before in _BREAKS else marks.before(page.text, start, page.floor)
    if mark.start == start:
        if year := _year_by_sign(page, place):
            return year
        if _is_end_of_name(page, place):
            return labels.glued(page, place)
        for neighbours, settle in _NO_QUANTITY:
            if (neighbours is None or place.after in neighbours) and (draft := settle(page, place)):
                return draft
        cued, unless_counted = labels.is_cued(page, place) if place.before in _BEFORE_CUED else (False, False)
        cued = cued and not (unless_counted and _SCORE_NEXT.match(page.text, place.end))
        if cued and not unless_counted and not _PERCENT_NEXT.match(page.text, place.end):
            return _name(page, place, labels.glued(page, place))
        draft = _number(page, place, mark)
        return _name(page, place, draft) if cued and _names(page, place, draft) else draft
    return _number(page, place, mark)


def _year_by_sign(page: Passage, place: Place) -> Draft | None:
    """The year, or part of one, that a letter or an apostrophe beside the digits tells ("Q3 2024", "the '90s")."""
    if place.before in _PART_SIGNS or place.after in _PART_SIGNS:
        return periods.at_digits(page, place)
    return dates.short_year(page, place) if place.before in _APOSTROPHES and place.width == 2 else None


_PART_SIGNS = frozenset("QHY")
_BEFORE_CUED = frozenset((" ", "\u00a0", "\n", "#", "", "(", "“", "‘"))


def _is_end_of_name(page: Passage, place: Place) -> bool:
    """Whether letters, or letters and a hyphen, stand on the digits ("V10", "F-16")."""
    if place.before.isalpha() or place.before in _NAME_SIGNS or (place.before in _APOSTROPHES and place.after == "s"):
        return True
    if place.before not in ("-", "‑") or place.start - 2 < page.floor or not page.text[place.start - 2].isalnum():
        return False
    word = _word_ending(page.text, place.start - 1)
    return not word.isdigit() and word.lower() not in listed("numbers", "leads", "words")


def _word_ending(text: str, end: int) -> str:
    start = end
    while start > 0 and end - start < 24 and text[start - 1].isalnum():
        start -= 1
    return text[start:end]


def _ordinal(page: Passage, place: Place) -> Draft | None:
    """Reads "25th"."""
    found = _ORDINAL.match(page.text, place.end)
    numerals = parse(place.token, page.style) if found else ()
    if not found or not numerals or numerals[0].exponent:
        return None
    value = numerals[0].value
    return Draft(place.start, found.end(), "ordinal", nominal=value, readings=exact(value))


def _stone(page: Passage, place: Place) -> Draft | None:
    """Reads "11st 4lb" and "9st", where pounds follow or the ordinal would end otherwise ("21st", "31st")."""
    found = _STONE.match(page.text, place.end) if 0 < place.number < 100 else None
    if not found:
        return None
    ordinal = place.number % 10 == 1 and place.number != 11
    if ordinal and found.end() == place.end + 2 and not _STONE_AND_POUNDS.match(page.text, place.end):
        return None
    draft = Draft(place.start, found.end(), low=(Numeral(place.number),))
    stone = spellings.match("stone", 0)
    if stone is None:  # a project can do without it
        return None
    draft.take(stone[0])
    return draft


def _loss(page: Passage, place: Place) -> Draft | None:
    """Reads a sum in brackets as accounts write a loss: "$(4.2) million"."""
    found = _IN_BRACKETS.match(page.text, place.start) if place.before == "(" else None
    mark = marks.before(page.text, place.start - 1, page.floor) if found else None
    if not found or mark is None or mark.currency is None:
        return None
    low = tuple(n.negative() for n in parse(found["digits"], page.style))
    return quantities.finish(page, Draft(mark.start, found.end(), low=low), mark.currency) if low else None


_NO_QUANTITY: tuple[tuple[frozenset[str] | None, Callable[[Passage, Place], Draft | None]], ...] = (
    (frozenset("s "), _stone),
    (frozenset(")"), _loss),
    (None, labels.at_digits),
    (None, clock.at_digits),
    (None, dates.at_digits),
    (None, ages.at_digits),
    (frozenset("snrt"), _ordinal),
    (frozenset(" -–"), labels.address),
    (None, labels.leading_zero),
)
"""What digits are asked to be before they are a number, in this order, where one of these stands after them."""


def _number(page: Passage, place: Place, mark: Mark) -> Draft:
    """A number with all that is printed on it; a label where its digits run into a name."""
    text = page.text
    if mark.unit is None and place.after in ("/", "⁄") and (found := scales.simple_fraction(text, place.start)):
        draft = Draft(mark.start, found[1], low=(found[0],))
        return quantities.fraction(text, quantities.finish(page, draft, mark.currency))
    if place.after in _PRIMES and (feet := quantities.feet_and_inches(text, place.start)):
        return feet
    token, end = _grouped(page, place)
    numerals = parse(token, page.style)
    if not numerals:
        return labels.glued(page, place)
    if place.number == 10 and place.after and (ten := scales.ten_to(text, end)):
        numerals, end = (Numeral(1, ten[0]),), ten[1]
    elif place.number >= 0 and (mixed := scales.mixed_number(text, end, numerals[0])):
        numerals, end = (mixed[0],), mixed[1]
    if mark.negative:
        numerals = tuple(n.negative() for n in numerals)
    draft = Draft(mark.start, end, low=numerals, flaw=_flaw(page, token))
    if mark.unit is not None:
        draft.take(mark.unit)
        return draft
    quantities.finish(page, draft, mark.currency or _linked_currency(page, mark.start, end))
    if mark.positive and draft.kind in ("percent", "points"):
        draft.change, draft.mover = "up", (mark.start, mark.start + 1)
    if draft.is_bare and draft.end == end and (_runs_on(text, end) or _is_repeated(page, place, mark)):
        return labels.glued(page, place)
    return draft


def _flaw(page: Passage, token: str) -> Flaw | None:
    return "grouping" if "," in token and is_misgrouped(token, english=page.english) else None


def _grouped(page: Passage, place: Place) -> tuple[str, int]:
    """The digits with the groups that spaces or apostrophes part from them, and where they end."""
    if not 0 <= place.number <= 999 or place.token[0] == "0" or place.after not in _BETWEEN_GROUPS:
        return place.token, place.end
    found = _GROUPS.match(page.text, place.end) if page.text[place.end + 1 : place.end + 2].isdigit() else None
    if not found or (place.after == " " and not page.spaced) or found.end() - place.start > MOST_DIGITS:
        return place.token, place.end
    return _GROUP_SIGNS.sub("", page.text[place.start : found.end()]), found.end()


def _linked_currency(page: Passage, start: int, end: int) -> str | None:
    """The currency of the sum that this is the other end of, where only a letter says so ("$779m-798m")."""
    last = page.last
    if last is None or last.unit is None or last.unit.currency is None or start - last.end > 4:
        return None
    if page.text[end : end + 1] not in ("m", "b", "t", "M", "B") or not _LINK.fullmatch(page.text, last.end, start):
        return None
    return last.unit.currency


# ---------------------------------------------------------------------- names
def _name(page: Passage, place: Place, draft: Draft) -> Draft:
    """The label that a word makes of these digits; the same digits later in the paragraph name the same."""
    page.names.add(place.token)
    return labels.label(draft.start, draft.end, page.text, place.words[-1] if place.words else "")


def _names(page: Passage, place: Place, draft: Draft) -> bool:
    """Whether digits after a word that may make them a label count nothing and measure nothing."""
    if draft.unit is not None and draft.unit.name == "second" and place.after == "s":
        return True  # "Channel 5s popular coverage"
    if not draft.is_bare or draft.scale:
        return False
    noun = nouns.read(page.text, draft.end)
    return noun is None or not nouns.is_counted(noun.rpartition(" ")[2].lower())


def _is_repeated(page: Passage, place: Place, mark: Mark) -> bool:
    """Whether a label before had these digits ("93 leaves 104"), or a dash joins them to a name ("COVID -19")."""
    if place.width >= 2 and place.token in page.names:
        return True
    return mark.negative and bool(_CAPITALS.search(page.text[max(0, mark.start - 4) : mark.start]))


def _runs_on(text: str, end: int) -> bool:
    """Whether letters, or a hyphen and a capital, stand on the digits without being a unit ("5G", "737-MAX")."""
    after = text[end : end + 1]
    if after.isalpha() or after == "_":
        return True
    return after in ("-", "‑") and text[end + 1 : end + 2].isupper() and text[end + 1 : end + 3].isalnum()


def _read_name(page: Passage, start: int, end: int) -> Draft | None:
    """Reads a month, a day of the week, a day told from today, or an event by its name."""
    name = page.text[start:end]
    if name in dates.NAMES:
        return dates.at_month(page, start, end)
    if name in events.DAY_NAMES:
        return events.at_weekday(page, start, end)
    return (relative.at_word if spaced(name) in relative.names() else events.at_event)(page, start, end)


def _read_vulgar(page: Passage, start: int, end: int) -> Draft | None:
    """Reads "½", alone or of a unit."""
    draft = Draft(start, end, low=(Numeral(*_vulgar(page.text[start])),))
    quantities.finish(page, draft)
    if draft.is_open:
        draft.kind, draft.fraction = "fraction", True
    return draft


def _vulgar(sign: str) -> tuple[int, int, int, int]:
    a, b = scales.VULGAR[sign]
    return a, 0, 0, b


_READERS: dict[str, Callable[[Passage, int, int], Draft | None]] = {
    "digits": _read_digits,
    "vulgar": _read_vulgar,
    "name": _read_name,
    "word": words.read,
    "single": words.single,
    "clock": lambda page, start, end: clock.in_words(page, start, end) or words.read(page, start, end),
}
