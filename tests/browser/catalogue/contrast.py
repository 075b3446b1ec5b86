"""How far two colours are apart to the eye, by WCAG's own measure."""

import re


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black and white. Colours as a browser computes them: rgb(…)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    found = re.fullmatch(r"rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)", colour)
    if found is None or found[4] == "0":
        raise ValueError(f"{colour} is no colour that can be seen.")
    red, green, blue = (_linear(int(part) / 255) for part in found.groups()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
