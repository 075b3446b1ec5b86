"""Strict readers for environment variables.

A value that cannot be understood stops the start with a sentence that names the variable, what was
given and what is allowed. Guessing instead would read `DEBUG=yess` as "off" and nobody would know.

A variable that is set but blank counts as unset: that is what `NAME=` in a compose file means.
Every variable is named as a literal at the call, because tests/test_readme.py collects the names
from the source and compares them with the table in the README.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = ("yes", "true", "on", "1")
FALSE = ("no", "false", "off", "0")


def _given(name: str) -> str | None:
    return os.environ.get(name, "").strip() or None


def text(name: str, *, default: str) -> str:
    return _given(name) or default


def secret(name: str) -> str | None:
    """For values that are never repeated in a message. They have no default."""
    return _given(name)


def matching(name: str, *, pattern: str, allowed: str) -> str:
    """A text that the pattern fits as a whole, or an empty one. `allowed` says it in words."""
    given = _given(name)
    if given is None or re.fullmatch(pattern, given):
        return given or ""
    raise ImproperlyConfigured(f"{name} is {given!r}; allowed is {allowed}.")


def choice(name: str, *, default: str, allowed: Sequence[str]) -> str:
    """One of the allowed words, in the spelling of `allowed`, whatever case it was typed in."""
    given = _given(name)
    if given is None:
        return default
    for word in allowed:
        if given.casefold() == word.casefold():
            return word
    raise ImproperlyConfigured(f"{name} is {given!r}; allowed are {', '.join(allowed)}.")


def boolean(name: str, *, default: bool) -> bool:
    given = _given(name)
    if given is None:
        return default
    if given.casefold() in TRUE:
        return True
    if given.casefold() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {given!r}; allowed are yes and no.")


def integer(name: str, *, default: int, minimum: int, maximum: int) -> int:
    given = _given(name)
    if given is None:
        return default
    # Not int(): it takes "1_000" and "٣", which no operator means.
    if given.isascii() and given.isdigit() and minimum <= int(given) <= maximum:
        return int(given)
    raise ImproperlyConfigured(
        f"{name} is {given!r}; allowed is a whole number from {minimum} to {maximum}."
    )


def csv(name: str, *, default: Sequence[str] = ()) -> list[str]:
    """The values between commas, without the space around them and without empty ones."""
    given = _given(name)
    if given is None:
        return list(default)
    values = [value.strip() for value in given.split(",")]
    return [value for value in values if value]


def numbers(name: str, *, names: Sequence[str], minimum: int, maximum: int) -> dict[str, int]:
    """Numbers by name, from `a=6,b=0`. Those not named are left to whoever asks."""
    found: dict[str, int] = {}
    for pair in csv(name):
        key, _, number = (part.strip() for part in pair.partition("="))
        key = key.casefold()
        if key not in names:
            raise ImproperlyConfigured(
                f"{name} names {key!r}; allowed are pairs such as {names[0]}={maximum}, of "
                f"{', '.join(names)}."
            )
        if key in found:
            raise ImproperlyConfigured(f"{name} names {key!r} twice.")
        if not (number.isascii() and number.isdigit() and minimum <= int(number) <= maximum):
            raise ImproperlyConfigured(
                f"{name} gives {key} {number!r}; allowed is a whole number from {minimum} to "
                f"{maximum}."
            )
        found[key] = int(number)
    return found


def path(name: str, *, default: Path) -> Path:
    """An absolute path. A relative one would move with the directory the process starts in."""
    given = _given(name)
    if given is None:
        return default
    if not Path(given).is_absolute():
        raise ImproperlyConfigured(f"{name} is {given!r}; allowed is a path that starts with /.")
    return Path(given)
