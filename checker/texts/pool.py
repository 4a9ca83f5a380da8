"""Pieces of work done in their order, here or by several processes; what fails costs its own text only."""

from __future__ import annotations

import collections
import concurrent.futures
import contextlib
import itertools
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import resource_tracker
from multiprocessing.synchronize import Event
from typing import Any, Generic, TypeVar

import attrs

from checker.model import Document
from checker.readers import Unreadable
from checker.texts.asked import Asked
from checker.texts.pieces import Piece

_MANY = 16
"""So many pieces are worth the seconds that it takes to start processes, if no one says how many there are to be."""

_AHEAD = 3
"""So many pieces for each process are under way, so that none waits and no heap of results grows."""

_Result = TypeVar("_Result")


@attrs.frozen
class Done(Generic[_Result]):
    """What was made of a text."""

    result: _Result


@attrs.frozen
class Failed:
    """A text that could not be read, and why; `trace` where it is a fault of ours."""

    name: str
    message: str
    told: str
    trace: str | None = None


@attrs.frozen
class Job(Generic[_Result]):
    """What is to be done with each text; it travels to the processes once."""

    work: Callable[[Document], _Result]
    asked: Asked

    def on(self, piece: Piece) -> Iterator[Done[_Result] | Failed]:
        """What comes of the texts of a piece, one by one."""
        try:
            for name, read in piece.entries(self.asked):
                yield self._of(name, read)
        except Unreadable as error:
            yield Failed(error.path, error.message, str(error))

    def _of(self, name: str, read: Callable[[], Document]) -> Done[_Result] | Failed:
        try:
            return Done(self.work(read()))
        except Unreadable as error:
            return Failed(error.path, error.message, str(error))
        except Exception as error:  # noqa: BLE001 - one text must not cost the reports on the others
            return Failed(name, "an internal fault", f"{type(error).__name__}: {error}", traceback.format_exc())


def outcomes(
    pieces: Iterable[Piece], job: Job[_Result], jobs: int | None
) -> Iterator[tuple[Piece, Iterable[Done[_Result] | Failed]]]:
    """Each piece with what came of its texts, in order; by so many processes, or as many as are worth it for None."""
    coming = iter(pieces)
    first = list(itertools.islice(coming, _MANY if jobs is None else 2))
    together = itertools.chain(first, coming)
    processes = (os.cpu_count() or 1) if jobs is None else jobs
    if processes == 1 or len(first) < (_MANY if jobs is None else 2):
        for piece in together:
            yield piece, job.on(piece)
    else:
        yield from _by_processes(together, job, processes)


_Waiting = collections.deque[tuple[Piece, concurrent.futures.Future[list[Any]] | None]]
"""Pieces under way, each with the future that will have its results; None for those to be done here."""


def _by_processes(
    pieces: Iterable[Piece], job: Job[_Result], processes: int
) -> Iterator[tuple[Piece, Iterable[Done[_Result] | Failed]]]:
    # Not by a fork of this process, which has threads (those of a progress bar, of Arrow) that a fork would cut off.
    ways = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in ways else "spawn")
    context.set_forkserver_preload(["checker.texts.work"])
    ended = context.Event()
    pool = concurrent.futures.ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(job, ended))
    waiting: _Waiting = collections.deque()
    try:
        for piece in pieces:
            with _uninterrupted():
                waiting.append((piece, None if piece.local else pool.submit(_do, piece)))
            while len(waiting) > processes * _AHEAD:
                yield _next(waiting, job)
        while waiting:
            yield _next(waiting, job)
    finally:
        # Never by killing them: one that dies while it hands over a result leaves the other end waiting for the rest.
        ended.set()
        pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start processes deaf to Ctrl-C, which reaches all of a terminal's: the one that started them ends them.

    What is blocked here stays blocked in them. Here it is put off, since it may come by a thread that does not block
    it, and a pool that is interrupted while it starts a process does not wait for it.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Started by the pool, it would lift the block.
    resource_tracker.ensure_running()
    told: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: told.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, handler)
    if told:
        raise KeyboardInterrupt


def _next(waiting: _Waiting, job: Job[_Result]) -> tuple[Piece, Iterable[Done[_Result] | Failed]]:
    piece, future = waiting.popleft()
    return piece, job.on(piece) if future is None else future.result()


# ---------------------------------------------------------------------- in a process of the pool
_begun: list[tuple[Job[Any], Event]] = []
"""The job of the pool that this process belongs to, which it is given once, and whether it has come to its end."""


def _begin(job: Job[Any], ended: Event) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _begun[:] = [(job, ended)]


def _end_with_parent() -> None:
    """Leave no process behind when the one that started it is killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(piece: Piece) -> list[Any]:
    ((job, ended),) = _begun
    return list(itertools.takewhile(lambda _: not ended.is_set(), job.on(piece)))
