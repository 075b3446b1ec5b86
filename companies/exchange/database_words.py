"""What the database objected to, in the words that an editor would read in the admin."""

from __future__ import annotations

from django.db import DatabaseError

from companies.refusals import broken_rule


def error_in_words(error: DatabaseError) -> str:
    text = str(error).strip()
    if "no such table" in text or ("relation" in text and "does not exist" in text):
        return f"{text.splitlines()[0]}. Run `manage.py migrate` first."
    return broken_rule(error) or text
