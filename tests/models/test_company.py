import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from companies.evidence import Grade, Tier
from companies.models import ClaimKind, Company, CompanyKind, FormerSlug, Status
from tests.factories import (
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    DomainFactory,
    FormerSlugFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


def former_slugs(company):
    return list(company.former_slugs.values_list("slug", flat=True))


def rename(company, slug):
    company.slug = slug
    company.full_clean()
    company.save()


class TestFormerSlugs:
    def test_a_new_company_has_none(self):
        assert former_slugs(CompanyFactory()) == []

    def test_saving_without_a_new_slug_keeps_none(self):
        company = CompanyFactory()
        company.name = "Meta"
        company.save()
        assert former_slugs(company) == []

    @pytest.mark.parametrize("loaded", [True, False])
    def test_every_slug_it_ever_had_is_kept(self, loaded):
        company = CompanyFactory(slug="thefacebook")
        for slug in ("facebook", "meta"):
            if loaded:
                company = Company.objects.get(pk=company.pk)
            rename(company, slug)
        assert former_slugs(company) == ["thefacebook", "facebook"]

    def test_a_slug_taken_back_is_no_longer_a_former_one(self):
        company = CompanyFactory(slug="facebook")
        for slug in ("meta", "facebook"):
            rename(company, slug)
        assert former_slugs(company) == ["meta"]
        rename(company, "meta")
        assert former_slugs(company) == ["facebook"]

    def test_a_slug_that_is_not_written_is_not_kept(self):
        company = CompanyFactory(slug="facebook")
        company.slug = "meta"
        company.save(update_fields=["name"])
        assert former_slugs(company) == []
        company.save(update_fields=["slug"])
        assert former_slugs(company) == ["facebook"]

    def test_a_company_loaded_without_its_slug_keeps_it_as_well(self):
        pk = CompanyFactory(slug="facebook").pk
        company = Company.objects.defer("slug").get(pk=pk)
        company.slug = "meta"
        company.save()
        assert former_slugs(company) == ["facebook"]

    def test_an_editor_who_refreshes_after_anothers_renaming_can_save(self):
        company = CompanyFactory(slug="facebook")
        rename(Company.objects.get(pk=company.pk), "meta")
        company.refresh_from_db()
        company.save()
        assert company.slug == "meta"
        assert former_slugs(company) == ["facebook"]

    def test_an_editor_who_saves_over_anothers_renaming_loses_neither_address(self):
        company = CompanyFactory(slug="facebook")
        rename(Company.objects.get(pk=company.pk), "meta")
        company.save()
        assert company.slug == "facebook"
        assert former_slugs(company) == ["meta"]

    def test_another_companys_former_slug_is_refused_and_told(self):
        FormerSlugFactory(slug="facebook", company__name="Meta")
        with pytest.raises(ValidationError) as refusal:
            CompanyFactory.build(slug="facebook").full_clean()
        assert refusal.value.message_dict == {
            "slug": ["This is a former address of Meta, and still redirects there."]
        }

    def test_a_former_slug_that_a_company_has_now_is_refused_and_told(self):
        meta = CompanyFactory(slug="meta")
        with pytest.raises(ValidationError) as refusal:
            FormerSlug(company=meta, slug="meta").full_clean()
        assert refusal.value.message_dict == {"slug": ["A company has this address now."]}


class TestParents:
    @pytest.mark.parametrize("depth", [1, 2, 3])
    def test_a_circle_is_told_at_the_parent(self, depth):
        top = company = CompanyFactory()
        for _ in range(depth):
            company = CompanyFactory(parent=company)
        top.parent = company
        with pytest.raises(ValidationError) as refusal:
            top.full_clean()
        assert refusal.value.message_dict == {"parent": ["A company can't be its own ancestor."]}

    def test_a_parent_is_valid_for_a_new_and_a_stored_company(self):
        parent = CompanyFactory(parent=CompanyFactory())
        company = CompanyFactory.build(parent=parent)
        company.full_clean()
        company.save()
        company.full_clean()
        assert list(parent.subsidiaries.all()) == [company]


def test_named_like_finds_name_other_name_and_summary_once():
    by_name = CompanyFactory(name="Facebook")
    by_alias = CompanyFactory(name="Meta")
    for name in ("Facebook Inc.", "The Facebook"):
        CompanyAliasFactory(company=by_alias, name=name)
    by_summary = CompanyFactory(summary="Belongs to facebook.")
    CompanyFactory()
    found = Company.objects.named_like("FACEBOOK")
    assert found.count() == 3
    assert set(found) == {by_name, by_alias, by_summary}


def test_named_like_takes_signs_literally():
    found = CompanyFactory(name="100% Pure")
    CompanyFactory(name="1000 Things")
    assert list(Company.objects.named_like("100%")) == [found]
    assert not Company.objects.named_like("100_").exists()


class TestMatching:
    def test_an_empty_wish_finds_all(self):
        company = CompanyFactory()
        assert list(Company.objects.matching()) == [company]
        assert list(Company.objects.matching(q="", technology=None, kind="", sort="")) == [company]

    @pytest.mark.parametrize(
        "wish",
        [{"q": "stream"}, {"industry": "Video streaming"}, {"kind": CompanyKind.PROJECT}],
    )
    def test_by_what_the_company_is(self, wish):
        found = CompanyFactory(
            name="Streamer", industry="Video streaming", kind=CompanyKind.PROJECT
        )
        CompanyFactory()
        assert list(Company.objects.matching(**wish)) == [found]

    def test_by_a_technology_it_uses_or_has_a_share_of(self):
        python = TechnologyFactory()
        uses = ClaimFactory(technologies=[python]).company
        share = ClaimFactory(kind=ClaimKind.CODEBASE_SHARE, shares={python: 60}).company
        ClaimFactory(technologies=[TechnologyFactory()])
        assert set(Company.objects.matching(technology=python)) == {uses, share}

    def test_by_the_domain_of_a_claim(self):
        domain = DomainFactory()
        found = ClaimFactory(domain=domain).company
        ClaimFactory(company=found, domain=domain)
        ClaimFactory(domain=DomainFactory())
        assert list(Company.objects.matching(domain=domain)) == [found]

    def test_by_the_grade_of_a_claim(self):
        found = ClaimFactory(source__tier=Tier.MEASURED).company
        ClaimFactory(source__tier=Tier.SECONDARY)
        assert list(Company.objects.matching(evidence=Grade.MEASURED)) == [found]

    @pytest.mark.parametrize("wanted", ["technology", "domain", "evidence"])
    def test_a_claim_that_is_not_published_does_not_count(self, wanted):
        technology, domain = TechnologyFactory(), DomainFactory()
        ClaimFactory(status=Status.DRAFT, technologies=[technology], domain=domain)
        wish = {"technology": technology, "domain": domain, "evidence": Grade.PRIMARY}
        assert not Company.objects.matching(**{wanted: wish[wanted]}).exists()

    def test_wishes_add_up(self):
        both = CompanyFactory(name="Streamer", kind=CompanyKind.PROJECT)
        CompanyFactory(name="Streamer too")
        CompanyFactory(kind=CompanyKind.PROJECT)
        assert list(Company.objects.matching(q="streamer", kind=CompanyKind.PROJECT)) == [both]


class TestSorting:
    def names(self, sort):
        return [company.name for company in Company.objects.sorted_by(sort)]

    def test_by_name_whatever_its_case(self):
        for name in ("Zulip", "eBay", "Airbnb"):
            CompanyFactory(name=name)
        assert self.names("") == ["Airbnb", "eBay", "Zulip"]

    def test_by_claims_most_first_and_only_published_ones(self):
        for name, claims in (("One", 1), ("Three", 3), ("None", 0)):
            ClaimFactory.create_batch(claims, company=CompanyFactory(name=name))
        hidden = CompanyFactory(name="Hidden")
        ClaimFactory.create_batch(4, company=hidden, status=Status.DRAFT)
        assert self.names("claims") == ["Three", "One", "Hidden", "None"]

    def test_by_newest_published_claim_and_without_one_last(self):
        for name, as_of in (
            ("Old", "2016"),
            ("New", "2026"),
            ("Undated", ""),
            ("Newer", "2026-01"),
        ):
            ClaimFactory(company__name=name, as_of=as_of)
        CompanyFactory(name="No claim")
        ClaimFactory(company__name="Hidden", as_of="2026-02", status=Status.DRAFT)
        assert self.names("newest") == ["Newer", "New", "Old", "Hidden", "No claim", "Undated"]

    def test_by_founding_and_unknown_last(self):
        for name, founded in (("Young", "2016-05"), ("Old", "1911"), ("Unknown", "")):
            CompanyFactory(name=name, founded=founded)
        assert self.names("founded") == ["Old", "Young", "Unknown"]


def test_the_slug_is_the_address():
    company = CompanyFactory.build(slug="meta")
    assert company.get_absolute_url() == reverse("companies:company", args=["meta"])
    assert company.get_absolute_url() == "/companies/meta/"


def test_a_company_without_claims_has_none_that_is_not_withdrawn():
    bare = CompanyFactory(status="draft")
    emptied = ClaimFactory(status="withdrawn").company
    ClaimFactory(status="draft")
    CompanyFactory(status="withdrawn")
    assert set(Company.objects.without_claims()) == {bare, emptied}


@pytest.mark.parametrize(
    ("text", "in_part", "found"),
    [
        ("MIN", False, []),
        ("Min", True, ["mint"]),
        ("mint & CO", False, ["mint"]),
        ("peppermint", False, ["mint"]),
        ("pepper", True, ["mint"]),
        ("MINT", False, ["mint"]),
        # A summary says much that is no name.
        ("sweets", True, []),
    ],
)
def test_a_company_is_called_by_its_slug_and_all_its_names(text, in_part, found):
    mint = CompanyFactory(slug="mint", name="Mint & Co", summary="Makes sweets.")
    CompanyAliasFactory(company=mint, name="Peppermint")
    CompanyFactory(slug="acme", name="Acme")
    called = Company.objects.called(text, in_part=in_part)
    assert [company.slug for company in called] == found
