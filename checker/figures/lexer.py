"""The one scan of a paragraph: every place where a figure can start, and what is read there.

What is no quantity is settled first; only then is a number one. The pattern is tried once at each place and takes a
step a character, so a scan is linear in the text whatever the text is.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from checker.figures import ages, clock, dates, labels, nouns, quantities, words
from checker.figures.draft import Draft, Passage
from checker.figures.numerals import MOST_DIGITS, Numeral, parse
from checker.figures.readings import exact

_DIGITS = r"(?:(?<![\w.,])\.)?[0-9]+(?:[.,][0-9]+)*"


@functools.cache
def _scan() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<event>{dates.event_pattern()})(?!\w)|(?P<digits>{_DIGITS})|(?P<vulgar>[{''.join(quantities.VULGAR)}])|\b(?:(?P<month>{dates.MONTH})|"
        rf"(?P<weekday>{dates.WEEKDAY})|(?P<word>{words.pattern()}))(?!\w)"
    )


def drafts(page: Passage) -> list[Draft]:
    """The figures of a paragraph in order, before neighbours are joined."""
    resume = 0
    found = page.drafts
    for place in _scan().finditer(page.text):
        start = place.start()
        if start < resume:
            continue
        draft = _READERS[place.lastgroup or ""](page, start, place.end())
        if draft is not None and draft.start >= resume:
            found.append(draft)
            resume = draft.end
    return found


_GROUPS = re.compile(r"(?:[ \u00a0\u2009\u202f'’][0-9]{3})+(?![0-9]|['’])(?:[.,][0-9]+)?")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?!\w)")
_GLUED_WORD = re.compile(r"[-‑](?P<word>[A-Za-z]\w*)")
_PREFIXES = frozenset("mid pre post sub under over early late non up about some nearly almost per a an to the and all top min max un semi year aged turned".split())
_CURRENCY_LETTERS = frozenset("MDREYNSPsph.=$")


def _read_digits(page: Passage, start: int, end: int) -> Draft | None:
    text = page.text
    token = text[start:end]
    plain = token.isdigit()
    if end - start > MOST_DIGITS or (end - start > 1 and not token.strip("0")):
        return labels.label(start, end, text)
    floor = page.drafts[-1].end if page.drafts else 0
    before = text[start - 1 : start] if start > 0 else ""

    # a name that ends in digits, a currency or a sign
    begin, currency, negative, unit = start, None, False, None
    if before and not (before in "([“‘\n/" and not before.isalnum()):
        begin, currency, negative, unit = quantities.before_digits(text, start, floor)
        if begin == start and (before.isalpha() or before in "_@#\\" or (before in "'’‘" and text[end : end + 1] == "s")):
            return labels.glued(page, start, end, floor)
        if begin == start and before in "-‑" and start - 2 >= floor and text[start - 2].isalnum():
            word = _word_ending(text, start - 1)
            if word.lower() not in _PREFIXES and not (word.isdigit()):
                return labels.glued(page, start, end, floor)
    settled = begin == start or unit is not None

    # what is no quantity
    after = text[end : end + 1]
    cued = (False, False)
    if settled and currency is None and unit is None:
        words_before = page.words_before(start)
        if typed := labels.at_digits(page, start, end):
            return typed
        if plain or "." in token:
            typed = clock.at_digits(page, start, end) or dates.at_digits(page, start, end)
            if typed is not None:
                return typed
        if plain and end - start <= 3:
            if typed := ages.at_digits(page, start, end, int(token), words_before):
                return typed
            if found := _ORDINAL.match(text, end):
                value = float(token)
                return Draft(start, found.end(), "ordinal", nominal=value, readings=exact(value))
        if before.isspace() or before == "#" or not before or before in "(“‘":
            cued = labels.cued(page, start, end, words_before)
            if cued == (True, False):
                label = labels.glued(page, start, end, floor)
                label.cue = words_before[-1] if words_before else ""
                return label
        if plain and after == " " and labels.is_address(text, end):
            return labels.label(start, end, text)

    # a number
    numerals: tuple[Numeral, ...]
    if plain and end - start <= 3 and after in " \u00a0\u2009\u202f'’" and after and (groups := _GROUPS.match(text, end)):
        if (after != " " or (page.spaced and token[0] != "0")) and groups.end() - start <= MOST_DIGITS:
            token = re.sub(r"[ \u00a0\u2009\u202f'’]", "", text[start : groups.end()])
            end = groups.end()
    if plain and after in "/⁄" and after and (fraction := quantities.simple_fraction(text, start)):
        draft = Draft(begin, fraction[1], low=(fraction[0],))
        return quantities.finish(page, draft, currency)
    numerals = parse(token, page.style)
    if not numerals:
        return labels.glued(page, start, end, floor)
    if plain and (mixed := quantities.mixed_number(text, end, numerals[0])):
        numerals, end = (mixed[0],), mixed[1]
    if negative:
        numerals = tuple(n.negative() for n in numerals)
    draft = Draft(begin, end, low=numerals, unit=unit)
    if unit is not None:
        draft.kind = unit.kind
        return draft
    if currency is None:
        currency = _linked_currency(page, begin, end)
    quantities.finish(page, draft, currency)
    if draft.is_open and draft.end == end and _runs_into_name(text, end):
        return labels.glued(page, start, end, floor)
    if draft.is_bare and draft.end == end and end - start >= 2 and _named(page, token):
        return labels.label(draft.start, draft.end, text)
    if cued[0] and draft.is_open and not draft.scaled and not (cued[1] and _is_counted(text, draft.end)):
        label = labels.label(draft.start, draft.end, text)
        label.cue = words_before[-1] if words_before else ""
        return label
    return draft


_LINK = re.compile(r"\s?[-–]\s?|\sto\s")


def _linked_currency(page: Passage, start: int, end: int) -> str | None:
    """The currency of the sum that this is the other end of, where only a letter says so ("$779m-798m")."""
    last = page.last()
    if last is None or last.unit is None or last.unit.currency is None or start - last.end > 4:
        return None
    if page.text[end : end + 1] not in ("m", "b", "t", "M", "B") or not _LINK.fullmatch(page.text, last.end, start):
        return None
    return last.unit.currency


def _named(page: Passage, token: str) -> bool:
    """Whether a label before had the same digits ("Route 93 ... where 93 turns south")."""
    return token.isdigit() and any(d.kind == "label" and d.nominal == float(token) and d.cue for d in page.drafts)


def _word_ending(text: str, end: int) -> str:
    start = end
    while start > 0 and end - start < 24 and text[start - 1].isalnum():
        start -= 1
    return text[start:end]


def _runs_into_name(text: str, end: int) -> bool:
    """Whether letters, or a hyphen and a capital, stand on the digits without being a unit ("737-MAX", "5G")."""
    after = text[end : end + 1]
    if after.isalpha() or after == "_":
        return True
    return after in "-‑" and bool(after) and text[end + 1 : end + 2].isupper() and text[end + 1 : end + 3].isalnum()


def _is_counted(text: str, end: int) -> bool:
    """Whether a plural noun follows, so that the number counts it."""
    noun = nouns.read(text, end)
    return noun is not None and nouns.is_counted(noun.rpartition(" ")[2].lower())


def _read_vulgar(page: Passage, start: int, end: int) -> Draft | None:
    a, b = quantities.VULGAR[page.text[start]]
    draft = quantities.finish(page, Draft(start, end, low=(Numeral(a, 0, 0, b),)), None)
    if draft.is_open:
        draft.kind, draft.fraction = "fraction", True
    return draft


_READERS: dict[str, Callable[[Passage, int, int], Draft | None]] = {
    "digits": _read_digits,
    "vulgar": _read_vulgar,
    "event": dates.at_event,
    "month": dates.at_month,
    "weekday": dates.at_weekday,
    "word": words.read,
}
