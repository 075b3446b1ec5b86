"""The page of changes, its files, and the history on a claim's page."""

import html
import re

import pytest

from companies.exchange.revisions import Cause, record, record_deletion, record_missing
from companies.models import Company, Status, Subject
from tests.exchange.changing import ANN, last, save
from tests.factories import (
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    CompanyListFactory,
    DomainFactory,
    FormerSlugFactory,
    SourceFactory,
    UserFactory,
)
from tests.views.reading import csv_rows, has_script, headings, links, words

pytestmark = pytest.mark.django_db

MARKUP = "<script>x</script>\"'&"


@pytest.fixture
def claim():
    row = ClaimFactory(key="acme-01", title="Back end", company__slug="acme", company__name="Acme")
    record(Subject.CLAIM, [row.pk], ANN)
    return row


def items(client, path="/changes/", **query):
    """The changes that a page shows, in words."""
    page = client.get(path, query)
    assert page.status_code == 200
    found = re.findall(r'<li id="revision-\d+">(.*?)</li>', page.content.decode(), re.DOTALL)
    return [
        " ".join(html.unescape(re.sub(r"<[^>]*>", " ", item)).split()).partition(" 20")[2][3:]
        for item in found
    ]


def test_a_change_is_told_with_its_entry_its_reason_and_its_words(client, claim):
    save(claim, title="Servers", scope="back end")
    page = client.get("/changes/")
    assert items(client) == [
        "Changed claim Acme: Servers The post was corrected. Title Back end Servers Scope back end",
        "Published claim Acme: Back end The post was corrected.",
    ]
    assert "2 changes" in words(page)
    assert "/claims/acme-01/" in links(page)
    assert f'id="revision-{last(claim).pk}"' in page.content.decode()


def test_a_change_is_told_in_the_language_of_the_page_with_the_entrys_own_words_marked(
    client, claim
):
    save(claim, title="Servers", scope="back end", kind="decision")
    (change, _first) = items(client, language="de")
    assert change.startswith("Geändert Aussage Acme: Servers The post was corrected.")
    assert "Art Einsatzzweck Entscheidung" in change
    body = client.get("/changes/").content.decode()
    assert '<a href="/claims/acme-01/" lang="en">Servers</a>' in body
    assert '<dt>Titel</dt><dd lang="en">' in body
    assert "<dt>Art</dt><dd><p>" in body


def test_a_text_rewritten_in_part_shows_what_went_and_what_came(client, claim):
    save(claim, text="It runs its front end on Python.")
    body = client.get("/changes/").content.decode()
    assert "It runs its<del> back</del><ins> front</ins> end on Python." in body


def test_without_any_change_the_page_says_so(client):
    page = client.get("/changes/")
    assert "No changes yet." in words(page)
    assert items(client) == []


def test_a_withdrawn_and_a_deleted_claim_are_listed_without_a_link(client, claim):
    save(claim, status=Status.WITHDRAWN)
    other = ClaimFactory(key="acme-02", title="Other", company=claim.company)
    record(Subject.CLAIM, [other.pk], ANN)
    record_deletion(Subject.CLAIM, [other.pk], Cause(reason="It was there twice."))
    other.delete()
    assert items(client) == [
        "Deleted claim Acme: Other It was there twice.",
        "Published claim Acme: Other The post was corrected.",
        "Withdrawn claim Acme: Back end The post was corrected.",
        "Published claim Acme: Back end The post was corrected.",
    ]
    assert [link for link in links(client.get("/changes/")) if "/claims/" in link] == []
    records = client.get("/changes/", {"format": "json"}).json()
    assert [record["url"] for record in records] == ["", "", "", ""]


def one_of_each():
    claim = ClaimFactory(technologies=["Python"], domain=DomainFactory())
    CompanyListFactory(companies=[claim.company])
    record_missing()


@pytest.mark.parametrize("subject", Subject)
def test_changes_of_one_kind_of_entry_can_be_asked_for(client, subject):
    one_of_each()
    assert len(items(client)) == 6
    (item,) = items(client, subject=subject)
    assert item.split()[1] == subject
    for format in ("csv", "json"):
        file = client.get("/changes/", {"subject": subject, "format": format})
        records = file.json() if format == "json" else csv_rows(file)
        assert [record["about"] for record in records] == [subject]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"subject": "zzz"}, "zzz is not one of the available choices"),
        ({"subject": "\0"}, "is not one of the available choices"),
        ({"company": "no-such"}, "There is no company called “no-such”."),
        ({"company": "a\0"}, "Null characters are not allowed."),
        ({"company": "x" * 121}, "Ensure this value has at most 120 characters (it has 121)."),
        ({"page": "0"}, "page: Ensure this value is greater than or equal to 1."),
        ({"page": "121645100408832001"}, "page: Ensure this value is less than or equal to"),
        ({"format": "xml"}, "format: Select a valid choice."),
    ],
)
def test_a_filter_that_cant_be_is_refused_in_words(client, claim, query, said):
    page = client.get("/changes/", query)
    assert page.status_code == 400
    assert said in words(page)
    assert "mend it and press “Show”" in words(page)
    assert headings(page, 1) == ["What changed"]


def test_changes_come_in_pages_and_a_file_has_them_all(client, claim):
    for number in range(51):
        save(claim, title=str(number))
    first, second = items(client), items(client, page=2)
    assert (len(first), len(second)) == (50, 2)
    assert first[0].startswith("Changed claim Acme: 50 ")
    # The first one of a page is held against one of the next page.
    assert first[-1].startswith("Changed claim Acme: 1 The post was corrected. Title 0 1")
    assert second[-1].startswith("Published claim Acme: Back end")
    assert client.get("/changes/", {"page": 3}).status_code == 404
    assert len(client.get("/changes/", {"format": "json"}).json()) == 52


def test_files_tell_the_same_as_the_page(client, claim):
    save(claim, title="Servers", scope="back end")
    records = client.get("/changes/", {"format": "json"}).json()
    revision = last(claim)
    assert records[0] == {
        "number": revision.pk,
        "made_at": revision.made_at.isoformat(timespec="seconds"),
        "change": "changed",
        "about": "claim",
        "name": "acme-01",
        "title": "Servers",
        "company": "acme",
        "what_changed": "Title: Back end → Servers; Scope: – → back end",
        "reason": "The post was corrected.",
        "url": "http://testserver/claims/acme-01/",
    }
    rows = csv_rows(client.get("/changes/", {"format": "csv"}))
    assert rows == [{name: str(value) for name, value in one.items()} for one in records]


def test_markup_in_old_and_new_texts_and_reasons_is_text(client, claim):
    Company.objects.update(name=MARKUP)
    save(claim, cause=Cause(reason=MARKUP), title=MARKUP, text=f"It runs {MARKUP} on Python.")
    save(claim, cause=Cause(reason=MARKUP), title="Plain", text="It runs nothing on Python.")
    for path in ("/changes/", "/claims/acme-01/"):
        body = client.get(path).content.decode()
        assert not has_script(body)
        assert f'<p class="why">{html.escape(MARKUP)}</p>' in body
        assert f"<del>{html.escape(MARKUP)}</del>" in body
        assert f"<ins>{html.escape(MARKUP)}</ins>" in body
        assert f"<del> {html.escape(MARKUP)}</del>" in body


def test_neither_drafts_nor_the_names_of_editors_are_on_any_page(client, claim):
    ann = UserFactory(username="ann-the-editor", first_name="Ann", last_name="Leetitia")
    secret = ClaimFactory(title="Secret", status=Status.DRAFT, company=claim.company)
    cause = Cause.by(ann, "Why.")
    save(secret, cause=cause)
    save(claim, cause=cause, checked_by="Secret checker", checked_on="2026-01-15")
    save(claim, cause=cause, status=Status.DRAFT, title="Secret", text="Secret")
    save(claim, cause=Cause.by(ann, "Secret reason."), text="Secret once more")
    save(claim, cause=cause, status=Status.PUBLISHED, title="Front end", text="Shown.")
    for path in ("/changes/", "/changes/?format=csv", "/changes/?format=json", "/claims/acme-01/"):
        body = client.get(path).content.decode()
        assert "Front end" in body
        assert [word for word in ("Secret", "ann-the", "Leetitia") if word in body] == []


def test_a_claims_page_tells_its_history_in_words_with_the_latest_first(client, claim):
    other = ClaimFactory(company=claim.company)
    record(Subject.CLAIM, [other.pk], ANN)
    save(other, title="Of another claim")
    save(claim, title="Servers")
    save(claim, status=Status.WITHDRAWN)
    save(claim, cause=Cause(), status=Status.PUBLISHED)
    assert items(client, "/claims/acme-01/") == [
        "Published",
        "Withdrawn The post was corrected.",
        "Changed The post was corrected. Title Back end Servers",
        "Published The post was corrected.",
    ]
    assert "History" in headings(client.get("/claims/acme-01/"), 2)


def test_a_claim_without_a_history_has_no_such_section(client):
    claim = ClaimFactory()
    assert "History" not in headings(client.get(claim.get_absolute_url()), 2)


def test_an_unpublished_company_on_a_list_is_not_told(client):
    secret = CompanyFactory(slug="a-secret", status=Status.DRAFT)
    row = CompanyListFactory(companies=[CompanyFactory()])
    record_missing()
    before = {path: client.get(path).content for path in ("/changes/", "/changes.atom")}
    row.entries.create(company=secret, position=0)
    save(row, cause=ANN)
    assert {path: client.get(path).content for path in before} == before
    save(row, title="Another")
    assert b"a-secret" not in client.get("/changes/").content


@pytest.mark.parametrize("number", [1, 3])
def test_many_changes_take_as_many_queries_as_one(client, django_assert_num_queries, number):
    rows = ClaimFactory.create_batch(number, source=SourceFactory())
    lists = CompanyListFactory.create_batch(number, companies=[CompanyFactory()])
    record_missing()
    for row in (*rows, *lists):
        save(row, title="Another")
    with django_assert_num_queries(4):
        client.get("/changes/")
    with django_assert_num_queries(3):
        client.get("/changes/?subject=claim")
    with django_assert_num_queries(4):
        client.get("/changes/?format=csv")
    with django_assert_num_queries(5):
        client.get(rows[0].get_absolute_url())


@pytest.mark.parametrize("named", ["acme", "acme-inc", "ACME Limited", "Road Runner", " acme "])
def test_changes_of_one_company_can_be_asked_for_by_address_or_name(client, claim, named):
    claim.company.name = "Acme Limited"
    claim.company.save()
    FormerSlugFactory(company=claim.company, slug="acme-inc")
    CompanyAliasFactory(company=claim.company, name="Road Runner")
    other = ClaimFactory(company__name="Other")
    record_missing()
    save(claim.company, summary="It makes rockets.")
    save(other, title="Another's")
    (changed, *earlier) = items(client, company=named)
    assert changed.startswith("Changed company Acme Limited The post was corrected.")
    assert [item for item in earlier if "Acme Limited" not in item] == []
    page = client.get("/changes/", {"company": named})
    assert "Only what is about Acme Limited." in words(page)
    assert {"/companies/acme/", "/companies/acme/changes.atom"} <= set(links(page))
    assert f'value="{named}"' in page.content.decode()
    records = client.get("/changes/", {"company": named, "format": "json"}).json()
    assert len(records) == 1 + len(earlier)


def test_an_address_goes_before_a_name(client, claim):
    other = CompanyFactory(slug="other", name="acme")
    record_missing()
    save(other, summary="It makes rockets.")
    shown = items(client, company="acme")
    assert [item for item in shown if "rockets" in item or "Acme" not in item] == []


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_an_unpublished_company_cant_be_asked_for(client, claim, status):
    FormerSlugFactory(company=claim.company, slug="acme-inc")
    Company.objects.update(status=status)
    for named in ("acme", "acme-inc", "Acme"):
        page = client.get("/changes/", {"company": named})
        assert page.status_code == 400
        assert f"There is no company called “{named}”." in words(page)
        assert 'aria-describedby="id_company_helptext id_company_error"' in page.content.decode()
