"""Names of files and folders made of what people call units: legal on every system, one each."""

import hashlib
import re
import unicodedata

# Windows, the strictest system in use, forbids these in a name.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(
    r"(CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])\s*(\.|$)", re.IGNORECASE
)
# A leading one makes a formula of a name that is pasted into a table.
_FORMULA_SIGNS = "=+-@＝＋－＠"
_LONGEST = 240  # bytes; a name has 255, and -2 or .bak must still fit behind it
_NOTHING = "未命名"


def one_line(text: str) -> str:
    """The text without the line breaks that a narrow cell was given."""
    return "".join(text.split("\n")).strip()


def safe_name(text: str, suffix: str = "") -> str:
    """A file's or folder's name as near to a text as may be.

    Path separators, characters that Windows forbids, controls and invisible marks, reserved
    names, a leading sign of a formula, dots and blanks at the ends are replaced or dropped; what
    is too long is cut and gets six digits of its hash. A text that is fine stays as it is.

    Args:
        text: the name without its suffix.
        suffix: such as `.xlsx`.
    """
    name = unicodedata.normalize("NFC", text)
    name = "".join(_shown(character) for character in name)
    name = _FORBIDDEN.sub("_", name)
    name = " ".join(name.split()).strip(" .")
    if not name:
        return _NOTHING + suffix
    if name[0] in _FORMULA_SIGNS + "~" or _RESERVED.match(name):
        name = "_" + name
    room = _LONGEST - len(suffix.encode())
    if len(name.encode()) > room:
        mark = "_" + _digits(text)
        cut = name.encode()[: room - len(mark)].decode(errors="ignore").rstrip(" .")
        name = cut + mark
    return name + suffix


def why_unsafe(text: str) -> str:
    """Why a text cannot be a file's name as it is, as the end of a sentence; "" when it can."""
    if safe_name(text) == text:
        return ""
    if forbidden := dict.fromkeys(_FORBIDDEN.findall(text)):
        return f"有文件名不能用的{'、'.join(forbidden)}"
    if _RESERVED.match(text.strip()):
        return "是系统保留的名称"
    if len(text.encode(errors="surrogatepass")) > _LONGEST:
        return "太长，放不进文件名"
    if text.strip(" .") != text:
        return "首尾有点或空格"
    return "有文件名不能用的字符"


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula when it is typed."""
    return text.lstrip()[:1] in tuple(_FORMULA_SIGNS) and bool(text.strip())


class Names:
    """Names within one folder, no two of them the same to a system that ignores case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, text: str, key: str, suffix: str = "") -> str:
        """The text's safe name, with digits of the key behind it where that is taken."""
        name = safe_name(text, suffix)
        number = 0
        while _folded(name) in self._taken:
            mark = "_" + _digits(f"{key}\0{number}" if number else key)
            room = _LONGEST - len(mark) - len(suffix.encode())
            stem = safe_name(text).encode()[:room].decode(errors="ignore")
            name, number = f"{stem}{mark}{suffix}", number + 1
        self._taken.add(_folded(name))
        return name


def _shown(character: str) -> str:
    """The character, `_` for a control or half a character, nothing for an invisible mark."""
    match unicodedata.category(character):
        case "Cf":
            return ""
        case "Cc":
            return " " if character in "\t\r\n" else "_"
        case "Cs" | "Zl" | "Zp":
            return "_"
    return character


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _digits(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:6]
