"""Whatever is changed in whichever order, the search has what the catalogue says."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companies import search
from companies.exchange.apply import apply
from companies.exchange.problem import CatalogueError
from companies.exchange.progress import no_bar
from companies.exchange.revisions import NOBODY, record, record_deletion, record_missing
from companies.merging import merge, plan
from companies.models import (
    Claim,
    ClaimKind,
    Company,
    Domain,
    Revision,
    Source,
    Status,
    Subject,
    Technology,
)
from companies.search.lookup import look_up
from companies.search.rowids import entry
from tests.factories import ClaimFactory, CompanyFactory, DomainFactory, SourceFactory

pytestmark = pytest.mark.django_db

WORDS = st.sampled_from(["Mill", "Kiln 2", "C++", "Node.js", "Café du Nord", "Œuvre", "Ω", "日本"])
MODELS: dict[Subject, Any] = {
    Subject.COMPANY: Company,
    Subject.TECHNOLOGY: Technology,
    Subject.CLAIM: Claim,
    Subject.SOURCE: Source,
    Subject.DOMAIN: Domain,
}
STATUSES = st.sampled_from([status.value for status in Status])
TIERS = st.sampled_from(["primary", "secondary", "measured"])
COLUMNS: dict[Subject, dict[str, st.SearchStrategy[Any]]] = {
    Subject.COMPANY: {
        "name": WORDS,
        "aliases": st.lists(WORDS, max_size=2, unique=True),
        "industry": st.sampled_from(["", "Film", "Music & film"]),
        "headquarters": st.sampled_from(["", "Paris"]),
        "summary": st.sampled_from(["", "Grinds."]),
        "status": STATUSES,
    },
    Subject.TECHNOLOGY: {"name": WORDS, "summary": WORDS, "kind": st.sampled_from(["tool"])},
    Subject.SOURCE: {
        "tier": TIERS,
        "publisher": st.sampled_from(["One", "Two"]),
        "author": st.sampled_from(["Ada", "Grace"]),
    },
    Subject.DOMAIN: {"name": WORDS},
    Subject.CLAIM: {
        "title": WORDS,
        "text": WORDS,
        "as_of": st.sampled_from(["2016", "2019-05", ""]),
        "status": STATUSES,
        "source": st.sampled_from(["post", "news"]),
        "technologies": st.lists(st.sampled_from(["python", "java"]), max_size=2, unique=True).map(
            lambda slugs: [{"technology": slug, "role": "uses"} for slug in slugs]
        ),
        "citations": st.sampled_from([[], [{"source": "other", "agreement": "agrees"}]]),
        "domain": st.sampled_from(["web", ""]),
    },
}


@st.composite
def edits(draw):
    subject = draw(st.sampled_from(list(COLUMNS)))
    some = st.fixed_dictionaries({}, optional=COLUMNS[subject])
    return "edit", subject, draw(st.integers(0, 2)), draw(some)


@st.composite
def steps(draw):
    kind = draw(st.sampled_from(["move", "delete", "revert", "merge", "add"]))
    subject = draw(st.sampled_from(list(MODELS)))
    return kind, subject, draw(st.integers(0, 2)), {"status": draw(STATUSES)}


def small_catalogue():
    for slug, name in (("python", "Python"), ("java", "Java"), ("go", "Go")):
        Technology.objects.create(slug=slug, name=name, kind="language")
    for key in ("post", "news", "other"):
        SourceFactory(key=key, tier="secondary", publisher=key, author="Ada")
    DomainFactory(slug="web", name="Web")
    for slug in ("acme", "zenith"):
        company = CompanyFactory(slug=slug, name=slug)
        for number in (1, 2):
            ClaimFactory(
                company=company,
                key=f"{slug}-{number}",
                source=Source.objects.get(key="post"),
                technologies=[Technology.objects.get(slug="python")],
            )
    ClaimFactory(company=company, key="quote", kind=ClaimKind.QUOTE)
    record_missing()


def take(step):
    """One change by the way that editors' and commands' changes take; what can't be done isn't."""
    kind, subject, number, changed = step
    row = MODELS[subject].objects.order_by("pk")[number : number + 1].first()
    if kind == "add" or row is None:
        ClaimFactory(company=Company.objects.first(), status=changed.get("status", "draft"))
        record_missing()
    elif kind == "edit":
        content = Revision.objects.of(subject, [row.pk]).latest("pk").content
        apply(subject, row.pk, content | changed, NOBODY)
    elif kind == "revert":
        apply(subject, row.pk, Revision.objects.of(subject, [row.pk]).first().content, NOBODY)
    elif kind == "move" and hasattr(row, "status"):
        MODELS[subject].objects.update(status=changed["status"])
        record(subject, MODELS[subject].objects.values_list("pk", flat=True), NOBODY)
    elif kind == "merge" and subject in (Subject.COMPANY, Subject.TECHNOLOGY, Subject.SOURCE):
        others = MODELS[subject].objects.exclude(pk=row.pk).order_by("pk")[:1]
        made = plan(row, others)
        if others and not made.obstacles:
            merge(made, NOBODY)
    elif kind == "delete":
        with search.following():
            record_deletion(subject, [row.pk], NOBODY)
            row.delete()


@settings(
    deadline=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(several=st.lists(st.one_of(edits(), edits(), steps()), min_size=1, max_size=7))
def test_any_changes_leave_the_search_right(db, several):
    with transaction.atomic():
        small_catalogue()
        for step in several:
            try:
                with transaction.atomic():
                    take(step)
            except (CatalogueError, ProtectedError, IntegrityError):
                pass  # refused, and taken back
            assert search.differing(no_bar) == [], step
        assert _found() == _public()
        transaction.set_rollback(True)


def _found():
    """Everything that can be found, whatever it says."""
    kinds = [*ClaimKind.values, Subject.COMPANY, Subject.TECHNOLOGY]
    matches = (match for kind in kinds for match in look_up("", {search.Facet.KIND: kind}).matches)
    return {entry(match.rowid) for match in matches}


def _public():
    return {
        (subject, pk)
        for subject in (Subject.COMPANY, Subject.TECHNOLOGY, Subject.CLAIM)
        for pk in MODELS[subject].objects.published().values_list("pk", flat=True)
    }
