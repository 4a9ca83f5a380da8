"""The cue language: the words beside a figure, whatever their case, spaces, hyphens and apostrophes."""

from __future__ import annotations

import pytest
from growth import QUADRATIC, growth
from hypothesis import given
from hypothesis import strategies as st

from checker.rulebook.cues import (
    MOST_CHARACTERS,
    MOST_CHOICES,
    WINDOW,
    compile_anywhere,
    compile_left,
    compile_right,
    left_match,
    right_match,
)

WORDS = {
    "flew": ("flew", "travelled", "covered a distance of", "cover(ed)"),
    "missile": ("missile", "missiles"),
}


def left(cue: str, text: str) -> int:
    """The length of a cue before the figure, which the text marks with a hash."""
    return left_match(compile_left([cue], WORDS), text.replace("#", "5"), text.index("#"))


def right(cue: str, text: str) -> int:
    return right_match(compile_right([cue], WORDS), text.replace("#", "5"), text.index("#") + 1)


def found(cue: str, text: str) -> list[str]:
    return [match[0] for match in compile_anywhere([cue], WORDS).finditer(text)]


@pytest.mark.parametrize(
    ("cue", "text", "matched"),
    [
        ("in flight for", "remained in flight for #", "in flight for"),
        ("in flight for", "IN FLIGHT FOR #", "IN FLIGHT FOR"),
        ("in flight for", "in  flight\n for \n#", "in  flight\n for"),
        ("in flight for", "in-flight for #", "in-flight for"),
        ("in-flight for", "in flight for #", "in flight for"),
        ("in-flight for", "in\u2011flight for #", "in\u2011flight for"),
        ("in flight for", "in flight\n\nfor #", ""),
        ("in flight for", "in flight, for #", ""),
        ("in flight for", "in flight for about #", ""),
        ("for", "for #", "for"),
        ("for", "therefor #", ""),
        ("for", "for#", ""),
        ("for", "for-#", "for"),
        ("flew|went", "it went #", "went"),
        ("flew|went to", "it flew to #", "flew to"),
        ("a (total) distance of", "a distance of #", "a distance of"),
        ("a (total) distance of", "a total distance of #", "a total distance of"),
        ("(a) (total) distance of", "total distance of #", "total distance of"),
        ("distance (of (about))", "distance of about #", "distance of about"),
        ("distance (of (about))", "distance #", "distance"),
        ("distance (of (about))", "distance about #", ""),
        ("(a|an) (maximum|peak) height of", "an peak height of #", "an peak height of"),
        ("missile(s) flew", "missiles flew #", "missiles flew"),
        ("missile(s) flew", "missile flew #", "missile flew"),
        ("(re)launched at", "relaunched at #", "relaunched at"),
        ("(re)launched at", "re launched at #", "launched at"),
        ("<flew>", "it covered a distance of #", "covered a distance of"),
        ("<flew>", "it covered #", "covered"),
        ("<flew>", "it cover #", "cover"),
        ("<flew>|went (up) to", "it travelled up to #", "travelled up to"),
        ("flew ~ to", "it flew straight back up to #", "flew straight back up to"),
        ("flew ~ to", "it flew to #", "flew to"),
        ("flew ~ to", "it flew on and on and on to #", ""),
        ("flew ~ to", "it flew, and rose to #", ""),
        ("flew ~ to", "it flew at 1,500.5 km/h to #", ""),
        ("flew ~ to", "it flew some 1,500.5 km to #", "flew some 1,500.5 km to"),
        ("flew ~ to", "it flew $1,500 worth to #", "flew $1,500 worth to"),
        ("flew ~", "it flew some three hundred #", "flew some three hundred"),
        ("flew (~) to", "it flew straight to #", "flew straight to"),
        ("(", "about it (#", "("),
        ("( or", "it (or #", "(or"),
        ("(or", "it (or #", "(or"),
        ("(or about", "it ( or about #", ""),
        (", or", "it, or #", ", or"),
        (", or", "it or #", ""),
        ("don't pay", "don\u2019t pay #", "don\u2019t pay"),
        ("don\u2019t pay", "don't pay #", "don't pay"),
        ("U.S. $", "the U.S. $#", "U.S. $"),
        ("5 of", "5 of #", "5 of"),
        ("# of", "12,500 of #", "12,500 of"),
        ("in #", "in 2025 #", "in 2025"),
        ("é", "\u00e9 #", "\u00e9"),
        ("a . b", "a. b #", "a. b"),
        ("down ~ :", "breaks down like this: #", "down like this:"),
    ],
)
def test_left_cues(cue, text, matched):
    if "#" in cue:
        at = text.rindex("#")
        text = text[:at] + "\x00" + text[at + 1 :]
        assert left_match(compile_left([cue], WORDS), text, at) == len(matched)
    else:
        assert left(cue, text) == len(matched)
    if matched and "#" not in cue:
        assert found(cue, text) == [matched], "a cue is the same backwards and forwards"


@pytest.mark.parametrize(
    ("cue", "text", "matched"),
    [
        ("in flight", "# in flight", "in flight"),
        ("in flight", "#\n in\nflight", "in\nflight"),
        ("in flight", "# in flights", ""),
        ("in flight", "# km in flight", ""),
        ("long", "#-long run", "long"),
        ("km", "#km", ""),
        ("% of", "#% of it", "% of"),
        (")", "#) and", ")"),
        (") in flight", "#) in flight", ") in flight"),
        ("higher|lower (than)", "# lower than", "lower than"),
        ("~ later", "# or so days later", "or so days later"),
        ("'s", "#\u2019s", "\u2019s"),
    ],
)
def test_right_cues(cue, text, matched):
    assert right(cue, text) == len(matched)


@pytest.mark.parametrize(
    ("cue", "text", "matched"),
    [
        ("ballistic ~ <missile>", "a ballistic short-range missile", ["ballistic short-range missile"]),
        (
            "short-range <missile>",
            "short range missiles; short-range missile's",
            ["short range missiles", "short-range missile"],
        ),
        ("IRBM(s)", "an IRBM, irbms and IRBMX", ["IRBM", "irbms"]),
        ("fail|failed", "it failed; a failure", ["failed"]),
        ("a", "a A an", ["a", "A"]),
    ],
)
def test_cues_anywhere(cue, text, matched):
    assert found(cue, text) == matched


def test_the_longest_of_several_cues_counts():
    pattern = compile_left(["of", "a distance of", "distance of"], {})
    assert left_match(pattern, "a distance of 5", 14) == len("a distance of")


def test_no_cues_match_nothing():
    assert left_match(compile_left([], {}), "a 5", 2) == 0
    assert right_match(compile_right([], {}), "5 a", 1) == 0
    assert compile_anywhere([], {}).search("anything") is None


def test_a_cue_stays_between_its_bounds():
    text = "it flew. Then for 5 long days"
    at = text.index("5")
    assert left_match(compile_left(["flew ~ then for", "then for"], {}), text, at) == len("Then for")
    pattern = compile_left(["then for"], {})
    assert left_match(pattern, text, at, floor=text.index("Then")) == len("then for")
    assert left_match(pattern, text, at, floor=text.index("Then") + 1) == 0
    right_pattern = compile_right(["long days"], {})
    assert right_match(right_pattern, text, at + 1, ceiling=len(text)) == len("long days")
    assert right_match(right_pattern, text, at + 1, ceiling=len(text) - 1) == 0


def test_a_window_does_not_cut_a_word_in_two():
    text = "a" * 3 + "b" * (WINDOW - 1) + " 5"
    assert left_match(compile_left(["b" * (WINDOW - 1)], {}), text, len(text) - 1) == 0


@pytest.mark.parametrize(
    ("cue", "told"),
    [
        ("", "a cue is empty"),
        ("   ", "a cue is empty"),
        ("(a)", "a cue needs a word that is not optional"),
        ("~", "a cue needs a word that is not optional"),
        ("(a) (b)", "a cue needs a word that is not optional"),
        ("a ( ) b", "there is nothing but optional words in a pair of brackets"),
        ("a ((b)) c", "there is nothing but optional words in a pair of brackets"),
        ("a | b", "'|' stands between two words, without spaces"),
        ("a|", "'|' stands between two words, without spaces"),
        ("|a", "'|' stands between two words, without spaces"),
        ("<nothing> of", "there is no word class 'nothing' under [words]"),
        ("<flew of", "'<' belongs to a word class"),
        ("flew> of", "'>' belongs to a word class"),
        ("a" * (MOST_CHARACTERS + 1), "longer than"),
        ("(a) " * (MOST_CHOICES + 1) + "b", "at most"),
        ("a ~ " * (MOST_CHOICES + 1) + "b", "at most"),
    ],
)
def test_a_bad_cue_is_one_sentence(cue, told):
    for compile_cues in (compile_left, compile_right, compile_anywhere):
        with pytest.raises(ValueError, match="cue") as caught:
            compile_cues([cue], WORDS)
        assert told in str(caught.value)
        assert "\n" not in str(caught.value)


def test_an_entry_of_a_word_class_is_a_cue_but_names_no_other():
    with pytest.raises(ValueError, match="cannot name a word class"):
        compile_anywhere(["<a>"], {"a": ("<b>",), "b": ("c",)})


# ---------------------------------------------------------------------- laws
TOKENS = st.sampled_from(
    ["a", "b", "on-board", "don't", ",", ".", "(", ")", "~", "#", "a|b", "(a)", "(a b)", "<w>", "s(x)"]
)


@given(st.lists(TOKENS, min_size=1, max_size=5).map(" ".join), st.text("ab -,.()\n'ondrx5", max_size=30))
def test_a_cue_is_the_same_backwards_and_forwards(cue, text):
    words = {"w": ("b", "a b")}
    try:
        forwards = compile_right([cue], words)
        backwards = compile_left([cue], words)
    except ValueError:
        return
    ahead = {(start, start + n) for start in range(len(text)) if (n := exactly(forwards, text, start))}
    behind = {(end - n, end) for end in range(1, len(text) + 1) if (n := left_match(backwards, text, end))}
    assert bool(ahead) == bool(compile_anywhere([cue], words).search(text))
    for start, end in ahead:
        assert any(e == end for _, e in behind), "what is found ahead is found from its end"
        assert left_match(backwards, text, end, floor=0) >= 1
        assert start < end


def exactly(pattern, text, start):
    """The length of a cue that begins right at a place, with no space before it."""
    match = pattern.match(text, start)
    return match.end() - start if match and match.start("cue") == start else 0


@given(st.text(max_size=20))
def test_any_text_is_a_cue_or_told(cue):
    try:
        pattern = compile_left([cue], {})
    except ValueError as error:
        told = error
    else:
        told = None
        assert left_match(pattern, "some text 5", 10) >= 0
    assert told is None or "cue" in str(told)


@pytest.mark.parametrize(
    "piece",
    ["a", "a ", "a-", " ", "a,", "(", "\n"],
    ids=repr,
)
def test_hostile_text_takes_time_in_proportion(piece):
    cues = ["a ~ a ~ a ~ a ~ b", "(a) (a) (a) (a) (a) (a) (a) (a) b", "a-a-a-a-a b", "(a (a (a (a (a (a)))))) b"]
    patterns = [(compile_anywhere([c], {}), compile_left([c], {}), compile_right([c], {})) for c in cues]

    def work(length):
        text = piece * (length // len(piece))
        for anywhere, left, right in patterns:
            assert anywhere.search(text) is None
            for end in range(100, len(text), 1_000):
                assert left_match(left, text, end) == 0
                assert right_match(right, text, end) == 0

    assert growth(work, 2_000) < QUADRATIC
