"""The noun phrase after a count: what is counted, by closed lists of the words that end it."""

from __future__ import annotations

import functools
import re

from checker.figures.patterns import data, listed

MOST_WORDS = 4
"""A longer run of words without a plural is a sentence going on, not a noun phrase."""

_WORD = re.compile(r"[\s\-‑]{1,2}(?P<word>[A-Za-zÀ-ÿ][\w’'\-]+)")
_MORE = re.compile(r"\s(?:more|fewer|less|extra|additional|further)(?=\s)")
_NOT_ENDING = ("ss", "us", "is", "ous")


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
        if is_counted(word.lower()):
            plurals = len(found)
            if word.lower() not in listed("nouns", "leading"):
                break
        elif plurals:
            break
    if single:
        return found[0] if found and found[0].islower() and not found[0].endswith(("ed", "ing")) else None
    return " ".join(found[:plurals]) or None


def _phrase(text: str, end: int) -> list[str]:
    """The next few words that can be one noun phrase."""
    more = _MORE.match(text, end)
    at = more.end() if more else end
    found: list[str] = []
    while len(found) < MOST_WORDS and (next_word := _WORD.match(text, at)):
        word = next_word["word"]
        lower = word.lower()
        verb = bool(found) and lower.endswith(("ed", "ing"))
        if lower in _stop() or (len(lower) > 4 and (verb or lower.endswith("ly"))):
            break
        found.append(word)
        at = next_word.end()
    return found


def is_counted(word: str) -> bool:
    """Whether a word in lower case is a plural, with -s or without."""
    return word in listed("nouns", "plurals") or is_plural(word)


def is_plural(word: str) -> bool:
    """Whether a word in lower case looks like a plural in -s ("holes-in-one" too)."""
    if word.endswith(("’s", "'s")):
        return False
    head = word.partition("-in-")[0].partition("-by")[0].partition("-up")[0]
    return len(head) > 2 and head.endswith("s") and not head.endswith(_NOT_ENDING)
