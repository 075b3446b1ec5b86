"""Commands of the site in a process of their own, under exactly the environment that is given."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def environment(data_dir: Path, **variables: str) -> dict[str, str]:
    """PATH, the data directory, a HOME nobody else uses, the database under test, and `variables`.

    DATABASE_URL comes along, so that these commands too are tried on both databases.
    """
    kept = {name: os.environ[name] for name in ("PATH", "DATABASE_URL") if name in os.environ}
    return kept | {"DATA_DIR": str(data_dir), "HOME": str(data_dir)} | variables


def production(data_dir: Path, **variables: str) -> dict[str, str]:
    secret = "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz"
    basics = {"SECRET_KEY": secret, "ALLOWED_HOSTS": "example.org"}
    return environment(data_dir, **(basics | variables))


def python(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def manage(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return python(env, "manage.py", *arguments)
