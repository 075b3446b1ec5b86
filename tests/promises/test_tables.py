"""Every table of every public page says what it holds, and whose heads its cells have."""

from html.parser import HTMLParser

import pytest

from tests.promises.small_site import small_site

pytestmark = pytest.mark.django_db


class Tables(HTMLParser):
    """`found`: for each table its caption and the heads without a scope that there is."""

    SCOPES = {"col", "row", "colgroup", "rowgroup"}

    def __init__(self):
        super().__init__()
        self.found, self.open, self.in_caption = [], [], False

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            table = {"caption": "", "scopes": [], "parts": []}
            self.found.append(table)
            self.open.append(table)
        elif tag == "caption":
            self.in_caption = True
        elif tag == "th":
            self.open[-1]["scopes"].append(dict(attrs).get("scope"))
        elif self.open and tag in ("thead", "tbody"):
            self.open[-1]["parts"].append(tag)

    def handle_endtag(self, tag):
        if tag == "table":
            self.open.pop()
        elif tag == "caption":
            self.in_caption = False

    def handle_data(self, text):
        if self.in_caption:
            self.open[-1]["caption"] += text


def tables(html):
    parser = Tables()
    parser.feed(html)
    return parser.found


def test_every_table_has_a_caption_and_every_head_a_scope(client):
    site = small_site(companies=3)
    pages = site.pages | {"comparison of three": site.comparison(3)}
    found = {name: tables(client.get(path).content.decode()) for name, path in pages.items()}
    every = [(name, table) for name, those in found.items() for table in those]
    assert len(every) > 8
    for name, table in every:
        assert table["caption"].strip(), name
        assert table["scopes"], name
        assert set(table["scopes"]) <= Tables.SCOPES, name
        # Heads apart from the rows, for who jumps from row to row.
        assert table["parts"][0] == "thead", name
        assert "tbody" in table["parts"], name


def test_two_tables_of_a_page_are_not_called_the_same(client):
    for name, path in small_site(companies=3).pages.items():
        captions = [table["caption"] for table in tables(client.get(path).content.decode())]
        # The bars of two claims may say the same of both, which stand in articles of their own.
        told_apart = [caption for caption in captions if "Basis" not in caption]
        assert len(told_apart) == len(set(told_apart)), name


def test_a_table_without_caption_or_scope_would_be_noticed():
    (bad,) = tables("<table><tr><th>a</th><th scope=down>b</th></tr></table>")
    assert bad == {"caption": "", "scopes": [None, "down"], "parts": []}
