import datetime
import re

import pytest

from companies.exchange import rules
from companies.exchange.catalogue import read_catalogue

TODAY = datetime.date(2026, 11, 23)


@pytest.fixture
def found(files):
    def problems() -> list[str]:
        catalogue = read_catalogue(files.write())
        assert catalogue.problems == []
        return [
            re.sub(r"^[a-z./-]+:\d+: ", "", str(problem))
            for problem in rules.problems(catalogue, TODAY)
        ]

    return problems


def test_a_sound_catalogue_breaks_no_rule(found):
    assert found() == []


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@pytest.mark.parametrize("date", ["2026-11-24", "2026-12", "2027"])
def test_a_claim_true_for_a_date_in_the_future_is_reported(files, found, number, date):
    files.claim(number)["as_of"] = date
    assert found() == [f"acme-0{number}: as_of: {date} lies in the future"]


@pytest.mark.parametrize("date", ["2026-11-23", "2026-11", "2026"])
def test_a_date_that_has_begun_is_not_in_the_future(files, found, date):
    files.claim(1)["as_of"] = date
    assert found() == []


@pytest.mark.parametrize(
    ("file", "row", "field"),
    [
        ("sources.yaml", 0, "published_on"),
        ("sources.yaml", 0, "accessed_on"),
        ("companies/acme.yaml", None, "founded"),
        ("companies/acme.yaml", "gaps", "looked_on"),
        ("companies/acme.yaml", "claims", "checked_on"),
    ],
)
def test_every_other_date_in_the_future_is_reported(files, found, file, row, field):
    target = files[file]
    if isinstance(row, int):
        target = target[row]
    elif row:
        target = target[row][0]
    target[field] = "2026-11-24"
    (problem,) = found()
    assert problem.endswith(f"{field}: 2026-11-24 lies in the future")


def test_a_quote_without_words_is_reported(files, found):
    del files.claim(4)["quotation"]
    assert found() == [
        "acme-04: quotation: is missing: a quote needs the words that were said",
        "acme-04: speaker: somebody is named here, but no words of theirs are given",
        "acme-04: speaker_role: somebody is named here, but no words of theirs are given",
    ]


def test_a_key_figure_without_a_figure_is_reported(files, found):
    del files.claim(3)["figure"]
    assert found() == ["acme-03: figure: is missing: a key figure needs one"]


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ({"unit": "ms"}, "figure.value: is missing: give it, or the source's wording in as_worded"),
        (
            {"as_worded": "several", "before": 1, "unit": "ms"},
            "figure.before: there is a value before, but none after",
        ),
        (
            {"as_worded": "several", "unit": "ms", "qualifier": "about"},
            "figure.qualifier: qualifies a value, and there is none",
        ),
        (
            {"value": 5, "unit": "ms"},
            "figure.qualifier: is missing: say how exactly the source states the value",
        ),
    ],
)
def test_a_figure_whose_parts_do_not_belong_together_is_reported(files, found, figure, said):
    files.claim(3)["figure"] = figure
    assert found() == [f"acme-03: {said}"]


def test_a_figure_may_be_the_wording_of_its_source(files, found):
    files.claim(3)["figure"] = {"as_worded": "several million", "unit": "lines"}
    assert found() == []


@pytest.mark.parametrize(
    ("present", "absent"), [("checked_on", "checked_by"), ("checked_by", "checked_on")]
)
def test_a_check_without_its_day_or_name_is_reported(files, found, present, absent):
    assert present in files.claim(1)
    del files.claim(1)[absent]
    assert found() == [f"acme-01: {absent}: is missing: a check has both a day and a name"]


def test_shares_over_100_are_reported_with_their_sum(files, found):
    files.claim(2)["shares"][1]["percentage"] = 40.001
    assert found() == ["acme-02: shares: add up to 100.501 percent, which is more than 100"]


def test_shares_may_exceed_100_by_what_rounding_does(files, found):
    files.claim(2)["shares"][1]["percentage"] = 40
    assert found() == []


def test_a_share_given_twice_is_reported(files, found):
    files.claim(2)["shares"] = [
        {"technology": "java", "percentage": 1, "qualifier": "about"} for _ in range(2)
    ]
    assert found() == ["acme-02: shares[2]: stands here twice"]


def test_a_technology_named_twice_in_one_role_is_reported(files, found):
    same = {"technology": "python", "role": "uses", "version": "3.5"}
    files.claim(1)["technologies"] += [same, same | {"role": "chose"}, same | {"version": "2"}]
    assert found() == ["acme-01: technologies[2]: stands here twice in the same role"]


def test_a_statement_cited_twice_is_reported(files, found):
    said = files.claim(1)["citations"][0]
    files.claim(1)["citations"] = [dict(said), said | {"locator": "x"}, said | {"as_reported": "x"}]
    assert found() == ["acme-01: citations[2]: repeats a statement of the same source"]


def test_citing_the_source_a_claim_rests_on_is_reported(files, found):
    files.claim(1)["citations"][0]["source"] = "acme-post"
    said = "is the claim's own source; cite a further one"
    assert found() == [f"acme-01: citations[1].source: {said}"]


@pytest.mark.parametrize("agreement", ["differs", "contradicts"])
def test_a_citation_that_does_not_agree_must_say_what_it_reports(files, found, agreement):
    files.claim(1)["citations"][0]["agreement"] = agreement
    del files.claim(1)["citations"][0]["as_reported"]
    said = "is missing: write how this source puts it, since it doesn't agree"
    assert found() == [f"acme-01: citations[1].as_reported: {said}"]


@pytest.mark.parametrize("slug", ["a-vs-b", "vs", "vs-b", "a-vs"])
def test_a_slug_that_reads_like_a_comparison_is_reported(files, found, slug):
    files[f"companies/{slug}.yaml"] = files.pop("companies/bolt.yaml") | {"slug": slug}
    said = "may not hold the word vs: comparison addresses are written a-vs-b"
    assert found() == [f"{slug}: slug: {said}"]


def test_a_company_that_is_its_own_parent_is_reported(files, found):
    files.acme["parent"] = "acme"
    assert found() == ["acme: parent: a company can't be its own parent"]


@pytest.mark.parametrize("field", ["aliases", "former_slugs"])
def test_a_name_given_twice_is_reported(files, found, field):
    files.acme[field] = ["same", "same"]
    assert found() == [f"acme: {field}[2]: stands here twice"]


def test_a_company_twice_on_a_list_is_reported(files, found):
    files["lists.yaml"][0]["entries"].append({"company": "acme"})
    assert found() == ["python-users: entries[3]: stands here twice"]


def test_a_finding_of_none_without_a_source_is_reported(files, found):
    del files.acme["gaps"][0]["source"]
    said = "is missing: “none” is a claim like any other, so name who says so"
    assert found() == [f"acme: gaps[1].source: {said}"]


def test_a_finding_on_nothing_is_reported(files, found):
    files.acme["gaps"] = [{"finding": "unknown", "looked_on": "2026-01-15"}]
    said = "say what there is none of: a claim_kind, technology or domain"
    assert found() == [f"acme: gaps[1]: {said}"]
