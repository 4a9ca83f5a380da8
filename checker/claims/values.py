"""Values written out by hand, as a rule's example or a test gives them, as a claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from checker.claims.fits import admits, exact
from checker.figures import read
from checker.model import Binding, Claim, Document, Figure, Span
from checker.rulebook.schema import Frame


class NotOneFigure(ValueError):
    """A value that should be one figure of its role's type is none."""


def claim_of(
    frame: Frame,
    values: Mapping[str, str | list[str]],
    *,
    thing: str | None = None,
    tags: Iterable[str] = (),
) -> tuple[Document, Claim]:
    """The claim that a frame filled with printed values makes, and the document that its offsets speak of.

    Raises NotOneFigure, in one line, for a value that does not read as one figure of its role's type, and for a role
    that the frame does not have.
    """
    for name in values:
        if name not in frame.roles:
            raise NotOneFigure(f"'{name}' is no role of {frame.id}, which has {', '.join(frame.roles)}")
    lines = [(name, text) for name, given in values.items() for text in ([given] if isinstance(given, str) else given)]
    text = "\n".join(line for _, line in lines)
    paragraphs: list[Span] = []
    for _, line in lines:
        start = paragraphs[-1].end + 1 if paragraphs else 0
        paragraphs.append(Span(start, start + len(line)))
    document = Document(text=text, name="values", paragraphs=tuple(paragraphs))
    filled: dict[str, tuple[Figure, ...]] = {}
    for (name, line), span in zip(lines, paragraphs, strict=True):
        filled[name] = (*filled.get(name, ()), figure_of(frame, name, line, span.start))
    missing = {name: f"no {name.replace('_', ' ')} given" for name in frame.roles if name not in filled}
    claim = Claim(frame.id, (Binding(filled, thing),), Span(0, len(text)), frozenset(tags), missing)
    return document, claim


def figure_of(frame: Frame, name: str, line: str, shift: int = 0) -> Figure:
    """The one figure of its role's type that a printed value reads as, its offsets shifted; raises NotOneFigure."""
    role = frame.roles[name]
    found = [f for f in read(Document(text=line, name=name, paragraphs=(Span(0, len(line)),))) if admits(role, f)]
    if len(found) != 1:
        kinds = " or ".join(sorted(role.kinds))
        raise NotOneFigure(f"'{line}' does not read as one {kinds} for {name}")
    figure = exact(role, found[0])
    return attrs.evolve(
        figure,
        start=figure.start + shift,
        end=figure.end + shift,
        phrase=Span(figure.phrase.start + shift, figure.phrase.end + shift),
    )
