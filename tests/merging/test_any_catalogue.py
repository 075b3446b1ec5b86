"""Whatever is merged: the rules hold, the history is whole, the files come back."""

import random

import pytest

from companies.evidence import Agreement, Tier
from companies.exchange.apply import apply
from companies.exchange.dump import dump
from companies.exchange.load import load
from companies.exchange.revisions import NOBODY, record, record_missing
from companies.exchange.snapshot import SHAPES
from companies.merging import merge, plan
from companies.models import (
    Citation,
    Claim,
    ClaimKind,
    Company,
    Gap,
    Revision,
    Role,
    Source,
    Subject,
    Technology,
)
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    ClaimTechnologyFactory,
    CodebaseShareFactory,
    CompanyAliasFactory,
    CompanyFactory,
    CompanyListEntryFactory,
    CompanyListFactory,
    GapFactory,
    SourceFactory,
    TechnologyFactory,
)
from tests.merging.conftest import CAUSE

pytestmark = pytest.mark.django_db

TEXTS = ["", "One text.", "Another text."]


def small_catalogue(dice):
    """Few of everything, tied together at random, so that every kind of clash comes up."""
    technologies = [TechnologyFactory(summary=dice.choice(TEXTS)) for _ in range(4)]
    sources = [
        SourceFactory(
            publisher=dice.choice(["A", "B"]),
            tier=dice.choice([*Tier]),
            author=dice.choice(["", "Ada", "Jean"]),
            note=dice.choice(TEXTS),
        )
        for _ in range(4)
    ]
    companies = []
    for number in range(5):
        parent = dice.choice([None, *companies])
        company = CompanyFactory(parent=parent, summary=dice.choice(TEXTS))
        CompanyAliasFactory(company=company, name=f"Alias {number % 2}")
        companies.append(company)
    for _ in range(8):
        claim(dice, dice.choice(companies), sources, technologies)
    for company in companies:
        GapFactory(
            company=company,
            claim_kind=dice.choice([ClaimKind.QUOTE, ClaimKind.DECISION]),
            technology=dice.choice([None, *technologies]),
            source=dice.choice([None, *sources]),
        )
    for _ in range(2):
        made = CompanyListFactory(source=dice.choice([None, *sources]))
        for position, company in enumerate(dice.sample(companies, 3)):
            note = dice.choice(TEXTS)
            CompanyListEntryFactory(
                company_list=made, company=company, position=position, note=note
            )


def claim(dice, company, sources, technologies):
    own, *cited = dice.sample(sources, 3)
    kind = dice.choice([ClaimKind.USE_CASE, ClaimKind.CODEBASE_SHARE, ClaimKind.QUOTE])
    speaker = {"speaker": dice.choice(["", "Grace"]) if own.author else "Grace"}
    made = ClaimFactory(
        company=company,
        kind=kind,
        source=own,
        shares={},
        **(speaker if kind == ClaimKind.QUOTE else {}),
    )
    for technology in dice.sample(technologies, 2):
        ClaimTechnologyFactory(
            claim=made,
            technology=technology,
            role=dice.choice([Role.USES, Role.CHOSE]),
            reason=dice.choice(TEXTS),
        )
    if kind == ClaimKind.CODEBASE_SHARE:
        for technology in dice.sample(technologies, 2):
            CodebaseShareFactory(claim=made, technology=technology, percentage=dice.randint(1, 50))
    for source in cited:
        agreement = dice.choice([Agreement.AGREES, Agreement.DIFFERS])
        CitationFactory(
            claim=made,
            source=source,
            agreement=agreement,
            as_reported="" if agreement == Agreement.AGREES else "Otherwise.",
            note=dice.choice(TEXTS),
        )


def unrecorded():
    """Entries whose last revision isn't what stands."""
    return [
        (revision.subject, revision.name)
        for subject, shape in SHAPES.items()
        for revision in record(subject, shape.model.objects.values_list("pk", flat=True), NOBODY)
    ]


def assert_rules_hold():
    for model in (Claim, Company, Source, Technology, Gap, Citation):
        for row in model.objects.all():
            row.full_clean()


@pytest.mark.parametrize("seed", range(6))
def test_merges_at_random(tmp_path, client, seed):
    dice = random.Random(seed)  # noqa: S311 - it protects nothing
    small_catalogue(dice)
    record_missing()
    before = list(Revision.objects.filter(subject=Subject.CLAIM))
    merges, former = 0, {}
    for _ in range(8):
        model = dice.choice([Company, Technology, Source])
        rows = list(model.objects.all())
        if len(rows) < 3:
            continue
        survivor, *others = dice.sample(rows, dice.choice([2, 2, 3]))
        made = plan(survivor, others)
        if made.obstacles:
            continue
        addresses = made.old_addresses
        merge(made, CAUSE)
        merges += 1
        former |= {
            address: survivor for address, at in former.items() if at in others
        } | dict.fromkeys(addresses, survivor)
        assert_rules_hold()
        assert unrecorded() == []
    assert merges
    for address, row in former.items():
        page = client.get(address)
        seen = client.get(row.get_absolute_url()).status_code == 200
        expected = (301, row.get_absolute_url()) if seen else (404, None)
        assert (page.status_code, page.headers.get("Location")) == expected
    assert dump(tmp_path).problems == []
    assert load(tmp_path, prune=True).total.changed == 0
    for revision in before:
        # To where it named what is no longer there.
        apply(Subject.CLAIM, revision.subject_id, revision.content, CAUSE)
        assert_rules_hold()
