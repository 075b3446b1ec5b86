"""Forged and broken requests get a message or a 400, never a server error."""

import pytest
from django.contrib import admin

from companies.models import Claim, Company, Revision, Source
from tests.admin.conftest import address
from tests.admin.posting import claim_data, company_data, rows
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    ProposalFactory,
    SourceFactory,
    TechnologyFactory,
)

PAGES = sorted(
    model._meta.model_name for model in admin.site._registry if model._meta.app_label == "companies"
)
SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize("page", ["claim", "usecase", "company", "source"])
@pytest.mark.parametrize("key", ["0", "abc", "9" * 30, "-1", "1%00", "%3Cscript%3E", "1/../2"])
@pytest.mark.parametrize("view", ["change", "delete", "history"])
def test_an_entry_that_does_not_exist(admin_client, page, key, view):
    response = admin_client.get(f"/admin/companies/{page}/{key}/{view}/")
    assert response.status_code in (302, 404)


@pytest.mark.parametrize("page", ["claim", "company", "source"])
@pytest.mark.parametrize(
    "query",
    [
        "q=%3Cscript%3E",
        "p=99999999999999999999",
        "p=abc",
        "o=99.-99.x",
        "id__exact=" + "9" * 30,
        "password__startswith=a",
        "company__secret=1",
        "all=",
        "e=1",
    ],
)
def test_a_list_with_a_forged_address(admin_client, page, query):
    url = f"/admin/companies/{page}/?{query}"
    assert admin_client.get(url, follow=True).status_code in (200, 400)


@pytest.mark.parametrize(
    "address_",
    [
        "/admin/companies/claim/?q=a%00b",
        "/admin/companies/claim/?status__exact=a%00b",
        "/admin/companies/source/?tier__exact=%00",
        "/admin/companies/usecase/add/?title=a%00b",
        "/admin/autocomplete/?app_label=companies&model_name=claim&field_name=source&term=%00",
    ],
)
def test_a_nul_character_in_an_address_is_refused(admin_client, address_):
    assert admin_client.get(address_).status_code == 400


def test_a_nul_character_beside_a_button_is_left_out(admin_client):
    claim, proposal = ClaimFactory(), ProposalFactory()
    decline = {"decline": "1", "answer": "No\0."}
    assert admin_client.post(address("proposal_decide", proposal.pk), decline).status_code == 302
    proposal.refresh_from_db()
    assert proposal.answer == "No."
    url = address("claim_delete", claim.pk)
    admin_client.post(url, {"post": "yes", "reason": "\0"})
    assert Claim.objects.filter(pk=claim.pk).exists()
    admin_client.post(url, {"post": "yes", "reason": "Wrong\0."})
    assert Revision.objects.get(action="deleted").reason == "Wrong."


@pytest.mark.parametrize("page", ["claim", "company", "source", "technology", "proposal"])
@pytest.mark.parametrize(
    "query", ["id__in=" + "9" * 30, "id__in=1," + "9" * 19, "id__exact=" + "9" * 30]
)
def test_a_list_with_a_number_beyond_all_rows(admin_client, page, query):
    assert admin_client.get(f"{address(f'{page}_changelist')}?{query}").status_code in (200, 400)


@pytest.mark.parametrize("chosen", ["abc", "9" * 30, "-1", "1 OR 1=1"])
def test_a_forged_preselection_chooses_nothing(admin_client, chosen):
    url = f"{address('usecase_add')}?company={chosen}&source={chosen}"
    response = admin_client.get(url)
    assert response.status_code == 200
    assert "selected>" not in response.content.decode().split("id_title")[0]


@pytest.mark.parametrize("action", ["publish", "withdraw", "delete_selected", "no_such_action"])
@pytest.mark.parametrize("chosen", ["abc", "9" * 30, "1\x00", ""])
def test_an_action_on_forged_rows_changes_nothing(admin_client, action, chosen):
    claim = ClaimFactory(status="in_review")
    data = {"action": action, "_selected_action": chosen}
    response = admin_client.post(address("claim_changelist"), data, follow=True)
    assert response.status_code == 200
    claim.refresh_from_db()
    assert claim.status == "in_review"


@pytest.mark.parametrize(
    "broken",
    [
        {"citations-TOTAL_FORMS": "abc"},
        {"citations-TOTAL_FORMS": "999999"},
        {"citations-INITIAL_FORMS": "5", "citations-TOTAL_FORMS": "5"},
        {"citations-TOTAL_FORMS": None},
    ],
)
def test_a_broken_frame_of_rows_saves_nothing(admin_client, broken):
    data = {name: value for name, value in (claim_data() | broken).items() if value is not None}
    response = admin_client.post(address("usecase_add"), data)
    assert response.status_code in (200, 400)
    assert not Claim.objects.exists()


@pytest.mark.parametrize("value", ["abc", "9" * 30, "", "-1"])
def test_a_row_with_a_forged_choice_is_refused_beside_it(admin_client, errors, value):
    data = claim_data() | rows("claim_technologies", [{"technology": value, "role": "chose"}])
    response = admin_client.post(address("usecase_add"), data)
    assert "claim_technologies-0-technology" in errors(response)


def test_a_popup_that_asks_for_a_hidden_field_is_refused(admin_client):
    url = f"{address('source_add')}?_popup=1&_to_field=note"
    assert admin_client.get(url).status_code == 400


def test_script_in_every_text_is_shown_as_text(admin_client):
    company = CompanyFactory(name=SCRIPT, summary=SCRIPT, industry=SCRIPT, headquarters=SCRIPT)
    source = SourceFactory(title=SCRIPT, publisher=SCRIPT, note=SCRIPT)
    claim = ClaimFactory(
        company=company,
        source=source,
        title=SCRIPT,
        text=SCRIPT,
        scope=SCRIPT,
        basis=SCRIPT,
        kind="key_figure",
        figure_unit=SCRIPT,
        note=SCRIPT,
        technologies=[TechnologyFactory(name=SCRIPT)],
    )
    CitationFactory(claim=claim, as_reported=SCRIPT)
    pages = [
        address("claim_changelist"),
        address("keyfigure_changelist"),
        address("keyfigure_change", claim.pk),
        address("company_change", company.pk),
        address("company_changelist"),
        address("company_delete", company.pk),
        address("source_change", source.pk),
        address("source_delete", source.pk),
        address("source_changelist"),
        f"{address('claim_changelist')}?company={company.pk}",
        "/admin/",
    ]
    for page in pages:
        assert SCRIPT not in admin_client.get(page).content.decode(), page


@pytest.mark.parametrize("name", ["title", "text", "note", "quotation", "scope"])
@pytest.mark.parametrize("value", ["a\x00b", "x" * 100_000])
def test_control_characters_and_pastes_are_refused_beside_the_field(
    admin_client, errors, name, value
):
    data = claim_data(**{name: value})
    assert name in errors(admin_client.post(address("usecase_add"), data))
    assert not Claim.objects.exists()


def test_a_paste_of_ten_megabytes_is_refused_beside_the_field_and_kept(admin_client, errors):
    pasted = "x" * 10_000_000
    response = admin_client.post(address("usecase_add"), claim_data(text=pasted))
    assert errors(response).keys() == {"text"}
    assert response.context["adminform"].form["text"].value() == pasted
    assert not Claim.objects.exists()


def test_a_paste_beyond_all_limits_is_refused(admin_client):
    data = claim_data(text="x" * 16_000_001)
    assert admin_client.post(address("usecase_add"), data).status_code == 400
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"slug": "a-vs-b"}, "slug"),
        ({"slug": "Not A Slug"}, "slug"),
        ({"name": " "}, "name"),
        ({"founded": "soon"}, "founded"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"wikidata": "https://www.wikidata.org/wiki/Q1"}, "wikidata"),
        ({"summary": "x" * 601}, "summary"),
    ],
)
def test_a_company_that_breaks_a_rule_is_told_beside_the_field(admin_client, errors, given, field):
    response = admin_client.post(address("company_add"), company_data(**given))
    assert field in errors(response)
    assert not Company.objects.exists()


def test_an_anonymous_visitor_reaches_no_page(client, db):
    for page in PAGES:
        for view in ("changelist", "add"):
            response = client.post(address(f"{page}_{view}"), {"url": "x"})
            assert response.status_code == 302
            assert "/admin/login/" in response.url
    assert not Source.objects.exists()
