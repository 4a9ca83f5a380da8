"""Frames filled from the figures of a place: cues and types choose, and doubt keeps every admissible filling.

The first filling of a claim is the most natural reading: cued figures before uncued, near before far.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from checker.claims.fits import PAIR_FILLER, admits, alike, exact, fits, joined, lent, parted, stands, strength
from checker.claims.parts import listed
from checker.claims.passage import Passage, Place
from checker.claims.publication import UNKNOWN, day_of_publication
from checker.claims.things import Mentions, candidates, tags
from checker.claims.voices import voice
from checker.model import Binding, Claim, Figure, Span
from checker.rulebook.schema import Frame, Role, Topic

Filled = tuple[Figure, ...]

MOST_READINGS = 16
"""A place that can be read in more ways than this is left unbound."""

MOST_FIGURES = 60
"""Of a place with more figures than this, so many around a claim's first are considered."""


@attrs.frozen
class Site:
    """Where a claim is sought: a place, in which sentence of which paragraph it is."""

    place: Place
    paragraph: int
    sentence: int


def fillable(frame: Frame, place: Place) -> bool:
    """Whether a place has figures of the kinds that a claim in a frame must have."""
    wanted = _wanted(frame)
    if wanted:
        return not any(kinds.isdisjoint(place.kinds) for kinds in wanted)
    return any(not role.kinds.isdisjoint(place.kinds) for role in frame.roles.values())


@functools.lru_cache(maxsize=512)
def _wanted(frame: Frame) -> tuple[frozenset[str], ...]:
    return tuple({role.kinds for role in frame.roles.values() if role.required})


@attrs.frozen
class Seeker:
    """One frame sought through one passage."""

    topic: Topic
    frame: Frame
    passage: Passage
    mentions: Mentions
    tags: frozenset[str]
    """The tags that stand anywhere in the text and count in all of it."""

    # ------------------------------------------------------------------ where
    def sites(self) -> Iterator[Site]:
        """The places of the frame's scope that have a figure of a kind for each role that must be filled."""
        return (site for site in self._places() if fillable(self.frame, site.place))

    def _places(self) -> Iterator[Site]:
        if self.frame.scope == "article":
            yield Site(Place(Span(0, len(self.passage.text)), self.passage.figures), 0, 0)
            return
        for p, sentences in enumerate(self.passage.sentences):
            if self.frame.scope == "paragraph":
                yield Site(self.passage.paragraphs[p], p, 0)
                continue
            for s, sentence in enumerate(sentences):
                if self.frame.scope == "clause":
                    for clause in self.passage.clauses[p][s]:
                        yield Site(clause, p, s)
                else:
                    yield Site(sentence, p, s)

    def claims(self) -> Iterator[Claim]:
        """The claims that the passage makes in this frame."""
        for site in self.sites():
            if stands(self.topic, self.frame.unless, self.passage.text, site.place.span):
                continue
            for pivot in self._pivots(site):
                if claim := self._claim(_narrowed(site, pivot), pivot):
                    yield claim

    # ------------------------------------------------------------------ what
    def _pivots(self, site: Site) -> Iterator[Mapping[str, Filled]]:
        """The start of each claim of a place: each figure of the first required role, or nothing yet."""
        pivot = next((role for role in self.frame.roles.values() if role.required), None)
        if pivot is None:
            yield {}
            return
        if pivot.many:
            for run in listed(self.topic, self.frame, pivot, site.place, self.passage.text):
                yield {pivot.name: run}
            return
        for figure in self._candidates(pivot, site.place):
            yield {pivot.name: (figure,)}

    def _claim(self, site: Site, pivot: Mapping[str, Filled]) -> Claim | None:
        fillings = self.fillings(site, pivot)
        if not fillings or not 0 < len(fillings) <= MOST_READINGS:
            return None
        roles = self.frame.roles.values()
        fillings = [f for f in fillings if all(r.name in f for r in roles if r.required)]
        if not fillings or not any(fillings):
            return None
        things = self._things(site)
        if self.frame.thing is not None and not things:
            return None
        return self.made(site, [Binding(f, thing) for thing in things or (None,) for f in fillings])

    def made(self, site: Site, bindings: Sequence[Binding]) -> Claim:
        """A claim of one site with its admissible bindings."""
        sentence = self.passage.sentences[site.paragraph][site.sentence].span
        paragraph = self.passage.paragraphs[site.paragraph].span
        bindings = [self._dated(binding) for binding in bindings]
        filled = {name for b in bindings for name in b.roles}
        return Claim(
            frame=self.frame.id,
            bindings=tuple(self._exact(binding) for binding in bindings),
            span=site.place.span,
            tags=self.tags
            | tags(self.passage, self.topic, "paragraph", paragraph)
            | tags(self.passage, self.topic, "sentence", sentence),
            missing={
                name: UNKNOWN if role.published else f"no {name.replace('_', ' ')} given"
                for name, role in self.frame.roles.items()
                if name not in filled and not role.others
            },
            voice=voice(self.topic, self.passage.text, sentence) if self.topic.voices else None,
        )

    def _dated(self, binding: Binding) -> Binding:
        """The binding with the day of publication in the roles that are of it."""
        roles = [name for name, role in self.frame.roles.items() if role.published]
        day = day_of_publication(self.passage.document) if roles else None
        return Binding({**binding.roles, **dict.fromkeys(roles, (day,))}, binding.thing) if day else binding

    def _exact(self, binding: Binding) -> Binding:
        roles = self.frame.roles
        if not any(role.whole for role in roles.values()):
            return binding
        held = {name: tuple(exact(roles[name], f) for f in figures) for name, figures in binding.roles.items()}
        return Binding(held, binding.thing)

    def _things(self, site: Site) -> tuple[str, ...]:
        if self.frame.thing is None:
            return ()
        return candidates(self.passage, self.topic, self.frame, self.mentions, site.paragraph, site.sentence)

    # ------------------------------------------------------------------ figures for roles
    def fillings(self, site: Site, start: Mapping[str, Filled]) -> list[dict[str, Filled]]:
        """Every admissible filling from a start, the most natural first; more than the most when there are too many."""
        fillings: list[dict[str, Filled]] = [dict(start)]
        for role in self.frame.roles.values():
            if role.name in start or role.others:
                continue
            if role.many:
                options: list[Filled] = list(listed(self.topic, self.frame, role, site.place, self.passage.text))
            else:
                options = [(f,) for f in self._candidates(role, site.place, start)]
            extended: list[dict[str, Filled]] = []
            for filling in fillings:
                mine = list(_agreeing(role, options or self._reached(role, site, filling), filling))
                extended.extend(mine or [filling])
            fillings = extended
            if len(fillings) > MOST_READINGS:
                return fillings
        return fillings

    def _candidates(self, role: Role, place: Place, start: Mapping[str, Filled] | None = None) -> list[Figure]:
        """The figures of a place that may fill a role, the nearest to the claim's first figure first."""
        text, topic = self.passage.text, self.topic
        fitting = [f for f in place.figures if fits(topic, role, f, text, place.span)]
        if start:
            pivot, (first, *_) = next(iter(start.items()))
            if role.side is not None:
                fitting = [f for f in fitting if (f.start < first.start) == (role.side == "before")]
            fitting = [f for f in fitting if not parted(topic, role, f, self.frame.roles[pivot], first, text)]
            if role.scope == "touching":
                return [f for f in fitting if _touch(text, f, first)]
            if role.scope == "joined":
                return [f for f in fitting if f.start > first.start and joined(topic, role, f, first, text)]
            fitting.sort(key=lambda f: _distance(f, first))
        if role.cue == "none":
            return fitting
        cued = [
            f for f in fitting if (told := self._told(role, f, place)) and not self._claimed_more(role, f, told, place)
        ]
        if cued or role.cue != "helpful":
            return cued
        return [f for f in fitting if not self._claimed_more(role, f, 0, place)]

    def _told(self, role: Role, figure: Figure, place: Place) -> int:
        return strength(self.topic, role, figure, self.passage.text, place.span)

    def _claimed_more(self, role: Role, figure: Figure, cued: int, place: Place) -> bool:
        """Whether the words beside a figure say another role of the frame more strongly."""
        return any(
            other.name != role.name and admits(other, figure) and self._told(other, figure, place) > cued
            for other in self.frame.roles.values()
        )

    def _reached(self, role: Role, site: Site, filling: Mapping[str, Filled]) -> list[Filled]:
        """Figures for a role from the nearest earlier sentence of the paragraph, where a bridge refers back to it."""
        sentences = self.passage.sentences[site.paragraph]
        if not role.bridge or not stands(self.topic, role.bridge, self.passage.text, sentences[site.sentence].span):
            return []
        for earlier in reversed(sentences[: site.sentence]):
            found: list[Filled] = [(f,) for f in earlier.figures if admits(role, f)]
            if next(_agreeing(role, found, filling), None):
                return found
        return []


def _narrowed(site: Site, pivot: Mapping[str, Filled]) -> Site:
    """The site with no more than the figures around the claim's first, where it holds very many."""
    figures = site.place.figures
    if len(figures) <= MOST_FIGURES:
        return site
    first = next(iter(pivot.values()))[0].start if pivot else site.place.span.start
    at = bisect.bisect_left(figures, first, key=lambda f: f.start)
    around = figures[max(0, at - MOST_FIGURES // 2) : at + MOST_FIGURES // 2]
    return attrs.evolve(site, place=Place(site.place.span, around))


def _agreeing(role: Role, options: Iterable[Filled], filling: Mapping[str, Filled]) -> Iterator[dict[str, Filled]]:
    """The filling with each option for a role that is free and like the role's partner, which lends it its unit."""
    taken = {f.span for held in filling.values() for f in held}
    partner = filling.get(role.like or "")
    before = filling.get(role.follows or "")
    for option in options:
        if any(f.span in taken for f in option) or (before and option[0].start < before[-1].start):
            continue
        if partner is None:
            yield {**filling, role.name: option}
            continue
        assert role.like is not None
        figures = tuple(lent(f, partner[0]) for f in option)
        partners = tuple(lent(f, figures[0]) for f in partner)
        if all(alike(role, f, partners[0]) for f in figures):
            yield {**filling, role.like: partners, role.name: figures}


def _touch(text: str, figure: Figure, other: Figure) -> bool:
    first, second = (figure, other) if figure.start < other.start else (other, figure)
    return PAIR_FILLER.fullmatch(text, first.phrase.end, max(first.phrase.end, second.phrase.start)) is not None


def _distance(figure: Figure, other: Figure) -> int:
    return max(figure.start - other.end, other.start - figure.end)
