"""The translations of the pages: extracted from the sources, merged and compiled by GNU gettext.

`python -m tests.messages` (make messages) brings companies/locale up to date. What is new then has
no translation yet, or a guess marked fuzzy; tests/test_messages.py fails until somebody has written
one.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import system_packages

ROOT = Path(__file__).resolve().parent.parent
# English stays in the sources.
LANGUAGES = ("de",)
SOURCES = ("companies", "site_config", "templates", "manage.py")
# Editors work in English (docs/decisions/0017-translation.md).
FOR_EDITORS = ("companies/admin/*", "templates/admin/*")


def po(language: str, root: Path = ROOT) -> Path:
    return root / "companies" / "locale" / language / "LC_MESSAGES" / "django.po"


def gettext(name: str) -> str:
    """The path of one of GNU gettext's programs."""
    path = system_packages.found(name)
    if path is None and system_packages.install("gettext"):
        path = system_packages.found(name)
    if path is None:
        raise RuntimeError(f"Translations need {name}: install GNU gettext.")
    return path


def extract(to: Path) -> None:
    """Write what the sources say now, merged with the translations there are, below `to`."""
    gettext("xgettext")
    ignored = shutil.ignore_patterns("__pycache__", "catalog", "*.mo")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, to / name)
    options = ["--no-location", "--no-wrap", "--no-obsolete", "--verbosity=0"]
    options += [f"--locale={language}" for language in LANGUAGES]
    options += [f"--ignore={pattern}" for pattern in FOR_EDITORS]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"DJANGO_SETTINGS_MODULE": "site_config.settings", "DEMO": "yes"}
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", *options],
        cwd=to,
        env=environment | {"DATA_DIR": str(to / "var"), "PYTHONPATH": str(to)},
        check=True,
    )
    for language in LANGUAGES:
        merged = po(language, to)
        # The day would change the file though nothing else did.
        words = re.sub(r'^"POT-Creation-Date:.*\n', "", merged.read_text(), flags=re.MULTILINE)
        merged.write_text(words)


def compile_to(mo: Path, source: Path) -> str:
    """What gettext remarks, which counts the translations. Raises where one would not work."""
    done = subprocess.run(
        [gettext("msgfmt"), "--check", "--statistics", "-o", mo, source],
        capture_output=True,
        text=True,
        env=os.environ | {"LC_ALL": "C"},
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stderr.strip()


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        extract(Path(place))
        for language in LANGUAGES:
            shutil.copy(po(language, Path(place)), po(language))
            remark = compile_to(po(language).with_suffix(".mo"), po(language))
            sys.stderr.write(f"{language}: {remark}\n")


if __name__ == "__main__":
    main()
