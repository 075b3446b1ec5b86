"""Holds pages against the HTML standard, with the Nu checker that validator.w3.org uses.

It is a Java program, taken from the npm package vnu-jar on first use and kept in `.venv`. Starting
Java costs seconds, so all pages are checked in one run.
"""

import hashlib
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

from tests import system_packages

VERSION = "26.9.27"
SHA256 = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"
JAR = Path(__file__).resolve().parent.parent / ".venv" / "vnu" / f"vnu-{VERSION}.jar"


def errors(pages: dict[str, bytes]) -> list[str]:
    """One sentence per error, in the order of the pages. Keys are what a page is called there."""
    names = {f"{number:05}.html": name for number, name in enumerate(pages)}
    with tempfile.TemporaryDirectory(prefix="stackfacts-html-") as directory:
        for file_name, name in names.items():
            (Path(directory) / file_name).write_bytes(pages[name])
        options = ["--format", "json", "--stdout", "--exit-zero-always"]
        done = subprocess.run(
            [_java(), "-jar", str(_jar()), *options, directory],
            capture_output=True,
            text=True,
            check=True,
        )
    found = [
        (message["url"].rsplit("/", 1)[-1], message.get("lastLine", 0), message)
        for message in json.loads(done.stdout)["messages"]
        if message["type"] in ("error", "non-document-error")
    ]
    found.sort(key=lambda entry: entry[:2])
    return [
        f"{names[file]} line {line}: {message['message']} [{message.get('extract', '').strip()}]"
        for file, line, message in found
    ]


def _java() -> str:
    java = system_packages.found("java")
    if java is None and system_packages.install("openjdk-17-jre-headless"):
        java = system_packages.found("java")
    if java is None:
        raise RuntimeError("The check of the HTML needs Java 17 or newer: install it.")
    return java


def _jar() -> Path:
    if not JAR.exists():
        JAR.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="stackfacts-vnu-", dir=JAR.parent) as directory:
            _pack(Path(directory)).rename(JAR)
    return JAR


def _pack(directory: Path) -> Path:
    """The jar, fetched into `directory` and checked."""
    npm = system_packages.found("npm")
    if npm is None and system_packages.install("npm"):
        npm = system_packages.found("npm")
    if npm is None:
        raise RuntimeError("The check of the HTML needs npm, to fetch vnu-jar: install it.")
    subprocess.run(
        [npm, "pack", f"vnu-jar@{VERSION}", "--silent"],
        cwd=directory,
        check=True,
        capture_output=True,
    )
    with tarfile.open(directory / f"vnu-jar-{VERSION}.tgz") as archive:
        member = archive.extractfile("package/build/dist/vnu.jar")
        content = member.read() if member else b""
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise RuntimeError(f"vnu-jar {VERSION} is not the file that was pinned by its SHA-256.")
    jar = directory / "vnu.jar"
    jar.write_bytes(content)
    return jar
