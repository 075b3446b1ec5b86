"""The whole published catalogue as one archive in DATA_DIR, and what is known of it.

    DATA_DIR/published/publication.json             names the archive and says what is in it
    DATA_DIR/published/stackfacts-<digest>.zip      the archive, never changed

One rename puts a new archive in the place of the old, so that whoever asks gets the one or the
other as a whole, with the checksum that belongs to it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from companies.data_files.archive import Member, zipped
from companies.data_files.catalogue_tables import catalogue_tables
from companies.data_files.licence import Licence
from companies.data_files.package import DESCRIPTION, Package, as_json
from companies.exchange.content import Content, one_moment
from companies.exchange.problem import CatalogueError
from companies.exchange.progress import Bar, no_bar
from companies.exchange.written_files import WrittenFiles

CATALOGUE = "catalogue"
TABLES = "tables"
SUMS = "SHA256SUMS"
_PIECE = 256 * 1024
# How many archives before the current one are kept for who has begun to take them.
_KEPT = 1


@dataclass(frozen=True)
class PublishedFile:
    """`rows` is None for a file that is no table."""

    path: str
    size: int
    sha256: str
    rows: int | None = None


@dataclass(frozen=True)
class Publication:
    """`name` is that of the archive's file; `counts` are the entries in it by kind."""

    name: str
    size: int
    sha256: str
    moment: datetime.datetime
    licence: Licence
    counts: dict[str, int]
    tables: list[PublishedFile]

    @property
    def path(self) -> Path:
        return folder() / self.name

    def pieces(self, first: int = 0, length: int | None = None) -> Iterator[bytes]:
        """So many bytes of the archive from the byte `first` on; without a length, all the rest."""
        return _read(self.path, first, self.size - first if length is None else length)


def folder() -> Path:
    return Path(settings.DATA_DIR) / "published"


def current() -> Publication | None:
    """The one that visitors get; None before the first, or if its file is gone."""
    try:
        found = json.loads((folder() / "publication.json").read_text(encoding="utf-8"))
        publication = Publication(
            **found
            | {
                "moment": datetime.datetime.fromisoformat(found["moment"]),
                "licence": Licence(**found["licence"]),
                "tables": [PublishedFile(**table) for table in found["tables"]],
            }
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return publication if publication.path.is_file() else None


def publish(
    site: str, *, moment: datetime.datetime | None = None, bar: Bar = no_bar
) -> Publication:
    """Write the archive; `site` is the address that its links begin with, without a final slash.

    Raises CatalogueError, and leaves the last archive in its place, if DATA_DIR can't be written or
    the catalogue holds what `load_catalog` would refuse.
    """
    moment = (moment or timezone.now()).astimezone(datetime.UTC).replace(microsecond=0)
    try:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=folder()) as room:
            publication = _written(Path(room), site, moment, bar)
        _remove_old(publication)
    except OSError as error:
        raise CatalogueError(f"{folder()} can't be written: {error.strerror}.") from error
    return publication


def _written(room: Path, site: str, moment: datetime.datetime, bar: Bar) -> Publication:
    package = Package(
        "stackfacts",
        f"The published catalogue of {settings.SITE_NAME}",
        f"{site}{reverse('companies:data')}",
        moment,
        Licence.of_the_site(),
        catalogue_tables(lambda path: f"{site}{path}", f"{TABLES}/"),
    )
    (room / TABLES).mkdir()
    archive = room / "stackfacts.zip"
    with one_moment():
        with bar("Writing tables", len(package.resources)) as writing:
            for resource in package.resources:
                _write(room / resource.path, resource.pieces())
                writing.update(1)
        catalogue = WrittenFiles(Content(published=True), bar)
        _write(archive, zipped(_members(room, package, catalogue), moment))
    if catalogue.problems:
        raise CatalogueError("load_catalog would refuse what is published.", catalogue.problems)
    digest = hashlib.sha256()
    for piece in _read(archive):
        digest.update(piece)
    publication = Publication(
        f"stackfacts-{digest.hexdigest()[:16]}.zip",
        archive.stat().st_size,
        digest.hexdigest(),
        moment,
        package.licence,
        catalogue.counts,
        [PublishedFile(r.path, r.size, r.digest, r.rows) for r in package.resources],
    )
    known = room / "publication.json"
    known.write_bytes(as_json(asdict(publication) | {"moment": moment.isoformat()}))
    archive.replace(publication.path)
    known.replace(folder() / known.name)
    return publication


def _members(room: Path, package: Package, catalogue: WrittenFiles) -> Iterator[Member]:
    """All files, and at the end the checksums of all before."""
    with (room / SUMS).open("w", encoding="utf-8") as sums:
        for name, pieces in _files(room, package, catalogue):
            digest = hashlib.sha256()
            yield name, _digested(pieces, digest.update)
            sums.write(f"{digest.hexdigest()}  {name}\n")
    yield SUMS, _read(room / SUMS)


def _files(room: Path, package: Package, catalogue: WrittenFiles) -> Iterator[Member]:
    yield "README.md", [f"{package.readme()}\n{_ON_THE_ARCHIVE}\n".encode()]
    yield "LICENCE.md", [package.licence.note().encode()]
    yield DESCRIPTION, [as_json(package.description())]
    for resource in package.resources:
        yield resource.path, _read(room / resource.path)
    for name, pieces in catalogue:
        yield f"{CATALOGUE}/{name}", pieces


def _digested(pieces: Iterable[bytes], update: Callable[[bytes], None]) -> Iterator[bytes]:
    for piece in pieces:
        update(piece)
        yield piece


def _read(path: Path, first: int = 0, length: int | None = None) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = path.stat().st_size - first if length is None else length
        while piece := file.read(min(left, _PIECE)):
            left -= len(piece)
            yield piece


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)


def _remove_old(publication: Publication) -> None:
    archives = sorted(folder().glob("stackfacts-*.zip"), key=lambda path: path.stat().st_mtime)
    others = [path for path in archives if path.name != publication.name]
    for path in others[: max(len(others) - _KEPT, 0)]:
        path.unlink(missing_ok=True)
    for path in folder().glob(".new-*"):
        # Of a run that was killed.
        shutil.rmtree(path, ignore_errors=True)


_ON_THE_ARCHIVE = """\
## catalogue/

The same catalogue in the files that Stackfacts itself reads and writes, one per company, with the
logos as catalogue/logos/<company>.png. Into an empty site: `manage.py load_catalog catalogue`. It
then shows the same pages, but for the history, which begins with the loading. Logos belong to the
companies.

## SHA256SUMS

The checksums of all other files: `sha256sum --check SHA256SUMS`."""
