"""Beyond one machine: a Dask cluster, a server on PostgreSQL, documents and tables on S3.

All of them are real and run as processes of their own. What is not installed is skipped, and the
summary of the tests says so.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.documents import write
from bench.server import serving
from tests.processes import DYING, citypacts, content, until

BIN = Path(sys.executable).parent
POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def needs(module: str) -> None:
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"needs the Python package {module}: pip install 'citypacts[cluster]'")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


@contextmanager
def running(*command: object, **environment: str) -> Iterator[None]:
    process = subprocess.Popen(
        list(map(str, command)),
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a PostgreSQL server of Debian's packages."""
    if not POSTGRES:
        pytest.skip("needs PostgreSQL: apt-get install postgresql")
    folder, port = tmp_path_factory.mktemp("postgres") / "data", free_port()
    folder.mkdir()
    # PostgreSQL does not run as root
    user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if user:
        for path in (folder, *list(folder.parents)[:3]):
            path.chmod(path.stat().st_mode | 0o011)
        shutil.chown(folder, "postgres")
    made = [*user, POSTGRES[-1], "--pgdata", folder, "--username", "prefect", "--auth", "trust"]
    subprocess.run(list(map(str, made)), check=True, capture_output=True)
    server = [*user, POSTGRES[-1].with_name("postgres"), "-D", folder, "-p", port, "-k", folder]
    with running(*server):
        asked = [POSTGRES[-1].with_name("pg_isready"), "-h", "127.0.0.1", "-p", str(port)]
        until(lambda: subprocess.run(asked, capture_output=True).returncode == 0)
        yield f"postgresql+asyncpg://prefect@127.0.0.1:{port}/postgres"


@pytest.fixture(scope="module")
def store() -> Iterator[dict[str, str]]:
    """Environment that reaches a server which speaks S3."""
    needs("s3fs")
    needs("moto")
    port = free_port()
    reach = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "of-a-test",
        "AWS_SECRET_ACCESS_KEY": "of-a-test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "NO_PROXY": "127.0.0.1",
    }
    with running(BIN / "moto_server", "-H", "127.0.0.1", "-p", port):
        until(lambda: _answers(reach["AWS_ENDPOINT_URL"]))
        yield reach


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url):
            return True
    except OSError:
        return False


@pytest.fixture(scope="module")
def cluster(
    alone: Mapping[str, str], store: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Address of a Dask scheduler with two workers, each a process of its own."""
    needs("prefect_dask")
    port, folder = free_port(), tmp_path_factory.mktemp("dask")
    address = f"tcp://127.0.0.1:{port}"
    own = {**alone, **store}
    usual = ["--no-dashboard", "--local-directory", folder, "--nworkers", 1, "--nthreads", 1]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, *usual]
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    with (
        running(*scheduler, "--host", "127.0.0.1", "--port", port, "--no-dashboard", **own),
        running(*worker, **own),
        running(*worker, **own),
    ):
        yield address


def remote(url: str, store: Mapping[str, str]) -> dict[str, bytes]:
    """The files at an URL, by name."""
    import s3fs

    files = s3fs.S3FileSystem(
        endpoint_url=store["AWS_ENDPOINT_URL"],
        key=store["AWS_ACCESS_KEY_ID"],
        secret=store["AWS_SECRET_ACCESS_KEY"],
        skip_instance_cache=True,
    )
    return {path.rpartition("/")[2]: files.cat_file(path) for path in files.find(url)}


def put(folder: Path, bucket: str, store: Mapping[str, str]) -> None:
    import s3fs

    files = s3fs.S3FileSystem(
        endpoint_url=store["AWS_ENDPOINT_URL"],
        key=store["AWS_ACCESS_KEY_ID"],
        secret=store["AWS_SECRET_ACCESS_KEY"],
    )
    files.mkdir(bucket)
    files.put(str(folder), f"{bucket}/raw", recursive=True)


def test_a_cluster_makes_the_same_tables_byte_for_byte(
    environment: dict[str, str],
    alone: dict[str, str],
    database: str,
    store: dict[str, str],
    cluster: str,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "raw"
    list(write(folder, 24, 1_500))
    (folder / "empty.txt").touch()
    put(folder, "ours", store)
    assert citypacts(environment, "run", folder, "--out", tmp_path / "here").returncode == 1

    other = tmp_path / "cache" / "citypacts"
    shutil.copytree(
        Path(alone["XDG_CACHE_HOME"]) / "citypacts",
        other,
        symlinks=True,
        ignore=shutil.ignore_patterns("kept", "past", "prefect"),
    )
    home = tmp_path / "prefect"
    away = {**alone, **store, "XDG_CACHE_HOME": str(other.parent), "PREFECT_HOME": str(home)}
    away["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = database
    with serving(away) as api:
        away["PREFECT_API_URL"] = api
        there = ["run", "s3://ours/raw", "--out", "s3://ours/processed"]
        run = citypacts(away, *there, "--dask", cluster)
        assert run.returncode == 1, run.stderr
        assert remote("ours/processed", store) == content(tmp_path / "here")
        again = citypacts(away, *there, "--dask", cluster)
        assert again.returncode == 1, again.stderr
        assert remote("ours/processed", store) == content(tmp_path / "here")
    assert not (home / "prefect.db").exists(), "the history is in PostgreSQL"


KILLED = f"""{DYING}
import sys
from pathlib import Path
from fsspec.implementations.local import LocalFileSystem
from pipeline.tables import remote

url, new, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])

for name in ("put_file", "pipe_file", "cp_file", "rm_file", "rm"):
    setattr(LocalFileSystem, name, dying(getattr(LocalFileSystem, name)))
remote.upload(url, new)
"""


@pytest.mark.parametrize("count", [0, 1, 5, 18, 19, 20, 21, 30, 38, 39, 40, 41, 99])
def test_an_upload_killed_at_any_step_leaves_a_whole_set(tmp_path: Path, count: int) -> None:
    from pipeline.tables import remote as tables

    out, new = tmp_path / "out", tmp_path / "new"
    for folder, text in ((out, "old"), (new, "new")):
        folder.mkdir()
        for name in tables.SET:
            (folder / name).write_text(text)
    command = [sys.executable, "-c", KILLED, f"file://{out}", str(new), str(count)]
    subprocess.run(command, check=False)
    tables.recover(f"file://{out}")
    assert len(set(content(out).values())) == 1
    assert set(content(out)) == tables.SET


def test_an_url_is_held_by_one_run_at_a_time(tmp_path: Path) -> None:
    from pipeline.tables import remote as tables
    from pipeline.tables.lock import HeldError

    url = f"file://{tmp_path / 'out'}"
    with tables.hold(url), pytest.raises(HeldError, match="held by another run"), tables.hold(url):
        pass
    assert not list((tmp_path / "out").iterdir())
    # of a run that was killed long ago
    (tmp_path / "out" / tables.LOCK).write_text("12.5")
    with tables.hold(url):
        pass
