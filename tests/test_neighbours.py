"""Which companies a profile leads to, and why."""

import pytest

from companies.models import Company, Role, Status
from companies.neighbours import neighbours
from companies.profile import technologies_in_use
from tests.factories import ClaimFactory, CompanyFactory

pytestmark = pytest.mark.django_db

UNPUBLISHED = [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN]


def user(name, *technologies, **fields):
    """A company that uses them, named and addressed alike."""
    company = CompanyFactory(name=name, slug=name.lower(), **fields)
    ClaimFactory(company=company, technologies=dict.fromkeys(technologies, Role.USES))
    return company


def of(company):
    company = Company.objects.select_related("parent").get(pk=company.pk)
    claims = list(company.claims.published().with_parts())
    return neighbours(company, technologies_in_use(claims))


def suggested(company):
    """Name, shared technologies and whether the industry is the same, in the order shown."""
    return [(one.company.name, one.names, one.is_same_industry) for one in of(company).suggestions]


def test_who_shares_most_technologies_comes_first_and_names_break_ties():
    acme = user("Acme", "Go", "Java", "Python")
    user("Zeta", "Go", "Java", "Python", "Rust")
    user("Beta", "Python")
    user("Alpha", "Java")
    user("None", "Rust")
    assert suggested(acme) == [
        ("Zeta", "Go, Java, Python", False),
        ("Alpha", "Java", False),
        ("Beta", "Python", False),
    ]


def test_the_same_industry_comes_before_more_technologies():
    acme = user("Acme", "Go", "Java", industry="Music")
    user("Both", "Go", "Java", industry="Banking")
    user("Some", "Go", industry="Music")
    user("Nothing", "Rust", industry="Music")
    assert suggested(acme) == [
        ("Some", "Go", True),
        ("Nothing", "", True),
        ("Both", "Go, Java", False),
    ]


def test_companies_of_no_industry_are_not_of_the_same():
    acme = user("Acme", "Go")
    user("Other", "Rust")
    assert suggested(acme) == []


def test_a_company_of_which_nothing_is_known_is_not_suggested_for_its_industry():
    acme = user("Acme", "Go", industry="Music")
    CompanyFactory(industry="Music")
    assert suggested(acme) == []


def test_only_what_is_in_use_counts_on_either_side_and_each_technology_once():
    acme = CompanyFactory(name="Acme")
    ClaimFactory(company=acme, technologies={"Go": Role.USES, "Perl": Role.MIGRATED_FROM})
    other = user("Other", "Go", "Perl")
    ClaimFactory(company=other, technologies={"Go": Role.CHOSE})
    left = CompanyFactory(name="Left")
    ClaimFactory(company=left, technologies={"Go": Role.REJECTED})
    assert suggested(acme) == [("Other", "Go", False)]


def test_a_share_of_the_codebase_is_a_use_of_ones_own():
    acme = CompanyFactory(name="Acme")
    ClaimFactory(company=acme, kind="codebase_share", shares={"Go": 80})
    user("Other", "Go")
    assert suggested(acme) == [("Other", "Go", False)]


def test_a_suggestion_leads_to_the_one_address_of_the_comparison():
    for name in ("Beta", "Alpha", "Gamma"):
        user(name, "Go")
    beta = Company.objects.get(slug="beta")
    addresses = [one.address for one in of(beta).suggestions]
    assert addresses == ["/compare/alpha-vs-beta/", "/compare/beta-vs-gamma/"]


def test_some_technologies_are_named_and_the_rest_counted():
    names = [f"T{number}" for number in range(7)]
    acme = user("Acme", *names)
    user("Other", *names)
    (one,) = of(acme).suggestions
    assert (one.names, one.further) == ("T0, T1, T2, T3", 3)


def test_no_more_are_suggested_than_can_be_read():
    acme = user("Acme", "Go", industry="Music")
    for number in range(9):
        user(f"Industry{number}", industry="Music")
        user(f"User{number}", "Go")
    assert [name for name, *_ in suggested(acme)] == [
        *(f"Industry{number}" for number in range(5)),
        "User0",
    ]


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_nothing_unpublished_leads_anywhere(status):
    acme = user("Acme", "Go", industry="Music")
    user("Hidden", "Go", industry="Music", status=status)
    draft = CompanyFactory(name="Draft", industry="Music")
    ClaimFactory(company=draft, status=status, technologies=["Go"])
    assert suggested(acme) == []


def test_a_company_belongs_with_its_parent_its_subsidiaries_and_its_siblings():
    parent = CompanyFactory(name="Parent", parent=CompanyFactory(name="Grandparent"))
    acme = CompanyFactory(name="Acme", parent=parent)
    for name, above in (("B", acme), ("A", acme), ("Twin", parent), ("Uncle", parent.parent)):
        CompanyFactory(name=name, parent=above)
    found = of(acme)
    assert found.parent == parent
    assert [one.name for one in found.subsidiaries] == ["A", "B"]
    assert [one.name for one in found.siblings] == ["Twin"]
    assert found.suggestions == []


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_an_unpublished_parent_is_not_told_by_its_other_children(status):
    parent = CompanyFactory(status=status)
    acme = CompanyFactory(parent=parent)
    CompanyFactory(parent=parent)
    CompanyFactory(parent=acme, status=status)
    found = of(acme)
    assert (found.parent, found.subsidiaries, found.siblings) == (None, [], [])


def test_of_many_siblings_some_are_named_and_the_rest_counted():
    parent = CompanyFactory()
    for number in range(15):
        CompanyFactory(name=f"S{number:02d}", parent=parent)
    found = of(Company.objects.get(name="S00"))
    assert [one.name for one in found.siblings] == [f"S{number:02d}" for number in range(1, 13)]
    assert found.further_siblings == 2


@pytest.mark.parametrize("number", [1, 3])
def test_two_queries_however_many_there_are(django_assert_num_queries, number):
    acme = user("Acme", "Go", "Java", industry="Music", parent=CompanyFactory())
    for one in range(number):
        user(f"Other{one}", "Go", "Java", industry="Music", parent=acme.parent)
        CompanyFactory(parent=acme)
    company = Company.objects.select_related("parent").get(pk=acme.pk)
    technologies = technologies_in_use(list(company.claims.published().with_parts()))
    with django_assert_num_queries(2):
        found = neighbours(company, technologies)
    assert len(found.suggestions) == len(found.siblings) == len(found.subsidiaries) == number
