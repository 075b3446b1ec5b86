from tests.factories import DomainFactory


def test_the_slug_is_the_address():
    assert DomainFactory.build(slug="web-back-ends").get_absolute_url() == "/domains/web-back-ends/"
