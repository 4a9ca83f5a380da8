"""Numbers in words: cardinals, scale words, ordinals, and magnitudes that name no number ("dozens")."""

from __future__ import annotations

import functools
import math
import re
from typing import Any

from checker.figures import ages, labels, marks, nouns, shares
from checker.figures.draft import NUMBER, OPENING, Draft, Passage
from checker.figures.numerals import Numeral, whole
from checker.figures.patterns import any_of, data, listed, spaced
from checker.figures.quantities import finish
from checker.figures.readings import exact
from checker.figures.spellings import match
from checker.interval import Intervals
from checker.model import Readings

_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())
_NEXT = re.compile(r"(?P<gap>[\s\-‑]{1,2}(?:and[\s\-])?)(?P<word>[A-Za-z]+)(?!\w)")
_NOUN = re.compile(r"[\s\-](?P<word>[a-z][a-z\-’']*)")
_LEAD = re.compile(
    r"(?:^|(?<=[\s(“\"‘'\-—–]))(?P<lead>(?:half|quarter\sof|third\sof)[\s\-]an?|an?\s(?:half|quarter)|an?)[\s\-]$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"(?:^|(?<=[\s(“\"‘'\-—–]))(?P<lead>several|a\sfew)\s$", re.IGNORECASE)
_TAIL = re.compile(r"(?:^|[\s(“\"‘'])(?P<word>[\w\-]*\w)[-‑]$")
_WORD_BEFORE = re.compile(r"[^\s]*\w\s$")
_FOR = re.compile(r"-(?:for|on|to|by)-(?:one|two|three|four|five|six|seven|eight|nine|ten)(?!\w)")
_AFTER_SIGN = frozenset((" ", "-", "\u00a0"))
_UNIT_TIED = re.compile(r"[\-‑](?:second|minute|hour|day|week|month|year|mile|foot|inch|metre|meter|km|point)s?\b")
_ONE_IN = re.compile(
    r"[\s\-](?:in|out[\s\-]of)[\s\-](?:every[\s\-])?(?:[0-9]|(?:two|three|four|five|six|seven|eight|nine|ten|twelve|"
    r"twenty|thirty|fifty|a[\s\-](?:hundred|thousand|million))\b)"
)
_ONE_OF = re.compile(r"\sof\s(?:the|its|their|his|her|our|my|your|those|these)(?:\s(?:very|most|few|many|only))*(?=\s)")
_DIGIT_WORDS = r"(?:zero|one|two|three|four|five|six|seven|eight|nine)"
_POINT = re.compile(rf"(?ai:\spoint(?P<digits>(?:\s{_DIGIT_WORDS})+))(?!\w|-)")
_OF_ALL = re.compile(r"\sof\sall\b")
_OF = re.compile(r"\sof\s")


_SPAN = r"(?:second|minute|hour|day|week|fortnight|month|year|decade|century)"
SINGLE = rf"[Aa]n?\s{_SPAN}(?=\s(?:and\s(?:a\s(?:half|quarter)|three[\s-]quarters)|before|after|later|earlier|ago)\b)"
"""One span of time ("a week before", "an hour and a half")."""

_NO_SINGLE = frozenset("times once twice thrice half quarter third of per each every".split())
"""After these "a day" is a rate or a share of one."""


@functools.cache
def _numbers() -> dict[str, Any]:
    return data("numbers")


@functools.cache
def pattern() -> str:
    """A pattern for every word that can begin a number."""
    n = _numbers()
    starts = {*n["cardinals"], *n["ordinals"], *n["multiples"], *n["magnitudes"]}
    starts |= {"half", "quarter", "hundred", "dozen", "couple", "half dozen", "three quarters"}
    starts |= {w for w in n["scales"] if len(w) > 3} | {f"{w}fold" for w in n["cardinals"]}
    return f"(?ai:{any_of(starts)})"


def read(page: Passage, start: int, end: int) -> Draft | None:
    """The figure that begins with this word, if one does."""
    word, numbers = spaced(page.text[start:end]).lower(), _numbers()
    if _is_tail(page.text, start):
        return None
    if word in numbers["cardinals"]:
        return _cardinal(page, start, end)
    if word in numbers["ordinals"]:
        return _ordinal(page, start, end, word)
    if word in numbers["magnitudes"]:
        return _magnitude(page, start, end, word)
    if word in numbers["scales"] or word in ("hundred", "dozen", "half dozen", "couple"):
        return _scale(page, start, end, word)
    if word.endswith("fold"):
        return shares.times(start, end, numbers["cardinals"][word[:-4]])
    return shares.read(page, start, end, word)


def _is_tail(text: str, start: int) -> bool:
    """Whether a hyphen ties the word to one before that is no lead of a number ("figure-eight")."""
    if start < 2 or text[start - 1] not in "-‑" or not text[start - 2].isalpha():
        return False
    found = _TAIL.search(text[max(0, start - 24) : start])
    return found is None or found["word"].rpartition("-")[2].lower() not in listed("numbers", "leads", "words")


def single(page: Passage, start: int, end: int) -> Draft | None:
    """Reads "a week" of "a week before", and "an hour and a half"."""
    text, cue = page.text, page.cue(start)
    if cue in _NO_SINGLE or (nouns.is_counted(cue) and cue not in listed("nouns", "stop")):
        return None
    name = text.index(" ", start) + 1 if " " in text[start:end] else end
    found = match(text, name)
    if not found:
        return None
    draft = Draft(start, end, low=(Numeral(1),), word=True)
    shares.add_tail(text, draft, 1)
    draft.take(found[0])
    return draft


# ---------------------------------------------------------------------- cardinals
def _cardinal(page: Passage, start: int, end: int) -> Draft | None:
    text, numbers = page.text, _numbers()
    if text[start].isupper() and _WORD_BEFORE.search(text, max(0, start - 24), start):
        return labels.label(start, end, text)  # "the Big Ten"
    value, power, stop = _run(text, start, end)
    if (found := _FOR.match(text, stop)) and not _UNIT_TIED.match(text, found.end()):
        return labels.label(start, found.end(), text)
    following = _NEXT.match(text, stop)
    after = following["word"].lower() if following and "and" not in following["gap"] else ""
    if following and (share := shares.of_cardinal(page, start, following.end(), value, after)):
        return share
    tens = value % 100 >= 20 and value % 10 == 0
    if following and tens and numbers["ordinals"].get(after, 10) < 10:
        return _exact(start, following.end(), value + numbers["ordinals"][after])
    if decimals := _POINT.match(text, stop):
        return _decimal(page, start, decimals, value)
    if value == 1 and stop == end and not _is_counting_one(page, start, end):
        return None
    if aged := ages.in_words(page, start, stop, value):
        return aged
    dozens = following is not None and after == "dozen"
    numeral = Numeral(value * 12) if dozens else _numeral(value, power)
    stop = following.end() if following and dozens else stop
    draft = Draft(start, stop, NUMBER, low=(numeral,), word=True, scale=power)
    shares.add_tail(text, draft, value)
    _take_sign(page, draft)
    finish(page, draft)
    if value == 1 and draft.is_bare and (of := _ONE_OF.match(text, draft.end)):
        draft.noun = nouns.read(text, of.end())
    if draft.is_bare and _is_named(page, draft):
        return labels.label(start, draft.end, text)
    return None if value == 0 and draft.unit is None else draft


def _take_sign(page: Passage, draft: Draft) -> None:
    """Takes up "minus" before the number."""
    if page.text[draft.start - 1 : draft.start] not in _AFTER_SIGN:
        return
    mark = marks.signed(page.text, draft.start, page.floor)
    draft.start = mark.start
    if mark.negative:
        draft.low = tuple(n.negative() for n in draft.low)


def _decimal(page: Passage, start: int, found: re.Match[str], whole_part: int) -> Draft:
    """Reads "two point five million"."""
    digits = "".join(str(_numbers()["cardinals"][word.lower()]) for word in found["digits"].split())
    numeral = Numeral(int(f"{whole_part}{digits}"), -len(digits))
    return finish(page, Draft(start, found.end(), NUMBER, low=(numeral,), word=True))


def _is_named(page: Passage, draft: Draft) -> bool:
    """Whether a word before makes the number a name or a place ("Game six", "the bottom three")."""
    cue = page.cue(draft.start)
    if cue not in listed("labels", "before_words") or draft.scale:
        return False
    return nouns.read(page.text, draft.end) is None and nouns.joined(page.text, draft.end) is None


def _run(text: str, start: int, end: int) -> tuple[int, int, int]:
    """The value of a run of number words, the power of ten of a scale word that ends it, and where it ends.

    A word goes on with the run only where the grammar of number words lets it ("twenty-five", not "five twenty").
    """
    numbers = _numbers()
    word = text[start:end].lower()
    current, total = numbers["cardinals"][word], 0
    room, smallest, power = _room(word), 99, 0
    while found := _NEXT.match(text, end):
        word, joined = found["word"].lower(), "and" in found["gap"].lower()
        value, scale = numbers["cardinals"].get(word), numbers["scales"].get(word)
        if value is not None and 0 < value < room and (room >= 100 or not joined):
            current, room, power = current + value, min(room, _room(word)), 0
        elif word == "hundred" and not joined and 0 < current < 100:
            current, room = current * 100, 100
        elif scale is not None and not joined and current and scale < smallest:
            total, current, room = total + current * 10**scale, 0, 1000
            smallest = power = scale
        else:
            break
        end = found.end()
    return total + current, power, end


def _room(word: str) -> int:
    """The number that what follows in a run must stay below: "twenty" lets a digit follow, "five" nothing."""
    return 10 if word in _TENS else 0


def _numeral(value: int, power: int) -> Numeral:
    """A scale word from a thousand up fixes the resolution: "five million" is 5 at 10**6."""
    return whole(value // 10**power).scaled(power) if power else whole(value)


def _is_counting_one(page: Passage, start: int, end: int) -> bool:
    """Whether "one" counts: a unit, a noun or "in five" follows, and it is no pronoun."""
    text = page.text
    if _ONE_IN.match(text, end) or shares.has_tail(text, end):
        return True
    if text[end : end + 1] in (" ", "-") and match(text, end + 1):
        return True
    if (of := _ONE_OF.match(text, end)) and nouns.read(text, of.end()) is not None:
        return True
    found = _NOUN.match(text, end)
    if not found or page.cue(start) in listed("numbers", "one", "pronoun_after"):
        return False
    return found["word"] not in listed("nouns", "stop") and not found["word"].endswith(("ed", "ly"))


# ---------------------------------------------------------------------- scale words without a number before
def _scale(page: Passage, start: int, end: int, word: str) -> Draft | None:
    """Reads "a million", "half a million", "a dozen", "a couple of"."""
    text = page.text
    window = max(0, start - 16)
    if several := _SEVERAL.search(text[window:start]):
        return _some(page, window + several.start("lead"), end, word)
    lead = _LEAD.search(text[window:start])
    if not lead and word != "half dozen":
        return None
    first = lead["lead"].lower() if lead else "half"
    begin = window + lead.start("lead") if lead else start
    parts = 2 if "half" in first else 4 if "quarter" in first else 3 if "third" in first else 1
    if word == "couple":
        if not _OF.match(text, end):
            return None
        return finish(page, Draft(begin, end + 3, low=(Numeral(2),), word=True, bound="~"))
    if word.endswith("dozen"):
        dozen = Numeral(12 // 2 if parts == 2 or "half" in word else 12)
        return finish(page, Draft(begin, end, low=(dozen,), word=True))
    if word == "hundred":
        hundred = Numeral(100, 0, 2) if parts == 1 else Numeral(1, 2, 0, parts)
        return finish(page, Draft(begin, end, low=(hundred,), word=True))
    power = _numbers()["scales"][word]
    return finish(page, Draft(begin, end, low=(Numeral(1, power, 0, parts),), word=True, scale=power))


def _some(page: Passage, start: int, end: int, word: str) -> Draft | None:
    """Reads "several hundred" and "a few thousand": from two of them up to ten."""
    if word not in _numbers()["scales"] and word not in ("hundred", "dozen"):
        return None
    one = 12.0 if word == "dozen" else 100.0 if word == "hundred" else 10.0 ** _numbers()["scales"][word]
    values = Intervals.of(2 * one, 10 * one)
    draft = Draft(
        start, end, "count", nominal=(2 * one, 10 * one), readings=Readings(values, values, values), word=True
    )
    draft.bound = "~"
    if page.text[end : end + 1] in (" ", "-") and (found := match(page.text, end + 1)) and not found[0].power:
        draft.end = found[1]
        draft.take(found[0])
    else:
        draft.noun = nouns.read(page.text, end)
    return draft


def _magnitude(page: Passage, start: int, end: int, word: str) -> Draft | None:
    """Reads "dozens of" and "millions": from the magnitude up, with no end."""
    text = page.text
    of = _OF.match(text, end)
    if word == "scores" and not of:
        return None
    low, high = (float(n) for n in _numbers()["magnitudes"][word])
    widest = Intervals.of(low, math.inf)
    values = Readings(Intervals.of(low, high), widest, widest)
    draft = Draft(start, end, "count", nominal=(low, high), readings=values, word=True, bound=">")
    if of and (found := match(text, of.end())):
        draft.end = found[1]
        draft.take(found[0])
    elif of:
        draft.end = of.end() - 1
    if draft.kind == "count":
        draft.noun = nouns.read(text, draft.end)
    return draft


# ---------------------------------------------------------------------- ordinals
def _ordinal(page: Passage, start: int, end: int, word: str) -> Draft | None:
    """Reads "first", unless it is an idiom, a fraction or the unit of time."""
    text, numbers = page.text, _numbers()
    if share := shares.of_ordinal(page, start, end, word):
        return share
    cue = page.cue(start).strip(OPENING)
    if word == "second" and cue in listed("numbers", "idioms", "second_after"):
        return None
    if word == "first" and (cue in listed("numbers", "idioms", "first_after") or _OF_ALL.match(text, end)):
        return None
    following = _NEXT.match(text, end)
    if following and following["word"].lower() in listed("numbers", "idioms", "before"):
        return None
    return _exact(start, end, numbers["ordinals"][word])


def _exact(start: int, end: int, value: int) -> Draft:
    return Draft(start, end, "ordinal", nominal=float(value), readings=exact(float(value)), word=True)
