import pytest

from companies.data_files.licence import Licence

ADDRESS = "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    ("setting", "described", "told"),
    [
        ("", {}, "The operator of Stackfacts has not chosen a licence for this data."),
        ("CC0-1.0", {"licenses": [{"name": "CC0-1.0"}]}, "offers this data under CC0-1.0."),
        (
            f"CC-BY-4.0 {ADDRESS}",
            {"licenses": [{"name": "CC-BY-4.0", "path": ADDRESS}]},
            f"offers this data under CC-BY-4.0 (<{ADDRESS}>).",
        ),
    ],
)
def test_the_licence_is_what_the_operator_has_chosen(settings, setting, described, told):
    settings.DATA_LICENSE = setting
    licence = Licence.of_the_site()
    assert licence.property() == described
    assert told in licence.note()
