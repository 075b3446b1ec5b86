"""The rows of a comparison that say who uses, chose, rejected or left what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from companies.comparison.table import Columns, Row
from companies.models import Claim, Role, TechnologyKind

_ROLES = {
    Role.USES: "uses",
    Role.CHOSE: "chose",
    Role.REJECTED: "rejected",
    Role.MIGRATED_FROM: "moved away from",
    Role.MIGRATED_TO: "moved to",
}
_ORDER = {role.value: place for place, role in enumerate(_ROLES)}
_PLURALS = {
    TechnologyKind.LANGUAGE: "Languages",
    TechnologyKind.FRAMEWORK: "Frameworks",
    TechnologyKind.LIBRARY: "Libraries",
    TechnologyKind.TOOL: "Tools",
    TechnologyKind.DATABASE: "Databases",
    TechnologyKind.PROTOCOL: "Protocols",
    TechnologyKind.PLATFORM: "Platforms",
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
            (claim, f"{_ROLES[Role(role)]} {version}".strip())
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
                (claim, f"{technology.name}: {words}") for claim, words in statements
            ]
    for kind in TechnologyKind:
        if alone[kind]:
            yield columns.row(f"{_PLURALS[kind]} that one company here names", alone[kind])


def _strength(claim: Claim) -> tuple[int, str]:
    return (list(type(claim.grade)).index(claim.grade), claim.key)
