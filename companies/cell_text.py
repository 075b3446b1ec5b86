"""Text in the cells of a spreadsheet, which must never run as a formula.

An apostrophe goes before a text that starts like one, and before a text that already starts with
apostrophes and then like one; so exactly one comes off again, and every text comes back as it was.
"""

from __future__ import annotations

import re

# A spreadsheet runs a cell that starts with one of these.
_FORMULA = re.compile("'*[=+\\-@\t\r]")
_GUARDED = re.compile("'+[=+\\-@\t\r]")


def inert(value: object) -> object:
    """The value as a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value


def original(cell: str) -> str:
    """The text that `inert` made the cell from."""
    return cell[1:] if _GUARDED.match(cell) else cell
