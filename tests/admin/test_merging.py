"""Choose, look, say why, merge."""

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client

from companies import merging
from companies.admin import merging as merging_pages
from companies.models import (
    Claim,
    Company,
    Revision,
    Source,
    Subject,
)
from tests.admin.conftest import address
from tests.admin.merging import act, each, merge, said, shown_in, url
from tests.factories import (
    ClaimFactory,
    CompanyFactory,
    SourceFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db

EDITOR = ("publish_claim", "view_{}", "change_{}", "delete_{}")


# -------------------------------------------------------------------------------- the list


@each
def test_the_action_leads_to_the_ticked_rows(admin_client, page, make, model):
    rows = [make(), make()]
    response = act(admin_client, page, rows)
    assert (response.status_code, response["Location"]) == (302, url(page, *rows))


@each
@pytest.mark.parametrize("number", [1, 11])
def test_too_few_or_many_rows_are_told(admin_client, page, make, model, number):
    response = act(admin_client, page, [make() for _ in range(number)])
    (message,) = said(admin_client.get(response["Location"]))
    assert message.startswith("To merge ")
    assert message.endswith("tick at least 2 and at most 10 of them.")


@each
def test_too_few_or_many_in_an_address_are_told(admin_client, page, make, model):
    rows = [make() for _ in range(11)]
    for some in (rows[:1], rows, [rows[0], rows[0]], []):
        response = admin_client.get(url(page, *some), follow=True)
        assert said(response)[0].endswith("tick at least 2 and at most 10 of them.")


# -------------------------------------------------------------------------------- who may


def clients(model):
    """A member of staff for each permission that a merge needs, who lacks just that one."""
    needed = [name.format(model) for name in EDITOR if name != "view_{}"]
    for lacking in needed:
        user = User.objects.create_user(f"without-{lacking}", password="x", is_staff=True)
        names = [*needed, f"view_{model}"]
        names.remove(lacking)
        user.user_permissions.set(Permission.objects.filter(codename__in=names))
        client = Client()
        client.force_login(user)
        yield client


@each
def test_who_lacks_a_permission_is_offered_no_merge_and_can_forge_none(page, make, model):
    rows = [make(), make()]
    for client in clients(page):
        assert "merge_selected" not in client.get(address(f"{page}_changelist")).content.decode()
        act(client, page, rows)
        here = url(page, *rows, keep=rows[0].pk)
        data = {"reason": "Mine.", "shown": merging.plan(rows[0], rows[1:]).fingerprint}
        assert client.get(here).status_code == 403
        assert client.post(here, data).status_code == 403
    assert model.objects.count() == 2


@each
def test_an_editor_who_has_them_all_may(client_with, page, make, model):
    client = client_with(*(name.format(page) for name in EDITOR))
    assert "merge_selected" in client.get(address(f"{page}_changelist")).content.decode()
    survivor, other = make(), make()
    assert "now stands for" in said(merge(client, page, survivor, other))[0]
    assert model.objects.get() == survivor


@each
def test_a_contributor_may_not_and_an_editor_may(contributor, editor, page, make, model):
    survivor, other = make(), make()
    assert "merge_selected" not in contributor.get(address(f"{page}_changelist")).content.decode()
    here = url(page, survivor, other, keep=survivor.pk)
    assert contributor.get(here).status_code == 403
    assert contributor.post(here, {"reason": "Mine.", "shown": "x"}).status_code == 403
    assert "now stands for" in said(merge(editor, page, survivor, other))[0]


@each
def test_nobody_is_asked_to_log_in_first(client, page, make, model):
    response = client.get(url(page, make(), make()))
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


@each
def test_a_post_without_the_token_of_the_page_is_refused(admin_user, page, make, model):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    survivor, other = make(), make()
    data = {"reason": "x", "shown": merging.plan(survivor, [other]).fingerprint}
    assert client.post(url(page, survivor, other, keep=survivor.pk), data).status_code == 403
    assert model.objects.count() == 2


# -------------------------------------------------------------------------------- addresses


@each
@pytest.mark.parametrize("bad", ["x", "-1", "1.5", "9" * 30, "٣", "", "1 OR 1=1"])
def test_a_forged_id_is_not_found(admin_client, page, make, model, bad):
    assert admin_client.get(url(page, make(), bad)).status_code == 404


@each
def test_a_forged_choice_is_not_found(admin_client, page, make, model):
    rows = [make(), make()]
    for keep in ("x", make().pk, "9" * 30):
        assert admin_client.get(url(page, *rows, keep=keep)).status_code == 404


@each
def test_a_nul_in_the_address_is_refused(admin_client, page, make, model):
    assert admin_client.get(f"{url(page, make())}&id=%00").status_code == 400
    assert admin_client.get(f"{url(page, make(), make())}&keep=%00").status_code == 400


@each
def test_an_entry_that_is_gone_is_told(admin_client, page, make, model):
    for method in (admin_client.get, admin_client.post):
        response = method(url(page, make(), 987_654_321_987_654_321), follow=True)
        assert said(response) == [
            "One of them is gone: somebody has deleted it, or merged it into another."
        ]


# -------------------------------------------------------------------------------- the deed


def test_a_merge_is_told_logged_and_in_the_history(admin_client, admin_user):
    one = CompanyFactory(name="Meta", slug="meta")
    two = CompanyFactory(name="Facebook", slug="facebook")
    claim = ClaimFactory(company=two)
    gone = two.pk
    (message,) = said(merge(admin_client, "company", one, two, reason="Renamed in 2021."))
    assert message == (
        f'<a href="{address("company_change", one.pk)}">Meta</a> now stands for Facebook as well. '
        "This address redirects to it: /companies/facebook/"
    )
    assert Claim.objects.get(pk=claim.pk).company == one
    entry = LogEntry.objects.get(object_id=str(one.pk))
    assert entry.get_change_message() == "Merged Facebook into it: Renamed in 2021."
    assert LogEntry.objects.get(object_id=str(gone)).action_flag == DELETION
    revision = Revision.objects.of(Subject.CLAIM, [claim.pk]).last()
    assert (revision.editor, revision.reason) == (admin_user, "Renamed in 2021.")


def test_a_reason_of_several_lines_is_kept_on_one(admin_client):
    one, two = CompanyFactory(), CompanyFactory()
    merge(admin_client, "company", one, two, reason="Renamed\r\n  in 2021.")
    revision = Revision.objects.of(Subject.COMPANY, [one.pk]).last()
    assert revision.reason == "Renamed in 2021."


def test_ten_become_one(admin_client):
    survivor, *others = [SourceFactory() for _ in range(10)]
    ClaimFactory(source=others[-1])
    message = said(merge(admin_client, "source", survivor, *others))[0]
    assert "These redirect to it: " in message
    assert Source.objects.get() == survivor
    assert survivor.former_keys.count() == 9
    html = admin_client.get(address("source_change", survivor.pk)).content.decode()
    assert others[0].key in html
    assert "Former addresses, which redirect here" in html


def test_a_change_since_the_preview_shows_a_new_one_and_keeps_the_reason(admin_client):
    one, two = CompanyFactory(), CompanyFactory()
    here = url("company", one, two, keep=one.pk)
    shown = shown_in(admin_client.get(here))
    ClaimFactory(company=two, title="Came in between")
    response = admin_client.post(here, {"reason": "They are the same.", "shown": shown})
    html = response.content.decode()
    assert said(response)[0].startswith("Nothing was merged: something was saved in the meantime.")
    assert "Came in between" in html
    assert "They are the same.</textarea>" in html
    assert Company.objects.count() == 2
    data = {"reason": "They are the same.", "shown": shown_in(response)}
    assert admin_client.post(here, data).status_code == 302
    assert Company.objects.get() == one


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (merging.PlanChangedError(), "Nothing was merged: something was saved in the meantime."),
        (merging_pages.IntegrityError("x"), "Nothing was merged. Something new rests on these."),
        (merging_pages.OperationalError("deadlock"), "Nothing was merged: somebody is saving one"),
    ],
)
def test_what_fails_at_the_last_moment_leaves_no_trace(admin_client, monkeypatch, error, message):
    one, two = CompanyFactory(), CompanyFactory()

    def fail(*args):
        raise error

    monkeypatch.setattr(merging_pages, "merge", fail)
    response = merge(admin_client, "company", one, two)
    assert said(response)[0].startswith(message)
    assert response.context["form"]["reason"].value() == "They are the same."
    assert not LogEntry.objects.exists()
    assert Company.objects.count() == 2


def test_one_that_goes_at_the_last_moment_is_told(admin_client, monkeypatch):
    one, two = CompanyFactory(), CompanyFactory()
    here = url("company", one, two, keep=one.pk)
    shown = shown_in(admin_client.get(here))
    found = [[one, two], [one]]
    monkeypatch.setattr(merging_pages.MergingAdmin, "_candidates", lambda *args: found.pop(0))
    monkeypatch.setattr(merging_pages.MergingAdmin, "_merge", lambda *args: "Refused.")
    response = admin_client.post(here, {"reason": "x", "shown": shown}, follow=True)
    assert said(response) == [
        "One of them is gone: somebody has deleted it, or merged it into another."
    ]


def test_the_address_of_what_is_gone_is_offered_to_nobody_else(admin_client):
    one, two = TechnologyFactory(slug="go", name="Go"), TechnologyFactory(slug="golang")
    merge(admin_client, "technology", one, two)
    data = {"name": "Another", "slug": "golang", "kind": "tool", "website": "", "summary": ""}
    response = admin_client.post(address("technology_add"), data)
    assert response.context["adminform"].form.errors == {
        "slug": ["This address redirects to Go: choose another."]
    }
