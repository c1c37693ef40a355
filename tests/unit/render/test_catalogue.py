"""The catalogue for people and programs."""

import json

from perfxl.model.finding import Severity
from perfxl.render.catalogue import (
    FAMILIES,
    render_explanation,
    render_rules_json,
    render_rules_text,
)
from perfxl.rules.base import RuleInfo
from perfxl.rules.registry import all_rules, find_rule


def rule_of(code: str) -> RuleInfo:
    found = find_rule(code)
    assert found
    return found


def test_every_rule_is_listed__once() -> None:
    text = render_rules_text(all_rules())

    text.encode("gbk")
    for rule in all_rules():
        assert text.count(f"  {rule.code}  ") == 1
        assert rule.family in FAMILIES
    assert text.splitlines()[-1].startswith(f"共{len(all_rules())}条规则")


def test_json_has_the_published_keys__every_rule() -> None:
    listed = json.loads(render_rules_json(all_rules()))["rules"]

    assert [one["code"] for one in listed] == [rule.code for rule in all_rules()]
    assert all(
        list(one) == ["code", "slug", "severity", "family", "summary", "basis", "status"]
        for one in listed
    )
    assert {one["severity"] for one in listed} <= {severity.value for severity in Severity}


def test_explanation_is_the_rules_page__with_level_and_documents() -> None:
    text = render_explanation(rule_of("AR102"))

    assert text.splitlines()[0] == "AR102 得分超过分值"
    assert text.splitlines()[2] == "必改｜score-exceeds-max｜自0.1版起"
    for heading in ("检查什么", "依据", "示例：有误", "示例：正确", "如何修改"):
        assert f"\n{heading}" in text
    assert "《项目支出绩效评价管理办法》（财预〔2020〕10号）" in text
