"""One address for each kind of page, with the status it answers."""

FIVE = "/compare/instagram-vs-meta-vs-netflix-vs-quora-vs-spotify/"

PAGES = {
    "home": ("/", 200),
    "companies": ("/companies/", 200),
    "no companies found": ("/companies/?q=nobody-at-all", 200),
    "bad filters": ("/companies/?evidence=x&kind=x&page=x", 400),
    "profile": ("/companies/netflix/", 200),
    "profile of a project": ("/companies/linux-kernel/", 200),
    "bad parameter": ("/companies/netflix/?format=x", 400),
    "choice for comparison": ("/compare/?c=netflix&q=s", 200),
    "refused choice": ("/compare/?show=comparison&c=nobody", 400),
    "comparison of two": ("/compare/netflix-vs-spotify/", 200),
    "comparison of five": (FIVE, 200),
    "differences only": (f"{FIVE}?differences=on", 200),
    "folded and ordered": ("/compare/figma-vs-uber/?folded=glance,why&order=uber,figma", 200),
    "comparison in a frame": ("/compare/netflix-vs-spotify/embed/", 200),
    "refused addition": ("/compare/figma-vs-uber/?add=in", 400),
    "refused comparison": ("/compare/netflix-vs-nobody/", 404),
    "technologies": ("/technologies/", 200),
    "technology": ("/technologies/python/", 200),
    "domains": ("/domains/", 200),
    "domain": ("/domains/web-backend/", 200),
    "quotes": ("/quotes/", 200),
    "list": ("/lists/biggest-users-of-python/", 200),
    "sources": ("/sources/", 200),
    "fact-checked source": ("/sources/aim-python-users/", 200),
    "primary source": ("/sources/netflix-python-2019/", 200),
    "claim": ("/claims/netflix-01/", 200),
    "claim with shares": ("/claims/meta-01/", 200),
    "changes": ("/changes/", 200),
    "API": ("/api/v1/docs", 200),
    "search": ("/search/?q=python+go&evidence=primary", 200),
    "nothing found": ("/search/?q=xylophonically", 200),
    "bad search": ("/search/?q=python&year=x", 400),
    "unknown address": ("/no-such-page/", 404),
    "login of editors": ("/admin/login/", 200),
}

# The same templates with less to look through, for checks that take their time over every element.
SMALL_PAGES = {
    name: address
    for name, (address, _status) in PAGES.items()
    if name not in ("profile of a project", "differences only")
} | {
    "companies": "/companies/?kind=organisation",
    "profile": "/companies/quora/",
    "comparison of two": "/compare/figma-vs-uber/",
    "comparison of five": "/compare/bloomberg-vs-chromium-vs-figma-vs-linux-kernel-vs-uber/",
    "technologies": "/technologies/?kind=database",
    "technology": "/technologies/php/",
    "domain": "/domains/networking/",
    "quotes": "/quotes/?technology=rust",
    "changes": "/changes/?page=11",
    "sources": "/sources/?kind=talk",
    "fact-checked source": "/sources/aim-python-users/?verdict=unverified",
    "primary source": "/sources/wikimedia-hhvm-2014/",
}
