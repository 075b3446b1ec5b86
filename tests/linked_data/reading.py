"""The data in a page, as a machine finds it."""

from __future__ import annotations

import json
import re
from typing import Any

_BLOCK = re.compile(r'<script type="application/ld\+json">([^<>&]*)</script>')


def data_in(page: str) -> dict[str, Any]:
    """What the only block holds; an empty dict without one."""
    blocks = _BLOCK.findall(page)
    assert len(blocks) == page.count("ld+json") <= 1
    return json.loads(blocks[0], object_pairs_hook=_once) if blocks else {}


def items_in(page: str) -> list[dict[str, Any]]:
    return data_in(page).get("@graph", [])


def item_in(page: str, kind: str) -> dict[str, Any]:
    (found,) = (item for item in items_in(page) if item["@type"] == kind)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    assert len(found) == len(pairs), pairs
    return found
