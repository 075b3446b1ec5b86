"""A document that is in the catalogue already is offered instead of entered twice."""

import json
import re

import pytest

from companies.models import Claim, Source
from tests.admin.conftest import address
from tests.admin.posting import claim_data, data_of, new_source, rows, source_data
from tests.factories import ClaimFactory, SourceFactory, TechnologyFactory

URL = "https://example.org/new"
SPELLINGS = [
    URL,
    "http://www.example.org/new/",
    "https://EXAMPLE.org//new?utm_source=mail#top",
]
each_spelling = pytest.mark.parametrize("url", SPELLINGS)


@pytest.fixture
def known(db):
    return SourceFactory(pk=1234, url=URL, title="Known & read", key="known")


class TestClaimForm:
    @each_spelling
    def test_a_known_address_names_and_offers_the_source_that_has_it(
        self, admin_client, errors, known, url
    ):
        data = claim_data(source=None, **new_source(url=url, title="Typed with care"))
        response = admin_client.post(address("usecase_add"), data)
        (message,) = errors(response)["new_source_url"]
        assert "Known &amp; read" in message
        html = response.content.decode()
        # As a link and a box to tick, not as their source code.
        assert f'<a href="{address("source_change", known.pk)}"' in html
        assert f'<input type="checkbox" name="_use_existing_source" value="{known.pk}">' in html
        assert 'value="Typed with care"' in html
        assert Source.objects.count() == 1

    @pytest.mark.parametrize("page", ["usecase_add", "quote_add", "keyfigure_add", "claim_add"])
    def test_the_offer_stands_on_every_form(self, admin_client, errors, known, page):
        response = admin_client.post(address(page), claim_data(source=None, **new_source()))
        assert "_use_existing_source" in errors(response)["new_source_url"][0]

    def test_a_tick_saves_the_claim_with_the_known_source(self, admin_client, known):
        python = TechnologyFactory()
        data = claim_data(source=None, _use_existing_source=known.pk, **new_source())
        data |= rows("claim_technologies", [{"technology": python.pk, "role": "chose"}])
        assert admin_client.post(address("usecase_add"), data).status_code == 302
        claim = Claim.objects.get()
        assert claim.source == known
        assert claim.claim_technologies.get().technology == python
        assert Source.objects.get() == known

    def test_a_tick_moves_a_saved_claim_to_the_known_source(self, admin_client, known):
        claim = ClaimFactory()
        data = data_of(claim, _use_existing_source=known.pk, **new_source())
        assert admin_client.post(address("usecase_change", claim.pk), data).status_code == 302
        claim.refresh_from_db()
        assert claim.source == known

    def test_a_tick_beside_another_error_loses_nothing_but_the_second_source(
        self, admin_client, errors, known
    ):
        data = claim_data(
            source=None,
            title="",
            text="Typed with care.",
            _use_existing_source=known.pk,
            **new_source(title="A second description"),
        )
        response = admin_client.post(address("usecase_add"), data)
        assert errors(response).keys() == {"title"}
        html = response.content.decode()
        assert f'<option value="{known.pk}" selected>' in html
        assert "Typed with care." in html
        assert "A second description" not in html

    @pytest.mark.parametrize("forged", ["999999", "x", "", "1" * 40, "-1", "\x00"])
    def test_a_tick_for_no_source_is_ignored_and_loses_nothing(
        self, admin_client, errors, known, forged
    ):
        data = claim_data(source=None, _use_existing_source=forged, **new_source(title="Kept"))
        response = admin_client.post(address("usecase_add"), data)
        assert errors(response).keys() == {"new_source_url"}
        assert 'value="Kept"' in response.content.decode()

    def test_a_tick_counts_for_nothing_where_no_source_may_be_described(
        self, client_with, errors, known
    ):
        client = client_with("add_usecase", "view_source")
        data = claim_data(source=None, _use_existing_source=known.pk)
        assert errors(client.post(address("usecase_add"), data)).keys() == {"source"}

    def test_markup_in_the_known_source_is_shown_as_text(self, admin_client, known):
        Source.objects.update(title="<script>1</script>", publisher="<b>")
        response = admin_client.post(
            address("usecase_add"), claim_data(source=None, **new_source())
        )
        html = response.content.decode()
        assert "&lt;script&gt;1&lt;/script&gt; (&lt;b&gt;)" in html
        assert "<script>1" not in html

    def test_another_document_of_the_same_site_is_taken(self, admin_client, known):
        data = claim_data(source=None, **new_source(url=f"{URL}?page=2"))
        assert admin_client.post(address("usecase_add"), data).status_code == 302
        assert Source.objects.count() == 2


class TestSourceForm:
    @each_spelling
    def test_a_known_address_names_and_links_the_source_that_has_it(
        self, admin_client, errors, known, url
    ):
        response = admin_client.post(address("source_add"), source_data(url=url))
        found = errors(response)
        assert found.keys() == {"url"}
        assert found["url"][0].endswith(f"at {URL}. Use that one.")
        html = response.content.decode()
        assert f'<a href="{address("source_change", known.pk)}" target="_blank"' in html
        assert "Known &amp; read" in html
        assert "_use_existing_source" not in html
        assert Source.objects.count() == 1

    @each_spelling
    def test_a_source_can_not_move_to_a_known_address(self, admin_client, errors, known, url):
        other = SourceFactory()
        data = source_data(other, url=url)
        found = errors(admin_client.post(address("source_change", other.pk), data))
        assert found.keys() == {"url"}
        assert found["url"][0].endswith("Work on that one.")

    def test_a_source_can_take_another_spelling_of_its_own_address(self, admin_client, known):
        data = source_data(known, url=f"{URL}/")
        assert admin_client.post(address("source_change", known.pk), data).status_code == 302
        known.refresh_from_db()
        assert known.url == f"{URL}/"

    def test_a_source_with_a_twin_can_still_be_edited(self, admin_client, known):
        # Both may come from a catalogue's files, which take what differs in any letter.
        twin = SourceFactory(url=f"{URL}/")
        data = source_data(twin, title="New title")
        assert admin_client.post(address("source_change", twin.pk), data).status_code == 302
        twin.refresh_from_db()
        assert twin.title == "New title"

    @pytest.mark.parametrize(
        "url", ["", "nonsense", "ftp://example.org/new", "https://[::1", "a\0b"]
    )
    def test_what_is_no_address_has_its_own_message(self, admin_client, errors, known, url):
        (message,) = errors(admin_client.post(address("source_add"), source_data(url=url)))["url"]
        assert "catalogue already" not in message


class TestPopup:
    def post(self, client, **given):
        return client.post(address("source_add"), source_data(_popup="1", **given))

    def test_a_known_address_is_offered_to_the_form_behind(self, admin_client, errors, known):
        response = self.post(admin_client)
        assert errors(response).keys() == {"url"}
        html = response.content.decode()
        assert f'<input type="checkbox" name="_use_existing_source" value="{known.pk}">' in html

    def test_a_tick_closes_the_popup_and_chooses_the_known_source(self, admin_client, known):
        response = self.post(admin_client, _use_existing_source=known.pk)
        assert response.template_name[-1] == "admin/popup_response.html"
        told = json.loads(response.context_data["popup_response_data"])
        assert told == {"value": str(known.pk), "obj": str(known)}
        assert Source.objects.get() == known

    def test_a_tick_for_no_source_is_ignored(self, admin_client, errors, known):
        response = self.post(admin_client, _use_existing_source="999999")
        assert errors(response).keys() == {"url"}

    def test_who_may_not_add_sources_gets_none(self, client_with, known):
        client = client_with("view_source")
        assert self.post(client, _use_existing_source=known.pk).status_code == 403

    def test_a_tick_outside_a_popup_saves_nothing(self, admin_client, errors, known):
        data = source_data(_use_existing_source=known.pk)
        assert errors(admin_client.post(address("source_add"), data)).keys() == {"url"}


def test_the_offer_is_no_button(admin_client, known):
    """A browser presses the first button of a form when somebody presses Enter in a field."""
    response = admin_client.post(address("usecase_add"), claim_data(source=None, **new_source()))
    html = response.content.decode()
    assert "_use_existing_source" in html
    buttons = re.findall(r'<(?:button|input)[^>]*type="submit"[^>]*name="(\w+)"', html)
    assert buttons[0] == "_save"
