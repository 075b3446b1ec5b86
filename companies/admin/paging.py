from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator


class KeysFirst(Paginator):
    """Looks for the keys of a later page alone, and works out its rows afterwards.

    A database that skips 99,950 rows works out every column of each of them, evidence included.
    That is worth a query more.
    """

    def page(self, number: Any) -> Page[Any]:
        page = super().page(number)
        if page.number > 1:
            all_rows: Any = self.object_list
            rows: Any = page.object_list
            page.object_list = all_rows.filter(pk__in=list(rows.values_list("pk", flat=True)))
        return page
