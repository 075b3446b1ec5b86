import pytest
from django.db import connection
from django.utils import timezone

from companies.exchange import table_write
from companies.exchange.load import load
from companies.exchange.revisions import (
    NOBODY,
    UNRECORDED,
    Cause,
    record,
    record_deletion,
    record_missing,
)
from companies.exchange.snapshot import SHAPES, snapshots
from companies.models import Action, Claim, ClaimKind, Company, Logo, Revision, Status, Subject
from companies.models.revision import as_stored
from tests.exchange.changing import ANN, count, last, save
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    ClaimTechnologyFactory,
    CodebaseShareFactory,
    CompanyAliasFactory,
    CompanyFactory,
    CompanyListEntryFactory,
    CompanyListFactory,
    DomainFactory,
    FormerSlugFactory,
    GapFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

FACTORIES = {
    Subject.COMPANY: CompanyFactory,
    Subject.CLAIM: ClaimFactory,
    Subject.SOURCE: lambda: ClaimFactory().source,
    Subject.TECHNOLOGY: lambda: ClaimTechnologyFactory().technology,
    Subject.DOMAIN: DomainFactory,
    Subject.LIST: CompanyListFactory,
}
DRAFT, REVIEW, PUBLISHED, WITHDRAWN = Status


@pytest.mark.parametrize("subject", Subject)
def test_a_change_is_one_revision_and_a_save_of_nothing_is_none(subject):
    row = FACTORIES[subject]()
    before = timezone.now()
    editor = UserFactory(first_name="Ann", last_name="Lee")
    (added,) = record(subject, [row.pk], Cause.by(editor, "It is new."))
    assert record(subject, [row.pk], ANN) == []
    title = "title" if hasattr(row, "title") else "name"
    (changed,) = save(row, **{title: "Another"})
    assert save(row) == []
    assert list(Revision.objects.all()) == [added, changed]
    for one, action in ((added, Action.ADDED), (changed, Action.CHANGED)):
        one.refresh_from_db()
        assert (one.subject, one.subject_id, one.action) == (subject, row.pk, action)
        assert one.name == (row.key if hasattr(row, "key") else row.slug)
        assert before <= one.made_at <= timezone.now()
        assert one.company_id == (row.company_id if subject == Subject.CLAIM else None)
        assert one.was_public
    assert (added.editor, added.editor_name, added.reason) == (editor, "Ann Lee", "It is new.")
    assert (changed.editor, changed.editor_name, changed.reason) == (None, "Ann", ANN.reason)
    assert (added.content[title], changed.content[title]) != ("Another", "Another")
    assert changed.content == as_stored(snapshots(subject, [row.pk])[row.pk].content)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ({"username": "ann"}, "ann"),
        ({"first_name": "Ann", "last_name": "Lee"}, "Ann Lee"),
        ({"first_name": "A" * 150, "last_name": "L" * 150}, "A" * 150),
    ],
)
def test_an_editor_is_named_as_fully_as_the_column_allows(names, told):
    row = DomainFactory()
    record(Subject.DOMAIN, [row.pk], Cause.by(UserFactory(**names)))
    assert last(row).editor_name == told


def test_the_editors_name_outlives_the_account():
    row, editor = DomainFactory(), UserFactory(username="ann")
    record(Subject.DOMAIN, [row.pk], Cause.by(editor, "Why."))
    editor.delete()
    assert (last(row).editor, last(row).editor_name) == (None, "ann")


PARTS = [
    (ClaimFactory, lambda claim: ClaimTechnologyFactory(claim=claim)),
    (ClaimFactory, lambda claim: CitationFactory(claim=claim)),
    (
        lambda: ClaimFactory(kind=ClaimKind.CODEBASE_SHARE, shares={}),
        lambda claim: CodebaseShareFactory(claim=claim),
    ),
    (CompanyFactory, lambda company: CompanyAliasFactory(company=company)),
    (CompanyFactory, lambda company: FormerSlugFactory(company=company)),
    (CompanyFactory, lambda company: GapFactory(company=company)),
    (CompanyListFactory, lambda row: CompanyListEntryFactory(company_list=row)),
]


@pytest.mark.parametrize(("make", "add"), PARTS)
def test_a_row_that_comes_or_goes_is_a_change_of_what_it_belongs_to(make, add):
    row = make()
    record_missing()
    part = add(row)
    (added,) = save(row)
    assert (added.action, added.was_public) == (Action.CHANGED, True)
    part.delete()
    (removed,) = save(row)
    assert removed.was_public
    assert removed.content == Revision.objects.of(added.subject, [row.pk]).first().content


def test_another_logo_is_a_change():
    row = CompanyFactory()
    record_missing()
    (changed,) = save(row, logo=Logo.objects.keep(b"a picture"))
    assert changed.content["logo"] == row.logo_id


def test_recording_before_a_change_catches_what_came_in_unnoticed():
    row = ClaimFactory()
    record_missing()
    Claim.objects.update(text="Behind its back.")
    (unnoticed,) = record(Subject.CLAIM, [row.pk], NOBODY)
    assert (unnoticed.editor_name, unnoticed.editor, unnoticed.reason) == ("", None, "")
    row.refresh_from_db()
    (changed,) = save(row, title="Another")
    assert changed.editor_name == "Ann"
    assert changed.content | {"title": ""} == unnoticed.content | {"title": ""}


TRANSITIONS = {
    (before, after): PUBLISHED in (before, after) for before in Status for after in Status
}


@pytest.mark.parametrize("factory", [ClaimFactory, CompanyFactory, CompanyListFactory])
@pytest.mark.parametrize(("before", "after"), TRANSITIONS)
def test_a_change_is_public_if_the_entry_was_or_is_published(factory, before, after):
    row = factory(status=before)
    record_missing()
    assert last(row).was_public == (before == PUBLISHED)
    title = "title" if hasattr(row, "title") else "name"
    (changed,) = save(row, status=after, **{title: "Another"})
    assert changed.was_public == TRANSITIONS[before, after]


def test_a_check_makes_no_public_change_unless_something_else_changed_too():
    row = ClaimFactory()
    record_missing()
    (checked,) = save(row, checked_on="2026-01-15", checked_by="Grace")
    (again,) = save(row, checked_on="2026-01-16", checked_by="Ann")
    (both,) = save(row, checked_on="2026-01-17", text="Another.")
    assert (checked.was_public, again.was_public, both.was_public) == (False, False, True)


@pytest.mark.parametrize("status", Status)
def test_a_deletion_keeps_the_entry_whole_and_says_who_and_why(status):
    row = ClaimFactory(status=status, technologies=["Python"])
    record_missing()
    Claim.objects.update(text="Behind its back.")
    (deleted,) = record_deletion(Subject.CLAIM, [row.pk], ANN)
    pk = row.pk
    row.delete()
    added, unnoticed, kept = Revision.objects.of(Subject.CLAIM, [pk])
    assert (unnoticed.action, unnoticed.editor_name) == (Action.CHANGED, "")
    assert kept == deleted
    assert (kept.action, kept.editor_name, kept.reason) == (Action.DELETED, "Ann", ANN.reason)
    assert kept.content == unnoticed.content != added.content
    assert kept.content["technologies"]
    assert kept.was_public == (status == PUBLISHED)


@pytest.mark.parametrize("others", [0, 1])
def test_a_deleted_company_leaves_its_lists_as_a_change_of_theirs(others):
    gone = CompanyFactory(slug="gone")
    row = CompanyListFactory(companies=[*CompanyFactory.create_batch(others), gone])
    untouched = CompanyListFactory(companies=[CompanyFactory()])
    record_missing()
    before = last(untouched)
    record_deletion(Subject.COMPANY, [gone.pk], ANN)
    gone.delete()
    changed = last(row)
    assert (changed.action, changed.editor_name, changed.was_public) == ("changed", "Ann", True)
    assert len(changed.content.get("entries", [])) == others
    assert record(Subject.LIST, [row.pk], NOBODY) == []
    assert last(untouched) == before


def test_a_company_that_moves_changes_none_of_its_claims():
    claim = ClaimFactory(company__slug="facebook")
    record(Subject.CLAIM, [claim.pk], ANN)
    claim.company.slug = "meta"
    claim.company.save()
    assert record(Subject.CLAIM, [claim.pk], ANN) == []
    claim.company = CompanyFactory()
    claim.save()
    assert len(record(Subject.CLAIM, [claim.pk], ANN)) == 1


def test_an_entry_that_returns_after_its_deletion_was_added():
    row = DomainFactory()
    record_missing()
    record_deletion(Subject.DOMAIN, [row.pk], ANN)
    (added,) = record(Subject.DOMAIN, [row.pk], ANN)
    assert added.action == Action.ADDED


def test_what_never_existed_leaves_no_revision():
    assert record(Subject.CLAIM, [1_000_000], ANN) == []
    assert record_deletion(Subject.CLAIM, [1_000_000], ANN) == []
    assert not Revision.objects.exists()


def test_a_history_begins_once_for_every_entry_that_has_none():
    for factory in FACTORIES.values():
        factory()
    known = DomainFactory()
    record(Subject.DOMAIN, [known.pk], ANN)
    missing = sum(shape.model.objects.count() for shape in SHAPES.values()) - 1
    assert record_missing() == missing
    begun = Revision.objects.exclude(editor_name="Ann")
    assert set(begun.values_list("action", "reason")) == {(Action.ADDED, UNRECORDED)}
    assert (count(), record_missing(), count()) == (missing + 1, 0, missing + 1)


def test_more_entries_than_a_batch_are_all_recorded(monkeypatch):
    monkeypatch.setattr(table_write, "BATCH", 2)
    rows = DomainFactory.create_batch(5)
    ids = [row.pk for row in rows]
    assert [one.subject_id for one in record(Subject.DOMAIN, ids * 2, ANN)] == ids


@pytest.mark.parametrize("number", [1, 3])
def test_many_changes_take_as_many_queries_as_one(number, django_assert_num_queries):
    rows = ClaimFactory.create_batch(number, technologies=["Python"])
    record_missing()
    Claim.objects.update(text="Another.")
    # Four for the claims, two for their last revisions, one to write, two of the transaction; eight
    # for the search, and PostgreSQL waits there for who else writes to it.
    with django_assert_num_queries(17 + 2 * (connection.vendor == "postgresql")):
        assert len(record(Subject.CLAIM, [row.pk for row in rows], ANN)) == number


def reasons():
    return dict(Revision.objects.order_by("pk").values_list("name", "reason"))


def test_a_load_records_what_it_added_and_a_second_one_nothing(files):
    load(files.write(), cause=ANN)
    assert count() == 12
    assert set(Revision.objects.values_list("action", "editor_name")) == {(Action.ADDED, "Ann")}
    load(files.write(), prune=True, cause=ANN)
    assert count() == 12


def test_a_load_records_exactly_what_it_changed_or_withdrew(loaded):
    loaded.claim(1)["citations"][0]["note"] = "Otherwise."
    loaded.acme.pop("gaps")
    loaded.acme["claims"].pop()
    load(loaded.write(), prune=True, cause=Cause("Bob", "A new release."))
    changed = Revision.objects.filter(pk__gt=Revision.objects.order_by("pk")[11].pk)
    assert {
        one.name: (one.action, one.editor_name, one.reason) for one in changed
    } == dict.fromkeys(["acme", "acme-01", "acme-04"], (Action.CHANGED, "Bob", "A new release."))
    assert changed.get(name="acme-04").status == WITHDRAWN


def test_a_dry_run_leaves_no_revision(loaded):
    loaded.claim(1)["text"] = "Another."
    load(loaded.write(), prune=True, dry_run=True, cause=ANN)
    assert count() == 12


def test_a_load_into_an_older_database_begins_the_history_before_it_changes_anything(loaded):
    Revision.objects.all().delete()
    loaded.claim(1)["text"] = "Another."
    load(loaded.write(), cause=ANN)
    assert Company.objects.count() == 2
    assert reasons() == dict.fromkeys(reasons(), UNRECORDED) | {"acme-01": ANN.reason}
    first, second = Revision.objects.filter(name="acme-01")
    assert (first.reason, first.content["text"]) == (UNRECORDED, "The back end is Python.")
    assert second.content["text"] == "Another."
