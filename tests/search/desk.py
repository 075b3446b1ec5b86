"""A small catalogue, and what editors and commands do to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from companies import search
from companies.exchange.apply import apply
from companies.exchange.load import load
from companies.exchange.progress import no_bar
from companies.exchange.revisions import NOBODY, record_missing
from companies.importing import work
from companies.merging import merge, plan
from companies.models import Revision, Role, Status, Subject
from tests.admin.conftest import address
from tests.admin.posting import company_data, data_of, rows, seen, source_data
from tests.factories import (
    ClaimFactory,
    ClaimTechnologyFactory,
    CompanyFactory,
    DomainFactory,
    ProposalFactory,
    SourceFactory,
    TechnologyFactory,
)
from tests.import_files import CLAIM, as_csv, checked, problems_of


class Desk:
    """Two published claims and a draft of one company that name one technology, and nothing else
    does. What can be done is prepared when it is named, as by a page that is open, and done when it
    is called."""

    def __init__(self, files: Any) -> None:
        self.files = files
        User.objects.create_superuser("ada", password="right")
        self.source = SourceFactory(key="post", tier="secondary")
        SourceFactory(key="news")
        self.domain = DomainFactory(name="Astronomy")
        self.technology = TechnologyFactory(slug="cobol", name="Cobol")
        self.company = CompanyFactory(slug="acme", name="Acme")
        self.other = CompanyFactory(name="Acme Two")
        self.claim, self.second, self.draft = (
            ClaimFactory(
                company=self.company,
                key=f"acme-0{number}",
                title=title,
                source=self.source,
                domain=self.domain,
                status=status,
            )
            for number, title, status in (
                (1, "Mill", Status.PUBLISHED),
                (2, "Kiln", Status.PUBLISHED),
                (3, "Forge", Status.DRAFT),
            )
        )
        for claim in (self.claim, self.second, self.draft):
            ClaimTechnologyFactory(claim=claim, technology=self.technology, role=Role.USES)
        ClaimFactory(company=self.other, title="Barn")
        record_missing()

    def do(self, name: str) -> Callable[[], Any]:
        done: Callable[[], Any] = getattr(self, name)()
        return done

    def _post(self, page, pk, data):
        client = Client()
        client.force_login(User.objects.get(username="ada"))
        data = data | {"reason": "They say so."}

        def post():
            answer = client.post(address(page, *([pk] if pk else [])), data)
            # Or somebody else has changed the same entry first, and the page says so.
            saved = answer.status_code == 302 or answer.context["conflict"]
            assert saved, answer.context["errors"]

        return post

    def _action(self, page, action, *chosen):
        ids = [row.pk for row in chosen]
        # Said by the page that asks whether to delete; others don't look at it.
        data = {"action": action, "_selected_action": ids, "post": "yes"}
        return self._post(f"{page}_changelist", None, data)

    def rename_company(self):
        return self._post(
            "company_change", self.company.pk, company_data(self.company, name="Zenith")
        )

    def rename_technology(self):
        data = {"name": "Algol", "kind": self.technology.kind, "website": "", "summary": ""}
        data |= seen(self.technology)
        return self._post("technology_change", self.technology.pk, data)

    def rename_domain(self):
        data = {"name": "Botany"} | seen(self.domain)
        return self._post("domain_change", self.domain.pk, data)

    def raise_tier(self):
        return self._post(
            "source_change", self.source.pk, source_data(self.source, tier="measured")
        )

    def _claim_data(self, claim, **changed):
        used = claim.claim_technologies.get()
        row = {"id": used.pk, "claim": claim.pk, "technology": used.technology_id, "role": "uses"}
        return data_of(claim, **changed) | rows("claim_technologies", [row], saved=1)

    def save_claim(self):
        data = self._claim_data(self.claim, title="Windmill", kind="use_case")
        return self._post("usecase_change", self.claim.pk, data)

    def add_claim(self):
        claim = ClaimFactory.build(
            company=self.company, source=self.source, title="Well", domain=None
        )
        row = {"id": "", "claim": "", "technology": self.technology.pk, "role": "uses"}
        data = data_of(claim, key="acme-09", status="published", kind="use_case")
        return self._post("usecase_add", None, data | rows("claim_technologies", [row]))

    def withdraw(self):
        return self._action("claim", "withdraw", self.claim)

    def withdraw_second(self):
        return self._action("claim", "withdraw", self.second)

    def publish_draft(self):
        return self._action("claim", "publish", self.draft)

    def withdraw_company(self):
        return self._action("company", "withdraw", self.company)

    def delete(self):
        return self._post("usecase_delete", self.claim.pk, {"post": "yes"})

    def delete_both(self):
        return self._action("claim", "delete_selected", self.claim, self.second)

    def import_claims(self):
        row = CLAIM | {"technologies.1.technology": "cobol", "technologies.1.role": "uses"}
        run = checked(as_csv(row | {"title": "Hearth"}, row | {"key": "acme-08", "title": "Oven"}))
        assert run.state == "ready", problems_of(run)
        assert work.confirm(run, run.digest, run.editor)
        return partial(work.work, run.pk, run.attempt, no_bar)

    def load_catalogue(self):
        directory = self.files.write()
        return partial(load, directory)

    def revert(self):
        before = Revision.objects.of(Subject.CLAIM, [self.claim.pk]).last().content
        apply(Subject.CLAIM, self.claim.pk, before | {"title": "Quern"}, NOBODY)
        self.claim.refresh_from_db()
        first = Revision.objects.of(Subject.CLAIM, [self.claim.pk]).first()
        client = Client()
        client.force_login(User.objects.get(username="ada"))
        url = address("claim_change", self.claim.pk).removesuffix("change/")
        data = seen(self.claim)
        return lambda: client.post(f"{url}revert/{first.pk}/", data)

    def accept(self):
        base = Revision.objects.of(Subject.CLAIM, [self.claim.pk]).last()
        content = base.content | {"title": "Sawmill"}
        proposal = ProposalFactory(claim=self.claim, base=base, content=content)
        return self._post("proposal_decide", proposal.pk, {"accept": "yes", "seen": base.pk})

    def merge_companies(self):
        return partial(merge, plan(self.company, [self.other]), NOBODY)

    def merge_technologies(self):
        other = TechnologyFactory(name="COBOL 85")
        ClaimFactory(company=self.other, technologies={other: Role.USES})
        record_missing()
        return partial(merge, plan(self.technology, [other]), NOBODY)

    def rebuild(self):
        return partial(search.rebuild, no_bar)
