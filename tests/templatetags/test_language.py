import pytest
from django.template import Context, Template
from django.utils import translation

from companies.templatetags.language import grouped

PARAGRAPH = Template("{% load language %}<p{% stored_language %}>words</p>")


def test_words_of_the_catalogue_say_their_language_on_a_page_in_another():
    with translation.override("de"):
        assert PARAGRAPH.render(Context()) == '<p lang="en">words</p>'


def test_words_of_the_catalogue_say_their_direction_on_a_page_that_has_another():
    with translation.override("ar"):
        assert PARAGRAPH.render(Context()) == '<p lang="en" dir="ltr">words</p>'


def test_words_of_the_catalogue_say_nothing_on_a_page_in_their_own_language():
    with translation.override("en"):
        assert PARAGRAPH.render(Context()) == "<p>words</p>"


@pytest.mark.parametrize(("language", "words"), [("en", "1,234,567"), ("de", "1.234.567")])
def test_thousands_are_set_apart_as_the_language_does(language, words):
    with translation.override(language):
        assert (grouped(1234567), grouped(123)) == (words, "123")
