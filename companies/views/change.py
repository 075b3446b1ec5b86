from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from companies import linked_data
from companies.forms import ChangeFilterForm
from companies.history import batched_public_changes, public_changes
from companies.models import Revision
from companies.records import change_record
from companies.views.listing import as_file, is_whole, page_of


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What the catalogue says otherwise than before, the latest first."""
    form = ChangeFilterForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/changes.html", {"form": form}, status=400)
    wanted = form.cleaned_data
    revisions = Revision.objects.public().with_entry().order_by("-pk")
    if wanted["subject"]:
        revisions = revisions.filter(subject=wanted["subject"])
    if wanted["company"]:
        revisions = revisions.about_company(wanted["company"])
    if wanted["technology"]:
        revisions = revisions.about_technology(wanted["technology"])
    if wanted["format"]:
        rows = batched_public_changes(revisions)
        return as_file(request, "changes", wanted["format"], rows, change_record)
    page = page_of(revisions, wanted["page"])
    context = {
        "form": form,
        "page": page,
        # What the page is about, each with a feed of its own.
        "company": wanted["company"],
        "technology": wanted["technology"],
        "changes": public_changes(page.object_list),
        "linked_data": linked_data.as_script(
            [linked_data.of_list("changes", request.build_absolute_uri)] if is_whole(wanted) else []
        ),
    }
    return render(request, "companies/changes.html", context)
