"""Bringing one entry to a given content: a revert, an accepted proposal.

The same way in as a file takes, so that the same rules are told in the same words.
"""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from companies import search
from companies.exchange import former_names, references, rules
from companies.exchange.catalogue import Catalogue
from companies.exchange.database_words import error_in_words
from companies.exchange.identity import Identity
from companies.exchange.loading import Loading
from companies.exchange.placed import Place
from companies.exchange.problem import CatalogueError
from companies.exchange.progress import no_bar
from companies.exchange.revisions import NOBODY, Cause, record
from companies.exchange.schema import (
    ClaimRow,
    CompanyRow,
    DomainRow,
    ListRow,
    Row,
    SourceRow,
    TechnologyRow,
)
from companies.exchange.snapshot import SHAPES, snapshots
from companies.exchange.yaml_document import Document
from companies.models import Company, Logo, Subject

_ROWS: dict[str, tuple[str, type[Row]]] = {
    Subject.COMPANY: ("companies", CompanyRow),
    Subject.CLAIM: ("claims", ClaimRow),
    Subject.SOURCE: ("sources", SourceRow),
    Subject.TECHNOLOGY: ("technologies", TechnologyRow),
    Subject.DOMAIN: ("domains", DomainRow),
    Subject.LIST: ("lists", ListRow),
}


def apply(subject: str, pk: int, content: dict[str, Any], cause: Cause) -> None:
    """Make the entry so, with all its rows, as one revision.

    What is permanent stays: a key, a slug, a company's former addresses. Raises CatalogueError, and
    changes nothing, where the content is refused, say because a source it names is gone.
    """
    try:
        with search.following():
            # Whatever came in unnoticed is not this change.
            record(subject, [pk], NOBODY)
            _apply(subject, pk, content, cause)
    except IntegrityError as error:
        raise CatalogueError(error_in_words(error)) from error


def _apply(subject: str, pk: int, content: dict[str, Any], cause: Cause) -> None:
    now = SHAPES[subject].model._default_manager.select_for_update().get(pk=pk)
    catalogue = _catalogue(subject, _with_permanent(subject, pk, content))
    identity = Identity(catalogue)
    former_names.in_current_names(catalogue, identity)
    _refuse_without_company(catalogue)
    problems = [
        *catalogue.problems,
        *rules.problems(catalogue, rules.today()),
        *references.problems(catalogue, identity, may_move=True),
    ]
    if problems:
        raise CatalogueError("This can't be taken over.", problems)
    if isinstance(now, Company):
        _set_logo(now, content.get("logo"))
    with no_bar("", 1) as progress:
        Loading(catalogue, identity, timezone.now(), cause).run(progress)
    # The loading knows nothing of logos, which may be all that changed.
    record(subject, [pk], cause)


def _with_permanent(subject: str, pk: int, content: dict[str, Any]) -> dict[str, Any]:
    now = snapshots(subject, [pk])[pk].content
    permanent = ("slug", "key", "former_slugs", "former_keys")
    kept = {name: value for name, value in content.items() if name not in permanent}
    return {name: now[name] for name in permanent if name in now} | kept


def _refuse_without_company(catalogue: Catalogue) -> None:
    for claim in catalogue.claims:
        if not Company.objects.filter(slug=claim.company).exists():
            raise CatalogueError(f"There is no company “{claim.company}” any more.")


def _catalogue(subject: str, content: dict[str, Any]) -> Catalogue:
    """A catalogue of this one row."""
    catalogue = Catalogue()
    attribute, row_type = _ROWS[subject]
    values = {name: value for name, value in content.items() if name != "logo"}
    name = values.get("key") or values["slug"]
    company = values.pop("company", "") if subject == Subject.CLAIM else ""
    gaps = values.pop("gaps", [])
    place = Place(Document(""), (), name)
    catalogue.add(getattr(catalogue, attribute), row_type, values, place, company)
    for number, gap in enumerate(gaps):
        catalogue.add_gap(gap, Place(Document(""), ("gaps", number), name, ("gaps", number)))
    return catalogue


def _set_logo(company: Company, digest: str | None) -> None:
    logo = Logo.objects.filter(digest=digest).first() if digest else None
    if digest and not logo:
        raise CatalogueError("Its logo is not kept any more.")
    if company.logo_id != (logo and logo.digest):
        Company.objects.filter(pk=company.pk).update(logo=logo, updated=timezone.now())
