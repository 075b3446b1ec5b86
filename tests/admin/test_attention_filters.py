import pytest

from companies.attention import ITEMS
from companies.models import Proposal
from tests.admin.conftest import address
from tests.factories import (
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    SourceFactory,
    TechnologyFactory,
)
from tests.needing_attention import AT_REST, NEEDING

FILTERED = [item for item in ITEMS if item.model is not Proposal]
each_item = pytest.mark.parametrize(
    "item", FILTERED, ids=[f"{item.model.__name__}-{item.name}" for item in FILTERED]
)


@pytest.fixture
def listed(admin_client):
    def rows(page, **query):
        response = admin_client.get(address(f"{page}_changelist"), query)
        assert response.status_code == 200
        return list(response.context["cl"].result_list)

    return rows


@each_item
@pytest.mark.parametrize("number", [1, 3])
def test_a_list_has_just_the_rows_that_the_item_counts(admin_client, item, number):
    one_makes_no_pair = item.name == "possible_duplicates"
    for _ in range(number + one_makes_no_pair):
        for make in (*NEEDING.values(), *AT_REST.values()):
            make()
    page = address(f"{item.model._meta.model_name}_changelist")
    found = admin_client.get(page, {"attention": item.name}).context["cl"]
    assert found.result_count == item.rows().count() > 0
    assert {row.pk for row in found.result_list} == {row.pk for row in item.rows()}


@each_item
def test_a_filter_works_with_counts_and_a_search(admin_client, item):
    for _ in range(2):
        NEEDING[item.model, item.name]()
    page = address(f"{item.model._meta.model_name}_changelist")
    html = admin_client.get(page, {"attention": item.name, "_facets": "True"}).content.decode()
    assert f"{item.label[1:]} (2)" in html
    searched = admin_client.get(page, {"attention": item.name, "q": "nobody", "_facets": "True"})
    assert searched.context["cl"].result_count == 0


def test_the_list_of_a_kind_holds_only_that_kind(listed):
    ClaimFactory(kind="quote")
    claim = ClaimFactory(kind="use_case")
    assert [row.pk for row in listed("usecase", attention="never_checked")] == [claim.pk]


@pytest.mark.parametrize("word", ["", "no-such-word", "in_review'--", "9" * 400])
def test_a_word_that_no_item_has_filters_nothing(listed, word):
    NEEDING[ITEMS[1].model, ITEMS[1].name]()
    assert len(listed("claim", attention=word)) == 1


class TestTwinsStandTogether:
    def test_companies(self, listed):
        for name in ("A-Z", "Ajax", "AZ GmbH", "ajax inc"):
            CompanyFactory(name=name)
        names = [row.name for row in listed("company", attention="possible_duplicates")]
        assert names == ["Ajax", "ajax inc", "A-Z", "AZ GmbH"]

    def test_technologies(self, listed):
        for name in ("node", "React", "Node.js", "ReactJS"):
            TechnologyFactory(name=name)
        names = [row.name for row in listed("technology", attention="possible_duplicates")]
        assert sorted(names[:2]) == ["Node.js", "node"]
        assert sorted(names[2:]) == ["React", "ReactJS"]

    def test_sources(self, listed):
        for title in ("Post", "Talk", "post", "talk"):
            SourceFactory(title=title, publisher="Acme")
        titles = [row.title for row in listed("source", attention="possible_duplicates")]
        assert titles == ["Post", "post", "Talk", "talk"]

    def test_a_click_on_a_column_sorts_by_that_column(self, listed):
        for name, headquarters in (("Acme", "Bonn"), ("Ajax", "Aachen")):
            for _ in range(2):
                CompanyFactory(name=name, headquarters=headquarters)
        rows = listed("company", attention="possible_duplicates", o="4")
        assert [row.name for row in rows] == ["Ajax", "Ajax", "Acme", "Acme"]

    def test_an_alias_brings_no_company_twice(self, listed):
        meta, facebook = CompanyFactory(name="Meta"), CompanyFactory(name="Facebook")
        for name in ("Facebook", "facebook, inc."):
            CompanyAliasFactory(company=meta, name=name)
        assert listed("company", attention="possible_duplicates") == [facebook, meta]
