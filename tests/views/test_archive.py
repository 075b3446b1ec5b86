"""What may stand behind `?as_of=`, on every page that has states."""

import datetime

import pytest

from companies.exchange.revisions import record_missing
from companies.models import Revision
from companies.reading_day import reading_day, today
from tests.archive.at_days import banner, day, main, on
from tests.promises.small_site import small_site
from tests.views.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    with on(1):
        site = small_site()
        record_missing()
    return [site.addresses[f"companies:{name}"] for name in ("claim", "company", "comparison")]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        *((text, "Write a real day as 2026-05-27.") for text in ("x", "2026", "2026-05")),
        *((text, "Write a real day as 2026-05-27.") for text in ("2026-02-30", "2026-13-01")),
        *((text, "Write a real day as 2026-05-27.") for text in ("20260301", "26-03-01")),
        *((text, "Write a real day as 2026-05-27.") for text in ("0001-01-01", "２０２６-03-01")),
        ("2026-03-01T00:00", "at most 10 characters"),
        ("9999-12-31", "This day has not come yet."),
        ("2026\0", "Null characters are not allowed."),
    ],
)
def test_what_is_no_day_is_refused_in_words_by_its_field(client, pages, asked, told):
    for path in pages:
        page = client.get(path, {"as_of": asked})
        assert page.status_code == 400
        assert "as_of:" in words(page)
        assert told in words(page)


def test_tomorrow_has_not_come_and_today_is_the_page_itself(client, pages):
    tomorrow = today() + datetime.timedelta(days=1)
    for path in pages:
        assert client.get(path, {"as_of": tomorrow.isoformat()}).status_code == 400
        led = client.get(path, {"as_of": today().isoformat()})
        assert (led.status_code, led["Location"]) == (302, path)
        led = client.get(path, {"as_of": today().isoformat(), "language": "de"})
        assert (led.status_code, led["Location"]) == (302, f"{path}?language=de")


def test_nothing_asked_for_is_the_page_itself(client, pages):
    for path in pages:
        assert b'class="archive' not in client.get(path, {"as_of": ""}).content


def test_an_archive_speaks_the_visitors_language(client, pages):
    for path in pages:
        page = client.get(path, {"as_of": day(1), "language": "de"})
        assert 'href="' in banner(page)
        assert "2. März 2026" in banner(page)


def test_an_archive_is_the_same_for_every_visitor(client, pages):
    for path in pages:
        before = main(client.get(path, {"as_of": day(1)}))
        client.cookies["compare"] = pages[1].split("/")[2]
        assert main(client.get(path, {"as_of": day(1)})) == before


def test_a_head_request_answers_like_get(client, pages):
    for path in pages:
        head = client.head(path, {"as_of": day(1)})
        assert (head.status_code, head.content) == (200, b"")
        assert head["X-Robots-Tag"] == "noindex"


def test_the_day_is_forgotten_after_the_page(client, pages):
    client.get(pages[0], {"as_of": day(1)})
    assert reading_day() == today()


def test_whoever_looks_leaves_the_history_alone(client, pages):
    before = list(Revision.objects.order_by("pk").values_list())
    for path in pages:
        client.get(path, {"as_of": day(1)})
    assert list(Revision.objects.order_by("pk").values_list()) == before
