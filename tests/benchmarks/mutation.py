"""The mutation gauge: how many slips in right articles are flagged, and whether any finding points elsewhere.

    python tests/benchmarks/mutation.py [--floor] [--misses] [--sample N]

Every figure of every consistent article in `fixtures/articles` has every slip of `checker.slips` that changes its
meaning put in its place, and the article is checked anew. Of one kind of slip on one figure at most two variants are
taken, by a hash of the place and the text, so that a run is the same everywhere. There are some 27,000, each checked
in about a tenth of a second; of every N of them, 6 unless told otherwise, one is taken by its hash: `--sample 1` takes
all. A run of a sixth tells the shares to within a percent, and finds no stray finding but in its own sixth.

Two shares are printed. The first is of all mutants. The second is of the mutants of figures that a `[[relation]]` of
the article's expectations ties to another by an equation: what a second figure contradicts. A finding whose figures
leave out the mutated one is a failure, and so is any finding on the article as it stands. Of a sample of the flagged
mutants a third share tells how often the offers have the print that was right.

Exit code: 0; 1 with a stray finding, or with `--floor` when a share is below `floors.toml` beside this file.
"""

from __future__ import annotations

import argparse
import collections
import concurrent.futures
import datetime
import functools
import hashlib
import itertools
import pathlib
import sys
import time
import tomllib
from collections.abc import Iterable, Mapping, Sequence

import attrs

from checker import claims, figures
from checker.check import judge
from checker.model import Check, Document, Figure, Span
from checker.readers import read_text
from checker.repair import repaired
from checker.rulebook import load, shipped_rules
from checker.rulebook.schema import Rulebook
from checker.slips import NAMES, slips

HERE = pathlib.Path(__file__).parent
ARTICLES = HERE.parent.parent / "fixtures" / "articles"
VARIANTS = 2
WORKERS = 2
SAMPLED = 5
"""Of so many flagged mutants one is mended too."""
SAMPLE = 6
"""Of so many mutants one is tried, unless told otherwise."""


@attrs.frozen
class Article:
    """A consistent article: its path, when it was published, and which pieces of it an equation ties, by kind."""

    path: pathlib.Path
    text: str
    published: datetime.date
    tied: tuple[tuple[str, Span], ...]

    def document(self, text: str) -> Document:
        """The article with another text."""
        return read_text(text, name=self.path.name, published=self.published, markdown=self.path.suffix == ".md")

    def relations(self, figure: Figure) -> frozenset[str]:
        """The kinds of relation that a figure of the article as it stands belongs to."""
        return frozenset(kind for kind, span in self.tied if span.start < figure.end and figure.start < span.end)


@attrs.frozen
class Mutant:
    """One slip in one figure of one article, and what came of it."""

    article: str
    slip: str
    figure: str
    text: str
    relations: frozenset[str]
    flagged: bool
    stray: tuple[str, ...]
    restored: bool | None


@functools.cache
def rulebook() -> Rulebook:
    """The shipped rules, loaded once a process."""
    return load(shipped_rules())


@functools.cache
def article(name: str) -> Article:
    """The article of an expectation file."""
    told = tomllib.loads((ARTICLES / f"{name}.toml").read_text("utf-8"))
    path = next(p for p in (ARTICLES / f"{name}.txt", ARTICLES / f"{name}.md") if p.exists())
    text = path.read_text("utf-8")
    tied = tuple(
        (relation["kind"], Span(text.index(piece), text.index(piece) + len(piece)))
        for relation in told.get("relation", ())
        if "<" not in str(relation["arithmetic"])
        for piece in relation["figures"]
    )
    return Article(path, text, told["published"], tied)


def names() -> list[str]:
    """The articles of which no finding is expected."""
    return sorted(p.stem for p in ARTICLES.glob("*.toml") if not tomllib.loads(p.read_text("utf-8"))["findings"])


def checks(document: Document) -> tuple[Check, ...]:
    """The checks of a document, without the offers of repairs, which change no finding and take long."""
    return judge(claims.bind(document, figures.read(document), rulebook()), rulebook())


def findings(document: Document) -> list[Check]:
    """What the checks find."""
    return [c for c in checks(document) if c.is_finding]


def restores(document: Document, figure: Figure) -> bool:
    """Whether what is offered for the findings on a mutant has the print that the figure had."""
    return any(
        repair.text == figure.text and repair.figure.start == figure.start
        for c in repaired(checks(document), document, rulebook())
        for repair in c.repair
    )


@functools.cache
def figures_of(name: str) -> tuple[Figure, ...]:
    """The figures of an article as it stands."""
    return figures.read(article(name).document(article(name).text))


def variants(name: str, figure: Figure) -> Iterable[tuple[str, str]]:
    """The slips of a figure to try: of each kind the same few every time."""
    for slip, group in itertools.groupby(slips(figure), key=lambda s: s.name):
        texts = sorted((s.text for s in group), key=lambda text: _hash(f"{name} {figure.start} {slip} {text}"))
        kept = 0
        for text in texts:
            if kept < VARIANTS and changes_meaning(name, figure, text):
                kept += 1
                yield slip, text


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def changes_meaning(name: str, figure: Figure, text: str) -> bool:
    """Whether the text in the figure's place reads as something that the figure's own print cannot stand for."""
    document = article(name).document(article(name).text)
    paragraph = next(p for p in document.paragraphs if p.start <= figure.start < p.end)
    changed = document.text[paragraph.start : figure.start] + text + document.text[figure.end : paragraph.end]
    read = figures.read(article(name).document(changed))
    at = figure.start - paragraph.start
    new = next((f for f in read if f.start == at and f.end == at + len(text)), None)
    if new is None or (new.kind, new.dimension, new.currency) != (figure.kind, figure.dimension, figure.currency):
        return True
    return not new.base("printed").meets(figure.base("printed"))


def mutate(name: str, index: int, sample: int) -> list[Mutant]:
    """The mutants of one figure of one article, one of every so many."""
    original, figure = article(name), figures_of(name)[index]
    made = []
    for slip, text in variants(name, figure):
        if int(_hash(f"one of so many: {name} {figure.start} {slip} {text}"), 16) % sample:
            continue
        document = original.document(original.text[: figure.start] + text + original.text[figure.end :])
        start, end = figure.start, figure.start + len(text)
        found = findings(document)
        stray = [c for c in found if not any(f.start < end and start < f.end for f in c.figures)]
        made.append(
            Mutant(
                article=name,
                slip=slip,
                figure=figure.text,
                text=text,
                relations=original.relations(figure),
                flagged=len(found) > len(stray),
                stray=tuple(f"{c.rule}: {c.message}" for c in stray),
                restored=restores(document, figure) if len(found) > len(stray) and _is_sampled(text, name) else None,
            )
        )
    return made


def _is_sampled(text: str, name: str) -> bool:
    return int(_hash(f"{name} {text}"), 16) % SAMPLED == 0


def share(mutants: Sequence[Mutant]) -> float:
    """The share flagged, 0 to 1."""
    return sum(m.flagged for m in mutants) / len(mutants) if mutants else 0.0


def table(title: str, rows: Iterable[tuple[str, Sequence[Mutant]]]) -> None:
    """Print mutants and shares by row: all, and those that a second figure contradicts."""
    print(f"\n{title:<24} {'mutants':>8} {'flagged':>8} {'':>7} {'contradicted':>13} {'flagged':>8}")
    for label, mutants in rows:
        tied = [m for m in mutants if m.relations]
        print(
            f"{label:<24} {len(mutants):>8} {sum(m.flagged for m in mutants):>8} {share(mutants):>7.1%}"
            f" {len(tied):>13} {sum(m.flagged for m in tied):>8} {share(tied):>7.1%}"
        )


def tables(mutants: Sequence[Mutant]) -> None:
    """Print the shares by kind of slip, by kind of relation and by article."""
    by: dict[str, dict[str, list[Mutant]]] = collections.defaultdict(lambda: collections.defaultdict(list))
    for m in mutants:
        by["slip"][m.slip].append(m)
        by["article"][m.article].append(m)
        for kind in m.relations:
            by["relation"][kind].append(m)
    table("slip", [(slip, by["slip"][slip]) for slip in NAMES if slip in by["slip"]])
    table("relation of the figure", sorted(by["relation"].items()))
    table("article", [*sorted(by["article"].items()), ("all", mutants)])


def fallen(shares: Mapping[str, float]) -> bool:
    """Whether a share is below its floor; printed where it is."""
    floors = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["mutation"]
    below = [what for what, reached in shares.items() if reached < floors[what]]
    for what in below:
        print(f"the gauge fell: {what} {shares[what]:.1%} is below the floor of {floors[what]:.1%} in floors.toml")
    return bool(below)


def main() -> int:
    """Run the gauge and print it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--floor", action="store_true", help="fail when a share is below floors.toml")
    options.add_argument("--misses", action="store_true", help="list the contradicted mutants that nothing flagged")
    options.add_argument("--sample", type=int, default=SAMPLE, metavar="N", help="try one of every N mutants")
    given = options.parse_args()
    started = time.perf_counter()

    standing = [(name, c) for name in names() for c in findings(article(name).document(article(name).text))]
    for name, c in standing:
        print(f"FINDING ON A RIGHT ARTICLE  {name}: {c.rule}: {c.message}")

    tasks = [(name, index) for name in names() for index in range(len(figures_of(name)))]
    try_some = functools.partial(mutate, sample=given.sample)
    with concurrent.futures.ProcessPoolExecutor(WORKERS) as pool:
        mutants = [m for made in pool.map(try_some, *zip(*tasks, strict=True), chunksize=4) for m in made]
    tables(mutants)
    for m in mutants if given.misses else ():
        if m.relations and not m.flagged:
            print(f"missed  {m.article}: {m.figure!r} -> {m.text!r} ({m.slip}; {', '.join(sorted(m.relations))})")
    strays = [(m, why) for m in mutants for why in m.stray]
    for m, why in strays:
        print(f"STRAY FINDING  {m.article}: {m.figure!r} -> {m.text!r} raised {why}")

    mended = [m for m in mutants if m.restored is not None]
    if given.misses:
        for m in mended:
            if not m.restored:
                print(f"not restored  {m.article}: {m.figure!r} -> {m.text!r} ({m.slip})")
    shares = {"flagged": share(mutants), "contradicted": share([m for m in mutants if m.relations])}
    shares["restored"] = sum(bool(m.restored) for m in mended) / max(len(mended), 1)
    print(f"\nDid you mean: of {len(mended)} flagged mutants, the right print is offered for {shares['restored']:.1%}")
    print(
        f"mutation gauge: {shares['flagged']:.1%} of {len(mutants)} mutants flagged, {shares['contradicted']:.1%} of "
        f"those that a second figure contradicts; {len(strays)} stray findings, {len(standing)} on right articles "
        f"({time.perf_counter() - started:.0f} s)"
    )
    fell = given.floor and fallen(shares)
    return int(bool(strays or standing or fell))


if __name__ == "__main__":
    sys.exit(main())
