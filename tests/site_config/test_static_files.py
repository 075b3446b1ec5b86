from django.core.management import call_command


def test_all_references_between_static_files_resolve_and_names_are_hashed(settings, tmp_path):
    """A stylesheet that names a missing file would stop `make run` at collecting."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    names = {file.name for file in (tmp_path / "admin" / "css").iterdir()}
    hashed = {name for name in names if name.startswith("base.") and name.endswith(".css.gz")}
    assert any(len(name.split(".")) == 4 for name in hashed)
