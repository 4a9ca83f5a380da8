"""Results as GitHub workflow commands, which its runner shows beside the lines of a change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from checker.model import Level
from checker.reports.results import Ending, Notice, Part, Result
from checker.reports.visible import visible

_COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}


def pieces(parts: Iterable[Part], ending: Callable[[], Ending]) -> Iterator[str]:
    """A command for each result that is new, and a line for each part; then what else there is to say."""
    for part in parts:
        for result in part.results:
            if result.waived is None:
                yield _finding(result)
        if part.unlisted:
            yield _said(f"{part.name}: {part.unlisted:,} more are not listed")
        yield _said(f"{part.name}: {part.summary}")
        if not part.judged:
            yield _said(f"{part.name}: nothing was checked")
    for notice in ending().notices:
        yield _notice(notice)


def _finding(result: Result) -> str:
    where: list[tuple[str, object]] = [("file", result.file)]
    first = result.figures[0] if result.figures else None
    if first is not None and first.line is not None:
        where.append(("line", first.line))
        if first.end_line not in (None, first.line):
            # The runner takes columns only within one line.
            where.append(("endLine", first.end_line))
        elif first.column is not None:
            where += [("col", first.column), ("endColumn", first.end_column or first.column)]
    row = "" if result.key is None else f" [{visible(result.key)}]"
    # The place again, for the log shows nothing but the message.
    return _command(result.level, [*where, ("title", result.rule)], f"{result.place}{row}: {result.told}")


def _notice(notice: Notice) -> str:
    if notice.level == "note":
        return _said(notice.text)
    where, head = ([], "") if notice.file is None else ([("file", notice.file)], f"{notice.file}: ")
    return _command(notice.level, [*where, ("title", "figcheck")], visible(head + notice.text))


def _command(level: Level, properties: Iterable[tuple[str, object]], message: str) -> str:
    told = ",".join(f"{name}={_property(str(value))}" for name, value in properties)
    return f"::{_COMMANDS[level]} {told}::{_data(message)}\n"


def _said(text: str) -> str:
    """A line that is no command, whatever the text: the runner takes for one what starts with :: or holds ##[."""
    return f"figcheck: {visible(text).replace('##[', '## [')}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
