"""The tree of a topic's classes: the makes of each, and whether the tree is one."""

from __future__ import annotations

from collections.abc import Mapping

from checker.rulebook.schema import ThingClass
from checker.rulebook.source import Section
from checker.rulebook.types import nearest

ALIKE = "|"
"""Between the names of one make."""


def makes_of(file: Section) -> dict[str, ThingClass]:
    """The makes that a topic lists under each class, each by the first of its names; raises `source.Unsound`.

    A make is told by its own name ("Hwasong-12"), which is no cue: nothing in it may be left out.
    """
    found: dict[str, ThingClass] = {}
    for of, section in file.tables("make"):
        section.only(("names", "source"))
        source = section.text("source")
        for told in section.texts("names"):
            names = tuple(name.strip() for name in told.split(ALIKE))
            if not all(names):
                raise section.wrong(f"'{told}' has a name that is empty", "names")
            if names[0] in found:
                raise section.wrong(f"'{names[0]}' is listed as a {found[names[0]].of} too", "names")
            found[names[0]] = ThingClass(names[0], names, of, source, proper=True)
    return found


def unsound(file: Section, classes: Mapping[str, ThingClass]) -> None:
    """Raises `source.Unsound` where a class is of none that there is, or of itself."""
    for name, known in classes.items():
        section = file.table("make").table(known.of or "") if known.proper else file.table("class").table(name)
        if known.of is not None and known.of not in classes:
            raise section.wrong(f"there is no class '{known.of}': {nearest(known.of, classes)}", "of")
        above, line = known.of, [name]
        while above is not None:
            if above in line:
                raise section.wrong(f"the class '{name}' is a kind of itself: {' of '.join([*line, above])}", "of")
            line.append(above)
            above = classes[above].of if above in classes else None
