"""Frames filled from phrases: figures one after another, with the words of one of the frame's phrasings between them.

A conversion in brackets after a figure is passed over, and so is the noun that a count is of.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

import attrs

from checker.claims.binding import MOST_READINGS, Seeker, Site, fillable
from checker.claims.fits import admits, alike, barred_after, barred_before, differences, head, lent, stands
from checker.claims.lookup import beginnings, possible
from checker.claims.parts import runs
from checker.claims.passage import Place
from checker.interval import Intervals
from checker.model import Binding, Claim, Figure, Readings, Span
from checker.rulebook import cues
from checker.rulebook.phrasing import LONGEST, Phrasing
from checker.rulebook.schema import Frame, Role
from checker.units import Dimension

Filled = tuple[Figure, ...]

_OPENS = re.compile(r"\s?[(\[]")
_AGO = re.compile(r"\s(?:ago|earlier|previously)\b", re.IGNORECASE)
_TWO_YEARS = re.compile(r"\(([12]\d{3})\s?[-–—]\s?([12]\d{3})[),;]")
_CLOSES = re.compile(r"[)\]]")
_ARTICLE = re.compile(r"(?<!\w)(?:an?|one)\s\Z", re.IGNORECASE)
_FEWEST = 2
_FARTHEST = 4
"""A measure that many others follow in a sentence is not meant by a phrase that begins after them."""

_MEASURED = frozenset({"quantity", "money", "duration"})
_A_TIME = Dimension({"[time]": -1})
_ANYBODY = frozenset({"per head", "per person", "per capita"})


def phrases(seeker: Seeker) -> Iterator[Claim]:
    """The claims of a frame that is told by phrases, one for each figure that a phrase begins with."""
    for p, sentences in enumerate(seeker.passage.sentences):
        if not fillable(seeker.frame, seeker.passage.paragraphs[p]):
            continue
        told = possible(seeker.topic, seeker.frame, seeker.passage.words[p])
        if not told:
            continue
        line = _Line.of(seeker, sentences)
        begins = beginnings([one for one in told if len(one.roles) <= len(line.figures)], seeker.frame)
        for at, figure in enumerate(line.figures[:-1] if begins.phrasings else ()):
            found = [filling for one in begins.among(line.words_after(at)) for filling in line.fillings(one, at)]
            if not found:
                continue
            distinct = list(
                {tuple(f.span for held in filling.values() for f in held): filling for filling in found}.values()
            )
            if not distinct or len(distinct) > MOST_READINGS:
                continue
            last = max(f.end for filling in distinct for held in filling.values() for f in held)
            around = [
                s for s, place in enumerate(sentences) if place.span.start < last and figure.start < place.span.end
            ]
            span = Span(sentences[around[0]].span.start, sentences[around[-1]].span.end)
            if not stands(seeker.topic, seeker.frame.unless, seeker.passage.text, span):
                site = Site(Place(span, line.figures), p, around[0])
                bindings = [Binding(filling) for filling in distinct]
                more = differences(bindings) if seeker.frame.restates else ()
                yield seeker.made(site, [*bindings, *more])


@attrs.frozen
class _Line:
    """The figures of one paragraph that a frame could hold, in order.

    `lists` tells of a figure the list that it is in, which of it it is, and whether the list is whole.
    """

    seeker: Seeker
    figures: tuple[Figure, ...]
    glosses: frozenset[Span]
    lists: Mapping[Span, tuple[Filled, int, bool]]
    places: Mapping[Span, int]
    admitted: tuple[frozenset[str], ...]
    """For each figure the roles that admit it."""
    matched: dict[tuple[int, int, int], bool] = attrs.field(factory=dict)
    """Whether a pattern tells what stands between two places, once that was asked."""

    @classmethod
    def of(cls, seeker: Seeker, sentences: Sequence[Place]) -> _Line:
        """The line of a paragraph's sentences; conversions in brackets are left out of it."""
        text, by_kind = seeker.passage.text, _roles_by_kind(seeker.frame)
        figures = [part for place in sentences for f in place.figures for part in _years(text, f)]
        glosses = {b.span for a, b in itertools.pairwise(figures) if b.kind == "quantity" and _is_gloss(text, a, b)}
        admitted = {
            f.span: frozenset(role.name for role in by_kind[f.kind] if admits(role, f) and not _is_aside(role, f, text))
            for f in figures
            if f.kind in by_kind and f.span not in glosses
        }
        kept = tuple(f for f in figures if admitted.get(f.span))
        many = [role for role in seeker.frame.roles.values() if role.many] if len(kept) > 1 else []
        lists = {
            figure.span: (run, i, whole)
            for role in many
            for place in sentences
            for run, whole in runs(seeker.topic, seeker.frame, role, place, text)
            for i, figure in enumerate(run)
        }
        places = {f.span: i for i, f in enumerate(kept)}
        return cls(seeker, kept, frozenset(glosses), lists, places, tuple(admitted[f.span] for f in kept))

    def words_after(self, at: int) -> frozenset[str]:
        """The words between a figure and the next of the line."""
        if at + 1 >= len(self.figures):
            return frozenset()
        start, end = self.figures[at].end, self.figures[at + 1].start
        return self.seeker.passage.words_between(start, end) if end - start <= LONGEST else frozenset()

    def fillings(self, told: Phrasing, at: int) -> Iterator[dict[str, Filled]]:
        """The fillings by one phrasing that begin with one figure."""
        if not self._may_begin(told, at):
            return
        if told.before and not cues.left_match(told.before, self.seeker.passage.text, self._start(self.figures[at])):
            return
        for filling in self._from(told, 0, at, {}):
            for meant in (filling, *self._otherwise(told, at, filling)):
                agreed = _agreed(self.seeker.frame, meant)
                if agreed is not None:
                    yield agreed

    def _otherwise(self, told: Phrasing, at: int, filling: dict[str, Filled]) -> Iterator[dict[str, Filled]]:
        """The fillings with an earlier measure of the sentence first, where any words may part it from the second.

        "6,250 square feet on 2.4 acres, and fetched $4.75 million, or $760 a square foot" may be of either area.
        """
        role, first = self.seeker.frame.roles[told.roles[0]], self.figures[at]
        if not told.is_loose or role.many or first.kind not in _MEASURED:
            return
        sentence = self.seeker.passage.sentence_at(first.span)
        for earlier in reversed(self.figures[max(at - _FARTHEST, 0) : at]):
            if earlier.start < sentence.start:
                return
            if earlier.kind == first.kind and earlier.dimension == first.dimension and admits(role, earlier):
                yield {**filling, role.name: (earlier,)}

    def _may_begin(self, told: Phrasing, at: int) -> bool:
        """Whether the first two slots admit a figure and the next, and their words stand between; a list may begin."""
        first, second = told.roles[:2]
        if first not in self.admitted[at]:
            return False
        if self.seeker.frame.roles[first].many:
            return True
        if at + 1 >= len(self.figures) or second not in self.admitted[at + 1]:
            return False
        return self._between(told.between[0], self.figures[at], self.figures[at + 1])

    def _from(self, told: Phrasing, slot: int, at: int, filling: dict[str, Filled]) -> Iterator[dict[str, Filled]]:
        """The fillings whose slots from one on begin with one figure of the line."""
        role = self.seeker.frame.roles[told.roles[slot]]
        final = slot + 1 == len(told.roles)
        if slot == 0 and barred_before(self.seeker.topic, role, self.figures[at], self._text, self._all):
            return
        for held in self._held(role, at, first=slot == 0, final=final):
            extended = {**filling, role.name: held}
            last, following = held[-1], self.places[held[-1].span] + 1
            if final:
                if self._ends(told, role, last):
                    yield extended
            elif following < len(self.figures) and self._between(told.between[slot], last, self.figures[following]):
                yield from self._from(told, slot + 1, following, extended)

    def _held(self, role: Role, at: int, *, first: bool, final: bool) -> Iterator[Filled]:
        """The figures that a role can hold from one on, the longest list first.

        A list that begins a phrase begins with its own first figure, and one that ends it is whole.
        """
        figure = self.figures[at]
        if not role.many:
            if role.name in self.admitted[at]:
                yield (figure,)
            return
        run, start, whole = self.lists.get(figure.span, ((), 0, False))
        if (first and start) or (final and not whole):
            return
        for end in range(len(run), len(run) - 1 if final else start, -1):
            if end - start >= _FEWEST:
                yield run[start:end]

    def _ends(self, told: Phrasing, role: Role, last: Figure) -> bool:
        """Whether a phrase can end with a figure: with the words that it ends with, or none that bar the role."""
        if told.after is not None:
            return cues.right_match(told.after, self._text, self._end(last)) > 0
        return not barred_after(self.seeker.topic, role, last, self._text, self._all)

    @property
    def _text(self) -> str:
        return self.seeker.passage.text

    @property
    def _all(self) -> Span:
        return Span(0, len(self._text))

    def _start(self, figure: Figure) -> int:
        """Where a figure starts with the article of a share in words ("a third")."""
        article = _ARTICLE.search(self._text, max(figure.phrase.start - 4, 0), figure.phrase.start)
        return article.start() if article and figure.kind == "fraction" else figure.phrase.start

    def _end(self, figure: Figure) -> int:
        """Where a figure ends with the noun that it counts."""
        end = figure.phrase.end
        if figure.noun and self._text[end : end + 1 + len(figure.noun)].lower() in (
            f" {figure.noun.lower()}",
            f"-{figure.noun.lower()}",
        ):
            return end + 1 + len(figure.noun)
        return end

    def _between(self, pattern: re.Pattern[str], first: Figure, second: Figure) -> bool:
        """Whether the words between two figures are told by a pattern, whole, with or without the second's hedge."""
        start, end = self._end(first), self._start(second)
        return self._told_to(pattern, start, end) or (
            end < second.start and self._told_to(pattern, start, second.start)
        )

    def _told_to(self, pattern: re.Pattern[str], start: int, end: int) -> bool:
        if not 0 <= end - start <= LONGEST:
            return False
        asked = (id(pattern), start, end)
        if asked not in self.matched:
            self.matched[asked] = self._tells(pattern, start, end)
        return self.matched[asked]

    def _tells(self, pattern: re.Pattern[str], start: int, end: int) -> bool:
        text = self._text
        closing = next((g.end for g in self.glosses if start <= g.start < end), None)
        if closing is not None and (bracket := _CLOSES.match(text, closing)):
            start = bracket.end()
        return pattern.fullmatch(text, start, end) is not None


@functools.lru_cache(maxsize=512)
def _roles_by_kind(frame: Frame) -> Mapping[str, tuple[Role, ...]]:
    kinds = {kind for role in frame.roles.values() for kind in role.kinds}
    return {kind: tuple(role for role in frame.roles.values() if kind in role.kinds) for kind in kinds}


def _is_aside(role: Role, figure: Figure, text: str) -> bool:
    """Whether a length of time only tells when an amount was, "a year ago", and the role is for amounts of any kind."""
    return figure.kind == "duration" and len(role.kinds) > 1 and _AGO.match(text, figure.end) is not None


def _years(text: str, figure: Figure) -> Iterator[Figure]:
    """A figure; of two years in brackets with a dash between, "(1874-1963)", each by itself."""
    if figure.kind != "date" or not (both := _TWO_YEARS.fullmatch(text, figure.start - 1, figure.end + 1)):
        yield figure
        return
    for year in (1, 2):
        start, end = both.span(year)
        first = datetime.date(int(both[year]), 1, 1).toordinal()
        last = datetime.date(int(both[year]), 12, 31).toordinal()
        days = Intervals.of(float(first), float(last))
        yield attrs.evolve(
            figure,
            text=both[year],
            start=start,
            end=end,
            phrase=Span(start, end),
            nominal=(float(first), float(last)),
            readings=Readings(days, days, days),
        )


def _is_gloss(text: str, first: Figure, second: Figure) -> bool:
    """Whether the second figure is the first in another unit, in brackets."""
    return (
        second.kind == first.kind == "quantity"
        and second.dimension == first.dimension
        and second.measure != first.measure
        and _OPENS.fullmatch(text, first.phrase.end, second.phrase.start) is not None
        and _CLOSES.match(text, second.phrase.end) is not None
    )


def _agreed(frame: Frame, filling: Mapping[str, Filled]) -> dict[str, Filled] | None:
    """A filling whose figures are of the types that its roles share, bare numbers with the units lent; else None."""
    found = dict(filling)
    for name, held in filling.items():
        role = frame.roles[name]
        if role.like is None or role.like not in found:
            continue
        own = tuple(lent(f, found[role.like][0]) for f in held)
        partners = tuple(lent(f, own[0]) for f in found[role.like])
        if not all(alike(role, f, partners[0]) for f in own):
            return None
        found |= {name: own, role.like: partners}
    for role in frame.roles.values():
        if role.per and role.name in found:
            found |= _each_time(role, found)
            if not _is_per(role, found):
                return None
    return found


def _each_time(role: Role, filling: Mapping[str, Filled]) -> dict[str, Filled]:
    """A total and what it is for each, both of the same time where only the total says so ("$51 million a year")."""
    assert role.per is not None
    (rate,), totals = filling[role.name], filling.get(role.per[0], ())
    if totals and totals[0].kind == rate.kind and totals[0].dimension == rate.dimension * _A_TIME:
        return {role.per[0]: tuple(attrs.evolve(f, measure=rate.measure) for f in totals)}
    return {}


def _is_per(role: Role, filling: Mapping[str, Filled]) -> bool:
    """Whether a figure is of the one role's for each of the other's: "$14 a share" of dollars and shares."""
    assert role.per is not None
    of, each = (filling.get(name) for name in role.per)
    if of is None or each is None:
        return True
    rate, total, base = filling[role.name][0], of[0], each[0]
    if rate.dimension != total.dimension / base.dimension or rate.currency != total.currency:
        return False
    told = (rate.noun or "").rpartition("per ")
    if told[1] and rate.noun not in _ANYBODY and base.noun and head(told[2]) != head(base.noun):
        return False
    counted = told[0].strip() if told[1] else rate.noun
    return not (counted and total.noun and rate.currency is None and head(counted) != head(total.noun))
