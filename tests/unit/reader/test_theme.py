"""Colours of a theme, and scores that they hide."""

import pytest

from perfxl.reader.theme import PLAIN_THEME, read_theme, tinted
from perfxl.reader.workbook import read_book
from tests.unit.reader.packing import MAIN, Parts, pack, parts, refusal, relationships

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
THEME = f"""<a:theme xmlns:a="{DRAWING}" name="Office"><a:themeElements><a:clrScheme name="Office">
<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>
<a:lt1><a:sysClr val="window" lastClr="fffffe"/></a:lt1>
<a:dk2><a:srgbClr val="1F497D"/></a:dk2><a:lt2><a:srgbClr val="EEECE1"/></a:lt2>
<a:accent1><a:srgbClr val="4F81BD"/></a:accent1><a:accent2><a:srgbClr val="red"/></a:accent2>
</a:clrScheme><a:fmtScheme><a:fillStyleLst><a:solidFill><a:srgbClr val="ABCDEF"/></a:solidFill>
</a:fillStyleLst></a:fmtScheme></a:themeElements></a:theme>""".encode()
PART = "xl/theme/theme1.xml"


def with_theme(theme: bytes, font: str, fill: str) -> Parts:
    """A workbook whose second style has these colours."""
    made = parts('<row r="1"><c r="A1" s="1"><v>1</v></c></row>')
    made["xl/_rels/workbook.xml.rels"] = relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId8", "sharedStrings", "sharedStrings.xml"),
        ("rId9", "styles", "styles.xml"),
        ("rId10", "theme", "theme/theme1.xml"),
    )
    made["xl/styles.xml"] = (
        f'<styleSheet xmlns="{MAIN}"><fonts><font/><font><color {font}/></font></fonts>'
        f'<fills><fill/><fill><patternFill patternType="solid"><fgColor {fill}/></patternFill>'
        '</fill></fills><cellXfs><xf/><xf fontId="1" fillId="1"/></cellXfs></styleSheet>'
    ).encode()
    made[PART] = theme
    return made


def test_theme_colors__are_numbered_light_before_dark() -> None:
    theme = read_theme(THEME, PART)
    assert theme[:6] == ("FFFFFE", "000000", "EEECE1", "1F497D", "4F81BD", None)
    assert len(theme) == 12


def test_theme_that_is_no_xml__is_passed_over() -> None:
    assert read_theme(b"<a:theme", PART) == PLAIN_THEME


def test_theme_with_a_doctype__refuses_the_file() -> None:
    theme = b'<!DOCTYPE x [<!ENTITY a "b">]>' + THEME
    assert refusal(pack(with_theme(theme, 'theme="4"', 'theme="0"'))).code == "FL107"


@pytest.mark.parametrize(
    ("color", "tint", "expected"),
    [
        ("FFFFFF", -0.5, "808080"),
        ("000000", 0.5, "808080"),
        ("4F81BD", 0.8, "DCE6F2"),
        ("4F81BD", 0.0, "4F81BD"),
        ("4F81BD", 9.0, "FFFFFF"),
        ("4F81BD", -9.0, "000000"),
    ],
)
def test_tint__moves_towards_white_or_black(color: str, tint: float, expected: str) -> None:
    assert tinted(color, tint) == expected


@pytest.mark.parametrize(
    ("font", "fill", "expected"),
    [
        ('theme="4"', 'theme="4"', ("4F81BD", "4F81BD")),
        ('theme="0"', 'theme="3" tint="0.6"', ("FFFFFE", "8EB4E3")),
        ('theme="5"', 'theme="40"', (None, None)),
    ],
)
def test_style__has_the_themes_colors(
    font: str, fill: str, expected: tuple[str | None, str | None]
) -> None:
    style = read_book(pack(with_theme(THEME, font, fill))).styles[1]
    assert (style.font_color, style.fill_color) == expected
