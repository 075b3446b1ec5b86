"""What `make lighthouse` makes of a report, and the lock that it installs from."""

import json
from datetime import date

import pytest

from tests.lighthouse import installation, report
from tests.lighthouse.measurement import CATEGORIES, Versions, read

LOCK = json.loads(installation.LOCK.read_text(encoding="utf-8"))


@pytest.fixture
def found():
    """As Lighthouse writes it, with all that is read."""
    audit = {"scoreDisplayMode": "binary", "score": 1, "title": "Links can be told apart"}
    requests = [
        {"url": "http://127.0.0.1:1/", "transferSize": 4800},
        {"url": "http://127.0.0.1:1/static/css/site.css", "transferSize": 5200},
        {"url": "data:image/png;base64,AA==", "transferSize": 0},
    ]
    return {
        "categories": {
            name: {"score": 1, "auditRefs": [{"id": "links", "weight": 1}]} for name in CATEGORIES
        },
        "audits": {
            "links": audit,
            "network-requests": {"details": {"items": requests}},
            "cumulative-layout-shift": {"numericValue": 0.0052},
        },
    }


def test_a_page_with_the_best_scores_has_nothing_to_complain_of(found):
    measured = read(found, "home", "mobile")
    assert measured.is_perfect
    assert measured.complaints == []
    assert (measured.requests, measured.transferred) == (2, 10_000)


def test_a_lower_score_is_not_perfect_and_names_what_cost_it(found):
    found["categories"]["seo"]["score"] = 0.9
    found["audits"]["links"]["score"] = 0
    measured = read(found, "home", "mobile")
    assert not measured.is_perfect
    assert measured.scores["seo"] == 90
    assert "seo: Links can be told apart" in measured.complaints


def test_a_category_without_a_score_is_not_perfect(found):
    found["categories"]["performance"]["score"] = None
    assert read(found, "home", "mobile").scores["performance"] == 0


def test_the_report_has_a_row_for_each_measurement(found):
    measured = read(found, "profile", "desktop")
    text = report.text(date(2026, 11, 24), Versions("12.8.2", "156"), [measured, measured], 3)
    assert "on 24 November 2026, with Lighthouse 12.8.2 and Chromium 156" in text
    row = "| profile | desktop | 100 | 100 | 100 | 100 | 2 | 10.0 kB | 0.0052 | 1 |\n"
    assert text.count(row) == 2


def test_the_lock_pins_every_package_by_hash_and_names_no_address_to_fetch_it_from():
    packages = {name: package for name, package in LOCK["packages"].items() if name}
    assert len(packages) > 100
    assert [name for name, package in packages.items() if "integrity" not in package] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []
