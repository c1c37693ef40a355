from perfxl.waivers.account import account
from perfxl.waivers.apply import Fate, Use
from tests.unit.waivers.records import filed


def test_nothing_is_said__of_a_waiver_in_use() -> None:
    assert account([filed()], [Use(filed(), Fate.USED)]) == []


def test_waiver_used_in_one_table__is_not_unused_for_another() -> None:
    uses = [Use(filed(), Fate.UNUSED), Use(filed(), Fate.USED), Use(filed(), Fate.UNUSED)]

    assert account([filed()], uses) == []


def test_each_gets_a_line__expired_void_unused() -> None:
    old, changed, vain = filed(value="1"), filed(value="5"), filed(value="", unit="区卫生健康局")
    lines = account(
        [old, changed, vain],
        [Use(vain, Fate.UNUSED), Use(changed, Fate.VOID, "6"), Use(old, Fate.EXPIRED)],
    )

    assert lines == [
        "豁免已过期：AR102 自评表!I7（区卫健局.xlsx），有效期到2024-12-31；"
        "仍需豁免的请改期限，否则请删去",
        "豁免已作废：AR102 自评表!I7（区卫健局.xlsx），豁免的值是“5”，现为“6”",
        "豁免没有用上：AR102 自评表!I7（区卫生健康局，区卫健局.xlsx），没有这处问题，可以删去",
    ]


def test_blank_is_called_blank__and_a_long_value_is_cut() -> None:
    blank, long = filed(value=""), filed(value="长\n" * 100)
    lines = account([blank, long], [Use(blank, Fate.VOID, "6"), Use(long, Fate.VOID)])

    assert lines[0].endswith("豁免的值是空，现为“6”")
    assert lines[1].endswith("…”，现为空")
    assert all("\n" not in line for line in lines)


def test_waivers_of_other_files__take_one_line_together() -> None:
    others = [filed(file=f"{number}.xlsx") for number in range(5)]
    (line,) = account(others, [])

    assert line.startswith("有5条豁免不涉及本次所查的文件、单位或规则：")
    assert line.endswith("（2.xlsx）等")
    assert account(others[:1], [])[0].endswith("（0.xlsx）")
