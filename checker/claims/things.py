"""Which class of thing a claim is about, and which tags stand near it: what a topic's names and cues find in a text.

A text names a thing in full once and then in short ("short-range ballistic missiles ... the missiles"), so a general
name stands for the nearest more particular one that agrees with it.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator

import attrs

from checker.claims.passage import Passage
from checker.model import Figure, Span
from checker.rulebook import cues
from checker.rulebook.schema import Frame, Tag, Topic

_GAP = re.compile(r"\s+(?:(?:known|reported|such|publicly|officially)\s+){0,2}", re.IGNORECASE)
"""Words between an ordinal and the name of what it counts that narrow nothing."""


@attrs.frozen(order=True)
class Mention:
    """A place where the text names a class of thing."""

    span: Span
    thing: str


@functools.lru_cache(maxsize=64)
def _names(topic: Topic) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((c.name, cues.compile_anywhere(c.names, topic.words)) for c in topic.classes.values() if c.names)


@functools.lru_cache(maxsize=512)
def _tag(topic: Topic, tag: Tag) -> re.Pattern[str]:
    return cues.compile_anywhere(tag.cues, topic.words)


def mentions(passage: Passage, topic: Topic) -> tuple[Mention, ...]:
    """Every naming of one of the topic's classes, the longest where several overlap, in the order of the text."""
    found = sorted(
        (
            Mention(Span(*match.span()), name)
            for name, pattern in _names(topic)
            for match in pattern.finditer(passage.text)
        ),
        key=lambda m: (m.span.start, -m.span.end),
    )
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.span.start >= kept[-1].span.end:
            kept.append(mention)
    return tuple(kept)


def tags(passage: Passage, topic: Topic, sentence: Span, paragraph: Span) -> frozenset[str]:
    """The tags whose cues stand in their scope around a sentence."""
    reach = {"paragraph": paragraph, "article": Span(0, len(passage.text))}
    return frozenset(
        tag.name
        for tag in topic.tags.values()
        if _stands(_tag(topic, tag), passage.text, reach.get(tag.scope, sentence))
    )


def _stands(pattern: re.Pattern[str], text: str, span: Span) -> bool:
    return pattern.search(text, span.start, span.end) is not None


def named_after(figure: Figure, found: Iterable[Mention], text: str) -> str | None:
    """The class named right after a figure, with nothing between that narrows it ("third known weapons display")."""
    for mention in found:
        if mention.span.start >= figure.end:
            return mention.thing if _GAP.fullmatch(text, figure.end, mention.span.start) else None
    return None


def candidates(
    passage: Passage, topic: Topic, frame: Frame, found: tuple[Mention, ...], paragraph: int, sentence: int
) -> tuple[str, ...]:
    """The classes that a claim in a sentence may be about, the likeliest first; none when nothing is named.

    Only classes at or below the frame's own are considered.
    """
    assert frame.thing is not None
    own = tuple(m for m in found if frame.thing in topic.ancestry(m.thing))
    line = passage.sentences[paragraph]
    before = [_inside(own, line[i].span) for i in range(sentence - 1, -1, -1)]
    after = [_inside(own, line[i].span) for i in range(sentence + 1, len(line))]
    here = _most_particular(topic, _inside(own, line[sentence].span))
    if not here and any(f.kind == "label" for f in line[sentence].figures):
        return (frame.thing,)  # a thing by its own name ("a Hwasong-12") is not the one of the sentence before
    here = here or next(filter(None, (_most_particular(topic, names) for names in before)), ())
    if len(here) > 1:
        return here
    thing = here[0] if here else frame.thing
    thing = functools.reduce(
        lambda t, names: _refined(topic, t, names) or t, (*before, [*itertools.chain(*after)]), thing
    )
    if thing != frame.thing:
        return (thing,)
    earlier = (_inside(own, place.span) for place in reversed(passage.paragraphs[:paragraph]))
    named = (_most_particular(topic, [n for n in names if n != frame.thing]) for names in earlier)
    return next(filter(None, named), (thing,) if here else ())


def _inside(found: Iterable[Mention], span: Span) -> list[str]:
    return [m.thing for m in found if span.covers(m.span)]


def _most_particular(topic: Topic, names: Iterable[str]) -> tuple[str, ...]:
    """The names of which no other is a sub-class, the last named first."""
    distinct = list(dict.fromkeys(reversed(list(names))))
    return tuple(n for n in distinct if not any(n != o and n in topic.ancestry(o) for o in distinct))


def _refined(topic: Topic, thing: str, names: Iterable[str]) -> str | None:
    """The one sub-class of a thing among names; None where there is none or several that disagree."""
    below: Iterator[str] = (n for n in names if n != thing and thing in topic.ancestry(n))
    particular = _most_particular(topic, below)
    return particular[0] if len(particular) == 1 else None
