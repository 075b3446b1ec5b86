import re
from copy import deepcopy
from pathlib import Path

import pytest

from companies.exchange.catalogue import read_catalogue
from companies.exchange.problem import CatalogueError


def problems(files) -> list[str]:
    return [str(problem) for problem in read_catalogue(files.write()).problems]


def test_every_row_is_read_with_its_place(files):
    catalogue = read_catalogue(files.write())
    assert catalogue.problems == []
    tables = (catalogue.domains, catalogue.technologies, catalogue.sources, catalogue.lists)
    assert [len(table) for table in tables] == [1, 2, 2, 1]
    assert list(catalogue.companies.rows) == ["acme", "bolt"]
    assert str(catalogue.claims.rows["acme-02"].place).startswith("companies/acme.yaml:")
    assert catalogue.claims.rows["acme-02"].company == "acme"


def test_a_directory_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(CatalogueError, match=r"^There is no directory .*absent\.$"):
        read_catalogue(tmp_path / "absent")


def test_an_empty_directory_is_one_sentence(tmp_path):
    with pytest.raises(CatalogueError, match="holds no catalogue"):
        read_catalogue(tmp_path)


def test_a_file_in_place_of_the_directory_is_one_sentence(tmp_path):
    path = tmp_path / "sources.yaml"
    path.write_text("[]")
    with pytest.raises(CatalogueError, match="is a file; name the directory"):
        read_catalogue(path)


def test_a_directory_that_may_not_be_read_is_one_sentence(tmp_path, monkeypatch):
    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(CatalogueError, match=re.escape("can't be read: Permission denied.")):
        read_catalogue(tmp_path)


@pytest.mark.parametrize(
    "name", ["companys.yaml", "sources.yml", "companies/acme.yml", "companies/Extra.YAML"]
)
def test_a_yaml_file_with_another_name_is_reported_instead_of_ignored(files, name):
    files[name] = {}
    assert problems(files) == [
        f"{name}: is not a file of a catalogue; rename it, or move it elsewhere"
    ]


@pytest.mark.parametrize("name", ["README.md", ".hidden.yaml", "companies/acme.yaml~"])
def test_files_of_another_kind_are_ignored(files, name):
    files[name] = "not YAML: ["
    assert problems(files) == []


def test_a_file_called_otherwise_than_its_company_is_reported(files):
    files["companies/other.yaml"] = {"slug": "third", "name": "Third", "kind": "company"}
    assert problems(files) == [
        "companies/other.yaml:1: third: slug: "
        "the file of this company is called companies/third.yaml"
    ]


def test_a_key_in_two_files_is_reported_with_the_place_of_the_first(files):
    files["companies/bolt.yaml"]["claims"] = [files.claim(1)]
    (problem,) = problems(files)
    assert problem.startswith("companies/bolt.yaml:")
    assert re.search(r": acme-01: key: is in companies/acme\.yaml:\d+ already$", problem)


@pytest.mark.parametrize(
    ("file", "field"),
    [
        ("domains.yaml", "slug"),
        ("technologies.yaml", "slug"),
        ("sources.yaml", "key"),
        ("lists.yaml", "slug"),
    ],
)
def test_a_row_that_stands_twice_in_a_file_is_reported(files, file, field):
    files[file].append(deepcopy(files[file][0]))
    (problem,) = problems(files)
    assert re.search(rf"{field}: is in {file}:1 already$", problem)


@pytest.mark.parametrize("content", ["", "a: b", "text", "5"])
def test_a_list_file_without_a_list_is_reported(files, content):
    files["lists.yaml"] = content
    (problem,) = problems(files)
    assert problem.endswith("must be a list, each entry after a hyphen")


@pytest.mark.parametrize("content", ["", "- a", "text"])
def test_a_company_file_without_fields_is_reported(files, content):
    files["companies/bolt.yaml"] = content
    assert problems(files) == ["companies/bolt.yaml:1: must be a group of fields"]


@pytest.mark.parametrize("field", ["claims", "gaps"])
@pytest.mark.parametrize("value", ["text", {"key": "a"}, None, 5])
def test_claims_that_are_no_list_are_reported(files, field, value):
    files["companies/bolt.yaml"][field] = value
    (problem,) = problems(files)
    assert problem.endswith(f"{field}: must be a list, each entry after a hyphen")


def test_rows_that_are_no_fields_are_each_reported(files):
    files["domains.yaml"] += ["text", None, [1]]
    found = problems(files)
    assert len(found) == 3
    assert found[0] == "domains.yaml:3: row 2: must be a group of fields, not text"


def test_two_claims_without_a_key_are_two_claims_without_a_key(files):
    for number in (1, 2):
        del files.claim(number)["key"]
    files["companies/bolt.yaml"]["claims"] = [dict(files.claim(1))]
    found = problems(files)
    assert len(found) == 3
    assert all(problem.endswith("key: is missing") for problem in found)


def test_every_bad_row_is_reported_in_the_order_of_the_files(files):
    files.claim(3)["kind"] = "figure"
    del files.claim(1)["title"]
    files["sources.yaml"][1]["tier"] = "third"
    files["companies/acme.yaml"]["kind"] = "anvils"
    catalogue = read_catalogue(files.write())
    found = [str(problem) for problem in CatalogueError("No.", catalogue.problems).problems]
    assert [re.sub(r":\d+:", ":", problem).rsplit(": ", 1)[0] for problem in found] == [
        "companies/acme.yaml: acme: kind",
        "companies/acme.yaml: acme-01: title",
        "companies/acme.yaml: acme-03: kind",
        "sources.yaml: news: tier",
    ]


def test_what_a_file_holds_can_not_steer_the_terminal(files):
    files.claim(1)["\x1b[2J"] = "x" * 2000
    (problem,) = problems(files)
    assert problem.isprintable()
    assert len(problem) < 1000
