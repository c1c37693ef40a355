"""How cells look: font, fill, borders, number format, placing, locking."""

from typing import Any

from tests.office.xlwings_engine.bridge import enum, is_mixed, struct, turned

_AUTOMATIC, _NONE = -4105, -4142
_SOLID = 1
_BOLD, _PLAIN = 150.0, 100.0
_HORIZONTAL = {-4131: "LEFT", -4108: "CENTER"}
_VERTICAL = {-4108: 2, -4107: 3}
_INDENT = 350  # hundredths of a millimetre
_THIN = 26


class CellFormats:
    """The formats of one or more cells; None where they differ."""

    def __init__(self, document: Any, uno: Any) -> None:
        self.document = document
        self.uno = uno

    @property
    def Font(self) -> "Font":
        return Font(self.uno)

    @property
    def Interior(self) -> "Interior":
        return Interior(self.uno)

    @property
    def Borders(self) -> "Borders":
        return Borders(self.uno)

    @property
    def NumberFormat(self) -> str | None:
        if is_mixed(self.uno, "NumberFormat"):
            return None
        return str(self.document.NumberFormats.getByKey(self.uno.NumberFormat).FormatString)

    @NumberFormat.setter
    def NumberFormat(self, code: str) -> None:
        self.uno.NumberFormat = format_key(self.document, code)

    @property
    def Locked(self) -> bool | None:
        mixed = is_mixed(self.uno, "CellProtection")
        return None if mixed else bool(self.uno.CellProtection.IsLocked)

    @Locked.setter
    def Locked(self, value: bool) -> None:
        self.uno.CellProtection = struct("com.sun.star.util.CellProtection", IsLocked=value)

    @property
    def WrapText(self) -> bool:
        return bool(self.uno.IsTextWrapped)

    @WrapText.setter
    def WrapText(self, value: bool) -> None:
        self.uno.IsTextWrapped = value

    def _place_horizontally(self, value: int) -> None:
        self.uno.HoriJustify = enum("com.sun.star.table.CellHoriJustify", _HORIZONTAL[value])

    def _place_vertically(self, value: int) -> None:
        self.uno.VertJustify = _VERTICAL[value]

    def _indent(self, value: int) -> None:
        self.uno.ParaIndent = value * _INDENT

    HorizontalAlignment = property(None, _place_horizontally)
    VerticalAlignment = property(None, _place_vertically)
    IndentLevel = property(None, _indent)


class Font:
    """Letters of cells; whatever is set is set for Latin and Chinese letters alike."""

    def __init__(self, uno: Any) -> None:
        self._uno = uno

    def _get(self, name: str) -> Any:
        return None if is_mixed(self._uno, name) else getattr(self._uno, name)

    def _set(self, name: str, value: Any) -> None:
        setattr(self._uno, name, value)
        setattr(self._uno, f"{name}Asian", value)

    @property
    def Color(self) -> int | None:
        color = self._get("CharColor")
        return None if color is None else turned(max(0, int(color)))

    @Color.setter
    def Color(self, value: int) -> None:
        self._uno.CharColor = turned(value)

    @property
    def ColorIndex(self) -> int | None:
        color = self._get("CharColor")
        if color is None:
            return None
        return _AUTOMATIC if color == -1 else 1

    @property
    def Size(self) -> float | None:
        size = self._get("CharHeight")
        return None if size is None else float(size)

    @Size.setter
    def Size(self, value: float) -> None:
        self._set("CharHeight", float(value))

    @property
    def Bold(self) -> bool | None:
        weight = self._get("CharWeight")
        return None if weight is None else weight >= _BOLD

    @Bold.setter
    def Bold(self, value: bool) -> None:
        self._set("CharWeight", _BOLD if value else _PLAIN)

    def _name(self, value: str) -> None:
        self._set("CharFontName", value)

    def _underline(self, _value: int) -> None:
        self._uno.CharUnderline = 1

    def _italic(self, value: bool) -> None:
        self._set("CharPosture", enum("com.sun.star.awt.FontSlant", "ITALIC" if value else "NONE"))

    Name = property(None, _name)
    Underline = property(None, _underline)
    Italic = property(None, _italic)


class Interior:
    """The fill of cells."""

    def __init__(self, uno: Any) -> None:
        self._uno = uno

    @property
    def Pattern(self) -> int | None:
        if is_mixed(self._uno, "CellBackColor"):
            return None
        return _NONE if self._uno.CellBackColor == -1 else _SOLID

    @Pattern.setter
    def Pattern(self, _value: int) -> None:
        pass

    @property
    def Color(self) -> int | None:
        if is_mixed(self._uno, "CellBackColor"):
            return None
        color = int(self._uno.CellBackColor)
        return 0xFFFFFF if color == -1 else turned(color)

    @Color.setter
    def Color(self, value: int) -> None:
        self._uno.CellBackColor = turned(value)


class Borders:
    """Lines around cells: what is told of them is drawn when their colour comes."""

    def __init__(self, uno: Any) -> None:
        self._uno = uno
        self.LineStyle = self.Weight = 0

    def _color(self, value: int) -> None:
        line = struct("com.sun.star.table.BorderLine2", Color=turned(value), OuterLineWidth=_THIN,
                      LineWidth=_THIN)  # fmt: skip
        for side in ("Left", "Right", "Top", "Bottom"):
            setattr(self._uno, f"{side}Border", line)

    Color = property(None, _color)


def format_key(document: Any, code: str) -> int:
    """The number of a number format, made where there is none."""
    english = struct("com.sun.star.lang.Locale", Language="en", Country="US")
    formats = document.NumberFormats
    known = formats.queryKey(code, english, False)
    return int(known if known != -1 else formats.addNew(code, english))
