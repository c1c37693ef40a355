"""Two published returns, entered into the templates of their schemes."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from perfxl.engine.selection import select_rules
from perfxl.formula.coerce import Value
from perfxl.formula.tree import CellError
from perfxl.model.address import from_a1
from perfxl.model.cells import Cell, CellType
from perfxl.model.finding import Severity
from perfxl.model.form import SelfEvaluationForm
from perfxl.model.grade import Grade
from perfxl.model.number import parse_stored
from perfxl.model.report import Entry
from perfxl.pipeline import Options, check_file
from perfxl.pipeline.filling import fill_file
from perfxl.pipeline.forms import new_form
from perfxl.reader.tables import read_return
from perfxl.reader.workbook import read_book
from perfxl.scheme.find import get_scheme, scheme_folder
from perfxl.scheme.vocabulary import load_vocabulary
from perfxl.writer.cells import Content, write_cells
from tests.equivalence.recalculated import agree, recalculated
from tests.forms import guangzhou_data
from tests.forms.figures import Group, Leaf
from tests.office.session import Office

OPTIONS = Options(select_rules())

# What the 2023 return prints of its figures; amounts in 元.
DISTRICT_FIGURES = """项目,数值
预算编制不符合要求的项数,0
绩效目标未编报或不符合要求的项数,0
政府采购计划金额合计,1000000
政府采购实际金额合计,1000000
采购政策落实得分,1
资金支出规范性得分,1
部门预算总规模,48763098.65
全年调整、调剂资金累计,0
会计核算规范性得分,1
有无超范围超标准支出、虚列支出、截留挤占挪用等违规用款,无
所有固定资产总额,100
实际在用固定资产总额,100
核定编制数（含工勤）,25
年末在编人数（含工勤）,23
劳务派遣人数,50
直接聘用的编外人数,21
“三公”经费预算安排数,504000
“三公”经费实际支出数,503975.7
日常公用经费调整预算数,1263507
日常公用经费决算数,1263391.6
3月末累计支出进度,20.85%
6月末累计支出进度,39.92%
9月末累计支出进度,73.61%
12月末累计支出进度,94.51%
未按期保质完成的重点工作项数,0
计划完成项目数,10
已按计划时间完成的项目数,10
公众或服务对象满意度,90%
"""
NOT_REACHED = {"包含可量化的指标", "目标值的测算有依据或符合实际"}  # five points of seven
OPEN = "按内容、时限、范围等要求公开"


def blank(scheme_id: str, path: Path, year: int) -> Path:
    path.write_bytes(new_form(scheme_folder(scheme_id, None), unit="某应急管理局", year=year))
    return path


def form_of(path: Path) -> SelfEvaluationForm:
    (form,) = read_return(read_book(path), load_vocabulary()).forms
    return form


def enter(path: Path, leaves: dict[tuple[str, int], Leaf]) -> None:
    """Type scores that no formula gives, and reasons and measures where points were lost."""
    form, contents = form_of(path), {}
    for leaf in form.leaves():
        told = leaves.get((leaf.path[-1], leaf.part))
        if told is None:
            continue
        if leaf.score.formula is None:
            assert isinstance(told.score, Decimal)
            contents[from_a1(leaf.score.place.cell)] = Content(told.score)
        for text, value in (
            (leaf.shortfall_reason, told.reason),
            (leaf.improvement_measures, told.action),
        ):
            if text is not None and value:
                contents[from_a1(text.place.cell)] = Content(str(value))
    path.write_bytes(write_cells(path.read_bytes(), {form.sheet: contents}))


def judged(path: Path) -> Entry:
    (entry,) = check_file(path, OPTIONS).entries
    return entry


def stored(cell: Cell) -> Value:
    match cell.type:
        case CellType.NUMBER:
            return parse_stored(cell.raw)
        case CellType.BOOLEAN:
            return cell.raw == "TRUE"
        case CellType.ERROR:
            return CellError(cell.raw)
        case _:
            return cell.raw


def hold_in_office(path: Path, office: Office) -> None:
    """Every value that we stored is what LibreOffice computes from the bare formulas."""
    theirs = recalculated(path, office)
    book = read_book(path)
    for sheet in book.sheets:
        for spot, cell in sheet.cells.items():
            if cell.formula is not None:
                theirs_here = theirs[sheet.name].get(spot, "")
                assert agree(stored(cell), theirs_here), (sheet.name, spot, cell.formula)


def district_filled(tmp_path: Path, typed: dict[tuple[str, int], Leaf]) -> Path:
    """The 2023 return with 3 points for complete objectives and 4 for satisfaction."""
    path = blank("shenzhen-2023", tmp_path / "自评表.xlsx", 2023)
    enter(path, typed)
    data = tmp_path / "数据.csv"
    answers = [
        f"{one.name},{'否' if one.name in NOT_REACHED else '是' if '是' in one.options else OPEN}"
        for one in get_scheme("shenzhen-2023", None).inputs
        if one.options and "有" not in one.options
    ]
    data.write_text(DISTRICT_FIGURES + "\n".join(answers), encoding="utf-8")
    filling = fill_file(path, [data], OPTIONS)
    assert (filling.unclear, filling.missing, filling.unused) == ([], [], ())
    assert filling.written
    return filling.written


def test_district_return__its_figures_give_its_scores(tmp_path: Path, office: Office) -> None:
    district = district_filled(tmp_path, {})
    scores = {leaf.path[-1]: leaf.score.value for leaf in form_of(district).leaves()}
    assert scores["预算执行率"] == Decimal("4.70")
    assert scores["公用经费控制率"] == 4
    assert scores["编外人员控制率"] == 0
    assert scores["公众或服务对象满意度"] == 4
    assert scores["绩效指标明确性"] == 5
    hold_in_office(district, office)


def test_district_return__with_what_its_figures_earn__totals_91_70(
    tmp_path: Path, office: Office
) -> None:
    own = {("社会效益、经济效益、生态效益等", 0): Leaf("", Decimal(25), Decimal(25))}
    district = district_filled(tmp_path, own)
    entry = judged(district)
    assert entry.scheme
    assert entry.scheme.how == "stamp"
    assert (entry.total.stated, entry.total.computed) == (Decimal("91.70"), Decimal("91.70"))
    assert entry.grade.stated == entry.grade.computed == Grade.EXCELLENT
    assert [f for f in entry.findings if f.severity is Severity.ERROR] == []
    hold_in_office(district, office)


def test_municipal_return__in_its_template__totals_94_49(tmp_path: Path, office: Office) -> None:
    path = blank("guangzhou-2022", tmp_path / "自评表.xlsx", 2022)
    data = tmp_path / "数据.csv"
    data.write_text("项目,数值\n年度平均执行率,89.51%\n", encoding="utf-8")
    enter(path, {(leaf.name, leaf.part): leaf for leaf in leaves_of(guangzhou_data.ROOTS)})
    fill_file(path, [data], OPTIONS, in_place=True)
    entry = judged(path)
    assert (entry.total.stated, entry.total.computed) == (Decimal("94.49"), Decimal("94.49"))
    assert entry.grade.stated == Grade.EXCELLENT
    scores = {leaf.path[-1]: leaf.score for leaf in form_of(path).leaves()}
    assert scores["部门预算资金支出率"].value == Decimal("8.95")
    assert scores["部门预算资金支出率"].formula
    hold_in_office(path, office)


def leaves_of(groups: tuple[Group, ...]) -> Iterator[Leaf]:
    for group in groups:
        for child in group.children:
            yield from leaves_of((child,)) if isinstance(child, Group) else (child,)
