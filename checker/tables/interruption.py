"""Ctrl-C while an engine computes: the interpreter sees a signal only when the engine's code returns."""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def ends(interrupt: Callable[[], None]) -> Iterator[None]:
    """While the context lasts, Ctrl-C calls `interrupt`, on a thread of its own, besides what else it does.

    Nothing is done on a thread that gets no signals, or where somebody already listens to them.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    told, teller = socket.socketpair()
    teller.setblocking(False)
    before = signal.set_wakeup_fd(teller.fileno(), warn_on_full_buffer=False)
    if before != -1:
        signal.set_wakeup_fd(before)
        told.close()
        teller.close()
        yield
        return
    thread = threading.Thread(target=_listen, args=(told, interrupt), daemon=True)
    thread.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(-1)
        teller.close()
        thread.join()
        told.close()


def _listen(told: socket.socket, interrupt: Callable[[], None]) -> None:
    while number := told.recv(1):
        if number[0] == signal.SIGINT:
            interrupt()
