"""From upload to history: states, one transaction, and nothing but what the preview showed."""

import pytest

from companies.exchange.flat_rows import flatten
from companies.exchange.revisions import NOBODY, record
from companies.exchange.snapshot import snapshots
from companies.importing import work
from companies.models import (
    Claim,
    Company,
    ImportRun,
    ImportState,
    Revision,
    Source,
    Subject,
    Technology,
)
from companies.models.revision import as_stored
from tests.exchange.small_catalogue import CLAIMS
from tests.factories import ClaimFactory, DomainFactory, UserFactory
from tests.import_files import (
    CLAIM,
    acme,
    as_csv,
    checked,
    confirmed,
    imported,
    worked,
)

pytestmark = pytest.mark.django_db


class TestAnImport:
    def test_writes_what_the_preview_showed_and_forgets_the_upload(self):
        acme()
        run = imported(as_csv(CLAIM, CLAIM | {"key": "acme-02"}))
        assert (run.state, run.new_count, run.note) == ("done", 2, "")
        assert bytes(run.upload) == b""
        assert not run.rows.exists()
        assert set(Claim.objects.values_list("key", "title")) == {
            ("acme-01", "Back end"),
            ("acme-02", "Back end"),
        }

    def test_twice_changes_nothing_the_second_time(self):
        acme()
        imported(as_csv(CLAIM))
        before = Claim.objects.get().updated
        run = imported(as_csv(CLAIM))
        assert (run.state, run.unchanged_count) == ("done", 1)
        assert Claim.objects.get().updated == before
        assert Revision.objects.of(Subject.CLAIM, [Claim.objects.get().pk]).count() == 1

    def test_of_every_kind_is_written(self):
        source = {
            "key": "post",
            "url": "https://example.org/post",
            "title": "Post",
            "publisher": "Acme",
            "kind": "article",
            "tier": "primary",
        }
        imported(as_csv(source), kind="sources")
        imported(b"slug,name,kind\npython,Python,language\n", kind="technologies")
        imported(b"slug,name,kind,aliases.1\nacme,Acme,company,Acme Inc\n", kind="companies")
        assert Source.objects.get().key == "post"
        assert Technology.objects.get().slug == "python"
        assert Company.objects.get().aliases.get().name == "Acme Inc"

    def test_writes_one_revision_for_each_entry_that_changes_with_who_and_why(self):
        company = acme()
        claims = [
            ClaimFactory(company=company, key=f"acme-0{number}", text="The back end is Python.")
            for number in (1, 2)
        ]
        record(Subject.CLAIM, [claim.pk for claim in claims], NOBODY)
        editor = UserFactory(first_name="Ann", last_name="Lee")
        run = checked(
            b"key,title\nacme-01,Another\nacme-02," + claims[1].title.encode(), reason="Why not."
        )
        work.confirm(run, run.digest, editor)
        worked(run)
        (last,) = Revision.objects.filter(subject=Subject.CLAIM, reason="Why not.")
        assert (last.name, last.action, last.editor) == ("acme-01", "changed", editor)
        assert last.editor_name == "Ann Lee"
        assert last.was_public
        assert Revision.objects.filter(subject=Subject.CLAIM).count() == 3

    def test_is_not_named_for_what_came_in_unnoticed(self):
        claim = ClaimFactory(company=acme(), key="acme-01")
        record(Subject.CLAIM, [claim.pk], NOBODY)
        Claim.objects.update(note="By raw SQL.")
        imported(b"key,title\nacme-01,Another\n", reason="Why not.")
        first, unnoticed, last = Revision.objects.of(Subject.CLAIM, [claim.pk])
        assert (first.reason, unnoticed.reason, last.reason) == ("", "", "Why not.")
        assert (unnoticed.content["note"], unnoticed.content["title"]) == (
            "By raw SQL.",
            claim.title,
        )

    def test_of_claims_records_exactly_what_stands_then(self):
        """The one revision that isn't read back from the database is as if it were."""
        acme()
        DomainFactory(slug="web-backend")
        Source.objects.filter(key="post").update(key="acme-post")
        Technology.objects.create(slug="java", name="Java", kind="language")

        rows = [flatten(work.KINDS["claims"].table_type, {"company": "acme", **c}) for c in CLAIMS]
        imported(as_csv(*rows))
        ids = list(Claim.objects.values_list("pk", flat=True))
        assert len(ids) == len(CLAIMS)
        stand = {pk: as_stored(one.content) for pk, one in snapshots(Subject.CLAIM, ids).items()}
        latest = Revision.objects.latest_of(Subject.CLAIM, ids)
        assert {pk: revision.content for pk, revision in latest.items()} == stand
        assert {r.company_id for r in latest.values()} == {Company.objects.get().pk}
        # Another record finds nothing new.
        assert record(Subject.CLAIM, ids, NOBODY) == []


class TestAClaimWithoutAKey:
    def test_gets_the_next_number_of_its_company(self):
        ClaimFactory(company=acme(), key="acme-07")
        imported(as_csv(CLAIM | {"key": ""}, CLAIM | {"key": ""}))
        assert set(Claim.objects.values_list("key", flat=True)) == {
            "acme-07",
            "acme-08",
            "acme-09",
        }
        names = Revision.objects.filter(subject=Subject.CLAIM).values_list("name", "content__key")
        assert set(names) == {("acme-08", "acme-08"), ("acme-09", "acme-09")}

    def test_leaves_the_keys_alone_that_later_rows_give(self):
        acme()
        rows = [CLAIM | {"key": ""}, *(CLAIM | {"key": f"acme-{n:02d}"} for n in range(1, 600))]
        imported(as_csv(*rows))
        assert Claim.objects.count() == 600
        assert Claim.objects.filter(key="acme-600").exists()

    def test_needs_no_column_of_keys(self):
        acme()
        imported(as_csv({name: cell for name, cell in CLAIM.items() if name != "key"}))
        assert Claim.objects.get().key == "acme-01"


class TestAConfirmation:
    def test_is_taken_once(self):
        acme()
        run = checked(as_csv(CLAIM))
        same = ImportRun.objects.get(pk=run.pk)
        assert [confirmed(run), confirmed(same)] == [True, False]

    def test_of_another_preview_is_not_taken(self):
        acme()
        run = checked(as_csv(CLAIM))
        assert not confirmed(run, "0" * 64)
        run.refresh_from_db()
        assert run.state == "ready"

    @pytest.mark.parametrize("state", [s for s in ImportState if s != ImportState.READY])
    def test_is_taken_only_by_a_run_that_is_ready(self, state):
        acme()
        run = checked(as_csv(CLAIM))
        ImportRun.objects.update(state=state)
        assert not confirmed(run)

    def test_of_refused_rows_is_impossible(self):
        run = checked(as_csv(CLAIM))
        assert run.state == "refused"
        assert not confirmed(run)

    @pytest.mark.parametrize(
        "change",
        [
            lambda: Claim.objects.update(title="By somebody else"),
            lambda: Claim.objects.get().delete(),
            lambda: ClaimFactory(company=Company.objects.get(slug="acme"), key="acme-02"),
            lambda: Source.objects.filter(key="news").delete(),
        ],
        ids=["changed", "deleted", "added", "source gone"],
    )
    def test_of_a_catalogue_that_has_changed_gives_a_new_preview(self, change):
        company = acme()
        ClaimFactory(company=company, key="acme-01", source=Source.objects.get(key="post"))
        run = checked(as_csv(CLAIM, CLAIM | {"key": "acme-02", "source": "news"}))
        first = run.digest
        assert confirmed(run)
        change()
        titles = set(Claim.objects.values_list("title", flat=True))
        worked(run)
        assert run.state in ("ready", "refused")
        assert run.digest != first
        assert run.note == work.CHANGED_SINCE
        assert set(Claim.objects.values_list("title", flat=True)) == titles
        assert not Revision.objects.filter(reason=run.reason).exists()

    def test_of_the_new_preview_is_taken(self):
        ClaimFactory(company=acme(), key="acme-01")
        run = checked(b"key,title\nacme-01,Another\n")
        confirmed(run)
        Claim.objects.update(note="By somebody else")
        assert worked(run).state == "ready"
        assert confirmed(run)
        assert worked(run).state == "done"
        assert Claim.objects.values_list("title", "note").get() == ("Another", "By somebody else")
