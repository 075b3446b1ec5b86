"""Going back to an earlier state, in one click, as a new revision."""

import pytest
from django.contrib.admin.models import LogEntry

from companies.models import CodebaseShare
from tests.admin.conftest import address
from tests.admin.posting import company_data, data_of, rows, seen
from tests.admin.test_history import revisions, said
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def revert(client, claim, revision, page="usecase"):
    url = address(f"{page}_revert", claim.pk, revision.pk)
    return client.post(url, seen(claim), follow=True)


class TestReverting:
    @pytest.fixture
    def shares(self, admin_client):
        """A claim with all kinds of rows, then one without any."""
        claim = ClaimFactory(
            kind="codebase_share",
            shares={"Python": 60, "Java": 40},
            technologies=["Django"],
            title="First",
        )
        CitationFactory(claim=claim)
        data = data_of(claim, title="Second") | emptied(claim)
        url = address("codebaseshareclaim_change", claim.pk)
        assert admin_client.post(url, data).status_code == 302
        assert not CodebaseShare.objects.exists()
        return claim

    def test_brings_back_the_claim_with_all_its_rows_as_a_new_revision(self, admin_client, shares):
        first, second = revisions(shares)
        revert(admin_client, shares, first, "codebaseshareclaim")
        third = revisions(shares)[-1]
        assert third.pk > second.pk
        assert third.content == first.content
        assert {str(s) for s in shares.shares.all()} == {"Python: 60%", "Java: 40%"}
        assert shares.citations.count() == shares.claim_technologies.count() == 1
        assert (third.editor_name, third.reason.startswith("Went back to how it stood on")) == (
            "admin",
            True,
        )

    def test_goes_forth_again(self, admin_client, shares):
        first, second = revisions(shares)
        revert(admin_client, shares, first, "codebaseshareclaim")
        revert(admin_client, shares, second, "codebaseshareclaim")
        shares.refresh_from_db()
        assert (shares.title, shares.shares.count()) == ("Second", 0)

    def test_trades_percentages_and_technologies(self, admin_client):
        claim = ClaimFactory(kind="codebase_share", shares={"Python": 60, "Java": 40})
        url = address("codebaseshareclaim_change", claim.pk)
        one, two = claim.shares.all()
        traded = [
            {"id": one.pk, "claim": claim.pk, "technology": two.technology_id, "percentage": 60},
            {"id": two.pk, "claim": claim.pk, "technology": one.technology_id, "percentage": 40},
        ]
        traded = [row | {"qualifier": "exactly"} for row in traded]
        admin_client.post(url, data_of(claim) | rows("shares", traded, saved=2))
        assert {str(s) for s in claim.shares.all()} == {"Java: 60%", "Python: 40%"}
        revert(admin_client, claim, revisions(claim)[0], "codebaseshareclaim")
        assert {str(s) for s in claim.shares.all()} == {"Python: 60%", "Java: 40%"}

    def test_leaves_the_status_as_it_is(self, admin_client):
        claim = ClaimFactory(status="draft", title="First")
        url = address("usecase_change", claim.pk)
        admin_client.post(url, data_of(claim, title="Second", status="published"))
        revert(admin_client, claim, revisions(claim)[0])
        claim.refresh_from_db()
        assert (claim.title, claim.status) == ("First", "published")

    def test_from_an_outdated_page_is_refused(self, admin_client):
        claim = ClaimFactory(title="First")
        url = address("usecase_change", claim.pk)
        admin_client.post(url, data_of(claim, title="Second"))
        page = admin_client.get(address("usecase_history", claim.pk))
        opened = page.context["seen"]
        assert f'name="_seen" value="{opened}"' in page.content.decode()
        claim.refresh_from_db()
        admin_client.post(url, data_of(claim, title="Third", status="withdrawn"))
        first = revisions(claim)[0]
        for number in (opened, ""):
            data = {"_seen": number}
            address_ = address("usecase_revert", claim.pk, first.pk)
            response = admin_client.post(address_, data, follow=True)
            assert "somebody has saved it since you looked" in said(response)[-1]
        claim.refresh_from_db()
        assert (claim.title, claim.status) == ("Third", "withdrawn")

    def test_onto_a_source_that_is_gone_says_so_and_changes_nothing(self, admin_client):
        claim = ClaimFactory(title="First")
        old = claim.source
        data = data_of(claim, title="Second", source=SourceFactory().pk)
        admin_client.post(address("usecase_change", claim.pk), data)
        old.delete()
        message = said(revert(admin_client, claim, revisions(claim)[0]))[-1]
        assert f"source: there is no source “{old.key}”" in message
        claim.refresh_from_db()
        assert claim.title == "Second"

    def test_a_company_keeps_its_address(self, admin_client):
        company = CompanyFactory(slug="facebook", name="Facebook")
        url = address("company_change", company.pk)
        admin_client.post(url, company_data(company, slug="meta", name="Meta"))
        revert(admin_client, company, revisions(company, "company")[0], "company")
        company.refresh_from_db()
        assert (company.slug, company.name) == ("meta", "Facebook")
        assert [former.slug for former in company.former_slugs.all()] == ["facebook"]

    def test_writes_the_log(self, admin_client, shares):
        revert(admin_client, shares, revisions(shares)[0], "codebaseshareclaim")
        assert LogEntry.objects.latest("pk").get_change_message().startswith("Went back")

    def test_needs_a_post(self, admin_client, shares):
        url = address("codebaseshareclaim_revert", shares.pk, revisions(shares)[0].pk)
        assert admin_client.get(url).status_code == 405

    def test_to_another_entrys_revision_is_not_found(self, admin_client, shares):
        other = ClaimFactory()
        admin_client.post(address("usecase_change", other.pk), data_of(other, title="x"))
        foreign = revisions(other)[0]
        url = address("codebaseshareclaim_revert", shares.pk, foreign.pk)
        assert admin_client.post(url).status_code == 404
        huge = f"/admin/companies/codebaseshareclaim/{shares.pk}/revert/{'9' * 30}/"
        assert admin_client.post(huge).status_code == 404


def emptied(claim):
    """The rows of a claim, each ticked for removal."""
    data = {}
    for prefix in ("shares", "claim_technologies", "citations"):
        saved = []
        for row in getattr(claim, prefix).all():
            fields = {
                name: getattr(row, name)
                for name in ("role", "agreement", "percentage")
                if hasattr(row, name)
            }
            fields |= {"qualifier": "exactly", "id": row.pk, "claim": claim.pk, "DELETE": "on"}
            for name in ("technology", "source"):
                if hasattr(row, name):
                    fields[name] = getattr(row, f"{name}_id")
            saved.append(fields)
        data |= rows(prefix, saved, saved=len(saved))
    return data
