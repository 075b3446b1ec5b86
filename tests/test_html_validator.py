from tests.html_validator import errors

GOOD = b'<!doctype html><html lang="en"><head><title>t</title></head><body><p>x</p></body></html>'
BAD = (
    b'<!doctype html><html lang="en"><head><title>t</title></head><body><p><div></p></body></html>'
)


def test_errors_name_the_page_and_good_pages_have_none():
    found = errors({"/good/": GOOD, "/bad/": BAD})
    assert found
    assert all(sentence.startswith("/bad/ line 1: ") for sentence in found)
