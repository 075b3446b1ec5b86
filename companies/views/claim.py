from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from companies.history import public_history_of
from companies.models import Claim, Subject
from companies.views.reference import cite_claim


@require_safe
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
