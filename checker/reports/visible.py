"""Text made safe to show: nothing in it moves a cursor, reorders what is seen, or goes unseen."""

from __future__ import annotations

import unicodedata

_JOINING = frozenset("\u00ad\u200c\u200d")
"""Format characters that ordinary writing needs: soft hyphen, and the two that join or part letters."""
_LINE_BREAKS = frozenset("\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029")


def visible(text: str) -> str:
    """The text in one line, with control, bidirectional and other unseen characters spelled as <U+202E>."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(shown, text))


def shown(character: str) -> str:
    """One character as it is to be shown: itself, a space for a line break or tab, or its number."""
    if character in _LINE_BREAKS:
        return " "
    if unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in _JOINING:
        return f"<U+{ord(character):04X}>"
    return character


def shortened(text: str, most: int = 60) -> str:
    """The text in one line, its middle left out when it is longer than the most characters to show."""
    text = " ".join(text.split())
    if len(text) <= most:
        return visible(text)
    half = most // 2
    return f"{visible(text[:half])}…{visible(text[-half:])} ({len(text):,} characters)"
