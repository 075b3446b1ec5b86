import re

import pytest

from companies.exchange.load import load
from companies.models import Claim, ClaimKind, Company, Domain, Source, Technology
from tests.factories import (
    ClaimFactory,
    CompanyFactory,
    DomainFactory,
    SourceFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


def without_places(problems: list[str]) -> list[str]:
    return [re.sub(r"^[a-z./-]+:\d+: ", "", problem) for problem in problems]


@pytest.mark.parametrize(
    ("place", "field", "said"),
    [
        (lambda files: files.claim(1), "domain", "acme-01: domain: there is no domain"),
        (lambda files: files.claim(1), "source", "acme-01: source: there is no source"),
        (
            lambda files: files.claim(1)["technologies"][0],
            "technology",
            "acme-01: technologies[1].technology: there is no technology",
        ),
        (
            lambda files: files.claim(2)["shares"][1],
            "technology",
            "acme-02: shares[2].technology: there is no technology",
        ),
        (
            lambda files: files.claim(1)["citations"][0],
            "source",
            "acme-01: citations[1].source: there is no source",
        ),
        (lambda files: files.acme, "parent", "acme: parent: there is no company"),
        (
            lambda files: files.acme["gaps"][0],
            "technology",
            "acme: gaps[1].technology: there is no technology",
        ),
        (lambda files: files.acme["gaps"][0], "domain", "acme: gaps[1].domain: there is no domain"),
        (lambda files: files.acme["gaps"][0], "source", "acme: gaps[1].source: there is no source"),
        (
            lambda files: files["lists.yaml"][0],
            "source",
            "python-users: source: there is no source",
        ),
        (
            lambda files: files["lists.yaml"][0]["entries"][1],
            "company",
            "python-users: entries[2].company: there is no company",
        ),
    ],
)
def test_a_reference_to_nothing_is_reported(files, refusal, place, field, said):
    place(files)[field] = "zzz"
    assert without_places(refusal()) == [f"{said} “zzz”"]


def test_a_reference_that_is_misspelt_comes_with_what_may_be_meant(files, refusal):
    files.claim(1)["technologies"][0]["technology"] = "pyhton"
    (problem,) = refusal()
    assert problem.endswith("there is no technology “pyhton”; did you mean “python”?")


def test_what_no_file_holds_may_be_in_the_database(files):
    DomainFactory(slug="web-backend")
    TechnologyFactory(slug="python")
    TechnologyFactory(slug="java")
    SourceFactory(key="acme-post")
    SourceFactory(key="news")
    CompanyFactory(slug="bolt")
    for name in ("domains.yaml", "technologies.yaml", "sources.yaml", "companies/bolt.yaml"):
        del files[name]
    load(files.write())
    assert Claim.objects.count() == 4
    assert Company.objects.get(slug="acme").parent == Company.objects.get(slug="bolt")


def test_a_row_with_a_mistake_is_not_unknown_besides(files, refusal):
    files["technologies.yaml"][1]["kind"] = "languages"
    assert len(refusal()) == 1


@pytest.mark.parametrize("name", ["technologies.yaml", "sources.yaml", "domains.yaml"])
def test_nothing_is_called_unknown_when_its_file_can_not_be_read(files, refusal, name):
    files[name] = b"\xff"
    assert len(refusal()) == 1


def test_nothing_is_called_unknown_when_the_file_of_the_company_can_not_be_read(files, refusal):
    files["companies/bolt.yaml"] = "a: ["
    assert len(refusal()) == 1


@pytest.mark.parametrize(
    ("file", "field", "value"),
    [
        ("domains.yaml", "name", "Web back ends"),
        ("technologies.yaml", "name", "PYTHON"),
        ("sources.yaml", "url", "https://news.example/acme"),
    ],
)
def test_what_must_be_unique_is_reported_when_two_rows_have_it(files, refusal, file, field, value):
    name, *_ = row = dict(files[file][-1])
    row.pop("former_slugs", None)
    files[file].append(row | {"url": "https://b.example"} if "url" in row else row)
    files[file][-1] = files[file][-1] | {name: "another", field: value}
    (problem,) = without_places(refusal())
    assert re.fullmatch(rf"another: {field}: [a-z-]+ \({file}:\d+\) has the same", problem)


def test_a_name_or_address_of_another_row_in_the_database_is_reported(files, refusal):
    DomainFactory(slug="old", name="Web back ends")
    TechnologyFactory(slug="old", name="PYTHON")
    SourceFactory(key="old", url="https://news.example/acme")
    assert without_places(refusal()) == [
        "web-backend: name: old in the database has the same",
        "news: url: old in the database has the same",
        "python: name: old in the database has the same",
    ]


def test_the_key_of_a_claim_of_another_company_is_reported(files, refusal):
    ClaimFactory(key="acme-02", company=CompanyFactory(slug="other"))
    assert without_places(refusal()) == [
        "acme-02: key: is the key of a claim of other in the database"
    ]


def test_a_claim_moves_when_the_files_have_taken_it_from_the_other_company(files):
    ClaimFactory(key="acme-02", company=CompanyFactory(slug="bolt"))
    load(files.write())
    assert Claim.objects.get(key="acme-02").company.slug == "acme"


def test_a_quote_of_nobody_from_a_source_without_an_author_is_reported(files, refusal):
    quote = files.claim(4)
    quote["source"] = "news"
    del quote["speaker"], quote["speaker_role"]
    assert without_places(refusal()) == [
        "acme-04: speaker: is missing: the source doesn't name its author either"
    ]


def test_a_quote_of_nobody_from_a_stored_source_without_an_author_is_reported(files, refusal):
    SourceFactory(key="stored", author="")
    quote = files.claim(4)
    quote["source"] = "stored"
    del quote["speaker"], quote["speaker_role"]
    assert len(refusal()) == 1


def test_a_quote_may_leave_the_speaker_to_its_source(files):
    del files.claim(4)["speaker"], files.claim(4)["speaker_role"]
    load(files.write())
    assert Claim.objects.get(key="acme-04").said_by == "Ada Lovelace"


def test_an_author_on_whom_a_stored_quote_relies_can_not_be_dropped(files, refusal):
    source = SourceFactory(key="news", author="A reporter", url="https://news.example/acme")
    ClaimFactory(kind=ClaimKind.QUOTE, key="stored-1", speaker="", source=source)
    said = "is missing: stored-1 in the database is a quote that names no speaker"
    assert without_places(refusal()) == [f"news: author: {said}"]


def test_two_findings_on_one_subject_are_reported(files, refusal):
    gaps = files.acme["gaps"]
    gaps.append(gaps[0] | {"finding": "unknown", "note": "Again."})
    assert without_places(refusal()) == ["acme: gaps[2]: there is a finding on this already"]


def test_companies_that_are_each_others_parents_are_reported(files, refusal):
    files["companies/bolt.yaml"]["parent"] = "acme"
    said = "parent: makes the company its own ancestor"
    assert without_places(refusal()) == [f"acme: {said}", f"bolt: {said}"]


def test_a_circle_of_parents_through_the_database_is_reported(files, refusal):
    acme = CompanyFactory(slug="acme")
    CompanyFactory(slug="holding", parent=CompanyFactory(slug="top", parent=acme))
    files.acme["parent"] = "holding"
    assert without_places(refusal()) == ["acme: parent: makes the company its own ancestor"]


def test_companies_may_trade_places(files):
    load(files.write())
    assert Company.objects.get(parent__slug="bolt").slug == "acme"
    del files.acme["parent"]
    files["companies/bolt.yaml"]["parent"] = "acme"
    summary = load(files.write())
    assert summary.counts["companies"].changed == 2
    assert Company.objects.get(parent__slug="acme").slug == "bolt"


def test_rows_may_trade_what_must_be_unique(files):
    load(files.write())
    for name, field in (("technologies.yaml", "name"), ("sources.yaml", "url")):
        first, second = files[name]
        first[field], second[field] = second[field], first[field]
    summary = load(files.write())
    assert (summary.counts["technologies"].changed, summary.counts["sources"].changed) == (2, 2)
    assert Technology.objects.get(slug="java").name == "Python"
    assert Source.objects.get(key="news").url == "https://acme.example/post"


def test_a_new_row_may_take_what_an_old_one_gives_up(files):
    load(files.write())
    files["domains.yaml"] = [
        {"slug": "apis", "name": "Web back ends"},
        {"slug": "web-backend", "name": "Pages"},
    ]
    load(files.write())
    assert Domain.objects.get(slug="apis").name == "Web back ends"
