import threading
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection

from companies.exchange import load as load_module
from companies.exchange.load import load
from companies.exchange.loading import Loading
from companies.exchange.problem import CatalogueError
from companies.exchange.summary import Count
from companies.models import (
    Citation,
    Claim,
    ClaimTechnology,
    CodebaseShare,
    Company,
    CompanyList,
    Domain,
    Gap,
    Source,
    Status,
)
from tests.exchange.snapshots import snapshot
from tests.factories import CompanyFactory

pytestmark = pytest.mark.django_db


def test_every_field_arrives(loaded):
    claim = Claim.objects.get(key="acme-01")
    assert (claim.title, claim.scope, claim.as_of) == ("Back end", "back end", "2016-05")
    assert (str(claim.checked_on), claim.checked_by) == ("2026-01-15", "Grace")
    assert (claim.domain, claim.source.key) == (Domain.objects.get(), "acme-post")
    named = claim.claim_technologies.get()
    assert (named.technology.slug, named.version, named.reason) == (
        "python",
        "3.5",
        "the team knew it",
    )
    assert claim.citations.get().as_reported == "Everything is Python."
    figure = Claim.objects.get(key="acme-03")
    assert (figure.figure_value, figure.figure_before) == (Decimal("2.5"), Decimal(750))
    shares = Claim.objects.get(key="acme-02").shares.values_list("technology__slug", "percentage")
    assert list(shares) == [("python", Decimal("60.5")), ("java", Decimal("39.5"))]
    acme = Company.objects.get(slug="acme")
    assert acme.parent == Company.objects.get(slug="bolt")
    assert [alias.name for alias in acme.aliases.all()] == ["Acme Corporation", "ACME"]
    assert str(acme.gaps.get().looked_on) == "2026-01-15"
    entries = CompanyList.objects.get().entries.values_list("position", "company__slug", "note")
    assert list(entries) == [(1, "bolt", "First of all."), (2, "acme", "")]


def test_a_status_that_is_not_written_is_published(loaded):
    assert Claim.objects.get(key="acme-01").status == Status.PUBLISHED
    assert Claim.objects.get(key="acme-04").status == Status.DRAFT
    assert Company.objects.get(slug="bolt").status == Status.IN_REVIEW


def test_everything_is_counted(files):
    counts = load(files.write()).counts
    assert {kind: count.added for kind, count in counts.items()} == {
        "domains": 1,
        "technologies": 2,
        "sources": 2,
        "companies": 2,
        "claims": 4,
        "lists": 1,
    }


def test_loading_twice_changes_nothing_not_even_a_timestamp_or_an_id(loaded):
    before = snapshot()
    summary = load(loaded.write(), prune=True)
    assert summary.total == Count(unchanged=12)
    assert snapshot() == before


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("domains", lambda files: files["domains.yaml"][0].update(name="Pages")),
        ("technologies", lambda files: files["technologies.yaml"][0].update(kind="platform")),
        ("sources", lambda files: files["sources.yaml"][0].pop("accessed_on")),
        ("companies", lambda files: files.acme.pop("parent")),
        ("companies", lambda files: files.acme["aliases"].reverse()),
        ("companies", lambda files: files.acme["gaps"][0].update(finding="unknown")),
        ("claims", lambda files: files.claim(1).update(text="Another text.")),
        ("claims", lambda files: files.claim(1).pop("domain")),
        ("claims", lambda files: files.claim(3)["figure"].update(value=3)),
        ("claims", lambda files: files.claim(3)["figure"].pop("before")),
        ("claims", lambda files: files.claim(1)["technologies"][0].update(role="chose")),
        ("claims", lambda files: files.claim(2)["shares"].reverse()),
        ("claims", lambda files: files.claim(1).pop("citations")),
        ("lists", lambda files: files["lists.yaml"][0]["entries"].reverse()),
        ("lists", lambda files: files["lists.yaml"][0].pop("source")),
    ],
)
def test_what_differs_is_changed_and_nothing_else(loaded, kind, change):
    before = snapshot()
    change(loaded)
    summary = load(loaded.write())
    assert summary.total == Count(changed=1, unchanged=11)
    assert summary.counts[kind].changed == 1
    after = snapshot()
    touched = [record for record in before if after.get(record, before[record]) != before[record]]
    (name,) = {record[0] for record in touched}
    assert name in ("Domain", "Technology", "Source", "Company", "Claim", "CompanyList")
    assert len(touched) == 1
    assert load(loaded.write()).total == Count(unchanged=12)


def test_rows_of_a_claim_that_did_not_change_keep_their_ids(loaded):
    before = list(CodebaseShare.objects.values_list("pk"))
    citations = list(Citation.objects.values_list("pk"))
    loaded.claim(1)["technologies"].append({"technology": "java", "role": "rejected"})
    load(loaded.write())
    assert ClaimTechnology.objects.count() == 2
    assert list(CodebaseShare.objects.values_list("pk")) == before
    assert list(Citation.objects.values_list("pk")) == citations


def test_shares_may_trade_places(loaded):
    first, second = loaded.claim(2)["shares"]
    first["percentage"], second["percentage"] = 5, 95
    load(loaded.write())
    first["percentage"], second["percentage"] = 95, 5
    load(loaded.write())
    assert list(CodebaseShare.objects.values_list("percentage", flat=True)) == [95, 5]


def test_the_name_of_a_speaker_may_move_from_the_source_to_the_quote_and_back(files):
    quote, source = files.claim(4), files["sources.yaml"][0]
    speaker, role = quote.pop("speaker"), quote.pop("speaker_role")
    load(files.write())
    quote.update(speaker=speaker, speaker_role=role)
    author = source.pop("author")
    summary = load(files.write())
    assert (summary.counts["sources"].changed, summary.counts["claims"].changed) == (1, 1)
    assert Source.objects.get(key="acme-post").author == ""
    del quote["speaker"], quote["speaker_role"]
    source["author"] = author
    load(files.write())
    assert Claim.objects.get(key="acme-04").said_by == "Ada Lovelace"


def test_positions_that_an_editor_spread_out_are_no_change(loaded):
    for number, entry in enumerate(CompanyList.objects.get().entries.all(), 1):
        entry.position = 10 * number
        entry.save()
    assert load(loaded.write()).total.changed == 0


def test_nothing_is_changed_when_one_row_is_bad(loaded):
    before = snapshot()
    loaded.claim(1)["text"] = "Another text."
    loaded["domains.yaml"].append({"slug": "new", "name": "New"})
    loaded.claim(2)["kind"] = "other"
    with pytest.raises(CatalogueError) as caught:
        load(loaded.write(), prune=True)
    assert len(caught.value.problems) == 1
    assert snapshot() == before


def test_problems_of_every_sort_are_reported_at_once(files, refusal):
    files["lists.yaml"] = b"\xff"
    files.claim(1)["kind"] = "other"
    files.claim(2)["as_of"] = "2999"
    files.claim(3)["source"] = "absent"
    files.acme["former_slugs"] = ["bolt"]
    assert [problem.split(": ", 1)[1] for problem in refusal()] == [
        "acme: former_slugs[1]: is taken by the company in companies/bolt.yaml:1",
        "acme-01: kind: must be one of use_case, codebase_share, key_figure, decision, migration, "
        "strength, weakness, quote, open_source",
        "acme-02: as_of: 2999 lies in the future",
        "acme-03: source: there is no source “absent”",
        "is not UTF-8 text: save it in that encoding",
    ]


def test_a_dry_run_counts_and_changes_nothing(loaded):
    before = snapshot()
    loaded.claim(1)["text"] = "Another text."
    loaded.acme["claims"].pop()
    summary = load(loaded.write(), prune=True, dry_run=True)
    assert summary.total == Count(changed=1, unchanged=10, withdrawn=1)
    assert snapshot() == before


def test_only_an_empty_database_is_filled_if_asked(files):
    assert load(files.write(), if_empty=True).total.added == 12
    files.claim(1)["text"] = "Another text."
    assert load(files.write(), if_empty=True).was_skipped
    assert Claim.objects.get(key="acme-01").text == "The back end is Python."


def test_a_database_that_was_filled_meanwhile_is_left_alone(files, monkeypatch):
    def fill() -> None:
        CompanyFactory()

    monkeypatch.setattr(load_module, "wait_for_other_loads", fill)
    assert load(files.write(), if_empty=True).was_skipped
    assert Company.objects.count() == 1


def test_a_gap_of_a_company_that_has_none_any_more_goes(loaded):
    del loaded.acme["gaps"]
    load(loaded.write())
    assert not Gap.objects.exists()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE companies_claim SET title = ''", "Give the claim a title."),
        (
            "UPDATE companies_codebaseshare SET percentage = 99",
            "The shares of a claim add up to more than 100 percent.",
        ),
    ],
)
def test_what_only_the_database_refuses_is_a_sentence(loaded, monkeypatch, statement, said):
    def run(self, progress) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    before = snapshot()
    monkeypatch.setattr(Loading, "run", run)
    with pytest.raises(CatalogueError) as caught:
        load(loaded.write())
    assert said in str(caught.value)
    assert isinstance(caught.value.__cause__, IntegrityError)
    assert snapshot() == before


def test_a_database_without_tables_is_a_sentence(files, monkeypatch):
    def fail(*_):
        raise DatabaseError("no such table: companies_company")

    monkeypatch.setattr(load_module, "Identity", fail)
    with pytest.raises(CatalogueError, match=r"Run `manage.py migrate` first"):
        load(files.write())


def test_progress_reaches_its_end(files):
    steps: dict[str, list[int]] = {}

    class Advancing:
        def __init__(self, description: str) -> None:
            self.description = description

        def update(self, n: int) -> None:
            steps[self.description].append(n)

    @contextmanager
    def bar(description: str, total: int):
        steps[description] = [-total]
        yield Advancing(description)

    load(files.write(), bar=bar)
    assert steps.keys() == {"Reading files", "Loading"}
    assert all(sum(several) == 0 for several in steps.values())


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_both_succeed_and_one_changes_nothing(files):
    directory = files.write()
    totals: list[Count] = []

    def run() -> None:
        try:
            totals.append(load(directory).total)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(total.added for total in totals) == [0, 12]
