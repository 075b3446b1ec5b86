from __future__ import annotations

import functools
import socket
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from companies.link_check.bounded_socket import Limits
from companies.link_check.robot import Robot

ANY_PORT = frozenset(range(1, 65536))


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Callable[[Mapping[str, list[str]]], list[str]]:
    """Fakes the domain name system: a name's addresses. Returns the names that are looked up."""

    def fake(known: Mapping[str, list[str]]) -> list[str]:
        looked_up: list[str] = []

        def getaddrinfo(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
            looked_up.append(host)
            if host not in known:
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            return [
                (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, port, 0, 0))
                if ":" in address
                else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
                for address in known[host]
            ]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return looked_up

    return fake


@pytest.fixture
def looked_up(names: Any) -> list[str]:
    """Every name of the tests' servers stands for loopback."""
    hosts = ["documents.test", "other.test", "third.test", "xn--bcher-kva.test", "localhost"]
    return names({host: ["127.0.0.1"] for host in hosts})


@pytest.fixture
def make_robot(looked_up: list[str]) -> Callable[..., Robot]:
    """A robot that may ask the tests' servers, with time enough for a busy machine."""
    return functools.partial(
        Robot,
        may_ask=lambda address: address == "127.0.0.1",
        ports=ANY_PORT,
        limits=Limits(connect=10, read=10, total=20),
    )


@pytest.fixture
def robot(make_robot: Callable[..., Robot]) -> Robot:
    return make_robot()
