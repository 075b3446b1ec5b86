"""The crumbs of a page: the one list that its template shows and that machines read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.functional import Promise

from companies.linked_data.block import Absolute, Data, for_machines


class Crumb(NamedTuple):
    """A page above, or as the last of them the page itself, whose heading shows its name.

    A lazy name is read in the language of the page, and by machines in the catalogue's.
    """

    name: str | Promise
    address: str


@for_machines
def breadcrumbs(crumbs: Sequence[Crumb], absolute: Absolute) -> Data:
    return {
        "@type": "BreadcrumbList",
        "@id": absolute(f"{crumbs[-1].address}#crumbs"),
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": str(crumb.name),
                "item": {"@type": "WebPage", "@id": absolute(crumb.address)},
            }
            for place, crumb in enumerate(crumbs, 1)
        ],
    }
