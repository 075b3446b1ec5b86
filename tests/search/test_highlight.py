from companies.search.highlight import Highlighter
from companies.search.query import parse


def marked(text, query, *, excerpt=False):
    highlighter = Highlighter(parse(query))
    pieces = highlighter.excerpt(text) if excerpt else highlighter.pieces(text)
    return "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in pieces)


def test_every_form_of_a_word_is_marked_and_nothing_else():
    text = "Migrated from C to C++; migrations go on."
    assert marked(text, "migrating c++") == "[Migrated] from C to [C++]; [migrations] go on."


def test_a_text_without_a_match_has_no_pieces():
    assert marked("Nothing.", "rust") == ""


def test_accents_and_case_do_not_matter():
    assert marked("Das CAFÉ", "cafe") == "Das [CAFÉ]"


def test_the_beginning_of_a_word_marks_the_whole_word():
    pieces = Highlighter(parse("kuber").as_beginning).pieces("On Kubernetes")
    assert [piece.text for piece in pieces if piece.is_match] == ["Kubernetes"]


def test_an_excerpt_shows_a_long_text_around_its_first_match():
    text = f"{'before ' * 50}rust {'after ' * 100}rust"
    found = marked(text, "rust", excerpt=True)
    assert found.startswith("… before ")
    assert found.endswith(" …")
    assert found.count("[rust]") == 1
    assert len(found) < 300


def test_an_excerpt_of_a_short_text_is_the_text():
    assert marked("We use Rust.", "rust", excerpt=True) == "We use [Rust]."
