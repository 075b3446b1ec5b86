import pytest
from django.core.exceptions import ValidationError

from companies.models import FormerTechnologySlug, Technology, TechnologyKind
from tests.factories import ClaimFactory, FormerTechnologySlugFactory, TechnologyFactory

pytestmark = pytest.mark.django_db


def names(technologies):
    return [technology.name for technology in technologies]


def test_most_used_counts_companies_and_then_goes_by_name_whatever_its_case():
    for name, companies in (("Java", 1), ("Python", 3), ("apl", 0), ("Ada", 0)):
        technology = TechnologyFactory(name=name)
        ClaimFactory.create_batch(companies, technologies=[technology])
    assert names(Technology.objects.most_used()) == ["Python", "Java", "Ada", "apl"]


def test_matching_narrows_by_text_and_kind_and_sorts():
    for name, kind in (("Jython", "language"), ("Python", "language"), ("PyTorch", "library")):
        TechnologyFactory(name=name, kind=kind)
    ClaimFactory(technologies=["Python"])
    matching = Technology.objects.matching
    assert names(matching()) == ["Python", "Jython", "PyTorch"]
    assert names(matching(sort="name")) == ["Jython", "Python", "PyTorch"]
    assert names(matching(q="PY")) == ["Python", "PyTorch"]
    assert names(matching(q="torch")) == ["PyTorch"]
    assert names(matching(kind=TechnologyKind.LANGUAGE)) == ["Python", "Jython"]


def test_the_slug_is_the_address():
    assert TechnologyFactory.build(slug="cpp").get_absolute_url() == "/technologies/cpp/"


class TestFormerSlugs:
    def test_one_is_refused_for_a_new_technology_and_told_at_the_slug(self):
        FormerTechnologySlugFactory(slug="golang", technology__name="Go")
        with pytest.raises(ValidationError) as refusal:
            TechnologyFactory.build(slug="golang").full_clean()
        assert refusal.value.message_dict == {
            "slug": ["This address redirects to Go: choose another."]
        }

    def test_one_that_a_technology_has_now_is_refused_and_told(self):
        go = TechnologyFactory(slug="go")
        with pytest.raises(ValidationError) as refusal:
            FormerTechnologySlug(technology=go, slug="go").full_clean()
        assert refusal.value.message_dict == {"slug": ["A technology has this address now."]}
