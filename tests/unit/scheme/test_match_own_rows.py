"""Matching where a scheme leaves indicators or caps to the unit."""

from dataclasses import replace
from decimal import Decimal

from perfxl.scheme.match import align, match_scheme, resemblance
from perfxl.scheme.model import CapMode, CustomRows, Scheme, SchemeGroup, SchemeIndicator
from tests.unit.scheme.forms import Row, form_of, last_names, shipped

CITY = shipped("guangzhou-2022")
RATE = "预算执行率"


def own(cap: int, *path: str) -> SchemeGroup:
    return SchemeGroup(path, Decimal(cap), (), custom=CustomRows(rows=4))


FRAME = replace(
    CITY,
    id="frame",
    total_score=Decimal(100),
    roots=(
        SchemeGroup((RATE,), Decimal(10), (SchemeIndicator((RATE, RATE), Decimal(10)),)),
        own(50, "产出指标"),
        own(30, "效益指标"),
        own(10, "满意度指标"),
    ),
)
CAPS: dict[tuple[str, ...], Decimal] = {
    ("产出指标",): Decimal(50),
    ("效益指标",): Decimal(30),
    ("满意度指标",): Decimal(10),
}
# The unit's own indicators, one of them named as an indicator of the scheme is elsewhere.
ROWS = [
    Row((RATE, RATE), "10"),
    Row(("产出指标", "数量指标", "培训人次"), "20"),
    Row(("产出指标", "成本指标", RATE), "30"),
    Row(("效益指标", "社会效益指标", "受益人数"), "30"),
    Row(("满意度指标", "服务对象满意度指标", "学员满意度"), "10"),
]


def test_own_indicators__are_neither_missing_nor_extra() -> None:
    alignment = align(form_of(ROWS, CAPS), FRAME)
    assert alignment.is_exact
    assert not alignment.extra_groups
    assert [(leaf.path[-1], group.name) for leaf, group in alignment.own] == [
        ("培训人次", "产出指标"),
        (RATE, "产出指标"),
        ("受益人数", "效益指标"),
        ("学员满意度", "满意度指标"),
    ]
    assert [leaf.path for leaf, _ in alignment.leaves] == [(RATE, RATE)]


def test_missing_group_of_own_indicators__is_missing() -> None:
    alignment = align(form_of(ROWS[:-1], CAPS), FRAME)
    assert last_names(alignment.missing) == ["满意度指标"]


def test_indicator_outside_any_group_of_own_ones__is_extra() -> None:
    rows = [*ROWS, Row(("加分项", "获奖情况", "省级表彰"), "2")]
    assert [leaf.path[-1] for leaf in align(form_of(rows, CAPS), FRAME).extra] == ["省级表彰"]


def test_frame__is_followed_only_as_a_whole() -> None:
    assert match_scheme(form_of(ROWS, CAPS), (CITY, FRAME)) is FRAME
    assert resemblance(form_of(ROWS, CAPS), FRAME) == 1
    elsewhere = {**CAPS, ("产出指标",): Decimal(40)}
    assert match_scheme(form_of(ROWS, elsewhere), (FRAME,)) is None
    assert match_scheme(form_of(ROWS[1:], CAPS), (FRAME,)) is None


def test_frame_with_assumed_caps__is_followed_by_its_names() -> None:
    assumed = replace(FRAME, cap_mode=CapMode.ASSUMED)
    elsewhere = {**CAPS, ("产出指标",): Decimal(40)}
    assert match_scheme(form_of(ROWS, elsewhere), (assumed,)) is assumed


def with_open_caps(scheme: Scheme, name: str) -> Scheme:
    def opened(node: SchemeGroup | SchemeIndicator) -> SchemeGroup | SchemeIndicator:
        if isinstance(node, SchemeIndicator):
            return replace(node, max_score=None) if name in node.path else node
        return replace(node, children=tuple(map(opened, node.children)))

    roots = tuple(root for root in map(opened, scheme.roots) if isinstance(root, SchemeGroup))
    return replace(scheme, roots=roots)


def test_open_caps__fit_whatever_the_unit_sets() -> None:
    scheme = with_open_caps(CITY, "资产管理")
    rows = [
        Row(leaf.path, "1" if leaf.max_score is None else str(leaf.max_score))
        for leaf in scheme.leaves()
    ]
    assert resemblance(form_of(rows), scheme) == 1
    assert align(form_of(rows), scheme).is_exact


def test_known_caps__come_before_assumed_ones() -> None:
    assumed = replace(FRAME, id="other", cap_mode=CapMode.ASSUMED)
    assert match_scheme(form_of(ROWS, CAPS), (assumed, FRAME)) is FRAME
    assert match_scheme(form_of(ROWS, CAPS), (FRAME, assumed)) is FRAME
