"""Fields that a form spreads over several cells of one row."""

from perfxl.model.form import Text
from perfxl.reader.tables.headings import LevelColumns
from perfxl.reader.tables.labels import is_counter, split_cap
from perfxl.reader.tables.rows import RowReading
from perfxl.reader.tables.view import SheetView, Spot

# What is written where a target has no sign or no unit.
_NO_PART = ("", "/", "-", "—", "无", "定性", "其他")


def name_of(view: SheetView, spot: Spot, level: LevelColumns, *, is_group: bool) -> Text:
    """A name without the cap that its label may state, its runs joined where it is split."""
    field = view.field(spot)
    text, (row, first) = field.value, spot
    for column in level.names if first in level.names else ():
        run = view.text((row, column))
        # A cell merged with one above or to the left holds no further run.
        if column > first and view.anchor((row, column)) == (row, column) and not is_counter(run):
            text += run
    name, _ = split_cap(text, is_group=is_group)
    return Text(name, field.place)


def with_sign_and_unit(view: SheetView, reading: RowReading, target: Text) -> Text:
    """A target whose sign and unit stand in columns of their own: ≥ | 95 | % → ≥95%."""
    sign, unit = (
        view.text(reading.fields[role]) if role in reading.fields else ""
        for role in ("target_sign", "target_unit")
    )
    text = target.value
    if not text:
        return target
    if sign not in _NO_PART and not text.startswith(sign):
        text = sign + text
    if unit not in _NO_PART and not text.endswith(unit):
        text += unit
    return Text(text, target.place)
