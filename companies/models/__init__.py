from companies.models.citation import Citation
from companies.models.claim import Claim
from companies.models.claim_kinds import (
    CodebaseShareClaim,
    Decision,
    KeyFigure,
    OpenSourceRelease,
    Quote,
    Strength,
    UseCase,
)
from companies.models.claim_parts import ClaimTechnology, CodebaseShare, Role
from companies.models.company import Company, CompanyAlias, CompanyKind
from companies.models.company_list import CompanyList, CompanyListEntry
from companies.models.domain import Domain
from companies.models.former_slug import FormerSlug
from companies.models.gap import Finding, Gap
from companies.models.import_run import (
    WORKING,
    ImportFormat,
    ImportKind,
    ImportRow,
    ImportRun,
    ImportState,
    RowOutcome,
)
from companies.models.link_check import Answer, LinkCheck, LinkOutcome
from companies.models.logo import Logo
from companies.models.proposal import Proposal, ProposalOutcome
from companies.models.record import ClaimKind, Status
from companies.models.revision import Action, Revision, Subject
from companies.models.search_document import SearchDocument, SearchName
from companies.models.source import FormerSourceKey, Source, SourceKind
from companies.models.technology import FormerTechnologySlug, Technology, TechnologyKind

__all__ = [
    "WORKING",
    "Action",
    "Answer",
    "Citation",
    "Claim",
    "ClaimKind",
    "ClaimTechnology",
    "CodebaseShare",
    "CodebaseShareClaim",
    "Company",
    "CompanyAlias",
    "CompanyKind",
    "CompanyList",
    "CompanyListEntry",
    "Decision",
    "Domain",
    "Finding",
    "FormerSlug",
    "FormerSourceKey",
    "FormerTechnologySlug",
    "Gap",
    "ImportFormat",
    "ImportKind",
    "ImportRow",
    "ImportRun",
    "ImportState",
    "KeyFigure",
    "LinkCheck",
    "LinkOutcome",
    "Logo",
    "OpenSourceRelease",
    "Proposal",
    "ProposalOutcome",
    "Quote",
    "Revision",
    "Role",
    "RowOutcome",
    "SearchDocument",
    "SearchName",
    "Source",
    "SourceKind",
    "Status",
    "Strength",
    "Subject",
    "Technology",
    "TechnologyKind",
    "UseCase",
]
