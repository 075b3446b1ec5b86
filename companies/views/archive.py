"""Pages as they stood at the end of a day: `?as_of=2026-05-27` behind the address of the page."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from companies import partial_date
from companies.archive import NotThenError, Passage
from companies.archive.form import ArchiveForm
from companies.models import Action, Claim, Revision, Status
from companies.reading_day import read_on, today
from companies.views.reference import dated

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Archive:
    """What is said above an archived page. Addresses are empty where nothing is to be seen."""

    day: datetime.date
    live: str
    passage: Passage
    previous: str = ""
    next: str = ""
    ended: str = ""
    reason: str = ""
    gone: list[tuple[str, Claim]] = field(default_factory=list)


def also_as_it_stood(archived: View) -> Callable[[View], View]:
    """For a view whose page `archived(request, day, …)` gives as it stood at the end of a day.

    That of today is not over, so that it is the page itself. `archived` may raise NotThenError.
    """

    def with_archive(view: View) -> View:
        @wraps(view)
        def either(request: HttpRequest, **address: str) -> HttpResponse:
            form = ArchiveForm(request.GET)
            if not form.is_valid():
                return render(request, "companies/bad_request.html", {"form": form}, status=400)
            day = form.cleaned_data["as_of"]
            if day is None:
                return view(request, **address)
            if day == today():
                return redirect(_without_day(request))
            try:
                with read_on(day):
                    response = archived(request, day, **address)
            except NotThenError as error:
                raise Http404(str(error)) from error
            response.headers["X-Robots-Tag"] = "noindex"
            return response

        return either

    return with_archive


def archive_of(
    path: str,
    day: datetime.date,
    passage: Passage,
    *,
    ended_by: Revision | None = None,
    gone: Iterable[Claim] = (),
) -> Archive:
    """`path` is that of the page; `ended_by` what took it from the site since."""
    return Archive(
        day=day,
        passage=passage,
        live="" if ended_by else path,
        previous=dated(path, passage.previous) if passage.previous else "",
        next=dated(path, passage.next) if passage.next else "",
        ended=_ended(ended_by) if ended_by else "",
        reason=ended_by.reason if ended_by else "",
        gone=[(dated(claim.get_absolute_url(), day), claim) for claim in gone],
    )


def _ended(revision: Revision) -> str:
    day = revision.made_at.astimezone(datetime.UTC).date()
    words: dict[str, Any] = {"day": partial_date.in_words(day.isoformat())}
    if revision.action == Action.DELETED:
        return _("It was deleted on %(day)s.") % words
    if revision.status == Status.WITHDRAWN:
        return _("It was withdrawn on %(day)s.") % words
    return _("It was taken back on %(day)s, to be worked on.") % words


def _without_day(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("as_of", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
