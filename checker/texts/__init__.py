"""Many texts in one run: where they stand, what is made of each, by how many processes, and how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import attrs

from checker.model import Document
from checker.readers import Unreadable
from checker.session import Session
from checker.texts import progress
from checker.texts.asked import Asked
from checker.texts.pieces import pieces
from checker.texts.places import is_collection, places, size
from checker.texts.pool import Failed, Job, outcomes

__all__ = ["Asked", "Texts", "texts_of"]

_Result = TypeVar("_Result")


@attrs.frozen
class Texts:
    """The texts of a run; `many`: more than one, for all that their names say; `jobs`: by how many processes."""

    places: tuple[str | Unreadable, ...]
    many: bool
    asked: Asked
    jobs: int | None = None

    @property
    def paths(self) -> list[str]:
        """The names of all files."""
        return [place for place in self.places if isinstance(place, str)]

    def each(self, work: Callable[[Document], _Result], session: Session, *, quiet: bool) -> Iterator[_Result]:
        """What the work makes of each text, in order; one that cannot be read, or on which it fails, is passed over.

        That is told to the session. How far the work has come is shown where it is `quiet`: the results do not go to
        the same terminal.
        """
        with progress.bar(self._size, shown=quiet) as advance:
            for piece, results in outcomes(pieces(self.places, self.asked), Job(work, self.asked), self.jobs):
                for result in results:
                    if isinstance(result, Failed):
                        session.failed(result.name, result.message, result.told, result.trace)
                    else:
                        yield result.result
                advance(piece.size)

    def _size(self) -> int:
        return sum(size(place) or 0 for place in self.paths)


def texts_of(names: Sequence[str], asked: Asked, jobs: int | None = None) -> Texts:
    """The texts that names on a command line lead to."""
    found = tuple(places(names))
    many = len(names) != 1 or list(names) != list(found) or any(isinstance(p, str) and is_collection(p) for p in found)
    return Texts(found, many, asked, jobs)
