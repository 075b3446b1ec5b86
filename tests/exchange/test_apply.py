"""The small catalogue, changed in every way and brought back."""

import datetime
from decimal import Decimal

import pytest

from companies.exchange.apply import apply
from companies.exchange.problem import CatalogueError
from companies.exchange.snapshot import snapshots, subject_of
from companies.models import (
    Claim,
    Company,
    CompanyList,
    Domain,
    Logo,
    Revision,
    Source,
    Subject,
    Technology,
)
from tests.exchange.changing import ANN, count, last, save
from tests.exchange.snapshots import snapshot
from tests.factories import (
    CitationFactory,
    ClaimTechnologyFactory,
    CompanyAliasFactory,
    CompanyFactory,
    GapFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def claim(number):
    return Claim.objects.get(key=f"acme-0{number}")


def acme():
    return Company.objects.get(slug="acme")


def the_list():
    return CompanyList.objects.get()


def content(row):
    return snapshots(subject_of(type(row)), [row.pk])[row.pk].content


def revert(row, revision):
    apply(revision.subject, row.pk, revision.content, ANN)


def refused(row, wanted):
    """Why the row can't become so; nothing at all may have changed."""
    before, revisions = snapshot(), count()
    with pytest.raises(CatalogueError) as caught:
        apply(subject_of(type(row)), row.pk, wanted, ANN)
    assert (snapshot(), count()) == (before, revisions)
    return caught.value.in_short


def spoil_text(row):
    save(row, text="Another.", domain=None, scope="", checked_on=None, checked_by="")


def spoil_parts(row):
    row.claim_technologies.all().delete()
    row.citations.update(agreement="contradicts", note="")
    ClaimTechnologyFactory(claim=row, role="rejected")
    CitationFactory(claim=row)
    save(row)


def swap_shares(row):
    first, second = row.shares.all()
    first.technology, second.technology = second.technology, first.technology
    first.save()
    second.save()
    save(row)


def swap_percentages(row):
    python, java = row.shares.all()
    python.percentage, java.percentage = Decimal("0.001"), Decimal(95)
    python.save()
    java.save()
    save(row)


def spoil_company(row):
    row.aliases.first().delete()
    CompanyAliasFactory(company=row)
    row.gaps.all().delete()
    GapFactory(company=row)
    save(row, name="Acme, Inc.", parent=None, founded="")


def spoil_list(row):
    row.entries.first().delete()
    row.entries.update(note="Alone.")
    save(row, source=None, title="Another")


WAYS = [
    (lambda: claim(1), spoil_text),
    (lambda: claim(1), spoil_parts),
    (lambda: claim(1), lambda row: row.citations.all().delete() and save(row)),
    (lambda: claim(2), swap_shares),
    (lambda: claim(2), swap_percentages),
    (lambda: claim(2), lambda row: row.shares.all().delete() and save(row, kind="use_case")),
    (lambda: claim(3), lambda row: save(row, figure_value=Decimal("0.000001"), figure_before=None)),
    (lambda: claim(4), lambda row: save(row, status="published", speaker_role="")),
    (acme, spoil_company),
    (lambda: Source.objects.get(key="acme-post"), lambda row: save(row, accessed_on=None, note="")),
    (lambda: Technology.objects.get(slug="python"), lambda row: save(row, name="Py", website="")),
    (Domain.objects.get, lambda row: save(row, name="Another")),
    (the_list, spoil_list),
]


@pytest.mark.parametrize(("find", "spoil"), WAYS)
def test_an_entry_goes_back_with_all_its_rows_as_one_revision_with_its_cause(loaded, find, spoil):
    row, others = find(), snapshot()
    first, before = last(row), content(row)
    spoil(row)
    assert content(row) != before
    revisions, updated = count(), find().updated
    revert(row, first)
    assert content(row) == before
    assert count() == revisions + 1
    newest = last(row)
    assert (newest.content, newest.editor_name, newest.reason) == (first.content, "Ann", ANN.reason)
    assert find().updated > updated
    main = (type(row).__name__, row.pk)
    entries = {"Claim", "Company", "Source", "Technology", "Domain", "CompanyList"}
    now = snapshot()
    touched = {key for key, value in others.items() if now.get(key) != value}
    assert {key for key in touched if key[0] in entries} == {main}
    # The same once more is no change.
    revert(row, first)
    assert count() == revisions + 1


def test_what_came_in_unnoticed_is_not_said_to_be_the_reverts(loaded):
    first = last(claim(1))
    Claim.objects.filter(key="acme-01").update(text="Written behind its back.")
    revert(claim(1), first)
    unnoticed, reverted = Revision.objects.order_by("pk")[count() - 2 :]
    assert unnoticed.content["text"] == "Written behind its back."
    assert (unnoticed.editor_name, unnoticed.reason) == ("", "")
    assert (reverted.content, reverted.editor_name) == (first.content, "Ann")


@pytest.mark.parametrize("had_logo", [True, False])
def test_a_logo_comes_back_or_goes_also_when_nothing_else_changed(loaded, had_logo):
    logo = Logo.objects.keep(b"a picture")
    save(acme(), logo=logo if had_logo else None)
    first, revisions = last(acme()), count()
    save(acme(), logo=None if had_logo else logo)
    revert(acme(), first)
    assert acme().logo == (logo if had_logo else None)
    assert (last(acme()).editor_name, count()) == ("Ann", revisions + 2)


def test_a_logo_that_is_not_kept_any_more_is_not_quietly_left_out(loaded):
    assert refused(acme(), content(acme()) | {"logo": "0" * 32}) == "Its logo is not kept any more"


def test_keys_and_addresses_stay(loaded):
    row = acme()
    first = last(row)
    save(row, slug="acme-inc")
    revert(row, first)
    row.refresh_from_db()
    assert row.slug == "acme-inc"
    assert [former.slug for former in row.former_slugs.all()] == ["acme-corp", "acme"]
    apply(Subject.CLAIM, claim(1).pk, content(claim(1)) | {"key": "other", "text": "New."}, ANN)
    assert claim(1).text == "New."


def test_a_claim_goes_back_though_its_company_was_renamed(loaded):
    first = last(claim(1))
    save(acme(), slug="acme-inc")
    save(claim(1), text="Another.")
    revert(claim(1), first)
    assert (claim(1).text, claim(1).company.slug) == (first.content["text"], "acme-inc")


def test_lists_and_subsidiaries_go_back_though_a_company_was_renamed(loaded):
    company_list, first = the_list(), last(the_list())
    child = last(acme())
    save(Company.objects.get(slug="bolt"), slug="nut")
    company_list.entries.all().delete()
    save(company_list)
    save(acme(), parent=None)
    revert(company_list, first)
    revert(acme(), child)
    entries = company_list.entries.values_list("company__slug", flat=True)
    assert (list(entries), acme().parent.slug) == (["nut", "acme"], "nut")


def test_a_claim_that_was_moved_goes_back_to_its_company(loaded):
    first = last(claim(1))
    save(claim(1), company=CompanyFactory(slug="other"))
    assert last(claim(1)).content["company"] == "other"
    revert(claim(1), first)
    assert claim(1).company == acme()


def test_a_source_that_is_gone_is_named_and_nothing_changes(loaded):
    source = SourceFactory(key="gone")
    CitationFactory(claim=claim(1), source=source)
    (wanted,) = save(claim(1))
    claim(1).citations.filter(source=source).delete()
    save(claim(1))
    source.delete()
    said = refused(claim(1), wanted.content | {"text": "Would be new."})
    assert said == "citations[2].source: there is no source “gone”"


@pytest.mark.parametrize(
    ("find", "wanted", "said"),
    [
        (lambda: claim(1), {"source": "gone"}, "source: there is no source “gone”"),
        (lambda: claim(1), {"domain": "gone"}, "domain: there is no domain “gone”"),
        (lambda: claim(1), {"company": "gone"}, "There is no company “gone” any more"),
        (
            lambda: claim(1),
            {"technologies": [{"technology": "gone", "role": "uses"}]},
            "technologies[1].technology: there is no technology “gone”",
        ),
        (lambda: claim(1), {"text": " "}, "text: is empty: write something"),
        (lambda: claim(1), {"as_of": "2999"}, "as_of: 2999 lies in the future"),
        (lambda: claim(1), {"unheard_of": 1}, "unheard_of: "),
        (acme, {"parent": "gone"}, "parent: there is no company “gone”"),
        (acme, {"parent": "acme"}, "parent: a company can't be its own parent"),
        (the_list, {"source": "gone"}, "source: there is no source “gone”"),
        (
            the_list,
            {"entries": [{"company": "gone"}]},
            "entries[1].company: there is no company “gone”",
        ),
        (
            lambda: Technology.objects.get(slug="python"),
            {"name": "JAVA"},
            "name: java in the database has the same",
        ),
        (
            lambda: Source.objects.get(key="news"),
            {"url": "https://acme.example/post"},
            "url: acme-post in the database has the same",
        ),
    ],
)
def test_a_content_that_cant_be_is_refused_in_a_sentence(loaded, find, wanted, said):
    assert refused(find(), content(find()) | wanted).startswith(said)


def test_a_company_does_not_become_its_own_ancestor_by_going_back(loaded):
    first = last(acme())
    save(acme(), parent=None)
    save(Company.objects.get(slug="bolt"), parent=acme())
    assert refused(acme(), first.content) == "parent: makes the company its own ancestor"


def test_an_author_on_whom_a_quote_rests_stays(loaded):
    save(claim(4), speaker="", speaker_role="")
    source = Source.objects.get(key="acme-post")
    without = {name: value for name, value in content(source).items() if name != "author"}
    assert "acme-04 in the database is a quote that names no speaker" in refused(source, without)


def test_what_only_the_database_refuses_is_a_sentence_too(loaded, monkeypatch):
    monkeypatch.setattr("companies.exchange.rules.on_claim", lambda *_: iter(()))
    shares = [
        {"technology": "python", "percentage": share, "qualifier": "about"} for share in (90, 80)
    ]
    shares[1]["technology"] = "java"
    said = refused(claim(2), content(claim(2)) | {"shares": shares})
    assert said == "The shares of a claim add up to more than 100 percent"


def test_a_gap_and_a_day_come_back_as_they_were(loaded):
    first = last(acme())
    acme().gaps.update(looked_on=datetime.date(2020, 1, 1), source=None, finding="unknown")
    save(acme())
    revert(acme(), first)
    gap = acme().gaps.get()
    assert (gap.looked_on, gap.source.key, gap.finding) == (
        datetime.date(2026, 1, 15),
        "acme-post",
        "none",
    )
