"""The languages of the pages, and how each writes numbers."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, get_language_info, pgettext

register = template.Library()


class Choice(NamedTuple):
    """A link by which a visitor chooses; `name` is in the language that it leads to."""

    value: str
    name: str
    address: str
    is_current: bool


class Alternate(NamedTuple):
    """The page in one language, for machines, with the whole address."""

    language: str
    address: str


@register.simple_tag
def stored_language() -> SafeString:
    """` lang="en"` for an element that holds words of the catalogue alone.

    Empty where the page is in the catalogue's own language. Screen readers pronounce by it. Where
    the page is written the other way, ` dir="ltr"` keeps a sentence and its full stop together.
    """
    language = settings.CATALOG_LANGUAGE
    if get_language() == language:
        return SafeString()
    is_right_to_left = get_language_info(language)["bidi"]
    if is_right_to_left == get_language_bidi():
        return format_html(' lang="{}"', language)
    return format_html(' lang="{}" dir="{}"', language, "rtl" if is_right_to_left else "ltr")


@register.filter
def grouped(number: int) -> str:
    """`1234` as `1,234`, or as `1.234` in German."""
    return str(number_format(number, force_grouping=True))


@register.filter
def narrows(request: HttpRequest) -> bool:
    """Whether the address asks for less than everything; a language or theme takes nothing away."""
    return bool({*request.GET} - {"language", "theme"})


@register.simple_tag(takes_context=True)
def language_choices(context: template.Context) -> list[Choice]:
    """One per language; none where nothing can be chosen, as at the desk or after a failure."""
    request = _with_choices(context)
    if request is None:
        return []
    return [
        Choice(code, str(name), _address(request, language=code), code == get_language())
        for code, name in settings.LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def theme_choices(context: template.Context) -> list[Choice]:
    request = _with_choices(context)
    if request is None:
        return []
    current = request.theme or "system"  # type: ignore[attr-defined]
    names = {
        "system": pgettext("appearance", "system"),
        "light": pgettext("appearance", "light"),
        "dark": pgettext("appearance", "dark"),
    }
    return [
        Choice(theme, name, _address(request, theme=theme), theme == current)
        for theme, name in names.items()
    ]


@register.simple_tag(takes_context=True)
def alternates(context: template.Context) -> list[Alternate]:
    """The page in every language, and without a choice of one, without what is a visitor's own."""
    request = _with_choices(context)
    if request is None:
        return []
    codes = {code: code for code, _name in settings.LANGUAGES} | {"x-default": None}
    return [
        Alternate(code, request.build_absolute_uri(_address(request, language=value, theme=None)))
        for code, value in codes.items()
    ]


def _with_choices(context: template.Context) -> HttpRequest | None:
    request: Any = context.get("request")
    try:
        return request if hasattr(request, "theme") and request.GET is not None else None
    except SuspiciousOperation:
        # The page that refuses an address which can't be read can't lead to others of it either.
        return None


def _address(request: HttpRequest, **changed: str | None) -> str:
    """The page's own address with some parameters changed, or left out if None."""
    query = request.GET.copy()
    for name, value in changed.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path
