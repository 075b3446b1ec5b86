from decimal import Decimal

import pytest

from companies.exchange.apply import apply
from companies.merging import plan
from companies.models import ClaimKind, ClaimTechnology, Gap, Revision, Role, Subject
from tests.factories import (
    ClaimFactory,
    ClaimTechnologyFactory,
    CodebaseShareFactory,
    FormerTechnologySlugFactory,
    GapFactory,
    TechnologyFactory,
)
from tests.merging.conftest import CAUSE

pytestmark = pytest.mark.django_db


@pytest.fixture
def go():
    return TechnologyFactory(slug="go", name="Go")


@pytest.fixture
def golang():
    return TechnologyFactory(slug="golang", name="Golang")


def name(claim, technology, **given):
    return ClaimTechnologyFactory(claim=claim, technology=technology, **given)


class TestNamed:
    def test_in_a_claim_it_moves(self, merged, go, golang):
        claim = ClaimFactory(technologies={golang: Role.CHOSE})
        before = claim.updated
        merged(go, golang)
        row = claim.claim_technologies.get()
        assert (row.technology, row.role) == (go, Role.CHOSE)
        claim.refresh_from_db()
        assert claim.updated > before
        (_before, after) = Revision.objects.of(Subject.CLAIM, [claim.pk])
        assert after.content["technologies"][0]["technology"] == "go"
        assert after.reason == "They are the same."

    @pytest.mark.parametrize(
        ("own", "other", "kept"),
        [("", "", ""), ("fast", "", "fast"), ("", "safe", "safe"), ("fast", "safe", "fast; safe")],
    )
    def test_twice_in_the_same_role_one_row_stays_with_both_reasons(
        self, merged, go, golang, own, other, kept
    ):
        claim = ClaimFactory()
        name(claim, golang, reason=other)
        name(claim, go, reason=own)
        made = merged(go, golang)
        row = claim.claim_technologies.get()
        assert (row.technology, row.reason) == (go, kept)
        assert [one.row.technology for one in made.dropped] == [golang]

    def test_in_another_role_or_version_both_stay(self, merged, go, golang):
        claim = ClaimFactory()
        name(claim, go, version="1")
        name(claim, golang, version="2")
        name(claim, golang, role=Role.CHOSE)
        merged(go, golang)
        assert claim.claim_technologies.filter(technology=go).count() == 3

    def test_by_two_others_in_the_same_role_one_moves(self, merged, go, golang):
        third = TechnologyFactory()
        claim = ClaimFactory(technologies=[golang, third])
        merged(go, golang, third)
        assert claim.claim_technologies.get().technology == go

    def test_with_reasons_too_long_for_one_is_in_the_way(self, obstacles, go, golang):
        claim = ClaimFactory(title="Two reasons")
        name(claim, golang, reason="a" * 160)
        name(claim, go, reason="b" * 160)
        ((sentence, rows),) = obstacles(go, golang)
        assert sentence.startswith("“Two reasons” names both in the same role")
        assert rows == [claim]

    def test_as_given_up_for_the_other_is_remarked(self, go, golang):
        claim = ClaimFactory(technologies={go: Role.MIGRATED_TO, golang: Role.MIGRATED_FROM})
        ClaimFactory(technologies={golang: Role.MIGRATED_FROM})
        (remark,) = plan(go, [golang]).remarks
        assert remark.sentence.endswith("so that they may not be the same: 1.")
        assert remark.rows == [claim]


class TestShares:
    def test_move(self, merged, go, golang):
        claim = ClaimFactory(kind=ClaimKind.CODEBASE_SHARE, shares={golang: 60})
        merged(go, golang)
        share = claim.shares.get()
        assert (share.technology, share.percentage) == (go, Decimal(60))

    def test_of_both_in_one_claim_are_in_the_way(self, obstacles, go, golang):
        claim = ClaimFactory(
            title="Lines", kind=ClaimKind.CODEBASE_SHARE, shares={go: 20, golang: 10}
        )
        ((sentence, rows),) = obstacles(go, golang)
        assert sentence.startswith("“Lines” states a share of each: Go: 20%, Golang: 10%.")
        assert rows == [claim]

    def test_of_both_in_different_versions_stay_two(self, merged, go, golang):
        claim = ClaimFactory(kind=ClaimKind.CODEBASE_SHARE, shares={go: 20})
        CodebaseShareFactory(claim=claim, technology=golang, version="2", percentage=10)
        merged(go, golang)
        assert claim.shares.filter(technology=go).count() == 2


class TestFindings:
    def test_move_but_for_those_on_the_same(self, merged, go, golang):
        kept = GapFactory(technology=go)
        GapFactory(technology=golang, company=kept.company)
        moved = GapFactory(technology=golang)
        merged(go, golang)
        assert set(Gap.objects.filter(technology=go)) == {kept, moved}
        assert Gap.objects.count() == 2
        for gap in (kept, moved):
            (*_, last) = Revision.objects.of(Subject.COMPANY, [gap.company_id])
            assert last.content["gaps"][0]["technology"] == "go"
            assert last.reason == "They are the same."


def test_addresses_redirect_in_one_step_along_a_chain(merged, client, go, golang):
    FormerTechnologySlugFactory(technology=golang, slug="go-lang")
    ClaimFactory(technologies=[golang])
    merged(go, golang)
    for slug in ("golang", "go-lang"):
        page = client.get(f"/technologies/{slug}/?role=uses")
        assert (page.status_code, page["Location"]) == (301, "/technologies/go/?role=uses")
    last = TechnologyFactory(slug="last")
    merged(last, go)
    for slug in ("golang", "go-lang", "go"):
        assert client.get(f"/technologies/{slug}/")["Location"] == "/technologies/last/"
    assert client.get("/technologies/last/").status_code == 200


def test_empty_fields_are_filled_from_the_first_that_has_them(merged, go, golang):
    golang.website = "https://go.example"
    golang.save()
    third = TechnologyFactory(website="https://third.example", summary="A language.")
    merged(go, third, golang)
    assert (go.website, go.summary, go.name) == ("https://go.example", "A language.", "Go")


def test_a_claim_can_be_taken_back_to_where_it_named_what_was_merged_away(merged, go, golang):
    claim = ClaimFactory(title="As it was", technologies=[golang])
    merged(go, golang)
    before = Revision.objects.of(Subject.CLAIM, [claim.pk]).first()
    assert before.content["technologies"] == [{"technology": "golang", "role": "uses"}]
    claim.title = "As it is"
    claim.save()
    apply(Subject.CLAIM, claim.pk, before.content, CAUSE)
    claim.refresh_from_db()
    assert claim.title == "As it was"
    assert ClaimTechnology.objects.get(claim=claim).technology == go
    assert sorted(go.former_slugs.values_list("slug", flat=True)) == ["golang"]
