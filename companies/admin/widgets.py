from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.admin.widgets import AdminTextInputWidget, AutocompleteSelect
from django.db.models import Count, Field
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# What fits into a bigint; anything else is a forged address, not a primary key.
PRIMARY_KEY = re.compile(r"[0-9]{1,18}", re.ASCII)

SUGGESTIONS = 200


class Autocomplete(AutocompleteSelect):
    """Asks for the labels of all rows of a page at once, where the stock widget asks per row.

    A value that can't be a primary key counts as none; the stock widget answers `?company=x` with
    a server error.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Both are shared by the copies that the rows of a formset get.
        self.labels: dict[str, str] = {}
        self.expected: set[str] = set()

    def expect(self, values: Iterable[object]) -> None:
        """Announce values whose labels will be asked for."""
        self.expected.update(
            str(value) for value in values if PRIMARY_KEY.fullmatch(str(value or ""))
        )

    def optgroups(
        self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None
    ) -> list[Any]:
        options = []
        if not self.is_required:
            options.append(self.create_option(name, "", "", False, 0))
        for one in value:
            label = self._label(str(one))
            if label is not None:
                options.append(self.create_option(name, one, label, True, len(options)))
        return [(None, options, 0)]

    def _label(self, value: str) -> str | None:
        if value not in self.labels and PRIMARY_KEY.fullmatch(value):
            wanted = (self.expected | {value}) - self.labels.keys()
            for row in self.choices.queryset.filter(pk__in=wanted):
                self.labels[str(row.pk)] = str(row)
        return self.labels.get(value)


class SuggestingInput(AdminTextInputWidget):
    """A text field that offers what other rows say, most used first.

    Free text that has to be spelled the same everywhere, without a table of its own.
    """

    def __init__(self, field: Field[Any, Any], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.field = field

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        list_id = f"{(attrs or {}).get('id', name)}_suggestions"
        html = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        options = format_html_join("", '<option value="{}">', ((word,) for word in self._words()))
        return format_html('{}<datalist id="{}">{}</datalist>', html, list_id, options)

    def _words(self) -> Iterable[str]:
        name = self.field.name
        return (
            self.field.model._default_manager.exclude(**{name: ""})
            .order_by()
            .values_list(name, flat=True)
            .annotate(times=Count("pk"))
            .order_by("-times", name)[:SUGGESTIONS]
        )
