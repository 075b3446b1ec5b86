import pytest

from companies import history
from companies.exchange.revisions import record, record_deletion, record_missing
from companies.history import (
    batched_public_changes,
    history_of,
    public_changes,
    public_history_of,
)
from companies.models import Revision, Status, Subject
from tests.exchange.changing import ANN, save
from tests.factories import (
    ClaimFactory,
    CompanyFactory,
    CompanyListEntryFactory,
    CompanyListFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

DRAFT, REVIEW, PUBLISHED, WITHDRAWN = Status
SECRET = "Not yet for anybody."


def public_words(row):
    """Each public change of a claim, the earliest first, on its page and on the page of changes."""
    changes = public_history_of(Subject.CLAIM, row.pk)[::-1]
    ids = [change.revision.pk for change in changes]
    found = public_changes(Revision.objects.filter(pk__in=ids))
    words = [(change.verb, change.title, change.in_words) for change in changes]
    assert [(change.verb, change.title, change.in_words) for change in found] == words
    return words


def verbs(row):
    changes = history_of(Subject.CLAIM, row.pk)
    return [change.verb for change in changes][::-1]


@pytest.mark.parametrize(
    ("before", "after", "for_editors", "for_visitors"),
    [
        (DRAFT, DRAFT, ["Added", "Changed"], []),
        (DRAFT, REVIEW, ["Added", "Submitted for review"], []),
        (DRAFT, PUBLISHED, ["Added", "Published"], ["Published"]),
        (DRAFT, WITHDRAWN, ["Added", "Withdrawn"], []),
        (REVIEW, DRAFT, ["Added", "Taken back to draft"], []),
        (REVIEW, PUBLISHED, ["Added", "Published"], ["Published"]),
        (
            PUBLISHED,
            DRAFT,
            ["Published", "Taken back to draft"],
            ["Published", "Taken back to draft"],
        ),
        (
            PUBLISHED,
            REVIEW,
            ["Published", "Submitted for review"],
            ["Published", "Submitted for review"],
        ),
        (PUBLISHED, PUBLISHED, ["Published", "Changed"], ["Published", "Changed"]),
        (PUBLISHED, WITHDRAWN, ["Published", "Withdrawn"], ["Published", "Withdrawn"]),
        (WITHDRAWN, DRAFT, ["Added", "Taken back to draft"], []),
        (WITHDRAWN, REVIEW, ["Added", "Submitted for review"], []),
        (WITHDRAWN, PUBLISHED, ["Added", "Published"], ["Published"]),
        (WITHDRAWN, WITHDRAWN, ["Added", "Changed"], []),
    ],
)
def test_each_change_of_status_has_its_verb(before, after, for_editors, for_visitors):
    claim = ClaimFactory(status=before)
    record_missing()
    save(claim, status=after, text="Another text.")
    assert verbs(claim) == for_editors
    assert [verb for verb, *_ in public_words(claim)] == for_visitors


@pytest.mark.parametrize(("status", "shown"), [(PUBLISHED, ["Published", "Deleted"]), (DRAFT, [])])
def test_a_deletion_is_told_to_visitors_if_the_entry_was_published(status, shown):
    claim = ClaimFactory(status=status)
    record_missing()
    record_deletion(Subject.CLAIM, [claim.pk], ANN)
    assert verbs(claim)[-1] == "Deleted"
    assert [verb for verb, *_ in public_words(claim)] == shown


def test_an_entry_without_a_status_was_added_and_changed():
    source = SourceFactory(title="Old")
    record_missing()
    save(source, title="New")
    changes = public_history_of(Subject.SOURCE, source.pk)
    assert [(change.verb, change.in_words) for change in changes] == [
        ("Changed", "Title: Old → New"),
        ("Added", ""),
    ]


def test_editors_see_every_change_in_words_with_the_latest_first(django_assert_num_queries):
    claim = ClaimFactory(status=DRAFT, title="One", scope="")
    record_missing()
    save(claim, title="Two", scope="back end")
    save(claim, checked_by="Grace", checked_on="2026-01-15")
    save(claim, status=PUBLISHED, scope="")
    with django_assert_num_queries(1):
        changes = history_of(Subject.CLAIM, claim.pk)
        assert [str(change.revision.editor) for change in changes] == ["None"] * 4
    assert [change.in_words for change in changes] == [
        "Status: draft → published; Scope: back end → –",
        "Checked on: – → 2026-01-15; Checked by: – → Grace",
        "Title: One → Two; Scope: – → back end",
        "",
    ]


def test_a_draft_edited_between_two_publications_is_one_public_difference():
    claim = ClaimFactory(title="One", text="First.")
    record_missing()
    save(claim, status=DRAFT)
    save(claim, title=SECRET)
    save(claim, text=SECRET)
    save(claim, status=PUBLISHED, title="Two", text="First.")
    assert public_words(claim) == [
        ("Published", "One", ""),
        ("Taken back to draft", "One", ""),
        ("Published", "Two", "Title: One → Two"),
    ]


@pytest.mark.parametrize("status", [DRAFT, REVIEW, WITHDRAWN])
def test_what_was_rewritten_in_the_save_that_hid_a_claim_is_never_told(status):
    claim = ClaimFactory(title="One", text="First.")
    record_missing()
    save(claim, status=status, title=SECRET, text=SECRET)
    save(claim, status=PUBLISHED, title="One", text="Last.")
    assert SECRET not in str(public_words(claim))
    assert public_words(claim)[-1] == ("Published", "One", "Text: First. → Last.")


def test_a_claim_published_again_as_it_was_differs_in_nothing():
    claim = ClaimFactory(title="One")
    record_missing()
    save(claim, status=WITHDRAWN)
    save(claim, status=PUBLISHED)
    assert [words for *_, words in public_words(claim)] == ["", "", ""]


def test_a_check_is_nothing_that_visitors_are_told_of():
    claim = ClaimFactory()
    record_missing()
    (revision,) = save(claim, checked_by="Grace", checked_on="2026-01-15")
    assert not revision.was_public
    save(claim, text="Last.")
    assert public_words(claim)[-1][2] == "Text: It runs its back end on Python. → Last."


def list_with(*companies):
    row = CompanyListFactory(companies=companies)
    record_missing()
    return row


def list_words(row):
    changes = public_history_of(Subject.LIST, row.pk)[::-1]
    on_the_page = public_changes(Revision.objects.filter(subject=Subject.LIST, was_public=True))
    assert [one.in_words for one in on_the_page] == [one.in_words for one in changes]
    return [change.in_words for change in changes]


@pytest.mark.parametrize("status", [DRAFT, REVIEW, WITHDRAWN])
def test_an_unpublished_company_on_a_list_or_as_a_parent_is_not_told(status):
    secret, shown = CompanyFactory(slug="secret", status=status), CompanyFactory(slug="shown")
    row = list_with(shown)
    child = CompanyFactory()
    record_missing()
    CompanyListEntryFactory(company_list=row, company=secret, position=2)
    assert [revision.was_public for revision in save(row)] == [False]
    assert [revision.was_public for revision in save(child, parent=secret)] == [False]
    save(child, parent=secret, industry="Anvils")
    save(row, title="Another")
    assert list_words(row)[-1].startswith("Title: ")
    changes = public_history_of(Subject.COMPANY, child.pk)
    assert changes[0].in_words == "Industry: – → Anvils"
    assert "secret" not in str([list_words(row), changes[0].differences])


def test_a_company_that_was_renamed_is_still_told_in_a_lists_history():
    first, second = CompanyFactory(slug="first"), CompanyFactory(slug="second")
    row = list_with(first)
    CompanyListEntryFactory(company_list=row, company=second, position=2)
    save(row)
    second.slug = "renamed"
    second.save()
    assert list_words(row) == ["", "Companies: – → second"]


def test_several_changes_of_one_entry_on_one_page_are_each_held_against_the_one_before():
    claim, other = ClaimFactory(title="0"), ClaimFactory(title="0")
    record_missing()
    for number in range(1, 4):
        save(claim, title=str(number))
        save(other, title=f"other {number}")
    page = Revision.objects.filter(subject=Subject.CLAIM).order_by("-pk")[:5]
    assert [change.in_words for change in public_changes(page)] == [
        "Title: other 2 → other 3",
        "Title: 2 → 3",
        "Title: other 1 → other 2",
        "Title: 1 → 2",
        "Title: 0 → other 1",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_of_changes_takes_two_queries_and_one_if_companies_are_named(
    django_assert_num_queries, number
):
    for row in ClaimFactory.create_batch(number):
        record(Subject.CLAIM, [row.pk], ANN)
        save(row, title="Another")
    with django_assert_num_queries(2):
        public_changes(Revision.objects.all())
    for row in CompanyListFactory.create_batch(number, companies=[CompanyFactory()]):
        record(Subject.LIST, [row.pk], ANN)
        save(row, title="Another")
    with django_assert_num_queries(3):
        assert len(public_changes(Revision.objects.all())) == number * 4


def test_changes_in_batches_are_the_same_changes(monkeypatch):
    claim = ClaimFactory(title="0")
    record_missing()
    for number in range(1, 6):
        save(claim, title=str(number))
    wanted = Revision.objects.filter(subject=Subject.CLAIM).order_by("-pk")
    monkeypatch.setattr(history, "_BATCH", 2)
    found = list(batched_public_changes(wanted))
    assert [change.revision for change in found] == list(wanted)
    assert [change.in_words for change in found] == [
        *(f"Title: {number - 1} → {number}" for number in range(5, 0, -1)),
        "",
    ]
    assert [change.revision.is_shown for change in found] == [True] * 6
