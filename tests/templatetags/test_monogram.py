import pytest
from django.template.loader import render_to_string

from companies.models import Company


@pytest.mark.parametrize(
    ("name", "shown"), [("Netflix", ">Ne<"), ("<b>", ">B<"), ("&", ">&amp;<"), ("", "><")]
)
def test_a_company_without_a_logo_gets_its_letters_on_its_colour(name, shown):
    drawn = render_to_string(
        "_fragments/logo.html", {"company": Company(name=name, slug="netflix")}
    )
    assert '<svg class="logo monogram monogram-7" width="48" height="48"' in drawn
    assert 'aria-hidden="true"' in drawn
    assert f"{shown}/text>" in drawn


def test_a_company_with_a_logo_keeps_it():
    company = Company(name="Netflix", slug="netflix", logo_id="0" * 32)
    drawn = render_to_string("_fragments/logo.html", {"company": company})
    assert f'src="/logos/{"0" * 32}' in drawn
    assert "svg" not in drawn
