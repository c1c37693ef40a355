"""BT: what returns side by side suggest to look at; pass at the boundary, fire just past it."""

from dataclasses import replace
from decimal import Decimal

from perfxl.batch.advice.advise import advise
from perfxl.batch.advice.model import Advice
from perfxl.batch.summary.counted import Counted, counted
from perfxl.model.report import Entry, StatedResult, TotalSummary
from tests.forms.mutate import Draft
from tests.unit.batch.summary.rounds import collection, entry, filed, full_marks

LOST = ("合同备案时效性", "采购意向公开合规性", "采购合同签订时效性", "资产配置合规性")
LONG = "项目招标两次流标致使合同推迟到次年签订"


def tables(*entries: Entry) -> list[Counted]:
    return counted(collection(*(filed(str(n), one) for n, one in enumerate(entries, 1))))


def found(code: str, *entries: Entry) -> list[Advice]:
    return [each for each in advise(tables(*entries)).advice if each.code == code]


def losing(count: int, reason: str = LONG) -> Entry:
    def change(draft: Draft) -> Draft:
        draft = full_marks(draft)
        paths = [path for path, leaf in draft.leaves() if path[-1].partition("#")[0] in LOST]
        for path in paths[:count]:
            draft = draft.with_leaf(path, score=Decimal("0.1"), reason=reason, action="另行说明")
        return draft.with_right_total()

    return entry(0, change)


def test_copied_reason__in_two_units() -> None:
    (one,) = found("BT101", losing(1), losing(1))
    assert (one.codes, one.units) == (("1", "2"), ("第1局", "第2局"))
    assert one.message == f"2家单位写的一字不差：“{LONG}”"
    assert {place.sheet for place in one.places} == {"自评表"}


def test_copied_reason__punctuation_and_own_name_do_not_hide_it() -> None:
    first = losing(1, f"第1局{LONG}。")
    second = losing(1, f"第2局 {LONG}！")
    assert len(found("BT101", first, second)) == 1


def test_copied_reason__not_within_one_unit_nor_for_short_texts() -> None:
    assert found("BT101", losing(3)) == []
    assert found("BT101", losing(1, "招标流标推迟"), losing(1, "招标流标推迟")) == []
    assert found("BT101", losing(1), losing(1, LONG[::-1])) == []


def test_copied_reason__more_units_come_first() -> None:
    other = "财政集中支付系统年末关闭未能按期付款"
    advice = found("BT101", losing(1, other), losing(1, other), losing(1), losing(1), losing(1))
    assert [len(each.units) for each in advice] == [3, 2]


def test_same_numbers__three_shortfalls_alike() -> None:
    (one,) = found("BT102", losing(3, "甲"), losing(3, "乙"))
    assert one.codes == ("1", "2")
    assert "3项失分一致" in one.message


def test_same_numbers__two_shortfalls_may_be_chance() -> None:
    assert found("BT102", losing(2), losing(2)) == []
    assert found("BT102", losing(3), losing(4)) == []


def test_full_marks__everywhere() -> None:
    (one,) = found("BT103", entry(0, full_marks), losing(1))
    assert one.codes == ("1",)
    assert found("BT103", losing(1)) == []


def test_full_marks__a_blank_is_no_full_mark() -> None:
    def one_blank(draft: Draft) -> Draft:
        return full_marks(draft).with_score("合同备案时效性", None)

    assert found("BT103", entry(0, one_blank)) == []


def with_results(*pairs: tuple[str, str]) -> Entry:
    one = entry(0, full_marks)
    place = one.scores[0].place
    return replace(
        one,
        results=tuple(StatedResult(("指标", f"指标{n}"), place, *p) for n, p in enumerate(pairs)),
    )


EQUAL = [
    ("≥60场", "60场"),
    ("12家", "12家"),
    ("95%以上", "95%"),
    ("30天内", "30天"),
    ("8次", "8次"),
]


def test_targets_met_exactly__in_all_five() -> None:
    (one,) = found("BT104", with_results(*EQUAL))
    assert "5个指标的实际完成值都正好等于目标值" in one.message


def test_targets_met_exactly__not_with_one_other_nor_with_four() -> None:
    assert found("BT104", with_results(*EQUAL, ("7次", "9次"))) == []
    assert found("BT104", with_results(*EQUAL[:4])) == []


def test_targets_met_exactly__full_rates_tell_nothing() -> None:
    assert found("BT104", with_results(*[("100%", "100%")] * 9)) == []
    assert found("BT104", with_results(*[("按期完成", "按期完成")] * 9)) == []


def scored(total: str) -> Entry:
    value = Decimal(total)
    return replace(entry(0), total=TotalSummary(value, value, Decimal(100), value))


PEERS = ["90", "91", "91", "92", "92", "93", "93"]


def test_outlier__far_below_its_peers() -> None:
    (one,) = found("BT105", *map(scored, [*PEERS, "70"]))
    assert one.codes == ("8",)
    assert "得分率70%" in one.message
    assert "低" in one.message


def test_outlier__not_among_few_nor_near() -> None:
    assert found("BT105", *map(scored, [*PEERS[:6], "70"])) == []
    assert found("BT105", *map(scored, [*PEERS, "88"])) == []


def test_outlier__equal_peers_need_five_points() -> None:
    assert found("BT105", *map(scored, ["90"] * 8 + ["95"])) == []
    assert len(found("BT105", *map(scored, ["90"] * 8 + ["95.01"]))) == 1


def test_advice__is_ranked_and_the_same_for_any_order() -> None:
    one = collection(
        *(filed(str(n), losing(3)) for n in range(1, 4)), filed("9", entry(0, full_marks))
    )
    other = replace(one, outcomes=tuple(reversed(one.outcomes)))
    first, second = advise(counted(one)).advice, advise(counted(other)).advice
    assert [a.weight for a in first] == sorted((a.weight for a in first), reverse=True)
    assert [(a.code, set(a.codes)) for a in first] == [(a.code, set(a.codes)) for a in second]
