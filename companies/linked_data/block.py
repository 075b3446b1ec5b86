"""How data for machines gets into a page.

Under the Content-Security-Policy a block of JSON-LD is data and not a script, so it needs no
permission; that no stored text can end the block is all that has to be seen to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

# One thing in the terms of schema.org.
Data = dict[str, Any]
# Makes a path of ours a full address.
Absolute = Callable[[str], str]

_Arguments = ParamSpec("_Arguments")
_Made = TypeVar("_Made")

# The same signs as Django's json_script: none of them can end the block or begin another.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


def as_script(items: Iterable[Data | None]) -> SafeString:
    """The items as one block of JSON-LD; nothing for none of them."""
    graph = [item for item in items if item]
    if not graph:
        return SafeString()
    data = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    # No sign is left in it that HTML knows.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


def for_machines(make: Callable[_Arguments, _Made]) -> Callable[_Arguments, _Made]:
    """In the catalogue's language, whatever language the page is in: one thing, one description."""

    @wraps(make)
    def in_the_catalogues_language(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Made:
        with override(settings.CATALOG_LANGUAGE):
            return make(*args, **kwargs)

    return in_the_catalogues_language


def filled(data: Mapping[str, Any]) -> Data:
    """Without what is not known: an empty value would say that there is none."""
    return {name: value for name, value in data.items() if value not in ("", None, [])}
