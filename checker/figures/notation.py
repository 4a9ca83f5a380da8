"""How a document writes its numbers, as the figures show that can be read in one way only."""

from __future__ import annotations

import re

import attrs

from checker.figures.numerals import Style
from checker.notation import Notation

_SEPARATED = re.compile(r"[0-9][.,][0-9]")
_COMMA_BETWEEN = re.compile(r"[0-9],[0-9]")
_FIRST = r"(?<![0-9.,].)"
"""No figure's character stands before this digit; said behind it, since `re` skips to a set, not to a look behind."""
_COMMA_DECIMAL = re.compile(
    rf"[0-9]{_FIRST}(?:(?<=0),[0-9]+|[0-9]{{0,2}}(?:\.[0-9]{{3}})+,[0-9]+|[0-9]*,[0-9]{{1,2}})(?![0-9]|[,.][0-9]|-?[a-z]{{2}}\b)"
)
_POINT_GROUPS = re.compile(r"[1-9](?<![\w.,].)[0-9]{0,2}(?:\.[0-9]{3}){2,}(?![0-9]|\.[0-9])")
_POINT_DECIMAL = re.compile(
    rf"[0-9]{_FIRST}[0-9]*(?:(?:,[0-9]{{3}})+\.[0-9]|(?:,[0-9]{{2,3}})*,[0-9]{{2,3}},[0-9]{{3}}(?![0-9])|"
    r"\.[0-9]{1,2}(?![0-9]|\.[0-9]|\s?(?:[ap]\.?m\b|Uhr|GMT|UTC|[BCME]E?[SD]?T\b|h\b)))"
)
_COMMA_GROUP = re.compile(rf"[1-9]{_FIRST}[0-9]{{0,2}},[0-9]{{3}}(?![0-9])")
_OTHER_GROUP = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?P<sign>[ \u00a0\u2009\u202f'’])[0-9]{3}(?![0-9])")


_FEWEST_SPACED = 4
_MANY_TO_ONE = 3
"""So many numbers grouped by spaces to one by a comma make the comma a slip."""


@attrs.frozen
class Convention:
    """How the numbers of a document are to be read."""

    style: Style = Style.POINT
    spaced: bool = True
    """Whether a space can group digits: a text uses one thousands separator."""
    english: bool = False
    """Whether a figure shows that commas group or points are decimal, and none the contrary."""


_UNTOLD = Convention()


def convention(text: str) -> Convention:
    """What the figures of a text show; in English by default, and both where both are found."""
    if not _SEPARATED.search(text):  # cheaper by far than all that could show anything
        return _UNTOLD
    has_comma = _COMMA_BETWEEN.search(text) is not None
    comma = (has_comma and _COMMA_DECIMAL.search(text)) or (text.count(".") > 1 and _POINT_GROUPS.search(text))
    if "," not in text:
        return Convention(Style.COMMA if comma else Style.POINT)
    grouped = has_comma and _COMMA_GROUP.search(text) is not None and not _is_spaced(text)
    english = grouped or _POINT_DECIMAL.search(text) is not None
    if not comma:
        return Convention(Style.POINT, not grouped, english)
    return Convention(Style.EITHER if english else Style.COMMA, not grouped)


def _is_spaced(text: str) -> bool:
    """Whether spaces group the digits of a text and commas only by a slip: one thousands separator is a text's own."""
    spaced = sum(found["sign"] not in "'’" for found in _OTHER_GROUP.finditer(text))
    return spaced >= _FEWEST_SPACED and spaced > _MANY_TO_ONE * len(_COMMA_GROUP.findall(text))


def notation(text: str) -> Notation:
    """The same as it is told of a document."""
    found = convention(text)
    other = _OTHER_GROUP.search(text)
    group = other["sign"] if other is not None and (found.spaced or other["sign"] in "'’") else None
    if found.style is Style.COMMA:
        return Notation(",", "." if _POINT_GROUPS.search(text) or group is None else group, shown=True)
    if found.style is Style.EITHER:
        return Notation(".,", None, shown=True)
    shown = found.english or _POINT_DECIMAL.search(text) is not None
    return Notation(".", "," if _COMMA_GROUP.search(text) else group, shown=shown)
