"""The rows of a comparison that say who uses, chose, rejected or left what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from companies.comparison.table import Columns, Row
from companies.models import Claim, Role, TechnologyKind

# Each alone and with a version, because the two make another sentence in other languages.
_ROLES = {
    Role.USES: (_("uses"), _("uses %(version)s")),
    Role.CHOSE: (_("chose"), _("chose %(version)s")),
    Role.REJECTED: (_("rejected"), _("rejected %(version)s")),
    Role.MIGRATED_FROM: (_("moved away from"), _("moved away from %(version)s")),
    Role.MIGRATED_TO: (_("moved to"), _("moved to %(version)s")),
}
_ORDER = {role.value: place for place, role in enumerate(_ROLES)}
_ALONE = {
    TechnologyKind.LANGUAGE: _("Languages that one company here names"),
    TechnologyKind.FRAMEWORK: _("Frameworks that one company here names"),
    TechnologyKind.LIBRARY: _("Libraries that one company here names"),
    TechnologyKind.TOOL: _("Tools that one company here names"),
    TechnologyKind.DATABASE: _("Databases that one company here names"),
    TechnologyKind.PROTOCOL: _("Protocols that one company here names"),
    TechnologyKind.PLATFORM: _("Platforms that one company here names"),
}


def technologies(columns: Columns) -> Iterator[Row]:
    """A row for each technology that two companies name, most companies first, then the rest.

    What one company alone names is gathered by kind: a row each would bury what can be compared.
    """
    technologies = {}
    evidence: dict[int, dict[tuple[int, str, str], Claim]] = defaultdict(dict)
    for claim in columns.claims:
        for used in claim.claim_technologies.all():
            technologies[used.technology_id] = used.technology
            # The best evidenced claim stands for the role; the technology's page lists them all.
            place = (claim.company_id, used.role, used.version)
            known = evidence[used.technology_id].get(place)
            if known is None or _strength(claim) < _strength(known):
                evidence[used.technology_id][place] = claim
    named_by = {pk: len({company_id for company_id, *_ in evidence[pk]}) for pk in technologies}
    alone: dict[str, list[tuple[Claim, str]]] = defaultdict(list)
    for technology_id in sorted(
        technologies, key=lambda pk: (-named_by[pk], technologies[pk].name.casefold())
    ):
        technology = technologies[technology_id]
        statements = [
            (claim, _role(role, version))
            for (_company, role, version), claim in sorted(
                evidence[technology_id].items(), key=lambda item: (_ORDER[item[0][1]], item[0][2])
            )
        ]
        if named_by[technology_id] > 1 or columns.has_gap(technology_id):
            yield columns.row(
                technology.name,
                statements,
                technology_id=technology_id,
                address=technology.get_absolute_url(),
            )
        else:
            alone[technology.kind] += [
                (claim, gettext("%(title)s: %(text)s") % {"title": technology.name, "text": words})
                for claim, words in statements
            ]
    for kind in TechnologyKind:
        if alone[kind]:
            yield columns.row(str(_ALONE[kind]), alone[kind])


def _role(role: str, version: str) -> str:
    alone, with_version = _ROLES[Role(role)]
    return str(with_version) % {"version": version} if version else str(alone)


def _strength(claim: Claim) -> tuple[int, str]:
    return (list(type(claim.grade)).index(claim.grade), claim.key)
