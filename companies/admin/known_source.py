"""Offering the source that is in the catalogue already, in place of a second one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from companies.admin.links import change_url
from companies.admin.record import CatalogueAdmin
from companies.admin.record_form import RecordForm
from companies.admin.widgets import PRIMARY_KEY
from companies.models import Source

# A tick box, not a button: a button that stands before “Save” would be pressed by Enter in any
# field.
USE_KNOWN = "_use_existing_source"


def chosen_source(data: Mapping[str, Any]) -> Source | None:
    """The source whose offer was ticked; none if it is gone by now."""
    key = str(data.get(USE_KNOWN) or "")
    return Source.objects.filter(pk=key).first() if PRIMARY_KEY.fullmatch(key) else None


def is_known(source: Source) -> SafeString:
    return format_html(
        'This document is in the catalogue already: <a href="{}" target="_blank" '
        'rel="noopener">{}</a>, at {}.',
        change_url(source),
        source,
        source.url,
    )


def offer(source: Source, label: str) -> SafeString:
    return format_html(
        '{} <label class="offer"><input type="checkbox" name="{}" value="{}"> {}</label>',
        is_known(source),
        USE_KNOWN,
        source.pk,
        label,
    )


class SourceForm(RecordForm):
    # In a popup the known source can be handed to the form behind it; set per request.
    is_popup: ClassVar[bool] = False

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if url == self.initial.get("url"):
            return url
        known = Source.objects.same_address(url).exclude(pk=self.instance.pk).first()
        if known and self.is_popup:
            raise ValidationError(offer(known, "Use it, and forget what is typed here (then save)"))
        if known:
            advice = "Work on that one" if self.instance.pk else "Use that one"
            raise ValidationError(format_html("{} {}.", is_known(known), advice))
        return url


class KnownSourceAdmin(CatalogueAdmin):
    form = SourceForm

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.is_popup = obj is None and IS_POPUP_VAR in request.POST
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        may_answer = object_id is None and IS_POPUP_VAR in request.POST
        if may_answer and self.has_add_permission(request):
            known = chosen_source(request.POST)
            if known:
                # As if it had just been added: the popup closes, and it is chosen behind it.
                return self.response_add(request, known)
        return super().changeform_view(request, object_id, form_url, extra_context)
