import pytest

from companies import linked_data
from companies.evidence import Agreement
from companies.figure import Qualifier
from companies.models import Claim, ClaimKind, Role, TechnologyKind
from tests.factories import CitationFactory, ClaimFactory, SourceFactory, TechnologyFactory
from tests.linked_data.reading import item_in, items_in
from tests.linked_data.vocabulary import faults

pytestmark = pytest.mark.django_db


def claim_of(made):
    found = Claim.objects.with_parts().get(pk=made.pk)
    data = linked_data.claim(found, lambda path: f"https://example.org{path}")
    quoted = linked_data.quotations([found], lambda path: f"https://example.org{path}")
    assert faults({"@context": "https://schema.org", "@graph": [data, *quoted]}) == []
    return data


def test_says_whose_claim_it_is_who_put_it_into_words_and_where_it_appears(settings):
    settings.SITE_NAME = "Our facts"
    made = ClaimFactory(
        key="acme-01",
        title="Python",
        text="It runs on Python.",
        as_of="2016-05",
        source__author="Ada Lovelace",
        source__publisher="Acme",
        source__url="https://acme.example/post",
    )
    found = claim_of(made)
    assert found["@id"] == "https://example.org/claims/acme-01/#claim"
    assert (found["name"], found["text"]) == ("Python", "It runs on Python.")
    assert found["author"] == [{"@type": "Person", "name": "Ada Lovelace"}]
    assert found["claimInterpreter"]["name"] == "Our facts"
    assert [one["url"] for one in found["appearance"]] == ["https://acme.example/post"]
    assert found["about"]["name"] == made.company.name
    assert found["temporalCoverage"] == "2016-05"
    assert found["dateModified"] == made.updated.date().isoformat()
    assert found["isPartOf"]["@id"].endswith(f"/companies/{made.company.slug}/#dataset")


def test_appears_where_a_source_agrees_and_cites_what_does_not():
    made = ClaimFactory()
    for agreement in Agreement:
        CitationFactory(claim=made, agreement=agreement, source__title=agreement)
    found = claim_of(made)
    assert [one["name"] for one in found["appearance"]] == [made.source.title, "agrees"]
    assert [one["name"] for one in found["citation"]] == ["differs", "contradicts"]


@pytest.mark.parametrize(
    ("own", "other", "first"),
    [
        ("2016", "2019", "own"),
        ("2019-05", "2016", "other"),
        # Any of them may be the older.
        ("2016", "2016-05", None),
        ("2016-05", "2016-05", None),
        ("", "2016", None),
    ],
)
def test_the_first_appearance_is_named_only_if_the_dates_tell(own, other, first):
    made = ClaimFactory(source__published_on=own)
    source = SourceFactory(published_on=other)
    CitationFactory(claim=made, agreement=Agreement.AGREES, source=source)
    addresses = {
        name: f"https://example.org{one.get_absolute_url()}#document"
        for name, one in (("own", made.source), ("other", source))
    }
    expected = {"@id": addresses[first]} if first else None
    assert claim_of(made).get("firstAppearance") == expected


def test_a_claim_that_appears_once_has_no_first_appearance():
    assert "firstAppearance" not in claim_of(ClaimFactory(source__published_on="2016"))


def test_mentions_each_technology_once():
    python = TechnologyFactory(name="Python", slug="python", kind=TechnologyKind.LANGUAGE)
    django = TechnologyFactory(name="Django", kind=TechnologyKind.FRAMEWORK)
    made = ClaimFactory(technologies={python: Role.USES, django: Role.CHOSE})
    made.claim_technologies.create(technology=python, role=Role.CHOSE)
    mentioned = claim_of(made)["mentions"]
    assert [(one["@type"], one["name"]) for one in mentioned] == [
        ("ComputerLanguage", "Python"),
        ("Thing", "Django"),
    ]
    assert mentioned[0]["@id"] == "https://example.org/technologies/python/#technology"


def figure_of(**given):
    made = ClaimFactory(kind=ClaimKind.KEY_FIGURE, **given)
    (figure,) = claim_of(made)["mentions"]
    return figure


def test_a_figure_comes_with_scope_basis_and_date():
    figure = figure_of(
        figure_value=700,
        figure_before=1000,
        figure_unit="servers",
        figure_qualifier=Qualifier.EXACTLY,
        scope="back ends",
        basis="machines",
        as_of="2016",
    )
    assert (figure["name"], figure["value"]) == ("servers", 700)
    assert figure["description"] == "1,000 → 700 servers"
    said = {one["name"]: one["value"] for one in figure["valueReference"]}
    assert said == {"before": 1000, "scope": "back ends", "basis": "machines", "as of": "2016"}


@pytest.mark.parametrize(
    ("qualifier", "name"),
    [
        (Qualifier.EXACTLY, "value"),
        (Qualifier.ABOUT, "value"),
        (Qualifier.MORE_THAN, "minValue"),
        (Qualifier.AT_LEAST, "minValue"),
        (Qualifier.LESS_THAN, "maxValue"),
        (Qualifier.AT_MOST, "maxValue"),
        (Qualifier.NEARLY, "maxValue"),
    ],
)
def test_a_bound_is_not_given_out_for_the_number(qualifier, name):
    figure = figure_of(figure_value="2.5", figure_unit="seconds", figure_qualifier=qualifier)
    assert {key for key in figure if key.lower().endswith("value")} == {name}
    assert figure[name] == 2.5


def test_the_words_of_the_source_go_before_a_number():
    figure = figure_of(
        figure_value=None,
        figure_qualifier="",
        figure_unit="lines",
        figure_as_worded="several million",
    )
    assert figure["value"] == "several million"


def test_each_share_is_a_value_of_its_technology():
    made = ClaimFactory(
        kind=ClaimKind.CODEBASE_SHARE, shares={"Python": 21, "C++": 55}, basis="lines", scope=""
    )
    shares = claim_of(made)["mentions"]
    assert [(one["name"], one["value"], one["unitText"]) for one in shares] == [
        ("Python", 21, "percent"),
        ("C++", 55, "percent"),
    ]
    said = {one["name"]: one["value"] for one in shares[0]["valueReference"]}
    assert said["scope"] == "as a whole"
    assert said["basis"] == "lines"


def test_a_claim_with_words_in_it_has_a_quotation_on_its_page(client):
    made = ClaimFactory(kind=ClaimKind.QUOTE, quotation="It just works.", speaker="Ada Lovelace")
    page = client.get(made.get_absolute_url()).content.decode()
    claim, quotation = item_in(page, "Claim"), item_in(page, "Quotation")
    assert claim["hasPart"] == {"@id": quotation["@id"]}
    plain = client.get(ClaimFactory().get_absolute_url()).content.decode()
    assert "Quotation" not in [item["@type"] for item in items_in(plain)]
