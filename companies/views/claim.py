from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from companies.archive import claim_on
from companies.history import public_history, public_history_of
from companies.models import Claim, Subject
from companies.views.archive import also_as_it_stood, archive_of
from companies.views.reference import cite_claim


def _as_it_stood(request: HttpRequest, day: datetime.date, key: str) -> HttpResponse:
    then = claim_on(key, day)
    context = {
        "claim": then.claim,
        "cite": cite_claim(request, then.claim),
        "history": public_history(then.revisions),
        "archive": archive_of(request.path, day, then.passage, ended_by=then.ended_by),
    }
    return render(request, "companies/claim.html", context)


@require_safe
@also_as_it_stood(_as_it_stood)
def claim(request: HttpRequest, key: str) -> HttpResponse:
    found = Claim.objects.published().with_parts().filter(key=key).first()
    if found is None:
        raise Http404(
            _("There is no published claim at the address “%(address)s”.") % {"address": key}
        )
    context = {
        "claim": found,
        "cite": cite_claim(request, found),
        "history": public_history_of(Subject.CLAIM, found.pk),
    }
    return render(request, "companies/claim.html", context)
