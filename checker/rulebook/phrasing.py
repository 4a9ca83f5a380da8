"""Phrasings: how a text tells several figures that belong together, as words with a slot for each role.

`{part} of (the) {whole}, or {share}` is cues, in the language of `checker.rulebook.cues`, around and between slots.
What stands between two figures must be told whole; what stands before the first and after the last need only be there.
`...` is any words of one statement; a figure of the frame's kinds is never among them, as each has a slot.
"""

from __future__ import annotations

import functools
import re

import attrs

from checker.rulebook import cues

LONGEST = 160
"""How many characters a text may have between two figures of one phrase."""

_SLOT = re.compile(r"\{([^{}]*)\}")
_ANY = "..."
_WIDE = r"(?:[^.!?;:\n]|[.](?=[\w,])){0,120}?"
_SPACE = r"\s{0,3}"


@attrs.frozen(eq=False)
class Phrasing:
    """One phrasing: its roles in order, and the words before, between and after them, compiled when they are sought.

    `needs` are words without which no text holds it; `next` those that must stand between its first two figures.
    """

    roles: tuple[str, ...]
    needs: cues.Needs
    next: cues.Needs
    _first: str
    _gaps: tuple[str, ...]
    _last: str
    _words: cues.Words

    @property
    def is_loose(self) -> bool:
        """Whether any words may stand between its first two figures."""
        return _ANY in self._gaps[0]

    @functools.cached_property
    def before(self) -> re.Pattern[str] | None:
        """For `cues.left_match`; None where anything may stand before."""
        return cues.compile_left([self._first], self._words) if self._first.strip() else None

    @functools.cached_property
    def between(self) -> tuple[re.Pattern[str], ...]:
        """What stands between each two figures, whole."""
        return tuple(_between(gap, self._words) for gap in self._gaps)

    @functools.cached_property
    def after(self) -> re.Pattern[str] | None:
        """For `cues.right_match`; None where anything may stand after."""
        return cues.compile_right([self._last], self._words) if self._last.strip() else None


@functools.lru_cache(maxsize=2048)
def slots(told: str) -> tuple[str, ...]:
    """The roles of a phrasing, in order."""
    return tuple(_SLOT.findall(told))


def phrasing(told: str, words: cues.Words) -> Phrasing:
    """A phrasing read; raises ValueError, in one sentence, for a bad one."""
    first, *pieces = _SLOT.split(told)
    names, gaps = pieces[::2], pieces[1::2]
    if len(names) < 2:
        raise ValueError(f"'{told}' needs two slots or more, such as {{part}} of {{whole}}")
    last = gaps.pop()
    needs = [_needs(gap, words) for gap in (first, *gaps, last)]
    return Phrasing(tuple(names), tuple(n for need in needs for n in need), needs[1], first, tuple(gaps), last, words)


def _needs(gap: str, words: cues.Words) -> cues.Needs:
    return tuple(need for part in gap.split(_ANY) if part.strip() for need in cues.needs(part.strip(), words))


def _between(gap: str, words: cues.Words) -> re.Pattern[str]:
    parts = [part.strip() for part in gap.split(_ANY)]
    told = [cues.compile_anywhere([part], words).pattern if part else "" for part in parts]
    return re.compile(_SPACE + f"{_SPACE}{_WIDE}{_SPACE}".join(told) + _SPACE, re.IGNORECASE)
