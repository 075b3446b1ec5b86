import pytest

from companies import search
from companies.exchange.progress import no_bar
from companies.exchange.revisions import record_missing
from companies.search import hits, load, look_up


@pytest.fixture
def find(db):
    """Asks, after what factories made has been recorded; returns the titles of what was found."""

    def find(text, **narrowed):
        record_missing()
        facets = {search.Facet(facet): value for facet, value in narrowed.items()}
        results = look_up(text, facets)
        found = hits(results.matches, results.query, load(results.matches))
        return ["".join(piece.text for piece in hit.title) for hit in found]

    return find


@pytest.fixture
def differing(db):
    return lambda: search.differing(no_bar)
