"""The stylesheet of the public pages as a visitor of an installed site gets it."""

from pathlib import Path

from django.conf import settings

from site_config.joining import stylesheet


def public_stylesheet() -> bytes:
    folder = Path(settings.BASE_DIR, "static", "css")
    css = (folder / "public.css").read_text()
    return stylesheet(css, lambda part: (folder / part).read_text()).encode()
