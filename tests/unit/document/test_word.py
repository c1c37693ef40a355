"""A 退回单 as Word and as text."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from perfxl.document.notice import Notice, NoticeKind, NoticeRow, notice_text
from perfxl.document.package import repacked
from perfxl.document.template import notice_template
from perfxl.document.word import notice_docx
from perfxl.errors import UsageError

ROOT = Path(__file__).resolve().parents[3]
NOTICE = Notice(
    kind=NoticeKind.CORRECT,
    title="绩效自评表退回单",
    addressee="某局",
    opening="贵局《2024年度部门整体支出绩效自评表》（初报）已收悉。经初审，有必改1处、请核实1处，现退回修改。",
    rows=(
        NoticeRow(1, "必改", "H8", "“甲”得5分，超过分值3分", "请改为不超过3的数"),
        NoticeRow(2, "请核实", "G33", "控制率91.6%，按0.42÷5是8.4%。", ""),
    ),
    more="另有2处见附件“校验结果”页。",
    request="请直接在所附标注表上修改。",
    contact="联系人：李某",
    signature=("某财政局", "绩效科", "2025年4月18日"),
    basis="《通知》（某财〔2025〕3号）",
)


def paragraphs(data: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs if p.text]


def cells(data: bytes) -> list[list[str]]:
    (table,) = docx.Document(io.BytesIO(data)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_word_holds_every_part__in_order() -> None:
    data = notice_docx(NOTICE)
    assert paragraphs(data) == [
        "绩效自评表退回单", "某局：", NOTICE.opening, NOTICE.more, NOTICE.request, NOTICE.contact,
        *NOTICE.signature, "依据：《通知》（某财〔2025〕3号）",
    ]  # fmt: skip
    assert cells(data) == [
        ["序号", "位置", "问题", "怎么改"],
        ["1", "H8", "【必改】“甲”得5分，超过分值3分", "请改为不超过3的数"],
        ["2", "G33", "【请核实】控制率91.6%，按0.42÷5是8.4%。", ""],
    ]


def test_word_leaves_out__what_there_is_nothing_to_say_of() -> None:
    bare = replace(NOTICE, rows=(), more="", contact="", basis="", kind=NoticeKind.RESEND)
    data = notice_docx(bare)
    assert docx.Document(io.BytesIO(data)).tables == []
    assert paragraphs(data) == [
        NOTICE.title, "某局：", NOTICE.opening, NOTICE.request, *NOTICE.signature,
    ]  # fmt: skip


def test_text_follows_the_same_order() -> None:
    assert notice_text(NOTICE).split("\n") == [
        "某局：",
        NOTICE.opening,
        "1. 【必改】H8 “甲”得5分，超过分值3分。怎么改：请改为不超过3的数",
        "2. 【请核实】G33 控制率91.6%，按0.42÷5是8.4%。",
        NOTICE.more,
        NOTICE.request,
        NOTICE.contact,
        *NOTICE.signature,
        "依据：《通知》（某财〔2025〕3号）",
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ 7*7 }}{% for x in y %}",
        "</w:t></w:r><w:p/>&amp;<b>",
        "=HYPERLINK(\"x\")",
        "{{ addressee.__class__ }}",
        "换\n行",
    ],
)  # fmt: skip
def test_texts_stay_texts__whatever_a_workbook_said(hostile: str) -> None:
    row = NoticeRow(1, "必改", hostile, hostile, hostile)
    data = notice_docx(replace(NOTICE, addressee=hostile, rows=(row,)))
    assert f"{hostile}：" in paragraphs(data)
    assert cells(data)[1] == ["1", hostile, f"【必改】{hostile}", hostile]


def test_letters_that_xml_cannot_hold_are_dropped() -> None:
    data = notice_docx(replace(NOTICE, addressee="某\x00\x0b\ud800\ufffe局"))
    assert "某局：" in paragraphs(data)


def test_same_notice_gives_the_same_bytes__no_time_of_day() -> None:
    data = notice_docx(NOTICE)
    assert data == notice_docx(NOTICE)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {item.date_time[0] for item in package.infolist()} == {1980}
    assert repacked(data) == data


def test_shipped_template_is_up_to_date() -> None:
    assert (ROOT / "perfxl/document/notice.docx").read_bytes() == notice_template()


def test_page_is_as_offices_print_it__a4_and_their_fonts() -> None:
    document = docx.Document(io.BytesIO(notice_docx(NOTICE)))
    page = document.sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)
    xml = document.element.xml + document.styles.element.xml
    assert all(f'w:eastAsia="{font}"' in xml for font in ("仿宋", "黑体", "方正小标宋简体"))


def test_bureau_may_use_its_own_template(tmp_path: Path) -> None:
    own = docx.Document()
    own.add_paragraph("致{{ addressee }}：{{ rows|length }}处")
    own.save(str(tmp_path / "own.docx"))
    assert paragraphs(notice_docx(NOTICE, tmp_path / "own.docx")) == ["致某局：2处"]


@pytest.mark.parametrize(
    "field", ["{{ nobody }}", "{{ addressee", "{% for %}", "{{ ''.__class__.__mro__ }}"]
)
def test_wrong_template_is_told__no_traceback(field: str, tmp_path: Path) -> None:
    own = docx.Document()
    own.add_paragraph(field)
    own.save(str(tmp_path / "own.docx"))
    with pytest.raises(UsageError, match="字段写错"):
        notice_docx(NOTICE, tmp_path / "own.docx")
    (tmp_path / "none.docx").write_bytes(b"no zip")
    for name in ("none.docx", "missing.docx"):
        with pytest.raises(UsageError, match="不是能打开的"):
            notice_docx(NOTICE, tmp_path / name)
