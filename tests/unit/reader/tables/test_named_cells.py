"""The figures of our own templates are found by the names of their cells."""

from decimal import Decimal

from perfxl.model.cells import Book
from perfxl.model.form import Return
from perfxl.model.number import NumberKind
from perfxl.reader.tables import read_return
from perfxl.scheme.stamp import Stamp, stamp_constants
from perfxl.scheme.vocabulary import load_vocabulary
from tests.unit.reader.tables.grids import sheet_of

STAMP = stamp_constants(Stamp("some-2024", "1"))
DATA = """
| 项目 | 数 |
| 计划数 | 12 |
| 完成率 | 95% |
| 是否通过 | 是 |
| 未填 | |
| 结果 | 1 |
| 结果 | 0.5 |
"""


def read(names: dict[str, str], sheet_name: str = "基础数据", at: str = "A1") -> Return:
    sheet = sheet_of(DATA, at=at)
    sheet.name = sheet_name
    return read_return(Book([sheet], names={**STAMP, **names}), load_vocabulary())


def test_input__is_a_number_a_rate_an_answer_or_blank() -> None:
    found = read(
        {f"_perfxl_in_k{row}": f"基础数据!$B${row}" for row in range(2, 6)},
    ).inputs
    assert found["k2"].value == 12
    assert (found["k3"].value, found["k3"].unit) == (Decimal("0.95"), "%")
    assert (found["k4"].value, found["k4"].raw) == (None, "是")
    assert found["k5"].kind is NumberKind.BLANK
    assert found["k2"].place == ("基础数据", "B2")


def test_input__is_found_where_its_name_went() -> None:
    found = read({"_perfxl_in_plan": "'数据 2024'!$D$9"}, "数据 2024", at="C8").inputs
    assert found["plan"].value == 12
    assert found["plan"].place.cell == "D9"


def test_measures_and_lists__are_read_with_what_is_there() -> None:
    found = read({"_PERFXL_m_rate": "=基础数据!$B$3", "_perfxl_l_out": "基础数据!$B$5:$B$9"})
    assert found.measures["rate"].value == Decimal("0.95")
    assert [rate.value for rate in found.result_lists["out"]] == [1, Decimal("0.5")]


def test_name_that_lost_its_cell__is_left_out() -> None:
    found = read(
        {
            "_perfxl_in_a": "基础数据!#REF!",
            "_perfxl_in_b": "没有的表!$A$1",
            "_perfxl_in_c": '"文字"',
            "_perfxl_l_d": "基础数据!$A$1:$XFD$1048576",
            "_perfxl_in_e": "$B$2",
        }
    )
    assert found.inputs == {}
    assert found.result_lists == {}


def test_template__is_known_by_its_stamp_alone() -> None:
    assert read({}).is_template
    assert not read_return(Book([sheet_of(DATA)]), load_vocabulary()).is_template
