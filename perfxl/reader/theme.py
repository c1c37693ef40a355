"""A workbook's theme: the twelve colours that styles refer to by number, and their tints."""

import colorsys
import re
from functools import lru_cache

from perfxl.errors import RefusedFile
from perfxl.reader.xml_part import Attributes, parse

# In the order in which styles number them; the file lists dark before light.
_SLOTS = (
    "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6",
    "hlink", "folHlink",
)  # fmt: skip
_RGB = re.compile(r"[0-9A-Fa-f]{6}\Z")

Theme = tuple[str | None, ...]
# Without a theme only its paper and ink are certain: white, and black.
PLAIN_THEME: Theme = ("FFFFFF", "000000")


@lru_cache(maxsize=16)  # returns of one template share their theme to the byte
def read_theme(data: bytes, part: str) -> Theme:
    """The theme's colours as `RRGGBB` by number, None where one cannot be told.

    A theme that is no XML is passed over: nothing but colours depends on it.

    Raises:
        RefusedFile: the part declares a DOCTYPE (FL107).
    """
    found: dict[str, str] = {}
    slot = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal slot
        local = name.rpartition(" ")[2].rpartition(":")[2]
        if local in _SLOTS:
            slot = local
        elif local in ("srgbClr", "sysClr") and slot:
            value = attributes.get("val" if local == "srgbClr" else "lastClr", "")
            if _RGB.match(value):
                found.setdefault(slot, value.upper())

    def end(name: str) -> None:
        nonlocal slot
        if name.rpartition(" ")[2].rpartition(":")[2] in _SLOTS:
            slot = ""

    try:
        parse(data, part, start, end)
    except RefusedFile as refusal:
        if refusal.code != "FL108":
            raise
        return PLAIN_THEME
    colors = [found.get(name) for name in _SLOTS]
    return (colors[0] or PLAIN_THEME[0], colors[1] or PLAIN_THEME[1], *colors[2:])


def tinted(color: str, tint: float) -> str:
    """A colour made lighter (tint above 0, at most 1) or darker (below 0, at least -1)."""
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    tint = max(-1.0, min(tint, 1.0))
    lightness = lightness * (1 + tint) if tint < 0 else lightness * (1 - tint) + tint
    mixed = colorsys.hls_to_rgb(hue, lightness, saturation)
    return "".join(f"{round(channel * 255):02X}" for channel in mixed)
