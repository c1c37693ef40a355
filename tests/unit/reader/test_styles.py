"""Cell formats, as far as rules need them."""

import pytest

from perfxl.model.cells import Style
from perfxl.reader.styles import is_date_format, read_styles
from tests.unit.reader.packing import MAIN


def styles_of(xfs: str, *, fonts: str = "<font/>", fills: str = "<fill/>") -> list[Style]:
    """The formats of a styles part, among look-alikes that must not count."""
    return read_styles(
        f"""<styleSheet xmlns="{MAIN}">
        <numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>
        <fonts>{fonts}</fonts><fills>{fills}</fills><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
        <cellXfs>{xfs}</cellXfs><dxfs><dxf><font><b/><color rgb="FFFF0000"/></font></dxf></dxfs>
        </styleSheet>""".encode(),
        "xl/styles.xml",
    )


@pytest.mark.parametrize(
    ("number", "code", "is_date"),
    [
        ("0", "General", False),
        ("2", "0.00", False),
        ("10", "0.00%", False),
        ("14", "yyyy/m/d", True),
        ("31", "yyyy/m/d", True),
        ("49", "@", False),
        ("176", 'yyyy"年"m"月"', True),
        ("999", "General", False),
        ("x", "General", False),
    ],
)
def test_number_format_is_known__built_in_or_own(number: str, code: str, is_date: bool) -> None:
    """What is unknown is General."""
    style = styles_of(f'<xf numFmtId="{number}"/>')[0]
    assert (style.number_format, style.is_date) == (code, is_date)


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("General", False),
        ("0.00", False),
        ("#,##0.00;[Red]-#,##0.00", False),
        ('0.00"days"', False),
        ("0.00\\d", False),
        ("_-* #,##0_m;@", False),
        ("[DBNum2]0", False),
        ("[$-804]yyyy", True),
        ("[h]:mm", True),
        ("[ss]", True),
        ("mm:ss.0;@", True),
        ("h上午", True),
    ],
)
def test_date_format_is_told_from_others__by_its_letters(code: str, is_date: bool) -> None:
    """Literals, colours and languages are no dates."""
    assert is_date_format(code) is is_date


@pytest.mark.parametrize(
    ("color", "expected"),
    [
        ('rgb="FFff0000"', "FF0000"),
        ('rgb="00B050"', "00B050"),
        ('rgb="red"', None),
        ('theme="0"', "FFFFFF"),
        ('theme="1"', "000000"),
        ('theme="0" tint="-0.25"', "BFBFBF"),
        ('theme="0" tint="nan"', "FFFFFF"),
        ('theme="0" tint="pale"', None),
        ('rgb="FF000000" tint="0.5"', "808080"),
        ('theme="4"', None),
        ('indexed="9"', "FFFFFF"),
        ('indexed="64"', None),
        ('auto="1"', None),
    ],
)
def test_color_is_known__where_the_file_alone_says_it(color: str, expected: str | None) -> None:
    """White in a palette, in a theme and by its digits."""
    fonts = f"<font><sz val='9'/><color {color}/></font>"
    fills = f'<fill><patternFill patternType="solid"><fgColor {color}/></patternFill></fill>'
    style = styles_of('<xf fontId="0" fillId="0"/>', fonts=fonts, fills=fills)[0]
    assert (style.font_color, style.fill_color) == (expected, expected)


def test_font_and_lock_belong_to_their_format() -> None:
    """The second format has the second font and is open for input."""
    fonts = '<font><sz val="10.5"/></font><font><b/><sz val="1"/></font><font><b val="0"/></font>'
    xfs = (
        '<xf fontId="0"/><xf fontId="1"><protection locked="0"/></xf>'
        '<xf fontId="2"><protection hidden="1"/></xf><xf fontId="77"/>'
    )
    styles = styles_of(xfs, fonts=fonts)
    assert [(s.font_size, s.is_bold, s.is_locked) for s in styles] == [
        (10.5, False, True),
        (1.0, True, False),
        (None, False, True),
        (None, False, True),
    ]


def test_pattern_other_than_solid_is_no_fill() -> None:
    """The second fill of every workbook is a grey pattern."""
    fills = (
        '<fill><patternFill patternType="gray125"><fgColor rgb="FF000000"/></patternFill></fill>'
    )
    assert styles_of('<xf fillId="0"/>', fills=fills)[0].fill_color is None


def test_styles_part_without_formats_gives_the_default() -> None:
    """Index 0 is always there."""
    assert styles_of("") == [Style()]


def test_books_do_not_share_a_list__of_the_same_template() -> None:
    """What one caller appends must not reach the other."""
    first = styles_of("<xf/>")
    first.append(Style())
    assert len(styles_of("<xf/>")) == 1
