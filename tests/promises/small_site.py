"""A site with `size` of everything that can be listed, and one page of every kind to ask for."""

import datetime
from dataclasses import dataclass

from companies.data_files.publication import publish
from companies.exchange.revisions import record_missing
from companies.models import (
    Claim,
    ClaimKind,
    Company,
    CompanyList,
    Domain,
    Logo,
    Role,
    Source,
    Technology,
)
from companies.urls import app_name, urlpatterns
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    ClaimTechnologyFactory,
    CompanyAliasFactory,
    CompanyFactory,
    CompanyListFactory,
    DomainFactory,
    GapFactory,
    LinkCheckFactory,
    SourceFactory,
    TechnologyFactory,
)
from tests.logo_png import logo_png

URL_NAMES = [f"{app_name}:{pattern.name}" for pattern in urlpatterns]

# Pages that hand out their rows as files.
WITH_FILES = {
    f"companies:{name}"
    for name in (
        [
            "companies",
            "company",
            "comparison",
            "technologies",
            "technology",
            "domains",
            "domain",
            "quotes",
            "search",
            "company_list",
            "sources",
            "source",
            "changes",
        ]
    )
}


# Addresses at which there is no page but a picture, a file or a feed.
NO_PAGES = {
    "companies:logo",
    "companies:changes_feed",
    "companies:company_feed",
    "companies:technology_feed",
    "companies:quotes_feed",
    "companies:claim_chart",
    "companies:codebase_svg",
    "companies:data_file",
    "companies:data_checksum",
    "companies:moves",
    "companies:sitemap",
    "companies:sitemap_index",
    "companies:card",
    "companies:company_card",
    "companies:comparison_card",
    "companies:technology_shares",
    "companies:suggestions",
}
# Always the same, so that the same entries make the same archive.
PUBLISHED_AT = datetime.datetime(2026, 1, 15, 12, 30, tzinfo=datetime.UTC)
FILES = ("csv", "json", "ndjson")
PNG = logo_png()


@dataclass
class SmallSite:
    company: Company
    others: list[Company]
    technology: Technology
    domain: Domain
    source: Source
    claim: Claim
    shares_claim: Claim
    company_list: CompanyList

    def comparison(self, number: int) -> str:
        slugs = sorted(company.slug for company in [self.company, *self.others[: number - 1]])
        return f"/compare/{'-vs-'.join(slugs)}/"

    @property
    def addresses(self) -> dict[str, str]:
        """The address of one page or picture by the name of its URL."""
        return {
            "companies:home": "/",
            "companies:card": "/card.png",
            "companies:companies": "/companies/",
            "companies:company": self.company.get_absolute_url(),
            "companies:company_feed": f"{self.company.get_absolute_url()}changes.atom",
            "companies:codebase_svg": f"{self.company.get_absolute_url()}codebase.svg",
            "companies:company_card": f"{self.company.get_absolute_url()}card.png",
            "companies:logo": Logo.objects.keep(PNG).get_absolute_url(),
            "companies:compare": f"/compare/?c={self.company.slug}",
            "companies:comparison": self.comparison(2),
            "companies:comparison_card": f"{self.comparison(2)}card.png",
            "companies:comparison_embed": f"{self.comparison(2)}embed/",
            "companies:technologies": "/technologies/",
            "companies:moves": "/technologies/moves.csv",
            "companies:technology": self.technology.get_absolute_url(),
            "companies:technology_feed": f"{self.technology.get_absolute_url()}changes.atom",
            "companies:technology_shares": f"{self.technology.get_absolute_url()}shares.csv",
            "companies:domains": "/domains/",
            "companies:domain": self.domain.get_absolute_url(),
            "companies:quotes": "/quotes/",
            "companies:quotes_feed": "/quotes.atom",
            "companies:company_list": self.company_list.get_absolute_url(),
            "companies:sources": "/sources/",
            "companies:source": self.source.get_absolute_url(),
            "companies:claim": self.claim.get_absolute_url(),
            "companies:claim_chart": f"{self.shares_claim.get_absolute_url()}chart.csv",
            "companies:search": "/search/?q=use",
            "companies:suggestions": "/search/suggestions/?q=com",
            "companies:data": "/data/",
            "companies:data_file": "/data/stackfacts.zip",
            "companies:data_checksum": "/data/stackfacts.zip.sha256",
            "companies:changes": "/changes/",
            "companies:changes_feed": "/changes.atom",
            "companies:sitemap_index": "/sitemap.xml",
            "companies:sitemap": "/sitemap-claims.xml",
        }

    @property
    def pages(self) -> dict[str, str]:
        return {name: path for name, path in self.addresses.items() if name not in NO_PAGES}

    def path(self, name: str) -> str:
        """Of a page, without what is asked for there."""
        return self.pages[name].partition("?")[0]

    @property
    def api(self) -> dict[str, str]:
        """The address of one answer of the API by the name of its URL, and of its documents."""
        root = "/api/v1"
        slugs = ",".join(sorted(company.slug for company in [self.company, self.others[0]]))
        return {
            "api:docs": f"{root}/docs",
            "api:openapi": f"{root}/openapi.json",
            "api:v1:companies": f"{root}/companies",
            "api:v1:company": f"{root}/companies/{self.company.slug}",
            "api:v1:claims": f"{root}/claims",
            "api:v1:claim": f"{root}/claims/{self.claim.key}",
            "api:v1:technologies": f"{root}/technologies",
            "api:v1:technology": f"{root}/technologies/{self.technology.slug}",
            "api:v1:domains": f"{root}/domains",
            "api:v1:domain": f"{root}/domains/{self.domain.slug}",
            "api:v1:sources": f"{root}/sources",
            "api:v1:source": f"{root}/sources/{self.source.key}",
            "api:v1:company_lists": f"{root}/lists",
            "api:v1:company_list": f"{root}/lists/{self.company_list.slug}",
            "api:v1:quotes": f"{root}/quotes",
            "api:v1:comparison": f"{root}/comparison?companies={slugs}",
            "api:v1:search": f"{root}/search?q=use",
            "api:v1:suggestions": f"{root}/search/suggestions?q=com",
        }

    def file(self, name: str, format: str) -> str:
        """The address of a page's rows as a file."""
        address = self.addresses[name]
        return f"{address}{'&' if '?' in address else '?'}format={format}"

    @property
    def everything(self) -> list[str]:
        """Every page and picture, the API, and every file that a page hands out but for packages,
        which name their moment.
        """
        at = self.addresses
        files = [self.file(name, format) for name in WITH_FILES for format in FILES]
        return [*at.values(), *sorted(files), *self.api.values()]


def publish_small_site() -> None:
    publish("https://facts.example.org", moment=PUBLISHED_AT)


def small_site(size: int = 1, companies: int = 2) -> SmallSite:
    """Each company has `size` claims of every kind, all on one source, technology and domain."""
    technology, domain, source = TechnologyFactory(), DomainFactory(), SourceFactory()
    LinkCheckFactory(source=source, failures=5)
    made = [CompanyFactory(industry=f"Industry {number}") for number in range(companies)]
    claims = []
    for company in made:
        company.parent, company.logo = CompanyFactory(), Logo.objects.keep(PNG)
        company.save()
        for _ in range(size):
            CompanyAliasFactory(company=company)
            CompanyFactory(parent=company)
            GapFactory(company=company, technology=TechnologyFactory(), source=SourceFactory())
            for kind in ClaimKind:
                is_share = kind == ClaimKind.CODEBASE_SHARE
                claim = ClaimFactory(
                    company=company,
                    kind=kind,
                    domain=domain,
                    source=source,
                    basis="services",
                    shares={technology: 40, TechnologyFactory(): 20} if is_share else None,
                    technologies={technology: Role.USES, TechnologyFactory(): Role.CHOSE},
                )
                if kind == ClaimKind.MIGRATION:
                    for role in (Role.MIGRATED_FROM, Role.MIGRATED_TO):
                        ClaimTechnologyFactory(claim=claim, role=role)
                CitationFactory(claim=claim)
                # The source is also held against claims that rest on another.
                CitationFactory(source=source, claim__company=company)
                claims.append(claim)
    lists = [CompanyListFactory(companies=made, source=SourceFactory()) for _ in range(size)]
    record_missing()
    publish_small_site()
    shares_claim = next(claim for claim in claims if claim.kind == ClaimKind.CODEBASE_SHARE)
    return SmallSite(
        made[0], made[1:], technology, domain, source, claims[0], shares_claim, lists[0]
    )
