import pytest

from companies.models import Technology, TechnologyKind
from tests.factories import ClaimFactory, TechnologyFactory

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
