from urllib.robotparser import RobotFileParser

from tests.promises.small_site import small_site


def test_robots_may_read_every_page_but_the_editors_desk(client, db):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    rules.parse(response.content.decode().splitlines())
    pages = small_site().pages.values()
    assert {path: rules.can_fetch("anything", path) for path in pages} == dict.fromkeys(pages, True)
    assert not rules.can_fetch("anything", "/admin/")
    assert not rules.can_fetch("anything", "/admin/companies/claim/")


def test_nothing_can_be_sent_to_robots(client):
    assert client.post("/robots.txt").status_code == 405


def test_the_rules_for_robots_need_no_database(client):
    # A query would fail here, without the mark of a test that uses the database.
    text = client.get("/robots.txt").content.decode()
    assert text == ("User-agent: *\nDisallow: /admin/\n\nSitemap: http://testserver/sitemap.xml\n")
