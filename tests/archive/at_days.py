"""A history spread over days: what is recorded within is made at noon of the day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from companies.exchange import revisions

FIRST = datetime.date(2026, 3, 2)


def day(number: int) -> str:
    """The first is 1; days between two numbers are not skipped."""
    return (FIRST + datetime.timedelta(days=number - 1)).isoformat()


@contextmanager
def on(number: int) -> Iterator[None]:
    date = datetime.date.fromisoformat(day(number))
    noon = datetime.datetime.combine(date, datetime.time(12), datetime.UTC)
    with mock.patch.object(revisions.timezone, "now", return_value=noon):
        yield


def main(response):
    """The bytes of the page's own part, in which nothing may ever change."""
    assert response.status_code == 200, response.content.decode()
    found = re.search(rb"<main.*?</main>", response.content, re.DOTALL)
    assert found
    return found[0]


def banner(response):
    found = re.search(r'<aside class="archive.*?</aside>', response.content.decode(), re.DOTALL)
    assert found, "the page is not marked as an archive"
    return found[0]


def article(response):
    found = re.search(rb"<article.*?</article>", response.content, re.DOTALL)
    assert found
    return found[0]
