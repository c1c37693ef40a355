import pytest

from perfxl.writer.template.lines import balanced


@pytest.mark.parametrize(
    ("text", "width", "broken"),
    [
        ("分值", 6, "分值"),
        ("一级指标", 10, "一级指标"),
        ("一级指标", 8, "一级/指标"),
        ("年度指标值", 11, "年度/指标值"),
        ("年度绩效目标", 12, "年度/绩效目标"),
        ("年末结转结余额", 8, "年末/结转/结余额"),
        ("预算数（万元）", 12, "预算数/（万元）"),
        ("部门（单位）名称", 12, "部门/（单位）/名称"),
        ("其中：财政拨款", 12, "其中：/财政拨款"),
        ("得分｜自评分", 7, "得分｜/自评分"),
        ("已经\n分行", 2, "已经/分行"),
    ],
)
def test_headings_are_broken_between_words(text: str, width: float, broken: str) -> None:
    said = balanced(text.replace("｜", "/"), width)
    assert said == broken.replace("/", "\n").replace("｜", "/")
