"""All that there is to take, as a DataCatalog: the archive and the lists."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from companies.data_files.publication import Publication
from companies.data_files.tables import (
    CHANGES,
    CLAIMS,
    COMPANIES,
    DOMAINS,
    SOURCES,
    TECHNOLOGIES,
)
from companies.linked_data.block import Absolute, Data, filled, for_machines
from companies.linked_data.dataset import (
    MEDIA_TYPES,
    Rows,
    catalog_of_all,
    dataset,
    mention,
    offer,
)
from companies.linked_data.website import publisher

# By the name of the page's URL.
_LISTS = {
    "companies": (
        COMPANIES,
        "Companies, organisations and projects: kind, industry, founding and headquarters of each, "
        "and how many sourced claims say what it runs on.",
    ),
    "technologies": (
        TECHNOLOGIES,
        "Languages, frameworks, libraries, tools, databases, protocols and platforms, and how many "
        "companies a sourced claim says use each.",
    ),
    "domains": (
        DOMAINS,
        "Fields of use, such as web back ends or data and machine learning, and how many sourced "
        "claims are in each.",
    ),
    "quotes": (
        CLAIMS,
        "What engineers and founders said of the technology they use, word for word, with the "
        "place where they said it.",
    ),
    "sources": (
        SOURCES,
        "The documents that the claims rest on: publisher, author, date, kind and tier of each, "
        "and how many statements it makes.",
    ),
    "changes": (
        CHANGES,
        "What was added to the catalogue, corrected in it or withdrawn from it, when and why.",
    ),
}


@for_machines
def of_list(page: str, absolute: Absolute) -> Data:
    """Of the list whose URL has the name `page`, without filters."""
    return dataset(_rows_of_list(page), absolute)


@for_machines
def catalog(publication: Publication | None, absolute: Absolute) -> Data:
    """Everything there is to take: the archive, if there is one, and the lists."""
    lists = [mention(_rows_of_list(page), absolute) for page in _LISTS]
    return catalog_of_all(absolute) | {
        "description": "Sourced claims about the technology that companies run on, to take away.",
        "publisher": publisher(absolute),
        "dataset": [*([_archive(publication, absolute)] if publication else []), *lists],
    }


def _archive(publication: Publication, absolute: Absolute) -> Data:
    page = reverse("companies:data")
    download = {
        "@type": "DataDownload",
        "contentUrl": absolute(reverse("companies:data_file")),
        "encodingFormat": MEDIA_TYPES["zip"],
        "contentSize": f"{publication.size} B",
        "sha256": publication.sha256,
    }
    words = (
        "The whole published catalogue: companies, claims, technologies, sources, domains and "
        "lists as tables, with a description of every column and checksums."
    )
    about = {"@id": absolute(f"{page}#dataset"), "name": settings.SITE_NAME, "description": words}
    return filled(
        {
            "@type": "Dataset",
            **about,
            "url": absolute(page),
            **offer(publication.licence, absolute),
            "dateModified": publication.moment.isoformat(),
            "distribution": [download],
        }
    )


def _rows_of_list(page: str) -> Rows:
    table, description = _LISTS[page]
    name = "Quotes" if page == "quotes" else table.title.partition(",")[0]
    return Rows(reverse(f"companies:{page}"), name, description, table)
