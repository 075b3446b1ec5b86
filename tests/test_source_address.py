import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.source_address import TRACKING, host_of, normal_form, search_words

PLAIN = "https://example.org/a/b?x=1&y=2"
SAME = [
    (PLAIN, "http://example.org/a/b?x=1&y=2"),
    (PLAIN, "HTTPS://EXAMPLE.org/a/b?x=1&y=2"),
    (PLAIN, "https://www.example.org/a/b?x=1&y=2"),
    (PLAIN, "https://example.org./a/b?x=1&y=2"),
    (PLAIN, "https://example.org:443/a/b?x=1&y=2"),
    (PLAIN, "http://example.org:80/a/b?x=1&y=2"),
    (PLAIN, "https://example.org/a/b/?y=2&x=1"),
    (PLAIN, "https://example.org//a///b?x=1&y=2"),
    (PLAIN, "https://example.org/./a/c/../b?x=1&y=2"),
    (PLAIN, "https://example.org/a/b?x=1&y=2#comments"),
    (PLAIN, "https://example.org/a/b?x=1&y=2#:~:text=Python"),
    (PLAIN, "https://example.org/a/b?utm_source=mail&x=1&UTM_Medium=x&y=2&fbclid=abc"),
    (PLAIN, "https://example.org/a/b?x=1&&y=2&ref_src=twsrc%5Etfw"),
    (PLAIN, "https://example.org/%61/b?x=%31&y=2"),
    (PLAIN, "  https://example.org/a/b?x=1&y=2\n"),
    ("https://example.org", "https://example.org/"),
    ("https://example.org/?", "https://example.org/#"),
    ("https://example.org/a%2fb", "https://example.org/a%2Fb"),
    ("https://example.org/%7Eann", "https://example.org/~ann"),
    ("https://example.org/a b", "https://example.org/a%20b"),
    ("https://example.org/?q=a+b", "https://example.org/?q=a%20b"),
    ("https://example.org/caf%C3%A9", "https://example.org/café"),
    ("https://example.org/100%", "https://example.org/100%25"),
    ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
    ("https://en.m.wikipedia.org/wiki/Python", "https://en.wikipedia.org/wiki/Python"),
    ("https://m.youtube.com/watch?v=x", "https://www.youtube.com/watch?v=x"),
]
OTHERS = [
    (PLAIN, "https://example.org/a/B?x=1&y=2"),
    (PLAIN, "https://example.org/a/b?x=1&y=3"),
    (PLAIN, "https://example.org/a/b?x=1"),
    (PLAIN, "https://example.org:8443/a/b?x=1&y=2"),
    (PLAIN, "https://blog.example.org/a/b?x=1&y=2"),
    (PLAIN, "https://ann@example.org/a/b?x=1&y=2"),
    ("https://example.org/a%2Fb", "https://example.org/a/b"),
    ("https://example.org/?q=a%2Bb", "https://example.org/?q=a+b"),
    ("https://example.org/?q=a%26b", "https://example.org/?q=a&b"),
    ("https://example.org/#!/ann", "https://example.org/#!/ben"),
    ("https://example.org/#/ann", "https://example.org/"),
    ("https://example.org/?reference=1", "https://example.org/"),
    ("https://m.example.org/", "https://example.org/"),
    ("https://www.org/", "https://org/"),
    ("https://example.org/%2541", "https://example.org/A"),
    ("https://example.org/a.html", "https://example.org/a"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_addresses_of_one_document_have_one_form(one, other):
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_addresses_that_may_lead_elsewhere_keep_their_difference(one, other):
    assert normal_form(one) != normal_form(other)


@pytest.mark.parametrize("name", sorted(TRACKING))
def test_no_tracking_parameter_makes_another_document(name):
    assert normal_form(f"{PLAIN}&{name}=1") == normal_form(PLAIN)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org",
        "ftp://example.org/",
        "https://",
        "https:///a",
        "https://[::1",
        "https://example.org:port/",
        "https://example.org:99999/",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_stays_as_it_is(text):
    assert normal_form(text) == text


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Example.org:8080/a", "example.org"),
        ("https://ann@example.org/", "example.org"),
        ("https://[::1]/", "::1"),
        ("https://[::1", ""),
        ("nothing", ""),
        ("https://x\x00y/", "x\x00y"),
    ],
)
def test_the_host_of_an_address(url, host):
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://www.example.org/a/long-name?x=1", ("example.org", "long")),
        ("https://example.org/", ("example.org", "")),
        ("https://example.org/?page=12345", ("example.org", "12345")),
        ("https://bücher.example/x", ("example", "x")),
        ("https://xn--bcher-kva.xn--p1ai/x1", ("", "")),
        ("https://de.wikipedia.org/wiki/Python", ("wikipedia.org", "Python")),
        ("https://example.org/%C3%A9%C3%A9/ab", ("example.org", "ab")),
    ],
)
def test_search_words_are_plain_parts_of_host_and_path(url, words):
    assert search_words(url) == words


@pytest.mark.parametrize(("one", "other"), SAME)
def test_addresses_of_one_document_contain_each_others_words(one, other):
    for url, stored in ((one, other), (other, one)):
        host, word = search_words(url)
        assert host in stored.lower()
        # %61 for a is more than this search promises.
        assert word in stored or "%61" in stored


TEXTS = st.text(alphabet="ab/.%2541éÀ +&=?#!~:@[]\\\x00", max_size=30)


@given(TEXTS)
def test_the_form_of_a_form_is_itself(rest):
    form = normal_form(f"https://example.org/{rest}")
    assert normal_form(f"https://{form}") == form


@given(st.text(max_size=40))
def test_any_text_has_a_form(text):
    assert normal_form(text) == normal_form(text)
    search_words(text)


@given(TEXTS, st.sampled_from(["http://", "https://www.", "HTTP://WWW.", "https://www."]))
def test_scheme_and_www_never_matter(rest, start):
    assert normal_form(f"{start}example.org/{rest}") == normal_form(f"https://example.org/{rest}")
