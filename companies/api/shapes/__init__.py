"""What the answers look like; the OpenAPI document and the documentation are made from these.

What is not recorded is null, several of nothing an empty list. A member that `?fields=` may leave
out has a default, so that no schema promises it.
"""

from companies.api.shapes.claim import Claim
from companies.api.shapes.company import Company, CompanyList
from companies.api.shapes.comparison import Comparison
from companies.api.shapes.entry import Domain, Source, Technology
from companies.api.shapes.page import (
    Claims,
    Companies,
    Domains,
    Hits,
    Lists,
    Sources,
    Suggestions,
    Technologies,
)
from companies.api.shapes.search import Hit

__all__ = [
    "Claim",
    "Claims",
    "Companies",
    "Company",
    "CompanyList",
    "Comparison",
    "Domain",
    "Domains",
    "Hit",
    "Hits",
    "Lists",
    "Source",
    "Sources",
    "Suggestions",
    "Technologies",
    "Technology",
]
