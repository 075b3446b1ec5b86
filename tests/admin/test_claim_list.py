import datetime

import pytest

from companies.admin.claim_filters import years_ago
from companies.evidence import Agreement, Tier
from companies.models import ClaimKind, Status
from tests.admin.conftest import address
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    DomainFactory,
    SourceFactory,
    TechnologyFactory,
)


@pytest.fixture
def listed(admin_client):
    """The titles that the list of all claims shows, in its order."""

    def titles(page="claim", **query):
        response = admin_client.get(address(f"{page}_changelist"), query)
        assert response.status_code == 200
        return [claim.title for claim in response.context["cl"].result_list]

    return titles


def today():
    return datetime.datetime.now(tz=datetime.UTC).date()


class TestFilters:
    def test_kind(self, listed):
        ClaimFactory(title="figure", kind=ClaimKind.KEY_FIGURE)
        ClaimFactory(title="quote", kind=ClaimKind.QUOTE)
        assert listed(kind__exact="quote") == ["quote"]

    def test_the_list_of_a_kind_holds_only_that_kind(self, listed):
        ClaimFactory(title="figure", kind=ClaimKind.KEY_FIGURE)
        ClaimFactory(title="decision", kind=ClaimKind.DECISION)
        ClaimFactory(title="migration", kind=ClaimKind.MIGRATION)
        assert listed("decision") == ["decision", "migration"]
        assert listed("decision", kind__exact="migration") == ["migration"]

    def test_status(self, listed):
        ClaimFactory(title="draft", status=Status.DRAFT)
        ClaimFactory(title="published")
        assert listed(status__exact="draft") == ["draft"]

    def test_tier(self, listed):
        ClaimFactory(title="primary")
        ClaimFactory(title="secondary", source__tier=Tier.SECONDARY)
        assert listed(source__tier__exact="secondary") == ["secondary"]

    def test_domain(self, listed):
        web = DomainFactory()
        ClaimFactory(title="web", domain=web)
        ClaimFactory(title="none")
        assert listed(domain__id__exact=web.pk) == ["web"]
        assert listed(domain__isnull="True") == ["none"]

    def test_grade(self, listed):
        ClaimFactory(title="measured", source__tier=Tier.MEASURED)
        ClaimFactory(title="primary")
        ClaimFactory(title="reported", source__tier=Tier.SECONDARY)
        twice = ClaimFactory(title="corroborated", source__tier=Tier.SECONDARY)
        CitationFactory(claim=twice, source__tier=Tier.SECONDARY)
        for grade in ("measured", "primary", "corroborated", "reported"):
            assert listed(grade=grade) == [grade]

    def test_dispute(self, listed):
        ClaimFactory(title="calm")
        CitationFactory(claim__title="disputed", agreement=Agreement.CONTRADICTS)
        assert listed(disputed="yes") == ["disputed"]
        assert listed(disputed="no") == ["calm"]

    def test_check(self, listed):
        ClaimFactory(title="never")
        ClaimFactory(title="old", checked_on=years_ago(2), checked_by="Ada")
        ClaimFactory(title="recent", checked_on=today(), checked_by="Ada")
        for checked in ("never", "old", "recent"):
            assert listed(checked=checked) == [checked]

    def test_age_counts_from_the_last_day_a_date_can_mean(self, listed):
        limit = years_ago(3)
        day_before = limit - datetime.timedelta(days=1)
        for as_of in (
            "",
            limit.isoformat(),
            limit.isoformat()[:7],
            limit.isoformat()[:4],
            day_before.isoformat(),
            str(limit.year - 1),
            f"{limit.year - 1}-12",
        ):
            ClaimFactory(title=as_of or "undated", as_of=as_of)
        old = {day_before.isoformat(), str(limit.year - 1), f"{limit.year - 1}-12"}
        assert set(listed(age="3")) == old
        assert listed(age="5") == []
        assert listed(age="undated") == ["undated"]

    def test_a_leap_day_has_an_anniversary(self, monkeypatch):
        class LeapDay(datetime.datetime):
            @classmethod
            def now(cls, tz=None):
                return cls(2028, 2, 29, tzinfo=tz)

        monkeypatch.setattr("companies.admin.claim_filters.datetime.datetime", LeapDay)
        assert years_ago(1) == datetime.date(2027, 2, 28)
        assert years_ago(4) == datetime.date(2024, 2, 29)

    def test_one_company_source_or_technology_that_a_link_names(self, listed):
        python = TechnologyFactory(name="Python")
        claim = ClaimFactory(title="wanted", technologies=[python])
        ClaimFactory(title="share", kind=ClaimKind.CODEBASE_SHARE, shares={python: 60})
        ClaimFactory(title="other")
        assert listed(company=claim.company_id) == ["wanted"]
        assert listed(source=claim.source_id) == ["wanted"]
        assert listed(cites=CitationFactory(claim=claim).source_id) == ["wanted"]
        assert listed(technology=python.pk) == ["wanted", "share"]

    def test_a_named_company_stands_in_the_sidebar(self, admin_client):
        company = CompanyFactory(name="Netflix")
        html = admin_client.get(address("claim_changelist"), {"company": company.pk}).content
        assert b"By company" in html
        assert b"By company" not in admin_client.get(address("claim_changelist")).content

    def test_a_named_company_goes_with_counts(self, admin_client):
        claim = ClaimFactory(company__name="Netflix")
        query = {"company": claim.company_id, "_facets": "True"}
        html = admin_client.get(address("claim_changelist"), query).content.decode()
        assert "Netflix (1)" in html

    @pytest.mark.parametrize(
        "query",
        [
            {"company": "abc"},
            {"source": "9" * 30},
            {"technology": "1; DROP TABLE"},
            {"grade": "best"},
            {"checked_on__exact": "x"},
        ],
    )
    def test_a_value_that_means_nothing_shows_nothing(self, listed, admin_client, query):
        ClaimFactory()
        response = admin_client.get(address("claim_changelist"), query, follow=True)
        assert response.status_code == 200

    @pytest.mark.parametrize("query", [{"age": "7"}, {"checked": "x"}, {"disputed": "x"}])
    def test_a_choice_that_does_not_exist_filters_nothing(self, listed, query):
        ClaimFactory(title="one")
        assert listed(**query) == ["one"]


class TestSearch:
    @pytest.fixture
    def wanted(self):
        company = CompanyFactory(name="Netflix")
        CompanyAliasFactory(company=company, name="Qwikster")
        claim = ClaimFactory(
            company=company,
            key="netflix-vms",
            title="Zuul gateway",
            text="It routes everything.",
            quotation="Freedom and responsibility.",
            source=SourceFactory(title="Python at Scale", publisher="TechBlog"),
            technologies=["Jython", "Groovy"],
        )
        ClaimFactory(title="Unrelated")
        return claim

    @pytest.mark.parametrize(
        "term",
        [
            "netflix",
            "QWIKSTER",
            "netflix-vms",
            "zuul",
            "routes",
            "responsibility",
            "at scale",
            "techblog",
            "jython",
            "zuul qwikster",
        ],
    )
    def test_finds_a_claim_once_by(self, listed, wanted, term):
        assert listed(q=term) == ["Zuul gateway"]

    def test_finds_nothing_by_a_word_that_stands_nowhere(self, listed, wanted):
        assert listed(q="cobol") == []

    def test_survives_thousands_of_words(self, listed, wanted):
        assert listed(q="a " * 3000) == listed(q="a " * 100)


class TestColumns:
    def html(self, client, page="claim"):
        return client.get(address(f"{page}_changelist")).content.decode()

    def test_absent_values_are_said_in_words(self, admin_client):
        ClaimFactory(as_of="")
        html = self.html(admin_client)
        assert ">undated<" in html
        assert ">never<" in html

    def test_dates_and_figures_read_like_text(self, admin_client):
        ClaimFactory(kind=ClaimKind.KEY_FIGURE, as_of="2016-05", figure_value=2_000_000)
        html = self.html(admin_client, "keyfigure")
        assert "May 2016" in html
        assert "2 million milliseconds" in html

    def test_shares_technologies_and_speakers_have_their_column(self, admin_client):
        ClaimFactory(kind=ClaimKind.CODEBASE_SHARE, shares={"Python": 60, "Java": 40})
        ClaimFactory(technologies={"Django": "uses"})
        ClaimFactory(kind=ClaimKind.QUOTE, speaker="", source__author="Grace Hopper")
        assert "Python: 60%, Java: 40%" in self.html(admin_client, "codebaseshareclaim")
        assert ">Django<" in self.html(admin_client, "usecase")
        assert "Grace Hopper" in self.html(admin_client, "quote")

    def test_sorted_by_evidence_the_best_comes_first(self, listed):
        ClaimFactory(title="reported", source__tier=Tier.SECONDARY)
        ClaimFactory(title="measured", source__tier=Tier.MEASURED)
        ClaimFactory(title="primary")
        assert listed(o="5") == ["measured", "primary", "reported"]
