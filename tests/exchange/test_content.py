"""What is read while it is written: how far, in which order, and of which moment."""

import pytest
from django.db import connection, models

from companies.exchange.content import Content, one_moment
from companies.models import Claim, Company
from tests.factories import ClaimFactory, CompanyFactory, CompanyListFactory


def read(content):
    return {row["slug"]: [claim["key"] for claim in claims] for row, claims in content.companies()}


@pytest.mark.django_db
def test_each_company_comes_with_its_own_claims_in_the_order_of_their_keys():
    # Databases with the rules of a language pass over the hyphen.
    for slug in ("ab", "a-c", "a", "none"):
        company = CompanyFactory(slug=slug)
        for number in (2, 10, 1) if slug != "none" else ():
            ClaimFactory(key=f"{slug}-{number}", company=company)
    assert read(Content(published=False)) == {
        slug: sorted(f"{slug}-{number}" for number in (1, 2, 10)) if slug != "none" else []
        for slug in ("a", "a-c", "ab", "none")
    }
    assert list(read(Content(published=False))) == ["a", "a-c", "ab", "none"]


@pytest.mark.django_db
def test_claims_that_nobody_takes_are_passed_over():
    for slug in ("acme", "bolt"):
        ClaimFactory(company__slug=slug)
        ClaimFactory(company=Company.objects.get(slug=slug))
    companies = Content(published=True).companies()
    assert [row["slug"] for row, _ in companies] == ["acme", "bolt"]


@pytest.mark.django_db
def test_no_claim_is_lost_if_its_company_can_not_be_found(monkeypatch):
    content = Content(published=False)
    ClaimFactory(company__slug="acme")
    monkeypatch.setattr(content, "_companies", Company.objects.none())
    with pytest.raises(RuntimeError, match="were passed over"):
        list(content.companies())


@pytest.mark.django_db
def test_rows_are_read_no_further_than_they_are_taken(monkeypatch):
    monkeypatch.setattr("companies.exchange.content.BATCH", 2)
    for number in range(9):
        ClaimFactory(company__slug=f"acme-{number}")
    made = []
    from_db = Claim.from_db.__func__

    def counted(cls, *args):
        made.append(cls)
        return from_db(cls, *args)

    monkeypatch.setattr(Claim, "from_db", classmethod(counted))
    companies = Content(published=False).companies()
    next(companies)
    assert 1 <= len(made) <= 4


@pytest.mark.django_db
def test_a_hidden_company_is_neither_parent_nor_on_a_list():
    hidden = CompanyFactory(slug="hidden", status="draft")
    shown = CompanyFactory(slug="shown", parent=hidden)
    CompanyListFactory(companies=[hidden, shown])
    content = Content(published=True)
    ((row, _),) = content.companies()
    assert "parent" not in row
    ((company_list),) = content.lists()
    assert company_list["entries"] == [{"company": "shown"}]


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_of_another_moment():
    claim = ClaimFactory(title="Before")
    other = connection.copy()
    try:
        with one_moment():
            content = Content(published=True)
            assert list(content.technologies()) == []
            query = Claim.objects.filter(pk=claim.pk).query.chain(models.sql.UpdateQuery)
            query.add_update_values({"title": "After"})
            sql, params = query.get_compiler(connection=other).as_sql()
            with other.cursor() as cursor:
                cursor.execute(sql, params)
            _, claims = next(content.companies())
            assert [row["title"] for row in claims] == ["Before"]
    finally:
        other.close()
    assert Claim.objects.get().title == "After"
