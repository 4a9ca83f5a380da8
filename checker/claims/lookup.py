"""Which phrasings a paragraph may hold, found from its words: nearly all are ruled out by a word that they need."""

from __future__ import annotations

import collections
import functools
from collections.abc import Iterable, Mapping, Sequence

import attrs

from checker.rulebook import cues
from checker.rulebook.phrasing import Phrasing, phrasing
from checker.rulebook.schema import Frame, Topic

_COMMON = frozenset("a an and as at by for from in is it of on or that the to up was were with".split())


@attrs.frozen(eq=False)
class Lookup:
    """Phrasings in their order, each by the rarest words of one of its needs; `others` are those that need none."""

    phrasings: Sequence[Phrasing]
    by_word: Mapping[str, Sequence[int]]
    others: Sequence[int]

    @classmethod
    def of(cls, phrasings: Sequence[Phrasing], needs: Iterable[cues.Needs]) -> Lookup:
        """Phrasings by what each needs."""
        by_word: dict[str, list[int]] = collections.defaultdict(list)
        others: list[int] = []
        for i, wanted in enumerate(needs):
            rarest = min(wanted, key=_commonness, default=frozenset[str]())
            for word in rarest:
                by_word[word].append(i)
            if not rarest:
                others.append(i)
        return cls(phrasings, by_word, others)

    def among(self, words: frozenset[str]) -> list[Phrasing]:
        """The phrasings that these words may tell, in their order."""
        found = {i for word in words & self.by_word.keys() for i in self.by_word[word]}
        return [self.phrasings[i] for i in sorted((*self.others, *found))] if found or self.others else []


def _commonness(words: frozenset[str]) -> int:
    return len(words) + 100 * len(words & _COMMON)


@functools.lru_cache(maxsize=512)
def _told(topic: Topic, told: tuple[str, ...]) -> Lookup:
    phrasings = [phrasing(one, topic.words) for one in told]
    return Lookup.of(phrasings, [p.needs for p in phrasings])


def possible(topic: Topic, frame: Frame, words: frozenset[str]) -> list[Phrasing]:
    """The phrasings of a frame that a paragraph with these words may hold."""
    return [told for told in _told(topic, frame.told).among(words) if cues.met(told.needs, words)]


def beginnings(phrasings: Sequence[Phrasing], frame: Frame) -> Lookup:
    """Phrasings by the words between their first figure and the next; a list's own figures stand between."""
    return Lookup.of(phrasings, [() if frame.roles[told.roles[0]].many else told.next for told in phrasings])
