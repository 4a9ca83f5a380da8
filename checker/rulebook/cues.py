"""The cue language: the words beside a figure that tell its role, a thing's names, a circumstance.

A cue is whole words between spaces, in either case: `remained in flight for`. `flew|covered` is either word, `(a)`
optional words, `missile(s)` an optional ending, `<verbs>` an entry of the topic's word class of that name, `#` a number
in digits, `~` up to three words without punctuation among them, and so maybe none. Every other sign is itself, and so
is a bracket without its partner: `(or about`. A space or hyphen matches a space, a line break or a hyphen, an
apostrophe either apostrophe.

Python's `re` cannot match up to a position, so a left cue is compiled backwards and matched on the reversed text. The
ways in which a cue can match are bounded, so that matching takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import attrs

WINDOW = 160
"""How many characters before a figure a left cue is looked for in."""

MOST_CHOICES = 8
"""The most optional parts and gaps in one cue."""

MOST_CHARACTERS = 200
"""The longest cue."""

Words = Mapping[str, tuple[str, ...]]
"""A topic's word classes: the entries of each by its name."""


# ---------------------------------------------------------------------- compiling
def compile_left(cues: Iterable[str], words: Words) -> re.Pattern[str]:
    """A pattern for `left_match`; raises ValueError, in one sentence, for a bad cue."""
    return re.compile(f"{_ROOM}(?P<cue>{_any_of(cues, words, backwards=True)})", re.IGNORECASE)


def compile_right(cues: Iterable[str], words: Words) -> re.Pattern[str]:
    """A pattern for `right_match`; raises ValueError, in one sentence, for a bad cue."""
    return re.compile(f"{_ROOM}(?P<cue>{_any_of(cues, words)})", re.IGNORECASE)


def compile_anywhere(cues: Iterable[str], words: Words) -> re.Pattern[str]:
    """A pattern to search a text with; raises ValueError, in one sentence, for a bad cue."""
    return re.compile(_any_of(cues, words), re.IGNORECASE)


def left_match(pattern: re.Pattern[str], text: str, end: int, floor: int = 0) -> int:
    """How many characters of a left cue stand right before `end`, beginning no earlier than `floor`; 0 for no cue."""
    low = max(floor, end - WINDOW)
    before = text[max(low - 1, 0) : end + 1][::-1]
    found = pattern.match(before, min(len(text) - end, 1))
    if found is None or found.end() - found.start() > end - low:
        return 0
    return len(found["cue"])


def right_match(pattern: re.Pattern[str], text: str, start: int, ceiling: int | None = None) -> int:
    """How many characters of a right cue stand right after `start`, ending no later than `ceiling`; 0 for no cue."""
    found = pattern.match(text, start, len(text) if ceiling is None else ceiling)
    return len(found["cue"]) if found else 0


def read(cues: Iterable[str], words: Words) -> None:
    """Read cues without compiling them; raises ValueError, in one sentence, for a bad cue."""
    for cue in cues:
        _Reader(cue, words).whole()


# ---------------------------------------------------------------------- what a cue cannot do without
Needs = tuple[frozenset[str], ...]
"""Sets of words, of each of which a text must have one."""

_PLAIN_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> frozenset[str]:
    """The words of a text in lower case, cut at every sign."""
    return frozenset(_PLAIN_WORD.findall(text.lower()))


def needs(cue: str, words: Words) -> Needs:
    """What a text must have for a cue to stand in it; the cue may ask for more."""
    return _needed(_Reader(cue, words).whole())


def met(wanted: Needs, found: frozenset[str]) -> bool:
    """Whether the words found have what is wanted."""
    return not any(group.isdisjoint(found) for group in wanted)


def _needed(row: _Row) -> Needs:
    groups: list[frozenset[str]] = []
    for clump in row:
        match clump:
            case (_Text(text),):
                groups += (frozenset((word,)) for word in _PLAIN_WORD.findall(text.lower()))
            case (_Choice(ways, False),):
                firsts = [_needed(way) for way in ways]
                if all(firsts):
                    groups.append(frozenset().union(*(first[0] for first in firsts)))
    return tuple(groups)


# ---------------------------------------------------------------------- a cue as a tree
@attrs.frozen
class _Text:
    """A word or sign."""

    text: str


@attrs.frozen
class _Gap:
    """Up to three words without punctuation; always a clump of its own."""


@attrs.frozen
class _Digits:
    """A number in digits."""


@attrs.frozen
class _Choice:
    """One of several rows, or none of them where that is allowed."""

    ways: tuple[_Row, ...]
    optional: bool = False


_Item = _Text | _Gap | _Digits | _Choice

_Clump = tuple[_Item, ...]
"""What stands together without a space."""

_Row = tuple[_Clump, ...]
"""Clumps between spaces."""

_PART = re.compile(
    r"(?P<space>\s+)"
    r"|(?<!\S)(?P<lone>[<>])(?!\S)"
    r"|(?<![^\s(|])(?:(?P<gap>~)|(?P<number>\#))(?![^\s)|])"
    r"|(?P<open>\()|(?P<close>\))|(?P<or>\|)"
    r"|<(?P<class>[^\s<>]*)>"
    r"|(?P<word>[\w'’]+(?:[-\u2010\u2011][\w'’]+)*)"
    r"|(?P<sign>.)",
    re.DOTALL,
)


class _Reader:
    """A walk along the parts of one cue."""

    def __init__(self, cue: str, words: Words | None) -> None:
        self._cue = cue
        self._words = words
        self._parts = _paired([(m.lastgroup or "", m[m.lastgroup or 0]) for m in _PART.finditer(cue.strip())])
        self._at = 0
        self._choices = 0

    def whole(self) -> _Row:
        if not self._parts:
            raise ValueError("a cue is empty")
        if len(self._cue) > MOST_CHARACTERS:
            raise ValueError(f"a cue is longer than {MOST_CHARACTERS} characters: '{self._cue[:30]}...'")
        row = self._row()
        if all(_is_optional(clump) for clump in row):
            raise self._wrong("a cue needs a word that is not optional")
        if self._choices > MOST_CHOICES:
            raise self._wrong(f"a cue has at most {MOST_CHOICES} optional parts and gaps")
        return row

    def _wrong(self, message: str) -> ValueError:
        return ValueError(f"cue '{self._cue}': {message}")

    @property
    def _kind(self) -> str:
        return self._parts[self._at][0] if self._at < len(self._parts) else "end"

    def _row(self) -> _Row:
        clumps: list[_Clump] = []
        while self._kind not in ("close", "end"):
            if self._kind == "space":
                self._at += 1
                continue
            clumps.append(self._alternatives())
        return tuple(clumps)

    def _alternatives(self) -> _Clump:
        ways = [self._clump()]
        while self._kind == "or":
            self._at += 1
            ways.append(self._clump())
        if len(ways) == 1:
            return ways[0]
        if any(_is_optional(way) for way in ways):
            raise self._wrong("'|' stands between two words, without spaces")
        return (_Choice(tuple((way,) for way in ways)),)

    def _clump(self) -> _Clump:
        items: list[_Item] = []
        while self._kind not in ("space", "close", "or", "end"):
            kind, text = self._parts[self._at]
            self._at += 1
            match kind:
                case "open":
                    items.append(self._optional())
                case "class":
                    items.append(self._word_class(text))
                case "sign" if text in "<>":
                    raise self._wrong(f"'{text}' belongs to a word class, <name>, or stands alone between spaces")
                case "gap":
                    self._choices += 1
                    items.append(_Gap())
                case "number":
                    items.append(_Digits())
                case _:
                    items.append(_Text(text))
        if len(items) > 1 and _is_optional(tuple(items)):
            raise self._wrong("two optional parts that touch need a space between them")
        return tuple(items)

    def _optional(self) -> _Choice | _Gap:
        row = self._row()
        self._at += 1
        self._choices += 1
        if row == ((_Gap(),),):
            return _Gap()
        if not row or all(_is_optional(clump) for clump in row):
            raise self._wrong("there is nothing but optional words in a pair of brackets")
        return _Choice((row,), optional=True)

    def _word_class(self, name: str) -> _Choice:
        if self._words is None:
            raise self._wrong("an entry of a word class cannot name a word class")
        if name not in self._words:
            raise self._wrong(f"there is no word class '{name}' under [words]")
        entries = sorted(self._words[name], key=len, reverse=True)
        return _Choice(tuple(_Reader(entry, None).whole() for entry in entries))


def _paired(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parts with each bracket that has no partner turned into a mere sign."""
    opened: list[int] = []
    for i, (kind, _) in enumerate(parts):
        if kind == "open":
            opened.append(i)
        elif kind == "close" and opened:
            opened.pop()
        elif kind == "close":
            parts[i] = ("lone", ")")
    for i in opened:
        parts[i] = ("lone", "(")
    return parts


def _is_optional(clump: _Clump) -> bool:
    return all(isinstance(item, _Gap) or (isinstance(item, _Choice) and item.optional) for item in clump)


# ---------------------------------------------------------------------- the tree as a pattern
_SPACE = r"(?:[^\S\n]{1,20}(?:\n[^\S\n]{0,20})?|\n[^\S\n]{0,20})"
_HYPHEN = r"[-\u2010\u2011]"
_INNER_HYPHEN = rf"(?:{_SPACE}|{_HYPHEN})"
_ROOM = f"{_INNER_HYPHEN}?"
_EDGE = r"(?:(?<!\w)|(?!\w))"
"""A place that is not inside a word. Between two words it also asks for the space or hyphen that _ROOM lets be."""
_JOINT = _ROOM + _EDGE
_WORD = rf"\w{{1,40}}+(?:(?:[.,'’]|{_HYPHEN})\w{{1,40}}+){{0,5}}+"
_BETWEEN = {False: rf"[$£€¥₹]?{_WORD}%?", True: rf"%?{_WORD}[$£€¥₹]?"}
"""A word that a gap may hold, by whether it is read backwards."""
_ALIKE = {c: alike for alike in ("'’", '"“”', "-\u2010\u2011", "–—") for c in alike}
"""Signs that stand for one another."""


def _any_of(cues: Iterable[str], words: Words, *, backwards: bool = False) -> str:
    rows = [_Reader(cue, words).whole() for cue in sorted(cues, key=lambda cue: (-len(cue), cue))]
    if not rows:
        return "(?!)"
    ahead = "" if backwards else _opening(rows)
    return f"{ahead}{_EDGE}(?:{'|'.join(_row(row, backwards) for row in rows)}){_EDGE}"


def _opening(rows: Iterable[_Row]) -> str:
    """A look at the first character, which makes a search several times as fast; nothing where any may be the first."""
    firsts = [_firsts(item for clump in row for item in clump) for row in rows]
    if any(first is None for first in firsts):
        return ""
    return f"(?=[{''.join(sorted({re.escape(c) for first in firsts for c in first or ()}))}])"


def _firsts(items: Iterable[_Item]) -> set[str] | None:
    """The characters that items one after another can begin with; None where that is any."""
    found: set[str] = set()
    for item in items:
        match item:
            case _Text():
                return found | set(_ALIKE.get(item.text[0], item.text[0]))
            case _Choice():
                for way in item.ways:
                    firsts = _firsts(item for clump in way for item in clump)
                    if firsts is None:
                        return None
                    found |= firsts
                if not item.optional:
                    return found
            case _:
                return None
    return found


def _row(row: _Row, backwards: bool) -> str:
    clumps = row[::-1] if backwards else row
    first = next(i for i, clump in enumerate(clumps) if not _is_optional(clump))
    pattern = ""
    for i, clump in enumerate(clumps):
        own = _clump(clump, backwards)
        if not _is_optional(clump):
            pattern += own if i == first else _JOINT + own
        else:
            pattern += f"(?:{own}{_JOINT})?" if i < first else f"(?:{_JOINT}{own})?"
    return pattern


def _clump(clump: _Clump, backwards: bool) -> str:
    """A clump as it is where it is there at all."""
    match clump:
        case (_Gap(),):
            word = _BETWEEN[backwards]
            return f"{word}(?:{_SPACE}{word}){{0,2}}"
        case (_Choice(ways, True),):
            return _any_way(ways, backwards)
    return "".join(_item(item, backwards) for item in (clump[::-1] if backwards else clump))


def _any_way(ways: tuple[_Row, ...], backwards: bool) -> str:
    return f"(?:{'|'.join(_row(way, backwards) for way in ways)})"


def _item(item: _Item, backwards: bool) -> str:
    match item:
        case _Text():
            return _text(item.text[::-1] if backwards else item.text)
        case _Digits():
            return r"\d{1,40}+(?:[.,]\d{1,40}+){0,5}+"
        case _Choice():
            return _any_way(item.ways, backwards) + ("?" if item.optional else "")
    raise TypeError(f"{item!r} stands alone")


def _text(text: str) -> str:
    if len(text) == 1:
        return _character(text)
    return "".join(_INNER_HYPHEN if c in _ALIKE["-"] else _character(c) for c in text)


def _character(character: str) -> str:
    alike = _ALIKE.get(character)
    return f"[{re.escape(alike)}]" if alike else re.escape(character)
