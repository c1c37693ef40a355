"""The sheet 校验结果: the verdict, what to change, and where points were lost."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import PurePath

from perfxl.engine.summary import rule_set_version
from perfxl.model.address import Place
from perfxl.model.annotation import (
    ANSWER_HEAD,
    CODE_HEAD,
    FINDINGS_TITLE,
    PLACE_HEAD,
    PROBLEM_HEAD,
    RESULT_MARK,
    RESULT_SHEET,
    SHEET_LABEL,
)
from perfxl.model.cells import Answer
from perfxl.model.finding import Finding, MissedTarget, Severity, Shortfall, Waiver
from perfxl.model.form import Decision
from perfxl.model.number import shown
from perfxl.model.page import Item, Look, Page
from perfxl.model.report import Entry, Outcome, Subtotal
from perfxl.render.answers import Answers
from perfxl.render.folding import Folded, fold
from perfxl.render.marks import marks, shortfall_kind
from perfxl.render.terminal import one_line
from perfxl.render.wording import (
    WAIVED,
    grade_text,
    leaf_name,
    lost_text,
    outcome_text,
    path_text,
    percent_text,
    place_text,
    scheme_text,
    skipped_text,
    total_text,
    waived_text,
)

__all__ = ["marks", "result_page"]

# Ten columns that all tables of the sheet share; each table spans them in its own way.
_WIDTHS = (6.0, 9.0, 24.0, 11.0, 8.0, 8.0, 17.0, 33.0, 22.0, 8.0)
_ALL = len(_WIDTHS)
_LEVELS = {
    Severity.ERROR: Look.ERROR, Severity.VERIFY: Look.VERIFY, Severity.NOTICE: Look.NOTICE,
}  # fmt: skip
_LEGEND = (
    (Item("颜色", Look.HEAD, 2), Item("必改", Look.ERROR), Item("请核实", Look.VERIFY)),
    (Item("提示", Look.NOTICE, 2), Item("失分不到10%", Look.SHORT_1)),
    (Item("失分10%至50%", Look.SHORT_2), Item("失分50%及以上", Look.SHORT_3, 2)),
)
_ON_COPY = (
    "请直接在表上修改，改完报送本文件即可；标“请核实”的，把情况写在“单位说明”栏。"
    "标色、批注、数字后面的“必改”“失分”等字和本页都不必手工删除，也不改变表上的数。"
)
_ON_ITS_OWN = "原表不能直接标注（{}），请按下列位置在原表上修改。"

Row = list[Item]


def result_page(
    entries: Entry | Sequence[Entry],
    rules: str | None = None,
    *,
    answers: Sequence[Answer] = (),
    refusal: str = "",
) -> Page:
    """The page for one workbook.

    Args:
        entries: the check of each of its score tables, at least one.
        rules: the version of the rule set; that of this program when None.
        answers: what the unit wrote beside findings of an earlier page.
        refusal: why the page is a workbook of its own and not part of an annotated copy.

    Returns:
        Rows over ten columns. Findings and shortfalls link to their cells; a blank cell to
        answer in stands beside each 请核实.
    """
    listed = [entries] if isinstance(entries, Entry) else list(entries)
    page = Page(RESULT_SHEET, _WIDTHS, marker=RESULT_MARK)
    page.rows.append([Item(RESULT_SHEET, Look.TITLE, _ALL)])
    for entry in listed:
        if len(listed) > 1:
            page.rows += [[], [Item(_table_name(entry), Look.SECTION, _ALL)]]
        page.rows.append([_verdict(entry)])
        page.rows += _meta(entry, rule_set_version() if rules is None else rules)
    page.rows += [[item for group in _LEGEND for item in group]]
    advice = _ON_ITS_OWN.format(refusal.rstrip("。")) if refusal else _ON_COPY
    page.rows += [[Item(advice, Look.MUTED, _ALL)]]
    given = Answers(answers)
    for entry in listed:
        name = f"（{_table_name(entry)}）" if len(listed) > 1 else ""
        for title, rows in _sections(entry, given):
            page.rows += [[], [Item(title + name, Look.SECTION, _ALL)], *rows]
    page.rows += _answered(list(given.rest()))
    return page


def _table_name(entry: Entry) -> str:
    return entry.sheet or PurePath(entry.path).name


def _verdict(entry: Entry) -> Item:
    is_pass = entry.outcome is Outcome.PASS
    look = Look.VERDICT_PASS if is_pass else Look.VERDICT_FAIL
    return Item(outcome_text(entry), look, _ALL)


def _meta(entry: Entry, rules: str) -> Iterator[Row]:
    """What was checked, by what; no date, so that the same return gives the same sheet."""
    yield _pair("文件", PurePath(entry.path).name, SHEET_LABEL, entry.sheet or "未找到评分表")
    yield _pair("单位", one_line(entry.unit) or "未填", "年度", one_line(entry.year) or "未填")
    if entry.sha256:
        source = f"文件{entry.sha256[:12]}"
    else:
        source = "文件未能读取" if entry.outcome is Outcome.UNREADABLE else "取自打开的表"
    mark = f"{source}，规则{rules}"
    yield _pair("方案", scheme_text(entry.scheme), "校验码", mark)
    if entry.sheet:
        yield _pair("总分", total_text(entry.total), "等级", grade_text(entry.grade) or "未填")


def _pair(label: str, value: str, second_label: str, second_value: str) -> Row:
    """Two labelled values, over all columns."""
    return [
        Item(label, Look.HEAD, 2),
        Item(value, Look.TEXT, 4),
        Item(second_label, Look.HEAD),
        Item(second_value, Look.TEXT, 3),
    ]


def _sections(entry: Entry, answers: Answers) -> Iterator[tuple[str, list[Row]]]:
    yield FINDINGS_TITLE, _findings(entry, answers)
    if entry.subtotals:
        yield "各级得分与分值", _subtotals(entry)
    if entry.shortfalls:
        lost = sum((s.lost for s in entry.shortfalls), start=entry.shortfalls[0].lost * 0)
        yield f"失分{len(entry.shortfalls)}项，共{shown(lost)}分", _shortfalls(entry)
    if entry.missed_targets:
        yield f"未达目标{len(entry.missed_targets)}项", _missed(entry)
    if entry.decisions:
        yield "读表说明", _decisions(entry)
    if entry.skipped:
        text = skipped_text(entry.skipped)
        yield f"未核对的规则{len(entry.skipped)}条", [[Item(text, Look.TEXT, _ALL)]]


def _findings(entry: Entry, answers: Answers) -> list[Row]:
    folded = fold(entry.findings)
    if not folded:
        return [[Item("没有发现问题", Look.TEXT, _ALL)]]
    head = _heads(("序号", 1), ("级别", 1), (PLACE_HEAD, 1), (PROBLEM_HEAD, 4), ("怎么改", 1))
    head += _heads((ANSWER_HEAD, 1), (CODE_HEAD, 1))
    rows = [
        _finding(number, one, entry, answers.take(one.finding, entry.sheet))
        for number, one in enumerate(folded, 1)
    ]
    return [head, *rows]


def _finding(number: int, folded: Folded, entry: Entry, answer: str) -> Row:
    finding = folded.finding
    if finding.waived is not None:
        return _waived(number, finding, finding.waived, entry)
    is_open = bool(answer) or finding.severity is Severity.VERIFY
    message = finding.message
    for consequence in folded.consequences:
        place = place_text(consequence.place, entry.sheet)
        message += f"\n连带：{place} {consequence.message}"
    return [
        Item(str(number), Look.CENTER),
        Item(finding.severity.label, _LEVELS[finding.severity]),
        _linked(finding.place, entry),
        Item(message, Look.TEXT, 4),
        Item(finding.fix),
        Item(answer, Look.INPUT if is_open else Look.TEXT),
        Item(finding.code, Look.CENTER),
    ]


def _waived(number: int, finding: Finding, waiver: Waiver, entry: Entry) -> Row:
    """A finding that is let pass: grey, and by whom it is, where the remedy would stand."""
    return [
        Item(str(number), Look.WAIVED),
        Item(WAIVED, Look.WAIVED),
        _linked(finding.place, entry),
        Item(finding.message, Look.WAIVED, 4),
        Item(waived_text(waiver), Look.WAIVED),
        Item("", Look.WAIVED),
        Item(finding.code, Look.WAIVED),
    ]


def _answered(answers: Sequence[Answer]) -> list[Row]:
    """Answers to findings that are gone, so that what the unit wrote stays visible."""
    if not answers:
        return []
    head = _heads((CODE_HEAD, 2), (PLACE_HEAD, 1), (ANSWER_HEAD, 7))
    rows = [
        [
            Item(answer.code, Look.CENTER, 2),
            Item(place_text(answer.place, "")),
            Item(answer.text, Look.INPUT, 7),
        ]
        for answer in answers
    ]
    return [[], [Item("已答复的事项", Look.SECTION, _ALL)], head, *rows]


def _subtotals(entry: Entry) -> list[Row]:
    head = _heads(("指标", 3), ("位置", 1), ("分值", 1), ("得分", 1), ("得分率", 1))
    rows = [_subtotal(subtotal, entry) for subtotal in entry.subtotals]
    total = entry.total
    whole = Subtotal(("合计",), entry.sheet, "", total.max_score, total.computed)
    return [head, *rows, _subtotal(whole, entry)]


def _subtotal(subtotal: Subtotal, entry: Entry) -> Row:
    cap, score = subtotal.max_score, subtotal.score
    known = cap is not None and score is not None
    rate = percent_text(score / cap) if known and cap and score is not None else ""
    is_over = cap is not None and score is not None and score > cap
    # Full-width blanks show the level; real indents would be lost when cells are copied out.
    name = "　" * (len(subtotal.path) - 1) + leaf_name(subtotal.path)
    return [
        Item(name, Look.TEXT, 3),
        _linked(Place(subtotal.sheet, subtotal.cell), entry) if subtotal.cell else Item(""),
        _score(cap),
        _score(score),
        Item(f"{rate}，超过分值" if is_over else rate, Look.ERROR if is_over else Look.CENTER),
    ]


def _score(value: Decimal | None) -> Item:
    """A score as a number, unless it is unknown or has more digits than a cell can show."""
    if value is None:
        return Item("未知", Look.CENTER)
    text = shown(value)
    return Item(text, Look.CENTER) if "E" in text else Item(value, Look.SCORE)


def _shortfalls(entry: Entry) -> list[Row]:
    head = _heads(("指标", 3), ("位置", 1), ("分值", 1), ("得分", 1), ("失分", 1), ("原因", 1))
    head += _heads(("措施", 2))
    return [head, *(_shortfall(shortfall, entry) for shortfall in entry.shortfalls)]


def _shortfall(shortfall: Shortfall, entry: Entry) -> Row:
    return [
        Item(path_text(shortfall.path), Look.TEXT, 3),
        _linked(shortfall.place, entry),
        _score(shortfall.max_score),
        _score(shortfall.score),
        Item(lost_text(shortfall), Look(shortfall_kind(shortfall).value)),
        _told(shortfall.reason),
        _told(shortfall.action, 2),
    ]


def _told(text: str | None, span: int = 1) -> Item:
    """A reason or an action as written; grey where there is none."""
    if text is None:
        return Item("本表无此栏", Look.TEXT, span)
    return Item(text.strip() or "未写", Look.TEXT, span)


def _missed(entry: Entry) -> list[Row]:
    head = _heads(("指标", 3), ("位置", 2), ("目标值", 2), ("实际完成值", 3))
    return [head, *(_missed_row(missed, entry) for missed in entry.missed_targets)]


def _missed_row(missed: MissedTarget, entry: Entry) -> Row:
    return [
        Item(path_text(missed.path), Look.TEXT, 3),
        _linked(missed.place, entry, 2),
        Item(one_line(missed.target), Look.TEXT, 2),
        Item(one_line(missed.actual), Look.TEXT, 3),
    ]


def _decisions(entry: Entry) -> list[Row]:
    return [_decision(decision, entry) for decision in entry.decisions]


def _decision(decision: Decision, entry: Entry) -> Row:
    return [
        _linked(decision.place, entry, 3),
        Item(decision.message, Look.TEXT, _ALL - 3),
    ]


def _linked(place: Place, entry: Entry, span: int = 1) -> Item:
    text = place_text(place, entry.sheet)
    if not (place.sheet and place.cell):
        return Item(text, Look.TEXT, span)
    return Item(text, Look.LINK, span, place)


def _heads(*heads: tuple[str, int]) -> Row:
    return [Item(text, Look.HEAD, span) for text, span in heads]
