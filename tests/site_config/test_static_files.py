import pytest
from django.core.management import call_command
from whitenoise.storage import MissingFileError

from site_config import settings as real
from site_config.joining import JoiningError

PRODUCTION = {"BACKEND": "site_config.static_files.JoinedStaticFilesStorage"}


@pytest.fixture
def collect(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = settings.STORAGES | {"staticfiles": PRODUCTION}

    def run():
        call_command("collectstatic", interactive=False, verbosity=0)
        return settings.STATIC_ROOT

    return run


@pytest.fixture
def sources(settings, tmp_path):
    folder = tmp_path / "sources"
    folder.mkdir()
    settings.STATICFILES_DIRS = [folder]
    (folder / "all.css").write_text('@import "one.css";\n@import "two.css";\n')
    (folder / "one.css").write_text("a { color: red }\n")
    (folder / "two.css").write_text("b { color: blue }\n")
    (folder / "js").mkdir()
    (folder / "js" / "all.js").write_text('import "./one.js";\n')
    (folder / "js" / "one.js").write_text("const one = 1;\n")
    return folder


def hashed(folder, stem, ending="css"):
    found = folder.glob(f"{stem}.*.{ending}")
    return max(found, key=lambda file: file.stat().st_mtime_ns).read_text()


def test_all_references_between_static_files_resolve_and_names_are_hashed(collect):
    """A stylesheet that names a missing file would stop `make run` at collecting."""
    names = {file.name for file in (collect() / "admin" / "css").iterdir()}
    compressed = {name for name in names if name.startswith("base.") and name.endswith(".css.gz")}
    assert any(len(name.split(".")) == 4 for name in compressed)


def test_production_joins_stylesheets():
    assert real.STORAGES["staticfiles"] == PRODUCTION


def test_the_public_stylesheet_is_one_file(collect):
    css = hashed(collect() / "css", "public")
    assert "@import" not in css
    assert ".masthead" in css
    assert ".compare" in css


def test_the_public_module_is_one_file(collect):
    folder = collect() / "js"
    script = hashed(folder, "public", "js")
    assert "import" not in script
    assert "export" not in script
    for function in ("suggest(form)", "follow(tray)", "arrange(frame)", "remember(slugs"):
        assert script.count(f"function {function}") == 1


def test_a_module_that_changes_is_joined_anew(collect, sources):
    collect()
    (sources / "js" / "one.js").write_text("const one = 2;\n")
    assert hashed(collect() / "js", "all", "js") == "const one = 2;\n"


def test_a_missing_module_is_named(collect, sources):
    (sources / "js" / "one.js").unlink()
    with pytest.raises(JoiningError, match=r"js/all\.js asks for js/one\.js"):
        collect()


def test_a_part_that_changes_is_joined_anew(collect, sources):
    collect()
    (sources / "two.css").write_text("b { color: green }\n")
    assert hashed(collect(), "all") == "a { color: red }\n\nb { color: green }\n\n"


def test_a_missing_part_is_named(collect, sources):
    (sources / "two.css").unlink()
    with pytest.raises(MissingFileError, match=r"two\.css"):
        collect()


def test_a_dry_run_writes_nothing(sources, settings, collect):
    settings.STATIC_ROOT.mkdir()
    call_command("collectstatic", interactive=False, verbosity=0, dry_run=True)
    assert list(settings.STATIC_ROOT.iterdir()) == []
