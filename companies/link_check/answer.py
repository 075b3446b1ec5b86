"""What asking for a document came to, in the words of the catalogue."""

from __future__ import annotations

import ssl
from http import HTTPStatus

from companies.link_check.address import NotAllowedError, UnknownHostError
from companies.link_check.robot import NO_REPLY, Reply, Robot, RoundError
from companies.models import Answer, LinkOutcome
from companies.source_address import normal_form

GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
# A longer address is no place to move to.
LONGEST_ADDRESS = 2000


def answer(robot: Robot, url: str) -> Answer:
    """Ask once. Raises nothing that a network can be the reason for."""
    try:
        reply = robot.ask(url)
    except NO_REPLY as error:
        return _of_trouble(error, robot.limits.total)
    return _of_reply(url, reply)


def _of_trouble(error: Exception, seconds: float) -> Answer:
    outcome, detail = LinkOutcome.NO_ANSWER, ""
    match error:
        case NotAllowedError():
            outcome, detail = LinkOutcome.NOT_ALLOWED, str(error)
        case RoundError():
            outcome, detail = LinkOutcome.ROUND, "Too many redirects, or a circle of them."
        case UnknownHostError():
            detail = str(error)
        case TimeoutError():
            detail = f"It took too long; {seconds:g} seconds are the most."
        case ssl.SSLCertVerificationError():
            outcome, detail = LinkOutcome.BAD_TLS, f"The certificate: {error.verify_message}."
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            detail = "It hung up."
        case ssl.SSLError():
            outcome, detail = LinkOutcome.BAD_TLS, "No secure connection could be agreed on."
        case OSError():
            detail = f"{error.strerror or error}."
        case _:
            detail = "What it sent is no proper HTTP."
    return Answer(outcome, detail=detail.replace("..", "."))


def _of_reply(url: str, reply: Reply) -> Answer:
    status = reply.status
    outcome, moved_to = LinkOutcome.ANSWERS, ""
    if status in GONE:
        outcome = LinkOutcome.GONE
    elif HTTPStatus.INTERNAL_SERVER_ERROR <= status < 600:  # noqa: PLR2004 - HTTP's codes end here
        outcome = LinkOutcome.SERVER_ERROR
    elif not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        # Not logged in, forbidden, too many requests, 999: a browser might have been let in.
        outcome = LinkOutcome.REFUSED
    elif (
        reply.moved_to
        and len(reply.moved_to) <= LONGEST_ADDRESS
        and normal_form(reply.moved_to) != normal_form(url)
    ):
        outcome, moved_to = LinkOutcome.MOVED, reply.moved_to
    return Answer(outcome, status, moved_to=moved_to)
