import datetime
from decimal import Decimal

import pytest
import yaml
from django.db import DatabaseError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companies.exchange.content import Content
from companies.exchange.directory import as_yaml
from companies.exchange.dump import dump
from companies.exchange.load import load
from companies.exchange.problem import CatalogueError
from companies.exchange.yaml_document import read
from companies.models import Claim, Company, CompanyList, Gap, Status, Technology
from tests.exchange.snapshots import snapshot
from tests.exchange.trees import bytes_of
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    CompanyListEntryFactory,
    CompanyListFactory,
    DomainFactory,
    GapFactory,
    SourceFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


def test_a_catalogue_of_every_field_comes_back_with_the_same_bytes(loaded, tmp_path):
    dumped = dump(tmp_path / "out")
    assert bytes_of(tmp_path / "out") == bytes_of(loaded.write())
    assert dumped.problems == []
    assert dumped.counts == {
        "domains": 1,
        "technologies": 2,
        "sources": 2,
        "companies": 2,
        "claims": 4,
        "lists": 1,
        "logos": 0,
    }


@pytest.fixture
def out(tmp_path):
    """Beside the files that were loaded."""
    return tmp_path / "out"


def test_what_was_dumped_changes_nothing_when_loaded(loaded, out):
    GapFactory(company=Company.objects.get(slug="bolt"), technology=TechnologyFactory())
    ClaimFactory(shares={"Rust": "33.333", "Go": 10}, status=Status.IN_REVIEW)
    CitationFactory(claim=ClaimFactory(kind="migration", status=Status.WITHDRAWN))
    CompanyListEntryFactory(company_list=CompanyList.objects.get(), position=2)
    dump(out)
    before = snapshot()
    summary = load(out, prune=True)
    assert (summary.total.added, summary.total.changed, summary.total.withdrawn) == (0, 0, 0)
    assert snapshot() == before


def test_the_same_database_is_dumped_from_what_was_dumped(loaded, tmp_path):
    GapFactory(company=Company.objects.get(slug="bolt"))
    ClaimFactory(shares={"Rust": "33.333"}, status=Status.IN_REVIEW)
    dump(tmp_path / "first")
    Gap.objects.all().delete()
    CompanyList.objects.all().delete()
    Claim.objects.all().delete()
    Company.objects.update(parent=None)
    Company.objects.all().delete()
    load(tmp_path / "first")
    dump(tmp_path / "second")
    assert bytes_of(tmp_path / "first") == bytes_of(tmp_path / "second")


def test_an_empty_database_gives_an_empty_catalogue_that_loads(tmp_path):
    dump(tmp_path)
    assert bytes_of(tmp_path) == {
        f"{kind}.yaml": b"[]\n" for kind in ("domains", "lists", "sources", "technologies")
    }
    assert load(tmp_path).total.unchanged == 0


def test_rows_stand_in_the_order_of_their_keys_whatever_the_database_thinks(tmp_path):
    # Databases with the rules of a language pass over the hyphen.
    for slug in ("ab", "a-c", "a"):
        TechnologyFactory(slug=slug, name=slug)
    company = CompanyFactory(slug="acme")
    for key in ("acme-2", "acme-10", "acme2"):
        ClaimFactory(key=key, company=company)
    dump(tmp_path)
    technologies = yaml.safe_load((tmp_path / "technologies.yaml").read_text())
    assert [row["slug"] for row in technologies] == ["a", "a-c", "ab"]
    claims = yaml.safe_load((tmp_path / "companies/acme.yaml").read_text())["claims"]
    assert [row["key"] for row in claims] == ["acme-10", "acme-2", "acme2"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("5", "5"),
        ("148000000", "148000000"),
        ("2.500000", "2.5"),
        ("0.000001", "0.000001"),
        ("-0.5", "-0.5"),
        ("0", "0"),
        ("999999999999999", "999999999999999"),
        ("123456789.123456", "123456789.123456"),
    ],
)
def test_a_number_is_written_without_what_it_does_not_say(tmp_path, value, written):
    ClaimFactory(key="acme-1", kind="key_figure", company__slug="acme", figure_value=Decimal(value))
    dump(tmp_path)
    assert f"    value: {written}\n" in (tmp_path / "companies/acme.yaml").read_text()
    assert load(tmp_path).total.changed == 0
    assert Claim.objects.get().figure_value == Decimal(value)


def test_only_what_visitors_see_is_written_if_asked(tmp_path):
    hidden = CompanyFactory(slug="hidden", status=Status.DRAFT)
    shown = CompanyFactory(slug="shown", parent=hidden)
    domain = DomainFactory(slug="unused-domain")
    TechnologyFactory(slug="unused")
    ClaimFactory(key="hidden-1", company=hidden)
    ClaimFactory(key="shown-1", company=shown, technologies=["Seen"], source__key="seen")
    ClaimFactory(key="shown-2", company=shown, status=Status.IN_REVIEW, technologies=["Unseen"])
    CitationFactory(claim=Claim.objects.get(key="shown-1"), source__key="cited")
    GapFactory(
        company=shown,
        source=SourceFactory(key="of-gap"),
        technology=TechnologyFactory(slug="of-gap"),
    )
    CompanyListFactory(slug="hidden-list", status=Status.DRAFT)
    CompanyListFactory(slug="shown-list", companies=[hidden, shown])

    dumped = dump(tmp_path, published=True)

    assert sorted(bytes_of(tmp_path)) == [
        "companies/shown.yaml",
        "domains.yaml",
        "lists.yaml",
        "sources.yaml",
        "technologies.yaml",
    ]
    company = yaml.safe_load((tmp_path / "companies/shown.yaml").read_text())
    assert "parent" not in company
    assert [claim["key"] for claim in company["claims"]] == ["shown-1"]
    (company_list,) = yaml.safe_load((tmp_path / "lists.yaml").read_text())
    assert company_list["entries"] == [{"company": "shown"}]
    sources = yaml.safe_load((tmp_path / "sources.yaml").read_text())
    assert [source["key"] for source in sources] == ["cited", "of-gap", "seen"]
    technologies = {
        row["slug"] for row in yaml.safe_load((tmp_path / "technologies.yaml").read_text())
    }
    assert technologies == {"of-gap", Technology.objects.get(name="Seen").slug}
    assert [row["slug"] for row in yaml.safe_load((tmp_path / "domains.yaml").read_text())] == [
        domain.slug
    ]
    assert dumped.problems == []


def test_a_file_of_no_company_here_is_named_and_left_alone(loaded, out):
    dump(out)
    mine = out / "companies" / "brand-new.yaml"
    mine.write_text("slug: brand-new")
    assert dump(out).left == [mine]
    assert mine.read_text() == "slug: brand-new"


def test_pruning_removes_the_file_of_a_company_that_is_gone_and_no_other(loaded, out):
    dump(out)
    (out / "README.md").write_text("Ours.")
    (out / "companies" / "notes.txt").write_text("Ours.")
    acme = Company.objects.get(slug="acme")
    acme.slug = "apex"
    acme.save()
    assert dump(out, prune=True).left == []
    names = {path.name for path in out.rglob("*") if path.is_file()}
    assert {"apex.yaml", "bolt.yaml", "README.md", "notes.txt"} <= names
    assert "acme.yaml" not in names


def test_files_that_do_not_change_are_left_alone(loaded, out):
    dump(out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.yaml")}
    Claim.objects.filter(key="acme-01").update(text="Another text.")
    dump(out)
    changed = [path.name for path, time in before.items() if path.stat().st_mtime_ns != time]
    assert changed == ["acme.yaml"]


def test_a_directory_that_holds_something_else_is_refused_unless_forced(loaded, tmp_path):
    (tmp_path / "thesis.txt").write_text("Years of work.")
    with pytest.raises(CatalogueError, match="holds other files and no catalogue"):
        dump(tmp_path)
    assert sorted(bytes_of(tmp_path)) == ["catalogue/" + name for name in sorted(loaded)] + [
        "thesis.txt"
    ]
    dump(tmp_path, force=True)
    assert (tmp_path / "thesis.txt").read_text() == "Years of work."
    assert (tmp_path / "companies/acme.yaml").exists()


def test_a_new_repository_may_take_the_catalogue(loaded, out):
    (out / ".git").mkdir(parents=True)
    dump(out)
    assert (out / "companies/acme.yaml").exists()


def test_a_file_in_place_of_the_directory_is_refused(loaded, tmp_path):
    path = tmp_path / "file"
    path.write_text("Ours.")
    with pytest.raises(CatalogueError, match="is a file; name a directory"):
        dump(path)
    with pytest.raises(CatalogueError, match="can't be written: Not a directory"):
        dump(path / "below")
    assert path.read_text() == "Ours."


def test_a_write_that_fails_leaves_the_old_file_whole(loaded, tmp_path, monkeypatch):
    target = tmp_path / "out"
    dump(target)
    before = bytes_of(target)
    Claim.objects.filter(key="acme-01").update(text="Another text.")

    def fail(self, other):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(CatalogueError, match=r"acme\.yaml can't be written: No space left"):
        dump(target)
    assert bytes_of(target) == before


def test_a_database_that_does_not_answer_is_a_sentence(tmp_path, monkeypatch):
    def fail(self):
        raise DatabaseError("no such table: companies_company")

    ClaimFactory(company__slug="acme")
    dump(tmp_path)
    before = bytes_of(tmp_path)
    Claim.objects.update(text="Another text.")
    # The last to be read.
    monkeypatch.setattr(Content, "logos", fail)
    with pytest.raises(CatalogueError, match=r"Run `manage.py migrate` first"):
        dump(tmp_path)
    assert bytes_of(tmp_path) == before


def test_what_load_would_refuse_is_written_and_told(tmp_path):
    ClaimFactory(key="acme-1", company__slug="acme", as_of="2999")
    (problem,) = dump(tmp_path).problems
    assert str(problem).endswith("acme-1: as_of: 2999 lies in the future")
    assert "2999" in (tmp_path / "companies/acme.yaml").read_text()


def test_reading_the_database_takes_as_many_queries_for_many_companies(
    tmp_path, django_assert_num_queries
):
    def grow(count: int) -> None:
        for _ in range(count):
            claim = ClaimFactory(technologies=["Python"], shares={"Java": 5})
            CitationFactory(claim=claim)
            GapFactory(company=claim.company, technology=TechnologyFactory())
            CompanyListFactory(companies=[claim.company])

    queries = 20
    grow(1)
    with django_assert_num_queries(queries):
        dump(tmp_path)
    grow(2)
    with django_assert_num_queries(queries):
        dump(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_its_file(tmp_path, text):
    (tmp_path / "a.yaml").write_bytes(as_yaml([{"text": text}]).encode())
    document = read(tmp_path / "a.yaml", "a.yaml")
    assert not document.problems
    assert document.value == [{"text": text}]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, max_value=10**9, min_value=-9))
def test_any_number_comes_back_from_its_yaml(number):
    assert Decimal(yaml.load(as_yaml(number), Loader=yaml.BaseLoader)) == number  # noqa: S506


def test_equal_values_are_written_out_each_time():
    same = {"a": "b"}
    assert as_yaml([same, same]) == "- a: b\n- a: b\n"


def test_days_are_written_so_that_yaml_takes_them_for_text(tmp_path):
    SourceFactory(accessed_on=datetime.date(2026, 1, 15), published_on="2016")
    dump(tmp_path)
    text = (tmp_path / "sources.yaml").read_text()
    assert "accessed_on: '2026-01-15'" in text
    assert "published_on: '2016'" in text
