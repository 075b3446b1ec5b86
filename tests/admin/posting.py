"""What a browser sends when an editor saves a page of the admin."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from companies.exchange.snapshot import subject_of
from companies.models import Claim, Company, CompanyList, Revision, Source
from tests.factories import CompanyFactory, SourceFactory

ROWS = {
    "claim": ("shares", "claim_technologies", "citations"),
    "company": ("aliases", "former_slugs", "gaps"),
    "company_list": ("entries",),
}


def seen(row: Model) -> dict[str, Any]:
    """Which revision of the row its page shows, as the page says it."""
    last = Revision.objects.of(subject_of(type(row)), [row.pk]).last()
    return {"_seen": last.pk if last else 0}


def rows(prefix: str, new: list[dict[str, Any]] | None = None, saved: int = 0) -> dict[str, Any]:
    """The fields of an inline; the first `saved` rows exist already and carry an id."""
    new = new or []
    data: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": len(new),
        f"{prefix}-INITIAL_FORMS": saved,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(new):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def no_rows(of: str) -> dict[str, Any]:
    return {name: value for prefix in ROWS[of] for name, value in rows(prefix).items()}


def claim_data(**given: Any) -> dict[str, Any]:
    """The least that makes a claim. `source=None` leaves the source out."""
    data = {
        "title": "Web back end on Django",
        "text": "The web tier is a Django application.",
        "locator": "",
        "as_of": "2016",
        "domain": "",
        "scope": "",
        "basis": "",
        "figure_value": "",
        "figure_before": "",
        "figure_unit": "",
        "figure_qualifier": "",
        "figure_as_worded": "",
        "quotation": "",
        "speaker": "",
        "speaker_role": "",
        "note": "",
        "key": "",
        "status": "draft",
        "checked_on": "",
        "checked_by": "",
        **no_rows("claim"),
    }
    if "company" not in given:
        data["company"] = CompanyFactory().pk
    if "source" not in given:
        data["source"] = SourceFactory().pk
    data |= given
    return {name: "" if value is None else value for name, value in data.items()}


def data_of(claim: Claim, **changed: Any) -> dict[str, Any]:
    """What the form of a saved claim sends when nothing but `changed` was touched."""
    names = (name for name in claim_data(company=0, source=0) if hasattr(claim, name))
    data = {name: getattr(claim, name) for name in names}
    data |= {"company": claim.company_id, "source": claim.source_id, "kind": claim.kind}
    data |= {"domain": claim.domain_id, "reason": "The source says so.", **seen(claim)}
    return claim_data(**data | changed)


def company_data(company: Company | None = None, **changed: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": "Netflix",
        "slug": "netflix",
        "kind": "company",
        "summary": "",
        "industry": "",
        "parent": "",
        "founded": "",
        "headquarters": "",
        "website": "",
        "wikidata": "",
        "status": "draft",
        **no_rows("company"),
    }
    if company:
        data |= {name: getattr(company, name) for name in data if hasattr(company, name)}
        data |= {"parent": company.parent_id or ""}
        data |= no_rows("company") | seen(company)
    return data | changed


def list_data(company_list: CompanyList | None = None, **changed: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "title": "Users of Python",
        "slug": "users-of-python",
        "summary": "",
        "source": "",
        "status": "draft",
    }
    if company_list:
        data |= {name: getattr(company_list, name) for name in ("title", "summary", "status")}
        data |= seen(company_list)
    return data | no_rows("company_list") | changed


def new_source(**given: Any) -> dict[str, Any]:
    """The fields of a source that is described on the claim's own page."""
    source = {
        "url": "https://example.org/new",
        "title": "How we run",
        "publisher": "Example Blog",
        "author": "",
        "published_on": "2019-04-29",
        "kind": "engineering_blog",
        "tier": "primary",
        "key": "",
    }
    return {f"new_source_{name}": value for name, value in (source | given).items()}


def source_data(source: Source | None = None, **given: Any) -> dict[str, Any]:
    """The fields of a source's own page."""
    data = {name.removeprefix("new_source_"): value for name, value in new_source().items()}
    data |= {"key": "the-key", "accessed_on": "", "note": ""}
    if source:
        data |= {name: getattr(source, name) or "" for name in data} | seen(source)
    return data | given
