"""Feeds as a strict reader takes them: whatever RFC 4287 does not allow is refused.

The rules are those of its sections 3 and 4 that hold for what we write; extensions are refused.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ONCE = {"id", "title", "updated"}
AT_MOST_ONCE = {
    "feed": {"generator", "icon", "logo", "rights", "subtitle"},
    "entry": {"content", "published", "rights", "source", "summary"},
}
OFTEN = {"feed": {"author", "category", "contributor", "link", "entry"}}
OFTEN["entry"] = OFTEN["feed"] - {"entry"}
TEXTS = {"title", "subtitle", "summary", "rights"}
# RFC 3339, with the capitals that Atom asks for.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
# RFC 4151: a host that somebody had on a day, and what they call it.
TAG = re.compile(
    r"tag:[a-z0-9]([a-z0-9.-]*[a-z0-9])?,\d{4}(-\d\d(-\d\d)?)?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]*"
)


def read(client, path="/changes.atom", **extra):
    """The root of a feed that is valid."""
    response = client.get(path, **extra)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return valid(response.content)


def valid(content):
    root = ElementTree.fromstring(content)  # noqa: S314 - our own
    assert root.tag == f"{ATOM}feed"
    _check(root, "feed")
    found = root.findall(f"{ATOM}entry")
    for entry in found:
        _check(entry, "entry")
        assert entry.findtext(f"{ATOM}published") <= entry.findtext(f"{ATOM}updated")
    assert [rel for rel in _rels(root) if rel == "self"] == ["self"]
    assert root.find(f"{ATOM}author") is not None
    identities = texts(found, "id")
    assert len(set(identities)) == len(identities)
    if found:
        assert root.findtext(f"{ATOM}updated") == max(texts(found, "updated"))
    return root


def _check(element, kind):
    assert set(element.attrib) <= {XML_LANG}
    assert not (element.text or "").strip()
    names = [child.tag.removeprefix(ATOM) for child in element]
    counts = Counter(names)
    assert set(names) <= ONCE | AT_MOST_ONCE[kind] | OFTEN[kind]
    assert {name: counts[name] for name in ONCE} == dict.fromkeys(ONCE, 1)
    assert all(counts[name] <= 1 for name in AT_MOST_ONCE[kind])
    # There is a place to go to, and one only of each kind.
    assert Counter(_rels(element))["alternate"] == 1
    for name, child in zip(names, element, strict=True):
        assert not (child.tail or "").strip()
        _check_child(name, child)


def _check_child(name, child):
    if name in TEXTS:
        assert set(child.attrib) <= {"type", XML_LANG}
        assert child.get("type", "text") in ("text", "html")
        assert len(child) == 0
        if name == "title":
            assert child.text.strip()
    elif name in ("updated", "published"):
        assert MOMENT.fullmatch(child.text)
        assert datetime.datetime.fromisoformat(child.text)
    elif name == "id":
        assert TAG.fullmatch(child.text), child.text
    elif name == "link":
        assert set(child.attrib) <= {"href", "rel", "type", "hreflang", "title", "length"}
        assert re.fullmatch(r"https?://[^\s<>\"]+", child.get("href"))
    elif name in ("author", "contributor"):
        (person,) = [one.text for one in child if one.tag == f"{ATOM}name"]
        assert person.strip()


def _rels(element):
    return [link.get("rel", "alternate") for link in element.findall(f"{ATOM}link")]


def entries(client, path="/changes.atom", **extra):
    return read(client, path, **extra).findall(f"{ATOM}entry")


def texts(elements, name):
    return [element.findtext(f"{ATOM}{name}") for element in elements]


def links(element):
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}
