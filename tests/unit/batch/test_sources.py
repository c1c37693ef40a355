"""Which workbooks are meant by files, folders and zips."""

from collections import Counter
from pathlib import Path

import pytest

from perfxl.batch import sources
from perfxl.batch.sources import Gathered, check_source, gather, plain_files
from perfxl.engine.selection import select_rules
from perfxl.errors import RefusedFile, UsageError
from perfxl.model.report import Outcome
from perfxl.pipeline import Options
from tests.forms import guangzhou
from tests.unit.reader.packing import pack, parts

BOOK = pack(parts())


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def members(gathered: Gathered) -> list[str | None]:
    return [source.member for source in gathered.sources]


def outcome(gathered: Gathered, index: int = 0) -> bytes | str:
    """The bytes of a source, or the code of its refusal."""
    load = gathered.sources[index].load
    assert load is not None
    try:
        return load()
    except RefusedFile as refusal:
        return refusal.code


def test_named_file_is_a_source__whatever_it_is(tmp_path: Path) -> None:
    note = write(tmp_path / "说 明.txt", b"x")
    assert [s.path for s in gather([note, note]).sources] == [note]


def test_folder_is_searched__others_counted(tmp_path: Path) -> None:
    for name in ("甲 局.xlsx", "下/乙.XLS", "图.png", "扫描.JPG", "a.docx", "~$甲 局.xlsx", "._a"):
        write(tmp_path / name, b"x")
    gathered = gather([tmp_path])
    assert [s.path.name for s in gathered.sources] == ["乙.XLS", "甲 局.xlsx"]
    assert gathered.passed_over == Counter(
        {"图片": 2, "Word文档": 1, "Office临时文件（~$）": 1, "系统附带文件": 1}
    )
    assert gathered.remark.startswith("不是电子表格，没有校验：")
    assert "图片2个" in gathered.remark


def test_file_named_twice_is_checked_once(tmp_path: Path) -> None:
    path = write(tmp_path / "甲.xlsx", BOOK)
    archive = write(tmp_path / "乙.zip", pack({"丙.xlsx": BOOK}))
    assert len(gather([path, tmp_path, archive, tmp_path]).sources) == 2


def test_zip_is_searched__with_the_path_inside_it(tmp_path: Path) -> None:
    inner = pack({"丙 局/自评表.xlsx": BOOK, "丙 局/照片.png": b"x"})
    data = pack(
        {
            "甲.xlsx": BOOK,
            "乙区.zip": inner,
            "__MACOSX/._甲.xlsx": b"x",
            "~$甲.xlsx": b"x",
            "说明.docx": b"x",
        }
    )
    gathered = gather([write(tmp_path / "回 收.zip", data)])
    assert members(gathered) == ["乙区.zip/丙 局/自评表.xlsx", "甲.xlsx"]
    assert [outcome(gathered, index) for index in (1, 0, 1)] == [BOOK, BOOK, BOOK]
    assert gathered.passed_over["图片"] == gathered.passed_over["Word文档"] == 1
    gathered.close()
    assert outcome(gathered) == BOOK


def test_zips_in_zips_are_opened__to_three_levels(tmp_path: Path) -> None:
    third = pack({"三.xlsx": BOOK, "四.zip": pack({"四.xlsx": BOOK})})
    second = pack({"三.zip": third})
    gathered = gather([write(tmp_path / "一.zip", pack({"二.zip": second}))])
    assert members(gathered) == ["二.zip/三.zip/三.xlsx", "二.zip/三.zip/四.zip"]
    assert [outcome(gathered, 0), outcome(gathered, 1)] == [BOOK, "FL104"]


def test_damaged_zip_is_a_finding__others_go_on(tmp_path: Path) -> None:
    good = pack({"甲.xlsx": BOOK})
    write(tmp_path / "a.zip", good[:-20])
    write(tmp_path / "b.zip", pack({"坏.zip": good[:-20], "乙.xlsx": BOOK}))
    gathered = gather([tmp_path])
    assert [(s.path.name, s.member) for s in gathered.sources] == [
        ("a.zip", None),
        ("b.zip", "乙.xlsx"),
        ("b.zip", "坏.zip"),
    ]
    assert [outcome(gathered, index) for index in range(3)] == ["FL103", BOOK, "FL103"]


def test_limits_hold_for_the_whole__nested_zips_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = pack({f"{n}.xlsx": BOOK for n in range(3)})
    path = write(tmp_path / "a.zip", pack({"x.zip": inner, "y.zip": inner}))
    monkeypatch.setattr(sources, "MAX_ENTRIES", 8)
    assert len(gather([path]).sources) == 6
    monkeypatch.setattr(sources, "MAX_ENTRIES", 7)
    gathered = gather([path])
    assert (members(gathered), outcome(gathered)) == ([None], "FL104")
    monkeypatch.setattr(sources, "MAX_ENTRIES", 8)
    monkeypatch.setattr(sources, "MAX_INFLATED", 2 * len(inner) + 6 * len(BOOK) - 1)
    assert outcome(gather([path])) == "FL104"


def test_named_zip_without_workbooks_gets_a_finding__one_in_a_folder_does_not(
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "照片.zip", pack({"a.png": b"x"}))
    assert outcome(gather([path])) == "FL101"
    write(tmp_path / "甲.xlsx", BOOK)
    gathered = gather([tmp_path])
    assert [s.path.name for s in gathered.sources] == ["甲.xlsx"]
    assert gathered.passed_over["图片"] == 1


def test_workbook_named_zip_is_read_as_a_workbook(tmp_path: Path) -> None:
    path = write(tmp_path / "a.zip", BOOK)
    inside = write(tmp_path / "b.zip", pack({"c.zip": BOOK}))
    gathered = gather([path, inside])
    assert members(gathered) == [None, "c.zip"]
    assert gathered.sources[0].load is None
    assert outcome(gathered, 1) == BOOK


def test_other_archive_named_zip_goes_to_the_gate(tmp_path: Path) -> None:
    path = write(tmp_path / "a.zip", b"Rar!\x1a\x07\x01\x00" + bytes(40))
    (source,) = gather([path]).sources
    assert source.load is None
    (entry,) = check_source(source, Options(select_rules())).entries
    assert "RAR" in entry.findings[0].message


@pytest.mark.parametrize("find", [gather, lambda paths: plain_files(paths, "标注")])
def test_nothing_to_check_is_wrong_usage(find: object, tmp_path: Path) -> None:
    assert callable(find)
    write(tmp_path / "a.png", b"x")
    with pytest.raises(UsageError, match=r"没有电子表格.*图片1个"):
        find([tmp_path])
    with pytest.raises(UsageError, match="找不到"):
        find([tmp_path / "b.xlsx"])


def test_writing_commands_take_no_zip__and_say_what_to_do(tmp_path: Path) -> None:
    path = write(tmp_path / "a.zip", pack({"甲.xlsx": BOOK}))
    with pytest.raises(UsageError, match=r"不能标注.*请先解压"):
        plain_files([path], "标注")
    write(tmp_path / "乙.xlsx", BOOK)
    gathered = plain_files([tmp_path], "标注")
    assert [s.path.name for s in gathered.sources] == ["乙.xlsx"]
    assert "zip压缩包（请先解压）1个" in gathered.remark


def test_member_is_checked_like_a_file__and_says_where_it_is(tmp_path: Path) -> None:
    form = guangzhou.form().build(tmp_path / "表.xlsx").read_bytes()
    path = write(tmp_path / "回收.zip", pack({"某局/表.xlsx": form, "坏.xlsx": b"<html>"}))
    checked = [check_source(s, Options(select_rules())) for s in gather([path]).sources]
    bad, good = (one.entries[0] for one in checked)
    assert (good.path, good.member, good.outcome) == (str(path), "某局/表.xlsx", Outcome.PASS)
    assert (bad.member, [f.code for f in bad.findings]) == ("坏.xlsx", ["FL101"])
