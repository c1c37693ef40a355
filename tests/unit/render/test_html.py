"""The page as text: escaped, self-contained, complete, always the same."""

import base64
import dataclasses
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from perfxl.model.report import Report
from perfxl.render.folding import fold
from perfxl.render.html import render_html
from perfxl.render.html_view import report_view
from tests.unit.render.reports import CRASHED, FAILED, PASSED, REPORT, finding, shortfall

VOID = {"meta", "input", "link", "img", "br", "hr"}


class Page(HTMLParser):
    """Elements with their attributes, the texts, and whether the tags close in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self.stack: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)
        if tag in self.inside:
            self.inside[tag].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.stack and self.stack[-1] in self.inside:
            self.inside[self.stack[-1]][-1] += data
        else:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    def having(self, attribute: str) -> list[str | None]:
        return [attrs[attribute] for _, attrs in self.elements if attribute in attrs]


@pytest.mark.parametrize("report", [REPORT, CRASHED, Report("0", "r", ())])
def test_page__is_well_formed(report: Report) -> None:
    page = Page(render_html(report))
    assert page.stack == []
    ids = page.having("id")
    assert len(ids) == len(set(ids))


def test_page__refers_to_nothing_outside() -> None:
    text = render_html(REPORT)
    page = Page(text)
    assert page.having("src") == []
    assert [href for href in page.having("href") if not str(href).startswith("#")] == []
    assert not re.search(r"https?:|url\(|@import|fetch\(|XMLHttpRequest", text)
    assert [name for name in ("link", "img", "iframe", "form", "base") if f"<{name}" in text] == []
    assert page.having("style") == []
    assert not any(name.startswith("on") for _, attrs in page.elements for name in attrs)


def test_policy__allows_our_own_script_and_style_by_hash() -> None:
    page = Page(render_html(REPORT))
    [policy] = [a["content"] for _, a in page.elements if a.get("http-equiv")]
    [style] = page.inside["style"]
    data, script = page.inside["script"]
    for code in (style, script):
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in str(policy)
    assert str(policy).startswith("default-src 'none'")
    assert "unsafe" not in str(policy)
    assert json.loads(data)


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>'\"&{{ 7*7 }}<!--"


def test_everything_from_a_workbook__is_escaped() -> None:
    bad = finding("VL102", "H8", HOSTILE, HOSTILE, sheet=HOSTILE, provided=HOSTILE)
    lost = dataclasses.replace(shortfall("H9", "2", "1", HOSTILE, HOSTILE), path=(HOSTILE,))
    entry = dataclasses.replace(
        FAILED, path=HOSTILE, sheet=HOSTILE, unit=HOSTILE, year=HOSTILE, sha256=HOSTILE,
        findings=(bad,), shortfalls=(lost,),
    )  # fmt: skip
    page = Page(render_html(Report("0", "r", (entry,))))
    plain = Page(render_html(Report("0", "r", (dataclasses.replace(FAILED, findings=(bad,)),))))
    assert len(page.inside["script"]) == len(plain.inside["script"]) == 2
    assert "img" not in {tag for tag, _ in page.elements}
    assert page.text.count("{{ 7*7 }}") >= 8
    assert json.loads(page.inside["script"][0])["files"][0]["path"] == HOSTILE
    assert not set("<>&") & set(page.inside["script"][0])


def test_control_letters__are_dropped() -> None:
    entry = dataclasses.replace(FAILED, unit="甲\x00\x1b[31m\u202e乙\ud800", path="\udcff.xlsx")
    text = render_html(Report("0", "r", (entry,)))
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202e\ud800-\udfff]", text)
    assert "甲[31m乙" in text
    text.encode()


def test_page__tells_everything_that_was_found() -> None:
    said = Page(render_html(REPORT)).text
    for entry in REPORT.entries:
        assert entry.path in said
        assert entry.sha256 in said
        for found in entry.findings:
            assert found.message in said
            assert found.code in said
        for folded in fold(entry.findings):  # a consequence goes when its cause is mended
            assert folded.finding.fix in said
        for lost in entry.shortfalls:
            assert lost.path[-1] in said
        for decision in entry.decisions:
            assert decision.message in said
        for skip in entry.skipped:
            assert skip.reason in said
            assert skip.code in said
    assert "perfxl 0.1.0｜规则版本 abc123" in said
    assert "财预〔2020〕10号" in said
    assert "连带必改 B5" in said


def test_answers_of_the_unit__stand_with_their_findings() -> None:
    assert "单位说明" not in render_html(REPORT)
    answered = tuple(dataclasses.replace(f, answer=f"答<{f.code}>") for f in FAILED.findings)
    page = render_html(Report("0.1.0", "r", (dataclasses.replace(FAILED, findings=answered),)))
    for one in FAILED.findings:
        assert page.count(f"答&lt;{one.code}&gt;") >= 1
    assert any(folded.consequences for folded in fold(answered))


def test_tables__worst_first_and_the_bad_ones_open() -> None:
    page = Page(render_html(REPORT))
    tables = [attrs for tag, attrs in page.elements if tag == "details"]
    assert [table["data-verdict"] for table in tables] == ["unreadable", "fail", "pass"]
    assert ["open" in table for table in tables] == [True, True, False]


def test_tables__all_closed_when_there_are_many() -> None:
    many = tuple(dataclasses.replace(FAILED, path=f"{n}.xlsx") for n in range(13))
    assert not any(table.is_open for table in report_view(Report("0", "r", many)).tables)


def test_colours_have_words_beside_them() -> None:
    page = Page(render_html(REPORT))
    view = report_view(REPORT)
    assert [label for _, label, _ in view.kinds] == ["必改", "请核实", "提示", "失分"]
    assert [count for _, _, count in view.kinds] == [4, 1, 1, 3]
    for word in ("必改", "请核实", "提示", "无法读取", "有必改", "通过"):
        assert word in page.text


def test_own_failure__is_told_at_the_top() -> None:
    said = Page(render_html(CRASHED)).text
    assert "PX000 规则AR104运行出错：KeyError: 'x'" in said
    assert not report_view(CRASHED).is_clean


def test_bar__never_longer_than_its_track() -> None:
    [group] = [g for t in report_view(REPORT).tables for g in t.subtotals if g.is_over]
    assert (group.fill, group.rate) == ("100", "120%")


def test_same_report_same_page() -> None:
    assert render_html(REPORT) == render_html(REPORT)
    assert render_html(Report("0", "r", (PASSED, FAILED))) == render_html(
        Report("0", "r", (FAILED, PASSED))
    )
