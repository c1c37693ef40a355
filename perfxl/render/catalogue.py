"""The rules themselves: the list, as text and JSON, and the page of one rule."""

import json
from collections.abc import Sequence

from perfxl.render.rule_page import FAMILIES, STATUS, page_text
from perfxl.render.terminal import gbk_safe, pad
from perfxl.rules.base import RuleInfo

__all__ = ["FAMILIES", "render_explanation", "render_rules_json", "render_rules_text"]


def render_rules_text(rules: Sequence[RuleInfo]) -> str:
    """One line a rule, under the name of its family; the last line counts them."""
    lines: list[str] = []
    family = ""
    for rule in rules:
        if rule.family != family:
            family = rule.family
            lines += ["", f"{family} {FAMILIES.get(family, '')}".rstrip()]
        status = STATUS.get(rule.status, rule.status)
        note = f"（{status}）" if status else ""
        lines.append(f"  {rule.code}  {pad(rule.severity.label, 6)}  {rule.summary}{note}")
    lines += ["", f"共{len(rules)}条规则；perfxl explain 编号 看某一条的说明"]
    return gbk_safe("\n".join(lines).lstrip("\n"))


def render_rules_json(rules: Sequence[RuleInfo]) -> str:
    """The catalogue as JSON: {"rules": [{code, slug, severity, family, summary, …}]}."""
    listed = [
        {
            "code": rule.code,
            "slug": rule.slug,
            "severity": rule.severity.value,
            "family": rule.family,
            "summary": rule.summary,
            "basis": [
                {"doc_no": b.doc_no, "title": b.title, "article": b.article} for b in rule.basis
            ],
            "status": rule.status,
        }
        for rule in rules
    ]
    return json.dumps({"rules": listed}, ensure_ascii=False, indent=2)


def render_explanation(rule: RuleInfo) -> str:
    """The rule's page: what it checks and when, basis, examples, wording, what to do."""
    return page_text(rule)
