"""Where the Internet Archive keeps a copy of a document.

Its availability API (https://archive.org/help/wayback_api.php) names the copy that was made
closest to a day.
"""

from __future__ import annotations

import datetime
import json
import threading
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from companies.link_check.answer import LONGEST_ADDRESS
from companies.link_check.robot import NO_REPLY, Robot

AVAILABLE = "https://archive.org/wayback/available"
KEEPER = "web.archive.org"
# After this many refusals in a row it is left alone.
PATIENCE = 3


class Copy(NamedTuple):
    url: str
    day: datetime.date


class Archive:
    def __init__(self, robot: Robot, api: str = AVAILABLE) -> None:
        self._robot = robot
        self._api = api
        self._lock = threading.Lock()
        self._refusals = 0

    @property
    def gave_up(self) -> bool:
        return self._refusals >= PATIENCE

    def copy_of(self, url: str, near: str = "") -> Copy | None:
        """The copy closest to a day or month (2016-05-27, 2016-05); without one, the newest."""
        if self.gave_up:
            return None
        wanted = {"url": url} | ({"timestamp": near.replace("-", "")} if near else {})
        try:
            reply = self._robot.ask(f"{self._api}?{urlencode(wanted)}")
        except NO_REPLY:
            self._note(answered=False)
            return None
        self._note(answered=reply.status == HTTPStatus.OK)
        return _copy(reply.body) if reply.status == HTTPStatus.OK else None

    def _note(self, *, answered: bool) -> None:
        with self._lock:
            self._refusals = 0 if answered else self._refusals + 1


def _copy(body: bytes) -> Copy | None:
    """The copy that an answer names; none if it isn't one of the document itself."""
    try:
        closest: Any = json.loads(body)["archived_snapshots"]["closest"]
        url, stamp = str(closest["url"]), str(closest["timestamp"])
        day = datetime.datetime.strptime(stamp[:8], "%Y%m%d").replace(tzinfo=datetime.UTC).date()
        host = urlsplit(url).hostname
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not closest.get("available") or str(closest.get("status")) != "200" or host != KEEPER:
        return None
    # Its own links still begin with http.
    secure = "https://" + url.partition("://")[2]
    is_plain = secure.isprintable() and " " not in secure and len(secure) <= LONGEST_ADDRESS
    today = datetime.datetime.now(tz=datetime.UTC).date()
    return Copy(secure, day) if is_plain and day <= today else None
