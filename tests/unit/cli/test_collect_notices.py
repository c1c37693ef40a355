"""`collect --notices` on what `distribute` sent out."""

from pathlib import Path

import docx
import pytest

from perfxl.cli.main import run
from tests.unit.cli.test_collect import come_back, copy_of, sent

__all__ = ["sent"]  # the fixture

ROUND = """year = 2022
doc_no = "某财绩〔2023〕3号"
notice = "关于开展绩效自评的通知"
resubmission_due = 2025-04-25
bureau = "某市财政局"
"""


def collected(*words: str) -> int:
    base = ["collect", "回收", "--ledger", "下发/台账.xlsx", "--as-of", "2025-04-05"]
    return run([*base, *words])


def files(folder: Path) -> list[str]:
    return sorted(
        str(p.relative_to(folder)) for p in folder.rglob("*.*") if ".perfxl" not in str(p)
    )


def test_units_are_told__by_district(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sent / "round.toml").write_text(ROUND, encoding="utf-8")
    come_back(copy_of(sent, "1001"), sent / "回收/a.xlsx")  # came back unfilled
    (sent / "回收/1005_某戊局.pdf").write_bytes(b"%PDF-1.4")
    assert collected("--round", "round.toml", "--notices", "退回单") == 1
    assert "退回修改1家，重新报送1家" in capsys.readouterr().err
    assert files(sent / "退回单") == [
        "东区/1001_某甲局_标注表.xlsx",
        "东区/1001_某甲局_退回单.docx",
        "东区/1001_某甲局_退回单.txt",
        "西区/1005_某戊局_退回单.docx",
        "西区/1005_某戊局_退回单.txt",
    ]
    page = docx.Document(str(sent / "退回单/东区/1001_某甲局_退回单.docx"))
    texts = [paragraph.text for paragraph in page.paragraphs]
    assert "某市财政局" in texts
    assert "依据：《关于开展绩效自评的通知》（某财绩〔2023〕3号）" in texts
    assert "老王" not in "".join(texts)


def test_notices_among_the_returns_are_no_returns__run_again(sent: Path) -> None:
    come_back(copy_of(sent, "1001"), sent / "回收/a.xlsx")
    collected("--notices", "回收/退回单")
    first = files(sent / "回收")
    collected("--notices", "回收/退回单")
    assert files(sent / "回收") == first
    assert len(first) == 4


def test_wrong_template_is_told(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    come_back(copy_of(sent, "1001"), sent / "回收/a.xlsx")
    (sent / "own.docx").write_bytes(b"no zip")
    assert collected("--notices", "t", "--notice-template", "own.docx") == 2
    assert "不是能打开的 Word 模板" in capsys.readouterr().err
