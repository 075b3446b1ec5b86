import datetime

import pytest
from django.contrib.admin.models import LogEntry

from companies.admin.links import KIND_FORMS
from companies.models import Claim, ClaimKind, Source
from tests.admin.conftest import address
from tests.admin.posting import claim_data, data_of, new_source, rows
from tests.factories import (
    ClaimFactory,
    CompanyFactory,
    FormerSourceKeyFactory,
    SourceFactory,
    TechnologyFactory,
)

QUOTED = {"quotation": "We use Python.", "speaker": "Ada Lovelace"}
COUNTED = {"figure_value": "14", "figure_unit": "ms", "figure_qualifier": "about"}
# The forms, and what an editor adds to the least that makes a claim.
KINDS = [
    ("usecase", "use_case", {}),
    ("codebaseshareclaim", "codebase_share", {}),
    ("keyfigure", "key_figure", COUNTED),
    ("decision", "decision", {"kind": "decision"}),
    ("decision", "migration", {"kind": "migration", **COUNTED, "figure_before": "750"}),
    ("strength", "strength", {"kind": "strength"}),
    ("strength", "weakness", {"kind": "weakness", **QUOTED}),
    ("quote", "quote", QUOTED),
    ("opensourcerelease", "open_source", {}),
    ("claim", "key_figure", {"kind": "key_figure", **COUNTED}),
]


def test_every_kind_has_a_form():
    assert {kind for model in KIND_FORMS for kind in model.kinds} == set(ClaimKind)


@pytest.mark.parametrize(("form", "kind", "given"), KINDS)
def test_each_form_creates_a_claim_of_its_kind(admin_client, form, kind, given):
    response = admin_client.post(address(f"{form}_add"), claim_data(**given))
    assert response.status_code == 302
    claim = Claim.objects.get()
    assert claim.kind == kind
    claim.full_clean()


@pytest.mark.parametrize(("form", "kind", "given"), KINDS)
def test_each_form_saves_an_unchanged_claim_as_it_was(admin_client, form, kind, given):
    claim = ClaimFactory(kind=kind)
    before = {
        name: value for name, value in vars(claim).items() if name not in ("_state", "updated")
    }
    url = address(f"{form}_change", claim.pk)
    prefix = {"claim_technologies": (), "citations": (), "shares": ()}
    data = data_of(claim)
    for name in prefix:
        related = list(getattr(claim, name).all())
        data |= rows(
            name,
            [
                {
                    "id": row.pk,
                    "claim": claim.pk,
                    "technology": row.technology_id,
                    "version": row.version,
                    "percentage": row.percentage,
                    "qualifier": row.qualifier,
                }
                for row in related
            ],
            saved=len(related),
        )
    response = admin_client.post(url, data)
    assert response.status_code == 302
    claim = Claim.objects.get()
    assert {name: getattr(claim, name) for name in before} == before


def test_a_form_of_one_kind_ignores_another_kind_that_is_sent(admin_client):
    admin_client.post(address("usecase_add"), claim_data(kind="quote"))
    assert Claim.objects.get().kind == "use_case"


def test_a_form_of_two_kinds_refuses_a_third(admin_client, errors):
    response = admin_client.post(address("decision_add"), claim_data(kind="quote"))
    assert "kind" in errors(response)


def test_a_kind_form_does_not_open_a_claim_of_another_kind(admin_client):
    claim = ClaimFactory(kind=ClaimKind.USE_CASE)
    assert admin_client.get(address("keyfigure_change", claim.pk)).status_code == 302


class TestKey:
    def test_an_empty_key_becomes_the_next_of_the_company(self, admin_client):
        company = CompanyFactory(slug="netflix")
        ClaimFactory(company=company, key="netflix-07")
        admin_client.post(address("usecase_add"), claim_data(company=company.pk))
        assert Claim.objects.filter(key="netflix-08").exists()

    def test_a_given_key_is_kept(self, admin_client):
        admin_client.post(address("usecase_add"), claim_data(key="netflix-views"))
        assert Claim.objects.get().key == "netflix-views"

    def test_a_taken_key_is_refused_beside_the_field(self, admin_client, errors):
        ClaimFactory(key="netflix-01")
        response = admin_client.post(address("usecase_add"), claim_data(key="netflix-01"))
        assert errors(response).keys() == {"key"}

    def test_a_key_can_not_be_changed_afterwards(self, admin_client):
        claim = ClaimFactory(key="netflix-01")
        data = data_of(claim, key="netflix-99", title="New title")
        assert admin_client.post(address("usecase_change", claim.pk), data).status_code == 302
        claim.refresh_from_db()
        assert (claim.key, claim.title) == ("netflix-01", "New title")


class TestPreselection:
    def test_company_and_kind_in_the_address_are_chosen(self, admin_client):
        company = CompanyFactory(name="Netflix")
        url = f"{address('strength_add')}?company={company.pk}&kind=weakness"
        html = admin_client.get(url).content.decode()
        assert f'<option value="{company.pk}" selected>Netflix</option>' in html
        assert '<input type="radio" name="kind" value="weakness"' in html
        assert "checked" in html.split('value="weakness"')[1][:80]

    def test_the_next_claim_starts_with_the_same_company_and_source(self, admin_client):
        company, source = CompanyFactory(), SourceFactory()
        data = claim_data(company=company.pk, source=source.pk, _addanother="1")
        response = admin_client.post(address("usecase_add"), data)
        assert response.url == f"{address('usecase_add')}?company={company.pk}&source={source.pk}"

    def test_a_company_page_links_to_forms_that_know_the_company(self, admin_client):
        company = CompanyFactory()
        html = admin_client.get(address("company_change", company.pk)).content.decode()
        for form in ("usecase", "quote", "keyfigure"):
            assert f"{address(f'{form}_add')}?company={company.pk}&amp;kind=" in html


class TestCheck:
    def test_a_day_without_a_name_takes_the_editors(self, admin_client):
        admin_client.post(address("usecase_add"), claim_data(checked_on="2026-01-15"))
        claim = Claim.objects.get()
        assert (claim.checked_on, claim.checked_by) == (datetime.date(2026, 1, 15), "admin")

    def test_saving_is_no_check(self, admin_client):
        claim = ClaimFactory()
        admin_client.post(address("usecase_change", claim.pk), data_of(claim, title="New"))
        claim.refresh_from_db()
        assert (claim.title, claim.checked_on) == ("New", None)


class TestFolding:
    def opened(self, response, name):
        sections = response.context["adminform"]
        return next("collapse" not in s.classes for s in sections if s.name == name)

    def test_a_quotes_words_are_open_and_its_figure_is_folded(self, admin_client):
        response = admin_client.get(address("quote_add"))
        assert self.opened(response, "Quotation")
        assert not self.opened(response, "Figure")

    def test_a_part_that_holds_something_is_open(self, admin_client):
        claim = ClaimFactory(kind=ClaimKind.MIGRATION)
        response = admin_client.get(address("decision_change", claim.pk))
        assert self.opened(response, "Figure")
        assert not self.opened(response, "Quotation")

    def test_a_part_with_something_typed_stays_open_when_the_page_comes_back(self, admin_client):
        data = claim_data(title="", **new_source(), source=None)
        response = admin_client.post(address("usecase_add"), data)
        assert self.opened(response, "New source")


class TestNewSource:
    def test_a_claim_and_its_new_source_are_saved_from_one_page(self, admin_client):
        python = TechnologyFactory(name="Python")
        data = claim_data(source=None, **new_source())
        data |= rows("claim_technologies", [{"technology": python.pk, "role": "chose"}])
        response = admin_client.post(address("usecase_add"), data)
        assert response.status_code == 302
        claim = Claim.objects.get()
        assert claim.source.url == "https://example.org/new"
        assert claim.source.key == "example-blog-how-we-run-2019"
        assert claim.claim_technologies.get().technology == python
        assert LogEntry.objects.filter(content_type__model="source", action_flag=1).exists()

    def test_a_saved_claim_can_move_to_a_new_source(self, admin_client):
        claim = ClaimFactory()
        data = data_of(claim, source=None, **new_source(key="the-key"))
        assert admin_client.post(address("usecase_change", claim.pk), data).status_code == 302
        claim.refresh_from_db()
        assert claim.source.key == "the-key"

    def test_a_made_key_avoids_those_that_are_or_were_taken(self, admin_client):
        SourceFactory(key="example-blog-how-we-run-2019")
        FormerSourceKeyFactory(key="example-blog-how-we-run-2019-2")
        admin_client.post(address("usecase_add"), claim_data(source=None, **new_source()))
        assert Claim.objects.get().source.key == "example-blog-how-we-run-2019-3"

    def test_a_title_without_latin_letters_gets_a_key_too(self, admin_client):
        data = new_source(title="私たちの技術", publisher="会社", published_on="")
        admin_client.post(address("usecase_add"), claim_data(source=None, **data))
        assert Claim.objects.get().source.key == "source"

    def test_neither_source_is_refused(self, admin_client, errors):
        response = admin_client.post(address("usecase_add"), claim_data(source=None))
        assert errors(response) == {"source": ["Choose a source, or describe a new one below."]}

    def test_both_sources_are_refused(self, admin_client, errors):
        response = admin_client.post(address("usecase_add"), claim_data(**new_source()))
        assert errors(response).keys() == {"new_source_url"}
        assert Source.objects.count() == 1

    @pytest.mark.parametrize(
        ("wrong", "fields"),
        [
            ({"url": "ftp://example.org/"}, {"url"}),
            ({"url": "javascript:alert(1)"}, {"url"}),
            ({"url": ""}, {"url"}),
            ({"title": ""}, {"title"}),
            ({"publisher": " "}, {"publisher"}),
            ({"published_on": "2019-02-30"}, {"published_on"}),
            ({"published_on": "2999"}, {"published_on"}),
            ({"kind": ""}, {"kind"}),
            ({"tier": "best"}, {"tier"}),
            ({"key": "Not A Slug"}, {"key"}),
            ({"title": "x" * 301}, {"title"}),
            ({"title": "a\x00b"}, {"title"}),
            ({"url": "", "title": "", "publisher": ""}, {"url", "title", "publisher"}),
        ],
    )
    def test_each_error_stands_beside_its_field(self, admin_client, errors, wrong, fields):
        data = claim_data(source=None, **new_source(**wrong))
        response = admin_client.post(address("usecase_add"), data)
        assert errors(response).keys() == {f"new_source_{field}" for field in fields}
        assert not Source.objects.exists()

    def test_a_taken_key_is_refused_beside_it(self, admin_client, errors):
        SourceFactory(key="taken")
        data = claim_data(source=None, **new_source(key="taken"))
        response = admin_client.post(address("usecase_add"), data)
        assert errors(response).keys() == {"new_source_key"}

    def test_an_error_of_the_claim_saves_no_source_and_loses_nothing(self, admin_client, errors):
        data = claim_data(source=None, title="", **new_source(title="Typed with care"))
        response = admin_client.post(address("usecase_add"), data)
        assert errors(response).keys() == {"title"}
        assert not Source.objects.exists()
        assert 'value="Typed with care"' in response.content.decode()

    def test_an_error_in_a_row_saves_no_source(self, admin_client, errors):
        data = claim_data(source=None, **new_source())
        data |= rows("claim_technologies", [{"technology": "", "role": "chose"}])
        response = admin_client.post(address("usecase_add"), data)
        assert errors(response).keys() == {"claim_technologies-0-technology"}
        assert not Source.objects.exists()

    def test_a_quote_without_speaker_is_judged_by_the_new_sources_author(
        self, admin_client, errors
    ):
        quote = {"quotation": "We use Python.", "speaker": "", "source": None}
        nameless = claim_data(**quote, **new_source())
        assert errors(admin_client.post(address("quote_add"), nameless)).keys() == {"speaker"}
        signed = claim_data(**quote, **new_source(author="Ada Lovelace"))
        assert admin_client.post(address("quote_add"), signed).status_code == 302

    def test_who_may_not_add_sources_is_not_asked_for_one(self, client_with, errors):
        client = client_with("add_usecase", "view_source")
        assert "new_source" not in client.get(address("usecase_add")).content.decode()
        data = claim_data(source=None, **new_source())
        assert errors(client.post(address("usecase_add"), data)).keys() == {"source"}
        assert not Source.objects.exists()
