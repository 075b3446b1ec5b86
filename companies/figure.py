"""A figure as a reader would say it: `more than 2 million lines of code`, `7.5 → 2.5 seconds`.

In the language of the page: what is `1.5` in English is `1,5` in German, and `1,500` is `1.500`.
"""

from __future__ import annotations

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class Qualifier(TextChoices):
    """How exactly a source states a number."""

    EXACTLY = "exactly", _("Exactly")
    ABOUT = "about", _("About")
    MORE_THAN = "more_than", _("More than")
    LESS_THAN = "less_than", _("Less than")
    AT_LEAST = "at_least", _("At least")
    AT_MOST = "at_most", _("At most")
    NEARLY = "nearly", _("Nearly")


# The shares of one claim may add up to a little more than the whole, because sources round.
SHARES_LIMIT = Decimal("100.5")
# SQLite keeps a number of any kind as a double, which holds 15 digits exactly.
SIGNIFICANT_DIGITS = 15

_QUALIFIED = {
    Qualifier.ABOUT: _("about %(figure)s"),
    Qualifier.MORE_THAN: _("more than %(figure)s"),
    Qualifier.LESS_THAN: _("less than %(figure)s"),
    Qualifier.AT_LEAST: _("at least %(figure)s"),
    Qualifier.AT_MOST: _("at most %(figure)s"),
    Qualifier.NEARLY: _("nearly %(figure)s"),
}
# English says “2 million”, but other languages know a plural of it.
_SCALES = (
    (
        Decimal(10) ** 12,
        ngettext_lazy("%(number)s trillion", "%(number)s trillion", "count"),
    ),
    (Decimal(10) ** 9, ngettext_lazy("%(number)s billion", "%(number)s billion", "count")),
    (Decimal(10) ** 6, ngettext_lazy("%(number)s million", "%(number)s million", "count")),
)


# With more of them, "1.234567 million" reads worse than the digits themselves.
_READABLE_DECIMALS = 2


def number_in_words(value: Decimal) -> str:
    """`148 million`, `143,199`, `99.92`. No digit is dropped: rounded, it is another figure."""
    for scale, words in _SCALES:
        if abs(value) >= scale:
            scaled = (value / scale).normalize()
            if _decimals(scaled) <= _READABLE_DECIMALS:
                count = 1 if scaled == 1 else 2
                return str(words % {"number": in_digits(scaled), "count": count})
    return in_digits(plain(value))


def in_digits(value: Decimal) -> str:
    """`143,199.5`, with the signs that the language of the page sets between digits."""
    signs = {",": get_format("THOUSAND_SEPARATOR"), ".": get_format("DECIMAL_SEPARATOR")}
    return f"{value:,f}".translate(str.maketrans(signs))


def qualified(words: str, qualifier: str) -> str:
    """Put the qualifier before the words; `exactly` is what a reader assumes, so it is left out."""
    if qualifier in ("", Qualifier.EXACTLY):
        return words
    return str(_QUALIFIED[Qualifier(qualifier)] % {"figure": words})


def percentage_in_words(percentage: Decimal, qualifier: str) -> str:
    return qualified(f"{in_digits(plain(percentage))}%", qualifier)


def in_words(
    value: Decimal | None, before: Decimal | None, unit: str, qualifier: str, as_worded: str
) -> str:
    """The source's own wording where there is one, since a number would claim more than it said."""
    if as_worded:
        return f"{as_worded} {unit}"
    if value is None:
        return ""
    sign = "%" if unit == "percent" else ""
    words = qualified(f"{number_in_words(value)}{sign}", qualifier)
    if before is not None:
        # The qualifier is the source's word on what came out, not on where it started.
        words = f"{number_in_words(before)}{sign} → {words}"
    return words if sign else f"{words} {unit}"


def can_be_kept(value: Decimal) -> bool:
    """Whether both databases give the number back as it was."""
    return len(value.normalize().as_tuple().digits) <= SIGNIFICANT_DIGITS


def plain(value: Decimal) -> Decimal:
    """Without the trailing zeros that a database column adds: 2.500000 becomes 2.5."""
    normal = value.normalize()
    return normal.quantize(Decimal(1)) if _decimals(normal) == 0 else normal


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
