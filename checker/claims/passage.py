"""A document cut into paragraphs, sentences and clauses, with the figures of each: the places that claims are made in.

A full stop inside a figure ("4 p.m.", "Jan. 25") or after an abbreviation ends no sentence.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
import tomllib
from collections.abc import Iterator
from importlib import resources

import attrs

from checker.model import Document, Figure, Span
from checker.rulebook import cues

_ENDS = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’)\]]*(?=\s)")
_WORDS = tomllib.loads(resources.files(__package__).joinpath("sentences.toml").read_text(encoding="utf-8"))
_ABBREVIATIONS = frozenset(_WORDS["abbreviations"].split())
_OPENERS = frozenset(_WORDS["openers"].split())
_TOLD_AS_WRONG = cues.compile_anywhere(_WORDS["told_as_wrong"], {})
_DENIED = cues.compile_left(_WORDS["denied"], {})
_WORD_BEFORE = re.compile(r"[A-Za-z][A-Za-z.]*\Z")
_NEXT_WORD = re.compile(r"[\s\"'“‘(\[*_]*([^\W\d_]+|\d)?")
_CLAUSE_BREAK = re.compile(
    r";|:(?=\s)|\s[–—-]{1,2}\s|—|,?\s(?:but|while|whereas|although|though|yet)\s|,\s(?:and|which|who|where|when|after|before|following)\s"
)
_LONGEST_WORD = 24


@attrs.frozen
class Place:
    """A stretch of text with the figures in it, in order."""

    span: Span
    figures: tuple[Figure, ...]

    @functools.cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of the figures in it."""
        return frozenset(figure.kind for figure in self.figures)


@attrs.frozen(eq=False)
class Passage:
    """A document's places: paragraphs, and for each its sentences."""

    document: Document
    figures: tuple[Figure, ...]
    paragraphs: tuple[Place, ...]
    sentences: tuple[tuple[Place, ...], ...]
    """For each paragraph, its sentences."""
    _stretches: dict[tuple[int, int], frozenset[str]] = attrs.field(factory=dict, init=False, repr=False)

    @functools.cached_property
    def clauses(self) -> tuple[tuple[tuple[Place, ...], ...], ...]:
        """For each sentence of each paragraph, its clauses."""
        return tuple(tuple(clauses(self.text, sentence) for sentence in line) for line in self.sentences)

    @functools.cached_property
    def words(self) -> tuple[frozenset[str], ...]:
        """For each paragraph the words in it, in lower case."""
        return tuple(cues.words_of(self.text[p.span.start : p.span.end]) for p in self.paragraphs)

    def words_between(self, start: int, end: int) -> frozenset[str]:
        """The words of a stretch of the text, in lower case."""
        found = self._stretches.get((start, end))
        if found is None:
            found = self._stretches[start, end] = cues.words_of(self.text[start:end])
        return found

    def sentence_at(self, span: Span) -> Span:
        """The sentence that a span starts in; the span itself where none does."""
        p = bisect.bisect_right(self.paragraphs, span.start, key=lambda place: place.span.start) - 1
        line = self.sentences[p] if p >= 0 else ()
        s = bisect.bisect_right(line, span.start, key=lambda place: place.span.start) - 1
        return line[s].span if s >= 0 and span.start < line[s].span.end else span

    @property
    def text(self) -> str:
        """The document's prose, in which cues are sought."""
        return self.document.prose


def divide(document: Document, figures: tuple[Figure, ...]) -> Passage:
    """The passage of a document and the figures that it claims: not those that it denies or tells as errors."""
    prose = document.prose
    figures = tuple(f for f in figures if not cues.left_match(_DENIED, prose, f.phrase.start, 0))
    starts = [f.start for f in figures]
    paragraphs = document.paragraphs or (Span(0, len(document.text)),)
    places = tuple(_place(span, figures, starts) for span in paragraphs)
    sentences = tuple(
        tuple(_sound(prose, _place(span, figures, starts)) for span in _sentences(prose, place)) for place in places
    )
    return Passage(document, figures, places, sentences)


def _sound(prose: str, sentence: Place) -> Place:
    """A sentence; without its figures where it speaks of an error in print, which it is right to repeat."""
    wrong = _TOLD_AS_WRONG.search(prose, sentence.span.start, sentence.span.end)
    return Place(sentence.span, ()) if wrong else sentence


def clauses(text: str, sentence: Place) -> tuple[Place, ...]:
    """The clauses of a sentence; a break inside a figure is none."""
    cuts = [
        match.end()
        for match in _CLAUSE_BREAK.finditer(text, sentence.span.start, sentence.span.end)
        if not any(f.phrase.start < match.start() < f.phrase.end for f in sentence.figures)
    ]
    edges = [sentence.span.start, *cuts, sentence.span.end]
    starts = [f.start for f in sentence.figures]
    return tuple(_place(Span(a, b), sentence.figures, starts) for a, b in itertools.pairwise(edges) if a < b)


def _place(span: Span, figures: tuple[Figure, ...], starts: list[int]) -> Place:
    first, last = bisect.bisect_left(starts, span.start), bisect.bisect_left(starts, span.end)
    return Place(span, figures[first:last])


def _sentences(text: str, paragraph: Place) -> Iterator[Span]:
    start, figures, at = paragraph.span.start, paragraph.figures, 0
    for match in _ENDS.finditer(text, paragraph.span.start, paragraph.span.end):
        while at < len(figures) and figures[at].end < match.end():
            at += 1
        inside = at < len(figures) and figures[at].start < match.end() <= figures[at].end
        closes_figure = inside and figures[at].end == match.end()
        if inside and not closes_figure:
            continue
        if _ends_sentence(text, match, paragraph.span.end, closes_figure=closes_figure):
            yield Span(start, match.end())
            start = match.end()
    if text[start : paragraph.span.end].strip():
        yield Span(start, paragraph.span.end)


def _ends_sentence(text: str, stop: re.Match[str], end: int, *, closes_figure: bool) -> bool:
    following = _NEXT_WORD.match(text, stop.end(), end)
    word = following.group(1) if following else None
    if word is None:
        return True
    if word[0].islower() and stop.group()[0] == ".":
        return False
    if not stop.group().startswith(".") or len(stop.group().rstrip("\"'”’)]")) > 1:
        return True
    before = _WORD_BEFORE.search(text, max(0, stop.start() - _LONGEST_WORD), stop.start())
    abbreviated = closes_figure or (
        before is not None
        and (before.group().lower() in _ABBREVIATIONS or "." in before.group() or len(before.group()) == 1)
    )
    return not abbreviated or word.lower() in _OPENERS
