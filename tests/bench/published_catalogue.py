"""A published catalogue as large as one wants, in words as frequent as in a language.

For the measurements of what visitors and programs ask. The second word is half as frequent as the
first, the third a third (Zipf). All entries are published and every claim has a quotation, which
costs most. The same each time.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

from django.db import connection

from companies.evidence import Tier
from companies.models import (
    Claim,
    ClaimKind,
    ClaimTechnology,
    Company,
    Domain,
    Role,
    Source,
    SourceKind,
    Status,
    Technology,
    TechnologyKind,
)

BATCH = 5000
TECHNOLOGIES, DOMAINS, INDUSTRIES, WORDS = 400, 12, 20, 20_000
KINDS = [kind for kind in ClaimKind if kind != ClaimKind.KEY_FIGURE]
IN_TITLE, IN_QUOTATION, IN_CLAIM = 5, 8, 30
_COMMON = """
    service application server data code team migration database traffic platform build request
    language framework deployment cluster storage pipeline engineer developer performance memory
    library customer infrastructure backend frontend mobile testing monitoring machine learning
"""
COMMON = _COMMON.split()
_SYLLABLES = [a + b for a in "bcdfglmnprstvz" for b in "aeiou"]


def fill(companies: int, claims: int) -> None:
    chance = random.Random(5)  # noqa: S311 - measures, protects nothing
    Domain.objects.bulk_create(
        Domain(slug=f"domain-{n}", name=f"Domain {word(n)}") for n in range(DOMAINS)
    )
    Technology.objects.bulk_create(
        Technology(
            slug=f"technology-{n}",
            name="Python" if n == 0 else word(n * 7).capitalize(),
            kind=TechnologyKind.LANGUAGE,
        )
        for n in range(TECHNOLOGIES)
    )
    _insert(Source, map(_source, range(max(claims // 20, 1))))
    _insert(Company, map(_company, range(companies)))
    if connection.vendor == "sqlite":
        # Each is a call of Python for each row, and all are kept by how the rows are made.
        _run("PRAGMA ignore_check_constraints = ON")
    ids = {model: _ids(model) for model in (Company, Source, Technology, Domain)}
    _insert(Claim, (_claim(n, ids, chance) for n in range(claims)))
    technologies = ids[Technology]
    weights = list(itertools.accumulate(1 / (n + 1) for n in range(TECHNOLOGIES)))
    _insert(
        ClaimTechnology,
        (
            ClaimTechnology(claim_id=claim, technology_id=technology, role=Role.USES)
            for claim in _ids(Claim)
            for technology in set(chance.choices(technologies, cum_weights=weights, k=2))
        ),
    )
    if connection.vendor == "sqlite":
        _run("PRAGMA ignore_check_constraints = OFF")
    analyze()


def analyze() -> None:
    """As a database in use has been; without, its plans are guesses."""
    _run("ANALYZE")


def word(number: int) -> str:
    """The word of this rank: real ones first, then what sounds like some."""
    if number < len(COMMON):
        return COMMON[number]
    size = len(_SYLLABLES)
    return "".join(
        _SYLLABLES[number * step // size**at % size] for at, step in enumerate((1, 3, 7))
    )


_VOCABULARY = [word(n) for n in range(WORDS)]
_FREQUENCIES = list(itertools.accumulate(1 / (n + 1) for n in range(WORDS)))


def _company(n: int) -> Company:
    size = len(_SYLLABLES)
    syllables = [_SYLLABLES[n * 31 // size**at % size] for at in range(4)]
    return Company(
        slug=f"company-{n}",
        name=f"{''.join(syllables).capitalize()} {_VOCABULARY[n * 13 % WORDS].capitalize()}",
        industry=f"Industry {n % INDUSTRIES}",
        summary=" ".join(_VOCABULARY[n * step % 500] for step in (3, 5, 7, 11, 13, 17)),
        status=Status.PUBLISHED,
    )


def _source(n: int) -> Source:
    return Source(
        key=f"source-{n}",
        url=f"https://example.org/source-{n}",
        title=f"Document {n}",
        publisher=f"Publisher {n % 997}",
        author="Ada Lovelace",
        kind=SourceKind.ARTICLE,
        tier=list(Tier)[n % len(Tier)],
    )


def _claim(n: int, ids: dict[Any, list[int]], chance: random.Random) -> Claim:
    words = chance.choices(_VOCABULARY, cum_weights=_FREQUENCIES, k=IN_CLAIM)
    return Claim(
        company_id=ids[Company][n % len(ids[Company])],
        kind=KINDS[n % len(KINDS)],
        key=f"claim-{n}",
        title=" ".join(words[:IN_TITLE]),
        text=" ".join(words[IN_TITLE:-IN_QUOTATION]),
        quotation=" ".join(words[-IN_QUOTATION:]),
        speaker=f"Speaker {n % 4999}",
        as_of=str(2005 + n % 20),
        source_id=ids[Source][n % len(ids[Source])],
        domain_id=ids[Domain][n % DOMAINS] if n % 3 else None,
        status=Status.PUBLISHED,
    )


def _ids(model: Any) -> list[int]:
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


def _insert(model: Any, rows: Iterator[Any]) -> None:
    while batch := list(itertools.islice(rows, BATCH)):
        model.objects.bulk_create(batch)


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
