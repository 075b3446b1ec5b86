"""Which machines may be asked: those that everybody on the Internet can ask, and no other.

Editors type addresses and strangers' servers redirect to others, but it is this machine that asks.
Its own network, its loopback interface and a cloud's metadata service would answer it.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote, urlsplit

# The ports of web servers; any other would make a port scanner of this program.
PORTS = frozenset({80, 443, 8000, 8080, 8443})
DEFAULT_PORT = {"http": 80, "https": 443}

# IANA's special-purpose registry of IPv4. `is_global` of the standard library is asked as well,
# but what it knows depends on the version of Python.
_SPECIAL_IPV4 = [
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # behind a provider's NAT
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, and the metadata services of clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
]
# The only part of IPv6 that is handed out. Outside of it are loopback, link-local, private and
# multicast addresses and those that wrap an IPv4 address: ::ffff:0:0/96, 64:ff9b::/96 (NAT64,
# which the standard library calls global) and 64:ff9b:1::/48.
_UNICAST_IPV6 = ipaddress.IPv6Network("2000::/3")
_SPECIAL_IPV6 = [
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, among them Teredo, which wraps IPv4
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which wraps IPv4
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
]


class NotAllowedError(Exception):
    """An address that is not asked, and why, in a sentence."""


class UnknownHostError(Exception):
    """A name that the domain name system has no address for."""


class Machine(NamedTuple):
    """One place to connect to, as the socket module wants it."""

    family: int
    address: tuple[str, int]


class Target(NamedTuple):
    """An address, taken apart and put into the letters that travel."""

    scheme: str
    host: str
    port: int
    # Path and query.
    path: str

    @property
    def url(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORT[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{name}{port}{self.path}"


MayAsk = Callable[[str], bool]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to a machine that everybody can ask."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if "%" in address:
        # A zone (fe80::1%eth0) is one of this machine's own networks.
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        special = any(ip in network for network in _SPECIAL_IPV4)
    else:
        special = ip not in _UNICAST_IPV6 or any(ip in network for network in _SPECIAL_IPV6)
    return ip.is_global and not special


def target(url: str, ports: frozenset[int] = PORTS) -> Target:
    """Raises NotAllowedError unless it is http or https at a web server's port."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname or ""
        if ":" not in host:
            host = host.encode("idna").decode("ascii")
    except ValueError as error:
        raise NotAllowedError("The address can't be read.") from error
    if parts.scheme not in ("http", "https"):
        raise NotAllowedError(f"“{parts.scheme[:20]}” is neither http nor https.")
    # A NUL ends the name for some resolvers and not for others.
    if not host or not host.isprintable() or " " in host:
        raise NotAllowedError("The address names no host that can be read.")
    port = DEFAULT_PORT[parts.scheme] if port is None else port
    if port not in ports:
        raise NotAllowedError(f"Port {port} is no web server's.")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    query = quote(parts.query, safe="/%?:@!$&'()*+,;=~")
    return Target(parts.scheme, host, port, f"{path}?{query}" if query else path)


def machines(host: str, port: int, may_ask: MayAsk = is_public) -> list[Machine]:
    """What the name stands for just now. Connect to these, and don't ask for the name again.

    A name with even one address that may not be asked is refused: whoever mixes them waits for
    the second look. Raises NotAllowedError and UnknownHostError.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError) as error:
        raise UnknownHostError(f"The name {host[:100]} is not known.") from error
    if not found:
        raise UnknownHostError(f"The name {host[:100]} is not known.")
    for _family, _type, _protocol, _name, address in found:
        # A fourth part, the scope, means a machine of one's own network.
        if not may_ask(str(address[0])) or (len(address) > 3 and address[3]):  # noqa: PLR2004
            raise NotAllowedError("It is at an address that is not public.")
    return [
        Machine(family, (str(address[0]), int(address[1]))) for family, _, _, _, address in found
    ]
