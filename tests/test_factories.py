import pytest
from django.apps import apps
from django.contrib.auth.models import User
from factory.django import DjangoModelFactory

from companies.models import ClaimKind
from tests import factories
from tests.models.walls import DERIVED

pytestmark = pytest.mark.django_db

FACTORIES = {
    factory._meta.model: factory
    for factory in vars(factories).values()
    if isinstance(factory, type)
    and issubclass(factory, DjangoModelFactory)
    and factory is not DjangoModelFactory
}


def test_every_model_has_a_factory():
    models = {
        model for model in apps.get_app_config("companies").get_models() if not model._meta.proxy
    }
    assert set(FACTORIES) - {User} == models - set(DERIVED)


@pytest.mark.parametrize("factory", FACTORIES.values(), ids=lambda factory: factory.__name__)
def test_what_a_factory_makes_is_valid(factory):
    factory().full_clean()


@pytest.mark.parametrize("kind", ClaimKind)
def test_a_claim_of_any_kind_is_valid(kind):
    factories.ClaimFactory(kind=kind).full_clean()
