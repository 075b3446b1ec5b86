import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companies.exchange.revisions import record_missing
from companies.models import ClaimKind, Role, Status
from companies.search import LIMIT, Facet, lookup
from companies.search.lookup import look_up
from companies.search.rowids import rowid
from companies.search.suggestion import suggestions
from tests.factories import (
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    DomainFactory,
    TechnologyFactory,
)
from tests.search.odd_texts import ODD, SURROGATES

pytestmark = pytest.mark.django_db


@pytest.fixture
def netflix():
    company = CompanyFactory(name="Netflix", summary="Streams films.", industry="Entertainment")
    ClaimFactory(
        company=company,
        title="Regional failover",
        text="Scripts that move traffic are written in it.",
        technologies={"Python": Role.USES},
        as_of="2019-04",
    )
    return company


class TestFields:
    def test_a_company_is_found_by_all_it_is_called_and_says(self, find, netflix):
        CompanyAliasFactory(company=netflix, name="Qwikster")
        for text in ("netflix", "qwikster", "streaming film", "entertainment"):
            assert find(text)[0] == "Netflix", text

    def test_a_technology_is_found_by_its_name_first(self, find, netflix):
        assert find("python") == ["Python", "Regional failover"]

    @pytest.mark.parametrize(
        "text", ["scripts", "netflix python", "python failover traffic", '"move traffic"']
    )
    def test_a_claim_is_found_by_words_of_several_fields(self, find, netflix, text):
        assert "Regional failover" in find(text)

    def test_words_in_quotes_have_to_stand_side_by_side(self, find, netflix):
        assert find('"traffic move"') == []

    def test_a_quotation_is_found_by_its_words_and_its_speaker(self, find):
        ClaimFactory(kind=ClaimKind.QUOTE, title="Said", quotation="Snakes fly.", speaker="Ada L.")
        assert find("snake") == find("ada") == ["Said"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("C", ["C", "c"]),
        ("C++", ["C++", "c++", "cpp", "cplusplus"]),
        ("C#", ["C#", "c#", "csharp", "c sharp"]),
        ("F#", ["F#", "f#"]),
        ("Objective-C", ["Objective-C", "objective c", "objectivec"]),
        (".NET", [".NET", ".net", "dotnet", "dot net"]),
        ("Node.js", ["Node.js", "node.js", "nodejs", "node js", "node"]),
    ],
)
def test_names_with_signs_are_found_as_themselves_and_alone(find, name, typed):
    for number, one in enumerate(["C", "C++", "C#", "F#", "Objective-C", ".NET", "Node.js"]):
        technology = TechnologyFactory(name=one, slug=f"t-{number}")
        ClaimFactory(title=f"On {number}", text="Is used.", technologies={technology: Role.USES})
    for text in typed:
        assert find(text, kind="technology") == [name], text
        assert len(find(text)) == 2, text


class TestUnpublished:
    @pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
    def test_nothing_of_it_is_found_or_suggested(self, find, status):
        hidden = CompanyFactory(name="Hidden", status=status)
        ClaimFactory(company=hidden, title="Xylophone", technologies={"Hiddenscript": Role.USES})
        ClaimFactory(title="Xylophone", status=status, technologies={"Hiddenscript": Role.USES})
        for text in ("hidden", "xylophone", "hiddenscript", "hid"):
            assert find(text) == [], text
        assert suggestions("hid") == []


class TestOrder:
    def test_names_come_before_texts_and_what_is_called_so_first(self, find):
        ClaimFactory(title="Told of it", text="It is about rust, at length.", as_of="2024")
        ClaimFactory(title="Rust in the kernel", text="New.", as_of="2015")
        CompanyFactory(name="Oxide Rust Works")
        ClaimFactory(title="Drivers", text="Written.", technologies={"Rust": Role.USES})
        assert find("rust") == [
            "Rust",
            "Oxide Rust Works",
            "Rust in the kernel",
            "Drivers",
            "Told of it",
        ]

    def test_among_equals_the_newest_claim_comes_first_and_undated_ones_last(self, find):
        for as_of in ("2015", "", "2020-05", "2010"):
            ClaimFactory(title=f"Zig {as_of[:4] or 'undated'}", as_of=as_of)
        assert find("zig") == ["Zig 2020", "Zig 2015", "Zig 2010", "Zig undated"]


class TestMisspelt:
    @pytest.mark.parametrize("typed", ["netflx", "netfilx", "netflixx", "natflix"])
    def test_the_name_that_was_meant_is_found(self, find, netflix, typed):
        assert "Netflix" in find(typed)
        assert look_up(typed, {}).corrected == "netflix"

    def test_only_the_word_that_nothing_has_is_changed(self, find, netflix):
        assert find("netflix pyhton") == ["Regional failover"]
        assert look_up("netflix pyhton", {}).corrected == "netflix python"

    def test_a_word_like_no_name_finds_nothing(self, find, netflix):
        assert find("xylophonically") == []
        assert look_up("xylophonically", {}).corrected == ""

    def test_a_phrase_is_meant_as_it_is(self, find, netflix):
        assert find('"netflx streaming"') == []

    def test_the_beginning_of_a_word_finds_it_where_nothing_has_just_that(self, find, netflix):
        assert find("netf")[0] == "Netflix"
        assert look_up("netf", {}).is_beginning


class TestNarrowed:
    @pytest.fixture
    def claims(self):
        domain = DomainFactory(name="Security")
        for number in range(3):
            ClaimFactory(
                title=f"Claim {number}",
                domain=domain if number else None,
                as_of=f"201{number}",
                company__industry="Music & film" if number == 2 else "",
                source__tier="primary" if number == 1 else "secondary",
                technologies={"Go": Role.USES} if number else {"Elm": Role.USES},
            )
        record_missing()
        return domain

    def test_facets_combine(self, find, claims):
        assert find("claim", domain=claims.pk) == ["Claim 2", "Claim 1"]
        assert find("claim", domain=claims.pk, evidence="primary") == ["Claim 1"]
        assert find("claim", industry="Music & film", year="2012") == ["Claim 2"]
        assert find("claim", year="2012", evidence="primary") == []

    def test_without_words_everything_so_narrowed_is_found(self, find, claims):
        assert find("", year="2010", kind="use_case") == ["Claim 0"]

    def test_every_facet_is_counted(self, find, claims):
        counts = look_up("claim", {}).counts()
        assert dict(counts[Facet.KIND]) == {"use_case": 3}
        assert counts[Facet.DOMAIN] == [(str(claims.pk), 2)]
        assert counts[Facet.INDUSTRY] == [("Music & film", 1)]
        assert counts[Facet.EVIDENCE] == [("reported", 2), ("primary", 1)]
        assert sorted(counts[Facet.YEAR]) == [("2010", 1), ("2011", 1), ("2012", 1)]
        assert sorted(count for _, count in counts[Facet.TECHNOLOGY]) == [1, 2]


def test_of_more_than_are_counted_those_with_the_word_in_their_names_are_kept(find, monkeypatch):
    monkeypatch.setattr(lookup, "LIMIT", 5)
    best = ClaimFactory(title="Zebra")
    for number in range(8):
        ClaimFactory(title=f"Claim {number}", text="A zebra.")
    CompanyFactory(name="Zoo", summary="Has a zebra.")
    found = find("zebra")
    assert found[0] == best.title
    assert "Zoo" in found
    assert len(found) == 5
    assert look_up("zebra", {}).is_cut
    assert LIMIT == 1000


@pytest.mark.parametrize("text", [*ODD, *SURROGATES], ids=range(len([*ODD, *SURROGATES])))
def test_an_odd_text_is_only_a_text(find, netflix, text):
    find(text)
    find(f"{text} netflix", kind="company")
    for facet in Facet:
        assert find("netflix", **{facet: text}) == []
    suggestions(text)
    # Nothing was changed by it.
    assert find("netflix", kind="company") == ["Netflix"]


@pytest.mark.parametrize("text", ["?", "++ ...", "\0", "😀", "\ud800", "_", "\u0301", '"" "'])
def test_a_text_of_signs_finds_nothing(find, netflix, text):
    assert find(text) == find(text, kind="company") == []


@pytest.mark.parametrize("text", ["the", "of the", "THE"])
def test_words_that_every_sentence_has_are_looked_for_where_there_is_nothing_else(find, text):
    ClaimFactory(title="The state of the art")
    assert find(text) == ["The state of the art"]


@pytest.mark.parametrize(
    "text",
    ["netflix AND", "NOT netflix", "netflix & |", "netflix:*", "^netflix*", '"netflix', "(netflix"],
)
def test_no_sign_and_no_word_is_an_operator(find, netflix, text):
    assert find(text)[0] == "Netflix"


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.lists(
        st.one_of(
            st.text(st.characters(), max_size=12),
            st.sampled_from(['"', "*", "AND", "NOT", "NEAR", "^", ":", "(", "netflix", "C++", "'"]),
        ),
        max_size=8,
    ).map(" ".join)
)
def test_any_text_finds_something_or_nothing(netflix, text):
    record_missing()
    for result in (look_up(text, {}), look_up(text, {Facet.KIND: "quote"})):
        result.counts()
    suggestions(text)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60))
def test_whatever_a_title_says_finds_it(db, text):
    """Both databases part what they are given as it was parted, or not at all."""
    claim = ClaimFactory(title=f"Title {text}")
    record_missing()
    found = [match.rowid for match in look_up(f"title {text}", {}).matches]
    assert rowid("claim", claim.pk) in found
