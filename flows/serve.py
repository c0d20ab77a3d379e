"""The process of the Prefect server: `python -P serve.py FD`, where FD is a listening socket.

It ends when its standard input does, that is when the run that started it has ended, however.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading

import uvicorn

SHUTDOWN_S = 2


def main(descriptor: int) -> None:
    """Serve on an open socket until standard input ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    config = uvicorn.Config(
        "prefect.server.api.server:create_app",
        factory=True,
        lifespan="on",
        log_level="error",
        timeout_graceful_shutdown=SHUTDOWN_S,
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(int(sys.argv[1]))
