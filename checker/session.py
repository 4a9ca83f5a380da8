"""One run of a command: its inputs one by one, its output, what it tells on the side, and its exit code.

Exit codes: 0 clean, 1 findings, 2 usage, configuration or unreadable input, 3 a fault of figcheck itself; the highest
that applies. What keeps one input or one rule file from being used is one line on standard error, and the rest is done.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import pathlib
import stat
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import IO, ParamSpec, TypeVar

import attrs
import typer

from checker import readers
from checker.reports.results import Ending, Notice
from checker.reports.visible import visible

CLEAN, FINDINGS, UNUSABLE, FAULT = range(4)
_INTERRUPTED, _PIPE_CLOSED = 130, 141
"""As a shell reports a process that these signals end."""

_Result = TypeVar("_Result")
_P = ParamSpec("_P")


class Unusable(Exception):
    """What the user asked for cannot be done, and why, in one line."""


@attrs.define
class Session:
    """One run over its inputs: what holds for all of them, the exit code so far, and what could not be read."""

    debug: bool
    code: int = CLEAN
    unreadable: list[dict[str, str]] = attrs.field(factory=list)
    notices: list[Notice] = attrs.field(factory=list)
    """What was told on standard error, for reports that have a place for it."""

    def met(self, code: int) -> None:
        """Keep the code if it is the highest so far."""
        self.code = max(self.code, code)

    def say(self, notice: Notice) -> None:
        """Tell a notice, and keep it."""
        _say(notice.text)
        self.notices.append(notice)

    def ending(self) -> Ending:
        """How the run ends, as far as it has come."""
        return Ending(self.code, tuple(self.notices))

    def each(self, paths: Sequence[str], work: Callable[[str], _Result]) -> Iterator[_Result]:
        """What the work makes of each input; where it raises `Unreadable`, or fails, that is told and passed over."""
        for path in _with_progress(paths):
            try:
                result = work(path)
            except readers.Unreadable as error:
                self.failed(error.path, error.message, str(error))
            except Exception as error:  # noqa: BLE001 - one input must not cost the reports on the others
                self.failed(path, "an internal fault", *_fault(error))
            else:
                yield result

    def failed(self, path: str, message: str, told: str, trace: str | None = None) -> None:
        """Tell that an input could not be read, or with a `trace` that there was a fault on it, and keep it."""
        if trace is None:
            tell(told)
        else:
            _tell_fault(f" on {path}", told, trace, debug=self.debug)
        code = UNUSABLE if trace is None else FAULT
        self.unreadable.append({"name": path, "message": message})
        self.notices.append(Notice("error", message, "input", path))
        self.met(code)


def guarded(command: Callable[_P, int]) -> Callable[_P, None]:
    """The command, ended by the exit code that it returns, or by a line that says why it ended otherwise."""

    @functools.wraps(command)
    def ending(*arguments: _P.args, **options: _P.kwargs) -> None:
        try:
            code = command(*arguments, **options)
            sys.stdout.flush()
        except KeyboardInterrupt:
            _say("interrupted")
            code = _INTERRUPTED
        except Unusable as error:
            _say(str(error))
            code = UNUSABLE
        except Exception as error:  # noqa: BLE001 - what no one foresaw must not end in the code for findings
            context = options["ctx"]
            code = ended_by(error, debug=isinstance(context, typer.Context) and bool(context.obj))
        raise typer.Exit(code)

    return ending


@contextlib.contextmanager
def sink(output: pathlib.Path | None, inputs: Sequence[str] = ()) -> Iterator[IO[str]]:
    """Where a report on some inputs is written; a file takes its name only when all of it is there."""
    if output is None or str(output) == "-":
        yield sys.stdout
        return
    try:
        _refuse_place(output, inputs)
        target = output.resolve()
        # A device or a pipe is written to as it is.
        straight = output.exists() and not output.is_file()
        partial = output if straight else target.with_name(f".{target.name}.{os.getpid()}")
        stream = partial.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise Unusable(f"{output}: cannot be written: {error.strerror}") from None
    try:
        with stream:
            yield stream
        if not straight:
            partial.replace(target)
    finally:
        if not straight:
            partial.unlink(missing_ok=True)


def _refuse_place(output: pathlib.Path, inputs: Sequence[str]) -> None:
    """Raises Unusable for a place where a report would do harm, and OSError for one that cannot be."""
    try:
        facts = output.stat()
    except FileNotFoundError:
        return
    if stat.S_ISDIR(facts.st_mode):
        raise Unusable(f"{output}: a directory; name a file to write")
    if not os.access(output, os.W_OK):
        raise Unusable(f"{output}: cannot be written: it is read-only")
    if stat.S_ISREG(facts.st_mode) and any(_leads_to(facts, path) for path in inputs):
        raise Unusable(f"{output}: the report would take the place of the text; name another file")


def _leads_to(facts: os.stat_result, path: str) -> bool:
    """Whether a path is that of a file with these facts."""
    try:
        return os.path.samestat(facts, pathlib.Path(path).stat())
    except (OSError, ValueError):
        return False


def _with_progress(paths: Sequence[str]) -> Iterator[str]:
    """The paths, with a progress bar on a terminal that does not show the reports themselves."""
    if len(paths) == 1 or sys.stdout.isatty() or not sys.stderr.isatty():
        yield from paths
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        yield from progress.track(paths, description="checking")


def tell(text: str) -> None:
    """Print one line on standard error, if that takes it: what cannot be said leaves the exit code as it is."""
    try:
        typer.echo(visible(text), err=True)
    except OSError:
        _silence(sys.stderr)


def _say(text: str) -> None:
    tell(f"figcheck: {text}")


def _fault(error: Exception) -> tuple[str, str]:
    """What to say of an exception that nothing foresaw, and where it was."""
    return f"{type(error).__name__}: {error}", "".join(traceback.format_exception(error))


def _tell_fault(where: str, told: str, trace: str, *, debug: bool) -> None:
    hint = "" if debug else " ('figcheck --debug ...' shows where)"
    _say(f"internal fault{where}: {told}; please report it{hint}")
    if debug:
        sys.stderr.write(trace)


def ended_by(error: Exception, *, debug: bool) -> int:
    """The exit code for an exception that nothing foresaw, after telling it."""
    if not isinstance(error, OSError) or error.filename is not None:
        _tell_fault("", *_fault(error), debug=debug)
        return FAULT
    _silence(sys.stdout)
    if error.errno == errno.EPIPE:
        return _PIPE_CLOSED
    _say(f"the report cannot be written: {error.strerror}")
    return UNUSABLE


def _silence(stream: IO[str]) -> None:
    """Turns a stream that takes no more away: it must not be flushed again at the interpreter's exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
