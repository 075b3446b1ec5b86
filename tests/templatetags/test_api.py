from companies.templatetags.api import with_code


def test_what_stands_between_backticks_is_code():
    assert with_code("at `/claims?a=b` and `x`.") == (
        "at <code>/claims?a=b</code> and <code>x</code>."
    )


def test_markup_is_text_within_and_without():
    assert with_code("<b>`<i>`") == "&lt;b&gt;<code>&lt;i&gt;</code>"
