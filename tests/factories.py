"""One factory per model: the least that is valid, and published. A test names only its matter.

    ClaimFactory(kind=ClaimKind.QUOTE)                      words and a speaker come with the kind
    ClaimFactory(kind=ClaimKind.CODEBASE_SHARE, shares={"Python": 60, "Java": 40})
    ClaimFactory(technologies={"Python": Role.CHOSE, django: Role.USES})
    CompanyListFactory(companies=[netflix, spotify])

Technologies are given by name or as objects; a name that exists already is used again.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import factory
from django.contrib.auth.models import User
from django.utils import timezone
from factory.django import DjangoModelFactory

from companies.evidence import Agreement, Tier
from companies.figure import Qualifier
from companies.models import (
    Action,
    Citation,
    Claim,
    ClaimKind,
    ClaimTechnology,
    CodebaseShare,
    Company,
    CompanyAlias,
    CompanyList,
    CompanyListEntry,
    Domain,
    Finding,
    FormerSlug,
    FormerSourceKey,
    FormerTechnologySlug,
    Gap,
    ImportFormat,
    ImportKind,
    ImportRow,
    ImportRun,
    ImportState,
    LinkCheck,
    LinkOutcome,
    Logo,
    Proposal,
    Revision,
    Role,
    RowOutcome,
    Source,
    SourceKind,
    Status,
    Subject,
    Technology,
    TechnologyKind,
)

FIGURE_KINDS = {ClaimKind.KEY_FIGURE, ClaimKind.MIGRATION}


def _when(kinds: set[ClaimKind], value: Any, otherwise: Any) -> Any:
    return factory.LazyAttribute(lambda claim: value if claim.kind in kinds else otherwise)


def _technology(given: Technology | str) -> Technology:
    if isinstance(given, Technology):
        return given
    known = Technology.objects.filter(name=given).first()
    return known or TechnologyFactory(name=given)


class CompanyFactory(DjangoModelFactory):
    class Meta:
        model = Company

    slug = factory.Sequence(lambda number: f"company-{number}")
    name = factory.Sequence(lambda number: f"Company {number}")
    status = Status.PUBLISHED


class CompanyAliasFactory(DjangoModelFactory):
    class Meta:
        model = CompanyAlias

    company = factory.SubFactory(CompanyFactory)
    name = factory.Sequence(lambda number: f"Other name {number}")


class FormerSlugFactory(DjangoModelFactory):
    class Meta:
        model = FormerSlug

    company = factory.SubFactory(CompanyFactory)
    slug = factory.Sequence(lambda number: f"former-{number}")


class LogoFactory(DjangoModelFactory):
    class Meta:
        model = Logo

    digest = factory.Sequence(lambda number: f"{number:032x}")
    png = b"a picture"


class TechnologyFactory(DjangoModelFactory):
    class Meta:
        model = Technology

    slug = factory.Sequence(lambda number: f"technology-{number}")
    name = factory.Sequence(lambda number: f"Technology {number}")
    kind = TechnologyKind.LANGUAGE


class FormerTechnologySlugFactory(DjangoModelFactory):
    class Meta:
        model = FormerTechnologySlug

    technology = factory.SubFactory(TechnologyFactory)
    slug = factory.Sequence(lambda number: f"former-technology-{number}")


class DomainFactory(DjangoModelFactory):
    class Meta:
        model = Domain

    slug = factory.Sequence(lambda number: f"domain-{number}")
    name = factory.Sequence(lambda number: f"Domain {number}")


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    key = factory.Sequence(lambda number: f"source-{number}")
    url = factory.Sequence(lambda number: f"https://example.org/source-{number}")
    title = factory.Sequence(lambda number: f"Source {number}")
    publisher = factory.Sequence(lambda number: f"Publisher {number}")
    kind = SourceKind.ARTICLE
    tier = Tier.PRIMARY


class FormerSourceKeyFactory(DjangoModelFactory):
    class Meta:
        model = FormerSourceKey

    source = factory.SubFactory(SourceFactory)
    key = factory.Sequence(lambda number: f"former-source-{number}")


class LinkCheckFactory(DjangoModelFactory):
    """Of a document that answers; `failures` makes it one that doesn't, since as many days."""

    class Meta:
        model = LinkCheck

    source = factory.SubFactory(SourceFactory)
    url = factory.SelfAttribute("source.url")
    failures = 0
    outcome = factory.LazyAttribute(
        lambda check: LinkOutcome.GONE if check.failures else LinkOutcome.ANSWERS
    )
    status_code = factory.LazyAttribute(
        lambda check: {LinkOutcome.ANSWERS: 200, LinkOutcome.GONE: 404}.get(check.outcome)
    )
    checked_at = factory.LazyFunction(lambda: datetime.datetime.now(tz=datetime.UTC))
    failing_since = factory.LazyAttribute(
        lambda check: (
            (check.checked_at - datetime.timedelta(days=check.failures)).date()
            if check.failures
            else None
        )
    )


class ClaimFactory(DjangoModelFactory):
    class Meta:
        model = Claim
        skip_postgeneration_save = True

    company = factory.SubFactory(CompanyFactory)
    kind = ClaimKind.USE_CASE
    key = factory.Sequence(lambda number: f"claim-{number}")
    title = factory.Sequence(lambda number: f"Claim {number}")
    text = "It runs its back end on Python."
    as_of = "2016-05-27"
    source = factory.SubFactory(SourceFactory)
    status = Status.PUBLISHED

    figure_value = _when(FIGURE_KINDS, Decimal(14), None)
    figure_before = _when({ClaimKind.MIGRATION}, Decimal(750), None)
    figure_unit = _when(FIGURE_KINDS, "milliseconds", "")
    figure_qualifier = _when(FIGURE_KINDS, Qualifier.EXACTLY, "")
    quotation = _when({ClaimKind.QUOTE}, "We use Python.", "")
    speaker = _when({ClaimKind.QUOTE}, "Ada Lovelace", "")

    @factory.post_generation
    def shares(
        claim: Claim,  # noqa: N805 - factory_boy hands the finished object in
        create: bool,
        given: Mapping[Technology | str, float] | None,
        **_: Any,
    ) -> None:
        """A codebase share has one share unless told otherwise; other kinds have none."""
        if given is None:
            given = {"Python": 60} if claim.kind == ClaimKind.CODEBASE_SHARE else {}
        if create:
            for technology, percentage in given.items():
                CodebaseShareFactory(
                    claim=claim,
                    technology=_technology(technology),
                    percentage=Decimal(str(percentage)),
                )

    @factory.post_generation
    def technologies(
        claim: Claim,  # noqa: N805
        create: bool,
        given: Mapping[Technology | str, str] | Iterable[Technology | str] | None,
        **_: Any,
    ) -> None:
        if not isinstance(given, Mapping):
            given = dict.fromkeys(given or (), Role.USES)
        if create:
            for technology, role in given.items():
                ClaimTechnologyFactory(claim=claim, technology=_technology(technology), role=role)


class ClaimTechnologyFactory(DjangoModelFactory):
    class Meta:
        model = ClaimTechnology

    claim = factory.SubFactory(ClaimFactory)
    technology = factory.SubFactory(TechnologyFactory)
    role = Role.USES


class CodebaseShareFactory(DjangoModelFactory):
    class Meta:
        model = CodebaseShare

    claim = factory.SubFactory(ClaimFactory, kind=ClaimKind.CODEBASE_SHARE, shares={})
    technology = factory.SubFactory(TechnologyFactory)
    percentage = Decimal(60)


class CitationFactory(DjangoModelFactory):
    class Meta:
        model = Citation

    claim = factory.SubFactory(ClaimFactory)
    source = factory.SubFactory(SourceFactory)
    agreement = Agreement.AGREES
    as_reported = factory.LazyAttribute(
        lambda citation: "" if citation.agreement == Agreement.AGREES else "It puts it otherwise."
    )


class CompanyListFactory(DjangoModelFactory):
    class Meta:
        model = CompanyList
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda number: f"list-{number}")
    title = factory.Sequence(lambda number: f"List {number}")
    status = Status.PUBLISHED

    @factory.post_generation
    def companies(
        company_list: CompanyList,  # noqa: N805
        create: bool,
        given: Iterable[Company] | None,
        **_: Any,
    ) -> None:
        if create:
            for position, company in enumerate(given or (), start=1):
                CompanyListEntryFactory(
                    company_list=company_list, company=company, position=position
                )


class CompanyListEntryFactory(DjangoModelFactory):
    class Meta:
        model = CompanyListEntry

    company_list = factory.SubFactory(CompanyListFactory)
    company = factory.SubFactory(CompanyFactory)
    position = 1


class GapFactory(DjangoModelFactory):
    class Meta:
        model = Gap

    company = factory.SubFactory(CompanyFactory)
    claim_kind = ClaimKind.QUOTE
    finding = Finding.UNKNOWN
    looked_on = datetime.date(2026, 1, 15)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda number: f"user-{number}")
    password = "!"  # nobody logs in with it
    is_staff = True


class RevisionFactory(DjangoModelFactory):
    """Of nothing that is there: the history of real entries is written by the code under test."""

    class Meta:
        model = Revision

    subject = Subject.CLAIM
    subject_id = factory.Sequence(lambda number: 1_000_000 + number)
    name = factory.Sequence(lambda number: f"netflix-{number}")
    action = Action.ADDED
    content = factory.LazyFunction(lambda: {"key": "netflix-01"})
    was_public = True
    made_at = factory.LazyFunction(timezone.now)
    editor = factory.SubFactory(UserFactory)


class ProposalFactory(DjangoModelFactory):
    class Meta:
        model = Proposal

    claim = factory.SubFactory(ClaimFactory)
    content = factory.LazyFunction(lambda: {"key": "netflix-01"})
    base = factory.SubFactory(RevisionFactory)
    reason = "The post was corrected."
    author = factory.SubFactory(UserFactory)
    author_name = "Ann"


class ImportRunFactory(DjangoModelFactory):
    class Meta:
        model = ImportRun

    kind = ImportKind.CLAIMS
    format = ImportFormat.CSV
    file_name = "claims.csv"
    upload = b"company,key\nacme,acme-01\n"
    reason = "From the autumn survey."
    editor = factory.SubFactory(UserFactory)
    editor_name = "Ann"
    confirmed_by = factory.SubFactory(UserFactory)
    state = ImportState.READY
    digest = "0" * 64


class ImportRowFactory(DjangoModelFactory):
    class Meta:
        model = ImportRow

    run = factory.SubFactory(ImportRunFactory)
    number = factory.Sequence(lambda number: number + 2)
    name = factory.Sequence(lambda number: f"acme-{number}")
    outcome = RowOutcome.NEW
    content = factory.LazyFunction(lambda: {"key": "acme-01", "title": "Back end"})
