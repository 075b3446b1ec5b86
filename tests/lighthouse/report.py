"""docs/lighthouse.md, written from what was measured."""

from __future__ import annotations

from datetime import date

from tests.lighthouse.measurement import CATEGORIES, Measurement, Versions

HEAD = """\
# Lighthouse

Written by `make lighthouse` on {day}, with Lighthouse {lighthouse} and Chromium {chromium}. The
site held the starter catalogue and was served by gunicorn on loopback with its static files
collected and compressed, as in production but for HTTPS. Lighthouse simulates a phone on a slow
network and a desktop computer on a fast one. The best score is 100; the command fails when one is
lower.

| page | as | {categories} | requests | transferred | layout shift | run |
|---|---|{rules}---:|---:|---:|---:|
"""
TAIL = """
*Requests* counts the page itself, its stylesheet, script and icon. *Transferred* is what went over
the line, compressed, with the heads of the answers. *Run* is the number of the run that the figures
are from: a page below 100 for performance is measured up to {most} times, since that score also
drops when something else keeps the machine busy.
"""
NAMES = {"best-practices": "best practices", "seo": "SEO"}


def text(day: date, versions: Versions, measurements: list[Measurement], most: int) -> str:
    head = HEAD.format(
        day=f"{day.day} {day:%B %Y}",
        lighthouse=versions.lighthouse,
        chromium=versions.chromium,
        categories=" | ".join(NAMES.get(name, name) for name in CATEGORIES),
        rules="---:|" * len(CATEGORIES),
    )
    return head + "".join(map(_row, measurements)) + TAIL.format(most=most)


def _row(measured: Measurement) -> str:
    cells = [
        measured.page,
        measured.form,
        *(str(measured.scores[name]) for name in CATEGORIES),
        str(measured.requests),
        f"{measured.transferred / 1000:.1f} kB",
        f"{measured.layout_shift:.3g}",
        str(measured.runs),
    ]
    return f"| {' | '.join(cells)} |\n"
