"""The catalogue that comes with the code."""

from collections import Counter
from pathlib import Path

import pytest

from companies.exchange.dump import dump
from companies.exchange.load import load
from companies.management.commands.load_catalog import CATALOG
from companies.models import (
    Citation,
    Claim,
    Company,
    CompanyList,
    Domain,
    Source,
    Technology,
)
from tests.exchange.trees import bytes_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def _loaded(db):
    load(CATALOG)


@pytest.mark.usefixtures("_loaded")
class TestStarterCatalogue:
    def test_everything_in_it_arrives(self):
        assert Company.objects.count() == 50
        assert Claim.objects.count() == 227
        assert Source.objects.count() == 122
        assert Technology.objects.count() == 118
        assert Domain.objects.count() == 12
        entries = CompanyList.objects.get().entries.values_list("company__slug", flat=True)
        assert list(entries) == ["instagram", "spotify", "meta", "netflix", "quora"]

    def test_everything_in_it_is_published(self):
        assert Claim.objects.published().count() == 227
        assert Company.objects.published().count() == 50

    def test_every_statement_of_the_list_article_is_held_against_its_claim(self):
        article = Citation.objects.filter(source__key="aim-python-users")
        assert article.count() == 42
        companies = Counter(article.values_list("claim__company__slug", flat=True))
        assert set(companies) == {"instagram", "spotify", "meta", "netflix", "quora"}

    def test_dumping_it_gives_the_same_bytes(self, tmp_path: Path):
        dumped = dump(tmp_path)
        assert bytes_of(tmp_path) == bytes_of(CATALOG)
        assert dumped.problems == []
        assert dumped.counts["claims"] == 227

    def test_loading_it_again_changes_nothing(self):
        summary = load(CATALOG)
        total = summary.total
        assert (total.added, total.changed, total.unchanged) == (0, 0, 530)
