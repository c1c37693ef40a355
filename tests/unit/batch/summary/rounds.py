"""Small rounds for the tests of summaries: checked returns of one form, changed by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from perfxl.batch.model import (
    Collection,
    Received,
    ReturnState,
    Round,
    Unit,
    UnitOutcome,
)
from perfxl.engine.selection import select_rules
from perfxl.model.report import Entry
from perfxl.pipeline import Options, check_file
from tests.forms import guangzhou, shenzhen
from tests.forms.good import good_form
from tests.forms.mutate import Draft

AS_OF = date(2025, 4, 2)
ROUND = Round(2024, "财绩〔2025〕3号", "关于开展绩效自评的通知", contact="某同志", phone="内线1")


def same(draft: Draft) -> Draft:
    """No change."""
    return draft


@cache
def entry(number: int = 0, change: Callable[[Draft], Draft] = same) -> Entry:
    """The check of a good return of the number, changed; its path is that of no real file."""
    draft = good_form(guangzhou.with_fair_head(guangzhou.form("as_meant")), number)
    return _checked(change(draft), f"回收/{number}.xlsx")


@cache
def entry_with_results(number: int = 0, change: Callable[[Draft], Draft] = same) -> Entry:
    """The check of a good return that has targets and actual values beside its scores."""
    draft = good_form(shenzhen.with_fair_targets(shenzhen.form("as_meant")), number)
    return _checked(change(draft), f"回收/目标{number}.xlsx")


def _checked(draft: Draft, path: str) -> Entry:
    with TemporaryDirectory() as folder:
        file = draft.build(Path(folder) / "a.xlsx")
        found = check_file(file, Options(select_rules())).entries[0]
    return replace(found, path=path)


def unit(code: str, district: str = "甲区") -> Unit:
    """A unit with a contact, which must appear nowhere."""
    return Unit(code, f"第{code}局", district, contact="联系人甲", phone="内线2")


def received(code: str, *entries: Entry, **fields: object) -> Received:
    """A file of a unit."""
    first = entries[0]
    base = Received(
        first.path, first.member, first.sha256, code, "unit", date(2025, 3, 1), "file",
        entries=entries,
    )  # fmt: skip
    return replace(base, **fields)  # type: ignore[arg-type]


def filed(code: str, *entries: Entry, district: str = "甲区", late: bool = False) -> UnitOutcome:
    """A unit whose return counts."""
    state = ReturnState.LATE if late else ReturnState.RECEIVED
    told = "只收到这一份"
    return UnitOutcome(
        unit(code, district), state, received(code, *entries), is_late=late, why=told
    )


def absent(code: str, state: ReturnState, why: str = "", district: str = "甲区") -> UnitOutcome:
    """A unit without a return that counts."""
    return UnitOutcome(unit(code, district), state, why=why)


def full_marks(draft: Draft) -> Draft:
    """Full marks in every row."""
    for path, leaf in draft.leaves():
        draft = draft.with_leaf(path, score=leaf.cap, reason=None, action=None)
    return draft.with_right_total()


def half_in_words(draft: Draft) -> Draft:
    """A score that is no number, a total nobody stated."""
    return draft.with_score("合同备案时效性", "半分").with_total(None)


def zero(draft: Draft) -> Draft:
    """A score of zero, which is a value."""
    return draft.with_leaf(
        "合同备案时效性",
        score=Decimal(0),
        reason="三份合同均晚于规定期限备案",
        action="按月核对台账",
    ).with_right_total()


def blank(draft: Draft) -> Draft:
    """A score left blank."""
    return draft.with_score("合同备案时效性", None)


def collection(*outcomes: UnitOutcome, **fields: object) -> Collection:
    """A round of these."""
    base = Collection(ROUND, "guangzhou-2022", AS_OF, outcomes)
    return replace(base, **fields)  # type: ignore[arg-type]


def mixed() -> Collection:
    """Every kind of thing that happens, in two districts."""
    copy = received("101", entry(1), path="回收/1 (1).xlsx", is_copy_of="回收/1.xlsx")
    first = replace(filed("101", entry(1)), others=(copy,))
    stranger = Received(
        "回收/不明.xlsx", None, "ff" * 32, "", "", None, "file", remark="单位不在台账"
    )
    return collection(
        first,
        filed("102", entry(2), late=True),
        filed("103", entry(3, half_in_words)),
        absent("104", ReturnState.MISSING, "没有收到文件"),
        filed("201", entry(4, zero), district="乙区"),
        filed("202", entry(5, blank), district="乙区"),
        absent("203", ReturnState.UNDECIDED, "两份总分不同，没有先后", district="乙区"),
        absent("204", ReturnState.EXEMPT, district="乙区"),
        strangers=(stranger,),
        passed_over=(("PDF或OFD", 1), ("图片", 3)),
    )
