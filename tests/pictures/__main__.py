"""Takes the pictures of the documentation anew: `make pictures`.

A site with the starter catalogue is set up in a temporary directory, served on loopback and used.
"""

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.pictures import editing, tour
from tests.served_site import served_site


def main() -> None:
    with served_site(editing.MAKE_ACCOUNTS) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=chromium.flags()
        )
        # First, because an editor changes what visitors see.
        tour.pictures(browser, url)
        editing.pictures(browser, url)
        browser.close()


if __name__ == "__main__":
    main()
