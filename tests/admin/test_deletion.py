import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import PROTECT, ProtectedError

from companies.admin.citing import USES
from companies.models import Claim, Company, CompanyList, Domain, Source, Technology
from tests.admin.conftest import address
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    ClaimTechnologyFactory,
    CodebaseShareFactory,
    CompanyFactory,
    CompanyListFactory,
    DomainFactory,
    GapFactory,
    SourceFactory,
    TechnologyFactory,
)


def delete(client, page, row):
    data = {"post": "yes", "reason": "Entered by mistake."}
    return client.post(address(f"{page}_delete", row.pk), data)


def delete_selected(client, page, rows, **confirmed):
    data = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    data |= {"reason": "Entered by mistake."}
    return client.post(address(f"{page}_changelist"), data | confirmed)


def used_source():
    source = SourceFactory()
    ClaimFactory(source=source, title="Rests on it")
    CitationFactory(source=source, claim__title="Cites it")
    GapFactory(source=source, company__name="Looked at")
    CompanyListFactory(source=source, title="Taken from it")
    return source, ["Rests on it", "Cites it", "Looked at", "Taken from it"]


def used_technology():
    technology = TechnologyFactory()
    ClaimTechnologyFactory(technology=technology, claim__title="Names it")
    CodebaseShareFactory(technology=technology, claim__title="Has a share")
    GapFactory(technology=technology, company__name="Looked at")
    return technology, ["Names it", "Has a share", "Looked at"]


def used_domain():
    domain = DomainFactory()
    ClaimFactory(domain=domain, title="Lies in it")
    GapFactory(domain=domain, company__name="Looked at")
    return domain, ["Lies in it", "Looked at"]


def used_company():
    company = CompanyFactory()
    ClaimFactory(company=company, title="Speaks of it")
    CompanyFactory(parent=company, name="Subsidiary")
    return company, ["Speaks of it", "Subsidiary"]


FREE = {
    "source": SourceFactory,
    "technology": TechnologyFactory,
    "domain": DomainFactory,
    "company": CompanyFactory,
}
USED = [
    ("source", used_source),
    ("technology", used_technology),
    ("domain", used_domain),
    ("company", used_company),
]


@pytest.mark.parametrize(("page", "make"), USED)
class TestRefusal:
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_one_row_in_use_is_kept_and_its_uses_are_listed(self, admin_client, page, make, method):
        row, names = make()
        response = getattr(admin_client, method)(address(f"{page}_delete", row.pk), {"post": "yes"})
        html = response.content.decode()
        assert response.status_code == 200
        assert "can't be deleted" in html
        for name in names:
            assert f"{name}</a>" in html
        assert type(row).objects.filter(pk=row.pk).exists()

    @pytest.mark.parametrize("confirmed", [{}, {"post": "yes"}])
    def test_several_rows_of_which_one_is_in_use_are_all_kept(
        self, admin_client, page, make, confirmed
    ):
        row, names = make()
        response = delete_selected(admin_client, page, [row, FREE[page]()], **confirmed)
        html = response.content.decode()
        assert response.status_code == 200
        assert "Nothing was deleted" in html
        for name in names:
            assert f"{name}</a> ({row})" in html
        assert type(row).objects.filter(pk=row.pk).exists()

    def test_the_change_page_lists_what_rests_on_it(self, admin_client, page, make):
        row, names = make()
        html = admin_client.get(address(f"{page}_change", row.pk)).content.decode()
        if page != "company":
            for name in names:
                assert f"{name}</a>" in html


def test_every_relation_that_protects_an_editable_row_has_its_words():
    protecting = {
        (model._meta.model_name, field.name)
        for model in apps.get_app_config("companies").get_models()
        for field in model._meta.local_fields
        if field.remote_field
        and field.remote_field.on_delete is PROTECT
        and field.remote_field.model in admin.site._registry
    }
    assert protecting == set(USES)


def test_the_refusal_links_to_the_form_of_the_claims_kind(admin_client):
    claim = ClaimFactory(kind="quote")
    html = admin_client.get(address("source_delete", claim.source_id)).content.decode()
    assert address("quote_change", claim.pk) in html


def test_a_long_list_is_cut_and_counted(admin_client):
    source = SourceFactory()
    company = CompanyFactory()
    for _ in range(13):
        ClaimFactory(source=source, company=company)
    html = admin_client.get(address("source_delete", source.pk)).content.decode()
    assert "Claims that rest on it: 13" in html
    assert html.count(address("usecase_change", 0).split("0/")[0]) >= 10
    more = f"{address('claim_changelist')}?source={source.pk}"
    assert f'<a href="{more}">and 3 more</a>' in html
    assert admin_client.get(more).context["cl"].result_count == 13


def test_a_claim_that_cites_a_source_twice_is_listed_once(admin_client):
    source, claim = SourceFactory(), ClaimFactory()
    CitationFactory(source=source, claim=claim, as_reported="One thing.")
    CitationFactory(source=source, claim=claim, as_reported="Another thing.")
    html = admin_client.get(address("source_delete", source.pk)).content.decode()
    assert "Claims that hold it against their own source: 1" in html


def test_the_refusal_advises_what_to_do_instead(admin_client):
    company, _names = used_company()
    html = admin_client.get(address("company_delete", company.pk)).content.decode()
    assert "Withdraw the company instead" in html
    html = delete_selected(admin_client, "company", [company]).content.decode()
    assert "Withdraw the company instead" in html


@pytest.mark.parametrize(
    ("page", "make", "model"),
    [
        ("source", SourceFactory, Source),
        ("technology", TechnologyFactory, Technology),
        ("domain", DomainFactory, Domain),
        ("company", CompanyFactory, Company),
        ("companylist", CompanyListFactory, CompanyList),
        ("usecase", ClaimFactory, Claim),
    ],
)
class TestDeletion:
    def test_one_unused_row_is_deleted(self, admin_client, page, make, model):
        assert delete(admin_client, page, make()).status_code == 302
        assert not model.objects.exists()

    def test_several_unused_rows_are_deleted(self, admin_client, page, make, model):
        rows = [make(), make()]
        assert delete_selected(admin_client, page, rows).status_code == 200
        assert delete_selected(admin_client, page, rows, post="yes").status_code == 302
        assert not model.objects.exists()


def test_a_claim_goes_with_its_rows(admin_client):
    citation = CitationFactory()
    ClaimTechnologyFactory(claim=citation.claim)
    assert delete(admin_client, "usecase", citation.claim).status_code == 302
    assert not Claim.objects.exists()
    assert Source.objects.filter(pk=citation.source_id).exists()


@pytest.mark.parametrize("bulk", [False, True])
def test_a_use_that_came_in_between_is_told(admin_client, monkeypatch, bulk):
    source = SourceFactory()
    monkeypatch.setattr("companies.admin.record.citing", lambda rows: [])

    def refuse(*args):
        raise ProtectedError("in use", {source})

    monkeypatch.setattr("django.contrib.admin.options.ModelAdmin.delete_model", refuse)
    monkeypatch.setattr("django.contrib.admin.options.ModelAdmin.delete_queryset", refuse)
    if bulk:
        response = delete_selected(admin_client, "source", [source], post="yes")
    else:
        response = delete(admin_client, "source", source)
    assert response.status_code == 302
    assert "new rests on" in admin_client.get(response.url).content.decode()
