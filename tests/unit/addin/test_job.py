"""File mode's program side: the lines for the macros, and an answer whatever happens."""

from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.addin.changes import Changes, Highlight, Message, Note, PutFormula, Tone
from perfxl.addin.escapes import unescaped
from perfxl.addin.tsv import changes_text
from perfxl.cli.main import run
from perfxl.model.address import Place
from perfxl.model.page import Item, Look, Page
from tests.forms import guangzhou

SAID = Message(Tone.INFO, "好")


def lines(changes: Changes) -> list[list[str]]:
    text = changes_text(changes)
    assert text.isascii()
    assert text.endswith("\r\n")
    return [[unescaped(one) for one in line.split("\t")] for line in text.split("\r\n")[:-1]]


def test_lines__come_in_the_order_in_which_they_are_applied() -> None:
    first = Highlight("表", ("A1", "B2:C3"), 'LEN("perfxl:error")>0', "FFC7CE", "9C0006", True, "0")
    second = Highlight("表", ("D4",), 'LEN("perfxl:short-1")>0', "FFF3D1", "5C3200")
    changes = Changes(
        SAID,
        clears=True,
        formulas=(PutFormula("表", "A9", "=SUM(A1:A8)", "36.5"),),
        highlights=(first, second),
        notes=(Note("表", "A1", "【校验】一\n二\t三"),),
        opens=Path("报告.html"),
    )
    assert lines(changes) == [
        ["clear"],
        ["formula", "表", "A9", "=SUM(A1:A8)", "36.5"],
        # Put first one after the other: the most pressing comes last and so stands first.
        ["format", "表", second.formula, str(0xD1F3FF), str(0x00325C), "0", "", "D4"],
        ["format", "表", first.formula, str(0xCEC7FF), str(0x06009C), "1", "0", "A1,B2:C3"],
        ["note", "表", "A1", "【校验】一\n二\t三"],
        ["open", "报告.html"],
        ["end"],
    ]


def test_lines__of_nothing_are_only_the_end() -> None:
    assert lines(Changes(SAID)) == [["end"]]


def test_ranges__are_cut_to_what_a_macro_can_take() -> None:
    ranges = tuple(f"H{row}" for row in range(10, 400, 2))
    (line, _) = lines(Changes(SAID, highlights=(Highlight("表", ranges, "x", "0" * 6, "0" * 6),)))
    assert ",".join(line[7:]).split(",") == list(ranges)
    assert len(line[7:]) > 1
    assert all(len(piece) <= 255 for piece in line[7:])


def test_page__tells_contents_merges_and_looks() -> None:
    page = Page("结果", (6.0, 6.0, 9.5), marker="perfxl:result:1")
    page.rows = [
        [Item("结果", Look.TITLE, 3)],
        [Item("=1+1"), Item(Decimal("0.50"), Look.SCORE),
         Item("H8", Look.LINK, 1, Place("a'b", "H8"))],
        [],
        [Item("", Look.INPUT), Item("二", Look.INPUT)],
    ]  # fmt: skip
    told = lines(Changes(SAID, page=page))
    assert told[0] == ["page", "校验结果", "结果", "perfxl:result:1"]
    kinds = {kind: [line[1:] for line in told if line[0] == kind] for kind, *_ in told}
    assert kinds["width"] == [["1", "2", "6"], ["3", "3", "9.5"]]
    assert kinds["text"] == [["A2", "=1+1"], ["B4", "二"]]
    assert kinds["number"] == [["B2", "0.5"]]
    assert kinds["link"] == [["C2", "H8", "#'a''b'!H8"]]
    assert kinds["merge"] == [["A1:C1"]]
    assert [line[-1] for line in kinds["look"]] == ["A1:C1", "A2", "B2", "C2", "A4:B4"]
    unlocked = [line for line in kinds["look"] if line[10] == "0"]
    assert [line[-1] for line in unlocked] == ["A4:B4"]


def answer(folder: Path) -> tuple[str, str]:
    data = (folder / "done.txt").read_bytes()
    status, told, rest = data.decode("ascii").split("\r\n")
    assert not rest
    return status, unescaped(told)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "job"
    made.mkdir()
    return made


def test_job__writes_changes_and_answers_last(tmp_path: Path, folder: Path) -> None:
    book = guangzhou.form().build(folder / "book.xlsx")
    original = tmp_path / "某局" / "表.xlsx"
    words = ["job", "check", str(book), "--dir", str(folder), "--original", str(original)]
    assert run(words) == 0
    assert answer(folder)[0] == "ok"
    assert (folder / "changes.tsv").read_bytes().endswith(b"\r\nend\r\n")
    told = (folder / "changes.tsv").read_text(encoding="ascii")
    assert "表.xlsx" in unescaped(told)
    assert {path.name for path in folder.iterdir()} == {"book.xlsx", "changes.tsv", "done.txt"}
    assert [path.name for path in tmp_path.iterdir()] == ["job"]


def test_job__takes_escaped_names(folder: Path) -> None:
    book = guangzhou.form().build(folder / "book.xlsx")
    sheet = r"\u81ea\u8bc4\u8868"
    words = ["job", "why", str(book), "--dir", str(folder), "--sheet", sheet, "--cell", "$H$21"]
    assert run(words) == 0
    assert "H21" in answer(folder)[1]


def test_job__answers_a_file_that_is_none(folder: Path) -> None:
    book = folder / "book.xlsx"
    book.write_bytes(b"PK not a workbook")
    assert run(["job", "check", str(book), "--dir", str(folder)]) == 1
    status, told = answer(folder)
    assert status == "failed"
    assert "读不了" in told


def test_job__answers_when_the_copy_is_missing(folder: Path) -> None:
    assert run(["job", "fill", "--dir", str(folder)]) == 1
    assert answer(folder)[0] == "failed"


def test_job__answers_wrong_settings_beside_the_original(tmp_path: Path, folder: Path) -> None:
    book = guangzhou.form().build(folder / "book.xlsx")
    (tmp_path / "perfxl.toml").write_text("select = 3\n", encoding="utf-8")
    words = ["job", "check", str(book), "--dir", str(folder), "--original"]
    assert run([*words, str(tmp_path / "表.xlsx")]) == 1
    assert "perfxl.toml" in answer(folder)[1]


def test_job__answers_a_crash(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("perfxl.addin.job.perform", crash)
    assert run(["job", "clean", "--dir", str(folder)]) == 3
    status, told = answer(folder)
    assert status == "failed"
    assert "boom" in told
    assert "没有改动" in told


def test_job__refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert run(["job", "clean", "--dir", str(tmp_path / "none")]) == 2
