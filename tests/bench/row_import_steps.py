"""The steps of `tests.bench.row_import`, each in a process of its own, in the same directory."""

from __future__ import annotations

import csv
from pathlib import Path

from django.contrib.auth.models import User

from companies.exchange.progress import no_bar
from companies.exchange.table_file import as_csv, columns_for, contents, write_xlsx
from companies.exchange.table_kind import KINDS
from companies.importing import work
from companies.models import Claim, Company, ImportRun, ImportState, Source, Technology
from tests.bench.row_import import ROWS

CLAIMS = KINDS["claims"]
TEXT = "The web tier is a Django application that answers most requests from memory. " * 3
COMPANIES, TECHNOLOGIES, SOURCES = 500, 300, 3_000


def catalogue(directory: Path) -> str:
    User.objects.create_superuser("ann", password="right")
    Company.objects.bulk_create(
        Company(slug=f"company-{n}", name=f"Company {n}", status="published")
        for n in range(COMPANIES)
    )
    Technology.objects.bulk_create(
        Technology(slug=f"technology-{n}", name=f"Technology {n}", kind="tool")
        for n in range(TECHNOLOGIES)
    )
    Source.objects.bulk_create(
        Source(
            key=f"source-{n}",
            url=f"https://example.org/{n}",
            title=f"Source {n}",
            publisher=f"Publisher {n % 100}",
            kind="article",
            tier="primary",
        )
        for n in range(SOURCES)
    )
    with (directory / "claims.csv").open("w", newline="") as stream:
        writer = None
        for n in range(ROWS):
            row = _claim(n)
            writer = writer or csv.DictWriter(stream, list(row))
            if not n:
                writer.writeheader()
            writer.writerow(row)
    return f"the file has {_megabytes(directory / 'claims.csv')} MB"


def _claim(n: int) -> dict[str, object]:
    company = n % COMPANIES
    return {
        "company": f"company-{company}",
        "key": f"company-{company}-{n // COMPANIES + 1:02d}",
        "kind": "use_case",
        "title": f"Use case number {n} of the company",
        "text": f"{n}: {TEXT}",
        "status": "published",
        "scope": "back end",
        "basis": "services",
        "as_of": "2016-05-27",
        "figure.value": n,
        "figure.unit": "servers",
        "figure.qualifier": "about",
        "source": f"source-{n % SOURCES}",
        "locator": "second paragraph",
        "note": "What a careful reader should know about it.",
        "technologies.1.technology": f"technology-{n % TECHNOLOGIES}",
        "technologies.1.role": "uses",
        "technologies.2.technology": f"technology-{(n + 1) % TECHNOLOGIES}",
        "technologies.2.role": "chose",
        "technologies.2.reason": "the team knew it",
        "citations.1.source": f"source-{(n + 1) % SOURCES}",
        "citations.1.agreement": "differs",
        "citations.1.as_reported": "It is said to be otherwise.",
    }


def check_csv(directory: Path) -> str:
    return _check(directory / "claims.csv", "csv")


check_again_csv = check_csv


def load_csv(directory: Path) -> str:
    run = ImportRun.objects.first()
    assert run
    assert work.confirm(run, run.digest, User.objects.get())
    work.work(run.pk, run.attempt, no_bar)
    run.refresh_from_db()
    assert run.state == ImportState.DONE, run.note
    return f"{Claim.objects.count():,} claims"


load_changed_csv = load_csv


def change_csv(directory: Path) -> None:
    path = directory / "claims.csv"
    path.write_text(path.read_text().replace("Django", "Flask"))


check_changed_csv = check_csv


def export_csv(directory: Path) -> str:
    ids = list(Claim.objects.values_list("pk", flat=True))
    path = directory / "exported.csv"
    with path.open("w", newline="") as stream:
        stream.writelines(as_csv(CLAIMS, contents(CLAIMS, ids), columns_for(CLAIMS, ids)))
    return f"{_megabytes(path)} MB"


def export_xlsx(directory: Path) -> str:
    ids = list(Claim.objects.values_list("pk", flat=True))
    path = directory / "exported.xlsx"
    with path.open("wb") as stream:
        write_xlsx(CLAIMS, contents(CLAIMS, ids), columns_for(CLAIMS, ids), stream)
    return f"{_megabytes(path)} MB"


def check_xlsx(directory: Path) -> str:
    return _check(directory / "exported.xlsx", "xlsx")


def _check(path: Path, format: str) -> str:
    run = ImportRun.objects.create(
        kind="claims", format=format, file_name=path.name, upload=path.read_bytes(), reason="Bench"
    )
    work.work(run.pk, run.attempt, no_bar)
    run.refresh_from_db()
    assert run.state == ImportState.READY, run.note
    return f"{run.new_count:,} new, {run.changed_count:,} changed, {run.unchanged_count:,} the same"


def _megabytes(path: Path) -> str:
    return f"{path.stat().st_size / 1_000_000:.1f}"
