import pytest
from django.contrib import admin
from django.urls import reverse

from companies.admin.links import KIND_FORMS
from companies.models import Claim, Company, CompanyList, Domain, Proposal, Source, Technology
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    CompanyListFactory,
    DomainFactory,
    GapFactory,
    SourceFactory,
    TechnologyFactory,
)

MODELS = [Claim, *KIND_FORMS, Company, Technology, Source, Domain, CompanyList]


def an_entry(model):
    if issubclass(model, Claim):
        kinds = getattr(model, "kinds", ("use_case",))
        claim = ClaimFactory(kind=kinds[0], technologies=["Django"], domain=DomainFactory())
        CitationFactory(claim=claim)
        return claim
    if model is Company:
        company = CompanyFactory()
        CompanyAliasFactory(company=company)
        GapFactory(company=company)
        ClaimFactory(company=company)
        return company
    if model is CompanyList:
        return CompanyListFactory(companies=[CompanyFactory()])
    return {Technology: TechnologyFactory, Source: SourceFactory, Domain: DomainFactory}[model]()


def test_every_model_of_the_catalogue_with_a_page_is_tested_here():
    registered = {m for m in admin.site._registry if m._meta.app_label == "companies"}
    # A proposal is no entry and has pages of its own: test_proposal.py.
    assert registered == {*MODELS, Proposal}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
class TestPages:
    def page(self, model, name, *args):
        return reverse(f"admin:companies_{model._meta.model_name}_{name}", args=args)

    def test_list_answers_while_it_is_empty(self, admin_client, model):
        assert admin_client.get(self.page(model, "changelist")).status_code == 200

    def test_list_shows_an_entry(self, admin_client, model):
        entry = an_entry(model)
        response = admin_client.get(self.page(model, "changelist"))
        assert response.context["cl"].result_count == 1
        assert self.page(model, "change", entry.pk) in response.content.decode()

    def test_list_answers_with_counts_beside_its_filters(self, admin_client, model):
        an_entry(model)
        assert admin_client.get(self.page(model, "changelist") + "?_facets").status_code == 200

    def test_list_sorts_by_each_of_its_columns(self, admin_client, model):
        an_entry(model)
        columns = len(admin.site._registry[model].list_display)
        for column in range(1, columns + 1):
            url = f"{self.page(model, 'changelist')}?o=-{column}"
            assert admin_client.get(url).status_code == 200

    def test_add_page_answers(self, admin_client, model):
        assert admin_client.get(self.page(model, "add")).status_code == 200

    def test_change_page_answers(self, admin_client, model):
        url = self.page(model, "change", an_entry(model).pk)
        assert admin_client.get(url).status_code == 200

    def test_delete_page_answers(self, admin_client, model):
        url = self.page(model, "delete", an_entry(model).pk)
        assert admin_client.get(url).status_code == 200

    def test_history_page_answers(self, admin_client, model):
        url = self.page(model, "history", an_entry(model).pk)
        assert admin_client.get(url).status_code == 200

    def test_change_page_answers_who_may_only_look(self, client_with, model):
        client = client_with(f"view_{model._meta.model_name}")
        response = client.get(self.page(model, "change", an_entry(model).pk))
        assert response.status_code == 200
        assert 'name="_save"' not in response.content.decode()
        assert "new_source" not in response.content.decode()

    def test_no_page_has_inline_script_or_style(self, admin_client, model):
        entry = an_entry(model)
        pages = (("changelist",), ("add",), ("change", entry.pk), ("delete", entry.pk))
        for page in pages:
            html = admin_client.get(self.page(model, *page)).content.decode()
            assert "style=" not in html
            assert "<style" not in html
            assert "javascript:" not in html
