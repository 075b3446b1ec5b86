"""Words that stand in a template as they are, and so in one language for everybody."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

# Attributes that are read out or shown.
_READ = {"alt", "aria-label", "aria-description", "label", "placeholder", "summary", "title"}
# Text in these is no sentence: commands, and the rules of a picture.
_UNREAD_ELEMENTS = {"code", "pre", "style", "script"}
# Words of markup that show a literal: `{% include … with one="claim" %}`, `{{ x|default:"none" }}`.
_LITERAL_IN_INCLUDE = re.compile(r'\b(\w+)="([^"]*)"')
_LITERAL_IN_FILTER = re.compile(r'\|(?:default|default_if_none|pluralize|yesno|add):"([^"]*)"')
_WORD = re.compile(r"[^\W\d_]{2,}")
# Values of attributes that only the browser reads.
_UNREAD_LITERALS = {"false,true", "true,false"}
# Blocks that hold an address or the name of a class.
_UNREAD_BLOCKS = {"canonical", "card", "width"}
# By which `companies.templatetags.counts` finds whole sentences, and names of elements.
_KEYS = {"many", "id"}
# What a script puts a name in the place of.
_PLACEHOLDER = "{name}"
# Where a variable's value would stand: no letters, and no end of an attribute either.
_VALUE = "0"


def unmarked(source: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    """What a visitor would read that no translation reaches, without what is `allowed`."""
    literals: list[str] = []
    markup: list[str] = []
    inside = ""
    for token in Lexer(source).tokenize():
        name = token.contents.split(" ", 1)[0] if token.token_type == TokenType.BLOCK else ""
        if inside:
            inside = "" if name == f"end{inside}" else inside
            continue
        if token.token_type == TokenType.TEXT:
            markup.append(token.contents)
        elif token.token_type == TokenType.VAR:
            markup.append(_VALUE)
            literals += _LITERAL_IN_FILTER.findall(token.contents)
        elif name in {"blocktranslate", "comment"}:
            inside = name
        elif name == "block" and token.contents.split()[1] in _UNREAD_BLOCKS:
            inside = "block"
        elif name in {"include", "with"}:
            given = _LITERAL_IN_INCLUDE.findall(token.contents)
            literals += [
                words for name, words in given if name not in _KEYS and words != _PLACEHOLDER
            ]
        elif name in {"translate", "stored_language"}:
            markup.append(_VALUE if name == "translate" else "")
    reader = _Reader()
    reader.feed("".join(markup))
    reader.close()
    shown = [" ".join(words.split()) for words in [*reader.found, *literals]]
    known = allowed | _UNREAD_LITERALS
    return [words for words in shown if _WORD.search(words) and words not in known]


class _Reader(HTMLParser):
    """Collects what is shown, element by element and attribute by attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in _UNREAD_ELEMENTS
        values = dict(attrs)
        self.found += [value for name, value in attrs if name in _READ and value]
        if tag == "meta" and values.get("name") == "description":
            self.found.append(values.get("content") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._unread -= tag in _UNREAD_ELEMENTS

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in _UNREAD_ELEMENTS

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.found.append(data)
