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
    """One phrasing: its roles in order, and the patterns before, between and after them; None where anything may be.

    `needs` are words without which no text holds it.
    """

    roles: tuple[str, ...]
    before: re.Pattern[str] | None
    between: tuple[re.Pattern[str], ...]
    after: re.Pattern[str] | None
    needs: cues.Needs


@functools.lru_cache(maxsize=2048)
def slots(told: str) -> tuple[str, ...]:
    """The roles of a phrasing, in order."""
    return tuple(_SLOT.findall(told))


def phrasing(told: str, words: cues.Words) -> Phrasing:
    """A phrasing compiled; raises ValueError, in one sentence, for a bad one."""
    first, *pieces = _SLOT.split(told)
    names, gaps = pieces[::2], pieces[1::2]
    if len(names) < 2:
        raise ValueError(f"'{told}' needs two slots or more, such as {{part}} of {{whole}}")
    last = gaps.pop()
    return Phrasing(
        roles=tuple(names),
        before=cues.compile_left([first], words) if first.strip() else None,
        between=tuple(_between(gap, words) for gap in gaps),
        after=cues.compile_right([last], words) if last.strip() else None,
        needs=tuple(need for told in (first, *gaps, last) for need in _needs(told, words)),
    )


def _needs(gap: str, words: cues.Words) -> cues.Needs:
    return tuple(need for part in gap.split(_ANY) if part.strip() for need in cues.needs(part.strip(), words))


def _between(gap: str, words: cues.Words) -> re.Pattern[str]:
    parts = [part.strip() for part in gap.split(_ANY)]
    told = [cues.compile_anywhere([part], words).pattern if part else "" for part in parts]
    return re.compile(_SPACE + f"{_SPACE}{_WIDE}{_SPACE}".join(told) + _SPACE, re.IGNORECASE)
