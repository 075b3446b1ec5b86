"""How many there are of something, in whole sentences: languages count differently."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from companies.templatetags.language import grouped

register = template.Library()


class _Words(NamedTuple):
    counted: Callable[[int], str]
    none_match: Promise
    none_yet: Promise


# By the word that templates name them with.
_WORDS = {
    "changes": _Words(
        lambda n: ngettext("%(count)s change", "%(count)s changes", n),
        _("No changes match."),
        _("No changes yet."),
    ),
    "claims": _Words(
        lambda n: ngettext("%(count)s claim", "%(count)s claims", n),
        _("No claims match."),
        _("No claims yet."),
    ),
    "profiles": _Words(
        lambda n: ngettext("%(count)s profile", "%(count)s profiles", n),
        _("No profiles match."),
        _("No profiles yet."),
    ),
    "quotes": _Words(
        lambda n: ngettext("%(count)s quote", "%(count)s quotes", n),
        _("No quotes match."),
        _("No quotes yet."),
    ),
    "sources": _Words(
        lambda n: ngettext("%(count)s source", "%(count)s sources", n),
        _("No sources match."),
        _("No sources yet."),
    ),
    "technologies": _Words(
        lambda n: ngettext("%(count)s technology", "%(count)s technologies", n),
        _("No technologies match."),
        _("No technologies yet."),
    ),
}


@register.filter
def counted(number: int, things: str) -> str:
    """`{{ 3|counted:"claims" }}` is `3 claims`."""
    return _WORDS[things].counted(number) % {"count": grouped(number)}


@register.filter
def none_match(things: str) -> str:
    return str(_WORDS[things].none_match)


@register.filter
def none_yet(things: str) -> str:
    return str(_WORDS[things].none_yet)
