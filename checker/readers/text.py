"""Plain text cut into paragraphs, with its headline."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

import attrs

from checker.model import Span

LONGEST_HEADLINE = 120
"""Headlines of news agencies stay well below this; a longer first line is text."""

_WRAPPED_WIDTHS = range(40, 121)
"""Line lengths that a text is wrapped to; shorter lines are lists or verse, longer ones whole paragraphs."""

_WORD = 12
"""The lines seen to run on may be short of the true width by a long word."""

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ITEM = re.compile(r"(?:[-*+•‣▪–—]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_RUNS_ON = re.compile(r"[\"'“‘(\[]?[^\W\d_]")
_CLOSED = re.compile(r"[.!?:;…][\"'”’)\]]*\Z")
_FIRST_WORD = re.compile(r"\S+")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"”]+", re.IGNORECASE)

_SEEN = re.compile(r"\S")

HIDDEN = "\ufffc"
"""Stands in prose for each character that a reader sees and that is no prose."""


@attrs.frozen
class _Line:
    """One line without the white space around it; `after_gap` when a blank line is above it."""

    span: Span
    text: str
    after_gap: bool

    @property
    def first_word(self) -> int:
        found = _FIRST_WORD.match(self.text)
        return found.end() if found else 0


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of a plain text, without the white space around them.

    A blank line always parts two paragraphs. A single line break does so too, unless the text is wrapped to a width
    and the break is one that wrapping makes: the sentence runs on in lower case, or the next word would not have
    fitted.
    """
    if text.isprintable():  # one line
        bare = text.strip()
        start = text.find(bare)
        return (Span(start, start + len(bare)),) if bare else ()
    lines = list(_lines(text))
    width = _wrapped_width(lines)
    spans: list[Span] = []
    for i, line in enumerate(lines):
        if i and not line.after_gap and _wraps(lines[i - 1], line, width):
            spans[-1] = Span(spans[-1].start, line.span.end)
        else:
            spans.append(line.span)
    return tuple(spans)


def headline(prose: str, spans: Sequence[Span]) -> Span | None:
    """The first of the paragraphs, if it is short, does not end as a sentence does and has text after it."""
    if len(spans) < 2:
        return None
    first = prose[spans[0].start : spans[0].end]
    if len(first) >= LONGEST_HEADLINE or re.search(r"[.:;,…—–-][\"'”’)\]]*\Z", first) or _ITEM.match(first):
        return None
    return spans[0] if re.search(r"[^\W\d_]{2}", first) else None


def comments(text: str) -> Iterator[Span]:
    """Where comments stand, as HTML and Markdown write them; what is opened and never closed is none."""
    end = 0
    while (start := text.find("<!--", end)) >= 0 and (close := text.find("-->", start + 4)) >= 0:
        end = close + 3
        yield Span(start, end)


def without_comments(text: str) -> str:
    """The text with every comment blanked, as long as before: its readers do not see it."""
    if "<!--" not in text:
        return text
    parts: list[str] = []
    at = 0
    for span in comments(text):
        parts += (text[at : span.start], _SEEN.sub(" ", text[span.start : span.end]))
        at = span.end
    return "".join((*parts, text[at:]))


def without_addresses(text: str) -> str:
    """The text with every web address hidden, as long as before: its digits count nothing."""
    if "://" not in text and "www." not in text.lower():
        return text
    return _ADDRESS.sub(lambda found: _hide_address(found.group()), text)


def _hide_address(address: str) -> str:
    kept = address.rstrip(".,;:!?)'’]")
    return HIDDEN * len(kept) + address[len(kept) :]


def _lines(text: str) -> Iterator[_Line]:
    end_before = 0
    for found in _LINE.finditer(text):
        bare = found.group().strip()
        if not bare:
            continue
        start = found.start() + len(found.group()) - len(found.group().lstrip())
        gap = len(_BREAK.findall(text, end_before, start)) > 1
        yield _Line(Span(start, start + len(bare)), bare, gap)
        end_before = start + len(bare)


def _runs_on(line: _Line, following: _Line) -> bool:
    """Whether a sentence goes on from one line to the next in lower case."""
    first = _RUNS_ON.match(following.text)
    lower = first is not None and first.group()[-1].islower()
    return lower and not _CLOSED.search(line.text) and not _ITEM.match(following.text)


def _wrapped_width(lines: Sequence[_Line]) -> int | None:
    """The width that the text is wrapped to: its longest line that a sentence runs over, None without any."""
    widths = (
        len(line.text)
        for line, following in itertools.pairwise(lines)
        if not following.after_gap and len(line.text) in _WRAPPED_WIDTHS and _runs_on(line, following)
    )
    return max(widths, default=None)


def _wraps(line: _Line, following: _Line, width: int | None) -> bool:
    if width is None or len(line.text) > width + _WORD or _ITEM.match(following.text):
        return False
    if _runs_on(line, following):
        return len(line.text) in _WRAPPED_WIDTHS or len(line.text) + 1 + following.first_word > width
    return len(line.text) + 1 + following.first_word > width
