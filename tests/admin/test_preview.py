import pytest

from companies.exchange.revisions import record_missing
from companies.models import Claim, Company, Proposal, Revision, Status
from tests.admin.conftest import address
from tests.admin.test_proposal import NEW, propose
from tests.factories import ClaimFactory, CompanyFactory, ProposalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def other():
    return ClaimFactory(company__name="Spotify", company__slug="spotify").company


@pytest.fixture
def draft(other):
    company = CompanyFactory(name="Netflix", slug="netflix")
    return ClaimFactory(company=company, title="Not yet public", status=Status.DRAFT)


def body(response):
    """The main part of a page, where a preview says nothing of itself."""
    assert response.status_code == 200
    html = response.content.decode()
    return html[html.index("<main") : html.index("</main>")]


@pytest.mark.parametrize("place", ["claim", "profile", "comparison"])
def test_a_draft_is_shown_exactly_as_visitors_will_see_it(editor, client, draft, place):
    preview = editor.get(address("usecase_preview", draft.pk, place), {"with": "spotify"})
    shown = body(preview)
    assert "Not yet public" in shown
    Claim.objects.filter(pk=draft.pk).update(status=Status.PUBLISHED)
    addresses = {
        "claim": draft.get_absolute_url(),
        "profile": draft.company.get_absolute_url(),
        "comparison": "/compare/netflix-vs-spotify/",
    }
    assert body(client.get(addresses[place])) == shown


@pytest.mark.parametrize("place", ["claim", "profile", "comparison"])
def test_a_preview_leaves_nothing_behind(editor, client, draft, place):
    before = (Revision.objects.count(), draft.updated)
    editor.get(address("usecase_preview", draft.pk, place))
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    assert (Revision.objects.count(), draft.updated) == before
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_a_preview_is_kept_by_no_cache_and_says_what_it_is(editor, draft):
    page = editor.get(address("usecase_preview", draft.pk, "claim"))
    assert "no-store" in page["Cache-Control"]
    assert b'aria-label="Preview"' in page.content


@pytest.mark.parametrize("place", ["claim", "profile", "comparison"])
def test_a_preview_says_nothing_to_machines(editor, client, draft, place):
    page = editor.get(address("usecase_preview", draft.pk, place), {"with": "spotify"})
    assert b"ld+json" not in page.content
    assert b"ld+json" in client.get("/companies/spotify/").content


def test_a_draft_of_an_unpublished_company_is_shown_with_it(editor, draft):
    Company.objects.filter(slug="netflix").update(status=Status.DRAFT)
    assert "Not yet public" in body(editor.get(address("usecase_preview", draft.pk, "profile")))
    assert Company.objects.get(slug="netflix").status == Status.DRAFT


def test_a_draft_company_is_shown_on_its_profile_and_in_a_comparison(editor, other):
    company = CompanyFactory(name="Newcomer", status=Status.DRAFT)
    for place in ("profile", "comparison"):
        page = editor.get(address("company_preview", company.pk, place))
        assert "Newcomer" in body(page)


def test_a_proposed_claim_is_shown_as_it_would_be(editor, contributor, client):
    claim = ClaimFactory(text="It runs its back end on Python.")
    record_missing()
    propose(contributor, claim)
    proposal = Proposal.objects.get()
    assert NEW in body(editor.get(address("proposal_preview", proposal.pk, "claim")))
    assert NEW in body(editor.get(address("proposal_preview", proposal.pk, "profile")))
    assert NEW not in body(client.get(claim.get_absolute_url()))
    claim.refresh_from_db()
    assert claim.text == "It runs its back end on Python."


def test_a_proposal_that_can_not_be_taken_over_says_why(editor):
    proposal = ProposalFactory(content={"key": "x", "kind": "use_case"})
    page = editor.get(address("proposal_preview", proposal.pk, "claim"))
    assert page.status_code == 404


@pytest.mark.parametrize("name", ["spotify", "Spotify", "SPOTIFY "])
def test_a_comparison_is_with_the_company_that_is_named(editor, draft, name):
    ClaimFactory(company__name="Aardvark")
    page = editor.get(address("usecase_preview", draft.pk, "comparison"), {"with": name})
    assert "Spotify" in body(page)


@pytest.mark.parametrize("name", ["nobody", "netflix", "\0", "<script>", "x" * 5000])
def test_a_comparison_with_nobody_is_not_found(editor, draft, name):
    page = editor.get(address("usecase_preview", draft.pk, "comparison"), {"with": name})
    assert page.status_code in (400, 404)
    assert b"<script>" not in page.content


def test_without_another_company_there_is_nothing_to_compare_with(editor):
    claim = ClaimFactory(status=Status.DRAFT)
    page = editor.get(address("usecase_preview", claim.pk, "comparison"))
    assert page.status_code == 404


def test_a_visitor_is_sent_to_the_login(client, draft):
    page = client.get(address("usecase_preview", draft.pk, "claim"))
    assert page.status_code == 302
    assert page["Location"].startswith("/admin/login/")


def test_who_may_not_look_at_claims_may_not_look_at_previews(client_with, draft):
    client = client_with("view_company")
    assert client.get(address("usecase_preview", draft.pk, "claim")).status_code == 403


def test_a_contributor_sees_previews_too(contributor, draft):
    assert contributor.get(address("usecase_preview", draft.pk, "claim")).status_code == 200


@pytest.mark.parametrize("number", ["0", "99999999", "9" * 30, "x", "%00"])
def test_a_forged_number_is_not_found(editor, number):
    url = f"/admin/companies/usecase/{number}/preview/claim/"
    assert editor.get(url).status_code in (400, 404)


def test_an_unknown_place_is_not_found(editor, draft):
    assert editor.get(address("usecase_preview", draft.pk, "moon")).status_code == 404
