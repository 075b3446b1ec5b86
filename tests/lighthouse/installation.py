"""Lighthouse from npm, in exactly the versions of package-lock.json, kept in `.venv`.

The lock holds hashes and no addresses: npm asks the registry that it is set up for.
"""

import shutil
import subprocess
from pathlib import Path

from tests import process, system_packages

HERE = Path(__file__).resolve().parent
LOCK = HERE / "package-lock.json"
PLACE = process.ROOT / ".venv" / "lighthouse"
# Written last, so that half an installation is not taken for a whole one.
INSTALLED = PLACE / "package-lock.installed.json"


def command() -> list[str]:
    """What starts Lighthouse; it is installed first where it is missing or of another version."""
    node, npm = _program("node", "nodejs"), _program("npm", "npm")
    if not INSTALLED.exists() or INSTALLED.read_bytes() != LOCK.read_bytes():
        _install(npm)
    return [node, str(PLACE / "node_modules" / "lighthouse" / "cli" / "index.js")]


def _install(npm: str) -> None:
    PLACE.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", LOCK.name):
        shutil.copy(HERE / name, PLACE)
    # Scripts of packages would fetch a browser; there is one already.
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(
        [npm, "ci", *options], cwd=PLACE, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"npm could not install Lighthouse: {done.stdout}{done.stderr}")
    shutil.copy(LOCK, INSTALLED)


def _program(name: str, package: str) -> str:
    path = system_packages.found(name)
    if path is None and system_packages.install(package):
        path = system_packages.found(name)
    if path is None:
        raise RuntimeError(f"Lighthouse needs {name}: install Node.js 18.16 or newer with npm.")
    return path
