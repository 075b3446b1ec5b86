"""Measures the search of a large catalogue: `python -m tests.bench.open_data` asks it to.

For each kind of question, medians in milliseconds of the search with its facets alone and of the
whole page, and how many times as long as `/healthz` the page takes. Times of one machine mean
nothing on another; the ratios do.
"""

from __future__ import annotations

import os
import statistics

import django
from django.test import Client

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings")
django.setup()

from companies import search  # noqa: E402 - models come after the set-up
from companies.models import Company, Technology  # noqa: E402
from companies.search import Facet  # noqa: E402
from tests.bench.published_catalogue import COMMON, WORDS, word  # noqa: E402
from tests.bench.timing import Ask, median  # noqa: E402

TIMES, SECONDS = 15, 4.0


def main() -> None:
    client = Client(headers={"host": "localhost"})
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
        print(f"{question:<34}{found:>7}{_line(alone, whole, constant)}", flush=True)
    print(f"{'median':<41}{_line(*map(statistics.median, (searches, pages)), constant)}")
    name = Company.objects.latest("pk").name
    for typed in ("p", name[:2], name[:5], "pyth"):
        whole = _median(lambda t=typed: client.get("/search/suggestions/", {"q": t}))
        print(f"{f'suggestions for {typed}':<41}{_line(None, whole, constant)}")


def questions() -> dict[str, tuple[str, dict[Facet, object]]]:
    company = Company.objects.order_by("pk")[Company.objects.count() // 2]
    python = Technology.objects.get(name="Python").pk
    first, second, twentieth = COMMON[0], COMMON[1], COMMON[19]
    rare = word(WORDS - 10)
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
        "a rare word": (rare, {}),
        "a common and a rare word": (f"{first} {rare}", {}),
        "words side by side": (f'"{first} {second}"', {}),
        "the beginning of a word": (word(WORDS // 50)[:4], {}),
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
    return median(ask, TIMES, SECONDS)


if __name__ == "__main__":
    main()
