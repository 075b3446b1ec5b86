"""The pictures of docs/tour.md: the main pages as a visitor sees them."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.pictures.camera import HEIGHT, WIDTH, take

PAGES = {
    "home": "/",
    "companies": "/companies/",
    "profile": "/companies/netflix/",
    "claim": "/claims/netflix-18/",
    "comparison": "/compare/meta-vs-spotify/#shares",
    "technology": "/technologies/python/",
    "fact-check": "/sources/aim-python-users/",
}


def pictures(browser: Browser, url: str) -> None:
    # Twice the size would be sharper on some screens, and three times the bytes.
    context = browser.new_context(
        base_url=url, viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce"
    )
    page = context.new_page()
    for name, path in PAGES.items():
        answer = page.goto(path)
        if answer is None or not answer.ok:
            raise RuntimeError(f"There is no page at {path} to take a picture of.")
        take(page, f"site-{name}")
    context.close()
