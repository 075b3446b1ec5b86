import pytest

from companies.merging import plan
from companies.models import (
    ClaimKind,
    Company,
    CompanyListEntry,
    Finding,
    FormerSlug,
    Revision,
    Status,
    Subject,
)
from tests.factories import (
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    CompanyListEntryFactory,
    CompanyListFactory,
    FormerSlugFactory,
    GapFactory,
    LogoFactory,
    ProposalFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meta():
    return CompanyFactory(slug="meta", name="Meta")


@pytest.fixture
def facebook():
    return CompanyFactory(slug="facebook", name="Facebook")


def formers(company):
    return sorted(company.former_slugs.values_list("slug", flat=True))


def aliases(company):
    return sorted(company.aliases.values_list("name", flat=True))


class TestClaims:
    def test_move_with_their_keys_and_proposals(self, merged, meta, facebook):
        claim = ClaimFactory(company=facebook, key="facebook-01")
        proposal = ProposalFactory(claim=claim)
        before = claim.updated
        merged(meta, facebook)
        claim.refresh_from_db()
        assert (claim.company, claim.key) == (meta, "facebook-01")
        assert claim.updated > before
        assert claim.proposals.get() == proposal

    def test_tell_in_their_history_why(self, merged, meta, facebook):
        claim = ClaimFactory(company=facebook)
        merged(meta, facebook)
        before, after = Revision.objects.of(Subject.CLAIM, [claim.pk])
        assert (before.content["company"], before.reason) == ("facebook", "")
        assert (after.content["company"], after.reason) == ("meta", "They are the same.")
        assert after.editor_name == "Ann"

    def test_keep_their_public_history(self, merged, meta, facebook):
        claim = ClaimFactory(company=facebook)
        merged(meta, facebook)
        assert Revision.objects.public().of(Subject.CLAIM, [claim.pk]).count() == 2

    def test_that_nobody_saw_are_said_to_be_seen_then(self, meta, facebook):
        facebook.status = Status.DRAFT
        facebook.save()
        claim = ClaimFactory(company=facebook)
        ClaimFactory(company=facebook, status=Status.IN_REVIEW)
        (remark,) = plan(meta, [facebook]).remarks
        assert remark.sentence.endswith("because their company isn't published: 1.")
        assert remark.rows == [claim]


class TestNames:
    def test_of_the_other_become_other_names(self, merged, meta, facebook):
        CompanyAliasFactory(company=facebook, name="FB")
        merged(meta, facebook)
        assert aliases(meta) == ["FB", "Facebook"]

    def test_are_not_repeated_whatever_their_case(self, merged, meta, facebook):
        CompanyAliasFactory(company=meta, name="FACEBOOK")
        CompanyAliasFactory(company=meta, name="FB")
        for name in ("fb", "Meta", "TFB"):
            CompanyAliasFactory(company=facebook, name=name)
        made = merged(meta, facebook)
        assert aliases(meta) == ["FACEBOOK", "FB", "TFB"]
        assert [one.sentence for one in made.dropped] == [
            "The other name “fb”: it has that already.",
            "The other name “Meta”: it has that already.",
        ]

    def test_of_two_others_are_not_repeated_either(self, merged, meta, facebook):
        other = CompanyFactory(name="facebook")
        merged(meta, facebook, other)
        assert aliases(meta) == ["Facebook"]


class TestAddresses:
    def test_redirect_all_of_them(self, merged, client, meta, facebook):
        FormerSlugFactory(company=facebook, slug="thefacebook")
        merged(meta, facebook)
        assert formers(meta) == ["facebook", "thefacebook"]
        for slug in formers(meta):
            page = client.get(f"/companies/{slug}/?q=a")
            assert (page.status_code, page["Location"]) == (301, "/companies/meta/?q=a")
        assert client.get("/companies/meta/").status_code == 200

    def test_of_a_chain_lead_to_its_end_in_one_step(self, merged, client, meta, facebook):
        last = CompanyFactory(slug="last")
        merged(meta, facebook)
        merged(last, meta)
        for slug in ("facebook", "meta"):
            assert client.get(f"/companies/{slug}/")["Location"] == "/companies/last/"

    def test_may_go_back_and_forth(self, merged, client, meta, facebook):
        merged(meta, facebook)
        # Facebook is founded anew under its old name; meta then becomes one with it.
        FormerSlug.objects.filter(slug="facebook").delete()
        anew = CompanyFactory(slug="facebook")
        FormerSlugFactory(company=meta, slug="older")
        merged(anew, meta)
        assert formers(anew) == ["meta", "older"]

    def test_of_the_survivor_itself_is_no_former_one(self, merged, meta, facebook):
        FormerSlugFactory(company=facebook, slug="meta")
        made = merged(meta, facebook)
        assert formers(meta) == ["facebook"]
        assert [one.sentence for one in made.dropped] == [
            "The former address “meta”: it is the survivor's own."
        ]


class TestFindings:
    def test_move_but_for_those_on_the_same(self, merged, meta, facebook):
        python = TechnologyFactory()
        kept = GapFactory(company=meta, claim_kind=ClaimKind.QUOTE, note="Looked twice.")
        GapFactory(company=facebook, claim_kind=ClaimKind.QUOTE, note="Looked once.")
        moved = GapFactory(company=facebook, claim_kind=ClaimKind.QUOTE, technology=python)
        made = merged(meta, facebook)
        assert set(meta.gaps.all()) == {kept, moved}
        assert [one.sentence for one in made.dropped] == [
            "A second finding of Facebook on the same: Quote: Unknown after looking."
        ]

    def test_of_two_others_on_the_same_the_first_moves(self, merged, meta, facebook):
        first = GapFactory(company=facebook, finding=Finding.UNKNOWN)
        GapFactory(finding=Finding.NOT_APPLICABLE)
        merged(meta, facebook, *Company.objects.exclude(pk__in=[meta.pk, facebook.pk]))
        assert meta.gaps.get() == first


class TestLists:
    def test_keep_the_place(self, merged, meta, facebook):
        made = CompanyListFactory(companies=[CompanyFactory(), facebook])
        merged(meta, facebook)
        entry = CompanyListEntry.objects.get(company=meta)
        assert (entry.company_list, entry.position) == (made, 2)
        (_before, after) = Revision.objects.of(Subject.LIST, [made.pk])
        assert after.content["entries"][1]["company"] == "meta"

    def test_with_both_keep_the_better_place_and_both_notes(self, merged, meta, facebook):
        made = CompanyListFactory()
        for company, position, note in ((meta, 7, "Large."), (facebook, 3, "Early.")):
            CompanyListEntryFactory(
                company_list=made, company=company, position=position, note=note
            )
        planned = merged(meta, facebook)
        entry = made.entries.get()
        assert (entry.company, entry.position, entry.note) == (meta, 3, "Large. Early.")
        assert len(planned.dropped) == len(planned.rewritten) == 1

    def test_with_notes_too_long_for_one_are_in_the_way(self, obstacles, meta, facebook):
        made = CompanyListFactory()
        for company in (meta, facebook):
            note = f"{company.slug} " + "x" * 400
            CompanyListEntryFactory(company_list=made, company=company, note=note)
        ((sentence, rows),) = obstacles(meta, facebook)
        assert "longer than 600 characters" in sentence
        assert rows == [made]


class TestFamily:
    def test_subsidiaries_come_along(self, merged, meta, facebook):
        child = CompanyFactory(parent=facebook)
        merged(meta, facebook)
        child.refresh_from_db()
        assert child.parent == meta
        (_before, after) = Revision.objects.of(Subject.COMPANY, [child.pk])
        assert (after.content["parent"], after.reason) == ("meta", "They are the same.")

    def test_a_parent_and_its_subsidiary_become_one(self, merged, meta, facebook):
        top = CompanyFactory()
        Company.objects.filter(pk=facebook.pk).update(parent=top)
        Company.objects.filter(pk=meta.pk).update(parent=facebook)
        sibling = CompanyFactory(parent=facebook)
        merged(Company.objects.get(pk=meta.pk), facebook)
        meta.refresh_from_db()
        sibling.refresh_from_db()
        assert (meta.parent, sibling.parent) == (top, meta)

    def test_a_subsidiary_becomes_one_with_its_parent(self, merged, meta, facebook):
        Company.objects.filter(pk=facebook.pk).update(parent=meta)
        child = CompanyFactory(parent=facebook)
        merged(meta, facebook)
        child.refresh_from_db()
        assert (meta.parent, child.parent) == (None, meta)

    def test_a_parent_without_one_above_leaves_none(self, merged, meta, facebook):
        Company.objects.filter(pk=meta.pk).update(parent=facebook)
        made = merged(Company.objects.get(pk=meta.pk), facebook)
        meta.refresh_from_db()
        assert meta.parent is None
        assert made.filled[0].words.startswith("none: ")

    def test_its_own_parent_stays(self, merged, meta, facebook):
        own = CompanyFactory()
        Company.objects.filter(pk=meta.pk).update(parent=own)
        Company.objects.filter(pk=facebook.pk).update(parent=CompanyFactory())
        made = merged(Company.objects.get(pk=meta.pk), facebook)
        meta.refresh_from_db()
        assert meta.parent == own
        assert made.filled == []

    def test_the_parent_of_the_other_fills_an_empty_one(self, merged, meta, facebook):
        top = CompanyFactory(name="Top")
        Company.objects.filter(pk=facebook.pk).update(parent=top)
        made = merged(meta, Company.objects.get(pk=facebook.pk))
        assert meta.parent == top
        assert [(one.label, one.words, one.origin) for one in made.filled] == [
            ("Parent", "Top", facebook)
        ]

    def test_a_parent_that_belongs_to_the_survivor_fills_nothing(self, merged, meta, facebook):
        child = CompanyFactory(parent=meta)
        Company.objects.filter(pk=facebook.pk).update(parent=child)
        merged(meta, Company.objects.get(pk=facebook.pk))
        child.refresh_from_db()
        assert (meta.parent, child.parent) == (None, meta)

    def test_a_company_between_the_two_is_in_the_way(self, obstacles, meta, facebook):
        between = CompanyFactory(name="Between", parent=facebook)
        Company.objects.filter(pk=meta.pk).update(parent=between)
        ((sentence, rows),) = obstacles(Company.objects.get(pk=meta.pk), facebook)
        assert sentence.startswith("Meta belongs to Between, which itself belongs to")
        assert rows == [between]


class TestFields:
    def test_empty_ones_are_filled_and_no_other_is_touched(self, merged, meta, facebook):
        Company.objects.filter(pk=meta.pk).update(industry="Software", website="")
        Company.objects.filter(pk=facebook.pk).update(
            industry="Networks", website="https://fb.example", founded="2004", summary="Social."
        )
        made = merged(Company.objects.get(pk=meta.pk), Company.objects.get(pk=facebook.pk))
        meta.refresh_from_db()
        assert (meta.industry, meta.website) == ("Software", "https://fb.example")
        assert (meta.founded, meta.summary) == ("2004", "Social.")
        assert {one.label for one in made.filled} == {"Founded", "Website", "Summary"}

    @pytest.mark.parametrize("has_one", [True, False])
    def test_a_logo_is_taken_only_if_there_is_none(self, merged, meta, facebook, has_one):
        theirs, own = LogoFactory(), LogoFactory()
        facebook.logo = theirs
        facebook.save()
        meta.logo = own if has_one else None
        meta.save()
        merged(meta, facebook)
        assert meta.logo == (own if has_one else theirs)


class TestStatus:
    @pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
    def test_a_published_company_never_disappears(self, obstacles, meta, facebook, status):
        meta.status = status
        meta.save()
        ((sentence, rows),) = obstacles(meta, facebook)
        assert sentence.startswith("Facebook would disappear from the pages, because Meta isn't")
        assert rows == [meta]

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.PUBLISHED])
    def test_one_that_is_not_published_may_go(self, obstacles, meta, facebook, status):
        for company, its in ((meta, status), (facebook, Status.DRAFT)):
            company.status = its
            company.save()
        assert obstacles(meta, facebook) == []
