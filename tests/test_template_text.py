"""No public template says anything in one language alone."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.template_text import unmarked

ROOT = Path(settings.BASE_DIR, "templates")
# Read by editors, who work in English.
FOR_EDITORS = {"_fragments/preview.html"}
# Read by programmers, as the API is written; its elements say that they are English.
FOR_PROGRAMMERS = {"companies/api.html", "_fragments/api_members.html"}
# The embeddable chart is a file, and files stay English.
FILES = {"companies/codebase.svg", "_fragments/codebase_style.css"}
# Names, and what the browser reads.
ALLOWED = frozenset(
    [
        *("Stackfacts", "light dark", "CSV", "JSON", "BibTeX", "CSL-JSON", "Atom", "Wikidata"),
        *("SHA-256", "0, 0 UTC"),
    ]
)


def public_templates():
    names = {path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.*")}
    return {name for name in names if not name.startswith("admin/")}


TEMPLATES = sorted(public_templates() - FOR_EDITORS - FOR_PROGRAMMERS - FILES)


@pytest.mark.parametrize("name", TEMPLATES)
def test_all_words_of_a_public_template_are_marked_for_translation(name):
    assert unmarked((ROOT / name).read_text(), ALLOWED) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_dates_are_written_as_the_language_of_the_page_does(name):
    assert 'date:"j F Y"' not in (ROOT / name).read_text()


def test_the_lists_of_exceptions_name_templates():
    assert public_templates() >= FOR_EDITORS | FOR_PROGRAMMERS | FILES
    assert len(TEMPLATES) > 15


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% include "_fragments/count.html" with many="claims" %}', []),
        ("<p>Some words</p>", ["Some words"]),
        ("<p>{{ count }} claim{{ count|pluralize }}</p>", ["0 claim0"]),
        ('<p>{{ name|default:"none" }}</p>', ["none"]),
        ('<a title="a hint" href="/in/words/">→</a>', ["a hint"]),
        ('<a{% if x %} aria-label="name"{% endif %}>→</a>', ["name"]),
        ('{% include "x.html" with one="claim" %}', ["claim"]),
        ('<meta name="description" content="About it">', ["About it"]),
        ("{% if x %}yes{% else %}no{% endif %}", ["yesno"]),
        ("{# a remark #}{% comment %}another{% endcomment %}", []),
        ("<p>{% translate 'words' %}</p>", []),
        ('<p title="{% translate "words" %}">·</p>', []),
        ("{% blocktranslate count n=n %}one{% plural %}many{% endblocktranslate %}", []),
        ('<p class="words" id="more">{{ words }} · {{ others|date:"j F Y" }}</p>', []),
        ("<code>manage.py run</code><style>p { color: red }</style>", []),
        ('<svg><line class="tick"/></svg> 100%', []),
    ],
)
def test_the_check_finds_words(source, found):
    assert unmarked(source) == found


def test_what_is_allowed_is_not_found():
    assert unmarked("<p>CSV</p> <p>words</p>", frozenset(["CSV"])) == ["words"]
