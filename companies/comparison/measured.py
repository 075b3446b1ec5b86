"""The rows of a comparison that hold numbers: shares of a codebase and key figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from companies.comparison import measures
from companies.comparison.measures import Measure, Statement
from companies.comparison.table import Columns, Row
from companies.models import Claim, ClaimKind, TechnologyKind

# Apart from this, a reader might take figures of different decades for contemporaries.
_YEARS_WORTH_SAYING = 2


def shares(columns: Columns) -> Iterator[Row]:
    """Per technology: a row for each measure that two companies share, and one for the rest.

    Technologies that most companies state a share of come first.
    """
    technologies = {}
    stated: dict[int, list[Statement]] = defaultdict(list)
    for claim in columns.claims:
        for share in claim.shares.all():
            technologies[share.technology_id] = share.technology
            words = share.in_words
            if share.version:
                words = _("%(share)s (version %(version)s)") % {
                    "share": words,
                    "version": share.version,
                }
            stated[share.technology_id].append(_statement(claim, "percent", words))
    for technology_id in sorted(
        technologies,
        key=lambda pk: (
            -len({statement.company_id for statement in stated[pk]}),
            technologies[pk].name.casefold(),
        ),
    ):
        technology = technologies[technology_id]
        groups = measures.group(stated[technology_id])
        rest = [*(s for members in groups.seeming for s in members), *groups.alone]
        rows: list[tuple[list[Statement], str, list[str]]] = [
            (members, _same_measure(members), []) for members in groups.alike
        ]
        if rest:
            unlike = measures.is_across_companies(stated[technology_id])
            note = measures.why_not(stated[technology_id]) if unlike else ""
            rows.append((rest, note, measures.reasons(stated[technology_id]) if unlike else []))
        for members, note, reasons in rows:
            yield columns.row(
                technology.name,
                [statement.carries for statement in members],
                kind=ClaimKind.CODEBASE_SHARE,
                technology_id=technology_id,
                note=note,
                address=technology.get_absolute_url(),
                is_unlike=bool(reasons),
                reasons=reasons,
            )


def figures(columns: Columns) -> Iterator[Row]:
    """Like figures first, then those that only seem alike, then what one company states alone."""
    kind = ClaimKind.KEY_FIGURE
    groups = measures.group(
        [
            _statement(
                claim,
                claim.figure_unit,
                _("%(title)s: %(text)s") % {"title": claim.title, "text": claim.figure_in_words},
                subject=_languages(claim),
            )
            for claim in columns.of_kind(kind)
        ]
    )
    for members in groups.alike:
        yield columns.row(
            _measure_label(members),
            _carried(members),
            kind=kind,
            note=_same_measure(members),
            is_stored=True,
        )
    for members in groups.seeming:
        yield columns.row(
            _measure_label(members),
            _carried(members),
            kind=kind,
            note=measures.why_not(members),
            is_unlike=True,
            reasons=measures.reasons(members),
            is_stored=True,
        )
    if groups.alone:
        yield columns.row(
            _("Other figures"),
            _carried(groups.alone),
            kind=kind,
            note=_(
                "These do not compare: no two companies here state one of them on the same basis, "
                "in the same unit and for the same part."
            )
            if measures.is_across_companies(groups.alone)
            else "",
            is_unlike=True,
        )


def _statement(claim: Claim, unit: str, words: str, subject: str = "") -> Statement:
    return Statement(
        company_id=claim.company_id,
        company=claim.company.name,
        as_of=claim.as_of,
        measure=Measure(claim.basis, unit, claim.scope, subject),
        carries=(claim, words),
    )


def _languages(claim: Claim) -> str:
    """The languages a figure speaks of, as far as the claim names any."""
    names = {
        row.technology.name
        for row in claim.claim_technologies.all()
        if row.technology.kind == TechnologyKind.LANGUAGE
    }
    return ", ".join(sorted(names))


def _carried(statements: Iterable[Statement]) -> list[tuple[Claim, str]]:
    return [statement.carries for statement in statements]


def _measure_label(statements: Sequence[Statement]) -> str:
    measure = statements[0].measure
    return measure.basis[:1].upper() + measure.basis[1:]


def _same_measure(statements: Sequence[Statement]) -> str:
    years = measures.years_apart(statements)
    return measures.same(statements, years if years >= _YEARS_WORTH_SAYING else 0)
