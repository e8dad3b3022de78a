"""The colours of every drawing, and how far they stand out.

They are Okabe and Ito's, which most colour-blind readers can tell apart, darkened where they
would be too faint on white: text has a contrast of 4.5 or more, marks of 3 or more.
"""

from __future__ import annotations

PAPER = "#FFFFFF"
INK = "#1B2733"
MUTED = "#4A5764"
BLUE = "#0072B2"
VERMILLION = "#B34F00"
GREEN = "#007A59"
GREY = "#6B7785"

#: Fills too pale to be seen by themselves: each is drawn with an outline from ``MARKS``.
PALE_BLUE = "#D9EAF5"
PALE_GREY = "#EDF0F3"
PALE_VERMILLION = "#FBE6D6"
MID_GREY = "#C3CCD4"
RULE = "#D5DBE1"

#: One hue from few to many. The steps skip the middle, on which neither ink nor paper reads well.
BLUES = ("#EFF4F8", "#D3E6F3", "#A5CCE6", "#68AFD8", "#0072B2", "#004B78")

#: What is written on what.
TEXT_ON = (
    (INK, PAPER),
    (MUTED, PAPER),
    (VERMILLION, PAPER),
    (PAPER, BLUE),
    (INK, PALE_BLUE),
    (INK, PALE_GREY),
    (INK, PALE_VERMILLION),
    (INK, MID_GREY),
)
#: Colours of lines, markers and outlines that carry meaning.
MARKS = (INK, MUTED, BLUE, VERMILLION, GREEN, GREY)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, as WCAG 2.2 defines it.

    >>> contrast("#000000", "#FFFFFF")
    21.0
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return round((lighter + 0.05) / (darker + 0.05), 2)


def readable_on(fill: str) -> str:
    """Return the text colour that stands out more on a fill.

    >>> readable_on("#0072B2") == PAPER
    True
    """
    return max((INK, PAPER), key=lambda colour: contrast(colour, fill))


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
