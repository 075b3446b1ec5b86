"""Whatever is sent to the search, it answers with results or says what is wrong; it never fails."""

from urllib.parse import quote_from_bytes, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companies.exchange.revisions import record_missing
from companies.models import Role
from companies.search import Facet
from tests.factories import ClaimFactory, CompanyFactory
from tests.search.odd_texts import ODD, SURROGATES

pytestmark = pytest.mark.django_db
LONGEST = 200
SENT = [*(text.encode() for text in ODD), *(t.encode(errors="surrogatepass") for t in SURROGATES)]
# No text at all: halves of characters, and bytes that UTF-8 has nowhere.
SENT += [b"\xff", b"mill\xfe\xff", b"\xc3", b"\xe2\x82", b"\xed\xa0\x80", b"\xf5\x80\x80\x80"]
PARAMETERS = ["q", *Facet, "page", "format"]


@pytest.fixture
def claim():
    made = ClaimFactory(
        company=CompanyFactory(name="Acme", industry="Film"),
        title="Mill",
        technologies={"Cobol": Role.USES},
    )
    record_missing()
    return made


def asked(client, **query):
    """Each value as bytes, which needn't be text."""
    words = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in query.items())
    return client.get(f"/search/?{words}")


def is_clear(answer):
    """Results, or a page that says what it doesn't understand."""
    if answer.status_code == 200:
        return b'role="search"' in answer.content
    return answer.status_code == 400 and b'class="errorlist"' in answer.content


@pytest.mark.parametrize("sent", SENT, ids=range(len(SENT)))
def test_an_odd_text_has_a_page(client, claim, sent):
    answer = asked(client, q=sent)
    assert is_clear(answer)
    text = sent.decode(errors="replace")
    is_too_much = len(text.strip()) > LONGEST or "\0" in text
    assert answer.status_code == (400 if is_too_much else 200)
    # What was typed is text on the page and never markup.
    assert b"<script>alert" not in answer.content
    assert asked(client, q=sent, format=b"csv").status_code == answer.status_code


@pytest.mark.parametrize("sent", SENT, ids=range(len(SENT)))
def test_an_odd_text_suggests_something_or_nothing(client, claim, sent):
    answer = client.get(f"/search/suggestions/?q={quote_from_bytes(sent)}")
    assert answer.status_code in (200, 400)
    assert list(answer.json()) == ["suggestions" if answer.status_code == 200 else "errors"]


@pytest.mark.parametrize("parameter", [*Facet, "page", "format"])
def test_an_odd_value_of_anything_else_has_a_page(client, claim, parameter):
    for sent in (*SENT[::6], b"\0", *SENT[-8:]):
        answer = asked(client, **{"q": b"mill", parameter: sent})
        # A number of a page that there isn't.
        assert is_clear(answer) or (parameter == "page" and answer.status_code == 404), sent


def test_a_text_that_is_too_long_is_said_and_kept(client, claim):
    body = asked(client, q=b"mill " * 2_000).content.decode()
    assert 'class="errorlist"' in body
    assert "mill mill mill" in body


def test_the_same_parameter_many_times_counts_once(client, claim):
    query = urlencode([("q", "mill"), ("q", "acme")] * 200)
    assert client.get(f"/search/?{query}").status_code == 200


@settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    query=st.dictionaries(
        st.sampled_from(PARAMETERS),
        st.one_of(
            st.text(st.characters(), max_size=30).map(
                lambda text: text.encode(errors="surrogatepass")
            ),
            st.binary(max_size=30),
            st.sampled_from([b"mill", b'"mill', b"mil*", b"Film", b"1", b"2016", b"csv", b"acme"]),
        ),
        max_size=4,
    )
)
def test_any_query_has_a_page(client, claim, query):
    answer = asked(client, **query)
    assert answer.status_code in (200, 400, 404)
    if answer.status_code == 404:
        assert "page" in query
