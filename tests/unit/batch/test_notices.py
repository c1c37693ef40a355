"""What units are told of their returns, and in which files."""

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import docx
import openpyxl
import pytest

from perfxl.batch.model import (
    Collection,
    Received,
    ReturnState,
    Round,
    Unit,
    UnitOutcome,
)
from perfxl.batch.notice_files import told_of, write_notices
from perfxl.batch.notice_words import addressed, basis_text, deadline
from perfxl.batch.notices import Attachment, notice_of
from perfxl.document.notice import Notice, NoticeKind, notice_text
from perfxl.engine.selection import select_rules
from perfxl.model.annotation import RESULT_SHEET
from perfxl.model.finding import Severity, Waiver
from perfxl.pipeline import Options, check_file, check_member
from tests.forms import guangzhou, shenzhen

OPTIONS = Options(select_rules())
TODAY = date(2025, 4, 18)
ROUND = Round(
    year=2024,
    doc_no="某财绩〔2025〕3号",
    notice="关于开展2024年度绩效自评的通知",
    due=date(2025, 3, 31),
    resubmission_due=date(2025, 4, 25),
    office="绩效科",
    bureau="某区财政局",
    contact="李某",
    phone="见通知",
)
UNIT = Unit("001", "某区应急管理局", "甲区", contact="张某某", phone="分机八八")
OTHER = Unit("002", "某市城市管理委员会", "乙/区", contact="王某某", phone="分机九九")


def received(path: Path, code: str = "001", turn: int = 0) -> Received:
    entries = check_file(path, OPTIONS).entries
    return Received(str(path), None, "", code, "stamp", TODAY, "file", turn, entries)


@pytest.fixture
def faulty(tmp_path: Path) -> Received:
    return received(shenzhen.build("as_meant", tmp_path / "a.xlsx"))


@pytest.fixture
def clean(tmp_path: Path) -> Received:
    return received(guangzhou.clean().build(tmp_path / "c.xlsx"), "002")


def outcome(
    chosen: Received | None,
    state: ReturnState = ReturnState.RECEIVED,
    unit: Unit = UNIT,
    others: Sequence[Received] = (),
) -> UnitOutcome:
    return UnitOutcome(unit, state, chosen, tuple(others), why="乙单位的表")


def told(one: UnitOutcome, **options: object) -> Notice:
    made = notice_of(one, ROUND, as_of=TODAY, **options)  # type: ignore[arg-type]
    assert made is not None
    return made


def test_notice_reads_as_offices_write__first_return(faulty: Received) -> None:
    made = told(outcome(faulty), attachment=Attachment.ANNOTATED)
    lines = notice_text(made).split("\n")
    assert lines[:2] == [
        "某区应急管理局：",
        "贵局《2024年度部门整体支出绩效自评表》（初报）已收悉。"
        "经初审，有必改1处、请核实4处，现退回修改。",
    ]
    assert lines[2].startswith("1. 【必改】I7 “绩效目标完整性”得5分，超过分值3分")
    assert [line[:2] for line in lines[2:7]] == ["1.", "2.", "3.", "4.", "5."]
    assert lines[7:] == [
        "请直接在所附标注表上修改，核实事项写在“单位说明”栏，"
        "4月25日17:00前报复报电子表及盖章PDF。标色、批注不必手工删除。",
        "联系人：李某，电话：见通知",
        "某区财政局",
        "绩效科",
        "2025年4月18日",
        "依据：《关于开展2024年度绩效自评的通知》（某财绩〔2025〕3号）",
    ]


def test_notices_are_no_matter_of_a_notice__mere_hints(faulty: Received) -> None:
    made = told(outcome(faulty))
    assert any(f.severity is Severity.NOTICE for e in faulty.entries for f in e.findings)
    assert {row.severity for row in made.rows} == {"必改", "请核实"}


def test_resubmission_is_called_so(faulty: Received) -> None:
    made = told(outcome(replace(faulty, resubmission=2), ReturnState.LATE))
    assert "（复报2）已收悉。经复核，仍有必改1处、请核实4处，现退回修改。" in made.opening


def test_ten_lines_and_how_many_more__many_findings(tmp_path: Path) -> None:
    draft = guangzhou.clean()
    for path, _ in draft.leaves():
        draft = draft.with_score(path[-1], D(99))
    one = received(draft.build(tmp_path / "b.xlsx"))
    made = told(outcome(one), attachment=Attachment.ANNOTATED)
    assert [row.number for row in made.rows] == list(range(1, 11))
    assert {row.severity for row in made.rows} == {"必改"}
    counted = sum(
        e.count(severity) for e in one.entries for severity in (Severity.ERROR, Severity.VERIFY)
    )
    # A line tells its consequences with it; what is in no line is counted below the table.
    in_lines = 10 + sum(row.problem.count("、") + 1 for row in made.rows if "随之" in row.problem)
    assert made.more == f"另有{counted - in_lines}处见附件“校验结果”页。"


def test_waived_findings_are_not_asked_for(faulty: Received) -> None:
    waiver = Waiver("批复同意", "预算科", date(2025, 12, 31))
    (entry,) = faulty.entries
    findings = tuple(
        replace(f, waived=waiver) if f.severity is Severity.ERROR else f for f in entry.findings
    )
    made = told(outcome(replace(faulty, entries=(replace(entry, findings=findings),))))
    assert "经初审，有请核实4处，现退回核实。" in made.opening
    assert {row.severity for row in made.rows} == {"请核实"}


def answered(returned: Received, *severities: Severity) -> Received:
    """The return with every finding of these severities answered."""
    (entry,) = returned.entries
    findings = tuple(
        replace(f, answer="已核对批复") if f.severity in severities else f for f in entry.findings
    )
    return replace(returned, entries=(replace(entry, findings=findings),))


def test_what_the_unit_answered_is_not_asked_again(faulty: Received) -> None:
    made = told(outcome(answered(faulty, Severity.VERIFY)))
    assert "请核实" not in made.opening
    assert {row.severity for row in made.rows} == {"必改"}


def test_errors_are_asked_for_again__whatever_was_written_beside_them(faulty: Received) -> None:
    both = told(outcome(answered(faulty, Severity.VERIFY, Severity.ERROR)))
    assert both.rows == told(outcome(answered(faulty, Severity.VERIFY))).rows


def test_nothing_left_but_what_was_answered__no_return_of_the_form(faulty: Received) -> None:
    (entry,) = answered(faulty, Severity.VERIFY).entries
    findings = tuple(f for f in entry.findings if f.severity is Severity.VERIFY)
    again = replace(faulty, resubmission=1, entries=(replace(entry, findings=findings),))
    made = told(outcome(again))
    assert made.kind is NoticeKind.RECEIVED
    assert made.opening.endswith(
        f"经复核，请核实的{len(findings)}处已有单位说明，没有发现需要修改的问题。"
    )


def test_nothing_to_change_gives_a_short_note(clean: Received) -> None:
    made = told(outcome(clean))
    assert made.kind is NoticeKind.RECEIVED
    assert (made.rows, made.request, made.contact) == ((), "", "")
    assert made.opening.endswith("已收悉。经初审，没有发现需要修改的问题。")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (ReturnState.SCAN_ONLY, "请补报电子表"),
        (ReturnState.WRONG_VERSION, "不是本次下发的版本"),
        (ReturnState.WRONG_UNIT, "表内的单位与贵局不符"),
        (ReturnState.UNREADABLE, "打不开"),
    ],
)
def test_return_is_asked_for_again__it_cannot_be_judged(state: ReturnState, said: str) -> None:
    made = told(outcome(None, state))
    assert made.kind is NoticeKind.RESEND
    assert said in made.opening
    assert made.request == "请于4月25日17:00前报送电子表及盖章PDF。"
    assert "乙单位" not in notice_text(made)


def test_unreadable_file_is_told_with_its_cause(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"no workbook")
    made = told(outcome(None, ReturnState.UNREADABLE, others=[received(path)]))
    (row,) = made.rows
    assert row.place == "整个文件"
    assert row.fix


@pytest.mark.parametrize(
    "state",
    [ReturnState.MISSING, ReturnState.UNDECIDED, ReturnState.EXEMPT, ReturnState.MERGED],
)
def test_nobody_is_told__nothing_came_or_the_bureau_must_choose(state: ReturnState) -> None:
    assert notice_of(outcome(None, state), ROUND, as_of=TODAY) is None


def test_round_unknown__the_form_says_the_year(faulty: Received) -> None:
    made = notice_of(outcome(faulty), None, as_of=TODAY)
    assert made is not None
    assert "《2023年度部门整体支出绩效自评表》" in made.opening
    assert "尽快报复报电子表" in made.request
    assert made.signature == ("2025年4月18日",)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("某区应急管理局", "贵局"),
        ("某市城市管理委员会", "贵委"),
        ("某区人民政府办公室", "贵办"),
        ("某镇（本级）", "贵镇"),
        ("某开发区管委会", "贵管委会"),
        ("某某", "贵单位"),
    ],
)
def test_unit_is_addressed__by_what_it_is(name: str, said: str) -> None:
    assert addressed(name) == said


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2025, 4, 25), "4月25日17:00前"),
        (TODAY, "4月18日17:00前"),
        (date(2025, 4, 17), "尽快"),
        (date(2026, 1, 5), "2026年1月5日17:00前"),
        (None, "尽快"),
    ],
)
def test_deadline_is_never_a_day_that_is_over(due: date | None, said: str) -> None:
    assert deadline(replace(ROUND, resubmission_due=due), TODAY) == said


def test_basis_is_the_findings__the_round_names_none(faulty: Received) -> None:
    rests_on = [basis for e in faulty.entries for f in e.findings for basis in f.basis]
    text = basis_text(Round(2024), rests_on)
    assert "号）" in text
    assert (
        basis_text(replace(ROUND, notice="《通知》"), rests_on) == "《通知》（某财绩〔2025〕3号）"
    )


def collection(*outcomes: UnitOutcome, scheme_id: str = "shenzhen-2023") -> Collection:
    return Collection(ROUND, scheme_id, TODAY, outcomes)


def test_files_stand_by_district__word_text_and_copy(
    faulty: Received, clean: Received, tmp_path: Path
) -> None:
    home = tmp_path / "退回单"
    whole = collection(
        outcome(faulty),
        outcome(clean, unit=OTHER),
        outcome(None, ReturnState.SCAN_ONLY, unit=replace(OTHER, code="003")),
    )
    written = write_notices(whole, home)
    assert sorted(str(p.relative_to(home)) for p in home.rglob("*") if p.is_file()) == [
        "乙_区/003_某市城市管理委员会_退回单.docx",
        "乙_区/003_某市城市管理委员会_退回单.txt",
        "甲区/001_某区应急管理局_标注表.xlsx",
        "甲区/001_某区应急管理局_退回单.docx",
        "甲区/001_某区应急管理局_退回单.txt",
    ]
    assert told_of(written) == "退回单：退回修改1家，重新报送1家"
    first = written[0]
    assert first.copy is not None
    assert first.word is not None
    assert RESULT_SHEET in openpyxl.load_workbook(first.copy).sheetnames
    assert docx.Document(str(first.word)).paragraphs[1].text == "某区应急管理局："
    assert write_notices(whole, home) == written
    assert len(list(home.rglob("*.*"))) == 5


def test_receipts_are_written__asked_for(clean: Received, tmp_path: Path) -> None:
    (one,) = write_notices(
        collection(outcome(clean, unit=OTHER)), tmp_path / "t", with_receipts=True
    )
    assert (one.text.name, one.word, one.copy) == ("002_某市城市管理委员会_收悉.txt", None, None)


def test_no_contacts_of_units_stand_anywhere(faulty: Received, tmp_path: Path) -> None:
    home = tmp_path / "t"
    again = outcome(None, ReturnState.SCAN_ONLY, unit=OTHER)
    for one in write_notices(collection(outcome(faulty), again), home):
        texts = [one.text.read_text("utf-8")]
        if one.word:
            with zipfile.ZipFile(one.word) as package:
                texts += [package.read(name).decode("utf-8", "replace")
                          for name in package.namelist()]  # fmt: skip
        said = "".join(texts)
        assert not [w for w in ("张某某", "王某某", "分机八八", "分机九九") if w in said]
        assert (OTHER.name in said) == (one.code == OTHER.code)


def test_member_of_a_zip_is_annotated_too(tmp_path: Path) -> None:
    form = shenzhen.build("as_meant", tmp_path / "a.xlsx").read_bytes()
    bundle = tmp_path / "回收.zip"
    with zipfile.ZipFile(bundle, "w") as package:
        package.writestr("甲局/表.xlsx", form)
    entries = check_member(bundle, "甲局/表.xlsx", lambda: form, OPTIONS).entries
    one = Received(
        str(bundle), "甲局/表.xlsx", "", "001", "path", TODAY, "zip", 0, entries
    )  # fmt: skip
    (written,) = write_notices(collection(outcome(one)), tmp_path / "t")
    assert written.copy is not None
    assert RESULT_SHEET in openpyxl.load_workbook(written.copy).sheetnames
    bundle.unlink()
    (without,) = write_notices(collection(outcome(one)), tmp_path / "u")
    assert without.copy is None
    assert "所附" not in without.text.read_text("utf-8")


def test_old_format_goes_back_with_a_list(tmp_path: Path, faulty: Received) -> None:
    # Stands for a file that cannot be edited in place: its bytes are no zip.
    def load(_: Received) -> bytes:
        return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

    (one,) = write_notices(collection(outcome(faulty)), tmp_path / "t", load=load)
    assert one.copy is not None
    assert one.copy.name == "001_某区应急管理局_问题清单.xlsx"
    assert "请对照所附清单在原表上修改" in one.text.read_text("utf-8")


def test_form_is_called_what_its_scheme_is(faulty: Received, tmp_path: Path) -> None:
    whole = collection(outcome(faulty), scheme_id="national-project-2020")
    (one,) = write_notices(whole, tmp_path / "t", with_copies=False)
    assert "《2024年度项目支出绩效自评表》" in one.notice.opening


def test_names_that_meet_are_kept_apart(faulty: Received, tmp_path: Path) -> None:
    twice = [replace(UNIT, code="CON", name="a/b"), replace(UNIT, code="con", name="a\\b")]
    whole = collection(*(outcome(faulty, unit=unit) for unit in twice))
    written = write_notices(whole, tmp_path / "t", with_copies=False)
    assert len({one.text.name.casefold() for one in written}) == 2
