"""The logos of a catalogue: one picture per company, in the directory `logos`.

Whatever picture somebody puts there is written anew, as an upload is; nothing of the file itself
is ever stored or served.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError

from companies.exchange.problem import Problem
from companies.logo_image import LARGEST_UPLOAD, to_png
from companies.models import Logo

LOGOS = "logos"
# What a dump writes; PNG, JPEG, WebP and GIF are read, by whatever name.
PNG = ".png"


@dataclass(frozen=True)
class LogoFile:
    """A picture that can be read. `digest` is that of the file as it is, `png` what is stored."""

    file: str
    digest: str
    png: bytes

    def problem(self, reason: str, *_: str | int) -> Problem:
        return Problem(self.file, reason)

    def is_same_as(self, digest: str | None) -> bool:
        """Also if it is a logo that was written by another version of Pillow."""
        return digest in (self.digest, Logo.objects.digest_of(self.png))


def is_logo(path: Path) -> bool:
    """Hidden files are of a tool."""
    return not path.name.startswith(".")


def read_logo(path: Path, file: str) -> LogoFile | Problem:
    try:
        if not path.is_file():
            return Problem(file, "is not a file")
        with path.open("rb") as stream:
            # One byte more than allowed tells enough about a file of any size.
            content = stream.read(LARGEST_UPLOAD + 1)
        png = to_png(io.BytesIO(content), len(content))
    except OSError as error:
        return Problem(file, f"can't be read: {error.strerror}")
    except ValidationError as error:
        return Problem(file, refused(error))
    return LogoFile(file, Logo.objects.digest_of(content), png)


def refused(error: ValidationError) -> str:
    """What is wrong with a picture, as a problem has it."""
    return f"{error.message[0].lower()}{error.message[1:].removesuffix('.')}"
