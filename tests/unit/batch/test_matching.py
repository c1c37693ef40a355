"""Whose a file is."""

import pytest

from perfxl.batch.matching import Clues, Directory
from perfxl.batch.model import Issued, Unit, UnitState
from perfxl.scheme.stamp import Stamp
from tests.chaos.making import ISSUED

UNITS = (
    Unit("101", "教育局", "甲区"),
    Unit("102", "教育局", "乙区"),
    Unit("103", "甲区教育局实验幼儿园", "甲区"),
    Unit("104", "甲区应急管理局", "甲区", aliases=("甲区安监局",)),
    Unit("105", "甲区老局", "甲区", UnitState.RENAMED, into="104"),
)
LINE = Issued("104", "甲区应急管理局", "甲区", "", "", "R-104", "s", "1", "", ISSUED, None)
DIRECTORY = Directory(UNITS, [LINE])


def match(unit: str = "", path: str = "a.xlsx", stamp: Stamp | None = None) -> tuple[str, str]:
    found = DIRECTORY.match(Clues(stamp, unit, tuple(path.removesuffix(".xlsx").split("/"))))
    return found.code, found.how


@pytest.mark.parametrize(
    ("unit", "path", "expected"),
    [
        ("甲区应急管理局", "x.xlsx", ("104", "unit")),
        (" 甲区　应急管理局", "x.xlsx", ("104", "unit")),
        ("甲区安监局", "x.xlsx", ("104", "unit")),
        ("104", "x.xlsx", ("104", "unit")),
        ("甲区教育局", "x.xlsx", ("101", "unit")),  # the district's name put before it
        ("教育局", "乙区/x.xlsx", ("102", "unit")),
        ("教育局", "x.xlsx", ("", "")),  # two of that name
        ("", "104_表.xlsx", ("104", "path")),
        ("", "1042_表.xlsx", ("", "")),
        ("", "甲区教育局实验幼儿园.xlsx", ("103", "path")),  # not the bureau inside the name
        ("", "乙区/教育局/最终版.xlsx", ("102", "path")),
        ("", "甲区应急管理局和甲区教育局实验幼儿园.xlsx", ("", "")),
        ("甲区应急局", "104.xlsx", ("104", "path")),  # near enough to what the path says
        ("丙县水务局", "104.xlsx", ("", "")),  # not near
        ("丙县水务局", "x.xlsx", ("", "")),
        ("", "x.xlsx", ("", "")),
    ],
)
def test_unit_in_form_then_path__certain_or_not_at_all(
    unit: str, path: str, expected: tuple[str, str]
) -> None:
    assert match(unit, path) == expected


@pytest.mark.parametrize(
    ("stamp", "code"),
    [
        (Stamp("s", "1", issue="R-104"), "104"),
        (Stamp("s", "1", unit="甲区应急管理局"), "104"),
        (Stamp("s", "1", unit="别的", code="103"), "103"),
        (Stamp("s", "1", unit="104"), "104"),
    ],
)
def test_stamp_comes_before_path(stamp: Stamp, code: str) -> None:
    assert match("", "101.xlsx", stamp) == (code, "stamp")


def test_stamp_of_one_unit_and_form_of_another__is_said() -> None:
    stamp = Stamp("s", "1", issue="R-104")
    found = DIRECTORY.match(Clues(stamp, "甲区教育局", ("x",)))
    assert (found.code, found.is_other_unit) == ("104", True)
    for own in ("甲区应急管理局", "甲区应急管理局（本级）", "甲区老局", ""):
        assert not DIRECTORY.match(Clues(stamp, own, ("x",))).is_other_unit


def test_doubtful_name__is_asked_about_with_the_nearest() -> None:
    found = DIRECTORY.match(Clues(None, "甲区应急管理厅", ("x",)))
    assert found.code == ""
    assert "是不是“甲区应急管理局”（104）" in found.remark


def test_file_named_after_another_unit__form_wins_and_says_so() -> None:
    found = DIRECTORY.match(Clues(None, "甲区应急管理局", ("103_表",)))
    assert found.code == "104"
    assert "甲区教育局实验幼儿园" in found.remark


def test_renamed_unit_goes_by_its_new_code__circles_end() -> None:
    assert DIRECTORY.goes_by("105") == "104"
    ring = Directory([
        Unit("1", "甲", state=UnitState.RENAMED, into="2"),
        Unit("2", "乙", state=UnitState.RENAMED, into="1"),
    ])  # fmt: skip
    assert ring.goes_by("1") in {"1", "2"}
