"""What is told of a rule, once: for `explain` as text, for docs/rules as Markdown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from perfxl.model.finding import Basis
from perfxl.render.terminal import display_width, gbk_safe
from perfxl.rules.base import RuleInfo, Scope

FAMILIES = {
    "FL": "文件", "ST": "结构", "RQ": "必填", "VL": "数值", "AR": "算术", "SC": "得分复算",
    "NR": "原因和措施", "CS": "表间", "GR": "等级", "BT": "单位之间",
}  # fmt: skip
STATUS = {"stable": "", "preview": "试用", "suspended": "暂停"}
_BASIS = "依据"
_OFTEN = {
    Scope.BOOK: "每个文件核对一次",
    Scope.FORM: "每张评分表核对一次",
    Scope.ROUND: "收表（collect）时各单位计入的表放在一起比一次",
}
_INDEX_HEAD = "| 编号 | 级别 | 名称 | 查什么 |\n|---|---|---|---|"


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a rule's page: prose in lines, where | begins a table's row; then items."""

    heading: str
    lines: tuple[str, ...]
    items: tuple[str, ...] = ()


def facts(rule: RuleInfo) -> list[str]:
    """必改, the slug, since when, and the status unless it is stable."""
    status = STATUS.get(rule.status, rule.status)
    return [rule.severity.label, rule.slug, f"自{rule.since}版起"] + ([status] if status else [])


def sections(rule: RuleInfo) -> list[Section]:
    """The rule's own page, with what its metadata adds in its place.

    After what it checks: when it runs. Under the basis: the documents. Before the remedy: how a
    finding of it reads.
    """
    written = [_with_documents(section, rule) for section in _written(rule)]
    return [
        *written[:1],
        Section("何时核对", _when(rule)),
        *written[1:-1],
        Section("提示文字", ("花括号处填表上的内容。",), _wording(rule)),
        *written[-1:],
    ]


def page_text(rule: RuleInfo) -> str:
    """The page for a console."""
    head = f"{rule.code} {rule.summary}"
    lines = [head, "=" * display_width(head), "｜".join(facts(rule))]
    for section in sections(rule):
        told = (*section.lines, *section.items)
        lines += ["", section.heading, *(f"    {line}" for line in told)]
    return gbk_safe("\n".join(lines))


def page_markdown(rule: RuleInfo) -> str:
    """The page as Markdown, with a final line break."""
    lines = [f"# {rule.code} {rule.summary}", "", " · ".join(facts(rule))]
    for section in sections(rule):
        lines += ["", f"## {section.heading}"]
        for is_table, group in groupby(section.lines, key=_is_row):
            block = [_escaped(line) for line in group]
            lines += ["", *(_table(block) if is_table else [_paragraph(block)])]
        if section.items:
            lines += ["", *(f"- {_escaped(item)}" for item in section.items)]
    return "\n".join(lines) + "\n"


def page_name(rule: RuleInfo) -> str:
    """ar102-score-exceeds-max.md."""
    return f"{rule.code.lower()}-{rule.slug}.md"


def index_markdown(rules: Sequence[RuleInfo]) -> str:
    """The list of pages by family, with a final line break."""
    lines = [
        "# 校验规则",
        "",
        f"共{len(rules)}条，由规则本身生成；`perfxl explain 编号` 显示同样的内容。",
        "必改：仅凭本表就能确定有误；请核实：要看表外的材料才能确定；提示：供参考，不影响报送。",
    ]
    for family, group in groupby(rules, key=lambda rule: rule.family):
        lines += ["", f"## {family} {FAMILIES.get(family, '')}".rstrip(), "", _INDEX_HEAD]
        lines += [_index_row(rule) for rule in group]
    return "\n".join(lines) + "\n"


def _index_row(rule: RuleInfo) -> str:
    status = STATUS.get(rule.status, rule.status)
    note = f"（{status}）" if status else ""
    link = f"[{rule.code}]({page_name(rule)})"
    return f"| {link} | {rule.severity.label} | {rule.slug} | {_escaped(rule.summary)}{note} |"


def _written(rule: RuleInfo) -> Iterator[Section]:
    """The sections of the rule's docstring: headings at the margin, their text indented."""
    heading, lines = "", list[str]()
    for line in [*rule.doc.splitlines()[1:], "end"]:
        if line.startswith(" "):
            lines.append(line.strip())
        elif line.strip():
            if heading:
                yield Section(heading, tuple(lines))
            heading, lines = line.strip(), []


def _when(rule: RuleInfo) -> tuple[str, ...]:
    often = _OFTEN[rule.scope]
    if not rule.needs:
        return (f"{often}，没有前提。",)
    reasons = "；".join(need.value for need in rule.needs)
    listed = "在“抽查建议”上方写明" if rule.scope is Scope.ROUND else "列入“未核对的规则”"
    return (f"{often}。有以下情形之一的不核对，{listed}：", f"{reasons}。")


def _with_documents(section: Section, rule: RuleInfo) -> Section:
    if section.heading != _BASIS:
        return section
    return Section(_BASIS, section.lines, tuple(filter(None, map(_document, rule.basis))))


def _document(basis: Basis) -> str:
    """《title》（文号）article; a basis without 文号 is practice and told in the page itself."""
    if not basis.doc_no:
        return ""
    return f"《{basis.title}》（{basis.doc_no}）{basis.article}"


def _wording(rule: RuleInfo) -> tuple[str, ...]:
    return f"问题：{rule.message}", f"怎么改：{rule.fix}"


def _is_row(line: str) -> bool:
    return line.startswith("|")


def _table(rows: list[str]) -> list[str]:
    """Rows with the rule under the head that Markdown wants."""
    columns = rows[0].strip("|").count("|") + 1
    return [rows[0], "|" + "---|" * columns, *rows[1:]]


def _paragraph(lines: Sequence[str]) -> str:
    """The lines as one: Markdown would put a blank between them, in the midst of Chinese."""
    text = lines[0]
    for line in lines[1:]:
        is_latin = text[-1:].isascii() and line[:1].isascii()
        text += f" {line}" if is_latin else line
    return text


def _escaped(line: str) -> str:
    return re.sub(r"([<>*_`\\])", r"\\\1", line)
