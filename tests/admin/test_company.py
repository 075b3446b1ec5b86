import pytest

from companies.admin.company import CLAIMS_SHOWN
from companies.models import Company, FormerSlug, Gap
from tests.admin.conftest import address
from tests.admin.posting import company_data, rows
from tests.factories import (
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    FormerSlugFactory,
    SourceFactory,
    TechnologyFactory,
)


def save(client, company, **given):
    return client.post(address("company_change", company.pk), company_data(company) | given)


def test_a_company_is_added_with_its_other_names(admin_client):
    data = company_data() | rows("aliases", [{"name": "Netflix, Inc."}, {"name": "Qwikster"}])
    assert admin_client.post(address("company_add"), data).status_code == 302
    company = Company.objects.get()
    assert [alias.name for alias in company.aliases.all()] == ["Netflix, Inc.", "Qwikster"]


def test_a_changed_slug_keeps_the_old_address_and_says_so(admin_client):
    company = CompanyFactory(slug="facebook")
    response = save(admin_client, company, slug="meta")
    company.refresh_from_db()
    assert company.slug == "meta"
    assert company.former_slugs.get().slug == "facebook"
    html = admin_client.get(response.url).content.decode()
    assert "The old address, facebook, redirects to meta from now on." in html


def test_the_slug_goes_back_while_its_former_address_is_on_the_page(admin_client):
    company = CompanyFactory(slug="meta")
    former = FormerSlugFactory(company=company, slug="facebook")
    row = {"id": former.pk, "company": company.pk, "slug": "facebook"}
    data = rows("former_slugs", [row | {"DELETE": "on"}], saved=1)
    assert save(admin_client, company, slug="facebook", **data).status_code == 302
    assert [former.slug for former in FormerSlug.objects.all()] == ["meta"]


def test_a_former_address_of_another_company_is_refused(admin_client, errors):
    FormerSlugFactory(slug="facebook")
    assert errors(save(admin_client, CompanyFactory(), slug="facebook")).keys() == {"slug"}


def test_the_present_address_is_no_former_one(admin_client, errors):
    data = rows("former_slugs", [{"slug": "netflix"}])
    response = admin_client.post(address("company_add"), company_data(**data))
    assert errors(response).keys() == {"former_slugs-0-slug"}


def test_a_company_can_not_belong_to_itself_or_its_own(admin_client, errors):
    company = CompanyFactory()
    child = CompanyFactory(parent=company)
    assert errors(save(admin_client, company, parent=company.pk)).keys() == {"parent"}
    assert errors(save(admin_client, company, parent=child.pk)).keys() == {"parent"}


def test_the_same_other_name_twice_is_refused(admin_client, errors):
    data = rows("aliases", [{"name": "Same"}, {"name": "Same"}])
    response = admin_client.post(address("company_add"), company_data(**data))
    assert errors(response)["aliases"] == ["This name is listed already."]


class TestGaps:
    def post(self, client, *gaps):
        gaps = [{"finding": "unknown", "looked_on": "2026-01-15"} | gap for gap in gaps]
        return client.post(address("company_add"), company_data(**rows("gaps", gaps)))

    def test_a_finding_is_saved(self, admin_client):
        assert self.post(admin_client, {"claim_kind": "quote"}).status_code == 302
        assert Gap.objects.get().claim_kind == "quote"

    @pytest.mark.parametrize(
        ("gap", "field"),
        [
            ({}, "claim_kind"),
            ({"claim_kind": "quote", "finding": "none"}, "source"),
            ({"claim_kind": "quote", "looked_on": "2999-01-01"}, "looked_on"),
            ({"claim_kind": "quote", "finding": ""}, "finding"),
        ],
    )
    def test_a_broken_rule_is_told_beside_its_field(self, admin_client, errors, gap, field):
        assert errors(self.post(admin_client, gap)).keys() == {f"gaps-0-{field}"}

    def test_two_findings_on_one_subject_are_refused(self, admin_client, errors):
        gap = {"claim_kind": "quote", "technology": TechnologyFactory().pk}
        found = errors(self.post(admin_client, gap, gap))
        assert found.keys() == {"gaps-1-claim_kind"}

    def test_two_findings_swap_their_subjects(self, admin_client):
        self.post(admin_client, {"claim_kind": "quote"}, {"claim_kind": "weakness"})
        company = Company.objects.get()
        one, two = company.gaps.all()
        given = [
            {
                "id": gap.pk,
                "company": company.pk,
                "claim_kind": kind,
                "finding": "unknown",
                "looked_on": "2026-01-15",
            }
            for gap, kind in ((one, "weakness"), (two, "quote"))
        ]
        response = save(admin_client, company, **rows("gaps", given, saved=2))
        assert response.status_code == 302
        assert [gap.claim_kind for gap in company.gaps.all()] == ["weakness", "quote"]


class TestItsClaims:
    def test_each_is_listed_under_its_kind_with_its_status(self, admin_client):
        company = CompanyFactory()
        quote = ClaimFactory(company=company, kind="quote", title="Said so", status="draft")
        html = admin_client.get(address("company_change", company.pk)).content.decode()
        assert f'<a href="{address("quote_change", quote.pk)}">Said so</a>' in html
        assert '<span class="quiet">Draft</span>' in html

    def test_many_are_cut_and_linked(self, admin_client):
        company, source = CompanyFactory(), SourceFactory()
        for _ in range(CLAIMS_SHOWN + 2):
            ClaimFactory(company=company, source=source)
        html = admin_client.get(address("company_change", company.pk)).content.decode()
        url = f"{address('claim_changelist')}?company={company.pk}&amp;kind__exact=use_case"
        assert f'<a href="{url}">all {CLAIMS_SHOWN + 2}</a>' in html

    def test_an_added_company_has_no_such_section(self, admin_client):
        assert "claims-by-kind" not in admin_client.get(address("company_add")).content.decode()


def test_the_list_counts_claims_and_published_ones(admin_client):
    company = CompanyFactory()
    ClaimFactory(company=company)
    ClaimFactory(company=company, status="draft")
    CompanyAliasFactory(company=company)
    (row,) = admin_client.get(address("company_changelist")).context["cl"].result_list
    assert (row.claim_count, row.public_claim_count) == (2, 1)
