"""How the data gets into a page: no text can end its block."""

import json
import re

import pytest
from django.utils.translation import gettext_lazy, override

from companies.linked_data.block import as_script, filled, for_machines


@pytest.mark.parametrize(
    "text", ["</script>", "<!--<script>", "&lt;/script&gt;", "]]>", "\u2028", "é\\u003C", '"', "\\"]
)
def test_a_block_holds_any_text_and_no_sign_of_html(text):
    block = as_script([{"name": text}])
    inside = re.fullmatch(r'<script type="application/ld\+json">([^<>&]*)</script>', block)
    data = json.loads(inside[1])
    assert data == {"@context": "https://schema.org", "@graph": [{"name": text}]}


def test_no_items_make_no_block():
    assert as_script([]) == ""


def test_items_that_there_are_not_are_left_out():
    assert as_script([None, {}]) == ""
    assert json.loads(as_script([None, {"name": "a"}]).split(">")[1].split("<")[0])["@graph"] == [
        {"name": "a"}
    ]


def test_what_is_not_known_is_left_out_and_what_is_false_or_nought_is_not():
    data = {"a": "", "b": None, "c": [], "d": False, "e": 0, "f": "x"}
    assert filled(data) == {"d": False, "e": 0, "f": "x"}


def test_machines_read_the_catalogues_language():
    made = for_machines(lambda: str(gettext_lazy("Companies")))
    with override("de"):
        assert (made(), str(gettext_lazy("Companies"))) == ("Companies", "Unternehmen")
