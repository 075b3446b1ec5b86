import pytest

from companies import forms
from companies.api import parameters
from companies.api.filters import ClaimFilterForm
from tests.promises.small_site import small_site

pytestmark = pytest.mark.django_db

FORMS = {
    parameters.CompanyParameters: forms.CompanyFilterForm,
    parameters.ClaimParameters: ClaimFilterForm,
    parameters.QuoteParameters: forms.QuoteFilterForm,
    parameters.TechnologyParameters: forms.TechnologyFilterForm,
    parameters.SourceParameters: forms.SourceFilterForm,
    parameters.SearchParameters: forms.SearchForm,
}


@pytest.mark.parametrize("asked", FORMS, ids=lambda asked: asked.__name__)
def test_the_filters_are_those_of_the_page(asked):
    of_the_form = {name for name in FORMS[asked]().fields if name not in ("page", "format")}
    if asked is parameters.ClaimParameters:
        # No page lists all claims; its filters by name are beside the form.
        of_the_form |= {"company", "technology", "domain", "source"}
    of_the_api = set(asked.model_fields) - set(parameters.ListParameters.model_fields)
    assert of_the_api == of_the_form


@pytest.mark.parametrize("asked", FORMS, ids=lambda asked: asked.__name__)
def test_every_choice_of_the_page_is_one_here(asked):
    properties = asked.model_json_schema()["properties"]
    known = asked.model_json_schema().get("$defs", {})
    for name, field in FORMS[asked]().fields.items():
        if name in ("page", "format", "industry") or not hasattr(field, "choices"):
            continue
        if hasattr(field, "queryset"):
            continue
        offered = {value for value, _ in field.choices if value}
        schema = properties[name]
        named = schema.get("$ref") or schema.get("allOf", [{}])[0].get("$ref")
        values = set(known[named.rpartition("/")[2]]["enum"] if named else schema["enum"])
        assert values - {getattr(asked, "default_sort", "")} == offered, name


@pytest.fixture
def site():
    return small_site()


def wrong(client, address):
    answer = client.get(f"/api/v1/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    return {error["parameter"]: error["detail"] for error in answer.json()["errors"]}


@pytest.mark.parametrize(
    ("address", "parameter", "words"),
    [
        ("companies?kind=x", "kind", "'company', 'organisation' or 'project'"),
        ("companies?kind=", "kind", "'company', 'organisation' or 'project'"),
        ("companies?sort=x", "sort", "'name', 'claims', 'newest' or 'founded'"),
        ("companies?evidence=x", "evidence", "'measured', 'primary', 'corroborated'"),
        ("companies?limit=0", "limit", "greater than or equal to 1"),
        ("companies?limit=101", "limit", "less than or equal to 100"),
        ("companies?limit=121645100408832001", "limit", "less than or equal to 100"),
        (f"companies?limit={'9' * 5000}", "limit", ""),
        ("companies?limit=x", "limit", "valid integer"),
        ("companies?technology=nothing", "technology", "There is no technology “nothing” here."),
        ("companies?technology=%00", "technology", "in the form"),
        ("companies?technology=A%20B", "technology", "in the form"),
        ("companies?domain=nothing", "domain", "There is no domain “nothing” here."),
        ("companies?industry=Nothing", "industry", "There is no industry “Nothing” here."),
        ("companies?industry=%00", "industry", "in the form"),
        (f"companies?q={'x' * 201}", "q", "at most 200 characters"),
        ("companies?q=%00", "q", "in the form"),
        ("companies?fields=nothing", "fields", "There is no member “nothing”. There are: slug,"),
        ("companies?fields=", "fields", "in the form"),
        ("companies?typo=1", "", "There is no parameter “typo” here. There are: fields,"),
        ("companies?q=a&q=b", "", "“q” is given more than once."),
        ("companies/{company}?q=a", "", "There is no parameter “q” here. There are: fields."),
        ("companies/{company}?fields=nothing", "fields", "There is no member “nothing”."),
        ("claims?role=uses", "role", "Say in which technology's role."),
        (
            "claims?role=uses&technology=nothing",
            "technology",
            "There is no technology “nothing” here.",
        ),
        ("claims?company=nothing", "company", "There is no company “nothing” here."),
        ("claims?source=nothing", "source", "There is no source “nothing” here."),
        ("domains?q=x", "", "There is no parameter “q” here."),
        ("comparison", "companies", "required"),
        ("comparison?companies=one", "companies", "in the form"),
        ("comparison?companies=a,b,c,d,e,f", "companies", "in the form"),
        ("comparison?companies={company},{company}", "companies", "One company is named twice."),
        ("comparison?companies=a,b&differences=x", "differences", "valid boolean"),
    ],
)
def test_a_bad_parameter_is_told_with_what_is_allowed(client, site, address, parameter, words):
    errors = wrong(client, address.format(company=site.company.slug))
    assert list(errors) == [parameter]
    assert words in errors[parameter]


def test_all_bad_parameters_are_told_at_once(client, site):
    assert set(wrong(client, "companies?kind=x&limit=0&sort=x")) == {"kind", "limit", "sort"}
    both = "companies?technology=nothing&domain=nothing"
    assert set(wrong(client, both)) == {"technology", "domain"}


def test_a_bad_cursor_is_a_problem_of_its_own(client, site):
    answer = client.get("/api/v1/companies?cursor=x")
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("#problem-bad-cursor")


def test_a_cursor_goes_on_with_other_members_and_another_limit_but_not_with_other_filters(client):
    small_site(3)
    cursor = client.get("/api/v1/companies?limit=1&kind=company").json()["next_cursor"]
    ask = {"cursor": cursor, "kind": "company"}
    assert client.get("/api/v1/companies", {**ask, "limit": 2, "fields": "name"}).status_code == 200
    assert client.get("/api/v1/companies", {"cursor": cursor}).status_code == 400
    assert client.get("/api/v1/companies", {**ask, "sort": "claims"}).status_code == 400
    assert client.get("/api/v1/domains", {"cursor": cursor}).status_code == 400
