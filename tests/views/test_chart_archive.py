"""The numbers behind a chart at a dated address, where the archived page leads to them."""

from decimal import Decimal

import pytest

from companies.exchange.revisions import record_missing
from companies.models import ClaimKind, Status
from companies.reading_day import today
from tests.archive.at_days import day, main, on
from tests.exchange.changing import save
from tests.factories import ClaimFactory
from tests.views.reading import csv_rows, words

pytestmark = pytest.mark.django_db

PATH = "/claims/acme-01/chart.csv"


@pytest.fixture
def claim():
    """60 % on the first day, 70 % from the third on."""
    with on(1):
        row = ClaimFactory(
            key="acme-01",
            kind=ClaimKind.CODEBASE_SHARE,
            company__slug="acme",
            shares={"Python": 60},
            basis="services",
        )
        record_missing()
    with on(3):
        row.shares.update(percentage=Decimal(70))
        save(row, basis="lines")
    return row


def then(client, number, **query):
    return client.get(PATH, {"as_of": day(number), **query})


def numbers(response):
    assert response.status_code == 200
    return [(row["bar"], row["value"], row["basis"]) for row in csv_rows(response)]


def test_a_file_of_a_day_has_what_the_chart_of_that_day_draws(client, claim):
    first, third = numbers(then(client, 2)), numbers(then(client, 3))
    assert [row[1:] for row in first] == [("60", "services"), ("40", "services")]
    assert [row[1:] for row in third] == [("70", "lines"), ("30", "lines")]
    assert numbers(client.get(PATH)) == third
    assert then(client, 2)["Content-Disposition"] == (
        f'attachment; filename="acme-01-{day(2)}-chart.csv"'
    )
    assert then(client, 2)["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("page", ["/claims/acme-01/", "/companies/acme/"])
def test_the_chart_of_an_archived_page_leads_to_the_file_of_its_day(client, claim, page):
    link = f'href="{PATH}?as_of={day(2)}"'.encode()
    assert link in main(client.get(page, {"as_of": day(2)}))
    live = client.get(page).content
    assert f'href="{PATH}"'.encode() in live
    assert b"chart.csv?" not in live


def test_a_file_of_a_day_keeps_every_byte_when_the_claim_is_changed_or_withdrawn(client, claim):
    before = then(client, 2).content
    save(claim, status=Status.WITHDRAWN)
    assert then(client, 2).content == before
    assert client.get(PATH).status_code == 404


def test_a_day_before_the_history_or_of_no_kind_is_refused_in_words(client, claim):
    assert then(client, 0).status_code == 404
    assert client.get(PATH, {"as_of": "2026-02-30"}).status_code == 400
    assert "Write a real day" in words(client.get(PATH, {"as_of": "x"}))
    assert client.get("/claims/nobody/chart.csv", {"as_of": day(1)}).status_code == 404
    led = client.get(PATH, {"as_of": today().isoformat()})
    assert (led.status_code, led["Location"]) == (302, PATH)


def test_a_claim_that_had_no_chart_that_day_has_no_file_of_it(client, claim):
    with on(1):
        ClaimFactory(key="plain")
        record_missing()
    assert client.get("/claims/plain/chart.csv", {"as_of": day(1)}).status_code == 404


def test_a_draft_has_no_file_of_any_day(client, claim):
    with on(4):
        save(claim.company, status=Status.DRAFT)
    assert then(client, 2).status_code == 404
