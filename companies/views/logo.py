from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from companies.models import Logo

_A_YEAR = 365 * 24 * 60 * 60


@require_safe
@cache_control(public=True, max_age=_A_YEAR, immutable=True)
def logo(request: HttpRequest, digest: str) -> HttpResponse:
    """The picture at an address that changes with it."""
    found = Logo.objects.published().filter(digest=digest).first()
    if found is None:
        raise Http404("There is no logo at this address.")
    return HttpResponse(bytes(found.png), content_type="image/png")
