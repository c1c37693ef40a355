"""What a cell of a file holds, as a value that expressions reckon with."""

from perfxl.formula.coerce import Unknown, Value
from perfxl.formula.tree import CellError
from perfxl.model.cells import Cell, CellType
from perfxl.model.number import parse_stored


def stored_value(cell: Cell) -> Value:
    """The cell's value; of a formula what the file says that it gives, None where it says nothing.

    Unknown is a number that cannot be read as one.
    """
    match cell.type:
        case CellType.NUMBER:
            number = parse_stored(cell.raw)
            return Unknown("无法识别的数值") if number is None else number
        case CellType.TEXT:
            return cell.raw
        case CellType.BOOLEAN:
            return cell.raw == "TRUE"
        case CellType.ERROR:
            return CellError(cell.raw)
        case CellType.BLANK:
            return None
