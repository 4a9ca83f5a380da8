"""What a text reads as when it stands in a figure's place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from checker.figures import read
from checker.model import Document, Figure, Span

_NEAR = 160
"""Characters either side that are read again first; more where these do not read as they did in the whole."""

_LONGEST = 10_000
"""Characters of the longest text that is read again for every slip."""


def reader(document: Document, figure: Figure) -> Callable[[str], Figure | None]:
    """What a text reads as in the figure's place: the figure, at that place, or None where it is none."""
    window = next((w for w in _windows(document, figure) if _reads_the_same(document, w, figure)), None)

    def again(text: str) -> Figure | None:
        if window is None:
            return None
        part, at = _replaced(document, window, figure, text)
        found = next((f for f in read(part) if f.start == at and f.end == at + len(text)), None)
        return moved(found, figure) if found else None

    return again


def _windows(document: Document, figure: Figure) -> Iterator[Span]:
    """What to read again around a figure: its surroundings to whole words, its paragraph, everything."""
    paragraph = _paragraph(document, figure)
    start, end = max(paragraph.start, figure.start - _NEAR), min(paragraph.end, figure.end + _NEAR)
    first = document.text.find(" ", start, figure.start) if start > paragraph.start else start - 1
    last = document.text.rfind(" ", figure.end, end) if end < paragraph.end else end
    near = Span(first + 1, last) if first >= start - 1 and last >= figure.end else paragraph
    for window in (near, paragraph, Span(0, len(document.text))):
        if window.end - window.start <= _LONGEST:
            yield window


def _paragraph(document: Document, figure: Figure) -> Span:
    return next((p for p in document.paragraphs if p.covers(figure.span)), Span(0, len(document.text)))


def _reads_the_same(document: Document, window: Span, figure: Figure) -> bool:
    part, at = _replaced(document, window, figure, figure.text)
    return any(_as_bound(moved(f, figure), figure) == figure for f in read(part) if f.start == at)


def _as_bound(figure: Figure, bound: Figure) -> Figure:
    """A figure as a claim that holds it has it: a bare number lent its partner's unit, a count taken for exact."""
    if figure.kind != "count":
        return figure
    return attrs.evolve(
        figure, readings=bound.readings, kind=bound.kind, measure=bound.measure, currency=bound.currency
    )


def with_paragraph(document: Document, figure: Figure, text: str) -> tuple[Document, Span] | None:
    """The figure's paragraph with a text in its place, and where that stands; None where it is too long to try."""
    paragraph = _paragraph(document, figure)
    if paragraph.end - paragraph.start > _LONGEST:
        return None
    part, at = _replaced(document, paragraph, figure, text)
    return part, Span(at, at + len(text))


def _replaced(document: Document, window: Span, figure: Figure, text: str) -> tuple[Document, int]:
    """A window of the document with a text in the figure's place, and where that starts."""

    def put(whole: str) -> str:
        return whole[window.start : figure.start] + text + whole[figure.end : window.end]

    def place(at: int) -> int:
        longer = len(text) - len(figure.text) if at >= figure.end else 0
        return min(max(at, window.start), window.end) - window.start + longer

    def cut(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(Span(place(s.start), place(s.end)) for s in spans if s.start < window.end and window.start < s.end)

    headline = cut((document.headline,)) if document.headline else ()
    part = Document(
        text=put(document.text),
        name=document.name,
        published=document.published,
        headline=headline[0] if headline else None,
        paragraphs=cut(document.paragraphs),
        prose=put(document.prose),
    )
    return part, figure.start - window.start


def moved(figure: Figure, place: Figure) -> Figure:
    """A figure as if it stood in another's place, with the words of that place."""
    return attrs.evolve(figure, start=place.start, end=place.end, phrase=place.phrase, reason=place.reason)
