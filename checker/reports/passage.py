"""Stretches of a document laid out for reading: line numbers, words wrapped to a width, figures marked."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

import attrs
from rich.cells import cell_len

from checker.model import Document, Span
from checker.reports.visible import shown

_WHOLE = 320
"""A paragraph up to this length is shown whole; of a longer one, what surrounds its marks."""
_BEFORE, _AFTER, _CLOSE = 140, 80, 60
_LONGEST_MARK = 160

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_SENTENCE_END = re.compile(r"(?<![A-Z\s])[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])")


@attrs.frozen
class Row:
    """One line to show: its line number where a line of the source begins or a stretch does, and the marked parts."""

    number: int | None
    text: str
    marks: tuple[Span, ...]
    """Parts of `text`."""


@attrs.frozen(eq=False)
class Places:
    """Where in a document an offset is: its line and column, as editors count them, and its paragraph."""

    document: Document

    @functools.cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_BREAK.finditer(self.document.text))]

    @functools.cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The document's paragraphs; all of it where it has none."""
        return self.document.paragraphs or (Span(0, len(self.document.text)),)

    @functools.cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    def line(self, offset: int) -> int:
        """The number of the line that holds an offset, from 1."""
        return bisect.bisect_right(self._line_starts, offset)

    def column(self, offset: int) -> int:
        """The place of an offset in its line, from 1."""
        return offset - self._line_starts[self.line(offset) - 1] + 1

    def paragraph(self, span: Span) -> Span:
        """The paragraph in which a span begins."""
        return self.paragraphs[max(bisect.bisect_right(self._paragraph_starts, span.start) - 1, 0)]


def rows(places: Places, marks: Iterable[Span], width: int) -> Iterator[Row]:
    """What surrounds the marks in each paragraph that has some, in rows of at most so many cells."""
    text = places.document.text
    for paragraph, group in itertools.groupby(sorted(set(marks)), places.paragraph):
        held = list(group)
        for stretch in _stretches(text, paragraph, held):
            inside = [mark for mark in held if stretch.start <= mark.start < stretch.end]
            yield from _rows(_flat(text, stretch, paragraph), stretch, inside, places, width)


def wrapped(text: str, width: int) -> list[Span]:
    """The lines of at most so many cells that a text breaks into at its spaces; a longer word is cut."""
    spans: list[Span] = []
    start = end = used = 0
    for word in re.finditer(r"\s*\S+", text):
        at, cells = word.start(), cell_len(word.group())
        if end > start and used + cells > width:
            spans.append(Span(start, end))
            start = at = word.end() - len(word.group().lstrip())
            cells = cell_len(text[start : word.end()])
            used = 0
        while used + cells > width:
            cut = _fitting(text, at, word.end(), width - used)
            spans.append(Span(start, cut))
            start = at = cut
            used, cells = 0, cell_len(text[cut : word.end()])
        end = word.end()
        used += cells
    if end > start:
        spans.append(Span(start, end))
    return spans


def _fitting(text: str, start: int, end: int, width: int) -> int:
    """Where so many cells from the start are full, one character on at the least."""
    at, used = start, 0
    while at < end and (used := used + cell_len(text[at])) <= width:
        at += 1
    return max(at, start + 1)


def _stretches(text: str, paragraph: Span, marks: Sequence[Span]) -> Iterator[Span]:
    """The parts of a paragraph to show: whole if short, else what is near a mark."""
    if paragraph.end - paragraph.start <= _WHOLE:
        yield paragraph
        return
    near: list[Span] = []
    for mark in marks:
        start = _opening(text, paragraph, mark.start)
        end = _closing(text, paragraph, min(mark.end, mark.start + _LONGEST_MARK))
        if near and start - near[-1].end < _CLOSE:
            near[-1] = Span(near[-1].start, max(end, near[-1].end))
        else:
            near.append(Span(start, end))
    yield from near


def _opening(text: str, paragraph: Span, at: int) -> int:
    """Where to begin before a mark: its sentence if that is near, else a word."""
    floor = max(paragraph.start, at - _BEFORE)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, floor, at)]
    if ends:
        return ends[-1]
    if floor == paragraph.start:
        return floor
    space = re.compile(r"\s+").search(text, floor, at)
    return space.end() if space else floor


def _closing(text: str, paragraph: Span, at: int) -> int:
    """Where to end after a mark: with its sentence if that is near, else with a word."""
    ceiling = min(paragraph.end, at + _AFTER)
    end = _SENTENCE_END.search(text, at - 1, ceiling)
    if end:
        return end.start() + len(end.group().rstrip())
    if ceiling == paragraph.end:
        return ceiling
    space = max(text.rfind(" ", at, ceiling), text.rfind("\n", at, ceiling))
    return space if space > at else ceiling


def _rows(flat: _Flat, stretch: Span, marks: Sequence[Span], places: Places, width: int) -> Iterator[Row]:
    marked = [Span(flat.place(mark.start), flat.place(min(mark.end, stretch.end))) for mark in marks]
    last = 0
    for line in wrapped(flat.text, width):
        number = places.line(flat.source(line.start))
        inside = tuple(
            Span(max(mark.start, line.start) - line.start, min(mark.end, line.end) - line.start)
            for mark in marked
            if mark.start < line.end and line.start < mark.end
        )
        yield Row(number if number != last else None, flat.text[line.start : line.end], inside)
        last = number


@attrs.frozen
class _Flat:
    """A stretch of a text in one visible line; `places` are where in it each of its characters stands, and its end."""

    text: str
    stretch: Span
    places: Sequence[int]

    def place(self, offset: int) -> int:
        """Where the character at an offset of the source stands in the line."""
        return self.places[offset - self.stretch.start]

    def source(self, place: int) -> int:
        """The offset in the source of what stands at a place in the line."""
        return self.stretch.start + max(bisect.bisect_right(self.places, place, 0, len(self.places) - 1) - 1, 0)


def _flat(text: str, stretch: Span, paragraph: Span) -> _Flat:
    """A stretch in one line, with an ellipsis where its paragraph goes on."""
    head = "… " if stretch.start > paragraph.start else ""
    tail = " …" if stretch.end < paragraph.end else ""
    parts, places, length = [head], [], len(head)
    for character in text[stretch.start : stretch.end]:
        piece = shown(character)
        if piece == " " and parts[-1] == " " and character != " ":
            piece = ""
        parts.append(piece)
        places.append(length)
        length += len(piece)
    return _Flat("".join((*parts, tail)), stretch, (*places, length))
