"""What the head of a page says about it to search engines and to where links to it are shared."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Fields of forms that change how a page looks, or what is ticked on it, but not what it is about.
_NO_CONTENT = {"format", "show", "c"}


class WordsNode(template.Node):
    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Context) -> SafeString:
        words = " ".join(self.nodelist.render(context).split())
        # It was escaped as it was rendered; a quotation mark in a text of the template was not.
        context[self.name] = mark_safe(words.replace('"', "&quot;"))
        return SafeString()


@register.tag
def words(parser: Parser, token: Token) -> WordsNode:
    """`{% words as title %}{% block title %}{% endblock %}{% endwords %}`: keep it for later.

    A block stands in a template once, and its words are wanted in several places, also in
    attributes. They come without line breaks.
    """
    parts = token.split_contents()
    if len(parts) != len(["words", "as", "name"]) or parts[1] != "as":
        raise template.TemplateSyntaxError("Write it as {% words as name %}.")
    nodelist = parser.parse(["endwords"])
    parser.delete_first_token()
    return WordsNode(nodelist, parts[2])


@register.simple_tag(takes_context=True)
def canonical(context: Context, *, plain: bool = False) -> str:
    """The page's own address without what doesn't select its content, such as the theme.

    Of the query only what the page's form has understood is kept, or nothing of that if `plain`,
    and not the first page's number. A page asked for in a language is a page of its own.
    """
    request = context["request"]
    understood = {} if plain else getattr(context.get("form"), "cleaned_data", {})
    kept = {
        name: request.GET[name]
        for name, value in understood.items()
        if value and name not in _NO_CONTENT and not (name == "page" and value == 1)
    }
    if request.GET.get("language") in dict(settings.LANGUAGES):
        kept["language"] = request.GET["language"]
    query = f"?{urlencode(kept)}" if kept else ""
    return str(request.build_absolute_uri(f"{request.path}{query}"))


@register.simple_tag(takes_context=True)
def absolute(context: Context, address: Any) -> str:
    return context["request"].build_absolute_uri(str(address))
