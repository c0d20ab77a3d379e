"""Environment of Prefect, and a server of our own behind a run.

Prefect reads its settings when it is imported, so nothing here imports it. Prefect could start a
server by itself, but would first load all of it into this process too (3 s), would give up after
20 s, and would leave the server running where a run is killed.
"""

from __future__ import annotations

import fcntl
import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import platformdirs

#: The first start on a machine makes a database: 14 s measured, over a minute reported.
START_LIMIT_S = 300
STOP_LIMIT_S = 10
HOST = "127.0.0.1"
#: Names another database; then we know nothing of what is in it.
DATABASE = "PREFECT_SERVER_DATABASE_CONNECTION_URL"
#: Taken unless the user's environment says otherwise.
DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # logs go to the server, with the run they belong to; the screen has a progress bar
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}
#: A server for one run has no UI, and none of the services for deployments and schedules.
FOR_ONE_RUN = {
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT__SERVER_EPHEMERAL": "1",
}


class NoServerError(RuntimeError):
    """The server did not come up."""


def home() -> Path:
    """Where Prefect keeps its database and logs: PREFECT_HOME, or a folder of our own."""
    given = os.environ.get("PREFECT_HOME")
    return Path(given) if given else platformdirs.user_cache_path("citypacts") / "prefect"


@contextmanager
def serving(port: int = 0) -> Iterator[Callable[[], None]]:
    """Make the environment ready and start the server, which ends with the block.

    port: 0 for a server of one run, on any port; otherwise where the UI is to be found, with the
    services that schedules need. Where PREFECT_API_URL names a server, that one is used. Yields a
    function that returns as soon as the server answers and raises `NoServerError` otherwise; do
    other work before calling it. Prefect may be imported inside the block, not earlier.
    """
    folder = home()
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in {**DEFAULTS, "PREFECT_HOME": str(folder)}.items():
        os.environ.setdefault(name, value)
    if os.environ.get("PREFECT_API_URL"):
        yield lambda: None
        return
    one_run = not port
    with _listener(port) as listener, (folder / "start.lock").open("w") as starting:
        # two first starts at a time would both make the database
        fcntl.flock(starting, fcntl.LOCK_EX)
        log = folder / "server.log"
        port = listener.getsockname()[1]
        process = _start(
            listener.fileno(), starting.fileno(), log, _environment(folder, port, one_run)
        )
        listener.close()
        _point_prefect_at(port)
        ready = False

        def wait() -> None:
            nonlocal ready
            _wait(port, log)
            _mark_made(folder)
            fcntl.flock(starting, fcntl.LOCK_UN)
            ready = True

        try:
            yield wait
        finally:
            del os.environ["PREFECT_API_URL"]
            _stop(process, ready)


def _listener(port: int) -> socket.socket:
    """A listening socket, on a free port for 0; connections queue on it until the server is up."""
    port = port and int(os.environ.get("PREFECT_SERVER_API_PORT", port))
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise OSError(
            f"port {port}: {error.strerror}; name another in PREFECT_SERVER_API_PORT"
        ) from None


def _environment(folder: Path, port: int, one_run: bool) -> dict[str, str]:
    """Environment of the server."""
    made = {"PREFECT__SERVER_FINAL": "1", "PREFECT_SERVER_API_PORT": str(port)}
    if one_run:
        made |= FOR_ONE_RUN
    there = _made(folder).exists() and (folder / "prefect.db").exists()
    if there and DATABASE not in os.environ:
        # the tables of the database are those of this Prefect: half a second saved
        made["PREFECT_SERVER_DATABASE_MIGRATE_ON_START"] = "false"
    return {**os.environ, **made}


def _made(folder: Path) -> Path:
    """A file that says for which Prefect the database was made; it stands beside it."""
    return folder / f"prefect.db-made-by-{version('prefect')}"


def _mark_made(folder: Path) -> None:
    if DATABASE not in os.environ and (folder / "prefect.db").exists():
        _made(folder).touch()


def _start(
    listener: int, starting: int, log: Path, environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    """Start the server on the descriptor of a listening socket.

    It inherits the lock on starting, and so keeps it should this process die before it is up.
    """
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-P", str(Path(__file__).with_name("serve.py")), str(listener)],
            pass_fds=[listener, starting],
            # held open by this process: the server ends when the pipe does
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            # Ctrl-C is for the run, which then stops the server
            start_new_session=True,
            env=environment,
        )


def _point_prefect_at(port: int) -> None:
    os.environ["PREFECT_API_URL"] = f"http://{HOST}:{port}/api"
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), HOST]))


def _wait(port: int, log: Path) -> None:
    connection = http.client.HTTPConnection(HOST, port, timeout=START_LIMIT_S)
    try:
        connection.request("GET", "/api/health")
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise NoServerError(f"Prefect's server did not start ({error}); its log: {log}") from None
    finally:
        connection.close()
    if status != http.HTTPStatus.OK:
        raise NoServerError(f"Prefect's server answers with status {status}; its log: {log}")


def _stop(process: subprocess.Popen[bytes], ready: bool) -> None:
    """Have the server end. One that is still starting may be making the database: it is let be,
    and ends by itself when that is done."""
    assert process.stdin is not None
    process.stdin.close()
    if not ready:
        return
    try:
        process.wait(STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
