"""The search has what visitors see after each change, whichever way the change came."""

import pytest
from django.contrib import admin
from django.db import connection, transaction

from companies import search
from companies.exchange.apply import apply
from companies.exchange.load import load
from companies.exchange.progress import no_bar
from companies.exchange.revisions import NOBODY, record_deletion, record_missing
from companies.merging import merge, plan
from companies.models import (
    Claim,
    Company,
    Revision,
    Role,
    SearchDocument,
    SearchName,
    Source,
    Status,
    Subject,
    Technology,
)
from companies.search.engine import engine
from companies.search.rowids import document_of_name, entry, name_rowids, rowid
from tests.admin.conftest import address
from tests.admin.posting import company_data, data_of, rows, seen, source_data
from tests.exchange.conftest import files, loaded  # noqa: F401 - fixtures
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    DomainFactory,
    SourceFactory,
    TechnologyFactory,
)
from tests.import_files import CLAIM, acme, as_csv, imported
from tests.search.finding import found

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_differs_at_the_end(db, differing):
    yield
    assert differing() == []


def claim_of(claim):
    return (Subject.CLAIM, claim.pk)


@pytest.fixture
def claim():
    company = CompanyFactory(name="Acme")
    made = ClaimFactory(company=company, title="Mill", technologies={"Cobol": Role.USES})
    record_missing()
    return made


@pytest.fixture
def company(claim):
    return claim.company


class TestTheAdmin:
    def test_a_saved_claim_is_found_with_the_rows_saved_along(self, admin_client, claim):
        technology = TechnologyFactory(name="Fortran")
        data = data_of(claim, title="Forge", kind="use_case") | rows(
            "claim_technologies",
            [{"technology": technology.pk, "role": "uses", "claim": claim.pk, "id": ""}],
        )
        answer = admin_client.post(address("usecase_change", claim.pk), data)
        assert answer.status_code == 302, answer.context["errors"]
        assert found("forge") == {claim_of(claim)}
        assert found("fortran") == {claim_of(claim), (Subject.TECHNOLOGY, technology.pk)}
        assert found("mill") == set()

    def test_another_name_of_a_company_finds_it_and_its_claims(self, admin_client, company, claim):
        data = company_data(company, reason="They say so.") | rows(
            "aliases", [{"name": "Roadrunner", "company": company.pk, "id": ""}]
        )
        answer = admin_client.post(address("company_change", company.pk), data)
        assert answer.status_code == 302, answer.context["errors"]
        assert found("roadrunner") == {(Subject.COMPANY, company.pk), claim_of(claim)}

    @pytest.mark.parametrize("rows_of", ["company", "claim"])
    def test_withdrawing_and_publishing_hides_and_shows(
        self, admin_client, company, claim, rows_of
    ):
        row = {"company": company, "claim": claim}[rows_of]
        everything = found("acme") | found("cobol")
        for action, expected in (("withdraw", set()), ("publish", everything)):
            data = {"action": action, "_selected_action": [row.pk], "reason": "Because."}
            admin_client.post(address(f"{rows_of}_changelist"), data)
            row.refresh_from_db()
            there = found("acme") | found("cobol")
            assert there - {(Subject.COMPANY, company.pk)} == expected - {
                (Subject.COMPANY, company.pk)
            }, action

    def test_a_source_of_another_tier_gives_its_claims_another_grade(self, admin_client, claim):
        CitationFactory(claim=claim, source=SourceFactory(tier="secondary"))
        source = claim.source
        before = "primary" if source.tier == "primary" else "reported"
        assert found("mill", evidence=before) == {claim_of(claim)}
        data = source_data(source, tier="measured", reason="It counts.")
        answer = admin_client.post(address("source_change", source.pk), data)
        assert answer.status_code == 302, answer.context["errors"]
        assert found("mill", evidence="measured") == {claim_of(claim)}

    def test_a_deleted_claim_takes_the_technology_along_that_nothing_else_names(
        self, admin_client, claim
    ):
        Claim.objects.filter(pk=claim.pk).update(status=Status.DRAFT)
        Claim.objects.filter(pk=claim.pk).update(status=Status.PUBLISHED)
        assert found("cobol")
        data = {"post": "yes", "reason": "It was wrong."}
        admin_client.post(address("usecase_delete", claim.pk), data)
        assert not Claim.objects.exists()
        assert found("cobol") == set()


def test_every_kind_of_entry_that_is_searched_can_be_edited_in_the_admin():
    assert {Company, Technology, Claim} <= set(admin.site._registry)


class TestOtherWays:
    def test_a_load_is_found_and_a_second_one_changes_nothing(self, files):  # noqa: F811
        load(files.write())
        assert SearchDocument.objects.count() > 3
        before = list(SearchDocument.objects.order_by("rowid").values_list())
        load(files.write())
        assert list(SearchDocument.objects.order_by("rowid").values_list()) == before

    def test_a_load_that_fails_is_not_found(self, files):  # noqa: F811
        load(files.write(), dry_run=True)
        assert not SearchDocument.objects.exists()

    def test_what_a_pruning_load_withdraws_is_not_found(self, loaded):  # noqa: F811
        gone = loaded.acme["claims"].pop(0)
        key = gone["key"]
        pk = Claim.objects.get(key=key).pk
        assert engine().stored([rowid(Subject.CLAIM, pk)])[0]
        load(loaded.write(), prune=True)
        assert not engine().stored([rowid(Subject.CLAIM, pk)])[0]

    def test_an_imported_table_is_found(self):
        acme()
        record_missing()
        imported(as_csv(CLAIM, CLAIM | {"key": "acme-02", "title": "Kiln"}))
        assert len(found("kiln")) == 1

    def test_going_back_finds_what_it_said_before(self, claim):
        before = Revision.objects.of(Subject.CLAIM, [claim.pk]).last().content
        apply(Subject.CLAIM, claim.pk, before | {"title": "Forge"}, NOBODY)
        assert found("forge") == {claim_of(claim)}
        apply(Subject.CLAIM, claim.pk, before, NOBODY)
        assert (found("forge"), found("mill")) == (set(), {claim_of(claim)})

    def test_another_name_of_a_technology_finds_what_names_it(self, claim):
        technology = Technology.objects.get()
        content = Revision.objects.of(Subject.TECHNOLOGY, [technology.pk]).last().content
        apply(Subject.TECHNOLOGY, technology.pk, content | {"name": "Algol"}, NOBODY)
        assert found("cobol") == set()
        assert found("algol") == {claim_of(claim), (Subject.TECHNOLOGY, technology.pk)}

    def test_another_name_of_a_domain_finds_its_claims(self):
        claim = ClaimFactory(domain=DomainFactory(name="Astronomy"))
        record_missing()
        content = Revision.objects.of(Subject.DOMAIN, [claim.domain_id]).last().content
        apply(Subject.DOMAIN, claim.domain_id, content | {"name": "Botany"}, NOBODY)
        assert (found("astronomy"), found("botany")) == (set(), {claim_of(claim)})

    @pytest.mark.parametrize("factory", [CompanyFactory, TechnologyFactory, SourceFactory])
    def test_after_a_merge_everything_is_found_at_the_survivor(self, factory):
        survivor, other = factory(), factory()
        names = {CompanyFactory: "company", SourceFactory: "source"}
        for row in (survivor, other):
            if factory is TechnologyFactory:
                ClaimFactory(technologies={row: Role.USES})
            else:
                ClaimFactory(**{names[factory]: row})
        if factory is SourceFactory:
            Source.objects.filter(pk=survivor.pk).update(title="A", publisher="A")
        record_missing()
        merge(plan(survivor, [other]), NOBODY)
        if factory is not SourceFactory:
            subject = Subject.COMPANY if factory is CompanyFactory else Subject.TECHNOLOGY
            assert not engine().stored([rowid(subject, other.pk)])[0]

    def test_a_deletion_is_followed_in_its_transaction(self, claim):
        with transaction.atomic():
            record_deletion(Subject.CLAIM, [claim.pk], NOBODY)
            Claim.objects.get(pk=claim.pk).delete()
            assert found("mill") == set()
            transaction.set_rollback(True)
        assert found("mill") == {claim_of(claim)}


class TestRebuilding:
    @pytest.fixture
    def broken(self, claim):
        """One document outdated, one missing, one of an entry that is gone; and their ids."""
        other = ClaimFactory(title="Kiln")
        gone = ClaimFactory(title="Gone")
        record_missing()
        engine().remove([rowid(Subject.CLAIM, other.pk)])
        number = rowid(Subject.CLAIM, claim.pk)
        SearchDocument.objects.filter(rowid=number).update(names="forg")
        gone_pk = gone.pk
        gone.delete()
        return {claim_of(claim), claim_of(other), (Subject.CLAIM, gone_pk)}

    def test_a_check_names_what_is_wrong_and_changes_nothing(self, broken, differing):
        assert set(differing()) == broken
        assert set(differing()) == broken
        search.rebuild(no_bar)

    def test_a_rebuild_puts_right_what_is_wrong_and_nothing_else(self, broken):
        assert search.rebuild(no_bar) == 3
        assert search.rebuild(no_bar) == 0

    def test_an_index_is_complete_when_it_has_everything_by_this_release(self, claim):
        assert not search.is_complete()
        search.rebuild(no_bar)
        assert search.is_complete()
        Claim.objects.filter(pk=claim.pk).update(status=Status.DRAFT)
        assert not search.is_complete()
        search.rebuild(no_bar)
        assert search.is_complete()
        SearchDocument.objects.filter(rowid=0).update(marks="_version_0")
        assert not search.is_complete()
        search.rebuild(no_bar)


class TestNumbers:
    @pytest.mark.parametrize("subject", [Subject.COMPANY, Subject.TECHNOLOGY, Subject.CLAIM])
    @pytest.mark.parametrize("pk", [1, 77, (1 << 39)])
    def test_a_number_leads_back_to_its_entry(self, subject, pk):
        assert entry(rowid(subject, pk)) == (subject, pk)

    def test_companies_come_before_technologies_and_the_last_claim_before_the_first(self):
        numbers = [
            rowid(Subject.COMPANY, 9),
            rowid(Subject.TECHNOLOGY, 1),
            rowid(Subject.CLAIM, 9),
            rowid(Subject.CLAIM, 1),
        ]
        assert numbers == sorted(numbers)

    def test_names_lead_back_to_their_document(self):
        number = rowid(Subject.TECHNOLOGY, 5)
        assert {document_of_name(one) for one in name_rowids(number)} == {number}
        assert not name_rowids(rowid(Subject.CLAIM, 5))

    def test_a_company_of_many_names_is_found_by_all_and_suggested_by_the_first(self):
        company = CompanyFactory(name="Many")
        for number in range(20):
            CompanyAliasFactory(company=company, name=f"Alias{number}")
        record_missing()
        assert found("alias19") == {(Subject.COMPANY, company.pk)}
        assert SearchName.objects.count() == 16


@pytest.mark.parametrize("number", [1, 3])
def test_following_costs_the_same_for_one_and_for_three(django_assert_num_queries, number):
    claims = ClaimFactory.create_batch(number, technologies=["Python"])
    record_missing()
    Claim.objects.update(text="Another.")
    changes = {claim.pk: search.Change({}, {}) for claim in claims}
    # Six for the claims, one for what is kept of them, two to write; PostgreSQL also waits.
    with django_assert_num_queries(8 + 2 * (connection.vendor == "postgresql")):
        search.follow(Subject.CLAIM, changes)


def test_a_page_of_the_admin_that_shows_a_claim_changes_nothing(admin_client, claim):
    before = list(SearchDocument.objects.values_list())
    admin_client.get(address("usecase_change", claim.pk))
    assert list(SearchDocument.objects.values_list()) == before
    assert seen(claim)["_seen"]
