"""A draft, what is in review or withdrawn, and anything of such a company is never shown."""

from typing import Any, NamedTuple

import pytest

from companies.models import (
    Citation,
    Claim,
    ClaimKind,
    ClaimTechnology,
    CodebaseShare,
    Company,
    CompanyList,
    CompanyListEntry,
    Domain,
    FormerSlug,
    FormerSourceKey,
    FormerTechnologySlug,
    Gap,
    Logo,
    Source,
    Status,
    Technology,
)
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    ClaimTechnologyFactory,
    CodebaseShareFactory,
    CompanyFactory,
    CompanyListEntryFactory,
    CompanyListFactory,
    DomainFactory,
    FormerSlugFactory,
    FormerSourceKeyFactory,
    FormerTechnologySlugFactory,
    GapFactory,
    LogoFactory,
    SourceFactory,
    TechnologyFactory,
)
from tests.models.walls import MODELS

pytestmark = pytest.mark.django_db

UNPUBLISHED = [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN]
# Whose status decides, from the point of view of a claim.
HIDDEN_CLAIMS = [
    {whose: status} for whose in ("status", "company__status") for status in UNPUBLISHED
]


def share_of(**claim):
    return CodebaseShareFactory(
        claim=ClaimFactory(kind=ClaimKind.CODEBASE_SHARE, shares={}, **claim)
    )


def use_in(**claim):
    return ClaimTechnologyFactory(claim=ClaimFactory(**claim))


def citation_of(**claim):
    return CitationFactory(claim=ClaimFactory(**claim))


class Way(NamedTuple):
    """How a row comes to be shown: through a claim, a company or a list of some status."""

    name: str
    make: Any
    hidden: list[dict[str, Status]]


UNPUBLISHED_OWNER = [{"status": status} for status in UNPUBLISHED]
WAYS = [
    Way("claim", ClaimFactory, HIDDEN_CLAIMS),
    Way("citation", citation_of, HIDDEN_CLAIMS),
    Way("use", use_in, HIDDEN_CLAIMS),
    Way("share", share_of, HIDDEN_CLAIMS),
    Way("technology in use", lambda **claim: use_in(**claim).technology, HIDDEN_CLAIMS),
    Way("technology in a share", lambda **claim: share_of(**claim).technology, HIDDEN_CLAIMS),
    Way("source of a claim", lambda **claim: ClaimFactory(**claim).source, HIDDEN_CLAIMS),
    Way("source of a citation", lambda **claim: citation_of(**claim).source, HIDDEN_CLAIMS),
    Way(
        "source of a list",
        lambda **owner: CompanyListFactory(source=SourceFactory(), **owner).source,
        UNPUBLISHED_OWNER,
    ),
    Way(
        "source of a gap",
        lambda **owner: GapFactory(source=SourceFactory(), company=CompanyFactory(**owner)).source,
        UNPUBLISHED_OWNER,
    ),
    Way("company", CompanyFactory, UNPUBLISHED_OWNER),
    Way(
        "former address",
        lambda **owner: FormerSlugFactory(company=CompanyFactory(**owner)),
        UNPUBLISHED_OWNER,
    ),
    Way(
        "former address of a technology",
        lambda **claim: FormerTechnologySlugFactory(technology=use_in(**claim).technology),
        HIDDEN_CLAIMS,
    ),
    Way(
        "former address of a source",
        lambda **claim: FormerSourceKeyFactory(source=ClaimFactory(**claim).source),
        HIDDEN_CLAIMS,
    ),
    Way(
        "logo",
        lambda **owner: CompanyFactory(logo=LogoFactory(), **owner).logo,
        UNPUBLISHED_OWNER,
    ),
    Way("gap", lambda **owner: GapFactory(company=CompanyFactory(**owner)), UNPUBLISHED_OWNER),
    Way("list", CompanyListFactory, UNPUBLISHED_OWNER),
    Way(
        "place on a list",
        CompanyListEntryFactory,
        [
            {whose: status}
            for whose in ("company_list__status", "company__status")
            for status in UNPUBLISHED
        ],
    ),
]
each_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)


def test_every_word_published_is_covered():
    covered = {
        Claim, Citation, ClaimTechnology, CodebaseShare, Technology, Source, Company, CompanyList,
        CompanyListEntry, FormerSlug, FormerSourceKey, FormerTechnologySlug, Gap, Logo,
    }  # fmt: skip
    assert {model for model in MODELS if hasattr(model.objects, "published")} == covered


@each_way
def test_what_is_published_is_shown(way):
    row = way.make()
    assert row in type(row).objects.published()


@each_way
def test_what_is_not_published_is_not_shown(way):
    for hidden in way.hidden:
        row = way.make(**hidden)
        assert row not in type(row).objects.published(), hidden


def test_a_technology_or_source_that_nothing_names_is_not_shown():
    TechnologyFactory()
    SourceFactory()
    assert not Technology.objects.published().exists()
    assert not Source.objects.published().exists()


def test_a_source_or_technology_is_shown_once_however_often_it_is_named():
    source, technology = SourceFactory(), TechnologyFactory()
    for _ in range(2):
        claim = ClaimFactory(
            kind=ClaimKind.CODEBASE_SHARE,
            shares={technology: 5},
            technologies=[technology],
            source=source,
        )
        CitationFactory(claim=claim, source=source)
    CompanyListFactory(source=source)
    assert Source.objects.published().filter(pk=source.pk).count() == 1
    assert list(Technology.objects.published()) == [technology]


def test_a_companys_claim_count_leaves_out_what_is_not_published():
    company = CompanyFactory()
    ClaimFactory.create_batch(2, company=company)
    ClaimFactory()
    for status in UNPUBLISHED:
        ClaimFactory(company=company, status=status)
    assert Company.objects.with_claim_count().get(pk=company.pk).claim_count == 2


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_an_unpublished_company_counts_no_claims(status):
    company = ClaimFactory(company__status=status).company
    assert Company.objects.with_claim_count().get(pk=company.pk).claim_count == 0


def test_a_domains_claim_count_leaves_out_what_is_not_published():
    domain = DomainFactory()
    ClaimFactory.create_batch(2, domain=domain)
    ClaimFactory(domain=DomainFactory())
    for hidden in HIDDEN_CLAIMS:
        ClaimFactory(domain=domain, **hidden)
    assert Domain.objects.with_claim_count().get(pk=domain.pk).claim_count == 2


def test_a_sources_statement_count_leaves_out_what_is_not_published():
    source = SourceFactory()
    ClaimFactory.create_batch(2, source=source)
    CitationFactory.create_batch(3, source=source)
    CitationFactory()
    for hidden in HIDDEN_CLAIMS:
        ClaimFactory(source=source, **hidden)
        CitationFactory(source=source, claim=ClaimFactory(**hidden))
    assert Source.objects.with_statement_count().get(pk=source.pk).statement_count == 5


def test_a_technologys_company_count_leaves_out_what_is_not_published():
    technology = TechnologyFactory()
    for hidden in HIDDEN_CLAIMS:
        ClaimTechnologyFactory(technology=technology, claim=ClaimFactory(**hidden))
        CodebaseShareFactory(technology=technology, claim=ClaimFactory(**hidden))
    assert Technology.objects.with_company_count().get(pk=technology.pk).company_count == 0


def test_a_technologys_company_count_counts_a_company_once():
    technology, companies = TechnologyFactory(), CompanyFactory.create_batch(3)
    both, shares_only, uses_only = companies
    for company in (both, both, uses_only):
        ClaimFactory(company=company, technologies=[technology])
    for company in (both, shares_only, shares_only):
        ClaimFactory(company=company, kind=ClaimKind.CODEBASE_SHARE, shares={technology: 5})
    ClaimFactory(technologies=[TechnologyFactory()])
    assert Technology.objects.with_company_count().get(pk=technology.pk).company_count == 3
