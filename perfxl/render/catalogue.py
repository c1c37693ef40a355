"""The rules themselves: the list, as text and JSON, and the page of one rule."""

import json
from collections.abc import Sequence

from perfxl.model.finding import Basis
from perfxl.render.terminal import display_width, gbk_safe, pad
from perfxl.rules.base import Rule

FAMILIES = {
    "FL": "文件", "ST": "结构", "RQ": "必填", "VL": "数值", "AR": "算术", "SC": "得分复算",
    "NR": "原因和措施", "CS": "表间", "GR": "等级", "BT": "单位之间",
}  # fmt: skip
_STATUS = {"stable": "", "preview": "试用", "suspended": "暂停"}


def render_rules_text(rules: Sequence[Rule]) -> str:
    """One line a rule, under the name of its family; the last line counts them."""
    lines: list[str] = []
    family = ""
    for rule in rules:
        if rule.family != family:
            family = rule.family
            lines += ["", f"{family} {FAMILIES.get(family, '')}".rstrip()]
        status = _STATUS.get(rule.status, rule.status)
        note = f"（{status}）" if status else ""
        lines.append(f"  {rule.code}  {pad(rule.severity.label, 6)}  {rule.summary}{note}")
    lines += ["", f"共{len(rules)}条规则；perfxl explain 编号 看某一条的说明"]
    return gbk_safe("\n".join(lines).lstrip("\n"))


def render_rules_json(rules: Sequence[Rule]) -> str:
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


def render_explanation(rule: Rule) -> str:
    """The rule's page: code, level, what it checks, basis, examples and what to do."""
    title, _, body = rule.doc.partition("\n")
    status = _STATUS.get(rule.status, rule.status)
    facts = [rule.severity.label, rule.slug, f"自{rule.since}版起"] + ([status] if status else [])
    head = f"{rule.code} {title}"
    lines = [head, "=" * display_width(head), "｜".join(facts), "", body.strip("\n")]
    documents = [text for text in map(_basis_text, rule.basis) if text]
    if documents:
        lines += ["", "依据文件", *(f"    {text}" for text in documents)]
    return gbk_safe("\n".join(lines))


def _basis_text(basis: Basis) -> str:
    """《title》（文号）article; a basis without 文号 is practice and told in the page itself."""
    if not basis.doc_no:
        return ""
    return f"《{basis.title}》（{basis.doc_no}）{basis.article}"
