from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfxl.engine.judge import fill_in, judge, nest_quotes
from perfxl.model.address import Place
from perfxl.model.cells import Cell, CellType
from perfxl.model.finding import Basis, Cause, Failure, Severity, Skip
from perfxl.model.form import Return, SelfEvaluationForm, Target, TargetTable, Text
from perfxl.reader.tables import read_return
from perfxl.rules.base import Body, Hit, Need, Rule, Scope, Subject, Unchecked, at
from perfxl.scheme.vocabulary import load_vocabulary
from tests.rules.case_file import case_files, read_cases
from tests.rules.small_schemes import SMALL_FIXED
from tests.unit.engine.small_forms import SHEET, form, returned


def made(
    code: str,
    *hits: Hit,
    severity: Severity = Severity.ERROR,
    needs: tuple[Need, ...] = (),
    scope: Scope = Scope.FORM,
    status: str = "stable",
    message: str = "“{name}”填{provided}",
    body: Body | None = None,
) -> Rule:
    """A rule that yields these hits."""

    def yields(subject: Subject) -> Iterator[Hit]:
        yield from hits

    basis = (Basis("", "做法"),)
    slug = code.lower()
    return Rule(
        code, slug, severity, scope, needs, basis, message, "请改", "0.1", status, body or yields
    )


def subject() -> Subject:
    one = form()
    return Subject(returned(one), form=one)


def test_finding__is_worded_from_hit_and_rule() -> None:
    hit = at(Place(SHEET, "E2"), path=("甲", "乙"), provided="3", expected="2", difference="1")
    (finding,) = judge(subject(), [made("AR901", hit)]).findings
    assert finding.message == "“乙”填3"
    assert (finding.code, finding.slug, finding.fix) == ("AR901", "ar901", "请改")
    assert (finding.provided, finding.expected, finding.difference) == ("3", "2", "1")
    assert finding.severity is Severity.ERROR
    assert finding.basis == (Basis("", "做法"),)


def test_finding__takes_message_fix_and_severity_of_the_hit() -> None:
    hit = at(
        Place(SHEET, "E2"), message="{cell}有{n}处", fix="改{n}处", severity=Severity.NOTICE, n="2"
    )
    (finding,) = judge(subject(), [made("AR901", hit)]).findings
    assert (finding.message, finding.fix) == ("E2有2处", "改2处")
    assert finding.severity is Severity.NOTICE


def test_message__keeps_braces_that_came_out_of_a_cell() -> None:
    hit = at(Place(SHEET, "E2"), path=("{provided}{x}",), provided="{name}")
    (finding,) = judge(subject(), [made("AR901", hit)]).findings
    assert finding.message == "“{provided}{x}”填{name}"


def test_message__quotes_the_beginning_of_a_long_cell_on_one_line() -> None:
    assert fill_in("{provided}", {"provided": "长\n" * 100}) == f"{'长 ' * 20}…"
    assert fill_in("{items}", {"items": "长" * 100}) == "长" * 100


def test_rule__is_skipped_with_the_reason__when_a_need_is_not_met() -> None:
    rule = made("AR901", at(Place(SHEET, "E2")), needs=(Need.FORM, Need.TASKS))
    verdict = judge(subject(), [rule])
    assert verdict.findings == ()
    assert verdict.skipped == (Skip("AR901", "本表无年度任务资金表"),)


def test_rule__is_skipped__when_suspended() -> None:
    verdict = judge(subject(), [made("AR901", at(Place(SHEET, "E2")), status="suspended")])
    assert verdict.findings == ()
    assert verdict.skipped == (Skip("AR901", "规则已暂停"),)


def test_indicators_that_a_rule_leaves_aside__are_one_skip_by_reason() -> None:
    def body(subject: Subject) -> Iterator[Hit | Unchecked]:
        yield Unchecked("甲率", "缺人数")
        yield at(Place(SHEET, "E2"))
        yield from (Unchecked(f"指标{number}", "没有标准") for number in range(1, 8))

    verdict = judge(subject(), [made("AR901", body=body)])
    assert [finding.code for finding in verdict.findings] == ["AR901"]
    named = "、".join(f"“指标{number}”" for number in range(1, 6))
    assert verdict.skipped == (Skip("AR901", f"缺人数：“甲率”；没有标准：{named}等7项"),)


def test_crash__is_a_failure_and_the_others_go_on() -> None:
    def crashes(subject: Subject) -> Iterator[Hit]:
        yield at(Place(SHEET, "E2"))
        raise ZeroDivisionError("除\n零")

    verdict = judge(subject(), [made("AR901", body=crashes), made("AR902", at(Place(SHEET, "E3")))])
    assert verdict.failures == (Failure("PX000", "AR901", "ZeroDivisionError: 除 零"),)
    assert [finding.code for finding in verdict.findings] == ["AR902"]


@pytest.mark.parametrize(
    ("scope", "codes"),
    [(Scope.BOOK, ["AR901"]), (Scope.FORM, ["AR902"]), (None, ["AR901", "AR902"])],
)
def test_scope__chooses_the_rules(scope: Scope | None, codes: list[str]) -> None:
    rules = [
        made("AR901", at(Place(SHEET, "E2")), scope=Scope.BOOK),
        made("AR902", at(Place(SHEET, "E2"))),
    ]
    assert [f.code for f in judge(subject(), rules, scope).findings] == codes


def test_cause__is_the_error_at_the_cell_it_names() -> None:
    leaf, cap = Place(SHEET, "E2"), Place(SHEET, "B2")
    rules = [made("AR901", at(leaf)), made("AR902", at(cap, cause=leaf))]
    found = {finding.code: finding for finding in judge(subject(), rules).findings}
    assert found["AR901"].caused_by is None
    assert found["AR902"].caused_by == Cause("AR901", leaf)


def test_cause__is_none__when_no_error_stands_there() -> None:
    leaf, cap = Place(SHEET, "E2"), Place(SHEET, "B2")
    rules = [
        made("AR901", at(leaf), severity=Severity.VERIFY),
        made("AR902", at(cap, cause=leaf)),
        made("AR903", at(leaf, cause=leaf)),
    ]
    assert judge(subject(), rules[:2]).findings[0].caused_by is None
    assert judge(subject(), rules[2:]).findings[0].caused_by is None


def test_order__is_file_then_sheets_as_read_then_row_column_code() -> None:
    reading = subject()
    table = TargetTable("指标表", reading.form.area, []) if reading.form else None
    assert table
    reading.returned.target_tables.append(table)
    hits = [
        at(Place("隐藏表", "A1")),
        at(Place("指标表", "A1")),
        at(Place(SHEET, "B10")),
        at(Place(SHEET, "AA2")),
        at(Place(SHEET, "B2")),
        at(Place("", "")),
    ]
    verdict = judge(reading, [made("AR902", *hits), made("AR901", at(Place(SHEET, "B2")))])
    assert [(f.place.sheet, f.place.cell, f.code) for f in verdict.findings] == [
        ("", "", "AR902"),
        (SHEET, "B2", "AR901"),
        (SHEET, "B2", "AR902"),
        (SHEET, "AA2", "AR902"),
        (SHEET, "B10", "AR902"),
        ("指标表", "A1", "AR902"),
        ("隐藏表", "A1", "AR902"),
    ]


def test_verdict__lists_shortfalls_and_missed_targets() -> None:
    one = form(first="3", total="9")
    targets = TargetTable(
        "指标表",
        one.area,
        [
            Target(
                ("预算执行率",),
                Text("≥95%", Place("指标表", "D2")),
                Text("94.5%", Place("指标表", "E2")),
            )
        ],
    )
    reading = Return(forms=[one], target_tables=[targets])
    verdict = judge(Subject(reading, form=one), [])
    assert [(s.place.cell, s.lost) for s in verdict.shortfalls] == [("E2", Decimal(1))]
    assert [m.place.cell for m in verdict.missed_targets] == ["E2"]


def test_whole_catalogue__finds_nothing_in_a_clean_form() -> None:
    verdict = judge(subject())
    assert verdict.findings == ()
    assert verdict.failures == ()


def test_whole_catalogue__runs_without_any_form() -> None:
    verdict = judge(Subject(Return()))
    assert [finding.code for finding in verdict.findings] == ["ST101"]
    assert verdict.failures == ()


_CONTENT = st.one_of(
    st.tuples(st.just(CellType.NUMBER), st.sampled_from(["0", "-1", "1E+300", "1e-300", "2.005"])),
    st.tuples(st.just(CellType.TEXT), st.text(max_size=6)),
    st.tuples(st.just(CellType.TEXT), st.sampled_from(["/", "不适用", "{name}", "1%", "小计"])),
    st.tuples(st.just(CellType.ERROR), st.just("#REF!")),
    st.tuples(st.just(CellType.BLANK), st.just("")),
)


@given(
    st.sampled_from([path.stem for path in case_files()]),
    st.dictionaries(st.tuples(st.integers(1, 8), st.integers(1, 9)), _CONTENT, max_size=6),
    st.booleans(),
)
@example("cs101_execution_rate_differs", {(4, 1): (CellType.NUMBER, "0")}, True)  # no group's name
def test_whole_catalogue__never_crashes(
    stem: str, spoilt: dict[tuple[int, int], tuple[CellType, str]], has_scheme: bool
) -> None:
    (path,) = (path for path in case_files() if path.stem == stem)
    book = read_cases(path)[-1].book
    for spot, (kind, raw) in spoilt.items():
        book.sheets[0].cells[spot] = Cell(*spot, kind, raw)
    reading = read_return(book, load_vocabulary())
    forms: list[SelfEvaluationForm | None] = [*reading.forms]
    for one in forms or [None]:
        verdict = judge(Subject(reading, form=one, scheme=SMALL_FIXED if has_scheme else None))
        assert verdict.failures == ()


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("““三公”经费”扣了1分", "“‘三公’经费”扣了1分"),
        ("“甲”与“乙”", "“甲”与“乙”"),
        ("漏了H41““三公”经费”、H42“乙”", "漏了H41“‘三公’经费”、H42“乙”"),
        ("“““甲”””", "“‘‘甲’’”"),
        ("原因写着““三公”", "原因写着““三公”"),  # half of a pair came out of a cell
        ("”甲“", "”甲“"),
        ("", ""),
    ],
)
def test_inner_quotes__are_single_where_they_pair_up(sentence: str, told: str) -> None:
    assert nest_quotes(sentence) == told
