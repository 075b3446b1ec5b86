"""The table of environment variables in the README and the variables that the code reads."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.process import ROOT

READERS = {"text", "secret", "choice", "boolean", "integer", "numbers", "matching", "csv", "path"}
ROW = re.compile(r"^\|\s*`([A-Z][A-Z0-9_]+)`\s*\|", re.MULTILINE)


def sources() -> Iterator[Path]:
    yield ROOT / "manage.py"
    for package in ("site_config", "companies"):
        yield from (ROOT / package).rglob("*.py")


def variables_read() -> set[str]:
    names = set()
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="env"), attr=reader), args=[name, *_]
                ) if reader in READERS:
                    where = f"{file.name}:{node.lineno}: the name is not a literal"
                    assert isinstance(name, ast.Constant), where
                    names.add(str(name.value))
    return names


def test_the_readme_lists_exactly_the_variables_that_are_read():
    documented = ROW.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert sorted(documented) == sorted(variables_read())


def test_only_the_typed_readers_read_the_environment():
    offenders = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in sources()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"os\.(environ|getenv)", line)
        and file.name != "env.py"
        and "DJANGO_SETTINGS_MODULE" not in line
    ]
    assert offenders == []
