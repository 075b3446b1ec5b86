"""What a visitor reads on a page, and the rows of a list in all three of its forms."""

import csv
import html
import io
import re

# Letters in place of a logo, beside the name itself; screen readers pass them over.
_MONOGRAM = re.compile(r'<svg class="logo monogram.*?</svg>', re.DOTALL)
# The only way in which a page of ours may ask for a script.
_MODULE = '<script type="module" src="/static/js/'
_DATA = re.compile(r'<script type="application/ld\+json">[^<>&]*</script>')
_INLINE = r"</?(a|abbr|b|code|em|q|span|strong|time|label)\b[^>]*>"


def words(response):
    """The text of the page between masthead and footer, with single spaces."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    assert main, "the page has no <main>"
    blocks = _MONOGRAM.sub("", main[0]).replace('<span class="under">', "<br>")
    text = re.sub(r"<[^>]*>", " ", re.sub(_INLINE, "", blocks))
    return " ".join(html.unescape(text).split())


def headings(response, level):
    body = _MONOGRAM.sub("", response.content.decode())
    found = re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", body, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]*>", "", heading)).strip() for heading in found]


def links(response):
    return [
        html.unescape(link) for link in re.findall(r'href="([^"]*)"', response.content.decode())
    ]


def has_script(body):
    """Any but our own modules, and what machines read, which nothing in it can end."""
    return "<script" in _DATA.sub("", body.replace(_MODULE, ""))


def csv_rows(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))


def listed(client, path, **query):
    """The keys of the rows that a list shows: on its first page, as JSON and as CSV alike."""
    page = client.get(path, query)
    assert page.status_code == 200
    rows = [row.slug if hasattr(row, "slug") else row.key for row in page.context["page"]]
    as_json = client.get(path, {**query, "format": "json"}).json()
    as_csv = csv_rows(client.get(path, {**query, "format": "csv"}))
    for records in (as_json, as_csv):
        assert [_key(record) for record in records] == rows
    return rows


def _key(record):
    """A claim's record names its company as well, so the key goes first."""
    return next(
        record[name] for name in ("key", "company", "technology", "source") if name in record
    )
