"""Web servers on loopback that answer as badly as a test needs."""

from __future__ import annotations

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# For documents.test and localhost, signed by itself. It protects nothing.
CERTIFICATE = Path(__file__).with_name("certificate.pem")

# What is sent for a path: bytes, or a function that is given the connection.
Reply = bytes | Callable[[socket.socket], None]


def page(status: str = "200 OK", body: bytes = b"A document.", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location: str, status: str = "301 Moved Permanently") -> bytes:
    return page(status, b"", Location=location)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, pages: Mapping[str, Reply], secure: bool) -> None:
        super().__init__(("127.0.0.1", 0), Connection)
        self.pages = dict(pages)
        # The heads of the requests, in the order in which they came.
        self.heads: list[str] = []
        self.context: ssl.SSLContext | None = None
        if secure:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(CERTIFICATE)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def paths(self) -> list[str]:
        return [head.split(" ")[1] for head in self.heads]

    def url(self, path: str = "/", host: str = "documents.test") -> str:
        return f"http{'s' if self.context else ''}://{host}:{self.port}{path}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what many of these tests are about."""


class Connection(socketserver.BaseRequestHandler):
    server: Server

    def handle(self) -> None:
        connection: socket.socket = self.request
        if self.server.context:
            connection = self.server.context.wrap_socket(connection, server_side=True)
        with connection:
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(4096)
                if not piece or not piece.isascii():
                    connection.sendall(page("400 Bad Request"))  # as to somebody who speaks TLS
                    return
                head += piece
            self.server.heads.append(head.decode("latin-1"))
            path = self.server.heads[-1].split(" ")[1]
            reply = self.server.pages.get(path, page("404 Not Found", b"Nothing here."))
            if callable(reply):
                reply(connection)
            else:
                connection.sendall(reply)


@contextmanager
def serving(pages: Mapping[str, Reply], *, secure: bool = False) -> Iterator[Server]:
    with Server(pages, secure) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def trusting() -> ssl.SSLContext:
    """A client's context that believes the certificate above."""
    return ssl.create_default_context(cafile=str(CERTIFICATE))
