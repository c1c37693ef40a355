"""Functions of texts."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from perfxl.formula.coerce import VALUE, Trouble, Unknown, Value, shown, to_number, to_text
from perfxl.formula.function import Arguments, Context, Function, fixed, text_of, whole
from perfxl.formula.tree import CellError
from perfxl.formula.wildcard import wildcard

MAX_TEXT = 32_767  # letters of a cell
# Of each format: its decimals, whether they are optional, thousands, per cent.
_FORMATS = {
    "0": (0, False, False, False),
    "0.0": (1, False, False, False),
    "0.00": (2, False, False, False),
    "0.##": (2, True, False, False),
    "#,##0": (0, False, True, False),
    "#,##0.00": (2, False, True, False),
    "0%": (0, False, False, True),
    "0.00%": (2, False, False, True),
}


def _texts(context: Context, arguments: Arguments) -> list[str] | Trouble:
    """Arguments as texts; an unknown weighs more than an error."""
    texts = [text_of(context, argument) for argument in arguments]
    troubles = [text for text in texts if not isinstance(text, str)]
    for trouble in troubles:
        if isinstance(trouble, Unknown):
            return trouble
    return troubles[0] if troubles else [text for text in texts if isinstance(text, str)]


def _length(context: Context, arguments: Arguments) -> Value:
    text = text_of(context, arguments[0])
    return Decimal(len(text)) if isinstance(text, str) else text


def _trim(context: Context, arguments: Arguments) -> Value:
    text = text_of(context, arguments[0])
    return " ".join(filter(None, text.split(" "))) if isinstance(text, str) else text


def _end(context: Context, arguments: Arguments, *, is_left: bool) -> Value:
    text = text_of(context, arguments[0])
    if not isinstance(text, str):
        return text
    count = whole(context, arguments[1]) if len(arguments) > 1 else 1
    if not isinstance(count, int):
        return count
    if count < 0:
        return VALUE
    return text[:count] if is_left else text[max(0, len(text) - count) :]


def _middle(context: Context, arguments: Arguments) -> Value:
    text = text_of(context, arguments[0])
    start, count = (whole(context, argument) for argument in arguments[1:])
    if not isinstance(text, str):
        return text
    if not isinstance(start, int):
        return start
    if not isinstance(count, int):
        return count
    return text[start - 1 : start - 1 + count] if start >= 1 and count >= 0 else VALUE


def _position(context: Context, arguments: Arguments, *, is_search: bool) -> Value:
    """FIND, case and all; SEARCH, without case and with wildcards."""
    texts = _texts(context, arguments[:2])
    if not isinstance(texts, list):
        return texts
    start = whole(context, arguments[2]) if len(arguments) > 2 else 1
    if not isinstance(start, int):
        return start
    sought, within = texts
    if not 1 <= start <= len(within) + 1:
        return VALUE
    if is_search:
        found = wildcard(sought).find(within, start - 1)
    else:
        found = within.find(sought, start - 1)
    return VALUE if found < 0 else Decimal(found + 1)


def _substitute(context: Context, arguments: Arguments) -> Value:
    texts = _texts(context, arguments[:3])
    if not isinstance(texts, list):
        return texts
    text, old, new = texts
    if len(arguments) < 4:
        return _short(text.replace(old, new)) if old else text
    number = whole(context, arguments[3])
    if not isinstance(number, int):
        return number
    if number < 1:
        return VALUE
    places = [match.start() for match in re.finditer(re.escape(old), text)] if old else []
    if number > len(places):
        return text
    at = places[number - 1]
    return _short(text[:at] + new + text[at + len(old) :])


def _repeat(context: Context, arguments: Arguments) -> Value:
    text, times = text_of(context, arguments[0]), whole(context, arguments[1])
    if not isinstance(text, str):
        return text
    if not isinstance(times, int):
        return times
    return text * times if times >= 0 and len(text) * times <= MAX_TEXT else VALUE


def _joined(context: Context, arguments: Arguments) -> Value:
    texts = _texts(context, arguments)
    return _short("".join(texts)) if isinstance(texts, list) else texts


def _same(context: Context, arguments: Arguments) -> Value:
    texts = _texts(context, arguments)
    return texts[0] == texts[1] if isinstance(texts, list) else texts


def _short(text: str) -> Value:
    return text if len(text) <= MAX_TEXT else VALUE


def _number(context: Context, arguments: Arguments) -> Value:
    """VALUE."""
    value = context.value(arguments[0])
    return VALUE if isinstance(value, bool) else to_number(value)


def _formatted(context: Context, arguments: Arguments) -> Value:
    """TEXT with one of the formats that forms of ours use."""
    value, pattern = context.value(arguments[0]), text_of(context, arguments[1])
    if not isinstance(pattern, str):
        return pattern
    if pattern not in _FORMATS:
        return Unknown(f"函数TEXT（格式{pattern}）")
    if isinstance(value, bool):
        return to_text(value)
    number = to_number(value)
    if isinstance(number, CellError) and isinstance(value, str):
        return value  # a text that is no number stays as it is
    return _format(number, *_FORMATS[pattern]) if isinstance(number, Decimal) else number


def _format(
    number: Decimal, decimals: int, is_optional: bool, has_thousands: bool, is_percent: bool
) -> Value:
    number = shown(number)
    if number.adjusted() > 20:
        return Unknown("函数TEXT（过大的数）")
    if is_percent:
        number = number.scaleb(2)
    cut = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(cut):,f}" if has_thousands else f"{abs(cut):f}"
    if is_optional:
        text = text.rstrip("0")  # the point stays, as in Excel
    sign = "-" if cut < 0 else ""
    return f"{sign}{text}{'%' if is_percent else ''}"


def _texts_of(names: Sequence[tuple[str, int, int, Function]]) -> dict[str, Function]:
    return {name: fixed(fewest, most, function) for name, fewest, most, function in names}


TEXT_FUNCTIONS: dict[str, Function] = _texts_of(
    [
        ("LEN", 1, 1, _length),
        ("TRIM", 1, 1, _trim),
        ("LEFT", 1, 2, lambda context, given: _end(context, given, is_left=True)),
        ("RIGHT", 1, 2, lambda context, given: _end(context, given, is_left=False)),
        ("MID", 3, 3, _middle),
        ("FIND", 2, 3, lambda context, given: _position(context, given, is_search=False)),
        ("SEARCH", 2, 3, lambda context, given: _position(context, given, is_search=True)),
        ("SUBSTITUTE", 3, 4, _substitute),
        ("REPT", 2, 2, _repeat),
        ("CONCATENATE", 1, 255, _joined),
        ("EXACT", 2, 2, _same),
        ("VALUE", 1, 1, _number),
        ("TEXT", 2, 2, _formatted),
        ("HYPERLINK", 1, 2, lambda context, given: context.value(given[-1])),
    ]
)
"""By upper-case name."""
