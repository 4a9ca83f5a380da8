"""Strategies from rule files: the verdict that was asked for, the nearest violation, and demands that cannot be met."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import attrs
import pytest
from hypothesis import Phase, find, given, settings

from checker import check as check_text
from checker import load_rules
from checker.check import judge, weigh
from checker.claims import NotOneFigure, bind, claim_of
from checker.claims.fits import exact
from checker.figures import read
from checker.model import Claim, Figure
from checker.readers import read_text
from checker.rulebook.schema import Rule
from checker.strategies import Contradiction, claims, figures, tables, texts
from checker.strategies.prints import Print, print_of, read_line
from checker.strategies.samples import samples, sentences

RULEBOOK = load_rules()
SHIPPED = [pytest.param(rule, id=rule.id) for rule in RULEBOOK.rules if not rule.of_prints]
STEADY = settings(derandomize=True, database=None, deadline=None)


def verdict(rule: Rule, claim: Claim) -> str | None:
    judgement = weigh(rule, claim)
    return judgement.verdict if judgement else None


def lines(claim: Claim) -> dict[str, list[str]]:
    (binding,) = claim.bindings
    return {name: [f.text for f in held] for name, held in binding.roles.items()}


# ---------------------------------------------------------------------- claims
@pytest.mark.parametrize("asked", ["consistent", "broken"])
@pytest.mark.parametrize("rule", SHIPPED)
def test_a_claim_comes_to_the_verdict_asked_for(rule: Rule, asked: str) -> None:
    @settings(STEADY, max_examples=8)
    @given(claims(rule, asked))  # type: ignore[arg-type]
    def holds(claim: Claim) -> None:
        assert verdict(rule, claim) == asked

    holds()


@pytest.mark.parametrize("rule", SHIPPED)
def test_a_boundary_is_one_step_from_another_verdict(rule: Rule) -> None:
    @settings(STEADY, max_examples=5)
    @given(claims(rule, "boundary"))
    def holds(claim: Claim) -> None:
        assert verdict(rule, claim) == "consistent"
        assert any(found in ("strained", "broken") for found in steps(rule, claim))

    holds()


def steps(rule: Rule, claim: Claim) -> list[str | None]:
    """The verdicts with one figure of a claim moved by one unit of its last place, either way."""
    (binding,) = claim.bindings
    found = []
    for name, held in binding.roles.items():
        for i, figure in enumerate(held):
            for way in (1, -1):
                moved = moved_by(figure, way)
                if moved is not None:
                    roles = {**binding.roles, name: (*held[:i], exact(rule.frame.roles[name], moved), *held[i + 1 :])}
                    found.append(verdict(rule, attrs.evolve(claim, bindings=(attrs.evolve(binding, roles=roles),))))
    return found


def moved_by(figure: Figure, way: int) -> Figure | None:
    told = attrs.evolve(figure, start=0, end=len(figure.text), phrase=type(figure.phrase)(0, len(figure.text)))
    made = print_of(attrs.evolve(told, change=None, bound="="), figure.text)
    least = 0 if made is not None and made[0].form == "number" else 1
    if made is None or not min(made[0].low, least) <= made[1] + way <= made[0].high:
        return None
    hedge = {"~": "about "}.get(figure.bound, "")
    change = f"{figure.change} " if figure.change else ""
    (found,) = read_line(f"{change}{hedge}{made[0].text(made[1] + way)}")
    return found


def test_a_broken_claim_shrinks_to_the_nearest_violation() -> None:
    rule = RULEBOOK.rule("ballistics/range-above-class")
    strategy = claims(rule, "broken", thing="short-range ballistic missile")
    least = find(strategy, lambda _: True, settings=STEADY)
    (figure,) = least.figures
    assert isinstance(figure.nominal, float)
    assert 1_000 < figure.nominal <= 1_120
    hedge = "approximately " if figure.bound == "~" else ""
    one_less = {"range": f"{hedge}{figure.nominal - 1:,.0f} kilometers"}
    _, claim = claim_of(rule.frame, one_less, thing="short-range ballistic missile")
    assert verdict(rule, claim) != "broken"


@pytest.mark.parametrize("rule", SHIPPED)
def test_the_plainest_broken_claim_is_one_step_from_another_verdict(rule: Rule) -> None:
    plainest = find(claims(rule, "broken"), lambda _: True, settings=settings(STEADY, phases=[Phase.generate]))
    assert any(found in ("strained", "consistent") for found in steps(rule, plainest))


def test_what_a_user_finds_shrinks_as_the_rule_does() -> None:
    least = find(
        claims("ballistics/shorter-than-free-fall", "consistent"),
        lambda claim: claim.bindings[0].roles["range"][0].quantity.to("km").magnitude >= 500,
        settings=STEADY,
    )
    assert least.bindings[0].roles["range"][0].quantity.to("km").magnitude <= 1_000


def test_given_figures_stay_as_they_are() -> None:
    @settings(STEADY, max_examples=20)
    @given(claims("ballistics/speed-outside-class", "broken", range="1,500 km", thing="cruise missile"))
    def holds(claim: Claim) -> None:
        assert lines(claim)["range"] == ["1,500 km"]
        assert claim.bindings[0].thing == "cruise missile"
        assert verdict(RULEBOOK.rule("ballistics/speed-outside-class"), claim) == "broken"

    holds()


def test_what_is_like_a_given_figure_takes_its_unit() -> None:
    @settings(STEADY, max_examples=20)
    @given(claims("change/percent-does-not-follow", "consistent", new="$4.25 million"))
    def holds(claim: Claim) -> None:
        (old,) = claim.bindings[0].roles["old"]
        assert old.currency == "USD"
        assert old.text.endswith(" million")

    holds()


@pytest.mark.parametrize(
    ("rule", "asked", "fixed", "reason"),
    [
        (
            "ballistics/range-above-class",
            "broken",
            {"range": "300 km", "thing": "short-range ballistic missile"},
            r"the figures given do not break 'range <= reach\[ceiling\]' with range = 300 km",
        ),
        (
            "ballistics/path-beyond-class",
            "consistent",
            {"thing": "intercontinental ballistic missile"},
            "has no bounds for the class 'intercontinental ballistic missile'",
        ),
        (
            "ballistics/path-beyond-class",
            "broken",
            {"thing": "cruise missile"},
            "is about the class 'ballistic missile'",
        ),
        ("physics/faster-than-light", "broken", {"thing": "train"}, "about no class of thing"),
        ("parts/parts-off-total", "broken", {"part": ["$5", "$6"], "total": "$11"}, "do not break 'total == sum"),
        ("parts/parts-off-total", "consistent", {"total": ["$5", "$6"]}, "holds one figure, not 2"),
        ("ballistics/range-above-class", "broken", {"flight_time": "3 s"}, "does not speak of flight_time"),
        (
            "ballistics/shorter-than-free-fall",
            "consistent",
            {"apogee": "6,248.5 km", "flight_time": "900 s"},
            "no range can keep 'flight_time >= free_flight_time",
        ),
        ("ballistics/shorter-than-free-fall", "broken", {"apogee": "90 km"}, "judged only where apogee >= 150 km"),
    ],
)
def test_demands_that_contradict_each_other_fail_at_once(
    rule: str, asked: str, fixed: dict[str, str], reason: str
) -> None:
    with pytest.raises(Contradiction, match=reason):
        claims(rule, asked, **fixed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "asked", "fixed", "reason"),
    [
        ("ballistics/range-above-clas", "broken", {}, "did you mean 'ballistics/range-above-class'"),
        ("ballistics/range-above-class", "sound", {}, "not 'sound'"),
        ("ballistics/range-above-class", "broken", {"rnge": "3 km"}, "'rnge' is no role"),
        ("ballistics/range-above-class", "broken", {"range": "3 kg"}, "does not read as one quantity for range"),
    ],
)
def test_demands_that_are_none_fail_at_once(rule: str, asked: str, fixed: dict[str, str], reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        claims(rule, asked, **fixed)  # type: ignore[arg-type]
    assert not isinstance(caught.value, Contradiction)
    assert isinstance(caught.value, NotOneFigure) == bool(fixed)


# ---------------------------------------------------------------------- texts
@pytest.mark.parametrize("asked", ["consistent", "broken"])
@pytest.mark.parametrize("rule", SHIPPED)
def test_a_text_reads_back_to_the_verdict_asked_for(rule: Rule, asked: str) -> None:
    @settings(STEADY, max_examples=4)
    @given(texts(rule, asked))  # type: ignore[arg-type]
    def holds(text: str) -> None:
        document = read_text(text)
        checks = judge(bind(document, read(document), RULEBOOK), RULEBOOK)
        found = {c.verdict for c in checks if c.rule == rule.id}
        if asked == "broken":
            assert "broken" in found
        else:
            assert "consistent" in found or (rule.silent and not found)
            assert not found & {"broken", "strained"}

    holds()


def test_sentences_are_made_for_classes_that_no_example_names() -> None:
    @settings(STEADY, max_examples=5)
    @given(texts("ballistics/speed-outside-class", "broken", thing="supersonic cruise missile"))
    def holds(text: str) -> None:
        assert text.startswith("Supersonic cruise missile: ")

    holds()


# ---------------------------------------------------------------------- rules of one's own
OWN_RULE = """
title = "Too long"
why = "Nothing is that long."
source = "none"
level = "error"
frame = "thing"
require = "size <= 10 km"
message = "{size} is too long"

[[example]]
text = "The rope is 3 km long."
verdict = "consistent"

[[example]]
text = "The rope is 30 km long."
verdict = "broken"
"""
OWN_TOPIC = """
title = "Ropes"

[frame.thing]
about = "a rope"
scope = "figure"

[frame.thing.role.size]
dimension = "[length]"
right = ["long"]
"""


@pytest.fixture
def own(tmp_path: pathlib.Path) -> pathlib.Path:
    folder = tmp_path / "ropes"
    folder.mkdir()
    (folder / "topic.toml").write_text(OWN_TOPIC, encoding="utf-8")
    (folder / "too-long.toml").write_text(OWN_RULE, encoding="utf-8")
    (folder / "unsound.toml").write_text(OWN_RULE.replace("size <=", "sise <="), encoding="utf-8")
    return folder


def test_rules_of_ones_own_are_named_with_their_folder(own: pathlib.Path) -> None:
    rule = load_rules(own).rule("ropes/too-long")
    claim = find(claims("ropes/too-long", "broken", rules=own), lambda _: True, settings=STEADY)
    assert verdict(rule, claim) == "broken"
    for text in (
        find(texts("ropes/too-long", "broken", rules=own), lambda _: True, settings=STEADY),
        find(texts(rule, "broken"), lambda _: True, settings=STEADY),
    ):
        assert [check.rule for check in check_text(text, rules=own).findings] == ["ropes/too-long"]
    table = find(tables("ropes/too-long", rules=str(own), rows=4, bad=0.5), lambda _: True, settings=STEADY)
    assert table.columns == ("size (km)",)


def test_a_rule_that_does_not_load_says_why(own: pathlib.Path) -> None:
    with pytest.raises(ValueError, match=r"the rule 'ropes/unsound' does not load: .*unsound.toml:7: .*did you mean"):
        claims("ropes/unsound", rules=own)
    with pytest.raises(ValueError, match=r"'ropes/too-long' does not load: .*no such folder of rules"):
        claims("ropes/too-long", rules=own.parent / "rope")
    with pytest.raises(ValueError, match="there is no rule 'ropes/to-long': did you mean 'ropes/too-long'"):
        claims("ropes/to-long", rules=own)


# ---------------------------------------------------------------------- figures and their grids
@pytest.mark.parametrize("like", ["1,500 km", "6,248.5 km", "$4.2 million", "14.2 percent", "Mach 5", "-269 C", "1963"])
def test_figures_print_like_the_one_given(like: str) -> None:
    if like == "1963":
        with pytest.raises(ValueError, match="not one figure"):
            figures(like)
        return
    (original,) = read_line(like)

    @settings(STEADY, max_examples=30)
    @given(figures(like, hedges=("", "about")))
    def holds(figure: Figure) -> None:
        assert (figure.kind, figure.measure, figure.currency) == (original.kind, original.measure, original.currency)
        assert figure.bound in ("=", "~")

    holds()


def test_figures_keep_within_their_bounds() -> None:
    @settings(STEADY, max_examples=30)
    @given(figures("1.5 km", low=2.25, high=3.0))
    def holds(figure: Figure) -> None:
        assert isinstance(figure.nominal, float)
        assert 2.25 <= figure.nominal <= 3.0

    holds()
    with pytest.raises(ValueError, match="no figure printed like"):
        figures("1,500 km", low=3.2, high=3.8)


@pytest.mark.parametrize("rule", SHIPPED)
def test_every_rule_shows_how_its_figures_print(rule: Rule) -> None:
    for sample in (*samples(rule), *sentences(rule)):
        for slots in sample.slots.values():
            for slot in slots:
                if slot.grid is not None:
                    assert isinstance(slot.grid, Print)
                    (found,) = read_line(slot.grid.line(slot.k))
                    assert found.nominal == pytest.approx(slot.grid.nominal(slot.k), rel=1e-9)
    assert any(slot.grid for sample in samples(rule) for slots in sample.slots.values() for slot in slots)


def test_without_hypothesis_one_line_says_what_to_install() -> None:
    code = "import sys; sys.modules['hypothesis'] = None; import checker.strategies"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1].endswith("checker.strategies needs hypothesis: pip install 'figcheck[test]'")
