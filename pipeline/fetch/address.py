"""What may be asked: http and https, and hosts with public addresses."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass

import httpx

#: Where IPv6 alone is spoken, hosts of IPv4 go by these addresses.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
#: Whether an address may be asked: `is_public`, unless the own network may be.
Allowed = Callable[[Address], bool]


class RefusedError(Exception):
    """An address from which nothing comes; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Host:
    """A host whose addresses were checked: connect to them, and to nothing its name means later."""

    url: httpx.URL
    addresses: tuple[str, ...]


def parsed(asked: str) -> httpx.URL:
    """An URL without fragment. Raises `RefusedError`."""
    try:
        url = httpx.URL(asked.strip()).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise RefusedError(
            f"is no address ({error}); give one like https://town.example/"
        ) from None
    if url.scheme not in ("http", "https") or not url.host:
        raise RefusedError("only http:// and https:// can be fetched; download it by hand")
    if url.userinfo:
        raise RefusedError("holds a name and a password; download it by hand")
    return url


def resolved(url: httpx.URL, allowed: Allowed) -> Host:
    """The addresses of the host. Raises `RefusedError` where one of them is not allowed."""
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(url.raw_host.decode(), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise RefusedError(f"there is no host {url.host}; check the address") from None
    addresses = tuple(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
    for address in addresses:
        if not allowed(ipaddress.ip_address(address)):
            raise RefusedError(
                f"{url.host} is {address}, an address of an own network; "
                "--allow-private fetches from there"
            )
    return Host(url, addresses)


def is_public(address: Address) -> bool:
    """Whether an address is one of the internet; of IPv6 also the IPv4 one it may stand for."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address.is_site_local or (inner is not None and not is_public(inner)):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)
