"""`citypacts fetch`: against a server of our own, over real sockets."""

from __future__ import annotations

import csv
import gzip
import hashlib
import ipaddress
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fetch import Fetched, fetch
from pipeline.fetch.address import Address, RefusedError, is_public, parsed, resolved
from pipeline.fetch.manifest import MANIFEST, Source, add, sources
from pipeline.fetch.names import stem_of
from tests.processes import citypacts, content

CITYPACTS = [sys.executable, "-P", "-c", "from pipeline.cli import app; app()"]
PAGE = b"<!DOCTYPE html><html><title>Friends</title><p>Two towns are twinned.</p></html>"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


class Site(BaseHTTPRequestHandler):
    """A small site; `pages` may be changed by a test."""

    pages: dict[str, bytes]
    packed: dict[str, str]
    asked: list[tuple[str, str, str, float]]

    def do_GET(self) -> None:
        agent, host = self.headers["User-Agent"], self.headers["Host"]
        self.asked.append((self.path, agent, host, time.monotonic()))
        if self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path.partition("?")[2])
            self.end_headers()
        elif self.path == "/slow":
            time.sleep(3)
        elif self.path in self.pages:
            content = self.pages[self.path]
            self.send_response(200)
            self.send_header("Content-Type", "application/octet-stream")
            if self.path in self.packed:
                self.send_header("Content-Encoding", self.packed[self.path])
            self.end_headers()
            self.wfile.write(content)
        else:
            self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Nothing on the screen."""


@pytest.fixture
def site() -> Iterator[type[Site]]:
    pages = {"/friends.php": PAGE, "/a/list": b"Two towns are twinned.\n", "/act.pdf": PDF,
             "/robots.txt": b"User-agent: *\nDisallow: /private/\n", "/private/x": PAGE,
             "/gzip": gzip.compress(PAGE), "/cut": gzip.compress(PAGE)[:-9], "/no-gzip": PAGE,
             "/bomb": gzip.compress(bytes(10_000_000)), "/twice": gzip.compress(PAGE),
             "/big": b"x" * 5000, "/blob": b"\x00\x01\x02" * 100, "/empty": b""}  # fmt: skip
    packed = {"/twice": "gzip, gzip"} | dict.fromkeys(
        ["/gzip", "/cut", "/no-gzip", "/bomb"], "gzip"
    )
    kind = type("OneSite", (Site,), {"pages": pages, "packed": packed, "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    kind.at = f"http://127.0.0.1:{server.server_port}"  # type: ignore[attr-defined]
    kind.port = server.server_port  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield kind
    server.shutdown()
    server.server_close()


def _anyone(_address: Address) -> bool:
    return True


def _fetch(site: type[Site], folder: Path, *paths: str, **rules: object) -> list[Fetched]:
    urls = [site.at + path if path.startswith("/") else path for path in paths]  # type: ignore[attr-defined]
    told = {"allowed": _anyone, "delay_s": 0.0} | rules
    return list(fetch(urls, folder, **told))  # type: ignore[arg-type]


def test_documents_are_stored_by_what_they_are(site: type[Site], tmp_path: Path) -> None:
    found = _fetch(site, tmp_path, "/friends.php", "/act.pdf", "/a/list")
    names = [f.file.name for f in found if f.file]
    assert names == ["127.0.0.1-friends.php.html", "127.0.0.1-act.pdf", "127.0.0.1-a-list.txt"]
    assert (tmp_path / names[0]).read_bytes() == PAGE
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*names, MANIFEST])
    first = json.loads((tmp_path / MANIFEST).read_text("utf-8").splitlines()[0])
    assert first["url"] == first["asked"] == f"{site.at}/friends.php"  # type: ignore[attr-defined]
    assert first["sha256"] == hashlib.sha256(PAGE).hexdigest()
    assert first["media_type"] == "text/html"
    assert first["retrieved"].count("-") == 2


def test_we_give_our_name_and_ask_for_the_rules_once(site: type[Site], tmp_path: Path) -> None:
    _fetch(site, tmp_path, "/friends.php", "/a/list")
    assert [path for path, *_ in site.asked] == ["/robots.txt", "/friends.php", "/a/list"]
    assert all(agent.startswith("citypacts/") for _, agent, *_ in site.asked)


def test_the_rules_of_a_site_hold_on_every_hop(site: type[Site], tmp_path: Path) -> None:
    found = _fetch(site, tmp_path, "/private/x", "/to?/private/x", "/friends.php")
    assert ["robots.txt" in f.reason for f in found] == [True, True, False]
    assert all(not path.startswith("/private") for path, *_ in site.asked)


def test_a_site_that_asks_for_pauses_gets_them(site: type[Site], tmp_path: Path) -> None:
    site.pages["/robots.txt"] = b"User-agent: citypacts\nCrawl-delay: 1\n"
    _fetch(site, tmp_path, "/friends.php", "/a/list")
    moments = [moment for path, *_, moment in site.asked if path != "/robots.txt"]
    assert moments[1] - moments[0] >= 0.9


def test_a_redirect_leads_to_the_final_address(site: type[Site], tmp_path: Path) -> None:
    (found,) = _fetch(site, tmp_path, "/to?/friends.php")
    assert found.new
    (source,) = sources(tmp_path)
    assert source.url == f"{site.at}/friends.php"  # type: ignore[attr-defined]
    assert source.asked == f"{site.at}/to?/friends.php"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/nowhere", "404"),
        ("/empty", "empty"),
        ("/blob", "no known format"),
        ("/big", "larger than"),
        ("/bomb", "larger than"),
        ("/twice", "packed as gzip, gzip"),
        ("/cut", "cut off"),
        ("/no-gzip", "broken answer"),
        ("/slow", "no answer within"),
        ("/to?http://a:x/", "broken answer"),
        ("/to?http://127.0.0.1:99999/", "cannot be reached"),
        ("/to?ftp://town.example/x", "only http"),
        ("ftp://town.example/x", "only http"),
        ("http://", "only http"),
        ("http://ann:secret@town.example/", "password"),
        ("http://no-such-host.invalid/", "no host"),
    ],
)
def test_what_does_not_come_is_told_and_leaves_nothing(
    site: type[Site], tmp_path: Path, path: str, reason: str
) -> None:
    (found,) = _fetch(site, tmp_path, path, most_bytes=4000, timeout_s=1.0)
    assert reason in found.reason
    assert "\n" not in found.reason
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_comes_packed_is_unpacked(site: type[Site], tmp_path: Path) -> None:
    (found,) = _fetch(site, tmp_path, "/gzip")
    assert found.file
    assert found.file.read_bytes() == PAGE


@pytest.mark.parametrize("rule", ["Crawl-delay: ²", f"Crawl-delay: {'9' * 5000}", "Disallow: //["])
def test_rules_that_cannot_be_read_are_told(site: type[Site], tmp_path: Path, rule: str) -> None:
    site.pages["/robots.txt"] = f"User-agent: *\n{rule}\n".encode()
    (found,) = _fetch(site, tmp_path, "/friends.php")
    assert "robots.txt cannot be read" in found.reason


def test_redirects_end(site: type[Site], tmp_path: Path) -> None:
    loop = "/to?" * 7 + "/friends.php"
    (found,) = _fetch(site, tmp_path, loop)
    assert "redirects" in found.reason
    (found,) = _fetch(site, tmp_path, "/to?" * 5 + "/friends.php")
    assert found.file


def test_own_networks_are_not_asked(site: type[Site], tmp_path: Path) -> None:
    (found,) = _fetch(site, tmp_path, "/friends.php", allowed=is_public)
    assert "--allow-private" in found.reason
    assert site.asked == []


def test_a_redirect_into_an_own_network_is_not_followed(site: type[Site], tmp_path: Path) -> None:
    outside = ThreadingHTTPServer(("127.0.0.2", 0), site)
    threading.Thread(target=outside.serve_forever, daemon=True).start()
    try:
        inside = f"{site.at}/friends.php"  # type: ignore[attr-defined]
        url = f"http://127.0.0.2:{outside.server_port}/to?{inside}"
        (found,) = _fetch(site, tmp_path, url, allowed=lambda a: str(a) == "127.0.0.2")
    finally:
        outside.shutdown()
        outside.server_close()
    assert "127.0.0.1" in found.reason
    assert [path for path, *_ in site.asked] == ["/robots.txt", f"/to?{inside}"]


def test_the_host_keeps_its_name_while_its_checked_address_is_asked(
    site: type[Site], tmp_path: Path
) -> None:
    url = f"http://localhost:{site.port}/friends.php"  # type: ignore[attr-defined]
    (found,) = _fetch(site, tmp_path, url)
    assert found.file
    assert {host for *_, host, _ in site.asked} == {f"localhost:{site.port}"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
     "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
     "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "fec0::1",
     "2002:7f00:1::", "240.0.0.1"],
)  # fmt: skip
def test_what_is_no_public_address(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


def test_a_host_written_as_a_number_is_seen_through() -> None:
    assert is_public(ipaddress.ip_address("93.184.215.14"))
    assert is_public(ipaddress.ip_address("64:ff9b::5db8:d70e"))
    with pytest.raises(RefusedError, match=r"127\.0\.0\.1|no host"):
        resolved(parsed("http://2130706433/"), is_public)


def test_a_page_is_stored_again_only_where_it_changed(site: type[Site], tmp_path: Path) -> None:
    (first,) = _fetch(site, tmp_path, "/friends.php")
    (again,) = _fetch(site, tmp_path, "/friends.php")
    assert (first.new, again.new) == (True, False)
    assert again.file == first.file
    site.pages["/friends.php"] = PAGE + b"<!-- new -->"
    (changed,) = _fetch(site, tmp_path, "/friends.php")
    assert changed.new
    assert changed.file not in (None, first.file)
    assert first.file
    assert first.file.read_bytes() == PAGE
    assert len(sources(tmp_path)) == 2


def test_a_broken_line_of_the_record_costs_no_other(tmp_path: Path) -> None:
    one = Source("a.html", "http://a.example/", "http://a.example/", "2026-01-02", "0", "text/html")
    (tmp_path / MANIFEST).write_text('{"file": "cut', "utf-8")
    add(tmp_path, one)
    assert sources(tmp_path) == [one]


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)
def test_every_address_makes_a_safe_name(path: str, query: str) -> None:
    import httpx

    try:
        url = (
            httpx.URL("https://www.town.example/")
            .copy_with(path="/" + path)
            .copy_merge_params({"q": query})
        )
    except httpx.InvalidURL:
        return
    name = stem_of(str(url), (".html", ".htm"))
    assert name.startswith("town.example")
    assert "/" not in name
    assert "\\" not in name
    assert not name.startswith(".")
    assert len(name.encode()) <= 120


def test_the_command_tells_each_failure_and_its_status(site: type[Site], tmp_path: Path) -> None:
    def run(*given: str, to: str = "raw") -> subprocess.CompletedProcess[str]:
        command = [*CITYPACTS, "fetch", *given, "--to", str(tmp_path / to)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    page = f"{site.at}/friends.php"  # type: ignore[attr-defined]
    done = run(page, "--allow-private")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("stored: ")
    refused = run(page)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"failed: {page}: ")
    assert refused.stderr.count("\n") == 1
    (tmp_path / "file").write_text("")
    impossible = run(page, to="file")
    assert impossible.returncode == 2
    assert impossible.stderr.startswith("citypacts: ")
    assert run().returncode == 2


def test_a_free_port_tells_that_nobody_is_there(site: type[Site], tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (found,) = _fetch(site, tmp_path, f"http://127.0.0.1:{port}/")
    assert "cannot be reached" in found.reason


def _documents(out: Path) -> dict[str, dict[str, str]]:
    with (out / "documents.csv").open(encoding="utf-8", newline="") as file:
        return {row["path"]: row for row in csv.DictReader(file)}


def test_a_run_tells_where_a_document_comes_from(
    environment: dict[str, str], site: type[Site], tmp_path: Path
) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    site.pages["/act.pdf"] = PDF
    fetched = _fetch(site, raw, "/a/list", "/act.pdf")
    (raw / "own.txt").write_text("Graz and Lyon are sister cities.\n", "utf-8")
    time.sleep(2.1)
    first = citypacts(environment, "run", raw, "--out", out)
    assert first.returncode == 1, first.stderr
    rows = _documents(out)
    day = sources(raw)[0].retrieved
    for found, path in zip(fetched, ("/a/list", "/act.pdf"), strict=True):
        assert found.file
        row = rows[found.file.name]
        assert row["address"] == f"{site.at}{path}"  # type: ignore[attr-defined]
        assert row["retrieved"] == day
    assert (rows["own.txt"]["address"], rows["own.txt"]["retrieved"]) == ("", "")
    (raw / "127.0.0.1-act.pdf").unlink()
    time.sleep(2.1)
    citypacts(environment, "run", raw, "--out", out)
    tables = content(out)
    alone = {k: v for k, v in environment.items() if k != "PREFECT_API_URL"}
    again = citypacts(alone, "run", raw, "--out", out)
    assert "nothing has changed" in again.stderr
    assert content(out) == tables
    record = (raw / MANIFEST).read_text("utf-8").replace("/a/list", "/b/list")
    (raw / MANIFEST).write_text(record, "utf-8")
    changed = citypacts(environment, "run", raw, "--out", out)
    assert changed.returncode == 0, changed.stderr
    assert _documents(out)["127.0.0.1-a-list.txt"]["address"].endswith("/b/list")
    (raw / "127.0.0.1-a-list.txt").write_text("Graz and Pecs are sister cities.\n", "utf-8")
    citypacts(environment, "run", raw, "--out", out)
    assert _documents(out)["127.0.0.1-a-list.txt"]["address"] == ""
