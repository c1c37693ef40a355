import os
from pathlib import Path

import pytest

from perfxl.errors import OutputError
from perfxl.writer.output import replace_in_place, write_beside, write_file, write_new


def test_write_beside_leaves_the_original__and_names_the_copy(tmp_path: Path) -> None:
    path = tmp_path / "某局 自评表.xlsx"
    path.write_bytes(b"old")
    written = write_beside(path, "annotated", b"new")
    assert written == tmp_path / "某局 自评表.annotated.xlsx"
    assert (path.read_bytes(), written.read_bytes()) == (b"old", b"new")


def test_write_new_takes_the_next_number__when_the_name_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.annotated.xlsx"
    names = [write_new(path, data).name for data in (b"1", b"2", b"3")]
    assert names == ["a.annotated.xlsx", "a.annotated-2.xlsx", "a.annotated-3.xlsx"]
    assert path.read_bytes() == b"1"


def test_write_new_leaves_an_identical_file__as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_new(path, b"1")
    os.utime(path, (1, 1))
    assert write_new(path, b"1") == path
    assert path.stat().st_mtime == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_replace_in_place_keeps_the_former_content__as_bak(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"1")
    backups = [replace_in_place(path, data).name for data in (b"2", b"3")]
    assert backups == ["a.xlsx.bak", "a.xlsx-2.bak"]
    assert path.read_bytes() == b"3"
    assert (tmp_path / "a.xlsx.bak").read_bytes() == b"1"


def test_write_file_replaces__what_the_user_named(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    write_file(path, b"1")
    write_file(path, b"2")
    assert path.read_bytes() == b"2"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.json"]


@pytest.mark.parametrize("write", [write_new, write_file])
def test_failure_names_path_and_reason__when_the_folder_is_missing(tmp_path: Path, write) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(OutputError, match=r"没有这个.xlsx：文件夹不存在"):
        write(tmp_path / "无" / "没有这个.xlsx", b"1")


def test_nothing_half_written_remains__when_the_rename_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError, match="磁盘空间不足"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_written_file_is_readable__by_the_group(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        written = write_new(tmp_path / "a.xlsx", b"1")
    finally:
        os.umask(mask)
    assert written.stat().st_mode & 0o777 == 0o644
