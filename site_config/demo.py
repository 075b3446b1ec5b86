"""What the demo and debug modes do by themselves: a secret of their own, loopback only."""

import ipaddress
import os
import secrets
from pathlib import Path


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def own_secret(data_dir: Path) -> str:
    """The secret in `data_dir`, made on first use and readable by its owner only.

    Kept, so that editors stay logged in over a restart. Written whole under another name and then
    linked into place, so that of two processes starting at once neither reads half a secret and
    both end with the same one.
    """
    secret_file = data_dir / "secret-key"
    if not secret_file.exists():
        draft = data_dir / f"secret-key.{os.getpid()}"
        draft.touch(mode=0o600, exist_ok=False)
        draft.write_text(secrets.token_urlsafe(64), encoding="ascii")
        try:
            secret_file.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return secret_file.read_text(encoding="ascii").strip()
