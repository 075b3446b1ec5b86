import datetime
import re

import pytest
from django.conf import settings

from companies import review_interval
from companies.models import ClaimKind
from tests.process import ROOT

TODAY = datetime.date(2026, 11, 24)


def test_every_kind_has_an_interval():
    assert set(review_interval.MONTHS) == set(ClaimKind.values)


def test_the_limit_lies_the_interval_before_today():
    assert review_interval.limits(TODAY) == {
        datetime.date(2025, 11, 24): ["key_figure", "codebase_share"],
        datetime.date(2024, 11, 24): ["use_case", "open_source"],
        datetime.date(2023, 11, 24): ["strength", "weakness"],
    }


def test_one_variable_overrides_single_kinds(settings):
    settings.REVIEW_MONTHS = {"key_figure": 6, "quote": 1200, "use_case": 0}
    months = review_interval.months()
    assert months["key_figure"] == 6
    assert months["codebase_share"] == 12
    limits = review_interval.limits(TODAY)
    assert limits[datetime.date(2026, 5, 24)] == ["key_figure"]
    assert limits[datetime.date(1926, 11, 24)] == ["quote"]
    assert not any("use_case" in kinds for kinds in limits.values())


@pytest.mark.parametrize(
    ("day", "number", "before"),
    [
        ("2026-11-24", 12, "2025-11-24"),
        ("2026-01-31", 1, "2025-12-31"),
        ("2026-12-31", 12, "2025-12-31"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
    ],
)
def test_a_shorter_month_ends_earlier(day, number, before):
    day, before = datetime.date.fromisoformat(day), datetime.date.fromisoformat(before)
    assert review_interval.months_before(day, number) == before


def test_the_readme_says_how_long_each_kind_stays_fresh():
    (row,) = re.findall(r"^\| `REVIEW_MONTHS` \|.*", (ROOT / "README.md").read_text(), re.MULTILINE)
    said = {}
    for part in re.split(r"[:,] (?=12|24|36|never)", row)[1:]:
        number = 0 if part.startswith("never") else int(part[:2])
        said |= dict.fromkeys(re.findall(r"`(\w+)`", part), number)
    assert said == review_interval.MONTHS


def test_nothing_is_overridden_unless_asked_for():
    assert settings.REVIEW_MONTHS == {}
