import pytest

from perfxl.errors import SchemeError
from perfxl.model.grade import Grade
from perfxl.scheme.vocabulary import fold, load_vocabulary

WORDS = load_vocabulary()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("　分　值\n", "分值"),
        ("预算数（元）", "预算数(元)"),
        ("１０分", "10分"),
        ("得\u200b分\ufeff", "得分"),
        ("", ""),
    ],
)
def test_fold__drops_what_does_not_tell(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("一级\n指标", "level1"),
        ("三 级 指 标", "level3"),
        ("名称", "name"),
        ("参考分值", "max_score"),
        ("分值（分）", "max_score"),
        ("得分/自评分", "score"),
        ("得分／自评分", "score"),
        ("得分：", "score"),
        ("分数", "score"),
        ("权重(%)", "weight"),
        ("指标解释", "description"),
        ("指标说明", "description"),
        ("参考评分标准", "scoring_criteria"),
        ("预期指标值", "target_value"),
        ("实际完成指标值", "actual_value"),
        ("未达标原因", "shortfall_reason"),
        ("改进措施", "improvement_measures"),
        ("偏差原因分析及改进措施", "deviation_analysis"),
        ("任务名称", "task_name"),
        ("主要内容", "task_content"),
        ("完成情况", "completion"),
        ("预算数（元）", "budget"),
        ("执行数（万元）", "executed"),
        ("总额", "total"),
        ("其中：财政拨款", "fiscal"),
        ("复核得分", "reviewed_score"),
    ],
)
def test_role_of__knows_headings_as_people_spell_them(text: str, role: str) -> None:
    assert WORDS.role_of(text) == role


@pytest.mark.parametrize("text", ["", "履职效能", "得分率", "部门名称", "/", "得分" * 40, "（分）"])
def test_role_of__none_for_other_texts(text: str) -> None:
    assert WORDS.role_of(text) is None


@pytest.mark.parametrize(
    "text", ["总分", "总 分", "合计：", "综合评分", "总分（100分）", "金额合计"]
)
def test_is_total__knows_its_words(text: str) -> None:
    assert WORDS.is_total(text)
    assert not WORDS.is_subtotal(text)


def test_labels__are_kept_apart() -> None:
    assert WORDS.is_subtotal("小　计")
    assert not WORDS.is_total("小计")
    assert WORDS.is_grade_label("评分等级")
    assert not WORDS.is_grade_label("综合评分")
    assert WORDS.is_unit_label("部门（单位）名称")
    assert WORDS.is_unit_label("部门名称（公章）：")
    assert not WORDS.is_unit_label("单位数：")
    assert WORDS.is_year_label("预算年度")
    assert not WORDS.is_year_label("年度总体目标")


@pytest.mark.parametrize(
    ("word", "grade"),
    [
        ("优", Grade.EXCELLENT),
        (" 优秀 ", Grade.EXCELLENT),
        ("良好", Grade.GOOD),
        ("合格", Grade.FAIR),
        ("不合格", Grade.POOR),
        ("较差", Grade.POOR),
        ("优（90分及以上）", Grade.EXCELLENT),
        ("优良", None),
        ("", None),
    ],
)
def test_grade_of__knows_full_words_only(word: str, grade: Grade | None) -> None:
    assert WORDS.grade_of(word) is grade


def test_with_aliases__adds_roles_and_labels_to_a_copy() -> None:
    wider = WORDS.with_aliases({"score": ["自我打分"], "total_label": ["考评总分"]})
    assert wider.role_of("自我 打分") == "score"
    assert wider.is_total("考评总分")
    assert WORDS.role_of("自我打分") is None
    assert not WORDS.is_total("考评总分")


@pytest.mark.parametrize("key", ["scores", "total_labels", "_label", "subtotal"])
def test_with_aliases__unknown_key_is_named(key: str) -> None:
    with pytest.raises(SchemeError, match=f"不认识“{key}”"):
        WORDS.with_aliases({key: ["某词"]})


def test_words__have_one_meaning_each() -> None:
    labels = [word for words in WORDS.labels.values() for word in words]
    assert len(labels) == len(set(labels))
    assert set(labels).isdisjoint(WORDS.roles)
