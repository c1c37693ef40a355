"""Code, cases, page and catalogue of a rule hang together: none without the others."""

import re

import pytest

from perfxl.render.rule_page import page_markdown, page_text, sections
from perfxl.render.terminal import gbk_safe
from perfxl.rules.base import RuleInfo
from perfxl.rules.registry import catalogue
from tests.docs_rules import FOLDER, pages
from tests.rules.case_file import case_files
from tests.rules.round_case_file import round_case_files

RULES = catalogue()
PAGES = pages()
STALE = "out of date: run python -m tests.docs_rules"

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_pages__are_exactly_those_of_the_rules() -> None:
    assert {path.name for path in FOLDER.glob("*")} == set(PAGES), STALE


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page__is_what_the_rules_say(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name], STALE


def test_every_rule_has_page_and_cases__and_none_is_left_over() -> None:
    names = {f"{rule.code.lower()}-{rule.slug}" for rule in RULES}
    of_tables = {f"{r.code.lower()}-{r.slug}" for r in RULES if r.family != "FL"}

    assert {name.removesuffix(".md") for name in PAGES if name != "README.md"} == names
    files = (*case_files(), *round_case_files())
    assert {path.stem.replace("_", "-") for path in files} == of_tables


def test_index__links_to_every_page_under_its_family() -> None:
    parts = re.split(r"^## ", PAGES["README.md"], flags=re.MULTILINE)[1:]
    linked = {part[:2]: re.findall(r"\]\(([^)]+)\)", part) for part in parts}

    assert [name for part in parts for name in linked[part[:2]]] == sorted(
        set(PAGES) - {"README.md"}, key=lambda name: name.upper()
    )
    for family, names in linked.items():
        assert all(name.startswith(family.lower()) for name in names)


@each_rule
def test_page__tells_all_there_is(rule: RuleInfo) -> None:
    text = page_markdown(rule)

    assert text.startswith(f"# {rule.code} {rule.summary}\n")
    assert [section.heading for section in sections(rule)] == [
        "检查什么", "何时核对", "依据", "示例：有误", "示例：正确", "提示文字", "如何修改",
    ]  # fmt: skip
    for said in (rule.severity.label, rule.slug, *(need.value for need in rule.needs)):
        assert said in text
    for basis in rule.basis:
        assert basis.doc_no in text


@each_rule
def test_explanation__says_what_the_page_says(rule: RuleInfo) -> None:
    def words(text: str) -> str:
        # What one form has and the other has not: marks, rules of tables, white space.
        return re.sub(r"[#=\-|｜·\\\s]", "", gbk_safe(text))

    assert words(page_text(rule)) == words(page_markdown(rule))


@each_rule
def test_examples__are_tables_of_even_width(rule: RuleInfo) -> None:
    for section in sections(rule):
        rows = [line for line in section.lines if line.startswith("|")]
        if section.heading.startswith("示例"):
            assert rows
        assert len({row.count("|") for row in rows}) <= 1, rows
