"""Phrasings are looked up by the words that they need, and what is ruled out could not have matched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import check, load_rules
from checker.claims.lookup import Lookup, possible
from checker.rulebook import cues
from checker.rulebook.phrasing import phrasing

FRAMES = [(topic, frame) for topic in load_rules().topics.values() for frame in topic.frames.values() if frame.told]
WORDS = {"rise": ("rise", "gain of ground"), "year": ("year", "twelve months")}


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("of the total", [{"of"}, {"the"}, {"total"}]),
        ("rose|fell (by)", [{"rose", "fell"}]),
        ("<rise> of", [{"rise", "gain"}, {"of"}]),
        ("a year-old (~) boy", [{"a"}, {"year"}, {"old"}, {"boy"}]),
        ("missile(s) ~ fired", [{"fired"}]),
        (", #", []),
    ],
)
def test_what_a_cue_needs(cue: str, expected: list[set[str]]) -> None:
    assert list(cues.needs(cue, WORDS)) == expected


@pytest.mark.parametrize(("topic", "frame"), FRAMES, ids=lambda x: getattr(x, "id", ""))
def test_phrasings_keep_their_order(topic, frame) -> None:  # type: ignore[no-untyped-def]
    words = frozenset(w for told in frame.told for need in phrasing(told, topic.words).needs for w in need)
    assert [p.roles for p in possible(topic, frame, words)] == [phrasing(t, topic.words).roles for t in frame.told]
    assert possible(topic, frame, frozenset()) == [
        p for p in possible(topic, frame, words) if not p.needs
    ]  # what needs words is not there without them


@given(st.lists(st.lists(st.frozensets(st.sampled_from("abcde"), min_size=1), max_size=3), max_size=6), st.data())
def test_nothing_is_lost_in_a_lookup(needs, data) -> None:  # type: ignore[no-untyped-def]
    words = data.draw(st.frozensets(st.sampled_from("abcde")))
    made = [phrasing(f"{{a}} {'x' * (i + 1)} {{b}}", {}) for i in range(len(needs))]
    found = Lookup.of(made, [tuple(n) for n in needs]).among(words)
    met = [p for p, need in zip(made, needs, strict=True) if cues.met(tuple(need), words)]
    assert [p for p in found if p in met] == met


def test_a_loose_phrase_may_be_of_any_measure_before_it() -> None:
    assert not check("It has 6,250 square feet on 2.4 acres and fetched $4.75 million, or $760 a square foot.").findings
    assert check("It has 6,250 square feet and fetched $4.75 million, or $670 a square foot.").findings
