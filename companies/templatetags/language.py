"""In which language the words on a page are, where that is not the page's own."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def stored_language() -> SafeString:
    """` lang="en"` for an element that holds words of the catalogue alone.

    Empty where the page is in the catalogue's own language. Screen readers pronounce by it.
    """
    language = settings.CATALOG_LANGUAGE
    if get_language() == language:
        return SafeString()
    return format_html(' lang="{}"', language)
