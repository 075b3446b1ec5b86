"""What is new, as Atom (RFC 4287), for feed readers. Always in the catalogue's own words."""

from companies.feeds.change import ChangesFeed
from companies.feeds.company import CompanyFeed
from companies.feeds.quote import QuotesFeed
from companies.feeds.technology import TechnologyFeed

__all__ = ["ChangesFeed", "CompanyFeed", "QuotesFeed", "TechnologyFeed"]
