import pytest
from django.core.exceptions import ImproperlyConfigured

from companies.exchange.revisions import record_missing
from companies.models import Subject
from companies.search.engine import Found, Match, engine
from companies.search.lookup import look_up
from companies.search.rowids import rowid
from companies.search.sqlite import SqliteEngine
from tests.factories import ClaimFactory

pytestmark = pytest.mark.django_db


class Elsewhere(SqliteEngine):
    """Keeps the documents in this process, as another one would on another machine."""

    kept: dict[int, Match] = {}

    def write(self, documents, names):
        for one in documents:
            self.kept[one.rowid] = Match(one.rowid, one.names, one.links, one.marks)

    def remove(self, rowids):
        for number in rowids:
            self.kept.pop(number, None)

    def stored(self, rowids):
        return {}, []

    def find(self, query, limit):
        return Found([m for m in self.kept.values() if query.terms[0].stems[0] in m.names], False)


def test_another_engine_is_put_behind_by_one_setting(settings):
    settings.SEARCH_ENGINE = f"{__name__}.{Elsewhere.__name__}"
    claim = ClaimFactory(title="Mill")
    record_missing()
    found = [match.rowid for match in look_up("mills", {}).matches]
    assert found == [rowid(Subject.CLAIM, claim.pk)]


@pytest.mark.parametrize("path", ["no.such.Engine", "companies.search.query.Query", "Engine"])
def test_a_setting_that_names_no_engine_is_refused_in_words(settings, path):
    settings.SEARCH_ENGINE = path
    with pytest.raises(ImproperlyConfigured, match=f"SEARCH_ENGINE is '{path}'"):
        engine()
