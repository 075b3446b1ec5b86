"""What is kept of companies, technologies and claims, made from the rows of the catalogue.

Only of what is published: whatever has no document can't be found. Reads whole batches by values,
because a million claims as objects would take ten times as long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from companies.evidence import Support, grade
from companies.models import (
    Citation,
    Claim,
    ClaimKind,
    ClaimTechnology,
    CodebaseShare,
    Company,
    CompanyAlias,
    SearchDocument,
    SearchName,
    Subject,
    Technology,
)
from companies.search.marks import Facet, head_mark, mark
from companies.search.rowids import name_rowids, rowid
from companies.search.words import folded_words, stems, trigrams

YEAR_DIGITS = 4


class Made(NamedTuple):
    documents: list[SearchDocument]
    names: list[SearchName]


def made(subject: Subject, ids: Collection[int], without_claims: Collection[int] = ()) -> Made:
    """The documents of those of the entries that are published, and their names.

    Of technologies as if some claims, which are about to be deleted, were so already.
    """
    if subject == Subject.COMPANY:
        return _companies(ids)
    if subject == Subject.TECHNOLOGY:
        return _technologies(ids, without_claims)
    return _claims(ids)


def _document(  # noqa: PLR0913, PLR0917 - what a document is made of
    subject: Subject,
    pk: int,
    names: Iterable[str],
    links: Iterable[str],
    text: Iterable[str],
    marks: Iterable[str],
) -> SearchDocument:
    in_names = _stems(names)
    in_links = _stems(links)
    heads = dict.fromkeys([*in_names, *in_links])
    return SearchDocument(
        rowid=rowid(subject, pk),
        names=" ".join(in_names),
        links=" ".join(in_links),
        text=" ".join(_stems(text)),
        marks=" ".join([*dict.fromkeys(marks), *map(head_mark, heads)]),
    )


def _stems(texts: Iterable[str]) -> list[str]:
    return [stem for text in texts if text for stem in stems(text)]


def _names(document: int, names: Iterable[str]) -> Iterator[SearchName]:
    for number, name in zip(name_rowids(document), dict.fromkeys(names), strict=False):
        words = folded_words(name)
        yield SearchName(
            rowid=number,
            name=name,
            words=" ".join(words),
            trigrams=" ".join(trigram_words(words)),
        )


def trigram_words(words: Iterable[str]) -> list[str]:
    """Trigrams as words that any tokenizer leaves alone."""
    return list(dict.fromkeys(one.encode().hex() for word in words for one in trigrams(word)))


def _companies(ids: Collection[int]) -> Made:
    rows = list(
        Company.objects.published()
        .filter(pk__in=ids)
        .order_by("pk")
        .values_list("pk", "name", "industry", "headquarters", "summary")
    )
    aliases = _aliases(pk for pk, *_ in rows)
    documents: list[SearchDocument] = []
    names: list[SearchName] = []
    for pk, name, industry, headquarters, summary in rows:
        called = [name, *aliases.get(pk, ())]
        document = _document(
            Subject.COMPANY,
            pk,
            called,
            [industry],
            [summary, headquarters],
            [mark(Facet.KIND, Subject.COMPANY), *_industry(industry)],
        )
        documents.append(document)
        names += _names(document.rowid, called)
    return Made(documents, names)


def _industry(industry: str) -> list[str]:
    return [mark(Facet.INDUSTRY, industry)] if industry.strip() else []


def _aliases(companies: Iterable[int]) -> dict[int, list[str]]:
    aliases = defaultdict(list)
    rows = CompanyAlias.objects.filter(company__in=list(companies)).order_by("pk")
    for company, name in rows.values_list("company", "name"):
        aliases[company].append(name)
    return dict(aliases)


def _technologies(ids: Collection[int], without_claims: Collection[int]) -> Made:
    documents: list[SearchDocument] = []
    names: list[SearchName] = []
    rows = Technology.objects.published(without_claims).filter(pk__in=ids).order_by("pk")
    for technology in rows.only("pk", "name", "kind", "summary"):
        document = _document(
            Subject.TECHNOLOGY,
            technology.pk,
            [technology.name],
            [technology.get_kind_display()],
            [technology.summary],
            [mark(Facet.KIND, Subject.TECHNOLOGY), mark(Facet.TECHNOLOGY, technology.pk)],
        )
        documents.append(document)
        names += _names(document.rowid, [technology.name])
    return Made(documents, names)


_OF_CLAIM = (
    *("pk", "kind", "title", "text", "quotation", "speaker", "speaker_role", "scope", "basis"),
    *("figure_unit", "figure_as_worded", "note", "as_of", "domain", "domain__name"),
    *("company", "company__name", "company__industry"),
    *("source__tier", "source__publisher", "source__author"),
)


def _claims(ids: Collection[int]) -> Made:
    found = Claim.objects.published().filter(pk__in=ids).order_by("pk")
    rows = [dict(zip(_OF_CLAIM, row, strict=True)) for row in found.values_list(*_OF_CLAIM)]
    aliases = _aliases({row["company"] for row in rows})
    technologies = _technologies_of(ids)
    supports = _supports_of(ids)
    documents = [
        _claim(
            row,
            aliases.get(row["company"], []),
            technologies.get(row["pk"], {}),
            supports.get(row["pk"], []),
        )
        for row in rows
    ]
    return Made(documents, [])


def _claim(
    row: dict[str, Any], aliases: list[str], technologies: dict[int, str], cited: list[Support]
) -> SearchDocument:
    own = Support(row["source__tier"], row["source__publisher"])
    marks = [
        mark(Facet.KIND, row["kind"]),
        mark(Facet.EVIDENCE, grade([own, *cited])),
        *_industry(row["company__industry"]),
        *(mark(Facet.TECHNOLOGY, pk) for pk in technologies),
    ]
    if row["domain"]:
        marks.append(mark(Facet.DOMAIN, row["domain"]))
    if row["as_of"]:
        marks.append(mark(Facet.YEAR, row["as_of"][:YEAR_DIGITS]))
    said_by = row["speaker"] or row["source__author"] if row["quotation"] else ""
    return _document(
        Subject.CLAIM,
        row["pk"],
        [row["title"]],
        [row["company__name"], *aliases, *technologies.values(), row["domain__name"], said_by],
        [
            str(ClaimKind(row["kind"]).label),
            *(row[column] for column in ("text", "quotation", "speaker_role", "scope", "basis")),
            *(row[column] for column in ("figure_as_worded", "figure_unit", "note")),
        ],
        marks,
    )


def _technologies_of(claims: Collection[int]) -> dict[int, dict[int, str]]:
    """By claim, the names of the technologies that it names, by their id."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for model in (ClaimTechnology, CodebaseShare):
        rows: Any = model.objects.filter(claim__in=claims).order_by("pk")
        for claim, pk, name in rows.values_list("claim", "technology", "technology__name"):
            found[claim][pk] = name
    return dict(found)


def _supports_of(claims: Collection[int]) -> dict[int, list[Support]]:
    found: dict[int, list[Support]] = defaultdict(list)
    rows = Citation.objects.filter(claim__in=claims).order_by("pk")
    for claim, *support in rows.values_list(
        "claim", "source__tier", "source__publisher", "agreement"
    ):
        found[claim].append(Support(*support))
    return dict(found)
