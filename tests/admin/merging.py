"""What an editor does to merge, and where."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from companies.models import Company, Source, Technology
from tests.admin.conftest import address
from tests.factories import CompanyFactory, SourceFactory, TechnologyFactory

PAGES = [
    ("company", CompanyFactory, Company),
    ("technology", TechnologyFactory, Technology),
    ("source", SourceFactory, Source),
]
each = pytest.mark.parametrize(("page", "make", "model"), PAGES, ids=[row[0] for row in PAGES])


def url(page, *rows, **more):
    query = urlencode({"id": [getattr(row, "pk", row) for row in rows], **more}, doseq=True)
    return f"{address(f'{page}_merge')}?{query}"


def shown_in(response):
    return response.context["plan"].fingerprint


def act(client, page, rows):
    data = {"action": "merge_selected", "_selected_action": [row.pk for row in rows]}
    return client.post(address(f"{page}_changelist"), data)


def said(response):
    return [str(message) for message in response.context["messages"]]


def merge(client, page, survivor, *others, reason="They are the same.", **more):
    """Look at the preview and merge; the answer, with the page that it leads to."""
    here = url(page, survivor, *others, keep=survivor.pk)
    data = {"reason": reason, "shown": shown_in(client.get(here))}
    return client.post(here, data | more, follow=True)
