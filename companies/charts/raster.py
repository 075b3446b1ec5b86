"""A drawing as a PNG."""

from __future__ import annotations

import resvg_py

from companies.charts.lettering import Font, is_covered


def png(svg: str) -> bytes:
    """A picture of a drawing of ours, in the fonts of `lettering`.

    Without font files it would draw no word, and say nothing about it. The machine's own fonts take
    time to look through, so they are asked only for what ours don't hold.
    """
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            font_files=[str(font.file) for font in Font],
            font_family=Font.SANS,
            sans_serif_family=Font.SANS,
            serif_family=Font.SERIF,
            skip_system_fonts=is_covered(svg),
        )
    )
