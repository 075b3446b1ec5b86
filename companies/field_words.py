"""What fields and the words of choices are called where the history tells of them.

Names are those of the exchange shape (companies.exchange.schema).
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_LABELS = {
    "accessed_on": _("Read on"),
    "agreement": _("Agreement"),
    "aliases": _("Other names"),
    "as_of": _("As of"),
    "as_reported": _("As reported"),
    "as_worded": _("As worded"),
    "author": _("Author"),
    "basis": _("Basis"),
    "before": pgettext_lazy("figure", "Before"),
    "checked_by": _("Checked by"),
    "checked_on": _("Checked on"),
    "citations": _("Further sources"),
    "claim_kind": _("Claim kind"),
    "company": _("Company"),
    "domain": _("Domain"),
    "entries": _("Companies"),
    "finding": _("Finding"),
    "former_keys": _("Former addresses"),
    "former_slugs": _("Former addresses"),
    "founded": _("Founded"),
    "gaps": _("Findings that there is nothing"),
    "headquarters": _("Headquarters"),
    "industry": _("Industry"),
    "key": _("Key"),
    "kind": _("Kind"),
    "locator": _("Locator"),
    "logo": _("Logo"),
    "looked_on": _("Looked on"),
    "name": _("Name"),
    "note": _("Note"),
    "parent": _("Parent"),
    "percentage": _("Percentage"),
    "published_on": _("Published on"),
    "publisher": _("Publisher"),
    "qualifier": _("Qualifier"),
    "quotation": _("Quotation"),
    "reason": _("Reason"),
    "role": _("Role"),
    "scope": _("Scope"),
    "shares": _("Shares"),
    "slug": _("Address"),
    "source": _("Source"),
    "speaker": _("Speaker"),
    "speaker_role": _("Speaker's role"),
    "status": _("Status"),
    "summary": _("Summary"),
    "technologies": _("Technologies"),
    "technology": _("Technology"),
    "text": _("Text"),
    "tier": _("Tier"),
    "title": _("Title"),
    "unit": _("Unit"),
    "url": _("URL"),
    "value": pgettext_lazy("figure", "Value"),
    "version": _("Version"),
    "website": _("Website"),
    "wikidata": _("Wikidata"),
}
# In the middle of a line, where not every language writes them small: those of rows and of figures.
_NOUNS = {
    "as_reported": _("as reported"),
    "as_worded": _("as worded"),
    "before": pgettext_lazy("figure", "before"),
    "company": _("company"),
    "locator": _("locator"),
    "looked_on": _("looked on"),
    "note": _("note"),
    "percentage": _("percentage"),
    "qualifier": _("qualifier"),
    "reason": _("reason"),
    "source": _("source"),
    "unit": _("unit"),
    "value": pgettext_lazy("figure", "value"),
    "version": _("version"),
}
# The values of choices, as far as visitors meet them in the history.
_CHOICES = {
    "about": _("about"),
    "agrees": _("agrees"),
    "article": _("article"),
    "at_least": _("at least"),
    "at_most": _("at most"),
    "case_study": _("case study"),
    "chose": _("chose"),
    "codebase_share": _("codebase share"),
    "company": _("company"),
    "contradicts": _("contradicts"),
    "database": _("database"),
    "decision": _("decision"),
    "differs": _("differs"),
    "engineering_blog": _("engineering blog"),
    "exactly": _("exactly"),
    "forum_comment": _("forum comment"),
    "framework": _("framework"),
    "interview": _("interview"),
    "job_ad": _("job ad"),
    "key_figure": _("key figure"),
    "language": pgettext_lazy("programming", "language"),
    "less_than": _("less than"),
    "library": _("library"),
    "measured": _("measured"),
    "migrated_from": _("migrated from"),
    "migrated_to": _("migrated to"),
    "migration": _("migration"),
    "more_than": _("more than"),
    "nearly": _("nearly"),
    "news": _("news"),
    "none": _("none"),
    "not_applicable": _("not applicable"),
    "official_doc": _("official doc"),
    "open_source": _("open source"),
    "organisation": _("organisation"),
    "paper": _("paper"),
    "platform": _("platform"),
    "podcast": _("podcast"),
    "primary": _("primary"),
    "project": _("project"),
    "protocol": _("protocol"),
    "q_and_a": _("q and a"),
    "quote": _("quote"),
    "rejected": _("rejected"),
    "repo_readme": _("repo readme"),
    "repository": _("repository"),
    "secondary": _("secondary"),
    "slides": _("slides"),
    "strength": _("strength"),
    "talk": _("talk"),
    "tool": _("tool"),
    "unknown": _("unknown"),
    "use_case": _("use case"),
    "uses": _("uses"),
    "weakness": _("weakness"),
    "whitepaper": _("whitepaper"),
}


def label(name: str) -> str:
    """`speaker_role` as `Speaker's role`, `figure.value` as `Figure: value`."""
    part = name.removeprefix("figure.")
    if part != name:
        return _("Figure: %(part)s") % {"part": noun(part)}
    return _word(_LABELS, name) or _plain(name).capitalize()


def noun(name: str) -> str:
    return _word(_NOUNS, name) or label(name).lower()


def choice(value: str) -> str:
    """`migrated_to` as `migrated to`."""
    return _word(_CHOICES, value) or _plain(value)


def _word(words: Mapping[str, object], name: str) -> str:
    return str(words.get(name, ""))


def _plain(name: str) -> str:
    return name.replace("_", " ")
