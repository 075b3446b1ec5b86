"""How gunicorn serves the site: `python -m gunicorn -c site_config/gunicorn.conf.py`."""

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from gunicorn.http import message

from site_config.demo import is_loopback

if TYPE_CHECKING:
    from gunicorn.arbiter import Arbiter
    from gunicorn.workers.base import Worker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings")


def socket_name(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


try:
    bind = socket_name(settings.HOST, settings.PORT)
    # Sync workers: pages are rendered, not waited for; threads were slower in every trial.
    workers = settings.WEB_CONCURRENCY
except ImproperlyConfigured as error:
    # Raised further, gunicorn would wrap the sentence in a traceback.
    sys.exit(f"Stackfacts does not start: {error}")

wsgi_app = "site_config.wsgi:application"
worker_class = "sync"
# Loaded once before the workers fork: starts faster, shares memory, and an application that
# cannot be loaded ends the server instead of its workers one after the other.
preload_app = True
# Who pastes a whole text into the search is told so by our page and not by a bare line: room for
# ten thousand characters as addresses write them. Gunicorn knows 8,190 bytes, or no limit at all.
limit_request_line = message.MAX_REQUEST_LINE = 128 * 1024
# Otherwise gunicorn opens a socket in the home directory through which it can be controlled.
control_socket_disable = True
# Its heartbeat files: in memory, because a slow disk would make healthy workers look dead.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108
# Gunicorn's own greeting would push the address out of sight; when_ready says it instead.
loglevel = "debug" if settings.LOG_LEVEL == "DEBUG" else "warning"


def on_starting(server: "Arbiter") -> None:
    """Holds --bind and GUNICORN_CMD_ARGS to the rule that the settings enforce for HOST."""
    for address in server.cfg.address:
        # A path is a unix socket, which nobody reaches from another machine.
        if settings.LOCAL and not isinstance(address, str) and not is_loopback(address[0]):
            sys.exit(
                f"Stackfacts does not start: with DEMO or DEBUG it does not listen on {address[0]}."
            )


def when_ready(server: "Arbiter") -> None:
    address = server.LISTENERS[0].getsockname()
    where = address if isinstance(address, str) else f"http://{socket_name(*address[:2])}/"
    lines = [f"{settings.SITE_NAME} is at {where}"]
    if settings.LOCAL:
        lines.append("Create the first administrator with: make admin")
        lines.append("Stop with Ctrl+C.")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def post_worker_init(worker: "Worker") -> None:
    """A worker that sends a long file is alive as long as it gets on.

    Without this it would be ended in the middle of a file that takes longer than `timeout`, which
    remains the time that one page, or one piece of a file, may take.
    """
    application = worker.wsgi

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        response = application(environ, start_response)
        if getattr(response, "streaming", False):
            response.streaming_content = _telling(response.streaming_content, worker)
        return response

    worker.wsgi = answer


def _telling(pieces: Iterable[bytes], worker: "Worker") -> Iterator[bytes]:
    for piece in pieces:
        worker.notify()
        yield piece
