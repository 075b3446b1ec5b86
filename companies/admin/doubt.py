"""What a page asks once: “the value changed, its source did not”.

Saving the same again confirms it.
"""

from __future__ import annotations

import hashlib
from typing import Any

ADVICE = "its source did not. If the source says so, save again."


def token_of(values: list[Any]) -> str:
    """What the page sends along when the same is saved once more."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]
