import pytest
from django.test import RequestFactory

from companies.api import freshness
from companies.exchange.revisions import NOBODY, record
from companies.models import Revision, Subject
from tests.factories import CompanyFactory, RevisionFactory

pytestmark = pytest.mark.django_db

NOON = 1_790_000_000.0 - 1_790_000_000 % 3600


def etag(path="/api/v1/companies", now=NOON, **headers):
    return freshness.validator(RequestFactory().get(path, **headers), now)


def test_it_stays_while_nothing_changes():
    RevisionFactory()
    assert etag() == etag()
    assert etag(now=NOON) == etag(now=NOON + 3599)


def test_another_address_or_question_or_host_has_another(settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    found = {
        etag(),
        etag("/api/v1/claims"),
        etag("/api/v1/companies?limit=2"),
        etag(HTTP_HOST="other.example"),
    }
    assert len(found) == 4


def test_a_recorded_change_makes_another():
    company = CompanyFactory()
    record(Subject.COMPANY, [company.pk], NOBODY)
    before = etag()
    company.summary = "Another."
    company.save()
    record(Subject.COMPANY, [company.pk], NOBODY)
    assert etag() != before


def test_a_change_that_commits_after_a_later_one_makes_another():
    RevisionFactory(pk=10_000)
    RevisionFactory(pk=10_002)
    before = etag()
    RevisionFactory(pk=10_001)
    assert etag() != before


def test_a_late_change_is_seen_where_there_are_more_than_are_looked_at():
    template = RevisionFactory(pk=20_000)
    numbers = [20_001 + number for number in range(1500) if number != 1200]
    rows = [Revision(pk=pk, **_content(template)) for pk in numbers]
    Revision.objects.bulk_create(rows)
    before = etag()
    Revision.objects.bulk_create([Revision(pk=20_001 + 1200, **_content(template))])
    assert etag() != before


def _content(template):
    names = ("subject", "subject_id", "name", "action", "content", "was_public", "made_at")
    return {name: getattr(template, name) for name in names}


def test_what_came_in_behind_the_history_is_seen_within_the_hour():
    assert etag(now=NOON) != etag(now=NOON + 3600)


def test_an_upgrade_makes_another(monkeypatch):
    before = etag()
    monkeypatch.setattr(freshness, "_release", lambda: "another")
    assert etag() != before


def test_a_site_without_a_history_has_one():
    assert Revision.objects.count() == 0
    assert etag().startswith('W/"')


@pytest.mark.parametrize(
    ("sent", "known"),
    [
        ('W/"a"', True),
        ('"x", W/"a"', True),
        ('"a"', False),
        ("*", False),
        ("", False),
        ('W/"a', False),
    ],
)
def test_the_client_knows_an_answer_whose_etag_it_names(sent, known):
    request = RequestFactory().get("/", headers={"If-None-Match": sent})
    assert freshness.is_known(request, 'W/"a"') == known
