"""A catalogue as large as one wants, written in bulk: for the measurements and their test."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import connection

from companies.evidence import Agreement, Tier
from companies.models import (
    Citation,
    Claim,
    ClaimKind,
    ClaimTechnology,
    Company,
    CompanyAlias,
    CompanyList,
    Domain,
    Role,
    Source,
    SourceKind,
    Status,
    Technology,
    TechnologyKind,
)

BATCH = 5000
KINDS = (*ClaimKind.values, ClaimKind.USE_CASE, ClaimKind.USE_CASE)
# Of ten claims; most of what is in a catalogue is published.
STATUSES = (*[Status.PUBLISHED] * 7, Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN)
TIERS = (Tier.PRIMARY, Tier.SECONDARY, Tier.SECONDARY, Tier.MEASURED)
# The pages of the admin that show it; `last` is the number of the last page of claims.
DESK = "/admin/companies"
PAGES = {
    "first page": "/admin/",
    "claims": f"{DESK}/claim/",
    "claims, last page": f"{DESK}/claim/?p={{last}}",
    "claims, search": f"{DESK}/claim/?q=python",
    "claims, search of two words": f"{DESK}/claim/?q=company+migration",
    "claims, by title": f"{DESK}/claim/?o=1",
    "claims, facets": f"{DESK}/claim/?_facets=True",
    "claims, facets of a company": f"{DESK}/claim/?_facets=True&company=1",
    "claims, disputed": f"{DESK}/claim/?disputed=yes",
    "claims, reported": f"{DESK}/claim/?grade=reported",
    "claims in review": f"{DESK}/claim/?attention=in_review",
    "claims due for a check": f"{DESK}/claim/?attention=check_due",
    "claims never checked": f"{DESK}/claim/?attention=never_checked",
    "claims on one report": f"{DESK}/claim/?attention=one_report",
    "claims contradicted": f"{DESK}/claim/?attention=contradicted",
    "use cases": f"{DESK}/usecase/",
    "key figures": f"{DESK}/keyfigure/",
    "quotes": f"{DESK}/quote/",
    "companies": f"{DESK}/company/",
    "companies without claims": f"{DESK}/company/?attention=without_claims",
    "companies entered twice": f"{DESK}/company/?attention=possible_duplicates",
    "companies, facets": f"{DESK}/company/?_facets=True",
    "companies, search": f"{DESK}/company/?q=12",
    "sources": f"{DESK}/source/",
    "sources entered twice": f"{DESK}/source/?attention=possible_duplicates",
    "sources, facets": f"{DESK}/source/?_facets=True",
    "sources, search": f"{DESK}/source/?q=12",
    "technologies": f"{DESK}/technology/",
    "technologies entered twice": f"{DESK}/technology/?attention=possible_duplicates",
    "technologies, search": f"{DESK}/technology/?q=12",
    "domains": f"{DESK}/domain/",
    "lists": f"{DESK}/companylist/",
}

CHECKED_FROM = datetime.date(2019, 1, 1)


def make_claims(total: int) -> None:
    """Fill the catalogue up to `total` claims, of a tenth as many companies, on half as many
    sources, each naming a technology, every third with a further source."""
    companies = _filled(Company, total // 10, _company)
    sources = _filled(Source, total // 2, _source)
    technologies = _filled(Technology, max(total // 50, 3), _technology)
    domains = _filled(Domain, 10, _domain)
    _filled(CompanyList, 10, _list)
    _filled(
        CompanyAlias,
        total // 20,
        lambda n: CompanyAlias(company_id=companies[n], name=f"Other name {n}"),
    )
    claims = _filled(
        Claim,
        total,
        lambda n: _claim(n, companies, sources, domains),
    )
    _filled(
        ClaimTechnology,
        total,
        lambda n: ClaimTechnology(
            claim_id=claims[n], technology_id=technologies[n % len(technologies)], role=Role.USES
        ),
    )
    _filled(
        Citation,
        total // 3,
        lambda n: _citation(n, claims[n * 3], sources[(n * 7 + 1) % len(sources)]),
    )
    with connection.cursor() as cursor:
        # As a database in use has them; without, its plans are guesses.
        cursor.execute("ANALYZE")


def _filled(model: Any, total: int, make: Any) -> list[int]:
    """The ids of all rows, after those missing up to `total` were added."""
    there = model.objects.count()
    for start in range(there, total, BATCH):
        model.objects.bulk_create(make(n) for n in range(start, min(start + BATCH, total)))
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


def _company(n: int) -> Company:
    return Company(
        slug=f"company-{n}",
        name=f"Company {n}",
        industry=f"Industry {n % 12}",
        website=f"https://www.company-{n}.example.org/",
        status=STATUSES[n % len(STATUSES)],
    )


def _source(n: int) -> Source:
    return Source(
        key=f"source-{n}",
        url=f"https://example.org/source-{n}",
        title=f"Document {n}",
        publisher=f"Publisher {n % 997}",
        author="Ada Lovelace",
        kind=SourceKind.ARTICLE,
        tier=TIERS[n % len(TIERS)],
    )


def _technology(n: int) -> Technology:
    name = "Python" if n == 0 else f"Technology {n}"
    return Technology(slug=f"technology-{n}", name=name, kind=TechnologyKind.LANGUAGE)


def _domain(n: int) -> Domain:
    return Domain(slug=f"domain-{n}", name=f"Domain {n}")


def _list(n: int) -> CompanyList:
    return CompanyList(slug=f"list-{n}", title=f"List {n}", status=STATUSES[n])


def _claim(n: int, companies: list[int], sources: list[int], domains: list[int]) -> Claim:
    kind = KINDS[n % len(KINDS)]
    figure: Any = (
        {"figure_value": n, "figure_unit": "servers", "figure_qualifier": "exactly"}
        if kind == ClaimKind.KEY_FIGURE
        else {}
    )
    quotation = {"quotation": "We use Python.", "speaker": "Ada Lovelace"}
    checked: Any = (
        {"checked_on": CHECKED_FROM + datetime.timedelta(n % 2500), "checked_by": "Ann"}
        if n % 2
        else {}
    )
    return Claim(
        company_id=companies[n % len(companies)],
        kind=kind,
        key=f"company-{n % len(companies)}-{n:06d}",
        title=f"Claim {n} on its {kind}",
        text="The web tier is a Django application that runs on a few hundred servers.",
        as_of=f"{2010 + n % 15}",
        source_id=sources[n % len(sources)],
        domain_id=domains[n % len(domains)] if n % 3 else None,
        status=STATUSES[n // 7 % len(STATUSES)],
        **figure,
        **(quotation if kind == ClaimKind.QUOTE else {}),
        **checked,
    )


def _citation(n: int, claim: int, source: int) -> Citation:
    agreement = (
        Agreement.CONTRADICTS
        if n % 50 == 0
        else Agreement.DIFFERS
        if n % 10 == 0
        else Agreement.AGREES
    )
    return Citation(
        claim_id=claim,
        source_id=source,
        agreement=agreement,
        as_reported="" if agreement == Agreement.AGREES else "It puts it otherwise.",
    )
