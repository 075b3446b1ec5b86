"""The state of a comparison and the address that carries it."""

import pytest

from companies.views.arrangement import Arrangement

THREE = Arrangement(("acme", "mint", "zeta"))


@pytest.mark.parametrize(
    ("arrangement", "address"),
    [
        (THREE, "/compare/acme-vs-mint-vs-zeta/"),
        (
            Arrangement(("acme", "mint"), differences=True),
            "/compare/acme-vs-mint/?differences=on",
        ),
        (
            Arrangement(("acme", "mint"), True, ("glance", "why")),
            "/compare/acme-vs-mint/?differences=on&folded=glance,why",
        ),
        (Arrangement(("zeta", "acme")), "/compare/acme-vs-zeta/?order=zeta,acme"),
    ],
)
def test_the_path_names_the_set_and_the_rest_follows_only_where_it_is_not_plain(
    arrangement, address
):
    assert arrangement.address == address


def test_a_file_is_the_same_state_with_a_format():
    assert THREE.address_with(format="csv") == "/compare/acme-vs-mint-vs-zeta/?format=csv"


def test_removing_and_moving_keep_the_order_of_the_others():
    moved = THREE.moved("zeta", -1)
    assert moved.slugs == ("acme", "zeta", "mint")
    assert moved.without("acme").slugs == ("zeta", "mint")
    assert moved.moved("zeta", 1) == THREE


@pytest.mark.parametrize(("slug", "places"), [("acme", -1), ("zeta", 1)])
def test_a_column_cannot_move_past_either_end(slug, places):
    assert THREE.moved(slug, places) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # In the order of the alphabet before, so it still is, and the address stays plain.
        (("acme", "zeta"), ("acme", "mint", "zeta")),
        (("zeta", "acme"), ("zeta", "acme", "mint")),
    ],
)
def test_a_further_company_comes_last_only_where_somebody_chose_an_order(before, after):
    assert Arrangement(before).along_with("mint").slugs == after


def test_a_section_is_folded_and_opened_again():
    folded = THREE.folding(["why"]).toggled("glance")
    assert folded.folded == ("glance", "why")
    assert folded.toggled("why").folded == ("glance",)
