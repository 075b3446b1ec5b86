"""A valid row and a change that breaks exactly one rule, for every rule that is about one table.

A rule without an attack fails `test_every_rule_is_attacked`.
"""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from factory import SubFactory

from companies.evidence import Agreement
from companies.models import ClaimKind, Finding, ProposalOutcome
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    ClaimTechnologyFactory,
    CodebaseShareFactory,
    CompanyAliasFactory,
    CompanyFactory,
    CompanyListEntryFactory,
    CompanyListFactory,
    DomainFactory,
    FormerSlugFactory,
    FormerSourceKeyFactory,
    FormerTechnologySlugFactory,
    GapFactory,
    ImportRowFactory,
    ImportRunFactory,
    LinkCheckFactory,
    LogoFactory,
    ProposalFactory,
    RevisionFactory,
    SourceFactory,
    TechnologyFactory,
)


class Attack(NamedTuple):
    wall: str
    factory: Any
    # What the row is changed to, or a function of the row and of another row of its table.
    bad: dict[str, Any] | Callable[[Any, Any], dict[str, Any]]
    given: dict[str, Any] = {}


def each(wall, factory, field, values, **given):
    return [Attack(wall, factory, {field: value}, given) for value in values]


def twin(*fields):
    return lambda _row, other: {field: getattr(other, field) for field in fields}


NOT_SLUGS = ["", "Meta", "a--b", "-a", "a-", "a_b", "a b", "a.b", "ä", "meta\n"]
DECIDED = {
    "outcome": ProposalOutcome.DECLINED,
    "decided_by": "Bob",
    "decided_at": datetime.datetime(2026, 5, 27, tzinfo=datetime.UTC),
}
BLANKS = ["", " ", "\t", "\r\n", " \n "]
UNKNOWN = ["", "unheard-of", "PUBLISHED"]
NOT_DATES = ["soon", "2023-02-29", "2016-13", "2016\n", "0999", "٢٠١٦"]
NOT_HTTP = [
    "example.org",
    "ftp://example.org",
    "javascript:alert(1)",
    "//example.org",
    "https://",
    "https:///path",
    "https://exam ple.org",
    "https://example.org\n",
    "\nhttps://example.org",
]
A_DAY = datetime.date(2026, 1, 15)
QUOTE_OF_AUTHOR = {"kind": ClaimKind.QUOTE, "speaker": "", "source__author": "Ada Lovelace"}
KEY_FIGURE = {"kind": ClaimKind.KEY_FIGURE}
WORDED = {"figure_as_worded": "several", "figure_unit": "servers"}

CLAIM = [
    *each("claim_key_is_slug", ClaimFactory, "key", NOT_SLUGS),
    *each("claim_title_is_filled", ClaimFactory, "title", BLANKS),
    *each("claim_text_is_filled", ClaimFactory, "text", BLANKS),
    *each("claim_kind_is_known", ClaimFactory, "kind", UNKNOWN),
    *each("claim_status_is_known", ClaimFactory, "status", UNKNOWN),
    *each(
        "claim_figure_qualifier_is_known",
        ClaimFactory,
        "figure_qualifier",
        ["unheard-of", "EXACTLY"],
        **KEY_FIGURE,
    ),
    *each("claim_as_of_is_date", ClaimFactory, "as_of", NOT_DATES),
    *each("claim_quote_has_words", ClaimFactory, "quotation", BLANKS, **QUOTE_OF_AUTHOR),
    *each("claim_speaker_has_words", ClaimFactory, "speaker", ["Ada", " "]),
    *each("claim_speaker_has_words", ClaimFactory, "speaker_role", ["engineer"]),
    *each("claim_speaker_has_words", ClaimFactory, "speaker", ["Ada"], quotation=" "),
    Attack(
        "claim_key_figure_has_figure",
        ClaimFactory,
        {"figure_value": None, "figure_unit": "", "figure_qualifier": ""},
        KEY_FIGURE,
    ),
    *each("claim_figure_has_unit", ClaimFactory, "figure_unit", BLANKS, **KEY_FIGURE),
    *each("claim_figure_has_unit", ClaimFactory, "figure_as_worded", ["several", " "]),
    *each("claim_unit_has_figure", ClaimFactory, "figure_unit", ["servers", " "]),
    *each("claim_unit_has_figure", ClaimFactory, "figure_as_worded", ["", " "], **WORDED),
    *each("claim_before_has_after", ClaimFactory, "figure_before", [Decimal(750), Decimal(0)]),
    *each("claim_value_has_qualifier", ClaimFactory, "figure_qualifier", [""], **KEY_FIGURE),
    *each("claim_value_has_qualifier", ClaimFactory, "figure_qualifier", ["about"], **WORDED),
    *each("claim_check_has_day_and_checker", ClaimFactory, "checked_on", [A_DAY]),
    *each("claim_check_has_day_and_checker", ClaimFactory, "checked_by", ["Ann"]),
    *each(
        "claim_check_has_day_and_checker",
        ClaimFactory,
        "checked_by",
        BLANKS,
        checked_on=A_DAY,
        checked_by="Ann",
    ),
    Attack("companies_claim.key", ClaimFactory, twin("key")),
]

CLAIM_PARTS = [
    *each("claim_technology_role_is_known", ClaimTechnologyFactory, "role", UNKNOWN),
    Attack(
        "claim_technology_once",
        ClaimTechnologyFactory,
        twin("claim", "technology", "role", "version"),
    ),
    *each(
        "codebase_share_within_100",
        CodebaseShareFactory,
        "percentage",
        [Decimal("-0.001"), Decimal("100.001"), Decimal(999)],
    ),
    *each("codebase_share_qualifier_is_known", CodebaseShareFactory, "qualifier", UNKNOWN),
    Attack(
        "codebase_share_once",
        CodebaseShareFactory,
        twin("claim", "technology", "version"),
        # Of several shares of 60 % the sum would be refused first.
        {"percentage": 1},
    ),
    *each("citation_agreement_is_known", CitationFactory, "agreement", UNKNOWN, as_reported="x"),
    *each(
        "citation_says_what_it_reports",
        CitationFactory,
        "as_reported",
        BLANKS,
        agreement=Agreement.DIFFERS,
    ),
    *each("citation_says_what_it_reports", CitationFactory, "agreement", [Agreement.CONTRADICTS]),
    Attack("citation_statement_once", CitationFactory, twin("claim", "source", "as_reported")),
]

COMPANY = [
    *each("company_slug_is_slug", CompanyFactory, "slug", NOT_SLUGS),
    *each("company_slug_without_vs", CompanyFactory, "slug", ["vs", "a-vs-b", "vs-a", "a-vs"]),
    *each("company_name_is_filled", CompanyFactory, "name", BLANKS),
    *each("company_kind_is_known", CompanyFactory, "kind", UNKNOWN),
    *each("company_status_is_known", CompanyFactory, "status", UNKNOWN),
    *each("company_founded_is_date", CompanyFactory, "founded", NOT_DATES),
    *each("company_website_is_http", CompanyFactory, "website", NOT_HTTP),
    *each(
        "company_wikidata_is_item", CompanyFactory, "wikidata", ["907311", "Q0", "q1", "Q1\n", "Q"]
    ),
    *each("logo_digest_is_hexadecimal", LogoFactory, "digest", ["", "0" * 31, "G" * 32, "A" * 32]),
    Attack("companies_logo.digest", LogoFactory, twin("digest")),
    Attack("company_is_not_its_own_parent", CompanyFactory, lambda row, _other: {"parent": row}),
    Attack("companies_company.slug", CompanyFactory, twin("slug")),
    *each("company_alias_name_is_filled", CompanyAliasFactory, "name", BLANKS),
    Attack("company_alias_once", CompanyAliasFactory, twin("company", "name")),
    *each("former_slug_slug_is_slug", FormerSlugFactory, "slug", NOT_SLUGS),
    Attack("companies_formerslug.slug", FormerSlugFactory, twin("slug")),
]

COMPANY_LIST = [
    *each("company_list_slug_is_slug", CompanyListFactory, "slug", NOT_SLUGS),
    *each("company_list_title_is_filled", CompanyListFactory, "title", BLANKS),
    *each("company_list_status_is_known", CompanyListFactory, "status", UNKNOWN),
    Attack("companies_companylist.slug", CompanyListFactory, twin("slug")),
    Attack("company_list_entry_once", CompanyListEntryFactory, twin("company_list", "company")),
    *each("companies_companylistentry.position >= 0", CompanyListEntryFactory, "position", [-1]),
]

DOMAIN = [
    *each("domain_slug_is_slug", DomainFactory, "slug", NOT_SLUGS),
    *each("domain_name_is_filled", DomainFactory, "name", BLANKS),
    Attack("companies_domain.slug", DomainFactory, twin("slug")),
    Attack("companies_domain.name", DomainFactory, twin("name")),
]

GAP = [
    *each("gap_finding_is_known", GapFactory, "finding", UNKNOWN),
    *each("gap_claim_kind_is_known", GapFactory, "claim_kind", ["unheard-of", "QUOTE"]),
    *each("gap_none_has_source", GapFactory, "finding", [Finding.NONE]),
    *each("gap_has_subject", GapFactory, "claim_kind", [""]),
    Attack("gap_subject_once", GapFactory, twin("company", "claim_kind")),
    Attack(
        "gap_subject_once",
        GapFactory,
        twin("company", "technology"),
        {"claim_kind": "", "technology": SubFactory(TechnologyFactory)},
    ),
    Attack(
        "gap_subject_once",
        GapFactory,
        twin("company", "domain"),
        {"domain": SubFactory(DomainFactory)},
    ),
]

IMPORT = [
    *each("import_run_kind_is_known", ImportRunFactory, "kind", [*UNKNOWN, "lists"]),
    *each("import_run_format_is_known", ImportRunFactory, "format", [*UNKNOWN, "ods"]),
    *each("import_run_state_is_known", ImportRunFactory, "state", [*UNKNOWN, "discarded"]),
    *each("import_run_file_name_is_filled", ImportRunFactory, "file_name", BLANKS),
    *each("import_run_reason_is_filled", ImportRunFactory, "reason", BLANKS),
    *(
        Attack(f"companies_importrun.{column} >= 0", ImportRunFactory, {column: -1})
        for column in (
            "attempt",
            "new_count",
            "changed_count",
            "unchanged_count",
            "error_count",
        )
    ),
    *each("import_row_outcome_is_known", ImportRowFactory, "outcome", UNKNOWN),
    Attack("import_row_once", ImportRowFactory, twin("run", "number")),
    *each("companies_importrow.number >= 0", ImportRowFactory, "number", [-1]),
]

PROPOSAL = [
    *each("proposal_outcome_is_known", ProposalFactory, "outcome", ["", "OPEN"], **DECIDED),
    *each("proposal_reason_is_filled", ProposalFactory, "reason", BLANKS),
    *each("proposal_author_name_is_filled", ProposalFactory, "author_name", BLANKS),
    *each("proposal_decision_has_name_and_time", ProposalFactory, "decided_by", ["Bob"]),
    *each("proposal_decision_has_name_and_time", ProposalFactory, "decided_by", BLANKS, **DECIDED),
    *each(
        "proposal_decision_has_name_and_time",
        ProposalFactory,
        "outcome",
        ["accepted"],
    ),
]

REVISION = [
    *each("revision_subject_is_known", RevisionFactory, "subject", UNKNOWN),
    *each("revision_action_is_known", RevisionFactory, "action", UNKNOWN),
    *each("revision_name_is_slug", RevisionFactory, "name", NOT_SLUGS),
]

MOVED = {"outcome": "moved", "moved_to": "https://example.org/new"}
ARCHIVED = {"archive_url": "https://web.archive.org/web/2016/x", "archived_on": A_DAY}

LINK_CHECK = [
    *each("link_check_url_is_http", LinkCheckFactory, "url", ["", *NOT_HTTP]),
    *each("link_check_outcome_is_known", LinkCheckFactory, "outcome", UNKNOWN),
    *each("link_check_status_code_within_999", LinkCheckFactory, "status_code", [0, 99, 1000, -1]),
    *each("link_check_moved_to_is_http", LinkCheckFactory, "moved_to", NOT_HTTP, **MOVED),
    *each("link_check_moved_has_address", LinkCheckFactory, "moved_to", [""], **MOVED),
    *each("link_check_moved_has_address", LinkCheckFactory, "moved_to", ["https://example.org/"]),
    *each("link_check_failures_have_day", LinkCheckFactory, "failing_since", [A_DAY]),
    *each("link_check_failures_have_day", LinkCheckFactory, "failing_since", [None], failures=2),
    *each("link_check_failures_have_day", LinkCheckFactory, "failures", [-1, 0], failures=2),
    *each("link_check_archive_url_is_http", LinkCheckFactory, "archive_url", NOT_HTTP, **ARCHIVED),
    *each("link_check_archive_has_day", LinkCheckFactory, "archived_on", [A_DAY]),
    *each("link_check_archive_has_day", LinkCheckFactory, "archived_on", [None], **ARCHIVED),
    Attack("companies_linkcheck.source_id", LinkCheckFactory, twin("source")),
]

SOURCE = [
    *each("source_key_is_slug", SourceFactory, "key", NOT_SLUGS),
    *each("source_url_is_http", SourceFactory, "url", ["", *NOT_HTTP]),
    *each("source_title_is_filled", SourceFactory, "title", BLANKS),
    *each("source_publisher_is_filled", SourceFactory, "publisher", BLANKS),
    *each("source_published_on_is_date", SourceFactory, "published_on", NOT_DATES),
    *each("source_kind_is_known", SourceFactory, "kind", UNKNOWN),
    *each("source_tier_is_known", SourceFactory, "tier", UNKNOWN),
    *each("former_source_key_key_is_slug", FormerSourceKeyFactory, "key", NOT_SLUGS),
    Attack("companies_formersourcekey.key", FormerSourceKeyFactory, twin("key")),
    Attack("companies_source.key", SourceFactory, twin("key")),
    Attack("companies_source.url", SourceFactory, twin("url")),
]

TECHNOLOGY = [
    *each("technology_slug_is_slug", TechnologyFactory, "slug", NOT_SLUGS),
    *each("technology_name_is_filled", TechnologyFactory, "name", BLANKS),
    *each("technology_kind_is_known", TechnologyFactory, "kind", UNKNOWN),
    *each("technology_website_is_http", TechnologyFactory, "website", NOT_HTTP),
    *each("former_technology_slug_slug_is_slug", FormerTechnologySlugFactory, "slug", NOT_SLUGS),
    Attack("companies_formertechnologyslug.slug", FormerTechnologySlugFactory, twin("slug")),
    Attack("companies_technology.slug", TechnologyFactory, twin("slug")),
    Attack("technology_name_once", TechnologyFactory, twin("name")),
    Attack(
        "technology_name_once",
        TechnologyFactory,
        lambda _row, other: {"name": other.name.upper()},
    ),
]

ATTACKS = [
    *CLAIM,
    *CLAIM_PARTS,
    *COMPANY,
    *COMPANY_LIST,
    *DOMAIN,
    *GAP,
    *IMPORT,
    *PROPOSAL,
    *REVISION,
    *LINK_CHECK,
    *SOURCE,
    *TECHNOLOGY,
]
