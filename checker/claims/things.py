"""Which class of thing a claim is about, and which tags stand near it: what a topic's names and cues find in a text.

A text names a thing in full once and then in short ("short-range ballistic missiles ... the missiles"), so a general
name stands for the nearest more particular one that agrees with it.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import attrs

from checker.claims.fits import stands
from checker.claims.passage import Passage, Place
from checker.model import Figure, Span
from checker.rulebook import cues
from checker.rulebook.schema import Frame, Reach, Tag, Topic

_GAP = re.compile(r"\s+(?:(?:known|reported|such|publicly|officially)\s+){0,2}", re.IGNORECASE)
"""Words between an ordinal and the name of what it counts that narrow nothing."""

_MEASURED = frozenset({"quantity", "duration"})

_NEAR = 5
"""At most so many words between a thing and its name ("the missile, believed to be a ...")."""


def class_named(topic: Topic, text: str) -> str | None:
    """The class that a text names and nothing else: by its own name, or by one that prose has for it."""
    told = text.strip()
    own = next((name for name in topic.classes if name.lower() == told.lower()), None)
    own = own or next((name for name, pattern in _names(topic) if pattern.fullmatch(told)), None)
    return own or (_make(topic, told) if _makes(topic).fullmatch(told) else None)


@attrs.frozen(order=True)
class Mention:
    """A place where the text names a class of thing."""

    span: Span
    thing: str


FARTHEST_SENTENCE, FARTHEST_PARAGRAPH = 12, 40
"""How far a name reaches: a short name stands for a full one that a reader still has in mind."""


@attrs.frozen(eq=False)
class Mentions:
    """The mentions of a topic's classes in a text, in order, none within another."""

    found: tuple[Mention, ...]
    starts: tuple[int, ...]

    def within(self, span: Span) -> tuple[Mention, ...]:
        """The mentions that lie in a span."""
        first, last = bisect.bisect_left(self.starts, span.start), bisect.bisect_left(self.starts, span.end)
        return tuple(m for m in self.found[first:last] if m.span.end <= span.end)


@functools.lru_cache(maxsize=64)
def _names(topic: Topic) -> tuple[tuple[str, re.Pattern[str]], ...]:
    classes = (c for c in topic.classes.values() if c.names and not c.proper)
    return tuple((c.name, cues.compile_anywhere(c.names, topic.words)) for c in classes)


@functools.lru_cache(maxsize=64)
def _makes(topic: Topic) -> re.Pattern[str]:
    """All names of makes at once, for there are too many to look for each; a name begins with a capital or a digit."""
    makes = (c for c in topic.classes.values() if c.proper)
    named = cues.compile_anywhere((name for make in makes for name in make.names), topic.words)
    return re.compile(rf"(?<!\w)(?=(?-i:[^\W_a-z])){named.pattern}", re.IGNORECASE)


@functools.lru_cache(maxsize=1024)
def _make(topic: Topic, told: str) -> str | None:
    makes = (c for c in topic.classes.values() if c.proper)
    return next((c.name for c in makes if cues.compile_anywhere(c.names, topic.words).fullmatch(told)), None)


@functools.lru_cache(maxsize=64)
def _aside(topic: Topic) -> re.Pattern[str] | None:
    return cues.compile_left(topic.aside, topic.words) if topic.aside else None


@functools.lru_cache(maxsize=512)
def _tag(topic: Topic, tag: Tag) -> re.Pattern[str]:
    return cues.compile_anywhere(tag.cues, topic.words)


def mentions(passage: Passage, topic: Topic) -> Mentions:
    """Every naming of one of the topic's classes, the longest where several overlap, in the order of the text.

    What is only spoken of, as in a comparison, is not among them.
    """
    text = passage.text
    named = [Mention(Span(*match.span()), name) for name, pattern in _names(topic) for match in pattern.finditer(text)]
    named += (
        Mention(Span(*match.span()), make)
        for match in _makes(topic).finditer(text)
        if (make := _make(topic, match[0])) is not None
    )
    aside = _aside(topic)
    found = sorted(named, key=lambda m: (m.span.start, -m.span.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.span.start >= kept[-1].span.end:
            kept.append(mention)
    if aside is not None:
        kept = [m for m in kept if not cues.left_match(aside, text, m.span.start)]
    return Mentions(tuple(kept), tuple(m.span.start for m in kept))


@functools.lru_cache(maxsize=64)
def tags(passage: Passage, topic: Topic, reach: Reach, span: Span) -> frozenset[str]:
    """The tags of one reach whose cues stand in a span."""
    return frozenset(
        tag.name
        for tag in topic.tags.values()
        if tag.scope == reach and _tag(topic, tag).search(passage.text, span.start, span.end)
    )


def named_after(figure: Figure, found: Iterable[Mention], text: str) -> str | None:
    """The class named right after a figure, with nothing between that narrows it ("third known weapons display")."""
    for mention in found:
        if mention.span.start >= figure.end:
            return mention.thing if _GAP.fullmatch(text, figure.end, mention.span.start) else None
    return None


def candidates(
    passage: Passage, topic: Topic, frame: Frame, found: Mentions, paragraph: int, sentence: int
) -> tuple[str, ...]:
    """The classes that a claim in a sentence may be about, the likeliest first; none when nothing is named.

    Only classes at or below the frame's own are considered. A short name or a pronoun stands for the class named last;
    where more than one is, or another thing came in since, all that it may be are given, and the frame's own class for
    what the text does not say.
    """
    assert frame.thing is not None
    line = passage.sentences[paragraph]

    def named(place: Place) -> list[str]:
        return [m.thing for m in found.within(place.span) if frame.thing in topic.ancestry(m.thing)]

    before = [named(line[i]) for i in range(sentence - 1, max(sentence - FARTHEST_SENTENCE, 0) - 1, -1)]
    after = [named(place) for place in line[sentence + 1 : sentence + 1 + FARTHEST_SENTENCE]]
    here = _most_particular(topic, named(line[sentence]))
    if not here and any(f.kind == "label" for f in line[sentence].figures):
        return (frame.thing,)  # a thing by its own name ("a Hwasong-12") is not the one of the sentence before
    last = next((i for i, names in enumerate(before) if names), None)
    own = bool(here)
    here = here or (_most_particular(topic, before[last]) if last is not None else ())
    if len(here) > 1:
        return here
    thing = here[0] if here else frame.thing
    told = ([n for n in names if i == last or not _is(topic, n, "proper")] for i, names in enumerate(before))
    later = [n for n in itertools.chain(*after) if not _is(topic, n, "proper")]
    thing = functools.reduce(lambda t, names: _refined(topic, t, names) or t, (*told, later), thing)
    if thing != frame.thing and not _is(topic, thing, "short"):
        proper = _is(topic, thing, "proper")
        if own and thing in here:
            doubtful = proper and _stands_apart(passage, topic, found, line[sentence], thing)
        else:
            since = line[sentence - last : sentence + proper] if last is not None and (proper or not own) else ()
            doubtful = any(brings_in(topic, frame, passage, place) for place in since)
        return (thing, frame.thing) if doubtful else (thing,)
    earlier = passage.paragraphs[max(paragraph - FARTHEST_PARAGRAPH, 0) : paragraph]
    return _of_earlier(passage, topic, frame, found, earlier, thing) or ((thing,) if here else ())


def _is(topic: Topic, name: str, what: Literal["short", "proper"]) -> bool:
    known = topic.classes[name]
    return known.proper if what == "proper" else known.short


def _stands_apart(passage: Passage, topic: Topic, found: Mentions, sentence: Place, make: str) -> bool:
    """Whether a make is named far from the short name of a thing in its sentence, which may be another thing."""
    here = found.within(sentence.span)
    named = [m.span for m in here if m.thing == make]
    for span in (m.span for m in here if _is(topic, m.thing, "short")):
        gaps = [Span(min(span.end, own.end), max(span.start, own.start)) for own in named]
        if not any(_is_near(passage, sentence, gap) for gap in gaps):
            return True
    return False


def _is_near(passage: Passage, sentence: Place, gap: Span) -> bool:
    words = len(passage.text[gap.start : gap.end].split())
    return words <= _NEAR and not any(f.kind in _MEASURED and gap.covers(f.span) for f in sentence.figures)


def _of_earlier(
    passage: Passage, topic: Topic, frame: Frame, found: Mentions, earlier: Sequence[Place], thing: str
) -> tuple[str, ...]:
    """The kinds of a thing that earlier paragraphs name, the last first; with the frame's own where it may be none."""
    assert frame.thing is not None
    line: list[str] = []
    doubtful = False
    for place in reversed(earlier):
        below = [m.thing for m in found.within(place.span) if thing in topic.ancestry(m.thing)]
        names = [n for n in below if not _is(topic, n, "proper")]
        line += (n for n in _most_particular(topic, names) if n != thing and n not in line)
        doubtful = doubtful or len(names) < len(below) or brings_in(topic, frame, passage, place)
    things = tuple(n for n in line if not any(n != o and n in topic.ancestry(o) for o in line))
    return (*things, frame.thing) if things and doubtful else things


def brings_in(topic: Topic, frame: Frame, passage: Passage, place: Place) -> bool:
    """Whether a place brings in another thing, by a word for another or by a name with digits ("a Hwasong-12")."""
    return any(f.kind == "label" for f in place.figures) or stands(topic, frame.another, passage.text, place.span)


def _most_particular(topic: Topic, names: Iterable[str]) -> tuple[str, ...]:
    """The names of which no other is a sub-class, the last named first."""
    distinct = list(dict.fromkeys(reversed(list(names))))
    return tuple(n for n in distinct if not any(n != o and n in topic.ancestry(o) for o in distinct))


def _refined(topic: Topic, thing: str, names: Iterable[str]) -> str | None:
    """The one sub-class of a thing among names; None where there is none or several that disagree."""
    below: Iterator[str] = (n for n in names if n != thing and thing in topic.ancestry(n))
    particular = _most_particular(topic, below)
    return particular[0] if len(particular) == 1 else None
