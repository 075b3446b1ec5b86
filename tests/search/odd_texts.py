"""What somebody may type, or a machine send, that is no question in words."""

ODD = [
    *('"', '""', '"""', "'", "”", '"a', 'a"b"c', "'' OR ''"),
    "' OR 1=1; DROP TABLE companies_claim; --",
    "1); DELETE FROM companies_searchdocument; SELECT (1",
    # Every operator of FTS5.
    *("AND", "OR", "NOT", "mill AND", "OR mill", "NOT mill", "mill NOT", "NEAR(", "NEAR()"),
    *("NEAR(mill cobol, 5)", "NEAR/2 mill", "*", "mil*", "* mill", "^mill", "names : mill"),
    *("{names text} : mill", "- names : mill", "mill + cobol", "(mill", "mill)", "()", "((((("),
    # Every operator of a tsquery, and of a phrase on the web.
    *("mill & cobol", "mill | cobol", "!mill", "!!mill", "mill <-> cobol", "mill <5> cobol"),
    *("<->", "<99999> mill", "mill:*", "mill:A", "mill:*AB", ":*", "&", "|", "!", "-mill +cobol"),
    # Of SQL's LIKE, of regular expressions, of formats and of paths.
    *(
        "%",
        "_",
        "%s %% %",
        "%(q)s",
        "{0} {q}",
        "$1",
        "\\",
        "\\\\'",
        "[a-",
        "(?P<x>",
        "../../etc/passwd",
    ),
    *("a" * 10_000, "word " * 2_000, '"' * 10_000, "(" * 10_000, "é" * 10_000, "C++ " * 2_500),
    *("😀", "👩‍👩‍👧‍👦", "🇩🇪", "mill😀cobol", "😀" * 200),
    *("\0", "mill\0cobol", "\x01\x02\x1f", "\x7f", "\u200b", "\ufeff", "\u2028", "\ud7ff\uffff"),
    *("العربية", "\u202emill\u202c", "\u2066mill\u2069", "שלום mill", "हिन्दी", "ไทย", "日本語"),
    *("e\u0301", "\u0301", "\u0301" * 200, "mi\u0336l\u0336l", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢", "ﬁ", "ſ", "İ", "ß", "ǆ"),
    *("the", "of the and", "THE", "what is it", 'the and " of'),
    *("?", "?!", "...", "---", "#", "@", "++", ".", " ", "\t\n", "\u3000", "_", "__", "_ _"),
    *("_kind_quote", "_technology_1", "_version_1", "kind:quote", "_mill", "_industry_zz"),
    *("1e5x 3.14 -1 0x1f 1.2.3.4", "a@b.cd http://x.y/z?q=1", "9" * 100, "-9223372036854775809"),
    *("<script>alert(1)</script>", "<b>mill</b>", "&lt;", "%00", "%ED%A0%80", "&amp;q=x"),
]
# Halves of a pair, which are no text but may be in a string of Python's.
SURROGATES = ["\ud800", "mill\udfff", "\udc00\ud800", '"\ud83d"', "\ud83d\ude00"]
