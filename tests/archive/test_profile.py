"""A profile at a dated address: what was there, and what of it may still be seen."""

import json

import pytest

from companies.exchange.revisions import Cause, record, record_deletion, record_missing
from companies.merging import merge, plan
from companies.models import ClaimKind, Finding, Logo, Status, Subject
from tests.archive.at_days import banner, day, main, on
from tests.exchange.changing import ANN, save
from tests.factories import (
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    GapFactory,
)
from tests.promises.small_site import PNG
from tests.views.reading import csv_rows, headings, links, words

pytestmark = pytest.mark.django_db

PATH = "/companies/acme/"


@pytest.fixture
def acme():
    """Recorded on the first day, with all that its own record says."""
    with on(1):
        parent = CompanyFactory(slug="group", name="The Group")
        acme = CompanyFactory(
            slug="acme",
            name="Acme",
            parent=parent,
            founded="1999",
            headquarters="Berne",
            industry="Anvils",
            website="https://acme.example/",
            wikidata="Q1",
            summary="It makes anvils.",
            logo=Logo.objects.keep(PNG),
        )
        CompanyAliasFactory(company=acme, name="Acme Anvils")
        GapFactory(company=acme, claim_kind=ClaimKind.QUOTE, finding=Finding.UNKNOWN, note="Blog.")
        ClaimFactory(company=acme, key="acme-01", title="Older", as_of="2016")
        ClaimFactory(company=acme, key="acme-02", title="Newer", as_of="2020")
        ClaimFactory(company=acme, key="acme-03", title="Secret", status=Status.DRAFT)
        record_missing()
    return acme


def then(client, number, path=PATH, **query):
    return client.get(path, {"as_of": day(number), **query})


def test_everything_its_own_record_said_is_shown(client, acme):
    page = words(then(client, 1))
    for said in (
        "It makes anvils.",
        "Industry Anvils",
        "Founded 1999",
        "Headquarters Berne",
        "Part of The Group",
        "Also known as Acme Anvils",
        "Quote: unknown after looking. Blog.",
        "Claims 2",
    ):
        assert said in page
    assert "Secret" not in page
    assert headings(then(client, 1), 3)[:2] == ["Newer", "Older"]


def test_a_logo_is_left_to_the_live_page(client, acme):
    assert b'<img class="logo"' in client.get(PATH).content
    assert b"logo monogram" in main(then(client, 1))


def change_name(acme):
    save(acme, name="Acme & Sons", summary="It makes more.")


def change_logo(acme):
    save(acme, logo=None)


def rename_parent(acme):
    save(acme.parent, name="The Greater Group", slug="greater-group")


def leave_parent(acme):
    save(acme, parent=None)


def answer_gap(acme):
    acme.gaps.all().delete()
    record(Subject.COMPANY, [acme.pk], ANN)


def add_alias(acme):
    CompanyAliasFactory(company=acme, name="AA")
    record(Subject.COMPANY, [acme.pk], ANN)


def add_claim(acme):
    claim = ClaimFactory(company=acme)
    record(Subject.SOURCE, [claim.source_id], ANN)
    record(Subject.CLAIM, [claim.pk], ANN)


def publish_draft(acme):
    save(acme.claims.get(key="acme-03"), status=Status.PUBLISHED)


def move_claim(acme):
    other = CompanyFactory()
    record(Subject.COMPANY, [other.pk], ANN)
    save(acme.claims.get(key="acme-01"), company=other)


def take_over(acme):
    """Another company is merged into this one, and its claims move here."""
    other = ClaimFactory(company__slug="other").company
    record_missing()
    merge(plan(acme, [other]), Cause(name="Ann"))


def gain_subsidiary(acme):
    child = CompanyFactory(parent=acme)
    record(Subject.COMPANY, [child.pk], ANN)


EDITS = [
    change_name,
    change_logo,
    rename_parent,
    leave_parent,
    answer_gap,
    add_alias,
    add_claim,
    publish_draft,
    move_claim,
    take_over,
    gain_subsidiary,
]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_leaves_every_byte_of_what_was_cited_before(client, acme, edit):
    cited = main(then(client, 2))
    file = then(client, 2, format="json").content
    with on(3):
        edit(acme)
    assert main(then(client, 2)) == cited
    assert then(client, 2, format="json").content == file
    assert main(client.get(PATH)) != cited


def test_the_claims_of_that_day_are_files_too(client, acme):
    with on(4):
        add_claim(acme)
    assert f"as_of={day(2)}&format=csv" in " ".join(links(then(client, 2)))
    file = then(client, 2, format="csv")
    assert file["Content-Disposition"] == f'attachment; filename="acme-{day(2)}.csv"'
    assert [row["key"] for row in csv_rows(file)] == ["acme-02", "acme-01"]
    assert len(json.loads(then(client, 4, format="json").content)) == 3
    assert then(client, 2, format="xls").status_code == 400


def test_each_state_has_one_address(client, acme):
    with on(4):
        save(acme, slug="anvils")
    assert then(client, 3).status_code == 200
    for number, asked, at in ((5, "acme", "anvils"), (3, "anvils", "acme")):
        led = then(client, number, f"/companies/{asked}/")
        assert (led.status_code, led["Location"]) == (
            301,
            f"/companies/{at}/?as_of={day(number)}",
        )
        assert client.get(led["Location"]).status_code == 200


def test_a_company_that_was_merged_stands_as_it_was_and_leads_on_from_then(client, acme):
    with on(1):
        other = ClaimFactory(company__slug="other", company__name="Other", title="Theirs").company
        record_missing()
    cited, ours = main(then(client, 2, "/companies/other/")), main(then(client, 2))
    with on(4):
        merge(plan(acme, [other]), Cause(name="Ann"))
    assert main(then(client, 2, "/companies/other/")) == cited
    assert b"Theirs" in cited
    assert main(then(client, 2)) == ours
    assert b"Theirs" not in ours
    led = then(client, 4, "/companies/other/")
    assert (led.status_code, led["Location"]) == (301, f"{PATH}?as_of={day(4)}")
    assert b"Theirs" in main(client.get(led["Location"]))


def test_a_parent_is_shown_if_it_was_public_and_still_is(client, acme):
    with on(4):
        save(acme.parent, status=Status.DRAFT)
    assert "The Group" not in words(then(client, 2))
    with on(6):
        save(acme.parent, status=Status.PUBLISHED)
    shown = ["The Group" in words(then(client, number)) for number in (2, 4, 6)]
    assert shown == [True, False, True]


def test_a_deleted_company_is_not_shown_though_another_has_its_address(client):
    with on(1):
        first = CompanyFactory(slug="acme", summary="The first.")
        record_missing()
    with on(3):
        record_deletion(Subject.COMPANY, [first.pk], ANN)
        first.delete()
    assert then(client, 2).status_code == 404
    with on(5):
        CompanyFactory(slug="acme", summary="The second.")
        record_missing()
    page = then(client, 2)
    assert page.status_code == 404
    assert "The first." not in page.content.decode()
    assert "The second." in words(then(client, 5))


def test_claims_that_are_gone_are_named_above_the_page_and_stay_in_it(client, acme):
    with on(4):
        save(acme.claims.get(key="acme-01"), status=Status.WITHDRAWN)
    page = then(client, 2)
    assert "These of its claims are not public any more:" in banner(page)
    assert f'href="/claims/acme-01/?as_of={day(2)}"' in banner(page)
    assert "acme-02" not in banner(page)
    assert "not public any more" not in banner(then(client, 4))


def test_it_leads_to_the_states_around(client, acme):
    with on(4):
        add_claim(acme)
    with on(6):
        change_name(acme)
    shown = banner(then(client, 5))
    assert f'href="{PATH}?as_of={day(3)}"' in shown
    assert f'href="{PATH}?as_of={day(6)}"' in shown
    assert f'href="{PATH}"' in shown


def test_before_its_history_begins_the_page_says_since_when_there_is_one(client, acme):
    page = then(client, 0)
    assert page.status_code == 404
    assert "The history of this page begins on 2 March 2026; there is none of 1 March 2026." in (
        words(page)
    )


def test_what_there_never_was_is_not_found(client):
    page = then(client, 1, "/companies/no-such/")
    assert page.status_code == 404
    assert "There is no company profile at the address “no-such”." in words(page)
