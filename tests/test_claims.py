"""Binding: which figures fill which roles, which class a claim is about, and what doubt is kept."""

from __future__ import annotations

import pytest
from growth import QUADRATIC, growth

from checker import check, load_rules
from checker.claims import NotOneFigure, bind, claim_of
from checker.claims.passage import clauses, divide
from checker.figures import read
from checker.model import Claim
from checker.readers import read_text

RULES = load_rules()


def claims(text: str, frame: str) -> list[Claim]:
    document = read_text(text)
    return [c for c in bind(document, read(document), RULES) if c.frame == frame]


def filled(claim: Claim, n: int = 0) -> dict[str, str]:
    return {name: ", ".join(f.text for f in held) for name, held in claim.bindings[n].roles.items() if held}


def sentences(text: str) -> list[str]:
    document = read_text(text)
    passage = divide(document, read(document))
    return [text[s.span.start : s.span.end].strip() for line in passage.sentences for s in line]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It rose 5.2 percent. It fell later.", 2),
        ("It began at 4 p.m. local time and ended.", 1),
        ("It began at 4 p.m. The end came later.", 2),
        ("The U.S. Secretary came. He left.", 2),
        ("Mr. Kim saw Dr. Lee on Jan. 6 and left.", 1),
        ("He paid $4.5 million. “So what?” she said.", 3),
        ("No full stop at all", 1),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_a_clause_breaks_at_conjunctions_that_start_another_statement() -> None:
    text = "Output rose 5 percent to 21 from 20, but sales fell 3 percent; costs stood still."
    document = read_text(text)
    ((sentence,),) = divide(document, read(document)).sentences
    assert len(clauses(text, sentence)) == 3


def test_each_percentage_of_a_sentence_keeps_the_amounts_of_its_own_clause() -> None:
    text = "Output rose 3.2 pct to 113,275 tonnes from 109,767, yet sales fell 18.7 pct to 119,967 tonnes from 147,537."
    first, second = claims(text, "change.change")
    assert filled(first) == {"change": "3.2 pct", "new": "113,275 tonnes", "old": "109,767"}
    assert filled(second)["old"] == "147,537"


def test_a_percentage_on_another_base_binds_no_amounts() -> None:
    assert not claims("Sales rose 12.7 pct at comparable stores to 276.7 mln from 249.0 mln dlrs.", "change.change")
    assert not claims(
        "The share rose 0.6 pct on the month to 53.6 pct, against 67.3 pct one year ago.", "change.change"
    )


def test_a_stake_is_no_change() -> None:
    text = "It raised its interest to 816,000 shares, or 11.3 pct of the equity, from 453,300 shares, or 6.3 pct."
    assert not claims(text, "change.change")


def test_lists_of_one_length_pair_in_order() -> None:
    found = claims("New sights of 6 or 8 metres (19 ft 8 in or 26 ft 3 in) came.", "measures.gloss")
    assert [tuple(filled(c).values()) for c in found] == [("6", "19 ft 8 in"), ("8 metres", "26 ft 3 in")]


def test_one_figure_is_told_in_each_of_two_units() -> None:
    found = claims("They ran at 26 knots (48 km/h; 30 mph) all day.", "measures.gloss")
    assert [filled(c) for c in found] == [
        {"stated": "26 knots", "converted": "48 km/h"},
        {"stated": "26 knots", "converted": "30 mph"},
    ]


def test_brackets_that_hold_another_quantity_are_no_gloss() -> None:
    assert not claims("The Tomahawk (1,600 km at 880 km/h) is slow.", "measures.gloss")


def test_a_short_name_stands_for_the_particular_one_before_it() -> None:
    text = "They fired short-range ballistic missiles on Monday.\n\nThe missiles flew 250 km before landing."
    (claim,) = claims(text, "ballistics.launch")
    assert claim.bindings[0].thing == "short-range ballistic missile"


def test_a_class_named_later_in_the_paragraph_counts() -> None:
    text = "A ballistic missile flew 1,100 km. The military called it an intermediate-range ballistic missile (IRBM)."
    (claim,) = claims(text, "ballistics.launch")
    assert claim.bindings[0].thing == "intermediate-range ballistic missile"


def test_two_classes_that_disagree_are_both_kept() -> None:
    text = "A short-range ballistic missile and a cruise missile flew 1,900 km."
    (claim,) = claims(text, "ballistics.launch")
    assert {b.thing for b in claim.bindings} == {"short-range ballistic missile", "cruise missile"}
    assert check(text).findings == ()


def test_a_list_with_an_item_that_has_no_figure_is_no_whole() -> None:
    text = "The $45 million went three ways: $30 million to roads, parks and $12 million to schools."
    assert not claims(text, "parts.breakdown")


def test_a_day_is_reached_from_an_earlier_sentence_only_where_the_text_refers_back() -> None:
    lead = "The test was held on January 6, 2025. "
    referring = claims(
        lead + "This launch came two weeks before the inauguration of the U.S. president.", "calendar.interval"
    )
    assert [filled(c)["start"] for c in referring] == ["January 6, 2025"]
    assert not claims(
        lead + "She resigned two weeks before the inauguration of the U.S. president.", "calendar.interval"
    )


def test_values_must_read_as_one_figure_of_their_role() -> None:
    frame = RULES.topics["ballistics"].frames["launch"]
    with pytest.raises(NotOneFigure, match="flight_time"):
        claim_of(frame, {"flight_time": "12 km"})
    with pytest.raises(NotOneFigure, match="no role"):
        claim_of(frame, {"colour": "12 km"})


PIECES = (
    ".",
    "5% ",
    "5 km (3 miles) ",
    "two weeks before ",
    "The first missile test was on January 6. ",
    "The ballistic missile flew 500 km in 600 seconds. ",
    "The missile test of January 7, 1903 was the second.\n\n",
    "300 of the 1,200, or 25 percent, of ",
    "12 men and 10 women, ",
    "$5 a day for 3 days, or ",
)


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_texts_are_bound_in_linear_time(piece: str) -> None:
    def work(length: int) -> None:
        document = read_text(piece * (length // len(piece)))
        bind(document, read(document), RULES)

    assert growth(work, 3_000) < QUADRATIC


def test_a_phrase_binds_figures_one_after_another_by_the_words_between() -> None:
    (claim,) = claims("Inspectors found mould in 6 of the 6,000 samples, or .001 percent.", "parts.portion")
    assert filled(claim) == {"part": "6", "whole": "6,000", "share": ".001 percent"}
    (claim,) = claims("A third of the 900 staff, 300 of them women, or 300, left.", "parts.portion") or (None,)
    assert claim is None


def test_a_conversion_in_brackets_is_no_figure_of_a_phrase() -> None:
    text = "The train weighs 112 tonnes (246,900 pounds), of which 101 tonnes (222,700 pounds), or 90 percent, is coal."
    (claim,) = claims(text, "parts.portion")
    assert filled(claim) == {"whole": "112 tonnes", "part": "101 tonnes", "share": "90 percent"}


@pytest.mark.parametrize(
    "text",
    [
        "Some 300 of the 1,200 patients, or 5 percent more than in 2019, were women.",
        "He owns 300 of the 1,200 shares, or 2 percent of the votes.",
        "They sold $300 of the 1,200 shares, or 25 percent.",
        "They lost 300 of the 1,200 shares. Or 25 percent, as he said.",
    ],
)
def test_a_phrase_needs_its_words_and_its_types(text: str) -> None:
    assert not claims(text, "parts.portion")


def test_the_day_of_publication_fills_a_role_and_is_no_figure_of_the_text() -> None:
    text = "The bridge was opened 39 years ago, in 1996."
    report = check(text, published="2025-02-24")
    (found,) = report.findings
    assert found.message == "on 24 February 2025, 1996 was 28.2 to 29.1 years ago, not 39 years"
    assert [f.text for f in found.figures] == ["39 years", "1996"]
    assert report.to_dict()["findings"]
    assert check(text).checks[0].reason == "the day of publication is not known"
