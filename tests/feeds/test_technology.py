"""The feed of one technology, and the page of the same changes."""

import pytest
from django.db import connection

from companies.exchange.revisions import record_deletion, record_missing
from companies.merging import merge, plan
from companies.models import ClaimKind, Company, Revision, Role, Status, Subject, revision
from tests.exchange.changing import ANN, save
from tests.factories import (
    ClaimFactory,
    FormerTechnologySlugFactory,
    RevisionFactory,
    TechnologyFactory,
)
from tests.feeds.reading import ATOM, links, read, texts
from tests.views.reading import words

pytestmark = pytest.mark.django_db

PATH = "/technologies/python/changes.atom"


@pytest.fixture
def python():
    """The technology, which one claim of “Keeper” always names, so that it has a page."""
    row = TechnologyFactory(slug="python", name="Python")
    ClaimFactory(title="Keeper", company__name="Keep", technologies={row: Role.USES})
    record_missing()
    Revision.objects.filter(subject=Subject.CLAIM).exclude(content__title="Keeper").delete()
    return row


def titles(client, path=PATH):
    return texts(read(client, path).findall(f"{ATOM}entry"), "title")


def claim(**given):
    row = ClaimFactory(title="Back end", company__name="Acme", company__slug="acme", **given)
    record_missing()
    return row


def test_it_tells_of_the_technology_and_the_claims_that_name_it_alone(client, python):
    named = claim(technologies={python: Role.REJECTED})
    claim_of_another = ClaimFactory(title="Other", technologies={"Java": Role.USES})
    record_missing()
    save(named, title="Servers")
    save(python, summary="A language.")
    save(claim_of_another, title="Else")
    feed = read(client, PATH)
    assert texts([feed], "title") == ["Stackfacts: what changed about Python"]
    assert texts([feed], "id") == [f"tag:testserver,2026:technology/{python.pk}"]
    assert links(feed) == {
        "alternate": "http://testserver/technologies/python/",
        "self": f"http://testserver{PATH}",
    }
    assert titles(client) == [
        "Changed: Python",
        "Changed: Acme: Servers",
        "Published: Acme: Back end",
        "Added: Python",
        "Published: Keep: Keeper",
    ]


def test_a_share_names_it_as_well(client, python):
    claim(kind=ClaimKind.CODEBASE_SHARE, shares={python: 60})
    assert titles(client)[0] == "Published: Acme: Back end"


def drop(row):
    row.claim_technologies.all().delete()
    row.shares.all().delete()
    save(row)


def test_a_claim_that_names_it_no_more_is_told_with_its_history(client, python):
    shares = claim(kind=ClaimKind.CODEBASE_SHARE, shares={python: 60, "Java": 40})
    drop(shares)
    assert titles(client)[:2] == ["Changed: Acme: Back end", "Published: Acme: Back end"]
    newest = read(client, PATH).find(f"{ATOM}entry")
    assert "Python" in newest.findtext(f"{ATOM}summary") or "python" in newest.findtext(
        f"{ATOM}summary"
    )


def test_a_withdrawn_and_a_deleted_claim_are_told(client, python):
    row = claim(technologies={python: Role.USES})
    save(row, status=Status.WITHDRAWN)
    assert titles(client)[0] == "Withdrawn: Acme: Back end"
    other = ClaimFactory(title="Gone", company=row.company, technologies={python: Role.USES})
    record_missing()
    record_deletion(Subject.CLAIM, [other.pk], ANN)
    other.delete()
    assert titles(client)[0] == "Deleted: Acme: Gone"


def test_what_only_a_draft_names_is_not_told(client, python):
    row = claim()
    save(row, status=Status.WITHDRAWN)
    row.claim_technologies.create(technology=python, role=Role.USES)
    save(row, status=Status.DRAFT)
    draft = ClaimFactory(status=Status.DRAFT, technologies={python: Role.USES})
    record_missing()
    save(draft, title="Secret")
    assert titles(client) == ["Added: Python", "Published: Keep: Keeper"]


def test_claims_of_a_hidden_company_are_not_told(client, python):
    row = claim(technologies={python: Role.USES})
    save(row.company, status=Status.WITHDRAWN)
    assert titles(client) == ["Added: Python", "Published: Keep: Keeper"]


def test_a_text_that_looks_like_the_name_is_not_one(client, python):
    row = claim(text='It says "technology": "python" here.')
    save(row, title="Servers")
    assert titles(client) == ["Added: Python", "Published: Keep: Keeper"]


def test_a_slug_that_begins_alike_is_another(client, python):
    other = TechnologyFactory(slug="python-3", name="Python 3")
    row = claim(technologies={other: Role.USES})
    drop(row)
    assert titles(client) == ["Added: Python", "Published: Keep: Keeper"]


def test_it_has_what_was_said_of_one_that_was_merged_into_it(client, python):
    other = TechnologyFactory(slug="cpython", name="CPython")
    row = claim(technologies={other: Role.USES})
    dropped = ClaimFactory(title="Dropped", company=row.company, technologies={other: Role.USES})
    record_missing()
    drop(dropped)
    merge(plan(python, [other]), ANN)
    told = titles(client)
    assert {"Changed: Acme: Back end", "Changed: Acme: Dropped"} <= set(told)
    moved = client.get("/technologies/cpython/changes.atom")
    assert (moved.status_code, moved["Location"]) == (301, PATH)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_a_technology_that_nothing_published_names_has_no_feed(client, python, status):
    FormerTechnologySlugFactory(technology=python, slug="cpython")
    Company.objects.update(status=status)
    for path in (PATH, "/technologies/cpython/changes.atom", "/technologies/x/changes.atom"):
        page = client.get(path)
        assert page.status_code == 404
        assert "There is no technology at the address" in page.content.decode()


def test_what_no_longer_names_it_is_looked_for_among_the_last_changes(client, python, monkeypatch):
    row = claim(technologies={python: Role.USES})
    drop(row)
    assert titles(client)[0] == "Changed: Acme: Back end"
    monkeypatch.setattr(revision, "_LATELY", 1)
    assert titles(client)[0] == "Changed: Acme: Back end"
    save(python, summary="A language.")
    assert titles(client) == ["Changed: Python", "Added: Python", "Published: Keep: Keeper"]


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_for_one_and_for_three(
    client, django_assert_num_queries, python, number
):
    rows = ClaimFactory.create_batch(number, technologies={python: Role.USES})
    record_missing()
    for row in rows:
        drop(row)
    with django_assert_num_queries(5):
        client.get(PATH)
    with django_assert_num_queries(5):
        client.get("/changes/?technology=python")


def test_what_is_about_a_technology_is_found_without_reading_the_whole_history(python):
    """By the plan of the database, which tells tables that are read from end to end."""
    Revision.objects.bulk_create(RevisionFactory.build(editor=None) for _ in range(3000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    plan = Revision.objects.about_technology(python).order_by().explain().splitlines()
    wrong = ("Seq Scan on companies_revision", "SCAN companies_revision")
    assert [line for line in plan if any(one in line for one in wrong)] == []
    assert any("revision_of_subject" in line for line in plan)


def page(client, **query):
    return client.get("/changes/", query)


@pytest.mark.parametrize("named", ["python", "cpython", "Python", "PYTHON", " python "])
def test_the_same_changes_are_a_page_by_address_or_name(client, python, named):
    FormerTechnologySlugFactory(technology=python, slug="cpython")
    other = claim()
    save(other, title="Another's")
    found = page(client, technology=named)
    assert found.status_code == 200
    assert "Only what is about Python." in words(found)
    assert "Keeper" in words(found)
    assert "Another's" not in words(found)
    assert f'<a href="{PATH}">a feed</a>' in found.content.decode()
    records = client.get("/changes/", {"technology": named, "format": "json"}).json()
    assert len(records) == 2


def test_a_page_of_a_company_and_a_technology_has_what_is_about_both(client, python):
    row = claim(technologies={python: Role.USES})
    save(row.company, summary="It makes rockets.")
    found = page(client, technology="python", company="acme")
    assert "Only what is about both Acme (feed) and Python (feed)." in words(found)
    assert "Back end" in words(found)
    assert "Keeper" not in words(found)
    assert "rockets" not in words(found)


def test_a_technology_that_there_is_not_is_refused_in_words(client, python):
    for named in ("x", "a\0b", "p" * 121):
        assert page(client, technology=named).status_code == 400
    assert "There is no technology called “x”." in words(page(client, technology="x"))
    Company.objects.update(status=Status.DRAFT)
    assert "There is no technology called “python”." in words(page(client, technology="python"))


def test_the_page_of_the_technology_leads_to_both(client, python):
    body = client.get("/technologies/python/").content.decode()
    assert f'<a href="{PATH}">Feed</a>' in body
    assert '<a href="/changes/?technology=python">History</a>' in body
