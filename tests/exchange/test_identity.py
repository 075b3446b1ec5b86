import re

import pytest

from companies.exchange.load import load
from companies.models import Claim, Company, CompanyList, FormerSlug
from tests.factories import CompanyFactory, FormerSlugFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(refusal):
    def problems() -> list[str]:
        return [re.sub(r":\d+:", ":", problem) for problem in refusal()]

    return problems


def rename(files, old: str, new: str) -> None:
    content = files.pop(f"companies/{old}.yaml") | {"slug": new}
    content["former_slugs"] = [*content.get("former_slugs", []), old]
    files[f"companies/{new}.yaml"] = content


def test_a_file_with_a_new_slug_that_names_the_old_one_renames_the_company(files):
    load(files.write())
    acme, claim = Company.objects.get(slug="acme"), Claim.objects.get(key="acme-01")
    rename(files, "acme", "apex")
    files["lists.yaml"][0]["entries"][1]["company"] = "apex"
    summary = load(files.write())
    assert (summary.counts["companies"].added, summary.counts["companies"].changed) == (0, 1)
    acme.refresh_from_db()
    assert acme.slug == "apex"
    assert [former.slug for former in acme.former_slugs.all()] == ["acme-corp", "acme"]
    claim.refresh_from_db()
    assert claim.company_id == acme.pk
    assert summary.counts["claims"].unchanged == 4
    assert load(files.write()).total.changed == 0


def test_a_renamed_company_is_not_withdrawn_by_pruning(files):
    load(files.write())
    rename(files, "acme", "apex")
    files["lists.yaml"][0]["entries"][1]["company"] = "apex"
    assert load(files.write(), prune=True).total.withdrawn == 0


def test_the_old_slug_of_a_renamed_company_means_the_company(files):
    load(files.write())
    rename(files, "acme", "apex")
    load(files.write())
    entries = CompanyList.objects.get().entries.all()
    assert [entry.company.slug for entry in entries] == ["bolt", "apex"]


def test_a_company_may_be_renamed_back(files):
    load(files.write())
    rename(files, "bolt", "nut")
    files.acme["parent"] = files["lists.yaml"][0]["entries"][0]["company"] = "nut"
    load(files.write())
    rename(files, "nut", "bolt")
    files["companies/bolt.yaml"]["former_slugs"] = ["nut"]
    files.acme["parent"] = files["lists.yaml"][0]["entries"][0]["company"] = "bolt"
    load(files.write())
    assert Company.objects.get(slug="bolt").former_slugs.get().slug == "nut"
    assert Company.objects.count() == 2


def test_a_file_whose_company_was_renamed_in_the_database_is_reported(files, said):
    load(files.write())
    bolt = Company.objects.get(slug="bolt")
    bolt.slug = "nut"
    bolt.save()
    assert said() == [
        "companies/bolt.yaml: bolt: slug: is a former slug of nut in the database, and leads there"
    ]


def test_a_former_slug_that_is_the_slug_of_another_file_is_reported(files, said):
    files.acme["former_slugs"] = ["bolt"]
    assert said() == [
        "companies/acme.yaml: acme: former_slugs[1]: "
        "is taken by the company in companies/bolt.yaml:1"
    ]


def test_a_former_slug_that_two_files_have_is_reported(files, said):
    files["companies/bolt.yaml"]["former_slugs"] = ["acme-corp"]
    (problem,) = said()
    assert problem.startswith("companies/bolt.yaml: bolt: former_slugs[1]: is taken by")


def test_a_former_slug_that_is_the_slug_of_a_company_in_the_database_is_reported(files, said):
    load(files.write())
    CompanyFactory(slug="other")
    files.acme["former_slugs"] = ["other"]
    (problem,) = said()
    assert problem.endswith("former_slugs[1]: is taken by a company in the database")


def test_a_former_slug_of_a_company_in_the_database_is_reported(files, said):
    FormerSlugFactory(slug="acme-corp", company=CompanyFactory(slug="other"))
    (problem,) = said()
    assert problem.endswith("former_slugs[1]: is taken by other in the database")


def test_a_former_slug_passes_from_one_file_to_another(files):
    load(files.write())
    del files.acme["former_slugs"]
    files["companies/bolt.yaml"]["former_slugs"] = ["acme-corp"]
    load(files.write())
    assert FormerSlug.objects.get(slug="acme-corp").company.slug == "bolt"


def test_a_file_that_would_join_two_companies_of_the_database_is_reported(files, said):
    CompanyFactory(slug="one")
    CompanyFactory(slug="two")
    files.acme["former_slugs"] = ["one", "two"]
    assert said()[0] == (
        "companies/acme.yaml: acme: former_slugs: "
        "one and two are companies of their own in the database; make them one there"
    )
