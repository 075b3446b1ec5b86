"""The site with the starter catalogue as visitors of a production server meet it.

That is gunicorn with collected and compressed static files; only HTTPS is missing, which needs a
proxy in front. It stands in a temporary directory, on SQLite, and is gone afterwards.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import process

HOST = "127.0.0.1"
PATIENCE = 60


@contextmanager
def served_site(*commands: tuple[str, ...]) -> Iterator[str]:
    """The site's address. `commands` are arguments of manage.py, carried out before it opens."""
    with tempfile.TemporaryDirectory(prefix="stackfacts-site-") as directory:
        env = process.production(
            Path(directory),
            ALLOWED_HOSTS=HOST,
            HTTPS_ONLY="no",
            LOG_LEVEL="WARNING",
            PORT=str(_free_port()),
        )
        env.pop("DATABASE_URL", None)
        for arguments in (("prepare_site",), *commands):
            done = process.manage(env, *arguments)
            if done.returncode:
                raise RuntimeError(f"manage.py {arguments[0]} failed: {done.stdout}{done.stderr}")
        with _gunicorn(env) as url:
            yield url


@contextmanager
def _gunicorn(env: dict[str, str]) -> Iterator[str]:
    url = f"http://{HOST}:{env['PORT']}"
    command = [sys.executable, "-m", "gunicorn", "-c", "site_config/gunicorn.conf.py"]
    with subprocess.Popen(command, cwd=process.ROOT, env=env, stdout=subprocess.DEVNULL) as server:
        try:
            _wait_for(url)
            yield url
        finally:
            server.send_signal(signal.SIGTERM)


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"{url}/healthz"):  # noqa: S310 - our own server
                return
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
