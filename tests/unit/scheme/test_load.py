from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.errors import SchemeError
from perfxl.model.counting import NotApplicable
from perfxl.model.grade import Grade, GradeBand
from perfxl.scheme.files import LayoutFile
from perfxl.scheme.find import get_scheme
from perfxl.scheme.lint import lint_scheme
from perfxl.scheme.load import load_aliases, load_layout, load_scheme, load_scheme_file
from perfxl.scheme.model import CapMode
from perfxl.scheme.vocabulary import load_vocabulary
from tests.unit.scheme.forms import TEMPLATES, shipped

IDS = sorted(path.parent.name for path in TEMPLATES.glob("*/scheme.toml"))

SMALL = """
schema_version = 1
id = "town-2024"
version = "1"
kind = "dept_overall"
title = "某镇自评表"
region = "某镇"
year = 2024
total_score = 10
caps = "fixed"

[[bands]]
grade = "优"
lower = 9

[[bands]]
grade = "差"
lower = 0

[[group]]
name = "管理"
max_score = 10

[[group.indicator]]
name = "质量"
max_score = 7.5

[[group.indicator]]
name = "进度"
max_score = 2.5
"""


def folder_with(tmp_path: Path, text: str, name: str = "town-2024") -> Path:
    folder = tmp_path / name
    folder.mkdir(parents=True)
    (folder / "scheme.toml").write_text(text, encoding="utf-8")
    return folder


def test_shipped_schemes__are_at_least_two() -> None:
    assert {"guangzhou-2022", "shenzhen-2023"} <= set(IDS)


@pytest.mark.parametrize("scheme_id", IDS)
def test_shipped_scheme__is_valid_sound_and_adds_up(scheme_id: str) -> None:
    scheme = shipped(scheme_id)
    assert lint_scheme(scheme) == []
    assert sum(root.max_score for root in scheme.roots) == scheme.total_score == 100
    assert all(leaf.description for group in load_scheme_file(TEMPLATES / scheme_id).group
               for below in group.group for leaf in below.indicator)  # fmt: skip


@pytest.mark.parametrize("scheme_id", IDS)
def test_shipped_scheme__reads_the_same_without_validation(scheme_id: str) -> None:
    assert load_scheme(TEMPLATES / scheme_id, is_shipped=True) == shipped(scheme_id)
    assert get_scheme(scheme_id) == shipped(scheme_id)


@pytest.mark.parametrize("scheme_id", IDS)
def test_shipped_layout__headings_mean_what_their_columns_hold(scheme_id: str) -> None:
    layout = load_layout(TEMPLATES / scheme_id)
    words = load_vocabulary().with_aliases(load_aliases(TEMPLATES / scheme_id))
    for sheet in layout.sheet:
        assert not sheet.total_label or words.is_total(sheet.total_label)
        assert not sheet.grade_label or words.is_grade_label(sheet.grade_label)
        assert not sheet.unit_label or words.is_unit_label(sheet.unit_label)
        assert not sheet.year_label or words.is_year_label(sheet.year_label)
        for column in sheet.column:
            said = words.role_of(column.heading)
            if said == "name":
                said = words.role_of(column.above[-1])
            assert said == column.role


def test_first_scheme__tree_as_published() -> None:
    scheme = shipped("guangzhou-2022")
    assert scheme.cap_mode is CapMode.FIXED
    assert len(list(scheme.leaves())) == 26
    assert [(g.name, int(g.max_score)) for g in scheme.groups() if len(g.path) == 2] == [
        ("整体效能", 50),
        ("预算编制", 3),
        ("预算执行", 4),
        ("信息公开", 4),
        ("绩效管理", 15),
        ("采购管理", 10),
        ("资产管理", 10),
        ("运行成本", 4),
    ]
    parts = [(x.part, x.max_score) for x in scheme.leaves() if x.name == "采购意向公开合规性"]
    assert parts == [("完整性", Decimal("0.5")), ("及时性", Decimal("1.5"))]
    assert scheme.bands[0] == GradeBand(Grade.EXCELLENT, Decimal(90))
    assert not scheme.bands_assumed
    assert scheme.required_columns == ("shortfall_reason", "improvement_measures")


def test_second_scheme__caps_are_reference_and_bands_assumed() -> None:
    scheme = shipped("shenzhen-2023")
    assert scheme.cap_mode is CapMode.REFERENCE
    assert scheme.bands_assumed
    assert scheme.required_columns == ()
    assert [(root.name, int(root.max_score)) for root in scheme.roots] == [
        ("部门决策", 20),
        ("部门管理", 20),
        ("部门绩效", 60),
    ]


def test_load_scheme__a_small_one(tmp_path: Path) -> None:
    scheme = load_scheme(folder_with(tmp_path, SMALL))
    assert [(leaf.path, leaf.max_score) for leaf in scheme.leaves()] == [
        (("管理", "质量"), Decimal("7.5")),
        (("管理", "进度"), Decimal("2.5")),
    ]
    assert scheme.score_decimals == 2
    assert lint_scheme(scheme) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("max_score = 2.5", 'max_score = "2.5"', "“进度” › max_score 写的是 “2.5”，应为数"),
        ("max_score = 2.5", "max_score = 0", "max_score 写的是 0，应大于0"),
        ("max_score = 2.5", "max_score = true", "max_score 写的是 true，应为数"),
        ("max_score = 2.5", "max_score = nan", "max_score 写的是 NaN，应为普通的数"),
        ("max_score = 2.5", "max_scores = 2.5", "› max_scores（是否 max_score？）"),
        ("max_score = 2.5", "", "缺少 group“管理” › indicator“进度” › max_score"),
        ('grade = "优"', 'grade = "特优"', "grade 写的是 “特优”，应为优、良、中、差"),
        ('caps = "fixed"', 'caps = "free"', "caps 写的是 “free”，应为fixed、reference"),
        ('id = "town-2024"', 'id = "镇"', "id 写的是 “镇”，只用小写字母"),
        ('id = "town-2024"', 'id = "city-2024"', "应与所在文件夹同名“town-2024”"),
        ("schema_version = 1", "schema_version = 2", "schema_version 写的是 2，应为1"),
        ("year = 2024", 'year = "2024"', "year 写的是 “2024”，应为整数"),
        ('title = "某镇自评表"', 'title = ""', "title 写的是 “”，不能为空"),
        ("caps =", "caps ", "不合 TOML 格式"),
    ],
)  # fmt: skip
def test_load_scheme__fault_is_told_with_place_found_and_expected(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert SMALL.count(old) == 1
    folder = folder_with(tmp_path, SMALL.replace(old, new))
    with pytest.raises(SchemeError) as caught:
        load_scheme(folder)
    assert told in str(caught.value)
    assert str(folder / "scheme.toml") in str(caught.value)


def test_load_scheme__group_without_children_and_group_of_both_kinds(tmp_path: Path) -> None:
    empty = SMALL + '\n[[group]]\nname = "空"\nmax_score = 1\n'
    with pytest.raises(SchemeError, match="group“空”：组下应有"):
        load_scheme(folder_with(tmp_path, empty))
    both = SMALL + '\n[[group.group]]\nname = "组"\nmax_score = 1\n'
    both += '[[group.group.indicator]]\nname = "项"\nmax_score = 1\n'
    with pytest.raises(SchemeError, match="group“管理”：组下应有"):
        load_scheme(folder_with(tmp_path / "town-2024", both))


def test_load_scheme__many_faults_are_counted(tmp_path: Path) -> None:
    text = SMALL.replace("max_score", "cap")
    with pytest.raises(SchemeError, match="另有3处"):
        load_scheme(folder_with(tmp_path, text))


def test_load_scheme__three_levels_of_groups_are_too_many(tmp_path: Path) -> None:
    deep = SMALL.split("[[group.indicator]]")[0]
    for level in ("group.group", "group.group.group"):
        deep += f'\n[[{level}]]\nname = "{level}"\nmax_score = 10\n'
    deep += '\n[[group.group.group.indicator]]\nname = "项"\nmax_score = 10\n'
    with pytest.raises(SchemeError, match="分了三层组"):
        load_scheme(folder_with(tmp_path, deep))


def test_load_scheme__no_file_or_no_utf8(tmp_path: Path) -> None:
    with pytest.raises(SchemeError, match="没有这个文件"):
        load_scheme(tmp_path)
    folder = folder_with(tmp_path, "")
    (folder / "scheme.toml").write_bytes(SMALL.encode("gbk"))
    with pytest.raises(SchemeError, match="不是 UTF-8"):
        load_scheme(folder)


def test_load_scheme__a_bom_does_no_harm(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "\ufeff" + SMALL)
    assert load_scheme(folder).id == "town-2024"


def test_load_scheme__a_broken_shipped_file_is_told_all_the_same(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, SMALL.replace("max_score = 2.5", 'max_score = "二"'))
    with pytest.raises(SchemeError, match="indicator“进度” › max_score 写的是 “二”"):
        load_scheme(folder, is_shipped=True)


def test_load_layout__unknown_role_and_alias_are_named(tmp_path: Path) -> None:
    layout = (TEMPLATES / "guangzhou-2022" / "layout.toml").read_text(encoding="utf-8")
    path = tmp_path / "layout.toml"
    path.write_text(layout.replace('role = "score"', 'role = "points"'), encoding="utf-8")
    with pytest.raises(SchemeError, match="column“得分/自评分” › role：应为以下之一"):
        load_layout(tmp_path)
    path.write_text(layout + '\n[aliases]\nscroe = ["自打分"]\n', encoding="utf-8")
    with pytest.raises(SchemeError, match="aliases：不认识“scroe”"):
        load_layout(tmp_path)


def test_load_aliases__none_without_a_layout(tmp_path: Path) -> None:
    assert load_aliases(tmp_path) == {}
    layout = (TEMPLATES / "guangzhou-2022" / "layout.toml").read_text(encoding="utf-8")
    text = layout + '\n[aliases]\nscore = ["自打分"]\n'
    (tmp_path / "layout.toml").write_text(text, encoding="utf-8")
    for is_shipped in (False, True):
        assert load_aliases(tmp_path, is_shipped=is_shipped) == {"score": ["自打分"]}


@pytest.mark.parametrize(
    ("scoring", "told"),
    [
        ('{ shape = "steps" }', "scoring › shape 写的是 “steps”，应为manual、proportional"),
        ("{ rates = 1 }", "缺少 group“管理” › indicator“进度” › scoring › shape"),
        ("3", "scoring 写的是 3，应为一组键和值"),
        ('{ shape = "tiers", measure = "a b", tiers = [{ score = 1 }] }',
         "scoring › measure 写的是 “a b”，只用小写字母、数字和下划线"),
        ('{ shape = "tiers", measure = "a", tiers = [] }', "› tiers 写的是 []，至少要有1项"),
        ('{ shape = "tiers", measure = "a", tiers = [{ score = "1" }] }',
         "scoring › tiers[第1项] › score 写的是 “1”，应为数，不加引号，或为列表"),
        ('{ shape = "tiers", measure = "a", tiers = [{ score = [{ from = 2024, valeu = 1 }] }] }',
         "valeu（是否 value？）"),
        ('{ shape = "proportional", actual = "a", target = "B" }',
         "target 写的是 “B”，只用小写字母、数字和下划线，以字母开头，如 budget_total，或为数"),
        ('{ shape = "checklist", items = [{ key = "a", name = "甲" }] }',
         "items“甲”：应写 score"),
        ('{ shape = "zero_if", condition = { key = "a" }, otherwise = { shape = "manual" } }',
         "scoring › condition：应写 equals 或 over"),
        ('{ shape = "sum", parts = [{ name = "甲", max_score = 1, scoring = { shape = "x" } }] }',
         "parts“甲” › scoring › shape 写的是 “x”"),
        ('{ shape = "pace", rates = ["a"], paces = [], weights = [1] }', "scoring：rates、paces"),
    ],
)  # fmt: skip
def test_load_scheme__fault_in_a_standard_is_told_without_internals(
    tmp_path: Path, scoring: str, told: str
) -> None:
    text = SMALL.rstrip() + f"\nscoring = {scoring}\n"
    with pytest.raises(SchemeError) as caught:
        load_scheme(folder_with(tmp_path, text))
    assert told in str(caught.value)
    assert "[[" not in str(caught.value)
    assert "function" not in str(caught.value)


@pytest.mark.parametrize("mode", [None, *NotApplicable])
def test_not_applicable__is_unknown_unless_said(tmp_path: Path, mode: NotApplicable | None) -> None:
    said = f'year = 2024\nnot_applicable = "{mode.value}"' if mode else "year = 2024"
    folder = folder_with(tmp_path, SMALL.replace("year = 2024", said))
    assert load_scheme(folder).not_applicable is mode


def test_not_applicable__in_another_way_is_named(tmp_path: Path) -> None:
    wrong = SMALL.replace("year = 2024", 'year = 2024\nnot_applicable = "half"')
    with pytest.raises(SchemeError, match="not_applicable"):
        load_scheme(folder_with(tmp_path, wrong))


LAYOUT = """
schema_version = 1

[[sheet]]
kind = "score"
name = "自评表"
title = "自评表"

%s

[[sheet.column]]
role = "level3"
heading = "三级指标"
width = 20

[[sheet.column]]
role = "max_score"
heading = "分值"
width = 6

[[sheet.column]]
role = "score"
heading = "得分"
width = 7
"""


def layout_with(tmp_path: Path, *rows: str) -> LayoutFile:
    head = "\n".join(f"[[sheet.head]]\ncells = [{row}]" for row in rows)
    (tmp_path / "layout.toml").write_text(LAYOUT % head, encoding="utf-8")
    return load_layout(tmp_path)


def test_load_layout__head_cells_follow_one_another(tmp_path: Path) -> None:
    layout = layout_with(
        tmp_path,
        '{ text = "目标", rows = 2 }, { holds = "text", cols = 2 }',
        '{ text = "完成" }, { holds = "input", input = "budget" }',
    )
    (first, second) = layout.sheet[0].head
    assert [(cell.cols, cell.rows) for cell in first.cells] == [(1, 2), (2, 1)]
    assert second.cells[1].input == "budget"
    assert first.height == 22


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (['{ text = "甲", cols = 4 }'], "head 第1行“甲”放不下：本表3栏"),
        (['{ text = "甲", rows = 2 }, { text = "乙", cols = 2 }', '{ text = "丙", cols = 3 }'],
         "head 第2行“丙”放不下"),
        (['{ text = "甲", cols = 2 }'], "head 第1行只占2栏，本表3栏"),
        (['{ text = "甲", cols = 3, rows = 2 }'], "head 最后一行有单元格向下超出"),
        (['{ text = "甲", holds = "text", cols = 3 }'], "应写 text（固定文字）或 holds"),
        (['{ holds = "input", cols = 3 }'], 'holds 应为 "input"'),
        (['{ holds = "title", cols = 3 }'], "holds 写的是 “title”，应为"),
    ],
)  # fmt: skip
def test_load_layout__head_that_does_not_fit(tmp_path: Path, rows: list[str], told: str) -> None:
    with pytest.raises(SchemeError) as caught:
        layout_with(tmp_path, *rows)
    assert told in str(caught.value)


def test_load_scheme__own_rows_by_second_level_headings(tmp_path: Path) -> None:
    frame = SMALL.split("[[group.indicator]]")[0]
    parts = 'parts = [{ level2 = "数量指标", rows = 4 }, { level2 = "质量指标", rows = 2 }]'
    scheme = load_scheme(folder_with(tmp_path, f"{frame}\n[group.custom]\n{parts}\n"))
    custom = scheme.roots[0].custom
    assert custom is not None
    assert (custom.rows, custom.parts) == (6, (("数量指标", 4), ("质量指标", 2)))
    with pytest.raises(SchemeError, match="只写一种"):
        load_scheme(folder_with(tmp_path / "b", f"{frame}\n[group.custom]\nrows = 3\n{parts}\n"))


def test_load_scheme__unknown_key_is_told(tmp_path: Path) -> None:
    text = SMALL.rstrip() + '\nscoring = { shape = "mean_completion", rates = "done" }\n'
    with pytest.raises(SchemeError, match="“进度”的标准：没有 key 为 done 的"):
        load_scheme(folder_with(tmp_path, text))
    assert load_scheme(tmp_path / "town-2024", is_shipped=True).id == "town-2024"
