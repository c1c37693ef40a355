"""Reports for the tests of every format."""

from decimal import Decimal

from perfxl.model.address import Place
from perfxl.model.finding import (
    Basis,
    Cause,
    Failure,
    Finding,
    MissedTarget,
    Severity,
    Shortfall,
    Skip,
)
from perfxl.model.form import Decision
from perfxl.model.grade import Grade
from perfxl.model.report import (
    Entry,
    GradeSummary,
    Outcome,
    Report,
    SchemeRef,
    Subtotal,
    TableRef,
    TotalSummary,
)

SHEET = "自评表"
BASIS = Basis("财预〔2020〕10号", "项目支出绩效评价管理办法", "第十条")


def finding(
    code: str,
    cell: str,
    message: str,
    fix: str = "请改正",
    severity: Severity = Severity.ERROR,
    *,
    sheet: str = SHEET,
    provided: str = "",
    expected: str = "",
    cause: Cause | None = None,
) -> Finding:
    """A finding at a cell of the score sheet."""
    return Finding(
        code=code,
        slug=f"slug-{code.lower()}",
        severity=severity,
        place=Place(sheet if cell else "", cell),
        path=("产出", "数量指标", "培训场次"),
        provided=provided,
        expected=expected,
        difference="",
        message=message,
        fix=fix,
        basis=(BASIS,),
        caused_by=cause,
    )


EXCEEDS = finding(
    "AR102", "H8", "“绩效目标完整性”得5分，超过分值3分",
    "请把得分改为不超过3的数，总分会重算", provided="5", expected="3",
)  # fmt: skip
TOTAL = finding(
    "AR104", "H40", "总分95.7，各项得分相加是95.2，差0.5：H31的0.50是文本，没有加进去",
    "请重新输入数字0.5，不要改总分", cause=Cause("AR102", Place(SHEET, "H8")),
)  # fmt: skip
GROUP = finding(
    "AR103", "B5", "“目标设置”各项得分相加是12分，超过本组分值10分", "请核对本组各项的得分",
    cause=Cause("AR102", Place(SHEET, "H8")),
)  # fmt: skip
RATE = finding(
    "CS101", "G33", "“三公”经费控制率91.6%，按0.42÷5计算为8.4%；填的像节约率",
    "请改为8.4%或说明口径，得分不一定变", Severity.VERIFY, sheet="资金表",
)  # fmt: skip
MACRO = finding(
    "FL201", "", "工作簿含有宏：1个", "如非模板自带，请另存为.xlsx去掉", Severity.NOTICE
)


def shortfall(
    cell: str, cap: str, score: str, reason: str | None = "", action: str | None = ""
) -> Shortfall:
    """An indicator that lost points."""
    path = ("管理效率", "采购管理", f"合同备案时效性{cell}")
    return Shortfall(path, Place(SHEET, cell), Decimal(cap), Decimal(score), reason, action)


FAILED = Entry(
    path="送审/2024年自评表.xlsx",
    member=None,
    sheet=SHEET,
    sha256="ab" * 32,
    tables=(TableRef("score", SHEET, "A3:J40"),),
    scheme=SchemeRef("sample-2024", "1", "header"),
    unit="某某局",
    year="2024",
    outcome=Outcome.FAIL,
    total=TotalSummary(Decimal("95.70"), Decimal("95.20"), Decimal(100), Decimal("93.20")),
    grade=GradeSummary(Grade.GOOD, Grade.EXCELLENT),
    subtotals=(
        Subtotal(("管理效率",), SHEET, "A5", Decimal(40), Decimal("38.50")),
        Subtotal(("管理效率", "目标设置"), SHEET, "B5", Decimal(10), Decimal(12)),
        Subtotal(("产出",), SHEET, "A20", None, None),
    ),
    shortfalls=(
        shortfall("H28", "1", "0.5", "", "加强管理"),
        shortfall("H30", "20", "19.5", "人员变动", "按季核对"),
        shortfall("H33", "5", "3.5", None, None),
    ),
    missed_targets=(
        MissedTarget(("数量指标", "培训场次"), Place("绩效指标", "G30"), "≥60场", "48场"),
    ),
    findings=(EXCEEDS, GROUP, RATE, TOTAL, MACRO),
    skipped=(
        Skip("GR101", "等级划分未知：表上未印，方案也未给出"),
        Skip("AR105", "本表未印小计"),
        Skip("AR106", "本表未印小计"),
    ),
    decisions=(Decision("late-label", Place(SHEET, "B12"), "“过程”写在本组第二行，已归入本组"),),
)
PASSED = Entry(
    path="送审/区卫健局.xlsx",
    member=None,
    sheet=SHEET,
    sha256="cd" * 32,
    tables=(TableRef("score", SHEET, "A3:J40"),),
    scheme=None,
    unit="",
    year="",
    outcome=Outcome.PASS,
    total=TotalSummary(Decimal(100), Decimal(100), Decimal(100), Decimal(100)),
    grade=GradeSummary(Grade.EXCELLENT, Grade.EXCELLENT),
    subtotals=(),
    shortfalls=(),
    missed_targets=(),
    findings=(),
    skipped=(),
)
UNREADABLE = Entry(
    path="送审/损坏.xlsx",
    member=None,
    sheet="",
    sha256="",
    tables=(),
    scheme=None,
    unit="",
    year="",
    outcome=Outcome.UNREADABLE,
    total=TotalSummary(None, None, None, None),
    grade=GradeSummary(None, None),
    subtotals=(),
    shortfalls=(),
    missed_targets=(),
    findings=(finding("FL103", "", "文件损坏：末尾缺失", "请重新发送"),),
    skipped=(),
)
REPORT = Report("0.1.0", "abc123", (FAILED, PASSED, UNREADABLE))
CRASHED = Report("0.1.0", "abc123", (PASSED,), (Failure("PX000", "AR104", "KeyError: 'x'"),))
