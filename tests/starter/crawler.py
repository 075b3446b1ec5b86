"""Follows links as a visitor would, from one page to all that can be reached."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

# Filters and comparisons combine without end, so of each kind only the first few are followed.
MOST_QUERIES_OF_A_KIND = 2
MOST_COMPARISONS = 6
PREFERENCES = {"language", "theme"}
_CARD = r'<meta property="og:image" content="([^"]*)"'


@dataclass
class Page:
    status: int
    content_type: str
    body: bytes
    redirected_to: str = ""

    @property
    def is_html(self) -> bool:
        return self.status == 200 and self.content_type.startswith("text/html")

    @cached_property
    def text(self) -> str:
        return self.body.decode()

    @cached_property
    def links(self) -> list[str]:
        # A form without anything filled in is a link, too.
        links = re.findall(r'\s(?:href|src|action)="([^"]*)"', self.text)
        # Where links to the page are shared, its picture is asked for.
        links += [urlsplit(card).path for card in re.findall(_CARD, self.text)]
        return [html.unescape(link) for link in links]

    @cached_property
    def ids(self) -> set[str]:
        return set(re.findall(r'\sid="([^"]*)"', self.text))

    @property
    def titles(self) -> list[str]:
        return re.findall(r"<title>(.*?)</title>", self.text, re.DOTALL)


@dataclass
class Crawl:
    """Everything that was reached, and the links by which: (page, link as it stands there)."""

    pages: dict[str, Page] = field(default_factory=dict)
    external: set[tuple[str, str]] = field(default_factory=set)
    fragments: set[tuple[str, str, str]] = field(default_factory=set)
    found_on: dict[str, str] = field(default_factory=dict)

    def reached(self, name: str) -> bool:
        return any(page.status == 200 and url_name(a) == name for a, page in self.pages.items())

    @property
    def html_pages(self) -> dict[str, Page]:
        return {address: page for address, page in self.pages.items() if page.is_html}

    def named(self, name: str) -> dict[str, Page]:
        return {a: page for a, page in self.html_pages.items() if url_name(a) == name}


def url_name(address: str) -> str:
    """The name of the URL, or an empty text for static files and what is not ours."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def crawl(client: Client, start: str) -> Crawl:
    done, waiting, kinds = Crawl(), [start], Counter[Any]()
    while waiting:
        address = waiting.pop(0)
        page = done.pages[address] = _page(client.get(address))
        # Or all pages after the first in German would be in German.
        client.cookies.clear()
        links = [page.redirected_to] if page.redirected_to else page.links if page.is_html else []
        for link in links:
            target, fragment = urldefrag(urljoin(address, link))
            if urlsplit(target).netloc:
                done.external.add((address, target))
                continue
            if fragment:
                done.fragments.add((address, target, fragment))
            if target not in done.found_on and _is_followed(target, kinds):
                done.found_on[target] = address
                if target not in done.pages:
                    waiting.append(target)
    return done


def _page(response: HttpResponseBase) -> Page:
    body = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    return Page(
        response.status_code,
        response.headers.get("Content-Type", ""),
        body,
        response.headers.get("Location", ""),
    )


def _is_followed(address: str, kinds: Counter[Any]) -> bool:
    parts, name = urlsplit(address), url_name(address)
    if parts.query:
        asked = tuple((k, v if k == "format" else "") for k, v in parse_qsl(parts.query))
        if chosen := [k for k, _v in asked if k in PREFERENCES]:
            # On every page with every filter: a kind of its own, or the kinds would multiply.
            asked = tuple((k, "") for k in sorted({*chosen}))
        kind, most = (name, asked), MOST_QUERIES_OF_A_KIND
    elif name == "companies:comparison":
        kind, most = (name, ()), MOST_COMPARISONS
    else:
        return True
    kinds[kind] += 1
    return kinds[kind] <= most
