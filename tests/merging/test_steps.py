import pytest

from companies.evidence import Tier
from companies.merging import plan
from companies.models import Company
from tests.factories import CompanyFactory, LogoFactory, SourceFactory, TechnologyFactory

pytestmark = pytest.mark.django_db


def left(survivor, *others):
    return [(one.label, one.words, one.origin) for one in plan(survivor, others).left]


def test_what_is_not_taken_over_is_named(db):
    post = SourceFactory(title="Post", publisher="Blog", author="Ada", tier=Tier.PRIMARY)
    copy = SourceFactory(
        title="Post", publisher="Press", author="A. L.", tier=Tier.SECONDARY, note="Longer."
    )
    assert left(post, copy) == [
        ("URL", copy.url, copy),
        ("Publisher", "Press", copy),
        ("Tier", Tier.SECONDARY.label, copy),
        ("Author", "A. L.", copy),
    ]


def test_of_two_that_could_fill_a_field_the_second_is_left():
    survivor, first, second = TechnologyFactory(), TechnologyFactory(), TechnologyFactory()
    for technology in (first, second):
        technology.summary = f"Summary of {technology.name}."
        technology.save()
    assert ("Summary", second.summary, second) in left(survivor, second, first)
    assert plan(survivor, [second, first]).filled_value("summary") == first.summary


def test_another_parent_and_logo_are_left():
    top = CompanyFactory(name="Top")
    survivor = CompanyFactory(parent=top, logo=LogoFactory())
    same = CompanyFactory(parent=top, logo=survivor.logo)
    other = CompanyFactory(parent=CompanyFactory(name="Elsewhere"), logo=LogoFactory())
    assert left(survivor, same, other) == [
        ("Parent", "Elsewhere", other),
        ("Logo", "another logo", other),
    ]


def test_a_plan_of_what_has_not_changed_has_the_same_fingerprint():
    survivor, other = CompanyFactory(), CompanyFactory()
    first = plan(survivor, [other]).fingerprint
    assert plan(*_again(survivor, other)).fingerprint == first
    Company.objects.get(pk=other.pk).save()
    assert plan(*_again(survivor, other)).fingerprint != first
    assert plan(other, [survivor]).fingerprint != first


def _again(survivor, other):
    return Company.objects.get(pk=survivor.pk), [Company.objects.get(pk=other.pk)]
