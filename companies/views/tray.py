"""The tray by plain forms: each change is sent, remembered, and leads back to its page."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from companies.comparison import FEWEST, MOST
from companies.forms import TrayForm
from companies.tray import remember
from companies.views.arrangement import comparison_address

# Where the focus goes when the page is back.
_PLACE = "#compare-tray"


def changed_tray(request: HttpRequest) -> HttpResponse:
    form = TrayForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/bad_request.html", {"form": form}, status=400)
    sent = form.cleaned_data
    chosen = _chosen(request.tray.slugs, sent["was"], [*sent["c"], *sent["add"]])  # type: ignore[attr-defined]
    chosen = [slug for slug in chosen if slug not in sent["remove"]]
    response = redirect(_next(chosen, sent["tray"], sent["back"]))
    if len(chosen) <= MOST:
        remember(response, chosen)
    return response


def _chosen(remembered: Sequence[str], was: list[str], ticked: list[str]) -> list[str]:
    """What was remembered and not unticked, then what is newly ticked.

    A company may have several ticks on a page. Whoever takes one of them away wants it out.
    """
    kept = [slug for slug in remembered if ticked.count(slug) >= was.count(slug)]
    new = [slug for slug in ticked if slug not in remembered and slug not in was]
    return list(dict.fromkeys([*kept, *new]))


def _next(chosen: list[str], wanted: str, back: str) -> str:
    """The comparison; or the choice where something is left to choose; or back where it was."""
    is_comparison = wanted == "compare"
    if is_comparison and FEWEST <= len(chosen) <= MOST:
        return comparison_address(chosen)
    if is_comparison or wanted == "choose" or len(chosen) > MOST:
        show = [("show", "comparison")] if is_comparison else []
        query = urlencode([*show, *(("c", slug) for slug in chosen)])
        return f"{reverse('companies:compare')}?{query}"
    return back + _PLACE if _is_here(back) else reverse("companies:compare")


def _is_here(address: str) -> bool:
    """Whether it is a path on this site: nobody may send visitors elsewhere by a link of ours."""
    return (
        address.startswith("/")
        and address.isprintable()
        and "#" not in address
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    )
