"""Rows that a page offers as files, as a Dataset."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from companies.data_files.licence import Licence
from companies.data_files.lines import TYPES
from companies.data_files.table import INTEGER, NUMBER, Table
from companies.data_files.tables import (
    CLAIMS,
    COMPARISON,
    ENTRIES,
    STATEMENTS,
)
from companies.linked_data.block import Absolute, Data, filled, for_machines
from companies.linked_data.document import document
from companies.linked_data.organization import named
from companies.linked_data.technology import technology
from companies.linked_data.website import publisher
from companies.models import Claim, Company, CompanyList, Domain, Source, Technology

MEDIA_TYPES = {name: kind.partition(";")[0] for name, kind in TYPES.items()}
MEDIA_TYPES["zip"] = "application/zip"
_ROW_PER_CLAIM = "a row for each claim, with its figure, date, scope, basis, grade and source."


@dataclass(frozen=True)
class Rows:
    """What a page at `path` hands out. The description is one that a search engine takes, which
    wants 50 letters at least."""

    path: str
    name: str
    description: str
    table: Table


def dataset(rows: Rows, absolute: Absolute, **further: Any) -> Data:
    return filled(
        {
            **mention(rows, absolute),
            **offer(Licence.of_the_site(), absolute),
            "includedInDataCatalog": catalog_of_all(absolute),
            "variableMeasured": _variables(rows.table),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "contentUrl": absolute(f"{rows.path}?format={name}"),
                    "encodingFormat": media_type,
                }
                for name, media_type in MEDIA_TYPES.items()
            ],
            **further,
        }
    )


def mention(rows: Rows, absolute: Absolute) -> Data:
    return {
        "@type": "Dataset",
        "@id": absolute(f"{rows.path}#dataset"),
        "name": f"{settings.SITE_NAME}: {rows.name}",
        "description": rows.description,
        "url": absolute(rows.path),
    }


def offer(licence: Licence, absolute: Absolute) -> Data:
    """By whom, and on what terms. Without a licence nothing is said that sounds like one."""
    terms: str | Data = licence.address
    if licence.name and not licence.address:
        terms = {"@type": "CreativeWork", "name": licence.name}
    return {
        "creator": publisher(absolute),
        "license": terms,
        "isAccessibleForFree": True,
        "inLanguage": settings.CATALOG_LANGUAGE,
    }


def catalog_of_all(absolute: Absolute) -> Data:
    page = reverse("companies:data")
    return {
        "@type": "DataCatalog",
        "@id": absolute(f"{page}#catalog"),
        "name": f"{settings.SITE_NAME}: all of the data",
        "url": absolute(page),
    }


@for_machines
def of_company(company: Company, claims: Sequence[Claim], absolute: Absolute) -> Data:
    return dataset(
        _rows_of_company(company),
        absolute,
        about=named(company, absolute),
        temporalCoverage=_period(claims),
        dateModified=_newest([company, *claims]),
    )


def of_profile(company: Company, absolute: Absolute) -> Data:
    """No more than what a claim needs to say where it belongs."""
    return mention(_rows_of_company(company), absolute)


@for_machines
def of_comparison(
    path: str, companies: Sequence[Company], claims: Sequence[Claim], absolute: Absolute
) -> Data:
    """Of all rows, with the columns in the order of the address."""
    ordered = sorted(companies, key=lambda company: company.slug)
    names = " vs ".join(company.name for company in ordered)
    rows = Rows(
        path,
        names,
        f"{names}, side by side: a row for each statement, with its date, scope, basis, grade and "
        "source.",
        COMPARISON,
    )
    return dataset(
        rows,
        absolute,
        about=[named(company, absolute) for company in ordered],
        temporalCoverage=_period(claims),
        dateModified=_newest([*ordered, *claims]),
    )


@for_machines
def of_technology(found: Technology, absolute: Absolute) -> Data:
    words = f"Who uses, chose, rejected or left {found.name}: {_ROW_PER_CLAIM}"
    rows = Rows(found.get_absolute_url(), found.name, words, CLAIMS)
    return dataset(rows, absolute, about=technology(found, absolute))


@for_machines
def of_domain(found: Domain, absolute: Absolute) -> Data:
    words = f"{found.name} across companies: {_ROW_PER_CLAIM}"
    return dataset(Rows(found.get_absolute_url(), found.name, words, CLAIMS), absolute)


@for_machines
def of_source(found: Source, absolute: Absolute) -> Data:
    words = (
        f"What “{found.title}” ({found.publisher}) states: a row for each statement, with what is "
        "known of it first-hand."
    )
    rows = Rows(found.get_absolute_url(), f"Statements of “{found.title}”", words, STATEMENTS)
    return dataset(rows, absolute, isBasedOn=document(found, absolute))


@for_machines
def of_company_list(found: CompanyList, absolute: Absolute) -> Data:
    words = f"{found.title}: a row for each company, in the order of the list. {found.summary}"
    rows = Rows(found.get_absolute_url(), found.title, words.strip(), ENTRIES)
    based_on = document(found.source, absolute) if found.source else None
    return dataset(rows, absolute, isBasedOn=based_on, dateModified=_newest([found]))


def _variables(table: Table) -> list[Data]:
    """What is counted or measured, hence neither texts nor the numbers that name rows."""
    return [
        {"@type": "PropertyValue", "name": column.name, "description": column.about}
        for column in table.columns
        if column.type in (INTEGER, NUMBER) and column.name != table.key
    ]


def _rows_of_company(company: Company) -> Rows:
    words = f"What {company.name} runs on, for what, how much and why: {_ROW_PER_CLAIM}"
    return Rows(company.get_absolute_url(), company.name, words, CLAIMS)


def _period(claims: Iterable[Claim]) -> str:
    """From the oldest to the newest date that a claim is true for; undated ones have no part."""
    dates = {claim.as_of for claim in claims if claim.as_of}
    return "/".join(sorted({min(dates), max(dates)})) if dates else ""


def _newest(rows: Iterable[Company | Claim | CompanyList]) -> str:
    return max(row.updated for row in rows).isoformat(timespec="seconds")
