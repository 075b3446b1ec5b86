"""Programs that the tests need beside Python: found, or installed where that is possible.

Only on Debian and Ubuntu and only as root, which is a container or a build machine. Elsewhere the
caller says in one sentence what is missing.
"""

import os
import shutil
import subprocess
import sys


def can_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages: str) -> bool:
    """Whether the packages are installed now. Their output appears only when it failed."""
    if not can_install():
        return False
    sys.stderr.write(f"Installing {' '.join(packages)} for the tests\n")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update"],
        ["apt-get", "install", "--yes", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.stderr.write(done.stdout + done.stderr)
            return False
    return True


def found(*names: str) -> str | None:
    """The full path of the first of these programs that is on PATH."""
    return next((path for name in names if (path := shutil.which(name))), None)
