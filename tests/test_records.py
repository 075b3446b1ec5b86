"""Flat records for CSV and JSON, which never leave their citation behind."""

from decimal import Decimal

import pytest

from companies.comparison import compare
from companies.evidence import Agreement, Tier
from companies.fact_check import fact_check
from companies.models import Claim, ClaimKind, Company, Role, Source, Technology
from companies.records import (
    claim_record,
    columns_of,
    company_record,
    comparison_records,
    source_record,
    statement_record,
    technology_record,
)
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    DomainFactory,
    SourceFactory,
)

CITATION = {
    "scope",
    "basis",
    "as_of",
    "grade",
    "disputed",
    "source_title",
    "source_publisher",
    "source_published_on",
    "source_url",
    "locator",
    "url",
}


def absolute(path):
    return f"https://stackfacts.example{path}"


def test_columns_are_those_of_any_record_in_the_order_they_appear():
    assert columns_of([{"b": 1}, {"a": 1, "b": 2}, {"c": 3}]) == ["b", "a", "c"]
    assert columns_of([]) == []


@pytest.mark.django_db
class TestRecords:
    @pytest.fixture
    def claim(self):
        claim = ClaimFactory(
            key="acme-01",
            company=CompanyFactory(slug="acme", name="Acme"),
            kind=ClaimKind.MIGRATION,
            title="Faster",
            text="It got faster.",
            domain=DomainFactory(slug="web"),
            scope="checkout",
            basis="median request",
            as_of="2016-05",
            figure_before=Decimal("7.5"),
            quotation="Hardly believed it.",
            speaker="Ada",
            speaker_role="engineer",
            note="Their own measurement.",
            source=SourceFactory(
                title="A post",
                publisher="Acme Blog",
                published_on="2016",
                url="https://acme.example/",
            ),
            locator="page 3",
            shares={"Go": 62.5, "Java": 20},
            technologies={"Rust": Role.CHOSE},
        )
        CitationFactory(claim=claim, source__url="https://daily.example/")
        CitationFactory(
            claim=claim,
            source__url="https://weekly.example/",
            source__tier=Tier.SECONDARY,
            agreement=Agreement.CONTRADICTS,
        )
        return Claim.objects.with_parts().get()

    def test_a_claim_is_recorded_with_all_its_parts_and_its_citation(self, claim):
        assert claim_record(claim, absolute) == {
            "company": "acme",
            "company_name": "Acme",
            "key": "acme-01",
            "kind": "migration",
            "title": "Faster",
            "text": "It got faster.",
            "domain": "web",
            "technologies": "Rust (chose)",
            "shares": "Go: 62.5%; Java: 20%",
            "figure": "7.5 → 14 milliseconds",
            "figure_value": 14,
            "figure_before": 7.5,
            "figure_unit": "milliseconds",
            "figure_qualifier": "exactly",
            "quotation": "Hardly believed it.",
            "speaker": "Ada",
            "speaker_role": "engineer",
            "note": "Their own measurement.",
            "further_sources": "agrees: https://daily.example/; contradicts: https://weekly.example/",
            "scope": "checkout",
            "basis": "median request",
            "as_of": "2016-05",
            "grade": "primary",
            "disputed": True,
            "source_title": "A post",
            "source_publisher": "Acme Blog",
            "source_published_on": "2016",
            "source_url": "https://acme.example/",
            "locator": "page 3",
            "url": "https://stackfacts.example/claims/acme-01/",
        }

    def test_a_claim_with_nothing_but_a_text_has_empty_columns(self):
        ClaimFactory(source__author="Grace")
        record = claim_record(Claim.objects.with_parts().get(), absolute)
        assert record["figure_value"] is None
        for column in ("domain", "technologies", "shares", "figure", "quotation", "speaker"):
            assert record[column] == ""

    def test_the_speaker_of_a_quotation_may_be_the_sources_author(self):
        ClaimFactory(kind=ClaimKind.QUOTE, speaker="", source__author="Grace")
        assert claim_record(Claim.objects.with_parts().get(), absolute)["speaker"] == "Grace"

    @pytest.mark.parametrize(
        ("value", "number"), [("148000000", 148_000_000), ("99.92", 99.92), ("-3", -3), ("0", 0)]
    )
    def test_a_number_is_whole_where_it_is(self, value, number):
        ClaimFactory(kind=ClaimKind.KEY_FIGURE, figure_value=Decimal(value))
        recorded = claim_record(Claim.objects.with_parts().get(), absolute)["figure_value"]
        assert recorded == number
        assert type(recorded) is type(number)

    def test_a_company_is_recorded_with_its_number_of_claims(self, claim):
        record = company_record(Company.objects.with_claim_count().get(), absolute)
        assert record["company"] == "acme"
        assert record["claims"] == 1
        assert record["url"] == "https://stackfacts.example/companies/acme/"

    def test_a_technology_is_recorded_with_its_number_of_companies(self, claim):
        rust = Technology.objects.with_company_count().get(name="Rust")
        record = technology_record(rust, absolute)
        assert (record["name"], record["kind"], record["companies"]) == ("Rust", "language", 1)
        assert record["url"] == f"https://stackfacts.example/technologies/{rust.slug}/"

    def test_a_source_is_recorded_with_its_own_address_and_ours(self, claim):
        source = Source.objects.with_statement_count().get(title="A post")
        record = source_record(source, absolute)
        assert record["statements"] == 1
        assert record["source_url"] == "https://acme.example/"
        assert record["url"] == f"https://stackfacts.example/sources/{source.key}/"

    def test_a_statement_is_recorded_beside_the_claim_and_its_citation(self, claim):
        citation = claim.citations.get(agreement=Agreement.CONTRADICTS)
        (statement,) = fact_check(citation.source).statements
        record = statement_record(statement, absolute)
        assert record["statement"] == "It puts it otherwise."
        assert record["verdict"] == "contradicted"
        assert (record["key"], record["claim"]) == ("acme-01", "It got faster.")
        assert set(record) >= CITATION
        assert record["source_url"] == "https://acme.example/"

    def test_a_claim_on_a_first_hand_source_is_a_first_hand_statement(self, claim):
        (statement,) = fact_check(claim.source).statements
        assert statement_record(statement, absolute)["verdict"] == "first-hand"

    def test_a_comparison_is_recorded_statement_by_statement(self, claim):
        other = ClaimFactory(company__name="Zeta", source__tier=Tier.SECONDARY)
        companies = Company.objects.select_related("parent")
        records = list(comparison_records(compare(companies), absolute))
        (stated,) = [r for r in records if r["row"] == "Migrations" and r["value"]]
        assert stated["value"] == "Faster: It got faster."
        assert stated["key"] == "acme-01"
        assert set(stated) >= CITATION
        (empty,) = [r for r in records if r["row"] == "Migrations" and not r["value"]]
        assert empty["company"] == other.company.slug
        assert empty["empty"] == "not recorded"
        (fact,) = [r for r in records if r["row"] == "Kind" and r["company"] == "acme"]
        assert fact["url"] == "https://stackfacts.example/companies/acme/"
