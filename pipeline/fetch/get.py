"""One document from the web: redirects followed by hand, size and time bounded."""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

import httpx

from pipeline.fetch.address import Allowed, Host, RefusedError, parsed, resolved

#: By this name robots.txt knows us.
NAME = "citypacts"
MOST_BYTES = 50 * 1024 * 1024
MOST_REDIRECTS = 5
#: So much is unpacked at a time.
_PART_BYTES = 1 << 20
#: A document that takes so many times the timeout in all is given up.
_PATIENCE = 15


@dataclass(frozen=True, slots=True)
class Page:
    """What came from an address: asked, and where the redirects led."""

    asked: str
    url: str
    content: bytes


def get(
    asked: str,
    allowed: Allowed,
    most_bytes: int,
    timeout_s: float,
    before: Callable[[httpx.URL], None],
) -> Page:
    """Fetch one document; `before` is called with the address of every hop, and may refuse it.

    Raises `RefusedError`.
    """
    url = parsed(asked)
    for _ in range(MOST_REDIRECTS + 1):
        host = resolved(url, allowed)
        before(url)
        answer = _answer(host, most_bytes, timeout_s)
        if isinstance(answer, bytes):
            return Page(asked, str(url), answer)
        url = parsed(str(url.join(answer)))
    raise RefusedError(f"more than {MOST_REDIRECTS} redirects; the last leads to {url}")


def _answer(host: Host, most_bytes: int, timeout_s: float) -> bytes | str:
    """The content, or the address of a redirect; the first address that lets us connect counts."""
    unreached: RefusedError | None = None
    for address in host.addresses:
        try:
            return _asked(host.url, address, most_bytes, timeout_s)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            unreached = RefusedError(f"{host.url.host} cannot be reached ({_told(error)})")
        except httpx.TimeoutException:
            raise RefusedError(f"no answer within {timeout_s:g} seconds; try again later") from None
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise RefusedError(f"broken answer ({_told(error)}); try again later") from None
    raise unreached or RefusedError(f"{host.url.host} has no address")


def _asked(url: httpx.URL, address: str, most_bytes: int, timeout_s: float) -> bytes | str:
    # the checked address is connected to; the name of the host goes into Host and TLS alone
    with httpx.Client(timeout=timeout_s, trust_env=False, verify=_tls()) as client:
        request = client.build_request(
            "GET",
            url.copy_with(host=address),
            headers={
                "Host": url.netloc.decode(),
                "User-Agent": agent(),
                "Accept": "*/*",
                "Accept-Encoding": "gzip",
            },
            extensions={"sni_hostname": url.raw_host.decode()},
        )
        response = client.send(request, stream=True)
        try:
            return _content(response, most_bytes, time.monotonic() + _PATIENCE * timeout_s)
        finally:
            response.close()


def _content(response: httpx.Response, most_bytes: int, until: float) -> bytes | str:
    if response.has_redirect_location:
        return response.headers["Location"]
    if response.status_code != httpx.codes.OK:
        raise StatusError(response.status_code, response.reason_phrase)
    parts, size = [], 0
    for part in _unpacked(response):
        size += len(part)
        if size > most_bytes:
            raise RefusedError(f"larger than {most_bytes // 1024} KB; download it by hand")
        if time.monotonic() > until:
            raise RefusedError("too slow; download it by hand")
        parts.append(part)
    return b"".join(parts)


def _unpacked(response: httpx.Response) -> Iterator[bytes]:
    """The parts of the content, none larger than a few MB, however well it was packed.

    httpx unpacks what it gets at once, and as many times over as the host says.
    """
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if packing in ("", "identity"):
        yield from response.iter_raw()
        return
    if packing not in ("gzip", "x-gzip"):
        raise RefusedError(f"is packed as {packing[:40]}; download it by hand")
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        for packed in response.iter_raw():
            while packed and not unpacker.eof:
                yield unpacker.decompress(packed, _PART_BYTES)
                packed = unpacker.unconsumed_tail
    except zlib.error:
        raise RefusedError("broken answer (its packing); try again later") from None
    if not unpacker.eof:
        raise RefusedError("broken answer (cut off); try again later")


class StatusError(RefusedError):
    """An answer that is no document; `status` is that of HTTP."""

    def __init__(self, status: int, phrase: str) -> None:
        super().__init__(f"the host answers {status} {phrase}".rstrip())
        self.status = status


def agent() -> str:
    """The User-Agent of our requests."""
    return f"{NAME}/{version('citypacts')}"


def _told(error: Exception) -> str:
    return str(error) or type(error).__name__


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()
