from django.test import override_settings


def names(response):
    apps = response.context["app_list"]
    return {app["name"]: [model["name"] for model in app["models"]] for app in apps}


def test_the_first_page_lists_claims_first_and_in_the_editors_order(admin_client):
    found = names(admin_client.get("/admin/"))
    assert list(found)[:2] == ["Claims, by kind", "What claims are about"]
    assert found["Claims, by kind"] == [
        "Use cases",
        "Decisions and migrations",
        "Key figures",
        "Codebase shares",
        "Strengths and weaknesses",
        "Quotes",
        "Open-source releases",
        "All claims",
        "Proposals",
    ]
    assert found["What claims are about"] == [
        "Companies",
        "Technologies",
        "Sources",
        "Domains",
        "Lists",
    ]


def test_the_page_of_the_catalogue_lists_the_same(admin_client):
    found = names(admin_client.get("/admin/companies/"))
    assert list(found) == ["Claims, by kind", "What claims are about"]


def test_an_editor_sees_only_what_is_allowed(client_with):
    found = names(client_with("view_quote", "view_company").get("/admin/"))
    assert found == {"Claims, by kind": ["Quotes"], "What claims are about": ["Companies"]}


def test_every_page_links_to_the_lists_and_back_to_the_site(admin_client):
    html = admin_client.get("/admin/companies/quote/").content.decode()
    assert '<a href="/">View site</a>' in html
    assert '<a href="/admin/companies/company/">Companies</a>' in html
    assert '<a href="/admin/companies/quote/" aria-current="page">Quotes</a>' in html


def test_the_login_page_shows_no_lists(client, db):
    assert "/admin/companies/" not in client.get("/admin/login/").content.decode()


@override_settings(SITE_NAME="Acme <b>stacks</b>")
def test_the_site_is_called_by_its_name(admin_client):
    html = admin_client.get("/admin/").content.decode()
    assert "Stackfacts · Acme &lt;b&gt;stacks&lt;/b&gt;" in html


@override_settings(SITE_NAME="Stackfacts")
def test_the_name_is_not_said_twice(admin_client):
    assert "Stackfacts · Stackfacts" not in admin_client.get("/admin/").content.decode()
