"""One page as Lighthouse sees it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass
from typing import Any

from tests.browser import chromium

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# Lighthouse simulates a slow network, and for `mobile` a slow processor as well.
FORMS: dict[str, list[str]] = {"mobile": [], "desktop": ["--preset=desktop"]}
PATIENCE = 180


@dataclass(frozen=True)
class Measurement:
    page: str
    form: str
    scores: dict[str, int]  # 0 to 100 by category
    requests: int  # the page itself included
    transferred: int  # bytes, compressed, with heads
    layout_shift: float
    complaints: list[str]  # of what counts for a score and is not perfect
    runs: int = 1

    @property
    def is_perfect(self) -> bool:
        return set(self.scores.values()) == {100}


@dataclass(frozen=True)
class Versions:
    lighthouse: str
    chromium: str


def measure(command: list[str], url: str, page: str, form: str) -> tuple[Measurement, Versions]:
    report = _run(command, url, form)
    return read(report, page, form), Versions(report["lighthouseVersion"], _chromium(report))


def read(report: dict[str, Any], page: str, form: str) -> Measurement:
    """`report` is what Lighthouse writes with --output=json."""
    audits, categories = report["audits"], report["categories"]
    requests = [
        request
        for request in audits["network-requests"]["details"]["items"]
        if not request["url"].startswith("data:")
    ]
    return Measurement(
        page,
        form,
        # A category that could not be measured has no score, which is not a good one.
        {name: round((categories[name]["score"] or 0) * 100) for name in CATEGORIES},
        len(requests),
        sum(request["transferSize"] for request in requests),
        audits["cumulative-layout-shift"]["numericValue"],
        [
            f"{name}: {audits[reference['id']]['title']}"
            for name in CATEGORIES
            for reference in categories[name]["auditRefs"]
            if reference["weight"] and (audits[reference["id"]]["score"] or 0) < 1
            if audits[reference["id"]]["scoreDisplayMode"] in ("binary", "numeric", "error")
        ],
    )


def _chromium(report: dict[str, Any]) -> str:
    found = re.search(r"Chrome/(\d+)", report["environment"]["hostUserAgent"])
    return found.group(1) if found else "unknown"


def _run(command: list[str], url: str, form: str) -> dict[str, Any]:
    flags = [f'"{flag}"' if " " in flag else flag for flag in chromium.flags()]
    done = subprocess.run(
        [
            *command,
            url,
            *FORMS[form],
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags=--headless=new {' '.join(flags)}",
            "--output=json",
            "--quiet",
            "--no-enable-error-reporting",
        ],
        env=os.environ | {"CHROME_PATH": chromium.executable()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    if done.returncode:
        raise RuntimeError(f"Lighthouse failed at {url}: {done.stderr}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report
