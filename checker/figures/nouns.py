"""The noun phrase after a count: what is counted, by closed lists of the words that end it."""

from __future__ import annotations

import functools
import re

from checker.figures.draft import Draft, Passage
from checker.figures.patterns import data, listed

MOST_WORDS = 4
"""A longer run of words without a plural is a sentence going on, not a noun phrase."""

_WORD = re.compile(r"[\s\-‑]{1,2}(?P<word>[A-Za-zÀ-ÿ][\w’'\-]+)")
_MODEL = re.compile(r"\s(?P<word>[0-9]{2,4}(?:-[0-9A-Z]{1,4})?(?=\s[A-Z][a-z]+)|[0-9]{1,4}s(?!\w))")
"""A name of digits within a noun phrase ("six cheap 787 Dreamliner seats", "25 Saab 340s")."""
_MORE = re.compile(r"\s(?:more|fewer|less|extra|additional|further)(?=\s)")
_NOT_ENDING = ("ss", "us", "is", "ous")
_JOINED = re.compile(r"[-‑](?P<word>[a-z]{3,})(?=[-‑\s]+[a-z]|,\s)")
_OF = re.compile(r"\sof(?:\s(?:the|all|its|their|his|her|our|those|these))*(?=\s)")
OF_WHOLE = re.compile(
    r"\s(?:out\s)?of\s(?:the\s|its\s|their\s|his\s|her\s|our\s|those\s|these\s|all\s|some\s|about\s|combined\s|total\s|estimated\s)*"
)
_UNKNOWN = re.compile(
    r"\s?(?P<unit>[A-Za-zµ]{1,6}(?:/[A-Za-z]{1,4})+|(?!US|EU|UK|UN|AM|PM|GMT|BST|ET)[kMGTmµn]?[A-Z]{2,4})(?=[\s,.;:)?!]|$)"
)
_LISTED = re.compile(r",?\s(?:and\s)?")
_HANGING = 8
_AND = re.compile(r"\sand(?=\s[A-Za-z])")


@functools.cache
def _stop() -> frozenset[str]:
    numbers = data("numbers")
    return listed("nouns", "stop") | frozenset(("half", *numbers["cardinals"], *numbers["scales"]))


def read(text: str, end: int, *, single: bool = False) -> str | None:
    """The words after a number that say what it counts, up to the plural; of a single thing the first word."""
    found: list[str] = []
    plurals = 0
    for word in _phrase(text, end):
        found.append(word)
        if is_counted(word.lower()) or word in listed("nouns", "abbreviations"):
            plurals = len(found)
            if word.lower() not in listed("nouns", "leading"):
                break
        elif plurals:
            break
    if single:
        return found[0] if found and found[0].islower() and not found[0].endswith(("ed", "ing")) else None
    return " ".join(found[:plurals]) or None


def unknown_unit(text: str, end: int) -> str:
    """What stands after a number as only units do ("5 TEU", "2 veh/h"), empty where nothing does."""
    found = _UNKNOWN.match(text, end)
    following = _WORD.match(text, found.end()) if found else None
    goes_on = following is not None and following["word"] not in _stop()
    return found["unit"] if found and not goes_on else ""


def share_of(text: str, end: int) -> str | None:
    """What a fraction is a share of ("two-fifths of sailors", "two in seven farmers")."""
    of = _OF.match(text, end)
    return read(text, of.end() if of else end)


def give_back(page: Passage, part: Draft, whole: Draft) -> None:
    """Gives a part the noun of the whole that it is of ("seven of its 19 ferries", "15 out of 22 boats")."""
    if part.low and whole.kind == "count" and OF_WHOLE.fullmatch(page.text, part.end, whole.start):
        part.noun = whole.noun


def give_hyphen(page: Passage, at: int) -> None:
    """Gives the numbers before whose hyphens hang the noun that this one has ("seven- and eight-string guitars")."""
    draft = page.drafts[at]
    if page.text[draft.end : draft.end + 1] not in ("-", "‑"):
        return
    start = draft.start
    for i in range(at - 1, -1, -1):
        earlier = page.drafts[i]
        hangs = page.text[earlier.end : earlier.end + 1] in ("-", "‑") and start - earlier.end <= _HANGING
        if not hangs or earlier.kind != "count" or earlier.noun is not None:
            return
        earlier.noun, start = draft.noun, earlier.start


def give_rate(page: Passage, at: int) -> None:
    """Gives the counts listed before one per something the same rate ("7.3 points and 3.7 rebounds per game")."""
    each = (page.drafts[at].noun or "").partition(" per ")[2]
    start = page.drafts[at].start
    for earlier in reversed(page.drafts[:at]):
        noun = earlier.noun
        if earlier.kind != "count" or noun is None or " per " in noun or earlier.unit is not None:
            return
        if not _LISTED.fullmatch(page.text, earlier.end + 1 + len(noun), start):
            return
        earlier.noun, start = f"{noun} per {each}", earlier.start


def joined(text: str, end: int) -> str | None:
    """The noun that a hyphen ties to a number before another ("a five-star hotel", "a nine-hole course")."""
    found = _JOINED.match(text, end)
    if not found or found["word"] in listed("nouns", "not_joined") or found["word"] in _stop():
        return None
    return None if found["word"].endswith(("ed", "ly")) and found["word"] != "speed" else found["word"]


def _phrase(text: str, end: int) -> list[str]:
    """The next few words that can be one noun phrase, two of them joined ("Greek and Turkish trawlers")."""
    more = _MORE.match(text, end)
    at = more.end() if more else end
    found: list[str] = []
    while len(found) < MOST_WORDS and (next_word := _WORD.match(text, at) or (found and _MODEL.match(text, at))):
        word = next_word["word"]
        lower = word.lower()
        verb = bool(found) and lower.endswith(("ed", "ing"))
        if (
            lower in _stop()
            or (found and lower in listed("nouns", "verbs"))
            or (len(lower) > 4 and (verb or lower.endswith("ly")))
        ):
            break
        found.append(word)
        at = next_word.end()
        if len(found) == 1 and (both := _AND.match(text, at)) and not is_counted(lower):
            at = both.end()
    return found


def is_counted(word: str) -> bool:
    """Whether a word in lower case is a plural, with -s or without."""
    return word in listed("nouns", "plurals") or is_plural(word)


def is_plural(word: str) -> bool:
    """Whether a word in lower case looks like a plural in -s ("holes-in-one" too)."""
    if word.endswith(("’s", "'s")):
        return False
    head = word.partition("-in-")[0].partition("-by")[0].partition("-up")[0]
    return (len(head) > 2 or head[:1].isdigit()) and head.endswith("s") and not head.endswith(_NOT_ENDING)
