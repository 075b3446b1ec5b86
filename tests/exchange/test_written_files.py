"""Files that are written row by row, held against the same files written at once."""

import pytest
import yaml

from companies.exchange import yaml_document
from companies.exchange.catalogue import read_catalogue
from companies.exchange.content import Content
from companies.exchange.directory import as_yaml
from companies.exchange.dump import dump
from companies.exchange.load import load
from companies.exchange.written_files import WrittenFiles
from companies.management.commands.load_catalog import CATALOG
from companies.models import Claim, Company, Source
from tests.exchange.trees import bytes_of
from tests.factories import (
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    LogoFactory,
    SourceFactory,
)
from tests.logo_png import logo_png

pytestmark = pytest.mark.django_db


def written(*, published=False):
    files = WrittenFiles(Content(published=published))
    return {name: b"".join(pieces) for name, pieces in files}, files


@pytest.mark.parametrize("path", sorted(CATALOG.rglob("*.yaml")), ids=lambda path: path.stem)
def test_rows_one_by_one_make_the_bytes_of_the_whole(path):
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if isinstance(content, list):
        assert "".join(as_yaml([row]) for row in content) == as_yaml(content)
        return
    claims = content.pop("claims")
    pieces = [as_yaml(content), "claims:\n", *(as_yaml([claim]) for claim in claims)]
    assert "".join(pieces) == as_yaml(content | {"claims": claims})


def test_an_empty_catalogue_has_its_lists():
    files, _ = written()
    assert files == {
        f"{kind}.yaml": b"[]\n" for kind in ("domains", "technologies", "sources", "lists")
    }


@pytest.mark.parametrize(("limit", "value"), [("MAX_BYTES", 600), ("MAX_VALUES", 40)])
def test_a_list_too_long_for_one_file_goes_on_in_the_next(monkeypatch, tmp_path, limit, value):
    for number in range(7):
        SourceFactory(key=f"source-{number}", title="A" * 60)
    monkeypatch.setattr(yaml_document, limit, value)
    dumped = dump(tmp_path)
    assert dumped.problems == []
    assert dumped.counts["sources"] == 7
    names = sorted(path.name for path in tmp_path.glob("sources*"))
    assert names[:2] == ["sources-2.yaml", "sources-3.yaml"]
    assert names[-1] == "sources.yaml"
    whole = read_catalogue(tmp_path)
    assert whole.problems == []
    assert sorted(whole.sources.rows) == [f"source-{number}" for number in range(7)]
    Source.objects.all().delete()
    assert load(tmp_path).counts["sources"].added == 7


def test_a_list_that_became_shorter_leaves_no_part_behind(monkeypatch, tmp_path):
    for number in range(7):
        SourceFactory(key=f"source-{number}", title="A" * 60)
    with monkeypatch.context() as patch:
        patch.setattr(yaml_document, "MAX_BYTES", 600)
        dump(tmp_path)
    assert dump(tmp_path).problems == []
    assert [path.name for path in tmp_path.glob("sources*")] == ["sources.yaml"]


def test_a_company_too_long_for_its_file_is_told(monkeypatch):
    company = CompanyFactory(slug="acme")
    for _ in range(3):
        ClaimFactory(company=company)
    monkeypatch.setattr(yaml_document, "MAX_VALUES", 30)
    _, files = written()
    assert [str(problem) for problem in files.problems] == [
        "companies/acme.yaml: holds more than 30 values, the most a file may have"
    ]


def test_sizes_are_counted_as_the_reader_counts_them(monkeypatch):
    load(CATALOG)
    files, _ = written()
    for name in ("companies/netflix.yaml", "sources.yaml"):
        values = yaml_document.parse(files[name], name).size
        monkeypatch.setattr(yaml_document, "MAX_VALUES", values)
        assert not yaml_document.parse(files[name], name).problems
        again, checked = written()
        assert again[name] == files[name]
        assert not [problem for problem in checked.problems if problem.file == name]
        monkeypatch.setattr(yaml_document, "MAX_VALUES", values - 1)
        with pytest.raises(yaml_document.UnreadableError):
            yaml_document.parse(files[name], name)
        again, checked = written()
        is_told = any(problem.file == name for problem in checked.problems)
        assert is_told or again[name] != files[name]
        monkeypatch.undo()


def test_a_problem_is_told_with_the_line_of_the_whole_file(tmp_path):
    company = CompanyFactory(slug="acme")
    CompanyAliasFactory(company=company)
    for number in range(3):
        ClaimFactory(key=f"acme-{number}", company=company)
    Claim.objects.filter(key="acme-1").update(as_of="2999")
    SourceFactory(key="zzz", accessed_on="2999-01-01")
    problems = {problem.row: problem for problem in dump(tmp_path).problems}
    lines = {name: data.decode().splitlines() for name, data in bytes_of(tmp_path).items()}
    assert sorted(problems) == ["acme-1", "zzz"]
    for problem in problems.values():
        assert "2999" in lines[problem.file][problem.line - 1]


def test_a_logo_is_a_file_and_one_that_is_no_picture_is_told():
    CompanyFactory(slug="acme", logo=LogoFactory(png=logo_png()))
    CompanyFactory(slug="hidden", logo=LogoFactory(png=logo_png("red")), status="draft")
    files, checked = written(published=True)
    assert {name for name in files if name.startswith("logos/")} == {"logos/acme.png"}
    assert files["logos/acme.png"] == logo_png()
    assert checked.counts["logos"] == 1
    Company.objects.filter(slug="acme").update(logo=LogoFactory(png=b"nothing"))
    _, checked = written(published=True)
    assert [str(problem) for problem in checked.problems] == [
        "logos/acme.png: this is not a picture that can be read: use PNG, JPEG, WebP or GIF"
    ]
