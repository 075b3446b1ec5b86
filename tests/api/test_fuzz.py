"""Requests made up from the OpenAPI document: none breaks the site, is answered in a way that the
document doesn't tell, or has an answer of another shape.

`FUZZ_EXAMPLES` is how many are made up for each address and each of the two modes.
"""

import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from companies.api.document import document
from companies.exchange.revisions import record_missing
from site_config.wsgi import application
from tests.promises.small_site import small_site

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "25"))
BUDGET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
# What no schema can tell: whether there is such an entry, and whose cursor it is.
KNOWN_ONLY_HERE = {
    *("cursor", "fields", "technology", "domain", "industry", "company", "source"),
    *("role", "companies"),
}
PATHS = list(document()["paths"])


@pytest.fixture
def api():
    """The API in this process and this transaction, as Django's own test client asks it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    schema = schemathesis.openapi.from_dict(
        document() | {"servers": [{"url": "http://testserver"}]}
    )
    schema.app = application
    yield schema
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def entries():
    """By the path of the address, an entry that is there."""
    site = small_site()
    record_missing()
    return {
        "companies": {"slug": site.company.slug},
        "claims": {"key": site.claim.key},
        "technologies": {"slug": site.technology.slug},
        "domains": {"slug": site.domain.slug},
        "sources": {"key": site.source.key},
        "lists": {"slug": site.company_list.slug},
    }


def ask(case):
    """Raises whatever of the document the answer doesn't keep."""
    answer = case.call(headers={"Accept-Encoding": "identity"})
    case.validate_response(answer, excluded_checks=[positive_data_acceptance])
    return answer


@pytest.mark.parametrize("path", PATHS)
def test_requests_as_the_document_allows_them_are_answered_as_it_says(api, entries, path):
    there = entries.get(path.split("/")[3], {})
    statuses = set()

    @BUDGET
    @given(case=api[path]["GET"].as_strategy(), is_there=st.booleans())
    def try_out(case, is_there):
        if is_there and case.path_parameters:
            case.path_parameters = there
        answer = ask(case)
        statuses.add(answer.status_code)
        if answer.status_code in (400, 422):
            problem = answer.json()
            wrong = {error["parameter"] for error in problem.get("errors", [])} or {"cursor"}
            # One of several has to be given, which no schema of parameters can say.
            only_here = KNOWN_ONLY_HERE | ({"q"} if path.endswith("/search") else set())
            assert wrong <= only_here, problem

    try_out()
    assert statuses & {200, 404}


@pytest.mark.parametrize("path", PATHS)
def test_requests_against_the_document_are_refused_as_it_says(api, entries, path):
    @BUDGET
    @given(case=api[path]["GET"].as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def try_out(case):
        ask(case)

    try_out()
