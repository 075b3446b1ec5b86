"""Each rule of a claim and its rows: the message stands beside the field, and nothing is saved."""

import datetime

import pytest
from django.db import IntegrityError

from companies.models import Citation, Claim, ClaimTechnology, CodebaseShare
from companies.refusals import broken_rule
from tests.admin.conftest import address
from tests.admin.posting import claim_data, data_of, rows
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    ClaimTechnologyFactory,
    CodebaseShareFactory,
    SourceFactory,
    TechnologyFactory,
)

TOMORROW = (datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=1)).date()
COUNTED = {"figure_value": "14", "figure_unit": "ms", "figure_qualifier": "about"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"company": None}, "company"),
        ({"company": "0"}, "company"),
        ({"company": "abc"}, "company"),
        ({"company": "99999999999999999999999"}, "company"),
        ({"source": "99999999"}, "source"),
        ({"domain": "abc"}, "domain"),
        ({"title": ""}, "title"),
        ({"title": "   "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"text": ""}, "text"),
        ({"text": "x" * 1001}, "text"),
        ({"text": "nul \x00"}, "text"),
        ({"key": "Not A Slug"}, "key"),
        ({"as_of": "yesterday"}, "as_of"),
        ({"as_of": "2023-02-29"}, "as_of"),
        ({"as_of": TOMORROW.isoformat()}, "as_of"),
        ({"status": "perfect"}, "status"),
        ({"kind": "rumour"}, "kind"),
        ({"kind": "quote"}, "quotation"),
        ({"kind": "quote", "quotation": "Words of nobody."}, "speaker"),
        ({"speaker": "Ada Lovelace"}, "speaker"),
        ({"kind": "key_figure"}, "figure_value"),
        ({**COUNTED, "figure_unit": ""}, "figure_unit"),
        ({"figure_unit": "servers"}, "figure_value"),
        ({"figure_before": "12", "figure_unit": "ms"}, "figure_value"),
        ({**COUNTED, "figure_qualifier": ""}, "figure_qualifier"),
        ({**COUNTED, "figure_value": "", "figure_as_worded": "few"}, "figure_qualifier"),
        ({**COUNTED, "figure_value": "many"}, "figure_value"),
        ({**COUNTED, "figure_value": "1" * 30}, "figure_value"),
        ({**COUNTED, "figure_value": "NaN"}, "figure_value"),
        ({"checked_by": "Ada"}, "checked_on"),
        ({"checked_on": TOMORROW.isoformat(), "checked_by": "Ada"}, "checked_on"),
    ],
)
def test_a_broken_rule_is_told_beside_its_field(admin_client, errors, given, field):
    data = claim_data(**{"kind": "use_case", **given})
    response = admin_client.post(address("claim_add"), data)
    assert field in errors(response)
    assert not Claim.objects.exists()


def test_a_missing_company_is_the_only_thing_told_when_nothing_else_is_wrong(admin_client, errors):
    response = admin_client.post(address("usecase_add"), claim_data(company=None))
    assert errors(response).keys() == {"company"}


@pytest.mark.parametrize(
    ("form", "field"), [("keyfigure", "figure_unit"), ("quote", "quotation"), ("decision", "kind")]
)
def test_a_kind_form_marks_what_its_kind_needs(admin_client, errors, form, field):
    page = admin_client.get(address(f"{form}_add"))
    assert page.context["adminform"].form.fields[field].required
    assert field in errors(admin_client.post(address(f"{form}_add"), claim_data()))


class TestShares:
    def post(self, client, *shares):
        data = claim_data() | rows("shares", [_share(*share) for share in shares])
        return client.post(address("codebaseshareclaim_add"), data)

    def test_shares_up_to_the_whole_are_saved(self, admin_client):
        assert self.post(admin_client, (60,), (40.5,)).status_code == 302
        assert CodebaseShare.objects.count() == 2

    def test_shares_over_the_whole_are_refused_and_nothing_is_lost(self, admin_client, errors):
        response = self.post(admin_client, (60,), (40.6,))
        assert errors(response).keys() == {"shares"}
        assert "add up to 100.6 percent" in errors(response)["shares"][0]
        html = response.content.decode()
        assert "add up to 100.6 percent" in html
        assert 'name="shares-1-percentage" value="40.6"' in html
        assert "Web back end on Django" in html
        assert not Claim.objects.exists()

    @pytest.mark.parametrize("percentage", [-1, 100.001, "NaN", "Infinity", "half", "", 1e20])
    def test_an_impossible_share_is_refused_beside_it(self, admin_client, errors, percentage):
        response = self.post(admin_client, (percentage,))
        assert errors(response).keys() == {"shares-0-percentage"}

    def test_one_technology_twice_is_refused(self, admin_client, errors):
        python = TechnologyFactory()
        found = errors(self.post(admin_client, (10, python), (20, python)))
        assert found["shares"] == ["This technology has a share already."]
        assert not Claim.objects.exists()

    def test_two_shares_swap_their_percentages(self, admin_client):
        claim = ClaimFactory(kind="codebase_share", shares={"Python": 60, "Java": 40})
        python, java = claim.shares.all()
        self.save(admin_client, claim, [_share(40, share=python), _share(60, share=java)])
        assert [float(share.percentage) for share in claim.shares.all()] == [40, 60]
        assert [share.pk for share in claim.shares.all()] == [python.pk, java.pk]

    def test_two_shares_swap_their_technologies(self, admin_client):
        claim = ClaimFactory(kind="codebase_share", shares={"Python": 60, "Java": 40})
        python, java = claim.shares.all()
        rows_ = [
            _share(60, java.technology, share=python),
            _share(40, python.technology, share=java),
        ]
        self.save(admin_client, claim, rows_)
        assert [share.technology.name for share in claim.shares.all()] == ["Java", "Python"]

    def test_a_new_share_takes_the_room_of_a_deleted_one(self, admin_client):
        claim = ClaimFactory(kind="codebase_share", shares={"Python": 100})
        old = claim.shares.get()
        rows_ = [_share(100, share=old) | {"DELETE": "on"}, _share(100, TechnologyFactory())]
        self.save(admin_client, claim, rows_)
        assert claim.shares.get().technology != old.technology

    def test_a_row_of_another_claim_is_not_touched_by_a_forged_id(self, admin_client):
        claim = ClaimFactory(kind="codebase_share", shares={})
        foreign = CodebaseShareFactory(percentage=60)
        data = data_of(claim) | rows("shares", [_share(1, share=foreign)], saved=1)
        admin_client.post(address("codebaseshareclaim_change", claim.pk), data)
        foreign.refresh_from_db()
        assert foreign.percentage == 60
        assert not claim.shares.exists()

    def save(self, client, claim, given):
        saved = sum("id" in row for row in given)
        # Another place in the source, or else the page asks whether the percentages are right.
        data = data_of(claim, locator="page 2") | rows("shares", given, saved=saved)
        response = client.post(address("codebaseshareclaim_change", claim.pk), data)
        assert response.status_code == 302


def _share(percentage, technology=None, share=None):
    row = {"percentage": percentage, "qualifier": "exactly", "version": ""}
    if share:
        row |= {"id": share.pk, "claim": share.claim_id}
    technology = technology or (share.technology if share else TechnologyFactory())
    return row | {"technology": technology.pk}


class TestTechnologies:
    def test_the_same_technology_in_the_same_role_is_refused(self, admin_client, errors):
        row = {"technology": TechnologyFactory().pk, "role": "uses"}
        data = claim_data() | rows("claim_technologies", [row, row])
        found = errors(admin_client.post(address("usecase_add"), data))
        assert found["claim_technologies"] == ["This technology is listed in this role already."]
        assert not ClaimTechnology.objects.exists()

    def test_the_same_technology_in_two_roles_is_saved(self, admin_client):
        python = TechnologyFactory().pk
        new = [
            {"technology": python, "role": "migrated_from", "version": "2"},
            {"technology": python, "role": "migrated_to", "version": "3"},
        ]
        data = claim_data(kind="migration") | rows("claim_technologies", new)
        assert admin_client.post(address("decision_add"), data).status_code == 302
        assert ClaimTechnology.objects.count() == 2

    def test_two_rows_swap_their_roles(self, admin_client):
        claim = ClaimFactory()
        one = ClaimTechnologyFactory(claim=claim, role="uses")
        two = ClaimTechnologyFactory(claim=claim, role="chose", technology=one.technology)
        new = [
            {"id": one.pk, "claim": claim.pk, "technology": one.technology_id, "role": "chose"},
            {"id": two.pk, "claim": claim.pk, "technology": one.technology_id, "role": "uses"},
        ]
        data = data_of(claim) | rows("claim_technologies", new, saved=2)
        assert admin_client.post(address("usecase_change", claim.pk), data).status_code == 302
        assert [row.role for row in claim.claim_technologies.all()] == ["chose", "uses"]


class TestCitations:
    def test_a_citation_of_the_claims_own_source_is_refused(self, admin_client, errors):
        source = SourceFactory()
        row = {"source": source.pk, "agreement": "agrees"}
        data = claim_data(source=source.pk) | rows("citations", [row])
        assert errors(admin_client.post(address("usecase_add"), data)).keys() == {
            "citations-0-source"
        }

    def test_moving_a_claim_onto_a_cited_source_is_refused(self, admin_client, errors):
        citation = CitationFactory()
        row = {
            "id": citation.pk,
            "claim": citation.claim_id,
            "source": citation.source_id,
            "agreement": "agrees",
        }
        data = data_of(citation.claim, source=citation.source_id)
        data |= rows("citations", [row], saved=1)
        response = admin_client.post(address("usecase_change", citation.claim_id), data)
        assert errors(response).keys() == {"citations-0-source"}

    @pytest.mark.parametrize("agreement", ["differs", "contradicts"])
    def test_disagreement_says_what_is_reported(self, admin_client, errors, agreement):
        row = {"source": SourceFactory().pk, "agreement": agreement}
        data = claim_data() | rows("citations", [row])
        found = errors(admin_client.post(address("usecase_add"), data))
        assert found.keys() == {"citations-0-as_reported"}

    def test_the_same_statement_twice_is_refused(self, admin_client, errors):
        row = {"source": SourceFactory().pk, "agreement": "agrees", "as_reported": "The same."}
        data = claim_data() | rows("citations", [row, row])
        found = errors(admin_client.post(address("usecase_add"), data))
        assert found["citations"] == ["This statement of this source is listed already."]
        assert not Citation.objects.exists()


class TestWhatOnlyTheDatabaseSees:
    """Somebody else saved something between the form's check and the database's."""

    def test_a_share_that_came_in_between_is_told_and_nothing_is_lost(
        self, admin_client, errors, monkeypatch
    ):
        monkeypatch.setattr("companies.admin.claim_parts.SHARES_LIMIT", 1000)
        data = claim_data() | rows("shares", [_share(60), _share(70)])
        response = admin_client.post(address("codebaseshareclaim_add"), data)
        (message,) = errors(response)["__all__"]
        assert message.startswith("The shares of a claim add up to more than 100 percent.")
        assert 'name="shares-1-percentage" value="70"' in response.content.decode()
        assert not Claim.objects.exists()

    def test_a_key_that_came_in_between_is_told(self, admin_client, errors, monkeypatch):
        ClaimFactory(key="taken")
        monkeypatch.setattr(Claim, "validate_unique", lambda claim, exclude=None: None)
        response = admin_client.post(address("usecase_add"), claim_data(key="taken"))
        assert errors(response).keys() == {"__all__"}
        assert Claim.objects.count() == 1

    def test_a_refusal_at_the_very_end_leaves_no_message_of_success(
        self, admin_client, errors, monkeypatch
    ):
        def succeed_and_fail(model_admin, request, *args):
            model_admin.message_user(request, "Added!")
            raise IntegrityError("violates foreign key constraint")

        monkeypatch.setattr("companies.admin.claim.BaseClaimAdmin.log_addition", succeed_and_fail)
        response = admin_client.post(address("usecase_add"), claim_data())
        assert "Somebody else has just saved something" in errors(response)["__all__"][0]
        assert "Added!" not in response.content.decode()
        assert not Claim.objects.exists()

    def test_a_named_rule_is_told_in_its_own_words(self, db):
        with pytest.raises(IntegrityError) as caught:
            ClaimFactory(kind="quote", quotation="", speaker="")
        assert broken_rule(caught.value).startswith("A quote needs the words")
