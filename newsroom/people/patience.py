"""How long we wait for another machine: for the whole of its answer, however slowly that drips."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer


@contextmanager
def cut_after(seconds: float, line: socket.socket) -> Iterator[None]:
    """Cut an open line when so many seconds have passed; a socket's timeout counts by the byte.

    Whoever reads from it then comes to an end, or gets an OSError.
    """
    cut = Timer(seconds, _cut, [line])
    cut.daemon = True
    cut.start()
    try:
        yield
    finally:
        cut.cancel()


def _cut(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # gone already
