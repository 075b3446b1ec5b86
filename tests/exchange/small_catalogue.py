"""A catalogue of a few rows that touches every field, for tests to spoil one thing in."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

CLAIMS: list[dict[str, Any]] = [
    {
        "key": "acme-01",
        "kind": "use_case",
        "title": "Back end",
        "text": "The back end is Python.",
        "technologies": [
            {"technology": "python", "role": "uses", "version": "3.5", "reason": "the team knew it"}
        ],
        "domain": "web-backend",
        "scope": "back end",
        "as_of": "2016-05",
        "source": "acme-post",
        "locator": "first paragraph",
        "note": "Only the public part.",
        "checked_on": "2026-01-15",
        "checked_by": "Grace",
        "citations": [
            {
                "source": "news",
                "agreement": "differs",
                "as_reported": "Everything is Python.",
                "locator": "page 2",
                "note": "Said of the back end only.",
            }
        ],
    },
    {
        "key": "acme-02",
        "kind": "codebase_share",
        "title": "Languages",
        "text": "Most of the code is Python.",
        "shares": [
            {"technology": "python", "version": "3", "percentage": 60.5, "qualifier": "about"},
            {"technology": "java", "percentage": 39.5, "qualifier": "exactly"},
        ],
        "basis": "lines of code",
        "as_of": "2016",
        "source": "acme-post",
    },
    {
        "key": "acme-03",
        "kind": "key_figure",
        "title": "Latency",
        "text": "Answers come faster.",
        "figure": {"value": 2.5, "before": 750, "unit": "ms", "qualifier": "about"},
        "as_of": "2016-05-27",
        "source": "acme-post",
    },
    {
        "key": "acme-04",
        "kind": "quote",
        "title": "On Python",
        "text": "It likes Python.",
        "status": "draft",
        "quotation": "We like Python.",
        "speaker": "Ada Lovelace",
        "speaker_role": "engineer, Acme",
        "source": "acme-post",
    },
]
SMALL: dict[str, Any] = {
    "domains.yaml": [{"slug": "web-backend", "name": "Web back ends"}],
    "technologies.yaml": [
        {"slug": "java", "name": "Java", "kind": "language"},
        {
            "slug": "python",
            "name": "Python",
            "kind": "language",
            "former_slugs": ["cpython"],
            "website": "https://www.python.org",
            "summary": "A language.",
        },
    ],
    "sources.yaml": [
        {
            "key": "acme-post",
            "url": "https://acme.example/post",
            "title": "How we work",
            "publisher": "Acme",
            "author": "Ada Lovelace",
            "published_on": "2016-05-27",
            "kind": "engineering_blog",
            "tier": "primary",
            "former_keys": ["acme-blog"],
            "accessed_on": "2026-01-15",
            "note": "The second edition.",
        },
        {
            "key": "news",
            "url": "https://news.example/acme",
            "title": "Acme and Python",
            "publisher": "News",
            "kind": "news",
            "tier": "secondary",
        },
    ],
    "lists.yaml": [
        {
            "slug": "python-users",
            "title": "Users of Python",
            "summary": "Two of them.",
            "source": "news",
            "entries": [{"company": "bolt", "note": "First of all."}, {"company": "acme"}],
        }
    ],
    "companies/acme.yaml": {
        "slug": "acme",
        "name": "Acme",
        "kind": "company",
        "aliases": ["Acme Corporation", "ACME"],
        "former_slugs": ["acme-corp"],
        "parent": "bolt",
        "founded": "1999",
        "headquarters": "Fairfield, New Jersey, US",
        "industry": "Anvils",
        "website": "https://acme.example",
        "wikidata": "Q4674",
        "summary": "Makes anvils.",
        "gaps": [
            {
                "claim_kind": "use_case",
                "technology": "java",
                "domain": "web-backend",
                "finding": "none",
                "source": "acme-post",
                "looked_on": "2026-01-15",
                "note": "Says so itself.",
            }
        ],
        "claims": CLAIMS,
    },
    "companies/bolt.yaml": {
        "slug": "bolt",
        "name": "Bolt",
        "kind": "project",
        "status": "in_review",
    },
}


class Files(dict[str, Any]):
    """The content of each file, to be changed before `write`; bytes and text go in as they are."""

    def __init__(self, directory: Path, content: dict[str, Any]) -> None:
        super().__init__(deepcopy(content))
        self.directory = directory

    @property
    def acme(self) -> dict[str, Any]:
        return self["companies/acme.yaml"]

    def claim(self, number: int) -> dict[str, Any]:
        return self.acme["claims"][number - 1]

    def write(self) -> Path:
        for name in {"domains.yaml", "technologies.yaml", "sources.yaml", "lists.yaml"} - set(self):
            (self.directory / name).unlink(missing_ok=True)
        for path in self.directory.glob("companies/*"):
            path.unlink()
        for name, content in self.items():
            path = self.directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                path.write_bytes(content)
            else:
                text = content if isinstance(content, str) else as_yaml(content)
                path.write_text(text, encoding="utf-8")
        return self.directory


def as_yaml(content: Any) -> str:
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
