"""The site map: what a visitor can ask for, and the view that answers."""

from django.contrib.sitemaps import views as sitemap_views
from django.urls import path, register_converter
from django.urls.converters import StringConverter
from django.views.decorators.http import require_safe

from companies.feeds import ChangesFeed, CompanyFeed, QuotesFeed, TechnologyFeed
from companies.forms import FILES
from companies.sitemaps import SITEMAPS
from companies.views import (
    card,
    change,
    chart,
    claim,
    company,
    company_list,
    comparison,
    data,
    domain,
    embed,
    home,
    logo,
    quote,
    search,
    source,
    technology,
)

app_name = "companies"


class FileConverter(StringConverter):
    """What the rows of a table come as."""

    regex = "|".join(FILES)


register_converter(FileConverter, "file")

urlpatterns = [
    path("", home.home, name="home"),
    path("card.png", card.site, name="card"),
    path("companies/", company.companies, name="companies"),
    path("companies/<slug:slug>/", company.company, name="company"),
    path("companies/<slug:slug>/changes.atom", require_safe(CompanyFeed()), name="company_feed"),
    path("companies/<slug:slug>/codebase.svg", embed.codebase_svg, name="codebase_svg"),
    path("companies/<slug:slug>/card.png", card.company, name="company_card"),
    path("logos/<slug:digest>.png", logo.logo, name="logo"),
    path("compare/", comparison.compare_choose, name="compare"),
    path("compare/<slug:slugs>/", comparison.comparison, name="comparison"),
    path("compare/<slug:slugs>/card.png", card.comparison, name="comparison_card"),
    path("compare/<slug:slugs>/embed/", embed.comparison, name="comparison_embed"),
    path("technologies/", technology.technologies, name="technologies"),
    path("technologies/moves.<file:format>", chart.moves, name="moves"),
    path("technologies/<slug:slug>/", technology.technology, name="technology"),
    path(
        "technologies/<slug:slug>/changes.atom",
        require_safe(TechnologyFeed()),
        name="technology_feed",
    ),
    path("technologies/<slug:slug>/shares.<file:format>", chart.shares, name="technology_shares"),
    path("domains/", domain.domains, name="domains"),
    path("domains/<slug:slug>/", domain.domain, name="domain"),
    path("quotes/", quote.quotes, name="quotes"),
    path("quotes.atom", require_safe(QuotesFeed()), name="quotes_feed"),
    path("lists/<slug:slug>/", company_list.company_list, name="company_list"),
    path("sources/", source.sources, name="sources"),
    path("sources/<slug:key>/", source.source, name="source"),
    path("claims/<slug:key>/", claim.claim, name="claim"),
    path("claims/<slug:key>/chart.<file:format>", chart.claim, name="claim_chart"),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggestions, name="suggestions"),
    path("data/", data.data, name="data"),
    path("data/stackfacts.zip", data.data_file, name="data_file"),
    path("data/stackfacts.zip.sha256", data.data_checksum, name="data_checksum"),
    path("changes/", change.changes, name="changes"),
    path("changes.atom", require_safe(ChangesFeed()), name="changes_feed"),
    path(
        "sitemap.xml",
        require_safe(sitemap_views.index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "companies:sitemap"},
        name="sitemap_index",
    ),
    path(
        "sitemap-<slug:section>.xml",
        require_safe(sitemap_views.sitemap),
        {"sitemaps": SITEMAPS},
        name="sitemap",
    ),
]
