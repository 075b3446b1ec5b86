from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from companies import linked_data
from companies.archive import claim_on
from companies.history import public_history, public_history_of
from companies.linked_data import Crumb
from companies.models import Claim, Subject
from companies.views.archive import also_as_it_stood, archive_of
from companies.views.reference import cite_claim


def _as_it_stood(request: HttpRequest, day: datetime.date, key: str) -> HttpResponse:
    then = claim_on(key, day)
    context = {
        "claim": then.claim,
        "crumbs": _crumbs(then.claim),
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
    crumbs, absolute = _crumbs(found), request.build_absolute_uri
    context = {
        "claim": found,
        "crumbs": crumbs,
        "linked_data": linked_data.as_script(
            [
                linked_data.claim(found, absolute),
                *linked_data.quotations([found], absolute),
                linked_data.breadcrumbs(crumbs, absolute),
            ]
        ),
        "cite": cite_claim(request, found),
        "history": public_history_of(Subject.CLAIM, found.pk),
    }
    return render(request, "companies/claim.html", context)


def _crumbs(claim: Claim) -> list[Crumb]:
    company = claim.company
    return [
        Crumb(company.name, company.get_absolute_url()),
        Crumb(claim.title, claim.get_absolute_url()),
    ]
