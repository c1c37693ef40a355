"""Figures into a form: the inputs of our own template, the closing formulas of any table."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from perfxl.engine.closing_formulas import ClosingFormula, closing_formulas
from perfxl.errors import UsageError
from perfxl.formula.coerce import Unknown
from perfxl.formula.excel_text import excel_text
from perfxl.formula.parse import parse_formula
from perfxl.formula.stored import stored_value
from perfxl.formula.tree import CellError, Reference, walk
from perfxl.model.address import Place, from_a1, to_a1
from perfxl.model.cells import Book, Cell, Sheet
from perfxl.model.figure import Figure
from perfxl.model.form import Return
from perfxl.model.names import INPUT_NAME
from perfxl.model.number import parse_stored, parse_typed, shown
from perfxl.pipeline.matching import scheme_for
from perfxl.pipeline.options import Options
from perfxl.pipeline.own import original_of
from perfxl.reader.figures import read_figures
from perfxl.reader.recalculate import recalculate
from perfxl.reader.tables import read_return
from perfxl.reader.workbook import read_book
from perfxl.scheme.figures import (
    FigureMap,
    Filled,
    Mapped,
    Matched,
    match_figures,
    twice_mapped,
    unknown_inputs,
)
from perfxl.scheme.find import scheme_vocabulary
from perfxl.scheme.model import Scheme, SchemeInput
from perfxl.scheme.stamp import read_stamp
from perfxl.writer import output
from perfxl.writer.cells import Content, Spot, write_cells

_FILLED = re.compile(r"(\.filled(-\d+)?)+\Z")


@dataclass(frozen=True, slots=True)
class Kept:
    """A cell that was left as it is: it holds something else than what would be filled in."""

    label: str
    place: Place
    stands: str
    offered: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Put:
    """A cell that was filled: what it is, where, what stands there now, and where that is from.

    `stood` is what was there before, "" for a blank.
    """

    label: str
    place: Place
    value: str
    source: str
    note: str = ""
    stood: str = ""


@dataclass(slots=True)
class Filling:
    """The outcome of filling one form; `written` is None when nothing was to be written.

    Attributes:
        written: the new file.
        put: cells that were filled with figures.
        formulas: cells that hold a formula now.
        scores: scores and the total that the form's formulas give now and did not before.
        kept: cells left as they were, with what would have been filled in.
        blocked: formulas that were not put in place, as sentences that say why.
        unclear: inputs whose figures could not be taken, as sentences.
        missing: inputs without a figure and without a value.
        unused: figures that nothing asked for.
    """

    written: Path | None = None
    put: list[Put] = field(default_factory=list)
    formulas: list[Put] = field(default_factory=list)
    scores: list[Put] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    missing: list[SchemeInput] = field(default_factory=list)
    unused: tuple[Figure, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether nothing was left for a person to look at."""
        return not (self.kept or self.blocked or self.unclear or self.missing)


def fill_file(
    path: Path,
    data: Sequence[Path],
    options: Options,
    *,
    mapping: FigureMap | None = None,
    overwrite: bool = False,
    in_place: bool = False,
) -> Filling:
    """Fill a form with figures and formulas; writes `a.filled.xlsx` beside `a.xlsx`.

    What a person typed stays unless `overwrite`; every formula's value is computed anew.

    Raises:
        RefusedFile: the gate refuses the form.
        RefusedEdit: the form cannot be edited safely.
        UsageError: a data file cannot be read, the mapping names an unknown input, or there are
            figures for a table that has no inputs.
        OutputError: the new file cannot be written.
    """
    before = path.read_bytes()
    book = read_book(before)
    recalculate(book)
    vocabulary = scheme_vocabulary(options.schemes_folder)
    returned = read_return(book, vocabulary)
    filling = Filling()
    edits: dict[str, dict[Spot, Content]] = {}
    figures = [figure for one in data for figure in read_figures(one)]
    places = input_places(book)
    form = returned.forms[0] if returned.forms else None
    match = scheme_for(book, form, options)
    stamp = read_stamp(book.names, book.properties)
    if places and (match is None or (stamp and match.how == "header")):
        wanted = f"方案“{stamp.scheme_id}”" if stamp else "它的方案"
        raise UsageError(f"{path} 是模板，但找不到{wanted}；请用 --schemes 写明方案放在哪个文件夹")
    if places and match:
        unit = returned.unit.value if returned.unit else ""
        told = mapping or FigureMap()
        _check_mapping(match.scheme, told.lines)
        inputs = [one for one in match.scheme.inputs if one.key in places]
        matched = match_figures(inputs, figures, told.lines, unit, told.columns)
        put_figures(book, places, matched, filling, edits, overwrite=overwrite)
    elif figures:
        raise UsageError(
            f"{path} 没有“基础数据”可填（不是本工具发的模板，或方案没有填报项）；"
            "不带 --data 可以只补合计、执行率、等级公式"
        )
    for one in returned.forms:
        scheme = match.scheme if match else None
        formulas = closing_formulas(one, scheme, overwrite=overwrite)
        _put_formulas(book, one.sheet, formulas, filling, edits, overwrite=overwrite)
    if not edits:
        return filling
    after = computed(write_cells(before, edits))
    known = {place: raw for _, place, raw in _scores(returned)}
    filling.scores = [
        Put(label, place, raw, "")
        for label, place, raw in _scores(read_return(read_book(after), vocabulary))
        if known.get(place) != raw and place not in {one.place for one in filling.formulas}
    ]
    if in_place:
        output.replace_in_place(path, after)
        filling.written = path
    else:
        filling.written = output.write_beside(_before_filling(path), "filled", after)
    return filling


def closing_of(book: Book, options: Options) -> Filling:
    """The closing formulas of a book's tables, to be put in by somebody else; nothing is written.

    What a person typed and differs stays and is told under `kept`. The book is recalculated.

    Raises:
        SchemeError: the scheme asked for does not exist or is broken.
    """
    recalculate(book)
    filling = Filling()
    for form in read_return(book, scheme_vocabulary(options.schemes_folder)).forms:
        match = scheme_for(book, form, options)
        formulas = closing_formulas(form, match.scheme if match else None, overwrite=False)
        _put_formulas(book, form.sheet, formulas, filling, {}, overwrite=False)
    return filling


def _scores(returned: Return) -> Iterator[tuple[str, Place, str]]:
    """What formulas give: each score with its indicator's name, and each total."""
    for form in returned.forms:
        found = [(leaf.path[-1], leaf.score) for leaf in form.leaves()]
        if form.total:
            found.append(("总分", form.total.score))
        for label, score in found:
            if score.formula is not None and score.value is not None:
                yield label, score.place, shown(score.value)


def _before_filling(path: Path) -> Path:
    """The name without our suffixes, that of an earlier filling too."""
    path = original_of(path)
    return path.with_name(_FILLED.sub("", path.stem) + path.suffix)


def _check_mapping(scheme: Scheme, lines: Sequence[Mapped]) -> None:
    strange = unknown_inputs(scheme.inputs, lines)
    if strange:
        raise UsageError(f"对照文件里的“{strange[0]}”不是{scheme.id}的填报项")
    twice = twice_mapped(scheme.inputs, lines)
    if twice:
        raise UsageError(f"对照文件里“{twice[0]}”写了不止一次，请只留一处")


def input_places(book: Book) -> dict[str, Reference]:
    """The cells of 基础数据 by input key, as the template's defined names tell."""
    places: dict[str, Reference] = {}
    for name, text in book.names.items():
        if name.startswith(INPUT_NAME):
            node = parse_formula(text.removeprefix("="))
            if isinstance(node, Reference) and node.is_cell and node.sheet:
                places[name.removeprefix(INPUT_NAME)] = node
    return places


def put_figures(
    book: Book,
    places: Mapping[str, Reference],
    matched: Matched,
    filling: Filling,
    edits: dict[str, dict[Spot, Content]],
    *,
    overwrite: bool,
) -> None:
    """Edit the cells of matched figures, and note in `filling` what became of each input."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    filling.unused = matched.unused
    filling.unclear.extend(f"{one.input.name}：{one.why}" for one in matched.unclear)
    filling.missing.extend(one for one in matched.missing if not _typed(sheets, places[one.key]))
    for filled in matched.filled:
        whole = places[filled.input.key]
        cells = sheets[whole.sheet or ""].cells
        own = _own_cells(sheets, whole)
        target = own[0]
        place = Place(whole.sheet or "", to_a1(*target))
        taken = [spot for spot in own if spot in cells and cells[spot].raw.strip()]
        stands = _typed(sheets, whole) or (cells[taken[0]].raw.strip() if taken else "")
        offered = _said(filled)
        source = f"{filled.figure.file} {filled.figure.place}"
        if stands and _same(stands, filled.value):
            continue
        if stands and not overwrite:
            at = place if len(taken) != 1 else Place(place.sheet, to_a1(*taken[0]))
            filling.kept.append(Kept(filled.input.name, at, stands, offered, source))
            continue
        contents = edits.setdefault(place.sheet, {})
        others = [spot for spot in taken if spot != target]
        contents |= {spot: Content(None) for spot in others}
        contents[target] = Content(filled.value)
        cleared = f"清空{'、'.join(to_a1(*spot) for spot in others)}" if others else ""
        note = "；".join(filter(None, (filled.note, cleared)))
        filling.put.append(Put(filled.input.name, place, offered, source, note))


def _own_cells(sheets: Mapping[str, Sheet], whole: Reference) -> list[Spot]:
    """Where people type: the cell itself, or those that its formula adds up, the first first."""
    at = (whole.area.top, whole.area.left)
    cell = sheets[whole.sheet or ""].cells.get(at)
    if cell is None or cell.formula is None:
        return [at]
    areas = [node.area for node in walk(parse_formula(cell.formula)) if isinstance(node, Reference)]
    return [
        (row, column)
        for area in areas[:1]
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ] or [at]


def _typed(sheets: Mapping[str, Sheet], whole: Reference) -> str:
    """What stands for an input now; "" while nobody has typed anything."""
    cell = sheets[whole.sheet or ""].cells.get((whole.area.top, whole.area.left))
    return cell.raw.strip() if cell else ""


def _same(stands: str, value: Decimal | str) -> bool:
    if isinstance(value, str):
        return stands == value
    number = parse_stored(stands)
    typed = parse_typed(stands)
    return value in (number, typed[0] if typed else None)


def _said(filled: Filled) -> str:
    if isinstance(filled.value, str):
        return filled.value
    if filled.input.unit == "%":
        return f"{shown(filled.value * 100)}%"
    return f"{shown(filled.value)}{filled.input.unit}"


def _put_formulas(
    book: Book,
    sheet: str,
    formulas: Iterator[ClosingFormula],
    filling: Filling,
    edits: dict[str, dict[Spot, Content]],
    *,
    overwrite: bool,
) -> None:
    cells = next(one.cells for one in book.sheets if one.name == sheet)
    for one in formulas:
        spot = from_a1(one.place.cell)
        if spot in cells and cells[spot].formula is not None:
            continue  # a grade of our own template, which waits for what is still to come
        offered = one.value if isinstance(one.value, str) else shown(one.value)
        trouble = one.trouble
        there = cells[spot].raw.strip() if spot in cells else ""
        if not trouble and there != one.stands.strip():
            trouble = f"这一格写的是“{there}”，写公式会把字盖住"
        if trouble:
            filling.blocked.append(f"{one.label}　{one.place.sheet}!{one.place.cell}：{trouble}")
        elif one.stands and not one.agrees and not overwrite:
            filling.kept.append(Kept(one.label, one.place, one.stands, offered))
        else:
            text = excel_text(one.expression)
            edits.setdefault(sheet, {})[spot] = Content(one.value, text)
            put = Put(one.label, one.place, offered, f"={text}", one.note, there)
            filling.formulas.append(put)


def computed(data: bytes) -> bytes:
    """The workbook with every formula's value as our own arithmetic has it."""
    stored = read_book(data)
    anew = read_book(data)
    recalculate(anew)
    edits: dict[str, dict[Spot, Content]] = {}
    for old, new in zip(stored.sheets, anew.sheets, strict=True):
        for spot, cell in new.cells.items():
            before = old.cells[spot]
            if cell.formula is not None and (cell.type, cell.raw) != (before.type, before.raw):
                edits.setdefault(new.name, {})[spot] = _content(cell)
    return write_cells(data, edits) if edits else data


def _content(cell: Cell) -> Content:
    match stored_value(cell):
        case CellError(code):
            return Content(code, keeps_formula=True, is_error=True)
        case Unknown():
            return Content(None, keeps_formula=True)
        case value:
            return Content("" if value is None else value, keeps_formula=True)
