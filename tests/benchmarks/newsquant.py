"""How well quantities in news are read: the metric of NewsQuant (Almasian et al., EMNLP 2023), and a strict one.

    python tests/benchmarks/newsquant.py GOLD.json [--errors]

The set is not part of the project. GOLD.json is a list of {"text", "quantities": [{"value", "normalized_unit",
"change"}]}; a value is a decimal, or "low-high" for a range. What `read_figures` gives is put into the set's names and
conventions (newsquant_units.toml) and nothing else is read from the text. `--errors` prints what differs.

paper   greedy, in order of unit name: a tag is used up only where value and unit agree, so that one tag may earn
        several value or change hits; value hits are capped at the number of gold quantities of the sentence.
strict  each gold quantity pairs with at most one tag and the reverse.
"""

from __future__ import annotations

import argparse
import json
import math
import pathlib
import re
import time
import tomllib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import attrs

from checker import read_figures
from checker.figures.patterns import data
from checker.model import Figure

Value = float | tuple[float, float]
ROUNDS = 7
NAMES = tomllib.loads((pathlib.Path(__file__).parent / "newsquant_units.toml").read_text(encoding="utf-8"))


@attrs.frozen
class Tag:
    """A quantity as the set has it: a value or a range, a unit's name, and one sign for change and bound."""

    value: Value
    unit: str
    change: str


# ---------------------------------------------------------------------- our figures as the set has them
def tags(figures: Sequence[Figure], text: str) -> list[Tag]:
    """The figures that the set counts as quantities, a level and the one it went to as one range."""
    found: list[Tag] = []
    earlier: Figure | None = None
    for figure in figures:
        if figure.text in NAMES["labels"]:
            found.append(Tag(number(figure.nominal), NAMES["labels"][figure.text], "="))
        if figure.kind not in NAMES["kinds"] or is_none(figure):
            continue
        tag = tag_of(figure, text)
        if earlier is not None and spans(earlier, figure):
            found[-1] = Tag((number(found[-1].value), number(tag.value)), tag.unit, "=")
            earlier = None
            continue
        found.append(tag)
        earlier = figure
    return found


def is_none(figure: Figure) -> bool:
    """Whether the set counts it as no quantity: "twice", "a year", and times that run like a clock's."""
    spelled = figure.text.lower()
    article = figure.kind == "duration" and spelled.startswith(("a ", "an "))
    return article or ":" in spelled or spelled in NAMES["not_quantities"]


def spans(a: Figure, b: Figure) -> bool:
    """Whether "from a to b" was printed, which the set has as a range."""
    if a.side != "from" or b.side != "to" or a.kind != b.kind:
        return False
    return not isinstance(a.nominal, tuple) and not isinstance(b.nominal, tuple)


def number(value: Value) -> float:
    """A value as one number."""
    return value[0] if isinstance(value, tuple) else value


def tag_of(figure: Figure, text: str) -> Tag:
    """A figure in the set's names; of the text only the figure's own phrase is looked at."""
    nominal = figure.nominal
    if figure.currency is not None and (name := hundredth(figure)):
        nominal = tuple(100 * n for n in nominal) if isinstance(nominal, tuple) else 100 * nominal
        unit = name + "".join(per(figure))
    else:
        unit = unit_of(figure)
    hedge = text[figure.phrase.start : figure.start].strip().lower()
    return Tag(nominal, unit.lower(), NAMES["hedges"].get(hedge) or change_of(figure))


def change_of(figure: Figure) -> str:
    """The one sign of the set for what are a change and a bound here.

    A bound goes before a change, a change counts where its word stands ahead, and "millions" is a plain range.
    """
    if isinstance(figure.nominal, tuple) and figure.high == math.inf and not re.search("[0-9]", figure.text):
        return figure.change or "="
    told_ahead = figure.change is not None and not (figure.mover and figure.mover.start >= figure.end)
    if figure.bound == "=" and told_ahead:
        return str(figure.change)
    return figure.bound


def hundredth(figure: Figure) -> str | None:
    """The set's name of cents, where the sum was printed in them."""
    assert figure.currency is not None
    words = data("money").get(figure.currency, {})
    spelled = {w for s in words.get("hundredth", ()) for w in (*s.split("/"), f"{s}s")}
    spelled |= {*words.get("hundredth_short", ())}
    if any(re.search(rf"[0-9]\s?{glued}$", figure.text) for glued in words.get("hundredth_glued", ())):
        return str(NAMES["hundredths"][figure.currency])
    printed = re.sub(r"[\s-]+", " ", figure.text.lower())
    if any(re.search(rf"(?<![a-z]){re.escape(s.lower())}(?![a-z])", printed) for s in spelled):
        return str(NAMES["hundredths"].get(figure.currency, "cent"))
    return None


def unit_of(figure: Figure) -> str:
    """The set's name of a figure's unit, or of what it counts."""
    if figure.kind == "age" or (figure.kind == "duration" and figure.text.endswith("old")):
        return f"{figure.measure.name} of age"
    for ending, name in NAMES["printed"].items():
        if figure.text.lower().endswith(ending):
            return str(name)
    if figure.kind == "fraction" and not figure.measure.name.startswith("per_"):
        return "% " + (noun_name(figure.noun) if figure.noun else "-")
    if figure.kind in NAMES["by_kind"]:
        return str(NAMES["by_kind"][figure.kind])
    if figure.currency is not None:
        return str(NAMES["money"].get(figure.currency, figure.currency)) + "".join(per(figure))
    if figure.noun is not None:
        return noun_name(figure.noun) + "".join(per(figure))
    return composed(figure.measure.name) or "-"


def per(figure: Figure) -> Iterable[str]:
    """What a sum or a count is for: the unit that divides it, or the noun."""
    name = figure.measure.name
    if name.startswith("1 / "):
        yield f" per {composed(name[4:])}"
    elif figure.noun is not None and figure.noun.startswith("per "):
        yield f" per {noun_name(figure.noun[4:])}"


_FACTOR = re.compile(r"(?P<sign>[*/]?)\s*(?P<name>[^\W\d]\w*)(?:\s\*\*\s(?P<power>[23]))?")
_POWERS = {"2": "square ", "3": "cubic ", None: ""}


def composed(name: str) -> str:
    """A product of units in words ("meter / second": "metre per second")."""
    if name in NAMES["units"]:
        return str(NAMES["units"][name])
    parts = [
        (" per " if f["sign"] == "/" else " ") + _POWERS[f["power"]] + NAMES["units"].get(f["name"], spoken(f["name"]))
        for f in _FACTOR.finditer(name)
        if f["name"] != "dimensionless"
    ]
    return "".join(parts).strip()


def spoken(name: str) -> str:
    """A unit's name as it is said, in British spelling."""
    return re.sub(r"meter$", "metre", re.sub(r"liter$", "litre", name)).replace("_", " ")


def noun_name(noun: str) -> str:
    """A noun phrase as the set has it: in lower case, its words by their dictionary form."""
    counted, joint, each = noun.lower().partition(" per ")
    words = [NAMES["lemmas"].get(w, w) for w in counted.split()]
    return " ".join([*words[:-1], singular(words[-1])]) + joint + each


def singular(word: str) -> str:
    """The singular of a plural."""
    if word in NAMES["singulars"]:
        return str(NAMES["singulars"][word])
    for ending, single in NAMES["endings"].items():
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + str(single)
    return word


# ---------------------------------------------------------------------- the metric
def gold_of(row: dict[str, Any]) -> list[Tag]:
    """The gold quantities of a sentence."""
    return [
        Tag(gold_value(q["value"]), (q["normalized_unit"] or "-").strip().lower() or "-", q.get("change") or "=")
        for q in row["quantities"]
    ]


def gold_value(raw: str | float) -> Value:
    """A value of the gold file; "low-high" is a range."""
    if not isinstance(raw, str):
        return float(raw)
    found = re.fullmatch(r"\s*(?P<low>-?[0-9.]+)\s*-\s*(?P<high>-?[0-9.]+)\s*", raw)
    return (float(found["low"]), float(found["high"])) if found else float(raw)


def near(a: float, b: float) -> bool:
    """Whether two numbers agree to five digits."""
    return math.isclose(a, b, rel_tol=1e-5, abs_tol=1e-8)


def same_value(gold: Tag, tag: Tag) -> bool:
    """Whether the values agree, ranges end by end."""
    if isinstance(gold.value, tuple) and isinstance(tag.value, tuple):
        return all(map(near, gold.value, tag.value))
    return not isinstance(gold.value, tuple) and not isinstance(tag.value, tuple) and near(gold.value, tag.value)


def same_unit(gold: Tag, tag: Tag) -> bool:
    """Whether value and unit agree."""
    return same_value(gold, tag) and gold.unit == tag.unit


def same_change(gold: Tag, tag: Tag) -> bool:
    """Whether value and change agree."""
    return same_value(gold, tag) and gold.change == tag.change


def same_all(gold: Tag, tag: Tag) -> bool:
    """Whether value, unit and change agree."""
    return same_unit(gold, tag) and gold.change == tag.change


STRICT = {"value": same_value, "value+unit": same_unit, "value+change": same_change, "value+unit+change": same_all}


def paper_hits(gold: Sequence[Tag], found: Sequence[Tag]) -> tuple[int, int, int]:
    """Hits by value, by value and unit, and by value and change, as the paper counts them."""
    pool = sorted(found, key=lambda t: t.unit)
    values = units = changes = 0
    for wanted in sorted(gold, key=lambda t: t.unit):
        for i, tag in enumerate(pool):
            if same_value(wanted, tag):
                values += values < len(gold)
                changes += tag.change == wanted.change
                if tag.unit == wanted.unit:
                    units += 1
                    del pool[i]
                    break
    return values, units, changes


def paired(gold: Sequence[Tag], found: Sequence[Tag], agree: Callable[[Tag, Tag], bool]) -> dict[int, int]:
    """As many pairs of a tag and a gold quantity as can be, by their indices (augmenting paths)."""
    owner: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j, tag in enumerate(found):
            if j not in seen and agree(gold[i], tag):
                seen.add(j)
                if j not in owner or place(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    for i in range(len(gold)):
        place(i, set())
    return owner


def shares(hits: int, golds: int, found: int) -> tuple[float, float, float]:
    """Precision, recall and F1 in percent."""
    precision, recall = hits / found if found else 0.0, hits / golds if golds else 0.0
    both = 2 * precision * recall / (precision + recall) if hits else 0.0
    return 100 * precision, 100 * recall, 100 * both


def table(golds: Sequence[Sequence[Tag]], founds: Sequence[Sequence[Tag]]) -> list[str]:
    """The lines of the score."""
    n_gold, n_tags = sum(map(len, golds)), sum(map(len, founds))
    pairs = list(zip(golds, founds, strict=True))
    hits = [sum(column) for column in zip(*(paper_hits(g, f) for g, f in pairs), strict=True)]
    right = sum(len(g) == len(f) == len(paired(g, f, same_unit)) for g, f in pairs)
    counted = f"{len(golds)} sentences, {n_gold} gold, {n_tags} tags, 0 texts without a line"
    lines = [f"{counted}, {right} sentences all right (value+unit)"]
    rows = [("paper", name, hit) for name, hit in zip(("value", "value+unit", "value+change"), hits, strict=True)]
    rows += [("strict", name, sum(len(paired(g, f, agree)) for g, f in pairs)) for name, agree in STRICT.items()]
    for kind, name, hit in rows:
        precision, recall, both = shares(hit, n_gold, n_tags)
        lines.append(f"{kind:7} {name:18} P {precision:5.1f}  R {recall:5.1f}  F1 {both:5.1f}")
    return lines


def shown(tag: Tag) -> str:
    """A tag in one line."""
    value = "-".join(f"{v:.10g}" for v in tag.value) if isinstance(tag.value, tuple) else f"{tag.value:.10g}"
    return f"{value} | {tag.unit} | {tag.change}"


def differing(texts: Sequence[str], golds: Sequence[Sequence[Tag]], founds: Sequence[Sequence[Tag]]) -> Iterable[str]:
    """The sentences where gold and tags differ, each with what is not in the other."""
    for text, gold, found in zip(texts, golds, founds, strict=True):
        pairs = paired(gold, found, same_all)
        if len(pairs) == len(gold) == len(found):
            continue
        yield text
        yield from (f"    gold {shown(g)}" for i, g in enumerate(gold) if i not in pairs.values())
        yield from (f"    ours {shown(t)}" for j, t in enumerate(found) if j not in pairs)


def main() -> None:
    """Score and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("gold", type=pathlib.Path)
    asked.add_argument("--errors", action="store_true", help="print what differs")
    options = asked.parse_args()
    rows = json.loads(options.gold.read_text(encoding="utf-8"))
    texts = [row["text"] for row in rows]
    golds = [gold_of(row) for row in rows]
    founds = [tags(read_figures(text), text) for text in texts]
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for text in texts:
            read_figures(text)
        times.append(time.process_time() - started)
    if options.errors:
        print("\n".join(differing(texts, golds, founds)))
    print("\n".join(table(golds, founds)))
    print(f"{len(texts) / min(times):,.0f} sentences a second (CPU time, best of {ROUNDS} rounds)")


if __name__ == "__main__":
    main()
