"""The translations are whole, fit the sources, and are compiled."""

import gettext as python_gettext
import re

import pytest

from tests import messages

# What stands for something else, and markup: none may be lost in translation.
PARTS = re.compile(r"%\(\w+\)s|<[^>]+>")


@pytest.fixture(scope="module", params=messages.LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def translations(language):
    """Translations by (text, number of the plural form), without those of the header."""
    with messages.po(language).with_suffix(".mo").open("rb") as file:
        found = python_gettext.GNUTranslations(file)._catalog
    return {
        key if isinstance(key, tuple) else (key, 0): words
        for key, words in found.items()
        if key != ""
    }


def test_the_translations_are_of_what_the_sources_say(language, tmp_path):
    messages.extract(tmp_path)
    fresh = messages.po(language, tmp_path).read_text()
    assert messages.po(language).read_text() == fresh, "Run: make messages"


def test_every_text_has_a_translation_and_none_is_a_guess(language, tmp_path):
    remark = messages.compile_to(tmp_path / "django.mo", messages.po(language))
    assert re.fullmatch(r"\d{3,} translated messages\.", remark)


def test_the_compiled_translations_are_those_of_the_text(language, translations, tmp_path):
    messages.compile_to(tmp_path / "django.mo", messages.po(language))
    with (tmp_path / "django.mo").open("rb") as file:
        fresh = python_gettext.GNUTranslations(file)._catalog
    # The bytes differ between versions of gettext.
    assert {key: words for key, words in fresh.items() if key != ""} == {
        key if key in fresh else key[0]: words for key, words in translations.items()
    }, "Run: make messages"


def test_placeholders_and_markup_survive_translation(translations):
    lost = {
        text: words
        for (text, _form), words in translations.items()
        if sorted(PARTS.findall(text)) != sorted(PARTS.findall(words))
    }
    assert lost == {}
    assert any(PARTS.findall(text) for text, _form in translations)


def test_both_forms_of_a_plural_are_translated(translations):
    forms = {}
    for text, form in translations:
        forms.setdefault(text, set()).add(form)
    assert {0, 1} in forms.values()
    assert {frozenset(found) for found in forms.values()} <= {frozenset({0}), frozenset({0, 1})}


def test_a_translation_with_a_lost_placeholder_is_refused(language, tmp_path):
    words = messages.po(language).read_text()
    broken = words.replace("vor %(count)s Monaten", "vor Monaten")
    assert broken != words
    (tmp_path / "django.po").write_text(broken)
    with pytest.raises(RuntimeError, match="format specification"):
        messages.compile_to(tmp_path / "django.mo", tmp_path / "django.po")
