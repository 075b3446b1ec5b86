"""Technologies, domains, sources and lists."""

import pytest

from companies.models import CompanyList, Source, Technology
from tests.admin.conftest import address
from tests.admin.posting import list_data, rows, seen, source_data
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    CompanyListFactory,
    DomainFactory,
    SourceFactory,
    TechnologyFactory,
)


@pytest.mark.parametrize(
    ("page", "make", "field"),
    [
        ("technology", TechnologyFactory, "slug"),
        ("domain", DomainFactory, "slug"),
        ("source", SourceFactory, "key"),
        ("companylist", CompanyListFactory, "slug"),
    ],
)
def test_a_permanent_address_can_be_typed_once_only(admin_client, page, make, field):
    add = admin_client.get(address(f"{page}_add"))
    assert field in add.context["adminform"].form.fields
    change = admin_client.get(address(f"{page}_change", make().pk))
    assert field not in change.context["adminform"].form.fields
    assert not change.context["adminform"].prepopulated_fields


class TestTechnology:
    def data(self, **given):
        fields = {"name": "Go", "slug": "go", "kind": "language", "website": "", "summary": ""}
        return fields | given

    def test_is_added(self, admin_client):
        assert admin_client.post(address("technology_add"), self.data()).status_code == 302
        assert Technology.objects.get().slug == "go"

    def test_a_name_differing_in_case_only_is_refused(self, admin_client, errors):
        TechnologyFactory(name="GO")
        found = errors(admin_client.post(address("technology_add"), self.data()))
        assert found == {"__all__": ["There is a technology of this name already."]}

    def test_a_forged_slug_does_not_change_it(self, admin_client):
        technology = TechnologyFactory(slug="go")
        data = self.data(slug="golang", name="Golang") | seen(technology)
        admin_client.post(address("technology_change", technology.pk), data)
        technology.refresh_from_db()
        assert (technology.slug, technology.name) == ("go", "Golang")


class TestSource:
    def test_is_added(self, admin_client):
        assert admin_client.post(address("source_add"), source_data()).status_code == 302
        assert Source.objects.get().key == "the-key"

    def test_the_author_of_a_quote_without_speaker_can_not_be_emptied(self, admin_client, errors):
        source = SourceFactory(author="Ada Lovelace")
        ClaimFactory(kind="quote", speaker="", source=source)
        data = source_data(source, author="")
        found = errors(admin_client.post(address("source_change", source.pk), data))
        assert found.keys() == {"author"}
        source.refresh_from_db()
        assert source.author == "Ada Lovelace"

    def test_the_list_tells_used_from_unused(self, admin_client):
        claim = ClaimFactory()
        CitationFactory(claim=claim, source__title="Only cited")

        def titles(**query):
            response = admin_client.get(address("source_changelist"), query)
            return [source.title for source in response.context["cl"].result_list]

        assert titles(used="yes") == [claim.source.title]
        assert titles(used="no") == ["Only cited"]
        assert len(titles(used="perhaps")) == 2


class TestCompanyList:
    def test_is_added_with_its_companies_in_order(self, admin_client):
        one, two = CompanyFactory(), CompanyFactory()
        entries = [{"position": 2, "company": one.pk}, {"position": 1, "company": two.pk}]
        data = list_data() | rows("entries", entries)
        assert admin_client.post(address("companylist_add"), data).status_code == 302
        made = CompanyList.objects.get()
        assert [entry.company for entry in made.entries.all()] == [two, one]

    def test_a_company_twice_is_refused(self, admin_client, errors):
        one = CompanyFactory()
        entries = [{"position": 1, "company": one.pk}, {"position": 2, "company": one.pk}]
        response = admin_client.post(
            address("companylist_add"), list_data() | rows("entries", entries)
        )
        assert errors(response)["entries"] == ["This company is on the list already."]

    def test_two_companies_swap_places(self, admin_client):
        made = CompanyListFactory(companies=[CompanyFactory(), CompanyFactory()])
        one, two = made.entries.all()
        entries = [
            {"id": one.pk, "company_list": made.pk, "position": 1, "company": two.company_id},
            {"id": two.pk, "company_list": made.pk, "position": 2, "company": one.company_id},
        ]
        data = list_data(made) | rows("entries", entries, saved=2)
        response = admin_client.post(address("companylist_change", made.pk), data)
        assert response.status_code == 302
        assert [entry.company_id for entry in made.entries.all()] == [
            two.company_id,
            one.company_id,
        ]
