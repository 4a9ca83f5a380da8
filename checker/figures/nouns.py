"""The noun phrase after a count: what is counted, by a closed list of the words that end it."""

from __future__ import annotations

import functools
import re

from checker.figures.patterns import data

MOST_WORDS = 4
_MORE = re.compile(r"\s(?:more|fewer|less|extra|additional|further)(?=\s)")

_WORD = re.compile(r"[\s\-‑]{1,2}(?P<word>[A-Za-zÀ-ÿ][\w’'\-]*)")


@functools.cache
def _stop() -> frozenset[str]:
    numbers = data("numbers")
    return frozenset((*data("nouns")["stop"], *numbers["cardinals"], *numbers["scales"], "half"))


@functools.cache
def _plurals() -> frozenset[str]:
    return frozenset(data("nouns")["plurals"])


@functools.cache
def _leading() -> frozenset[str]:
    return frozenset(data("nouns")["leading"])


def read(text: str, end: int) -> str | None:
    """The words after a number that say what it counts, up to the plural."""
    words: list[str] = []
    more = _MORE.match(text, end)
    at = more.end() if more else end
    plural_end = 0
    while len(words) < MOST_WORDS:
        found = _WORD.match(text, at)
        if not found:
            break
        word = found["word"]
        lower = word.lower()
        if lower in _stop() or (words and lower.endswith(("ed", "ing")) and len(lower) > 4) or (lower.endswith("ly") and len(lower) > 4):
            break
        if len(word) == 1:
            break
        words.append(word)
        at = found.end()
        if lower in _plurals() or is_plural(lower):
            plural_end = len(words)
            if lower not in _leading():
                break
        elif plural_end:
            break
    if plural_end:
        return " ".join(words[:plural_end])
    if not words or words[0].lower().endswith("ed") or words[0][0].isupper():
        return None
    return " ".join(words[:3])


def is_counted(word: str) -> bool:
    """Whether a word is a plural, with -s or without."""
    return word in _plurals() or is_plural(word)


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural."""
    if word.endswith(("’s", "'s")):
        return False
    return len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous"))
