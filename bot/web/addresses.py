"""Whose request it is: the address of the client, seen through trusted proxies only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from starlette.requests import Request

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

FORWARDING_HEADERS = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
WITH_PORT = re.compile(r"\[(?P<v6>[0-9A-Fa-f:.%]{2,60})\](?::\d{1,5})?|(?P<v4>\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}")
# One subscriber is given a whole /64: limits per single IPv6 address would stop nobody.
IPV6_SUBSCRIBER_BITS = 64


def client_address(request: Request, trusted_proxies: Sequence[Network]) -> Address | None:
    """The nearest address that is not a trusted proxy; None when the server was not told any.

    X-Forwarded-For is read from its end, where our own proxies write; what stands before the first
    address they saw was written by the client and is not believed.
    """
    address = _peer(request)
    chain = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    while address is not None and _is_trusted(address, trusted_proxies) and chain:
        earlier = _parse(chain.pop())
        if earlier is None:
            break
        address = earlier
    return address


def limit_key(address: Address | None) -> str:
    """What the rate limits count an address under."""
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, IPV6_SUBSCRIBER_BITS), strict=False))
    return "unknown" if address is None else str(address)


def is_local_and_direct(request: Request) -> bool:
    """Whether the request comes from this machine and through no proxy."""
    peer = _peer(request)
    forwarded = any(header in request.headers for header in FORWARDING_HEADERS)
    return peer is not None and peer.is_loopback and not forwarded


def _peer(request: Request) -> Address | None:
    return None if request.client is None else _parse(request.client.host)


def _is_trusted(address: Address, trusted_proxies: Sequence[Network]) -> bool:
    return any(address in network for network in trusted_proxies)


def _parse(text: str) -> Address | None:
    """An address, with or without a port as some proxies add one: 203.0.113.9:4711, [2001:db8::1]:4711."""
    written = WITH_PORT.fullmatch(text.strip())
    try:
        address = ip_address((written["v6"] or written["v4"]) if written else text.strip())
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
