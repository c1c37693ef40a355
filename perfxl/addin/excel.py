"""How Excel's objects are told what a cell looks like, by live mode and by the macros alike."""

ALIGNED = {"left": -4131, "center": -4108, "bottom": -4107}
NUMBER_FORMATS = {0: "General", 2: "0.00"}  # by their numbers in files
LONGEST_LITERAL = 255  # letters of a text within a formula


def excel_color(text: str) -> int:
    """RRGGBB as Excel's number."""
    red, green, blue = (int(text[at : at + 2], 16) for at in (0, 2, 4))
    return red | green << 8 | blue << 16
