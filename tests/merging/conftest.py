from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from companies.exchange.revisions import Cause
from companies.merging import Plan, merge, plan

CAUSE = Cause("Ann", "They are the same.")


@pytest.fixture
def merged(db: Any) -> Callable[..., Plan]:
    """Merge the others into the first and return what was planned."""

    def into(survivor: Any, *others: Any) -> Plan:
        made = plan(survivor, others)
        assert made.obstacles == []
        merge(made, CAUSE)
        survivor.refresh_from_db()
        return made

    return into


@pytest.fixture
def obstacles(db: Any) -> Callable[..., list[str]]:
    """What stands in the way, each with the rows that it is about."""

    def found(survivor: Any, *others: Any) -> list[Any]:
        return [(one.sentence, list(one.rows)) for one in plan(survivor, others).obstacles]

    return found
