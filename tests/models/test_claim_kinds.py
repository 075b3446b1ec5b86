from collections import Counter

import pytest

from companies.models import Claim, ClaimKind, Quote, Status, claim_kinds
from tests.factories import ClaimFactory

PROXIES = [
    proxy
    for proxy in vars(claim_kinds).values()
    if isinstance(proxy, type) and issubclass(proxy, Claim) and proxy is not Claim
]


def test_every_kind_has_exactly_one_form():
    kinds = Counter(kind for proxy in PROXIES for kind in proxy.kinds)
    assert kinds == Counter(ClaimKind)


@pytest.mark.parametrize("proxy", PROXIES, ids=lambda proxy: proxy.__name__)
@pytest.mark.django_db
def test_a_proxy_holds_the_claims_of_its_kinds(proxy):
    assert proxy._meta.proxy
    for kind in ClaimKind:
        ClaimFactory(kind=kind)
    assert Counter(claim.kind for claim in proxy.objects.all()) == Counter(proxy.kinds)


@pytest.mark.django_db
def test_a_proxy_speaks_the_vocabulary_of_claims():
    shown = ClaimFactory(kind=ClaimKind.QUOTE)
    ClaimFactory(kind=ClaimKind.QUOTE, status=Status.DRAFT)
    ClaimFactory()
    assert [quote.pk for quote in Quote.objects.published().with_parts()] == [shown.pk]
