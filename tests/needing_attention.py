"""Rows that need attention, and their like that don't, by the model and name of the item."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from companies.evidence import Agreement, Tier
from companies.models import (
    Claim,
    Company,
    CompanyList,
    Proposal,
    ProposalOutcome,
    Source,
    Status,
    Technology,
)
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    CompanyListFactory,
    LinkCheckFactory,
    ProposalFactory,
    SourceFactory,
    TechnologyFactory,
)

LONG_AGO = datetime.date(2000, 1, 1)
Makers = dict[tuple[Any, str], Callable[..., Any]]


def contradicted(**given: Any) -> Claim:
    return CitationFactory(claim__status="draft", agreement=Agreement.CONTRADICTS, **given).claim


# Each makes one row that only this item counts, or, of duplicates, one more of a number of twins.
NEEDING: Makers = {
    (Proposal, "open"): lambda: ProposalFactory(claim__status="draft"),
    (Claim, "in_review"): lambda: ClaimFactory(status="in_review"),
    (Company, "in_review"): lambda: ClaimFactory(company__status="in_review").company,
    (CompanyList, "in_review"): lambda: CompanyListFactory(status="in_review"),
    (Claim, "contradicted"): contradicted,
    (Claim, "check_due"): lambda: ClaimFactory(checked_on=LONG_AGO, checked_by="Ann"),
    (Claim, "never_checked"): ClaimFactory,
    (Claim, "one_report"): lambda: ClaimFactory(status="draft", source__tier=Tier.SECONDARY),
    (Source, "not_answering"): lambda: LinkCheckFactory(failures=9).source,
    (Company, "without_claims"): CompanyFactory,
    (Company, "possible_duplicates"): lambda: (
        ClaimFactory(status="draft", company__name="Acme").company
    ),
    (Technology, "possible_duplicates"): lambda: TechnologyFactory(website="https://a.example"),
    (Source, "possible_duplicates"): lambda: SourceFactory(title="Post", publisher="Acme"),
}
# One that no item counts.
AT_REST: Makers = {
    (Proposal, "open"): lambda: ProposalFactory(
        claim__status="draft",
        outcome=ProposalOutcome.DECLINED,
        decided_by="Ann",
        decided_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
    ),
    (Claim, "in_review"): lambda: ClaimFactory(status="draft"),
    (Company, "in_review"): lambda: ClaimFactory(status="draft").company,
    (CompanyList, "in_review"): CompanyListFactory,
    (Claim, "contradicted"): lambda: contradicted(claim__company__status=Status.WITHDRAWN),
    (Claim, "check_due"): lambda: ClaimFactory(
        checked_on=datetime.datetime.now(tz=datetime.UTC).date(), checked_by="Ann"
    ),
    (Claim, "never_checked"): lambda: ClaimFactory(status="draft"),
    (Claim, "one_report"): lambda: ClaimFactory(
        status=Status.WITHDRAWN, source__tier=Tier.SECONDARY, company__status=Status.WITHDRAWN
    ),
    (Source, "not_answering"): lambda: LinkCheckFactory(failures=1).source,
    (Company, "without_claims"): lambda: CompanyFactory(status=Status.WITHDRAWN),
    (Company, "possible_duplicates"): lambda: CompanyFactory(name="Acme", status=Status.WITHDRAWN),
    (Technology, "possible_duplicates"): TechnologyFactory,
    (Source, "possible_duplicates"): SourceFactory,
}
