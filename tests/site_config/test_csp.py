import pytest
from django.http import HttpResponse

from site_config.csp import ContentSecurityPolicyMiddleware, policy

HEADER = "Content-Security-Policy"


def test_policy_joins_directives_in_order():
    directives: dict[str, list[str] | str | bool | None] = {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "base-uri": "'none'",
        "upgrade-insecure-requests": True,
        "font-src": None,
        "sandbox": False,
    }
    assert policy(directives) == (
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; upgrade-insecure-requests"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/login/", "/no-such-page/"])
def test_every_page_carries_the_policy(client, path):
    value = client.get(path).headers[HEADER]
    assert "default-src 'self'" in value
    assert "frame-ancestors 'none'" in value
    assert "unsafe" not in value


def test_a_view_may_bring_its_own_policy(rf):
    middleware = ContentSecurityPolicyMiddleware(
        lambda request: HttpResponse(headers={HEADER: "default-src 'none'"})
    )
    assert middleware(rf.get("/")).headers[HEADER] == "default-src 'none'"


@pytest.mark.parametrize(
    ("debug", "status", "expected"),
    [(True, 500, False), (True, 404, False), (True, 200, True), (False, 500, True)],
)
def test_only_djangos_debug_pages_go_without(rf, settings, debug, status, expected):
    settings.DEBUG = debug
    middleware = ContentSecurityPolicyMiddleware(lambda request: HttpResponse(status=status))
    assert (HEADER in middleware(rf.get("/")).headers) is expected
