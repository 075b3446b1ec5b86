import pytest

from site_config.joining import JoiningError, module, stylesheet


def joined(**modules):
    """Of modules by their name, the first of which asks for the others."""
    files = {f"{name}.js": words for name, words in modules.items()}
    return module(next(iter(files)), files.get)


def test_a_stylesheet_has_its_parts_in_the_place_of_their_lines():
    css = '@import "one.css";\na {}\n@import "two.css";\n'
    assert stylesheet(css, {"one.css": "b {}"}.get) == 'b {}\na {}\n@import "two.css";\n'


def test_modules_stand_before_what_imports_them_each_once():
    assert joined(
        all='import "./b.js";\nimport { a } from "./a.js";\n\na(3);\n',
        b='import { a } from "./a.js";\n\nexport const b = a(2);\n',
        a="export function a(x) {\n  return x;\n}\n",
    ) == ("function a(x) {\n  return x;\n}\n\nconst b = a(2);\n\na(3);\n")


def test_an_import_of_several_lines_is_one():
    assert joined(
        all='import {\n  a,\n  b,\n} from "./a.js";\n\na(b);\n',
        a="export async function a() {}\nexport const b = 1;\n",
    ) == ("async function a() {}\nconst b = 1;\n\na(b);\n")


def test_a_module_is_found_beside_the_one_that_asks_for_it():
    files = {"js/all.js": 'import "./deep/a.js";\n', "js/deep/a.js": 'import "./b.js";\n'}
    assert module("js/all.js", (files | {"js/deep/b.js": "b();\n"}).get) == "b();\n"


def test_what_stands_in_strings_and_comments_is_left_alone():
    own = '// import "./b.js";\nconst a = "export const b";\n'
    assert joined(all='import "./a.js";\n', a=own) == own


@pytest.mark.parametrize(
    ("modules", "message"),
    [
        ({"all": 'import "./b.js";\n'}, r"all\.js asks for b\.js, which isn't there"),
        (
            {"all": 'import "./a.js";\nconst x = 1;\n', "a": "function x() {}\n"},
            r"a\.js and all\.js both name something 'x'",
        ),
        (
            {"all": 'import "./a.js";\n', "a": 'import "./all.js";\n'},
            r"all\.js imports itself, through all\.js and a\.js",
        ),
        (
            {"all": 'import { a as b } from "./a.js";\n', "a": "export const a = 1;\n"},
            r"all\.js gives another name",
        ),
        *(
            (
                {"all": 'import "./a.js";\n', "a": f"{line}\n"},
                r"a\.js has a line that can't be joined",
            )
            for line in (
                "export default 1;",
                "export { a };",
                "import a from './a.js';",
                'import * as a from "./a.js";',
                'import "elsewhere";',
            )
        ),
    ],
)
def test_what_can_not_be_joined_is_named(modules, message):
    with pytest.raises(JoiningError, match=message):
        joined(**modules)
