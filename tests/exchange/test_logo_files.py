"""Logos beside the files of a catalogue: in and out, and whatever else may be put there."""

import pytest

from companies import logo_image
from companies.exchange.dump import dump
from companies.exchange.load import load
from companies.models import Company, Logo, Revision
from tests.exchange.trees import bytes_of
from tests.logo_png import logo_png, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def logos(loaded):
    directory = loaded.directory / "logos"
    directory.mkdir()
    return directory


def acme():
    return Company.objects.select_related("logo").get(slug="acme")


def changed(files, **options):
    total = load(files.write(), **options).total
    return total.added, total.changed


def test_a_picture_becomes_the_logo_of_its_company_and_a_change_in_its_history(loaded, logos):
    (logos / "acme.png").write_bytes(picture(side=600))
    assert changed(loaded) == (0, 1)
    png = bytes(acme().logo.png)
    assert png != picture(side=600)
    assert png == bytes(Logo.objects.keep(png).png)
    last = Revision.objects.filter(subject="company", name="acme").latest("pk")
    assert last.content["logo"] == acme().logo_id
    assert changed(loaded) == (0, 0)


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF"])
def test_every_format_that_may_be_uploaded_is_read_and_stored_as_png(loaded, logos, format):
    (logos / f"acme.{format.lower()}").write_bytes(picture(format=format))
    load(loaded.write())
    assert bytes(acme().logo.png).startswith(b"\x89PNG")


def test_a_company_that_only_the_database_has_gets_its_logo(loaded, logos):
    del loaded["companies/acme.yaml"]
    (logos / "acme.png").write_bytes(picture())
    assert changed(loaded) == (0, 1)
    assert acme().logo


def test_a_new_company_comes_with_its_logo(loaded, logos):
    loaded["companies/corp.yaml"] = {"slug": "corp", "name": "Corp", "kind": "company"}
    (logos / "corp.png").write_bytes(picture())
    assert changed(loaded) == (1, 0)
    assert Company.objects.get(slug="corp").logo


def test_what_was_dumped_comes_back_with_the_same_bytes(loaded, logos, tmp_path):
    (logos / "acme.png").write_bytes(picture())
    load(loaded.write())
    dump(tmp_path / "first")
    assert bytes_of(tmp_path / "first")["logos/acme.png"] == bytes(acme().logo.png)
    Company.objects.update(logo=None)
    Logo.objects.all().delete()
    assert load(tmp_path / "first").total.changed == 1
    dump(tmp_path / "second")
    assert bytes_of(tmp_path / "first") == bytes_of(tmp_path / "second")


def test_a_logo_that_another_pillow_wrote_is_no_change(loaded, logos, monkeypatch):
    (logos / "acme.png").write_bytes(logo_png())
    load(loaded.write())
    before = acme().logo_id
    monkeypatch.setattr(
        "companies.exchange.logo_files.to_png", lambda file, size: logo_png("teal") + b"!"
    )
    assert changed(loaded) == (0, 0)
    assert acme().logo_id == before


def test_a_logo_without_a_file_stays_unless_pruned(loaded, logos):
    (logos / "acme.png").write_bytes(picture())
    load(loaded.write())
    (logos / "acme.png").unlink()
    assert changed(loaded) == (0, 0)
    assert acme().logo
    assert changed(loaded, prune=True) == (0, 1)
    assert not acme().logo


def test_without_a_directory_of_logos_pruning_says_nothing_on_them(loaded):
    Company.objects.filter(slug="acme").update(logo=Logo.objects.keep(logo_png()))
    assert changed(loaded, prune=True) == (0, 0)
    assert acme().logo


def test_bad_files_are_all_reported_and_nothing_is_loaded(loaded, logos, refusal):
    for name, content in {
        "acme.png": b"not a picture",
        "bolt.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "acmee.png": picture(),
        "large.png": b"\x89PNG" + b"x" * logo_image.LARGEST_UPLOAD,
        "unknown-to-all.gif": picture(format="GIF"),
    }.items():
        (logos / name).write_bytes(content)
    (logos / "bolt.png").mkdir()
    (logos / ".DS_Store").write_bytes(b"")
    unreadable = "this is not a picture that can be read: use PNG, JPEG, WebP or GIF"
    assert refusal() == [
        f"logos/acme.png: {unreadable}",
        "logos/acmee.png: there is no company “acmee”; did you mean “acme”?",
        "logos/bolt.png: is not a file",
        f"logos/bolt.svg: {unreadable}",
        "logos/large.png: this file is larger than 2 MB",
        "logos/unknown-to-all.gif: there is no company “unknown-to-all”",
    ]
    assert not Logo.objects.exists()


def test_two_pictures_of_one_company_are_reported(loaded, logos, refusal):
    (logos / "acme.gif").write_bytes(picture(format="GIF"))
    (logos / "acme.png").write_bytes(picture())
    assert refusal() == ["logos/acme.png: there is logos/acme.gif already"]


def test_a_dump_names_logos_of_nobody_and_removes_them_when_pruning(loaded, tmp_path):
    out = tmp_path / "out"
    Company.objects.filter(slug="acme").update(logo=Logo.objects.keep(logo_png()))
    dump(out)
    mine = out / "logos" / "acme.gif"
    mine.write_bytes(picture(format="GIF"))
    dumped = dump(out)
    assert dumped.left == [mine]
    assert [str(problem) for problem in dumped.problems] == [
        "logos/acme.gif: there is logos/acme.png already"
    ]
    dumped = dump(out, prune=True)
    assert (dumped.left, dumped.problems) == ([], [])
    assert [path.name for path in (out / "logos").iterdir()] == ["acme.png"]
