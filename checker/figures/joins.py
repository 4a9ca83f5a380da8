"""Neighbouring numbers that are one figure: ranges, compound values, "1 in 5", "10 ± 2"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import attrs

from checker.figures import nouns, partners, quantities
from checker.figures.contexts import change_words, goes, leading
from checker.figures.draft import NUMBER, Draft, Passage
from checker.figures.numerals import Numeral
from checker.figures.patterns import listed
from checker.figures.readings import one_in
from checker.figures.unit import Unit
from checker.model import Readings

_LONGEST_GAP = 24
_DASH = re.compile(r"\s?[-–—‐‑−]\s?|\s?--\s?")
_TO = re.compile(r"\s+to(?:\s+the)?\s+|-to-|[\s\-]+to[\s\-]+")
_THROUGH = re.compile(r"\s(?:to|through|until|till|and)\s")
_IN = re.compile(r"[\s\-](?:in|out[\s\-]of|in\severy|out\sof\severy)[\s\-]")
_PLUS_MINUS = re.compile(r"\s?\(?(?:±|\+/-|\+/−|plus\sor\sminus|plus/minus)\s?")
_GOES_ON = re.compile(r"\sto\s[$£€]?[0-9][0-9.,]*[^\s0-9]{0,3}(?:\s?[-–]\s?|\sto\s)[$£€]?[0-9]")
"""After a range that a movement came from, the one that it went to ("from 6 to 8 percent to 11 to 13 percent")."""
_MOST_LOOSE = 12
_WICKETS = 10
_MOST_IN = 9
"""One in so many is at most one in a thousand million."""
_SHORTENED = 100
"""From here on the second end of a range may lack the digits that it shares with the first."""
_DASH_NEXT = re.compile(r"\s?[-–]\s?[0-9]")
_PER = re.compile(r"\s(?P<noun>[a-z]{3,}(?:\s[a-z]{3,})?)\sper\s")
_COMPOUND = re.compile(r"\.?(?:\s|,\s|\sand\s|,\sand\s|-)?")
_AFTER_WORD = re.compile(r"[\s\-](?P<word>[A-Za-z]+)")
_MINUTE = Unit("minute", "duration", parts=(("second", 60),))


def join(page: Passage, drafts: list[Draft]) -> list[Draft]:
    """The figures of a paragraph with ranges and compound values made one, and units shared."""
    if len(drafts) < 2:
        return drafts
    near = False
    for first, last in itertools.pairwise(drafts):
        if last.start - first.end <= _LONGEST_GAP:
            near = True
            _give_year(page, first, last)
    if not near:
        partners.share(page, drafts)
        return drafts
    compound: list[Draft] = []
    for draft in drafts:
        _add(page, compound, draft, _compound)
    joined: list[Draft] = []
    for draft in compound:
        _add(page, joined, draft, _one)
    partners.share(page, joined)
    return joined


def _give_year(page: Passage, first: Draft, last: Draft) -> None:
    """Gives the start of a span of days the year of its end ("4 May to 28 September 2025", "Dec. 31-Jan. 2, 2025")."""
    a, b = first.days, last.days
    if a is None or b is None or a.year is not None or b.year is None or a.month is None or b.month is None:
        return
    if (a.day is None) != (b.day is None) or last.start - first.end > _LONGEST_GAP or a.last or b.last:
        return
    gap = page.text[first.end : last.start]
    if _DASH.fullmatch(gap) or _THROUGH.fullmatch(gap):
        if (a.month, a.day or 0) <= (b.month, b.day or 0):
            first.days = attrs.evolve(a, year=b.year)
        elif a.month > b.month:
            first.days = attrs.evolve(a, year=b.year - 1)


def _add(
    page: Passage, found: list[Draft], draft: Draft, merge: Callable[[Passage, Draft, Draft], Draft | None]
) -> None:
    """Adds a draft to those before it, as one with the last where they merge."""
    if found and draft.start - found[-1].end <= _LONGEST_GAP:
        one = merge(page, found[-1], draft)
        if one is not None:
            found[-1] = one
            return
    found.append(draft)


def _one(page: Passage, a: Draft, b: Draft) -> Draft | None:
    if not a.low or not b.low or a.high or b.high:
        return None
    gap = page.text[a.end : b.start]
    return _range(page, a, b, gap) or _rate(page, a, b, gap) or _ratio(a, b, gap) or _tolerance(page, a, b, gap)


# ---------------------------------------------------------------------- compound values
def _compound(page: Passage, a: Draft, b: Draft) -> Draft | None:
    """Reads "3 feet 2 inches" as 38 inches: the parts stand together, the smaller below one of the larger."""
    if a.unit is None or b.unit is None or not a.low or not b.low or a.fraction or b.fraction:
        return None
    if not a.unit.parts and a.unit.currency is None:
        return None
    if a.unit.currency is not None:
        return _sum(page, a, b)
    smaller, ratio = _part(page, a.unit, b)
    whole, part = a.low[0], b.low[0]
    if not ratio or not _COMPOUND.fullmatch(page.text, a.end, b.start):
        return None
    if whole.exponent or whole.divisor != 1 or whole.mantissa < 0 or part.exponent > 0:
        return None
    if part.mantissa < 0 or part.value >= ratio:
        return None
    total = whole.mantissa * ratio * part.divisor * 10**-part.exponent + part.mantissa
    numeral = Numeral(total, part.exponent, 0, part.divisor)
    return Draft(a.start, b.end, smaller.kind, low=(numeral,), unit=smaller, word=a.word)


def _sum(page: Passage, a: Draft, b: Draft) -> Draft | None:
    """Reads "5 euros and 20 cents" as 5.20 euros."""
    whole, part = a.low[0], b.low[0]
    if a.unit is None or b.unit is None or a.unit.name or a.unit.power or b.unit.power != -2 or b.unit.name:
        return None
    cents = b.unit.currency == a.unit.currency or page.text[b.start : b.end].endswith(("cent", "cents"))
    plain = not whole.exponent and not part.exponent + 2 and whole.divisor == part.divisor == 1
    if not cents or not plain or not 0 < part.mantissa < 100 or whole.mantissa < 0:
        return None
    if not _COMPOUND.fullmatch(page.text, a.end, b.start):
        return None
    return Draft(a.start, b.end, "money", low=(Numeral(whole.mantissa * 100 + part.mantissa, -2),), unit=a.unit)


def _part(page: Passage, larger: Unit, b: Draft) -> tuple[Unit, int]:
    """The unit of the smaller part and how many of it make one of the larger; 0 if it is no part."""
    unit = b.unit
    assert unit is not None
    if larger.name == "hour" and unit.name == "meter" and page.text[b.end - 1] == "m":
        return _MINUTE, 60
    name, _, per = unit.name.partition(" / ")  # "2 minutes 45 seconds a kilometre"
    return unit, dict(larger.parts).get(name if per else unit.name, 0)


# ---------------------------------------------------------------------- ranges
def _range(page: Passage, a: Draft, b: Draft, gap: str) -> Draft | None:
    dash = bool(_DASH.fullmatch(gap)) and not ("—" in gap and " " in gap)
    between = gap.strip() == "and" and leading(page, a)[-1:] == ["between"]
    between = between or (gap.strip() == "or" and _are_next(a, b))
    if not (dash or between or _TO.fullmatch(gap)) or a.fraction != b.fraction or not _same(page, a, b):
        return None
    if not dash and not between and goes(page, a, b) and not _GOES_ON.match(page.text, b.end):
        return None
    scored = (dash and not a.word and _is_score(page, a, b)) or (not dash and not between and _is_tally(a, b))
    if a.unit is None and b.unit is None and b.kind != "multiple" and scored:
        return Draft(a.start, b.end, "score", nominal=(a.low[0].value, b.low[0].value))
    unit = b.unit or a.unit
    if b.scale and not a.scale and partners.takes_scale(a, b):
        a.rescale(b.scale)
    if unit is not None:
        for end in (a, b):
            if end.unit is None:
                end.take(unit)
    kind = b.kind if b.kind != NUMBER else a.kind
    return Draft(
        a.start, b.end, kind, low=a.low, high=b.low, unit=unit, scale=b.scale, word=a.word, noun=b.noun or a.noun,
        fraction=a.fraction, bound=b.bound, change=b.change,
        flaw=a.flaw or b.flaw or ("order" if (dash or between) and _is_reversed(page, a, b, dash=dash) else None),
    )  # fmt: skip


def _is_reversed(page: Passage, a: Draft, b: Draft, *, dash: bool) -> bool:
    """Whether the larger end of a range of amounts stands first, where nothing can move from it to the smaller.

    Spans of time count down ("10-5 minutes before the end"), and of long numbers the second may be short ("120-30 km").
    """
    least, most = min(n.value for n in a.low), max(n.value for n in b.low)
    unit = b.unit
    if not least > most > 0 or unit is None or unit.kind in ("duration", "age"):
        return False
    before = leading(page, a)
    if dash:
        still = unit.kind == "quantity" and change_words().isdisjoint(before) and before[-1:] != ["from"]
        return still and a.size < _SHORTENED and not _DASH_NEXT.match(page.text, b.end)
    return len(before) < 2 or before[-2] in listed("numbers", "between", "after")


def _are_next(a: Draft, b: Draft) -> bool:
    """Whether "three or four" tells one loose number: small neighbours, both in words."""
    n, m = a.low[0], b.low[0]
    small = not n.exponent and n.divisor == m.divisor == 1 and not m.exponent and m.mantissa <= _MOST_LOOSE
    return a.word and b.word and a.unit is None and small and m.mantissa == n.mantissa + 1


def _same(page: Passage, a: Draft, b: Draft) -> bool:
    """Whether the two can be the ends of one range: the second says the unit, or both say the same."""
    if a.unit is None:
        return a.is_open and (b.is_open or b.unit is not None or b.kind == "multiple") and b.kind != "fraction"
    if b.unit is not None:
        return b.unit.is_like(a.unit)
    if not b.is_open or b.word or (not b.scale and nouns.read(page.text, b.end) is not None):
        return False
    return a.unit.name == "mach" or (a.unit.kind == "money" and not a.unit.name and not a.unit.power)


def _is_tally(a: Draft, b: Draft) -> bool:
    """Whether "52 to 48" tells votes or odds: whole numbers of which the larger stands first."""
    n, m = a.low[0], b.low[0]
    return not n.exponent and not m.exponent and n.divisor == m.divisor == 1 and n.mantissa > m.mantissa > 0


def _is_score(page: Passage, a: Draft, b: Draft) -> bool:
    """Whether "6-3" is a score: small whole numbers with no unit, and no plural noun counted after them."""
    n, m = a.low[0], b.low[0]
    if n.exponent or m.exponent or m.mantissa < 0 or a.scale or b.scale:
        return False
    if not 0 <= n.mantissa <= 199 or m.mantissa > 199:
        return n.mantissa < 1000 and m.mantissa <= _WICKETS
    found = _AFTER_WORD.match(page.text, b.end)
    word = found["word"].lower() if found else ""
    if n.mantissa >= m.mantissa or word in listed("labels", "scores", "after"):
        return True
    if not word or word in listed("nouns", "stop"):
        return page.cue(a.start) not in listed("labels", "scores", "range_after")
    return not nouns.is_counted(word)


# ---------------------------------------------------------------------- ratios and tolerances
def _ratio(a: Draft, b: Draft, gap: str) -> Draft | None:
    """Reads "one in 16" and "9 out of 10"."""
    if not a.is_bare or not b.is_bare or a.scale or not _IN.fullmatch(gap):
        return None
    part, whole = a.low[0], b.low[0]
    if part.exponent or whole.exponent < 0 or part.divisor != 1 or whole.divisor != 1:
        return None
    whole = Numeral(whole.mantissa * 10**whole.exponent) if whole.exponent <= _MOST_IN else whole
    if whole.exponent or not 0 < part.mantissa < whole.mantissa <= 10**_MOST_IN:
        return None
    if gap.strip(" -") == "in" and part.mantissa > 20:
        return None
    printed, plain = one_in(part, whole)
    nominal = part.mantissa / whole.mantissa
    return Draft(a.start, b.end, "fraction", nominal=nominal, readings=Readings(printed, plain, plain), word=a.word)


def _rate(page: Passage, a: Draft, b: Draft, gap: str) -> Draft | None:
    """Reads "20 deaths per 100,000"."""
    found = _PER.fullmatch(gap)
    if not found or not a.is_bare or not b.is_bare or b.scale or b.word:
        return None
    unit = quantities.per_unit(page.text[b.start : b.end])
    if unit is None:
        return None
    return Draft(a.start, b.end, unit.kind, low=a.low, unit=unit, word=a.word, noun=found["noun"])


def _tolerance(page: Passage, a: Draft, b: Draft, gap: str) -> Draft | None:
    """Reads "10 ± 2 kg" and "3.2 (±0.1) km": the value, and a range about it."""
    n, m = a.low[0], b.low[0]
    if not _PLUS_MINUS.fullmatch(gap) or n.divisor != 1 or m.divisor != 1 or m.mantissa < 0:
        return None
    if a.unit is not None and not (b.unit.is_like(a.unit) if b.unit is not None else b.is_bare):
        return None
    unit = b.unit or a.unit
    places = min(n.exponent, m.exponent)
    value, margin = n.mantissa * 10 ** (n.exponent - places), m.mantissa * 10 ** (m.exponent - places)
    ends = [(Numeral(v, places),) for v in (value - margin, value + margin)]
    draft = Draft(a.start, b.end, NUMBER, low=ends[0], high=ends[1], unit=unit, nominal=n.value)
    if unit is not None:
        draft.kind = unit.kind
    if "(" in gap:
        if page.text[b.end : b.end + 1] != ")":
            return None
        draft.end += 1
        quantities.finish(page, draft)
    return draft
