"""Choose, look, say why, merge."""

import re
from urllib.parse import urlencode

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from companies import merging
from companies.admin import merging as merging_pages
from companies.models import (
    Claim,
    Company,
    Revision,
    Role,
    Source,
    Status,
    Subject,
    Technology,
)
from tests.admin.conftest import address
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    CompanyListFactory,
    GapFactory,
    LogoFactory,
    SourceFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db

PAGES = [
    ("company", CompanyFactory, Company),
    ("technology", TechnologyFactory, Technology),
    ("source", SourceFactory, Source),
]
each = pytest.mark.parametrize(("page", "make", "model"), PAGES, ids=[row[0] for row in PAGES])
EDITOR = ("publish_claim", "view_{}", "change_{}", "delete_{}")


def url(page, *rows, **more):
    query = urlencode({"id": [getattr(row, "pk", row) for row in rows], **more}, doseq=True)
    return f"{address(f'{page}_merge')}?{query}"


def shown_in(response):
    return response.context["plan"].fingerprint


def act(client, page, rows):
    data = {"action": "merge_selected", "_selected_action": [row.pk for row in rows]}
    return client.post(address(f"{page}_changelist"), data)


def said(response):
    return [str(message) for message in response.context["messages"]]


def merge(client, page, survivor, *others, reason="They are the same.", **more):
    """Look at the preview and merge; the answer, with the page that it leads to."""
    here = url(page, survivor, *others, keep=survivor.pk)
    data = {"reason": reason, "shown": shown_in(client.get(here))}
    return client.post(here, data | more, follow=True)


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


# -------------------------------------------------------------------------------- the page


def test_candidates_stand_side_by_side_with_what_differs(admin_client):
    one = CompanyFactory(name="Meta", slug="meta", industry="Software", founded="2004")
    two = CompanyFactory(
        name="Facebook",
        slug="facebook",
        industry="Networks",
        founded="2004",
        status=Status.DRAFT,
        parent=one,
        logo=LogoFactory(),
    )
    ClaimFactory(company=two)
    response = admin_client.get(url("company", one, two))
    rows = {row.label: row for row in response.context["rows"]}
    assert rows["Industry"].values == ["Software", "Networks"]
    assert rows["Status"].values == ["Published", "Draft"]
    assert rows["Parent"].values == [None, one]
    assert rows["Claims"].values == [0, 1]
    assert rows["Industry"].differs
    assert not rows["Founded"].differs
    html = response.content.decode()
    assert '<a href="/companies/meta/">/companies/meta/</a>' in html
    assert '/companies/facebook/ <span class="quiet">not shown to visitors</span>' in html
    assert response.context["plan"] is None
    assert "Merge into" not in html


@each
def test_every_field_that_a_merge_leaves_behind_is_compared(admin_client, page, make, model):
    response = admin_client.get(url(page, make(), make()))
    labels = {row.label.casefold() for row in response.context["rows"]}
    kept = {"id", "created", "updated", "name", "title", "logo"}
    for field in model._meta.concrete_fields:
        if field.name not in kept:
            assert field.verbose_name.casefold() in labels


def test_the_preview_names_what_moves_is_filled_dropped_and_redirected(admin_client):
    go, golang = (
        TechnologyFactory(slug="go", name="Go"),
        TechnologyFactory(slug="golang", name="Golang", summary="A language."),
    )
    claim = ClaimFactory(title="Servers", technologies={golang: Role.CHOSE})
    twice = ClaimFactory(title="Twice", technologies={go: Role.USES, golang: Role.USES})
    response = admin_client.get(url("technology", go, golang, keep=go.pk))
    html = re.sub(r"\s+", " ", response.content.decode())
    assert "Claims that name it: 1" in html
    assert f'{address("usecase_change", claim.pk)}">{claim}</a>' in html
    assert 'Summary: A language. <span class="quiet">from Golang</span>' in html
    assert "Named in the same role by “Twice” already: Golang (uses)." in html
    assert address("usecase_change", twice.pk) in html
    assert "/technologies/golang/ → /technologies/go/" in html
    assert 'Name: Golang <span class="quiet">of Golang</span>' in html
    assert "Merge into Go" in html


def test_a_long_list_is_cut_and_counted(admin_client):
    one, two = CompanyFactory(), CompanyFactory()
    for _ in range(13):
        ClaimFactory(company=two)
    html = admin_client.get(url("company", one, two, keep=one.pk)).content.decode()
    assert "Claims, each with its address: 13" in html
    assert "and 3 more" in html


def test_an_obstacle_is_linked_and_leaves_no_way_to_merge(admin_client):
    one, two = TechnologyFactory(), TechnologyFactory()
    claim = ClaimFactory(kind="codebase_share", shares={one: 10, two: 20}, title="Lines")
    here = url("technology", one, two, keep=one.pk)
    response = admin_client.get(here)
    html = response.content.decode()
    assert "“Lines” states a share of each" in html
    assert address("codebaseshareclaim_change", claim.pk) in html
    assert "Merge into" not in html
    answer = admin_client.post(here, {"reason": "Try.", "shown": shown_in(response)})
    assert said(answer) == ["Nothing was merged: first solve what stands in the way."]
    assert Technology.objects.count() == 2


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301, "a\0b"])
def test_a_bad_reason_is_told_and_nothing_is_merged(admin_client, reason):
    one, two = CompanyFactory(), CompanyFactory()
    response = merge(admin_client, "company", one, two, reason=reason)
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"reason"}
    assert Company.objects.count() == 2


def test_names_are_text_and_never_markup(admin_client):
    bad = "<script>x</script>"
    one, two = CompanyFactory(name=f"{bad}1"), CompanyFactory(name=f"{bad}2", summary=bad)
    ClaimFactory(company=two, title=bad)
    GapFactory(company=two, note=bad)
    CompanyListFactory(title=bad, companies=[one, two])
    html = admin_client.get(url("company", one, two, keep=one.pk)).content.decode()
    assert "<script>x" not in html
    response = merge(admin_client, "company", one, two, reason=bad)
    assert "<script>x" not in response.content.decode()
    assert Company.objects.count() == 1


@pytest.fixture
def _known_content_types(db):
    for model in (Company, Technology, Source):
        ContentType.objects.get_for_model(model)


def two_companies(number):
    one, two = CompanyFactory(), CompanyFactory()
    for _ in range(number):
        ClaimFactory(company=two)
        GapFactory(company=two, technology=TechnologyFactory())
        CompanyListFactory(companies=[two])
        CompanyFactory(parent=two)
    return one, two


def two_technologies(number):
    one, two = TechnologyFactory(), TechnologyFactory()
    for _ in range(number):
        ClaimFactory(technologies=[two])
        ClaimFactory(technologies=[one, two])
        ClaimFactory(kind="codebase_share", shares={two: 10})
        GapFactory(technology=two)
    return one, two


def two_sources(number):
    one, two = SourceFactory(), SourceFactory()
    for _ in range(number):
        CitationFactory(claim=ClaimFactory(source=two))
        CitationFactory(source=two, claim=ClaimFactory(source=one))
        CitationFactory(source=two)
        GapFactory(source=two)
        CompanyListFactory(source=two)
    return one, two


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("page", "make", "queries"),
    [
        ("company", two_companies, 10),
        ("technology", two_technologies, 9),
        ("source", two_sources, 11),
    ],
)
@pytest.mark.usefixtures("_known_content_types")
def test_the_preview_costs_the_same_with_one_and_with_three_of_everything(
    admin_client, django_assert_num_queries, page, make, queries, number
):
    one, two = make(number)
    with django_assert_num_queries(queries):
        assert admin_client.get(url(page, one, two, keep=one.pk)).status_code == 200


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
