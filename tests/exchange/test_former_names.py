"""What was written before a merge still means something after it."""

import re

import pytest

from companies.exchange import former_names
from companies.exchange.load import load
from companies.models import Claim, Company, CompanyList, Source, Technology
from tests.exchange.small_catalogue import Files
from tests.factories import (
    FormerSlugFactory,
    FormerSourceKeyFactory,
    FormerTechnologySlugFactory,
    SourceFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(refusal):
    return lambda: [re.sub(r":\d+:", ":", problem) for problem in refusal()]


def with_former_names(files: Files) -> None:
    """Every reference to a technology, source or company by a name it had before."""
    files.claim(1)["source"] = "acme-blog"
    files.claim(1)["technologies"][0]["technology"] = "cpython"
    files.claim(2)["shares"][0]["technology"] = "cpython"
    files.acme["gaps"][0]["source"] = "acme-blog"
    files.acme["gaps"][0]["technology"] = "cpython"
    files.claim(1)["citations"][0]["source"] = "old-news"
    files["lists.yaml"][0]["source"] = "old-news"
    files["sources.yaml"][1]["former_keys"] = ["old-news"]
    files["lists.yaml"][0]["entries"][1]["company"] = "acme-corp"
    files["companies/bolt.yaml"]["former_slugs"] = ["nut"]
    files.acme["parent"] = "nut"


def test_every_reference_may_use_a_name_that_the_files_give_as_former(files):
    with_former_names(files)
    load(files.write())
    claim = Claim.objects.get(key="acme-01")
    assert claim.source.key == "acme-post"
    assert claim.claim_technologies.get().technology.slug == "python"
    assert claim.citations.get().source.key == "news"
    shares = Claim.objects.get(key="acme-02").shares
    assert shares.values_list("technology__slug", flat=True)[0] == "python"
    acme = Company.objects.get(slug="acme")
    gap = acme.gaps.get()
    assert (gap.technology.slug, gap.source.key) == ("python", "acme-post")
    assert acme.parent.slug == "bolt"
    company_list = CompanyList.objects.get()
    assert company_list.source.key == "news"
    assert [entry.company.slug for entry in company_list.entries.all()] == ["bolt", "acme"]


def test_every_reference_may_use_a_name_that_the_database_gives_as_former(files):
    load(files.write())
    before = {claim.key: claim.updated for claim in Claim.objects.all()}
    FormerSourceKeyFactory(key="old-news", source=Source.objects.get(key="news"))
    FormerSlugFactory(slug="nut", company=Company.objects.get(slug="bolt"))
    with_former_names(files)
    for name in ("technologies.yaml", "sources.yaml", "companies/bolt.yaml"):
        del files[name]
    files.acme["gaps"][0]["technology"] = "java"
    load(files.write())
    assert {claim.key: claim.updated for claim in Claim.objects.all()} == before


def test_a_name_that_the_files_have_dropped_is_unknown(files, said):
    load(files.write())
    del files["technologies.yaml"][1]["former_slugs"]
    files.claim(1)["technologies"][0]["technology"] = "cpython"
    (problem,) = said()
    assert "acme-01: technologies[1].technology: there is no technology “cpython”" in problem


@pytest.mark.parametrize(
    ("file", "field", "name"),
    [("technologies.yaml", "former_slugs", "slug"), ("sources.yaml", "former_keys", "key")],
)
class TestTaken:
    """An address has one meaning."""

    def test_by_another_row(self, files, said, file, field, name):
        files[file][0][field], files[file][1][field] = [files[file][1][name]], []
        (problem,) = said()
        assert f"{field}[1]: is taken by the " in problem
        assert f" in {file}:" in problem

    def test_as_a_former_one_by_another_row(self, files, said, file, field, name):
        for row in files[file]:
            row[field] = ["twice"]
        (problem,) = said()
        assert f"{field}[1]: is taken by the " in problem

    def test_by_the_row_itself_twice(self, files, said, file, field, name):
        files[file][0][field], files[file][1][field] = ["twice", "twice"], []
        assert any(f"{field}[2]: stands here twice" in problem for problem in said())

    def test_by_a_row_of_the_database(self, files, said, file, field, name):
        make = {"slug": TechnologyFactory, "key": SourceFactory}[name]
        make(**{name: "stored"})
        files[file][0][field], files[file][1][field] = ["stored"], []
        (problem,) = said()
        assert re.search(rf"{field}\[1\]: is taken by a \w+ in the database", problem)

    def test_as_a_former_one_in_the_database(self, files, said, file, field, name):
        make = {"slug": FormerTechnologySlugFactory, "key": FormerSourceKeyFactory}[name]
        former = make(**{name: files[file][0][name]})
        owner = former.technology.slug if name == "slug" else former.source.key
        (problem,) = said()
        reason = f"is a former {name} of {owner} in the database, and leads there"
        assert problem.endswith(f"{name}: {reason}")

    def test_moves_from_one_row_to_another(self, files, said, file, field, name):
        files[file][0][field], files[file][1][field] = ["old"], []
        load(files.write())
        files[file][0][field], files[file][1][field] = [], ["old"]
        summary = load(files.write())
        assert summary.total.changed == 2
        assert load(files.write()).total.changed == 0


class TestRowsThatSayTheSameThereafter:
    """As in a merge itself, they become one where nothing is lost by it."""

    def test_one_technology_twice_keeps_both_reasons(self, files):
        row = files.claim(1)["technologies"][0]
        files.claim(1)["technologies"].append(row | {"technology": "cpython", "reason": "fast"})
        load(files.write())
        named = Claim.objects.get(key="acme-01").claim_technologies.get()
        assert (named.technology.slug, named.reason) == ("python", "the team knew it; fast")

    def test_reasons_too_long_for_one_row_are_reported(self, files, said):
        row = files.claim(1)["technologies"][0] | {"reason": "x" * 300}
        files.claim(1)["technologies"] = [row, row | {"technology": "cpython", "reason": "fast"}]
        (problem,) = said()
        assert problem.endswith("technologies[2]: stands here twice in the same role")

    def test_a_citation_that_only_agrees_with_its_own_source_goes(self, files):
        files.claim(1)["citations"].append({"source": "acme-blog", "agreement": "agrees"})
        load(files.write())
        assert Claim.objects.get(key="acme-01").citations.get().source.key == "news"

    def test_a_citation_that_says_more_than_its_own_source_is_reported(self, files, said):
        own = {"source": "acme-blog", "agreement": "agrees", "note": "In other words."}
        files.claim(1)["citations"].append(own)
        (problem,) = said()
        assert problem.endswith(
            "citations[2].source: is the claim's own source; cite a further one"
        )

    def test_the_same_citation_twice_stays_once(self, files):
        files["sources.yaml"][1]["former_keys"] = ["old-news"]
        row = files.claim(1)["citations"][0]
        files.claim(1)["citations"].append(row | {"source": "old-news"})
        load(files.write())
        assert Claim.objects.get(key="acme-01").citations.count() == 1

    def test_shares_are_never_added_up(self, files, said):
        row = files.claim(2)["shares"][0]
        files.claim(2)["shares"].append(row | {"technology": "cpython", "percentage": 0.1})
        (problem,) = said()
        assert "acme-02: shares[3]: stands here twice" in problem

    def test_of_two_findings_the_one_by_the_present_name_stays(self, files):
        gap = files.acme["gaps"][0] | {"technology": "python", "note": "The present one."}
        files.acme["gaps"] = [gap | {"technology": "cpython", "note": "The old one."}, gap]
        load(files.write())
        assert Company.objects.get(slug="acme").gaps.get().note == "The present one."

    def test_a_company_twice_on_a_list_keeps_both_notes(self, files):
        files["lists.yaml"][0]["entries"] = [
            {"company": "acme-corp", "note": "First."},
            {"company": "bolt"},
            {"company": "acme", "note": "Again."},
        ]
        load(files.write())
        entries = CompanyList.objects.get().entries.all()
        assert [(entry.company.slug, entry.note) for entry in entries] == [
            ("acme", "First. Again."),
            ("bolt", ""),
        ]


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("", "", ""),
        ("a", "", "a"),
        ("", "b", "b"),
        ("a", "a", "a"),
        ("a", "b", "a; b"),
        ("a longer text", "longer", "a longer text"),
        ("longer", "a longer text", "a longer text"),
    ],
)
def test_joining_says_nothing_twice(first, second, both):
    assert former_names.joined(first, second) == both


def test_a_former_name_comes_back_from_a_dump(loaded):
    assert Technology.objects.get(slug="python").former_slugs.get().slug == "cpython"
    assert Source.objects.get(key="acme-post").former_keys.get().key == "acme-blog"
