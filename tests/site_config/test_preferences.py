import pytest
from django.urls import reverse

from tests.factories import ClaimFactory, CompanyFactory
from tests.promises.small_site import small_site
from tests.views.reading import links

pytestmark = pytest.mark.django_db

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}


def language(page):
    body = page.content.decode()
    return body.partition('<html lang="')[2].partition('"')[0]


def theme(page):
    start = page.content.decode().partition("<head>")[0]
    return start.partition('data-theme="')[2].partition('"')[0]


class TestLanguage:
    @pytest.mark.parametrize(
        ("accepted", "answered"),
        [
            ("", "en"),
            ("de", "de"),
            ("de-CH, en;q=0.8", "de"),
            ("en-GB,de;q=0.9", "en"),
            ("fr, de;q=0.5, en;q=0.2", "de"),
            ("fr", "en"),
            ("*", "en"),
            ("x" * 5000, "en"),
            ("\x00;q=\x00", "en"),
        ],
    )
    def test_the_browser_chooses(self, client, accepted, answered):
        page = client.get("/companies/", headers={"Accept-Language": accepted})
        assert (page.status_code, language(page)) == (200, answered)
        assert page["Content-Language"] == answered
        assert client.cookies == {}

    def test_a_link_goes_before_the_browser_and_lasts(self, client):
        page = client.get("/companies/?language=en", headers=GERMAN)
        assert language(page) == "en"
        assert language(client.get("/companies/", headers=GERMAN)) == "en"
        assert language(client.get("/?language=de")) == "de"
        assert language(client.get("/companies/")) == "de"

    def test_the_cookie_is_plain_and_the_sites_own(self, client, settings):
        settings.LANGUAGE_COOKIE_SECURE = True
        cookie = client.get("/?language=de").cookies["language"]
        assert cookie.value == "de"
        assert (cookie["samesite"], cookie["secure"], cookie["httponly"]) == ("Lax", True, True)
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert cookie["max-age"] == 365 * 24 * 60 * 60

    def test_it_needs_no_session(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            page = client.get("/no-such-page/?language=de&theme=dark")
        assert {*page.cookies} == {"language", "theme"}

    @pytest.mark.parametrize("value", ["fr", "", "DE", "de-DE", "%00", "<b>", "d" * 5000, "%ff"])
    def test_an_unknown_one_chooses_nothing(self, client, value):
        page = client.get(f"/companies/?language={value}&theme={value}")
        assert (page.status_code, language(page), theme(page)) == (200, "en", "")
        assert client.cookies == {}

    @pytest.mark.parametrize("value", ["fr", "\\000", "x" * 5000])
    def test_a_forged_cookie_chooses_nothing(self, client, value):
        client.cookies.load({"language": value, "theme": value})
        page = client.get("/companies/")
        assert (page.status_code, language(page), theme(page)) == (200, "en", "")

    def test_caches_are_told_what_a_page_depends_on(self, client):
        for page in (client.get("/companies/"), client.get("/no-such-page/")):
            assert {"Accept-Language", "Cookie"} <= {*page["Vary"].split(", ")}

    def test_a_redirect_keeps_the_choice(self, client):
        company = CompanyFactory()
        redirect = client.get(f"/companies/{company.slug}?language=de")
        assert redirect.status_code == 301
        assert language(client.get(company.get_absolute_url())) == "de"

    def test_a_page_that_refuses_is_in_the_language_too(self, client):
        for address in ("/no-such-page/", "/companies/?kind=x"):
            assert language(client.get(address, headers=GERMAN)) == "de"
        page = client.get(f"/compare/?{'c=x&' * 1001}", headers=GERMAN)
        assert (page.status_code, language(page)) == (400, "de")

    def test_one_request_leaves_nothing_behind_for_the_next(self, client):
        client.get("/companies/", headers=GERMAN)
        assert language(client.get("/companies/")) == "en"


class TestTheme:
    def test_the_system_decides_unless_a_link_does(self, client):
        page = client.get("/companies/")
        assert theme(page) == ""
        assert '<meta name="color-scheme" content="light dark">' in page.content.decode()

    @pytest.mark.parametrize("chosen", ["light", "dark"])
    def test_a_link_decides_and_lasts(self, client, chosen):
        first, second = client.get(f"/companies/?theme={chosen}"), client.get("/")
        assert (theme(first), theme(second)) == (chosen, chosen)
        for page in (first, second):
            assert f'<meta name="color-scheme" content="{chosen}">' in page.content.decode()

    def test_the_system_can_be_given_the_word_again(self, client):
        client.get("/?theme=dark")
        page = client.get("/?theme=system")
        assert theme(page) == ""
        assert page.cookies["theme"]["max-age"] == 0
        assert page.cookies["theme"]["samesite"] == "Lax"


class TestWhatStaysEnglish:
    def test_the_desk_is_whatever_the_browser_says(self, client, admin_client):
        page = client.get(f"{reverse('admin:login')}?language=de", headers=GERMAN)
        assert language(page) == "en"
        assert "language" not in client.cookies
        page = admin_client.get("/admin/companies/claim/", headers=GERMAN)
        assert "Select claim to change" in page.content.decode()

    def test_files_feeds_and_pictures_are(self, client):
        site = small_site()
        for address in site.everything:
            english = client.get(address)
            if english["Content-Type"].startswith("text/html"):
                continue
            german = client.get(address, headers=GERMAN)
            assert german.content == english.content, address
            assert "Accept-Language" not in german.get("Vary", "")

    def test_a_file_keeps_no_choice(self, client):
        claim = ClaimFactory()
        file = client.get(f"{claim.company.get_absolute_url()}?format=csv&language=de&theme=dark")
        assert (file["Content-Type"], {*file.cookies}) == ("text/csv; charset=utf-8", set())


class TestSwitch:
    def test_links_lead_to_the_same_page_with_what_it_was_asked_for(self, client):
        page = client.get("/companies/?q=a%26b&kind=company&page=1")
        asked = "/companies/?q=a%26b&kind=company&page=1"
        wanted = {f"{asked}&language={code}" for code in ("en", "de")}
        wanted |= {f"{asked}&theme={name}" for name in ("system", "light", "dark")}
        assert wanted <= {*links(page)}

    def test_a_choice_of_one_keeps_the_other(self, client):
        assert "/?theme=dark&language=de" in links(client.get("/?theme=dark"))
        assert "/?theme=light&language=de" in links(client.get("/?theme=light&language=en"))

    def test_what_is_chosen_is_marked(self, client):
        body = client.get("/?language=de&theme=dark").content.decode()
        marked = [line for line in body.split("<a ") if 'aria-current="true"' in line]
        assert len(marked) == 2
        assert 'lang="de" hreflang="de"' in marked[0]
        assert "theme=dark" in marked[1]
        assert 'rel="nofollow"' in marked[0]
        assert 'rel="nofollow"' in marked[1]

    def test_machines_learn_of_every_language_of_a_page(self, client):
        body = client.get("/companies/?kind=company&theme=dark&language=de").content.decode()
        address = "http://testserver/companies/?kind=company"
        for code, found in (
            ("en", f"{address}&amp;language=en"),
            ("de", f"{address}&amp;language=de"),
            ("x-default", address),
        ):
            assert f'<link rel="alternate" hreflang="{code}" href="{found}">' in body

    def test_a_page_that_is_not_there_has_no_languages(self, client):
        assert "hreflang" not in client.get("/no-such-page/").content.decode().partition("<body")[0]

    def test_a_failure_offers_nothing_to_choose(self, client, monkeypatch):
        page = client.get("/", HTTP_HOST="evil.example")
        assert page.status_code == 400
        assert "evil.example" not in page.content.decode()
