"""Which roles a figure may fill, and how strongly the words beside it say so."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

import attrs

from checker.interval import Intervals
from checker.model import Binding, Figure, Readings, Span
from checker.rulebook import cues
from checker.rulebook.schema import Role, Topic

LIST_GAP = re.compile(r"\s*(?:,|;|/|,?\s+(?:and|or|by|and/or|versus)\b|[x×&])\s*", re.IGNORECASE)
"""What stands between the figures of a list that share one construction: "6 or 8 metres", "28 by 19 inches"."""

PAIR_FILLER = re.compile(r"[\s,(–—-]*(?:(?:just|only|exactly|or|some|about|fully)\s+)*", re.IGNORECASE)
"""What may stand between two figures that touch."""


@functools.lru_cache(maxsize=4096)
def _left(topic: Topic, role: Role) -> re.Pattern[str] | None:
    return cues.compile_left(role.left, topic.words) if role.left else None


@functools.lru_cache(maxsize=4096)
def _right(topic: Topic, role: Role) -> re.Pattern[str] | None:
    return cues.compile_right(role.right, topic.words) if role.right else None


@functools.lru_cache(maxsize=4096)
def _beside(topic: Topic, role: Role) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    return (
        cues.compile_left(role.unless_left, topic.words) if role.unless_left else None,
        cues.compile_right(role.unless_right, topic.words) if role.unless_right else None,
    )


@functools.lru_cache(maxsize=4096)
def _anywhere(topic: Topic, patterns: tuple[str, ...]) -> re.Pattern[str]:
    return cues.compile_anywhere(patterns, topic.words)


@functools.lru_cache(maxsize=256)
def stands(topic: Topic, patterns: tuple[str, ...], text: str, span: Span) -> bool:
    """Whether one of the cues stands anywhere in a span of the text."""
    return bool(patterns) and _anywhere(topic, patterns).search(text, span.start, span.end) is not None


def admits(role: Role, figure: Figure) -> bool:
    """Whether a figure is of the role's type, whatever stands beside it."""
    if figure.kind not in role.kinds or (role.flaw is not None and figure.flaw != role.flaw):
        return False
    if role.dimension is not None and figure.dimension is not role.dimension and figure.dimension != role.dimension:
        return False
    if role.each is not None and not _is_for_each(figure, role.each):
        return False
    if role.unit is not None and figure.measure.name != role.unit:
        return False
    if role.precision is not None and figure.readings.printed != Intervals.REALS:
        widest = max((part.high - part.low for part in figure.readings.printed), default=0.0)
        return widest * figure.measure.factor <= role.precision
    return True


def _is_for_each(figure: Figure, of: str) -> bool:
    """Whether a figure is told for each of a unit ("year"), or of a dimension ("[time]")."""
    return figure.dimension.get(of, 0) == -1 if of.startswith("[") else figure.measure.name.endswith(f"/ {of}")


def fits(topic: Topic, role: Role, figure: Figure, text: str, place: Span) -> bool:
    """Whether a figure is of the role's type and no word beside it rules the role out.

    A longer cue of the role has the last word: "of the total" where "of" rules it out.
    """
    return (
        admits(role, figure)
        and not barred_before(topic, role, figure, text, place)
        and not barred_after(topic, role, figure, text, place)
    )


def barred_before(topic: Topic, role: Role, figure: Figure, text: str, place: Span) -> bool:
    """Whether the words before a figure rule the role out."""
    before, _ = _beside(topic, role)
    barred = cues.left_match(before, text, figure.phrase.start, place.start) if before else 0
    return barred > 0 and left_cue(topic, role, figure, text, place.start) <= barred


def barred_after(topic: Topic, role: Role, figure: Figure, text: str, place: Span) -> bool:
    """Whether the words after a figure rule the role out."""
    _, after = _beside(topic, role)
    barred = cues.right_match(after, text, figure.phrase.end, place.end) if after else 0
    return barred > 0 and right_cue(topic, role, figure, text, place.end) <= barred


def parted(topic: Topic, role: Role, figure: Figure, pivot: Role, first: Figure, text: str) -> bool:
    """Whether one of the role's barriers stands between a figure and the claim's first, the cues of both aside."""
    if not role.barrier:
        return False
    if figure.start > first.start:
        end = figure.phrase.start - left_cue(topic, role, figure, text, first.phrase.end)
        return stands(topic, role.barrier, text, Span(first.phrase.end, max(end, first.phrase.end)))
    end = first.phrase.start - left_cue(topic, pivot, first, text, figure.phrase.end)
    return stands(topic, role.barrier, text, Span(figure.phrase.end, max(end, figure.phrase.end)))


def joined(topic: Topic, role: Role, figure: Figure, first: Figure, text: str) -> bool:
    """Whether nothing but a cue of the role stands between the claim's first figure and this one."""
    gap = text[first.phrase.end : figure.phrase.start].strip()
    return bool(gap) and left_cue(topic, role, figure, text, first.phrase.end) >= len(gap)


def left_cue(topic: Topic, role: Role, figure: Figure, text: str, floor: int) -> int:
    """How many characters of a left cue end where the figure's phrase starts, looking back no further than floor."""
    pattern = _left(topic, role)
    return cues.left_match(pattern, text, figure.phrase.start, floor) if pattern else 0


def right_cue(topic: Topic, role: Role, figure: Figure, text: str, ceiling: int) -> int:
    """How many characters of a right cue start where the figure's phrase ends, looking no further than ceiling."""
    pattern = _right(topic, role)
    return cues.right_match(pattern, text, figure.phrase.end, ceiling) if pattern else 0


def strength(topic: Topic, role: Role, figure: Figure, text: str, place: Span) -> int:
    """How many characters of cue stand beside a figure, within its place; 0 where none does."""
    return max(left_cue(topic, role, figure, text, place.start), right_cue(topic, role, figure, text, place.end))


def exact(role: Role, figure: Figure) -> Figure:
    """A count of whole things as the number that it is, where no nought, hedge or scale word leaves it open.

    A percentage is rounded to its last place, and no nought is rounded away from it; one that is set, such as a tax, is
    what it says.
    """
    value = figure.nominal
    if role.whole and role.exact and figure.kind == "percent" and figure.bound == "=" and not isinstance(value, tuple):
        return attrs.evolve(figure, readings=Readings(*(Intervals.of(value),) * 3))
    if role.whole and figure.kind == "percent" and figure.bound == "=":
        return attrs.evolve(figure, readings=Readings(*(figure.readings.printed,) * 3))
    if not role.whole or figure.kind != "count" or figure.scale or figure.bound != "=" or isinstance(value, tuple):
        return figure
    if value % 1 or (not value % 10 and not role.exact) or "." in figure.text:
        return figure
    return attrs.evolve(figure, readings=Readings(*(Intervals.of(value),) * 3))


def lent(figure: Figure, partner: Figure) -> Figure:
    """A bare number with the unit of the figure that it is told beside ("119,967 tonnes from 147,537").

    Not where the partner has a scale word and the number has none: "381 million from 160" may mean 160 million. A
    number with a scale word is no stretch of time.
    """
    bare = figure.kind == "count" and figure.noun is None and not (figure.scale and partner.kind == "duration")
    if not bare or partner.kind not in _LENDERS or (partner.scale and not figure.scale):
        return figure
    return attrs.evolve(figure, kind=partner.kind, measure=partner.measure, currency=partner.currency)


def alike(role: Role, figure: Figure, partner: Figure) -> bool:
    """Whether two figures can be amounts of one thing: dimension, currency and, where both are named, noun agree."""
    if figure.dimension != partner.dimension or figure.currency != partner.currency:
        return False
    if (figure.kind in _SHARES) != (partner.kind in _SHARES) or figure.kind == "points" or partner.kind == "points":
        return False
    if not role.mixed and figure.noun and partner.noun and head(figure.noun) != head(partner.noun):
        return False
    return role.unlike is None or figure.measure != partner.measure or _units(figure) != _units(partner)


def _units(figure: Figure) -> list[str]:
    """The unit as spelled, so that "67 min 32 s" is told in another than "4,052 s"."""
    return _UNIT_WORDS.findall(figure.text)


_LENDERS = frozenset({"quantity", "duration", "money"})
_UNIT_WORDS = re.compile(r"[^\W\d_]+")
_SHARES = frozenset({"percent", "fraction", "points"})


def head(noun: str) -> str:
    """The last word of a noun phrase, without the s of its plural."""
    return noun.lower().split()[-1].rstrip("s")


def differences(bindings: Iterable[Binding]) -> Iterator[Binding]:
    """The bindings of temperatures alone that may be of differences, as such: "a 2C (3.6F) world" does not say."""
    for binding in bindings:
        figures = [f for held in binding.roles.values() for f in held]
        if figures and all(f.measure.offset for f in figures):
            roles = {
                name: tuple(attrs.evolve(f, measure=f.measure.of_differences()) for f in held)
                for name, held in binding.roles.items()
            }
            yield attrs.evolve(binding, roles=roles)


def lists(figures: tuple[Figure, ...], text: str) -> list[tuple[Figure, ...]]:
    """Figures in runs: neighbours that only a list's comma or conjunction parts stand in one run."""
    runs: list[list[Figure]] = []
    for figure in figures:
        if (
            runs
            and runs[-1][-1].dimension == figure.dimension
            and LIST_GAP.fullmatch(text, runs[-1][-1].end, figure.start)
        ):
            runs[-1].append(figure)
        else:
            runs.append([figure])
    return [tuple(run) for run in runs]
