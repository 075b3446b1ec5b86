import pytest

from companies.exchange.revisions import NOBODY, record, record_missing
from companies.models import ClaimKind, Role, Status, Subject
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    DomainFactory,
    FormerTechnologySlugFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    company = CompanyFactory(name="Acme", slug="acme", industry="Music & film")
    CompanyAliasFactory(company=company, name="Apex Mills")
    made = ClaimFactory(
        key="acme-01",
        company=company,
        kind=ClaimKind.MIGRATION,
        title="Mill in Cobol",
        text="It grinds <b>flour</b> all day.",
        domain=DomainFactory(slug="mills", name="Mills"),
        technologies={TechnologyFactory(slug="cobol", name="Cobol"): Role.USES},
        source__tier="primary",
        source__key="talk",
        locator="p. 3",
        as_of="2016-05",
    )
    record_missing()
    return made


def search(client, **query):
    answer = client.get("/api/v1/search", query)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def keys(client, **query):
    return [hit["key"] for hit in search(client, **query)["items"]]


def facets(found):
    return {
        facet["facet"]: {value["value"]: value["matches"] for value in facet["values"]}
        for facet in found["facets"]
    }


def test_a_claim_is_found_with_its_evidence(client, claim):
    CitationFactory(claim=claim, agreement="contradicts", as_reported="No.")
    (hit,) = search(client, q="flour")["items"]
    assert (hit["subject"], hit["key"], hit["kind"]) == ("claim", "acme-01", "migration")
    assert (hit["title"], hit["text"]) == ("Mill in Cobol", "It grinds <b>flour</b> all day.")
    assert hit["company"]["slug"] == "acme"
    assert hit["url"] == "http://testserver/claims/acme-01/"
    whole = client.get(hit["api_url"]).json()
    names = ("key", "grade", "disputed", "as_of", "basis", "scope", "source", "locator", "url")
    assert hit["claim"] == {name: whole[name] for name in names}
    assert (hit["claim"]["source"]["key"], hit["claim"]["locator"]) == ("talk", "p. 3")
    assert (hit["claim"]["grade"], hit["claim"]["disputed"]) == ("primary", True)


def test_companies_and_technologies_are_found_with_what_they_are(client, claim):
    company, technology = (search(client, q=name)["items"][0] for name in ("apex", "cobol"))
    assert (company["subject"], company["key"], company["kind"]) == ("company", "acme", "company")
    assert (company["title"], company["company"], company["claim"]) == ("Acme", None, None)
    assert company["url"] == "http://testserver/companies/acme/"
    assert client.get(company["api_url"]).json()["slug"] == "acme"
    assert (technology["subject"], technology["key"]) == ("technology", "cobol")
    assert (technology["kind"], technology["title"]) == ("technology", "Cobol")
    assert client.get(technology["api_url"]).json()["slug"] == "cobol"


def test_what_matched_is_given_field_by_field_in_parts_of_plain_text(client, claim):
    (hit,) = search(client, q="flour mills")["items"]
    matched = {one["field"]: one["parts"] for one in hit["matched"]}
    assert list(matched) == ["title", "text", "company", "domain"]
    assert matched["title"] == [
        {"text": "Mill", "is_match": True},
        {"text": " in Cobol", "is_match": False},
    ]
    assert matched["text"] == [
        {"text": "It grinds <b>", "is_match": False},
        {"text": "flour", "is_match": True},
        {"text": "</b> all day.", "is_match": False},
    ]


def test_parts_put_together_are_the_text(client, claim):
    for hit in search(client, q="mill")["items"]:
        parts = {one["field"]: "".join(p["text"] for p in one["parts"]) for one in hit["matched"]}
        assert parts.get("title", hit["title"]) == hit["title"]
        assert parts.get("text", hit["text"]) == hit["text"]


def test_a_long_text_is_cut_around_its_match(client, claim):
    claim.text = f"{'before ' * 60}zebra {'after ' * 60}".strip()
    claim.save()
    record(Subject.CLAIM, [claim.pk], NOBODY)
    (hit,) = search(client, q="zebra")["items"]
    (field,) = hit["matched"]
    shown = "".join(part["text"] for part in field["parts"])
    assert shown.startswith("… before")
    assert shown.endswith("after …")
    assert len(shown) < 300
    assert [part["text"] for part in field["parts"] if part["is_match"]] == ["zebra"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "migration"}, ["acme-01"]),
        ({"kind": "quote"}, []),
        ({"kind": "company"}, ["acme"]),
        ({"technology": "cobol"}, ["acme-01"]),
        ({"technology": "ancient"}, ["acme-01"]),
        ({"domain": "mills"}, ["acme-01"]),
        ({"industry": "Music & film"}, ["acme", "acme-01"]),
        ({"evidence": "primary"}, ["acme-01"]),
        ({"evidence": "reported"}, []),
        ({"year": "2016", "domain": "mills", "evidence": "primary"}, ["acme-01"]),
        ({"year": "2015"}, []),
    ],
)
def test_a_search_is_narrowed_in_the_words_of_the_page(client, claim, query, found):
    FormerTechnologySlugFactory(
        technology=claim.claim_technologies.get().technology, slug="ancient"
    )
    assert keys(client, q="mill", **query) == found
    if "ancient" not in query.values():
        page = client.get("/search/", {"q": "mill", **query})
        assert [hit.address.strip("/").split("/")[-1] for hit in page.context["hits"]] == found


def test_without_words_it_finds_all_that_it_is_narrowed_to(client, claim):
    found = search(client, technology="cobol", kind="migration")
    assert [hit["key"] for hit in found["items"]] == ["acme-01"]
    assert found["items"][0]["matched"] == []


def test_facets_count_all_matches_and_are_filters_to_ask_for(client, claim):
    ClaimFactory(company=claim.company, title="Mill", as_of="2020", source__tier="secondary")
    record_missing()
    found = search(client, q="mill", limit=1)
    assert (len(found["items"]), found["total"], found["is_cut"]) == (1, 3, False)
    counted = facets(found)
    assert counted["kind"] == {"company": 1, "migration": 1, "use_case": 1}
    assert counted["year"] == {"2020": 1, "2016": 1}
    assert counted["industry"] == {"Music & film": 3}
    assert counted["evidence"] == {"primary": 1, "reported": 1}
    assert (counted["technology"]["cobol"], counted["domain"]) == (1, {"mills": 1})
    for name, values in counted.items():
        for value, matches in values.items():
            assert search(client, q="mill", **{name: value})["total"] == matches


def test_a_chosen_value_is_marked_even_if_nothing_has_it(client, claim):
    found = search(client, q="mill", kind="quote")
    (facet,) = found["facets"]
    assert facet == {
        "facet": "kind",
        "values": [{"value": "quote", "label": "Quote", "matches": 0, "is_chosen": True}],
        "is_cut": False,
    }


def test_the_best_stand_first_as_on_the_page(client, claim):
    TechnologyFactory(name="Millstone")
    ClaimFactory(title="Mill", text="Another.", technologies=[TechnologyFactory(name="Mill")])
    record_missing()
    page = client.get("/search/", {"q": "mill"}).context["hits"]
    assert [f"http://testserver{hit.address}" for hit in page] == [
        hit["url"] for hit in search(client, q="mill")["items"]
    ]
    assert search(client, q="mill")["items"][0]["title"] == "Mill"


def test_a_misspelt_name_is_put_right_and_said(client, claim):
    found = search(client, q="cobool")
    assert (found["corrected"], found["is_beginning"]) == ("cobol", False)
    assert [hit["key"] for hit in found["items"]] == ["cobol", "acme-01"]
    assert search(client, q="cobol")["corrected"] is None


def test_words_that_only_begin_so_are_said(client, claim):
    found = search(client, q="cob")
    assert (found["corrected"], found["is_beginning"]) == (None, True)
    assert found["total"] == 2


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_what_is_not_published_is_not_found(client, claim, status):
    claim.status = status
    claim.save()
    record(Subject.CLAIM, [claim.pk], NOBODY)
    assert search(client, q="flour") | {"facets": []} == {
        "items": [],
        "next": None,
        "next_cursor": None,
        "total": 0,
        "is_cut": False,
        "corrected": None,
        "is_beginning": False,
        "facets": [],
    }


@pytest.mark.parametrize(
    "words",
    [
        '"',
        '"mill in',
        "mill AND OR NOT NEAR(",
        "mill* -flour ^x :* & | ! <->",
        "'; DROP TABLE companies_claim; --",
        "🙂 🚀",
        "a" * 200,
        "%_\\",
        "\ud7ff\u202e\u0301",
        "mill\r\nflour\t",
        "?#&=/",
    ],
)
def test_any_words_are_a_question(client, claim, words):
    found = search(client, q=words)
    assert found["total"] == len(found["items"])


@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        ({}, "q", "Say what to look for"),
        ({"q": "  "}, "q", "Say what to look for"),
        ({"q": "a" * 10_000}, "q", "at most 200 characters"),
        ({"q": "mill\0"}, "q", "in the form"),
        ({"kind": "no-such"}, "kind", "'company', 'technology'"),
        ({"technology": "no-such"}, "technology", "There is no technology “no-such” here."),
        ({"domain": "no-such"}, "domain", "There is no domain “no-such” here."),
        ({"industry": "no-such"}, "industry", "There is no industry “no-such” here."),
        ({"evidence": "best"}, "evidence", "'measured', 'primary'"),
        ({"year": "MMXVI"}, "year", "valid integer"),
        ({"year": "9" * 30}, "year", "less than or equal to 9999"),
        ({"year": "0"}, "year", "greater than or equal to 1"),
        ({"q": "a", "page": "2"}, "", "There is no parameter “page” here."),
        ({"q": "a", "fields": "nothing"}, "fields", "There is no member “nothing”."),
    ],
)
def test_what_can_not_be_asked_is_a_problem(client, claim, query, parameter, words):
    answer = client.get("/api/v1/search", query)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    errors = {error["parameter"]: error["detail"] for error in answer.json()["errors"]}
    assert list(errors) == [parameter]
    assert words in errors[parameter]


class TestSuggestions:
    def names(self, client, q):
        answer = client.get("/api/v1/search/suggestions", {"q": q})
        assert answer.status_code == 200, answer.json()
        return answer.json()["items"]

    def test_names_that_begin_so(self, client, claim):
        assert self.names(client, "ape") == [
            {
                "name": "Apex Mills",
                "subject": "company",
                "key": "acme",
                "url": "http://testserver/companies/acme/",
            }
        ]
        assert [one["key"] for one in self.names(client, "cob")] == ["cobol"]

    @pytest.mark.parametrize("q", ["", " ", '"', "🙂", "x" * 200, "xylophone", "' OR 1=1"])
    def test_where_there_is_none_the_list_is_empty(self, client, claim, q):
        assert self.names(client, q) == []

    @pytest.mark.parametrize("query", [{}, {"q": "a\0"}, {"q": "a" * 201}, {"q": "a", "limit": 3}])
    def test_what_can_not_be_asked_is_a_problem(self, client, claim, query):
        assert client.get("/api/v1/search/suggestions", query).status_code == 422
