"""Measures the search with many claims: `python -m tests.bench_search [COMPANIES [CLAIMS]]`.

Without numbers, 10,000 companies and 100,000 claims. Works on a database of its own beside the
configured one, as `tests.bench` does. Words are as frequent as in a language: the second half as
frequent as the first, the third a third (Zipf). For each question the medians of the search with
its facets alone and of the whole page, in milliseconds, and how many times as long as `/healthz`
the page takes. Times of one machine mean nothing on another; the ratios do.
"""

from __future__ import annotations

import itertools
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import django
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from companies import search  # noqa: E402 - models come after the set-up
from companies.evidence import Tier  # noqa: E402
from companies.exchange.progress import terminal_bar  # noqa: E402
from companies.models import (  # noqa: E402
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
from companies.search import Facet  # noqa: E402

BATCH = 5000
TIMES, SECONDS = 15, 4.0
TECHNOLOGIES, DOMAINS, INDUSTRIES, WORDS = 400, 12, 20, 20_000
KINDS = [kind for kind in ClaimKind if kind not in (ClaimKind.QUOTE, ClaimKind.KEY_FIGURE)]
_COMMON = """
    service application server data code team migration database traffic platform build request
    language framework deployment cluster storage pipeline engineer developer performance memory
    library customer infrastructure backend frontend mobile testing monitoring machine learning
"""
COMMON = _COMMON.split()
_SYLLABLES = [a + b for a in "bcdfglmnprstvz" for b in "aeiou"]

Ask = Callable[[], Any]


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    companies = given[0] if given else 10_000
    claims = given[1] if given[1:] else companies * 10
    setup_test_environment(debug=False)
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        filling = _seconds(lambda: fill(companies, claims))
        making = _seconds(lambda: search.rebuild(terminal_bar))
        _analyze()
        print(f"{connection.vendor}, {companies:,} companies, {claims:,} claims")
        print(f"filled in {filling:.0f} s, search made in {making:.0f} s")
        _measure()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _measure() -> None:
    client = Client()
    constant = _median(lambda: client.get("/healthz"))
    print(f"{'question':<34}{'found':>7}{'search ms':>11}{'page ms':>9}{'/healthz':>10}")
    searches, pages = [], []
    for question, (words, narrowed) in questions().items():
        results = search.look_up(words, narrowed)
        alone = _median(lambda q=words, n=narrowed: search.look_up(q, n).counts())
        address = {"q": words, **{facet.value: _said(facet, v) for facet, v in narrowed.items()}}
        whole = _median(lambda a=address: client.get("/search/", a))
        searches.append(alone)
        pages.append(whole)
        found = f"{len(results.matches)}{'+' if results.is_cut else ''}"
        print(f"{question:<34}{found:>7}{_line(alone, whole, constant)}")
    print(f"{'median':<41}{_line(*map(statistics.median, (searches, pages)), constant)}")
    name = Company.objects.latest("pk").name
    for typed in ("p", name[:2], name[:5], "pyth"):
        whole = _median(lambda t=typed: client.get("/search/suggestions/", {"q": t}))
        print(f"{f'suggestions for {typed}':<41}{_line(None, whole, constant)}")


def questions() -> dict[str, tuple[str, dict[Facet, object]]]:
    company = Company.objects.order_by("pk")[Company.objects.count() // 2]
    python = Technology.objects.get(name="Python").pk
    first, second, twentieth = COMMON[0], COMMON[1], COMMON[19]
    return {
        "a company": (company.name, {}),
        "a company and a technology": (f"{company.name} python", {}),
        "a misspelt company": (company.name[:3] + company.name[4:], {}),
        "a technology": ("python", {}),
        "a misspelt technology": ("pyhton", {}),
        "the most common word": (first, {}),
        "another form of it": (f"{first}s", {}),
        "the two most common words": (f"{first} {second}", {}),
        "a common word": (twentieth, {}),
        "five common words": (" ".join(COMMON[2:7]), {}),
        "a rare word": (_word(WORDS - 10), {}),
        "a common and a rare word": (f"{first} {_word(WORDS - 10)}", {}),
        "words side by side": (f'"{first} {second}"', {}),
        "the beginning of a word": (_word(WORDS // 50)[:4], {}),
        "a word that nothing has": ("xylophonically", {}),
        "a common word and an unknown one": (f"{first} xylophonically", {}),
        "a long question": (f"{company.name} {' '.join(COMMON[:8])} xylophonically", {}),
        "common, narrowed by grade": (first, {Facet.EVIDENCE: "measured"}),
        "common, narrowed four times": (
            first,
            {
                Facet.TECHNOLOGY: python,
                Facet.YEAR: "2016",
                Facet.KIND: "use_case",
                Facet.INDUSTRY: "Industry 11",
            },
        ),
        "a technology, all about it": ("", {Facet.TECHNOLOGY: python}),
        "a year, all of it": ("", {Facet.YEAR: "2016"}),
    }


def _said(facet: Facet, value: object) -> object:
    """As the address says it."""
    return Technology.objects.get(pk=value).slug if facet == Facet.TECHNOLOGY else value


def _line(alone: float | None, whole: float, constant: float) -> str:
    taken = "" if alone is None else f"{alone * 1000:.1f}"
    return f"{taken:>11}{whole * 1000:>9.1f}{whole / constant:>10.0f}"


def _median(ask: Ask) -> float:
    ask()
    started = time.perf_counter()
    taken = []
    while len(taken) < TIMES and time.perf_counter() - started < SECONDS:
        taken.append(_seconds(ask))
    return statistics.median(taken) if taken else _seconds(ask)


def _seconds(ask: Ask) -> float:
    before = time.perf_counter()
    ask()
    return time.perf_counter() - before


# ------------------------------------------------------------------------------------ the catalogue


def fill(companies: int, claims: int) -> None:
    """All are published, which costs the search most. The same each time."""
    chance = random.Random(5)  # noqa: S311 - measures, protects nothing
    Domain.objects.bulk_create(
        Domain(slug=f"domain-{n}", name=f"Domain {_word(n)}") for n in range(DOMAINS)
    )
    Technology.objects.bulk_create(
        Technology(
            slug=f"technology-{n}",
            name="Python" if n == 0 else _word(n * 7).capitalize(),
            kind=TechnologyKind.LANGUAGE,
        )
        for n in range(TECHNOLOGIES)
    )
    sources = max(claims // 20, 1)
    for source in range(0, sources, BATCH):
        Source.objects.bulk_create(map(_source, range(source, min(source + BATCH, sources))))
    for company in range(0, companies, BATCH):
        Company.objects.bulk_create(map(_company, range(company, min(company + BATCH, companies))))
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
    _analyze()


_FREQUENCIES = list(itertools.accumulate(1 / (n + 1) for n in range(WORDS)))


def _vocabulary() -> list[str]:
    return [_word(n) for n in range(WORDS)]


def _word(number: int) -> str:
    """The word of this rank: real ones first, then what sounds like some."""
    if number < len(COMMON):
        return COMMON[number]
    size = len(_SYLLABLES)
    return "".join(
        _SYLLABLES[number * step // size**at % size] for at, step in enumerate((1, 3, 7))
    )


_VOCABULARY = _vocabulary()


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
    words = chance.choices(_VOCABULARY, cum_weights=_FREQUENCIES, k=30)
    return Claim(
        company_id=ids[Company][n % len(ids[Company])],
        kind=KINDS[n % len(KINDS)],
        key=f"claim-{n}",
        title=" ".join(words[:5]),
        text=" ".join(words[5:]),
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


def _analyze() -> None:
    # As a database in use has them; without, its plans are guesses.
    _run("ANALYZE")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


if __name__ == "__main__":
    main()
