"""The modules of the public pages, which have to be fit for being joined into one."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from site_config import joining

JS = Path(settings.BASE_DIR, "static", "js")
MODULES = sorted(path.name for path in JS.glob("*.js"))


def read(name):
    path = JS / name
    return path.read_text() if path.exists() else None


def test_every_module_is_part_of_the_public_one():
    joined = joining.module("public.js", read)
    for name in MODULES:
        own = re.sub(r"^import .*?;\n|^export |^//.*\n", "", read(name), flags=re.MULTILINE).strip()
        assert own in re.sub(r"^//.*\n", "", joined, flags=re.MULTILINE), name


@pytest.mark.parametrize("name", MODULES)
def test_a_module_can_be_joined_on_its_own(name):
    assert joining.module(name, read)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_writes_no_markup_and_runs_no_text(name):
    """Words of the catalogue become text, never elements; the policy would refuse the rest."""
    assert (
        re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", read(name))
        == []
    )
