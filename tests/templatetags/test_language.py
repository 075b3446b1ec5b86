from django.template import Context, Template
from django.utils import translation

PARAGRAPH = Template("{% load language %}<p{% stored_language %}>words</p>")


def test_words_of_the_catalogue_say_their_language_on_a_page_in_another():
    with translation.override("de"):
        assert PARAGRAPH.render(Context()) == '<p lang="en">words</p>'


def test_words_of_the_catalogue_say_nothing_on_a_page_in_their_own_language():
    with translation.override("en"):
        assert PARAGRAPH.render(Context()) == "<p>words</p>"
