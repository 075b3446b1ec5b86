"""The columns of every kind of record, in their order: the same in every file, whatever is in it.

A column's name and meaning stay; new ones are added at the end of their table or before the
citation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from companies.data_files.lists import domain_record, entry_record
from companies.data_files.table import (
    BOOLEAN,
    DATETIME,
    INTEGER,
    NUMBER,
    PARTIAL_DATE,
    URI,
    WITH_OFFSET,
    Column,
    Table,
)
from companies.evidence import Grade, Tier, Verdict
from companies.figure import Qualifier
from companies.models import ClaimKind, CompanyKind, SourceKind, Subject, TechnologyKind
from companies.records import (
    change_record,
    chart_records,
    claim_record,
    company_record,
    comparison_records,
    move_records,
    ranked_share_records,
    search_record,
    source_record,
    statement_record,
    technology_record,
)

_COMPANY = Column("company", "The company, by the end of its page's address.", required=True)
_COMPANY_NAME = Column("company_name", "The company's name.", required=True)
_KEY = Column("key", "The claim, by its permanent key: /claims/<key>/.", required=True)
_QUALIFIERS = tuple(Qualifier.values)
_PARTIAL = "As 2016, 2016-05 or 2016-05-27."


def _citation(*, required: bool = True) -> tuple[Column, ...]:
    """What goes with whatever a claim says. Required where every row is of a claim."""
    return (
        Column("scope", "What part of the company the claim speaks of; empty for all of it."),
        Column("basis", "What is counted: lines of code, services, servers and so on."),
        Column("as_of", f"The date the claim is true for. {_PARTIAL}", pattern=PARTIAL_DATE),
        Column(
            "grade",
            "How well it is founded: measured by us, primary source, corroborated by several "
            "publishers, or reported by one.",
            required=required,
            values=tuple(Grade.values),
        ),
        Column("disputed", "Whether another source contradicts it.", BOOLEAN, required=required),
        Column("source_title", "The source's title.", required=required),
        Column("source_publisher", "Who published the source."),
        Column("source_published_on", f"When. {_PARTIAL}", pattern=PARTIAL_DATE),
        Column("source_url", "The source's address.", format=URI, required=required),
        Column("locator", "Where in the source it stands."),
        Column("url", "The permanent page of the claim.", format=URI, required=required),
    )


CLAIMS = Table(
    "Claims",
    (
        _COMPANY,
        _COMPANY_NAME,
        _KEY,
        Column("kind", "What it is about.", required=True, values=tuple(ClaimKind.values)),
        Column("title", "A headline of a few words.", required=True),
        Column("text", "The statement in the catalogue's own words."),
        Column("domain", "The field of use, by the end of its page's address."),
        Column("technologies", "Each technology with its role, after semicolons."),
        Column("shares", "Each technology with its share of the codebase, after semicolons."),
        Column("figure", "The figure in words, with the one before it."),
        Column("figure_value", "The figure as a number.", NUMBER),
        Column("figure_before", "The figure before a change.", NUMBER),
        Column("figure_unit", "What the figure counts."),
        Column("figure_qualifier", "How exactly the source states it.", values=_QUALIFIERS),
        Column("quotation", "Literal words of the source."),
        Column("speaker", "Who said them."),
        Column("speaker_role", "What the speaker was then."),
        Column("note", "What else a reader has to know."),
        Column("further_sources", "Agreement and address of each, after semicolons."),
        *_citation(),
    ),
    key="key",
)
COMPANIES = Table(
    "Companies",
    (
        _COMPANY,
        Column("name", "As the company writes it.", required=True),
        Column("kind", "What it is.", required=True, values=tuple(CompanyKind.values)),
        Column("industry", "Its field of business."),
        Column("founded", f"When it was founded. {_PARTIAL}", pattern=PARTIAL_DATE),
        Column("headquarters", "City, region, country."),
        Column("summary", "A sentence or two on the company."),
        Column("claims", "How many claims its profile has.", INTEGER, required=True),
        Column("website", "Its own address.", format=URI),
        Column("wikidata", "Its Wikidata item."),
        Column("url", "Its profile.", format=URI, required=True),
        Column(
            "logo",
            "Its logo as PNG, which belongs to the company; in the archive of all data also "
            "catalogue/logos/<company>.png.",
            format=URI,
        ),
    ),
    key="company",
)
TECHNOLOGIES = Table(
    "Technologies",
    (
        Column("technology", "The end of its page's address.", required=True),
        Column("name", "As it is written.", required=True),
        Column("kind", "What it is.", required=True, values=tuple(TechnologyKind.values)),
        Column("companies", "How many companies a claim says use it.", INTEGER, required=True),
        Column("url", "Its page.", format=URI, required=True),
    ),
    key="technology",
)
SOURCES = Table(
    "Sources",
    (
        Column("source", "The source, by its permanent key: /sources/<key>/.", required=True),
        Column("title", "Its title.", required=True),
        Column("publisher", "Who published it."),
        Column("author", "Who wrote it."),
        Column("published_on", f"When. {_PARTIAL}", pattern=PARTIAL_DATE),
        Column("kind", "What it is.", required=True, values=tuple(SourceKind.values)),
        Column("tier", "How close it is to the matter.", required=True, values=tuple(Tier.values)),
        Column("statements", "How many statements of it there are.", INTEGER, required=True),
        Column("source_url", "Its own address.", format=URI, required=True),
        Column("url", "Its page with the fact-check.", format=URI, required=True),
    ),
    key="source",
)
DOMAINS = Table(
    "Domains",
    (
        Column("domain", "The end of its page's address.", required=True),
        Column("name", "A field of use.", required=True),
        Column("claims", "How many claims are in it.", INTEGER, required=True),
        Column("url", "Its page.", format=URI, required=True),
    ),
    key="domain",
)
ENTRIES = Table(
    "Companies of edited lists, in their order",
    (
        Column("list", "The list, by the end of its page's address.", required=True),
        Column("list_title", "The list's title.", required=True),
        _COMPANY,
        _COMPANY_NAME,
        Column("note", "Why it is in the list."),
        Column("claims", "How many claims its profile has.", INTEGER, required=True),
        Column("source_title", "The document whose list it is, if it isn't our own."),
        Column("source_publisher", "Who published the document."),
        Column("source_url", "The document's address.", format=URI),
        Column("url", "The company's profile.", format=URI, required=True),
    ),
)
STATEMENTS = Table(
    "Statements of a source, held against what is known first-hand",
    (
        Column("statement", "What the source says."),
        Column("statement_locator", "Where in the source it stands."),
        Column(
            "verdict",
            "Whether a first-hand source bears it out; “first-hand” where the source itself is.",
            required=True,
            values=(*Verdict.values, "first-hand"),
        ),
        Column("note", "What else a reader has to know."),
        _COMPANY,
        _KEY,
        Column("claim", "The claim it is held against; the citation that follows is the claim's."),
        *_citation(),
    ),
)
CHANGES = Table(
    "Changes, the latest first",
    (
        Column("number", "Counts up with every change.", INTEGER, required=True),
        Column("made_at", "When it was made.", DATETIME, WITH_OFFSET, required=True),
        Column("change", "What was done.", required=True),
        Column("about", "The kind of entry.", required=True, values=tuple(Subject.values)),
        Column("name", "The entry, by its key or the end of its page's address.", required=True),
        Column("title", "What the entry was called then."),
        Column("company", "The company it is about, if it is about one."),
        Column("what_changed", "Field by field, before → after, after semicolons."),
        Column("reason", "Why, as far as the editor gave a reason."),
        Column("url", "The entry's page; empty where it is not shown any more.", format=URI),
    ),
    key="number",
)
BARS = Table(
    "The bars of a claim's charts",
    (
        _COMPANY,
        _KEY,
        Column("bar", "What the bar stands for; the unstated rest is one too.", required=True),
        Column("value", "How long it is.", NUMBER),
        Column("unit", "What it counts.", required=True),
        Column("qualifier", "How exactly the source states it.", values=_QUALIFIERS),
        *_citation(),
    ),
)
MOVES = Table(
    "Moves from one technology to another",
    (
        _COMPANY,
        _KEY,
        Column("from", "What was left.", required=True),
        Column("to", "What it was left for.", required=True),
        *_citation(),
    ),
)
COMPARISON = Table(
    "A comparison, a row for each statement in a cell",
    (
        Column("section", "The part of the comparison.", required=True),
        Column("row", "What is compared.", required=True),
        _COMPANY,
        _COMPANY_NAME,
        Column("value", "What is said of the company."),
        Column("empty", "Why nothing is said."),
        Column("note", "Why cells of the row do not compare."),
        Column("key", "The claim, by its permanent key; empty for what is no claim."),
        *_citation(required=False),
    ),
)

RANKED_SHARES = Table(
    "Shares of codebases",
    (
        Column("technology", "The technology, by the end of its page's address.", required=True),
        _COMPANY,
        _COMPANY_NAME,
        _KEY,
        Column("version", "The version that the share is of."),
        Column("percentage", "How many percent of the basis.", NUMBER, required=True),
        Column("qualifier", "How exactly the source states it.", values=_QUALIFIERS),
        *_citation(),
    ),
)
FOUND = Table(
    "What a search found",
    (
        Column(
            "found", "What was found.", required=True, values=("company", "technology", "claim")
        ),
        Column("kind", "Of which kind it is.", required=True),
        Column("title", "What it is called.", required=True),
        Column("matched", "The fields in which the words stand."),
        Column("company", "The company, by the end of its page's address."),
        Column("company_name", "The company's name."),
        Column("key", "The claim's key, or the end of the address of a technology's page."),
        Column("text", "What is said, or the summary."),
        Column("quotation", "The words quoted."),
        *_citation(required=False),
    ),
)

# By what makes the records.
TABLES: dict[Callable[..., Any], Table] = {
    claim_record: CLAIMS,
    company_record: COMPANIES,
    technology_record: TECHNOLOGIES,
    source_record: SOURCES,
    domain_record: DOMAINS,
    entry_record: ENTRIES,
    statement_record: STATEMENTS,
    change_record: CHANGES,
    chart_records: BARS,
    move_records: MOVES,
    comparison_records: COMPARISON,
    ranked_share_records: RANKED_SHARES,
    search_record: FOUND,
}
