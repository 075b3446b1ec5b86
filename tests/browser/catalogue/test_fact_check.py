"""A fact-check in a real browser: data for machines under the policy, and its two sides."""

import json

import pytest

pytestmark = pytest.mark.django_db

ARTICLE = "/sources/aim-python-users/"


def test_data_for_machines_is_read_and_not_run_under_the_strict_policy(page):
    # The fixture fails the test at its end if anything broke the policy.
    answer = page.goto(ARTICLE)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    block = page.locator('script[type="application/ld+json"]')
    assert block.count() == 1
    items = json.loads(block.text_content())["@graph"]
    reviews = [item for item in items if item["@type"] == "ClaimReview"]
    assert len(reviews) == 42
    for review in reviews:
        anchor = review["url"].partition("#")[2]
        assert page.locator(f'[id="{anchor}"]').count() == 1


def test_the_browser_would_report_a_script_in_the_page(context):
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(ARTICLE)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'x = 1'}))"
    )
    assert "Content Security Policy" in "".join(complaints)


@pytest.mark.parametrize(("width", "beside"), [(1280, True), (768, True), (320, False)])
def test_both_sides_stand_beside_each_other_where_there_is_room(page, width, beside):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(ARTICLE)
    one, other = (
        page.locator(f".side.{side}").first.bounding_box() for side in ("reported", "known")
    )
    assert (one["y"] == other["y"]) is beside
    assert (one["x"] == other["x"]) is not beside
