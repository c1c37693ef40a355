from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from perfxl.formula.dated import Dated, constant
from perfxl.formula.shapes import (
    Checklist,
    ChecklistItem,
    DeductPerStep,
    Level,
    Manual,
    MeanCompletion,
    Option,
    Pace,
    Part,
    Proportional,
    Shape,
    Sum,
    Tier,
    Tiers,
    ZeroIf,
)
from perfxl.formula.tree import Name
from perfxl.model.form import AdjustmentKind
from perfxl.model.grade import Grade
from perfxl.scheme.lint import lint_scheme
from perfxl.scheme.lint_standards import lint_shape, lint_standards
from perfxl.scheme.model import (
    Adjustment,
    CustomRows,
    GradeCeiling,
    Measure,
    ResultList,
    Scheme,
    SchemeGroup,
    SchemeIndicator,
    SchemeInput,
    Scoring,
    Standard,
)
from perfxl.scheme.references import wrong_references
from tests.unit.scheme.forms import shipped

TEN = Decimal(10)


def c(value: str | int) -> Dated:
    return constant(value)


def tier(score: str, lower: str | None, upper: str | None, ends: str = "[)") -> Tier:
    bounds = [None if bound is None else constant(bound) for bound in (lower, upper)]
    return Tier(constant(score), bounds[0], bounds[1], ends[0] == "[", ends[1] == "]")


def tiers(*rows: Tier) -> Tiers:
    return Tiers("rate", rows)


def faults(shape: Shape, cap: Decimal | None = TEN) -> list[str]:
    return list(lint_shape(shape, cap, None))


GOOD_TIERS = tiers(tier("10", "0.9", None), tier("4", "0.5", "0.9"), tier("0", None, "0.5"))


@pytest.mark.parametrize(
    "shape",
    [
        GOOD_TIERS,
        tiers(tier("10", None, "0.05"), tier("5", "0.05", "0.1", "[]"),
              tier("0", "0.1", None, "(]")),
        tiers(tier("10", "0", "0", "[]"), tier("4", "0", "3", "()"), tier("0", "3", None)),
        DeductPerStep("rate", c(0), c(1), c(4)),
        Checklist((ChecklistItem("a", (Option("是", c(6)), Option("否", c(0)))),
                   ChecklistItem("b", (Option("好", c(4)), Option("一般", c(2)))))),
        Pace(("a", "b"), (c("0.5"), c(1)), (c(3), c(5)), c(2)),
        Sum((Part("甲", c(4), DeductPerStep("rate", c(0), c(1), c(1))),
             Part("乙", c(6), Manual()))),
        ZeroIf("a", GOOD_TIERS, over=c(1)),
        Proportional("rate"),
        MeanCompletion("rates"),
        Manual((Level("好", Decimal("0.8"), Decimal(1)), Level("差", Decimal(0), Decimal("0.8")))),
    ],
)  # fmt: skip
def test_lint_shape__sound(shape: Shape) -> None:
    assert faults(shape) == []


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        (tiers(tier("10", "0.9", None), tier("0", None, "0.8")), ["0.8至0.9之间没有档次"]),
        (tiers(tier("10", "0.9", None), tier("0", None, "0.95")),
         ["档次(，0.95)和[0.9，)重叠"]),
        (tiers(tier("10", "0.9", None), tier("0", None, "0.9", "[]")),
         ["档次(，0.9]和[0.9，)都含0.9"]),
        (tiers(tier("10", "0.9", None, "()"), tier("0", None, "0.9")), ["0.9不在任何档次"]),
        (tiers(tier("10", "0.9", None), tier("0", "0.2", "0.9")), ["0.2以下没有档次"]),
        (tiers(tier("10", "0.9", "1"), tier("0", None, "0.9")), ["1以上没有档次"]),
        (tiers(tier("12", "0.9", None), tier("0", None, "0.9")),
         ["最高一档12分，分值是10，应相等"]),
        (tiers(tier("10", "0.9", None), tier("-1", None, "0.9")),
         ["档次(，0.9)得-1分，应不小于0"]),
        (DeductPerStep("rate", c(0), c(0), c(1)), ["step 是0，应大于0"]),
        (DeductPerStep("rate", c(0), c(1), c(0)), ["per_step 是0，应大于0"]),
        (DeductPerStep("rate", c(0), c(1), c(11)), ["每步扣11分，超过分值10"]),
        (Checklist((ChecklistItem("a", (Option("是", c(9)), Option("否", c(0)))),)),
         ["各题最高分合计9分，分值是10，应相等"]),
        (Checklist((ChecklistItem("a", (Option("是", c(10)), Option("否", c(-1)))),)),
         ["a 有答案得-1分，应不小于0"]),
        (Checklist((ChecklistItem("a", (Option("是", c(10)), Option("是", c(0)))),)),
         ["a 的答案重复"]),
        (Pace(("a",), (c(0),), (c(8),), c(1)),
         ["序时进度是0，应大于0", "weights 与 mean_weight 合计9分，分值是10，应相等"]),
        (Sum((Part("甲", c(4), DeductPerStep("rate", c(0), c(1), c(5))),)),
         ["各部分合计4分，分值是10，应相等", "甲：每步扣5分，超过分值4"]),
        (ZeroIf("a", Checklist(()), equals="有"), ["各题最高分合计0分，分值是10，应相等"]),
        (Proportional("rate", c(-1)), ["target 是-1，应不小于0"]),
        (Manual((Level("好", Decimal("0.8"), Decimal("0.9")),
                 Level("差", Decimal("0.1"), Decimal("0.7")))),
         ["最高一档“好”的 upper 应为1", "最低一档“差”的 lower 应为0",
          "“好”和“差”没有相接，应从高到低排列"]),
        (Manual((Level("好", Decimal(1), Decimal(1)), Level("差", Decimal(0), Decimal(1)))),
         ["“好”的 lower 应小于 upper"]),
    ],
)  # fmt: skip
def test_lint_shape__fault(shape: Shape, told: list[str]) -> None:
    assert faults(shape) == told


def test_lint_shape__empty_tier() -> None:
    upside_down = tiers(tier("10", "0.9", "0.5"), tier("0", None, "0.9"))
    assert "档次[0.9，0.5)是空的，下限应小于上限" in faults(upside_down)


def test_lint_shape__open_cap_is_not_held_against_points() -> None:
    assert faults(tiers(tier("3", "0.9", None), tier("0", None, "0.9")), None) == []


def leaf(shape: Shape, standard: Standard = Standard.PUBLISHED, source: str = "") -> Scheme:
    scored = SchemeIndicator(("管理", "项"), TEN, scoring=Scoring(shape, standard, source))
    return scheme_of(SchemeGroup(("管理",), TEN, (scored,)))


def scheme_of(root: SchemeGroup) -> Scheme:
    city = shipped("guangzhou-2022")
    return replace(
        city,
        roots=(root,),
        total_score=TEN,
        bands=city.bands[-1:],
        inputs=(SchemeInput("rate", "比率"), SchemeInput("ask", "有无", options=("有", "无"))),
        measures=(),
        lists=(ResultList("rates", "完成率", "产出指标"),),
    )


def test_lint_standards__a_year_of_its_own_is_checked() -> None:
    later = Tier(Dated(((0, TEN), (2025, Decimal(12)))), constant("0.9"), None)
    scheme = leaf(Tiers("rate", (later, tier("0", None, "0.9"))))
    assert list(lint_standards(scheme)) == ["“项”：最高一档12分，分值是10，应相等"]


@pytest.mark.parametrize("standard", [Standard.DERIVED, Standard.BORROWED])
def test_lint_standards__what_is_not_published_names_its_source(standard: Standard) -> None:
    assert lint_scheme(leaf(GOOD_TIERS, standard, "某市标准")) == []
    assert lint_scheme(leaf(GOOD_TIERS, standard)) == [
        "“项”：标准是推得或借用的，应在 source 写明出处"
    ]


def test_lint_standards__own_rows() -> None:
    rows = CustomRows(3, levels=(Level("好", Decimal("0.5"), Decimal(1)),))
    assert list(lint_standards(scheme_of(SchemeGroup(("效果",), TEN, (), custom=rows)))) == [
        "“效果”：最低一档“好”的 lower 应为0"
    ]


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        (Tiers("rats", GOOD_TIERS.tiers), "没有 key 为 rats 的 [[input]] 或 [[measure]]"),
        (Tiers("ask", GOOD_TIERS.tiers), "ask 是选择题，这里要数"),
        (Proportional("rates"), "rates 是 [[results]]，只能用于 mean_completion"),
        (Proportional("rate", "goal"), "没有 key 为 goal 的 [[input]] 或 [[measure]]"),
        (MeanCompletion("rate"), "没有 key 为 rate 的 [[results]]"),
        (ZeroIf("rate", GOOD_TIERS, equals="有"), "rate 应为写了 options 的 [[input]]"),
        (ZeroIf("ask", GOOD_TIERS, equals="是"), "ask 没有“是”这个答案，只有有、无"),
        (ZeroIf("ask", GOOD_TIERS, over=c(1)), "ask 是选择题，这里要数"),
        (Sum((Part("甲", c(10), Pace(("x",), (c(1),), (c(10),), c(0))),)),
         "没有 key 为 x 的 [[input]] 或 [[measure]]"),
        (Manual((Level("有", Decimal(0), Decimal(1)),), "rate"),
         "rate 应为写了 options 的 [[input]]"),
    ],
)  # fmt: skip
def test_wrong_references__key_of_a_standard(shape: Shape, told: str) -> None:
    assert wrong_references(leaf(shape)) == [f"“项”的标准：{told}"]


def test_wrong_references__sound() -> None:
    for shape in (
        GOOD_TIERS,
        MeanCompletion("rates"),
        ZeroIf("ask", GOOD_TIERS, equals="有"),
        Manual((Level("有", Decimal(0), Decimal(1)),), "ask"),
    ):
        assert wrong_references(leaf(shape)) == []


def with_measures(*measures: Measure) -> Scheme:
    return replace(leaf(GOOD_TIERS), measures=measures)


def test_wrong_references__measures() -> None:
    first = Measure("first", "甲", Name("second"))
    second = Measure("second", "乙", Name("rate"))
    assert wrong_references(with_measures(second, first)) == []
    assert wrong_references(with_measures(first, second)) == [
        "measure“甲”用到的 second 应写在它前面"
    ]
    assert wrong_references(with_measures(Measure("own", "丙", Name("own")))) == [
        "measure“丙”用到的 own 应写在它前面"
    ]
    assert wrong_references(with_measures(Measure("own", "丙", Name("ask")))) == [
        "measure“丙”：ask 是选择题，这里要数"
    ]


def test_wrong_references__key_used_twice() -> None:
    assert wrong_references(with_measures(Measure("rates", "丙", Name("rate")))) == [
        "key rates 用了2次，应各不相同"
    ]


def test_lint_scheme__open_caps_need_room() -> None:
    def group(*caps: str | None) -> Scheme:
        leaves = [
            SchemeIndicator(("管理", f"项{number}"), None if cap is None else Decimal(cap))
            for number, cap in enumerate(caps)
        ]
        return scheme_of(SchemeGroup(("管理",), TEN, tuple(leaves)))

    assert lint_scheme(group("4", None)) == []
    assert lint_scheme(group(None, None)) == []
    assert lint_scheme(group("10", None)) == [
        "“管理”分值10，已定的下级合计10，没有留给未定分值的指标"
    ]


def beyond(adjustments: Sequence[Adjustment], ceilings: Sequence[GradeCeiling]) -> list[str]:
    city = shipped("guangzhou-2022")
    return lint_scheme(replace(city, adjustments=tuple(adjustments), ceilings=tuple(ceilings)))


def test_lint_scheme__beyond_the_leaves() -> None:
    bonus = Adjustment("表彰", AdjustmentKind.BONUS, Decimal(5))
    veto = GradeCeiling("veto", "一票否决", Grade.FAIR)
    assert beyond([bonus], [veto]) == []
    assert beyond([replace(bonus, limit=Decimal(101))], []) == ["“表彰”最多101分，超过总分100"]
    assert beyond([], [replace(veto, grade=Grade.EXCELLENT)]) == [
        "“一票否决”限到优，是最高一级，等于没有限制"
    ]
