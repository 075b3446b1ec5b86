import json
from decimal import Decimal

import pytest

from companies.exchange.revisions import record, record_deletion, record_missing
from companies.models import Action, Claim, Company, Revision, Status, Subject
from companies.models.revision import ContentEncoder, as_stored
from tests.exchange.changing import ANN, last, save
from tests.factories import (
    ClaimFactory,
    CompanyFactory,
    CompanyListFactory,
    DomainFactory,
    FormerSlugFactory,
    RevisionFactory,
    SourceFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "number",
    [
        "0.1",
        "0.000001",
        "0.123456",
        "999999999.123456",
        "-999999999.123456",
        "99999999999999.9",
        "12345678901234.5",
        "60.125",
    ],
)
def test_a_number_of_up_to_fifteen_digits_comes_back_exactly(number):
    content = {"figure": {"value": Decimal(number)}, "key": "a"}
    revision = RevisionFactory(content=content)
    revision.refresh_from_db()
    assert Decimal(str(revision.content["figure"]["value"])) == Decimal(number)
    assert revision.content == as_stored(content)


def test_a_whole_number_of_any_size_comes_back_as_one():
    revision = RevisionFactory(content={"value": 123_456_789_012_345_000})
    revision.refresh_from_db()
    assert revision.content["value"] == 123_456_789_012_345_000
    assert type(revision.content["value"]) is int


def test_what_is_no_content_is_refused():
    with pytest.raises(TypeError, match="not JSON serializable"):
        json.dumps({"text": b"bytes"}, cls=ContentEncoder)


def test_text_of_any_kind_comes_back():
    text = "→ ü 東 “quoted” \"'\\ <script> \U0001f600 two\nlines\ttab \x01 \x1f \x7f"
    revision = RevisionFactory(content={"text": text})
    revision.refresh_from_db()
    assert revision.content == as_stored({"text": text}) == {"text": text}


@pytest.mark.parametrize(
    ("values", "status", "is_published", "title"),
    [
        ({"content": {"key": "a", "title": "A"}}, "published", True, "A"),
        ({"content": {"status": "draft"}, "name": "a-1"}, "draft", False, "a-1"),
        ({"content": {}, "action": Action.DELETED, "name": "a-1"}, "published", False, "a-1"),
        ({"subject": Subject.SOURCE, "content": {"title": "S"}}, "", True, "S"),
        ({"subject": Subject.DOMAIN, "content": {"name": "D"}}, "", True, "D"),
        ({"subject": Subject.COMPANY, "content": {"name": "C"}}, "published", True, "C"),
        ({"subject": Subject.LIST, "content": {"status": "withdrawn"}}, "withdrawn", False, "x"),
    ],
)
def test_a_revision_knows_its_entrys_status_and_title(values, status, is_published, title):
    revision = RevisionFactory(**{"name": "x", **values})
    assert (revision.status, revision.is_published, revision.title) == (status, is_published, title)


@pytest.mark.parametrize(
    ("subject", "address"),
    [
        (Subject.CLAIM, "/claims/a/"),
        (Subject.COMPANY, "/companies/a/"),
        (Subject.SOURCE, "/sources/a/"),
        (Subject.TECHNOLOGY, "/technologies/a/"),
        (Subject.DOMAIN, "/domains/a/"),
        (Subject.LIST, "/lists/a/"),
    ],
)
def test_an_address_is_that_of_the_entrys_page(subject, address):
    assert RevisionFactory(subject=subject, name="a").address == address


@pytest.mark.parametrize("number", [1, 3])
def test_the_latest_of_each_entry_takes_two_queries(django_assert_num_queries, number):
    rows = ClaimFactory.create_batch(number)
    other = ClaimFactory()
    record_missing()
    wanted = {row.pk: save(row, title="Second")[0] for row in rows}
    RevisionFactory(subject=Subject.SOURCE, subject_id=rows[0].pk)
    save(other, title="Second")
    with django_assert_num_queries(2):
        assert Revision.objects.latest_of(Subject.CLAIM, [*wanted, 1_000_000]) == wanted
    assert Revision.objects.latest_of(Subject.CLAIM, []) == {}


def made(row, *titles, **columns):
    return [save(row, title=title, **columns)[0] for title in titles]


def test_before_is_the_last_public_change_and_the_last_state_that_was_shown():
    claim, other = ClaimFactory(), ClaimFactory()
    record_missing()
    first = last(claim)
    (second,) = made(claim, "2")
    (hidden,) = made(claim, "3", status=Status.WITHDRAWN)
    made(claim, "4", "5")
    (again,) = made(claim, "6", status=Status.PUBLISHED)
    made(other, "2")
    RevisionFactory(subject=Subject.SOURCE, subject_id=claim.pk)

    def before(*revisions):
        return list(Revision.objects.before(one.pk for one in revisions))

    assert before(first) == []
    assert before(second) == [first]
    assert before(hidden) == [second]
    assert before(again) == [second, hidden]
    assert before(again, second) == [first, second, hidden]


@pytest.mark.parametrize("number", [1, 3])
def test_before_takes_one_query(django_assert_num_queries, number):
    rows = ClaimFactory.create_batch(number)
    record_missing()
    new = [made(row, "Second")[0].pk for row in rows]
    with django_assert_num_queries(1):
        assert len(Revision.objects.before(new)) == number


def shown(row):
    """Whether the revision of the entry is public, and whether the entry is linked."""
    found = Revision.objects.public().with_entry().filter(pk=last(row).pk)
    return [(revision.is_shown, revision.company_name) for revision in found]


def test_a_published_claim_is_told_with_its_companys_name():
    claim = ClaimFactory(company__name="Acme")
    record_missing()
    assert shown(claim) == [(True, "Acme")]
    Company.objects.update(name="Acme, Inc.")
    assert shown(claim) == [(True, "Acme, Inc.")]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_claims_of_an_unpublished_company_are_not_told(status):
    claim = ClaimFactory(company__status=status)
    record_missing()
    assert shown(claim) == []
    Company.objects.update(status=Status.PUBLISHED)
    assert len(shown(claim)) == 1


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
@pytest.mark.parametrize("factory", [ClaimFactory, CompanyFactory, CompanyListFactory])
def test_an_entry_that_was_never_published_is_not_told(factory, status):
    row = factory(status=status)
    record_missing()
    assert shown(row) == []


@pytest.mark.parametrize("factory", [ClaimFactory, CompanyFactory, CompanyListFactory])
def test_a_withdrawn_entry_is_told_without_being_shown(factory):
    row = factory()
    record_missing()
    save(row, status=Status.WITHDRAWN)
    assert [is_shown for is_shown, _ in shown(row)] == [False]


def test_a_deleted_claim_is_told_as_long_as_its_company_is_published():
    claim = ClaimFactory(company__name="Acme")
    record_missing()
    record_deletion(Subject.CLAIM, [claim.pk], ANN)
    pk = claim.pk
    claim.delete()
    claim.pk = pk
    assert shown(claim) == [(False, "Acme")]
    Company.objects.update(status=Status.WITHDRAWN)
    assert shown(claim) == []


def test_a_deleted_domain_is_told():
    domain = DomainFactory()
    record(Subject.DOMAIN, [domain.pk], ANN)
    assert shown(domain) == [(True, None)]
    record_deletion(Subject.DOMAIN, [domain.pk], ANN)
    pk = domain.pk
    domain.delete()
    domain.pk = pk
    assert shown(domain) == [(False, None)]


def test_a_source_or_technology_is_told_only_while_something_published_names_it():
    source, technology = SourceFactory(), TechnologyFactory()
    ClaimFactory(source=source, technologies=[technology])
    record_missing()
    assert shown(source) == shown(technology) == [(True, None)]
    Claim.objects.update(status=Status.WITHDRAWN)
    assert shown(source) == shown(technology) == []
    Claim.objects.update(status=Status.PUBLISHED)
    assert shown(source) == shown(technology) == [(True, None)]


def test_what_a_source_or_technology_was_before_anything_published_named_it_is_never_told():
    source, technology = SourceFactory(), TechnologyFactory()
    record_missing()
    ClaimFactory(source=source, technologies=[technology])
    assert shown(source) == shown(technology) == []


def test_hidden_companies_are_those_at_whose_address_nobody_finds_one():
    FormerSlugFactory(slug="former", company=CompanyFactory(slug="here"))
    FormerSlugFactory(slug="former-secret", company=CompanyFactory(slug="secret", status="draft"))
    slugs = {"here", "former", "secret", "former-secret", "gone"}
    assert Company.objects.hidden(slugs) == {"secret", "former-secret", "gone"}


def test_where_no_company_is_named_none_is_looked_for(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Company.objects.hidden(set()) == set()


@pytest.mark.parametrize("number", [1, 3])
def test_public_changes_with_their_entries_take_one_query(django_assert_num_queries, number):
    ClaimFactory.create_batch(number, technologies=["Python"])
    CompanyListFactory.create_batch(number, source=SourceFactory())
    record_missing()
    with django_assert_num_queries(1):
        found = list(Revision.objects.public().with_entry())
    assert {revision.is_shown for revision in found} == {True}
    assert {revision.subject for revision in found} == {*Subject} - {Subject.DOMAIN}
