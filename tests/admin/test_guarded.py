"""Two editors at once: whoever comes second is told, sees both versions and loses nothing."""

from urllib.parse import urlencode

import pytest

from companies.exchange.revisions import record_missing
from companies.models import (
    Claim,
    ClaimTechnology,
    CodebaseShare,
    Company,
    CompanyList,
    Revision,
    Source,
    Technology,
)
from tests.admin.conftest import address
from tests.admin.posting import claim_data, company_data, data_of, list_data, rows, seen
from tests.admin.test_catalogue_pages import source_data
from tests.factories import (
    ClaimFactory,
    CompanyFactory,
    CompanyListFactory,
    SourceFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


def versions(response):
    """The table of both versions by field: opened, saved, typed."""
    conflict = response.context["conflict"]
    return {line.label: (line.opened, line.saved, line.typed) for line in conflict.lines}


def a_technology(technology, **changed):
    data = {"name": technology.name, "kind": technology.kind, "website": "", "summary": ""}
    return data | seen(technology) | changed


ENTRIES = {
    "usecase": (ClaimFactory, data_of, "title", Claim),
    "company": (CompanyFactory, company_data, "name", Company),
    "source": (SourceFactory, source_data, "title", Source),
    "companylist": (CompanyListFactory, list_data, "title", CompanyList),
    "technology": (TechnologyFactory, a_technology, "name", Technology),
}
each_entry = pytest.mark.parametrize("page", ENTRIES)


@each_entry
def test_a_save_from_an_outdated_page_is_refused_with_both_versions(admin_client, page):
    make, data, field, model = ENTRIES[page]
    entry = make()
    mine, theirs = data(entry, **{field: "Mine"}), data(entry, **{field: "Theirs"})
    url = address(f"{page}_change", entry.pk)
    assert admin_client.post(url, theirs).status_code == 302
    response = admin_client.post(url, mine)
    assert response.status_code == 200
    assert getattr(model.objects.get(), field) == "Theirs"
    assert response.context["adminform"].form[field].value() == "Mine"
    label = field.capitalize()
    assert versions(response)[label][1:] == (("Theirs",), ("Mine",))
    assert b"admin saved this on" in response.content


@each_entry
def test_saving_the_refused_page_again_keeps_what_it_shows(admin_client, page):
    make, data, field, model = ENTRIES[page]
    entry = make()
    mine = data(entry, **{field: "Mine"})
    url = address(f"{page}_change", entry.pk)
    admin_client.post(url, data(entry, **{field: "Theirs"}))
    refused = admin_client.post(url, mine)
    again = admin_client.post(url, mine | {"_seen": refused.context["seen"]})
    assert again.status_code == 302
    assert getattr(model.objects.get(), field) == "Mine"


@each_entry
def test_a_page_without_its_number_counts_as_outdated(admin_client, page):
    make, data, field, model = ENTRIES[page]
    entry = make()
    url = address(f"{page}_change", entry.pk)
    admin_client.post(url, data(entry, **{field: "Theirs"}))
    for number in ("", "0", "x", "9" * 30, "\0", "-1"):
        response = admin_client.post(url, data(entry, **{field: "Mine"}) | {"_seen": number})
        assert response.status_code == 200, number
    assert getattr(model.objects.get(), field) == "Theirs"


@pytest.mark.parametrize("spelt", ["%20{}", "+{}", "_2B{}", "{}_20"])
def test_another_spelling_of_the_number_is_no_way_past_it(editor, spelt):
    claim = ClaimFactory()
    before = data_of(claim, title="Mine")
    url = f"/admin/companies/usecase/{spelt.format(claim.pk)}/"
    assert editor.post(f"{url}change/", before).status_code == 302
    assert editor.post(f"{url}delete/", {"post": "yes"}).status_code == 302
    assert Claim.objects.get().title == claim.title


def test_a_row_of_a_forged_number_is_none(admin_client):
    claim = ClaimFactory()
    mine = data_of(claim, title="Mine") | {f"citations-{'9' * 5000}-note": "x"}
    url = address("usecase_change", claim.pk)
    admin_client.post(url, data_of(claim, title="Theirs"))
    form = {"content_type": "application/x-www-form-urlencoded"}
    assert admin_client.post(url, urlencode(mine), **form).status_code == 200


def test_a_refused_page_tells_of_no_address_that_would_redirect(admin_client):
    company = CompanyFactory()
    mine = company_data(company, slug="new-address")
    url = address("company_change", company.pk)
    admin_client.post(url, company_data(company, name="Theirs"))
    refused = admin_client.post(url, mine)
    assert refused.context["conflict"]
    assert not any("redirects" in str(one) for one in refused.context["messages"])


def test_the_page_says_which_revision_it_shows(admin_client):
    claim = ClaimFactory()
    url = address("usecase_change", claim.pk)
    assert b'name="_seen" value="0"' in admin_client.get(url).content
    admin_client.post(url, data_of(claim, title="New"))
    last = Revision.objects.last()
    assert f'name="_seen" value="{last.pk}"'.encode() in admin_client.get(url).content


def test_a_second_save_of_the_same_page_is_refused_only_if_the_first_changed_something(
    admin_client,
):
    claim = ClaimFactory()
    record_missing()
    url = address("usecase_change", claim.pk)
    data = data_of(claim)
    assert admin_client.post(url, data).status_code == 302
    assert admin_client.post(url, data).status_code == 302


def test_a_page_without_a_history_that_was_refused_is_saved_once_it_is_corrected(admin_client):
    claim = ClaimFactory()
    url = address("usecase_change", claim.pk)
    refused = admin_client.post(url, data_of(claim, title=""))
    assert not refused.context["conflict"]
    corrected = data_of(claim, title="New") | {"_seen": refused.context["seen"]}
    assert admin_client.post(url, corrected).status_code == 302


def test_what_changed_behind_the_historys_back_is_noticed(admin_client):
    claim = ClaimFactory()
    url = address("usecase_change", claim.pk)
    admin_client.post(url, data_of(claim, title="First"))
    claim.refresh_from_db()
    mine = data_of(claim, title="Mine")
    Claim.objects.update(title="By a script")
    response = admin_client.post(url, mine)
    assert versions(response)["Title"] == (("First",), ("By a script",), ("Mine",))
    assert b"Somebody saved this on" in response.content


# ------------------------------------------------------------------------------ rows


@pytest.fixture
def shares(db):
    return ClaimFactory(kind="codebase_share", shares={"Python": 60, "Java": 20})


def share_rows(claim, *more, **percentages):
    saved = [
        {
            "id": share.pk,
            "claim": claim.pk,
            "technology": share.technology_id,
            "version": "",
            "qualifier": "exactly",
            "percentage": percentages.get(share.technology.name, share.percentage),
        }
        for share in claim.shares.all()
    ]
    return rows("shares", [*saved, *more], saved=len(saved))


def a_share(name, percentage):
    technology = TechnologyFactory(name=name)
    return {"technology": technology.pk, "qualifier": "exactly", "percentage": percentage}


def stored(claim):
    return {str(s.technology): int(s.percentage) for s in CodebaseShare.objects.filter(claim=claim)}


def test_rows_changed_by_both_are_shown_in_both_versions(admin_client, shares):
    url = address("codebaseshareclaim_change", shares.pk)
    mine = data_of(shares) | share_rows(shares, Python=55)
    theirs = data_of(shares, locator="page 2") | share_rows(shares, Python=50)
    assert admin_client.post(url, theirs).status_code == 302
    response = admin_client.post(url, mine)
    saved, typed = versions(response)["Shares"][1:]
    assert any("50" in line for line in saved)
    assert any("55" in line for line in typed)
    assert stored(shares) == {"Python": 50, "Java": 20}


def test_a_row_that_somebody_added_is_in_the_refused_page_too(admin_client, shares):
    url = address("codebaseshareclaim_change", shares.pk)
    mine = data_of(shares) | share_rows(shares, a_share("Go", 5))
    admin_client.post(url, data_of(shares) | share_rows(shares, a_share("Rust", 7)))
    response = admin_client.post(url, mine)
    again = posted_again(response)
    assert admin_client.post(url, again).status_code == 302
    assert stored(shares) == {"Python": 60, "Java": 20, "Rust": 7, "Go": 5}


def test_a_row_that_somebody_removed_comes_back_if_it_was_typed_into(admin_client, shares):
    url = address("codebaseshareclaim_change", shares.pk)
    mine = data_of(shares) | share_rows(shares, Java=25)
    removed = data_of(shares) | share_rows(shares)
    admin_client.post(url, removed | {"shares-1-DELETE": "on"})
    assert stored(shares) == {"Python": 60}
    response = admin_client.post(url, mine)
    assert admin_client.post(url, posted_again(response)).status_code == 302
    assert stored(shares) == {"Python": 60, "Java": 25}


def test_rows_replaced_by_equal_ones_are_not_doubled(admin_client):
    claim = ClaimFactory(technologies=["Python", "Django"])
    url = address("usecase_change", claim.pk)
    saved = [
        {"id": row.pk, "claim": claim.pk, "technology": row.technology_id, "role": "uses"}
        for row in claim.claim_technologies.all()
    ]
    mine = data_of(claim, title="Mine") | rows("claim_technologies", saved, saved=2)
    for row in ClaimTechnology.objects.all():
        row.delete()
        row.pk = None
        row.save()
    Claim.objects.update(title="Theirs")
    response = admin_client.post(url, mine | {"_seen": "x"})
    assert response.context["conflict"]
    assert admin_client.post(url, posted_again(response)).status_code == 302
    assert claim.claim_technologies.count() == 2


def posted_again(response):
    """What the browser sends when the refused page is saved as it is."""
    form = response.context["adminform"].form
    data = {field.html_name: field.value() for field in form}
    data = {name: "" if value is None else value for name, value in data.items()}
    data |= {"_seen": response.context["seen"], "reason": "Both are right."}
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        forms = [formset.management_form, *formset.forms]
        data |= {
            field.html_name: "" if field.value() is None else field.value()
            for one in forms
            for field in one
            if field.name != "DELETE"
        }
    return data


def test_an_invalid_page_is_told_both_its_errors_and_the_other_version(admin_client, errors):
    claim = ClaimFactory()
    url = address("usecase_change", claim.pk)
    mine = data_of(claim, as_of="2016-13", title="Mine")
    admin_client.post(url, data_of(claim, title="Theirs"))
    response = admin_client.post(url, mine)
    assert "as_of" in errors(response)
    assert versions(response)["Title"][1] == ("Theirs",)
    assert response.context["conflict"].is_partial
    assert response.context["adminform"].form["title"].value() == "Mine"


def test_a_refused_page_leaves_nothing_behind(admin_client):
    claim = ClaimFactory()
    url = address("usecase_change", claim.pk)
    mine = data_of(claim, title="Mine")
    admin_client.post(url, data_of(claim, title="Theirs"))
    before = Revision.objects.count()
    admin_client.post(url, mine)
    assert Revision.objects.count() == before
    assert Source.objects.count() == 1


def test_a_new_entry_has_nothing_to_be_outdated_by(admin_client):
    assert admin_client.post(address("usecase_add"), claim_data()).status_code == 302
