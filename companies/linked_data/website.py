"""The site itself, and who answers for it."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from companies.linked_data.block import Absolute, Data, for_machines


def publisher(absolute: Absolute) -> Data:
    """Whoever runs the site, of whom no more is known than what the site is called."""
    return {
        "@type": "Organization",
        "@id": absolute("/#publisher"),
        "name": settings.SITE_NAME,
        "url": absolute("/"),
    }


@for_machines
def website(absolute: Absolute) -> Data:
    """With how to search it. The catalogue's language comes first."""
    search = f"{absolute(reverse('companies:search'))}?q={{words}}"
    languages = [code for code, _name in settings.LANGUAGES if code != settings.CATALOG_LANGUAGE]
    return {
        "@type": "WebSite",
        "@id": absolute("/#website"),
        "url": absolute("/"),
        "name": settings.SITE_NAME,
        "description": "Who runs on what, for what, how much, why — and who says so.",
        "inLanguage": [settings.CATALOG_LANGUAGE, *languages],
        "publisher": publisher(absolute),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=words",
        },
    }
