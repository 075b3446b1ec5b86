"""/healthz and /readyz, for whatever watches the process.

Answered by a middleware in front of all others: a probe comes over plain HTTP with the machine's
address as Host, and would meet the redirect to HTTPS and the check of ALLOWED_HOSTS.
"""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)


def plain(sentence: str, status: HTTPStatus) -> HttpResponse:
    return HttpResponse(
        f"{sentence}\n",
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )


def alive(request: HttpRequest) -> HttpResponse:
    """Says only that the process answers; a restart would not mend the database."""
    return plain("The process is alive.", HTTPStatus.OK)


def ready(request: HttpRequest) -> HttpResponse:
    """Whether pages can be served: the database answers and has all migrations."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        # The reason may name hosts and users, so it goes to the log and not to the asker.
        logger.exception("readyz: the database does not answer")
        return plain("The database does not answer.", HTTPStatus.SERVICE_UNAVAILABLE)
    if missing:
        return plain("The database has unapplied migrations.", HTTPStatus.SERVICE_UNAVAILABLE)
    return plain("Ready.", HTTPStatus.OK)


class HealthMiddleware:
    answers: dict[str, Callable[[HttpRequest], HttpResponse]] = {
        "/healthz": alive,
        "/readyz": ready,
    }

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.answers.get(request.path_info, self.get_response)
        return answer(request)
