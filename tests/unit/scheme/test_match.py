from dataclasses import replace
from decimal import Decimal

import pytest

from perfxl.scheme.match import align, match_scheme
from perfxl.scheme.model import Scheme, SchemeGroup, SchemeIndicator
from perfxl.scheme.pairing import name_key
from tests.unit.scheme.forms import Row, form_like, form_of, last_names, names, rows_of, shipped

CITY = shipped("guangzhou-2022")
OTHER = shipped("shenzhen-2023")
BOTH = (CITY, OTHER)

INTENTION = "采购意向公开合规性"


def with_caps_doubled(scheme: Scheme) -> Scheme:
    def doubled(node: SchemeGroup | SchemeIndicator) -> SchemeGroup | SchemeIndicator:
        assert node.max_score is not None
        cap = node.max_score * 2
        if isinstance(node, SchemeIndicator):
            return replace(node, max_score=cap)
        return replace(node, max_score=cap, children=tuple(map(doubled, node.children)))

    roots = tuple(root for root in map(doubled, scheme.roots) if isinstance(root, SchemeGroup))
    return replace(scheme, roots=roots, total_score=scheme.total_score * 2)


def renamed_leaf(rows: list[Row], old: str, new: str) -> None:
    (row,) = (row for row in rows if row.path[-1] == old)
    row.path = (*row.path[:-1], new)


@pytest.mark.parametrize("scheme", BOTH, ids=lambda scheme: scheme.id)
def test_match_scheme__finds_the_one_a_form_was_built_from(scheme: Scheme) -> None:
    assert match_scheme(form_like(scheme), BOTH) is scheme
    assert match_scheme(form_like(scheme), BOTH[::-1]) is scheme


def test_match_scheme__none_when_only_the_other_is_known() -> None:
    assert match_scheme(form_like(CITY), (OTHER,)) is None
    assert match_scheme(form_like(OTHER), (CITY,)) is None
    assert match_scheme(form_like(CITY), ()) is None


def test_match_scheme__none_when_two_fit_alike() -> None:
    next_year = replace(CITY, id="city-2023", year=2023)
    assert match_scheme(form_like(CITY), (CITY, next_year)) is None


def test_match_scheme__caps_decide_between_schemes_of_the_same_names() -> None:
    doubled = with_caps_doubled(CITY)
    assert match_scheme(form_like(CITY), (CITY, doubled)) is CITY
    assert match_scheme(form_like(doubled), (CITY, doubled)) is doubled
    assert match_scheme(form_like(doubled), (CITY,)) is CITY


def test_match_scheme__a_form_without_caps_is_known_by_names() -> None:
    form = form_of([Row(row.path, None) for row in rows_of(CITY)])
    assert match_scheme(form, BOTH) is CITY


def test_match_scheme__some_lost_rows_do_no_harm_but_half_of_them_do() -> None:
    assert match_scheme(form_like(CITY, lambda rows: rows[:-5]), BOTH) is CITY
    assert match_scheme(form_like(CITY, lambda rows: rows[:13]), BOTH) is None


def test_match_scheme__an_alias_counts_as_the_name() -> None:
    def changed(rows: list[Row]) -> None:
        renamed_leaf(rows, "合同备案时效性", "采购合同备案时效性")

    assert match_scheme(form_like(CITY, changed), BOTH) is CITY
    assert align(form_like(CITY, changed), CITY).is_exact


def test_match_scheme__empty_form_matches_nothing() -> None:
    assert match_scheme(form_of([]), BOTH) is None


@pytest.mark.parametrize("scheme", BOTH, ids=lambda scheme: scheme.id)
def test_align__everything_in_place(scheme: Scheme) -> None:
    alignment = align(form_like(scheme), scheme)
    assert alignment.is_exact
    assert [wanted for _, wanted in alignment.leaves] == list(scheme.leaves())
    assert [wanted for _, wanted in alignment.groups] == list(scheme.groups())
    assert not alignment.extra_groups
    assert not alignment.renamed_groups


def test_align__caps_are_free_to_differ() -> None:
    assert align(form_like(with_caps_doubled(CITY)), CITY).is_exact


def test_align__missing_leaf() -> None:
    form = form_like(CITY, lambda rows: [r for r in rows if r.path[-1] != "资产盘点情况"])
    alignment = align(form, CITY)
    assert last_names(alignment.missing) == ["资产盘点情况"]
    assert len(alignment.leaves) == 25
    assert not alignment.renamed
    assert not alignment.extra


def test_align__missing_group_stands_for_its_leaves() -> None:
    form = form_like(CITY, lambda rows: [r for r in rows if "运行成本" not in r.path])
    assert last_names(align(form, CITY).missing) == ["运行成本"]
    without_root = form_like(CITY, lambda rows: [r for r in rows if r.path[0] != "履职效能"])
    assert last_names(align(without_root, CITY).missing) == ["履职效能"]


def test_align__missing_in_the_schemes_order() -> None:
    gone = {"结转结余率", "运行成本", "新增预算项目事前绩效评估", "资产盘点情况"}
    form = form_like(CITY, lambda rows: [r for r in rows if not gone & set(r.path)])
    assert last_names(align(form, CITY).missing) == [
        "预算编制",
        "结转结余率",
        "资产盘点情况",
        "运行成本",
    ]


def test_align__extra_leaf_and_group() -> None:
    def added(rows: list[Row]) -> list[Row]:
        return [
            *rows,
            Row(("管理效率", "运行成本", "节能降耗"), "1"),
            Row(("加分项", "获奖", "省部级表彰"), "3"),
        ]

    alignment = align(form_like(CITY, added), CITY)
    assert [leaf.name.value for leaf in alignment.extra] == ["节能降耗", "省部级表彰"]
    assert [group.name.value for group in alignment.extra_groups] == ["加分项", "获奖"]
    assert not alignment.missing
    assert not alignment.renamed


def test_align__renamed_to_something_similar() -> None:
    form = form_like(CITY, lambda rows: renamed_leaf(rows, "数据质量", "资产数据质量"))
    alignment = align(form, CITY)
    assert names(alignment.renamed) == [("资产数据质量", "数据质量")]
    assert not alignment.missing
    assert not alignment.extra


def test_align__renamed_altogether_but_same_position_and_cap() -> None:
    form = form_like(CITY, lambda rows: renamed_leaf(rows, "数据质量", "年报可靠程度"))
    assert names(align(form, CITY).renamed) == [("年报可靠程度", "数据质量")]


def test_align__another_name_and_another_cap_is_another_indicator() -> None:
    def changed(rows: list[Row]) -> None:
        renamed_leaf(rows, "数据质量", "节能降耗")
        next(row for row in rows if row.path[-1] == "节能降耗").cap = "3"

    alignment = align(form_like(CITY, changed), CITY)
    assert not alignment.renamed
    assert last_names(alignment.missing) == ["数据质量"]
    assert [leaf.name.value for leaf in alignment.extra] == ["节能降耗"]


def test_align__renamed_group_keeps_its_leaves() -> None:
    def changed(rows: list[Row]) -> None:
        for row in rows:
            row.path = tuple("采购工作管理" if p == "采购管理" else p for p in row.path)

    alignment = align(form_like(CITY, changed), CITY)
    assert names(alignment.renamed_groups) == [("采购工作管理", "采购管理")]
    assert len(alignment.leaves) == 26
    assert not alignment.missing
    assert not alignment.extra


def test_align__leaf_under_a_wrong_group_is_still_itself() -> None:
    def shifted(rows: list[Row]) -> None:
        for row in rows:
            if row.path[-1] == "财务管理合规性":
                row.path = ("管理效率", "预算编制", row.path[-1])

    alignment = align(form_like(CITY, shifted), CITY)
    assert alignment.is_exact
    assert len(alignment.leaves) == 26


def test_align__parts_of_one_name_by_order() -> None:
    alignment = align(form_like(CITY), CITY)
    pairs = [(mine, wanted) for mine, wanted in alignment.leaves if wanted.name == INTENTION]
    assert [(mine.row < pairs[1][0].row, wanted.part) for mine, wanted in pairs] == [
        (True, "完整性"),
        (False, "及时性"),
    ]


def test_align__changed_caps_do_not_disturb_the_order_of_parts() -> None:
    def changed(rows: list[Row]) -> None:
        for row in rows:
            if row.path[-1] == INTENTION:
                row.cap = "1.5"

    alignment = align(form_like(CITY, changed), CITY)
    assert [w.part for _, w in alignment.leaves if w.name == INTENTION] == ["完整性", "及时性"]


def test_align__one_of_two_parts_is_told_by_its_cap() -> None:
    def changed(rows: list[Row]) -> list[Row]:
        return [row for row in rows if row.path[-1] != INTENTION or row.cap == "1.5"]

    alignment = align(form_like(CITY, changed), CITY)
    assert [w.part for _, w in alignment.leaves if w.name == INTENTION] == ["及时性"]
    assert [getattr(node, "part", "") for node in alignment.missing] == ["完整性"]


def test_align__every_leaf_ends_up_in_one_field() -> None:
    form = form_like(OTHER)
    alignment = align(form, CITY)
    mine = [leaf.row for leaf, _ in (*alignment.leaves, *alignment.renamed)]
    mine += [leaf.row for leaf in alignment.extra]
    assert sorted(mine) == [leaf.row for leaf in form.leaves()]
    theirs = [id(leaf) for _, leaf in (*alignment.leaves, *alignment.renamed)]
    paired = set(theirs)
    for node in alignment.missing:
        below = list(node.leaves()) if isinstance(node, SchemeGroup) else [node]
        if paired.isdisjoint(map(id, below)):
            theirs += map(id, below)
    assert sorted(theirs) == sorted(map(id, CITY.leaves()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“三公”经费控制情况", "三公经费控制情况"),
        ("“三公”经费控制情况", '"三公"经费控制情况'),
        ("1.结转结余率", "结转结余率"),
        ("（一）结转结余率", "结转\n结余率"),
        ("社会效益、经济效益、生态效益等", "社会效益，经济效益，生态效益等"),
    ],
)
def test_name_key__spelling_does_not_tell(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_name_key__numbers_within_the_name_do() -> None:
    assert name_key("2022年新增项目") != name_key("新增项目")
    assert name_key("一级项目") == "一级项目"
    assert Decimal(name_key("12")) == 12
