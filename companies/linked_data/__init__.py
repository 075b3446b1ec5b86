"""What the pages say, in the terms of schema.org, for machines that read them.

    as_script([organization(company, absolute), breadcrumbs(crumbs, absolute)])

Each thing has an address of its own that stays (`@id`): that of its page with a word behind “#”.
Only what is published and stands on the page or one link further is said. Pages of the archive,
previews and embedded pages have none, or one thing would have two descriptions.
"""

from companies.linked_data.block import Absolute, Data, as_script
from companies.linked_data.breadcrumb import Crumb, breadcrumbs
from companies.linked_data.claim import claim
from companies.linked_data.claim_review import RATINGS, claim_reviews
from companies.linked_data.data_catalog import catalog, of_list
from companies.linked_data.dataset import (
    of_company,
    of_company_list,
    of_comparison,
    of_domain,
    of_source,
    of_technology,
)
from companies.linked_data.organization import organization
from companies.linked_data.quotation import quotations
from companies.linked_data.website import website

__all__ = [
    "RATINGS",
    "Absolute",
    "Crumb",
    "Data",
    "as_script",
    "breadcrumbs",
    "catalog",
    "claim",
    "claim_reviews",
    "of_company",
    "of_company_list",
    "of_comparison",
    "of_domain",
    "of_list",
    "of_source",
    "of_technology",
    "organization",
    "quotations",
    "website",
]
