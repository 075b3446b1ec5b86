"""Every GET parameter passes one of these forms, so that a bad one gets a message by its field."""

from companies.forms.comparison import ComparisonChoiceForm, ComparisonForm, EmbedForm, TrayForm
from companies.forms.listing import (
    FILES,
    LAST_PAGE,
    ChangeFilterForm,
    CompanyFilterForm,
    DomainClaimsForm,
    FactCheckForm,
    FileForm,
    ListForm,
    QuoteFilterForm,
    SourceFilterForm,
    TechnologyClaimsForm,
    TechnologyField,
    TechnologyFilterForm,
)
from companies.forms.search import SearchForm, SuggestionForm

__all__ = [
    "FILES",
    "LAST_PAGE",
    "ChangeFilterForm",
    "CompanyFilterForm",
    "ComparisonChoiceForm",
    "ComparisonForm",
    "DomainClaimsForm",
    "EmbedForm",
    "FactCheckForm",
    "FileForm",
    "ListForm",
    "QuoteFilterForm",
    "SearchForm",
    "SourceFilterForm",
    "SuggestionForm",
    "TechnologyClaimsForm",
    "TechnologyField",
    "TechnologyFilterForm",
    "TrayForm",
]
