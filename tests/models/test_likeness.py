"""What two entries share if they may be one entered twice."""

import pytest

from companies.models import Company, Source, Technology
from tests.factories import (
    CompanyAliasFactory,
    CompanyFactory,
    SourceFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


def twins(model):
    return {row.pk for row in model.objects.possible_duplicates()}


@pytest.mark.parametrize(
    ("name", "likeness"),
    [
        ("Acme", "acme"),
        ("ACME, Inc.", "acme"),
        ("Acme GmbH", "acme"),
        ("Acme Co., Ltd.", "acme"),
        ("Acme-Works Limited", "acmeworks"),
        ("Acme Group", "acmegroup"),
        ("Incubator", "incubator"),
        ("Zinc", "zinc"),
        ("37signals", "37signals"),
        ("Inc.", ""),
    ],
)
def test_a_company_name_is_compared_without_case_signs_and_legal_form(name, likeness):
    assert CompanyFactory(name=name).name_likeness == likeness


@pytest.mark.parametrize(
    ("name", "likeness"),
    [
        ("Node.js", "node"),
        ("NodeJS", "node"),
        ("node", "node"),
        ("D3.js", "d3"),
        ("JSON", "json"),
        ("Ruby on Rails", "rubyonrails"),
        ("C", "c"),
        ("C++", "c++"),
        ("C#", "c#"),
        ("F*", "f*"),
        (".NET", "net"),
    ],
)
def test_a_technology_name_is_compared_without_signs_and_a_final_js(name, likeness):
    assert TechnologyFactory(name=name).name_likeness == likeness


@pytest.mark.parametrize(
    ("website", "likeness"),
    [
        ("", ""),
        ("https://www.acme.example/", "acme.example"),
        ("http://ACME.example", "acme.example"),
        ("https://github.com/acme/", "github.com/acme"),
        ("https://engineering.acme.example/", "engineering.acme.example"),
    ],
)
def test_a_website_is_compared_without_scheme_www_and_final_slash(website, likeness):
    assert CompanyFactory(website=website).website_likeness == likeness


def test_a_likeness_follows_its_row_however_that_is_written():
    company = CompanyFactory(name="Acme")
    Company.objects.filter(pk=company.pk).update(name="Ajax Ltd")
    assert Company.objects.get().name_likeness == "ajax"


class TestCompanies:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({"name": "Acme"}, {"name": "ACME, Inc."}),
            ({"website": "https://acme.example"}, {"website": "http://www.acme.example/"}),
            ({"wikidata": "Q907311"}, {"wikidata": "Q907311"}),
        ],
    )
    def test_both_of_a_pair_are_found_and_no_others(self, one, other):
        pair = {CompanyFactory(**one).pk, CompanyFactory(**other).pk}
        CompanyFactory()
        CompanyFactory(website="https://other.example", wikidata="Q1")
        assert twins(Company) == pair

    def test_a_name_that_is_another_ones_alias(self):
        meta, facebook = CompanyFactory(name="Meta"), CompanyFactory(name="Facebook")
        CompanyAliasFactory(company=meta, name="Facebook, Inc.")
        CompanyFactory()
        assert twins(Company) == {meta.pk, facebook.pk}

    def test_an_alias_that_two_have(self):
        aliases = [CompanyAliasFactory(name="Facebook"), CompanyAliasFactory(name="facebook")]
        assert twins(Company) == {alias.company_id for alias in aliases}

    def test_an_alias_like_the_companys_own_name_or_another_of_its_own_is_none(self):
        company = CompanyFactory(name="Acme")
        for name in ("Acme Inc.", "ACME", "Ajax", "Ajax Ltd"):
            CompanyAliasFactory(company=company, name=name)
        assert twins(Company) == set()

    def test_what_is_empty_is_no_likeness(self):
        CompanyFactory(name="Inc.")
        CompanyAliasFactory(company=CompanyFactory(name="Ltd."), name="Co.")
        CompanyAliasFactory(name="Corp.")
        assert {row.website for row in Company.objects.all()} == {""}
        assert twins(Company) == set()

    def test_projects_on_one_host_are_not_alike(self):
        CompanyFactory(website="https://github.com/acme")
        CompanyFactory(website="https://github.com/ajax")
        assert twins(Company) == set()

    @pytest.mark.parametrize("alias", [False, True])
    def test_a_withdrawn_one_neither_is_nor_has_a_twin(self, alias):
        withdrawn = CompanyFactory(name="Acme", status="withdrawn")
        if alias:
            CompanyAliasFactory(company=withdrawn, name="Ajax")
            CompanyFactory(name="Ajax")
        else:
            CompanyFactory(name="Acme")
        assert twins(Company) == set()


class TestTechnologies:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({"name": "Node.js"}, {"name": "NodeJS"}),
            ({"website": "https://www.postgresql.org/"}, {"website": "http://postgresql.org"}),
        ],
    )
    def test_both_of_a_pair_are_found_and_no_others(self, one, other):
        pair = {TechnologyFactory(**one).pk, TechnologyFactory(**other).pk}
        for name in ("C", "C++", "C#", "Java", "JavaScript"):
            TechnologyFactory(name=name)
        assert twins(Technology) == pair


class TestSources:
    def test_title_and_publisher_in_any_case(self):
        pair = {
            SourceFactory(title="Python at Netflix", publisher="Netflix").pk,
            SourceFactory(title="PYTHON at Netflix", publisher="netflix").pk,
        }
        SourceFactory(title="Python at Netflix", publisher="Heise")
        SourceFactory(title="Java at Netflix", publisher="Netflix")
        assert twins(Source) == pair


def test_three_are_found_like_two():
    for name in ("Acme", "Acme Inc", "Acme Ltd"):
        CompanyFactory(name=name)
    assert len(twins(Company)) == 3
