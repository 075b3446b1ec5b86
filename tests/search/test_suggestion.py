import pytest

from companies.exchange.revisions import record_missing
from companies.models import Role
from companies.search import suggestions
from tests.factories import ClaimFactory, CompanyAliasFactory, CompanyFactory

pytestmark = pytest.mark.django_db


def names(text):
    return [one.name for one in suggestions(text)]


def test_names_that_begin_so_come_first_and_the_shortest_of_them():
    for name in ("Python Works", "Pythia", "Monty Python"):
        CompanyFactory(name=name)
    ClaimFactory(company__name="Acme", technologies={"Python": Role.USES})
    record_missing()
    assert names("pyt") == ["Pythia", "Python", "Python Works", "Monty Python"]
    assert names("python w") == ["Python Works"]
    assert names("PYTHON") == ["Python", "Python Works", "Monty Python"]


def test_another_name_leads_to_its_company_once():
    company = CompanyFactory(name="Meta")
    CompanyAliasFactory(company=company, name="Facebook")
    CompanyAliasFactory(company=company, name="Facebook Inc.")
    record_missing()
    (only,) = suggestions("face")
    assert (only.name, only.subject, only.address) == (
        "Facebook",
        "company",
        company.get_absolute_url(),
    )


def test_at_most_eight_are_suggested():
    for number in range(12):
        CompanyFactory(name=f"Zed {number}")
    record_missing()
    assert len(names("z")) == 8


@pytest.mark.parametrize("text", ["", " ", "?", '"', "xyz", "a" * 5000, "\0"])
def test_a_text_that_no_name_begins_with_suggests_nothing(text):
    CompanyFactory(name="Acme")
    record_missing()
    assert names(text) == []
