"""The list of sources, and one source with its fact-check."""

import datetime
import re

import pytest

from companies.evidence import Agreement, Tier
from companies.models import Finding, LinkOutcome, SourceKind, Status
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyListFactory,
    FormerSourceKeyFactory,
    GapFactory,
    LinkCheckFactory,
    SourceFactory,
)
from tests.linked_data.reading import items_in
from tests.views.reading import csv_rows, headings, links, listed, words

pytestmark = pytest.mark.django_db

LIST, PATH = "/sources/", "/sources/article/"
UNPUBLISHED = [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN]


@pytest.fixture
def article():
    return SourceFactory(
        key="article", title="An article", publisher="A magazine", tier=Tier.SECONDARY
    )


@pytest.fixture
def checked(article):
    """An article with a statement of every verdict."""
    for key, agreement, as_reported in (
        ("a-confirmed", Agreement.AGREES, ""),
        ("b-corrected", Agreement.DIFFERS, "Ninety percent."),
        ("c-contradicted", Agreement.CONTRADICTS, "It never did."),
    ):
        CitationFactory(
            claim=ClaimFactory(key=key, company__name="Acme", title=key.title(), text="So it is."),
            source=article,
            agreement=agreement,
            as_reported=as_reported,
            locator="page 2",
            note="Eighty." if agreement == Agreement.DIFFERS else "",
        )
    return ClaimFactory(key="d-unverified", source=article, text="Only the article says this.")


# -------------------------------------------------------------------------------------- the list


@pytest.fixture
def sources(article):
    """The article has two statements, the talk and the paper one each."""
    talk = SourceFactory(
        key="talk",
        title="b talk",
        publisher="The Blog",
        author="Ada",
        published_on="2019-05",
        kind=SourceKind.TALK,
    )
    paper = SourceFactory(key="paper", title="A paper", published_on="2020", tier=Tier.MEASURED)
    ClaimFactory(source=talk)
    claim = ClaimFactory(source=paper)
    for as_reported in ("One thing.", "Another thing."):
        CitationFactory(claim=claim, source=article, as_reported=as_reported)
    SourceFactory(key="unused")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["article", "paper", "talk"]),
        ({"sort": "newest"}, ["paper", "talk", "article"]),
        ({"sort": "title"}, ["paper", "article", "talk"]),
        ({"q": "MAGAZINE"}, ["article"]),
        ({"q": "ada"}, ["talk"]),
        ({"tier": "secondary"}, ["article"]),
        ({"tier": "measured"}, ["paper"]),
        ({"kind": "talk"}, ["talk"]),
        ({"kind": "article", "tier": "measured"}, ["paper"]),
        ({"kind": "podcast"}, []),
    ],
    ids=str,
)
def test_filters_and_sorts_give_the_same_rows_on_page_and_in_files(
    client, sources, query, expected
):
    assert listed(client, LIST, **query) == expected


def test_a_row_shows_document_date_kind_and_number_of_statements(client, sources):
    shown = words(client.get(LIST))
    assert "An article A magazine · Article · undated 2 statements" in shown
    assert "b talk The Blog · Ada · Talk · May 2019 1 statement Primary source" in shown
    assert "1 statement Measured source" in shown
    (record, *_) = client.get(LIST, {"format": "json"}).json()
    assert (record["source"], record["statements"]) == ("article", 2)


def test_a_row_of_a_secondary_source_counts_its_verdicts(client, checked):
    shown = words(client.get(LIST, {"tier": "secondary"}))
    assert "4 statements 1 confirmed 1 corrected 1 contradicted 1 unverified" in shown
    page = client.get(LIST, {"tier": "secondary"}).content.decode()
    assert '<rect class="verdict-corrected" x="25%" width="25%" height="100%"/>' in page


def test_a_row_leaves_out_verdicts_that_no_statement_has(client, article):
    CitationFactory(source=article)
    shown = words(client.get(LIST, {"tier": "secondary"}))
    assert shown.endswith("1 statement 1 confirmed")


@pytest.mark.parametrize("size", [1, 3])
def test_verdicts_of_a_page_of_sources_are_counted_in_one_query(
    client, django_assert_num_queries, size
):
    for _ in range(size):
        CitationFactory(source__tier=Tier.SECONDARY)
    with django_assert_num_queries(3):
        client.get(LIST)


def test_a_secondary_source_of_a_list_alone_has_nothing_to_check(client, article):
    CompanyListFactory(source=article)
    assert "0 statements nothing to check" in words(client.get(LIST))


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_sources_of_unpublished_claims_lists_and_gaps_are_not_found(client, status):
    sources = [SourceFactory() for _ in range(6)]
    ClaimFactory(source=sources[0], status=status)
    ClaimFactory(source=sources[1], company__status=status)
    CitationFactory(source=sources[2], claim__status=status)
    CitationFactory(source=sources[3], claim__company__status=status)
    CompanyListFactory(source=sources[4], status=status)
    GapFactory(source=sources[5], company__status=status)
    assert listed(client, LIST) == []
    for source in sources:
        assert client.get(source.get_absolute_url()).status_code == 404


def test_sources_of_published_claims_lists_and_gaps_have_a_page(client):
    sources = [SourceFactory() for _ in range(4)]
    ClaimFactory(source=sources[0])
    CitationFactory(source=sources[1], claim__source=sources[0])
    CompanyListFactory(source=sources[2])
    GapFactory(source=sources[3])
    assert sorted(listed(client, LIST)) == sorted(source.key for source in sources)
    for source in sources:
        assert client.get(source.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"tier": "gossip"}, "Select a valid choice. gossip is not one of"),
        ({"kind": "dream"}, "Select a valid choice. dream is not one of"),
        ({"sort": "luck"}, "Select a valid choice. luck is not one of"),
        ({"page": "x"}, "page: Enter a whole number."),
    ],
    ids=str,
)
def test_a_bad_parameter_of_the_list_is_refused_with_a_message(client, query, message):
    page = client.get(LIST, query)
    assert page.status_code == 400
    assert message in words(page)


def test_a_page_past_the_last_says_how_many_there_are(client):
    page = client.get(LIST, {"page": 9})
    assert page.status_code == 404
    assert "This list has 1 page; there is no page 9." in words(page)


# ------------------------------------------------------------------------------------ one source


def test_a_source_shows_what_it_is(client):
    source = SourceFactory(
        key="article",
        title="A talk",
        publisher="PyCon",
        author="Ada; Grace",
        published_on="2019-05",
        kind=SourceKind.TALK,
        tier=Tier.PRIMARY,
        accessed_on=datetime.date(2026, 2, 1),
        note="The slides differ.",
    )
    ClaimFactory(source=source)
    page = client.get(PATH)
    assert headings(page, 1) == ["A talk"]
    shown = words(page)
    assert "Publisher PyCon Author Ada; Grace Published May 2019 ·" in shown
    assert "Kind Talk Tier Primary: the company's or its people's own words" in shown
    assert f"Last read by us 1 February 2026 Address {source.url}" in shown
    assert "Note The slides differ." in shown
    assert source.url in links(page)


class TestSilentDocument:
    KEPT = {
        "archive_url": "https://web.archive.org/web/2016/x",
        "archived_on": datetime.date(2016, 5, 27),
    }
    SENTENCE = (
        "The document has not answered there since 4 March 2026; "
        "it was last asked for on 9 March 2026."
    )

    def page(self, client, **given):
        checked_at = datetime.datetime(2026, 3, 9, 3, 0, tzinfo=datetime.UTC)
        check = LinkCheckFactory(source__key="article", checked_at=checked_at, **given)
        ClaimFactory(source=check.source)
        return client.get(PATH)

    def test_is_told_with_its_days_and_the_archived_copy(self, client):
        page = self.page(client, failures=5, **self.KEPT)
        shown = words(page)
        assert f"{self.SENTENCE} The Internet Archive keeps a copy of 27 May 2016." in shown
        assert self.KEPT["archive_url"] in links(page)

    def test_is_told_without_a_copy_where_none_is_known(self, client):
        shown = words(self.page(client, failures=5))
        assert self.SENTENCE in shown
        assert "Internet Archive" not in shown

    @pytest.mark.parametrize(
        "given",
        [
            {},
            {"failures": 2},
            {"failures": 5, "outcome": LinkOutcome.REFUSED},
            {"failures": 5, "url": "https://example.org/elsewhere"},
            {"outcome": LinkOutcome.MOVED, "moved_to": "https://example.org/moved"},
        ],
        ids=str,
    )
    def test_is_told_of_no_document_before_it_counts(self, client, given):
        shown = words(self.page(client, **given, **self.KEPT))
        assert "has not answered" not in shown
        assert "Internet Archive" not in shown


def test_a_primary_source_shows_the_claims_it_speaks_of_unchecked(client):
    post = SourceFactory(key="article")
    ClaimFactory(source=post, title="Servers", key="a")
    CitationFactory(source=post, claim=ClaimFactory(title="Users", key="b"))
    page = client.get(PATH)
    assert headings(page, 2) == ["Claims it speaks of"]
    assert headings(page, 3) == ["Servers", "Users"]


def test_a_source_shows_the_lists_after_it_and_what_it_says_there_is_not(client):
    article = SourceFactory(key="article")
    CompanyListFactory(source=article, title="Five companies")
    CompanyListFactory(source=article, title="Hidden list", status=Status.DRAFT)
    GapFactory(company__name="Acme", source=article, finding=Finding.NONE)
    GapFactory(company__name="Hidden", company__status=Status.DRAFT, source=article)
    page = client.get(PATH)
    assert headings(page, 2) == ["Lists after it", "What it says there is not"]
    assert "Five companies" in words(page)
    assert "Acme: Quote: None: known not to" in words(page)
    assert "Hidden" not in page.content.decode()


def test_many_statements_stand_on_several_pages(client):
    claims = [ClaimFactory(key=f"acme-{number:03d}") for number in range(51)]
    article = SourceFactory(key="article", tier=Tier.SECONDARY)
    for claim in claims:
        CitationFactory(source=article, claim=claim)
    assert "51 statements of this source" in words(client.get(PATH))
    second = client.get(PATH, {"page": 2})
    assert [statement.claim.key for statement in second.context["page"]] == ["acme-050"]
    assert client.get(PATH, {"page": 3}).status_code == 404


COUNTS = (
    "Confirmed 1 of 4 a primary or measured source says the same "
    "Corrected 1 of 4 a primary or measured source says it differently "
    "Contradicted 1 of 4 a primary or measured source says the opposite "
    "Unverified 1 of 4 no primary or measured source is known"
)


def test_a_fact_check_counts_every_verdict_on_one_scale(client, checked):
    page = client.get(PATH)
    shown = words(page)
    assert "4 statements of this source, each held against what a primary" in shown
    assert COUNTS in shown
    assert page.content.decode().count('<rect class="part" width="25%" height="100%"/>') == 4


def test_a_verdict_of_one_page_leads_to_the_first_page_of_another(client, checked):
    assert "?verdict=corrected#fact-check" in links(client.get(PATH, {"page": "1"}))


def test_a_statement_stands_beside_what_the_primary_source_says(client, article):
    post = SourceFactory(
        title="The post", publisher="Acme Blog", published_on="2016-05", tier=Tier.PRIMARY
    )
    claim = ClaimFactory(
        company__name="Acme",
        title="Share",
        text="It was 21 percent.",
        source=post,
        locator="first bullet",
        quotation="Exactly 21.",
        speaker="Ada",
    )
    CitationFactory(
        source=article,
        claim=claim,
        agreement=Agreement.DIFFERS,
        as_reported="Over 21 percent.",
        locator="page 2",
        note="Exactly 21.",
    )
    assert (
        "Acme Share Corrected a primary or measured source says it differently "
        "A magazine says Over 21 percent. page 2 "
        "Acme Blog says Primary source Exactly 21. Ada It was 21 percent. "
        "The post, Acme Blog, May 2016, first bullet original of The post ↗ "
        "What differs Exactly 21."
    ) in words(client.get(PATH))


def test_a_claim_on_the_source_stands_beside_the_primary_source_that_corrects_it(client, article):
    claim = ClaimFactory(source=article, text="Ninety.", note="Once.")
    CitationFactory(
        claim=claim,
        agreement=Agreement.DIFFERS,
        as_reported="Eighty.",
        locator="page 1",
        source__publisher="Acme Blog",
        source__tier=Tier.MEASURED,
    )
    shown = words(client.get(PATH))
    assert "A magazine says Ninety. Acme Blog says Measured source Eighty." in shown
    assert "What differs Once." in shown


def test_a_statement_that_only_hearsay_supports_says_so(client, article):
    CitationFactory(
        source=article,
        claim__source__tier=Tier.SECONDARY,
        claim__source__publisher="The Daily",
        claim__text="So they say.",
    )
    assert "No primary source is known. The Daily says So they say." in words(client.get(PATH))


def test_a_statement_that_a_primary_source_does_not_settle_says_so(client, article):
    claim = ClaimFactory(source__tier=Tier.SECONDARY)
    for source in (article, SourceFactory(tier=Tier.PRIMARY)):
        CitationFactory(
            claim=claim, source=source, agreement=Agreement.DIFFERS, as_reported="Not quite."
        )
    shown = words(client.get(PATH))
    assert "Unverified a primary source differs from it, but does not settle it" in shown


def test_two_statements_about_one_claim_have_places_of_their_own(client, article):
    claim = ClaimFactory(key="acme-01")
    for as_reported in ("One thing.", "Another thing."):
        CitationFactory(claim=claim, source=article, as_reported=as_reported)
    page = client.get(PATH).content.decode()
    assert re.findall(r'<li class="check [^"]*" id="([^"]*)"', page) == ["acme-01", "acme-01.2"]


def test_a_fact_check_sets_each_statement_against_what_is_known(client, checked):
    page = client.get(PATH)
    shown = words(page)
    assert "says the same page 2" in shown
    assert "Ninety percent. page 2" in shown
    assert "It never did. page 2" in shown
    assert "Only the article says this. No primary source is known." in shown
    assert shown.count("So it is.") == 3
    assert "What differs Eighty." in shown
    assert checked.get_absolute_url() in links(page)


# -------------------------------------------------------------------------------- for machines


def reviews(page):
    return [item for item in items_in(page.content.decode()) if item["@type"] == "ClaimReview"]


def test_a_page_offers_a_review_of_each_statement_checked_first_hand(client, checked):
    found = reviews(client.get(PATH))
    assert [review["url"] for review in found] == [
        f"http://testserver{PATH}#{key}" for key in ("a-confirmed", "b-corrected", "c-contradicted")
    ]
    for review in found:
        assert review["url"].partition("#")[2] in client.get(PATH).content.decode()


def test_a_review_on_a_later_page_has_that_pages_address(client, article):
    for number in range(51):
        CitationFactory(source=article, claim__key=f"acme-{number:03d}")
    assert len(reviews(client.get(PATH))) == 50
    (review,) = reviews(client.get(PATH, {"page": 2}))
    assert review["url"] == f"http://testserver{PATH}?page=2#acme-050"


def test_what_is_shown_twice_is_offered_once(client, checked):
    assert reviews(client.get(PATH, {"verdict": "corrected"})) == []


def test_a_source_with_nothing_checked_offers_no_reviews(client, article):
    ClaimFactory(source=article)
    assert reviews(client.get(PATH)) == []
    post = ClaimFactory(source__tier=Tier.PRIMARY).source
    assert reviews(client.get(post.get_absolute_url())) == []


def test_no_stored_text_ends_the_block(client):
    bad = "</script><script>alert(1)</script>&<!--"
    article = SourceFactory(
        key="article", title=bad, publisher=bad, author=bad, tier=Tier.SECONDARY
    )
    CitationFactory(
        source=article,
        agreement=Agreement.DIFFERS,
        as_reported=bad,
        note=bad,
        claim__source__title=bad,
        claim__source__publisher=bad,
    )
    page = client.get(PATH)
    (review,) = reviews(page)
    assert (review["claimReviewed"], review["reviewBody"]) == (bad, bad)
    # The data, and the module of the tray.
    assert page.content.decode().count("<script") == page.content.decode().count("</script") == 2


@pytest.mark.parametrize(
    ("verdict", "key"),
    [
        ("confirmed", "a-confirmed"),
        ("corrected", "b-corrected"),
        ("contradicted", "c-contradicted"),
        ("unverified", "d-unverified"),
    ],
)
def test_a_verdict_filters_page_and_files_and_leaves_the_counts(client, checked, verdict, key):
    page = client.get(PATH, {"verdict": verdict})
    assert [statement.claim.key for statement in page.context["page"]] == [key]
    assert f"{COUNTS} 1 statement is {verdict}. Show all" in words(page)
    main = page.content.decode().partition("</main>")[0]
    assert main.count('aria-current="true"') == 1
    (record,) = client.get(PATH, {"verdict": verdict, "format": "json"}).json()
    assert (record["key"], record["verdict"]) == (key, verdict)
    (row,) = csv_rows(client.get(PATH, {"verdict": verdict, "format": "csv"}))
    assert (row["key"], row["verdict"]) == (key, verdict)


def test_a_verdict_that_no_statement_has_says_so(client, article):
    CitationFactory(source=article)
    page = client.get(PATH, {"verdict": "contradicted"})
    assert "No statement has this verdict." in words(page)
    assert client.get(PATH, {"verdict": "contradicted", "format": "json"}).json() == []


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_unpublished_claims_are_not_in_the_fact_check(client, article, status):
    CitationFactory(source=article)
    for hidden in (
        ClaimFactory(title="Hidden", status=status),
        ClaimFactory(title="Hidden", company__name="Hidden", company__status=status),
    ):
        CitationFactory(source=article, claim=hidden)
    ClaimFactory(source=article, title="Hidden", text="Hidden", status=status)
    page = client.get(PATH)
    assert "Hidden" not in page.content.decode()
    assert "1 statement of this source" in words(page)
    for format in ("csv", "json"):
        assert "Hidden" not in client.get(PATH, {"format": format}).content.decode()


def test_an_unknown_source_is_not_found_in_words(client):
    page = client.get("/sources/no-such/")
    assert page.status_code == 404
    assert "There is no source at the address “no-such”." in words(page)


def test_an_unknown_verdict_is_refused_in_words(client, checked):
    page = client.get(PATH, {"verdict": "guilty"})
    assert page.status_code == 400
    assert "verdict: Select a valid choice. guilty is not one of the available" in words(page)


def test_a_former_address_redirects_for_good_and_keeps_the_filter(client, article):
    ClaimFactory(source=article)
    FormerSourceKeyFactory(source=article, key="the-article")
    page = client.get("/sources/the-article/?verdict=corrected")
    assert (page.status_code, page["Location"]) == (301, f"{PATH}?verdict=corrected")


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_a_former_address_of_what_visitors_can_not_see_is_not_found(client, article, status):
    ClaimFactory(source=article, status=status)
    FormerSourceKeyFactory(source=article, key="the-article")
    assert client.get("/sources/the-article/").status_code == 404
