import pytest

from tests.linked_data.reading import item_in

pytestmark = pytest.mark.django_db


def test_says_what_the_site_is_called_and_how_to_search_it(client, settings):
    settings.SITE_NAME = "Our facts"
    found = item_in(client.get("/").content.decode(), "WebSite")
    assert (found["@id"], found["name"]) == ("http://testserver/#website", "Our facts")
    assert found["inLanguage"] == ["en", "de"]
    assert found["publisher"]["name"] == "Our facts"
    action = found["potentialAction"]
    assert action["query-input"] == "required name=words"
    search = action["target"]["urlTemplate"].replace("{words}", "python")
    assert search == "http://testserver/search/?q=python"
    assert client.get(search.removeprefix("http://testserver")).status_code == 200
