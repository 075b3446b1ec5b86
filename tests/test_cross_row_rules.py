from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, models, transaction

from companies import cross_row_rules
from companies.models import Claim, ClaimKind, CodebaseShare, Company, Source
from tests.factories import (
    ClaimFactory,
    CodebaseShareFactory,
    CompanyFactory,
    SourceFactory,
    TechnologyFactory,
)
from tests.models.walls import wall

pytestmark = pytest.mark.django_db


@contextmanager
def refused_by(rule):
    """The database refuses what is done within, by this rule and no other."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        yield
    assert wall(refusal.value) == rule


def share_claim(*percentages):
    shares = {f"Language {number}": share for number, share in enumerate(percentages)}
    return ClaimFactory(kind=ClaimKind.CODEBASE_SHARE, shares=shares)


def quote(**given):
    return ClaimFactory(kind=ClaimKind.QUOTE, **given)


class TestShares:
    @pytest.mark.parametrize(
        "percentages",
        [
            [100],
            [60, 40],
            [60, 40.5],
            [100, 0.5],
            [33.5, 33.5, 33.5],
            # As floats, which SQLite adds, these are a little more than 100.5.
            [46.094, 26.783, 27.623],
        ],
    )
    def test_up_to_100_5_percent_are_kept(self, percentages):
        claim = share_claim(*percentages)
        assert claim.shares.count() == len(percentages)

    @pytest.mark.parametrize("percentages", [[60, 40.501], [100, 0.501], [50, 50, 50]])
    def test_more_are_refused_when_inserted_one_by_one(self, percentages):
        with refused_by("shares_total"):
            share_claim(*percentages)

    def test_more_are_refused_when_inserted_at_once(self):
        claim = share_claim()
        shares = [
            CodebaseShare(claim=claim, technology=TechnologyFactory(), percentage=Decimal(51))
            for _ in range(2)
        ]
        with refused_by("shares_total"):
            CodebaseShare.objects.bulk_create(shares)

    def test_more_are_refused_when_inserted_in_raw_sql(self):
        claim, technology = share_claim(60), TechnologyFactory()
        with refused_by("shares_total"), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO companies_codebaseshare"
                " (claim_id, technology_id, version, percentage, qualifier)"
                " VALUES (%s, %s, '', 40.501, 'exactly')",
                [claim.pk, technology.pk],
            )

    def test_a_share_cannot_grow_beyond(self):
        share = share_claim(60, 40).shares.first()
        assert CodebaseShare.objects.filter(pk=share.pk).update(percentage=Decimal("60.5")) == 1
        with refused_by("shares_total"):
            CodebaseShare.objects.filter(pk=share.pk).update(percentage=Decimal("60.501"))

    def test_a_share_cannot_move_to_a_claim_that_is_full(self):
        share, full = CodebaseShareFactory(percentage=60), share_claim(0, 41)
        with refused_by("shares_total"):
            CodebaseShare.objects.filter(pk=share.pk).update(claim=full)
        assert CodebaseShare.objects.filter(pk=share.pk).update(claim=share_claim(0, 40)) == 1

    def test_shares_of_other_claims_do_not_count(self):
        claims = [share_claim(100), share_claim(100)]
        assert [claim.shares.get().percentage for claim in claims] == [100, 100]

    def test_a_share_that_shrinks_makes_room_for_another(self):
        large, small = share_claim(60, 40).shares.order_by("-percentage")
        for share, percentage in [(large, 30), (small, 70)]:
            share.percentage = percentage
            share.save()
        assert sum(small.claim.shares.values_list("percentage", flat=True)) == 100


class TestAncestry:
    @pytest.mark.parametrize("depth", [1, 2, 3, 4])
    def test_a_company_cannot_be_put_below_its_own_descendant(self, depth):
        top = company = CompanyFactory()
        for _ in range(depth):
            company = CompanyFactory(parent=company)
        with refused_by("company_ancestry"):
            Company.objects.filter(pk=top.pk).update(parent=company)

    def test_a_circle_further_up_is_refused_where_it_is_closed(self):
        above = CompanyFactory()
        below = CompanyFactory(parent=above)
        CompanyFactory(parent=below)
        with refused_by("company_ancestry"):
            Company.objects.filter(pk=above.pk).update(parent=below)

    def test_a_circle_inserted_at_once_is_refused(self):
        first, second = CompanyFactory.build_batch(2)
        first.pk, second.pk = 101, 102
        first.parent, second.parent = second, first
        with refused_by("company_ancestry"):
            Company.objects.bulk_create([first, second])

    def test_a_company_may_change_parents_and_share_one(self):
        top = CompanyFactory()
        left, right = CompanyFactory.create_batch(2, parent=top)
        assert Company.objects.filter(pk=left.pk).update(parent=right) == 1
        assert Company.objects.filter(pk=left.pk).update(parent=None) == 1
        assert Company.objects.filter(pk=top.pk).update(parent=left) == 1


class TestAttribution:
    @pytest.mark.parametrize("speaker", ["", " ", "\t", "\r\n"])
    @pytest.mark.parametrize("author", ["", " ", "\t\n"])
    def test_a_quote_that_nobody_says_is_refused(self, speaker, author):
        source = SourceFactory(author=author)
        with refused_by("quote_attribution"):
            quote(speaker=speaker, source=source)

    def test_a_speaker_or_an_author_is_enough(self):
        assert quote(speaker="Ada Lovelace").said_by == "Ada Lovelace"
        assert quote(speaker="", source__author="Jean Jennings").said_by == "Jean Jennings"

    def test_other_kinds_need_neither(self):
        assert ClaimFactory(quotation="We use Python.").said_by == ""

    def test_the_speaker_cannot_be_taken_away(self):
        claim = quote()
        with refused_by("quote_attribution"):
            Claim.objects.filter(pk=claim.pk).update(speaker="")

    def test_a_claim_of_another_kind_cannot_become_a_quote_of_nobody(self):
        claim = ClaimFactory(quotation="We use Python.")
        with refused_by("quote_attribution"):
            Claim.objects.filter(pk=claim.pk).update(kind=ClaimKind.QUOTE)

    def test_a_quote_of_the_author_cannot_move_to_a_source_without_one(self):
        claim = quote(speaker="", source__author="Ada Lovelace")
        with refused_by("quote_attribution"):
            Claim.objects.filter(pk=claim.pk).update(source=SourceFactory())

    @pytest.mark.parametrize("author", ["", "  ", "\n"])
    def test_the_author_whom_a_quote_needs_cannot_be_taken_away(self, author):
        claim = quote(speaker="", source__author="Ada Lovelace")
        with refused_by("source_author_needed"):
            Source.objects.filter(pk=claim.source_id).update(author=author)
        assert Source.objects.filter(pk=claim.source_id).update(author="A. Lovelace") == 1

    def test_an_author_whom_no_quote_needs_can_be_taken_away(self):
        source = SourceFactory(author="Ada Lovelace")
        quote(source=source)
        ClaimFactory(source=source)
        assert Source.objects.filter(pk=source.pk).update(author="") == 1

    def test_an_authorless_source_cannot_be_slipped_under_a_quote(self):
        source = SourceFactory.build(pk=987_654)
        claim = quote(speaker="", source__author="Ada Lovelace")
        with refused_by("source_author_needed"):
            # References are checked at the end of the transaction, so that this one may come first.
            Claim.objects.filter(pk=claim.pk).update(source=source)
            Source.objects.bulk_create([source])


@pytest.mark.django_db(transaction=True)
class TestTwoWriters:
    """A rule holds although each of two transactions sees only what it does itself."""

    @pytest.fixture
    def other(self):
        """A second connection, which gives up soon instead of waiting for the first one."""
        other = connection.copy()
        patience = {"sqlite": "PRAGMA busy_timeout = 1", "postgresql": "SET lock_timeout = 50"}
        with other.cursor() as cursor:
            cursor.execute(patience[other.vendor])
        yield other
        other.close()

    def change(self, other, objects, **values):
        """`objects.update(…)` on the second connection."""
        query = objects.query.chain(models.sql.UpdateQuery)
        query.add_update_values(values)
        sql, params = query.get_compiler(connection=other).as_sql()
        with other.cursor() as cursor:
            cursor.execute(sql, params)

    def has_to_wait_and_is_then_refused(self, rule, other, first, second):
        (objects, values), (others, other_values) = first, second
        with transaction.atomic():
            assert objects.update(**values) == 1
            with pytest.raises(OperationalError):
                self.change(other, others, **other_values)
        with pytest.raises(IntegrityError) as refusal:
            self.change(other, others, **other_values)
        assert wall(refusal.value) == rule

    def test_shares_of_one_claim(self, other):
        claim = share_claim(40, 40)
        self.has_to_wait_and_is_then_refused(
            "shares_total",
            other,
            *((claim.shares.filter(pk=pk), {"percentage": 60}) for pk in pks(claim.shares)),
        )

    def test_parents_that_close_a_circle(self, other):
        left, right = CompanyFactory.create_batch(2)
        self.has_to_wait_and_is_then_refused(
            "company_ancestry",
            other,
            (Company.objects.filter(pk=left.pk), {"parent": right}),
            (Company.objects.filter(pk=right.pk), {"parent": left}),
        )

    def test_a_speaker_and_an_author(self, other):
        claim = quote(source__author="Ada Lovelace")
        speaker = (Claim.objects.filter(pk=claim.pk), {"speaker": ""})
        author = (Source.objects.filter(pk=claim.source_id), {"author": ""})
        self.has_to_wait_and_is_then_refused("source_author_needed", other, speaker, author)

    def test_an_author_and_a_speaker(self, other):
        claim = quote(source__author="Ada Lovelace")
        speaker = (Claim.objects.filter(pk=claim.pk), {"speaker": ""})
        author = (Source.objects.filter(pk=claim.source_id), {"author": ""})
        self.has_to_wait_and_is_then_refused("quote_attribution", other, author, speaker)


def pks(objects):
    return objects.values_list("pk", flat=True)


class TestInstallation:
    def test_migrate_puts_lost_triggers_back(self):
        cross_row_rules.remove(connection)
        assert cross_row_rules.missing(connection) == list(cross_row_rules.NAMES)
        share_claim(60, 60)
        CodebaseShare.objects.all().delete()
        call_command("migrate", verbosity=0)
        assert cross_row_rules.missing(connection) == []
        with refused_by("shares_total"):
            share_claim(60, 60)

    def test_installing_twice_changes_nothing(self):
        cross_row_rules.install(connection)
        cross_row_rules.install(connection)
        assert cross_row_rules.missing(connection) == []

    @pytest.mark.parametrize("rule", cross_row_rules.NAMES)
    def test_half_a_rule_counts_as_missing(self, rule):
        table = {"postgresql": " ON " + self.table_of(rule), "sqlite": ""}[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {rule}_update{table}")
        assert cross_row_rules.missing(connection) == [rule]

    @pytest.mark.django_db(transaction=True)
    def test_migrations_run_backwards_and_forwards_past_the_triggers(self):
        call_command("migrate", "companies", "zero", verbosity=0)
        assert cross_row_rules.missing(connection) == list(cross_row_rules.NAMES)
        assert not cross_row_rules.TABLES & set(connection.introspection.table_names())
        call_command("migrate", verbosity=0)
        assert cross_row_rules.missing(connection) == []
        with refused_by("shares_total"):
            CodebaseShareFactory(claim=share_claim(60))

    def table_of(self, rule):
        return next(found.table for found in cross_row_rules._RULES if found.name == rule)
