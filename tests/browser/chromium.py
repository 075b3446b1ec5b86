"""The Chromium on this machine. Playwright's own download is not used: it comes from elsewhere
than the packages do, and would be one more copy to keep safe."""

import os
from pathlib import Path

from tests import system_packages

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but the site under test answers.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    # The memory file system of a container may have 64 MB, less than a page needs.
    "--disable-dev-shm-usage",
]


def executable() -> str:
    if given := os.environ.get("CHROMIUM"):
        return given
    path = system_packages.found(*NAMES)
    if path is None and MAC.exists():
        path = str(MAC)
    if path is None and system_packages.install("chromium"):
        path = system_packages.found(*NAMES)
    if path is None:
        raise RuntimeError(
            "The browser tests need Chromium or Chrome: install it, or give its path in CHROMIUM."
        )
    return path


def flags() -> list[str]:
    # Its sandbox does not work for root.
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
