"""The unit of a number: what stands right after it, from "km" and "%" to "a day" and "per 100,000"."""

from __future__ import annotations

import functools
import re

from checker.figures import prices, scales
from checker.figures.currencies import SIGNS, hundredth, money
from checker.figures.draft import Draft, Passage
from checker.figures.numerals import Numeral
from checker.figures.patterns import any_of, data, either, listed
from checker.figures.spellings import is_no_rate, match, over
from checker.figures.unit import Unit
from checker.units import dimension

_SPACE = r"[\s\u00a0\u2009\u202f]"
_UNIT_FOLLOWS = re.compile(
    rf"(?:{_SPACE}{{1,2}}[\"“‘]?|{_SPACE}?[-‐‑])?(?=[A-Za-zÅåđ°ºµμ%‰¢Ω″′℃℉ℓ٪{re.escape(SIGNS)}])"
)
_CLOSING = frozenset(',;:!?"”)')
_PLUS = re.compile(r"\+(?=[\s\-.,;)]|$)")
_TIME = r"(?P<time>second|minute|hour|day|week|month|year)(?!\w)"
_OF_PER = re.compile(r"\sof\s(?:[a-z][a-z’'\-]*\s){1,3}?(?:per\s|/\s?)")
_OF_EACH = re.compile(
    rf"\sof\s(?:[a-z][a-z’'\-]*\s){{1,4}}?(?:an?|per|each|every)\s{_TIME}(?!\s(?:ago|before|earlier|later|after))"
)
_EACH = re.compile(rf"(?:\stimes)?\s(?:an?|per|each|every)\s{_TIME}")
_FOR_EACH = re.compile(r"\s?/\s?|\s(?:per|an?|each|every)\s")
_PER_NOUN = re.compile(r"\sper\s(?P<noun>[a-z]{3,})(?!\w)")
_MORE = re.compile(r"\s(?P<word>more|fewer|less|extra|additional)\s")
_PER = re.compile(
    r"\s(?:per|for\severy|in\severy|out\sof\severy)\s(?P<base>100[,\s\u00a0]?000|1,000,000|1,?000|million|thousand|"
    r"hundred|100)(?![0-9\w]|[.,][0-9])(?!\s(?:years|days|km|miles))"
)
_PER_UNITS = {
    "100000": "per_hundred_thousand", "1000000": "per_million", "million": "per_million", "1000": "per_thousand",
    "thousand": "per_thousand", "100": "per_hundred", "hundred": "per_hundred",
}  # fmt: skip
_POINTS = re.compile(r"[\s\-]points?(?!\w)")
_LOOSE = re.compile(r"[\s\-](?P<word>plus|odd|some)[\s\-](?=[a-z])")
"""Between a number and its unit: "40-plus minutes", "20-odd years"."""
_FOLD = re.compile(r"-?fold(?!\w)|[xX×](?=\s|[.,;:)]|$)")
_TIMES = re.compile(rf"[\s\-](?P<times>times)(?:\s(?:{either(data('numbers')['times']['after'])})\b|\s*\Z)")
_LEAST_PAID = 100
"""Fewer pounds that someone pays for, or pays, may be a weight."""
_PENCE = re.compile(r"(?:(?<=[0-9])p|\sp(?=[\s,;)]|\.\s|\.?$))(?!\w)(?!\.\s?m)(?!\s[A-Z])")
_POUNDS = re.compile(r"pounds?(?![\w/\-])(?!\s(?:per\ssquare|of\s(?:thrust|force)|force|feet|foot)\b)")
_INCHES_END = re.compile(r"\)|\s\([0-9]|\s?[×x]\s?[0-9]|-(?!\w)|\s(?:wide|tall|thick|across|of\s(?:rain|snow))\b")
_FEET_INCHES = re.compile(r"(?P<feet>[0-9]{1,3})['’′]\s?(?P<inches>[0-9]|1[01])(?:[\"”″]|''|’’)")
_OF_A = re.compile(r"\s(?:of\s)?an?\s")

_OLD = re.compile(r"[\s\-‑]old(?!\w)")
_OLD_UNITS = frozenset(("year", "month", "week", "day", "ten_years", "century"))
"""Of what is too old for a person the age is a span of time ("90 million-year-old dunes")."""

_POINT = Unit("percentage_point", "points", below_zero=True)
_INCH = Unit("inch")
_HYPHEN_DIGITS = frozenset(f"-{digit}" for digit in range(10))
_NOT_UNITS = frozenset("Sen Mark Marks Won Rand Dong Stone Pound Min Second Degree Mole Sec Gal Cent".split())
"""With a capital these are names, titles and verbs at the head of a sentence."""


def finish(page: Passage, draft: Draft, currency: str | None = None) -> Draft:
    """Takes up all that stands right after the digits or words of a number: scale, unit, price."""
    text = page.text
    if text[draft.end : draft.end + 1] not in _CLOSING:
        scales.apply(text, draft, money=currency is not None)
    if text[draft.end : draft.end + 1] == "+" and (plus := _PLUS.match(text, draft.end)):
        draft.bound, draft.end = ">", plus.end()
    if currency is not None:
        draft.take(money(currency))
        _shillings(text, draft)
        prices.apply(text, draft)
    elif draft.unit is None and (gap := _UNIT_FOLLOWS.match(text, draft.end)):
        if text[draft.end] in "- " and (loose := _LOOSE.match(text, draft.end)) and (found := match(text, loose.end())):
            draft.take(found[0])
            draft.bound, draft.end = (">" if loose["word"] == "plus" else "~"), found[1]
            return draft
        _ = _spelled(page, draft, gap.end()) or _short(page, draft, gap.end()) or _counted(text, draft)
    return draft


def _spelled(page: Passage, draft: Draft, at: int) -> bool:
    """A unit from the table."""
    text = page.text
    if text[at] in "pP" and (pounds := _POUNDS.match(text, at)) and _is_sterling(page, draft):
        draft.take(money("GBP"))
        draft.end = pounds.end()
        prices.apply(text, draft)
        return True
    found = match(text, at)
    if not found or _is_misread(page, draft, text[at : found[1]], at):
        return False
    unit, draft.end = found
    if unit.kind == "percent" and (points := _POINTS.match(text, draft.end)):
        unit, draft.end = _POINT, points.end()
    elif unit.kind == "quantity" and text.startswith(" of ", draft.end) and not _is_length(unit):
        unit, draft.end = _of_each(text, unit, draft.end)
    if unit.name in _OLD_UNITS and (old := _OLD.match(text, draft.end)):
        draft.end = old.end()
    draft.take(unit)
    if unit.currency:
        prices.apply(text, draft)
    return True


def _of_each(text: str, unit: Unit, end: int) -> tuple[Unit, int]:
    """A unit over another where what it measures stands between ("micrograms of lead per litre")."""
    if each := _OF_EACH.match(text, end):
        return over(unit, each["time"]), each.end()
    if (of := _OF_PER.match(text, end)) and (under := match(text, of.end())):
        return over(unit, under[0].name), under[1]
    return unit, end


def _is_length(unit: Unit) -> bool:
    """Whether the unit is one of length: "400,000 km of traffic per second" is no speed."""
    return unit.measure.dimension == dimension("[length]")


def _is_sterling(page: Passage, draft: Draft) -> bool:
    """Whether so many pounds are money: in a text with £, where one pays, or from a million up, nothing weighed."""
    if page.sterling and draft.scale:
        return True
    if draft.scale < 6 and (draft.size < _LEAST_PAID or "$" in page.text or not _pays(page, draft)):
        return False
    return not _weighing().search(page.text, max(0, draft.start - 100), draft.end + 100)


def _pays(page: Passage, draft: Draft) -> bool:
    """Whether a word of payment stands in the few words before."""
    return not listed("nouns", "paid").isdisjoint(word.lower() for word in page.words_before(draft.start)[-4:])


@functools.cache
def _weighing() -> re.Pattern[str]:
    return re.compile(rf"(?ai:\b{any_of(data('nouns')['weighed'])}\b)")


def _short(page: Passage, draft: Draft, at: int) -> bool:
    """Pence, "-fold" and "times", which need their surroundings to be told from other words."""
    text, end, first = page.text, draft.end, page.text[at]
    if first == "p" and not draft.scale and _PENCE.match(text, end):
        draft.take(hundredth("GBP"))
        draft.end = at + 1
        prices.apply(text, draft)
    elif first in "fxX-" and (fold := _FOLD.match(text, end)):
        draft.kind, draft.end = "multiple", fold.end()
    elif first == "t" and (times := _TIMES.match(text, end)) and (times.end() < len(text) or not draft.start):
        draft.kind, draft.end = "multiple", times.end("times")
    else:
        return False
    return True


def _counted(text: str, draft: Draft) -> bool:
    """A rate or a comparison of what is counted: "per 100,000", "a day", "fewer miles"."""
    end = draft.end
    if not _rating().match(text, end):
        return False
    if not draft.scale and (per := _PER.match(text, end)):
        unit = per_unit(per["base"])
        assert unit is not None
        draft.take(unit)
        draft.end = per.end()
        return True
    if (more := _MORE.match(text, end)) and (found := match(text, more.end())):
        draft.take(found[0])
        draft.end = found[1]
        draft.change = "down" if more["word"] in ("fewer", "less") else "up"
        return True
    if (qualified := _qualified().match(text, end)) and (found := match(text, qualified.end())):
        unit, stop = found
        if unit.kind in ("quantity", "duration") and text[qualified.end() : stop].endswith(("s", "feet")):
            draft.take(unit)
            draft.end = stop
            return True
    if (each := _EACH.match(text, end)) and not is_no_rate(text, "a", each["time"], each.end()):
        draft.take(over(None, each["time"]))
        draft.end = each.end()
        return True
    return False


def per_unit(base: str) -> Unit | None:
    """The unit of a rate for so many ("per 100,000"), None for any other number."""
    name = _PER_UNITS.get(re.sub(r"[,\s\u00a0]", "", base))
    return Unit(name, "fraction") if name else None


@functools.cache
def _rating() -> re.Pattern[str]:
    """What begins a rate or a comparison; tried first, since few counts have one."""
    words = (
        "per",
        "times",
        "for every",
        "in every",
        "out of every",
        "a",
        "an",
        "each",
        "every",
        "more",
        "fewer",
        "less",
    )
    return re.compile(rf"\s{any_of((*words, 'extra', 'additional', 'of', *data('nouns')['of_unit']))}\s")


@functools.cache
def _qualified() -> re.Pattern[str]:
    """Adjectives between a number and its unit that leave the unit what it is ("6 full days")."""
    return re.compile(rf"\s{any_of(data('nouns')['of_unit'])}\s")


def rate_of(text: str, draft: Draft, noun: str) -> None:
    """Makes a count of things for each of a unit a rate ("25,000 officers a year", "20 points per game")."""
    at = text.find(noun, draft.end) + len(noun)
    if at < len(noun):
        return  # "Greek and Turkish trawlers" is told without its "and"
    joint = _FOR_EACH.match(text, at)
    if not joint:
        return
    found = match(text, joint.end())
    if found and found[0].kind in ("quantity", "duration"):
        under, stop = found
        if not is_no_rate(text, joint[0], text[joint.end() : stop], stop):
            draft.take(over(None, under.name))
    elif each := _PER_NOUN.match(text, at):
        if unit := per_unit(each["noun"]):
            draft.take(unit)
            return
        draft.noun = f"{noun} per {each['noun']}"


def fraction(text: str, draft: Draft) -> Draft:
    """A fraction in digits with the unit that it is of ("1/16 of a pint"); alone, or of a noun, a share."""
    if draft.is_open:
        of = _OF_A.match(text, draft.end)
        found = match(text, of.end()) if of else None
        if found:
            draft.take(found[0])
            draft.end = found[1]
        else:
            draft.kind = "fraction"
    return draft


def feet_and_inches(text: str, start: int) -> Draft | None:
    """A height in feet and inches with their primes or quotes (5' 11")."""
    found = _FEET_INCHES.match(text, start)
    if not found:
        return None
    inches = int(found["feet"]) * 12 + int(found["inches"])
    return Draft(start, found.end(), _INCH.kind, low=(Numeral(inches),), unit=_INCH)


_SHILLINGS = re.compile(r"\s(?P<s>1?[0-9])s\.?(?:\s(?P<d>1[01]|[0-9])d)?(?![\w.])")


def _shillings(text: str, draft: Draft) -> None:
    """Takes up shillings, and pence, of which twelve make one ("£2 10s 6d")."""
    found = _SHILLINGS.match(text, draft.end)
    low = draft.low[0]
    if not found or draft.unit is None or draft.unit.currency != "GBP" or low.exponent or low.divisor != 1:
        return
    shillings = low.mantissa * 20 + int(found["s"])
    pence = found["d"] is not None
    draft.low = (Numeral(shillings * 12 + int(found["d"]), 0, 0, 240) if pence else Numeral(shillings, 0, 0, 20),)
    draft.end = found.end()


@functools.cache
def _scaled_only() -> frozenset[str]:
    """Words that are money after a scale word only ("2 billion won", not "ten won")."""
    spelled = [s for entry in data("money").values() for s in entry.get("needs_scale", ())]
    return frozenset(w for s in spelled for w in (s.split("/") if "/" in s else (s, f"{s}s")))


def _is_misread(page: Passage, draft: Draft, spelling: str, at: int) -> bool:
    """Whether a spelling is likelier something else here: a preposition, a name, a verb."""
    apart = at > draft.end
    if spelling in ("in", "ins"):
        if not apart or page.text[draft.end] == "-":
            return apart and page.text[at + len(spelling) : at + len(spelling) + 2] in _HYPHEN_DIGITS
        last = page.last
        if last is not None and last.unit is not None and last.unit.name == "foot" and draft.start - last.end <= 2:
            return False
        return not _INCHES_END.match(page.text, at + len(spelling))
    if len(spelling) == 1 and apart:
        following = page.text[at + 1 : at + 3]
        if following[:1] in ("-", "‑") and following[1:].isdigit():
            return True  # "14 B-52s"
        return spelling.isupper() and following[:1] == "." and following[1:].isalpha()
    if spelling == "K":
        return True
    return spelling in _NOT_UNITS or (not draft.scale and spelling.lower() in _scaled_only())
