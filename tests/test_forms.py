"""What the forms take and refuse by themselves; how a page shows it is tested in tests/views/."""

import pytest
from django.forms import ModelChoiceField
from django.http import QueryDict
from django.utils.functional import Promise

from companies.forms import (
    LAST_PAGE,
    ChangeFilterForm,
    CompanyFilterForm,
    ComparisonChoiceForm,
    ComparisonForm,
    DomainClaimsForm,
    FactCheckForm,
    ListForm,
    QuoteFilterForm,
    SourceFilterForm,
    TechnologyClaimsForm,
    TechnologyFilterForm,
)
from companies.models import Status
from tests.factories import ClaimFactory, CompanyFactory

FORMS = (
    ChangeFilterForm,
    CompanyFilterForm,
    ComparisonChoiceForm,
    ComparisonForm,
    DomainClaimsForm,
    FactCheckForm,
    QuoteFilterForm,
    SourceFilterForm,
    TechnologyClaimsForm,
    TechnologyFilterForm,
)
# Of a comparison's address, which no visitor fills in.
UNLABELLED = {"folded", "order", "add"}


def form_of(form_class, query):
    return form_class(QueryDict(query))


@pytest.mark.parametrize(
    ("query", "cleaned"),
    [
        ("", {"q": "", "page": None, "format": ""}),
        ("q=+two+words+&page=3&format=csv", {"q": "two words", "page": 3, "format": "csv"}),
        (f"page={LAST_PAGE}", {"q": "", "page": LAST_PAGE, "format": ""}),
        ("utm_source=elsewhere", {"q": "", "page": None, "format": ""}),
    ],
)
def test_every_parameter_of_a_list_may_be_left_out(query, cleaned):
    form = form_of(ListForm, query)
    assert form.is_valid()
    assert form.cleaned_data == cleaned


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page=0", "page"),
        (f"page={LAST_PAGE + 1}", "page"),
        ("page=1.5", "page"),
        ("page=x", "page"),
        ("format=CSV", "format"),
        ("q=%00", "q"),
        (f"q={'x' * 201}", "q"),
    ],
)
def test_a_bad_parameter_of_a_list_is_an_error_of_its_field(query, field):
    form = form_of(ListForm, query)
    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_errors_of_hidden_fields_name_their_parameter_and_others_stand_by_their_field():
    form = form_of(ListForm, "page=0&format=xls&q=%00")
    assert form.all_errors == [
        "page: Ensure this value is greater than or equal to 1.",
        "format: Select a valid choice. xls is not one of the available choices.",
    ]


def test_visitors_fill_in_only_what_is_not_hidden():
    assert [field.name for field in ListForm().filters] == ["q"]


@pytest.mark.django_db
@pytest.mark.parametrize("form_class", [CompanyFilterForm, QuoteFilterForm])
def test_only_published_technologies_can_be_chosen(form_class):
    ClaimFactory(technologies=["Seen"])
    ClaimFactory(technologies=["Hidden"], status=Status.DRAFT)
    offered = form_class(QueryDict("")).fields["technology"].queryset
    assert [technology.name for technology in offered] == ["Seen"]


@pytest.mark.django_db
def test_industries_of_published_companies_can_be_chosen_once_each_in_order():
    for industry in ("Music", "Banking", "Music", ""):
        CompanyFactory(industry=industry)
    CompanyFactory(industry="Hidden", status=Status.DRAFT)
    choices = CompanyFilterForm(QueryDict("")).fields["industry"].choices
    assert list(choices) == [("", "any"), ("Banking", "Banking"), ("Music", "Music")]


@pytest.mark.parametrize(
    ("query", "differences"),
    [("", False), ("differences=on", True), ("differences=", False), ("differences=false", False)],
)
def test_differences_only_is_a_checkbox(query, differences):
    form = form_of(ComparisonForm, query)
    assert form.is_valid()
    assert form.cleaned_data["differences"] is differences


def test_folded_sections_are_named_in_any_order_and_kept_in_that_of_the_page():
    form = form_of(ComparisonForm, "folded=why,,glance,why")
    assert form.is_valid()
    assert form.cleaned_data["folded"] == ("glance", "why")


@pytest.mark.django_db
class TestComparisonChoice:
    @pytest.fixture(autouse=True)
    def companies(self):
        for slug in "abcdef":
            CompanyFactory(slug=slug, name=slug)
        CompanyFactory(slug="hidden", status=Status.DRAFT)

    @pytest.mark.parametrize(
        ("query", "ticked"),
        [
            ("", []),
            ("c=a", ["a"]),
            ("c=b&c=a&show=comparison", ["b", "a"]),
            ("c=a&c=a&c=b&show=comparison", ["a", "b"]),
            ("c=a&c=b&c=c&c=d&c=e&show=comparison", list("abcde")),
        ],
    )
    def test_ticks_are_kept_once_each(self, query, ticked):
        form = form_of(ComparisonChoiceForm, query)
        assert form.is_valid()
        assert form.cleaned_data["c"] == ticked
        assert sorted(company.slug for company in form.chosen) == sorted(ticked)

    @pytest.mark.parametrize(
        ("query", "errors"),
        [
            ("show=comparison", ["Tick at least 2 companies to compare."]),
            ("show=comparison&c=a&c=a", ["Tick at least 2 companies to compare."]),
            (
                "c=a&c=b&c=c&c=d&c=e&c=f",
                ["6 are ticked; at most 5 fit side by side."],
            ),
            (
                "show=comparison&c=a&c=nobody",
                ["There is no company with the address “nobody”."],
            ),
            ("c=hidden", ["There is no company with the address “hidden”."]),
        ],
    )
    def test_what_cannot_be_compared_is_an_error_of_the_ticks(self, query, errors):
        form = form_of(ComparisonChoiceForm, query)
        assert not form.is_valid()
        assert form.errors == {"c": errors}


@pytest.mark.parametrize("form_class", FORMS)
def test_every_label_and_choice_is_translated_when_it_is_shown(form_class):
    words = []
    for name, field in form_class.base_fields.items():
        if field.widget.is_hidden or name in UNLABELLED:
            continue
        words += [field.label, *([field.help_text] if field.help_text else [])]
        if isinstance(field, ModelChoiceField):
            words.append(field.empty_label)
        else:
            words += [label for _value, label in getattr(field, "choices", [])]
    assert words
    assert [text for text in words if not isinstance(text, Promise)] == []
