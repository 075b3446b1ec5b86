from pathlib import Path


def bytes_of(directory: Path) -> dict[str, bytes]:
    """Every file below the directory."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }
