"""A claim's page at a dated address: the bytes that were cited, whatever becomes of the claim."""

import datetime
from decimal import Decimal

import pytest

from companies.evidence import Agreement
from companies.exchange.revisions import Cause, record, record_deletion, record_missing
from companies.merging import merge, plan
from companies.models import CodebaseShare, Company, Source, Status, Subject, Technology
from companies.reading_day import read_on
from tests.archive.at_days import article, banner, day, main, on
from tests.exchange.changing import ANN, save
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    CompanyListFactory,
    DomainFactory,
    SourceFactory,
    TechnologyFactory,
)
from tests.views.reading import headings, links, words

pytestmark = pytest.mark.django_db

PATH = "/claims/acme-01/"


@pytest.fixture
def claim():
    """Recorded on the first day, with a part of every kind."""
    with on(1):
        claim = ClaimFactory(
            key="acme-01",
            kind="migration",
            company=CompanyFactory(slug="acme", name="Acme"),
            title="Servers got faster",
            source=SourceFactory(key="post", title="Our servers", publisher="Acme Blog"),
            domain=DomainFactory(name="Web"),
            shares={"Go": 60},
            technologies={"Rust": "chose"},
        )
        CitationFactory(claim=claim, source__key="daily", source__title="Faster servers")
        record_missing()
    return claim


def recorded(subject, *rows):
    for row in rows:
        record(subject, [row.pk], ANN)


def change_value(claim):
    save(claim, figure_value=Decimal(7), title="Servers got much faster")


def change_source(claim):
    other = SourceFactory(title="Another post")
    recorded(Subject.SOURCE, other)
    save(claim, source=other)


def rename_source(claim):
    save(claim.source, title="Our servers, corrected", publisher="Acme Inc.")


def change_source_key(claim):
    save(claim.source, key="post-2")
    recorded(Subject.CLAIM, claim)


def rename_technology(claim):
    save(Technology.objects.get(name="Rust"), name="Rust language")


def change_technology_slug(claim):
    save(Technology.objects.get(name="Go"), slug="golang", name="Golang")


def add_citation(claim):
    citation = CitationFactory(
        claim=claim, agreement=Agreement.CONTRADICTS, as_reported="It is not so."
    )
    recorded(Subject.SOURCE, citation.source)
    recorded(Subject.CLAIM, claim)


def change_share(claim):
    CodebaseShare.objects.filter(claim=claim).update(percentage=Decimal("12.5"))
    recorded(Subject.CLAIM, claim)


def rename_domain(claim):
    save(claim.domain, name="Web sites")


def rename_company(claim):
    save(claim.company, name="Acme International", slug="acme-international")


def check_again(claim):
    save(claim, checked_on=datetime.date(2026, 3, 1), checked_by="Ann")


def withdraw(claim):
    save(claim, status=Status.WITHDRAWN, text="Rewritten in secret.")


def delete(claim):
    record_deletion(Subject.CLAIM, [claim.pk], ANN)
    claim.delete()


def merge_company(claim):
    survivor = CompanyFactory(slug="acme-group", name="Acme Group")
    recorded(Subject.COMPANY, survivor)
    merge(plan(survivor, [claim.company]), Cause(name="Ann"))
    assert not Company.objects.filter(slug="acme").exists()


def merge_source(claim):
    survivor = SourceFactory(key="post-again", title="The same post")
    recorded(Subject.SOURCE, survivor)
    merge(plan(survivor, [claim.source]), Cause(name="Ann"))
    assert not Source.objects.filter(key="post").exists()


def merge_technology(claim):
    survivor = TechnologyFactory(slug="rust-2", name="Rust 2")
    recorded(Subject.TECHNOLOGY, survivor)
    merge(plan(survivor, [Technology.objects.get(name="Rust")]), Cause(name="Ann"))
    assert not Technology.objects.filter(name="Rust").exists()


EDITS = [
    change_value,
    change_source,
    rename_source,
    change_source_key,
    rename_technology,
    change_technology_slug,
    add_citation,
    change_share,
    rename_domain,
    rename_company,
    check_again,
    withdraw,
    delete,
    merge_company,
    merge_source,
    merge_technology,
]


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("path", [PATH, "/companies/acme/"])
def test_an_edit_leaves_every_byte_of_what_was_cited_before(client, claim, path, edit):
    with read_on(datetime.date.fromisoformat(day(2))):
        live = article(client.get(path))
    cited = main(client.get(path, {"as_of": day(2)}))
    # What is kept is the page that was seen, but that the chart's numbers are those of the day.
    dated = f'/chart.csv?as_of={day(2)}"'
    assert live.replace(b'/chart.csv"', dated.encode()) in cited
    with on(3):
        edit(claim)
    assert main(client.get(path, {"as_of": day(2)})) == cited
    # What came after is another page, so that the above compares something that did change.
    after = client.get(path, {"as_of": day(3)}, follow=True)
    assert after.status_code == 404 or main(after) != cited


def test_the_last_state_of_the_day_stands_for_it(client, claim):
    with on(4):
        save(claim, title="In the morning")
        save(claim, title="In the evening")
    titles = [headings(client.get(PATH, {"as_of": day(number)}), 1) for number in (1, 3, 4, 9)]
    assert titles == [
        ["Servers got faster"],
        ["Servers got faster"],
        ["In the evening"],
        ["In the evening"],
    ]


def test_it_is_marked_as_an_archive_with_ways_to_the_states_around_and_to_the_live_page(
    client, claim
):
    with on(4):
        rename_technology(claim)
    with on(8):
        change_value(claim)
    page = client.get(PATH, {"as_of": day(5)})
    assert "as it stood at the end of 6 March 2026 (UTC)" in banner(page)
    assert f'href="{PATH}?as_of={day(3)}"' in banner(page)
    assert f'href="{PATH}?as_of={day(8)}"' in banner(page)
    assert f'href="{PATH}"' in banner(page)
    assert b'<meta name="robots" content="noindex">' in page.content
    assert page["X-Robots-Tag"] == "noindex"
    assert b'rel="canonical"' not in page.content
    first, last = (client.get(PATH, {"as_of": day(number)}) for number in (1, 8))
    assert "State before" not in banner(first)
    assert "State after" not in banner(last)
    assert "Nothing that it shows has changed since." in banner(last)
    live = client.get(PATH)
    assert b"archive" not in live.content.replace(b"as_of", b"")
    assert "X-Robots-Tag" not in live


def test_nothing_but_the_state_of_that_day_is_in_the_history_on_it(client, claim):
    with on(4):
        change_value(claim)
    page = client.get(PATH, {"as_of": day(3)})
    assert "much faster" not in words(page)
    assert "much faster" in words(client.get(PATH, {"as_of": day(4)}))


def test_ages_are_counted_from_that_day(client, claim):
    page = words(client.get(PATH, {"as_of": day(1)}))
    assert "As of 27 May 2016 · 9 years ago" in page


def test_it_says_how_to_cite_it_by_the_address_at_which_it_stands(client, claim):
    address = f"http://testserver{PATH}?as_of={day(2)}"
    page = client.get(PATH, {"as_of": day(2)})
    assert f"claim acme-01 as it stood on 3 March 2026, {address}. Source:" in words(page)
    assert f'<input id="cite-dated" value="{address}" readonly>' in page.content.decode()


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (withdraw, "It was withdrawn on 5 March 2026."),
        (delete, "It was deleted on 5 March 2026."),
        (
            lambda claim: save(claim, status=Status.DRAFT),
            "It was taken back on 5 March 2026, to be worked on.",
        ),
    ],
)
def test_a_claim_that_was_public_then_says_when_and_why_it_went(client, claim, edit, told):
    with on(4):
        edit(claim)
    page = client.get(PATH, {"as_of": day(3)})
    assert told in banner(page)
    assert ANN.reason in banner(page)
    assert f'href="{PATH}"' not in banner(page)
    assert b"in secret" not in page.content
    gone = client.get(PATH, {"as_of": day(4)})
    assert gone.status_code == 404
    assert "This page was not public at the end of 5 March 2026." in words(gone)
    profile = client.get("/companies/acme/", {"as_of": day(3)})
    assert f'href="{PATH}?as_of={day(3)}"' in banner(profile)


def test_a_claim_that_came_back_can_be_seen_on_both_sides(client, claim):
    with on(4):
        save(claim, status=Status.WITHDRAWN)
    with on(7):
        save(claim, status=Status.PUBLISHED)
    statuses = [client.get(PATH, {"as_of": day(n)}).status_code for n in (1, 3, 4, 6, 7, 8)]
    assert statuses == [200, 200, 404, 404, 200, 200]
    assert f"{PATH}?as_of={day(7)}" in banner(client.get(PATH, {"as_of": day(3)}))
    assert f"{PATH}?as_of={day(3)}" in banner(client.get(PATH, {"as_of": day(7)}))
    assert "withdrawn" not in banner(client.get(PATH, {"as_of": day(3)}))


def test_what_was_never_published_is_never_shown(client):
    with on(1):
        draft = ClaimFactory(key="draft-1", status=Status.DRAFT, title="Secret.")
        record_missing()
    with on(3):
        save(draft, status=Status.PUBLISHED, title="Told.")
    for number in (1, 2):
        page = client.get("/claims/draft-1/", {"as_of": day(number)})
        assert page.status_code == 404
        assert "The history of this page begins on 4 March 2026" in words(page)
        assert "Secret" not in page.content.decode()
    page = client.get("/claims/draft-1/", {"as_of": day(3)})
    assert "Secret" not in page.content.decode()
    assert "State before" not in banner(page)


def test_a_draft_is_as_unknown_as_what_there_never_was(client):
    with on(1):
        ClaimFactory(key="draft-1", status=Status.DRAFT)
        record_missing()
    for key in ("draft-1", "no-such"):
        page = client.get(f"/claims/{key}/", {"as_of": day(2)})
        assert page.status_code == 404
        assert f"There is no page at the address “{key}” to show" in words(page)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_the_claims_of_a_company_that_is_hidden_now_are_hidden_with_it(client, claim, status):
    with on(4):
        save(claim.company, status=status)
    for path in (PATH, "/companies/acme/"):
        page = client.get(path, {"as_of": day(2)})
        assert page.status_code == 404
        assert "There is no " in words(page)
        assert "Servers got faster" not in page.content.decode()


def test_a_claim_whose_company_was_not_public_then_was_not_either(client):
    with on(1):
        company = CompanyFactory(slug="acme", status=Status.DRAFT)
        ClaimFactory(key="acme-01", company=company)
        record_missing()
    with on(3):
        save(company, status=Status.PUBLISHED)
    assert client.get(PATH, {"as_of": day(2)}).status_code == 404
    assert client.get(PATH, {"as_of": day(3)}).status_code == 200


def test_an_entry_recorded_a_moment_after_midnight_is_still_named(client):
    claim = ClaimFactory(key="acme-01", company__slug="acme")
    with on(1):
        recorded(Subject.COMPANY, claim.company)
        recorded(Subject.CLAIM, claim)
    with on(2):
        recorded(Subject.SOURCE, claim.source)
    assert claim.source.title in words(client.get(PATH, {"as_of": day(1)}))


def test_what_the_history_does_not_hold_is_said_in_words(client):
    claim = ClaimFactory(key="acme-01", company__slug="acme", source__key="lost")
    with on(1):
        recorded(Subject.COMPANY, claim.company)
        recorded(Subject.CLAIM, claim)
    page = client.get(PATH, {"as_of": day(1)})
    assert page.status_code == 404
    assert "The history does not hold the source “lost”, which this page names." in words(page)


def test_nothing_is_written_for_who_looks(client, claim, django_assert_num_queries):
    with django_assert_num_queries(6) as captured:
        client.get(PATH, {"as_of": day(2)})
    assert {query["sql"].split()[0] for query in captured.captured_queries} == {"SELECT"}


def test_its_links_lead_somewhere_after_everything_was_renamed(client, claim):
    with on(3):
        rename_company(claim)
    page = client.get(PATH, {"as_of": day(2)})
    assert "/companies/acme/" in links(page)
    assert client.get("/companies/acme/").status_code == 301


def test_lists_of_companies_do_not_stand_in_the_way(client, claim):
    with on(3):
        CompanyListFactory(companies=[claim.company])
        record_missing()
    assert client.get(PATH, {"as_of": day(2)}).status_code == 200
