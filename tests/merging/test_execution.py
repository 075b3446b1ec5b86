"""One transaction, exactly what was shown, or nothing at all."""

import threading

import pytest
from django.db import connection, connections
from django.db.models import ProtectedError

from companies.exchange.apply import apply
from companies.merging import ObstructedError, PlanChangedError, execution, merge, plan
from companies.models import Action, Claim, Company, Revision, Source, Status, Subject
from tests.exchange.snapshots import snapshot
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    CompanyListFactory,
    GapFactory,
    RevisionFactory,
    SourceFactory,
    TechnologyFactory,
)
from tests.merging.conftest import CAUSE

pytestmark = pytest.mark.django_db


def pair(make):
    return make(), make()


FACTORIES = [CompanyFactory, TechnologyFactory, SourceFactory]
each = pytest.mark.parametrize("make", FACTORIES)


def subject_of(row):
    return Subject(type(row).__name__.lower())


@each
def test_history_tells_of_the_survivor_and_of_the_end_of_the_other(make):
    survivor, other = pair(make)
    other_id = other.pk
    merge(plan(survivor, [other]), CAUSE)
    before, after = Revision.objects.of(subject_of(survivor), [survivor.pk])
    assert (before.editor_name, after.editor_name) == ("", "Ann")
    assert after.reason == "They are the same."
    formers = after.content.get("former_slugs") or after.content["former_keys"]
    assert formers == [getattr(other, "slug", None) or other.key]
    _began, ended = Revision.objects.of(subject_of(survivor), [other_id])
    assert (ended.action, ended.reason, ended.editor_name) == (
        Action.DELETED,
        "They are the same.",
        "Ann",
    )


@each
def test_what_came_in_unnoticed_before_is_nobodys(make):
    survivor, other = pair(make)
    subject = subject_of(survivor)
    merge(plan(survivor, [other]), CAUSE)
    third = make()
    type(survivor).objects.filter(pk=survivor.pk).update(
        **{"title" if make is SourceFactory else "name": "Renamed in SQL"}
    )
    survivor.refresh_from_db()
    merge(plan(survivor, [third]), CAUSE)
    names = [one.editor_name for one in Revision.objects.of(subject, [survivor.pk])]
    assert names == ["", "Ann", "", "Ann"]


@each
def test_the_last_revision_is_what_stands(make):
    survivor, other = pair(make)
    merge(plan(survivor, [other]), CAUSE)
    revision = Revision.objects.of(subject_of(survivor), [survivor.pk]).last()
    apply(subject_of(survivor), survivor.pk, revision.content, CAUSE)
    assert Revision.objects.of(subject_of(survivor), [survivor.pk]).last() == revision


def rich():
    """Two companies with something of everything that moves."""
    survivor, other = CompanyFactory(), CompanyFactory(summary="Makes things.")
    CitationFactory(claim=ClaimFactory(company=other))
    GapFactory(company=other)
    CompanyFactory(parent=other)
    CompanyListFactory(companies=[survivor, other])
    return survivor, other


@pytest.mark.parametrize("step", ["_keep_addresses", "_stamp", "record"])
def test_a_failure_on_the_way_changes_nothing(monkeypatch, step):
    survivor, other = rich()
    RevisionFactory()
    before, history = snapshot(), Revision.objects.count()
    module = "companies.merging.execution"
    calls = []

    def fail(*args):
        calls.append(args)
        raise ProtectedError("in use", {survivor})

    made = plan(survivor, [other])
    monkeypatch.setattr(f"{module}.{step}", fail)
    with pytest.raises(ProtectedError):
        merge(made, CAUSE)
    assert calls
    assert snapshot() == before
    assert Revision.objects.count() == history


CHANGES = {
    "the survivor": lambda survivor, other: Company.objects.get(pk=survivor.pk).save(),
    "the other": lambda survivor, other: Company.objects.get(pk=other.pk).save(),
    "a new claim": lambda survivor, other: ClaimFactory(company=other),
    "a claim that left": lambda survivor, other: Claim.objects.update(company=survivor),
    "a new finding": lambda survivor, other: GapFactory(company=other, claim_kind="decision"),
    "a subsidiary that left": lambda survivor, other: Company.objects.filter(parent=other).update(
        parent=None
    ),
    "the end of the other": lambda survivor, other: merge(plan(CompanyFactory(), [other]), CAUSE),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_since_the_plan_is_not_merged(change):
    survivor, other = rich()
    made = plan(survivor, [other])
    CHANGES[change](survivor, other)
    before = snapshot()
    with pytest.raises(PlanChangedError):
        merge(made, CAUSE)
    assert snapshot() == before


def test_a_plan_of_what_has_not_changed_is_the_same():
    survivor, other = rich()
    assert plan(survivor, [other]).fingerprint == plan(survivor, [other]).fingerprint
    assert plan(survivor, [other]).fingerprint != plan(other, [survivor]).fingerprint


def test_an_obstacle_forbids_it():
    survivor, other = CompanyFactory(status=Status.DRAFT), CompanyFactory()
    before = snapshot()
    with pytest.raises(ObstructedError):
        merge(plan(survivor, [other]), CAUSE)
    assert snapshot() == before


@each
def test_the_order_of_the_others_is_of_no_matter(make):
    survivor, first, second = make(), make(), make()
    forth, back = plan(survivor, [first, second]), plan(survivor, [second, first])
    assert forth.fingerprint == back.fingerprint
    merge(back, CAUSE)
    assert type(survivor).objects.get() == survivor


def make_claims(number):
    """Sources with so many claims and citations of each."""
    survivor, other = SourceFactory(), SourceFactory()
    for _ in range(number):
        CitationFactory(source=other, claim=ClaimFactory(source=survivor))
        CitationFactory(claim=ClaimFactory(source=other), source__publisher="Third")
        CitationFactory(source=other)
        GapFactory(source=other)
        CompanyListFactory(source=other)
    return survivor, other


@pytest.mark.parametrize("number", [1, 3])
def test_a_plan_costs_the_same_with_one_and_with_three_of_everything(
    django_assert_num_queries, number
):
    survivor, other = make_claims(number)
    with django_assert_num_queries(6):
        plan(survivor, [other])


@pytest.mark.parametrize("number", [1, 3])
def test_a_merge_costs_the_same_with_one_and_with_three_of_everything(
    django_assert_num_queries, number
):
    survivor, other = make_claims(number)
    made = plan(survivor, [other])
    # The search follows in 26; on PostgreSQL it also waits for who else writes to it.
    # Where the search follows, PostgreSQL also waits for who else writes to it.
    with django_assert_num_queries(127 + 2 * (connection.vendor == "postgresql")):
        merge(made, CAUSE)


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def run_both(self, first, second):
        """Each in a thread and on a connection of its own; what each raised, if anything."""
        start, ended = threading.Barrier(2), []

        def run(made):
            try:
                start.wait(timeout=10)
                merge(made, CAUSE)
                ended.append(None)
            except Exception as error:
                ended.append(type(error))
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=[made]) for made in (first, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        return ended

    @pytest.mark.parametrize("attempt", range(3))
    def test_of_the_same_one_happens(self, attempt):
        source, copy = make_claims(3)
        plans = [plan(source, [copy]), plan(source, [copy])]
        ended = self.run_both(*plans)
        assert sorted(map(str, ended)) == sorted(map(str, [None, PlanChangedError]))
        assert Source.objects.filter(pk=source.pk).exists()
        assert source.former_keys.get().key == copy.key

    @pytest.mark.parametrize("attempt", range(3))
    def test_into_each_other_leave_one(self, attempt):
        left, right = make_claims(3)
        ended = self.run_both(plan(left, [right]), plan(right, [left]))
        assert ended.count(None) == 1
        assert Source.objects.filter(pk__in=[left.pk, right.pk]).count() == 1
        assert Claim.objects.filter(source__in=[left.pk, right.pk]).count() == 6

    def test_a_claim_that_comes_in_meanwhile_waits_and_is_then_told(self):
        """On PostgreSQL the lock keeps new references out; SQLite has one writer."""
        if connection.vendor == "sqlite":
            assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
            return
        survivor, other = make_claims(1)
        company = CompanyFactory()
        locked, saved = threading.Event(), []

        def save_claim():
            locked.wait(timeout=10)
            try:
                ClaimFactory(company=company, source=Source(pk=other.pk, key="x"))
                saved.append("saved")
            except Exception as error:
                saved.append(type(error).__name__)
            finally:
                connections.close_all()

        thread = threading.Thread(target=save_claim)
        thread.start()
        original = execution._again

        def again(shown):
            locked.set()
            thread.join(timeout=0.5)
            assert saved == []
            return original(shown)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(execution, "_again", again)
            merge(plan(survivor, [other]), CAUSE)
        thread.join(timeout=10)
        assert saved == ["IntegrityError"]
