"""Numbers in words: cardinals, ordinals, fractions, multiples and magnitudes ("dozens")."""

from __future__ import annotations

import functools
import math
import re
from typing import Any

from checker.figures import ages
from checker.figures.draft import NUMBER, Draft, Passage
from checker.figures.labels import label
from checker.figures.numerals import Numeral, whole
from checker.figures.patterns import any_of, data
from checker.figures.quantities import finish
from checker.figures.readings import exact, readings
from checker.figures.spellings import match
from checker.interval import Intervals
from checker.model import Readings


@functools.cache
def _numbers() -> dict[str, Any]:
    return data("numbers")


@functools.cache
def pattern() -> str:
    """A pattern for every word that can begin a number."""
    n = _numbers()
    starts = {*n["cardinals"], *n["ordinals"], *n["multiples"], *n["magnitudes"], "half", "quarter", "hundred", "dozen", "couple"}
    starts |= {w for w in n["scales"] if len(w) > 3}
    starts |= {f"{w}fold" for w in n["cardinals"]} | {"half-dozen", "three-quarters"}
    return f"(?i:{any_of(starts)})"


_NEXT = re.compile(r"(?P<gap>[\s\-‑]{1,2}(?:and[\s\-])?)(?P<word>[A-Za-z]+)(?!\w)")
_BEFORE_SCALE = re.compile(r"(?:^|(?<=[\s(“\"‘'\-—–]))(?P<lead>(?:half|quarter\sof|third\sof)[\s\-]an?|an?\shalf|an?)[\s\-]$", re.IGNORECASE)
_OF_A = re.compile(r"(?:[\s\-]of)?[\s\-]an?[\s\-]")
_OF = re.compile(r"\s(?:of|the|its|their|his|her|all|that|as|what|my|our|those|these)\b")
_FRACTION_FOLLOWS = re.compile(r"\s(?:of|more|less|fewer|higher|lower|as|faster|slower|larger|smaller|to|from|since|over|in|on|off|below|above|by)\b|[.,;:)!?”]|$")
_SHARE_BEFORE = frozenset("by a an about nearly almost over than roughly under only just around some one to least up approximately".split())
_HALF_TAIL = re.compile(r"[\s\-]and[\s\-](?:an?[\s\-])?(?P<part>half|quarter|third|three[\s\-]quarters|two[\s\-]thirds)(?!\w)")
_TAILS = {"half": (1, 2), "quarter": (1, 4), "third": (1, 3), "three quarters": (3, 4), "two thirds": (2, 3)}
_FOR = re.compile(r"-(?:for|on|to|by)-(?:one|two|three|four|five|six|seven|eight|nine|ten)(?!\w)")
_ONE_IN = re.compile(r"[\s\-](?:in|out[\s\-]of)[\s\-](?:every[\s\-])?(?:[0-9]|(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty|a[\s\-]hundred|a[\s\-]thousand|a[\s\-]million)\b)")
_NOUN = re.compile(r"[\s\-](?P<word>[a-z][a-z\-’']*)")
_MULTIPLE_NEEDS = re.compile(r"\s(?:the|that|its|their|his|her|what|last|this|those)\b")
_TWICE = re.compile(r"\s(?:as|the|that|its|their|his|her|what|last|more)\b")
_NO_ONE = frozenset("no any every each this that the some another which not as".split())
_IDIOMS_BEFORE = frozenset(("at",))
_IDIOMS_AFTER = frozenset("lady ladies hand class aid name names person rate floor gentleman cousin cousins baseman base mate dates party parties world generation gear string violin nature fiddle".split())
_UNIT_TIME = frozenset("per split every each".split())


def read(page: Passage, start: int, end: int) -> Draft | None:
    """The figure that begins with this word, if one does."""
    word = page.text[start:end].lower()
    numbers = _numbers()
    if _is_tail(page.text, start):
        return None
    plain = re.sub(r"[\s\-]", " ", word)
    if plain in numbers["magnitudes"]:
        return _magnitude(page, start, end, plain)
    if word in numbers["cardinals"]:
        return _cardinal(page, start, end)
    if word in numbers["scales"] or word in ("hundred", "dozen", "couple", "half-dozen", "half dozen"):
        return _scale(page, start, end, word)
    if word in ("half", "quarter"):
        return _share(page, start, end, word)
    if word in numbers["ordinals"]:
        return _ordinal(page, start, end, numbers["ordinals"][word])
    if word in numbers["multiples"]:
        return _multiple(page, start, end, word)
    if word.endswith("fold"):
        return _times(start, end, numbers["cardinals"][word[:-4]])
    if plain == "three quarters":
        return _fraction(page, start, end, 3, 4)
    return None


_LEADS = frozenset("mid pre post sub under over early late non up about some nearly almost per a an to the and all top year aged early-to".split())
_TAIL = re.compile(r"(?:^|[\s(“\"‘'])(?P<word>[\w\-]*\w)[-‑]$")


def _is_tail(text: str, start: int) -> bool:
    """Whether a hyphen ties the word to one before that is no lead of a number ("figure-eight")."""
    if start < 2 or text[start - 1] not in "-‑" or not text[start - 2].isalpha():
        return False
    found = _TAIL.search(text[max(0, start - 24) : start])
    return not found or found["word"].rpartition("-")[2].lower() not in _LEADS


# ---------------------------------------------------------------------- cardinals
def _run(text: str, start: int, end: int) -> tuple[int, int, int, str]:
    """The value of a run of number words, the power of its last scale word, its end, and its last word.

    A word goes on with the run only where the grammar of number words lets it ("twenty-five", not "five twenty").
    """
    numbers = _numbers()
    word = text[start:end].lower()
    total, current, scale, last_scale = 0, numbers["cardinals"][word], 99, 0
    room = 10 if word in _TENS else 0
    while found := _NEXT.match(text, end):
        word, gap = found["word"].lower(), found["gap"].lower()
        value = numbers["cardinals"].get(word)
        if value is not None:
            if not current or value == 0 or not value < (room or (1000 if current == 0 else 0)):
                break
            if "and" in gap and room < 100:
                break
            current += value
            room = 10 if word in _TENS else 0
            last_scale = 0
        elif word == "hundred" and "and" not in gap and 0 < current < 100:
            current, room, last_scale = current * 100, 100, 2
        elif word in numbers["scales"] and "and" not in gap and current and numbers["scales"][word] < scale:
            scale = numbers["scales"][word]
            total, current, room, last_scale = total + current * 10**scale, 0, 1000, scale
            end = found.end()
            follow = _NEXT.match(text, end)
            if not follow or follow["word"].lower() not in numbers["cardinals"] or numbers["cardinals"][follow["word"].lower()] == 0:
                break
            if "-" in follow["gap"]:
                break
            current = numbers["cardinals"][follow["word"].lower()]
            word = follow["word"].lower()
            room, last_scale = (10 if word in _TENS else 0), 0
            end = follow.end()
            continue
        else:
            break
        end = found.end()
    return total + current, last_scale, end, word


_TENS = frozenset(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"))


def _numeral(value: int, last_scale: int) -> Numeral:
    """A scale word from a thousand up fixes the resolution: "five million" is 5 at 10**6."""
    if last_scale >= 3 and value:
        return whole(value // 10**last_scale).scaled(last_scale)
    return whole(value)


def _cardinal(page: Passage, start: int, end: int) -> Draft | None:
    text = page.text
    if _is_name(page, start):
        return label(start, end, text)
    value, last_scale, stop, last = _run(text, start, end)
    single = stop == end
    if found := _FOR.match(text, stop):
        return label(start, found.end(), text)
    tail = _NEXT.match(text, stop)
    after = tail["word"].lower() if tail and "and" not in tail["gap"] else ""
    numbers = _numbers()
    if after in numbers["denominators"] and value <= 99 and (after.endswith("s") or after == "halves") == (value > 1):
        if not (value == 1 and after in ("second",)):
            assert tail is not None
            return _fraction(page, start, tail.end(), value, numbers["denominators"][after])
    if after in numbers["ordinals"] and last in _TENS and numbers["ordinals"][after] < 10:
        assert tail is not None
        return _exact_ordinal(start, tail.end(), value + numbers["ordinals"][after])
    if value == 1 and single and not _is_counting_one(page, start, end):
        return None
    if single and value == 0:
        return _zero(page, start, end)
    numeral = _numeral(value, last_scale)
    if found := _HALF_TAIL.match(text, stop):
        a, b = _TAILS[re.sub(r"[\s\-]", " ", found["part"].lower())]
        numeral = Numeral(value * b + a, 0, 0, b)
        stop = found.end()
    elif after == "dozen" and tail is not None:
        numeral, stop = Numeral(value * 12), tail.end()
    if aged := ages.after_words(page, start, stop, value):
        return aged
    draft = Draft(start, stop, NUMBER, low=(numeral,), word=True, scale=last_scale if last_scale >= 3 else 0)
    return finish(page, draft, None)


def _zero(page: Passage, start: int, end: int) -> Draft | None:
    draft = finish(page, Draft(start, end, NUMBER, low=(Numeral(0),), word=True), None)
    return draft if draft.unit is not None else None


def _is_counting_one(page: Passage, start: int, end: int) -> bool:
    """Whether "one" counts: a unit, a scale, a noun or "in five" follows, and it is no pronoun."""
    text = page.text
    if _ONE_IN.match(text, end):
        return True
    found = _NOUN.match(text, end)
    if not found:
        return False
    if match(text, found.start("word")):
        return True
    words = page.words_before(start)
    cue = words[-1].lower().strip("(“\"") if words else ""
    if cue in _NO_ONE:
        return False
    return found["word"] not in data("nouns")["stop"] and not found["word"].endswith(("ed", "ly"))


def _is_name(page: Passage, start: int) -> bool:
    """Whether a capital in mid-sentence after a capital makes the word a name ("the Big Ten")."""
    text = page.text
    if not text[start].isupper() or start < 2:
        return False
    before = re.search(r"([^\s]+)\s$", text[max(0, start - 24) : start])
    return before is not None and before[1][-1].isalnum() and not (before[1][0].isupper() and text[: start - 1].count(" ") < 1)


# ---------------------------------------------------------------------- scale words without a number before
def _scale(page: Passage, start: int, end: int, word: str) -> Draft | None:
    text = page.text
    lead = _BEFORE_SCALE.search(text[max(0, start - 16) : start])
    if not lead and word not in ("half-dozen", "half dozen"):
        return None
    numbers = _numbers()
    divisor = 1
    if lead:
        start = max(0, start - 16) + lead.start("lead")
        first = lead["lead"].lower()
        divisor = 2 if "half" in first else 4 if "quarter" in first else 3 if "third" in first else 1
    if word == "couple":
        following = re.match(r"\sof\s", text[end:])
        if not following:
            return None
        draft = Draft(start, end + 3, NUMBER, low=(Numeral(2),), word=True)
        draft.bound = "~"
        return finish(page, draft, None)
    if "dozen" in word:
        draft = Draft(start, end, NUMBER, low=(Numeral(6 if divisor == 2 or "half" in word else 12),), word=True)
        return finish(page, draft, None)
    power = 2 if word == "hundred" else numbers["scales"][word]
    numeral = Numeral(100, 0, 2) if word == "hundred" and divisor == 1 else Numeral(1, power, 0, divisor)
    draft = Draft(start, end, NUMBER, low=(numeral,), word=True, scale=power if word != "hundred" else 0)
    return finish(page, draft, None)


def _magnitude(page: Passage, start: int, end: int, word: str) -> Draft | None:
    """ "dozens of", "millions": from the magnitude up, with no end."""
    text = page.text
    of = re.match(r"\sof\s", text[end : end + 4])
    if word == "scores" and not of:
        return None
    low, high = _numbers()["magnitudes"][word]
    draft = Draft(start, end, "count", nominal=(float(low), float(high)), word=True)
    printed, widest = Intervals.of(float(low), float(high)), Intervals.of(float(low), math.inf)
    draft.readings = Readings(printed, widest, widest)
    if of and (found := match(text, end + 4)):
        draft.unit, draft.end = found
        draft.kind = draft.unit.kind
    elif of:
        draft.end = end + 3
    draft.bound = ">"
    return draft


# ---------------------------------------------------------------------- shares and multiples
def _fraction(page: Passage, start: int, end: int, part: int, whole_: int) -> Draft:
    draft = Draft(start, end, NUMBER, low=(Numeral(part, 0, 0, whole_),), word=True, fraction=True)
    text = page.text
    if (of := _OF_A.match(text, end)) and (found := match(text, of.end())):
        draft.unit, draft.end = found
        draft.kind = draft.unit.kind
        return draft
    if text[end : end + 1] in "-‑" and (found := match(text, end + 1)):
        draft.unit, draft.end = found
        draft.kind = draft.unit.kind
        return draft
    draft.kind = "fraction"
    return draft


def _share(page: Passage, start: int, end: int, word: str) -> Draft | None:
    """ "half" and "a quarter", where they are a share: not "first half", "half-time" or a quarter of the year."""
    text = page.text
    words = page.words_before(start)
    cue = words[-1].lower().strip("(“\"") if words else ""
    parts = 2 if word == "half" else 4
    if (of := _OF_A.match(text, end)) and (found := match(text, of.end())) and (word == "half" or "of" in of[0]):
        return _fraction(page, start, end, 1, parts)
    if re.match(r"(?:[\s\-]of)?[\s\-]an?[\s\-](?:million|billion|trillion|thousand|hundred|dozen)", text[end : end + 24]):
        return None  # read with the scale word
    if word == "half":
        if text[end : end + 1] in "-‑" and end < len(text) and (found := match(text, end + 1)):
            return _fraction(page, start, end, 1, 2)
        if cue in ("first", "second", "latter", "other", "opening", "this", "last", "and", "each", "every", "either", "one", "1st", "2nd", "better"):
            return None
        if _OF.match(text, end) or (cue in _SHARE_BEFORE and _FRACTION_FOLLOWS.match(text, end) and cue not in ("a", "an", "one", "to")):
            return _fraction(page, start, end, 1, 2)
        return None
    if cue in ("a", "one") and re.match(r"\sof\b(?!\s(?:19|20)[0-9]{2})", text[end : end + 8]):
        return _fraction(page, start, end, 1, 4)
    if cue == "a" and len(words) > 1 and words[-2].lower() in ("by", "than", "about", "nearly", "almost", "over", "roughly") and _FRACTION_FOLLOWS.match(text, end):
        return _fraction(page, start, end, 1, 4)
    return None


def _ordinal(page: Passage, start: int, end: int, value: int) -> Draft | None:
    text = page.text
    words = page.words_before(start)
    cue = words[-1].lower().strip("(“\"") if words else ""
    denominators = _numbers()["denominators"]
    word = text[start:end].lower()
    if word in denominators and cue in ("a", "an", "one") and value > 2:
        by = len(words) > 1 and words[-2].lower() in ("by", "than", "about", "nearly", "almost", "roughly", "over", "under")
        if re.match(r"\sof\b", text[end : end + 4]) or (by and _FRACTION_FOLLOWS.match(text, end)):
            return _fraction(page, start, end, 1, denominators[word])
    if word == "second" and cue in _UNIT_TIME:
        return None
    following = re.match(r"[\s\-]([A-Za-z]+)", text[end : end + 20])
    if following and following[1].lower() in _IDIOMS_AFTER and not (following[1].lower() in ("base", "generation")):
        return None
    if cue in _IDIOMS_BEFORE and word == "first" or (word == "first" and re.match(r"\sof\sall\b", text[end : end + 8])):
        return None
    return _exact_ordinal(start, end, value)


def _exact_ordinal(start: int, end: int, value: int) -> Draft:
    return Draft(start, end, "ordinal", nominal=float(value), readings=exact(float(value)), word=True)


def _multiple(page: Passage, start: int, end: int, word: str) -> Draft | None:
    entry = _numbers()["multiples"][word]
    text = page.text
    if word in ("twice", "thrice"):
        if not _TWICE.match(text, end):
            return None
        return _times(start, end, entry["times"])
    if "needs" in entry or word in ("halves", "doubles"):
        if not _MULTIPLE_NEEDS.match(text, end):
            return None
    draft = _times(start, end, entry["times"])
    draft.change = entry.get("change")
    return draft


def _times(start: int, end: int, times: float) -> Draft:
    numeral = Numeral(1, 0, 0, 2) if times == 0.5 else Numeral(int(times))
    return Draft(start, end, "multiple", low=(numeral,), word=True, fraction=times == 0.5)
