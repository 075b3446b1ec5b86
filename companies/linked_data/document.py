"""Sources: documents of others, and who speaks in them."""

from __future__ import annotations

from companies.linked_data.block import Absolute, Data, filled
from companies.models import Source


def document(source: Source, absolute: Absolute) -> Data:
    """A page of ours says more on it, but it is somewhere else."""
    return filled(
        {
            "@type": "CreativeWork",
            "@id": absolute(f"{source.get_absolute_url()}#document"),
            "url": source.url,
            "name": source.title,
            "author": authors(source),
            "publisher": _publisher(source),
            "datePublished": source.published_on,
        }
    )


def authors(source: Source) -> list[Data]:
    names = [name.strip() for name in source.author.split(";")]
    return [
        {"@type": "Organization" if name == source.publisher else "Person", "name": name}
        for name in names
        if name
    ]


def who_says(source: Source) -> list[Data]:
    """Its authors, or who published it where none is named."""
    return authors(source) or [_publisher(source)]


def _publisher(source: Source) -> Data:
    return {"@type": "Organization", "name": source.publisher}
